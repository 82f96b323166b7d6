"""Parcels: what arrives, what carriers and drivers deliver, and what waits."""

from collections.abc import Sequence

from results.theme import INK, ROLE

from .. import words
from ..session import Session
from ..snapshot import Snapshot
from .frame import Option, Row, beside, line, number, over_time

NAME = "parcels"
LEGEND = (("carriers", ROLE["carriers"]), ("platform", ROLE["platform"]), ("arrived", INK), ("backlog", ROLE["recipients"]))
COLUMNS = ("carriers", "platform", "arrived", "backlog", "backlog_before")
THOUSAND = 1000.0


def option(session: Session) -> Option:
    """Return the chart without its rows."""
    names, colours = words.SERIES, dict(LEGEND)
    bars = [
        {"type": "bar", "stack": "delivered", "name": names[who], "encode": {"x": "date", "y": who},
         "itemStyle": {"color": colours[who]},
         "barMaxWidth": 6, "barCategoryGap": "20%", "emphasis": {"disabled": True}}
        for who in ("carriers", "platform")
    ]  # fmt: skip
    lines = [line(names["arrived"], "arrived", INK, width=1.0), line(names["backlog"], "backlog", ROLE["recipients"], width=2.2)]
    return over_time(session, NAME, COLUMNS, [*bars, *lines, beside("backlog_before", ROLE["recipients"])], "thousand")


def row(days: Sequence[Snapshot], before: Sequence[Snapshot]) -> Row:
    """Return a day's row; nothing moves on Sundays and holidays but queues."""
    day = days[-1].day
    has_moved = day.parcels_arrived > 0
    return [
        day.date.isoformat(),
        number(day.parcels_delivered_by_carriers / THOUSAND, 2) if has_moved else None,
        number(day.parcels_delivered_by_platform / THOUSAND, 2) if has_moved else None,
        number(day.parcels_arrived / THOUSAND, 2) if has_moved else None,
        number(day.parcels_backlog / THOUSAND, 2),
        number(before[-1].day.parcels_backlog / THOUSAND, 2) if before else None,
    ]
