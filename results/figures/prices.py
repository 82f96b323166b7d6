"""What a block pays day by day, between the first and the highest offer, and how many blocks find a driver."""

from datetime import timedelta

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.closing_table import share
from experiments.measures import ratio

from ..story import Frame, Story
from ..theme import INK, PAGE, PALE, ROLE, Headline, Look, Margins, canvas, month_axis, number_of, panel_head, themed, words_beside
from .picture import Picture, weekly

FLAT = 0.02  # mean pay of two months that differ by less counts as level


def picture(story: Story) -> Picture:
    """Return the figure with its words."""
    open_days, cap = story.open_days, story.pay_cap_per_block
    head = headline(open_days, cap, story.seed)
    at_cap = int((open_days["pay_highest_offer_per_block_eur"] >= cap).sum())
    return Picture(
        "prices",
        head,
        f"Two charts by day and week. {head.title}. Offers reach the cap on {at_cap} of {len(open_days)} days with blocks.",
        "Bars span a day's first and highest offer, the line is the mean of driven blocks; on days without a bar no block "
        "was posted. "
        "The platform starts each evening at the first offer and adds a step per round while blocks stay open, up to "
        f"{cap:.0f} EUR. "
        f"It got there on {at_cap} of {len(open_days)} days.",
        lambda look: prices(story.days, cap, head, look),
    )


def mean_pay_by_month(open_days: Frame) -> Frame:
    """Return mean pay per driven block, EUR, for months with at least five days of blocks."""
    months = open_days.groupby(open_days["date"].dt.to_period("M"))
    sums = months[["pay_total_eur", "blocks_driven"]].sum()[months.size() >= 5]
    driven = sums[sums["blocks_driven"] > 0]
    return driven["pay_total_eur"] / driven["blocks_driven"]


def headline(open_days: Frame, cap: float, seed: int) -> Headline:
    """State the path of mean pay from the first month over its highest to the last."""
    n = int(open_days["blocks_posted"].sum())
    subtitle = f"Pay per block, EUR, and blocks a working day; n = {n:,} blocks posted on {len(open_days)} days, seed {seed}"
    pay = mean_pay_by_month(open_days)
    if pay.empty:
        return Headline("No block was driven", subtitle)
    first, last, top = pay.index[0], pay.index[-1], pay.idxmax()
    words = {month: f"{pay[month]:.0f} EUR in {month.strftime('%B')}" for month in (first, last, top)}
    if pay[last] < pay[top] * (1 - FLAT):
        return Headline(f"Mean pay slides from {words[top]} to {words[last]}; the cap is {cap:.0f}", subtitle)
    if pay[last] > pay[first] * (1 + FLAT):
        return Headline(f"Mean pay climbs from {words[first]} to {words[last]}; the cap is {cap:.0f}", subtitle)
    return Headline(f"Mean pay stays near {pay.mean():.0f} EUR a block; the cap is {cap:.0f}", subtitle)


@themed
def prices(days: Frame, cap: float, head: Headline, look: Look = PAGE) -> Figure:
    """Draw offers and mean pay by day, and blocks posted and filled by week."""
    margins = Margins(left=0.32, right=0.7, between=0.5)
    figure, (pay, blocks) = canvas(look, head, (1.95, 1.15), margins)
    open_days = days[days["blocks_posted"] > 0]
    first, last = open_days["date"].iloc[0].date(), days["date"].iloc[-1].date()
    first -= timedelta(first.weekday())
    _pay(pay, open_days, cap)
    _blocks(blocks, open_days)
    for axes in (pay, blocks):
        month_axis(axes, first, last, has_words=axes is blocks)
    panel_head(pay, "Pay per block, EUR", margins.left)
    panel_head(
        blocks, "Blocks posted and filled a working day" + ("" if look.is_narrow else ", and share filled by month"), margins.left
    )
    return figure


def _pay(axes: Axes, days: Frame, cap: float) -> None:
    x = [number_of(day.date()) for day in days["date"]]
    first, highest = days["pay_first_offer_per_block_eur"], days["pay_highest_offer_per_block_eur"]
    mean = days["pay_mean_per_block_eur"].interpolate()
    axes.bar(x, highest - first, 0.9, bottom=first, color=PALE["platform"])
    axes.plot(x, mean, color=ROLE["platform"], linewidth=2.0)
    axes.axhline(cap, color=INK, linewidth=1.1, linestyle=(0, (4, 2)))
    axes.set_ylim((min(first.min(), mean.min()) - 1) // 5 * 5, cap + 2)
    axes.locator_params(axis="y", nbins=5, steps=[1, 2, 5, 10])
    words_beside(
        axes,
        [
            (cap + 1e-6, f"cap {cap:.0f}", INK),
            (highest.iloc[-1], "highest", "#5B78B4"),
            (mean.iloc[-1], f"mean {mean.iloc[-1]:.0f}", ROLE["platform"]),
            (first.iloc[-1], "first offer", "#5B78B4"),
        ],
    )


def _blocks(axes: Axes, days: Frame) -> None:
    weeks = weekly(days)
    middle = [number_of(day.date()) + 2.5 for day in weeks.index]
    axes.bar(middle, weeks["blocks_posted"], 5.6, color=PALE["drivers"])
    axes.bar(middle, weeks["blocks_filled"], 5.6, color=ROLE["drivers"])
    top = weeks["blocks_posted"].max()
    axes.set_ylim(0, top * 1.24)
    axes.locator_params(axis="y", nbins=4)
    for _, month in days.groupby(days["date"].dt.to_period("M")):
        if len(month) >= 5:
            centre = (number_of(month["date"].iloc[0].date()) + number_of(month["date"].iloc[-1].date())) / 2
            filled = ratio(month["blocks_filled"].sum(), month["blocks_posted"].sum())
            axes.text(centre, top * 1.08, share(filled), ha="center", va="bottom", size=8.5, weight=600, color=INK)
    last = weeks.iloc[-1]
    words_beside(axes, [(last["blocks_filled"] / 2, "filled", ROLE["drivers"]), (last["blocks_posted"], "posted", "#61676C")])
