"""What an hour leaves, unpaid ways included, by group, when cars cost their kilometres only and when they bear everything."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.closing_table import GROUP_NAMES
from experiments.measures import net_at_full_cost

from ..story import Frame, Story
from ..theme import INK, PAGE, POINTS_PER_INCH, QUIET, ROLE, RULE, Headline, Look, Margins, canvas, left_aligned, themed
from .picture import Picture

EVERYONE = "all"
ROW = 0.27  # height of a group's row, inches


def picture(story: Story) -> Picture:
    """Return the figure with its words."""
    groups, minimum = net_by_group(story.persons), story.minimum_wage
    head = headline(groups, minimum, int(story.days["blocks_driven"].sum()), story.seed)
    best, worst = groups.iloc[0], groups.iloc[-2] if len(groups) > 1 else groups.iloc[-1]
    return Picture(
        "net-pay",
        head,
        f"A row of two dots for each group of drivers. The best paid, {best['name']}, keep {best['marginal']:.2f} EUR an hour at "
        f"marginal car cost, the worst paid, {worst['name']}, {worst['marginal']:.2f}. The minimum wage is {minimum:.2f} EUR.",
        "Net pay after tax, contributions, withdrawn transfers and the car, divided by block hours and the unpaid ways to and from "
        "the station. Marginal cost is fuel and wear of each kilometre; full cost adds its share of purchase, insurance and "
        "vehicle tax. "
        "The minimum wage does not apply to self-employed drivers: it is a yardstick here.",
        lambda look: net_pay(groups, minimum, head, look),
    )


def net_by_group(persons: Frame) -> Frame:
    """Return a row for each group that drove, best first, and one for all drivers.

    Columns: name, blocks, marginal and full (net EUR per hour at that car cost), below_share (of blocks, the minimum wage).
    """
    sums = persons.groupby("group", observed=True).sum(numeric_only=True)
    sums = sums[sums["blocks_driven"] > 0].set_axis(sums.index[sums["blocks_driven"] > 0].astype(str))
    sums.loc[EVERYONE] = sums.sum()
    groups = pd.DataFrame(
        {
            "name": [GROUP_NAMES.get(str(group), "all drivers") for group in sums.index],
            "blocks": sums["blocks_driven"],
            "marginal": sums["net_total_eur"] / sums["hours_total"],
            "full": [net_at_full_cost(row) for row in sums.to_dict("records")] / sums["hours_total"],
            "below_share": sums["blocks_below_minimum_wage"] / sums["blocks_driven"],
        }
    )
    best_first = groups.drop(EVERYONE).sort_values("marginal", ascending=False, kind="stable")
    return pd.concat([best_first, groups.loc[[EVERYONE]]])


def headline(groups: Frame, minimum: float, blocks: int, seed: int) -> Headline:
    """State which groups reach the minimum wage."""
    subtitle = f"Net EUR per hour with unpaid ways, whole season; n = {blocks:,} blocks driven, seed {seed}"
    own = groups.drop(EVERYONE)
    reach = own[own["marginal"] >= minimum]["name"].tolist()
    if own.empty:
        return Headline("Nobody drove a block", subtitle)
    if not reach:
        return Headline(f"On average no group keeps the minimum wage of {minimum:.2f} EUR an hour", subtitle)
    if len(reach) == len(own):
        return Headline(f"On average every group keeps more than the minimum wage of {minimum:.2f} EUR an hour", subtitle)
    keep = "keeps" if len(reach) == 1 and reach[0].startswith("minijob") else "keep"
    return Headline(f"On average only {_listed(reach)} {keep} the minimum wage of {minimum:.2f} EUR an hour", subtitle)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


@themed
def net_pay(groups: Frame, minimum: float, head: Headline, look: Look = PAGE) -> Figure:
    """Draw a row per group: a full dot at marginal cost, an open one at full cost."""
    margins = Margins(left=0.98, right=0.62 if look.is_narrow else 1.1, top=0.44, bottom=0.28)
    figure, (axes,) = canvas(look, head, (ROW * len(groups) + 0.16,), margins)
    y = [*range(len(groups), 1, -1), 0.75]
    axes.hlines(y, groups["full"], groups["marginal"], color=ROLE["drivers"], linewidth=1.6, zorder=2)
    axes.plot(groups["marginal"], y, "o", color=ROLE["drivers"], markersize=8, zorder=4)
    open_dot: dict[str, Any] = {
        "markerfacecolor": "white",
        "markeredgecolor": ROLE["drivers"],
        "markeredgewidth": 1.6,
        "markersize": 7,
    }
    axes.plot(groups["full"], y, "o", zorder=4, **open_dot)
    axes.axvline(minimum, color=INK, linewidth=1.1, linestyle=(0, (4, 2)), zorder=1)
    axes.axhline(1.38, color=QUIET, linewidth=0.7)
    axes.set_xlim(min(0.0, groups["full"].min() - 1), max(minimum, groups["marginal"].max()) + 1.2)
    axes.set_ylim(0.2, len(groups) + 0.6)
    axes.locator_params(axis="x", integer=True, nbins=6, steps=[1, 2, 5, 10])
    _row_words(axes, groups, y, margins)
    _column_heads(axes, groups.iloc[0], minimum, margins, look)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=True, axis="y", color=RULE, linewidth=0.4)
    return figure


def _row_words(axes: Axes, groups: Frame, y: list[float], margins: Margins) -> None:
    """Write each row's name, its two values beside the dots, and the share of blocks below the minimum wage."""
    white: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    beside: dict[str, Any] = {"textcoords": "offset points", "va": "center", "size": 8.5}
    for row, (group, values) in zip(y, groups.iterrows(), strict=True):
        bold = 600 if group == EVERYONE else 400
        axes.annotate(f"{values['marginal']:.2f}", (values["marginal"], row), (7, -0.5), weight=600, bbox=white, zorder=3, **beside)
        axes.annotate(
            f"{values['full']:.2f}", (values["full"], row), (-7, -0.5), ha="right", color=QUIET, bbox=white, zorder=3, **beside
        )
        place: dict[str, Any] = {
            "xy": (1, row),
            "xycoords": ("axes fraction", "data"),
            "xytext": (margins.right * POINTS_PER_INCH - 2, -0.5),
        }
        axes.annotate(f"{100 * values['below_share']:.0f} %", ha="right", weight=bold, **place, **beside)
    axes.set_yticks(y, [name[0].upper() + name[1:] for name in groups["name"]], color=INK, size=9)
    left_aligned(axes, margins.left)
    axes.get_yticklabels()[-1].set_fontweight(600)


def _column_heads(axes: Axes, best: Frame, minimum: float, margins: Margins, look: Look) -> None:
    """Say above the rows what dots, line and last column are."""
    above: dict[str, Any] = {"xycoords": ("data", "axes fraction"), "textcoords": "offset points", "va": "bottom", "size": 8.5}
    full, marginal = ("full cost", "marginal") if look.is_narrow else ("full car cost", "marginal car cost")
    axes.annotate(full, (best["full"], 1), (4, 2), ha="right", color=QUIET, **above)
    axes.annotate(marginal, (best["full"], 1), (9, 2), ha="left", color=ROLE["drivers"], weight=600, **above)
    axes.annotate(f"minimum wage {minimum:.2f}", (minimum, 1), (12 if look.is_narrow else 0, 15), color=INK, weight=600,
                  ha="right" if look.is_narrow else "center", **above)  # fmt: skip
    last: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "va": "bottom", "ha": "right", "size": 8.5}
    axes.annotate(
        "below it" if look.is_narrow else "blocks below it", (1, 1), (margins.right * POINTS_PER_INCH - 2, 15), color=QUIET, **last
    )
