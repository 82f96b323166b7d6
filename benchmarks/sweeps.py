"""Many runs: this model's sweep beside Mesa's batch runner on the same market, seeds and cores."""

import contextlib
import io
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

import mesa

from experiments.design import Design, Point
from experiments.engines.pool import processes
from experiments.scenario import read_scenario
from experiments.sweep.run import sweep
from model import BlockMarket

RUNS, DRIVERS, DAYS = 40, 100_000, 146
SHORT_RUNS, SHORT_DAYS = 10_000, 1


class Sweeps(NamedTuple):
    """Seconds for the same runs; overhead in milliseconds."""

    run_seconds: float  # mean of a run, alone in its worker
    one_worker_seconds: float
    two_workers_seconds: float
    mesa_one_process_seconds: float
    mesa_two_processes_seconds: float
    short_run_ms: float
    overhead_per_short_run_ms: float  # wall time x workers, less what the runs themselves took, per run


class Timed(NamedTuple):
    """A sweep's wall time, and what its runs took in their workers."""

    wall: float
    in_runs: float


def sweeps() -> Sweeps:
    """Measure; the workers' start counts for both sides."""
    one, two = (timed(design(RUNS, DRIVERS, DAYS), workers) for workers in (1, 2))
    short = timed(design(SHORT_RUNS, 10, SHORT_DAYS), 2)
    return Sweeps(
        one.in_runs / RUNS,
        one.wall,
        two.wall,
        mesa_seconds(1),
        mesa_seconds(2),
        1_000.0 * short.in_runs / SHORT_RUNS,
        1_000.0 * (2 * short.wall - short.in_runs) / SHORT_RUNS,
    )


def design(runs: int, drivers: int, days: int) -> Design:
    """Return a design without a factor: only seeds."""
    fixed = {"population.drivers": drivers}
    scenario = read_scenario("berlin-christmas-2017", [f"{name}={value}" for name, value in fixed.items()])
    return Design("bench", "", scenario, days, tuple(range(runs)), "single", (), (Point(0, {}),), {"base": {}}, fixed)


def timed(plan: Design, workers: int) -> Timed:
    """Run a design from scratch in a folder of its own."""
    in_runs = 0.0
    engine = processes(workers, None)

    def watched(work: Any, runs: Any) -> Any:
        nonlocal in_runs
        for one in engine(work, runs):
            in_runs += one.seconds
            yield one

    with tempfile.TemporaryDirectory() as folder:
        clock = time.perf_counter()
        sweep(plan, Path(folder), watched)
        return Timed(time.perf_counter() - clock, in_runs)


def mesa_seconds(number_processes: int) -> float:
    """Time Mesa's batch runner on the long runs."""
    parameters = read_scenario("berlin-christmas-2017").parameters
    changed = {name: quantity.value for name, quantity in parameters.table().items() if quantity.value != quantity.default}
    told = {name.replace(".", "__"): [value] for name, value in (changed | {"population.drivers": DRIVERS}).items()}
    clock = time.perf_counter()
    with contextlib.redirect_stderr(io.StringIO()):
        mesa.batch_run(
            BlockMarket, told, number_processes=number_processes, rng=list(range(RUNS)), max_steps=DAYS, display_progress=False
        )
    return time.perf_counter() - clock
