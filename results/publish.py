"""Publish a study that comes with the model: `python -m results.publish STUDY [FOLDER]`.

Takes the finished sweep in FOLDER, results/runs/STUDY without it, and writes a page, tables and figures into
results/published/STUDY, which is kept with the code.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.compare.effects_table import long_table
from experiments.compare.levels import levels
from experiments.compare.sweeps import SweepComparison, compare_sweeps
from experiments.store import MANIFEST, folder_for, write_files
from experiments.study import studies
from experiments.sweep.finished import FinishedSweep, read_sweep
from experiments.sweep.plan import ASKED
from model.parameters import ParameterError, nearest

from .figures import effects
from .figures import levels as figure_of_levels
from .images import as_file, png, svg
from .study_page import PLAIN, page
from .theme import FILE

if TYPE_CHECKING:
    import pandas as pd

    from .figures import Picture

PUBLISHED = Path(__file__).parent / "published"
LEVELS = ("platform_share_of_gap", "blocks_filled_share", "pay_mean_per_hour_eur", "net_pay_per_hour_eur")
DIFFERENCES = ("parcels_late_share", "driver_surplus_total_eur", "platform_surplus_total_eur", "welfare_total_eur")


def publish(name: str, folder: Path, target: Path) -> None:
    """Write what a sweep of a study says. Raises ParameterError if the folder holds no finished sweep of it, StorageError."""
    known = {study.name: study for study in studies()}
    if name not in known:
        raise ParameterError(f"{name}: no such study; {nearest(name, list(known))}")
    sweep = read_sweep(folder)
    if name not in sweep.plan.get(ASKED, ()):
        raise ParameterError(f"{folder}: holds the design {sweep.plan['design']}; allowed: a sweep of the study {name}")
    comparison = compare_sweeps([folder], next(arm for arm in sweep.arms if arm != PLAIN)) if len(sweep.arms) > 1 else None
    overview, compared = figure_of_levels.picture(sweep, PLAIN, LEVELS), pictures_of(comparison)
    text = page(known[name], sweep, comparison, LEVELS, overview, compared)
    files = tables_of(sweep, comparison) | {"finding.md": text.encode()}
    for each in (overview, *compared.values()):
        files |= {f"{each.name}.svg": as_file(svg(each, FILE, keeps_text=False)), f"{each.name}.png": png(each)}
    with folder_for(target):
        write_files(target, files | {MANIFEST: (folder / MANIFEST).read_bytes()})


def pictures_of(comparison: SweepComparison | None) -> "dict[str, Picture]":
    """Return a figure for each measure that is compared."""
    if comparison is None:
        return {}
    return {name: effects.picture(comparison, name)._replace(name=name.removesuffix("_total_eur")) for name in DIFFERENCES}


def tables_of(sweep: FinishedSweep, comparison: SweepComparison | None) -> dict[str, bytes]:
    """Return every level, and every difference, with its interval."""
    import pandas as pd

    rows = [level for arm in sweep.arms for level in levels(sweep, arm, (*LEVELS, *DIFFERENCES), list(sweep.factors))]
    table = pd.concat([pd.DataFrame([row.at for row in rows]), pd.DataFrame(rows).drop(columns="at")], axis=1)
    return {"levels.csv": csv(table)} | ({"differences.csv": csv(long_table(comparison).to_pandas())} if comparison else {})


def csv(table: "pd.DataFrame") -> bytes:
    """Return a table as CSV with nine digits, more than any interval allows."""
    return table.to_csv(index=False, float_format="%.9g", lineterminator="\n").encode()


def main(words: Sequence[str] | None = None) -> None:
    """Publish what the command line names; whoever names it wrongly reads one line, with status 2."""
    parser = argparse.ArgumentParser(prog="python -m results.publish", usage="%(prog)s STUDY [FOLDER]")
    parser.add_argument("study")
    parser.add_argument("folder", nargs="?", type=Path)
    asked = parser.parse_args(words)
    try:
        publish(asked.study, asked.folder or Path("results/runs") / asked.study, PUBLISHED / asked.study)
    except ParameterError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
