"""How much of what varies in a design is luck: the variance between seeds as a share of all variance.

Seeds are crossed with points: luck has a part that meets all points alike and one of each point's own,
y = mean + point + seed + rest. Both are luck; only the second blurs the means over seeds.
"""

from functools import partial
from math import nan
from typing import NamedTuple

import numpy as np

from ..resampling import estimate

type Array = np.ndarray


class Noise(NamedTuple):
    """The share of the variance of single runs that is due to seeds."""

    arm: str
    measure: str
    share: float
    low: float
    high: float
    points: int
    seeds: int


def noise(arm: str, measure: str, by_seed: Array, together: int = 1) -> Noise:
    """Return luck's share with its bootstrap interval over points; nan without two points and two seeds.

    by_seed: a row per point. together: how many neighbouring points were drawn together, to be resampled together.
    """
    groups = by_seed.reshape(-1, together, by_seed.shape[1])
    groups = groups[np.isfinite(groups).all(axis=(1, 2))]
    points = len(groups) * together
    if len(groups) < 2 or by_seed.shape[1] < 2 or not np.ptp(groups):
        return Noise(arm, measure, nan, nan, nan, points, by_seed.shape[1])
    found = estimate(partial(luck_share, groups), len(groups))
    return Noise(arm, measure, float(found.value), float(found.low), float(found.high), points, by_seed.shape[1])


def luck_share(groups: Array, weights: Array) -> Array:
    """Return within / (within + between) for each row of weights of the groups."""
    within, between = variances(groups, weights)
    total = within + np.maximum(between, 0.0)
    return np.divide(within, total, out=np.full(len(weights), nan), where=total > 0.0)


def variances(groups: Array, weights: Array) -> tuple[Array, Array]:
    """Return the variance between the seeds of a point and that between points, both unbiased at even weights.

    The second is that of the points' means less the mean square of the rest over the seeds: what all points share by a seed
    moves their means alike. groups: groups, points, seeds.
    """
    size, seeds = groups.shape[1:]
    points = len(groups) * size
    means = groups.mean(axis=2) - groups.mean()
    deviations = groups - groups.mean(axis=2, keepdims=True)
    within = weights @ (deviations**2).sum(axis=2).mean(axis=1) / (seeds - 1)
    of_seeds = ((weights @ deviations.mean(axis=1)) ** 2).sum(axis=1)
    rest = points * ((seeds - 1) * within - of_seeds) / ((points - 1) * (seeds - 1))
    of_means = (weights @ (means**2).mean(axis=1) - (weights @ means.mean(axis=1)) ** 2) * points / (points - 1)
    return within, of_means - rest / seeds
