"""Case 3: the buyer's best fixed price, with blocks to spare and with few."""

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import brentq

from tests.theory.small_market import (
    COST_PER_KM,
    KM,
    MEDIAN,
    SIGMA,
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

N, V = 200, 90.0  # drivers; value of a filled block to the platform, EUR
CENTS = np.arange(1_300, 9_000) / 100.0


def elasticity(pay):
    """ε = [p / (p − c·km)]·φ(z) / (σΦ(z)), z = (ln x(p) − μ) / σ."""
    z = (np.log(worth_per_hour(pay)) - np.log(MEDIAN)) / SIGMA
    return pay / (pay - COST_PER_KM * KM) * stats.norm.pdf(z) / (SIGMA * stats.norm.cdf(z))


def expected_profit(pay, blocks):
    return (V - pay) * mean_min(blocks, N, share_willing(pay))


def profits(pay, blocks, seeds):
    """Profits of a fixed price in the product's own evenings, the same draws at every price."""
    parameters = at_price(float(pay))
    return np.array(
        [(V - pay) * evening(roster(lognormal_wages(N, seed)), blocks, parameters, seed).trades["is_held"].sum() for seed in seeds]
    )


def test_the_best_price_with_blocks_to_spare_has_a_markdown_of_one_over_the_elasticity():
    """Case 3: (v − p)/p = 1/ε(p): p* = 58.79, ε = 1.884, mark-down .531; Lerner (v − p)/v = 1/(1 + ε)."""
    best = brentq(lambda pay: (V - pay) / pay - 1.0 / elasticity(pay), 20.0, 89.0)
    assert (best, elasticity(best), (V - best) / best) == pytest.approx((58.79, 1.884, 0.531), abs=0.005)
    assert (V - best) / V == pytest.approx(1.0 / (1.0 + elasticity(best)), rel=1e-9)
    assert CENTS[np.argmax(expected_profit(CENTS, N))] == pytest.approx(best, abs=0.01)


def test_the_best_price_for_few_blocks_is_lower_and_fills_nearly_all():
    """Case 3b: argmax (v − p)·MEAN_MIN(B, N, F(x(p))): 39.77, fill .990, with 400 drivers and B = 60 binding."""
    best = CENTS[np.argmax((V - CENTS) * mean_min(60, 400, share_willing(CENTS)))]
    assert best == pytest.approx(39.77, abs=0.005)
    assert mean_min(60, 400, share_willing(best)) / 60 == pytest.approx(0.990, abs=0.0005)


@pytest.mark.parametrize("blocks", [N, 40])
def test_the_best_of_a_grid_of_fixed_prices_is_the_monopsonists(blocks):
    """Cases 3 and 3b in the market: mean profit at each price is theory's; the neighbours of the best earn less."""
    theory_best = CENTS[np.argmax(expected_profit(CENTS, blocks))]
    grid = theory_best + np.array([-12.0, -6.0, 0.0, 6.0, 12.0])
    earned = [profits(pay, blocks, range(250)) for pay in grid]
    for pay, sample in zip(grid, earned, strict=True):
        spread = (V - pay) * np.sqrt(max(0.0, var_min(blocks, N, share_willing(pay))) / sample.size)
        assert sample.mean() == pytest.approx(expected_profit(pay, blocks), rel=1e-9, abs=4 * spread)
        lead, expected = earned[2] - sample, expected_profit(theory_best, blocks) - expected_profit(pay, blocks)
        assert pay == theory_best or lead.mean() > 0.0
        assert pay == theory_best or expected > 4 * standard_error(lead)  # the draws are enough to tell


def test_profit_of_a_fixed_price_is_counting():
    """Case 3, exact: (v − p)·min(B, #{w < x(p)}) for every seed and price."""
    for seed in range(10):
        wages = lognormal_wages(N, seed)
        for pay in (40.0, 50.0, 60.0):
            assert profits(pay, 90, [seed])[0] == (V - pay) * min(90, (wages < worth_per_hour(pay)).sum())
