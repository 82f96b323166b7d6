"""How far a run has come: a bar on a terminal, a plain line a month elsewhere; always on stderr."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
