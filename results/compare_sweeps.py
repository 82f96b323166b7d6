"""Compare from the folders of sweeps: reads, prints the tables, and writes table and figure."""

import hashlib
import re
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from experiments.compare.sweeps import SweepComparison

DESCRIPTION = "comparison.json"


def folders_among(arms: Sequence[str]) -> list[Path]:
    """Return the arms that are folders: all or none. A scenario's name stays one, whatever folder is called like it.

    Raises ParameterError if some are and some are not.
    """
    from experiments.scenario import scenario_names
    from model.parameters import ParameterError

    folders = [arm for arm in arms if arm not in scenario_names() and Path(arm).is_dir()]
    others = [arm for arm in arms if arm not in folders]
    if folders and others:
        raise ParameterError(f"{folders[0]} and {others[0]}: a folder and a scenario; allowed: folders of sweeps, or scenarios")
    return [Path(folder) for folder in folders]


def check_options(given: Mapping[str, object]) -> None:
    """Raise ParameterError if an option is told that only concerns runs to be made."""
    from model.parameters import ParameterError

    for option, value in given.items():
        if value:
            raise ParameterError(
                f"{option}: not with a sweep's folder, whose runs are there; allowed: --measure, --reference, --out"
            )


def compare(folders: Sequence[Path], reference: str | None, measures: Collection[str], out: Path | None) -> None:
    """Compare sweeps, print and write. Without `out`, one sweep's comparison goes into its folder."""
    from rich.console import Console

    from experiments.compare.effects_table import report
    from experiments.compare.sweeps import compare_sweeps
    from experiments.store import folder_for, write_files

    comparison = compare_sweeps(folders, reference)
    with folder_for(out or place_for(folders)) as folder:
        write_files(folder, files_of(comparison, measures))
    Console(width=None if sys.stdout.isatty() else 120, highlight=False).print(*report(comparison, measures), sep="\n")
    for note in comparison.notes:
        typer.echo(f"note: {note}", err=True)
    typer.echo(f"\nwritten to {folder}")


def place_for(folders: Sequence[Path]) -> Path:
    """Return where a comparison is written: in the sweep's folder, or beside that of the first of two."""
    if len(folders) == 1:
        return folders[0]
    names = "-".join(re.sub(r"[^\w.,=+-]+", "-", folder.resolve().name, flags=re.ASCII) for folder in folders)
    return folders[0].resolve().parent / f"compare-{names}"


def files_of(comparison: "SweepComparison", measures: Collection[str]) -> dict[str, bytes]:
    """Return table, figure and what they are of, which carries the sha256 of the others. A sweep's own files keep their names."""
    from experiments.compare.effects_table import long_table
    from experiments.compare.sweeps import described
    from experiments.store import as_json
    from experiments.sweep.table import parquet

    files = {"comparison.parquet": parquet(long_table(comparison))} | drawn(comparison, measures)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return files | {DESCRIPTION: as_json(described(comparison) | {"files": digests})}


def drawn(comparison: "SweepComparison", measures: Collection[str]) -> dict[str, bytes]:
    """Return the figure as SVG and PNG by file name; none where no factor is varied in full."""
    from experiments.compare.effects_table import WELFARE

    from .figures.effects import can_be_drawn, picture
    from .images import as_file, png, svg
    from .theme import FILE

    measure = next(iter(measures), WELFARE)
    if not can_be_drawn(comparison, measure):
        return {}
    shown = picture(comparison, measure)
    return {f"{shown.name}.svg": as_file(svg(shown, FILE, keeps_text=False)), f"{shown.name}.png": png(shown)}
