"""Compare arms over seeds: run each arm with each seed, take differences seed by seed, and describe how, for others to repeat."""

import hashlib
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from model import BlockMarket

from ..engines.pool import run_all
from ..measures import FLAGS, summary_of
from ..paired import BOOTSTRAP_SEED, CONFIDENCE, RESAMPLES, Difference, difference
from ..runner import circumstances, described
from ..store import MANIFEST, as_json, parquet
from .arms import Arm

if TYPE_CHECKING:
    import pandas as pd


class ArmRun(NamedTuple):
    """One run of a comparison."""

    arm: Arm
    seed: int
    days: int | None

    def __str__(self) -> str:
        """Name the run."""
        return f"{self.arm.label}, seed {self.seed}"


class Comparison(NamedTuple):
    """What came out: a row per arm and seed, a difference per measure and arm after the first, and how it came about."""

    arms: tuple[Arm, ...]
    seeds: int
    runs: "pd.DataFrame"  # arm, seed, every measure; in the order of arms and seeds
    differences: tuple[Difference, ...]
    manifest: dict[str, Any]

    def against_reference(self, arm: Arm) -> tuple[Difference, ...]:
        """Return the differences of one arm."""
        return tuple(one for one in self.differences if one.arm == arm.label)


def compare(
    arms: Sequence[Arm],
    seeds: int,
    days: int | None = None,
    workers: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> Comparison:
    """Run every arm with seeds 0 .. seeds − 1; `progress` is called with the name of each finished run. Raises WorkError."""
    started, clock = datetime.now(UTC), time.perf_counter()
    jobs = [ArmRun(arm, seed, days) for arm in arms for seed in range(seeds)]
    summaries: dict[int, dict[str, Any]] = {}
    for number, summary in run_all(summary_of_run, jobs, workers):
        summaries[number] = summary
        if progress:
            progress(str(jobs[number]))
    runs = table_of(jobs, summaries)
    manifest = {
        "reference": arms[0].label,
        "arms": [{"arm": arm.label, "about": arm.about} | described(arm.parameters) for arm in arms],
        "seeds": list(range(seeds)),
        "days": days or (arms[0].parameters.scenario.end_date - arms[0].parameters.scenario.start_date).days + 1,
        "intervals": {"confidence": CONFIDENCE, "bootstrap_resamples": RESAMPLES, "bootstrap_seed": BOOTSTRAP_SEED},
        **circumstances(started, clock),
    }
    return Comparison(tuple(arms), seeds, runs, differences_of(arms, runs), manifest)


def summary_of_run(job: ArmRun) -> dict[str, Any]:
    """Run one arm with one seed and return its summary measures."""
    market = BlockMarket(job.arm.parameters, rng=job.seed)
    market.run(job.days)
    return summary_of(market.diary, job.arm.parameters)


def table_of(jobs: Sequence[ArmRun], summaries: dict[int, dict[str, Any]]) -> "pd.DataFrame":
    """Return a row per run; numbers as float64, so that a column has one type in every comparison."""
    import pandas as pd

    rows = [{"arm": job.arm.label, "seed": job.seed} | summaries[number] for number, job in enumerate(jobs)]
    frame = pd.DataFrame(rows)
    measures = [name for name in frame.columns if name not in ("arm", "seed", *FLAGS)]
    return frame.astype({"arm": "str"} | dict.fromkeys(measures, "float64"))


def differences_of(arms: Sequence[Arm], runs: "pd.DataFrame") -> tuple[Difference, ...]:
    """Return every arm less the first, measure by measure."""
    values = {arm.label: runs.loc[runs["arm"] == arm.label] for arm in arms}
    reference, *others = (arm.label for arm in arms)
    measures = [str(name) for name in runs.columns if name not in ("arm", "seed", *FLAGS)]
    return tuple(
        difference(reference, other, name, values[reference][name].tolist(), values[other][name].tolist())
        for other in others
        for name in measures
    )


def not_run_off(comparison: Comparison) -> list[str]:
    """Return a line for each arm in which overdue parcels were still waiting at the end."""
    lines = []
    for arm in comparison.arms:
        mine = comparison.runs[(comparison.runs["arm"] == arm.label) & ~comparison.runs["has_run_off"]]
        if len(mine):
            left = mine["parcels_waiting_at_end"].mean()
            lines.append(
                f"{arm.label}: parcels older than the promise are still waiting on the last day in {len(mine)} of "
                f"{comparison.seeds} seeds ({left:,.0f} parcels left on average there); totals miss what becomes of them"
            )
    return lines


def files_of(comparison: Comparison, figures: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files of a comparison's folder; the manifest carries the sha256 of every other file."""
    import pandas as pd

    files = {
        "comparison.parquet": parquet(pd.DataFrame(comparison.differences, columns=list(Difference._fields))),
        "runs.parquet": parquet(comparison.runs),
    } | figures
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return files | {MANIFEST: as_json(comparison.manifest | {"files": digests})}
