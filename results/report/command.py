"""The command that writes the policy report: gathers or makes its runs, says what they say, typesets it."""

import hashlib
import shlex
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from experiments.options import Out, Workers

if TYPE_CHECKING:
    from .document import Document
    from .exhibit import Table
    from .studies import Asked, Gathered

RUNS = Path("results/runs")
COMMIT_LETTERS = 12

Studies = Annotated[
    list[str] | None, typer.Argument(metavar="[STUDY]...", help="coverage, left, floor, mileage, wages; all without a name.")
]
From = Annotated[Path | None, typer.Option("--from", metavar="RESULTS", help="Folder with finished sweeps to read first.")]
Quick = Annotated[bool, typer.Option("--quick", help="Few seeds and points: minutes, to see what the report is like.")]


def report(studies: Studies = None, results: From = None, quick: Quick = False, workers: Workers = None, out: Out = None) -> None:
    """Write the policy report as HTML and PDF from finished sweeps, and make the runs that are missing."""
    from experiments.store import folder_for
    from model.parameters import ParameterError

    from .studies import Asked, check_studies
    from .typeset import check_typst

    asked = Asked(check_studies(studies or ()), results, quick, workers)
    if results and not results.is_dir():
        raise ParameterError(f"--from {results}: no such folder; allowed: a folder with folders of sweeps")
    check_typst()
    folder = out or RUNS / ("report-quick" if quick else "report")
    with folder_for(folder):
        notes = written(folder, asked, command_of(studies or (), asked, out))
    for note in notes:
        typer.echo(f"note: {note}", err=True)
    typer.echo(f"report  {folder / 'report.html'}\nprint   {folder / 'report.pdf'}\nfiles   {folder}")


def command_of(studies: "list[str] | tuple[str, ...]", asked: "Asked", out: Path | None) -> str:
    """Return the line that writes the report again."""
    words = ["gigsupply", "report", *studies]
    words += ["--from", str(asked.results)] if asked.results else []
    words += ["--quick"] if asked.is_quick else []
    return shlex.join(words + (["--out", str(out)] if out else []))


def written(folder: Path, asked: "Asked", command: str) -> tuple[str, ...]:
    """Gather, say, typeset and write; returns what is to be said beside. Raises StorageError."""
    from experiments.store import MANIFEST, StoppedError, as_json, write_files

    from .document import as_data, document
    from .exhibit import files_of
    from .readings import Readings
    from .studies import gather
    from .typeset import typeset

    started, clock = datetime.now(UTC), time.perf_counter()
    try:
        gathered = gather(asked)
    except KeyboardInterrupt:
        raise StoppedError(f"stopped; finished runs are kept; to go on: {command}") from None
    report = document(Readings(gathered.sweeps))
    about = about_of(asked, gathered, command, started, clock)
    data = as_data(report, about)
    files = typeset(data, report.figures)
    files |= dict(files_of(list(report.tables.values()), list(report.figures.values())))
    files |= {"numbers.csv": numbers_csv(report), "claims.csv": claims_csv(report)}
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    for parent in {Path(name).parent for name in files}:
        (folder / parent).mkdir(exist_ok=True)
        own = {Path(name).name: content for name, content in files.items() if Path(name).parent == parent}
        write_files(folder / parent, own)
    write_files(folder, {MANIFEST: as_json({**about["reproduce"], "notes": about["notes"], "files": digests})})
    return gathered.notes


def about_of(asked: "Asked", gathered: "Gathered", command: str, started: datetime, clock: float) -> dict[str, Any]:
    """Return what the report says of itself."""
    from experiments.progress import in_words
    from experiments.runner import circumstances

    seeds = {len(sweep.seeds) for name, sweep in gathered.sweeps.items()}
    told = circumstances(started, clock)
    return {
        "story": story(),
        "commit": (told["commit"] or "not known (outside a checkout)")[:COMMIT_LETTERS],
        "duration": in_words(told["times"]["seconds"]),
        "run_time": in_words(sum(sweep.manifest["times"]["seconds"] for sweep in gathered.sweeps.values())),
        "tables": {"runs": runs_table(gathered)},
        "is_quick": asked.is_quick,
        "has": sorted(gathered.sweeps),
        "one_seed": [name for name, sweep in gathered.sweeps.items() if len(sweep.seeds) == 1],
        "fewest_seeds": min(seeds),
        "notes": list(gathered.notes),
        "reproduce": {
            "command": command,
            **told,
            "runs": sum(len(sweep.runs) for sweep in gathered.sweeps.values()),
            "runs_made": gathered.computed,
            "sweeps": [run_of(name, sweep) for name, sweep in gathered.sweeps.items()],
        },
    }


def story() -> dict[str, str]:
    """Return what the story is about: the highest pay of a block, its hours, the year."""
    from model.parameters import Parameters

    from ..story import pay_cap_per_block

    parameters = Parameters()
    return {
        "cap_per_block": f"{pay_cap_per_block(parameters):g}",
        "hours": f"{max(parameters.blocks.slot_hours):g}",
        "year": f"{parameters.platform.launch_date.year}",
    }


def runs_table(gathered: "Gathered") -> "Table":
    """Return where the runs behind the numbers are, and what makes them again."""
    from .exhibit import Row, Table

    found = [run_of(name, sweep) for name, sweep in gathered.sweeps.items()]
    rows = tuple(
        Row(
            one["study"],
            (one["about"], one["command"], one["folder"], f"{one['runs']:,}", f"{one['seeds']}", one["sha256"][:COMMIT_LETTERS]),
        )
        for one in found
    )
    head = ("Study", "About", "Command", "Folder", "Runs", "Seeds", "sha256")
    return Table("runs", "The runs behind the numbers", head, rows, widths=(4, 6, 5, 5, 2, 2, 3))


def run_of(name: str, sweep: Any) -> dict[str, Any]:
    """Describe a study's sweep."""
    smoke = " --smoke" if sweep.manifest["design"].endswith("-smoke") else ""
    return {
        "study": name,
        "about": sweep.manifest["about"].removeprefix("Report: "),
        "command": f"gigsupply sweep {name}{smoke}",
        "folder": str(sweep.folder),
        "runs": len(sweep.runs),
        "seeds": len(sweep.seeds),
        "days": sweep.days,
        "sha256": sweep.manifest["files"]["runs.parquet"],
        "model": sweep.plan["model"],
        "commit": sweep.manifest.get("commit"),
    }


def numbers_csv(report: "Document") -> bytes:
    """Return every number shown, with its source."""
    import pandas as pd

    from .exhibit import record

    return pd.DataFrame([record(number) for number in report.register.numbers]).to_csv(index=False).encode()


def claims_csv(report: "Document") -> bytes:
    """Return every claim with its check."""
    import pandas as pd

    rows = [{"claim": name, "checked": one.test, "verdict": one.verdict, "sentence": one.text} for name, one in report.said.items()]
    return pd.DataFrame(rows).to_csv(index=False).encode()
