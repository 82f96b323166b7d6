"""The points of designs that are listed in full: every combination, or one factor at a time."""

import math
from collections.abc import Callable, Mapping
from itertools import product
from typing import Any, NamedTuple

from model.parameters import ParameterError, Parameters, Quantity, nearest

from ..scenario import flat
from .allowed import Values, check_name
from .factors import Factor, aside, listed

MOST_POINTS = 100_000


class Varied(NamedTuple):
    """What varies in a design, and how."""

    kind: str
    factors: tuple[Factor, ...]
    points: list[Values]
    unit: tuple[tuple[float, ...], ...] = ()  # the points in the unit cube, if they were drawn there


def single() -> Varied:
    """Return the one point without a factor."""
    return Varied("single", (), [{}])


def grid(section: Values, base: Parameters) -> Varied:
    """Cross the values of every factor, the last varying fastest."""
    factors = factors_of("grid", flat(section), base, listed)
    check_number(math.prod(len(factor.values) for factor in factors))
    names = [factor.name for factor in factors]
    crossed = product(*(factor.values for factor in factors))
    return Varied("grid", factors, [dict(zip(names, row, strict=True)) for row in crossed])


def star(section: Values, base: Parameters) -> Varied:
    """Return the base, and each factor's values with all others at their base."""
    factors = factors_of("star", flat(section), base, aside)
    at_base = {factor.name: factor.quantity.value for factor in factors}
    return Varied("star", factors, [at_base, *(at_base | {factor.name: value} for factor in factors for value in factor.values)])


def factors_of(
    kind: str, told: Values, base: Parameters, read: Callable[[Quantity, Any, Parameters], Factor]
) -> tuple[Factor, ...]:
    """Read the factors of a section. Raises ParameterError if there is none or a name is unknown."""
    if not told:
        raise ParameterError(f"[{kind}]: no factor; allowed: one or more, by dotted name")
    for name in told:
        check_name(name, base)
    table = base.table()
    return tuple(read(table[name], value, base) for name, value in told.items())


def check_keys(kind: str, told: Mapping[str, Any], known: list[str]) -> None:
    """Raise ParameterError with the nearest known key if one is unknown."""
    for key in told:
        if key not in known:
            raise ParameterError(f"[{kind}] {key}: unknown key; {nearest(key, known)}")


def check_number(points: int) -> None:
    """Raise ParameterError if there are too many points."""
    if points > MOST_POINTS:
        raise ParameterError(f"{points:,} points: too many; allowed: up to {MOST_POINTS:,}")
