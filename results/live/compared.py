"""What the levers changed: the run on the page against the same season without them, day for day, in a sentence."""

from collections.abc import Sequence
from datetime import date
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
    levers = [f"{words.lever_name(name)} {setting(table[name], value)}" for name, value in session.waiting.items()]
    return words.COMPARED["wait" if len(levers) > 1 else "waits"].format(levers=", ".join(levers)) if levers else ""


def _differences(session: Session) -> str:
    if not session.is_changed:
        return words.COMPARED["none"]
    twin = session.twin  # asked once: while a day passes it may be behind
    if not twin:
        return words.COMPARED["behind" if session.is_behind else "alone"]
    if not session.days_passed or first_changed_day(session) > session.market.diary[-1].date:
        return words.COMPARED["same"]
    since = first_changed_day(session)
    diaries = [[day for day in market.diary if day.date >= since] for market in (session.market, twin.market)]
    now, before = map(sums, diaries)
    changed = {name: getattr(now, name) - getattr(before, name) for name in Sums._fields}
    pay = "pay_with_top_up" if any(day.mileage_total_eur for diary in diaries for day in diary) else "pay"
    parts = [part for name, amount in changed.items() if (part := _difference(pay if name == "pay" else name, amount))]
    return words.COMPARED["some"].format(parts=", ".join(parts), since=words.short_day(since)) if parts else words.COMPARED["same"]


def first_changed_day(session: Session) -> date:
    """Return the first day that may differ: the run's own if something was changed at its start, else that of the first move."""
    moved = [change.date for change in session.moves]
    return session.market.diary[0].date if session.changed_at_start or not moved else min(moved)


def _difference(name: str, difference: float) -> str:
    """Say one difference; nothing where it rounds to nothing or cannot be told."""
    is_money = name in {"pay", "pay_with_top_up", "net"}
    if difference != difference or abs(difference) < (0.005 if is_money else 0.5):
        return ""
    number = signed(abs(difference)) if is_money else whole(abs(difference))
    up = difference > 0
    less = words.LESS if name == "net" else words.FEWER
    return words.COMPARED[name].format(number=number, more=words.MORE if up else less, higher=words.HIGHER if up else words.LOWER)
