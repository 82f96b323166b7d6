"""What charts over time have in common: one time axis, quiet lines, a dataset of one row per day, values with units on hover."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil, floor
from typing import Any

from results.theme import INK, QUIET, RULE

from .. import words
from ..run import WINDOW
from ..session import Session

type Option = dict[str, Any]
type Row = list[float | str | None]

FAMILY = "'Source Sans Pro', 'Source Sans 3', Arial, sans-serif"
TEXT: Option = {"color": QUIET, "fontFamily": FAMILY, "fontSize": 12}
THIN = 1.0
LABEL_WIDTH = 0.3  # of a lever's name over a mark, as a share of the axis
MONTHS = {
    "year": "{MMM}\n{yyyy}",
    "month": "{MMM}",
    "day": "",
    "hour": "",
    "minute": "",
    "second": "",
    "millisecond": "",
    "none": "",
}


def over_time(session: Session, name: str, columns: Sequence[str], series: list[Option], unit: str, **more: Any) -> Option:
    """Return a chart's option without its rows. columns: names of the dataset's, after the date; unit: on hover."""
    first, last = span(session)
    marks = labelled(marked_changes(session), first, last)
    line = {"symbol": "none", "silent": True, "lineStyle": {"color": INK, "type": "dotted", "width": 1}, "data": marks,
            "animation": False,
            "label": {**TEXT, "color": INK, "fontSize": 11, "position": "end", "distance": 3}}  # fmt: skip
    return {
        "animation": False,
        "textStyle": TEXT,
        "aria": {"enabled": True, "label": {"description": words.CHARTS_SAY[name]}},
        "grid": {"left": 40, "right": more.pop("right", 10), "top": 20, "bottom": 32},
        "dataset": {"dimensions": ["date", *columns], "source": []},
        "xAxis": {
            "type": "time", "min": first.isoformat(), "max": last.isoformat(), "splitLine": {"show": False},
            "minInterval": 86_400_000, "containShape": False,
            "axisLine": {"lineStyle": {"color": QUIET}}, "axisTick": {"show": False},
            "axisLabel": {**TEXT, "lineHeight": 14, "formatter": MONTHS, "hideOverlap": True, "showMinLabel": False},
        },
        "yAxis": value_axis(**more.pop("y", {})),
        "tooltip": {"trigger": "axis", ":formatter": f"rows => live.tip(rows, {unit!r})", "confine": True, "transitionDuration": 0,
                    "textStyle": {**TEXT, "color": INK}, "axisPointer": {"lineStyle": {"color": QUIET}, "animation": False}},
        "series": [*series, {"type": "line", "name": "", "data": [], "markLine": line, "tooltip": {"show": False}}],
        **more,
    }  # fmt: skip


def value_axis(**more: Any) -> Option:
    """Return a vertical axis of numbers."""
    return {
        "type": "value", "splitNumber": 3, "axisLabel": TEXT, "splitLine": {"lineStyle": {"color": RULE}},
        "axisLine": {"show": False}, "axisTick": {"show": False}, **more,
    }  # fmt: skip


def line(name: str, column: str, colour: str, *, width: float = 1.8, **more: Any) -> Option:
    """Return a line over the dataset's dates; days without a value are bridged."""
    style = {"color": colour, "width": width, **more.pop("lineStyle", {})}
    return {
        "type": "line", "name": name, "encode": {"x": "date", "y": column}, "showSymbol": False, "connectNulls": True,
        "animation": False,
        "lineStyle": style, "itemStyle": {"color": colour}, "emphasis": {"disabled": True}, **more,
    }  # fmt: skip


def bar(name: str, column: str, colour: str, **more: Any) -> Option:
    """Return a bar a day."""
    return {
        "type": "bar", "name": name, "encode": {"x": "date", "y": column}, "itemStyle": {"color": colour},
        "barMaxWidth": 6, "barCategoryGap": "20%", "emphasis": {"disabled": True}, **more,
    }  # fmt: skip


def beside(column: str, colour: str, **more: Any) -> Option:
    """Return the thin line of the same season without the levers' changes."""
    return line(words.SERIES["before"], column, colour, width=THIN, lineStyle={"type": [5, 3]}, z=5, **more)


def span(session: Session) -> tuple[date, date]:
    """Return the first and last day of the time axis: the scenario's own, or the latest days of a longer run."""
    period, days = session.given.parameters.scenario, session.run.days
    first, last = period.start_date, period.end_date
    if (last - first).days >= WINDOW:
        last = first + timedelta(WINDOW - 1)
    if days and days[-1].day.date > last:
        last = days[-1].day.date
        first = max(first, last - timedelta(WINDOW - 1))
    return first, last


def marked_changes(session: Session) -> list[tuple[date, list[str]]]:
    """Return the days from which other values hold, with what was changed."""
    days: dict[date, list[str]] = {}
    for change in session.market.parameters.changes:
        days.setdefault(change.date, []).append(change.name)
    return sorted(days.items())


def labelled(marks: Sequence[tuple[date, list[str]]], first: date, last: date) -> list[Option]:
    """Return marks on the time axis with their names beside them, the later one's where two would overlap."""
    drawn, taken = [], 2.0
    for day, names in reversed(marks):
        place = (day - first).days / max(1, (last - first).days)
        has_room = taken - place >= LABEL_WIDTH
        taken = place if has_room else taken
        side = "left" if place < LABEL_WIDTH / 2 else "right" if place > 1.0 - LABEL_WIDTH / 2 else "center"
        label = {"formatter": words.names_of_levers(names) if has_room else "", "align": side}
        drawn.append({"xAxis": day.isoformat(), "name": ", ".join(map(words.lever_name, names)), "label": label})
    return drawn[::-1]


def round_axis(low: float, high: float, most: int) -> Option:
    """Return an axis from low to high or somewhat beyond, with steps of 1, 2 or 5 times a power of ten, so many at most."""
    steps = (factor * 10.0**power for power in range(-2, 9) for factor in (1, 2, 5))
    step = next(step for step in steps if ceil(high / step) - floor(low / step) <= most)
    return {"min": floor(low / step) * step, "max": ceil(high / step) * step, "interval": step}


def number(value: float, digits: int = 1) -> float | None:
    """Round a value for the wire; nan is nothing."""
    return None if value != value else round(float(value), digits)
