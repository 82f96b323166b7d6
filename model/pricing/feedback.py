"""A base price per slot that follows the share filled, and steps up late in the evening (MODEL section 4)."""

from typing import Self

import numpy as np

from ..parameters import Parameters
from .protocol import Array, Outcome, Posting, log_price, tariff_of


class Feedback:
    """Integral control of the log price: u_s ← u_s + k_I(φ* − φ_s), φ_s the share filled by round r*.

    φ* is the share filled by r*, not the final fill; at 1 the price ratchets to the cap. Stable if k_I·dφ/d ln p < 2.
    """

    def __init__(self, parameters: Parameters) -> None:
        self.tariff = tariff_of(parameters)
        self.gain, self.fill_target = parameters.platform.gain, parameters.platform.fill_target
        self.bounds = log_price(self.tariff.floor), log_price(self.tariff.cap)
        start = min(max(log_price(self.tariff.first_offer), self.bounds[0]), self.bounds[1])
        self.log_base_price = np.full(len(parameters.blocks.slot_starts), start)
        self.per_hour = np.empty(self.tariff.hours_of_offer.size)
        self.has_learnt = False

    def carry_on(self, before: Self) -> None:
        """Keep base prices, within floor and cap; another first offer starts them anew."""
        if before.has_learnt and before.tariff.first_offer == self.tariff.first_offer:
            self.log_base_price, self.has_learnt = np.clip(before.log_base_price, *self.bounds), True

    def open(self, day: Posting) -> Array:
        """Return each slot's base price."""
        self.per_hour = np.exp(np.clip(self.log_base_price, *self.bounds))[self.tariff.slot_of_offer]
        return self.tariff.cents(self.per_hour)

    def reprice(self, round: int, open: Array, filled: Array) -> Array:
        """Step up after round r* where blocks are open."""
        if round > self.tariff.escalation_round:
            self.per_hour[open > 0] += self.tariff.step
        return self.tariff.cents(self.per_hour)

    def close(self, outcome: Outcome) -> None:
        """Move each slot that had blocks towards its target."""
        for slot in range(self.log_base_price.size):
            own = self.tariff.slot_of_offer == slot
            posted = outcome.posted[own].sum()
            if posted > 0:
                self.has_learnt = True
                filled = outcome.held[self.tariff.escalation_round, own].sum() / posted
                moved = self.log_base_price[slot] + self.gain * (self.fill_target - filled)
                self.log_base_price[slot] = min(max(moved, self.bounds[0]), self.bounds[1])
