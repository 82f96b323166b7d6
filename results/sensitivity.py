"""The command that says which parameters matter: runs a design, prints the tables, and writes tables and figures."""

import hashlib
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from experiments.commands import Out, Workers

from .compare import Measures

if TYPE_CHECKING:
    import pandas as pd

    from experiments.design import Design
    from experiments.sensitivity import Sensitivity

    type Runner = Callable[[Design, Path, int | None], pd.DataFrame]

SHOWN = ("welfare_total_eur", "parcels_late_share", "blocks_filled_share", "net_pay_per_hour_eur")

DesignName = Annotated[str, typer.Argument(metavar="DESIGN", help="A design's name, or the path of a TOML file.")]


def sensitivity(design: DesignName, measures: Measures = None, workers: Workers = None, out: Out = None) -> None:
    """Say which parameters matter: effects or indices of a design's factors, with intervals, tables and a figure."""
    from experiments.comparison_table import check_measures
    from experiments.design import read_design
    from experiments.sensitivity import check_can_be_analysed
    from experiments.store import folder_for

    check_measures(measures or ())
    read = read_design(design)
    check_can_be_analysed(read)
    with folder_for(out or Path("results/runs") / read.name) as folder:
        study(read, folder, measures or SHOWN, workers, runs_in)
    typer.echo(f"\nwritten to {folder}")


def study(design: "Design", folder: Path, measures: Sequence[str], workers: int | None, runner: "Runner") -> None:
    """Run a design, print what came out, and write it. runner: makes the runs, keeps them in the folder, and returns them."""
    from rich.console import Console

    from experiments.sensitivity import analyse
    from experiments.sensitivity_table import report
    from experiments.store import write_files

    found = analyse(design, runner(design, folder, workers))
    write_files(folder, files_of(found, measures))
    Console(width=None if sys.stdout.isatty() else 140, highlight=False).print(*report(found, measures), sep="\n")
    if found.missing:
        typer.echo(f"note: {found.missing} of {design.number_of_runs} runs are missing; what rests on them is left out", err=True)


def runs_in(design: "Design", folder: Path, workers: int | None) -> "pd.DataFrame":
    """Make the runs here and keep them when all are done."""
    from experiments.progress import progress_of_runs
    from experiments.sensitivity_runs import runs_of
    from experiments.store import parquet, write_files

    with progress_of_runs(design.number_of_runs) as after_each_run:
        runs = runs_of(design, workers, after_each_run)
    write_files(folder, {"runs.parquet": parquet(runs)})
    return runs


def files_of(found: "Sensitivity", measures: Sequence[str]) -> dict[str, bytes]:
    """Return tables, figures and what they are of; `sensitivity.json` carries the sha256 of every other file."""
    import pandas as pd

    from experiments.sensitivity import described
    from experiments.store import as_json, parquet

    files = {
        "influences.parquet": parquet(pd.DataFrame(found.influences)),
        "noise.parquet": parquet(pd.DataFrame(found.noises)),
    } | drawn(found, measures)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return files | {"sensitivity.json": as_json(described(found) | {"files": digests})}


def drawn(found: "Sensitivity", measures: Sequence[str]) -> dict[str, bytes]:
    """Return a figure per arm as SVG and PNG by file name."""
    from .figures.sensitivity import picture
    from .images import as_file, png, svg
    from .theme import FILE

    files = {}
    for number, arm in enumerate(found.design.arms):
        name = "sensitivity" if number == 0 else f"sensitivity-{number}-{re.sub(r'[^A-Za-z0-9_.-]+', '-', arm)[:40]}"
        shown = picture(found, arm, measures)._replace(name=name)
        files |= {f"{name}.svg": as_file(svg(shown, FILE, keeps_text=False)), f"{name}.png": png(shown)}
    return files
