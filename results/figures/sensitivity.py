"""Which parameters matter: a panel per measure, a row per factor, the largest first."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.design.plan import as_setting
from experiments.sensitivity.indices import Influence, Sensitivity
from experiments.sensitivity.table import change, noise_in_words, ranked, share, unsigned
from experiments.wording import title_of, words_of

from ..theme import INK, PAGE, PALE, PAPER, QUIET, ROLE, RULE, Headline, Look, Margins, canvas, left_aligned, panel_head, themed
from .picture import Picture

ROW, ROW_OF_BAR = 0.2, 0.15  # inches
MOST_ROWS = 10
INCHES_PER_CHARACTER = 0.061
SHORT = 8  # characters: a name as short says too little without its section
COLOUR, SECOND = ROLE["platform"], ROLE["carriers"]
BARS = (PALE["platform"], PALE["carriers"])
MARKS = {
    "morris": "Filled: mu*, the mean size of the change over a factor's range, and its 95 % interval; hollow: sigma, its spread",
    "saltelli": "Filled: total share of the variance, with interactions; hollow: the factor alone; lines: 95 % intervals",
    "star": "Change against the base (values at the left) when one factor alone takes the value at its bar; lines: 95 % intervals",
}

type Ranked = list[tuple[str, tuple[Influence, ...]]]


def picture(found: Sensitivity, arm: str, measures: Sequence[str]) -> Picture:
    """Return the figure of an arm with its words."""
    head = headline(found, arm, measures)
    names = labels(found)
    told = ". ".join(
        f"{title_of(measure)}: "
        + ", ".join(f"{names[name]} {in_words(found, measure, ones)}" for name, ones in shown(found, arm, measure))
        for measure in measures
    )
    return Picture(
        "sensitivity",
        head,
        f"A panel per measure with a row per factor. {head.title}. {told}.",
        f"{MARKS[found.design.kind]}.",
        lambda look: sensitivity_figure(found, arm, measures, head, look),
    )


def headline(found: Sensitivity, arm: str, measures: Sequence[str]) -> Headline:
    """Say what matters most for the first measure, as far as the intervals tell."""
    design = found.design
    n = len(design.seeds)
    counts = f"{len(design.points):,} points, mean of {n} seeds" if n > 1 else f"{len(design.points):,} points, 1 seed"
    where = f", arm {arm}" if len(design.arms) > 1 else ""
    largest = f"; the {MOST_ROWS} largest of {len(design.factors)} factors" if len(design.factors) > MOST_ROWS else ""
    subtitle = f"{MARKS[design.kind]}. {design.scenario.name}, {counts}{where}{largest}"
    return Headline(finding(found, arm, measures[0]), subtitle.replace(" %", "\N{NO-BREAK SPACE}%"))


def finding(found: Sensitivity, arm: str, measure: str) -> str:
    """Name the factor that matters most, or those among which that cannot be told."""
    names, order = labels(found), shown(found, arm, measure)
    sizes = [(names[name], *size(ones)) for name, ones in order]
    what = title_of(measure).partition(",")[0]
    known = [one for one in sizes if one[1] == one[1]]
    if not known:
        return f"No interval says what {what} depends on"
    first = max(known, key=lambda one: one[1])
    if first[1] <= 0.0:
        return f"No factor's effect on {what} can be told from nothing"
    rivals = [one[0] for one in known if one[0] != first[0] and one[2] >= first[1]]
    if not rivals:
        return f"{capital(first[0])} matters most for {what}"
    if len(rivals) == 1:
        return f"{capital(first[0])} and {rivals[0]} matter most for {what}"
    return f"{capital(first[0])} matters for {what}; {len(rivals)} others may matter as much"


def size(statistics: Sequence[Influence]) -> tuple[float, float]:
    """Return the ends of the interval of a factor's size: of its first statistic, or of its largest effect either way."""
    ones = [one for one in statistics if one.statistic == statistics[0].statistic]
    ends = [
        (0.0 if one.low <= 0.0 <= one.high else min(abs(one.low), abs(one.high)), max(abs(one.low), abs(one.high))) for one in ones
    ]
    return max(low for low, _ in ends), max(high for _, high in ends)


@themed
def sensitivity_figure(found: Sensitivity, arm: str, measures: Sequence[str], head: Headline, look: Look = PAGE) -> Figure:
    """Draw a panel per measure."""
    names = row_names(found)
    orders = [shown(found, arm, measure) for measure in measures]
    longest = max(len(names[name]) for order in orders for name, _ in order)
    left = min(longest * INCHES_PER_CHARACTER + 0.1, look.width / 2)
    margins = Margins(left=left, right=0.62, top=0.3, bottom=0.3, between=0.62)
    row = max(ROW, ROW_OF_BAR * max(len(factor.values) for factor in found.design.factors))
    figure, panels = canvas(look, head, [row * (len(order) + 0.4) for order in orders], margins)
    for axes, measure, order in zip(panels, measures, orders, strict=True):
        panel(axes, found, measure, order, margins)
        panel_head(axes, capital(title_of(measure)), margins.left)
        if not look.is_narrow:
            luck = noise_in_words(found.noise_of(arm, measure))
            axes.annotate(luck, (1, 1), (42, 7), "axes fraction", "offset points", ha="right", va="bottom", size=8.5, color=QUIET)
    return figure


