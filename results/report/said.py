"""A claim: a sentence whose words follow from a check of its numbers, so that it turns around when the results do."""

from collections.abc import Callable, Mapping
from string import Formatter
from typing import NamedTuple

from .readings import NotRunError, Readings
from .traced import Number

type Part = str | Number | tuple[Number, str]
HOLDS, TURNED, OPEN, NOT_RUN = "holds", "turned around", "cannot be told", "not run"


class Said(NamedTuple):
    """A sentence with its numbers, and what was checked for it."""

    name: str
    test: str  # what the sentence claims, as a condition
    verdict: str
    parts: tuple[Part, ...]
    named: Mapping[str, Number] = {}  # the numbers that were checked

    @property
    def text(self) -> str:
        """Return the sentence as plain text."""
        return "".join(plain(part) for part in self.parts)

    @property
    def numbers(self) -> list[Number]:
        """Return the numbers in it."""
        return [part if isinstance(part, Number) else part[0] for part in self.parts if not isinstance(part, str)]


type Claim = Callable[[Readings], Said]


def plain(part: Part) -> str:
    """Write a part of a sentence."""
    if isinstance(part, str):
        return part
    number, form = (part, "") if isinstance(part, Number) else part
    return in_form(number, form)


def in_form(number: Number, form: str) -> str:
    """Write a number with its interval; `value` leaves the interval out, `bare` the unit as well."""
    if form == "bare":
        return number.bare
    return f"{number.text} ({number.interval})" if number.interval and form != "value" else number.text


def say(test: str, sign: int, words: Mapping[int, str] | str, **numbers: Number) -> Said:
    """Choose the sentence by the sign of the check, and fill in its numbers.

    sign: 1 if the claim holds, -1 if the opposite does, 0 if that cannot be told. words: a template for each, with `{number}` or
    `{number:value}`, or one that says by itself what holds. Without words for 0 or -1 the claim drops out: the sentence is empty.
    """
    if any(not number.is_known for number in numbers.values()):
        lacking = next(number for number in numbers.values() if not number.is_known)
        return Said("", test, NOT_RUN, (f"Nothing can be said here: {lacking.source.measure} is not known in any run.",))
    template = words if isinstance(words, str) else words.get(sign, "")
    parts: list[Part] = []
    for text, field, form, _ in Formatter().parse(template):
        parts += [text] if text else []
        parts += [(numbers[field], form or "")] if field else []
    return Said("", test, {1: HOLDS, -1: TURNED, 0: OPEN}[sign], tuple(parts), numbers)


def told(claims: Mapping[str, Claim], readings: Readings) -> dict[str, Said]:
    """Say every claim; one whose runs are not there says so."""
    return {name: _said(name, claim, readings) for name, claim in claims.items()}


def _said(name: str, claim: Claim, readings: Readings) -> Said:
    try:
        return claim(readings)._replace(name=name)
    except NotRunError as error:
        return Said(name, str(claim.__doc__ or "").strip().partition("\n")[0], NOT_RUN, (f"Not said here: {error}.",))
