"""Run one scenario with one seed, and describe the run so that it can be done again."""

import platform
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from model import BlockMarket
from model.interrupts import ctrl_c_waits
from model.parameters import Parameters, by_day

from .measures import summary_of
from .scenario import Scenario
from .store import write_run

if TYPE_CHECKING:
    import pandas as pd

PACKAGES = ("gigsupply", "mesa", "numpy", "scipy", "numba", "pandas", "pyarrow", "pydantic")

type Progress = Callable[[BlockMarket], None]


class Run(NamedTuple):
    """A finished run: tables by name, summary measures, and how it came about."""

    tables: "dict[str, pd.DataFrame]"
    summary: dict[str, Any]
    manifest: dict[str, Any]

    @property
    def days(self) -> "pd.DataFrame":
        """One row per day."""
        return self.tables["days"]


def run_scenario(scenario: Scenario, seed: int, days: int | None = None, progress: Progress | None = None) -> Run:
    """Run a scenario for so many days, or to its end; `progress` is called after every day."""
    started, clock = datetime.now(UTC), time.perf_counter()
    with ctrl_c_waits():
        market = BlockMarket(scenario.parameters, rng=seed)
    length = days or (scenario.parameters.scenario.end_date - market.today).days + 1
    for _ in range(length):
        with ctrl_c_waits():
            market.step()
        if progress:
            progress(market)
    return run_of(market, scenario, started, clock)


def run_of(market: BlockMarket, scenario: Scenario, started: datetime, clock: float) -> Run:
    """Return what a market has written down so far as a run of this scenario; clock: `time.perf_counter()` at the start."""
    tables = {
        "days": market.days,
        "blocks": market.blocks,
        "drivers": market.driver_table,
        "former_drivers": market.former_driver_table,
        "ledger": market.ledger,
    }
    manifest = {
        "scenario": scenario.name,
        "about": scenario.about,
        "seed": market.draw_seed,
        "days": len(market.diary),
        **described(scenario.parameters),
        **circumstances(started, clock),
    }
    return Run(tables, summary_of(market.diary, scenario.parameters), manifest)


def described(parameters: Parameters) -> dict[str, Any]:
    """Return a scenario's part of a manifest: every parameter of the start, and apart those that differ from the baseline.

    Also what changes on which date, and what is outside its plausible range at any time.
    """
    table = parameters.table()
    odd = {name for there in parameters.in_turn for name, q in there.table().items() if not q.is_plausible}
    return {
        "changed": {name: q.value for name, q in table.items() if q.value != q.default},
        "dated_changes": [{"date": day} | values for day, values in by_day(parameters.changes).items()],
        "outside_plausible_range": [name for name in table if name in odd],
        "parameters": {name: q.value for name, q in table.items()},
    }


def circumstances(started: datetime, clock: float) -> dict[str, Any]:
    """Return the code's and the machine's part of a manifest; clock: `time.perf_counter()` at the start."""
    return {
        "versions": {"python": platform.python_version()} | {name: version(name) for name in PACKAGES},
        "platform": platform.platform(),
        "commit": commit(),
        "times": {"started": started.isoformat(timespec="seconds"), "seconds": round(time.perf_counter() - clock, 3)},
    }


def has_platform(parameters: Parameters) -> bool:
    """Tell whether there is a platform at any time."""
    return any(there.platform.policy != "none" for there in parameters.in_turn)


def without_platform(scenario: Scenario) -> Scenario:
    """Return the same scenario with the carriers alone: what a platform's effects are measured against."""
    alone = scenario.parameters.held({"platform.policy": "none"})
    return Scenario(f"{scenario.name} without the platform", scenario.about, alone)


def save(run: Run, folder: Path) -> None:
    """Write a run folder. Raises StorageError."""
    write_run(folder, run.tables, run.summary, run.manifest)


def commit() -> str | None:
    """Return the git commit the code stands at, `+changes` if files differ from it; None outside a checkout."""
    home = Path(__file__).resolve().parent.parent
    if not (home / ".git").exists():
        return None
    try:
        head = _git(home, "rev-parse", "HEAD")
        return f"{head}+changes" if _git(home, "status", "--porcelain") else head
    except (OSError, subprocess.SubprocessError):
        return None


def _git(home: Path, *words: str) -> str:
    return subprocess.run(["git", "-C", str(home), *words], capture_output=True, text=True, check=True, timeout=10).stdout.strip()
