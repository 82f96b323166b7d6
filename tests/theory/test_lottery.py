"""Case 15: equal drivers and too few blocks: a fair lottery."""

from datetime import timedelta

import numpy as np
import pytest
from scipy import stats

from model.random_draws import Purpose, uniform
from tests.theory.small_market import DAY, at_price, evening, roster

pytestmark = pytest.mark.rules

N, B, EVENINGS = 40, 15, 2_000
FOUR_SIGMA = stats.norm.sf(4.0)


def test_the_blocks_go_to_those_who_act_first():
    """Case 15, exact: the holders are the B drivers with the lowest draws of the round's order, one block each."""
    for seed in range(50):
        booking = evening(roster(np.full(N, 5.0)), B, at_price(60.0), seed)
        order = np.argsort([uniform(np.uint64(seed), Purpose.ORDER, DAY.toordinal(), person, 1) for person in range(N)])
        assert booking.trades["row"].tolist() == order[:B].tolist()


@pytest.mark.parametrize("over", ["days", "seeds"])
def test_each_of_equal_drivers_gets_the_same_share(over):
    """Case 15: Σ(n_i − MB/N)² / (M·(B/N)·(1 − B/N))·(N−1)/N ~ χ²(N−1): neither too unequal nor too equal."""
    parameters, blocks_of = at_price(60.0), np.zeros(N)
    for k in range(EVENINGS):
        seed, day = (0, DAY + timedelta(k)) if over == "days" else (k, DAY)
        booking = evening(roster(np.full(N, 5.0)), B, parameters, seed, day)
        blocks_of[booking.trades["row"]] += 1
    assert blocks_of.sum() == B * EVENINGS
    share = B / N
    chi_square = ((blocks_of - EVENINGS * share) ** 2).sum() / (EVENINGS * share * (1 - share)) * (N - 1) / N
    assert stats.chi2.ppf(FOUR_SIGMA, N - 1) < chi_square < stats.chi2.isf(FOUR_SIGMA, N - 1)
