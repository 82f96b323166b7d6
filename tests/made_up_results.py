"""Made-up results: sweeps of the report's designs with measures told instead of run, so that findings can be turned around."""

from collections.abc import Callable
from pathlib import Path

from experiments.block_by_block import BlockByBlock
from experiments.design import Design, PlannedRun, read_design
from experiments.detail import detail_of
from experiments.engines.pool import Outcome
from experiments.measures import FLAGS, summary_of
from experiments.sweep.finished import FinishedSweep, read_sweep
from experiments.sweep.run import Done, sweep
from model import Parameters
from model.records import Day
from model.roster import new_rows
from results.report.readings import Readings
from results.report.studies import ALWAYS, STUDIES

type Value = Callable[[str, PlannedRun], float | None]

DESIGNS = (*(name for names in STUDIES.values() for name in names), *ALWAYS)


def measures() -> list[str]:
    """Return every measure that a detailed run has."""
    parameters = Parameters()
    diary = [Day(parameters.scenario.start_date)]
    return [
        name
        for name in summary_of(diary, parameters) | detail_of(new_rows(0), diary, parameters, BlockByBlock(), 0)
        if name not in FLAGS
    ]


def usual(measure: str, run: PlannedRun) -> float:
    """A value that differs a little between seeds and nothing else."""
    return (0.5 if "share" in measure else 1.0) * (1.0 + 0.01 * (run.seed % 7))


def engine(value: Value, calls: list[PlannedRun] | None = None):
    """Return what executes runs by telling their measures. value: None where the usual one will do."""
    names = measures()

    def execute(work, runs):
        for number, run in enumerate(runs):
            if calls is not None:
                calls.append(run)
            found = {name: usual(name, run) if (told := value(name, run)) is None else told for name in names}
            yield Outcome(number, run, Done(found | dict.fromkeys(FLAGS, True), None), None, 0.0)

    return execute


def nothing(measure: str, run: PlannedRun) -> None:
    """All as usual."""


def made_up(folder: Path, name: str, value: Value = nothing, smoke: bool = True, **changes: object) -> FinishedSweep:
    """Write and read the sweep of a design. changes: fields of the design, such as seeds."""
    design: Design = read_design(name, smoke)._replace(**changes)
    place = folder / design.name
    place.mkdir(parents=True, exist_ok=True)
    sweep(design, place, engine(value))
    return read_sweep(place)


def readings(folder: Path, value: Value = nothing, names: tuple[str, ...] = DESIGNS, **changes: object) -> Readings:
    """Return the readings of several designs."""
    return Readings({name: made_up(folder, name, value, **changes) for name in names})
