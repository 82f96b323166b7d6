"""Car costs: what follows the fuel price, and how much of a cost a driver sees."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.car_costs import fuel_adjusted, perceived_share

pytestmark = pytest.mark.rules


@pytest.mark.parametrize(("factor", "cost"), [(1.0, 0.20), (1.5, 0.252), (0.0, 0.096), (0.7, 0.1688)])
def test_only_the_fuel_in_a_kilometre_follows_the_fuel_price(factor, cost):
    """By hand: .20·.52 = .104 EUR of fuel and .096 EUR of wear."""
    assert fuel_adjusted(0.20, 0.52, factor) == pytest.approx(cost, rel=1e-12)


@given(seen=st.floats(0.0, 1.0), scale=st.floats(1.0, 100.0))
def test_a_newcomer_sees_the_first_share(seen, scale):
    assert perceived_share(seen, 0, scale) == pytest.approx(seen, abs=1e-15)


def test_after_the_learning_scale_63_per_cent_of_the_error_is_gone():
    assert perceived_share(0.6, 20, 20.0) == pytest.approx(1.0 - 0.4 / math.e, rel=1e-12)


@given(seen=st.floats(0.0, 1.0), blocks=st.integers(0, 500), scale=st.floats(5.0, 60.0))
def test_experience_only_opens_eyes(seen, blocks, scale):
    assert perceived_share(seen, blocks, scale) <= perceived_share(seen, blocks + 1, scale) <= 1.0


@given(blocks=st.integers(0, 500))
def test_who_sees_everything_at_first_always_does(blocks):
    assert perceived_share(1.0, blocks, 20.0) == 1.0
