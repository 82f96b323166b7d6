"""One day as the page shows it: nothing in it changes any more, so that it can be drawn while the next day is worked out."""

from datetime import date
from typing import Any, NamedTuple, cast

import numpy as np

from experiments.decision.decide import Decision, Sight
from experiments.measures import ratio
from model.choice import explain
from model.couriers import attempts_in_normal_hours
from model.parameters import Parameters
from model.records import Day
from model.roster import Table
from model.sights import Answer, sights_of_evening
from model.terms import Terms

type Array = np.ndarray

DRIVEN = np.dtype([("blocks", "f8"), ("below", "f8"), ("pay", "f8"), ("net", "f8"), ("hours", "f8")])  # sums over driven blocks


class Evening(NamedTuple):
    """An evening's booking. rounds: dtype ROUND, shape (rounds, offers); sights: dtype SIGHT.

    people: the openers' rows as they stood before it.
    """

    date: date
    parameters: Parameters
    terms: Terms
    offers: Table
    rounds: Table
    sights: Table
    people: Table
    trades: Table

    def number(self, answer: Answer) -> int:
        """Return how many persons have so answered."""
        return int(np.count_nonzero(self.sights["answer"] == answer))

    def after(self, round: int) -> "Evening":
        """Return the evening as it stood after a round: who had opened the app, and what had come of it so far."""
        trades = self.trades[self.trades["round"] <= round]
        people, offers = self.people.copy(), self.offers.copy()  # frozen arrays would be compiled for once more
        sights = sights_of_evening(self.sights["row"].copy(), people, offers, self.rounds[:round], trades, self.terms)
        has_looked = sights["looks"] > 0
        return self._replace(sights=sights[has_looked], people=self.people[has_looked], trades=trades)

    def place_of(self, person: int) -> int | None:
        """Return a person's place among those who looked; None if he did not."""
        found = np.flatnonzero(self.people["person"] == person)
        return int(found[0]) if found.size else None

    def decision(self, place: int) -> Decision:
        """Return what was decided at this place, worked out as `gigsupply explain` does."""
        told, driver = self.sights[place], self.people[place]
        offer = self.offers[told["offer"]].copy()
        offer["cents"], offer["open"] = told["cents"], told["open"]
        pay, slot, station = float(told["cents"]) / 100.0, int(offer["slot"]), int(offer["station"])
        worth = explain(driver, slot, station, pay, float(driver["income_this_month"]), self.terms)
        answer = Answer(int(told["answer"]))
        sight = Sight(int(told["round"]), driver, offer, worth, answer == Answer.TOOK, answer in {Answer.PASSED, Answer.CANNOT})
        taken = tuple(self.trades[self.trades["row"] == told["row"]])
        return Decision(self.date, self.terms, sight, (), taken, None)


class Snapshot(NamedTuple):
    """A day. groups, districts: dtype DRIVEN, a row each; active: drivers active within 28 days by district.

    answers: persons who opened the app by what came of it, in the order of `Answer`.
    """

    day: Day
    parameters: Parameters
    groups: Array
    districts: Array
    active: Array
    answers: tuple[int, ...]
    minimum_wage: float
    evening: Evening | None
    parcels_per_courier: float  # attempts in normal hours

    @property
    def cap_per_block(self) -> float:
        """The highest pay of a block of the longest slot, EUR."""
        return self.parameters.platform.pay_cap_per_hour * max(self.parameters.blocks.slot_hours)

    @property
    def parcels_lacking(self) -> float:
        """Parcels that couriers would deliver in normal hours on the posts that are vacant."""
        carriers = self.parameters.carriers
        attempts = attempts_in_normal_hours(self.day.courier_vacancies, self.parcels_per_courier, carriers)
        return attempts * (1.0 - carriers.failed_to_queue)

    @property
    def parcels_in_blocks(self) -> float:
        """Parcels that all posted blocks would take along, were every one of them driven."""
        return self.day.blocks_posted * self.parameters.blocks.parcels

    @property
    def is_all_tried(self) -> bool:
        """Tell whether what waits are failed attempts of the day and nothing else."""
        day, carriers, blocks = self.day, self.parameters.carriers, self.parameters.blocks
        failed = day.parcels_delivered_by_carriers * ratio(carriers.failed_to_queue, 1.0 - carriers.failed_to_queue)
        failed += day.parcels_delivered_by_platform * ratio(1.0 - blocks.delivered_share, blocks.delivered_share)
        return day.parcels_arrived > 0 and day.parcels_backlog < failed + 0.5

    @property
    def has_blocks(self) -> bool:
        """Tell whether blocks were posted for this day."""
        return self.day.blocks_posted > 0


def sums_of_driven(before: Table, after: Table, column: str, number: int) -> Array:
    """Return what changed between two states of the same rows, summed by a column of codes, dtype DRIVEN."""
    sums = np.zeros(number, DRIVEN)
    columns = {"blocks": "blocks_driven", "below": "blocks_below_minimum_wage", "pay": "pay_total", "net": "net_total"}
    for name, total in (columns | {"hours": "hours_total"}).items():
        sums[name] = np.bincount(after[column], weights=after[total] - before[total], minlength=number)
    return frozen(sums)


def frozen[T: np.ndarray | Any](array: T) -> T:
    """Return an array that refuses to be written."""
    cast(np.ndarray, array).flags.writeable = False
    return array
