"""Where the run stands against what is known, row by row: published figure, the run's figure, and whether they agree."""

from typing import NamedTuple

from experiments.closing_table import money, share, whole
from experiments.measures import net_at_full_cost, ratio

from .figures.prices import mean_pay_by_month
from .story import Story
from .tables import Table


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
    """Return each comparison that a single season allows."""
    days = story.days
    total = days.select_dtypes("number").sum()
    below = ratio(total["blocks_below_minimum_wage"], total["blocks_driven"])
    unpaid = ratio(total["driver_hours"] - total["block_hours_driven"], total["blocks_driven"])
    pay_per_hour = ratio(total["pay_total_eur"], total["block_hours_driven"])
    before_tax = ratio(total["net_total_eur"] + total["tax_total_eur"], total["driver_hours"]) / pay_per_hour
    before_tax_full = ratio(net_at_full_cost(total) + total["tax_total_eur"], total["driver_hours"]) / pay_per_hour
    pay = mean_pay_by_month(days[days["blocks_posted"] > 0])
    change = float(pay.iloc[-1] / pay.iloc[0] - 1) if len(pay) > 1 else float("nan")
    peak = float(days["drivers_active"].max())
    return [
        Comparison("Active drivers at the peak", "500 to 3,000, order of magnitude", 500, 3000, peak, whole(peak)),
        Comparison("Left per hour before tax, of hourly pay, marginal car cost", "52 to 71 % (DIE ZEIT 35/2018: 8.84 to 12 of 17 EUR)", 8.84 / 17, 12 / 17, before_tax, share(before_tax)),
        Comparison("The same at full car cost", "52 to 71 %", 8.84 / 17, 12 / 17, before_tax_full, share(before_tax_full)),
        Comparison("Blocks that leave less than the minimum wage", "25 to 60 % of driver-months (ride-hailing, USA; Zoepf 2018, Mishel 2018)", 0.25, 0.60, below, share(below)),
        Comparison("Unpaid way per block, hours", "0.75 (derived)", 0.7, 0.8, unpaid, money(unpaid)),
        Comparison("Mean pay, last month against first", "highest offer 16 to 17 EUR/h from November 2017 to August 2018 (press): it rose", 0.0, 0.0625, change, f"{100 * change:+.1f} %".replace("-", "−")),
    ]  # fmt: skip


def against_evidence(story: Story) -> Table:
    """Return the comparisons as a table."""
    rows = [(one.measure, one.published, one.value_in_words, one.verdict) for one in comparisons(story)]
    return Table("The run against what is known", ("Measure", "Published", "This run", "The run is"), rows, is_text=True)


def disagreements(story: Story) -> str:
    """Return one sentence that counts what lies outside its published range, and names it."""
    all_of_them = comparisons(story)
    outside = [one for one in all_of_them if one.verdict in {"below", "above"}]
    if not outside:
        return f"All {len(all_of_them)} comparisons that a single season allows lie inside the published ranges."
    return (
        f"{len(outside)} of {len(all_of_them)} comparisons that a single season allows lie outside the published range. "
        "They are shown as they are; nothing was tuned to remove them."
    )
