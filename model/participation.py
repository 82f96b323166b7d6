"""Hearing of it, registering, leaving, being replaced: once a week, on Mondays (MODEL sections 3 and 9)."""

from math import exp
from typing import NamedTuple

import numpy as np

from .city import City
from .compiled import compiled
from .parameters import Parameters
from .population import SUCCESSOR, draw_persons
from .prospects import Entrance, hoped_for_surplus
from .random_draws import Purpose, uniform
from .roster import Status, Table, new_rows
from .terms import Terms

type Array = np.ndarray

_AWARE, _REGISTER, _DELAY = int(Purpose.AWARE), int(Purpose.REGISTER), int(Purpose.DELAY)
_LEAVE, _REPLACE = int(Purpose.LEAVE), int(Purpose.REPLACE)
_UNAWARE, _IS_AWARE, _WAITING = int(Status.UNAWARE), int(Status.AWARE), int(Status.WAITING)
_APPLICANT, _REGISTERED, _LEFT = int(Status.APPLICANT), int(Status.REGISTERED), int(Status.LEFT)


@compiled
def awareness_hazard(aware_share: float, innovation: float, imitation: float) -> float:
    """Return h(a) = 1 − s·e/(p + q·a + q·e·(1−a)), s = p+q, e = exp(−s): a week's chance to hear of it.

    The discrete hazard that hits Bass's curve exactly. Bass (1969), Management Science 15(5).
    """
    s = innovation + imitation
    if s == 0.0:
        return 0.0
    e = exp(-s)
    return 1.0 - s * e / (innovation + imitation * aware_share + imitation * e * (1.0 - aware_share))


@compiled
def become_aware(drivers: Table, districts: int, is_first_monday: bool, entrance: Entrance, terms: Terms) -> int:
    """Spread the word among the reachable; shares are counted before anyone moves. Returns how many became aware.

    On the first Monday from the recruiting date those drawn for it become aware at once.
    """
    reachable, aware = np.zeros(districts + 1), np.zeros(districts + 1)
    for row in range(drivers.size):
        driver = drivers[row]
        if driver.is_reachable:
            reachable[driver.district] += 1.0
            aware[driver.district] += driver.status != _UNAWARE
    reachable[districts], aware[districts] = reachable.sum(), aware.sum()  # the city
    share = aware / np.maximum(reachable, 1.0)
    moved = 0
    for row in range(drivers.size):
        driver = drivers[row]
        if not driver.is_reachable or driver.status != _UNAWARE:
            continue
        own, weight = share[driver.district], entrance.own_district_weight
        hazard = awareness_hazard(weight * own + (1.0 - weight) * share[districts], entrance.innovation, entrance.imitation)
        hears = uniform(terms.seed, _AWARE, terms.date, driver.person, 0) < hazard
        if hears or (is_first_monday and driver.is_aware_at_launch):
            driver.status = _IS_AWARE
            moved += 1
    return moved


@compiled
def want_to_register(drivers: Table, entrance: Entrance, terms: Terms) -> int:
    """Let aware persons decide: the hope of half a year must exceed the money and the hours of entry."""
    moved = 0
    for row in range(drivers.size):
        driver = drivers[row]
        if driver.status != _IS_AWARE or uniform(terms.seed, _REGISTER, terms.date, driver.person, 0) >= entrance.register_hazard:
            continue
        entry_cost = entrance.money + entrance.hours * driver.value_of_time_per_hour * terms.wage_index
        if entrance.horizon_weeks * hoped_for_surplus(driver, entrance, terms) > entry_cost:
            driver.status = _WAITING
            moved += 1
    return moved


@compiled
def admit(drivers: Table, rows: Array, entrance: Entrance, terms: Terms) -> float:
    """Register these rows: papers take some days. Returns the value of their hours spent on it, EUR."""
    value_of_hours = 0.0
    days = entrance.delay_longest - entrance.delay_shortest + 1
    for row in rows:
        driver = drivers[row]
        driver.status = _APPLICANT
        delay = int(days * uniform(terms.seed, _DELAY, terms.date, driver.person, 0))
        driver.active_from = terms.date + entrance.delay_shortest + delay
        value_of_hours += entrance.hours * driver.value_of_time_per_hour * terms.wage_index
    return value_of_hours


