"""The runs of a design, made in this process's pool: a table with a row per run."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from model.parameters import Parameters

from .arms import Arm
from .compare import ArmRun, summary_of_run
from .design import Design, PlannedRun
from .pool import run_all

if TYPE_CHECKING:
    import pandas as pd


class DesignRun(NamedTuple):
    """One run of a design, ready to be made anywhere."""

    run: PlannedRun
    base: Parameters

    def __str__(self) -> str:
        """Name the run."""
        return str(self.run)


def runs_of(design: Design, workers: int | None = None, progress: Callable[[str], None] | None = None) -> "pd.DataFrame":
    """Make every run; `progress` is called with the name of each finished one. Raises WorkError at the first failure."""
    import pandas as pd

    jobs = [DesignRun(run, design.scenario.parameters) for run in design.runs]
    rows: list[dict[str, Any]] = [{}] * len(jobs)
    for number, summary in run_all(summary_of_design_run, jobs, workers):
        run = jobs[number].run
        own = {factor.name: run.values[factor.name] for factor in design.factors}
        rows[number] = {"arm": run.arm, "seed": run.seed} | own | summary
        if progress:
            progress(str(run))
    return pd.DataFrame(rows)


def summary_of_design_run(job: DesignRun) -> dict[str, Any]:
    """Make one run and return its summary measures."""
    run = job.run
    return summary_of_run(ArmRun(Arm(run.arm, "", job.base.with_values(run.values)), run.seed, run.days))
