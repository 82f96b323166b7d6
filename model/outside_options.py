"""What else an hour could earn: the main activity at the margin, or a minijob (MODEL sections 3 and 9)."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from .compiled import compiled

type Array = np.ndarray

MINIMUM_WAGE_FILE = Path(__file__).parent / "data" / "minimum_wage.csv"


@cache
def _minimum_wages() -> tuple[tuple[date, float], ...]:
    with MINIMUM_WAGE_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            (date.fromisoformat(row["from_date"]), float(row["minimum_wage_per_hour_eur"])) for row in csv.DictReader(file)
        )


def minimum_wage_on(day: date) -> float:
    """Return Germany's minimum wage in EUR/h; 0 before there was one (2015)."""
    return max((entry for entry in _minimum_wages() if entry[0] <= day), default=(day, 0.0))[1]


def chance_of_a_job(unemployment_rate: float, job_chance: float, reference_rate: float) -> float:
    """Return P_job = min(1, 0.7·0.085/u): a minijob is easy to find when few look for one."""
    return min(1.0, job_chance * reference_rate / unemployment_rate)


@compiled
def marginal_net_share(gross: float, gross_nodes: Array, net_nodes: Array) -> float:
    """Return Δnet/Δgross between the two full-time archetypes that bracket `gross`; beyond them the outermost two."""
    k = 0
    while k < gross_nodes.size - 2 and gross_nodes[k + 1] <= gross:
        k += 1
    return (net_nodes[k + 1] - net_nodes[k]) / (gross_nodes[k + 1] - gross_nodes[k])


@compiled
def nearest_node(gross: float, gross_nodes: Array) -> int:
    """Return the index of the archetype whose gross pay is nearest; ties go to the lower."""
    best = 0
    for k in range(1, gross_nodes.size):
        if abs(gross_nodes[k] - gross) < abs(gross_nodes[best] - gross):
            best = k
    return best


@compiled
def value_of_an_hour(
    net_wage_weight: float, net_wage_per_hour: float, minijob_weight: float, chance_of_minijob: float, minijob_per_hour: float
) -> float:
    """Return w_i = max(ψ_i·n_i, χ_i·P_job·m_g), EUR/h."""
    return max(net_wage_weight * net_wage_per_hour, minijob_weight * chance_of_minijob * minijob_per_hour)
