"""What can be taken from the page: run folder, figures, scenario, and the command that does the same run again."""

import copy
import shlex
import time
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from experiments.runner import run_of
from experiments.scenario import Scenario
from experiments.store import files_of_run
from model.parameters import ParameterError, plain

from .session import Session

if TYPE_CHECKING:
    from experiments.runner import Run
    from model import BlockMarket

    from ..figures import Picture

SCENARIO_FILE = "scenario.toml"  # in the zip file
NO_DAY = "no day has passed yet; allowed: a run of one day or more"
FIGURES = ("prices", "active-drivers", "net-pay")


def scenario_of(session: Session) -> Scenario:
    """Return the scenario of exactly what is on the page: values of the first day, and every change since."""
    return session.scenario._replace(parameters=session.market.parameters)


def command(session: Session, name: str) -> str:
    """Return the command line that does the run on the page again. name: of the scenario as it was opened, or its path."""
    seed_and_days = ["--seed", str(session.seed), "--days", str(max(1, session.days_passed))]
    if session.scenario.parameters.changes != session.given.parameters.changes:  # taken out on start over: no option can say that
        return shlex.join(["gigsupply", "run", SCENARIO_FILE, *seed_and_days])
    parts = ["gigsupply", "run", name, *seed_and_days]
    for parameter, value in session.changed_at_start.items():
        parts += ["--set", f"{parameter}={_typed(value)}"]
    for change in session.moves:
        parts += ["--change", f"{change.date}:{change.name}={_typed(change.value)}"]
    return shlex.join(parts)


def _typed(value: object) -> str:
    """Write a value so that it is read back exactly."""
    return repr(value) if isinstance(value, float) else plain(value)


def run_on_page(session: Session) -> "Run":
    """Return the run so far. Raises ParameterError before the first day."""
    if not session.days_passed:
        raise ParameterError(NO_DAY)
    with session.held() as market:
        return _run_of(market, session)


def _run_of(market: "BlockMarket", session: Session) -> "Run":
    """Return the run as it would be had it ended here: on a copy, as a lever may still be moved back before the next day."""
    ended = copy.deepcopy(market)
    ended.changes_take_effect()
    return run_of(ended, scenario_of(session), datetime.now(UTC), time.perf_counter())


def run_folder(session: Session, name: str) -> bytes:
    """Return the run folder as a zip file, with the scenario that reads back as this run beside it."""
    if not session.days_passed:
        raise ParameterError(NO_DAY)
    with session.held() as market:  # all of one moment: the page may be playing
        run, folder = _run_of(market, session), file_name(session)
        texts = {SCENARIO_FILE: scenario_of(session).as_toml(), "command.txt": f"{command(session, name)}\n"}
    files = files_of_run(run.tables, run.summary, run.manifest) | {file: text.encode() for file, text in texts.items()}
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in files.items():
            archive.writestr(zipfile.ZipInfo(f"{folder}/{file}", (1980, 1, 1, 0, 0, 0)), content)
    return target.getvalue()


def figure(session: Session, which: str, kind: str) -> bytes:
    """Return a figure of the run as it would be printed: SVG with outlines, or PNG. Raises ParameterError."""
    from ..images import as_file, png, svg
    from ..theme import FILE

    picture = _picture(session, which)
    return png(picture) if kind == "png" else as_file(svg(picture, FILE, keeps_text=False))


def _picture(session: Session, which: str) -> "Picture":
    import pandas as pd

    from ..figures import active_drivers, net_pay, prices
    from ..story import Story

    if which not in FIGURES:
        raise ParameterError(f"{which}: no such figure; allowed: {', '.join(FIGURES)}")
    run = run_on_page(session)
    if not any(day.blocks_driven for day in session.market.diary):
        raise ParameterError("no block has been driven yet; allowed: a run with blocks")
    story = Story(session.seed, session.parameters, run, run, (), pd.DataFrame())
    return {"prices": prices, "active-drivers": active_drivers, "net-pay": net_pay}[which].picture(story)


def file_name(session: Session) -> str:
    """Return a name for downloads: scenario, seed, days."""
    return f"{session.scenario.name}-{session.seed}-{session.days_passed}-days"
