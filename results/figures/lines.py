"""Lines over one factor, one for each level of another, with the interval of every mean."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex

from experiments.compare.levels import Level
from experiments.compare.paired_sweep import Effect

from ..theme import QUIET, ROLE, words_beside

MOST_LINES, MOST_TICKS = 8, 12
SHORT = 8  # characters: a name as short says too little without its section
BESIDE, SPREAD = 0.018, 0.3  # of the width, between neighbouring lines; of the least distance of levels, all lines together
SHADES = LinearSegmentedColormap.from_list("levels", ["#7088C6", ROLE["platform"], "#071C48"])

type Factors = Mapping[str, Mapping[str, Any]]  # values by how they are written, by factor


class Line[M: Effect | Level](NamedTuple):
    """The means along the horizontal factor at one level of the other."""

    level: str  # empty where there is one factor
    means: tuple[M, ...]


def axes_of(factors: Factors) -> tuple[str, str]:
    """Return the factor that goes along, with numbers and the most levels if there is one, and that of the lines, or nothing."""

    def width(name: str) -> tuple[bool, int]:
        return is_numeric(factors, name), len(factors[name])

    along = max(factors, key=width)
    return along, next((name for name in factors if name != along), "")


def is_numeric(factors: Factors, factor: str) -> bool:
    """Tell whether all levels are numbers."""
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in factors[factor].values())


def lines_from[M: Effect | Level](factors: Factors, means: Sequence[M]) -> list[Line[M]]:
    """Sort means into lines; none if there are too many."""
    along, other = axes_of(factors)
    levels, order = list(factors[other]) if other else [""], list(factors[along])
    known = sorted((each for each in means if each.seeds), key=lambda each: order.index(each.at[along]))
    lines = [Line(level, tuple(each for each in known if not other or each.at[other] == level)) for level in levels]
    return [line for line in lines if line.means] if len(levels) <= MOST_LINES else []


def in_words(factor: str) -> str:
    """Write a parameter's name in words, with its section where the last part says too little."""
    last = factor.rpartition(".")[2]
    return (last if len(last) > SHORT else factor).replace("_", " ").replace(".", " ")


def with_unit(factor: str) -> str:
    """Write a parameter's name in words, and its unit after a comma, if it has one."""
    from model.parameters import Parameters

    quantity = Parameters().table().get(factor)
    return f"{in_words(factor)}, {quantity.unit}" if quantity and quantity.unit else in_words(factor)


def draw_lines[M: Effect | Level](axes: Axes, factors: Factors, lines: Sequence[Line[M]], scale: float) -> None:
    """Draw lines, their levels written at the right. scale: of the values, as they are written."""
    along, _ = axes_of(factors)
    place = places(factors, along)
    width = max(place.values()) - min(place.values()) or 1.0
    beside = min(BESIDE * width, SPREAD * least_distance(list(place.values())) / len(lines))
    words = []
    for number, line in enumerate(lines):
        shift = beside * (number - (len(lines) - 1) / 2)
        colour = to_hex(SHADES(number / max(len(lines) - 1, 1))) if len(lines) > 1 else ROLE["platform"]
        x = [place[each.at[along]] + shift for each in line.means]
        if any(each.seeds > 1 for each in line.means):
            ends = [each.low * scale for each in line.means], [each.high * scale for each in line.means]
            axes.vlines(x, *ends, color=colour, linewidth=1.6)
        heights = [each.mean * scale for each in line.means]
        axes.plot(x, heights, "o-", color=colour, linewidth=1.2, markersize=4, zorder=3)
        words.append((heights[-1], line.level, colour))
    axes.set_xlim(min(place.values()) - 0.06 * width, max(place.values()) + 0.06 * width)
    ticks = list(place.items())[:: 1 + (len(place) - 1) // MOST_TICKS]
    axes.set_xticks([at for _, at in ticks], [level for level, _ in ticks])
    axes.locator_params(axis="y", nbins=6)
    axes.tick_params(axis="y", colors=QUIET)
    words_beside(axes, words)


def least_distance(values: Sequence[float]) -> float:
    """Return how near the nearest neighbours are; 1 for a single value."""
    return min((after - before for before, after in pairwise(sorted(values))), default=1.0)


def places(factors: Factors, factor: str) -> dict[str, float]:
    """Return where levels stand: numbers at their value, others one after another."""
    levels = factors[factor]
    if is_numeric(factors, factor):
        return {level: float(value) for level, value in levels.items()}
    return {level: float(place) for place, level in enumerate(levels)}
