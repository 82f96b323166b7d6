"""What commands take: readers of what was typed, whose refusals say what is allowed, and the options that several share."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

MOST_DAYS = 36_525  # a century
MAX_SEED = 2**64 - 1
MOST_PAY = 10_000.0  # EUR for one block
LOCAL = "local"  # a cluster on this machine


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


def cluster_address(given: str) -> str:
    """Read where a scheduler is."""
    try:
        parts = urlsplit(given)
        is_address = bool(parts.scheme == "tcp" and parts.hostname and parts.port and parts.netloc == given.removeprefix("tcp://"))
    except ValueError:  # no port, or one above 65535
        is_address = False
    if given != LOCAL and not is_address:
        raise typer.BadParameter(f"{given} is not allowed; allowed: tcp://HOST:PORT, or {LOCAL}")
    return given


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
