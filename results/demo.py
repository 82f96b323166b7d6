"""The demonstration: one Christmas season with and without the platform, told with figures on a page that needs nothing else."""

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from experiments.options import MAX_SEED, Out, Seed

if TYPE_CHECKING:
    from experiments.runner import Run
    from experiments.scenario import Scenario
    from model import BlockMarket

    from .story import Story

ARMS = ("berlin-christmas-2017", "no-platform")
SEASONS = 10  # seeds of the figure that says how far one season can be trusted
PAGE_NAME = "index.html"


def demo(seed: Seed = 0, out: Out = None) -> None:
    """Run the Christmas season with and without the platform; write runs, figures and a page of results."""
    from rich.console import Console

    from .demo_table import table_of
    from .sentences import how_typical

    folder = out or Path("results/runs") / f"demo-{seed}"
    story, names = write_demo(folder, seed)
    Console(width=None if sys.stdout.isatty() else 120).print(table_of(story))
    typer.echo(f"\n{how_typical(story)}\n")
    for what, name in names:
        typer.echo(f"{what:<8} {os.path.relpath(folder / name)}")


def write_demo(
    folder: Path, seed: int, days: int | None = None, seasons: int = SEASONS, settings: tuple[str, ...] = ()
) -> "tuple[Story, list[tuple[str, str]]]":
    """Run, draw, and only then write everything below `folder`; returns the story, and what lies where.

    Raises ParameterError if the folder cannot be written, StorageError if the machine cannot keep the files.
    """
    from experiments.runner import save
    from experiments.store import folder_for, write_files

    with ExitStack() as folders:
        for path in (folder, *(folder / arm for arm in ARMS), folder / "figures"):
            folders.enter_context(folder_for(path))
        story = tell(seed, days, seasons, settings)
        figures, rest = drawn(story)
        for arm, run in zip(ARMS, (story.with_platform, story.without), strict=True):
            save(run, folder / arm)
        write_files(folder / "figures", figures)
        write_files(folder, rest)
    return story, [("page", PAGE_NAME), ("figures", "figures"), *(("run", arm) for arm in ARMS), ("seasons", "seasons.parquet")]


def drawn(story: "Story") -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return the figures by file name, and the page with the table of seasons."""
    from experiments.store import parquet

    from .figures import pictures
    from .images import as_file, png, svg
    from .page import page
    from .theme import FILE

    shown = pictures(story)
    files = {f"{picture.name}.svg": as_file(svg(picture, FILE, keeps_text=False)) for picture in shown}
    files |= {f"{picture.name}.png": png(picture) for picture in shown}
    return files, {"seasons.parquet": parquet(story.seasons), PAGE_NAME: page(story, shown)}


def tell(seed: int, days: int | None = None, seasons: int = SEASONS, settings: tuple[str, ...] = ()) -> "Story":
    """Run both arms with this seed, and once more with each of the seeds after it."""
    import pandas as pd

    from experiments.runner import run_scenario
    from experiments.scenario import read_scenario

    from .story import Story, pay_cap_per_block
    from .typical import DAY, Typical, typical_drivers

    arms = [read_scenario(name, settings) for name in ARMS]
    typical: list[Typical] = []

    def look_at_drivers(market: "BlockMarket") -> None:
        if market.today == DAY:
            typical.extend(typical_drivers(market, pay_cap_per_block(market.parameters)))

    runs = [_run(arm, seed, days, look_at_drivers) for arm in arms]
    others = [(seed + k) % (MAX_SEED + 1) for k in range(1, seasons)]
    if others:
        print(f"{len(others)} more seasons, to see how far one can be trusted", file=sys.stderr)
    rows = [_row(seed, *runs)] + [_row(other, *(run_scenario(arm, other, days) for arm in arms)) for other in others]
    return Story(seed, arms[0].parameters, runs[0], runs[1], tuple(typical), pd.DataFrame(rows))


def _run(scenario: "Scenario", seed: int, days: int | None, watch: "Callable[[BlockMarket], None]") -> "Run":
    """Run one arm with its progress shown; `watch` sees the market after every day."""
    from experiments.progress import progress_of_days
    from experiments.runner import run_scenario

    with progress_of_days(scenario.parameters, days, scenario.name) as after_each_day:

        def follow(market: "BlockMarket") -> None:
            after_each_day(market)
            watch(market)

        return run_scenario(scenario, seed, days, follow)


def _row(seed: int, with_platform: "Run", without: "Run") -> dict[str, object]:
    """Return a season's summary measures, and those of its arm without the platform under names that say so."""
    return {"seed": seed} | with_platform.summary | {f"{name}_without": value for name, value in without.summary.items()}
