"""Arms of a comparison: scenarios that differ in what they do, not in the days they cover."""

import re
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from model.parameters import ParameterError, Parameters

from ..scenario import read_scenario, settings_from

MOST_ARMS = 26  # tables name them by letters
BEFORE_A_SETTING = re.compile(r"\+(?=\s*[A-Za-z_][\w.]*\s*=)")


class Arm(NamedTuple):
    """One side of a comparison; the label is what the user wrote."""

    label: str
    about: str
    parameters: Parameters


def read_arms(labels: Sequence[str], settings: Sequence[str] = (), days: int | None = None) -> tuple[Arm, ...]:
    """Read two arms or more, the reference first; `settings` hold in all of them.

    Raises ParameterError with one line if there are too few or too many, or two that are the same or cover other days.
    """
    if len(labels) < 2:
        raise ParameterError(f"{' '.join(labels) or 'no arm'}: nothing to compare; allowed: two arms or more")
    if len(labels) > MOST_ARMS:
        raise ParameterError(f"{len(labels)} arms: too many; allowed: up to {MOST_ARMS}")
    arms = tuple(read_arm(label, settings) for label in labels)
    for one, other in combinations(arms, 2):
        if one.label == other.label:
            raise ParameterError(f"{one.label}: given twice; allowed: arms that differ")
        if one.parameters == other.parameters:
            raise ParameterError(f"{one.label} and {other.label}: no parameter differs; allowed: arms that differ")
        if _period(one, days) != _period(other, days):
            raise ParameterError(
                f"{one.label} and {other.label}: cover other days ({_period(one, days)}, {_period(other, days)}); allowed: "
                f"arms of the same days{'' if days else '; --days N runs each so many days from its start'}"
            )
    return arms


def read_arm(label: str, settings: Sequence[str] = ()) -> Arm:
    """Read an arm: a scenario by name or path, with `+name=value` for each parameter that differs. Raises ParameterError."""
    name, *own = BEFORE_A_SETTING.split(label)
    if "+" in name and not Path(name).exists():
        raise ParameterError(f"{label}: not allowed; allowed: SCENARIO or SCENARIO+name=value")
    scenario = read_scenario(name, settings)
    try:
        return Arm(label, scenario.about, scenario.parameters.with_values(settings_from(own)))
    except ParameterError as error:
        raise ParameterError(f"{label}: {error}") from None


def _period(arm: Arm, days: int | None) -> str:
    period = arm.parameters.scenario
    return f"from {period.start_date}" if days else f"{period.start_date} to {period.end_date}"
