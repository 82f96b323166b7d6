"""The typical driver of a group on one day, and what a block at the highest price would be worth to that person."""

from datetime import date
from typing import NamedTuple

import numpy as np

from model import BlockMarket, Driver
from model.choice import Budget
from model.roster import GROUPS
from model.settlement import ACTIVE_DAYS

type Array = np.ndarray

DAY = date(2017, 12, 16)  # a Saturday, when every group has time; mid-month, so that the month's side income is there
SLOT = 0  # the morning
GROUPS_SHOWN = ("full_time", "student", "alg2")


class Typical(NamedTuple):
    """One driver's budget, and how the group he stands for would decide."""

    group: str
    person: int
    budget: Budget
    income_this_month: float  # side income before this block, EUR
    active: int  # drivers of the group who drove within 28 days
    worthwhile_share: float  # of them, those whom the block would leave better off


def typical_drivers(market: BlockMarket, pay_per_block: float) -> tuple[Typical, ...]:
    """Work out the budgets of the groups shown, as the market stands before its next day; groups without drivers are left out."""
    drivers = list(market.agents_by_type[Driver])
    found = (_typical(market, drivers, group, pay_per_block) for group in GROUPS_SHOWN)
    return tuple(typical for typical in found if typical)


def _typical(market: BlockMarket, drivers: "list[Driver]", group: str, pay_per_block: float) -> Typical | None:
    since = market.today.toordinal() - ACTIVE_DAYS
    rows = np.flatnonzero((market.drivers["group"] == GROUPS.index(group)) & (market.drivers["last_block_on"] >= since))
    if not rows.size:
        return None
    budgets = [drivers[row].explain(pay_per_block, SLOT) for row in rows]
    columns = np.array([(worth.net, worth.hours, worth.reservation_wage) for worth in budgets])
    index = nearest_to_the_medians(columns)
    chosen = market.drivers[rows[index]]
    worthwhile = float(np.mean([worth.surplus > 0 for worth in budgets]))
    return Typical(group, int(chosen["person"]), budgets[index], float(chosen["income_this_month"]), rows.size, worthwhile)


def nearest_to_the_medians(columns: Array) -> int:
    """Return the row whose ranks are nearest to the middle in all columns (least squares; ties go to the first)."""
    ranks = np.argsort(np.argsort(columns, axis=0, kind="stable"), axis=0, kind="stable")
    distance = ((ranks - (len(columns) - 1) / 2) ** 2).sum(axis=1)
    return int(distance.argmin())
