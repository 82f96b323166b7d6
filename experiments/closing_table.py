"""The short table at the end of a run: what happened, period by period, for an economist without a manual."""

from math import nan
from typing import TYPE_CHECKING

from model.roster import GROUPS

from .measures import late_share, net_at_full_cost, pay_to_clairvoyant, ratio, totals, working_days

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

MOST_COLUMNS = 8
GROUP_NAMES = {
    "full_time": "full-time", "part_time": "part-time", "student": "students", "alg2": "ALG II",
    "self_employed": "self-employed", "pensioner": "pensioners", "home": "minijob / home",
}  # fmt: skip


def by_period(days: "pd.DataFrame") -> "list[tuple[str, pd.DataFrame]]":
    """Split the diary into months, or quarters or years where there would be too many, and add the whole."""
    for frequency in ("M", "Q", "Y"):
        parts = [(str(period), part) for period, part in days.groupby(days["date"].dt.to_period(frequency))]
        if len(parts) <= MOST_COLUMNS:
            break
    return [*parts, ("all", days)]


def rows_of(days: "pd.DataFrame") -> "list[tuple[str, str]]":
    """Return (label, value) for one period."""
    total, last = totals(days), totals(days.tail(1))
    work = len(working_days(days))
    first, highest = (days[f"pay_{which}_offer_per_block_eur"].dropna().tolist() for which in ("first", "highest"))
    hours_per_block = ratio(total["block_hours_driven"], total["blocks_driven"])
    return [
        ("parcels a working day", whole(ratio(total["parcels_arrived"], work))),
        ("  beyond own couriers (gap)", share(ratio(total["parcels_gap"], total["parcels_arrived"]))),
        ("  delivered late", share(late_share(total))),
        ("  waiting at the end", whole(last["parcels_backlog"])),
        ("blocks posted a working day", whole(ratio(total["blocks_posted"], work))),
        ("  filled", share(ratio(total["blocks_filled"], total["blocks_posted"]))),
        ("pay per hour, EUR: first offer", money(ratio(sum(first), len(first) * hours_per_block))),
        ("  mean paid", money(ratio(total["pay_total_eur"], total["block_hours_driven"]))),
        ("  highest offer", money(ratio(max(highest, default=nan), hours_per_block))),
        ("  over the least it could have cost", times(pay_to_clairvoyant(total))),
        ("net per hour with ways, EUR", money(ratio(total["net_total_eur"], total["driver_hours"]))),
        ("  at full car cost", money(ratio(net_at_full_cost(total), total["driver_hours"]))),
        ("  blocks below minimum wage", share(ratio(total["blocks_below_minimum_wage"], total["blocks_driven"]))),
        ("active drivers at the end", whole(last["drivers_active"])),
        *((f"  {GROUP_NAMES[group]}", whole(last[f"drivers_active_{group}"])) for group in GROUPS),
    ]


def closing_table(days: "pd.DataFrame", title: str) -> "Table":
    """Return the table for the terminal."""
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("")
    periods = by_period(days)
    for name, _ in periods:
        table.add_column(name, justify="right", no_wrap=True)
    columns = [rows_of(part) for _, part in periods]
    for row in zip(*columns, strict=True):
        table.add_row(row[0][0], *(value for _, value in row))
    return table


def whole(number: float) -> str:
    """Write a count; nothing where there is none."""
    return "–" if number != number else f"{number:,.0f}"


def share(number: float) -> str:
    """Write a share in per cent."""
    return "–" if number != number else f"{100 * number:.1f} %"


def times(number: float) -> str:
    """Write a ratio."""
    return "–" if number != number else f"{number:.2f} x"


def money(number: float) -> str:
    """Write EUR with cents."""
    return "–" if number != number else f"{number:.2f}"
