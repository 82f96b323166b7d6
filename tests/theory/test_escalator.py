"""Case 5: a price that steps up each round buys the cheap drivers early and pays the dear ones more."""

import numpy as np
import pytest

from model.pricing import pricing_policy
from tests.theory.small_market import (
    at_price,
    evening,
    lognormal_wages,
    mean_min,
    roster,
    share_willing,
    standard_error,
    worth_per_hour,
)

pytestmark = pytest.mark.rules

N, B = 400, 180
PRICES = np.arange(40.0, 65.0, 4.0)  # seven rounds, a step of 1 EUR/h each
ESCALATOR = at_price(
    40.0, {"platform.policy": "escalator", "blocks.rounds": 7, "platform.step_per_hour": 0.7}
)  # the step is per tenth of the window


def payout(wages, seed):
    return evening(roster(wages), B, ESCALATOR, seed).trades["cents"].sum() / 100.0


def counted(filled):
    """p_R·A_R − Σ_{k<R} (p_{k+1} − p_k)·A_k."""
    return PRICES[-1] * filled[-1] - (np.diff(PRICES) * filled[:-1]).sum()


@pytest.mark.parametrize("seed", range(30))
def test_each_round_takes_those_whom_the_step_wins(seed):
    """Case 5, exact: A_k = min(B, #{w < x(p_k)}) filled by round k, and the payout to the cent."""
    wages = lognormal_wages(N, seed)
    booking = evening(roster(wages), B, ESCALATOR, seed)
    filled = [min(B, int((wages < worth_per_hour(pay)).sum())) for pay in PRICES]
    assert [int((booking.trades["round"] <= k + 1).sum()) for k in range(7)] == filled
    assert booking.trades["cents"].sum() == round(100 * counted(np.array(filled)))
    posted = booking.rounds["cents"][booking.rounds["open_before"] > 0]
    assert (posted == np.round(100 * PRICES[: posted.size])).all()


def test_mean_payout_over_draws_of_the_wages():
    """Case 5: the payout with MEAN_MIN(B, N, F(x(p_k))) for A_k: 8128.3."""
    expected = counted(mean_min(B, N, share_willing(PRICES)))
    assert expected == pytest.approx(8128.3, abs=0.05)
    sample = [payout(lognormal_wages(N, seed), seed) for seed in range(400)]
    assert abs(np.mean(sample) - expected) < 4 * standard_error(sample)


def test_every_evening_starts_anew():
    """Case 5: the same policy on a second evening with the same drivers pays the same."""
    policy, wages = pricing_policy(ESCALATOR), lognormal_wages(N, 3)
    first, second = (evening(roster(wages), B, ESCALATOR, 3, pricing=policy).trades for _ in range(2))
    assert first["round"].max() > 1
    assert (first["cents"] == second["cents"]).all()
