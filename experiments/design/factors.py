"""What varies: a parameter between two bounds, or over listed values."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from model.parameters import ParameterError, Parameters, Quantity, nearest, plain
from model.parameters.declare import OR_NONE, within

from .allowed import declared

PLAUSIBLE = "plausible"
SCALES = ("linear", "log")
NUMBER, WHOLE_NUMBER = "a number", "a whole number"
RANGE = '[low, high], {low = ..., high = ..., scale = "log"} or "plausible"'


class Factor(NamedTuple):
    """A parameter that varies: between `low` and `high` on a scale, or over `values`."""

    name: str
    quantity: Quantity
    low: float | None = None
    high: float | None = None
    scale: str = "linear"
    values: tuple[Any, ...] = ()

    def to_value(self, u: float) -> Any:
        """Return the value at u in [0, 1): every listed value, and every whole number, has an equal share. At u = 1: the last."""
        if self.low is None or self.high is None:
            return self.values[min(int(u * len(self.values)), len(self.values) - 1)]
        if kind_of(self.quantity) == WHOLE_NUMBER:
            return min(math.floor(between(self.low, self.high + 1, u, self.scale)), int(self.high))
        return min(float(between(self.low, self.high, u, self.scale)), float(self.high))


def between(low: float, high: float, u: float, scale: str) -> float:
    """Return the number a share u of the way from low to high."""
    return low * (high / low) ** u if scale == "log" else low + u * (high - low)


def kind_of(quantity: Quantity) -> str:
    """Return what type of value a parameter takes, in words."""
    return quantity.kind.removesuffix(OR_NONE)


def sampled(quantity: Quantity, told: Any, base: Parameters) -> Factor:
    """Read a factor that is drawn: bounds for numbers, listed values for names and dates. Raises ParameterError."""
    name, kind = quantity.name, kind_of(quantity)
    if kind in (NUMBER, WHOLE_NUMBER):
        return Factor(name, quantity, *bounds(quantity, told))
    if kind.startswith(("a list", "a table")):
        raise ParameterError(f"{name}: takes {kind}; allowed: in a grid, a list or a star, with whole values")
    factor = listed(quantity, told, base)
    if len(factor.values) < 2:
        raise ParameterError(f"{name} = {plain(told)}: nothing varies; allowed: two values or more")
    return factor


def bounds(quantity: Quantity, told: Any) -> tuple[float, float, str]:
    """Read the lowest value, the highest and the scale of a number that varies. Raises ParameterError."""
    low, high, scale = _parts(quantity, told)
    line = f"{quantity.name} = {plain([low, high])}"
    number = int if kind_of(quantity) == WHOLE_NUMBER else int | float
    if any(isinstance(end, bool) or not isinstance(end, number) for end in (low, high)):
        raise ParameterError(f"{line}: not allowed; allowed: two bounds, each {quantity.what_is_allowed.removesuffix(OR_NONE)}")
    if quantity.allowed and not all(within(quantity.allowed, end) for end in (low, high)):
        raise ParameterError(f"{line}: reaches outside what is allowed: {quantity.what_is_allowed.removesuffix(OR_NONE)}")
    if not low < high:
        raise ParameterError(f"{line}: not allowed; allowed: a lower bound below the upper one")
    if scale not in SCALES:
        raise ParameterError(f"{quantity.name}: scale = {plain(scale)}: not allowed; allowed: {' or '.join(SCALES)}")
    if scale == "log" and low <= 0:
        raise ParameterError(f"{line}: not allowed on a log scale; allowed: bounds above 0")
    return low, high, scale


def _parts(quantity: Quantity, told: Any) -> tuple[Any, Any, Any]:
    """Return low, high and scale as they are told, whatever they are."""
    if told == PLAUSIBLE:
        if quantity.plausible is None:
            raise ParameterError(f"{quantity.name}: has no plausible range of its own; allowed: [low, high]")
        number = int if kind_of(quantity) == WHOLE_NUMBER else float
        return number(quantity.plausible[0]), number(quantity.plausible[1]), SCALES[0]
    if isinstance(told, dict):
        known = ("low", "high", "scale")
        for key in told:
            if key not in known:
                raise ParameterError(f"{quantity.name}: {key}: unknown key; {nearest(key, [*known])}")
        if "low" in told and "high" in told:
            return told["low"], told["high"], told.get("scale", SCALES[0])
    if isinstance(told, list) and len(told) == 2:
        return told[0], told[1], SCALES[0]
    raise ParameterError(f"{quantity.name} = {plain(told)}: not allowed; allowed: {RANGE}")


def listed(quantity: Quantity, told: Any, base: Parameters) -> Factor:
    """Read a factor whose values are listed. Raises ParameterError if there is none, one is not allowed or stands there twice."""
    if not isinstance(told, list) or not told:
        raise ParameterError(f"{quantity.name} = {plain(told)}: not allowed; allowed: a list of values")
    values = tuple(declared(quantity.name, value, base) for value in told)
    check_distinct(quantity.name, values)
    return Factor(quantity.name, quantity, values=values)


def check_distinct(name: str, values: Sequence[Any]) -> None:
    """Raise ParameterError if a value stands there twice."""
    seen: set[str] = set()
    for value in values:
        if repr(value) in seen:
            raise ParameterError(f"{name} = {plain(value)}: given twice")
        seen.add(repr(value))


def aside(quantity: Quantity, told: Any, base: Parameters) -> Factor:
    """Read a factor of a star: values beside the base's own, low and high where bounds are told. Raises ParameterError."""
    is_range = kind_of(quantity) in (NUMBER, WHOLE_NUMBER) and not isinstance(told, list)
    factor = listed(quantity, list(bounds(quantity, told)[:2]) if is_range else told, base)
    values = tuple(value for value in factor.values if value != quantity.value)
    if not values:
        raise ParameterError(f"{quantity.name} = {plain(told)}: nothing varies; allowed: a value other than the base's")
    return factor._replace(values=values)
