"""A round: who gets which block, first come first served (MODEL section 3)."""

from collections.abc import Callable
from math import floor
from typing import NamedTuple

import numpy as np

from .choice import budget, choose, set_wages_of_evening
from .compiled import compiled
from .looks import looks_of_evening
from .parameters import MOST_SLOTS
from .pricing import Outcome, Posting, Pricing
from .random_draws import Purpose, uniform
from .roster import DriverRow, Table
from .terms import Terms

type Array = np.ndarray

_CANCEL = int(Purpose.CANCEL)

TRADE = np.dtype(
    [
        ("row", "i8"),
        ("offer", "i4"),
        ("slot", "i4"),
        ("station", "i4"),
        ("round", "i4"),
        ("cents", "i8"),
        ("reservation_wage", "f8"),
        ("perceived_surplus", "f8"),
        ("profit", "f8"),
        ("returns_in_round", "i4"),
        ("is_held", "?"),
        ("is_driven", "?"),
        ("previous", "i8"),
    ],
    align=True,
)  # one acceptance; previous: the same driver's trade before it today, -1: none
ROUND = np.dtype(
    [
        ("round", "i4"),
        ("slot", "i4"),
        ("station", "i4"),
        ("cents", "i8"),
        ("open_before", "i4"),
        ("given_back", "i4"),
        ("taken", "i4"),
    ]
)  # what happened to one offer in one round


class Openers(NamedTuple):
    """Who opens the app this evening, and what an hour is worth to each: fixed before the first round."""

    rows: Array  # shape (openers,), rising
    wages: Array  # reservation wages, EUR/h, shape (openers, slots)


class Booking(NamedTuple):
    """An evening: offers (dtype OFFER), trades (dtype TRADE), rounds (dtype ROUND, round-major)."""

    offers: Table
    trades: Table
    rounds: Table
    openers: Openers
    looks: Array  # in their order; places in `openers`
    wanted: int  # (driver, slot) pairs

    @property
    def first_offer_eur(self) -> float:
        """Mean price of the posted blocks in the first round."""
        first, posted = self.rounds[self.rounds["round"] == 1], self.offers["posted"]
        return float((first["cents"] * posted).sum() / posted.sum() / 100.0) if first.size else float("nan")

    @property
    def highest_offer_eur(self) -> float:
        """Highest price at which a block was open."""
        open_offers = self.rounds[self.rounds["open_before"] > 0]
        return float(open_offers["cents"].max() / 100.0) if open_offers.size else float("nan")


class Look(NamedTuple):
    """One opening of the app, as its driver finds the market: before he takes a block or passes."""

    round: int
    row: int
    offers: Table
    trades: Table  # so far


type Onlooker = Callable[[Look], None]


@compiled
def wages_of_evening(drivers: Table, rows: Array, terms: Terms) -> Array:
    """Return what an hour of each slot is worth to each of these rows, EUR/h, shape (rows, slots)."""
    wages = np.empty((rows.size, MOST_SLOTS))
    for place in range(rows.size):
        set_wages_of_evening(drivers[rows[place]], wages[place], terms)
    return wages


@compiled
def side_income_today(driver: DriverRow, trades: Table) -> float:
    """Return this month's profit with the blocks held for today, EUR: the x at which one more block is taxed."""
    income = driver.income_this_month
    index = driver.latest_trade_today
    while index >= 0:
        if trades[index].is_held:
            income += trades[index].profit
        index = trades[index].previous
    return income


@compiled
def give_back(round: int, trades: Table, number: int, offers: Table, drivers: Table, given_back: Array, terms: Terms) -> None:
    """Return the blocks whose holders cancel at the start of this round; they stay out of that slot today."""
    for index in range(number):
        trade = trades[index]
        if trade.is_held and trade.returns_in_round == round:
            trade.is_held = False
            offers[trade.offer].open += 1
            given_back[trade.offer] += 1
            driver = drivers[trade.row]
            driver.blocks_held_today -= 1
            driver.hours_held_this_week -= terms.slot_hours[trade.slot]


@compiled
def round_of_cancellation(round: int, person: int, slot: int, terms: Terms) -> int:
    """Return the round at whose start a block accepted now is given back; 0: it is kept."""
    if round > terms.rounds - 2:
        return 0
    u = uniform(terms.seed, _CANCEL, terms.date, person, slot)
    if u >= terms.cancellation:
        return 0
    return round + 1 + int(floor((terms.rounds - 1 - round) * u / terms.cancellation))


