"""Draw the roster: district, group, tax archetype, wage, value of an hour, car, ways, attention (MODEL sections 3 and 9).

Every number is a draw of the person's own, so persons added at the end of the pool change nobody else.
"""

from math import exp, inf
from pathlib import Path

import numpy as np
from scipy.special import betaincinv

from .car_costs import fuel_adjusted
from .city import (
    NET_FULL_TIME,
    NET_PART_TIME,
    NET_SELF_EMPLOYED,
    NET_STUDENT,
    OWN_FREE_HOUR,
    City,
    city_of,
)
from .compiled import compiled
from .net_income import HOURS_PER_MONTH, net_income
from .outside_options import marginal_net_share, nearest_node, value_of_an_hour
from .parameters import ParameterError, Parameters
from .random_draws import REDRAW, Attribute, Purpose, normal, uniform
from .roster import DRIVER, GROUPS, DriverRow, Table, new_rows

type Array = np.ndarray

SUCCESSOR = 2**24  # person number of the k-th successor: person + k·2^24
MOST_REDRAWS = 1_000
BYTES_PER_DRIVER = 1.25 * DRIVER.itemsize  # the row, and what drawing and booking need beside it (docs/benchmarks.md)
FIRST_EARNINGS = 100.0  # EUR of side profit over which the self-employed keep rate is taken

_POPULATION = int(Purpose.POPULATION)
_GROUP, _DISTRICT, _ARCHETYPE, _WAGE, _FREE_HOUR, _PSI, _CHI, _CAR, _WAY, _OPENING, _REACHABLE, _AWARE = (int(a) for a in Attribute)


def draw_population(parameters: Parameters, seed: int) -> Table:
    """Return the roster of the first day, shape (population.drivers,), dtype DRIVER; everybody is unaware.

    Raises ParameterError when the machine's memory does not hold it, or a group's wages practically never reach the minimum wage.
    """
    must_fit(parameters.population.drivers, free_memory())
    drivers = new_rows(parameters.population.drivers)
    city = city_of(parameters, seed)
    drivers["person"] = np.arange(drivers.size)
    draw_places(drivers, city)
    draw_persons(drivers, np.arange(drivers.size), parameters, city)
    return drivers


def must_fit(drivers: int, free: float) -> None:
    """Raise ParameterError, before anything is allocated, if so many drivers need more than the free memory, bytes."""
    most = int(free / BYTES_PER_DRIVER)
    if drivers > most:
        raise ParameterError(
            f"population.drivers = {drivers:,}: not allowed; they need about {drivers * BYTES_PER_DRIVER / 2**30:.1f} GiB and "
            f"{free / 2**30:.1f} GiB are free; allowed on this machine: a whole number from 0 to {most:,}"
        )


def free_memory() -> float:
    """Return how much memory this process may still take, bytes; infinite where the system does not tell."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(1024.0 * int(line.split()[1]) for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration):
        return inf


def draw_persons(drivers: Table, rows: Array, parameters: Parameters, city: City) -> None:
    """Draw the persons in these rows; number, group and district must stand there already."""
    chances = opening_probabilities(drivers["person"][rows], parameters, city.seed)
    unlucky = draw_rows(drivers, rows, chances, city)
    if unlucky >= 0:
        group = GROUPS[unlucky]
        median, least = city.wage_median[unlucky], city.minimum_wage
        raise ParameterError(
            f"population.groups.{group}.wage_median = {median:g}: not allowed; {MOST_REDRAWS} draws stayed below the minimum wage "
            f"({least:g} EUR/h); allowed: a median and a sigma that reach it"
        )


def opening_probabilities(persons: Array, parameters: Parameters, seed: np.uint64) -> Array:
    """Return a_i = 1 − (1 − b_i)^(10/R), the chance to open the app in a round; b_i ~ Beta per tenth of the window."""
    mean, concentration = parameters.attention.opening_probability_per_tenth, parameters.attention.concentration
    if mean in (0.0, 1.0):
        per_tenth = np.full(persons.size, float(mean))
    else:
        per_tenth = betaincinv(mean * concentration, (1.0 - mean) * concentration, _attention_draws(persons, seed))
    return 1.0 - (1.0 - per_tenth) ** (10.0 / parameters.blocks.rounds)


@compiled
def _attention_draws(persons: Array, seed: np.uint64) -> Array:
    draws = np.empty(persons.size)
    for k in range(persons.size):
        draws[k] = uniform(seed, _POPULATION, 0, persons[k], _OPENING)
    return draws


@compiled
def pick(u: float, until: Array) -> int:
    """Return the class into which a uniform draw falls, from cumulated shares."""
    k = 0
    while k < until.size - 1 and u >= until[k]:
        k += 1
    return k


@compiled
def draw_places(drivers: Table, city: City) -> None:
    """Draw each person's group and district."""
    for row in range(drivers.size):
        person = drivers[row].person
        drivers[row].group = pick(uniform(city.seed, _POPULATION, 0, person, _GROUP), city.group_until)
        drivers[row].district = pick(uniform(city.seed, _POPULATION, 0, person, _DISTRICT), city.district_until)


