"""What a design is: points times arms times seeds, each a run with a name, a key and a command that does it alone."""

import hashlib
import json
import shlex
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from ..scenario import Scenario
from .factors import Factor

KEY_LENGTH = 16  # hexadecimal digits: among a million runs, two share a key with probability 3e-8
BASE = "base"  # the arm without a change
MOST_NAMED = 12  # values in a run's name


class Point(NamedTuple):
    """One setting of the factors."""

    number: int
    values: dict[str, Any]  # by dotted name, as Parameters.with_values takes them


class PlannedRun(NamedTuple):
    """One run of a design."""

    point: int
    arm: str
    seed: int
    values: dict[str, Any]  # the point's, with the arm's on top
    days: int | None

    @property
    def key(self) -> str:
        """Return a short hash of values, arm, seed and days: the same in every design that contains the run.

        Two points with the same values, which rounding may make, share their keys.
        """
        content = json.dumps([self.values, self.arm, self.seed, self.days], sort_keys=True, default=str, separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()[:KEY_LENGTH]

    def __str__(self) -> str:
        """Name the run; by its point where it would take many values."""
        values = [f"{name}={as_setting(value)}" for name, value in self.values.items()]
        where = values if len(values) <= MOST_NAMED else [f"point {self.point}"]
        return ", ".join([*where, f"arm {self.arm}", f"seed {self.seed}"])

    def command(self, scenario: Scenario | str, fixed: Mapping[str, Any]) -> str:
        """Return the line that does this run alone. fixed: what the design sets in all runs."""
        words = ["gigsupply", "run", scenario if isinstance(scenario, str) else scenario.name]
        for name, value in (dict(fixed) | self.values).items():
            words += ["--set", f"{name}={as_setting(value)}"]
        words += ["--seed", str(self.seed)]
        return shlex.join(words if self.days is None else [*words, "--days", str(self.days)])


class Design(NamedTuple):
    """A design as read. Each point has been tried with each arm against what is allowed."""

    name: str  # stem of the file, with -smoke if it is the small version
    about: str
    scenario: Scenario  # with `fixed` applied; its name is what `gigsupply run` finds it by
    days: int | None
    seeds: tuple[int, ...]
    kind: str  # grid, lhs, sobol, saltelli, morris, list, star; single without a factor
    factors: tuple[Factor, ...]
    points: tuple[Point, ...]
    arms: dict[str, dict[str, Any]]  # what each changes; `base`, which changes nothing, first
    fixed: dict[str, Any]  # [set]
    unit: tuple[tuple[float, ...], ...] = ()  # of sampled designs: the points in the unit cube, a row per point
    detail: bool = False  # with the measures of experiments.detail
    asked: tuple[str, ...] = ()  # what stands after `gigsupply sweep` to ask for it, from whatever folder

    @property
    def number_of_runs(self) -> int:
        """Return points times arms times seeds."""
        return len(self.points) * len(self.arms) * len(self.seeds)

    @property
    def runs(self) -> Iterator[PlannedRun]:
        """Yield every run, in the order of points, arms and seeds."""
        for point in self.points:
            for arm, change in self.arms.items():
                values = point.values | change
                for seed in self.seeds:
                    yield PlannedRun(point.number, arm, seed, values, self.days)


def as_setting(value: Any) -> str:
    """Write a value so that `--set` reads the same one."""
    return value if isinstance(value, str) else _as_toml(value)


def _as_toml(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_as_toml, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{json.dumps(key)} = {_as_toml(part)}' for key, part in value.items())}}}"
    return repr(value).removesuffix(".0")
