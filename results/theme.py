"""One look for every figure: Source Sans Pro, a colour per role, quiet axes, words beside the marks instead of legends."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache, wraps
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from textwrap import wrap
from threading import RLock
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure

ROLE = {"carriers": "#CA8013", "platform": "#0E3E93", "drivers": "#36A087", "state": "#61676C", "recipients": "#7C182F"}
PALE = {"carriers": "#F0D9B8", "platform": "#CBD5EA", "drivers": "#CBE6DF", "state": "#D9DCE0", "recipients": "#DFC2C9"}
INK, QUIET, RULE, PAPER = "#1B1F24", "#61676C", "#D9DCE0", "#FFFFFF"
FONT = "Source Sans Pro"
FONTS = Path(str(files("font_source_sans_pro"))) / "files"
FACES = {400: FONTS / "SourceSansPro-Regular.ttf", 600: FONTS / "SourceSansPro-Semibold.ttf", 700: FONTS / "SourceSansPro-Bold.ttf"}
POINTS_PER_INCH = 72.0

THEME: dict[str, Any] = {
    "font.family": FONT, "font.size": 9, "text.color": INK, "text.parse_math": False,
    "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False, "axes.edgecolor": QUIET, "axes.linewidth": 0.7,
    "axes.labelcolor": QUIET, "axes.grid": True, "axes.grid.axis": "y", "axes.axisbelow": True, "axes.facecolor": "none",
    "grid.color": RULE, "grid.linewidth": 0.6, "xtick.color": QUIET, "ytick.color": QUIET,
    "xtick.labelsize": 8.5, "ytick.labelsize": 8.5,
    "xtick.major.size": 3, "xtick.major.width": 0.7, "xtick.minor.size": 0, "ytick.major.size": 0, "ytick.minor.size": 0,
    "lines.linewidth": 1.8, "lines.solid_capstyle": "round", "lines.solid_joinstyle": "round", "hatch.linewidth": 0.6,
    "svg.hashsalt": "gigsupply", "savefig.dpi": 200, "savefig.facecolor": PAPER, "path.simplify": True,
}  # fmt: skip


class Look(NamedTuple):
    """Where a figure will stand: its width in inches, and whether it carries its own headline."""

    width: float
    has_headline: bool = False

    @property
    def is_narrow(self) -> bool:
        """Tell whether the figure is drawn for a phone."""
        return self.width < 5


FILE, PAGE, PHONE = Look(6.3, has_headline=True), Look(6.3), Look(3.6)


class Headline(NamedTuple):
    """The finding of a figure, and below it unit, number of cases, seed and source."""

    title: str
    subtitle: str


class Margins(NamedTuple):
    """White space around and between panels, inches."""

    left: float = 0.42
    right: float = 0.9
    top: float = 0.32
    bottom: float = 0.3
    between: float = 0.42


DEFAULT_MARGINS = Margins()


@cache
def add_fonts() -> None:
    """Make the package's fonts known to matplotlib, once."""
    for face in (*FACES.values(), FONTS / "SourceSansPro-It.ttf"):
        font_manager.fontManager.addfont(str(face))


@cache
def _settings() -> dict[str, Any]:
    """Return matplotlib's own defaults under the theme, so that nobody's matplotlibrc changes a figure."""
    return {name: value for name, value in mpl.rcParamsDefault.items() if not name.startswith("backend")} | THEME


ONE_DRAWS = RLock()  # matplotlib's settings are everybody's: two threads that draw would leave each other theirs


def themed[**P, T](draw: Callable[P, T]) -> Callable[P, T]:
    """Let a function draw or save in the theme, and leave matplotlib's settings as they were."""

    @wraps(draw)
    def in_theme(*args: P.args, **kwargs: P.kwargs) -> T:
        with ONE_DRAWS, mpl.rc_context(_settings()):  # type: ignore[arg-type]
            add_fonts()
            return draw(*args, **kwargs)

    return in_theme


