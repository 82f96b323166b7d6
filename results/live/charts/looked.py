"""Who opened the app, evening by evening, and what came of it."""

from collections.abc import Sequence

from results.theme import INK

from .. import words
from ..session import Session
from ..snapshot import Snapshot
from .cloud import LEGEND as ANSWERS
from .frame import Option, Row, bar, beside, over_time

NAME = "looked"
LEGEND = tuple((int(answer), colour) for answer, colour, _ in ANSWERS)
COLUMNS = (*(f"answer{answer}" for answer, _ in LEGEND), "took_before")


def option(session: Session) -> Option:
    """Return the chart without its rows."""
    bars = [bar(words.ANSWERS[answer], f"answer{answer}", colour, stack="looked") for answer, colour in LEGEND]
    return over_time(
        session, NAME, COLUMNS, [*bars, beside("took_before", INK, connectNulls=False)], "persons", y={"minInterval": 1}
    )


def row(days: Sequence[Snapshot], before: Sequence[Snapshot]) -> Row:
    """Return a day's row; nothing on days without blocks."""
    snapshot = days[-1]
    answers: list[float | str | None] = [number if snapshot.has_blocks else None for number in snapshot.answers]
    took = before[-1].answers[0] if before and before[-1].has_blocks else None
    return [snapshot.day.date.isoformat(), *answers, took]
