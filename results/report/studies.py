"""The report's own sweeps: those that are finished are read, what is missing is run; never a number of another version's runs."""

import time
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from experiments.sweep.finished import FinishedSweep, read_sweep
from model.parameters import ParameterError, nearest

if TYPE_CHECKING:
    from experiments.design import Design

RUNS = Path("results/runs")
STUDIES = {
    "coverage": ("report-coverage",),
    "left": ("report-left",),
    "floor": ("report-floor",),
    "mileage": ("report-mileage",),
    "wages": ("report-wages",),
}
ALWAYS = ("report-sensitivity", "report-evidence")
SCREENING = "screening"  # shown if somebody has run it
STARTING, WRITING = 2.0, 25.0  # seconds, roughly: workers of a sweep; figures and pages


class Asked(NamedTuple):
    """What the report needs and where it may lie."""

    studies: tuple[str, ...]
    results: Path | None  # folder with sweeps that are read, not written
    is_quick: bool
    workers: int | None

    @property
    def designs(self) -> tuple[str, ...]:
        """Return the names of the designs; sensitivity and evidence belong to the whole report."""
        own = tuple(name for study in self.studies for name in STUDIES[study])
        return own + (ALWAYS if set(self.studies) == set(STUDIES) else ())


class Gathered(NamedTuple):
    """The sweeps by design, and what is to be said about them."""

    sweeps: dict[str, FinishedSweep]
    notes: tuple[str, ...]
    computed: int  # runs
    seconds: float


def check_studies(names: Sequence[str]) -> tuple[str, ...]:
    """Return the studies asked for, in the report's order; all without a name. Raises ParameterError."""
    for name in names:
        if name not in STUDIES:
            raise ParameterError(f"{name}: no such study of the report; {nearest(name, [*STUDIES])}")
    return tuple(name for name in STUDIES if name in names or not names)


def gather(asked: Asked) -> Gathered:
    """Read every sweep that is there, and run what is missing, after saying how long that takes.

    Raises ParameterError, StorageError, WorkError; Ctrl-C keeps finished runs.
    """
    from experiments.design import read_design

    designs = {name: read_design(name, asked.is_quick) for name in asked.designs}
    notes: list[str] = []
    sweeps = {name: sweep for name, design in designs.items() if (sweep := read_elsewhere(design, asked.results, notes))}
    missing = {name: design for name, design in designs.items() if name not in sweeps}
    places = {name: place_for(design, notes) for name, design in missing.items()}
    to_do = {name: number for name in missing if (number := runs_to_do(missing[name], places[name]))}
    if to_do:
        foretell([missing[name] for name in to_do], list(to_do.values()), asked.workers)
    began = time.monotonic()
    for name, design in missing.items():
        sweeps[name] = completed(design, places[name], asked.workers, notes)
    screening = read_screening(asked, notes)
    sweeps |= {SCREENING: screening} if screening else {}
    ordered = {name: sweeps[name] for name in (*designs, SCREENING) if name in sweeps}
    return Gathered(ordered, tuple(notes), sum(to_do.values()), time.monotonic() - began)


def read_elsewhere(design: "Design", results: Path | None, notes: list[str]) -> FinishedSweep | None:
    """Return the sweep of a design in a folder of results, if it is there in full and of this version; say why it is not."""
    from experiments.sweep.plan import check_folder, plan_of

    folder = results / design.name if results else None
    if folder is None or not folder.is_dir():
        return None
    try:
        check_folder(folder, plan_of(design))
        sweep = read_sweep(folder)
    except ParameterError as error:
        notes.append(f"{str(error).removeprefix('--out ').partition('; allowed')[0]}; so its runs were made anew")
        return None
    if lacking := design.number_of_runs - number_of(design, sweep):
        notes.append(f"{folder}: {lacking:,} of {design.number_of_runs:,} runs are missing; so they were made anew")
        return None
    return sweep


def number_of(design: "Design", sweep: FinishedSweep) -> int:
    """Return how many of a design's runs a sweep has."""
    from experiments.design.plan import as_setting

    names = [factor.name for factor in design.factors]
    if names != list(sweep.factors):
        return 0
    there = set(sweep.runs[["arm", "seed", *names]].itertuples(index=False, name=None))
    return sum((run.arm, run.seed, *(as_setting(run.values[name]) for name in names)) in there for run in design.runs)


