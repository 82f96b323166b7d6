"""Samples of the unit cube: a row per point, a column per factor.

Saltelli's and Morris's rows stand in SALib's order, so that its analyses apply; drawing them needs only scipy.
"""

import numpy as np

type Array = np.ndarray


def latin_hypercube(points: int, factors: int, seed: int) -> Array:
    """Return one point in each of so many slices of every axis."""
    from scipy.stats import qmc

    return qmc.LatinHypercube(factors, rng=seed).random(points)


def sobol(points: int, factors: int, seed: int) -> Array:
    """Return the start of a scrambled Sobol' sequence; twice as many points begin with the same ones. points: a power of two."""
    from scipy.stats import qmc

    return qmc.Sobol(factors, rng=seed).random(points)


def saltelli(points: int, factors: int, seed: int) -> Array:
    """Return for each base row A, then A with one column of B for each factor in turn, then B: points·(factors + 2) rows."""
    both = sobol(points, 2 * factors, seed)
    a, b = both[:, None, :factors], both[:, None, factors:]
    crossed = np.where(np.eye(factors, dtype=bool), b, a)
    return np.concatenate([a, crossed, b], axis=1).reshape(-1, factors)


def morris(trajectories: int, factors: int, levels: int, seed: int) -> Array:
    """Return trajectories through the grid of levels, each factor stepping once, up or down, by Morris's Δ = p/(2(p − 1)).

    Each has factors + 1 rows; factors step in a random order. levels: even.
    """
    rng = np.random.default_rng(seed)
    return np.concatenate([_trajectory(rng, factors, levels) for _ in range(trajectories)])


def _trajectory(rng: np.random.Generator, factors: int, levels: int) -> Array:
    low = rng.integers(levels // 2, size=factors)
    ends = np.array([low, low + levels // 2]) / (levels - 1)
    start = rng.integers(2, size=factors)
    step_of = np.argsort(rng.permutation(factors))
    has_stepped = np.arange(factors + 1)[:, None] > step_of
    return ends[np.where(has_stepped, 1 - start, start), np.arange(factors)]
