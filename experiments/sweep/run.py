"""A sweep: every run of a design that is not there yet, each on disk as soon as it is finished, and a table of them at the end."""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np

from model import BlockMarket
from model.interrupts import ctrl_c_waits
from model.parameters import Parameters

from ..block_by_block import observed
from ..detail import detail_of
from ..engines.pool import Engine, Outcome
from ..engines.worker import Failure
from ..measures import summary_of
from ..runner import circumstances, described
from ..store import MANIFEST, as_json, parquet, write_files
from .folder import DAYS, Record, RunLog, opened
from .plan import plan_of
from .table import Rows, table_of
from .table import parquet as as_parquet

if TYPE_CHECKING:
    from ..design import Design, PlannedRun

TABLE, FAILED = "runs.parquet", "failed.jsonl"

type Measures = dict[str, float | int | bool]


class Done(NamedTuple):
    """A finished run."""

    measures: Measures
    days: bytes | None  # as parquet, if they are kept


type Work = Callable[["PlannedRun"], Done]
type Ended = Outcome["PlannedRun", Done]
type SweepEngine = Engine["PlannedRun", Done]


class Failed(NamedTuple):
    """A run that has no result, and why."""

    run: "PlannedRun"
    failure: Failure
    command: str  # does it again, alone


class Tally:
    """How far a sweep is."""

    def __init__(self, wanted: dict[str, None], found: Iterable[str]) -> None:
        self.wanted = wanted  # keys of the design's runs, each once, in their order
        self.planned = len(wanted)
        self.found = sum(key in wanted for key in found)
        self.finished = 0
        self.failed: list[Failed] = []
        self.notes: list[str] = []

    @property
    def kept(self) -> int:
        """Return how many runs are on disk."""
        return self.found + self.finished


type Watch = Callable[[Tally, str], None]


def sweep(
    design: "Design",
    folder: Path,
    engine: SweepEngine,
    keeps_days: bool = False,
    watch: "Watch | None" = None,
) -> Tally:
    """Do the runs that a folder lacks, and write its table. watch: is told of the start, then of every run that ended, by name.

    Raises ParameterError if the folder holds other runs or is in use; StorageError, WorkError and KeyboardInterrupt keep what is
    finished.
    """
    started, clock = datetime.now(UTC), time.perf_counter()
    with opened(folder, plan_of(design)) as log:
        there = {key for key in log.keys if not keeps_days or days_file(folder, key).exists()}
        tally = Tally(dict.fromkeys(run.key for run in design.runs), there)
        tally.notes += [log.note] if log.note else []
        if keeps_days:
            (folder / DAYS).mkdir(exist_ok=True)
        if watch:
            watch(tally, "")
        with closing(engine(work_of(design, keeps_days), missing(design, there))) as ended:
            for one in ended:
                record(one, log, tally, design, folder)
                if watch:
                    watch(tally, str(one.job))
        write_results(design, folder, log, tally, circumstances(started, clock))
    return tally


def missing(design: "Design", there: Iterable[str]) -> Iterator["PlannedRun"]:
    """Yield the runs that are not there, each once, though points may be the same after rounding."""
    seen = set(there)
    for run in design.runs:
        if (key := run.key) not in seen:
            seen.add(key)
            yield run


def work_of(design: "Design", keeps_days: bool) -> Work:
    """Return what does one run of a design."""
    return partial(done, design.scenario.parameters, columns_of(design), keeps_days, design.detail)


def done(base: Parameters, columns: tuple[str, ...], keeps_days: bool, detail: bool, run: "PlannedRun") -> Done:
    """Do one run; happens in a worker. columns: what stands before its days."""
    parameters = base.with_values(run.values)
    market = BlockMarket(parameters, rng=run.seed)
    if detail:
        measures = in_detail(market, run.days)
    else:
        market.run(run.days)
        measures = summary_of(market.diary, parameters)
    if not keeps_days:
        return Done(measures, None)
    days, told = market.days, {"seed": run.seed, "arm": run.arm} | run.values
    for place, name in enumerate(columns):
        days.insert(place, name, [told[name]] * len(days))
    return Done(measures, parquet(days))


