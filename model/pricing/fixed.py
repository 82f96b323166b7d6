"""One price, whatever happens."""

from ..parameters import Parameters
from .protocol import Array, Outcome, Posting, tariff_of


class Fixed:
    """Offer the first price in every round of every day."""

    def __init__(self, parameters: Parameters) -> None:
        self.tariff = tariff_of(parameters)

    def open(self, day: Posting) -> Array:
        """Return the one price."""
        return self.tariff.cents(self.tariff.first_offer)

    def reprice(self, round: int, open: Array, filled: Array) -> Array:
        """Return the one price."""
        return self.tariff.cents(self.tariff.first_offer)

    def close(self, outcome: Outcome) -> None:
        """Learn nothing."""
