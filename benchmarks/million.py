"""A million potential drivers for a year, and what it costs to touch them as Mesa agents afterwards."""

import time
from typing import NamedTuple

from experiments import load_scenario
from model import BlockMarket, Driver

from .isolated import alone, peak_mib

DRIVERS, DAYS = 1_000_000, 365


class Million(NamedTuple):
    """Seconds and MiB; memory is the most the process ever held up to then."""

    set_up_seconds: float
    year_seconds: float
    registered_at_end: int
    looks_per_day: float
    peak_mib: float
    touch_agents_seconds: float
    peak_mib_with_agents: float


def million() -> Million:
    """Run Berlin at Christmas with a pool of a million from October to the October after."""
    return alone(a_year).result


def a_year() -> Million:
    """Run it in this process."""
    parameters = load_scenario("berlin-christmas-2017").with_values({"population.drivers": DRIVERS})
    clock = time.perf_counter()
    market = BlockMarket(parameters, rng=1)
    set_up = time.perf_counter() - clock
    clock = time.perf_counter()
    market.run(DAYS)
    year, peak = time.perf_counter() - clock, peak_mib()
    clock = time.perf_counter()
    agents = len(market.agents_by_type[Driver])
    touch = time.perf_counter() - clock
    assert agents == DRIVERS
    looks = sum(day.app_openings for day in market.diary) / DAYS
    return Million(set_up, year, market.diary[-1].drivers_registered, looks, peak, touch, peak_mib())
