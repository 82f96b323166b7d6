"""Stands in for `experiments.design` where that is not there: grids, arms and seeds, read from the same TOML, no more.

Importing this module is enough. To be deleted with the lines that import it once designs are part of the house.
"""

import hashlib
import json
import shlex
import sys
import tomllib
import types
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from experiments.scenario import Scenario, flat, read_scenario
from model.parameters import Quantity


class Factor(NamedTuple):
    name: str
    quantity: Quantity
    values: tuple[Any, ...]


class Point(NamedTuple):
    number: int
    values: dict[str, Any]


class PlannedRun(NamedTuple):
    point: int
    arm: str
    seed: int
    values: dict[str, Any]
    days: int | None

    @property
    def key(self):
        content = json.dumps([self.values, self.arm, self.seed, self.days], sort_keys=True, default=str)
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    def __str__(self):
        return ", ".join([*(f"{name}={value}" for name, value in self.values.items()), f"arm {self.arm}", f"seed {self.seed}"])

    def command(self, scenario, fixed):
        words = ["gigsupply", "run", scenario.name]
        for name, value in (dict(fixed) | self.values).items():
            words += ["--set", f"{name}={value}"]
        return shlex.join([*words, "--seed", str(self.seed), *(["--days", str(self.days)] if self.days else [])])


class Design(NamedTuple):
    name: str
    about: str
    scenario: Scenario
    days: int | None
    seeds: tuple[int, ...]
    kind: str
    factors: tuple[Factor, ...]
    points: tuple[Point, ...]
    arms: dict[str, dict[str, Any]]
    fixed: dict[str, Any]

    @property
    def number_of_runs(self):
        return len(self.points) * len(self.arms) * len(self.seeds)

    @property
    def runs(self):
        for point in self.points:
            for arm, change in self.arms.items():
                for seed in self.seeds:
                    yield PlannedRun(point.number, arm, seed, point.values | change, self.days)


def read_design(path):
    tree = tomllib.loads(Path(path).read_text())
    base, fixed, grid = read_scenario(tree["scenario"]), flat(tree.get("set", {})), flat(tree.get("grid", {}))
    parameters = base.parameters.with_values(fixed)
    factors = tuple(Factor(name, parameters.table()[name], tuple(values)) for name, values in grid.items())
    points = tuple(Point(k, dict(zip(grid, row, strict=True))) for k, row in enumerate(product(*grid.values())))
    seeds = tuple(range(tree["seeds"])) if isinstance(tree["seeds"], int) else tuple(tree["seeds"])
    arms = {"base": {}} | {label: flat(change) for label, change in tree.get("arms", {}).items()}
    scenario = Scenario(base.name, base.about, parameters)
    about = tree.get("about", "")
    return Design(Path(path).stem, about, scenario, tree.get("days"), seeds, "grid", factors, points, arms, fixed)


if find_spec("experiments.design") is None:
    module: Any = types.ModuleType("experiments.design")
    for one in (Factor, Point, PlannedRun, Design, read_design):
        setattr(module, one.__name__, one)
    sys.modules["experiments.design"] = module
