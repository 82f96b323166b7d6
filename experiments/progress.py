"""How far a run has come: a bar on a terminal, plain lines elsewhere; always on stderr."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model import BlockMarket
    from model.parameters import Parameters

SECONDS_BETWEEN_LINES = 10.0


@contextmanager
def progress_of_days(parameters: "Parameters", days: int | None, name: str) -> "Iterator[Callable[[BlockMarket], None]]":
    """Yield a function to call after every day; without a number of days, of the scenario's."""
    days = days or (parameters.scenario.end_date - parameters.scenario.start_date).days + 1
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


@contextmanager
def progress_of_sweep(name: str) -> Iterator[Callable[[int, int, str], None]]:
    """Yield a function to call at the start and after each run with: how many have ended, of how many, and the run's name."""
    if not sys.stderr.isatty():
        yield Lines(name)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = TextColumn(name), BarColumn(), MofNCompleteColumn(), TextColumn("runs, {task.description}")
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task, pace = bar.add_task("–", total=None), Pace()
        yield lambda done, of, _: bar.update(task, completed=done, total=of, description=pace.after(done, of))


class Pace:
    """Runs a second since the first one ended, and the time left at that pace: before it, workers start and rules are loaded."""

    def __init__(self) -> None:
        self.calls, self.began, self.first = 0, 0.0, 0

    def after(self, done: int, of: int) -> str:
        """Say how fast it goes; the first call is that of the start."""
        self.calls += 1
        if self.calls <= 2:
            self.began, self.first = time.monotonic(), done
            return "the pace is not known yet"
        rate = (done - self.first) / (time.monotonic() - self.began)
        return f"{rate:.1f} a second, {in_words((of - done) / rate)} left"


class Lines:
    """A plain line for the first run, then one every ten seconds, and one for the last."""

    def __init__(self, name: str) -> None:
        self.name, self.pace, self.next = name, Pace(), 0.0

    def __call__(self, done: int, of: int, latest: str) -> None:
        """Take note of a run that ended."""
        pace, now = self.pace.after(done, of), time.monotonic()
        if latest and (now >= self.next or done == of):
            self.next = now + SECONDS_BETWEEN_LINES
            print(f"{self.name}: {done:,} of {of:,} runs, {pace}", file=sys.stderr, flush=True)


def in_words(seconds: float) -> str:
    """Write a span of time as somebody who waits would say it."""
    if seconds < 99.5:
        return f"{seconds:.0f} s" if seconds >= 9.5 else f"{seconds:.1f} s"
    minutes = round(seconds / 60.0)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60:,} h {minutes % 60} min"
