"""What the compiled rules know of one day: the parameters they read, as plain numbers and small arrays."""

from datetime import date
from functools import cache
from typing import NamedTuple, cast

import numpy as np

from .clock import SATURDAY, week_number, years_between
from .net_income import schedules_on
from .outside_options import minimum_wage_on
from .parameters import MOST_SLOTS, STATIONS, Parameters
from .roster import GROUPS

type Array = np.ndarray

EVENING = 17.0  # hours from which a slot counts as evening
NOON = 12.0


class Terms(NamedTuple):
    """Numbers of one day. Arrays: slots (S,), groups x slots (G, S), groups (G,), tax nodes (K,), archetypes x nodes (A, K).

    Rules get it as one record, see `on_one_row`. S is the most slots there can be, so that one compilation serves every
    scenario; slots beyond `slots`, and stations beyond `stations`, do not exist and read 0.
    """

    seed: np.uint64
    date: int
    week: int
    rounds: int
    slots: int
    slot_hours: Array
    slot_premium: Array
    slot_available: Array
    wage_index: float
    shock_week: float
    shock_day: float
    shock_slot: float
    deductible_per_km: Array
    block_km: float
    speed: float
    car_cost_seen: float
    tax_seen: float
    learning_scale: float
    mileage_per_km: float
    per_driver_day: int
    tax_nodes: Array
    tax_net: Array
    cancellation: float
    no_show: float
    minimum_wage: float
    stations: int
    station_place: Array  # of the stations in use, in `STATIONS`


def terms_of(day: date, parameters: Parameters, seed: int) -> Terms:
    """Gather what the rules need on `day`; called once a day, cheap."""
    p = parameters
    schedules = schedules_on(day)
    stations = [STATIONS.index(name) for name in p.platform.open_stations]
    terms = Terms(
        seed=np.uint64(seed),
        date=day.toordinal(),
        week=week_number(day),
        rounds=p.blocks.rounds,
        slots=len(p.blocks.slot_hours),
        slot_hours=filled_up(np.array(p.blocks.slot_hours, float), MOST_SLOTS),
        slot_premium=filled_up(premiums(p, is_saturday=day.weekday() == SATURDAY), MOST_SLOTS),
        slot_available=filled_up(availability(p, is_saturday=day.weekday() == SATURDAY), MOST_SLOTS),
        wage_index=wage_index(day, p),
        shock_week=float(p.time_value.shock_week),
        shock_day=float(p.time_value.shock_day),
        shock_slot=float(p.time_value.shock_slot),
        deductible_per_km=np.array(
            [p.cars.deductible_per_km_alg2 if group == "alg2" else p.cars.deductible_per_km for group in GROUPS], float
        ),
        block_km=float(p.blocks.km),
        speed=float(p.cars.speed_on_unpaid_ways),
        car_cost_seen=float(p.perception.car_cost),
        tax_seen=float(p.perception.tax),
        learning_scale=float(p.perception.learning_scale),
        mileage_per_km=float(p.policy.mileage_eur_per_km),
        per_driver_day=p.blocks.per_driver_day,
        tax_nodes=schedules.nodes,
        tax_net=schedules.net,
        cancellation=float(p.blocks.cancellation),
        no_show=float(p.blocks.no_show),
        minimum_wage=minimum_wage(day, p),
        stations=len(stations),
        station_place=filled_up(np.array(stations), len(STATIONS)),
    )
    return on_one_row(terms)


def filled_up(values: Array, length: int) -> Array:
    """Return the values with zeros behind them, so many along the last axis."""
    full = np.zeros((*values.shape[:-1], length), values.dtype)
    full[..., : values.shape[-1]] = values
    return full


def on_one_row(terms: Terms) -> Terms:
    """Return the terms as one record with the same names.

    A tuple of arrays is handed from rule to rule array by array, each counted as it comes and goes: most of a look's time
    went there. A record is one address.
    """
    values = [np.asarray(value) for value in terms]
    row = np.zeros(1, _record(tuple(value.dtype for value in values), tuple(value.shape for value in values)))
    for name, value in zip(Terms._fields, values, strict=True):
        row[name] = value
    return cast(Terms, row.view(np.recarray)[0])


@cache
def _record(dtypes: tuple[np.dtype, ...], shapes: tuple[tuple[int, ...], ...]) -> np.dtype:
    """Return the record's type; one object for all days, by which a compiled rule knows it at once."""
    return np.dtype((np.record, list(zip(Terms._fields, dtypes, shapes, strict=True))), align=True)


def wage_index(day: date, parameters: Parameters) -> float:
    """Return how far wages elsewhere have grown since the scenario's start."""
    return (1.0 + parameters.carriers.alternative_wage_growth) ** years_between(parameters.scenario.start_date, day)


def minimum_wage(day: date, parameters: Parameters) -> float:
    """Return the minimum wage of the date, EUR/h, or the scenario's own."""
    own = parameters.rules.minimum_wage
    return minimum_wage_on(day) if own is None else float(own)


def premiums(parameters: Parameters, *, is_saturday: bool) -> Array:
    """Return what evenings and Saturdays add to the value of an hour, EUR/h by slot; it applies once."""
    extra = parameters.time_value.evening_and_saturday_premium
    return np.array([extra if is_saturday or start >= EVENING else 0.0 for start in parameters.blocks.slot_starts])


def availability(parameters: Parameters, *, is_saturday: bool) -> Array:
    """Return the share of each group that is free, shape (groups, slots)."""
    day_part = [(start >= NOON) + (start >= EVENING) for start in parameters.blocks.slot_starts]
    groups = [getattr(parameters.population.groups, name) for name in GROUPS]
    patterns = [group.available_saturday if is_saturday else group.available_weekdays for group in groups]
    return np.array([[pattern[part] for part in day_part] for pattern in patterns], float)
