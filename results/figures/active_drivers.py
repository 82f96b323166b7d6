"""How many drive, and who they are: drivers active within 28 days by group."""

import colorsys

import numpy as np
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

from experiments.closing_table import GROUP_NAMES
from model.roster import GROUPS

from ..people import PEOPLE
from ..story import Frame, Story
from ..theme import INK, PAGE, ROLE, Headline, Look, Margins, canvas, month_axis, number_of, themed, words_beside
from .picture import Picture


def picture(story: Story) -> Picture:
    """Return the figure with its words."""
    days = story.days
    head = headline(days, story.parameters.population.drivers, story.seed)
    last = days.iloc[-1]
    parts = ", ".join(f"{GROUP_NAMES[group]} {last[f'drivers_active_{group}']:,.0f}" for group in GROUPS)
    return Picture(
        "active-drivers",
        head,
        f"A stacked area by day. {head.title}. On the last day: {parts}.",
        f"Active: drove a block within the last 28 days. On the last day {last['drivers_registered']:,.0f} persons were registered "
        f"and {last['drivers_aware']:,.0f} knew of the platform.",
        lambda look: active_drivers(days, head, look),
    )


def headline(days: Frame, pool: int, seed: int) -> Headline:
    """State the peak and the largest group on that day."""
    subtitle = f"Drivers who drove a block within 28 days, by group; pool of {pool:,} persons, seed {seed}"
    peak = days.loc[days["drivers_active"].idxmax()]
    if not peak["drivers_active"]:
        return Headline("Nobody drove a block", subtitle)
    by_group = {group: peak[f"drivers_active_{group}"] for group in GROUPS}
    largest = max(by_group, key=lambda group: by_group[group])
    part = 100 * by_group[largest] / peak["drivers_active"]
    who = f"{part:.0f} % are {PEOPLE[largest]}"
    if peak["date"] == days["date"].iloc[-1]:
        return Headline(f"{peak['drivers_active']:,.0f} people drive, and still more each week; {who}", subtitle)
    return Headline(f"At most {peak['drivers_active']:,.0f} people drive, on {peak['date'].day} {peak['date']:%B}; {who}", subtitle)


@themed
def active_drivers(days: Frame, head: Headline, look: Look = PAGE) -> Figure:
    """Draw the groups as layers, the largest at the bottom, names beside them."""
    margins = Margins(left=0.42, right=0.98, top=0.12)
    figure, (axes,) = canvas(look, head, (1.9,), margins)
    ever = days[days["drivers_active"] > 0]
    shown = days.loc[ever.index[0] :] if len(ever) else days
    x = [number_of(day.date()) for day in shown["date"]]
    order = sorted(GROUPS, key=lambda group: -shown[f"drivers_active_{group}"].iloc[-1])
    layers = [shown[f"drivers_active_{group}"].to_numpy() for group in order]
    axes.stackplot(x, layers, colors=tints(len(order)), edgecolor="white", linewidth=0.8)
    top = np.sum(layers, axis=0)
    axes.plot(x, top, color=INK, linewidth=1.0)
    axes.set_ylim(0, max(top.max(), 1) * 1.1)
    axes.locator_params(axis="y", nbins=5)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    middles = [sum(layer[-1] for layer in layers[:k]) + layers[k][-1] / 2 for k in range(len(layers))]
    words_beside(axes, [(middle, GROUP_NAMES[group], INK) for middle, group in zip(middles, order, strict=True)], 10.5)
    month_axis(axes, shown["date"].iloc[0].date(), shown["date"].iloc[-1].date())
    return figure


def tints(number: int) -> list[str]:
    """Return shades of the drivers' colour, dark and light in turn, so that neighbours differ in black and white too."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*to_rgb(ROLE["drivers"]))
    deep = [lightness * (0.72 + 0.14 * (k // 2)) for k in range(number)]
    pale = [0.62 + 0.09 * (k // 2) for k in range(number)]
    return [to_hex(colorsys.hls_to_rgb(hue, pale[k] if k % 2 else deep[k], saturation)) for k in range(number)]
