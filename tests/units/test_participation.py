"""Becoming a driver: the word spreads along Bass's curve, papers take their days, weeks are remembered."""

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.participation import awareness_hazard
from model.random_draws import Purpose, uniform
from model.roster import Status

pytestmark = pytest.mark.rules


@given(p=st.floats(0.001, 0.1), q=st.floats(0.0, 1.0))
def test_the_hazard_hits_basss_curve_at_every_week(p, q):
    """SPECIAL CASE 8: a(t) = (1 − e^(−st))/(1 + (q/p)·e^(−st)); 1e-12 over a year, errors of the steps included."""
    s, aware = p + q, 0.0
    for week in range(1, 53):
        aware += (1.0 - aware) * awareness_hazard(aware, p, q)
        decay = math.exp(-s * week)
        assert aware == pytest.approx((1.0 - decay) / (1.0 + q / p * decay), rel=1e-12)


def test_nobody_hears_of_what_nobody_tells():
    assert awareness_hazard(0.5, 0.0, 0.0) == 0.0
    assert awareness_hazard(0.0, 0.0, 0.1) == pytest.approx(0.0, abs=1e-15)


def test_papers_take_seven_to_ten_days_from_monday_by_each_persons_draw(busy_market):
    market = busy_market(rng=6)
    while not market.diary or market.diary[-1].drivers_admitted == 0:
        market.step()
    monday = market.diary[-1].date
    assert monday.weekday() == 0
    applicants = market.drivers[market.drivers["status"] == Status.APPLICANT]
    assert applicants.size > 50
    for driver in applicants:
        u = uniform(np.uint64(6), Purpose.DELAY, monday.toordinal(), driver["person"], 0)
        assert driver["active_from"] == monday.toordinal() + 7 + math.floor(4 * u)
    assert set(applicants["active_from"] - monday.toordinal()) == {7, 8, 9, 10}


def test_an_applicant_may_take_blocks_from_his_day_on_and_not_before(busy_market):
    market = busy_market(rng=6)
    for _ in range(40):
        market.step()
        drivers, today = market.drivers, market.diary[-1].date.toordinal()
        has_papers = drivers["status"] == Status.REGISTERED
        assert (drivers["active_from"][has_papers] <= today).all()
        assert (drivers["active_from"][drivers["status"] == Status.APPLICANT] > today).all()
        drove = drivers["first_block_on"] > 0
        assert (drivers["first_block_on"][drove] >= drivers["active_from"][drove]).all()
    assert drove.sum() > 20


def test_only_the_reachable_ever_hear_of_it(busy_market):
    market = busy_market(rng=1, awareness__ceiling_share=0.2)
    market.run()
    assert 0 < market.drivers["is_reachable"].sum() < 100
    assert not (market.drivers["status"][~market.drivers["is_reachable"]] != Status.UNAWARE).any()


def test_recruiting_starts_on_the_first_monday_from_its_date(busy_market):
    """Launch on Friday 10 November, 14 days before it is 27 October: the Monday after is 30 October."""
    market = busy_market(rng=1)
    market.run()
    first = next(day.date for day in market.diary if day.drivers_aware > 0)
    assert first == date(2017, 10, 30)


def test_an_entry_cap_is_never_passed_and_places_go_by_person_number(busy_market):
    market = busy_market(rng=1, entry__cap=25)
    for _ in range(53):
        market.step()
        status = market.drivers["status"]
        assert np.isin(status, (Status.APPLICANT, Status.REGISTERED)).sum() <= 25
        if market.diary[-1].drivers_admitted and market.diary[-1].date == date(2017, 10, 30):
            admitted, waiting = (market.drivers["person"][status == s] for s in (Status.APPLICANT, Status.WAITING))
            assert admitted.size == 25
            assert admitted.max() < waiting.min()
    assert (status == Status.WAITING).any()


def test_a_leavers_row_goes_to_his_successor_who_starts_anew(busy_market):
    market = busy_market(rng=1, exit__hazard_per_week=0.5, exit__replacement_per_week=1.0)
    market.run(60)
    former = market.former_drivers
    assert former.size > 20
    assert (former["status"] == Status.LEFT).all()
    assert (market.drivers["person"] % 2**24 == np.arange(market.drivers.size)).all()
    generations = market.drivers["person"] // 2**24
    assert generations.sum() == former.size
    new = market.drivers[(generations > 0) & (market.drivers["status"] == Status.UNAWARE)]
    assert not new["pay_total"].any()
    assert not new["income_this_month"].any()
    for person in former:
        successor = market.drivers[person["person"] % 2**24]
        assert (successor["group"], successor["district"]) == (person["group"], person["district"])


def test_the_weeks_average_moves_from_the_second_monday_after_activation(busy_market):
    """Starts at 6; += .1·(week − average), a week without a block counting 0."""
    market = busy_market(rng=2)
    expected: dict[int, float] = {}
    for _ in range(50):
        drivers, monday = market.drivers, market.today.weekday() == 0
        week = {row: float(drivers["surplus_this_week"][row]) for row in expected}
        market.step()
        today = market.diary[-1].date
        for row in np.flatnonzero(drivers["status"] == Status.REGISTERED).tolist():
            start = date.fromordinal(int(drivers["active_from"][row]))
            second = start + timedelta((7 - start.weekday() - 1) % 7 + 1 + 7)
            if monday and row in expected and today >= second:
                expected[row] += 0.1 * (week[row] - expected[row])
            expected.setdefault(row, 6.0)
            assert drivers["weekly_surplus_average"][row] == pytest.approx(expected[row], rel=1e-12)
    assert len({round(value, 6) for value in expected.values()}) > 20


def test_beliefs_follow_what_was_paid_and_got(busy_market):
    """After each evening: p̂ += .05·(mean paid − p̂), ĉ += .05·(held/wanted − ĉ); without posted blocks ĉ falls."""
    market = busy_market(rng=3)
    pay, chance = 16.0, 0.5
    for _ in range(45):
        market.step()
        day = market.diary[-1]
        if day.date >= date(2017, 11, 10) and day.parcels_arrived > 0:
            if day.blocks_posted == 0:
                chance += 0.05 * (0.0 - chance)
            else:
                held = market.trades[market.trades["is_held"]]
                if held.size:
                    pay += 0.05 * (held["cents"].mean() / 100 / 4 - pay)
                if day.blocks_wanted:
                    chance += 0.05 * (held.size / day.blocks_wanted - chance)
        assert day.believed_pay_per_hour_eur == pytest.approx(pay, rel=1e-12)
        assert day.believed_chance == pytest.approx(chance, rel=1e-12)
    assert pay < 16.0
