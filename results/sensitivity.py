"""The command that says which parameters matter: runs a design, prints the tables, and writes tables and figures."""

import hashlib
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from experiments.options import Out, Workers
from experiments.sweep.command import Name, Smoke

from .compare import Measures

if TYPE_CHECKING:
    from experiments.design import Design
    from experiments.sensitivity.indices import Sensitivity

SHOWN = ("welfare_total_eur", "parcels_late_share", "blocks_filled_share", "net_pay_per_hour_eur")


def sensitivity(design: Name, measures: Measures = None, workers: Workers = None, out: Out = None, smoke: Smoke = False) -> int:
    """Say which parameters matter: effects or indices of a design's factors, with intervals, tables and a figure.

    Runs the design as `sweep` does, or takes what a sweep has left in the folder.
    """
    from experiments.design import read_design
    from experiments.sensitivity.indices import check_can_be_analysed
    from experiments.sweep.command import Order, carried_out
    from experiments.wording import check_measures

    check_measures(measures or ())
    read = read_design(design, smoke)
    order = Order(design, workers, out, None, keeps_days=False, command="sensitivity", is_smoke=smoke)
    check_can_be_analysed(read)
    folder = out or Path("results/runs") / read.name
    status = carried_out(read, folder, order)
    study(read, folder, measures or SHOWN)
    return status


def study(design: "Design", folder: Path, measures: Sequence[str]) -> None:
    """Analyse the runs in a design's folder, print what came out, and write it there."""
    import pandas as pd
    from rich.console import Console

    from experiments.sensitivity.indices import analyse
    from experiments.sensitivity.table import report
    from experiments.store import write_files
    from experiments.sweep.run import TABLE

    found = analyse(design, pd.read_parquet(folder / TABLE))
    write_files(folder, files_of(found, measures))
    Console(width=None if sys.stdout.isatty() else 140, highlight=False).print(*report(found, measures), sep="\n")
    for note in found.notes:
        typer.echo(f"note: {note}", err=True)


def files_of(found: "Sensitivity", measures: Sequence[str]) -> dict[str, bytes]:
    """Return tables, figures and what they are of; `sensitivity.json` carries the sha256 of every other file."""
    import pandas as pd

    from experiments.sensitivity.indices import described
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