def places_left(drivers: Table, cap: int | None) -> int:
    """Return how many more may register under an entry cap."""
    if cap is None:
        return drivers.size
    return max(0, cap - int(np.isin(drivers["status"], (_APPLICANT, _REGISTERED)).sum()))


def first_in_line(drivers: Table, places: int) -> Array:
    """Return the rows that wait to register, in the order of person numbers, as many as there are places."""
    waiting = np.flatnonzero(drivers["status"] == _WAITING)
    return waiting[np.argsort(drivers["person"][waiting], kind="stable")][:places]


@compiled
def activate(drivers: Table, rows: Array, surplus_at_start: float, date: int) -> int:
    """Make registered drivers of the applicants whose papers are through."""
    moved = 0
    for row in rows:
        driver = drivers[row]
        if driver.status == _APPLICANT and driver.active_from <= date:
            driver.status = _REGISTERED
            driver.weekly_surplus_average = surplus_at_start
            moved += 1
    return moved


@compiled
def remember_the_week(drivers: Table, rows: Array, entrance: Entrance, date: int) -> None:
    """Average last week's true surplus from the second Monday after activation, and open a new week."""
    for row in rows:
        driver = drivers[row]
        second_monday = driver.active_from + 14 - (driver.active_from + 6) % 7
        if driver.status == _REGISTERED and date >= second_monday:
            driver.weekly_surplus_average += entrance.surplus_gain * (driver.surplus_this_week - driver.weekly_surplus_average)
        driver.surplus_this_week = 0.0


@compiled
def leave(drivers: Table, rows: Array, entrance: Entrance, terms: Terms) -> int:
    """Let registered drivers leave: a background hazard, more when weeks have brought little."""
    moved = 0
    for row in rows:
        driver = drivers[row]
        if driver.status != _REGISTERED:
            continue
        hazard = entrance.leave_hazard
        if driver.weekly_surplus_average < entrance.low_surplus:
            hazard += entrance.extra_leave_hazard
        if uniform(terms.seed, _LEAVE, terms.date, driver.person, 0) < hazard:
            driver.status = _LEFT
            moved += 1
    return moved


@compiled
def _moves_to_berlin(drivers: Table, chance: float, terms: Terms) -> Array:
    """Return the rows of leavers whose place a new person takes this week."""
    rows = np.empty(drivers.size, np.int64)
    count = 0
    for row in range(drivers.size):
        if drivers[row].status == _LEFT and uniform(terms.seed, _REPLACE, terms.date, drivers[row].person, 0) < chance:
            rows[count] = row
            count += 1
    return rows[:count]


class Movement(NamedTuple):
    """How many persons moved on a Monday, and what registering cost them."""

    became_aware: int
    decided: int
    admitted: int
    left: int
    entry_money_eur: float
    entry_time_value_eur: float
    former: Table  # rows of persons whose place others took


def monday(
    drivers: Table, rows: Array, is_first_monday: bool, entrance: Entrance, parameters: Parameters, city: City, terms: Terms
) -> Movement:
    """Let people hear of it, register, leave, be replaced: in this order, each on the status at the start of its phase.

    rows: who was registered or applying before. Changes `drivers`.
    """
    heard = become_aware(drivers, city.district_until.size, is_first_monday, entrance, terms)
    decided = want_to_register(drivers, entrance, terms)
    admitted = first_in_line(drivers, places_left(drivers, parameters.entry.cap))
    value_of_hours = admit(drivers, admitted, entrance, terms)
    left = leave(drivers, rows, entrance, terms)
    former = replace(drivers, parameters, city, terms)
    return Movement(heard, decided, admitted.size, left, admitted.size * entrance.money, value_of_hours, former)


def replace(drivers: Table, parameters: Parameters, city: City, terms: Terms) -> Table:
    """Put new, unaware persons of the same group and district into some rows of leavers; returns the rows they leave behind."""
    rows = _moves_to_berlin(drivers, float(parameters.exit.replacement_per_week), terms)
    former = drivers[rows].copy()
    fresh = new_rows(rows.size)
    fresh["person"] = former["person"] + SUCCESSOR
    fresh["group"], fresh["district"] = former["group"], former["district"]
    drivers[rows] = fresh
    draw_persons(drivers, rows, parameters, city)
    return former
