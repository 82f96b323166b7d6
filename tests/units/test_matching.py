"""An evening's booking: who looks when, who gets which block, what giving back does, and what a look is worth."""

import math

import numpy as np
import pytest

from model import Parameters
from model.blocks import post
from model.choice import choose
from model.looks import looks_of_evening
from model.matching import (
    TRADE,
    Openers,
    book,
    book_round,
    give_back,
    round_of_cancellation,
    side_income_today,
    wages_of_evening,
)
from model.population import draw_population
from model.pricing import pricing_policy
from model.random_draws import Purpose, uniform
from model.roster import Status
from tests.units.evenings import DAY, SEED, evening

pytestmark = pytest.mark.rules


def booked(drivers, parameters, terms, blocks=40):
    """Run one evening and return its booking."""
    offers = post(blocks, parameters.blocks, len(parameters.platform.stations))
    return book(offers, pricing_policy(parameters), drivers, np.arange(drivers.size), terms)


def looks_matrix(chance, rounds=10, number=4_000, seed=SEED):
    """Return who looked in which round, shape (persons, rounds), when everybody opens the app with one chance per round."""
    drivers, _, terms = evening(number, seed, blocks__rounds=rounds)
    drivers["opening_probability_per_round"] = chance
    openers, looks, starts = looks_of_evening(drivers, np.arange(number), terms)
    looked = np.zeros((number, rounds), np.int64)
    for k in range(rounds):
        np.add.at(looked[:, k], openers[looks[starts[k] : starts[k + 1]]], 1)
    return looked


@pytest.mark.parametrize("chance", [0.03, 0.3, 0.9])
def test_openings_are_bernoulli_in_each_round_and_independent_between_rounds(chance):
    """Counts within 4 standard errors, at most one look a round, and no correlation of a round with the one after."""
    looked = looks_matrix(chance)
    n, rounds = looked.shape
    assert looked.max() == 1
    assert (abs(looked.mean(axis=0) - chance) < 4 * math.sqrt(chance * (1 - chance) / n)).all()
    both = (looked[:, :-1] * looked[:, 1:]).mean()
    assert abs(both - chance**2) < 4 * math.sqrt(chance**2 * (1 - chance**2) * 3 / (n * (rounds - 1)))  # 3: pairs overlap


def test_who_opens_with_certainty_looks_once_in_every_round_and_with_chance_0_never():
    assert (looks_matrix(1.0, rounds=7, number=50) == 1).all()
    assert not looks_matrix(0.0, rounds=7, number=50).any()


def test_only_registered_drivers_look():
    drivers, _, terms = evening(60)
    drivers["opening_probability_per_round"] = 1.0
    for status in Status:
        drivers["status"][status * 10 : status * 10 + 10] = status
    openers, looks, _ = looks_of_evening(drivers, np.arange(60), terms)
    assert set(looks) == set(range(10))
    assert set(openers) == set(range(Status.REGISTERED * 10, Status.REGISTERED * 10 + 10))


def test_the_order_within_a_round_is_that_of_the_draw_of_round_and_person():
    drivers, _, terms = evening(500)
    openers, looks, starts = looks_of_evening(drivers, np.arange(500), terms)
    rows = openers[looks]
    assert rows.size > 100
    for k in range(10):
        draws = [uniform(np.uint64(SEED), Purpose.ORDER, DAY.toordinal(), row, k + 1) for row in rows[starts[k] : starts[k + 1]]]
        assert draws == sorted(draws)


def test_a_look_takes_at_most_one_block_and_the_first_in_line_gets_the_last_one():
    drivers, parameters, terms = evening(blocks__cancellation=0.0, attention__opening_probability_per_tenth=1.0, blocks__rounds=1)
    booking = booked(drivers, parameters, terms, blocks=1)
    assert booking.trades.size == 1
    rows, wages = booking.openers
    before, offers = draw_population(parameters, SEED), booking_offers(parameters)
    want = [place for place in booking.looks if choose(before[rows[place]], wages[place], offers, 0.0, terms).offer >= 0]
    assert len(want) > 5
    assert booking.trades["row"][0] == rows[want[0]]


def booking_offers(parameters):
    """Return the one-block plan at its first price."""
    offers = post(1, parameters.blocks, 1)
    offers["cents"] = 5_600
    return offers


