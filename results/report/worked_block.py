"""One worked block: what it pays and costs three typical drivers on one day."""

from experiments.scenario import load_scenario
from model import BlockMarket

from ..figures import budget
from ..story import pay_cap_per_block
from ..typical import DAY, typical_drivers
from .exhibit import Figure

SCENARIO, SEED = "berlin-christmas-2017", 0


def figure() -> Figure | None:
    """Run the season up to that day, and draw the budgets; none if nobody drives."""
    market = BlockMarket(load_scenario(SCENARIO), rng=SEED)
    market.run((DAY - market.today).days)
    cap = pay_cap_per_block(market.parameters)
    found = typical_drivers(market, cap)
    return Figure(budget.picture_of(found, cap, SEED), ()) if found else None
