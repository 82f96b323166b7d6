"""The command that runs a design: says what is there, what failed, and how to go on."""

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from .commands import Out, Workers

if TYPE_CHECKING:
    from .design import Design
    from .sweep import Failed, Tally

SOME_FAILED = 3  # exit status
MOST_LISTED = 20  # runs that failed
LONGEST_LIMIT = 31_536_000.0  # seconds: a year


def span_of_time(given: str | float) -> float:
    """Read seconds."""
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0.0
    if not 0.0 < seconds <= LONGEST_LIMIT:
        raise typer.BadParameter(f"{given} is not allowed; allowed: seconds, above 0 and up to {LONGEST_LIMIT:,.0f}")
    return seconds


Name = Annotated[str, typer.Argument(metavar="DESIGN", help="A design's name, or the path of a TOML file.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say how many runs, how long and how much disk.")]
Limit = Annotated[
    float | None,
    typer.Option(
        parser=span_of_time,
        metavar="SECONDS",
        help="Give a run up after so long; without it, after a hundred times the longest so far and ten minutes at least.",
    ),
]
DaysTable = Annotated[bool, typer.Option("--days-table", help="Keep the days of every run, too.")]


class Order(NamedTuple):
    """What was asked for."""

    design: str
    workers: int | None
    out: Path | None
    limit: float | None
    keeps_days: bool
    command: str = "sweep"

    def __str__(self) -> str:
        """Return the line that asks for it again."""
        words = ["gigsupply", self.command, self.design]
        words += ["--workers", str(self.workers)] if self.workers else []
        words += ["--out", str(self.out)] if self.out else []
        words += ["--limit", f"{self.limit:g}"] if self.limit else []
        return shlex.join(words + (["--days-table"] if self.keeps_days else []))


def sweep(
    design: Name,
    workers: Workers = None,
    out: Out = None,
    dry_run: DryRun = False,
    limit: Limit = None,
    days_table: DaysTable = False,
) -> int:
    """Run every point of a design with every seed; the same command again goes on where it was stopped."""
    from .design import read_design

    read, order = read_design(design), Order(design, workers, out, limit, days_table)
    place = out or Path("results/runs") / read.name
    return foretell(read, place, order) if dry_run else carried_out(read, place, order)


def carried_out(design: "Design", place: Path, order: Order) -> int:
    """Run what a folder lacks, say what became of it, and return the exit status.

    Raises ParameterError, StorageError, WorkError.
    """
    from .store import folder_for
    from .sweep_estimate import Need, check_space, expected_bytes, to_do
    from .sweep_plan import check_folder, plan_of

    check_folder(place, plan_of(design))
    number, middle = to_do(design, place, order.keeps_days)
    if middle:
        check_space(Need(number, expected_bytes(design, middle, order.keeps_days)), place)
    with folder_for(place) as folder:
        tally = run_through(design, folder, order)
    return conclude(tally, folder)


def foretell(design: "Design", folder: Path, order: Order) -> int:
    """Say what is to be done, and do one run to say how long it takes."""
    from .sweep_estimate import Need, check_space, report, to_do, try_one
    from .sweep_plan import check_folder, plan_of

    check_folder(folder, plan_of(design))
    number, middle = to_do(design, folder, order.keeps_days)
    typer.echo(f"{design.name}: {design.number_of_runs:,} runs, {number:,} to do")
    if middle:
        trial = try_one(design, middle, order.keeps_days, order.limit)
        need = Need(number, trial.bytes_per_run)
        typer.echo("\n".join(report(need, trial, folder)))
        check_space(need, folder)
    return 0


def run_through(design: "Design", folder: Path, order: Order) -> "Tally":
    """Run what is not there yet; whatever ends it early, say what is kept and how to go on."""
    from .pool import WorkError, cores
    from .progress import progress_of_sweep
    from .store import StoppedError, StorageError
    from .sweep import processes
    from .sweep import sweep as run_design

    seen: list[Tally] = []
    try:
        with progress_of_sweep(design.name) as show:
            engine = processes(order.workers or cores(), order.limit)
            return run_design(design, folder, engine, order.keeps_days, watcher(seen, show))
    except KeyboardInterrupt:
        raise StoppedError(f"stopped; {kept(seen)}{order}") from None
    except (StorageError, WorkError) as error:
        raise type(error)(f"{str(error).removesuffix('; earlier results are intact')}; {kept(seen)}{order}") from error


def watcher(seen: "list[Tally]", show: Callable[[int, int, str], None]) -> "Callable[[Tally, str], None]":
    """Return what is told of every run: keeps the tally at hand, and shows how far it is."""

    def watch(tally: "Tally", name: str) -> None:
        seen[:] = [tally]
        show(tally.kept + len(tally.failed), tally.planned, name)

    return watch


def kept(seen: "list[Tally]") -> str:
    """Say how many runs are on disk."""
    told = f"{seen[0].kept:,} of {seen[0].planned:,} runs are kept; " if seen else ""
    return f"{told}to go on: "


def conclude(tally: "Tally", folder: Path) -> int:
    """Say what became of a sweep, and return the exit status."""
    for note in tally.notes:
        typer.echo(f"note: {note}", err=True)
    if tally.failed:
        list_failed(tally.failed, folder)
    there = f", {tally.found:,} of them there before" if tally.found else ""
    failed = f", {len(tally.failed):,} failed" if tally.failed else ""
    typer.echo(f"{tally.kept:,} of {tally.planned:,} runs{there}{failed}; written to {folder}")
    return SOME_FAILED if tally.failed else 0


def list_failed(failed: "list[Failed]", folder: Path) -> None:
    """Name the runs that failed, each with the command that does it alone."""
    from .sweep import FAILED

    for one in failed[:MOST_LISTED]:
        typer.echo(f"failed: {one.run}: {' '.join(one.failure.message.split())}\n  alone: {one.command}", err=True)
    if len(failed) > MOST_LISTED:
        typer.echo(f"... and {len(failed) - MOST_LISTED:,} more, all in {folder / FAILED}", err=True)
