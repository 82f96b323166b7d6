"""Where the run stands against what is known, row by row: published figure, the run's figure, and whether they agree."""

from typing import NamedTuple

from experiments.closing_table import money, share, whole
from experiments.measures import net_at_full_cost, ratio, totals

from .figures.prices import mean_pay_by_month
from .story import Story
from .tables import Table

NET_OF_17_EUR = (8.84, 12.0)  # what a driver and the platform say is left of 17 EUR/h (DIE ZEIT 35/2018)


class Comparison(NamedTuple):
    """A published range and the run's value, with the words for both."""

    measure: str
    published: str
    low: float
    high: float
    value: float
    value_in_words: str

    @property
    def verdict(self) -> str:
        """Say where the run's value lies."""
        if self.value != self.value:
            return "not measured"
        return "below" if self.value < self.low else "above" if self.value > self.high else "inside"


def comparisons(story: Story) -> list[Comparison]:
    """Return each comparison that a single season allows. Published figures: 2017 to 2018, Germany, unless said."""
    total = totals(story.days)
    low, high = NET_OF_17_EUR[0] / 17, NET_OF_17_EUR[1] / 17
    before_tax, before_tax_full = (
        ratio(
            ratio(net + total["tax_total_eur"], total["driver_hours"]), ratio(total["pay_total_eur"], total["block_hours_driven"])
        )
        for net in (total["net_total_eur"], net_at_full_cost(total))
    )
    below = ratio(total["blocks_below_minimum_wage"], total["blocks_driven"])
    unpaid = ratio(total["driver_hours"] - total["block_hours_driven"], total["blocks_driven"])
    change, peak = change_of_pay(story), float(story.days["drivers_active"].max())
    left, ranges = "Left per hour before tax, of a block's pay per hour", f"{100 * low:.0f} to {100 * high:.0f} %"
    abroad = "25 to 60 % of driver-months (ride-hailing, USA; Zoepf 2018, Mishel 2018)"
    rising = "higher: the highest offer went from 16 to 17 EUR/h in nine months (press)"
    return [
        Comparison("Active drivers at the peak", "500 to 3,000, an order of magnitude", 500, 3000, peak, whole(peak)),
        Comparison(f"{left}, marginal car cost", f"{ranges} (DIE ZEIT 35/2018)", low, high, before_tax, share(before_tax)),
        Comparison(f"{left}, full car cost", f"{ranges} (the same)", low, high, before_tax_full, share(before_tax_full)),
        Comparison("Blocks that leave less than the minimum wage", abroad, 0.25, 0.60, below, share(below)),
        Comparison("Unpaid way per block, hours", "0.75 (derived)", 0.7, 0.8, unpaid, money(unpaid)),
        Comparison(
            "Mean pay, last month against first", rising, 0.0, 17 / 16 - 1, change, f"{100 * change:+.1f} %".replace("-", "−")
        ),
    ]


def change_of_pay(story: Story) -> float:
    """Return by which share mean pay of the last month with blocks differs from that of the first; nan with one month."""
    pay = mean_pay_by_month(story.open_days)
    return float(pay.iloc[-1] / pay.iloc[0] - 1) if len(pay) > 1 else float("nan")


def against_evidence(story: Story) -> Table:
    """Return the comparisons as a table."""
    rows = [(one.measure, one.published, one.value_in_words, one.verdict) for one in comparisons(story)]
    return Table("The run against what is known", ("Measure", "Published", "This run", "The run is"), rows, is_text=True)


def disagreements(story: Story) -> str:
    """Return one sentence that counts what lies outside its published range."""
    all_of_them = comparisons(story)
    outside = [one for one in all_of_them if one.verdict in {"below", "above"}]
    if not outside:
        return f"All {len(all_of_them)} comparisons that a single season allows lie inside the published ranges."
    return (
        f"{len(outside)} of {len(all_of_them)} comparisons that a single season allows lie outside the published range. "
        "They are shown as they are; nothing was tuned to remove them."
    )
