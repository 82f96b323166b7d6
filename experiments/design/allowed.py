"""What parameters allow: single values as the model declares them, and whether they fit together."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from pydantic import ValidationError

from model.parameters import Parameters, by_day
from model.parameters.declare import Group

type Values = dict[str, Any]  # by dotted name


def is_whole(value: Any, least: int, most: int) -> bool:
    """Tell whether a value is a whole number within bounds; true is none."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def check_name(name: str, base: Parameters) -> None:
    """Raise ParameterError with the nearest name if there is no such parameter."""
    if name not in base.table():
        base.with_values({name: 0})


def declared(name: str, value: Any, base: Parameters) -> Any:
    """Return a value in the type of its declaration: 16 is 16.0 where any number may stand, a list is a tuple.

    Raises ParameterError. Whether it fits the others is not asked.
    """
    section, _, last = name.rpartition(".")
    group: Group = attrgetter(section)(base)
    value = tuple(value) if isinstance(value, list) else value
    try:
        return getattr(type(group).model_validate(dict(group) | {last: value}), last)
    except ValidationError:
        return attrgetter(name)(base.with_values({name: value}))  # reads `none` and dates in quotes, or says what is allowed


def check_fit(values: Mapping[str, Any], base: Parameters) -> None:
    """Raise ParameterError if declared values are allowed one by one but not together, or not with a later dated change.

    Thirty times as quick as Parameters.with_values: fields are not looked at again, only what ties them to each other.
    """
    try:
        replaced(base, values)
        later = dict(values)
        for changed in by_day(base.changes).values():
            later |= changed
            replaced(base, later)
    except ValidationError:
        base.with_values(values)


def replaced[G: Group](group: G, values: Mapping[str, Any]) -> G:
    """Return a copy of a group with other values below it, each group that changes checked as a whole."""
    here: Values = {}
    below: dict[str, Values] = {}
    for name, value in values.items():
        first, dot, rest = name.partition(".")
        if dot:
            below.setdefault(first, {})[rest] = value
        else:
            here[first] = value
    here |= {name: replaced(getattr(group, name), part) for name, part in below.items()}
    return type(group).model_validate(group.model_copy(update=here))
