"""What a run comes down to: the summary measures, by name and with units (MODEL section 9, Measures)."""

import math
from typing import TYPE_CHECKING

from model.clock import is_working_day

if TYPE_CHECKING:
    import pandas as pd

    from model.parameters import Parameters

ACCOUNT_OF = {
    "driver": "drivers", "platform": "platform", "carrier": "carriers", "state": "state",
    "recipient": "recipients", "courier": "couriers", "shipper": "shippers", "rest": "rest",
}  # fmt: skip
LOW_LATENESS = 0.2  # EUR per parcel and working day: the low end, shown beside the scenario's own value
AT_LOW_LATENESS = "welfare_at_low_lateness_total_eur"
RUN_OFF_SHARE = 0.001  # of a day's mean arrivals: above it, overdue parcels are still waiting at the end


def summary_of(days: "pd.DataFrame", ledger: "pd.DataFrame", parameters: "Parameters") -> dict[str, float | int | bool]:
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
        **surpluses(ledger),
        "parcels_gap_share": ratio(total["parcels_gap"], total["parcels_arrived"]),
        "parcels_waiting_at_end": float(days["parcels_backlog"].iloc[-1]),
        "pay_to_clairvoyant_ratio": pay_to_clairvoyant(total),
        AT_LOW_LATENESS: welfare_at_low_lateness(ledger, days, parameters.welfare.lateness),
        "has_run_off": has_run_off(days),
    }


def welfare_at_low_lateness(ledger: "pd.DataFrame", days: "pd.DataFrame", lateness: float) -> float:
    """Return welfare if a late day cost its low value, EUR: lateness enters welfare linearly."""
    return surpluses(ledger)["welfare_total_eur"] + (lateness - LOW_LATENESS) * late_parcel_days(days)


def late_parcel_days(days: "pd.DataFrame") -> float:
    """Return late parcels times working days of waiting."""
    return totals(working_days(days))["parcels_late_waiting"]


def pay_to_clairvoyant(total: dict[str, float]) -> float:
    """Return pay per held block over the least pay per block that would have filled them, had reservation pays been known."""
    least = ratio(total["clairvoyant_cost_eur"], total["clairvoyant_blocks"])
    return ratio(ratio(total["payout_eur"], total["blocks_filled"]), least)


def surpluses(ledger: "pd.DataFrame") -> dict[str, float]:
    """Return each account's surplus over the run, and welfare, their sum; EUR. The no-platform arm is the point of reference."""
    named = {
        f"{name}_surplus_total_eur": float(sum(ledger.loc[ledger["account"] == account, "amount_eur"].tolist()))
        for name, account in ACCOUNT_OF.items()
    }
    return named | {"welfare_total_eur": sum(named.values())}


def totals(days: "pd.DataFrame") -> dict[str, float]:
    """Return the sum of every column of numbers over these days."""
    return {str(name): float(column.sum()) for name, column in days.select_dtypes("number").items()}


def working_days(days: "pd.DataFrame") -> "pd.DataFrame":
    """Return the rows of working days, also of those on which no parcel arrives: a scenario may have quiet Saturdays."""
    return days.loc[days["date"].dt.date.map(is_working_day).astype(bool)]


def net_at_full_cost(total: dict[str, float]) -> float:
    """Return net pay when every kilometre bears its share of purchase, insurance and tax, EUR."""
    return total["net_total_eur"] + total["car_cost_total_eur"] - total["full_car_cost_total_eur"]


def has_run_off(days: "pd.DataFrame") -> bool:
    """Tell whether, at the end, practically no parcel older than the promise is left in a queue."""
    work = working_days(days)
    limit = RUN_OFF_SHARE * work["parcels_arrived"].mean() if len(work) else 0.0
    return bool(days["parcels_overdue"].iloc[-1] <= limit)


def ratio(above: float, below: float) -> float:
    """Return a quotient; nan where there is nothing to divide by."""
    return float(above / below) if below else math.nan
