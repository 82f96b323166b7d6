"""Lines over a factor, one per level of another, every point with its interval."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure as Drawing

from ..figures.lines import SHADES
from ..figures.picture import Picture
from ..theme import QUIET, Headline, Look, Margins, canvas, panel_head, themed, words_beside
from .exhibit import Figure
from .traced import Number

MARKERS = "osD^vPX"
BESIDE = 0.008  # of the width, between the points of neighbouring lines


class Line(NamedTuple):
    """The points of one level: where they stand, and what they are."""

    level: str
    points: tuple[tuple[float, Number], ...]


class Panel(NamedTuple):
    """Lines that share their axes."""

    title: str
    lines: tuple[Line, ...]


def figure(name: str, head: Headline, panels: Sequence[Panel], along: str, caption: str) -> Figure:
    """Return the figure with words for those who cannot see it. along: what the horizontal axis is."""
    shown = tuple(panels)
    told = "; ".join(
        f"{panel.title}, {line.level}, at {x:g}: {number.text}"
        for panel in shown
        for line in panel.lines
        for x, number in line.points
    )
    picture = Picture(
        name, head, f"Lines over {along}. {head.title}. {told}.", caption, lambda look: drawing(shown, along, head, look)
    )
    data = tuple(
        (f"{panel.title}: {line.level}", f"{x:g}", number) for panel in shown for line in panel.lines for x, number in line.points
    )
    return Figure(picture, data)


@themed
def drawing(panels: tuple[Panel, ...], along: str, head: Headline, look: Look) -> Drawing:
    """Draw the panels one below the other."""
    margins = Margins(left=0.45, right=0.95, top=0.26, bottom=0.42, between=0.66)
    drawn, all_axes = canvas(look, head, [1.45] * len(panels), margins)
    for axes, panel in zip(all_axes, panels, strict=True):
        draw_panel(axes, panel)
        panel_head(axes, panel.title, margins.left)
    all_axes[-1].set_xlabel(along, size=8.5, loc="left")
    return drawn


def draw_panel(axes: Axes, panel: Panel) -> None:
    """Draw the lines, each with a marker and a shade of its own, and write their levels at the right."""
    places = sorted({x for line in panel.lines for x, _ in line.points})
    width = (places[-1] - places[0]) or 1.0
    words = []
    for k, line in enumerate(panel.lines):
        colour = to_hex(SHADES(k / max(len(panel.lines) - 1, 1)))
        shift = BESIDE * width * (k - (len(panel.lines) - 1) / 2)
        known = [(x + shift, number) for x, number in line.points if number.is_known]
        for x, number in known:
            if number.has_interval:
                axes.vlines(x, number.low * number.unit.factor, number.high * number.unit.factor, color=colour, linewidth=1.2)
        heights = [number.value * number.unit.factor for _, number in known]
        axes.plot(
            [x for x, _ in known], heights, f"{MARKERS[k % len(MARKERS)]}-", color=colour, linewidth=1.2, markersize=4, zorder=3
        )
        words += [(heights[-1], line.level, colour)] if heights else []
    axes.set_xlim(places[0] - 0.03 * width, places[-1] + 0.03 * width)
    axes.set_xticks(places, [f"{x:g}" for x in places])
    axes.locator_params(axis="y", nbins=5)
    axes.tick_params(axis="y", colors=QUIET)
    axes.margins(y=0.1)
    words_beside(axes, words)
