"""The figures as tables: ratios first, new beside committed."""

from collections.abc import Iterator
from typing import Any

from .speed import BEST, PRODUCT, USUAL

type Result = dict[str, Any]

SPEED_HEAD = (
    "potential drivers", "registered", "× usual Mesa", "× best plain Mesa", "driver-days/s", "ms a day", "looks a day",
    "peak MiB: own, best plain, usual",
)  # fmt: skip


def speed_rows(result: Result) -> list[tuple[str, ...]]:
    """Return a row of words per pool."""
    return [
        (
            f"{row['drivers']:,}",
            f"{row['registered_share']:.0%}",
            f"{row['times'][USUAL]:,.0f}",
            f"{row['times'][BEST]:,.0f}",
            f"{row['driver_days_per_second'][PRODUCT] / 1e6:.2f} M",
            f"{row['ms_per_day']:,.2f}",
            f"{row['looks_per_day']:,.0f}",
            ", ".join(f"{row['peak_mib'][kind]:,.0f}" for kind in (PRODUCT, BEST, USUAL)),
        )
        for row in result["speed"]
    ]


def lines(result: Result) -> Iterator[tuple[str, str]]:
    """Yield the other figures, what and how much."""
    year, start, memory = result["million"], result["start"], result["memory"]
    yield "a million drivers for a year: set-up", f"{year['set_up_seconds']:.1f} s"
    yield "  365 days after it", f"{year['year_seconds']:.1f} s"
    yield "  most memory held", f"{year['peak_mib']:,.0f} MiB"
    yield "  looks a day", f"{year['looks_per_day']:,.0f}"
    yield "  building all agents on first access", f"{year['touch_agents_seconds']:.1f} s"
    yield "  most memory held, with agents", f"{year['peak_mib_with_agents']:,.0f} MiB"
    yield "bytes of a driver's row", f"{memory['row_bytes']}"
    yield "bytes a driver adds to the peak", f"{memory['bytes_per_driver']:,.0f}"
    for name, words in (
        ("growth_with_days", "time ~ days^b, 30 to 3,650 days: b"),
        ("growth_with_pool", "time ~ pool^b, 10,000 to 1,000,000: b"),
    ):
        slope = result[name]
        yield words, f"{slope['slope']:.2f} ({slope['low']:.2f} to {slope['high']:.2f})"
    if many := result.get("sweeps"):
        one, two = many["one_worker_seconds"], many["two_workers_seconds"]
        yield f"a sweep of runs of {many['run_seconds']:.2f} s: one worker over two", f"{one / two:.2f}"
        yield (
            "  Mesa's batch_run, the same runs, one process over two",
            f"{many['mesa_one_process_seconds'] / many['mesa_two_processes_seconds']:.2f}",
        )
        yield "  Mesa's batch_run over the sweep, two processes each", f"{many['mesa_two_processes_seconds'] / two:.2f}"
        yield (
            f"overhead per run, 10,000 runs of {many['short_run_ms']:.1f} ms on two workers",
            f"{many['overhead_per_short_run_ms']:.2f} ms",
        )
    yield "a Python process with nothing to do", f"{start['python']:.2f} s"
    yield "gigsupply --help", f"{start['help']:.2f} s"
    yield "from model import BlockMarket", f"{start['import_model']:.2f} s"
    yield "import, set-up, first evening: compiled code cached", f"{start['first_days_cached']:.1f} s"
    yield "  compiling, once per version and machine", f"{start['first_days_compiling']:.1f} s"


def phase_rows(result: Result) -> list[tuple[str, ...]]:
    """Return a row of words per phase of the day, a column per market."""
    markets = list(result["phases"].values())
    return [(phase, *(f"{market[phase]:.0%}" for market in markets)) for phase in markets[0]]


def as_markdown(result: Result) -> str:
    """Return the three tables for the documentation."""
    return "\n\n".join(
        (
            markdown(SPEED_HEAD, speed_rows(result)),
            markdown(("", "measured"), list(lines(result))),
            markdown(("phase of a day", *result["phases"]), phase_rows(result)),
        )
    )


def markdown(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Return one table."""
    wide = ["|" + "|".join(f" {cell.strip()} " for cell in row) + "|" for row in (head, *rows)]
    return "\n".join([wide[0], "|---" + "|---:" * (len(head) - 1) + "|", *wide[1:]])


def show(new: Result, old: Result) -> None:
    """Print new figures beside the committed ones."""
    from rich.console import Console
    from rich.table import Table

    console = Console(width=132)
    console.print(f"\nnow:       {new['date']}, {new['machine']}\ncommitted: {old['date']}, {old['machine']}\n", highlight=False)
    for title, result in (("now", new), ("committed", old)):
        table = Table(*SPEED_HEAD, title=f"{title}; one core, ratios of time for the same days", title_justify="left")
        for row in speed_rows(result):
            table.add_row(*row)
        console.print(table)
    table = Table("", "now", "committed")
    before = dict(lines(old))
    for what, how_much in lines(new):
        table.add_row(what, how_much, before.get(what, "-"))
    console.print(table)
    table = Table("share of a day's time: now (committed)", *new["phases"])
    was = {row[0]: row[1:] for row in phase_rows(old)}
    for phase, *shares in phase_rows(new):
        cells = zip(shares, was.get(phase, ["-"] * len(shares)), strict=True)
        table.add_row(phase, *(f"{share} ({before})" for share, before in cells))
    console.print(table)
