"""Parcels: what arrives, and what carriers and drivers deliver of it."""

from collections.abc import Sequence

from results.theme import INK, ROLE

from .. import words
from ..session import Session
from ..snapshot import Snapshot
from .frame import Option, Row, bar, line, number, over_time

NAME = "parcels"
LEGEND = (("carriers", ROLE["carriers"]), ("platform", ROLE["drivers"]), ("arrived", INK))
COLUMNS = ("carriers", "platform", "arrived")
THOUSAND = 1000.0


def option(session: Session) -> Option:
    """Return the chart without its rows."""
    names, colours = words.SERIES, dict(LEGEND)
    bars = [bar(names[who], who, colours[who], stack="delivered") for who in ("carriers", "platform")]
    return over_time(session, NAME, COLUMNS, [*bars, line(names["arrived"], "arrived", INK, width=1.0)], "thousand")


def row(days: Sequence[Snapshot], before: Sequence[Snapshot]) -> Row:
    """Return a day's row; nothing moves on Sundays and holidays."""
    day = days[-1].day
    moved = (day.parcels_delivered_by_carriers, day.parcels_delivered_by_platform, day.parcels_arrived)
    return [day.date.isoformat(), *(number(parcels / THOUSAND, 2) if day.parcels_arrived > 0 else None for parcels in moved)]
