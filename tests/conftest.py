"""What every test may use: a busy little market, and the flag that refreshes golden tables."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import Phase, settings

from model import BlockMarket

# Compiled rules are slow in their first example only; a fixed stream keeps a failure reproducible in every checkout.
# Explaining a failure reruns whole markets for minutes, so the phases end with shrinking.
settings.register_profile(
    "gigsupply", deadline=None, derandomize=True, phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
)
settings.register_profile("unshrunk", settings.get_profile("gigsupply"), phases=(Phase.explicit, Phase.generate))
settings.load_profile("gigsupply")

# A pool of a few hundred in which nearly everybody hears of the platform at once and drives soon.
BUSY = {
    "population.drivers": 300,
    "awareness.ceiling_share": 1.0,
    "awareness.at_launch_share": 1.0,
    "entry.hazard_per_week": 1.0,
    "attention.opening_probability_per_tenth": 0.3,
}

TESTS = Path(__file__).parent
WIDE = ("theory", "identities", "independent", "golden", "end_to_end", "browser")  # folders, the widest last; all others are narrow


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one flag under which golden tables may change."""
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/*.json; say why under 'Results changed'")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run narrow tests before wide ones, rules before markets, so that the first failure names the rule at fault."""
    width = {folder: place for place, folder in enumerate(WIDE, start=1)}
    items.sort(key=lambda item: (width.get(item.path.relative_to(TESTS).parts[0], 0), is_of_a_market(item)))


def is_of_a_market(item: pytest.Item) -> bool:
    """Tell whether a test lets the busy market run."""
    return isinstance(item, pytest.Function) and "busy_market" in item.fixturenames


@pytest.fixture(scope="session")
def busy_market() -> Callable[..., BlockMarket]:
    """Return a maker of busy little markets; overrides are dotted names with `__` for the dot."""
    from model import Parameters

    def make(rng: int = 0, **overrides: object) -> BlockMarket:
        return BlockMarket(Parameters().with_values(BUSY), rng=rng, **overrides)

    return make
