"""The ledger: who pays whom for what, what is lost that is not money, and welfare both ways (MODEL section 5).

A flow of money has one payer and one receiver, so each row of accounts sums to 0. `rest` is the car, fuel and van trade: what it
receives net of tax equals the resources used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .clock import is_working_day

if TYPE_CHECKING:
    import pandas as pd

    from .parameters import Parameters
    from .records import Day

ACCOUNTS = ("platform", "carriers", "couriers", "drivers", "state", "recipients", "shippers", "rest")


class Flow(NamedTuple):
    """Money from one account to another."""

    payer: str
    receiver: str
    meaning: str


MONEY = {
    "F1": Flow("shippers", "carriers", "carriage of parcels delivered, by whomever"),
    "F2": Flow("carriers", "platform", "fee for parcels delivered by the platform"),
    "F3": Flow("platform", "drivers", "block pay"),
    "F4": Flow("platform", "drivers", "mileage top-ups"),
    "F5": Flow("drivers", "state", "tax, contributions, transfers lost"),
    "F6": Flow("drivers", "rest", "car running cost"),
    "F7": Flow("rest", "state", "fuel duty and value-added tax"),
    "F8": Flow("carriers", "couriers", "courier pay with the employer's share"),
    "F9": Flow("couriers", "state", "courier tax and contributions, both shares"),
    "F10": Flow("carriers", "rest", "vans of own couriers"),
    "F11": Flow("carriers", "rest", "relief vans"),
    "F12": Flow("platform", "rest", "overhead of blocks and registrations"),
    "F13": Flow("platform", "carriers", "penalty for parcels left though blocks were posted"),
    "F14": Flow("carriers", "recipients", "compensation for late parcels"),
    "F15": Flow("shippers", "recipients", "refunds"),
    "F16": Flow("carriers", "rest", "handling of refunded parcels"),
    "F17": Flow("drivers", "rest", "licence, certificate, equipment"),
}
NOT_MONEY = {
    "N1": (("drivers",), "time in blocks and on the way"),
    "N2": (("drivers",), "hours of registration"),
    "N3": (("couriers",), "time at work"),
    "N4": (("recipients",), "lateness"),
    "N5": (("recipients", "shippers"), "goods refunded"),
    "N6": (("rest",), "resources used"),
}


class Entry(NamedTuple):
    """One account's part in one flow, EUR; + receives or gains, − pays or loses."""

    flow: str
    account: str
    amount: float


def relief_cost(parcels: float, normal_attempts: float, cost: float, slope: float) -> float:
    """Return c_R·(q + κ_R·q²/(2K)), EUR: the sum of marginal costs c_R(1 + κ_R·q/K); 0 if K = 0."""
    return cost * (parcels + slope * parcels**2 / (2.0 * normal_attempts)) if normal_attempts > 0.0 else 0.0


def gross_pay(wage: float, hours: float, couriers: float, overtime_couriers: float, overtime_pay_factor: float) -> float:
    """Return gross pay of a day, EUR; sick and idle hours are paid. overtime_couriers: overtime in whole courier days."""
    return wage * hours * (couriers + overtime_pay_factor * overtime_couriers)


def money(day: Day, parameters: Parameters) -> dict[str, float]:
    """Return the amount of each money flow of a day, EUR."""
    platform, carriers, blocks, welfare = parameters.platform, parameters.carriers, parameters.blocks, parameters.welfare
    delivered = day.parcels_delivered_by_carriers + day.parcels_delivered_by_platform
    could_carry = min(day.parcels_offered_to_platform, blocks.parcels * day.blocks_posted)
    carried = min(day.parcels_offered_to_platform, blocks.parcels * day.blocks_driven)
    vans = carriers.van_cost * day.parcels_attempted_by_own_couriers
    driving = day.car_cost_total_eur + vans + day.relief_cost_eur
    return {
        "F1": carriers.carriage * delivered,
        "F2": platform.fee * day.parcels_delivered_by_platform,
        "F3": day.pay_total_eur,
        "F4": day.mileage_total_eur,
        "F5": day.tax_total_eur,
        "F6": day.car_cost_total_eur,
        "F7": welfare.tax_share_of_car_cost * driving,
        "F8": carriers.employer_factor * day.courier_gross_pay_eur,
        "F9": (carriers.employer_factor - 1.0 + carriers.courier_deduction_share) * day.courier_gross_pay_eur,
        "F10": vans,
        "F11": day.relief_cost_eur,
        "F12": platform.overhead_block * day.blocks_driven + platform.overhead_registration * day.drivers_admitted,
        "F13": platform.penalty * (could_carry - carried),
        "F14": welfare.late_compensation * day.parcels_delivered_late,
        "F15": welfare.refund * day.parcels_refunded,
        "F16": welfare.refund_handling * day.parcels_refunded,
        "F17": day.entry_money_eur,
    }