def panel(axes: Axes, found: Sensitivity, measure: str, order: Ranked, margins: Margins) -> None:
    """Draw one measure."""
    names, kind = row_names(found), found.design.kind
    factor = 100.0 if kind == "saltelli" else words_of(measure).factor
    heights = list(range(len(order), 0, -1))
    axes.axvline(0.0, color=INK, linewidth=0.9, zorder=1)
    for height, (_, statistics) in zip(heights, order, strict=True):
        draw = bars if is_star(found) else dots
        draw(axes, height, statistics, factor)
        if not is_star(found):
            beside(axes, height, in_words(found, measure, statistics))
    axes.set_ylim(0.4, len(order) + 0.6)
    axes.set_yticks(heights, [names[name] for name, _ in order], color=INK, size=9)
    left_aligned(axes, margins.left)
    axes.margins(x=0.12 if is_star(found) else 0.03)
    axes.locator_params(axis="x", nbins=6)
    axes.xaxis.set_major_formatter(lambda value, _: number(value, kind))
    axes.grid(visible=True, axis="x")
    axes.grid(visible=True, axis="y", color=RULE, linewidth=0.4)


def dots(axes: Axes, height: float, statistics: Sequence[Influence], factor: float) -> None:
    """Draw the first statistic filled and the last hollow, each with its interval."""
    main, other = statistics[0], statistics[-1]
    axes.hlines(height, main.low * factor, main.high * factor, color=COLOUR, linewidth=2.2, zorder=3)
    axes.hlines(height - 0.2, other.low * factor, other.high * factor, color=SECOND, linewidth=1.0, zorder=2)
    axes.plot(main.value * factor, height, "o", color=COLOUR, markersize=5.5, zorder=5)
    axes.plot(other.value * factor, height - 0.2, "o", color=SECOND, markerfacecolor=PAPER, markersize=4, zorder=4)


def bars(axes: Axes, height: float, statistics: Sequence[Influence], factor: float) -> None:
    """Draw a bar for each setting, its value written at the end, the interval on it."""
    thick = 0.72 / len(statistics)
    for k, one in enumerate(statistics):
        at, end = height + 0.36 - thick * (k + 0.5), one.value * factor
        axes.barh(at, end, thick * 0.9, color=BARS[k % 2], zorder=2)
        axes.hlines(at, one.low * factor, one.high * factor, color=INK, linewidth=1.0, zorder=3)
        known = [value * factor for value in (one.value, one.low, one.high) if value == value] or [0.0]
        is_left = end < 0.0
        text = one.setting if end == end else f"{one.setting}: –"
        axes.annotate(
            text, (min(known) if is_left else max(known), at), (-3 if is_left else 3, -0.5), textcoords="offset points",
            size=7.5, color=QUIET, va="center", ha="right" if is_left else "left",
        )  # fmt: skip


def beside(axes: Axes, height: float, text: str) -> None:
    """Write a number to the right of a row."""
    place: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "textcoords": "offset points", "va": "center", "ha": "right"}
    axes.annotate(text, (1, height), (42, -0.5), size=8.5, **place)


def shown(found: Sensitivity, arm: str, measure: str) -> Ranked:
    """Return the largest factors."""
    return ranked(found, arm, measure)[:MOST_ROWS]


def in_words(found: Sensitivity, measure: str, statistics: Sequence[Influence]) -> str:
    """Write a factor's first statistic, or its effects."""
    if found.design.kind == "saltelli":
        return share(statistics[0].value)
    words = words_of(measure)
    if found.design.kind == "star":
        return ", ".join(f"{one.setting}: {change(one.value, words)}" for one in statistics)
    return unsigned(change(statistics[0].value, words))


def labels(found: Sensitivity) -> dict[str, str]:
    """Return the factors' names in words, with their section where it is needed to tell what is meant."""
    tails = [factor.name.rpartition(".")[2] for factor in found.design.factors]
    return {
        factor.name: (tail if tails.count(tail) == 1 and len(tail) > SHORT else factor.name).replace("_", " ").replace(".", " ")
        for factor, tail in zip(found.design.factors, tails, strict=True)
    }


def row_names(found: Sensitivity) -> dict[str, str]:
    """Return what stands before the rows: the factors, in a star with their value in the base."""
    names = labels(found)
    if not is_star(found):
        return names
    return {one.name: f"{names[one.name]}, {as_setting(one.quantity.value)}" for one in found.design.factors}


def is_star(found: Sensitivity) -> bool:
    """Tell whether factors vary one at a time from a base."""
    return found.design.kind == "star"


def number(value: float, kind: str) -> str:
    """Write a number of the axis."""
    if kind == "saltelli":
        return f"{value:g} %".replace("-", "−")
    sign = "+" if kind == "star" and value else ""
    return f"{value:{sign}g}".replace("-", "−")


def capital(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]