def in_detail(market: BlockMarket, days: int | None) -> Measures:
    """Run a market, and return its measures with those beyond the summary."""
    notes = observed(market, days)
    persons = np.concatenate([market.drivers, market.former_drivers])
    detail = detail_of(persons, market.diary, market.parameters, notes, market.draw_seed)
    return summary_of(market.diary, market.parameters) | detail


def days_file(folder: Path, key: str) -> Path:
    """Return where the days of a run are kept."""
    return folder / DAYS / f"{key}.parquet"


def columns_of(design: "Design") -> tuple[str, ...]:
    """Return what tells runs apart: seed, arm if there are arms, factors."""
    return ("seed", *(["arm"] if len(design.arms) > 1 else []), *(factor.name for factor in design.factors))


def record(one: Ended, log: RunLog, tally: Tally, design: "Design", folder: Path) -> None:
    """Write down what became of a run, its days before the line that says it is finished. Raises StorageError."""
    run = one.job
    if one.failure:
        tally.failed.append(Failed(run, one.failure, run.command(design.scenario, design.fixed)))
        return
    result = cast(Done, one.result)
    with ctrl_c_waits():  # so that what is on disk has been counted
        if result.days is not None:
            file = days_file(folder, run.key)
            write_files(file.parent, {file.name: result.days})
        log.add(record_for(run, result.measures))
        tally.finished += 1


def record_for(run: "PlannedRun", measures: Measures) -> Record:
    """Return a finished run as it is kept: what was run and what came out, no times."""
    told = {"key": run.key, "point": run.point, "arm": run.arm, "seed": run.seed, "values": run.values}
    return told | {"measures": measures}


def write_results(design: "Design", folder: Path, log: RunLog, tally: Tally, about: dict[str, Any]) -> None:
    """Write the table, the runs that failed, and the manifest, which carries the sha256 of both."""
    rows = Rows(log.records(), tally.wanted, [factor.name for factor in design.factors])
    files = {TABLE: as_parquet(table_of(rows, len(design.arms) > 1, max(design.seeds)))}
    if tally.failed:
        files[FAILED] = b"".join(map(line_of_failed, sorted(tally.failed, key=lambda one: str(one.run))))
    if is_damaged(folder):
        tally.notes.append(f"{folder / TABLE}: damaged; written anew from {log.path.name}")
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    write_files(folder, files | {MANIFEST: as_json(manifest_of(design, tally) | about | {"files": digests})})
    if not tally.failed:
        (folder / FAILED).unlink(missing_ok=True)


def line_of_failed(one: Failed) -> bytes:
    """Write a run that failed as a line of JSON."""
    told = {
        "values": one.run.values,
        "arm": one.run.arm,
        "seed": one.run.seed,
        "error": one.failure.message,
        "command": one.command,
    }
    return json.dumps(told, ensure_ascii=False, default=str).encode() + b"\n"


def is_damaged(folder: Path) -> bool:
    """Tell whether a table that was written once is no longer what its manifest says."""
    try:
        digest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"][TABLE]
        return hashlib.sha256((folder / TABLE).read_bytes()).hexdigest() != digest
    except (OSError, ValueError, KeyError, TypeError):
        return (folder / MANIFEST).exists()


def manifest_of(design: "Design", tally: Tally) -> dict[str, Any]:
    """Describe a sweep, for others to repeat."""
    return {
        "design": design.name,
        "asked": design.asked,
        "about": design.about,
        "kind": design.kind,
        "scenario": design.scenario.name,
        "set": design.fixed,
        "factors": [factor.name for factor in design.factors],
        "points": len(design.points),
        "arms": design.arms,
        "seeds": design.seeds,
        "days": design.days,
        "runs": {"planned": tally.planned, "finished": tally.kept, "failed": len(tally.failed)},
        **described(design.scenario.parameters),
    }
