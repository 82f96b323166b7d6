"""How far a run has come: a bar on a terminal, plain lines elsewhere; always on stderr."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model import BlockMarket


@contextmanager
def progress(name: str, days: int) -> "Iterator[Callable[[BlockMarket], None]]":
    """Yield a function to call after every day."""
    if not sys.stderr.isatty():

        def line(market: "BlockMarket") -> None:
            if market.today.day == 1 or len(market.diary) == days:
                print(f"{name}: day {len(market.diary)} of {days}", file=sys.stderr)

        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = TextColumn(name), BarColumn(), MofNCompleteColumn(), TextColumn("days")
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=days)
        yield lambda _: bar.advance(task)


@contextmanager
def progress_of_runs(runs: int) -> Iterator[Callable[[str], None]]:
    """Yield a function to call with the name of each finished run."""
    if not sys.stderr.isatty():
        done = count(1)
        yield lambda name: print(f"{name}: run {next(done)} of {runs}", file=sys.stderr, flush=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = BarColumn(), MofNCompleteColumn(), TextColumn("runs, latest: {task.description}"), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("–", total=runs)
        yield lambda name: bar.update(task, advance=1, description=name)
