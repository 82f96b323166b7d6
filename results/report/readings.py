"""What finished sweeps say, as numbers that know where they come from: levels, paired changes, ratios, and prices of a target.

A selection names an arm and a level of every factor. Seeds are the cases: each counts once, and what one lacks is counted.
"""

from collections.abc import Mapping, Sequence
from math import inf, nan
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np

from experiments.design.plan import BASE, as_setting
from experiments.paired import mean_and_sd, t_interval
from experiments.resampling import estimate
from experiments.sweep.finished import FinishedSweep

from .traced import PERCENT, PERCENT_POINTS, Number, Source, Unit, unit_of, unknown

if TYPE_CHECKING:
    import pandas as pd

type Array = np.ndarray


class NotRunError(LookupError):
    """A study, arm or level that a sentence asks for was not run; the message names it."""


class Where(NamedTuple):
    """Some runs of a study: an arm, and a level of each factor."""

    arm: str = BASE
    at: Mapping[str, Any] = {}

    def __str__(self) -> str:
        """Say which runs."""
        levels = [f"{name.rpartition('.')[2].replace('_', ' ')} {as_setting(value)}" for name, value in self.at.items()]
        return ", ".join([*levels, *([f"arm {self.arm}"] if self.arm != BASE or not levels else [])])


class Ratio(NamedTuple):
    """A measure at some runs over the same measure at others."""

    measure: str
    where: Where
    versus: Where

    def __str__(self) -> str:
        """Say which."""
        return f"({self.measure}: {self.where} over {self.versus})"


class Readings:
    """The sweeps of a report, by the name of their study."""

    def __init__(self, sweeps: Mapping[str, FinishedSweep]) -> None:
        self.sweeps = dict(sweeps)

    def study(self, name: str) -> FinishedSweep:
        """Return a study's sweep. Raises NotRunError."""
        if name not in self.sweeps:
            raise NotRunError(f"{name} was not run")
        return self.sweeps[name]

    def parameter(self, study: str, name: str) -> Any:
        """Return a parameter's value at the base of a study."""
        return self.study(study).plan["parameters"][name]

    def levels(self, study: str, factor: str) -> list[Any]:
        """Return the values a study gives to a factor, in ascending order."""
        return list(self.study(study).factors[factor].values())

    def by_seed(self, study: str, measure: str, where: Where) -> "pd.Series":
        """Return a measure's values by seed of the design; nan where the run failed. Raises NotRunError if there is no such run."""
        sweep = self.study(study)
        runs = sweep.of(where.arm)
        for factor, levels in sweep.factors.items():
            if factor not in where.at and len(levels) > 1:
                raise KeyError(f"{study}: {factor} has {len(levels)} levels, and none is chosen")
            if factor in where.at:
                runs = runs.loc[runs[factor] == as_setting(where.at[factor])]
        if runs.empty or measure not in runs:
            raise NotRunError(f"{study}, {where}: {measure} was not run")
        return cast("pd.Series", runs.set_index("seed")[measure]).reindex(sorted(sweep.seeds))

    def level(self, study: str, measure: str, where: Where = Where()) -> Number:  # noqa: B008 - a constant
        """Return a measure's mean over seeds."""
        values = self.by_seed(study, measure, where)
        return over_seeds(values.to_numpy(float), unit_of(measure), False, Source(study, measure, str(where)))

    def change(self, study: str, measure: str, where: Where, versus: Where = Where()) -> Number:  # noqa: B008
        """Return the mean of the paired differences."""
        before, after = self.pairs(study, measure, where, versus)
        source = Source(study, measure, f"{where} less {versus}")
        return over_seeds(after - before, unit_of(measure), True, source)

    def change_in_percent(self, study: str, measure: str, where: Where, versus: Where = Where()) -> Number:  # noqa: B008
        """Return the mean of the paired ratios less one."""
        ratios = self._percent_by_seed(study, measure, where, versus)
        return over_seeds(ratios, PERCENT, True, Source(study, measure, f"{where} over {versus}, less one"))

    def percent_less_percent(self, study: str, one: Ratio, other: Ratio) -> Number:
        """Return by how many points one paired change in per cent exceeds another."""
        values = self._excess_by_seed(study, one, other)
        return over_seeds(values, PERCENT_POINTS, True, Source(study, one.measure, f"{one} less {other}"))

    def difference_in_differences(self, study: str, one: tuple[Ratio, Ratio], other: tuple[Ratio, Ratio]) -> Number:
        """Return by how many points the excess of one pair of changes in per cent exceeds that of another."""
        values = self._excess_by_seed(study, *one) - self._excess_by_seed(study, *other)
        of = f"({one[0]} less {one[1]}) less ({other[0]} less {other[1]})"
        return over_seeds(values, PERCENT_POINTS, True, Source(study, one[0].measure, of))

    def _excess_by_seed(self, study: str, one: Ratio, other: Ratio) -> "Array":
        return self._percent_by_seed(study, *one) - self._percent_by_seed(study, *other)

    def excess(self, study: str, one: str, times: float, other: str) -> Number:
        """Return by how much one measure exceeds so many times another, both at the base."""
        values = self.by_seed(study, one, Where()) - times * self.by_seed(study, other, Where())
        return over_seeds(values.to_numpy(float), unit_of(one), True, Source(study, one, f"less {times:g} times {other}"))

    def _percent_by_seed(self, study: str, measure: str, where: Where, versus: Where) -> "Array":
        before, after = self.pairs(study, measure, where, versus)
        return 100.0 * (np.divide(after, before, out=np.full(len(after), nan), where=before != 0.0) - 1.0)

    def pairs(self, study: str, measure: str, where: Where, versus: Where) -> "tuple[Array, Array]":
        """Return a measure before and after, seed by seed; a pair with a run that failed is not known, and counted as that."""
        return self.by_seed(study, measure, versus).to_numpy(float), self.by_seed(study, measure, where).to_numpy(float)

    def quotient(self, study: str, above: str, below: str, where: Where, versus: Where, unit: Unit) -> Number:
        """Return the change in one measure over the change in another.

        Both are means over seeds; the interval is the bootstrap's, as a ratio of means has no Student's. There is none where
        the change below may be nothing.
        """
        top, bottom = (self._change_by_seed(study, name, where, versus) for name in (above, below))
        source = Source(study, f"{above} / {below}", f"{where} less {versus}")
        known = np.isfinite(top) & np.isfinite(bottom)
        top, bottom = top[known], bottom[known]
        missing = int((~known).sum())
        if not len(top) or bottom.mean() == 0.0:
            return unknown(source, missing)._replace(unit=unit)
        plain = Number(float(top.mean() / bottom.mean()), nan, nan, unit, False, len(top), missing, source)
        if not over_seeds(bottom, unit, True, source).sign:
            return plain
        found = estimate(lambda weights: (weights @ top) / (weights @ bottom), len(top))
        return plain._replace(low=float(found.low), high=float(found.high))

    def _change_by_seed(self, study: str, measure: str, where: Where, versus: Where) -> "Array":
        before, after = self.pairs(study, measure, where, versus)
        return after - before


