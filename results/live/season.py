"""The season so far, and what is said at its end: blocks, lateness, what an hour left, who paid, and what the levers brought."""

from collections.abc import Sequence

from experiments.measures import late_share, ratio, sums
from model.parameters import Parameters
from model.records import Day
from model.welfare import ACCOUNTS, entries, money, surpluses

from . import words
from .amounts import counted, euros, percent, signed, whole
from .session import Session

THOUSAND = 1000.0


def late(session: Session) -> str:
    """Say how many parcels were late so far; at the end also what it would have been without the changes."""
    diary = session.diary
    if not diary:
        return ""
    number = sum(day.parcels_delivered_late for day in diary)
    delivered = sum(day.parcels_delivered_by_carriers + day.parcels_delivered_by_platform for day in diary)
    key = ("some" if number >= 0.5 else "none") + ("_over" if session.has_just_ended else "")
    twin = session.twin if session.has_just_ended and session.is_changed else None
    return words.LATE["beside" if twin else key].format(
        late=counted(number),
        delivered=counted(delivered),
        share=percent(ratio(number, delivered)),
        before=percent(late_share(sums(twin.market.diary))) if twin else "",
    )


def late_tip(parameters: Parameters) -> str:
    """Return what late means."""
    days = parameters.carriers.promise_days
    return words.LATE["tip"].format(days=words.LATE["day"] if days == 1 else words.LATE["days"].format(days=days))


def headline(session: Session) -> str:
    """Say how the season went."""
    total = sums(session.market.diary)
    return words.STORY["over" if total["blocks_posted"] else "over_alone"].format(
        taken=whole(total["blocks_filled"]), posted=whole(total["blocks_posted"])
    )


def summary(session: Session) -> str:
    """Say what an hour left, who paid, and who gained by the levers' changes."""
    return " ".join(part for part in (accounts(session), gains(session), words.SEASON["goes_on"]) if part)


def accounts(session: Session) -> str:
    """Say what an hour left, and who paid whom; nothing where no block was driven."""
    diary = session.market.diary
    total = sums(diary)
    if not total["blocks_driven"]:
        return ""
    flows = flows_of(diary, session.market.parameters)
    return " ".join((words.SEASON["net"], words.SEASON["paid"])).format(
        pay=euros(ratio(total["pay_total_eur"] + total["mileage_total_eur"], total["block_hours_driven"])),
        top_up=words.SEASON["top_up"] if total["mileage_total_eur"] else "",
        net=euros(ratio(total["net_total_eur"], total["driver_hours"])),
        fees=whole(flows["F2"] / THOUSAND),
        wages=whole((flows["F3"] + flows["F4"]) / THOUSAND),
        costs=whole((flows["F5"] + flows["F6"]) / THOUSAND),
    )


def flows_of(diary: Sequence[Day], parameters: Parameters) -> dict[str, float]:
    """Return each flow of money over a run, EUR."""
    by_day = [money(day, parameters.on(day.date)) for day in diary]
    return {code: sum(flows[code] for flows in by_day) for code in by_day[0]}


def gains(session: Session) -> str:
    """Say who gained what by the levers' changes, where the season without them runs beside; else nothing."""
    twin = session.twin
    if not (twin and session.is_changed):
        return ""
    now, before = (
        surpluses([entry for day in market.diary for entry in entries(day, market.parameters)])
        for market in (session.market, twin.market)
    )
    thousands = {account: (now[account] - before[account]) / THOUSAND for account in ACCOUNTS}
    if not any(abs(amount) >= 0.5 for amount in thousands.values()):
        return ""
    parts = [f"{words.ACCOUNTS[account]} {_gain(amount)}" for account, amount in thousands.items()]
    return words.SEASON["gains"].format(
        parts=", ".join(parts),
        together=_gain(sum(thousands.values())),
        time=percent(1.0 - session.market.parameters.welfare.courier_rent_share, 0),
    )


def _gain(amount: float) -> str:
    text = signed(amount, 0)
    return f"+{text}" if amount > 0 and text != "0" else text
