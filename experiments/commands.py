"""Commands that put questions to the model: scenarios, studies, show, run, explain. Each loads what it needs: --help is quick."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from model.parameters import Parameters

    from .runner import Run

MUCH_WAITING = 0.1  # of a busy day's arrivals: so many parcels in queues at the end move the accounts
MOST_DAYS = 36_525  # a century
MAX_SEED = 2**64 - 1
MOST_PERSONS = 2**62
MOST_PAY = 10_000.0  # EUR for one block


def whole_number(least: int, most: int, most_in_words: str) -> Callable[[str | int], int]:
    """Return a reader of whole numbers within bounds, whose refusal says what is allowed."""

    def read(given: str | int) -> int:
        text = str(given)  # typer hands the default through the reader as well
        if text.isascii() and text.isdigit() and len(text) <= 20 and least <= int(text) <= most:
            return int(text)
        raise typer.BadParameter(f"{text} is not allowed; allowed: a whole number from {least} to {most_in_words}")

    return read


def calendar_day(given: str | date) -> date:
    """Read a date."""
    try:
        return given if isinstance(given, date) else date.fromisoformat(given)
    except ValueError:
        raise typer.BadParameter(f"{given} is not allowed; allowed: a date YYYY-MM-DD") from None


def amount_of_money(given: str | float) -> float:
    """Read EUR."""
    try:
        amount = float(given)
    except ValueError:
        amount = -1.0
    if not 0.0 <= amount <= MOST_PAY:
        raise typer.BadParameter(f"{given} is not allowed; allowed: EUR from 0 to {MOST_PAY:,.0f}")
    return amount


Seed = Annotated[int, typer.Option(parser=whole_number(0, MAX_SEED, "2^64 - 1"), metavar="N", help="Seed of every draw.")]
Days = Annotated[
    int | None,
    typer.Option(
        parser=whole_number(1, MOST_DAYS, f"{MOST_DAYS:,}"), metavar="N", help="Days to run; may go past the scenario's end."
    ),
]
Settings = Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Change a parameter; may be repeated.")]
Changes = Annotated[
    list[str] | None,
    typer.Option("--change", metavar="DATE:NAME=VALUE", help="Change a parameter from a date on; may be repeated."),
]
Name = Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario's name, or the path of a TOML file.")]
Workers = Annotated[
    int | None,
    typer.Option(parser=whole_number(1, 1_024, "1,024"), metavar="N", help="Runs at a time; all cores without it."),
]
Out = Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for the results.")]


def scenarios() -> None:
    """List the scenarios that come with the model."""
    from .scenario import read_scenario, scenario_names

    width = max(len(name) for name in scenario_names())
    for name in scenario_names():
        typer.echo(f"{name:<{width}}  {read_scenario(name).about}")


def studies() -> None:
    """List the studies: designs that come with the model, what each asks, and what it found."""
    from .study import list_of_studies

    typer.echo(list_of_studies())


def show(
    scenario: Name = "baseline",
    settings: Settings = None,
    changes: Changes = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Write the page docs/parameters.md.")] = False,
) -> None:
    """Print every parameter: value, unit, plausible and allowed range, source; and what changes midway."""
    from .parameter_table import as_markdown, as_text
    from .scenario import read_scenario

    read = read_scenario(scenario, settings or (), changes or ())
    typer.echo(as_markdown(read.parameters) if markdown else as_text(read.parameters), nl=False)


def run(
    scenario: Name,
    settings: Settings = None,
    changes: Changes = None,
    seed: Seed = 0,
    days: Days = None,
    out: Out = None,
) -> None:
    """Run a scenario, write its folder, and print what happened."""
    from rich.console import Console

    from .accounts_table import accounts_table
    from .closing_table import closing_table
    from .runner import has_platform, run_scenario, save, without_platform
    from .scenario import read_scenario
    from .store import MANIFEST, folder_for

    read = read_scenario(scenario, settings or (), changes or ())
    with folder_for(out or Path("results/runs") / f"{read.name}-{seed}") as folder:
        with progress_of(read.parameters, days, read.name) as after_each_day:
            done = run_scenario(read, seed, days, after_each_day)
        is_replaced = (folder / MANIFEST).exists()
        save(done, folder)
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(closing_table(done.days, f"{read.name}, seed {seed}"))
    if has_platform(read.parameters):
        reference = run_scenario(without_platform(read), seed, days)
        console.print("", accounts_table(done, reference, read.parameters.welfare.lateness))
        if not reference.summary["has_run_off"]:
            typer.echo("note: without the platform, parcels older than the promise are still waiting on the last day", err=True)
    for warning in warnings_of(done):
        typer.echo(f"note: {warning}", err=True)
    typer.echo(f"\nwritten to {folder}{', in place of an earlier run' if is_replaced else ''}")


def explain(
    scenario: Name,
    day: Annotated[date, typer.Option(parser=calendar_day, metavar="DATE", help="Day of the block, YYYY-MM-DD.")],
    person: Annotated[
        int | None, typer.Option(parser=whole_number(0, MOST_PERSONS, f"{MOST_PERSONS:,}"), metavar="N", help="Whose decision.")
    ] = None,
    refused: Annotated[bool, typer.Option("--refused", help="Explain somebody who passed (the default).")] = False,
    settings: Settings = None,
    changes: Changes = None,
    seed: Seed = 0,
    pay: Annotated[float | None, typer.Option(parser=amount_of_money, metavar="EUR", help="As if the block had paid this.")] = None,
    slot: Annotated[
        int | None, typer.Option(parser=whole_number(0, 7, "7"), metavar="K", help="Only this slot; 0 is the first.")
    ] = None,
) -> None:
    """Explain one driver's decision line by line: pay, car, tax, time, and the source of every number."""
    from rich.console import Console

    from model import BlockMarket
    from model.interrupts import ctrl_c_waits
    from model.parameters import ParameterError

    from .decision import check_day, check_person, decide
    from .decision_table import report
    from .scenario import read_scenario

    if refused and person is not None:
        raise ParameterError(f"--refused and --person {person}: not both; allowed: one of them")
    read = read_scenario(scenario, settings or (), changes or ())
    check_day(day, read.parameters)
    if person is not None:
        check_person(person, day, read.parameters)
    slots = len(read.parameters.blocks.slot_starts)
    if slot is not None and slot >= slots:
        raise ParameterError(f"--slot {slot}: not allowed; allowed: a whole number from 0 to {slots - 1}")
    with ctrl_c_waits():
        market = BlockMarket(read.parameters, rng=seed)
    days_before = (day - market.today).days
    with progress_of(read.parameters, days_before, read.name) as after_each_day:
        for _ in range(days_before):
            with ctrl_c_waits():
                market.step()
            after_each_day(market)
    with ctrl_c_waits():
        decision = decide(market, person, slot, pay)
    console = Console(width=None if sys.stdout.isatty() else 100, highlight=False)
    console.print(*report(decision, read.parameters.on(day), f"{read.name}, seed {seed}"), sep="\n")


def warnings_of(done: "Run") -> list[str]:
    """Return what a reader of the results should know."""
    summary, manifest, notes = done.summary, done.manifest, []
    much_is_waiting = summary["parcels_waiting_at_end"] > MUCH_WAITING * done.days["parcels_arrived"].max()
    waiting = f"{summary['parcels_waiting_at_end']:,.0f} parcels are still waiting on the last day"
    if not summary["has_run_off"]:
        notes.append(f"{waiting}, some of them late; totals and accounts miss what becomes of them")
    elif much_is_waiting:
        notes.append(f"{waiting}, hardly any of them late; accounts miss their carriage")
    if manifest["outside_plausible_range"]:
        notes.append(f"outside the plausible range: {', '.join(manifest['outside_plausible_range'])}")
    return notes


def progress_of(parameters: "Parameters", days: int | None, name: str):  # noqa: ANN201 - a context manager
    """Show a bar on a terminal, and a plain line a month elsewhere."""
    from .progress import progress

    period = parameters.scenario
    return progress(name, days or (period.end_date - period.start_date).days + 1)
