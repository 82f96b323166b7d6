"""What comes out over one factor by another: a panel per measure, a line per level, the interval of every mean."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from experiments.compare.effects_table import counted
from experiments.compare.levels import Level, levels
from experiments.paired import mean_and_sd, t_interval
from experiments.sweep.finished import FinishedSweep
from experiments.wording import title_of, words_of

from ..theme import PAGE, Headline, Look, Margins, canvas, panel_head, themed
from .lines import Line, axes_of, draw_lines, in_words, lines_from, with_unit
from .picture import Picture

HEIGHT = 1.7  # inches


def picture(sweep: FinishedSweep, arm: str, measures: Sequence[str]) -> Picture:
    """Return the figure with its words."""
    lines = {measure: lines_of(sweep, arm, measure) for measure in measures}
    head = headline(sweep, arm, measures[0])
    told = ". ".join(f"{name_of(measure)}: {'; '.join(map(in_numbers, means(lines[measure])))}" for measure in measures)
    return Picture(
        "levels",
        head,
        f"A panel per measure, lines over {axes_of(sweep.factors)[0]}. {head.title}. {told}.",
        "Dots are means over seeds, vertical lines their 95 % intervals (Student's t); all points share the seeds.",
        lambda look: levels_figure(sweep, lines, head, look),
    )


def lines_of(sweep: FinishedSweep, arm: str, measure: str) -> list[Line[Level]]:
    """Return the lines of a measure; several factors beyond two are averaged over."""
    by = [name for name in axes_of(sweep.factors) if name]
    return lines_from(sweep.factors, list(levels(sweep, arm, [measure], by)))


def means(lines: Sequence[Line[Level]]) -> list[Level]:
    """Return every mean of some lines."""
    return [each for line in lines for each in line.means]


def in_numbers(level: Level) -> str:
    """Write a mean and where it is."""
    return f"{', '.join(f'{name} {value}' for name, value in level.at.items())}: {words_of(level.measure).level(level.mean)}"


def name_of(measure: str) -> str:
    """Name a measure and the unit of its level."""
    name = title_of(measure).replace(", points", ", %")
    return name[:1].upper() + name[1:]


def headline(sweep: FinishedSweep, arm: str, measure: str) -> Headline:
    """Say what the first measure does from one end of the horizontal factor to the other."""
    along, other = axes_of(sweep.factors)
    over = [in_words(name) for name in sweep.factors if name not in (along, other)]
    mean = f", mean over {', '.join(over)}" if over else ""
    lines = f", a line per level of {in_words(other)}" if other else ""
    where = f", arm {arm}" if len(sweep.arms) > 1 else ""
    subtitle = f"{sweep.manifest['scenario']}{where}, over {in_words(along)}{lines}{mean}; {counted(len(sweep.seeds), 'seed')}"
    return Headline(finding(sweep, arm, measure), subtitle)


def finding(sweep: FinishedSweep, arm: str, measure: str) -> str:
    """Compare the ends of the horizontal factor seed by seed, in the mean over all else."""
    along, _ = axes_of(sweep.factors)
    first, last = (list(sweep.factors[along])[end] for end in (0, -1))
    by_seed = sweep.of(arm).groupby(["seed", along])[measure].aggregate("mean").unstack()
    both = np.asarray(by_seed[[first, last]], float)
    before, after = both[np.isfinite(both).all(axis=1)].T
    words, name = words_of(measure), name_of(measure).partition(",")[0]
    low, high = t_interval(*mean_and_sd(after - before), len(before))
    from_to = f"from {words.level(float(before.mean()))} to {words.level(float(after.mean()))}"
    if low > 0.0 or high < 0.0:
        return f"{name} {'rises' if low > 0.0 else 'falls'} {from_to} as {in_words(along)} goes from {first} to {last}"
    why = "cannot be told apart" if low == low else "one seed, so luck is in it"
    return f"{name}, {from_to} as {in_words(along)} goes from {first} to {last}: {why}"


@themed
def levels_figure(sweep: FinishedSweep, lines: dict[str, list[Line[Level]]], head: Headline, look: Look = PAGE) -> Figure:
    """Draw a panel per measure."""
    longest = max(len(line.level) for each in lines.values() for line in each)
    margins = Margins(left=0.45, right=0.2 + 0.07 * longest, top=0.34, bottom=0.48, between=0.6)
    figure, panels = canvas(look, head, [HEIGHT] * len(lines), margins)
    for axes, (measure, drawn) in zip(panels, lines.items(), strict=True):
        draw_lines(axes, sweep.factors, drawn, words_of(measure).factor)
        panel_head(axes, name_of(measure), margins.left)
    panels[-1].set_xlabel(with_unit(axes_of(sweep.factors)[0]), size=8.5, loc="left")
    return figure
