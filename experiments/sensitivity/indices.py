"""Which parameters matter: effects and indices of each factor of a design, with intervals, and how much is luck.

Seeds are noise: what is analysed is the mean over seeds. Pure functions of a design and the table of its runs.
"""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from model.parameters import ParameterError

from ..compare.scenarios import FLAGS
from ..design import Design
from ..design.plan import BASE, as_setting
from ..paired import BOOTSTRAP_SEED, CONFIDENCE
from ..resampling import RESAMPLES
from .effects import elementary_effects, one_at_a_time, sobol_indices
from .noise import Noise, noise

if TYPE_CHECKING:
    import pandas as pd

type Array = np.ndarray

ANALYSES = {"morris": elementary_effects, "saltelli": sobol_indices, "star": one_at_a_time}
MORE_THAN_FACTORS = {"morris": 1, "saltelli": 2}  # points that were drawn together
FEW_BASE_ROWS = 64


class Influence(NamedTuple):
    """One statistic of one factor: its value and 95 % interval."""

    arm: str
    measure: str
    factor: str
    setting: str  # of a star: the factor's value; else empty
    statistic: str  # mu_star, mu, sigma; total, first; effect
    value: float
    low: float
    high: float
    cases: int  # trajectories, base rows or pairs of runs it rests on


class Sensitivity(NamedTuple):
    """What came out of a design."""

    design: Design
    influences: tuple[Influence, ...]
    noises: tuple[Noise, ...]
    missing: int  # runs of the design that the table does not hold

    def of(self, arm: str, measure: str) -> tuple[Influence, ...]:
        """Return the statistics of one measure in one arm."""
        return tuple(one for one in self.influences if (one.arm, one.measure) == (arm, measure))

    def noise_of(self, arm: str, measure: str) -> Noise:
        """Return what is luck in one measure in one arm."""
        return next(one for one in self.noises if (one.arm, one.measure) == (arm, measure))

    @property
    def notes(self) -> list[str]:
        """Return what a reader of the statistics should know."""
        design, notes = self.design, []
        if self.missing:
            notes.append(f"{self.missing} of {design.number_of_runs} runs are missing; what rests on them is left out")
        rows = len(design.points) // (len(design.factors) + MORE_THAN_FACTORS["saltelli"])
        if design.kind == "saltelli" and rows < FEW_BASE_ROWS:
            notes.append(
                f"{rows} base rows: too few for the bootstrap of Sobol' indices, whose intervals are not to be relied on; "
                f"{FEW_BASE_ROWS} or more are better"
            )
        return notes

    @property
    def measures(self) -> list[str]:
        """Return the measures in the order of the table of runs."""
        return list(dict.fromkeys(one.measure for one in self.noises))


def check_can_be_analysed(design: Design) -> None:
    """Raise ParameterError if a design has no analysis, or if what its analysis needs is not installed."""
    if design.kind not in ANALYSES:
        has = f"has [{design.kind}]" if design.factors else "has no factor"
        raise ParameterError(f'{design.name}: {has}; allowed: [morris], [star], or [sobol] with arrangement = "saltelli"')
    if design.kind == "saltelli" and find_spec("SALib") is None:
        raise ParameterError(
            f"{design.name}: Sobol' indices need SALib, which is not installed; the extra `sensitivity` brings it: "
            "pip install -e '.[sensitivity]'"
        )


def analyse(design: Design, runs: "pd.DataFrame") -> Sensitivity:
    """Analyse the runs of a design, arm by arm and measure by measure.

    runs: a row per run with `seed`, `arm` unless there is but one, a column per factor, and the measures. Failed runs may be
    missing: a point has the mean of the seeds it has, and what a point without any belongs to is left out.
    """
    check_can_be_analysed(design)
    measures = measures_of(design, runs)
    responses = responses_of(design, runs, measures)
    more = MORE_THAN_FACTORS.get(design.kind)
    together = len(design.factors) + more if more else 1
    influences, noises = [], []
    for arm, values in responses.items():
        for k, measure in enumerate(measures):
            by_seed = values[:, :, k]
            influences += [Influence(arm, measure, *effect) for effect in ANALYSES[design.kind](design, by_seed)]
            noises.append(noise(arm, measure, by_seed, together))
    missing = sum(int(np.isnan(values).all(axis=2).sum()) for values in responses.values())
    return Sensitivity(design, tuple(influences), tuple(noises), missing)


def measures_of(design: Design, runs: "pd.DataFrame") -> list[str]:
    """Return the columns that are measures."""
    others = {"arm", "seed", "point", "key", *FLAGS, *(factor.name for factor in design.factors)}
    return [str(name) for name in runs.select_dtypes("number").columns if name not in others]


def responses_of(design: Design, runs: "pd.DataFrame", measures: list[str]) -> dict[str, Array]:
    """Return by arm an array of points, seeds and measures; nan where a run is missing."""
    size = (len(design.points), len(design.seeds), len(measures))
    responses = {arm: np.full(size, np.nan) for arm in design.arms}
    points: dict[tuple[str, ...], list[int]] = {}
    for point in design.points:
        points.setdefault(tuple(as_setting(value) for value in point.values.values()), []).append(point.number)
    column_of = {seed: column for column, seed in enumerate(design.seeds)}
    values = runs[measures].to_numpy(dtype=float)
    for row, (arm, seed, cells) in enumerate(_labels(design, runs)):
        if arm in responses and seed in column_of:
            responses[arm][points.get(cells, []), column_of[seed]] = values[row]
    return responses


def _labels(design: Design, runs: "pd.DataFrame") -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Yield arm, seed and the factors' values, as they are written, of each run."""
    arms = runs["arm"].tolist() if "arm" in runs else [BASE] * len(runs)
    columns = [[_as_written(cell) for cell in runs[factor.name].tolist()] for factor in design.factors]
    for arm, seed, *cells in zip(arms, runs["seed"].tolist(), *columns, strict=True):
        yield arm, seed, tuple(cells)


def _as_written(cell: Any) -> str:
    """Write a cell of a table as the design's own values are: what is no number is none there, a list may be an array."""
    if isinstance(cell, float) and cell != cell:
        return as_setting(None)
    return as_setting(cell.tolist() if isinstance(cell, np.ndarray) else cell)


def described(found: Sensitivity) -> dict[str, Any]:
    """Return what the statistics are of, for others to repeat."""
    design = found.design
    return {
        "design": design.name,
        "about": design.about,
        "kind": design.kind,
        "scenario": design.scenario.name,
        "fixed": design.fixed,
        "factors": {
            one.name: {"low": one.low, "high": one.high, "scale": one.scale, "values": one.values} for one in design.factors
        },
        "arms": design.arms,
        "points": len(design.points),
        "seeds": list(design.seeds),
        "days": design.days,
        "missing_runs": found.missing,
        "intervals": {"confidence": CONFIDENCE, "bootstrap_resamples": RESAMPLES, "bootstrap_seed": BOOTSTRAP_SEED},
    }
