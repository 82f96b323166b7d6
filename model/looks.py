"""Who opens the app this evening, when, and in which order (MODEL sections 3 and 9)."""

from math import floor, log

import numpy as np

from .compiled import compiled
from .random_draws import Purpose, exponential, uniform
from .roster import Status, Table
from .terms import Terms

type Array = np.ndarray

_OPENINGS, _ORDER, _REGISTERED = map(int, (Purpose.OPENINGS, Purpose.ORDER, Status.REGISTERED))


@compiled
def looks_of_evening(drivers: Table, rows: Array, terms: Terms) -> tuple[Array, Array, Array]:
    """Return the rows that open the app, their looks in order of round and, within it, of their draw, and where each round starts.

    Gaps between looks are exponential and start anew with the next round, so that a registered driver opens the app in
    each round with probability a_i, exactly. rows: who might. A look is a place among the openers; shapes (openers,),
    (looks,), (rounds + 1,).
    """
    openers, number = np.empty(rows.size, np.int64), 0
    size, count = max(1024, rows.size), 0
    found, in_round, draw = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size)
    for row in rows:
        driver = drivers[row]
        chance = driver.opening_probability_per_round
        if driver.status != _REGISTERED or chance <= 0.0:
            continue
        rate = -log(1.0 - chance) if chance < 1.0 else 0.0
        time, look = 0.0, 0
        while True:
            if chance < 1.0:
                time += exponential(terms.seed, _OPENINGS, terms.date, driver.person, look) / rate
            if time >= terms.rounds:
                break
            if count == size:
                size *= 2
                found, in_round, draw = np.append(found, found), np.append(in_round, in_round), np.append(draw, draw)
            round = int(floor(time)) + 1
            found[count], in_round[count] = number, round
            draw[count] = uniform(terms.seed, _ORDER, terms.date, driver.person, round)
            time, look, count = float(round), look + 1, count + 1
        if look > 0:
            openers[number] = row
            number += 1
    looks, starts = _in_order(found[:count], in_round[:count], draw[:count], terms.rounds)
    return openers[:number], looks, starts


@compiled
def _in_order(who: Array, in_round: Array, draw: Array, rounds: int) -> tuple[Array, Array]:
    """Sort by round, then draw: counting into fine buckets, insertion inside; linear in the number of looks."""
    fine = max(1, who.size // rounds)
    first = np.zeros(rounds * fine + 1, np.int64)
    for look in range(who.size):
        first[(in_round[look] - 1) * fine + int(draw[look] * fine) + 1] += 1
    first = np.cumsum(first)
    place = first[:-1].copy()
    in_order, sorted_draws = np.empty_like(who), np.empty_like(draw)
    for look in range(who.size):
        bucket = (in_round[look] - 1) * fine + int(draw[look] * fine)
        k = place[bucket]
        while k > first[bucket] and sorted_draws[k - 1] > draw[look]:
            in_order[k], sorted_draws[k] = in_order[k - 1], sorted_draws[k - 1]
            k -= 1
        in_order[k], sorted_draws[k] = who[look], draw[look]
        place[bucket] += 1
    return in_order, first[::fine].copy()
