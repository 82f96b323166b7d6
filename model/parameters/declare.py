"""How a number is declared: once, with unit, plausible range, allowed range, default and source.

Plausible is what designs and sliders use; a value outside is noted in the manifest. Allowed is what validation enforces.
Midway: a dated change may give it another value during a season, and everything derived from it follows on that morning. Who
people are, what the start was counted from, and rates that were compounded since then hold from the first day to the last.
"""

import math
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from ..sources import Source

type Bounds = tuple[float, float]

SHARE: Bounds = (0, 1)
AMOUNT: Bounds = (0, 1e9)  # money, times, distances


OR_NONE = " or none"


class ParameterError(ValueError):
    """A value the user gave is not allowed; the message names key, value and what is allowed."""


class Quantity(NamedTuple):
    """The declaration of one parameter, and its value in one scenario."""

    name: str
    value: Any
    default: Any
    unit: str
    plausible: Bounds | None
    allowed: Bounds | None
    source: Source
    kind: str
    midway: bool

    @property
    def is_plausible(self) -> bool:
        """Tell whether every number of the value lies in the plausible range."""
        return self.plausible is None or all(within(self.plausible, number) for number in numbers_in(self.value))

    @property
    def what_is_allowed(self) -> str:
        """Say in words which values validation accepts."""
        kind = self.kind.removesuffix(OR_NONE)
        bounds = f" from {plain(self.allowed[0])} to {plain(self.allowed[1])}" if self.allowed else ""
        return f"{kind}{bounds}{OR_NONE if self.kind.endswith(OR_NONE) else ''}"


def quantity(
    default: Any,
    unit: str,
    source: Source,
    *,
    plausible: Bounds | None = None,
    allowed: Bounds | None = None,
    choices: tuple[str, ...] = (),
    midway: bool = False,
) -> Any:
    """Declare a parameter inside a `Group`: a pydantic field that carries its unit, ranges and source."""
    about = {"unit": unit, "source": source, "plausible": plausible, "allowed": allowed, "choices": choices, "midway": midway}
    return Field(default, json_schema_extra=about, validate_default=True)


class Group(BaseModel):
    """A frozen set of parameters or of groups; checks each number against its allowed range."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)

    @field_validator("*", mode="after")
    @classmethod
    def _is_allowed(cls, value: Any, info: ValidationInfo) -> Any:
        about = _about(cls, info.field_name)
        if about.get("allowed") and not all(within(about["allowed"], number) for number in numbers_in(value)):
            raise ValueError("outside the allowed range")
        if about.get("choices") and any(name not in about["choices"] for name in _names_in(value)):
            raise ValueError("not a known name")
        return value

    def quantities(self, prefix: str = "", baseline: Self | None = None) -> Iterator[Quantity]:
        """Walk through every number below this group, in the order of declaration."""
        baseline = baseline or type(self)()
        for name in type(self).model_fields:
            value, default = getattr(self, name), getattr(baseline, name)
            if isinstance(value, Group):
                yield from value.quantities(f"{prefix}{name}.", default)
            else:
                about = _about(type(self), name)
                kind = _kind(type(self).model_fields[name].annotation, about["choices"])
                kind = kind if default is None else kind.removesuffix(" or none")  # `none` is read only where it is the default
                ranges, source = (about["plausible"], about["allowed"]), about["source"]
                yield Quantity(f"{prefix}{name}", value, default, about["unit"], *ranges, source, kind, about["midway"])


def nearest(name: str, known: list[str]) -> str:
    """Return a hint that names the known word most like `name`, or all of them when they are few."""
    tail = {word.rsplit(".", 1)[-1]: word for word in known}
    close = get_close_matches(name, known, 1, 0.6) or [
        tail[word] for word in get_close_matches(name.rsplit(".", 1)[-1], list(tail), 1, 0.5)
    ]
    if close:
        return f"did you mean {close[0]}?"
    return f"known are {', '.join(known)}" if len(known) <= 20 else "gigsupply show baseline lists all names"


def first_problem(error: ValidationError, quantities: dict[str, Quantity]) -> str:
    """Turn pydantic's report into one line that names key, value and what is allowed."""
    problem = error.errors(include_url=False)[0]
    path = [str(part) for part in problem["loc"]]
    if problem["type"] == "extra_forbidden":
        name = ".".join(path)
        siblings = sorted({".".join(known.split(".")[: len(path)]) for known in quantities} | set(quantities))
        return f"{name}: unknown parameter; {nearest(name, siblings)}"
    name = next((".".join(path[:k]) for k in range(len(path), 0, -1) if ".".join(path[:k]) in quantities), "")
    if name:
        return f"{name} = {plain(problem['input'])}: not allowed; allowed: {quantities[name].what_is_allowed}"
    if problem["type"] in {"model_type", "model_attributes_type"}:
        return f"{'.'.join(path)} = {plain(problem['input'])}: this is a section, its parameters go below it"
    return ".".join([*path, problem["msg"].removeprefix("Value error, ")])


def numbers_in(value: Any) -> Iterator[float]:
    """Yield every number in a value, a sequence or a mapping."""
    if isinstance(value, dict):
        yield from numbers_in(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from numbers_in(part)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


def _names_in(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def within(bounds: Bounds, number: float) -> bool:
    """Tell whether a number lies inside closed bounds; nan never does."""
    return bounds[0] <= number <= bounds[1]


def plain(value: Any) -> str:
    """Write a value as a scenario file would."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return "1e9" if value == 1e9 else f"{value:.10g}" if math.isfinite(value) else str(value)
    if isinstance(value, int) and value >= 10_000:
        return f"{value:,}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(plain(part) for part in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {plain(part)}" for key, part in value.items()) + "}"
    return "none" if value is None else f"{value}"


def _about(group: type[BaseModel], name: str | None) -> dict[str, Any]:
    return dict(group.model_fields[name or ""].json_schema_extra or {})  # type: ignore[arg-type]


def _kind(annotation: Any, choices: tuple[str, ...]) -> str:
    """Say in words what type of value a field takes."""
    words = {int: "a whole number", float: "a number", date: "a date (YYYY-MM-DD)", str: "a name"}
    parts = get_args(annotation)
    if choices:
        words = "a table of weights by" if parts and parts[0] is str and parts[-1] is not Ellipsis else "a list of"
        return f"{words} {', '.join(choices)}" if parts else f"one of {', '.join(choices)}"
    if annotation in words:
        return words[annotation]
    if type(None) in parts:
        return f"{_kind(parts[0], ())}{OR_NONE}"
    if parts and parts[0] is str:
        return "a table of names and numbers"
    if parts and parts[-1] is Ellipsis:
        return f"a list of {'whole numbers' if parts[0] is int else 'numbers'}"
    return f"a list of {len(parts)} {'whole numbers' if parts[0] is int else 'numbers'}"
