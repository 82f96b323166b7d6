"""The bootstrap as weights: a statistic is a function of the weights of its cases, even ones or those of a resample."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .paired import BOOTSTRAP_SEED, CONFIDENCE

type Array = np.ndarray

RESAMPLES = 1_000
ENDS = ((1.0 - CONFIDENCE) / 2.0, (1.0 + CONFIDENCE) / 2.0)


class Estimate(NamedTuple):
    """A statistic and the ends of its 95 % interval, each a number or an array of them."""

    value: Array
    low: Array
    high: Array


def estimate(statistic: Callable[[Array], Array], cases: int) -> Estimate:
    """Return a statistic with its percentile interval. statistic: takes a row of weights per resample, returns a row for each."""
    value = statistic(np.full((1, cases), 1.0 / cases))[0]
    low, high = np.quantile(statistic(resampled(cases)), ENDS, axis=0)
    return Estimate(value, low, high)


def resampled(cases: int) -> Array:
    """Return how often each resample draws each case, as shares; the same draws for every statistic of as many cases."""
    drawn = np.random.default_rng(BOOTSTRAP_SEED).integers(cases, size=(RESAMPLES, cases))
    return np.stack([np.bincount(row, minlength=cases) for row in drawn]) / cases
