"""Commands that put questions to the model: scenarios, studies, show, run, explain. Each loads what it needs: --help is quick."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .options import Changes, Days, Name, Out, Seed, Settings, amount_of_money, calendar_day, whole_number

if TYPE_CHECKING:
    from .runner import Run

MUCH_WAITING = 0.1  # of a busy day's arrivals: so many parcels in queues at the end move the accounts
MOST_PERSONS = 2**62


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
    from .progress import progress_of_days
    from .runner import has_platform, run_scenario, save, without_platform
    from .scenario import read_scenario
    from .store import MANIFEST, folder_for

    read = read_scenario(scenario, settings or (), changes or ())
    with folder_for(out or Path("results/runs") / f"{read.name}-{seed}") as folder:
        with progress_of_days(read.parameters, days, read.name) as after_each_day:
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

    from .decision.decide import check_day, check_person, decide
    from .decision.table import report
    from .progress import progress_of_days
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
    with progress_of_days(read.parameters, days_before, read.name) as after_each_day:
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