def over_seeds(values: "Array", unit: Unit, is_change: bool, source: Source) -> Number:
    """Return the mean with Student's interval; what is not known is left out and counted."""
    known = values[np.isfinite(values)]
    missing = len(values) - len(known)
    if not len(known):
        return unknown(source, missing, is_change)._replace(unit=unit)
    mean, sd = mean_and_sd(known)
    return Number(mean, *t_interval(mean, sd, len(known)), unit, is_change, len(known), missing, source)


def price_of(readings: Readings, study: str, measure: str, target: float, factor: str, at: Mapping[str, Any]) -> Number:
    """Return the level of a factor at which a measure's mean over seeds reaches a target, straight between the levels tried.

    Not known if the mean never does; if it does at the lowest level already, that is the answer. The interval is the bootstrap's,
    and there is none where more than its tail of resamples never reach the target. A seed that lacks the measure at one level is
    left out and counted.
    """
    levels = [float(value) for value in readings.levels(study, factor)]
    rows = np.column_stack([readings.by_seed(study, measure, Where(at={**at, factor: level})) for level in levels])
    known = rows[np.isfinite(rows).all(axis=1)]
    where = ", ".join(f"{name.rpartition('.')[2].replace('_', ' ')} {as_setting(value)}" for name, value in at.items())
    source = Source(study, measure, f"{factor.rpartition('.')[2].replace('_', ' ')} at which its mean reaches {target:g}; {where}")
    unit, missing = unit_of("pay_per_hour_eur"), len(rows) - len(known)
    if not len(known):
        return unknown(source, missing)._replace(unit=unit)

    def reached(weights: "Array") -> "Array":
        return np.array([crossing(levels, means.tolist(), target) for means in weights @ known])

    value = float(reached(np.full((1, len(known)), 1.0 / len(known)))[0])
    one = Number(value if value < inf else nan, nan, nan, unit, False, len(known), missing, source)
    if not one.is_known or len(known) == 1:
        return one
    with np.errstate(invalid="ignore"):  # between two that never reach it
        found = estimate(reached, len(known))
    return one._replace(low=float(found.low), high=float(found.high))


def crossing(levels: Sequence[float], values: Sequence[float], target: float) -> float:
    """Return where a line through these points first reaches a target from below; infinite if it never does."""
    if values[0] >= target:
        return levels[0]
    for k in range(1, len(levels)):
        if values[k] >= target:
            return levels[k - 1] + (levels[k] - levels[k - 1]) * (target - values[k - 1]) / (values[k] - values[k - 1])
    return inf
