"""What an arm changes, over one factor by another: a panel per arm, a line per level, the interval of every mean."""

from matplotlib.figure import Figure

from experiments.compare.effects_table import cell, counted
from experiments.compare.paired_sweep import Effect
from experiments.compare.sweeps import Contrast, SweepComparison
from experiments.wording import title_of, words_of

from ..theme import INK, PAGE, Headline, Look, Margins, canvas, panel_head, themed
from .lines import Line, axes_of, draw_lines, in_words, lines_from, with_unit
from .picture import Picture

LONGEST_LABEL = 24  # characters
HEIGHT = 2.1  # inches


def can_be_drawn(comparison: SweepComparison, measure: str) -> bool:
    """Tell whether an arm has effects by level of a factor."""
    return bool(comparison.factors) and any(lines_of(comparison, one, measure) for one in comparison.contrasts)


def lines_of(comparison: SweepComparison, one: Contrast, measure: str) -> list[Line[Effect]]:
    """Return the lines of an arm; several factors beyond two are averaged over."""
    by = {*axes_of(comparison.factors)} - {""}
    is_crossed = len(by) == 1 or any(len(each.at) == 1 for each in one.effects)
    known = [each for each in one.effects if each.measure == measure and set(each.at) == by]
    return lines_from(comparison.factors, known) if is_crossed else []


def picture(comparison: SweepComparison, measure: str) -> Picture:
    """Return the figure with its words."""
    head, words = headline(comparison, measure), words_of(measure)
    told = "; ".join(
        f"{', '.join(f'{name} {level}' for name, level in each.at.items())}: {' '.join(cell(each, words)).removesuffix(' –')}"
        for one in comparison.contrasts
        for line in lines_of(comparison, one, measure)
        for each in line.means
    )
    return Picture(
        "effects",
        head,
        f"Lines of the difference over {axes_of(comparison.factors)[0]}. {head.title}. {title_of(measure)}. {told}.",
        "Dots are means of the paired differences, vertical lines their 95 % intervals (Student's t, over seeds).",
        lambda look: effects_figure(comparison, measure, head, look),
    )


def headline(comparison: SweepComparison, measure: str) -> Headline:
    """Say at how many places the intervals lie above or below nothing."""
    along, other = axes_of(comparison.factors)
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
    effects = [each for line in lines_of(comparison, one, measure) for each in line.means]
    return sum(each.low > 0.0 for each in effects), sum(each.high < 0.0 for each in effects), len(effects)


@themed
def effects_figure(comparison: SweepComparison, measure: str, head: Headline, look: Look = PAGE) -> Figure:
    """Draw a panel per arm."""
    drawn = [(one, lines) for one in comparison.contrasts if (lines := lines_of(comparison, one, measure))]
    along, _ = axes_of(comparison.factors)
    longest = max((len(line.level) for _, lines in drawn for line in lines), default=0)
    margins = Margins(left=0.55, right=0.2 + 0.07 * longest, top=0.34, bottom=0.48, between=0.62)
    figure, panels = canvas(look, head, [HEIGHT] * len(drawn), margins)
    for axes, (one, lines) in zip(panels, drawn, strict=True):
        axes.axhline(0.0, color=INK, linewidth=0.9, zorder=1)
        draw_lines(axes, comparison.factors, lines, words_of(measure).factor)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:+g}".replace("-", "−") if value else "0")
        label = one.title or comparison.sides[one.letter]
        panel_head(axes, f"{one.letter} − A: {label}" if len(label) <= 40 else f"{one.letter} − A", margins.left)
    panels[-1].set_xlabel(with_unit(along), size=8.5, loc="left")
    return figure
