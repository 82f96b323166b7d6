"""One person's decision: who it is, the evenings of the week, and the worked budget of `gigsupply explain`, line by line."""

from typing import NamedTuple

import numpy as np

from experiments.decision.budget import Line, sections
from experiments.decision.decide import Decision, at_pay
from experiments.decision.table import REASONS, amount
from model.parameters import Parameters, Quantity, plain
from model.roster import GROUPS
from model.sights import Answer

from . import words
from .amounts import euros, signed, slot_name
from .origins import origin, sentences
from .session import Session
from .snapshot import Evening

MOST_PAY = 400.0  # EUR for a block
LOOKED = {
    Answer.TOOK: "looked_took",
    Answer.PASSED: "looked_passed",
    Answer.CANNOT: "looked_cannot",
    Answer.TOO_LATE: "looked_late",
}


class Told(NamedTuple):
    """A decision in words. budget: by section, lines of label, amount with unit, how, sources, and whether it is a sum.

    tone: whose colour the verdict has.
    """

    who: str
    about: str
    block: str
    verdict: str
    wants: str
    tone: str
    budget: dict[str, list[tuple[str, str, str, str, bool]]]
    week: list[tuple[str, str]]


def told(session: Session, person: int) -> Told | None:
    """Return what a person decided on the latest evening; None if the app was not opened."""
    evening = session.evening
    place = evening.place_of(person) if evening else None
    if evening is None or place is None:
        return None
    decision, answer = evening.decision(place), Answer(int(evening.sights["answer"][place]))
    verdict, tone = verdict_of(decision, answer)
    parameters, table = evening.parameters, evening.parameters.table()
    return Told(
        who(decision, parameters),
        about(decision),
        words.DRIVER["block"].format(
            slot=slot_name(parameters, int(decision.sight.offer["slot"])),
            price=euros(decision.sight.explanation.pay),
            hours=plain(float(parameters.blocks.slot_hours[int(decision.sight.offer["slot"])])),
            round=decision.sight.round,
        ),
        verdict,
        wants(decision) if answer == Answer.PASSED else "",
        tone,
        {name.capitalize(): [_line(line, table) for line in lines] for name, lines in sections(decision, parameters).items()},
        week(session, person),
    )


def who(decision: Decision, parameters: Parameters) -> str:
    """Say who it is and where the person lives."""
    driver = decision.sight.driver
    district = list(type(parameters.population.districts).model_fields)[int(driver["district"])]
    station = int(decision.sight.offer["station"])
    place = int(decision.terms.station_place[station])
    return words.DRIVER["who"].format(
        person=int(driver["person"]), group=words.GROUPS[GROUPS[driver["group"]]], district=words.district(district),
        way=f"{float(driver['way_km'][place]):.0f}", station=parameters.platform.open_stations[station],
    )  # fmt: skip


def about(decision: Decision) -> str:
    """Say what car the person has, and how often it was driven for the platform."""
    driver = decision.sight.driver
    return words.DRIVER["car"].format(cost=signed(float(driver["cost_per_km"])), driven=words.blocks(int(driver["blocks_driven"])))


def verdict_of(decision: Decision, answer: Answer) -> tuple[str, str]:
    """Say what came of it, and in whose colour."""
    worth = decision.sight.explanation
    surplus = signed(worth.perceived_surplus)
    if answer == Answer.TOOK:
        return words.DRIVER["took"].format(surplus=surplus), "drivers"
    if answer == Answer.CANNOT or (answer == Answer.TOO_LATE and worth.hindrance):
        return words.DRIVER["cannot"].format(reason=REASONS[worth.hindrance][0]), "state"
    key = "passed" if answer == Answer.PASSED else "late"
    return words.DRIVER[key].format(surplus=surplus, loss=signed(-worth.perceived_surplus)), "recipients"


def wants(decision: Decision) -> str:
    """Say at which pay, in whole EUR, the block would have been taken; nothing if at none that anybody would pay."""
    pay = float(np.floor(decision.sight.explanation.pay)) + 1.0
    while pay <= MOST_PAY:
        if at_pay(decision.sight, pay, decision.terms).is_taken:
            return words.DRIVER["wants"].format(pay=euros(pay))
        pay += 1.0
    return ""


def _line(line: Line, table: dict[str, Quantity]) -> tuple[str, str, str, str, bool]:
    sources = sentences(
        *(f"{name} = {plain(table[name].value)} {table[name].unit}. {origin(table[name].source)}" for name in line.parameters)
    )
    return line.label, f"{amount(line)} {line.unit}", line.how, sources, line.is_sum


def week(session: Session, person: int) -> list[tuple[str, str]]:
    """Return the evenings of the last week with blocks, and what the person did on each."""
    evenings = [snapshot.evening for snapshot in session.past if snapshot.evening]
    if session.round is not None and session.evening:
        evenings.append(session.evening)
    return [(words.WEEKDAYS[evening.date.weekday()], _did(evening, person)) for evening in evenings]


def _did(evening: Evening, person: int) -> str:
    place = evening.place_of(person)
    if place is None:
        return words.DRIVER["not"]
    sight = evening.sights[place]
    return words.DRIVER[LOOKED[Answer(int(sight["answer"]))]].format(price=euros(float(sight["cents"]) / 100.0))
