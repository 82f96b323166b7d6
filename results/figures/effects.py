"""What an arm changes, over one factor by another: a panel per arm, a line per level, the interval of every mean."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.figure import Figure

from experiments.compare_sweeps import Contrast, SweepComparison
from experiments.effects_table import cell, counted
from experiments.paired_sweep import Effect
from experiments.sensitivity_table import title_of, words_of

from ..theme import INK, PAGE, QUIET, ROLE, Headline, Look, Margins, canvas, panel_head, themed, words_beside
from .picture import Picture

MOST_LINES, MOST_TICKS = 8, 12
LONGEST_LABEL, SHORT = 24, 8  # characters
HEIGHT = 2.1  # inches
BESIDE = 0.018  # of the width, between the intervals of neighbouring lines
SHADES = LinearSegmentedColormap.from_list("levels", ["#7088C6", ROLE["platform"], "#071C48"])


class Line(NamedTuple):
    """The effects along the horizontal factor at one level of the other."""

    level: str  # empty where there is one factor
    effects: tuple[Effect, ...]


def can_be_drawn(comparison: SweepComparison, measure: str) -> bool:
    """Tell whether an arm has effects by level of a factor."""
    return bool(comparison.factors) and any(lines_of(comparison, one, measure) for one in comparison.contrasts)


def axes_of(comparison: SweepComparison) -> tuple[str, str]:
    """Return the factor that goes along, with numbers and the most levels if there is one, and that of the lines, or nothing."""

    def width(name: str) -> tuple[bool, int]:
        return is_numeric(comparison, name), len(comparison.factors[name])

    along = max(comparison.factors, key=width)
    return along, next((name for name in comparison.factors if name != along), "")


def is_numeric(comparison: SweepComparison, factor: str) -> bool:
    """Tell whether all levels are numbers."""
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in comparison.factors[factor].values())


def lines_of(comparison: SweepComparison, one: Contrast, measure: str) -> list[Line]:
    """Return the lines of an arm; several factors beyond two are averaged over."""
    along, other = axes_of(comparison)
    by = {along, other} - {""}
    known = [each for each in one.effects if each.measure == measure and set(each.at) == by and each.seeds]
    is_crossed = len(by) == 1 or any(len(each.at) == 1 for each in one.effects)
    order = {level: place for place, level in enumerate(comparison.factors[along])}
    levels = list(comparison.factors[other]) if other else [""]
    lines = [
        Line(level, tuple(sorted((e for e in known if not other or e.at[other] == level), key=lambda e: order[e.at[along]])))
        for level in levels
    ]
    return [line for line in lines if line.effects] if is_crossed and len(levels) <= MOST_LINES else []


def picture(comparison: SweepComparison, measure: str) -> Picture:
    """Return the figure with its words."""
    head, words = headline(comparison, measure), words_of(measure)
    told = "; ".join(
        f"{', '.join(f'{name} {level}' for name, level in each.at.items())}: {' '.join(cell(each, words)).removesuffix(' –')}"
        for one in comparison.contrasts
        for line in lines_of(comparison, one, measure)
        for each in line.effects
    )
    return Picture(
        "effects",
        head,
        f"Lines of the difference over {axes_of(comparison)[0]}. {head.title}. {title_of(measure)}. {told}.",
        "Dots are means of the paired differences, vertical lines their 95 % intervals (Student's t, over seeds).",
        lambda look: effects_figure(comparison, measure, head, look),
    )


def headline(comparison: SweepComparison, measure: str) -> Headline:
    """Say at how many places the intervals lie above or below nothing."""
    along, other = axes_of(comparison)
    what = title_of(measure)
    shown = [name for name in (along, other) if name]
    over = [name for name in comparison.factors if name not in shown]
    mean = f", mean over {', '.join(map(in_words, over))}" if over else ""
    lines = f", a line per level of {in_words(other)}" if other else ""
    sides = ", ".join(f"{letter}: {label}" for letter, label in comparison.sides.items())
    subtitle = (
        f"Difference to the reference A, {what}, over {in_words(along)}{lines}{mean}; {counted(len(comparison.seeds), 'seed')}, "
        f"paired. {sides}"
    )
    return Headline(finding(comparison, measure), subtitle)


def finding(comparison: SweepComparison, measure: str) -> str:
    """Say at how many points the intervals lie above or below nothing."""
    name = title_of(measure).partition(",")[0]
    name = name[:1].upper() + name[1:]
    counts = {one.letter: told_apart(comparison, one, measure) for one in comparison.contrasts}
    if len(comparison.seeds) == 1:
        return f"{name} less that of A: one seed, so luck is in it"
    if len(counts) > 1:
        told = ", ".join(f"{letter} higher at {above} and lower at {below} of {n}" for letter, (above, below, n) in counts.items())
        return f"{name} against A: {told} points"
    (above, below, n) = counts["B"]
    arm, reference = (comparison.sides[letter] for letter in "BA")
    if max(len(arm), len(reference)) > LONGEST_LABEL:
        arm, reference = "B", "A"
    if above + below == 0:
        return f"{name} under {arm} cannot be told from that under {reference} at any of {n} points"
    if above and below:
        return f"{name} under {arm}: higher than under {reference} at {above} of {n} points, lower at {below}"
    where = f"all {n} points" if n == above + below else f"{above + below} of {n} points"
    return f"{name} is {'higher' if above else 'lower'} under {arm} than under {reference} at {where}"


def told_apart(comparison: SweepComparison, one: Contrast, measure: str) -> tuple[int, int, int]:
    """Count the effects drawn whose interval lies above nothing, those below, and all."""
    effects = [each for line in lines_of(comparison, one, measure) for each in line.effects]
    return sum(each.low > 0.0 for each in effects), sum(each.high < 0.0 for each in effects), len(effects)


def in_words(factor: str) -> str:
    """Write a parameter's name in words, with its section where the last part says too little."""
    last = factor.rpartition(".")[2]
    return (last if len(last) > SHORT else factor).replace("_", " ").replace(".", " ")


