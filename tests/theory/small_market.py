"""A market with its parts switched off: no tax, costs seen in full, one slot, one station, one evening at a time.

Every block is 60 km and 4.75 h with its ways, at 0.20 EUR/km: what it is worth per hour is x(p) = (p − 12) / 4.75.
"""

from datetime import date
from math import sqrt

import numpy as np
from scipy import stats

from model.blocks import post
from model.matching import Booking, book
from model.parameters import Parameters
from model.population import draw_wage
from model.pricing import pricing_policy
from model.roster import GROUPS, Status, new_rows
from model.terms import terms_of

DAY = date(2017, 11, 14)  # a Tuesday
KM, TIME, COST_PER_KM = 60.0, 4.75, 0.20  # a block with its ways
WAY_KM, BLOCK_KM = 10.5, 39.0  # at 28 km/h a way there and back takes .75 h
MEDIAN, SIGMA = 9.0, 0.45  # of the log-normal law of reservation wages, EUR/h
ALWAYS_FREE = {
    f"population.groups.{group}.available_{days}": (1.0, 1.0, 1.0) for group in GROUPS for days in ("weekdays", "saturday")
}
BARE = ALWAYS_FREE | {
    "scenario.start_date": DAY,
    "blocks.slot_starts": (9.0,), "blocks.slot_hours": (4.0,), "blocks.slot_shares": (1.0,),
    "blocks.rounds": 1, "blocks.km": BLOCK_KM, "blocks.no_show": 0.0, "blocks.cancellation": 0.0,
    "blocks.per_driver_day": 1, "blocks.weekly_cap": 168.0,
    "time_value.shock_week": 0.0, "time_value.shock_day": 0.0, "time_value.shock_slot": 0.0,
    "time_value.evening_and_saturday_premium": 0.0,
    "perception.car_cost": 1.0, "perception.tax": 1.0, "carriers.alternative_wage_growth": 0.0,
    "platform.policy": "fixed", "platform.pay_floor_per_hour": 0.0, "platform.pay_cap_per_hour": 200.0,
}  # fmt: skip


def bare_parameters(values: dict | None = None) -> Parameters:
    """Return the fixture's parameters with these on top."""
    return Parameters().with_values(BARE | (values or {}))


def untaxed(terms):
    """Return the terms with a tax table that takes nothing: net = profit."""
    terms.tax_net[:] = terms.tax_nodes
    return terms


def bare_terms(parameters: Parameters, seed: int = 0, day: date = DAY):
    """Return the terms of an evening without tax."""
    return untaxed(terms_of(day, parameters, seed))


def roster(wages, opening: float = 1.0):
    """Return registered drivers with these reservation wages, EUR/h, alike in all else."""
    wages = np.asarray(wages, float)
    drivers = new_rows(wages.size)
    drivers["person"] = np.arange(wages.size)
    drivers["status"] = Status.REGISTERED
    drivers["value_of_time_per_hour"] = wages
    drivers["cost_per_km"] = drivers["full_cost_per_km"] = COST_PER_KM
    drivers["way_km"] = WAY_KM
    drivers["opening_probability_per_round"] = opening
    drivers["weekly_cap_hours"] = 168.0
    return drivers


def lognormal_wages(number: int, seed: int) -> np.ndarray:
    """Draw reservation wages with the product's own rule and draws."""
    return np.array([draw_wage(person, MEDIAN, SIGMA, 0.0, np.uint64(seed)) for person in range(number)])


def at_price(pay_per_block: float, values: dict | None = None) -> Parameters:
    """Return parameters whose first offer is this pay."""
    return bare_parameters({"platform.first_offer_per_hour": pay_per_block / 4.0} | (values or {}))


def evening(drivers, blocks: int, parameters: Parameters, seed: int = 0, day: date = DAY, pricing=None) -> Booking:
    """Book so many blocks among these drivers with the scenario's policy, or one that is given."""
    offers = post(blocks, parameters.blocks, len(parameters.platform.stations))
    policy = pricing or pricing_policy(parameters)
    assert policy is not None
    return book(offers, policy, drivers, np.arange(drivers.size), bare_terms(parameters, seed, day))


def worth_per_hour(pay):
    """Return x(p), what a block leaves per hour before the value of time, EUR/h."""
    return (pay - COST_PER_KM * KM) / TIME


def share_willing(pay):
    """Return F(x(p)) of the log-normal law."""
    return stats.lognorm.cdf(worth_per_hour(pay), SIGMA, scale=MEDIAN)


def mean_min(blocks: int, persons: int, q):
    """Return MEAN_MIN = E[min(B, X)], X ~ Bin(N, q)."""
    return persons * q * stats.binom.cdf(blocks - 2, persons - 1, q) + blocks * stats.binom.sf(blocks - 1, persons, q)


def var_min(blocks: int, persons: int, q):
    """Return VAR_MIN = Var[min(B, X)]."""
    square = (
        persons * (persons - 1) * q**2 * stats.binom.cdf(blocks - 3, persons - 2, q)
        + persons * q * stats.binom.cdf(blocks - 2, persons - 1, q)
        + blocks**2 * stats.binom.sf(blocks - 1, persons, q)
    )
    return square - mean_min(blocks, persons, q) ** 2


def standard_error(sample) -> float:
    """Return the sample's standard error of the mean."""
    return float(np.std(sample, ddof=1) / sqrt(len(sample)))
