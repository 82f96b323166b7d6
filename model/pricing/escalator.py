"""Start low, and a step up in each later round while blocks are open."""

import numpy as np

from ..parameters import Parameters
from .protocol import Array, Outcome, Posting, tariff_of


class Escalator:
    """Raise each offer that still has open blocks by one step a round; every day starts anew."""

    def __init__(self, parameters: Parameters) -> None:
        self.tariff = tariff_of(parameters)
        self.per_hour = np.full(self.tariff.hours_of_offer.size, self.tariff.first_offer)

    def open(self, day: Posting) -> Array:
        """Return the first offer."""
        self.per_hour[:] = self.tariff.first_offer
        return self.tariff.cents(self.per_hour)

    def reprice(self, round: int, open: Array, filled: Array) -> Array:
        """Step up where blocks are open."""
        self.per_hour[open > 0] += self.tariff.step
        return self.tariff.cents(self.per_hour)

    def close(self, outcome: Outcome) -> None:
        """Learn nothing."""
