"""Three markets with the same rules, parameters and persons: the product, plain Mesa at its best, and the usual Mesa."""

import gc
import time
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from experiments import load_scenario
from model import BlockMarket, Parameters
from model.roster import Table
from tests.independent.driver import Status
from tests.independent.market import Witness
from tests.independent.side_by_side import ATTRIBUTES, SideBySide

from .usual_mesa import UsualMarket

SEED = 1
MONDAY = date(2017, 11, 6)
EVERYBODY_AT_ONCE = {
    "scenario.start_date": MONDAY, "platform.launch_date": MONDAY, "awareness.recruiting_days_before_launch": 0,
    "awareness.at_launch_share": 1.0, "entry.hazard_per_week": 1.0, "entry.money": 0.0, "entry.hours": 0.0,
    "entry.delay_shortest": 0, "entry.delay_longest": 0, "exit.hazard_per_week": 0.0, "exit.extra_hazard_per_week": 0.0,
}  # fmt: skip


class Drive(NamedTuple):
    """How one market went, day by day, after its first two days."""

    set_up_seconds: float
    seconds: list[float]  # per day, from Wednesday on
    registered_share: float
    looks_per_day: float  # on the days measured


def parameters_of(drivers: int, registered_share: float) -> Parameters:
    """Return Berlin at Christmas with so many potential drivers, of whom a share registers on the first day and stays."""
    values = EVERYBODY_AT_ONCE | {"population.drivers": drivers, "awareness.ceiling_share": registered_share}
    return load_scenario("berlin-christmas-2017").with_values(values)


def plain_market(kind: type[Witness]) -> Callable[[Parameters], Witness]:
    """Return a builder of a plain Mesa market: persons are drawn by the product and handed over as dicts."""

    def build(parameters: Parameters) -> Witness:
        people = persons(BlockMarket(parameters, rng=SEED).drivers)
        table = {name: quantity.value for name, quantity in parameters.table().items()}
        return kind(table, people, SEED, SideBySide.person_drawer(parameters, SEED))

    return build


def persons(drivers: Table) -> list[dict[str, Any]]:
    """Return the drawn attributes of all rows as plain Python values."""
    columns = zip(*(drivers[name].tolist() for name in ATTRIBUTES), strict=True)
    return [dict(zip(ATTRIBUTES, values, strict=True)) for values in columns]


MARKETS: dict[str, Callable[[Parameters], Any]] = {
    "gigsupply": lambda parameters: BlockMarket(parameters, rng=SEED),
    "plain Mesa at its best": plain_market(Witness),
    "usual Mesa": plain_market(UsualMarket),
}


def drive(kind: str, drivers: int, registered_share: float, days: int) -> Drive:
    """Build a market, let the Monday on which all register and the Tuesday on which code is loaded pass, and time so many days."""
    parameters = parameters_of(drivers, registered_share)
    clock = time.perf_counter()
    market = MARKETS[kind](parameters)
    set_up = time.perf_counter() - clock
    market.step()
    market.step()
    gc.collect()
    seconds, looks = [], 0
    for _ in range(days):
        clock = time.perf_counter()
        market.step()
        seconds.append(time.perf_counter() - clock)
        looks += looks_today(market)
    return Drive(set_up, seconds, registered(market) / drivers, looks / days)


def registered(market: BlockMarket | Witness) -> int:
    """Return how many drivers are registered."""
    return market.diary[-1].drivers_registered if isinstance(market, BlockMarket) else market.status_counts[Status.REGISTERED]


def looks_today(market: BlockMarket | Witness) -> int:
    """Return how often the app was opened."""
    if isinstance(market, BlockMarket):
        return market.diary[-1].app_openings
    return market.evening.openings if market.evening else 0
