"""Paired differences over the points of a sweep: point by point and seed by seed, then over the seeds.

All points of a seed share its luck. They are therefore averaged first, and an interval rests on the seeds alone.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from ..measures import FLAGS
from ..paired import Array, Difference, difference, mean_and_sd, t_interval

if TYPE_CHECKING:
    import pandas as pd


class Pairs(NamedTuple):
    """The runs of two arms that have each other: a row per point and seed."""

    reference: str
    arm: str
    keys: "pd.DataFrame"  # every factor as text, and seed
    before: "pd.DataFrame"  # measures of the reference; nan where one of the two lacks it, unless it is never there in both
    after: "pd.DataFrame"

    @property
    def factors(self) -> tuple[str, ...]:
        """Return the names of what tells points apart."""
        return tuple(str(name) for name in self.keys.columns if name != "seed")

    def among(self, rows: "Array") -> "Pairs":
        """Return some of the pairs."""
        return self._replace(keys=self.keys.iloc[rows], before=self.before.iloc[rows], after=self.after.iloc[rows])


class Effect(NamedTuple):
    """What an arm changes in one measure at some levels of the factors, in the mean over all others."""

    reference: str
    arm: str
    at: dict[str, str]  # levels by factor
    measure: str
    pairs: int  # points times seeds behind it
    seeds: int
    mean: float
    low: float  # 95 %, Student's; nan for one seed
    high: float


def paired(reference: str, arm: str, before: "pd.DataFrame", after: "pd.DataFrame", factors: Sequence[str]) -> Pairs:
    """Put together the runs that share point and seed; those without the other are left out."""
    aside = [name for name in ("arm", *FLAGS) if name in before]
    one, other = (runs.drop(columns=aside, errors="ignore").set_index([*factors, "seed"]) for runs in (before, after))
    shared = one.index[one.index.isin(other.index)]
    one, other = one.loc[shared], other.loc[shared, list(one.columns)]
    in_both = one.notna() & other.notna()
    known = in_both | ~in_both.any()
    keys = shared.to_frame(index=False)
    return Pairs(reference, arm, keys, *(side.where(known).set_index(keys.index) for side in (one, other)))


def by_seed(pairs: Pairs) -> "tuple[pd.DataFrame, pd.DataFrame]":
    """Return the means over points, a row per seed."""
    seeds = pairs.keys["seed"].to_numpy()
    before, after = (side.groupby(seeds).aggregate("mean") for side in (pairs.before, pairs.after))
    return before, after


def differences_of(pairs: Pairs) -> tuple[Difference, ...]:
    """Return the arm less the reference in every measure, pooled over the points."""
    before, after = by_seed(pairs)
    return tuple(
        difference(pairs.reference, pairs.arm, str(name), before[name].tolist(), after[name].tolist()) for name in before.columns
    )


def effects_of(pairs: Pairs) -> list[Effect]:
    """Return the effects pooled, by level where factors are crossed, and at every point."""
    return [one for by in held(pairs) for at, some in groups(pairs, by) for one in effects_at(some, at)]


def effects_at(pairs: Pairs, at: dict[str, str]) -> Iterator[Effect]:
    """Yield the effect on every measure."""
    before, after = by_seed(pairs)
    for name in before.columns:
        known = len((pairs.after[name] - pairs.before[name]).dropna())
        d = (after[name] - before[name]).dropna().to_numpy()
        mean, sd = mean_and_sd(d)
        yield Effect(pairs.reference, pairs.arm, at, str(name), known, len(d), mean, *t_interval(mean, sd, len(d)))


def held(pairs: Pairs) -> list[tuple[str, ...]]:
    """Return what is held at a level at a time: nothing; where factors are crossed, one and two of them; all of them."""
    factors = pairs.factors
    levels = [by for size in (1, 2) for by in combinations(factors, size)] if is_crossed(pairs.keys, factors) else []
    return list(dict.fromkeys([(), *levels, factors]))


def is_crossed(keys: "pd.DataFrame", factors: Sequence[str]) -> bool:
    """Tell whether every level of each factor is there with every level of all others."""
    points = keys.drop_duplicates(list(factors)) if factors else keys.head(1)
    return len(points) == prod(points[name].nunique() for name in factors)


def groups(pairs: Pairs, by: Sequence[str]) -> Iterator[tuple[dict[str, str], Pairs]]:
    """Yield the pairs at each combination of levels of these factors."""
    if not by:
        yield {}, pairs
        return
    for levels, rows in pairs.keys.groupby(list(by), sort=False).indices.items():
        told = levels if isinstance(levels, tuple) else (levels,)
        yield {name: str(level) for name, level in zip(by, told, strict=True)}, pairs.among(rows)
