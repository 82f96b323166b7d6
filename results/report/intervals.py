"""Dots with their intervals, a row per thing compared: the report's usual figure."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from ..figures.picture import Picture
from ..theme import INK, POINTS_PER_INCH, QUIET, ROLE, RULE, Headline, Look, Margins, canvas, left_aligned, panel_head, themed
from .exhibit import Figure
from .traced import Number

ROW = 0.19  # inches
APART = 0.2  # of a row's height, between the marks of one row
WIDE_LABEL = 0.068  # inches a character


class Mark(NamedTuple):
    """A number in a row. role: whose it is, which gives the colour; open marks are told apart in black and white too."""

    number: Number
    role: str
    key: str = ""  # what the mark is, written above the panel's first row
    is_open: bool = False


class Row(NamedTuple):
    """A row of a panel."""

    label: str
    marks: tuple[Mark, ...]
    is_sum: bool = False


class Panel(NamedTuple):
    """Rows that share an axis; line: what they are held against."""

    title: str
    rows: tuple[Row, ...]
    line: float = 0.0
    line_label: str = ""


def figure(name: str, head: Headline, panels: Sequence[Panel], caption: str) -> Figure:
    """Return the figure with words for those who cannot see it."""
    told = "; ".join(
        f"{row.label}{f', {mark.key}' if mark.key else ''}: {mark.number.text}"
        for panel in panels
        for row in panel.rows
        for mark in row.marks
    )
    shown = tuple(panels)
    picture = Picture(name, head, f"Rows of dots. {head.title}. {told}.", caption, lambda look: drawing(shown, head, look))
    data = tuple(
        (f"{panel.title}: {row.label}" if panel.title else row.label, mark.key or "value", mark.number)
        for panel in panels
        for row in panel.rows
        for mark in row.marks
    )
    return Figure(picture, data)


@themed
def drawing(panels: tuple[Panel, ...], head: Headline, look: Look) -> Drawing:
    """Draw the panels one below the other."""
    longest = max(len(row.label) for panel in panels for row in panel.rows)
    left = max(0.9, WIDE_LABEL * longest + 0.12)
    margins = Margins(left, right=0.12 if look.is_narrow else 1.5, top=0.28, bottom=0.24, between=0.58)
    if look.is_narrow and any(mark.key for mark in panels[0].rows[0].marks):
        margins = margins._replace(top=0.5, between=0.8)
    heights = [ROW * (len(panel.rows) + 0.4) for panel in panels]
    drawn, all_axes = canvas(look, head, heights, margins)
    for axes, panel in zip(all_axes, panels, strict=True):
        draw_panel(axes, panel, margins, look)
    return drawn


def draw_panel(axes: Axes, panel: Panel, margins: Margins, look: Look) -> None:
    """Draw one panel: the line, the rows, and their values in words at the right, for which a phone has no room."""
    heights = [float(len(panel.rows) - k) for k in range(len(panel.rows))]
    axes.axvline(panel.line, color=INK, linewidth=0.9, linestyle=(0, (4, 2)) if panel.line_label else "-", zorder=1)
    for height, row in zip(heights, panel.rows, strict=True):
        draw_row(axes, height, row)
        if row.is_sum:
            axes.axhline(height + 0.5, color=QUIET, linewidth=0.7)
    axes.set_ylim(0.4, len(panel.rows) + 0.6)
    axes.set_yticks(heights, [row.label for row in panel.rows], color=INK, size=9)
    left_aligned(axes, margins.left)
    for label, row in zip(axes.get_yticklabels(), panel.rows, strict=True):
        label.set_fontweight(600 if row.is_sum else 400)
    axes.margins(x=0.08)
    axes.locator_params(axis="x", nbins=4 if look.is_narrow else 6)
    is_change = panel.rows[0].marks[0].number.is_change
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:{'+' if is_change else ''}g}".replace("-", "−") if value else "0")
    axes.grid(visible=True, axis="x")
    axes.grid(visible=True, axis="y", color=RULE, linewidth=0.4)
    if panel.title:
        panel_head(axes, panel.title, margins.left)
    if not look.is_narrow:
        values(axes, panel, margins)
    name_marks(axes, panel, margins, look)


def draw_row(axes: Axes, height: float, row: Row) -> None:
    """Draw the marks of a row, one below the other where there are several."""
    number = len(row.marks)
    for k, mark in enumerate(row.marks):
        y = height + APART * ((number - 1) / 2 - k)
        one, colour = mark.number, INK if row.is_sum else ROLE.get(mark.role, QUIET)
        if not one.is_known:
            continue
        if one.has_interval:
            axes.hlines(y, one.low * one.unit.factor, one.high * one.unit.factor, color=colour, linewidth=1.8, zorder=3)
        face = "white" if mark.is_open else colour
        axes.plot(
            one.value * one.unit.factor, y, "o", color=colour, markerfacecolor=face, markersize=5.5, markeredgewidth=1.4, zorder=4
        )


def values(axes: Axes, panel: Panel, margins: Margins) -> None:
    """Write every row's first value with its interval at the right."""
    beside: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "textcoords": "offset points", "va": "center", "size": 8}
    for k, row in enumerate(panel.rows):
        one, height = row.marks[0].number, float(len(panel.rows) - k)
        text = f"{one.bare}{f' ({one.interval})' if one.interval else ''}" if one.is_known else "not known"
        axes.annotate(
            text, (1, height), (margins.right * POINTS_PER_INCH - 1, -0.5), ha="right", color=INK if row.is_sum else QUIET, **beside
        )


def name_marks(axes: Axes, panel: Panel, margins: Margins, look: Look) -> None:
    """Write what the line is and what the marks are; on a phone the marks have a line of their own above the panel's title."""
    if panel.line_label:
        place: Any = ("data", "axes fraction")
        above: dict[str, Any] = {"xycoords": place, "textcoords": "offset points", "va": "bottom", "size": 8}
        axes.annotate(panel.line_label, (panel.line, 1), (-3, 2), ha="right", color=INK, weight=600, **above)
    if any(mark.key for mark in panel.rows[0].marks):
        draw_keys(axes, panel.rows[0].marks, margins, 27.0 if look.is_narrow else 12.0)


def draw_keys(axes: Axes, marks: Sequence[Mark], margins: Margins, height: float) -> None:
    """Say above the words at the right what each mark is, the last one outermost. height: above the axes, points."""
    x = margins.right * POINTS_PER_INCH - 1
    for mark in reversed(marks):
        place: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "va": "center", "ha": "right"}
        axes.annotate(mark.key, (1, 1), (x, height), color=QUIET, size=8, **place)
        x -= 3.7 * len(mark.key) + 6
        colour = ROLE.get(mark.role, QUIET)
        dot = {
            "boxstyle": "circle,pad=0.22",
            "facecolor": "white" if mark.is_open else colour,
            "edgecolor": colour,
            "linewidth": 1.3,
        }
        axes.annotate(" ", (1, 1), (x, height), bbox=dot, size=3, **place)
        x -= 12
