"""What goes to the browser: one message per day, with texts, tiles, a row per chart, and the evening."""

from typing import Any

from . import berlin, compared, story
from .charts import OVER_TIME, cloud, tonight
from .session import Session

type Message = dict[str, Any]


def options(session: Session) -> Message:
    """Return every chart without its rows, by name."""
    return {chart.NAME: chart.option(session) for chart in (tonight, *OVER_TIME, cloud)}


def whole(session: Session, quantity: str, chosen: int | None) -> Message:
    """Return all that is shown: for a page that has just been opened, and after anything but a day that passed."""
    past, beside = session.past, session.beside
    rows = {
        chart.NAME: [chart.row(past[: k + 1], beside[: k + 1]) for k in range(len(past))]
        for chart in OVER_TIME
    }  # fmt: skip
    return {"rows": rows, "replaces": True, **_rest(session, quantity), **evening(session, chosen)}


def day(session: Session, quantity: str, chosen: int | None, *, has_evening: bool) -> Message:
    """Return what one more day adds. has_evening: with the dots of everybody who looked, most of a message."""
    past, beside = session.past, session.beside
    rows = {chart.NAME: [chart.row(past, beside)] for chart in OVER_TIME} if past else {}
    return {"rows": rows, "replaces": False, **_rest(session, quantity), **(evening(session, chosen) if has_evening else board(session))}


def evening(session: Session, chosen: int | None) -> Message:
    """Return the evening on the page: board and dots."""
    shown = session.evening if session.latest is None or session.latest.evening is None else session.latest.evening
    return {**board(session), "dots": cloud.dots(shown, session.round, chosen)}


def board(session: Session) -> Message:
    """Return the board of today's market; empty on days without blocks."""
    return {"board": tonight.rows(session.latest.evening if session.latest else None, session.round)}


def _rest(session: Session, quantity: str) -> Message:
    return {
        "text": {
            "date": story.date_line(session),
            "story": story.sentence(session),
            "why": story.why(session),
            "compared": compared.differences(session),
        },
        "tiles": berlin.tiles(session.past, quantity),
    }
