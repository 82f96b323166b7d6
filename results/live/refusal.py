"""Why a lever's value was not taken, in the levers' own names and units."""

import re

from model.parameters import Parameters

from . import words
from .amounts import in_field, setting
from .levers import Lever

PROBLEM = re.compile(r"(?:change on \S+: )?(?P<name>[\w.]+) = (?P<value>.+): not allowed; allowed: (?P<allowed>.+)")
UP_TO = re.compile(r"up to (?P<name>[\w.]+) = \S+")


def refusal(lever: Lever, message: str, parameters: Parameters) -> str:
    """Say what is allowed. message: the model's, which names parameters; parameters: in force, where levers bound one another."""
    problem = PROBLEM.fullmatch(message)
    if not problem:
        return message
    if problem["name"] != lever.name:
        return _refused(lever, _beside("at_least", problem["name"], parameters))
    above = UP_TO.fullmatch(problem["allowed"])
    if above:
        return _refused(lever, _beside("at_most", above["name"], parameters))
    return _refused(lever, _range(lever) if lever.quantity.allowed else problem["allowed"])


def _refused(lever: Lever, what: str) -> str:
    return words.LEVER_NOTES["refused"].format(name=words.lever_name(lever.name), what=what)


def _beside(key: str, other: str, parameters: Parameters) -> str:
    quantity = parameters.table()[other]
    return words.LEVER_NOTES[key].format(other=words.lever_name(other), value=setting(quantity, quantity.value))


def _range(lever: Lever) -> str:
    low, high = (in_field(lever.quantity, bound) for bound in lever.quantity.allowed or ())
    unit = words.unit(lever.quantity.unit)
    return words.LEVER_NOTES["whole" if lever.is_whole else "number"].format(low=low, high=high, unit=unit)