def canvas(
    look: Look, headline: Headline, heights: Sequence[float], margins: Margins = DEFAULT_MARGINS, columns: int = 1
) -> tuple[Figure, list[Axes]]:
    """Return a figure and its panels, row by row, each row of the given height in inches."""
    title = balanced(headline.title, int(look.width * 12.4)) if look.has_headline else []
    subtitle = balanced(headline.subtitle, int(look.width * 17.4)) if look.has_headline else []
    head = (len(title) * 16.5 + len(subtitle) * 12.5 + 9) / POINTS_PER_INCH if title else 0.0
    inner = sum(heights) + margins.between * (len(heights) - 1)
    height = head + margins.top + inner + margins.bottom
    figure = Figure(figsize=(look.width, height))
    grid = figure.add_gridspec(
        len(heights), columns, height_ratios=heights, hspace=margins.between / (sum(heights) / len(heights)), wspace=0.08,
        left=margins.left / look.width, right=1 - margins.right / look.width,
        bottom=margins.bottom / height, top=1 - (head + margins.top) / height,
    )  # fmt: skip
    place: dict[str, Any] = {"x": 0.0, "ha": "left", "va": "top"}
    figure.text(y=1 - 2 / POINTS_PER_INCH / height, s="\n".join(title), size=13, weight=600, linespacing=1.12, **place)
    below = (len(title) * 16.5 + 4) / POINTS_PER_INCH / height
    figure.text(y=1 - below, s="\n".join(subtitle), size=9.5, color=QUIET, linespacing=1.2, **place)
    return figure, [figure.add_subplot(grid[row, column]) for row in range(len(heights)) for column in range(columns)]


def balanced(text: str, width: int) -> list[str]:
    """Break a text into as few lines as `width` characters allow, and make those lines of similar length."""
    lines = wrap(text, width)
    while width > 1 and len(wrap(text, width - 1)) == len(lines):
        width -= 1
    return wrap(text, width)


def panel_head(axes: Axes, text: str, shift: float = 0.0) -> None:
    """Write a panel's own heading above its upper left corner, `shift` inches to the left of the axes."""
    offset = (-shift * POINTS_PER_INCH, 7)
    axes.annotate(text, (0, 1), offset, "axes fraction", "offset points", size=9.5, weight=600, ha="left", va="bottom")


def words_beside(axes: Axes, words: Iterable[tuple[float, str, str]], gap: float = 11.0) -> None:
    """Write words to the right of the axes at their heights, pushed apart to at least `gap` points. words: y, text, colour."""
    low, high = axes.get_ylim()
    points = axes.get_position().height * axes.figure.get_figheight() * POINTS_PER_INCH  # type: ignore[union-attr]
    ordered = sorted(words)
    heights = apart([(y - low) / (high - low) * points for y, _, _ in ordered], gap)
    for height, (_, text, colour) in zip(heights, ordered, strict=True):
        axes.annotate(
            text, (1, 0), (5, height), "axes fraction", "offset points", color=colour, weight=600, size=8.5, va="center", ha="left"
        )


def left_aligned(axes: Axes, inches: float) -> None:
    """Let the names on the vertical axis start `inches` to the left of it."""
    axes.tick_params(axis="y", pad=inches * POINTS_PER_INCH)
    for label in axes.get_yticklabels():
        label.set_horizontalalignment("left")


def apart(heights: Sequence[float], gap: float) -> list[float]:
    """Move ascending heights as little as needed so that neighbours are at least `gap` apart, clusters about their centre."""
    clusters: list[list[float]] = []
    for height in heights:
        clusters.append([height])
        while len(clusters) > 1 and _top(clusters[-2], gap) + gap > _bottom(clusters[-1], gap):
            last = clusters.pop()
            clusters[-1] += last
    return [_bottom(cluster, gap) + k * gap for cluster in clusters for k in range(len(cluster))]


def _bottom(cluster: list[float], gap: float) -> float:
    return sum(cluster) / len(cluster) - gap * (len(cluster) - 1) / 2


def _top(cluster: list[float], gap: float) -> float:
    return sum(cluster) / len(cluster) + gap * (len(cluster) - 1) / 2


def number_of(day: date) -> float:
    """Return the place of a day on a time axis."""
    return float(date2num(datetime.combine(day, time())))


def month_axis(axes: Axes, first: date, last: date, *, has_words: bool = True) -> None:
    """Mark the first of each month, and write the month's name in its middle where there is room."""
    starts = [first.replace(day=1)]
    while starts[-1] <= last:
        starts.append((starts[-1] + timedelta(32)).replace(day=1))
    spans = [(max(a, first), min(b, last + timedelta(1))) for a, b in pairwise(starts)]
    named = [(a, b) for a, b in spans if (b - a).days >= 10]
    axes.set_xlim(number_of(first) - 0.6, number_of(last) + 0.6)
    axes.set_xticks([number_of(start) for start in starts if first <= start <= last], [])
    axes.set_xticks([(number_of(a) + number_of(b)) / 2 for a, b in named], minor=True)
    names = [f"{a:%b}" + (f" {a:%Y}" if k == 0 or a.month == 1 else "") for k, (a, b) in enumerate(named)]
    axes.set_xticklabels(names if has_words else [""] * len(named), minor=True)
    axes.tick_params(axis="x", which="minor", labelsize=8.5, pad=5)
    axes.grid(visible=False, axis="x", which="both")
