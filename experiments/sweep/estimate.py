"""How long a sweep takes and how much disk it needs, before it is begun."""

import math
import shutil
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from model.parameters import ParameterError
from model.records import Day, days_frame
from model.roster import new_rows

from ..block_by_block import BlockByBlock
from ..detail import detail_of
from ..engines.pool import WorkError, cores, outcomes
from ..measures import NUMBERS, summary_of
from ..progress import in_words
from ..store import parquet
from .folder import line_of, lines
from .plan import RUNS
from .run import Done, Measures, days_file, missing, record_for, work_of

if TYPE_CHECKING:
    from ..design import Design, PlannedRun

IN_THE_TABLE = 9  # bytes a number
PAGE = 4_096  # bytes: what a file takes is a multiple
QUICK = 120.0  # seconds: a run up to this long is done twice, as the first one loads or compiles the rules: 30 s and more
A_THIRD = 1.0 / 3.0  # has as many digits as a number can have


class Need(NamedTuple):
    """What runs need."""

    runs: int
    bytes_per_run: int

    @property
    def bytes(self) -> int:
        """Return how much disk all runs need."""
        return self.runs * self.bytes_per_run


class Trial(NamedTuple):
    """One run, measured."""

    run: "PlannedRun"
    seconds: float
    bytes_per_run: int


def to_do(design: "Design", folder: Path, keeps_days: bool) -> "tuple[int, PlannedRun | None]":
    """Return how many runs a folder lacks, and the one in their middle; nothing in the folder is touched."""
    keys = {record["key"] for _, record in lines(folder / RUNS) if record}
    there = [key for key in keys if not keeps_days or days_file(folder, key).exists()]
    number = sum(1 for _ in missing(design, there))
    return number, next(islice(missing(design, there), number // 2, None), None)


def check_space(need: Need, folder: Path) -> None:
    """Raise ParameterError if the disk has less space than runs need."""
    free = free_space(folder)
    if need.bytes > free:
        raise ParameterError(
            f"--out {folder}: {need.runs:,} runs need {size(need.bytes)} of disk, {size(free)} are free; "
            "allowed: fewer runs, or a folder on another disk"
        )


def free_space(folder: Path) -> int:
    """Return how many bytes are free where a folder is or will be."""
    return shutil.disk_usage(next(place for place in (folder, *folder.absolute().parents) if place.exists())).free


def expected_bytes(design: "Design", run: "PlannedRun", keeps_days: bool) -> int:
    """Return what a run may take at most, without doing it: every number at its longest."""
    parameters = design.scenario.parameters
    period = parameters.scenario
    length = run.days or (period.end_date - period.start_date).days + 1
    diary = [Day(period.start_date)]
    names = summary_of(diary, parameters) | (detail_of(new_rows(0), diary, parameters, BlockByBlock(), 0) if design.detail else {})
    measures, table = dict.fromkeys(names, A_THIRD), len(parquet(days_frame(diary)))
    return on_disk(run, measures, table + length * len(NUMBERS) * IN_THE_TABLE if keeps_days else 0)


def on_disk(run: "PlannedRun", measures: Measures, days_bytes: int) -> int:
    """Return what a finished run takes: its line, its row, and its days."""
    row = (len(measures) + len(run.values) + 2) * IN_THE_TABLE
    return len(line_of(record_for(run, measures))) + row + PAGE * math.ceil(days_bytes / PAGE)


def try_one(design: "Design", run: "PlannedRun", keeps_days: bool, limit: float | None) -> Trial:
    """Do one run, and keep nothing. Raises WorkError if it fails."""
    *_, last = outcomes(work_of(design, keeps_days), again_if_quick(run), 1, limit)
    if last.failure:
        raise WorkError(f"{run}: {last.failure.message}")
    result = cast(Done, last.result)
    return Trial(run, last.seconds, on_disk(run, result.measures, len(result.days or b"")))


def again_if_quick(run: "PlannedRun") -> "Iterator[PlannedRun]":
    """Yield a run, and once more if that did not take long."""
    began = time.monotonic()
    yield run
    if time.monotonic() - began < QUICK:
        yield run


def report(need: Need, trial: Trial, folder: Path) -> list[str]:
    """Say how long runs take with so many workers, and how much disk."""
    times = [f"  {n:>4} {'worker ' if n == 1 else 'workers'}  {in_words(need.runs * trial.seconds / n)}" for n in doubling(cores())]
    free = size(free_space(folder))
    return [
        f"one run ({trial.run}): {trial.seconds:.3g} s",
        f"disk: {size(need.bytes_per_run)} a run, {size(need.bytes)} in all; {free} are free",
        *times,
    ]


def doubling(most: int) -> list[int]:
    """Return 1, 2, 4, ... and the last."""
    return [*(2**k for k in range(most.bit_length()) if 2**k < most), most]


def size(bytes: int) -> str:
    """Write a number of bytes."""
    for unit, one in (("GB", 10**9), ("MB", 10**6)):
        if bytes >= one:
            return f"{bytes / one:,.1f} {unit}"
    return f"{bytes / 1_000:.1f} kB"
