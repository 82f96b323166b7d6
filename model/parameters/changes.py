"""Dated changes: a parameter's value from the morning of a day on."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from .declare import ParameterError, Quantity


class Change(NamedTuple):
    """A new value that holds from the morning of a day."""

    date: date
    name: str  # dotted
    value: Any


type ByDay = dict[date, dict[str, Any]]


def by_day(changes: Iterable[Change]) -> ByDay:
    """Return the new values of each day, days and names in order. Raises ParameterError where a day names a parameter twice."""
    days: ByDay = {}
    for change in sorted(changes, key=lambda change: change[:2]):
        values = days.setdefault(change.date, {})
        if change.name in values:
            raise ParameterError(f"change on {change.date}: {change.name}: given twice")
        values[change.name] = change.value
    return days


def check_midway(names: Iterable[str], table: Mapping[str, Quantity]) -> None:
    """Raise ParameterError for a parameter that holds from the first day to the last; say what near it may change."""
    for name in names:
        if name in table and not table[name].midway:
            section = name.rpartition(".")[0]
            may = [one.rpartition(".")[2] for one in table if one.rpartition(".")[0] == section and table[one].midway]
            others = f"in {section} may change: {', '.join(may)}" if may else f"nothing in {section} may change midway"
            raise ParameterError(f"{name}: holds from the first day to the last; {others}")
