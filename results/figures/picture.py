"""A figure with everything that is said about it."""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from experiments.measures import working_days

from ..story import Frame
from ..theme import Headline, Look


class Picture(NamedTuple):
    """A figure ready to be drawn at any width: name, finding, words for those who cannot see it, how to read it."""

    name: str
    headline: Headline
    alternative: str
    caption: str
    draw: Callable[[Look], Figure]


def weekly(days: Frame) -> Frame:
    """Return means over each week's working days, indexed by its Monday; weeks without work are left out."""
    work = working_days(days)
    monday = work["date"] - pd.to_timedelta(work["date"].dt.day_of_week, unit="D")
    return work.drop(columns="date").groupby(monday).mean()
