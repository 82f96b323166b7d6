"""What a run comes down to: the summary measures, by name and with units (MODEL section 9, Measures)."""

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from model.parameters import Parameters

RUN_OFF_SHARE = 0.001  # of a day's mean arrivals: above it, overdue parcels are still waiting at the end


def summary_of(days: "pd.DataFrame", parameters: "Parameters") -> dict[str, float | int | bool]:
    """Return the measures of a run in their published order; nan where nothing happened to be measured."""
    total = totals(days)
    since_launch = totals(days.loc[days["date"].dt.date >= parameters.platform.launch_date])
    delivered = total["parcels_delivered_by_carriers"] + total["parcels_delivered_by_platform"]
    return {
        "parcels_late_share": ratio(total["parcels_delivered_late"], delivered),
        "parcels_refunded_share": ratio(total["parcels_refunded"], total["parcels_arrived"]),
        "platform_share_of_gap": ratio(since_launch["parcels_delivered_by_platform"], since_launch["parcels_gap"]),
        "blocks_posted": int(total["blocks_posted"]),
        "blocks_filled_share": ratio(total["blocks_filled"], total["blocks_posted"]),
        "pay_mean_per_hour_eur": ratio(total["pay_total_eur"], total["block_hours_driven"]),
        "net_pay_per_hour_eur": ratio(total["net_total_eur"], total["driver_hours"]),
        "net_pay_per_hour_full_cost_eur": ratio(net_at_full_cost(total), total["driver_hours"]),
        "share_of_blocks_below_minimum_wage": ratio(total["blocks_below_minimum_wage"], total["blocks_driven"]),
        "drivers_active_peak": max(days["drivers_active"].tolist(), default=0),
        "driver_surplus_total_eur": total["driver_surplus_total_eur"],
        "parcels_gap_share": ratio(total["parcels_gap"], total["parcels_arrived"]),
        "parcels_waiting_at_end": float(days["parcels_backlog"].iloc[-1]),
        "has_run_off": has_run_off(days),
    }


def totals(days: "pd.DataFrame") -> dict[str, float]:
    """Return the sum of every column of numbers over these days."""
    return {str(name): float(column.sum()) for name, column in days.select_dtypes("number").items()}


def net_at_full_cost(total: dict[str, float]) -> float:
    """Return net pay when every kilometre bears its share of purchase, insurance and tax, EUR."""
    return total["net_total_eur"] + total["car_cost_total_eur"] - total["full_car_cost_total_eur"]


def has_run_off(days: "pd.DataFrame") -> bool:
    """Tell whether, at the end, practically no parcel older than the promise is left in a queue."""
    working = days[days["parcels_arrived"] > 0]
    limit = RUN_OFF_SHARE * working["parcels_arrived"].mean() if len(working) else 0.0
    return bool(days["parcels_overdue"].iloc[-1] <= limit)


def ratio(above: float, below: float) -> float:
    """Return a quotient; nan where there is nothing to divide by."""
    return float(above / below) if below else math.nan
