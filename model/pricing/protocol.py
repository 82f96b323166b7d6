"""What a pricing policy is: three verbs, and what it may see. No policy reads drivers' private columns."""

from math import log
from typing import Any, NamedTuple, Protocol, runtime_checkable

import numpy as np

from ..parameters import Parameters

type Array = np.ndarray

ONE_CENT = 0.01  # EUR/h: the lowest price with a logarithm


class Tariff(NamedTuple):
    """The terms under which prices move, EUR/h, and the offers they are for."""

    floor: float
    cap: float
    first_offer: float
    step: float  # per round
    escalation_round: int  # r*: steps come after it
    rounds: int
    slot_of_offer: Array
    hours_of_offer: Array

    def cents(self, per_hour: Array | float) -> Array:
        """Return whole cents per block by offer: rounded half up, then clipped to floor and cap."""
        low, high, price = (np.floor(100.0 * self.hours_of_offer * rate + 0.5) for rate in (self.floor, self.cap, per_hour))
        return np.clip(price, low, high).astype(np.int64)


class Posting(NamedTuple):
    """What is posted for a day; posted: blocks by offer, shape (offers,)."""

    date: int
    posted: Array


class Outcome(NamedTuple):
    """What became of a day's blocks.

    posted: blocks by offer; held: blocks held at the end of each round, round 0 before the first, shape (rounds + 1, offers).
    """

    posted: Array
    held: Array


class Pricing(Protocol):
    """A policy. Prices are whole cents per block by offer, shape (offers,)."""

    def open(self, day: Posting) -> Array:
        """Return the prices of the first round."""
        ...

    def reprice(self, round: int, open: Array, filled: Array) -> Array:
        """Return the prices of a later round (2 .. R), given open and filled blocks by offer."""
        ...

    def close(self, outcome: Outcome) -> None:
        """Learn from the day."""
        ...


@runtime_checkable
class Learning(Pricing, Protocol):
    """A policy whose lessons outlast a change of its terms midway; others start anew under the new ones."""

    def carry_on(self, before: Any) -> None:
        """Take over what the same policy has learnt under other terms."""
        ...


def tariff_of(parameters: Parameters) -> Tariff:
    """Gather a policy's terms."""
    platform, blocks = parameters.platform, parameters.blocks
    slots, stations = len(blocks.slot_starts), len(platform.stations)
    return Tariff(
        floor=platform.pay_floor_per_hour,
        cap=platform.pay_cap_per_hour,
        first_offer=platform.first_offer_per_hour,
        step=platform.step_per_hour * 10 / blocks.rounds,
        escalation_round=min(int(blocks.rounds * blocks.escalation_share + 0.5), blocks.rounds),
        rounds=blocks.rounds,
        slot_of_offer=np.repeat(np.arange(slots), stations),
        hours_of_offer=np.repeat(np.array(blocks.slot_hours, float), stations),
    )


def log_price(per_hour: float) -> float:
    """Return ln of a price, EUR/h; a price of 0 counts as one cent."""
    return log(max(per_hour, ONE_CENT))