@themed
def effects_figure(comparison: SweepComparison, measure: str, head: Headline, look: Look = PAGE) -> Figure:
    """Draw a panel per arm."""
    drawn = [(one, lines) for one in comparison.contrasts if (lines := lines_of(comparison, one, measure))]
    along, _ = axes_of(comparison)
    longest = max((len(line.level) for _, lines in drawn for line in lines), default=0)
    margins = Margins(left=0.55, right=0.2 + 0.07 * longest, top=0.34, bottom=0.48, between=0.62)
    figure, panels = canvas(look, head, [HEIGHT] * len(drawn), margins)
    for axes, (one, lines) in zip(panels, drawn, strict=True):
        panel(axes, comparison, lines, measure)
        label = one.title or comparison.sides[one.letter]
        panel_head(axes, f"{one.letter} − A: {label}" if len(label) <= 40 else f"{one.letter} − A", margins.left)
    panels[-1].set_xlabel(f"{in_words(along)}{unit_of(along)}", size=8.5, loc="left")
    return figure


def unit_of(factor: str) -> str:
    """Return a parameter's unit after a comma, if it has one."""
    from model.parameters import Parameters

    quantity = Parameters().table().get(factor)
    return f", {quantity.unit}" if quantity and quantity.unit else ""


def panel(axes: Axes, comparison: SweepComparison, lines: Sequence[Line], measure: str) -> None:
    """Draw the lines of one arm, their levels written at the right."""
    along, _ = axes_of(comparison)
    place, factor = places(comparison, along), words_of(measure).factor
    width = max(place.values()) - min(place.values()) or 1.0
    axes.axhline(0.0, color=INK, linewidth=0.9, zorder=1)
    words = []
    for number, line in enumerate(lines):
        shift = BESIDE * width * (number - (len(lines) - 1) / 2)
        colour = to_hex(SHADES(number / max(len(lines) - 1, 1))) if len(lines) > 1 else ROLE["platform"]
        x = [place[each.at[along]] + shift for each in line.effects]
        if any(each.seeds > 1 for each in line.effects):
            axes.vlines(
                x, [e.low * factor for e in line.effects], [e.high * factor for e in line.effects], color=colour, linewidth=1.6
            )
        means = [each.mean * factor for each in line.effects]
        axes.plot(x, means, "o-", color=colour, linewidth=1.2, markersize=4, zorder=3)
        words.append((means[-1], line.level, colour))
    axes.set_xlim(min(place.values()) - 0.06 * width, max(place.values()) + 0.06 * width)
    ticks = list(place.items())[:: 1 + (len(place) - 1) // MOST_TICKS]
    axes.set_xticks([at for _, at in ticks], [level for level, _ in ticks])
    axes.locator_params(axis="y", nbins=6)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:+g}".replace("-", "−") if value else "0")
    axes.tick_params(axis="y", colors=QUIET)
    words_beside(axes, words)


def places(comparison: SweepComparison, factor: str) -> dict[str, float]:
    """Return where levels stand: numbers at their value, others one after another."""
    levels = comparison.factors[factor]
    if is_numeric(comparison, factor):
        return {level: float(value) for level, value in levels.items()}
    return {level: float(place) for place, level in enumerate(levels)}
