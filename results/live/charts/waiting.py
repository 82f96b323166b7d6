"""What waits: parcels in the carriers' queues at the day's end."""

from collections.abc import Sequence

from results.theme import ROLE

from .. import words
from ..session import Session
from ..snapshot import Snapshot
from .frame import Option, Row, beside, line, number, over_time
from .parcels import THOUSAND

NAME = "waiting"
LEGEND = (("backlog", ROLE["recipients"]),)
COLUMNS = ("backlog", "backlog_before")


def option(session: Session) -> Option:
    """Return the chart without its rows."""
    queue = line(words.SERIES["backlog"], "backlog", ROLE["recipients"], width=2.2)
    return over_time(session, NAME, COLUMNS, [queue, beside("backlog_before", ROLE["recipients"])], "thousand")


def row(days: Sequence[Snapshot], before: Sequence[Snapshot]) -> Row:
    """Return a day's row."""
    day = days[-1].day
    return [
        day.date.isoformat(),
        number(day.parcels_backlog / THOUSAND, 2),
        number(before[-1].day.parcels_backlog / THOUSAND, 2) if before else None,
    ]
