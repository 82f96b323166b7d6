"""Paired differences between two arms: the same people, the same days and the same luck, so that seeds compare one by one."""

from collections.abc import Sequence
from math import inf, nan
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

type Array = np.ndarray

CONFIDENCE = 0.95
RESAMPLES = 5_000
BOOTSTRAP_SEED = 0


class Difference(NamedTuple):
    """An arm less the reference in one measure, over the seeds in which both have it."""

    reference: str
    arm: str
    measure: str
    pairs: int  # seeds in which both arms have the measure
    reference_mean: float  # over these; without any, over the seeds in which the arm has it
    arm_mean: float
    mean: float
    sd: float  # of the paired differences
    t_low: float
    t_high: float
    bootstrap_low: float
    bootstrap_high: float
    same_sign_share: float  # of seeds whose difference has the sign of the mean
    unpaired_seeds: float  # per arm, for as narrow a t interval without pairing

    @property
    def is_clear(self) -> bool:
        """Tell whether the t interval lies on one side of 0."""
        return self.t_low > 0.0 or self.t_high < 0.0

    @property
    def bootstrap_agrees(self) -> bool:
        """Tell whether both intervals say the same about 0."""
        return self.is_clear == (self.bootstrap_low > 0.0 or self.bootstrap_high < 0.0)


def difference(reference: str, arm: str, measure: str, before: Sequence[float], after: Sequence[float]) -> Difference:
    """Compare one measure seed by seed; `before` is the reference's. Intervals need two pairs, else they are nan."""
    pairs = np.array([(a, b) for a, b in zip(before, after, strict=True) if a == a and b == b]).reshape(-1, 2)
    n = len(pairs)
    if n == 0:
        return Difference(reference, arm, measure, 0, _mean_of_known(before), _mean_of_known(after), *(nan,) * 8)
    d = pairs[:, 1] - pairs[:, 0]
    mean, sd = mean_and_sd(d)
    same_sign = float(np.mean(np.sign(d) == np.sign(mean)))
    levels = (float(pairs[:, 0].mean()), float(pairs[:, 1].mean()))
    intervals = (*t_interval(mean, sd, n), *bootstrap_interval(d))
    return Difference(reference, arm, measure, n, *levels, mean, sd, *intervals, same_sign, unpaired_seeds(pairs, sd))


def _mean_of_known(values: Sequence[float]) -> float:
    known = [value for value in values if value == value]
    return sum(known) / len(known) if known else nan


def mean_and_sd(differences: Array) -> tuple[float, float]:
    """Return both; nan where there are too few differences."""
    n = len(differences)
    return float(differences.mean()) if n else nan, float(differences.std(ddof=1)) if n > 1 else nan


def t_interval(mean: float, sd: float, n: int) -> tuple[float, float]:
    """Return Student's interval for a mean of n differences; nan for one."""
    if n < 2:
        return nan, nan
    half = float(stdtrit(n - 1, (1.0 + CONFIDENCE) / 2.0)) * sd / n**0.5
    return mean - half, mean + half


def bootstrap_interval(differences: Array) -> tuple[float, float]:
    """Return the percentile interval of the mean over resampled seeds; every measure draws the same seeds."""
    n = len(differences)
    if n < 2:
        return nan, nan
    drawn = np.random.default_rng(BOOTSTRAP_SEED).integers(n, size=(RESAMPLES, n))
    low, high = np.quantile(differences[drawn].mean(axis=1), [(1.0 - CONFIDENCE) / 2.0, (1.0 + CONFIDENCE) / 2.0])
    return float(low), float(high)


def unpaired_seeds(pairs: Array, sd: float) -> float:
    """Return m with (s_A² + s_B²)/m = s_D²/n: seeds per arm that would do without pairing.

    The t quantile is taken as equal on both sides. Infinite where pairing removes all noise, nan where there is none.
    """
    n = len(pairs)
    if n < 2:
        return nan
    unpaired = float(pairs.var(axis=0, ddof=1).sum())
    if sd == 0.0:
        return inf if unpaired > 0.0 else nan
    return n * unpaired / sd**2
