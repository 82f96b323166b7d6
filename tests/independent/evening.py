"""The evening before: in R rounds drivers open the app and book blocks, one block per opening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from model.random_draws import Purpose, uniform

from .terms import Terms

if TYPE_CHECKING:
    from .driver import Driver
    from .market import Witness
    from .pricing import Fixed

NEVER = 0  # rounds count from 1


@dataclass(eq=False)
class Offer:
    """Blocks of one slot at one station, with one price for all that are open."""

    index: int
    slot: int
    station: int
    posted: int
    pay_per_hour: float = 0.0
    cents: int = 0

    def __post_init__(self) -> None:
        self.open = self.posted


@dataclass(eq=False)
class Trade:
    """A block accepted by a driver; it keeps the price at which it was accepted."""

    driver: Driver
    offer: Offer
    round_: int
    cents: int
    reservation_wage: float
    perceived_surplus: float
    profit: float
    returns_in_round: int = NEVER
    is_held: bool = True
    is_driven: bool = False

    @property
    def slot(self) -> int:
        """Return the block's slot."""
        return self.offer.slot


class RoundRecord(NamedTuple):
    """What happened to an offer in a round."""

    round_: int
    slot: int
    station: int
    cents: int
    open_before: int
    given_back: int
    taken: int


class Evening:
    """One day's booking."""

    def __init__(self, market: Witness, day: date, offers: list[Offer], pricing: Fixed) -> None:
        self.market = market
        self.day = day
        self.offers = offers
        self.pricing = pricing
        self.terms = Terms(market, day)
        self.rounds = market.parameters["blocks.rounds"]
        self.trades: list[Trade] = []
        self.returning: dict[int, list[Trade]] = {}
        self.records: list[RoundRecord] = []
        self.openings = 0
        self.wanted = 0
        self.posted = sum(offer.posted for offer in offers)
        slots = len(market.parameters["blocks.slot_hours"])
        self.held_by_round = [[0] * (self.rounds + 1) for _ in range(slots)]

    def posted_in(self, slot: int) -> int:
        """Return the blocks posted in a slot."""
        return sum(offer.posted for offer in self.offers if offer.slot == slot)

    def held_trades(self) -> list[Trade]:
        """Return the blocks that are filled, in the order of acceptance."""
        return [trade for trade in self.trades if trade.is_held]

    def run(self) -> None:
        """Go through the rounds; without a posted block nobody has anything to book."""
        if self.posted == 0:
            return
        openers = self.openers_by_round()
        for round_ in range(1, self.rounds + 1):
            self.hold_round(round_, openers[round_])

    def openers_by_round(self) -> list[list[Driver]]:
        """Find who opens the app when: only registered drivers are asked, one gap after another."""
        openers: list[list[Driver]] = [[] for _ in range(self.rounds + 1)]
        for driver in self.market.registered.values():
            for round_ in driver.rounds_opened(self.day, self.rounds):
                openers[round_].append(driver)
        return openers

    def hold_round(self, round_: int, openers: list[Driver]) -> None:
        """Take back cancelled blocks, price what is open, and let the openers act in the order of their draws."""
        returned = self.take_back(round_)
        for offer in self.offers:
            self.pricing.price(offer, round_)
        open_before = [offer.open for offer in self.offers]
        for driver in self.in_order(openers, round_):
            self.openings += 1
            self.serve(driver, round_)
        self.note_round(round_, open_before, returned)

    def take_back(self, round_: int) -> list[int]:
        """Open again what is given back at the start of a round; return the blocks by offer."""
        returned = [0] * len(self.offers)
        for trade in self.returning.pop(round_, []):
            trade.is_held = False
            trade.offer.open += 1
            trade.driver.give_back(trade)
            returned[trade.offer.index] += 1
        return returned

    def in_order(self, openers: list[Driver], round_: int) -> list[Driver]:
        """Sort openers by the draw keyed (day, round, person)."""
        seed, today = self.market.seed, self.day.toordinal()
        return sorted(openers, key=lambda driver: uniform(seed, Purpose.ORDER.value, today, driver.person, round_))

    def serve(self, driver: Driver, round_: int) -> None:
        """Let one driver look at the offers and take the best open one if it is worth it."""
        trade = driver.look(self.offers, round_, self.terms)
        self.wanted += driver.newly_wanted
        if trade is None:
            return
        trade.offer.open -= 1
        self.trades.append(trade)
        trade.returns_in_round = driver.cancels_in(trade.slot, round_, self.terms)
        if trade.returns_in_round != NEVER:
            self.returning.setdefault(trade.returns_in_round, []).append(trade)

    def note_round(self, round_: int, open_before: list[int], returned: list[int]) -> None:
        """Write down prices and counts at the round's end."""
        for offer, open_at_start, given_back in zip(self.offers, open_before, returned, strict=True):
            taken = open_at_start - offer.open
            self.records.append(RoundRecord(round_, offer.slot, offer.station, offer.cents, open_at_start, given_back, taken))
            self.held_by_round[offer.slot][round_] += offer.posted - offer.open
