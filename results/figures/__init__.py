"""The figures, one file each: a small pure function from data to a matplotlib Figure, and the words that go with it."""

from ..story import Story
from . import active_drivers, budget, coverage, net_pay, prices, seasons
from .picture import Picture

__all__ = ["Picture", "pictures"]

IN_ORDER = (net_pay, budget, active_drivers, coverage, prices, seasons)


def pictures(story: Story) -> list[Picture]:
    """Return every figure of the story in the order of the page; without drivers on the day of the budgets, all but that one."""
    return [module.picture(story) for module in IN_ORDER if story.typical or module is not budget]
