"""Parcels: how many arrive, how they queue, who takes them, which are late (MODEL section 2)."""

from datetime import date
from math import exp, sqrt
from typing import NamedTuple

import numpy as np

from .clock import is_christmas_rush, years_between
from .compiled import compiled
from .parameters.parcels import Demand
from .random_draws import Purpose, normal

type Array = np.ndarray

_DEMAND = int(Purpose.DEMAND)
DEMAND_OF_2017 = date(2017, 7, 1)  # the day whose level is D0


class Carried(NamedTuple):
    """What one pass through a queue did, in parcels."""

    delivered: float
    late: float  # of those delivered, older than the promise


def trend_and_season(day: date, demand: Demand) -> float:
    """Return D0·growth·month·weekday, parcels of a working day without shock and Christmas extra."""
    month = demand.month_from_24_december if (day.month, day.day) >= (12, 24) else demand.month[day.month - 1]
    growth = (1.0 + demand.growth) ** years_between(DEMAND_OF_2017, day)
    return demand.per_workday * growth * month * demand.weekday[day.weekday()]


def christmas_extra(day: date, demand: Demand, season_years: tuple[int, ...]) -> float:
    """Return X·weekday in the rush of a season's year, parcels."""
    in_season = day.year in season_years and is_christmas_rush(day)
    return demand.christmas_extra * demand.weekday[day.weekday()] if in_season else 0.0


def arrivals(day: date, shock: float, demand: Demand, season_years: tuple[int, ...]) -> float:
    """Return D_t, parcels that arrive on a working day given the log shock e_t; its mean over shocks is one."""
    level = exp(shock - demand.sigma**2 / (2.0 * (1.0 - demand.rho**2)))
    return trend_and_season(day, demand) * level + christmas_extra(day, demand, season_years)


def expected_arrivals(day: date, shock_before: float, demand: Demand, season_years: tuple[int, ...]) -> float:
    """Return E[D_t | e_(t−1)], what can be known on the evening before."""
    variance = demand.sigma**2
    level = exp(demand.rho * shock_before + variance / 2.0 - variance / (2.0 * (1.0 - demand.rho**2)))
    return trend_and_season(day, demand) * level + christmas_extra(day, demand, season_years)


def first_shock(start: date, demand: Demand, seed: int) -> float:
    """Draw e_0, the state of the day before the first, from the stationary law."""
    return demand.sigma / sqrt(1.0 - demand.rho**2) * _demand_draw(start.toordinal() - 1, seed)


def next_shock(shock: float, day: date, demand: Demand, seed: int) -> float:
    """Return e_t = ρ e_(t−1) + σ ε_t; it lives on working days."""
    return demand.rho * shock + demand.sigma * _demand_draw(day.toordinal(), seed)


def _demand_draw(ordinal: int, seed: int) -> float:
    return normal(np.uint64(seed), _DEMAND, ordinal, 0, 0)


@compiled
def take_oldest_first(queue: Array, failed: Array, amount: float, failed_share: float, promise_days: int) -> Carried:
    """Take `amount` parcels out of `queue`, oldest first; a share of each cohort fails and waits in `failed`.

    queue, failed: parcels by age in working days, shape (patience + 1,); both are changed.
    """
    delivered, late = 0.0, 0.0
    for age in range(queue.size - 1, -1, -1):
        taken = min(queue[age], amount)
        amount -= taken
        queue[age] -= taken
        failed[age] += taken * failed_share
        done = taken * (1.0 - failed_share)
        delivered += done
        if age > promise_days:
            late += done
    return Carried(delivered, late)


@compiled
def grow_older(queue: Array) -> None:
    """Let every parcel age by a working day; nothing is older than the patience, so nothing falls off."""
    for age in range(queue.size - 1, 0, -1):
        queue[age] = queue[age - 1]
    queue[0] = 0.0


@compiled
def gap(arrived: float, own_attempts: float, failed_share: float) -> float:
    """Return what arrived today and own couriers could not deliver: a flow, never the queue."""
    return max(0.0, arrived - own_attempts * (1.0 - failed_share))


@compiled
def offer_to_platform(waiting: float, arrived: float, divertible_share: float, promise_days: int) -> float:
    """Return what a carrier gives to the platform: a share of the rest, up to the parcels of the promise's days."""
    return divertible_share * min(waiting, promise_days * arrived)
