"""The gap: what missing couriers would deliver, what all posted blocks could carry, and what drivers did deliver."""

from collections.abc import Sequence

from results.theme import INK, PALE, ROLE

from .. import words
from ..session import Session
from ..snapshot import Snapshot
from .frame import Option, Row, bar, beside, line, number, over_time
from .parcels import THOUSAND

NAME = "gap"
LEGEND = (("lack", ROLE["carriers"]), ("could", PALE["drivers"]), ("carried", ROLE["drivers"]))
COLUMNS = ("lack", "could", "carried", "carried_before")


def option(session: Session) -> Option:
    """Return the chart without its rows; what was delivered is drawn upon what could have been."""
    names, colours = words.SERIES, dict(LEGEND)
    bars = [bar(names[what], what, colours[what], barGap="-100%") for what in ("could", "carried")]
    lack = line(names["lack"], "lack", colours["lack"], width=2.2)
    return over_time(session, NAME, COLUMNS, [*bars, lack, beside("carried_before", INK, connectNulls=False)], "thousand")


def row(days: Sequence[Snapshot], before: Sequence[Snapshot]) -> Row:
    """Return a day's row; drivers deliver on days with blocks only."""
    snapshot = days[-1]
    amounts = (snapshot.parcels_in_blocks, snapshot.day.parcels_delivered_by_platform)
    return [
        snapshot.day.date.isoformat(),
        number(snapshot.parcels_lacking / THOUSAND, 2),
        *(number(parcels / THOUSAND, 2) if snapshot.has_blocks else None for parcels in amounts),
        number(before[-1].day.parcels_delivered_by_platform / THOUSAND, 2) if before and before[-1].has_blocks else None,
    ]
