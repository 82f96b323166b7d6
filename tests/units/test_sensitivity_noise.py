"""How much of the variance is luck, and intervals by resampling."""

from math import isnan, nan, sqrt
from statistics import fmean, stdev

import numpy as np
import pytest
from scipy import stats

from experiments.resampling import RESAMPLES, estimate
from experiments.sensitivity.noise import luck_share, noise, variances


def test_variances_within_and_between_points_are_unbiased_though_seeds_are_shared():
    """y = point + seed + rest, variances 1, 2 and 4: 6 within a point, 1 between; 4 standard errors of 400 replications."""
    rng, points, seeds = np.random.default_rng(7), 12, 3
    found = []
    for _ in range(400):
        y = rng.normal(0, 1, (points, 1)) + rng.normal(0, sqrt(2), (1, seeds)) + rng.normal(0, 2, (points, seeds))
        within, between = variances(y[:, None, :], np.full((1, points), 1 / points))
        found.append((float(within[0]), float(between[0])))
    for values, expected in zip(zip(*found, strict=True), (6.0, 1.0), strict=True):
        assert abs(fmean(values) - expected) < 4.0 * stdev(values) / sqrt(400)


def test_the_share_of_luck_is_between_nothing_and_everything():
    points, seeds = np.arange(8.0)[:, None], np.arange(4.0)[None, :] ** 2
    assert noise("a", "y", points + 0 * seeds)[2:5] == (0.0, 0.0, 0.0)
    assert noise("a", "y", 0 * points + seeds)[2:5] == (1.0, 1.0, 1.0)
    one = noise("a", "y", points + seeds, together=2)
    assert one.share == pytest.approx(seeds.var(ddof=1) / (seeds.var(ddof=1) + points.var(ddof=1)), rel=1e-12)
    assert 0.0 < one.low < one.share < one.high < 1.0
    assert (one.points, one.seeds) == (8, 4)


def test_luck_is_not_known_from_one_seed_one_point_or_no_variance():
    for by_seed in (np.arange(8.0)[:, None], np.arange(4.0)[None, :], np.ones((8, 4)), np.full((8, 4), nan)):
        assert isnan(noise("a", "y", by_seed).share)


def test_points_without_the_measure_are_left_out_of_the_share_of_luck():
    y = np.random.default_rng(8).normal(size=(9, 3))
    with_gap = np.vstack([y[:4], [[nan, 1.0, 2.0]], y[4:]])
    assert noise("a", "y", with_gap)[2:6] == noise("a", "y", y)[2:6]
    assert luck_share(y[:, None, :], np.full((1, 9), 1 / 9))[0] == pytest.approx(noise("a", "y", y).share, rel=1e-12)


def test_a_bootstrap_interval_is_that_of_the_normal_law_where_the_mean_is_normal():
    """As for paired differences: a quantile at p of R resamples errs by sqrt(p(1 − p)/R)/φ(z)."""
    n, z, p = 400, stats.norm.ppf(0.975), 0.025
    cases = np.random.default_rng(5).normal(1.0, 2.0, n)
    found = estimate(lambda weights: weights @ cases, n)
    scale = cases.std() / sqrt(n)
    tolerance = 4.0 * scale * sqrt(p * (1.0 - p) / RESAMPLES) / stats.norm.pdf(z)
    assert found.value == pytest.approx(cases.mean(), rel=1e-12)
    assert abs(found.low - (cases.mean() - z * scale)) < tolerance
    assert abs(found.high - (cases.mean() + z * scale)) < tolerance
