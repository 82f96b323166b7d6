"""A comparison for the terminal: differences with intervals, and what pairing was worth."""

from collections.abc import Collection, Sequence
from math import isfinite
from typing import TYPE_CHECKING

from ..paired import Difference
from ..wording import KNOWN, SECTIONS, Words
from .scenarios import Comparison

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

MOST_SEEDS_SHOWN = 9_999
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def report(comparison: Comparison, measures: Collection[str] = ()) -> "list[RenderableType]":
    """Return what is printed: the arms, a table per arm against the reference, and how to read them.

    measures: names of those to show; without any, all.
    """
    from rich.text import Text

    parts: list[RenderableType] = [Text(_heading(comparison))]
    for letter, arm in list(zip(LETTERS, comparison.arms, strict=False))[1:]:
        parts += ["", comparison_table(_shown(comparison.against_reference(arm), measures), letter)]
    return [*parts, "", Text(how_to_read(comparison.seeds, comparison.differences), style="dim")]


def _shown(differences: tuple[Difference, ...], measures: Collection[str]) -> tuple[Difference, ...]:
    return tuple(one for one in differences if not measures or one.measure in measures)


def comparison_table(differences: tuple[Difference, ...], letter: str) -> "Table":
    """Return the table of one arm against the reference."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("", no_wrap=True, min_width=28)
    for head, width in (("A", 8), (letter, 8), (f"{letter} − A", 9), ("95 % interval", 19), ("same sign", 9), ("unpaired", 8)):
        table.add_column(head, justify="right", no_wrap=True, min_width=width)
    by_measure = {one.measure: one for one in differences}
    others = {one.measure: Words(one.measure, 1.0, 4) for one in differences if one.measure not in KNOWN}
    for section, words in [*SECTIONS.items(), ("other", others)]:
        shown = [(name, known) for name, known in words.items() if name in by_measure]
        if shown and table.row_count:
            table.add_row()
        if shown:
            table.add_row(f"[bold]{section}[/bold]")
        for name, known in shown:
            one = by_measure[name]
            table.add_row(*cells(one, known), style="bold" if name == "welfare_total_eur" else None)
    return table


def cells(one: Difference, words: Words) -> tuple[str, ...]:
    """Write a difference as a row: label, levels, difference, interval, seeds of the same sign, seeds without pairing."""
    levels = words.label, words.level(one.reference_mean), words.level(one.arm_mean)
    if one.pairs == 0:
        return *levels, "–", "–", "–", "–"
    if all(words.is_zero(value) for value in (one.mean, one.t_low, one.t_high) if value == value):
        return *levels, "0", "–", "–", "–"
    same = f"{round(one.same_sign_share * one.pairs)} of {one.pairs}" if one.pairs > 1 else "–"
    return *levels, words.change(one.mean), interval(one, words), same, seeds(one.unpaired_seeds)


def interval(one: Difference, words: Words) -> str:
    """Write Student's interval, with a mark where the bootstrap says otherwise about 0."""
    if one.pairs < 2:
        return "–"
    return words.interval(one.t_low, one.t_high) + ("" if one.bootstrap_agrees else " †")


def seeds(number: float) -> str:
    """Write a number of seeds."""
    if number > MOST_SEEDS_SHOWN:
        return f"> {MOST_SEEDS_SHOWN:,}"
    return f"{number:,.0f}" if isfinite(number) else "–"


def how_to_read(n: int, differences: Sequence[Difference]) -> str:
    """Return the legend for differences over n seeds."""
    if n == 1:
        return "One seed: one season, so there is no interval and no telling difference from luck. --seeds asks for more."
    legend = (
        "95 % interval: Student's, of the mean of the paired differences. same sign: seeds whose difference has the sign of the "
        "mean; seeds in which an arm lacks a measure are left out. unpaired: seeds per arm that would give as narrow an interval "
        f"without pairing, instead of {n}."
    )
    if any(not one.bootstrap_agrees for one in differences if one.pairs > 1):
        legend += " †: the bootstrap interval says otherwise about 0."
    return legend


def _heading(comparison: Comparison) -> str:
    arms = [f"{letter}  {arm.label}" for letter, arm in zip(LETTERS, comparison.arms, strict=False)]
    arms[0] += "  (the reference)"
    n = comparison.seeds
    seeds_in_words = f"seeds 0 to {n - 1}" if n > 1 else "seed 0"
    days = comparison.manifest["days"]
    return "\n".join([*arms, f"{days} days, {seeds_in_words}, paired: the same people, days and luck in every arm"])
