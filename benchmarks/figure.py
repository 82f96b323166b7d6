"""Driver-days per second against the size of the pool: this model, plain Mesa at its best, and the usual Mesa."""

from io import BytesIO
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from results.theme import FILE, QUIET, ROLE, Headline, Margins, canvas, panel_head, themed, words_beside

from .speed import BEST, PRODUCT, USUAL

NAMES = {PRODUCT: "gigsupply", BEST: "plain Mesa\nat its best", USUAL: "usual Mesa"}
COLOURS = {PRODUCT: ROLE["platform"], BEST: ROLE["drivers"], USUAL: QUIET}
PANELS = {0.1: "a tenth registered", 1.0: "all registered"}


@themed
def png(result: dict[str, Any]) -> bytes:
    """Draw the figure as PNG."""
    target = BytesIO()
    speed_figure(result).savefig(target, format="png", metadata={"Software": "gigsupply", "Title": headline(result).title})
    return target.getvalue()


def headline(result: dict[str, Any]) -> Headline:
    """Say what the ratio is in the largest pool that all markets were measured on."""
    tenth, everybody = result["speed"][-2:]
    title = (
        f"With {tenth['drivers']:,} drivers, {tenth['times'][USUAL]:,.0f} times the usual Mesa market's speed where a tenth is "
        f"registered, {everybody['times'][USUAL]:,.0f} times where all are"
    )
    return Headline(title, "Driver-days per second (all potential drivers count), both axes logarithmic; one core")


@themed
def speed_figure(result: dict[str, Any]) -> Figure:
    """Draw a panel per share registered."""
    figure, panels = canvas(FILE, headline(result), [2.1], Margins(right=1.05, top=0.34, bottom=0.42), columns=2)
    fastest = max(row["driver_days_per_second"][PRODUCT] for row in result["speed"])
    slowest = min(row["driver_days_per_second"][USUAL] for row in result["speed"])
    for axes, (share, words) in zip(panels, PANELS.items(), strict=True):
        rows = [row for row in result["speed"] if abs(row["registered_share"] - share) < 0.05]
        for kind in NAMES:
            rates = [row["driver_days_per_second"][kind] for row in rows]
            axes.plot([row["drivers"] for row in rows], rates, "o-", color=COLOURS[kind], markersize=4)
        axes.set(xscale="log", yscale="log", ylim=(slowest / 2, fastest * 2))
        axes.set_xticks([row["drivers"] for row in rows], [short(row["drivers"]) for row in rows])
        axes.minorticks_off()
        axes.yaxis.set_major_formatter(lambda value, _: short(value))
        axes.set_xlabel("potential drivers")
        panel_head(axes, words)
    panels[1].set_yticklabels([])
    names_beside(panels[1], result["speed"][-1])
    return figure


def names_beside(axes: Axes, last: dict[str, Any]) -> None:
    """Write the markets' names at the ends of their lines; heights go by the logarithm of the scale."""
    rates = last["driver_days_per_second"]
    low, high = axes.get_ylim()
    position = axes.transScale.transform
    bottom, top = position((1, low))[1], position((1, high))[1]
    linear = {kind: low + (position((1, rates[kind]))[1] - bottom) / (top - bottom) * (high - low) for kind in NAMES}
    words_beside(axes, [(linear[kind], NAMES[kind], COLOURS[kind]) for kind in NAMES], gap=22.0)


def short(number: float) -> str:
    """Write a number with M or k."""
    return f"{number / 1e6:g} M" if number >= 1e6 else f"{number / 1e3:g} k" if number >= 1e3 else f"{number:g}"
