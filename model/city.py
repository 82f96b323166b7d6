"""What drawing a person needs: the city's groups, districts, wages, cars and law, as plain numbers and small arrays."""

from typing import NamedTuple

import numpy as np

from .net_income import FULL_TIME, Schedules, schedules_on
from .outside_options import chance_of_a_job
from .parameters import Parameters
from .parameters.population import PersonGroup
from .roster import GROUPS
from .terms import minimum_wage

type Array = np.ndarray

# How an hour is valued before ψ (MODEL section 9, Value of an hour)
NET_FULL_TIME, NET_PART_TIME, NET_STUDENT, NET_SELF_EMPLOYED, OWN_FREE_HOUR, NET_MINIJOB = range(6)
_VALUED_BY = {
    "full_time": NET_FULL_TIME, "part_time": NET_PART_TIME, "student": NET_STUDENT, "alg2": OWN_FREE_HOUR,
    "self_employed": NET_SELF_EMPLOYED, "pensioner": NET_MINIJOB, "home": NET_MINIJOB,
}  # fmt: skip


class City(NamedTuple):
    """What drawing a person needs. Arrays by group (G,), district (D,), archetype (A,) or car class (C,)."""

    seed: np.uint64
    group_until: Array  # cumulated shares
    district_until: Array
    archetype_until: Array  # (G, A)
    car_until: Array
    valued_by: Array
    wage_median: Array  # EUR/h, 0: no wage
    wage_sigma: Array
    free_hour_median: Array
    free_hour_sigma: Array
    weekly_cap: Array
    archetype_cap: Array  # h/week, law
    minijob_share: Array  # kept of the minimum wage, by archetype
    full_time: Array  # codes of the full-time archetypes
    gross: Array
    nodes: Array
    net: Array
    part_time_slope: float
    student_keep_share: float
    minimum_wage: float
    psi: float
    psi_spread: float
    outside_low: float
    chance_of_minijob: float
    cost_per_km: Array
    fuel_share: float
    fuel_price_factor: float
    full_cost_factor: float
    district_km: Array  # (D, stations)
    way_spread: float
    ceiling_share: float
    at_launch_share: float


def city_of(parameters: Parameters, seed: int) -> City:
    """Gather what drawing a person needs, at the law and wages of the scenario's first day."""
    p, start = parameters, parameters.scenario.start_date
    schedules = schedules_on(start)
    groups = [getattr(p.population.groups, name) for name in GROUPS]
    districts = [getattr(p.population.districts, name) for name in type(p.population.districts).model_fields]
    code = {name: index for index, name in enumerate(schedules.archetypes)}
    part_time, lowest = code["pt_1200"], code[FULL_TIME[0]]
    return City(
        seed=np.uint64(seed),
        group_until=_cumulated([getattr(p.population.shares, name) for name in GROUPS]),
        district_until=_cumulated([district.residents * district.cars_per_1000 for district in districts]),
        archetype_until=np.array([_archetypes_until(group.archetypes, schedules.archetypes) for group in groups]),
        car_until=_cumulated(p.cars.cost_shares),
        valued_by=np.array([_valued_by(name, group) for name, group in zip(GROUPS, groups, strict=True)]),
        wage_median=np.array([group.wage_median or 0.0 for group in groups]),
        wage_sigma=np.array([group.wage_sigma or 0.0 for group in groups]),
        free_hour_median=np.array([group.free_hour_median or 0.0 for group in groups]),
        free_hour_sigma=np.array([group.free_hour_sigma or 0.0 for group in groups]),
        weekly_cap=np.array([min(group.weekly_cap, p.blocks.weekly_cap) for group in groups], float),
        archetype_cap=np.array(
            [p.rules.alg1_weekly_cap if name == "alg1_1000" else np.inf for name in schedules.archetypes], float
        ),
        minijob_share=np.array([_minijob_share(name, p) for name in schedules.archetypes], float),
        full_time=np.array([code[name] for name in FULL_TIME]),
        gross=schedules.gross,
        nodes=schedules.nodes,
        net=schedules.net,
        part_time_slope=_slope(schedules, part_time, lowest),
        student_keep_share=float(p.time_value.student_keep_share),
        minimum_wage=minimum_wage(start, p),
        psi=float(p.time_value.psi),
        psi_spread=float(p.time_value.psi_spread),
        outside_low=float(p.time_value.outside_low),
        chance_of_minijob=chance_of_a_job(
            p.population.unemployment_rate, p.time_value.job_chance, p.population.reference_unemployment_rate
        ),
        cost_per_km=np.array(p.cars.cost_per_km, float),
        fuel_share=float(p.cars.fuel_share),
        fuel_price_factor=float(p.cars.fuel_price_factor),
        full_cost_factor=float(p.cars.full_cost_factor),
        district_km=np.array([(district.km_to_tegel, district.km_to_mariendorf) for district in districts], float),
        way_spread=float(p.population.way_spread),
        ceiling_share=float(p.awareness.ceiling_share),
        at_launch_share=float(p.awareness.at_launch_share),
    )


def _valued_by(name: str, group: PersonGroup) -> int:
    """Return how a group's hour is valued: by a value of its own where it has one, else as its kind is."""
    return _VALUED_BY[name] if group.free_hour_median is None else OWN_FREE_HOUR


def _cumulated(weights: list[float] | tuple[float, ...]) -> Array:
    total = np.cumsum(np.array(weights, float))
    return total / total[-1]


def _archetypes_until(weights: dict[str, float], archetypes: tuple[str, ...]) -> Array:
    """Return cumulated shares over all archetypes; all 0 where the wage decides."""
    own = np.array([weights.get(name, 0.0) for name in archetypes])
    return np.cumsum(own) / own.sum() if own.sum() > 0 else own


def _minijob_share(archetype: str, parameters: Parameters) -> float:
    """Return what is kept of a minijob's pay: it is set off against transfers."""
    if archetype.startswith("alg"):
        return parameters.rules.minijob_keep_share_alg
    return parameters.rules.minijob_keep_share_grusi if archetype.endswith("grusi") else 1.0


def _slope(schedules: Schedules, low: int, high: int) -> float:
    return float((schedules.net[high, 0] - schedules.net[low, 0]) / (schedules.gross[high] - schedules.gross[low]))
