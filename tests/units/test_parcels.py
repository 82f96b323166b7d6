"""Parcels: demand on a date, first in first out, lateness, refunds, the overtime season."""

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import BlockMarket, Parameters
from model.parcels import (
    arrivals,
    expected_arrivals,
    first_shock,
    gap,
    grow_older,
    next_shock,
    offer_to_platform,
    take_oldest_first,
)
from model.random_draws import Purpose, normal

pytestmark = pytest.mark.rules

DEMAND = Parameters().demand
MEAN_ONE = 0.04**2 / (2 * (1 - 0.6**2))


@pytest.mark.parametrize(
    ("day", "parcels"),
    [
        # 18 Oct 2017, a Wednesday: D0 · growth^(109 days) · October · Wednesday
        (date(2017, 10, 18), 376_000 * 1.05 ** (109 / 365.25) * 1.02 * 1.10),
        # 18 Nov 2017, a Saturday in the rush
        (date(2017, 11, 18), 376_000 * 1.05 ** (140 / 365.25) * 1.13 * 0.80 + 27_000 * 0.80),
        (date(2017, 12, 23), 376_000 * 1.05 ** (175 / 365.25) * 1.28 * 0.80 + 27_000 * 0.80),
        (date(2017, 12, 27), 376_000 * 1.05 ** (179 / 365.25) * 0.85 * 1.10),
        # Christmas Eve 2018, a Monday: the days after Christmas begin with it
        (date(2018, 12, 24), 376_000 * 1.05 ** (541 / 365.25) * 0.85 * 0.85),
        # 2018 is no year of the season: no extra
        (date(2018, 12, 12), 376_000 * 1.05 ** (529 / 365.25) * 1.28 * 1.10),
    ],
)
def test_a_days_parcels_are_trend_season_weekday_and_christmas_by_hand(day, parcels):
    assert arrivals(day, MEAN_ONE, DEMAND, (2017,)) == pytest.approx(parcels, rel=1e-12)


def test_the_shock_scales_the_season_and_not_the_christmas_extra():
    day = date(2017, 11, 18)
    usual = arrivals(day, MEAN_ONE, DEMAND, ())
    assert arrivals(day, MEAN_ONE + 0.1, DEMAND, (2017,)) == pytest.approx(usual * math.exp(0.1) + 21_600, rel=1e-12)


def test_shocks_persist_and_start_from_their_stationary_law():
    start, seed = date(2017, 10, 9), 4
    z = normal(np.uint64(seed), Purpose.DEMAND, start.toordinal() - 1, 0, 0)
    e0 = first_shock(start, DEMAND, seed)
    assert e0 == pytest.approx(0.04 / 0.8 * z, rel=1e-12)
    innovation = normal(np.uint64(seed), Purpose.DEMAND, start.toordinal(), 0, 0)
    assert next_shock(e0, start, DEMAND, seed) == pytest.approx(0.6 * e0 + 0.04 * innovation, rel=1e-12)


@pytest.mark.parametrize("sigma", [0.04, 0.4])
def test_the_forecast_is_the_mean_of_what_can_come(sigma):
    """Mean over 20,000 shocks given yesterday's, within 4 standard errors; at a sigma of .4 mean and median are 8 % apart."""
    day, before, demand = date(2017, 11, 18), 0.08, Parameters().with_values({"demand.sigma": sigma}).demand
    z = np.array([normal(np.uint64(1), Purpose.DEMAND, k, 9, 9) for k in range(20_000)])
    drawn = np.array([arrivals(day, 0.6 * before + sigma * x, demand, (2017,)) for x in z])
    assert abs(drawn.mean() - expected_arrivals(day, before, demand, (2017,))) < 4 * drawn.std() / math.sqrt(drawn.size)


