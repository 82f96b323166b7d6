"""What goes to the browser: one message per day, with texts, a row per chart, tiles, and the evening."""

import json
from typing import Any

from . import berlin, compared, played, season, story
from .charts import OVER_TIME, cloud, tonight
from .run import WINDOW
from .session import Session

type Message = dict[str, Any]


def options(session: Session) -> Message:
    """Return every chart's axes, lines and marks, without its rows, by name."""
    return {chart.NAME: chart.option(session) for chart in (tonight, *OVER_TIME, cloud)}


def whole(session: Session, quantity: str, chosen: int | None) -> Message:
    """Return all that is shown: for a page that has just been opened, and after anything but a day that passed."""
    return {
        **_days(session, WINDOW),
        "replaces": True,
        "played": played.rows(session),
        **tiles(session, quantity),
        **evening(session, chosen),
    }


def days(session: Session, quantity: str, number: int, chosen: int | None, *, has_dots: bool) -> Message:
    """Return what the latest days add. has_dots: with everybody who looked, most of a message."""
    news = {**_days(session, number), **tiles(session, quantity)}
    news |= {"played": played.rows(session)} if session.has_just_ended else {}
    return {**news, **(evening(session, chosen) if has_dots else _board(session))}


def evening(session: Session, chosen: int | None) -> Message:
    """Return the evening on the page: the board, and a dot for everybody who looked."""
    return {**_board(session), "dots": cloud.dots(session.evening, chosen)}


def texts(session: Session) -> dict[str, str]:
    """Return the texts that change from day to day."""
    return {
        "progress": story.progress(session),
        "evening": story.evening(session),
        "keys": story.keys(session),
        "date": story.date_line(session),
        "story": story.sentence(session),
        "cause": story.cause(session),
        "late": season.late(session),
        "why": story.why(session),
        "compared": compared.differences(session),
        "luck": played.luck(session),
    }


def _days(session: Session, number: int) -> Message:
    past, beside = session.past, session.beside
    ends = range(max(0, len(past) - number) + 1, len(past) + 1)
    return {"rows": {chart.NAME: [chart.row(past[:end], beside[:end]) for end in ends] for chart in OVER_TIME}}


def tiles(session: Session, quantity: str) -> Message:
    """Return the twelve districts."""
    return {"tiles": berlin.tiles(session.past, quantity)}


def _board(session: Session) -> Message:
    return {"board": tonight.rows(session.evening, session.round), "heads": tonight.heads(session)}


def encoded(message: Any) -> str:
    """Write a message for the wire."""
    return json.dumps(message, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
