"""The clairvoyant buyer: what a day's blocks would have cost at the drivers' own reservation pays (MODEL section 4).

A shadow number, not an arm. He knows what today's openers would work for, pays each just that, and gives everybody at most
one block. Two quantities are bought at least cost: the blocks that the day's policy held in the end, offer by offer, so
that its payout over this cost is a mark-up on the same blocks; and as many of the posted blocks as openers can fill at all.
"""

from math import ceil
from typing import NamedTuple

import numpy as np

from .choice import NOT_TONIGHT, budget
from .compiled import compiled
from .matching import Booking, Openers
from .net_income import tax
from .roster import DriverRow, Table
from .terms import Terms

type Array = np.ndarray

NOT_AT_ANY_PRICE = 1 << 40  # cents


class Clairvoyant(NamedTuple):
    """A day's payout against the least it could have cost; blocks without their driver count as held."""

    blocks_held: int
    payout_eur: float  # prices at which the held blocks were accepted, without mileage top-ups
    blocks_matched: int  # of those held; fewer only where some driver had two and nobody else could serve
    least_cost_eur: float  # of the matched blocks
    blocks_coverable: int  # of those posted, by openers with one block each, at pays up to the cap
    least_cost_of_coverable_eur: float


def clairvoyant(booking: Booking, drivers: Table, cap_cents: Array, terms: Terms) -> Clairvoyant:
    """Compare an evening's payout with the least cost of its blocks. Reads only; call after `book`, before `settle`.

    cap_cents: the highest pay by offer. The clairvoyant respects the cap, without which anybody could be bought, but no
    floor. Wages are those of the evening's start, when nobody held a block; experience and this month's income are changed
    by settlement alone, later.
    """
    held = booking.trades[booking.trades["is_held"]]
    posted = booking.offers["posted"].astype(np.int64)
    pays = cheapest(reservation_pays(booking.openers, drivers, booking.offers, cap_cents, terms), int(posted.sum()))
    matched, cost = least_cost(pays, np.bincount(held["offer"], minlength=posted.size))
    coverable, cost_of_coverable = least_cost(pays, posted)
    return Clairvoyant(
        blocks_held=held.size,
        payout_eur=float(held["cents"].sum() / 100.0),
        blocks_matched=matched,
        least_cost_eur=cost / 100.0,
        blocks_coverable=coverable,
        least_cost_of_coverable_eur=cost_of_coverable / 100.0,
    )


def cheapest(pays: Array, blocks: int) -> Array:
    """Return the rows of persons who can matter when so many blocks are filled: for some offer among that many cheapest.

    Somebody else in an offer leaves one of its cheapest out of work, who would do it for no more.
    """
    if blocks >= pays.shape[0]:
        return pays
    least = np.partition(pays, blocks, axis=0)[blocks]
    return pays[(pays <= least).any(axis=1) & (pays < NOT_AT_ANY_PRICE).any(axis=1)]


@compiled
def reservation_pay(driver: DriverRow, slot: int, station: int, wage: float, cap: int, terms: Terms) -> int:
    """Return the lowest pay, in whole cents up to the cap, at which perceived surplus >= 0; else NOT_AT_ANY_PRICE.

    Perceived, because that decides whether he accepts; of a first block today. A notch in the tax can take surplus down
    again, so halving the whole grid would miss the lowest pay. But surplus is linear in pay between the nodes of the tax
    table: walk up from stretch to stretch, and where it gets to 0 take the next whole cent, if it is still worth it there.
    """
    unpaid = budget(driver, slot, station, 0.0, driver.income_this_month, wage, terms)
    nodes, net, seen = terms.tax_nodes, terms.tax_net[driver.archetype], unpaid.tax_share_seen
    taxed = driver.income_this_month + unpaid.profit  # at pay 0
    before_tax = unpaid.perceived_surplus + seen * (unpaid.tax + tax(driver.income_this_month, nodes, net))
    node = np.searchsorted(nodes, taxed, side="right")
    low, at_low = 0.0, unpaid.perceived_surplus
    while True:
        is_last = node == nodes.size or nodes[node] - taxed >= cap / 100.0
        if is_last:
            high = cap / 100.0
            at_high = _surplus_at(high, before_tax, seen, taxed, nodes, net)
        else:  # at a node the tax stands in the table
            high = nodes[node] - taxed
            at_high = high + before_tax - seen * (nodes[node] - (net[node] - net[0]))
        if at_low >= 0.0 or at_high >= 0.0:
            root = low if at_low >= 0.0 else low + (high - low) * at_low / (at_low - at_high)
            for pay in range(max(0, int(ceil(100.0 * root)) - 1), min(cap, int(ceil(100.0 * root)) + 1) + 1):  # up to rounding
                if _surplus_at(pay / 100.0, before_tax, seen, taxed, nodes, net) >= 0.0:
                    return pay
        if is_last:
            return NOT_AT_ANY_PRICE
        low, at_low, node = high, at_high, node + 1


