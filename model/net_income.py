"""What the tax office, the insurers and the job centre take of side income (MODEL section 3; schedules in data/README.md).

One clock: the schedule of a month that is like every other. The annual clock of the income tax belongs into this file.
"""

import csv
import gzip
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from .compiled import compiled

type Array = np.ndarray

SCHEDULES_FILE = Path(__file__).parent / "data" / "net_income_schedules.csv.gz"
FULL_TIME = tuple(f"ft_p{decile}0" for decile in range(1, 10))
HOURS_PER_MONTH = 169.0


class Schedules(NamedTuple):
    """Net income per month by archetype at one policy date.

    nodes: side profit, EUR/month, shape (nodes,); net: EUR/month, shape (archetypes, nodes);
    gross: EUR/month of the main activity, shape (archetypes,).
    """

    archetypes: tuple[str, ...]
    nodes: Array
    net: Array
    gross: Array


@cache
def _by_date() -> dict[date, Schedules]:
    """Read every policy date once."""
    rows: dict[str, dict[str, list[tuple[float, float, float]]]] = {}
    with gzip.open(SCHEDULES_FILE, "rt", encoding="utf-8", newline="") as file:
        for day, archetype, profit, net, gross in list(csv.reader(file))[1:]:
            rows.setdefault(day, {}).setdefault(archetype, []).append((float(profit), float(net), float(gross)))
    dated = {}
    for day, schedules in sorted(rows.items()):
        cube = np.array(list(schedules.values()))
        dated[date.fromisoformat(day)] = Schedules(
            tuple(schedules), cube[0, :, 0].copy(), cube[:, :, 1].copy(), cube[:, 0, 2].copy()
        )
    return dated


def schedules_on(day: date) -> Schedules:
    """Return the schedules of the latest policy date up to `day`; before the first, the first."""
    dated = _by_date()
    return dated[max((known for known in dated if known <= day), default=min(dated))]


@compiled
def net_income(profit: float, nodes: Array, net: Array) -> float:
    """Return net income per month at a side profit >= 0: linear between nodes, beyond the last with its last slope."""
    low, high = 0, nodes.size - 2
    while low < high:
        middle = (low + high + 1) // 2
        if nodes[middle] <= profit:
            low = middle
        else:
            high = middle - 1
    slope = (net[low + 1] - net[low]) / (nodes[low + 1] - nodes[low])
    return net[low] + (profit - nodes[low]) * slope


@compiled
def tax(profit: float, nodes: Array, net: Array) -> float:
    """Return T(x) = x − (net(x) − net(0)), EUR/month: tax, contributions and withdrawn transfers; a loss is taxed like 0."""
    if profit <= 0.0:
        return 0.0
    return profit - (net_income(profit, nodes, net) - net[0])


@compiled
def extra_tax(profit: float, side_income: float, nodes: Array, net: Array) -> float:
    """Return T(x + profit) − T(x): what one more profit costs, by difference, so exact across kinks and notches."""
    return tax(side_income + profit, nodes, net) - tax(side_income, nodes, net)
