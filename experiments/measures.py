"""What a run comes down to: the summary measures, by name and with units (MODEL section 9, Measures)."""

import math
from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from model.clock import is_working_day
from model.records import Day
from model.welfare import entries

if TYPE_CHECKING:
    import pandas as pd

    from model.parameters import Parameters

ACCOUNT_OF = {
    "driver": "drivers", "platform": "platform", "carrier": "carriers", "state": "state",
    "recipient": "recipients", "courier": "couriers", "shipper": "shippers", "rest": "rest",
}  # fmt: skip
LOW_LATENESS = 0.2  # EUR per parcel and working day: the low end, shown beside the scenario's own value
AT_LOW_LATENESS = "welfare_at_low_lateness_total_eur"
FLAGS = ("has_run_off",)  # measures that are true or false: kept by run, not compared
RUN_OFF_SHARE = 0.001  # of a day's mean arrivals: above it, overdue parcels are still waiting at the end


NUMBERS = tuple(field.name for field in fields(Day) if field.name != "date")
NUMBERS_OF = attrgetter(*NUMBERS)


def summary_of(diary: Sequence[Day], parameters: "Parameters") -> dict[str, float | int | bool]:
    """Return the measures of a run in their published order; nan where nothing happened to be measured.

    diary: a market's, of one day or more. No table is made of it first: that would take longer than a short run itself.
    """
    total = sums(diary)
    since_launch = sums([day for day in diary if day.date >= parameters.platform.launch_date])
    gained = surpluses(diary, parameters)
    return {
        "parcels_late_share": late_share(total),
        "parcels_refunded_share": ratio(total["parcels_refunded"], total["parcels_arrived"]),
        "platform_share_of_gap": ratio(since_launch["parcels_delivered_by_platform"], since_launch["parcels_gap"]),
        "blocks_posted": int(total["blocks_posted"]),
        "blocks_filled_share": ratio(total["blocks_filled"], total["blocks_posted"]),
        "pay_mean_per_hour_eur": ratio(total["pay_total_eur"], total["block_hours_driven"]),
        "net_pay_per_hour_eur": ratio(total["net_total_eur"], total["driver_hours"]),
        "net_pay_per_hour_full_cost_eur": ratio(net_at_full_cost(total), total["driver_hours"]),
        "share_of_blocks_below_minimum_wage": ratio(total["blocks_below_minimum_wage"], total["blocks_driven"]),
        "drivers_active_peak": max(int(day.drivers_active) for day in diary),
        **gained,
        "parcels_gap_share": ratio(total["parcels_gap"], total["parcels_arrived"]),
        "parcels_waiting_at_end": float(diary[-1].parcels_backlog),
        "pay_to_clairvoyant_ratio": pay_to_clairvoyant(total),
        AT_LOW_LATENESS: gained["welfare_total_eur"] + gain_at_low_lateness(diary, parameters.welfare.lateness),
        "has_run_off": has_run_off(diary),
    }


def late_share(total: dict[str, float]) -> float:
    """Return the share of delivered parcels that came late."""
    return ratio(total["parcels_delivered_late"], total["parcels_delivered_by_carriers"] + total["parcels_delivered_by_platform"])


def sums(diary: Sequence[Day]) -> dict[str, float]:
    """Return the sum over days of everything a diary counts."""
    columns = np.array([NUMBERS_OF(day) for day in diary], np.float64).reshape(-1, len(NUMBERS)).T
    return dict(zip(NUMBERS, np.nansum(np.ascontiguousarray(columns), axis=1).tolist(), strict=True))


def surpluses(diary: Sequence[Day], parameters: "Parameters") -> dict[str, float]:
    """Return each account's surplus over the run, and welfare, their sum; EUR. The no-platform arm is the point of reference."""
    amounts: dict[str, list[float]] = {account: [] for account in ACCOUNT_OF.values()}
    for day in diary:
        for entry in entries(day, parameters):
            amounts[entry.account].append(entry.amount)
    named = {f"{name}_surplus_total_eur": float(sum(amounts[account])) for name, account in ACCOUNT_OF.items()}
    return named | {"welfare_total_eur": sum(named.values())}


def gain_at_low_lateness(diary: Sequence[Day], lateness: float) -> float:
    """Return what welfare would gain if a late day cost its low value, EUR: lateness enters welfare linearly."""
    return (lateness - LOW_LATENESS) * sums([day for day in diary if is_working_day(day.date)])["parcels_late_waiting"]


def has_run_off(diary: Sequence[Day]) -> bool:
    """Tell whether, at the end, practically no parcel older than the promise is left in a queue."""
    arrived = np.array([day.parcels_arrived for day in diary if is_working_day(day.date)])
    limit = RUN_OFF_SHARE * arrived.mean() if arrived.size else 0.0
    return bool(diary[-1].parcels_overdue <= limit)


def pay_to_clairvoyant(total: dict[str, float]) -> float:
    """Return pay per held block over the least pay per block that would have filled them, had reservation pays been known."""
    least = ratio(total["clairvoyant_cost_eur"], total["clairvoyant_blocks"])
    return ratio(ratio(total["payout_eur"], total["blocks_filled"]), least)


def totals(days: "pd.DataFrame") -> dict[str, float]:
    """Return the sum of every column of numbers over these days."""
    return {str(name): float(column.sum()) for name, column in days.select_dtypes("number").items()}


def working_days(days: "pd.DataFrame") -> "pd.DataFrame":
    """Return the rows of working days, also of those on which no parcel arrives: a scenario may have quiet Saturdays."""
    return days.loc[days["date"].dt.date.map(is_working_day).astype(bool)]


def net_at_full_cost(total: dict[str, float]) -> float:
    """Return net pay when every kilometre bears its share of purchase, insurance and tax, EUR."""
    return total["net_total_eur"] + total["car_cost_total_eur"] - total["full_car_cost_total_eur"]


def ratio(above: float, below: float) -> float:
    """Return a quotient; nan where there is nothing to divide by."""
    return float(above / below) if below else math.nan