@compiled
def _surplus_at(pay: float, before_tax: float, seen: float, taxed: float, nodes: Array, net: Array) -> float:
    """Return perceived surplus at another pay: of all lines of the budget only pay and tax change with it."""
    return pay + before_tax - seen * tax(taxed + pay, nodes, net)


@compiled
def reservation_pays(openers: Openers, drivers: Table, offers: Table, cap_cents: Array, terms: Terms) -> Array:
    """Return reservation pays in cents, shape (openers, offers); NOT_AT_ANY_PRICE where not posted or not feasible."""
    pays = np.full((openers.rows.size, offers.size), NOT_AT_ANY_PRICE)
    for place in range(openers.rows.size):
        for index in range(offers.size):
            offer, wage = offers[index], openers.wages[place, offers[index].slot]
            if offer.posted > 0 and wage != NOT_TONIGHT:
                driver = drivers[openers.rows[place]]
                pays[place, index] = reservation_pay(driver, offer.slot, offer.station, wage, cap_cents[index], terms)
    return pays


@compiled
def least_cost(pays: Array, wanted: Array) -> tuple[int, int]:
    """Return how many of the wanted blocks can be filled, one a person, and the least total pay of so many, in cents.

    pays: cents, shape (persons, offers); wanted: blocks by offer. Exact, by successive shortest paths: each step fills one
    more block along the cheapest chain in which a free person takes an offer and whoever must make room moves on. Equal to
    a linear assignment over single blocks, with offers for nodes instead of persons.
    """
    offers = wanted.size
    by_pay = np.empty((offers, pays.shape[0]), np.int64)
    for offer in range(offers):
        by_pay[offer] = np.argsort(pays[:, offer])
    next_free = np.zeros(offers, np.int64)  # places in by_pay
    works_at = np.full(pays.shape[0], -1)
    filled, blocks, cost = np.zeros(offers, np.int64), 0, 0
    extra, mover = np.full((offers, offers), NOT_AT_ANY_PRICE), np.full((offers, offers), -1)
    while True:
        price, came_from = _cheapest_chains(pays, by_pay, next_free, works_at, extra)
        end = -1
        for offer in range(offers):
            if filled[offer] < wanted[offer] and price[offer] < (NOT_AT_ANY_PRICE if end < 0 else price[end]):
                end = offer
        if end < 0:
            return blocks, cost
        blocks, cost = blocks + 1, cost + price[end]
        filled[end] += 1
        offer = end
        while came_from[offer] >= 0:
            works_at[mover[came_from[offer], offer]] = offer
            offer = came_from[offer]
        newcomer = by_pay[offer, next_free[offer]]
        works_at[newcomer] = offer
        if offer == end:
            _consider_moves(newcomer, offer, pays, extra, mover)
        else:
            extra[:], mover[:] = NOT_AT_ANY_PRICE, -1
            for person in range(works_at.size):
                if works_at[person] >= 0:
                    _consider_moves(person, works_at[person], pays, extra, mover)


@compiled
def _cheapest_chains(pays: Array, by_pay: Array, next_free: Array, works_at: Array, extra: Array) -> tuple[Array, Array]:
    """Return the least extra pay that brings one more person to each offer, and the offer its last mover comes from.

    Moves may save money, so this is Bellman and Ford's search; cycles never save any, as the present filling is cheapest.
    """
    offers = next_free.size
    price, came_from = np.full(offers, NOT_AT_ANY_PRICE), np.full(offers, -1)
    for offer in range(offers):
        while next_free[offer] < works_at.size and works_at[by_pay[offer, next_free[offer]]] >= 0:
            next_free[offer] += 1
        if next_free[offer] < works_at.size:
            price[offer] = pays[by_pay[offer, next_free[offer]], offer]
    for _ in range(offers - 1):
        for here in range(offers):
            for there in range(offers):
                is_open = price[here] < NOT_AT_ANY_PRICE and extra[here, there] < NOT_AT_ANY_PRICE
                if is_open and price[here] + extra[here, there] < price[there]:
                    price[there], came_from[there] = price[here] + extra[here, there], here
    return price, came_from


@compiled
def _consider_moves(person: int, here: int, pays: Array, extra: Array, mover: Array) -> None:
    """Let a person who works here be the cheapest to move from here to each other offer, if he is."""
    for there in range(extra.shape[0]):
        if (
            there != here
            and pays[person, there] < NOT_AT_ANY_PRICE
            and pays[person, there] - pays[person, here] < extra[here, there]
        ):
            extra[here, there], mover[here, there] = pays[person, there] - pays[person, here], person
