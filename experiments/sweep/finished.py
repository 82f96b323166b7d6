"""A finished sweep, read from its folder: a row per run, what tells runs apart, and what was planned."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from model.parameters import ParameterError

from ..design.plan import BASE, as_setting
from ..store import MANIFEST
from .folder import lines
from .plan import PLAN, RUNS, Plan, known_plan, line_that_goes_on
from .run import TABLE

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

type Levels = dict[str, Any]  # a factor's values by how they are written, in ascending order


class FinishedSweep(NamedTuple):
    """The runs of a sweep and what they are of."""

    folder: Path
    plan: Plan
    manifest: dict[str, Any]
    factors: dict[str, Levels]
    runs: "pd.DataFrame"  # arm, seed, every factor as it is written after `--set`, every measure
    left_aside: int  # finished runs that are not in the table

    @property
    def arms(self) -> tuple[str, ...]:
        """Return the labels of the arms, the one without a change first."""
        return tuple(self.manifest["arms"])

    @property
    def seeds(self) -> tuple[int, ...]:
        """Return the seeds of the design."""
        return tuple(self.manifest["seeds"])

    def of(self, arm: str) -> "pd.DataFrame":
        """Return the runs of an arm."""
        return self.runs.loc[self.runs["arm"] == arm]

    @property
    def pairs_planned(self) -> int:
        """Return how many points times seeds the design has; points that are the same count once."""
        return self.manifest["runs"]["planned"] // len(self.arms)

    @property
    def notes(self) -> list[str]:
        """Return what a reader of the runs should know: a design that was extended and then stopped has an old table."""
        if self.left_aside <= 0:
            return []
        return [
            f"{self.folder}: {self.left_aside:,} finished runs are not in {TABLE}: its design was larger at another time, or was "
            f"stopped while it grew; to have them in: {line_that_goes_on(self.plan, self.folder)}"
        ]

    @property
    def days(self) -> int | None:
        """Return how many days each run has; None if that varies."""
        ends = ("scenario.start_date", "scenario.end_date")
        changed = {*self.factors, *(name for change in self.manifest["arms"].values() for name in change)}
        if self.manifest["days"] or changed & {*ends}:
            return self.manifest["days"]
        first, last = (date.fromisoformat(self.plan["parameters"][name]) for name in ends)
        return (last - first).days + 1


def read_sweep(folder: Path) -> FinishedSweep:
    """Read a sweep's folder. Raises ParameterError if it holds none, one that is not finished, or one that is damaged."""
    if not (folder / PLAN).exists():
        raise ParameterError(f"{folder}: no sweep ({PLAN} is missing); allowed: a folder that gigsupply sweep wrote")
    plan = known_plan(folder / PLAN)
    go_on = line_that_goes_on(plan, folder)
    if not (folder / TABLE).exists() or not (folder / MANIFEST).exists():
        raise ParameterError(f"{folder}: not finished ({finished(folder):,} runs are kept, {TABLE} is missing); to go on: {go_on}")
    manifest, content = read_manifest(folder / MANIFEST), (folder / TABLE).read_bytes()
    if hashlib.sha256(content).hexdigest() != manifest["files"][TABLE]:
        raise ParameterError(f"{folder / TABLE}: damaged (its sha256 is not that of {MANIFEST}); to write it anew: {go_on}")
    table = table_from(content)
    if table.num_rows == 0:
        raise ParameterError(f"{folder / TABLE}: holds no run; to go on: {go_on}")
    factors = {name: levels_of(table, name) for name in manifest["factors"]}
    return FinishedSweep(folder, plan, manifest, factors, frame_of(table, factors), finished(folder) - table.num_rows)


def finished(folder: Path) -> int:
    """Return how many runs are finished, whether a table has them or not."""
    return len({record["key"] for _, record in lines(folder / RUNS) if record})


def read_manifest(path: Path) -> dict[str, Any]:
    """Read what a sweep says of itself. Raises ParameterError if that is not as it was written."""
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        if {"arms", "seeds", "factors", "runs", "days"} <= set(manifest) and TABLE in manifest["files"]:
            return manifest
    except (ValueError, TypeError, KeyError):
        pass
    raise ParameterError(f"{path}: damaged; allowed: the manifest as gigsupply sweep wrote it")


def table_from(content: bytes) -> "pa.Table":
    """Read a table from the bytes of its file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    return pq.read_table(pa.BufferReader(content))


def levels_of(table: "pa.Table", factor: str) -> Levels:
    """Return a factor's values by how they are written; numbers ascend."""
    levels = {as_setting(value): value for value in table.column(factor).to_pylist()}
    if all(isinstance(value, int | float) for value in levels.values()):
        return dict(sorted(levels.items(), key=lambda item: item[1]))
    return levels


def frame_of(table: "pa.Table", factors: dict[str, Levels]) -> "pd.DataFrame":
    """Return the runs; factors are text, so that lists, dates and nothing pair like numbers."""
    frame = table.to_pandas()
    for name in factors:
        frame[name] = [as_setting(value) for value in table.column(name).to_pylist()]
    if "arm" not in frame:
        frame.insert(0, "arm", BASE)
    return frame
