"""A market that leaves a snapshot of every day. It looks on between its phases; what happens is the same, bit for bit."""

from typing import Any

import numpy as np

from model import BlockMarket
from model.matching import Booking
from model.parameters import Parameters
from model.records import Day
from model.roster import GROUPS
from model.settlement import ACTIVE_DAYS
from model.sights import Answer, sights_of_evening
from model.terms import minimum_wage

from .snapshot import DRIVEN, Evening, Snapshot, frozen, sums_of_driven


class WatchedMarket(BlockMarket):
    """The market with a memory for its latest day."""

    snapshot: Snapshot | None = None

    def __init__(self, parameters: Parameters, rng: int) -> None:
        super().__init__(parameters, rng)
        self.number_of_districts = len(type(self.parameters.population.districts).model_fields)
        self._forget()

    def _forget(self) -> None:
        self._evening: Evening | None = None
        self._groups, self._districts = np.zeros(len(GROUPS), DRIVEN), np.zeros(self.number_of_districts, DRIVEN)

    def step(self) -> None:
        """Let one calendar day pass, and keep its snapshot."""
        self._forget()
        super().step()

    def blocks_are_booked(self, day: Day) -> Booking | None:
        """Book, and keep what everybody saw who opened the app."""
        rows, before = self.registered_rows, self.drivers[self.registered_rows]
        booking = super().blocks_are_booked(day)
        if booking and day.blocks_posted:
            people = before[np.searchsorted(rows, booking.openers.rows)]
            rounds = booking.rounds.reshape(-1, booking.offers.size)
            sights = sights_of_evening(booking.openers.rows, people, booking.offers, rounds, booking.trades, self.terms)
            tables: list[Any] = [booking.offers.copy(), rounds, sights, people, booking.trades.copy()]
            self._evening = Evening(day.date, self.in_force, self.terms, *map(frozen, tables))
        return booking

    def drivers_are_paid(self, day: Day, booking: Booking) -> None:
        """Pay, and keep what was driven by group and district."""
        rows = np.unique(booking.trades["row"][booking.trades["is_driven"]])
        before = self.drivers[rows]
        super().drivers_are_paid(day, booking)
        after = self.drivers[rows]
        self._groups = sums_of_driven(before, after, "group", len(GROUPS))
        self._districts = sums_of_driven(before, after, "district", self.number_of_districts)

    def count(self, day: Day) -> None:
        """Count, and take the snapshot."""
        super().count(day)
        since = self.terms.date - ACTIVE_DAYS
        active = np.zeros(self.number_of_districts, np.int64)
        for persons in (self.drivers, self.former_drivers):
            active += np.bincount(persons["district"][persons["last_block_on"] > since], minlength=active.size)
        answers = tuple(self._evening.number(answer) if self._evening else 0 for answer in Answer)
        self.snapshot = Snapshot(
            day,
            self.in_force,
            self._groups,
            self._districts,
            frozen(active),
            answers,
            minimum_wage(day.date, self.in_force),
            self._evening,
            self.parcels_per_courier,
        )
