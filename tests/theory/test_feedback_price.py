"""Case 2: a price that follows the share filled comes to rest where the share meets its target."""

from datetime import timedelta
from functools import cache

import numpy as np
import pytest
from scipy.optimize import brentq

from model.pricing.feedback import Feedback
from tests.theory.small_market import (
    DAY,
    MEDIAN,
    SIGMA,
    bare_parameters,
    evening,
    mean_min,
    roster,
    share_willing,
    standard_error,
    var_min,
    worth_per_hour,
)

pytestmark = pytest.mark.rules

N, B, GAIN, HOURS = 400, 150, 0.05, 4.0


@cache
def path(target: float, days: int, start: float = 47.43, seed: int = 5):
    """Let the policy price so many days, wages drawn anew each day; returns u before each day and after the last, and φ."""
    parameters = bare_parameters(
        {"platform.fill_target": target, "platform.gain": GAIN, "platform.first_offer_per_hour": start / HOURS}
    )
    policy, rng = Feedback(parameters), np.random.default_rng(seed)
    log_price, share = [policy.log_base_price[0]], []
    for day in range(days):
        wages = rng.lognormal(np.log(MEDIAN), SIGMA, N)
        booking = evening(roster(wages), B, parameters, seed, DAY + timedelta(day), policy)
        willing = (wages < worth_per_hour(booking.rounds["cents"][0] / 100.0)).sum()
        share.append(booking.trades["is_held"].sum() / B)
        assert share[-1] == min(B, willing) / B
        log_price.append(policy.log_base_price[0])
    return np.array(log_price), np.array(share)


def fill(u):
    """φ(u): the mean share filled at log price u, EUR per hour."""
    return mean_min(B, N, share_willing(HOURS * np.exp(u))) / B


def test_missing_fill_sums_to_the_move_of_the_log_price():
    """Case 2a, an identity: mean_t(φ* − φ_t) = (u_T − u_0) / (k_I·T)."""
    u, share = path(0.9, 400)
    assert (0.9 - share).mean() == pytest.approx((u[-1] - u[0]) / (GAIN * share.size), abs=1e-12)
    assert np.diff(u) == pytest.approx(GAIN * (0.9 - share), abs=1e-12)


def test_the_price_settles_where_the_mean_share_filled_meets_the_target():
    """Case 2b: mean u = u* − ½(φ''/φ')·var u about the root u* (47.43 EUR a block); se = σ / (s·√T)."""
    root = brentq(lambda u: fill(u) - 0.9, np.log(10.0), np.log(14.0))
    assert HOURS * np.exp(root) == pytest.approx(47.43, abs=0.005)
    h = 1e-4
    slope, curvature = (fill(root + h) - fill(root - h)) / (2 * h), (fill(root + h) - 2 * fill(root) + fill(root - h)) / h**2
    noise = var_min(B, N, share_willing(HOURS * np.exp(root))) / B**2
    variance = GAIN * noise / (slope * (2 - GAIN * slope))
    u = path(0.9, 3_200)[0][200:-1]
    assert abs(u.mean() - (root - 0.5 * curvature / slope * variance)) < 4 * np.sqrt(noise / u.size) / slope
    batches = (u - u.mean()).reshape(30, 100)  # days hang together over about 1 / (k_I·s), far fewer than 100
    assert abs(u.var() - variance) < 4 * standard_error((batches**2).mean(axis=1))


def test_a_target_of_everything_ratchets_the_price_up():
    """Case 2b: at φ* = 1 the log price never falls, and climbs past the resting points of .9, .95 and .99."""
    u, share = path(1.0, 1_500)
    assert (np.diff(u) >= 0.0).all()
    assert share.min() < 1.0
    for target in (0.9, 0.95, 0.99):
        assert u[-1] > brentq(lambda u, target=target: fill(u) - target, np.log(10.0), np.log(20.0))


def test_with_many_rounds_the_share_that_counts_is_that_of_round_r_star():
    """Case 2a with R = 10, r* = 6 and steps after it: the log price moves by k_I·(φ* − share accepted in rounds 1 to 6)."""
    parameters = bare_parameters(
        {"blocks.rounds": 10, "platform.fill_target": 0.6, "platform.gain": GAIN, "platform.first_offer_per_hour": 12.0}
    )
    policy, rng, u, steps = Feedback(parameters), np.random.default_rng(6), [], []
    for day in range(40):
        drivers = roster(rng.lognormal(np.log(MEDIAN), SIGMA, N), opening=0.08)
        u.append(policy.log_base_price[0])
        booking = evening(drivers, B, parameters, 6, DAY + timedelta(day), policy)
        early = (booking.trades["round"] <= 6).sum() / B
        assert policy.log_base_price[0] - u[-1] == pytest.approx(GAIN * (0.6 - early), abs=1e-12)
        assert (booking.rounds["cents"][:6] == np.floor(400.0 * np.exp(u[-1]) + 0.5)).all()
        steps += np.diff(booking.rounds["cents"][5:]).tolist()
        assert early < booking.trades.size / B
    assert np.array(steps) == pytest.approx(400.0, abs=1.0)  # 1 EUR/h a round on blocks of 4 h, rounded to cents
