"""Active drivers by group, stacked, the largest at the bottom."""

from collections.abc import Sequence

from model.roster import GROUPS
from results.figures.active_drivers import tints
from results.theme import INK

from .. import words
from ..session import Session
from ..snapshot import Snapshot
from .frame import TEXT, Option, Row, beside, line, over_time

NAME = "drivers"
LEGEND = ()
ORDER = ("full_time", "part_time", "student", "home", "self_employed", "pensioner", "alg2")
COLUMNS = (*ORDER, "all_before")
COLOURS = dict(zip(ORDER, tints(len(ORDER)), strict=True))
assert set(ORDER) == set(GROUPS)


def option(session: Session) -> Option:
    """Return the chart without its rows."""
    layers = [
        line(words.GROUPS[group], group, COLOURS[group], width=0.6, stack="drivers", lineStyle={"color": "#fff"},
             areaStyle={"color": COLOURS[group], "opacity": 1}, endLabel=end_label())
        for group in ORDER
    ]  # fmt: skip
    return over_time(session, NAME, COLUMNS, [*layers, beside("all_before", INK)], "persons", right=88, y={"minInterval": 1})


def end_label() -> Option:
    """Return a line's name at its end."""
    return {"show": True, "formatter": "{a}", **TEXT, "color": INK, "fontSize": 11, "distance": 3, "padding": [2, 0, 2, 2]}


def row(days: Sequence[Snapshot], before: Sequence[Snapshot]) -> Row:
    """Return a day's row; nothing before anybody drives."""
    day = days[-1].day
    active: list[float | str | None] = [getattr(day, f"drivers_active_{group}") if day.drivers_active else None for group in ORDER]
    return [day.date.isoformat(), *active, before[-1].day.drivers_active if before else None]
