"""What a measure is at the points of a sweep: the mean over seeds, with its interval.

Unlike a difference between arms, a level has the luck of the season in it: its interval is wide where the season decides.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from ..paired import mean_and_sd, t_interval
from ..sweep.finished import FinishedSweep


class Level(NamedTuple):
    """The mean of a measure in one arm, at some levels of the factors, over all others."""

    arm: str
    at: dict[str, str]  # levels by factor
    measure: str
    runs: int
    seeds: int
    mean: float
    low: float  # 95 %, Student's, over seeds; nan for one
    high: float


def levels(sweep: FinishedSweep, arm: str, measures: Sequence[str], by: Sequence[str]) -> Iterator[Level]:
    """Yield each measure at each combination of levels of the factors `by`; a seed counts with its mean over what is not held."""
    for cell, runs in sweep.of(arm).groupby(list(by), sort=False):
        at = {name: str(level) for name, level in zip(by, cell if isinstance(cell, tuple) else (cell,), strict=True)}
        for measure in measures:
            known = runs.dropna(subset=[measure])
            of_seeds = np.asarray(known.groupby("seed")[measure].aggregate("mean"), float)
            mean, sd = mean_and_sd(of_seeds)
            yield Level(arm, at, measure, len(known), len(of_seeds), mean, *t_interval(mean, sd, len(of_seeds)))
