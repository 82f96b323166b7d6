"""Sensitivity for the terminal: a table per measure, the factor that matters most first."""

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING

from model.parameters import plain

from ..design import Factor
from ..design.plan import as_setting
from ..wording import Words, title_of, words_of
from .indices import Influence, Sensitivity
from .noise import Noise

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

MOST_ROWS = 20  # factors
FIRST = {"morris": "mu_star", "saltelli": "total", "star": "effect"}  # the statistic by which factors are sorted
HEADS = {
    "morris": ("range", "mu*", "95 % interval", "mu", "95 % interval", "sigma"),
    "saltelli": ("range", "total", "95 % interval", "first", "95 % interval"),
    "star": ("base", "set to", "effect", "95 % interval"),
}
LUCK = "luck: seeds' share of the variance of single runs over the design, bootstrap over its points."
HOW_TO_READ = {
    "morris": "mu*: mean size of the change if a factor goes through its whole range, wherever the others are; mu: its mean; "
    "sigma: its spread, large where the effect depends on the others or is not linear. Intervals: bootstrap over {cases} "
    "trajectories.",
    "saltelli": "Shares of the measure's variance over the design. first: what would vanish if the factor alone were known; "
    "total: what would be left if all others were known; their difference is interaction. Far outside 0 to 100 %: too few base "
    "rows. Intervals: bootstrap over {cases} base rows.",
    "star": "effect: change against the base when this factor alone takes the value. 95 % interval: Student's, of paired "
    "differences over the seeds; –: not known.",
}


def report(found: Sensitivity, measures: Sequence[str]) -> "list[RenderableType]":
    """Return the tables of these measures in every arm, and the legend."""
    design = found.design
    lines: list[RenderableType] = [heading(found)]
    for arm in design.arms:
        for measure in measures:
            title = f"{title_of(measure)}{f', arm {arm}' if len(design.arms) > 1 else ''}"
            lines += ["", f"[bold]{title}[/bold]  {noise_in_words(found.noise_of(arm, measure))}", table_of(found, arm, measure)]
            if (others := len(design.factors) - MOST_ROWS) > 0:
                lines.append(f"and {others} of less, in influences.parquet")
    cases = max((one.cases for one in found.influences), default=0)
    return [*lines, "", f"{HOW_TO_READ[design.kind].format(cases=cases)} {LUCK}"]


def heading(found: Sensitivity) -> str:
    """Say what was run."""
    design = found.design
    counts = f"{len(design.points):,} points × {len(design.arms)} arms × {len(design.seeds):,} seeds".replace(" × 1 arms", "")
    return f"{design.name}: {counts.replace(' 1 seeds', ' 1 seed')} of {design.scenario.name}"


def table_of(found: Sensitivity, arm: str, measure: str) -> "Table":
    """Return the table of one measure, the largest first."""
    from rich.table import Table

    kind = found.design.kind
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("", overflow="fold")  # a long name gives way, not a number
    for head in HEADS[kind]:
        table.add_column(head, justify="right", no_wrap=True)
    by_factor = {factor.name: factor for factor in found.design.factors}
    words = words_of(measure)
    for name, statistics in ranked(found, arm, measure)[:MOST_ROWS]:
        table.add_row(*cells(kind, by_factor[name], statistics, words))
        for other in statistics[1:] if kind == "star" else ():
            table.add_row(*("" if k < 2 else cell for k, cell in enumerate(cells(kind, by_factor[name], (other,), words))))
    return table


def ranked(found: Sensitivity, arm: str, measure: str) -> list[tuple[str, tuple[Influence, ...]]]:
    """Return the factors with their statistics, the largest first; those that are not known last."""
    first = FIRST[found.design.kind]
    grouped: dict[str, list[Influence]] = {}
    for one in found.of(arm, measure):
        grouped.setdefault(one.factor, []).append(one)

    def size(statistics: list[Influence]) -> float:
        return max((abs(one.value) for one in statistics if one.statistic == first and one.value == one.value), default=-inf)

    ordered = sorted(grouped.items(), key=lambda item: -size(item[1]))
    return [(name, tuple(statistics)) for name, statistics in ordered]


def cells(kind: str, factor: Factor, statistics: tuple[Influence, ...], words: Words) -> tuple[str, ...]:
    """Write a factor as a row."""
    if kind == "star":
        one = statistics[0]
        return factor.name, as_setting(factor.quantity.value), one.setting, change(one.value, words), interval(one, words)
    if kind == "saltelli":
        total, first = statistics
        return factor.name, range_of(factor), share(total.value), shares(total), share(first.value), shares(first)
    size, mean, spread = statistics
    return (
        factor.name, range_of(factor), unsigned(change(size.value, words)), unsigned(interval(size, words)),
        change(mean.value, words), interval(mean, words), unsigned(change(spread.value, words)),
    )  # fmt: skip


def range_of(factor: Factor) -> str:
    """Write what a factor varies over."""
    if factor.low is None:
        return ", ".join(as_setting(value) for value in factor.values)
    return f"{plain(factor.low)} … {plain(factor.high)}{' log' if factor.scale == 'log' else ''}"


def change(value: float, words: Words) -> str:
    """Write a difference of the measure."""
    return words.change(value) if value == value else "–"


def interval(one: Influence, words: Words) -> str:
    """Write an interval of differences."""
    return words.interval(one.low, one.high) if one.low == one.low else "–"


def unsigned(text: str) -> str:
    """Write what cannot be negative without a plus."""
    return text.replace("+", "")


def share(value: float) -> str:
    """Write a share of the variance in per cent."""
    return f"{100 * value:.0f} %".replace("-0 ", "0 ").replace("-", "−") if value == value else "–"


def shares(one: Influence | Noise) -> str:
    """Write an interval of shares."""
    return f"{share(one.low).removesuffix(' %')} … {share(one.high)}" if one.low == one.low else "–"


def noise_in_words(noise: Noise) -> str:
    """Say how much of the variance between runs is luck."""
    if noise.share != noise.share:
        return "how much is luck is not known"
    return f"luck: {share(noise.share)} of the variance ({shares(noise)})"
