"""The same season with other draws: how far one seed can be trusted."""

from typing import Any

from matplotlib.figure import Figure

from ..story import Frame, Story
from ..theme import INK, PAGE, QUIET, ROLE, RULE, Headline, Look, Margins, canvas, left_aligned, themed
from .picture import Picture

ROW = 0.2


def picture(story: Story) -> Picture:
    """Return the figure with its words."""
    seasons = story.seasons.sort_values("parcels_late_share_without", kind="stable")
    head = headline(seasons)
    low, high = seasons["parcels_late_share_without"].min(), seasons["parcels_late_share_without"].max()
    return Picture(
        "seasons",
        head,
        f"A row of two dots for each of {len(seasons)} seeds. Without the platform {100 * low:.1f} to {100 * high:.1f} % of "
        "parcels are late.",
        "Each row is the whole season once more with other draws, the same ones in both arms. "
        f"Seed {story.seed} is the season told on this page. "
        "Demand differs between seeds, and queues with it.",
        lambda look: seasons_figure(seasons, story.seed, head, look),
    )


def headline(seasons: Frame) -> Headline:
    """Count the seasons in which fewer parcels are late with the platform."""
    better, n = int((seasons["parcels_late_share"] < seasons["parcels_late_share_without"]).sum()), len(seasons)
    subtitle = f"Late parcels, per cent of all delivered; n = {n} seasons, one seed each"
    difference = 100 * (seasons["parcels_late_share_without"] - seasons["parcels_late_share"]).abs()
    spread = f"{difference.min():.1f} to {difference.max():.1f} points"
    if better == n:
        return Headline(f"In all {n} seasons fewer parcels are late with the platform, by {spread}", subtitle)
    if better == 0:
        return Headline(f"In none of {n} seasons fewer parcels are late with the platform", subtitle)
    return Headline(f"In {better} of {n} seasons fewer parcels are late with the platform", subtitle)


@themed
def seasons_figure(seasons: Frame, seed: int, head: Headline, look: Look = PAGE) -> Figure:
    """Draw a row per seed: an open dot without, a full one with the platform."""
    margins = Margins(left=0.72, right=0.3, top=0.26)
    figure, (axes,) = canvas(look, head, (ROW * len(seasons) + 0.1,), margins)
    y = list(range(len(seasons)))[::-1]
    late, alone = 100 * seasons["parcels_late_share"], 100 * seasons["parcels_late_share_without"]
    axes.hlines(y, late, alone, color=ROLE["platform"], linewidth=1.5, zorder=2)
    axes.plot(alone, y, "o", markerfacecolor="white", markeredgecolor=INK, markeredgewidth=1.3, markersize=6, zorder=3)
    axes.plot(late, y, "o", color=ROLE["platform"], markersize=7, zorder=3)
    axes.set_xlim(0, max(late.max(), alone.max(), 1.0) * 1.06)
    axes.set_ylim(-0.7, len(seasons) - 0.3)
    axes.set_yticks(y, [f"seed {number}" for number in seasons["seed"]], size=8.5)
    left_aligned(axes, margins.left)
    for label, number in zip(axes.get_yticklabels(), seasons["seed"], strict=True):
        label.set(fontweight=600 if number == seed else 400, color=INK if number == seed else QUIET)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=True, axis="y", color=RULE, linewidth=0.4)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g} %")
    above: dict[str, Any] = {"xytext": (0, 7), "textcoords": "offset points", "va": "bottom", "size": 8.5, "weight": 600}
    axes.annotate(
        "with the platform", (late.iloc[-1], 1), ha="right", color=ROLE["platform"], xycoords=("data", "axes fraction"), **above
    )
    axes.annotate("without", (alone.iloc[-1], 1), ha="center", color=INK, xycoords=("data", "axes fraction"), **above)
    return figure
