"""What the levers changed: the run on the page against the same season without them, day for day, in a sentence."""

from collections.abc import Sequence
from typing import NamedTuple

from experiments.measures import ratio
from model.records import Day

from . import words
from .amounts import setting, signed, whole
from .session import Session


class Sums(NamedTuple):
    """A run so far. pay: mean per driven block with top-ups, EUR; net: per hour, EUR; backlog: on the last day."""

    parcels_late: float
    blocks_filled: float
    pay: float
    net: float
    backlog: float


def sums(diary: Sequence[Day]) -> Sums:
    """Add up a diary."""
    late, filled, pay, top_up, driven, net, hours = (
        sum(getattr(day, name) for day in diary)
        for name in (
            "parcels_delivered_late", "blocks_filled", "pay_total_eur", "mileage_total_eur", "blocks_driven", "net_total_eur",
            "driver_hours",
        )
    )  # fmt: skip
    return Sums(late, filled, ratio(pay + top_up, driven), ratio(net, hours), diary[-1].parcels_backlog)


def differences(session: Session) -> str:
    """Say what differs from the same season without the levers' changes, and which of them have yet to hold."""
    if session.waiting and not session.is_changed:
        return waiting(session)
    return f"{_differences(session)} {waiting(session)}".strip()


def waiting(session: Session) -> str:
    """Say which levers wait for the start over."""
    table = session.given.parameters.table()
    levers = [f"{words.lever_name(name)} {setting(table[name], value)}" for name, value in dict(session.waiting).items()]
    return words.COMPARED["wait" if len(levers) > 1 else "waits"].format(levers=", ".join(levers)) if levers else ""


def _differences(session: Session) -> str:
    if not session.is_changed:
        return words.COMPARED["none"]
    diary, twin = session.diary, session.twin  # in this order, and once: a day may pass meanwhile
    if not twin:
        fault = session.fault_beside or session.fault
        key = "alone" if not session.is_comparing else "failed" if fault else "behind"
        return words.COMPARED[key].format(message=fault)
    since = session.changed_from
    if not since or not diary or since > diary[-1].date:
        return words.COMPARED["same"]
    diaries = [[day for day in days if day.date >= since] for days in (diary, twin.market.diary[: len(diary)])]
    now, before = map(sums, diaries)
    changed = {name: getattr(now, name) - getattr(before, name) for name in Sums._fields}
    pay = "pay_with_top_up" if any(day.mileage_total_eur for diary in diaries for day in diary) else "pay"
    parts = [part for name, amount in changed.items() if (part := _difference(pay if name == "pay" else name, amount))]
    return words.COMPARED["some"].format(parts=", ".join(parts), since=words.short_day(since)) if parts else words.COMPARED["same"]


def _difference(name: str, difference: float) -> str:
    """Say one difference; nothing where it rounds to nothing or cannot be told."""
    is_money = name in {"pay", "pay_with_top_up", "net"}
    if difference != difference or abs(difference) < (0.005 if is_money else 0.5):
        return ""
    number = signed(abs(difference)) if is_money else whole(abs(difference))
    up = difference > 0
    less = words.LESS if name == "net" else words.FEWER
    return words.COMPARED[name].format(number=number, more=words.MORE if up else less, higher=words.HIGHER if up else words.LOWER)