def test_the_oldest_parcels_go_first_and_a_share_of_each_cohort_fails():
    """By hand: ages 0..3 hold 10, 20, 30, 40; 60 are taken with 10 % failing: 40 of age 3 and 20 of age 2. Promise one day."""
    queue, failed = np.array([10.0, 20.0, 30.0, 40.0]), np.zeros(4)
    delivered, late = take_oldest_first(queue, failed, 60.0, 0.1, 1)
    assert queue.tolist() == [10.0, 20.0, 10.0, 0.0]
    assert failed.tolist() == pytest.approx([0.0, 0.0, 2.0, 4.0])
    assert delivered == pytest.approx(54.0)
    assert late == pytest.approx(54.0)


def test_a_parcel_of_the_promises_age_is_still_on_time():
    queue, failed = np.array([10.0, 20.0, 30.0]), np.zeros(3)
    delivered, late = take_oldest_first(queue, failed, 60.0, 0.0, 1)
    assert (delivered, late) == (60.0, 30.0)


@given(
    queue=st.lists(st.floats(0.0, 1e6), min_size=2, max_size=20),
    amount=st.floats(0.0, 2e7),
    failed_share=st.floats(0.0, 1.0),
    promise=st.integers(0, 20),
)
def test_taking_neither_makes_nor_loses_parcels(queue, amount, failed_share, promise):
    left, failed = np.array(queue), np.zeros(len(queue))
    delivered, late = take_oldest_first(left, failed, amount, failed_share, promise)
    taken = min(amount, sum(queue))
    assert delivered + failed.sum() == pytest.approx(taken, rel=1e-12, abs=1e-9)
    assert left.sum() + taken == pytest.approx(sum(queue), rel=1e-12, abs=1e-9)
    assert 0.0 <= late <= delivered
    assert left.min() >= 0.0
    waits = np.flatnonzero(left)  # nobody older waits while a younger cohort was touched
    touched = np.flatnonzero(left < np.array(queue))
    assert not waits.size or not touched.size or waits.max() <= touched.min()


def test_a_night_makes_every_parcel_a_working_day_older():
    queue = np.array([1.0, 2.0, 3.0, 0.0])
    grow_older(queue)
    assert queue.tolist() == [0.0, 1.0, 2.0, 3.0]


def test_the_gap_is_todays_arrivals_beyond_own_deliveries_never_the_queue():
    assert gap(100.0, 90.0, 0.02) == pytest.approx(11.8)
    assert gap(100.0, 200.0, 0.02) == 0.0


def test_the_platform_is_offered_a_share_of_at_most_the_promises_parcels():
    assert offer_to_platform(30.0, 100.0, 0.4, 1) == pytest.approx(12.0)
    assert offer_to_platform(500.0, 100.0, 0.4, 1) == pytest.approx(40.0)
    assert offer_to_platform(500.0, 100.0, 0.4, 2) == pytest.approx(80.0)


def overtime_days(**overrides):
    market = BlockMarket(rng=2, population__drivers=0, platform__policy="none", **overrides)
    market.run(110)
    return market, [day for day in market.diary if day.overtime_share == market.parameters.carriers.overtime_peak]


def test_overtime_is_at_its_peak_from_15_november_until_the_queues_are_short_again():
    market, peak = overtime_days()
    assert peak[0].date == date(2017, 11, 15)
    assert peak[-1].date > date(2017, 12, 24)
    after = market.diary[market.diary.index(peak[-1]) + 1 :]
    normal_again = next(day for day in after if day.parcels_arrived > 0)
    eve = market.diary[market.diary.index(normal_again) - 1]
    assert eve.parcels_late_waiting < 0.01 * normal_again.parcels_expected
    for day in peak:
        eve = market.diary[market.diary.index(day) - 1]
        assert day.date <= date(2017, 12, 24) or eve.parcels_late_waiting >= 0.01 * day.parcels_expected
    assert all(day.overtime_share in (0.0, 0.04) for day in after)


def test_with_couriers_enough_overtime_ends_on_the_first_working_day_after_christmas_eve():
    market, peak = overtime_days(carriers__couriers=2_500, carriers__season_share=2.0)
    assert peak[-1].date == date(2017, 12, 23)
    assert {day.date: day.overtime_share for day in market.diary}[date(2017, 12, 27)] == 0.04
