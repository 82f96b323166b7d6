"""Couriers: counts from one uniform, the chance to fill a vacancy, what a courier carries."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from model import BlockMarket, Parameters
from model.couriers import attempts_in_normal_hours, fill_chance, inverse_binomial, parcels_per_courier_day

pytestmark = pytest.mark.rules


@given(u=st.floats(1e-9, 1 - 1e-9), trials=st.integers(0, 3_000), probability=st.floats(1e-6, 1 - 1e-6))
def test_one_uniform_gives_the_count_scipy_gives(u, trials, probability):
    """Equal, except where u lies within rounding of a step of the distribution function: then the step itself is the witness."""
    count, expected = inverse_binomial(u, trials, probability), int(binom.ppf(u, trials, probability))
    if count != expected:
        step = binom.cdf(min(count, expected), trials, probability)
        assert abs(count - expected) == 1
        assert step == pytest.approx(u, rel=1e-9)


@pytest.mark.parametrize(
    ("u", "trials", "probability", "count"),
    [(0.5, 0, 0.5, 0), (0.9, 10, 0.0, 0), (0.1, 10, 1.0, 10), (0.125, 3, 0.5, 0),
     (0.1251, 3, 0.5, 1), (0.5, 3, 0.5, 1), (0.99, 3, 0.5, 3), (0.5, 2_000_000, 0.5, 1_000_000)],
)  # fmt: skip
def test_the_count_is_right_by_hand(u, trials, probability, count):
    """Three coins: cumulated .125, .5, .875, 1. Two million: no underflow."""
    assert abs(inverse_binomial(u, trials, probability) - count) <= (trials > 1_000_000)


@given(low=st.floats(0.001, 0.999), high=st.floats(0.001, 0.999), trials=st.integers(1, 500), probability=st.floats(0.01, 0.99))
def test_a_larger_draw_never_gives_a_smaller_count(low, high, trials, probability):
    low, high = sorted((low, high))
    assert inverse_binomial(low, trials, probability) <= inverse_binomial(high, trials, probability)


def test_the_chance_to_fill_a_vacancy_makes_the_gap_the_long_run_share_missing():
    """g = (δ+γ)/(δ+γ+f0) solved back from the chance at equal wages."""
    carriers = Parameters().carriers
    flow = carriers.separations_per_week + math.log(1.05) / 52.18
    f0 = fill_chance(carriers, 0.05, 1.0)
    assert flow / (flow + f0) == pytest.approx(carriers.starting_gap_share, rel=1e-12)


def test_the_chance_rises_with_the_relative_wage_and_stops_at_one():
    carriers = Parameters().carriers
    assert fill_chance(carriers, 0.05, 1.1) == pytest.approx(1.1**2 * fill_chance(carriers, 0.05, 1.0), rel=1e-12)
    assert fill_chance(carriers, 0.05, 100.0) == 1.0


def test_without_a_gap_every_vacancy_is_filled_at_once():
    no_gap = Parameters().with_values({"carriers.starting_gap_share": 0.0}).carriers
    assert fill_chance(no_gap, 0.05, 0.5) == 1.0


def test_attempts_per_courier_follow_from_what_berlin_delivers():
    """376,000·.94 delivered a day by 2,500 couriers, of whose attempts 2 % fail: 144 attempts."""
    carriers = Parameters().carriers
    per_courier = parcels_per_courier_day(carriers, 376_000.0)
    assert per_courier == pytest.approx(376_000 * 0.94 / 2_500 / 0.98, rel=1e-12)
    assert round(per_courier) == 144


def test_sick_couriers_carry_nothing():
    carriers = Parameters().with_values({"carriers.sick": 0.24}).carriers
    assert attempts_in_normal_hours(100.0, 144.0, carriers) == pytest.approx(100 * 144 * 0.76 / 0.95, rel=1e-12)


def test_hires_and_separations_are_drawn_from_mondays_opening_numbers_and_stay_under_the_limit():
    market = BlockMarket(rng=3, population__drivers=0, carriers__starting_gap_share=0.5, carriers__hire_limit=0.00005)
    before = [carrier.couriers for carrier in market.carriers]
    assert market.today.weekday() == 0
    draws = [carrier.draw_monday(market.today) for carrier in market.carriers]
    market.step()
    day = market.diary[-1]
    assert day.couriers_left == sum(draw.separations for draw in draws) > 0
    assert sum(draw.hires for draw in draws) > int(0.00005 * 160_332)  # the limit binds
    assert day.couriers_hired == int(0.00005 * 160_332)
    assert sum(carrier.couriers for carrier in market.carriers) == sum(before) + day.couriers_hired - day.couriers_left


@pytest.mark.parametrize(("rate", "unemployed"), [(0.085, 160_332), (0.17, 320_664), (0.034, 64_132)])
def test_a_city_with_more_unemployed_has_more_to_hire(rate, unemployed):
    """The limit is a share of 160,332 at a rate of 8.5 %, in proportion to the rate."""
    market = BlockMarket(
        rng=3, population__drivers=0, population__unemployment_rate=rate,
        carriers__starting_gap_share=0.5, carriers__hire_limit=0.00005,
    )  # fmt: skip
    market.step()
    assert market.diary[-1].couriers_hired == int(0.00005 * unemployed)


def test_a_wage_rises_a_step_after_13_weeks_of_many_vacancies_and_never_falls():
    """A third is missing all the time: raised on the 14th Monday, 91 days after the start, then each 91 days."""
    market = BlockMarket(population__drivers=0, carriers__starting_gap_share=0.4, carriers__hire_limit=0.0, demand__growth=0.0)
    wage, raised_on = market.carriers[0].wage_per_hour, []
    while len(raised_on) < 2 and len(market.diary) < 300:
        market.step()
        if market.carriers[0].wage_per_hour != wage:
            assert market.carriers[0].wage_per_hour == pytest.approx(wage * 1.01, rel=1e-12)
            wage = market.carriers[0].wage_per_hour
            raised_on.append(market.diary[-1].date)
    start = date(2017, 10, 9)
    assert raised_on == [start + timedelta(91), start + timedelta(182)]


def test_start_stocks_and_targets_are_whole_couriers_by_share():
    market = BlockMarket(population__drivers=0)
    shares = [0.516, 0.172, 0.129, 0.108, 0.075]
    start = [math.floor(2_500 * share + 0.5) for share in shares]
    assert [carrier.couriers for carrier in market.carriers] == start
    assert [carrier.target(market.today) for carrier in market.carriers] == [math.floor(stock / 0.94 + 0.5) for stock in start]
    in_a_year = date(2018, 10, 9)
    grown = 1.05 ** (365 / 365.25)
    assert market.carriers[0].target(in_a_year) == math.floor(start[0] / 0.94 * grown + 0.5)