def late_parcel_days(day: Day) -> float:
    """Return for how many parcels this day is a working day too many; on other days queues wait at no cost."""
    return day.parcels_late_waiting if is_working_day(day.date) else 0.0


def not_money(day: Day, flows: dict[str, float], parameters: Parameters) -> list[Entry]:
    """Return what is gained or lost beside money, valued in EUR."""
    w = parameters.welfare
    courier_net_pay = flows["F8"] - flows["F9"]
    resources = flows["F6"] + flows["F10"] + flows["F11"] + flows["F12"] + flows["F16"] + flows["F17"] - flows["F7"]
    return [
        Entry("N1", "drivers", -day.driver_time_value_eur),
        Entry("N2", "drivers", -day.entry_time_value_eur),
        Entry("N3", "couriers", -(1.0 - w.courier_rent_share) * courier_net_pay),
        Entry("N4", "recipients", -w.lateness * late_parcel_days(day)),
        Entry("N5", "recipients", -(w.refund + w.refund_trouble) * day.parcels_refunded),
        Entry("N5", "shippers", w.refund * (1.0 - w.loss) * day.parcels_refunded),
        Entry("N6", "rest", -resources),
    ]


def entries(day: Day, parameters: Parameters) -> list[Entry]:
    """Return a day's ledger at the terms of the day: two entries per money flow, one per account of the others."""
    parameters = parameters.on(day.date)
    flows = money(day, parameters)
    book = []
    for code, amount in flows.items():
        book += [Entry(code, MONEY[code].payer, -amount), Entry(code, MONEY[code].receiver, amount)]
    return book + not_money(day, flows, parameters)


def surpluses(ledger: list[Entry]) -> dict[str, float]:
    """Return each account's surplus, EUR: its money and what is not money."""
    sums: dict[str, float] = dict.fromkeys(ACCOUNTS, 0.0)
    for entry in ledger:
        sums[entry.account] += entry.amount
    return sums


def welfare_from_costs(day: Day, parameters: Parameters) -> float:
    """Return welfare the other way, EUR: minus what the day used up, without asking who paid for it.

    Resources net of the taxes in them, drivers' and couriers' time, lateness, and refunded goods. Carriage and prices are transfers
    and do not occur. Equal to the sum of `surpluses` as money sums to zero.
    """
    parameters = parameters.on(day.date)
    c, p, w = parameters.carriers, parameters.platform, parameters.welfare
    driving = day.car_cost_total_eur + c.van_cost * day.parcels_attempted_by_own_couriers + day.relief_cost_eur
    overhead = p.overhead_block * day.blocks_driven + p.overhead_registration * day.drivers_admitted + day.entry_money_eur
    courier_time = (1.0 - w.courier_rent_share) * (1.0 - c.courier_deduction_share) * day.courier_gross_pay_eur
    refunded = day.parcels_refunded * (w.refund_handling + w.refund_trouble + w.loss * w.refund)
    late = w.lateness * late_parcel_days(day)
    resources = (1.0 - w.tax_share_of_car_cost) * driving + overhead
    return -(resources + day.driver_time_value_eur + day.entry_time_value_eur + courier_time + late + refunded)


def ledger_frame(days: list[Day], parameters: Parameters) -> pd.DataFrame:
    """Return `date, flow, account, amount_eur`: every flow of every day, zeros included."""
    import pandas as pd

    rows = [(day.date, *entry) for day in days for entry in entries(day, parameters)]
    frame = pd.DataFrame(rows, columns=["date", "flow", "account", "amount_eur"])
    return frame.astype({"date": "datetime64[s]", "flow": "str", "account": "str", "amount_eur": "float64"})
