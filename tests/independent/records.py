"""A day's row: what the witness says happened, under the names of the product's own columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from math import nan
from typing import Any

from .carrier import Carrier
from .driver import Status
from .evening import Evening
from .market import Witness
from .terms import GROUPS


def total(numbers: Iterable[float]) -> float:
    """Add numbers in their order, as written."""
    added = 0.0
    for number in numbers:
        added += number
    return added


def day_row(witness: Witness, day: date) -> dict[str, Any]:
    """Return the columns of the day that the witness has just lived through."""
    return {
        "date": day,
        "parcels_expected": witness.expected_parcels,
        "overtime_share": witness.overtime_today,
        **parcel_columns(witness),
        **courier_columns(witness, day),
        **block_columns(witness),
        **money_columns(witness),
        **people_columns(witness),
        "believed_pay_per_hour_eur": witness.platform.believed_pay_per_hour,
        "believed_chance": witness.platform.believed_chance,
    }


def parcel_columns(witness: Witness) -> dict[str, float]:
    """Return the day's flows of parcels and what waits at its end."""

    def over_carriers(flow: Callable[[Carrier], float]) -> float:
        return total(flow(carrier) for carrier in witness.carriers)

    promise = witness.parameters["carriers.promise_days"]
    return {
        "parcels_arrived": over_carriers(lambda carrier: carrier.arrived),
        "parcels_delivered_by_carriers": over_carriers(lambda carrier: carrier.delivered_by_own + carrier.delivered_by_relief),
        "parcels_delivered_by_relief": over_carriers(lambda carrier: carrier.delivered_by_relief),
        "parcels_delivered_by_platform": over_carriers(lambda carrier: carrier.delivered_by_platform),
        "parcels_gap": over_carriers(lambda carrier: carrier.gap),
        "parcels_offered_to_platform": over_carriers(lambda carrier: carrier.offered),
        "parcels_delivered_late": over_carriers(lambda carrier: carrier.late),
        "parcels_refunded": over_carriers(lambda carrier: carrier.refunded),
        "parcels_backlog": over_carriers(lambda carrier: carrier.backlog),
        "parcels_late_waiting": over_carriers(lambda carrier: carrier.older_than(promise - 1)),
        "parcels_attempted_by_own_couriers": over_carriers(lambda carrier: carrier.own_attempts),
        "relief_cost_eur": over_carriers(lambda carrier: carrier.relief_cost),
        "courier_gross_pay_eur": over_carriers(lambda carrier: carrier.gross_pay),
        "parcels_overdue": over_carriers(lambda carrier: carrier.older_than(promise)),
    }


def courier_columns(witness: Witness, day: date) -> dict[str, float]:
    """Return the couriers' stocks, the Monday's flows and the mean wage."""
    employed = sum(carrier.couriers for carrier in witness.carriers)
    wages = total(carrier.couriers * carrier.wage_per_hour for carrier in witness.carriers)
    is_monday = day.weekday() == 0
    return {
        "couriers_employed": employed,
        "courier_vacancies": sum(carrier.vacancies(day) for carrier in witness.carriers),
        "courier_wage_per_hour_eur": wages / employed if employed else nan,
        "couriers_season": total(carrier.season_couriers(day) for carrier in witness.carriers),
        "couriers_hired": witness.couriers.hired if is_monday else 0,
        "couriers_left": witness.couriers.separated if is_monday else 0,
    }


def block_columns(witness: Witness) -> dict[str, float]:
    """Return how many blocks were posted, wanted, taken, given back, filled and driven."""
    evening, settled = witness.evening, witness.settlements
    held = evening.held_trades() if evening else []
    taken = len(evening.trades) if evening else 0
    return {
        "blocks_posted": evening.posted if evening else 0,
        "blocks_filled": len(held),
        "blocks_no_show": witness.no_shows,
        "blocks_wanted": evening.wanted if evening else 0,
        "blocks_taken": taken,
        "blocks_given_back": taken - len(held),
        "blocks_driven": len(settled),
        "blocks_below_minimum_wage": sum(block.is_below_minimum_wage for block in settled),
        "app_openings": evening.openings if evening else 0,
        "block_hours_driven": total(block.block_hours for block in settled),
        "driver_hours": total(block.hours for block in settled),
        **offer_columns(evening),
    }


def offer_columns(evening: Evening | None) -> dict[str, float]:
    """Return the mean first and the highest offer; not a number without posted blocks."""
    posted = {(offer.slot, offer.station): offer.posted for offer in evening.offers} if evening else {}
    offered = [record for record in evening.records if posted[record.slot, record.station] > 0] if evening else []
    first = [record for record in offered if record.round_ == 1]
    blocks = sum(posted[record.slot, record.station] for record in first)
    value = total(posted[record.slot, record.station] * record.cents / 100.0 for record in first)
    return {
        "pay_highest_offer_per_block_eur": max((record.cents for record in offered), default=nan) / 100.0,
        "pay_first_offer_per_block_eur": value / blocks if blocks else nan,
    }


def money_columns(witness: Witness) -> dict[str, float]:
    """Return the drivers' money and surplus; what entry costs counts against them."""
    settled = witness.settlements
    money, hours = (witness.monday.entry_money, witness.monday.entry_time_value) if witness.monday else (0.0, 0.0)
    pay = total(block.pay for block in settled)
    surplus = total(block.surplus for block in settled)
    return {
        "pay_total_eur": pay,
        "pay_mean_per_block_eur": pay / len(settled) if settled else nan,
        "mileage_total_eur": total(block.mileage for block in settled),
        "car_cost_total_eur": total(block.car_cost for block in settled),
        "tax_total_eur": total(block.tax for block in settled),
        "net_total_eur": total(block.net for block in settled),
        "block_surplus_total_eur": surplus,
        "block_surplus_perceived_total_eur": total(block.perceived_surplus for block in settled),
        "driver_time_value_eur": total(block.time_value for block in settled),
        "entry_money_eur": money,
        "entry_time_value_eur": hours,
        "driver_surplus_total_eur": surplus - money - hours,
        "payout_eur": total(trade.cents / 100.0 for trade in witness.evening.held_trades()) if witness.evening else 0.0,
    }


def people_columns(witness: Witness) -> dict[str, int]:
    """Return how many people stand where, and what Monday moved."""
    counts, monday = witness.status_counts, witness.monday
    active = witness.active_drivers()
    return {
        "drivers_aware": sum(counts[status] for status in Status if status != Status.UNAWARE),
        "drivers_waiting": counts[Status.WAITING],
        "drivers_applicants": counts[Status.APPLICANT],
        "drivers_registered": counts[Status.REGISTERED],
        "drivers_gone": counts[Status.LEFT],
        "drivers_active": len(active),
        **{f"drivers_active_{name}": active.count(code) for code, name in enumerate(GROUPS)},
        "drivers_activated": witness.activated,
        "drivers_became_aware": monday.became_aware if monday else 0,
        "drivers_decided": monday.decided if monday else 0,
        "drivers_admitted": monday.admitted if monday else 0,
        "drivers_left": monday.left if monday else 0,
        "drivers_replaced": monday.replaced if monday else 0,
    }
