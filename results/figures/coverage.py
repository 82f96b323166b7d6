"""Who carries the parcels, how much of the gap the platform covers, and how long the queues get with and without it."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.closing_table import share
from experiments.measures import late_share, ratio, totals

from ..story import Frame, Story
from ..theme import (
    INK,
    PAGE,
    PALE,
    QUIET,
    ROLE,
    Headline,
    Look,
    Margins,
    canvas,
    month_axis,
    number_of,
    panel_head,
    themed,
    words_beside,
)
from .picture import Picture, weekly

THOUSAND = 1000.0


def picture(story: Story) -> Picture:
    """Return the figure with its words."""
    days, alone = story.days, story.days_without
    head = headline(days, alone, story.seed)
    peak, peak_alone = days["parcels_backlog"].max(), alone["parcels_backlog"].max()
    return Picture(
        "coverage",
        head,
        f"Three charts by week and day. Carriers deliver most parcels; the platform {share(platform_share(days))} of them. "
        f"The queue peaks at {peak:,.0f} parcels with the platform and at {peak_alone:,.0f} without it.",
        "Bars are means of a week's working days. Carriers' parcels include relief vans. The gap counts parcels beyond the "
        "carriers' "
        "own couriers on the day they arrive; drivers also carry parcels that have waited, so blue can stand above the gap. "
        "Queues: at each day's end.",
        lambda look: coverage(days, alone, head, look),
    )


def platform_share(days: Frame) -> float:
    """Return the share of delivered parcels that the platform's drivers carried."""
    carried = days["parcels_delivered_by_platform"].sum()
    return ratio(carried, days["parcels_delivered_by_carriers"].sum() + carried)


def headline(days: Frame, alone: Frame, seed: int) -> Headline:
    """State what the platform carries and what becomes of the late parcels, whichever way it went."""
    late, late_alone, carried = late_share(totals(days)), late_share(totals(alone)), platform_share(days)
    subtitle = f"Parcels, thousand; {len(days)} days, seed {seed}, with and without the platform"
    if not carried > 0:
        return Headline(f"The platform carries no parcel; {share(late)} arrive late", subtitle)
    if share(late) == share(late_alone):
        return Headline(
            f"The platform carries {share(carried)} of parcels; {share(late)} are late with it and without it", subtitle
        )
    verb = "fall" if late < late_alone else "rise"
    return Headline(
        f"Drivers carry {share(carried)} of parcels; late parcels {verb} from {share(late_alone)} to {share(late)}", subtitle
    )


@themed
def coverage(days: Frame, alone: Frame, head: Headline, look: Look = PAGE) -> Figure:
    """Draw deliveries, gap and queues, one above the other."""
    margins = Margins(left=0.36, right=0.72 if look.is_narrow else 0.8)
    figure, panels = canvas(look, head, (1.25, 1.05, 1.6), margins)
    _deliveries(panels[0], weekly(days))
    _gap(panels[1], weekly(days))
    _queues(panels[2], days, alone)
    first, last = days["date"].iloc[0].date(), days["date"].iloc[-1].date()
    for axes in panels:
        month_axis(axes, first, last, has_words=axes is panels[-1])
    heads = (
        "Parcels delivered a working day, thousand",
        "Gap and platform, thousand a working day",
        "Queues with and without the platform, thousand",
    )
    for axes, text in zip(panels, heads, strict=True):
        panel_head(axes, text, margins.left)
    return figure


def _deliveries(axes: Axes, weeks: Frame) -> None:
    middle = [number_of(day.date()) + 2.5 for day in weeks.index]
    carriers, platform = weeks["parcels_delivered_by_carriers"] / THOUSAND, weeks["parcels_delivered_by_platform"] / THOUSAND
    arrived = weeks["parcels_arrived"] / THOUSAND
    axes.bar(middle, carriers, 5.6, color=ROLE["carriers"])
    axes.bar(middle, platform, 5.6, bottom=carriers, color=ROLE["platform"])
    axes.hlines(arrived, [x - 3.2 for x in middle], [x + 3.2 for x in middle], color=INK, linewidth=1.3)
    axes.set_ylim(0, max(arrived.max(), (carriers + platform).max()) * 1.06)
    axes.locator_params(axis="y", nbins=4)
    top = carriers.iloc[-1] + platform.iloc[-1]
    words_beside(
        axes,
        [
            (carriers.iloc[-1] / 2, "carriers", ROLE["carriers"]),
            (top, "platform", ROLE["platform"]),
            (arrived.iloc[-1] + 1e-6, "arrived", INK),
        ],
    )


def _gap(axes: Axes, weeks: Frame) -> None:
    middle = [number_of(day.date()) + 2.5 for day in weeks.index]
    gap, platform = weeks["parcels_gap"] / THOUSAND, weeks["parcels_delivered_by_platform"] / THOUSAND
    axes.bar(middle, gap, 5.6, color=PALE["recipients"])
    axes.bar(middle, platform, 3.2, color=ROLE["platform"])
    axes.set_ylim(0, max(gap.max(), platform.max(), 1.0) * 1.06)
    axes.locator_params(axis="y", nbins=4)
    words_beside(axes, [(gap.iloc[-1], "gap", ROLE["recipients"]), (platform.iloc[-1], "platform", ROLE["platform"])])


def _queues(axes: Axes, days: Frame, alone: Frame) -> None:
    """Draw both queues, and a hair line from each peak to its name in the margin."""
    x = [number_of(day.date()) for day in days["date"]]
    queue, queue_alone = days["parcels_backlog"] / THOUSAND, alone["parcels_backlog"] / THOUSAND
    axes.fill_between(x, queue, queue_alone, color=PALE["platform"], linewidth=0)
    for line in (queue, queue_alone):
        peak = int(line.to_numpy().argmax())
        axes.hlines(line.iloc[peak], x[peak], x[-1] + 1, color=QUIET, linewidth=0.6, linestyle=(0, (1, 2)))
    axes.plot(x, queue_alone, color=INK, linewidth=1.0)
    axes.plot(x, queue, color=ROLE["platform"], linewidth=1.9)
    axes.set_ylim(0, max(queue.max(), queue_alone.max(), 1.0) * 1.08)
    axes.locator_params(axis="y", nbins=5)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    words = [
        (queue_alone.max(), f"without {queue_alone.max():,.0f}", INK),
        (queue.max(), f"with {queue.max():,.0f}", ROLE["platform"]),
    ]
    words_beside(axes, words)
