"""Three ways to price the open blocks: one price, a ladder, a ladder whose foot learns from the fill."""

from __future__ import annotations

from math import exp, inf, log
from typing import TYPE_CHECKING, Any

from .arithmetic import rounded

if TYPE_CHECKING:
    from .evening import Offer

TENTHS = 10.0


def log_price(pay_per_hour: float) -> float:
    """Return the log of a price; nothing at all is minus infinity."""
    return log(pay_per_hour) if pay_per_hour > 0.0 else -inf


class Fixed:
    """One price."""

    def __init__(self, parameters: dict[str, Any]) -> None:
        self.parameters = parameters
        self.floor = parameters["platform.pay_floor_per_hour"]
        self.cap = parameters["platform.pay_cap_per_hour"]
        self.first_offer = parameters["platform.first_offer_per_hour"]
        self.rounds = parameters["blocks.rounds"]
        self.slot_hours = parameters["blocks.slot_hours"]

    def cents(self, slot: int, pay_per_hour: float) -> int:
        """Return whole cents per block between floor and cap."""
        hours = self.slot_hours[slot]
        lowest, highest = rounded(100.0 * hours * self.floor), rounded(100.0 * hours * self.cap)
        return max(lowest, min(highest, rounded(100.0 * hours * pay_per_hour)))

    def base_per_hour(self, slot: int) -> float:
        """Return the price before any step."""
        return self.first_offer

    def first_step_in_round(self) -> int:
        """Return the first round with a step up; none with one price."""
        return self.rounds + 1

    def step_per_hour(self) -> float:
        """Return the step per round: it is given per tenth of the booking window."""
        return self.parameters["platform.step_per_hour"] * TENTHS / self.rounds

    def price(self, offer: Offer, round_: int) -> None:
        """Set an offer's price at the start of a round, before anybody opens the app."""
        if round_ == 1:
            offer.pay_per_hour = self.base_per_hour(offer.slot)
        if round_ >= self.first_step_in_round() and offer.open > 0:
            offer.pay_per_hour += self.step_per_hour()
        offer.cents = self.cents(offer.slot, offer.pay_per_hour)

    def learn(self, slot: int, posted: int, held_by_round: list[int]) -> None:
        """Take note of a slot's day: blocks posted and held at the end of each round."""


class Escalator(Fixed):
    """Starts low, a step up in each later round while blocks are open."""

    def first_step_in_round(self) -> int:
        """Step from the second round on."""
        return 2


class Feedback(Fixed):
    """An integral controller: the base price rises while too few blocks are filled by round r*."""

    def __init__(self, parameters: dict[str, Any]) -> None:
        super().__init__(parameters)
        self.target = parameters["platform.fill_target"]
        self.gain = parameters["platform.gain"]
        self.last_round_without_step = rounded(self.rounds * parameters["blocks.escalation_share"])
        self.log_base = [self.clipped(log_price(self.first_offer)) for _ in self.slot_hours]

    def clipped(self, log_base: float) -> float:
        """Keep a log price between floor and cap."""
        return max(log_price(self.floor), min(log_price(self.cap), log_base))

    def base_per_hour(self, slot: int) -> float:
        """Return the slot's learnt base price."""
        return exp(self.clipped(self.log_base[slot]))

    def first_step_in_round(self) -> int:
        """Step from round r* + 1 on; the first round always has the base price."""
        return max(2, self.last_round_without_step + 1)

    def learn(self, slot: int, posted: int, held_by_round: list[int]) -> None:
        """Move the log base price by the missing fill."""
        if posted == 0:
            return
        filled_share = held_by_round[min(self.last_round_without_step, self.rounds)] / posted
        self.log_base[slot] = self.clipped(self.log_base[slot] + self.gain * (self.target - filled_share))


POLICIES: dict[str, type[Fixed]] = {"fixed": Fixed, "escalator": Escalator, "feedback": Feedback}
