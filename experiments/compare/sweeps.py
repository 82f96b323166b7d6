"""Compare the arms of a sweep, or two sweeps of the same points and seeds, from their folders: nothing is run again."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from model.parameters import ParameterError, nearest, plain

from ..design.plan import BASE
from ..paired import CONFIDENCE, Difference
from ..sweep.finished import FinishedSweep, Levels, read_sweep
from .paired_sweep import Effect, Pairs, differences_of, effects_of, paired

MOST_ARMS = 26  # tables name them by letters


class Contrast(NamedTuple):
    """An arm against its reference: pooled over the points, and at levels of the factors."""

    title: str  # what tells it from the others; empty where there is one
    letter: str  # of the arm; the reference is A
    pairs: Pairs
    left_out: int  # pairs planned of which a run is missing
    differences: tuple[Difference, ...]
    effects: tuple[Effect, ...]


class SweepComparison(NamedTuple):
    """What the folders say, and of what."""

    sweeps: tuple[FinishedSweep, ...]
    factors: dict[str, Levels]
    sides: dict[str, str]  # by letter, the reference first
    contrasts: tuple[Contrast, ...]
    notes: tuple[str, ...]

    @property
    def points(self) -> int:
        """Return how many points have pairs."""
        return max(len(one.pairs.keys.drop_duplicates(list(self.factors))) if self.factors else 1 for one in self.contrasts)

    @property
    def seeds(self) -> tuple[int, ...]:
        """Return the seeds."""
        return self.sweeps[0].seeds


def compare_sweeps(folders: Sequence[Path], reference: str | None = None) -> SweepComparison:
    """Compare the arms of one folder with one of them, or the second of two folders with the first, arm by arm.

    Raises ParameterError with one line that names the folder and what is allowed.
    """
    if len(folders) > 2:
        raise ParameterError(f"{len(folders)} folders: too many; allowed: one, or two to compare with each other")
    if len(folders) == 1:
        return _arms_of_one(read_sweep(folders[0]), reference or BASE)
    if reference is not None:
        raise ParameterError(f"--reference {reference}: not with two folders, where it is the first; allowed: with one folder")
    return _one_with_another(*map(read_sweep, folders))


def _arms_of_one(sweep: FinishedSweep, reference: str) -> SweepComparison:
    if len(sweep.arms) < 2:
        raise ParameterError(f"{sweep.folder}: has no arms; allowed: a design with [arms], or two folders")
    if len(sweep.arms) > MOST_ARMS:
        raise ParameterError(f"{sweep.folder}: {len(sweep.arms)} arms: too many; allowed: up to {MOST_ARMS}")
    if reference not in sweep.arms:
        raise ParameterError(f"--reference {reference}: no such arm; {nearest(reference, list(sweep.arms))}")
    sides = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (reference, *(arm for arm in sweep.arms if arm != reference)), strict=False))
    contrasts = tuple(
        contrast("", letter, paired(reference, arm, sweep.of(reference), sweep.of(arm), tuple(sweep.factors)), sweep.pairs_planned)
        for letter, arm in list(sides.items())[1:]
    )
    return SweepComparison((sweep,), sweep.factors, sides, contrasts, (*sweep.notes, *missing(contrasts), *not_run_off(sweep)))


def _one_with_another(one: FinishedSweep, other: FinishedSweep) -> SweepComparison:
    check_alike(one, other)
    arms = [arm for arm in one.arms if arm in other.arms]
    sides = {"A": str(one.folder), "B": str(other.folder)}
    contrasts = []
    for arm in arms:
        labels = [side if len(arms) == 1 else f"{side}: {arm}" for side in sides.values()]
        pairs = paired(labels[0], labels[1], one.of(arm), other.of(arm), tuple(one.factors))
        title = f"arm {arm}" if len(arms) > 1 else ""
        contrasts.append(contrast(title, "B", pairs, max(one.pairs_planned, other.pairs_planned)))
    alone = [arm for arm in (*one.arms, *other.arms) if arm not in arms]
    notes = [f"in one folder only, so left out: arm {', arm '.join(alone)}"] if alone else []
    if one.plan["model"] != other.plan["model"]:
        notes.append("the folders are of two versions of the model: draws may have moved, and differences are theirs as well")
    factors = {name: levels | other.factors[name] for name, levels in one.factors.items()}
    notes = (*notes, *one.notes, *other.notes, *missing(contrasts), *not_run_off(one), *not_run_off(other))
    return SweepComparison((one, other), factors, sides, tuple(contrasts), notes)


def check_alike(one: FinishedSweep, other: FinishedSweep) -> None:
    """Raise ParameterError unless two sweeps have the same factors, seeds and days, and points in common."""
    folders = f"{one.folder} and {other.folder}"
    if one.folder.resolve() == other.folder.resolve():
        raise ParameterError(f"{folders}: the same folder; allowed: two")
    for what, first, second in (
        ("factors", sorted(one.factors), sorted(other.factors)),
        ("seeds", sorted(one.seeds), sorted(other.seeds)),
        ("days", one.days, other.days),
    ):
        if first != second:
            raise ParameterError(f"{folders}: {what} differ ({shortened(first)}; {shortened(second)}); allowed: sweeps of the same")
    names = [*one.factors]
    points = [set(sweep.runs[["arm", *names]].itertuples(index=False, name=None)) for sweep in (one, other)]
    if not points[0] & points[1]:
        raise ParameterError(f"{folders}: no point in common; allowed: sweeps of the same points")


def shortened(value: Any) -> str:
    """Write a value of whatever length in a few words."""
    text = plain(value)
    return text if len(text) <= 60 else f"{text[:56]} ..."


def contrast(title: str, letter: str, pairs: Pairs, planned: int) -> Contrast:
    """Work out an arm's differences."""
    if pairs.keys.empty:
        raise ParameterError(f"{pairs.arm} and {pairs.reference}: no run has its pair; allowed: arms with runs of the same points")
    left_out = max(planned - len(pairs.keys), 0)
    return Contrast(title, letter, pairs, left_out, differences_of(pairs), tuple(effects_of(pairs)))


def missing(contrasts: Sequence[Contrast]) -> list[str]:
    """Return a line for each arm of which pairs are left out."""
    return [
        f"{one.pairs.arm} and {one.pairs.reference}: {one.left_out:,} of {one.left_out + len(one.pairs.keys):,} pairs are left "
        "out, since a run of theirs is missing"
        for one in contrasts
        if one.left_out
    ]


def not_run_off(sweep: FinishedSweep) -> list[str]:
    """Return a line for each arm in which overdue parcels were still waiting at the end of runs."""
    lines = []
    for arm in sweep.arms:
        flags = sweep.of(arm)["has_run_off"].tolist()
        if left := flags.count(False):
            lines.append(
                f"{sweep.folder}, {arm}: parcels older than the promise are still waiting on the last day in {left:,} of "
                f"{len(flags):,} runs; totals miss what becomes of them"
            )
    return lines


def described(comparison: SweepComparison) -> dict[str, Any]:
    """Describe a comparison, for others to repeat: what was read, and how intervals came about."""
    return {
        "sweeps": [
            {"folder": str(one.folder), "runs": one.manifest["files"], "plan": one.plan["sha256"]} for one in comparison.sweeps
        ],
        "pairs": [
            {"reference": one.pairs.reference, "arm": one.pairs.arm, "pairs": len(one.pairs.keys), "left_out": one.left_out}
            for one in comparison.contrasts
        ],
        "seeds": list(comparison.seeds),
        "intervals": {"confidence": CONFIDENCE, "of": "means over points, seed by seed"},
    }
