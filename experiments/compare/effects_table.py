"""What an arm changes, by the factors of a sweep: for the terminal and as a table with a row per effect and measure."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from ..wording import Words, title_of, words_of
from .paired_sweep import Effect
from .sweeps import Contrast, SweepComparison
from .table import comparison_table, how_to_read

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.console import RenderableType
    from rich.table import Table

WELFARE = "welfare_total_eur"
MOST_ACROSS = 6  # columns of levels in 120 characters
MOST_POINTS_SHOWN = 40
ONE_SEED = (
    "One seed: all points share its luck, so there is no interval and no telling difference from luck, however many the points. "
    "A design with more seeds has them."
)


def report(comparison: SweepComparison, measures: Collection[str] = ()) -> "list[RenderableType]":
    """Return what is printed: the sides, for each arm all measures pooled, and the chosen ones by factor. Without any: welfare."""
    from rich.markup import escape
    from rich.text import Text

    parts: list[RenderableType] = [Text(heading(comparison))]
    for one in comparison.contrasts:
        chosen = tuple(each for each in one.differences if not measures or each.measure in measures)
        parts += ["", *([f"[bold]{escape(one.title)}[/bold]"] if one.title else []), comparison_table(chosen, one.letter)]
    for one in comparison.contrasts:
        for measure in measures or (WELFARE,):
            parts += by_factor(comparison, one, measure)
    return [*parts, "", Text(legend(comparison), style="dim")]


def heading(comparison: SweepComparison) -> str:
    """Name the sides, and say what was run."""
    sides = [f"{letter}  {label}" for letter, label in comparison.sides.items()]
    sides[0] += "  (the reference)"
    first = comparison.sweeps[0]
    counts = [counted(comparison.points, "point"), counted(len(comparison.seeds), "seed")]
    counts += [counted(first.days, "day")] if first.days else []
    return "\n".join([*sides, f"{', '.join(counts)}, paired point by point: the same people, days and luck in every arm"])


def counted(number: int, what: str) -> str:
    """Write a number of things."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def legend(comparison: SweepComparison) -> str:
    """Say how to read the tables."""
    seeds = len(comparison.seeds)
    if seeds == 1:
        return ONE_SEED
    every = [each for one in comparison.contrasts for each in one.differences]
    pooled = " Every seed counts with its mean over the points, which share its luck." if comparison.points > 1 else ""
    return f"{how_to_read(seeds, every)}{pooled}"


def by_factor(comparison: SweepComparison, one: Contrast, measure: str) -> "list[RenderableType]":
    """Return the tables of one measure by factor: two crossed, or one; a row per point where factors are not crossed."""
    from rich.markup import escape

    factors = list(comparison.factors)
    effects = [each for each in one.effects if each.measure == measure]
    heads = {each.measure: each for each in one.differences}
    if not factors or measure not in heads or heads[measure].pairs == 0:
        return []
    what = f"[bold]{title_of(measure)}: {one.letter} − A[/bold]{f', {escape(one.title)}' if one.title else ''}"
    words = words_of(measure)
    if len(factors) == 1 or not any(len(each.at) == 1 for each in effects):  # one factor, or several that are not crossed
        points = [each for each in effects if len(each.at) == len(factors)]
        if len(points) > MOST_POINTS_SHOWN:
            return ["", f"{what}: {len(points):,} points, in comparison.parquet"]
        return ["", what, point_table(points, factors, words)]
    parts: list[RenderableType] = []
    for down, across in pairs_shown(comparison):
        others = [name for name in factors if name not in (down, across)]
        over = f", mean over {', '.join(others)}" if others else ""
        found = {(each.at[down], each.at[across]): each for each in effects if set(each.at) == {down, across}}
        columns = list(comparison.factors[across])
        for start in range(0, len(columns), MOST_ACROSS):
            shown = columns[start : start + MOST_ACROSS]
            parts += [
                "",
                f"{what}, {down} (rows) by {across}{over}",
                crossed_table(found, list(comparison.factors[down]), shown, words),
            ]
    return parts


def pairs_shown(comparison: SweepComparison) -> list[tuple[str, str]]:
    """Return the first factor with each of the others, the one with fewer levels across."""
    first, *others = comparison.factors
    levels = comparison.factors
    return [(first, other) if len(levels[other]) <= len(levels[first]) else (other, first) for other in others]


def point_table(effects: Sequence[Effect], factors: Sequence[str], words: Words) -> "Table":
    """Return a table with a row per level or point."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in (*factors, "difference", "95 % interval", "pairs"):
        table.add_column(head, justify="right", no_wrap=True)
    for each in effects:
        table.add_row(*(escape(each.at[name]) for name in factors), *cell(each, words), f"{each.pairs:,}")
    return table


def crossed_table(found: dict[tuple[str, str], Effect], down: Sequence[str], across: Sequence[str], words: Words) -> "Table":
    """Return a table of two factors: in each cell the mean, and its interval below."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("", justify="right", no_wrap=True)
    for level in across:
        table.add_column(escape(level), justify="right", no_wrap=True)
    for row in down:
        cells = [cell(found.get((row, column)), words) for column in across]
        table.add_row(f"[bold]{escape(row)}[/bold]", *(mean for mean, _ in cells))
        if any(interval != "–" for _, interval in cells):
            table.add_row("", *(interval for _, interval in cells), style="dim")
    return table


def cell(effect: Effect | None, words: Words) -> tuple[str, str]:
    """Write an effect's mean and interval."""
    if effect is None or effect.seeds == 0:
        return "–", "–"
    if all(words.is_zero(value) for value in (effect.mean, effect.low, effect.high) if value == value):
        return "0", "–"
    return words.change(effect.mean), words.interval(effect.low, effect.high) if effect.seeds > 1 else "–"


def long_table(comparison: SweepComparison) -> "pa.Table":
    """Return a row per arm, level and measure; a factor is null where the effect is a mean over it.

    `by` names the factors that are held, since some parameters may be null themselves.
    """
    import pyarrow as pa

    from ..sweep.table import column_of

    effects = [each for one in comparison.contrasts for each in one.effects]
    columns: dict[str, pa.Array] = {
        "reference": pa.array([each.reference for each in effects], pa.string()),
        "arm": pa.array([each.arm for each in effects], pa.string()),
        "by": pa.array([", ".join(each.at) for each in effects], pa.string()),
    }
    for name, levels in comparison.factors.items():
        columns[name] = column_of([levels[each.at[name]] if name in each.at else None for each in effects])
    columns["measure"] = pa.array([each.measure for each in effects], pa.string())
    columns |= {name: pa.array([getattr(each, name) for each in effects], pa.int64()) for name in ("pairs", "seeds")}
    columns |= {name: pa.array([getattr(each, name) for each in effects], pa.float64()) for name in ("mean", "low", "high")}
    return pa.table(columns)
