"""What everybody who opened the app one evening saw, and did: of each person the look that tells most.

It is put together again from what the booking wrote down, with the booking's own rules, so that an evening can be shown
without an onlooker that would halt at every look.
"""

from enum import IntEnum

import numpy as np

from .choice import budget, hindrance_of, shock_of_day, shock_of_week, wage_of_slot
from .compiled import compiled
from .looks import looks_of_evening
from .roster import DriverRow, Table
from .terms import Terms

type Array = np.ndarray


class Answer(IntEnum):
    """What came of an evening for one person."""

    TOOK = 0  # a block, even if it was given back later
    PASSED = 1  # an open block could have been taken, and was not worth it
    CANNOT = 2  # no open block could have been taken
    TOO_LATE = 3  # whenever he looked, nothing was open


_TOOK, _PASSED, _CANNOT, _TOO_LATE = map(int, Answer)

SIGHT = np.dtype(
    [
        ("row", "i8"),
        ("looks", "i4"),
        ("round", "i4"),
        ("offer", "i4"),
        ("cents", "i8"),
        ("open", "i4"),
        ("hindrance", "i4"),
        ("answer", "i4"),
        ("perceived_surplus", "f8"),
    ],
    align=True,
)  # told: the first block taken, else the best at the last look at which any was open, else the best of those gone


def sights_of_evening(rows: Array, people: Table, offers: Table, rounds: Table, trades: Table, terms: Terms) -> Table:
    """Return one sight per opener, dtype SIGHT, in the order of the booking's openers.

    rows: theirs in the roster; people: as they stood before the evening; rounds: those that are over, shape (rounds, offers).
    Who has not yet opened the app has no looks.
    """
    sights = np.zeros(people.size, SIGHT)
    sights["answer"] = Answer.TOO_LATE
    sights["row"] = rows
    if people.size:
        _, looks, starts = looks_of_evening(people, np.arange(people.size), terms)
        _fill(sights, people, looks, starts, offers, rounds["open_before"].copy(), rounds["cents"].copy(), trades, terms)
    return sights


@compiled
def _fill(
    sights: Table, people: Table, looks: Array, starts: Array, offers: Table, still_open: Array, cents: Array, trades: Table,
    terms: Terms,
) -> None:  # fmt: skip
    """Go through the looks in their order; still_open: blocks by round and offer, those at the round's start, changed."""
    number = 0
    for round in range(1, len(still_open) + 1):
        open_now, prices = still_open[round - 1], cents[round - 1]
        for place in looks[starts[round - 1] : starts[round]]:
            sight = sights[place]
            sight.looks += 1
            takes = number < trades.size and trades[number].round == round and trades[number].row == sight.row
            if sight.answer != _TOOK:
                _see(sight, people[place], round, offers, open_now, prices, terms)
            if takes:
                trade = trades[number]
                if sight.answer != _TOOK:
                    sight.answer, sight.offer, sight.cents, sight.hindrance = _TOOK, trade.offer, trade.cents, 0
                    sight.open, sight.round, sight.perceived_surplus = open_now[trade.offer], round, trade.perceived_surplus
                open_now[trade.offer] -= 1
                number += 1


@compiled
def _see(sight: Table, driver: DriverRow, round: int, offers: Table, open_now: Array, prices: Array, terms: Terms) -> None:
    """Remember the best open block of this look, or the best of those gone if nothing was ever open."""
    is_anything_open = open_now.sum() > 0
    if not is_anything_open and sight.answer != _TOO_LATE:
        return
    week, day, is_first, is_best_feasible = shock_of_week(driver, terms), shock_of_day(driver, terms), True, False
    for index in range(offers.size):
        if (open_now[index] if is_anything_open else offers[index].posted) <= 0:
            continue
        slot = offers[index].slot
        hindrance = hindrance_of(driver, slot, terms)
        wage = wage_of_slot(driver, slot, week, day, terms)
        worth = budget(driver, slot, offers[index].station, prices[index] / 100.0, driver.income_this_month, wage, terms)
        is_feasible = hindrance == 0
        is_better = is_feasible and not is_best_feasible
        if is_feasible == is_best_feasible:
            is_better = worth.perceived_surplus > sight.perceived_surplus
        if is_first or is_better:
            is_first, is_best_feasible = False, is_feasible
            sight.round, sight.offer, sight.cents, sight.open = round, index, prices[index], open_now[index]
            sight.hindrance, sight.perceived_surplus = hindrance, worth.perceived_surplus
    if is_anything_open:
        sight.answer = _PASSED if is_best_feasible else _CANNOT