@compiled
def draw_wage(person: int, median: float, sigma: float, minimum: float, seed: np.uint64) -> float:
    """Draw a log-normal wage; below the minimum it is drawn again, not clipped. Returns -1 if that never ends."""
    for k in range(MOST_REDRAWS):
        wage = median * exp(sigma * normal(seed, _POPULATION, 0, person, _WAGE + REDRAW * k))
        if wage >= minimum:
            return wage
    return -1.0


@compiled
def net_value_of_an_hour(driver: DriverRow, city: City) -> float:
    """Return n_i, the marginal net wage of the main activity, EUR/h; side income 0."""
    valued_by, wage, archetype = city.valued_by[driver.group], driver.wage_per_hour, driver.archetype
    if valued_by == NET_FULL_TIME:
        return wage * marginal_net_share(wage * HOURS_PER_MONTH, city.gross[city.full_time], city.net[city.full_time, 0])
    if valued_by == NET_PART_TIME:
        return wage * city.part_time_slope
    if valued_by == NET_STUDENT:
        return wage * city.student_keep_share
    if valued_by == NET_SELF_EMPLOYED:
        gain = net_income(FIRST_EARNINGS, city.nodes, city.net[archetype]) - net_income(0.0, city.nodes, city.net[archetype])
        return wage * gain / FIRST_EARNINGS
    if valued_by == OWN_FREE_HOUR:
        z = normal(city.seed, _POPULATION, 0, driver.person, _FREE_HOUR)
        return city.free_hour_median[driver.group] * exp(city.free_hour_sigma[driver.group] * z)
    return driver.minijob_per_hour


@compiled
def draw_person(driver: DriverRow, opening_probability: float, city: City) -> bool:
    """Draw who a person is, given number, group and district; False if his wage never reaches the minimum."""
    person, group, seed = driver.person, driver.group, city.seed
    if city.wage_median[group] > 0.0:
        driver.wage_per_hour = draw_wage(person, city.wage_median[group], city.wage_sigma[group], city.minimum_wage, seed)
        if driver.wage_per_hour < 0.0:
            return False
    else:
        driver.wage_per_hour = 0.0
    if city.archetype_until[group, -1] > 0.0:
        driver.archetype = pick(uniform(seed, _POPULATION, 0, person, _ARCHETYPE), city.archetype_until[group])
    else:
        driver.archetype = city.full_time[nearest_node(driver.wage_per_hour * HOURS_PER_MONTH, city.gross[city.full_time])]
    driver.minijob_per_hour = city.minimum_wage * city.minijob_share[driver.archetype]
    driver.net_wage_per_hour = net_value_of_an_hour(driver, city)
    driver.net_wage_weight = city.psi * exp(city.psi_spread * normal(seed, _POPULATION, 0, person, _PSI))
    driver.minijob_weight = city.outside_low + (1.0 - city.outside_low) * uniform(seed, _POPULATION, 0, person, _CHI)
    driver.value_of_time_per_hour = value_of_an_hour(
        driver.net_wage_weight, driver.net_wage_per_hour, driver.minijob_weight, city.chance_of_minijob, driver.minijob_per_hour
    )
    cost_2017 = city.cost_per_km[pick(uniform(seed, _POPULATION, 0, person, _CAR), city.car_until)]
    driver.cost_per_km = fuel_adjusted(cost_2017, city.fuel_share, city.fuel_price_factor)
    driver.full_cost_per_km = cost_2017 * city.full_cost_factor + (driver.cost_per_km - cost_2017)
    way_factor = exp(city.way_spread * normal(seed, _POPULATION, 0, person, _WAY))
    for station in range(city.district_km.shape[1]):
        driver.way_km[station] = city.district_km[driver.district, station] * way_factor
    driver.opening_probability_per_round = opening_probability
    driver.weekly_cap_hours = min(city.weekly_cap[group], city.archetype_cap[driver.archetype])
    driver.is_reachable = uniform(seed, _POPULATION, 0, person, _REACHABLE) < city.ceiling_share
    driver.is_aware_at_launch = uniform(seed, _POPULATION, 0, person, _AWARE) < city.at_launch_share
    return True


@compiled
def draw_rows(drivers: Table, rows: Array, opening_probabilities: Array, city: City) -> int:
    """Draw the persons in these rows; returns -1, or the group whose wage cannot be drawn."""
    for k in range(rows.size):
        if not draw_person(drivers[rows[k]], opening_probabilities[k], city):
            return drivers[rows[k]].group
    return -1
