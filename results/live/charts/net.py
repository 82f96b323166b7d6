"""What an hour leaves, by group, unpaid ways included: mean of the driven blocks of four weeks, against the minimum wage."""

from collections.abc import Sequence

import numpy as np

from results.theme import INK, ROLE

from .. import words
from ..session import Session
from ..snapshot import DRIVEN, Array, Snapshot
from .drivers import COLOURS, ORDER, end_label
from .frame import Option, Row, beside, line, number, over_time

NAME = "net"
LEGEND = (("all", ROLE["drivers"]), ("minimum", INK))
COLUMNS = ("all", *ORDER, "minimum", "all_before")
WEEKS = 28  # days
FEWEST_HOURS = 40.0  # of a group in four weeks: a mean of fewer says little and is not drawn


def option(session: Session) -> Option:
    """Return the chart without its rows."""
    groups = [
        line(words.GROUPS[group], group, COLOURS[group], width=1.3, connectNulls=False, endLabel=end_label()) for group in ORDER
    ]
    series = [
        *groups,
        line(words.SERIES["all"], "all", ROLE["drivers"], width=2.6),
        line(words.SERIES["minimum"], "minimum", INK, width=1.1, step="end", lineStyle={"type": "dashed"}),
        beside("all_before", ROLE["drivers"]),
    ]
    return over_time(session, NAME, COLUMNS, series, "EUR/h", right=88, y={"min": 0})


def row(days: Sequence[Snapshot], before: Sequence[Snapshot]) -> Row:
    """Return a day's row."""
    groups = over_four_weeks(days, "groups")
    order = [list(words.GROUPS).index(group) for group in ORDER]
    net = per_hour(groups)
    return [
        days[-1].day.date.isoformat(),
        number(float(per_hour(total(groups))[0]), 2),
        *(number(float(net[k]), 2) for k in order),
        number(days[-1].minimum_wage, 2),
        number(float(per_hour(total(over_four_weeks(before, "groups")))[0]), 2) if before else None,
    ]


def over_four_weeks(days: Sequence[Snapshot], which: str) -> Array:
    """Return sums over the latest 28 days by group or district, dtype DRIVEN."""
    parts = [getattr(snapshot, which) for snapshot in days[-WEEKS:]]
    sums = np.zeros(len(parts[-1]), DRIVEN)
    for name in DRIVEN.names or ():
        sums[name] = np.sum([part[name] for part in parts], axis=0)
    return sums


def total(sums: Array) -> Array:
    """Return the sum over all rows as one row."""
    whole = np.zeros(1, sums.dtype)
    for name in sums.dtype.names or ():
        whole[name] = sums[name].sum()
    return whole


def per_hour(sums: Array) -> Array:
    """Return net pay per hour; nan where too few hours were driven."""
    return np.divide(sums["net"], sums["hours"], out=np.full(len(sums), np.nan), where=sums["hours"] >= FEWEST_HOURS)
