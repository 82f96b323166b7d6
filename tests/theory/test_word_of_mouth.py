"""Case 8: awareness alone, without districts: Bass's curve in the mean field, an exact chain in a small town."""

from datetime import timedelta

import numpy as np
import pytest
from scipy import stats

from model.participation import awareness_hazard, become_aware
from model.prospects import entrance_of
from model.roster import Status, new_rows
from tests.theory.small_market import DAY, bare_parameters, bare_terms

pytestmark = pytest.mark.rules

INNOVATION, IMITATION = 0.01, 0.15  # p and q per week
PERSONS, WEEKS = 50, 20
MONDAY = DAY - timedelta(DAY.weekday())


def bass(weeks, p=INNOVATION, q=IMITATION):
    """a(t) = (1 − e^(−st)) / (1 + (q/p)·e^(−st)), s = p + q (Bass 1969)."""
    decay = np.exp(-(p + q) * np.asarray(weeks, float))
    return (1.0 - decay) / (1.0 + q / p * decay)


@pytest.mark.parametrize(("p", "q"), [(0.004, 0.10), (0.01, 0.15), (0.001, 0.25), (0.05, 0.0)])
def test_the_mean_field_runs_along_basss_curve(p, q):
    """Case 8: a ← a + (1 − a)·h(a) hits the curve at every one of 100 weeks."""
    share = [0.0]
    for _ in range(100):
        share.append(share[-1] + (1.0 - share[-1]) * awareness_hazard(share[-1], p, q))
    assert np.array(share) == pytest.approx(bass(np.arange(101), p, q), abs=1e-12)


def test_nobody_hears_without_sources():
    """Case 8 at p = q = 0."""
    assert awareness_hazard(0.3, 0.0, 0.0) == 0.0


def exact_chain():
    """Law of the number aware after 20 weeks: A' = A + Bin(M − A, h(A/M)), with h solved from Bass's curve."""
    law = np.zeros(PERSONS + 1)
    law[0] = 1.0
    for _ in range(WEEKS):
        following = np.zeros_like(law)
        for aware in range(PERSONS + 1):
            chance = hazard_from_the_curve(aware / PERSONS)
            following[aware:] += law[aware] * stats.binom.pmf(np.arange(PERSONS - aware + 1), PERSONS - aware, chance)
        law = following
    return law


def hazard_from_the_curve(share):
    """The hazard that moves along Bass's curve from a share to where it stands a week later."""
    if share >= 1.0:
        return 1.0
    s, ratio = INNOVATION + IMITATION, IMITATION / INNOVATION
    week = -np.log((1.0 - share) / (1.0 + ratio * share)) / s
    return (bass(week + 1) - share) / (1.0 - share)


def aware_after_weeks(seed, parameters, drivers):
    entrance = entrance_of(parameters, 16.0, 0.5)
    for week in range(WEEKS):
        terms = bare_terms(parameters, seed, MONDAY + timedelta(7 * week))
        before = (drivers["status"] != Status.UNAWARE).sum()
        moved = become_aware(drivers, 12, False, entrance, terms)
        assert (drivers["status"] != Status.UNAWARE).sum() == before + moved
    return int((drivers["status"] != Status.UNAWARE).sum())


def townspeople():
    drivers = new_rows(PERSONS + 30)
    drivers["person"] = np.arange(drivers.size)
    drivers["district"] = np.arange(drivers.size) % 12
    drivers["is_reachable"] = drivers["person"] < PERSONS  # thirty more who never hear, and do not count
    return drivers


def test_a_small_town_follows_the_exact_chain():
    """Case 8: mean 28.034 aware of 50 at week 20, where the curve says 29.8; variance by the chain too."""
    law, numbers = exact_chain(), np.arange(PERSONS + 1)
    mean = float((law * numbers).sum())
    variance = float((law * (numbers - mean) ** 2).sum())
    assert (mean, PERSONS * bass(WEEKS)) == pytest.approx((28.034, 29.8), abs=0.05)
    assert mean == pytest.approx(28.034, abs=0.0005)
    parameters = bare_parameters(
        {
            "awareness.innovation_per_week": INNOVATION,
            "awareness.imitation_per_week": IMITATION,
            "awareness.own_district_weight": 0.0,  # no districts
        }
    )
    town = townspeople()
    sample = np.array([aware_after_weeks(seed, parameters, town.copy()) for seed in range(1_000)])
    assert abs(sample.mean() - mean) < 4 * np.sqrt(variance / sample.size)
    fourth = float((law * (numbers - mean) ** 4).sum())
    assert abs(((sample - mean) ** 2).mean() - variance) < 4 * np.sqrt((fourth - variance**2) / sample.size)
