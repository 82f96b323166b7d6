"""Cases 1 and 1b: at a fixed price, supply is a count of those whose time is worth less than the block leaves."""

import numpy as np
import pytest
from scipy import stats

from model.random_draws import Purpose, normal
from tests.theory.small_market import (
    DAY,
    at_price,
    evening,
    lognormal_wages,
    mean_min,
    roster,
    share_willing,
    standard_error,
    var_min,
    worth_per_hour,
)

pytestmark = pytest.mark.rules

N, B = 400, 200
PRICES = {52.0: 176.48, 55.0: 196.96, 64.0: 200.00}
SEEDS = range(400)


def filled(wages, pay, seed):
    return int(evening(roster(wages), B, at_price(pay), seed).trades["is_held"].sum())


@pytest.mark.parametrize("pay", PRICES)
def test_filled_is_the_number_of_the_willing_up_to_the_blocks(pay):
    """Case 1, exact: filled = min(B, #{w_i < x(p)}), and nobody else holds a block."""
    for seed in range(30):
        wages = lognormal_wages(N, seed)
        trades = evening(roster(wages), B, at_price(pay), seed).trades
        assert trades["is_held"].sum() == min(B, (wages < worth_per_hour(pay)).sum())
        assert (wages[trades["row"]] < worth_per_hour(pay)).all()
        assert (trades["cents"] == round(100 * pay)).all()


@pytest.mark.parametrize(("pay", "checked"), PRICES.items())
def test_filled_over_draws_of_the_wages_has_the_mean_of_a_truncated_binomial(pay, checked):
    """Case 1: mean MEAN_MIN(B, N, F(x(p))) = 176.48, 196.96, 200.00; variance VAR_MIN."""
    mean, variance = mean_min(B, N, share_willing(pay)), var_min(B, N, share_willing(pay))
    sample = np.array([filled(lognormal_wages(N, seed), pay, seed) for seed in SEEDS])
    assert mean == pytest.approx(checked, abs=0.005)
    if variance < 1e-6:  # at 64 EUR a shortfall is next to impossible
        assert (sample == B).all()
        return
    assert abs(sample.mean() - mean) < 4 * np.sqrt(variance / sample.size)
    assert abs(sample.var(ddof=1) - variance) < 4 * standard_error((sample - mean) ** 2)


ROUNDS, OPENING, MEAN_WAGE, SHOCK = 10, 0.08, 9.0, 4.0
MANY_ROUNDS = {"blocks.rounds": ROUNDS, "time_value.shock_slot": SHOCK}


def wages_with_shocks(seed, number=N):
    draws = [normal(np.uint64(seed), Purpose.SLOT_SHOCK, DAY.toordinal(), person, 0) for person in range(number)]
    return np.maximum(0.0, MEAN_WAGE + SHOCK * np.array(draws))


def test_with_many_rounds_the_willing_who_look_fill_the_blocks():
    """Case 1b, exact: filled = min(B, #{w_i < x(p) who open the app at all}): asked again, a driver says the same."""
    for seed in range(30):
        booking = evening(roster(np.full(N, MEAN_WAGE), OPENING), B, at_price(52.0, MANY_ROUNDS), seed)
        looks = np.isin(np.arange(N), booking.openers.rows)
        assert 0 < looks.sum() < N
        assert booking.trades["is_held"].sum() == min(B, (looks & (wages_with_shocks(seed) < worth_per_hour(52.0))).sum())


@pytest.mark.parametrize("pay", [46.0, 64.0])
def test_over_many_rounds_the_chance_to_fill_is_willing_times_looking(pay):
    """Case 1b: mean MEAN_MIN(B, N, q), q = F(x(p))·(1 − (1 − a)^R), here with w normal about 9 with sd 4."""
    q = stats.norm.cdf((worth_per_hour(pay) - MEAN_WAGE) / SHOCK) * (1.0 - (1.0 - OPENING) ** ROUNDS)
    parameters, blocks = at_price(pay, MANY_ROUNDS), 150
    sample = np.array(
        [evening(roster(np.full(N, MEAN_WAGE), OPENING), blocks, parameters, seed).trades["is_held"].sum() for seed in SEEDS]
    )
    assert abs(sample.mean() - mean_min(blocks, N, q)) < 4 * np.sqrt(var_min(blocks, N, q) / sample.size)


def test_who_is_not_free_does_not_count():
    """Case 1 with a share f of free drivers: mean MEAN_MIN(B, N, f·F(x(p)))."""
    free, pay, blocks = 0.3, 55.0, 75
    parameters = at_price(pay, {"population.groups.full_time.available_weekdays": (free, 1.0, 1.0)})  # the slot is a morning
    q = free * share_willing(pay)
    sample = np.array(
        [evening(roster(lognormal_wages(N, seed)), blocks, parameters, seed).trades["is_held"].sum() for seed in SEEDS]
    )
    assert abs(sample.mean() - mean_min(blocks, N, q)) < 4 * np.sqrt(var_min(blocks, N, q) / sample.size)


def test_who_has_no_hours_left_this_week_does_not_count():
    """Case 1, exact, with weekly caps: filled = min(B, #{w_i < x(p), hours held + 4 <= cap})."""
    rng = np.random.default_rng(1)
    for seed in range(20):
        drivers = roster(lognormal_wages(N, seed))
        drivers["weekly_cap_hours"], drivers["hours_held_this_week"] = (
            rng.choice([14.0, 18.0], N),
            rng.choice([0.0, 12.0, 14.0, 16.0], N),
        )
        fits = drivers["hours_held_this_week"] + 4.0 <= drivers["weekly_cap_hours"]
        willing = drivers["value_of_time_per_hour"] < worth_per_hour(60.0)
        trades = evening(drivers, B, at_price(60.0), seed).trades
        assert trades["is_held"].sum() == min(B, (fits & willing).sum())
        assert (drivers["hours_held_this_week"] <= np.maximum(drivers["weekly_cap_hours"], 16.0)).all()
