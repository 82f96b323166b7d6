"""What can be taken from the page: run folder, figures, scenario, and the command that does the same run again."""

import copy
import shlex
import time
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from experiments.runner import run_of
from experiments.scenario import Scenario
from experiments.store import files_of_run
from model.parameters import ParameterError, plain

from . import words
from .session import Session

if TYPE_CHECKING:
    from experiments.runner import Run
    from model import BlockMarket

    from ..figures import Picture

SCENARIO_FILE, READ_ME = "scenario.toml", "README.txt"  # in the zip file
FIGURES = ("prices", "active-drivers", "net-pay")


class Opened(NamedTuple):
    """What the page was opened with."""

    name: str  # of the scenario, or its path
    settings: Sequence[str] = ()  # NAME=VALUE


class Taken(NamedTuple):
    """The run on the page at one moment, which the page may leave behind.

    seed_and_days: as options of a command; file_name: for downloads: scenario, seed, days.
    """

    market: "BlockMarket"
    scenario: Scenario
    command: str
    seed_and_days: str
    file_name: str


def taken(session: Session, opened: Opened) -> Taken:
    """Return the run as it would be had it ended here: on a copy, as a lever may still be moved back before the next day."""
    market = copy.deepcopy(session.market)
    market.changes_take_effect()
    file_name = f"{session.scenario.name}-{session.seed}-{session.days_passed}-days"
    return Taken(market, scenario_of(session), command(session, opened), shlex.join(seed_and_days(session)), file_name)


def scenario_of(session: Session) -> Scenario:
    """Return the scenario of exactly what is on the page: values of the first day, and every change since."""
    return session.scenario._replace(parameters=session.market.parameters)


def command(session: Session, opened: Opened) -> str:
    """Return the command line that does the run on the page again. Settings that a start over replaced are said once."""
    if session.scenario.parameters.changes != session.given.parameters.changes:  # taken out on start over: no option can say that
        return shlex.join(["gigsupply", "run", SCENARIO_FILE, *seed_and_days(session)])
    parts = ["gigsupply", "run", opened.name, *seed_and_days(session)]
    for setting in opened.settings:
        if setting.partition("=")[0].strip() not in session.changed_at_start:
            parts += ["--set", setting]
    for parameter, value in session.changed_at_start.items():
        parts += ["--set", f"{parameter}={_typed(value)}"]
    for change in session.moves:
        parts += ["--change", f"{change.date}:{change.name}={_typed(change.value)}"]
    return shlex.join(parts)


def seed_and_days(session: Session) -> list[str]:
    """Return the options that say with which luck and how long."""
    return ["--seed", str(session.seed), "--days", str(max(1, session.days_passed))]


def _typed(value: object) -> str:
    """Write a value so that it is read back exactly."""
    return repr(value) if isinstance(value, float) else plain(value)


def run_folder(taken: Taken) -> bytes:
    """Return the run folder as a zip file, with its days for a spreadsheet and the scenario that reads back as this run beside it.

    Raises ParameterError before the first day.
    """
    run = _run(taken)
    files = files_of_run(run.tables, run.summary, run.manifest) | {
        "days.csv": run.days.to_csv(index=False, lineterminator="\n").encode(),
        SCENARIO_FILE: scenario_file(taken),
        "command.txt": f"{taken.command}\n".encode(),
        READ_ME: words.TAKE["read_me"].format(seed_and_days=taken.seed_and_days).encode(),
    }
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in files.items():
            archive.writestr(zipfile.ZipInfo(f"{taken.file_name}/{file}", (1980, 1, 1, 0, 0, 0)), content)
    return target.getvalue()


def scenario_file(taken: Taken) -> bytes:
    """Return the scenario as TOML."""
    return taken.scenario.as_toml().encode()


def figure(taken: Taken, which: str, kind: str) -> bytes:
    """Return a figure of the run as it would be printed: SVG with outlines, or PNG. Raises ParameterError."""
    from ..images import as_file, png, svg
    from ..theme import FILE

    picture = _picture(taken, which)
    return png(picture) if kind == "png" else as_file(svg(picture, FILE, keeps_text=False))


def _picture(taken: Taken, which: str) -> "Picture":
    import pandas as pd

    from ..figures import active_drivers, net_pay, prices
    from ..story import Story

    if which not in FIGURES:
        raise ParameterError(f"{which}: no such figure; allowed: {', '.join(FIGURES)}")
    run = _run(taken)
    if not any(day.blocks_driven for day in taken.market.diary):
        raise ParameterError("no block has been driven yet; allowed: a run with blocks")
    story = Story(taken.market.draw_seed, taken.market.in_force, run, run, (), pd.DataFrame())
    return {"prices": prices, "active-drivers": active_drivers, "net-pay": net_pay}[which].picture(story)


def _run(taken: Taken) -> "Run":
    if not taken.market.diary:
        raise ParameterError("no day has passed yet; allowed: a run of one day or more")
    return run_of(taken.market, taken.scenario, datetime.now(UTC), time.perf_counter())