def place_for(design: "Design", notes: list[str]) -> Path:
    """Return where a design's runs are or will be: beside runs of another version, never among them."""
    from experiments.sweep.plan import check_folder, plan_of

    plan = plan_of(design)
    place = RUNS / design.name
    try:
        check_folder(place, plan)
    except ParameterError as error:
        beside = RUNS / f"{design.name}-{plan['sha256'][:8]}"
        check_folder(beside, plan)
        notes.append(f"{str(error).removeprefix('--out ').partition('; allowed')[0]}; this report's runs lie in {beside}")
        return beside
    return place


def runs_to_do(design: "Design", place: Path) -> int:
    """Return how many runs a folder lacks."""
    from experiments.sweep.estimate import to_do

    return to_do(design, place, False)[0]


def foretell(designs: "Sequence[Design]", numbers: Sequence[int], workers: int | None) -> None:
    """Say how many runs are to be made and how long that takes, by one run and its length."""
    from experiments.engines.pool import cores
    from experiments.progress import in_words
    from experiments.sweep.estimate import try_one

    workers = workers or cores()
    run = next(iter(designs[0].runs))
    per_day = try_one(designs[0], run, False, None).seconds / effort(designs[0])
    running = sum(per_day * effort(design) * number for design, number in zip(designs, numbers, strict=True)) / workers
    seconds = running + STARTING * len(designs) + WRITING
    counted = f"{sum(numbers):,} runs in {len(designs)} {'sweep' if len(designs) == 1 else 'sweeps'}"
    on = f"{workers} {'worker' if workers == 1 else 'workers'}"
    typer.echo(f"{counted} to make, about {in_words(float(ceil(seconds)))} with {on}", err=True)


def effort(design: "Design") -> float:
    """Return what a run costs against another, roughly: days times people who may come to drive."""
    parameters = design.scenario.parameters
    days = design.days or (parameters.scenario.end_date - parameters.scenario.start_date).days + 1
    pools = [change.get("population.drivers", parameters.population.drivers) for change in design.arms.values()]
    reachable = sum(pools) / len(pools) * parameters.awareness.ceiling_share
    return days * (1.0 + reachable / 6_000.0)


def completed(design: "Design", place: Path, workers: int | None, notes: list[str]) -> FinishedSweep:
    """Run what a folder lacks, write its table anew from the log of runs, and read it."""
    from experiments.engines.pool import cores, processes
    from experiments.progress import progress_of_sweep
    from experiments.store import folder_for
    from experiments.sweep.command import watcher
    from experiments.sweep.run import sweep

    if is_complete(design, place):
        return read_sweep(place)
    with folder_for(place) as folder, progress_of_sweep(design.name) as show:
        tally = sweep(design, folder, processes(workers or cores(), None), watch=watcher([], show))
    notes += tally.notes
    if tally.failed:
        notes.append(f"{design.name}: {len(tally.failed)} of {tally.planned} runs failed, such as {tally.failed[0].command}")
    return read_sweep(place)


def is_complete(design: "Design", place: Path) -> bool:
    """Tell whether a folder has every run of a design in an undamaged table."""
    try:
        return number_of(design, read_sweep(place)) == design.number_of_runs
    except ParameterError:
        return False


def read_screening(asked: Asked, notes: list[str]) -> FinishedSweep | None:
    """Return the screening of all parameters if it is finished, in full size and with this version; if it is begun, say why not."""
    from experiments.design import read_design
    from experiments.sweep.plan import check_folder, plan_of

    try:
        design = read_design(SCREENING)
    except ParameterError:
        return None
    for folder in (*([asked.results / design.name] if asked.results else []), RUNS / design.name):
        if not folder.is_dir():
            continue
        try:
            check_folder(folder, plan_of(design))
            sweep = read_sweep(folder)
        except ParameterError as error:
            notes.append(f"{str(error).partition('; ')[0].removeprefix('--out ')}; so the screening is not shown")
            continue
        lacking = design.number_of_runs - number_of(design, sweep)
        if not lacking:
            return sweep
        notes.append(f"{folder}: {lacking:,} of {design.number_of_runs:,} runs are missing; so the screening is not shown")
    return None
