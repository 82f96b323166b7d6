"""The command that compares arms: runs them, prints the tables, and writes tables and a figure."""

import hashlib
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.options import Days, Out, Settings, Workers, whole_number

from . import compare_sweeps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from experiments.compare.arms import Arm
    from experiments.compare.scenarios import Comparison

SEEDS, MOST_SEEDS = 20, 10_000
LONGEST_NAME = 120  # characters of a folder's name

Arms = Annotated[
    list[str],
    typer.Argument(
        metavar="A B [...]",
        help="Two arms or more: SCENARIO or SCENARIO+name=value[+name=value]; A is the reference. "
        "Or the folder of a sweep with arms, or of two sweeps.",
    ),
]
Seeds = Annotated[
    int | None,
    typer.Option(
        parser=whole_number(1, MOST_SEEDS, f"{MOST_SEEDS:,}"),
        metavar="N",
        help=f"How many seeds: 0 to N - 1, in every arm; {SEEDS} without it.",
    ),
]
Measures = Annotated[
    list[str] | None,
    typer.Option("--measure", metavar="NAME", help="Show only this measure; may be repeated. Files hold all of them."),
]

Reference = Annotated[str | None, typer.Option(metavar="ARM", help="Of a sweep's arms, the one that others are compared with.")]


def compare(
    arms: Arms,
    settings: Settings = None,
    seeds: Seeds = None,
    days: Days = None,
    measures: Measures = None,
    reference: Reference = None,
    workers: Workers = None,
    out: Out = None,
) -> None:
    """Compare scenarios, or a sweep's arms, seed by seed: differences with intervals, tables and a figure."""
    from rich.console import Console

    from experiments.compare.arms import read_arms
    from experiments.compare.scenarios import compare as compare_arms
    from experiments.compare.scenarios import files_of, not_run_off
    from experiments.compare.table import report
    from experiments.progress import progress_of_runs
    from experiments.store import folder_for, write_files
    from experiments.wording import check_measures
    from model.parameters import ParameterError

    check_measures(measures or ())
    if folders := compare_sweeps.folders_among(arms):
        compare_sweeps.check_options({"--set": settings, "--seeds": seeds, "--days": days, "--workers": workers})
        compare_sweeps.compare(folders, reference, measures or (), out)
        return
    if reference is not None:
        raise ParameterError(f"--reference {reference}: for the arms of a sweep; allowed: the reference first")
    seeds = seeds or SEEDS
    read = read_arms(arms, settings or (), days)
    with folder_for(out or Path("results/runs") / folder_name(read)) as folder:
        with progress_of_runs(len(read) * seeds) as after_each_run:
            comparison = compare_arms(read, seeds, days, workers, after_each_run)
        write_files(folder, files_of(comparison, drawn(comparison)))
    Console(width=None if sys.stdout.isatty() else 120, highlight=False).print(*report(comparison, measures or ()), sep="\n")
    for note in not_run_off(comparison):
        typer.echo(f"note: {note}", err=True)
    typer.echo(f"\nwritten to {folder}")


def drawn(comparison: "Comparison") -> dict[str, bytes]:
    """Return the figure as SVG and PNG by file name."""
    from .figures.paired import picture
    from .images import as_file, png, svg
    from .theme import FILE

    shown = picture(comparison)
    return {f"{shown.name}.svg": as_file(svg(shown, FILE, keeps_text=False)), f"{shown.name}.png": png(shown)}


def folder_name(arms: "Sequence[Arm]") -> str:
    """Return a name for the folder, of the arms' labels; a long one is cut and told apart by a digest."""
    labels = [re.sub(r"\.toml(?=\+|$)", "", arm.label).rsplit("/", 1)[-1] for arm in arms]
    name = re.sub(r"[^\w.,=+-]+", "-", f"compare-{'-'.join(labels)}", flags=re.ASCII)
    if len(name) <= LONGEST_NAME:
        return name
    digest = hashlib.sha256("\n".join(arm.label for arm in arms).encode()).hexdigest()[:8]
    return f"{name[: LONGEST_NAME - 9]}-{digest}"
