"""The short table at the end of the demonstration."""

from rich.table import Table

from experiments.closing_table import money, share, whole

from .story import Story

MEASURES = (
    ("parcels delivered late", "parcels_late_share", share),
    ("gap carried by the platform", "platform_share_of_gap", share),
    ("blocks posted", "blocks_posted", whole),
    ("  filled", "blocks_filled_share", share),
    ("mean pay, EUR/h", "pay_mean_per_hour_eur", money),
    ("left with unpaid ways, EUR/h", "net_pay_per_hour_eur", money),
    ("  at full car cost", "net_pay_per_hour_full_cost_eur", money),
    ("  blocks below minimum wage", "share_of_blocks_below_minimum_wage", share),
    ("active drivers at most", "drivers_active_peak", whole),
    ("drivers' surplus, EUR", "driver_surplus_total_eur", whole),
)  # fmt: skip


def table_of(story: Story) -> Table:
    """Return the summary measures of both arms side by side."""
    table = Table(
        title=f"Berlin, Christmas 2017, seed {story.seed}",
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
        padding=(0, 2, 0, 0),
    )
    for name, side in (("", "left"), ("with the platform", "right"), ("carriers alone", "right")):
        table.add_column(name, justify=side)  # type: ignore[arg-type]
    for label, name, written in MEASURES:
        table.add_row(label, *(written(run.summary[name]) for run in (story.with_platform, story.without)))
    return table
