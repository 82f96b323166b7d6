"""Case 13: couriers alone: hires and separations settle at a vacancy rate of δ / (δ + f0)."""

from datetime import timedelta

import numpy as np
import pytest
from scipy import stats

from model import BlockMarket
from model.carrier import hire_together
from model.random_draws import Purpose, uniform
from tests.theory.small_market import DAY, standard_error

pytestmark = pytest.mark.rules

SEPARATIONS, FILL = 0.0064, 0.1  # δ and f0 per week
GAP = SEPARATIONS / (SEPARATIONS + FILL)
MONDAY = DAY - timedelta(DAY.weekday())
ALONE = {
    "scenario__start_date": MONDAY, "platform__policy": "none", "population__drivers": 0, "demand__growth": 0.0,
    "carriers__separations_per_week": SEPARATIONS, "carriers__starting_gap_share": GAP, "carriers__vacancy_threshold": 1.0,
    "carriers__alternative_wage_growth": 0.0,
}  # fmt: skip
NO_LIMIT = 10**9


def staffed(seed, gap_at_start):
    """Five carriers with this share of their places empty."""
    carriers = BlockMarket(rng=seed, **ALONE).carriers
    for carrier in carriers:
        carrier.couriers = round(carrier.target(MONDAY) * (1.0 - gap_at_start))
    return carriers


def vacancy_rates(seed, weeks, gap_at_start=GAP):
    """The city's vacancy rate on the evening of each Monday, and before the first."""
    carriers = staffed(seed, gap_at_start)
    rates = []
    for week in range(weeks + 1):
        day = MONDAY + timedelta(7 * week)
        rates.append(sum(carrier.vacancies(day) for carrier in carriers) / sum(carrier.target(day) for carrier in carriers))
        hire_together(carriers, day, NO_LIMIT)
    return np.array(rates)


def test_the_vacancy_rate_settles_at_separations_over_separations_and_hires():
    """Case 13: mean δ/(δ + f0) = .060150; from anywhere the distance to it shrinks by 1 − δ − f0 a week, in the mean."""
    assert pytest.approx(0.060150, abs=5e-7) == GAP
    for start in (GAP, 0.20):
        rates = np.array([vacancy_rates(seed, 30, start) for seed in range(60)])
        expected = GAP + (rates[0, 0] - GAP) * (1.0 - SEPARATIONS - FILL) ** np.arange(31)
        for week in (1, 5, 30):
            assert abs(rates[:, week].mean() - expected[week]) < 4 * standard_error(rates[:, week])
        means = rates.mean(axis=1)
        assert abs(means.mean() - expected.mean()) < 4 * standard_error(means)


def test_a_mondays_hires_and_separations_are_binomial_in_its_opening_stock():
    """Case 13, exact: the counts are the binomial quantiles of the Monday's two draws, both from the opening numbers."""
    for seed in range(10):
        carriers = staffed(seed, 0.15)
        for week in range(6):
            day = MONDAY + timedelta(7 * week)
            opening = [(carrier.couriers, carrier.vacancies(day)) for carrier in carriers]
            hire_together(carriers, day, NO_LIMIT)
            for carrier, (couriers, vacancies) in zip(carriers, opening, strict=True):
                leaving, coming = (
                    uniform(np.uint64(seed), purpose, day.toordinal(), carrier.index, 0)
                    for purpose in (Purpose.SEPARATIONS, Purpose.HIRES)
                )
                hired, left = stats.binom.ppf(coming, vacancies, FILL), stats.binom.ppf(leaving, couriers, SEPARATIONS)
                assert carrier.couriers == couriers + hired - left


@pytest.mark.parametrize("limit", [0, 3, 8, 10_000])
def test_together_carriers_hire_no_more_than_the_city_has(limit):
    """Case 13 with a limit: hires are min(limit, Σ binomial quantiles), shared within one person of proportion."""
    for seed in range(10):
        carriers = staffed(seed, 0.15)
        draws = [uniform(np.uint64(seed), Purpose.HIRES, MONDAY.toordinal(), carrier.index, 0) for carrier in carriers]
        wanted = np.array([stats.binom.ppf(u, carrier.vacancies(MONDAY), FILL) for u, carrier in zip(draws, carriers, strict=True)])
        left = [
            stats.binom.ppf(
                uniform(np.uint64(seed), Purpose.SEPARATIONS, MONDAY.toordinal(), carrier.index, 0), carrier.couriers, SEPARATIONS
            )
            for carrier in carriers
        ]
        opening = np.array([carrier.couriers for carrier in carriers])
        hired, _ = hire_together(carriers, MONDAY, limit)
        assert hired == min(limit, wanted.sum())
        got = np.array([carrier.couriers for carrier in carriers]) - opening + left
        assert (np.abs(got - wanted * min(1.0, limit / wanted.sum())) < 1.0).all()
