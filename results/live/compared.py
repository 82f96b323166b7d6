"""What the levers changed: the run on the page against the same season without them, day for day, in a sentence."""

from collections.abc import Sequence
from typing import NamedTuple

from experiments.measures import ratio
from model.records import Day

from . import words
from .amounts import signed, whole
from .session import Session


class Sums(NamedTuple):
    """A run so far. pay: mean per driven block, EUR; net: per hour, EUR; backlog: on the last day."""

    parcels_late: float
    blocks_filled: float
    pay: float
    net: float
    backlog: float


def sums(diary: Sequence[Day]) -> Sums:
    """Add up a diary."""
    late, filled, pay, driven, net, hours = (
        sum(getattr(day, name) for day in diary)
        for name in ("parcels_delivered_late", "blocks_filled", "pay_total_eur", "blocks_driven", "net_total_eur", "driver_hours")
    )
    return Sums(late, filled, ratio(pay, driven), ratio(net, hours), diary[-1].parcels_backlog)


def differences(session: Session) -> str:
    """Say what differs from the same season without the levers' changes."""
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
    now, before = (sums([day for day in days if day.date >= since]) for days in (diary, twin.market.diary[: len(diary)]))
    parts = [part for name in Sums._fields if (part := _difference(name, getattr(now, name) - getattr(before, name)))]
    return words.COMPARED["some"].format(parts=", ".join(parts), since=words.short_day(since)) if parts else words.COMPARED["same"]


def _difference(name: str, difference: float) -> str:
    """Say one difference; nothing where it rounds to nothing or cannot be told."""
    is_money = name in {"pay", "net"}
    if difference != difference or abs(difference) < (0.005 if is_money else 0.5):
        return ""
    number = signed(abs(difference)) if is_money else whole(abs(difference))
    up = difference > 0
    less = words.LESS if name == "net" else words.FEWER
    return words.COMPARED[name].format(number=number, more=words.MORE if up else less, higher=words.HIGHER if up else words.LOWER)
