"""The command that runs a design: says what is there, what failed, and how to go on."""

import shlex
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ..options import LOCAL, Out, Workers, cluster_address

if TYPE_CHECKING:
    from ..design import Design
    from .run import Failed, SweepEngine, Tally

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


Name = Annotated[str, typer.Argument(metavar="DESIGN", help="A study's name (gigsupply studies), or the path of a TOML file.")]
Smoke = Annotated[bool, typer.Option("--smoke", help="The small version that the design's table smoke tells: seconds.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say how many runs, how long and how much disk.")]
Limit = Annotated[
    float | None,
    typer.Option(
        parser=span_of_time,
        metavar="SECONDS",
        help="Give a run up after so long; without it, after a hundred times the longest so far and ten minutes at least.",
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        parser=cluster_address,
        metavar="ADDRESS",
        help="Run on the workers of a Dask scheduler, tcp://HOST:PORT, or of one started here: local. There no run is given up, as "
        "Dask cannot end one: --limit is refused.",
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
    cluster: str | None = None
    is_smoke: bool = False

    def __str__(self) -> str:
        """Return the line that asks for it again."""
        words = ["gigsupply", self.command, self.design]
        words += ["--smoke"] if self.is_smoke else []
        words += ["--cluster", self.cluster] if self.cluster else []
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
    cluster: Cluster = None,
    smoke: Smoke = False,
) -> int:
    """Run every point of a design with every seed; the same command again goes on where it was stopped."""
    from ..design import read_design

    read = read_design(design, smoke)
    order = Order(design, workers, out, limit, days_table, cluster=cluster, is_smoke=smoke)
    check_cluster(order)
    place = out or Path("results/runs") / read.name
    return foretell(read, place, order) if dry_run else carried_out(read, place, order)


def carried_out(design: "Design", place: Path, order: Order) -> int:
    """Run what a folder lacks, say what became of it, and return the exit status.

    Raises ParameterError, StorageError, WorkError.
    """
    from .estimate import Need, check_space, expected_bytes, to_do
    from .plan import check_folder, plan_of

    check_folder(place, plan_of(design))
    number, middle = to_do(design, place, order.keeps_days)
    if middle:
        check_space(Need(number, expected_bytes(design, middle, order.keeps_days)), place)
    with engine_for(order, number) as engine:
        tally = run_through(design, place, order, engine)
    return conclude(tally, place)


def check_cluster(order: Order) -> None:
    """Raise ParameterError if other options do not go with the cluster."""
    from model.parameters import ParameterError

    if order.cluster and order.limit:
        raise ParameterError("--limit: not with --cluster, as Dask cannot end a run; allowed: one of them")
    if order.workers and order.cluster not in {None, LOCAL}:
        raise ParameterError(
            f"--workers {order.workers}: not with --cluster {order.cluster}, which has its own; allowed: one of them"
        )


def engine_for(order: Order, runs: int) -> "AbstractContextManager[SweepEngine]":
    """Return what executes the runs, if there are any; a cluster is reached and looked at before anything is written."""
    from ..engines.pool import cores, processes

    workers = order.workers or cores()
    if not (order.cluster and runs):
        return nullcontext(processes(workers, order.limit))
    from ..engines.cluster import cluster

    return cluster(order.cluster, min(workers, runs))


def foretell(design: "Design", folder: Path, order: Order) -> int:
    """Say what is to be done, and do one run to say how long it takes."""
    from .estimate import Need, check_space, report, to_do, try_one
    from .plan import check_folder, plan_of

    check_folder(folder, plan_of(design))
    number, middle = to_do(design, folder, order.keeps_days)
    typer.echo(f"{design.name}: {design.number_of_runs:,} runs, {number:,} to do")
    if middle:
        trial = try_one(design, middle, order.keeps_days, order.limit)
        need = Need(number, trial.bytes_per_run)
        typer.echo("\n".join(report(need, trial, folder)))
        check_space(need, folder)
    return 0


def run_through(design: "Design", folder: Path, order: Order, engine: "SweepEngine") -> "Tally":
    """Run what is not there yet; whatever ends it early, say what is kept and how to go on."""
    from ..engines.pool import WorkError
    from ..progress import progress_of_sweep
    from ..store import StoppedError, StorageError
    from .run import sweep as run_design

    seen: list[Tally] = []
    try:
        with progress_of_sweep(design.name) as show:
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
    from .run import FAILED

    for one in failed[:MOST_LISTED]:
        typer.echo(f"failed: {one.run}: {' '.join(one.failure.message.split())}\n  alone: {one.command}", err=True)
    if len(failed) > MOST_LISTED:
        typer.echo(f"... and {len(failed) - MOST_LISTED:,} more, all in {folder / FAILED}", err=True)
