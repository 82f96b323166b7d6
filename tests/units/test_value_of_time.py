"""An hour's worth: the reservation wage, and the surplus that freedom to choose is expected to bring."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from model.value_of_time import expected_surplus, normal_density, normal_probability, reservation_wage

pytestmark = pytest.mark.rules


def test_a_reservation_wage_adds_pattern_and_shocks_to_the_indexed_value():
    assert reservation_wage(8.0, 1.03, 2.0, -1.0, 0.5, 3.25) == pytest.approx(8.24 + 2.0 - 1.0 + 0.5 + 3.25, rel=1e-12)


def test_nobody_pays_for_working():
    assert reservation_wage(8.0, 1.0, 0.0, -3.0, -3.0, -3.0) == 0.0


@given(z=st.floats(-8.0, 8.0))
def test_density_and_probability_are_the_normal_laws(z):
    """erfc and scipy's cdf are each good to about 1e-15 relative."""
    assert normal_density(z) == pytest.approx(norm.pdf(z), rel=1e-13)
    assert normal_probability(z) == pytest.approx(norm.cdf(z), rel=1e-13)


@given(mean=st.floats(-20.0, 20.0), sigma=st.floats(0.5, 10.0))
def test_expected_surplus_is_the_mean_of_what_is_positive(mean, sigma):
    """Numerical integration of max(0, d + σz) is the witness; beyond 12 standard deviations nothing of a double is left."""
    kink = min(12.0, max(-12.0, -mean / sigma))
    expected, error = quad(lambda z: (mean + sigma * z) * norm.pdf(z), kink, 12.0, epsabs=1e-12, epsrel=1e-12, limit=200)
    assert expected_surplus(mean, sigma) == pytest.approx(expected, abs=max(1e-11, 10 * error))


@pytest.mark.parametrize(("sigma", "expected"), [(math.sqrt(4 + 6.25 + 9), 0.92912), (2.0, 0.16663)])
def test_expected_surplus_reaches_the_plans_figures(sigma, expected):
    """SPECIAL CASE 7: d = −2 and σ of week, day and slot 2, 2.5, 3; flexible all of them, committed only the week's."""
    assert round(expected_surplus(-2.0, sigma), 5) == expected


@given(mean=st.floats(-20.0, 20.0))
def test_without_shocks_expected_surplus_is_the_surplus(mean):
    assert expected_surplus(mean, 0.0) == max(0.0, mean)