def test_a_cancelled_block_comes_back_frees_his_hours_and_closes_the_slot_for_him():
    drivers, parameters, terms = evening(blocks__cancellation=1.0, attention__opening_probability_per_tenth=1.0)
    booking = booked(drivers, parameters, terms, blocks=400)
    trades = booking.trades
    gone = trades[~trades["is_held"]]
    assert gone.size > 20
    assert (trades["is_held"] == (trades["returns_in_round"] == 0)).all()
    pairs = list(zip(trades["row"].tolist(), trades["slot"].tolist(), strict=True))
    assert len(set(pairs)) == len(pairs)  # nobody takes a slot again that he gave back
    for row in set(gone["row"].tolist()):
        held = trades[(trades["row"] == row) & trades["is_held"]]
        assert drivers[row]["hours_held_this_week"] == 4.0 * held.size
        assert drivers[row]["blocks_held_today"] == held.size
        assert all(drivers[row]["slots_closed_today"] >> slot & 1 for slot in trades["slot"][trades["row"] == row])


def test_blocks_given_back_are_open_again_before_the_round_is_priced():
    drivers, parameters, terms = evening(blocks__cancellation=1.0, attention__opening_probability_per_tenth=1.0)
    booking = booked(drivers, parameters, terms, blocks=400)
    log = booking.rounds.reshape(10, -1)
    assert log["given_back"].sum() > 20
    left = log["open_before"] - log["taken"]
    assert (log["open_before"][1:] == left[:-1] + log["given_back"][1:]).all()
    for k in range(10):
        returned = np.bincount(booking.trades["offer"][booking.trades["returns_in_round"] == k + 1], minlength=3)
        assert log["given_back"][k].tolist() == returned.tolist()


@pytest.mark.parametrize("taken_in", [1, 5, 8, 9, 10])
def test_the_round_of_giving_back_follows_from_one_draw(taken_in):
    """k + 1 + floor((R−1−k)·u/cancellation) for u below the cancellation probability and k up to R − 2, else never."""
    _, _, terms = evening(blocks__cancellation=0.4)
    seen = set()
    for person in range(300):
        u = uniform(np.uint64(SEED), Purpose.CANCEL, DAY.toordinal(), person, 1)
        back = round_of_cancellation(taken_in, person, 1, terms)
        if taken_in > 8 or u >= 0.4:
            assert back == 0
        else:
            assert back == taken_in + 1 + math.floor((9 - taken_in) * u / 0.4)
            assert taken_in < back <= 9
            seen.add(back)
    assert seen == (set(range(taken_in + 1, 10)) if taken_in <= 8 else set())


def test_side_income_counts_the_blocks_held_for_today_and_not_those_given_back():
    drivers, parameters, terms = evening(blocks__cancellation=0.5, attention__opening_probability_per_tenth=1.0)
    drivers["income_this_month"] = 123.0
    trades = booked(drivers, parameters, terms, blocks=400).trades
    several = [row for row in range(drivers.size) if (trades["row"] == row).sum() >= 2]
    assert len(several) > 10
    for row in several:
        own = trades[(trades["row"] == row) & trades["is_held"]]
        assert side_income_today(drivers[row], trades) == pytest.approx(123.0 + own["profit"].sum(), rel=1e-12)


def test_who_wants_a_full_offer_is_counted_once_and_goes_empty():
    drivers, _, terms = evening(100)
    parameters = Parameters()
    offers = post(30, parameters.blocks, 1)
    offers["cents"], offers["open"] = 6_400, 0
    trades, taken = np.zeros(400, TRADE), np.zeros(3, np.int64)
    openers = Openers(np.arange(100), wages_of_evening(drivers, np.arange(100), terms))
    number, wanted = book_round(1, np.arange(100), openers, offers, trades, 0, drivers, taken, terms)
    again = book_round(2, np.arange(100), openers, offers, trades, 0, drivers, taken, terms)
    assert number == 0 < wanted
    assert again == (0, 0)
    give_back(3, trades, 0, offers, drivers, taken, terms)
    assert not offers["open"].any()


def test_the_weekly_cap_counts_held_hours():
    drivers, parameters, terms = evening(attention__opening_probability_per_tenth=1.0, blocks__cancellation=0.0)
    drivers["weekly_cap_hours"], drivers["hours_held_this_week"] = 20.0, 16.0
    trades = booked(drivers, parameters, terms, blocks=400).trades
    assert trades.size > 20
    assert np.bincount(trades["row"]).max() == 1
    assert (drivers["hours_held_this_week"] <= 20.0).all()
