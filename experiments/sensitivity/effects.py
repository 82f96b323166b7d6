"""Statistics of a factor, by kind of design: Morris's elementary effects, Sobol' indices, one-at-a-time effects."""

from math import nan
from typing import NamedTuple

import numpy as np

from ..design import Design
from ..design.plan import BASE, as_setting
from ..paired import BOOTSTRAP_SEED, CONFIDENCE, difference
from ..resampling import RESAMPLES, Estimate, estimate

type Array = np.ndarray

MORRIS = ("mu_star", "mu", "sigma")
SOBOL = ("total", "first")
EFFECT = "effect"


class Effect(NamedTuple):
    """One statistic of one factor."""

    factor: str
    setting: str
    statistic: str
    value: float
    low: float
    high: float
    cases: int


def elementary_effects(design: Design, by_seed: Array) -> list[Effect]:
    """Return Morris's mu* (mean size), mu (mean) and sigma (spread) of the effects, in the measure's unit.

    An effect is the change over a step divided by the step's share of the factor's range: what the whole range would do.
    """
    effects = effects_along(np.array(design.unit), mean_over_seeds(by_seed))
    cases = len(effects)
    unknown = np.full(len(design.factors), nan)
    statistics = {"mu_star": lambda w: w @ np.abs(effects), "mu": lambda w: w @ effects, "sigma": lambda w: spread(w, effects)}
    found = {name: estimate(of, cases) if cases > 1 else Estimate(*[unknown] * 3) for name, of in statistics.items()}
    return [_effect(factor.name, name, found[name], k, cases) for k, factor in enumerate(design.factors) for name in MORRIS]


def effects_along(unit: Array, response: Array) -> Array:
    """Return a row of elementary effects per trajectory whose points all have a response, a column per factor."""
    factors = unit.shape[1]
    steps = np.diff(unit.reshape(-1, factors + 1, factors), axis=1)
    changes = np.diff(response.reshape(-1, factors + 1), axis=1)
    is_known = np.isfinite(changes).all(axis=1)
    steps, changes = steps[is_known], changes[is_known, :, None]
    return np.divide(changes, steps, out=np.zeros_like(steps), where=steps != 0.0).sum(axis=1)


def spread(weights: Array, effects: Array) -> Array:
    """Return the standard deviation of weighted cases; its square is unbiased at even weights."""
    cases = len(effects)
    centred = effects - effects.mean(axis=0)
    variance = weights @ centred**2 - (weights @ centred) ** 2
    return np.sqrt(np.maximum(variance, 0.0) * cases / (cases - 1))


def sobol_indices(design: Design, by_seed: Array) -> list[Effect]:
    """Return total and first-order indices: shares of the variance over the design, with and without interactions.

    Estimators and bootstrap are SALib's. Where nothing varies they are nan.
    """
    factors = len(design.factors)
    response = mean_over_seeds(by_seed).reshape(-1, factors + 2)
    response = response[np.isfinite(response).all(axis=1)]
    unknown = np.full(factors, nan)
    found = dict.fromkeys(SOBOL, Estimate(unknown, unknown, unknown))
    if len(response) > 1 and np.ptp(response[:, [0, -1]]) > 0.0:
        found = _sobol_indices(response)
    return [_effect(factor.name, name, found[name], k, len(response)) for k, factor in enumerate(design.factors) for name in SOBOL]


def _sobol_indices(response: Array) -> dict[str, Estimate]:
    """Ask SALib. response: a row per base row."""
    from SALib.analyze.sobol import analyze

    factors = response.shape[1] - 2
    names = {"num_vars": factors, "names": [f"x{k}" for k in range(factors)], "bounds": [[0.0, 1.0]] * factors}
    options = {"calc_second_order": False, "num_resamples": RESAMPLES, "conf_level": CONFIDENCE}
    indices = analyze(names, response.ravel(), seed=np.random.default_rng(BOOTSTRAP_SEED), **options)  # its seed 0 means none
    return {
        name: Estimate(indices[key], indices[key] - indices[f"{key}_conf"], indices[key] + indices[f"{key}_conf"])
        for name, key in zip(SOBOL, ("ST", "S1"), strict=True)
    }


def one_at_a_time(design: Design, by_seed: Array) -> list[Effect]:
    """Return what each setting changes against the base, paired by seed, with Student's interval."""
    base = design.points[0].values
    effects = []
    for point in design.points[1:]:
        factor = next(name for name, value in point.values.items() if value != base[name])
        setting = as_setting(point.values[factor])
        found = difference(BASE, setting, "", by_seed[0].tolist(), by_seed[point.number].tolist())
        effects.append(Effect(factor, setting, EFFECT, found.mean, found.t_low, found.t_high, found.pairs))
    return effects


def mean_over_seeds(by_seed: Array) -> Array:
    """Return the mean of the seeds a point has; nan without any."""
    known = np.isfinite(by_seed)
    number = known.sum(axis=1)
    total = np.where(known, by_seed, 0.0).sum(axis=1)
    return np.divide(total, number, out=np.full(len(by_seed), nan), where=number > 0)


def _effect(factor: str, statistic: str, found: Estimate, k: int, cases: int) -> Effect:
    return Effect(factor, "", statistic, float(found.value[k]), float(found.low[k]), float(found.high[k]), cases)