@compiled
def book_round(
    round: int,
    looks: Array,
    openers: Openers,
    offers: Table,
    trades: Table,
    number: int,
    drivers: Table,
    taken: Array,
    terms: Terms,
) -> tuple[int, int]:
    """Let drivers act in order: each look takes at most one block, first come first served.

    looks: places in `openers`. Returns the number of trades so far, and how many (driver, slot) pairs were wanted for
    the first time.
    """
    wanted = 0
    for place in looks:
        row = openers.rows[place]
        driver = drivers[row]
        side_income = side_income_today(driver, trades)
        choice = choose(driver, openers.wages[place], offers, side_income, terms)
        if choice.wanted_slot >= 0 and not driver.slots_wanted_today >> choice.wanted_slot & 1:
            driver.slots_wanted_today |= 1 << choice.wanted_slot
            wanted += 1
        if choice.offer < 0:
            continue
        offer, trade = offers[choice.offer], trades[number]
        worth = budget(driver, offer.slot, offer.station, offer.cents / 100.0, side_income, choice.reservation_wage, terms)
        trade.row, trade.offer, trade.slot, trade.station = row, choice.offer, offer.slot, offer.station
        trade.round, trade.cents, trade.is_held = round, offer.cents, True
        trade.reservation_wage, trade.profit = worth.reservation_wage, worth.profit
        trade.perceived_surplus = worth.perceived_surplus
        trade.returns_in_round = round_of_cancellation(round, driver.person, offer.slot, terms)
        offer.open -= 1
        taken[choice.offer] += 1
        trade.previous, driver.latest_trade_today = driver.latest_trade_today, number
        driver.slots_closed_today |= 1 << offer.slot
        driver.blocks_held_today += 1
        driver.hours_held_this_week += terms.slot_hours[offer.slot]
        number += 1
    return number, wanted


@compiled
def forget_the_evening(drivers: Table, rows: Array) -> None:
    """Clear what drivers held today; touches only those who opened the app."""
    for row in rows:
        driver = drivers[row]
        driver.blocks_held_today, driver.slots_closed_today, driver.slots_wanted_today = 0, 0, 0
        driver.latest_trade_today = -1


def book(offers: Table, pricing: Pricing, drivers: Table, rows: Array, terms: Terms, onlooker: Onlooker | None = None) -> Booking:
    """Run the booking rounds of one evening: prices, looks, acceptances, cancellations.

    offers: dtype OFFER, changed; rows: who is registered, shape (registered,). Writes the matching columns of `drivers`.
    An evening without blocks has no rounds, and the policy learns nothing from it. An onlooker sees each look and changes nothing.
    """
    if not offers["posted"].any():
        nobody = Openers(np.empty(0, np.int64), np.empty((0, MOST_SLOTS)))
        return Booking(offers, np.empty(0, TRADE), np.empty(0, ROUND), nobody, np.empty(0, np.int64), 0)
    opening, looking, starts = looks_of_evening(drivers, rows, terms)
    openers = Openers(opening, wages_of_evening(drivers, opening, terms))
    trades = np.zeros(min(looking.size, int(offers["posted"].sum()) * terms.rounds), TRADE)
    rounds = np.zeros((terms.rounds, offers.size), ROUND)
    held = np.zeros((terms.rounds + 1, offers.size), np.int64)
    number, wanted = 0, 0
    for round in range(1, terms.rounds + 1):
        log = rounds[round - 1]
        given_back, taken = np.zeros(offers.size, np.int64), np.zeros(offers.size, np.int64)
        give_back(round, trades, number, offers, drivers, given_back, terms)
        if round == 1:
            prices = pricing.open(Posting(terms.date, offers["posted"].copy()))
        else:
            prices = pricing.reprice(round, offers["open"].copy(), offers["posted"] - offers["open"])
        offers["cents"] = prices
        log["round"], log["slot"], log["station"] = round, offers["slot"], offers["station"]
        log["cents"], log["open_before"], log["given_back"] = prices, offers["open"], given_back
        looks = looking[starts[round - 1] : starts[round]]
        for some in looks[:, np.newaxis] if onlooker else (looks,):
            if onlooker:
                onlooker(Look(round, int(opening[some[0]]), offers, trades[:number]))
            number, new = book_round(round, some, openers, offers, trades, number, drivers, taken, terms)
            wanted += new
        log["taken"] = taken
        held[round] = offers["posted"] - offers["open"]
    pricing.close(Outcome(offers["posted"].copy(), held))
    return Booking(offers, trades[:number], rounds.reshape(-1), openers, looking, wanted)
