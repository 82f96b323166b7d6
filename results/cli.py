"""The `gigsupply` command.

A mistake of the user is one line on stderr and status 2; a failure of ours or of the machine's is status 1; if some runs of a
sweep failed, status 3.
"""

import os
import sys
import traceback

import typer

from experiments import commands
from experiments.sweep import command as sweep_command

from . import compare, demo, sensitivity
from .live import command as live
from .report import command as report

DONE, FAILED, WRONG_INPUT, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    help="An agent-based model of gig-driver supply: Berlin's delivery blocks, Christmas 2017.",
)
app.command()(commands.scenarios)
app.command()(commands.studies)
app.command()(commands.show)
app.command()(commands.run)
app.command()(demo.demo)
app.command()(compare.compare)
app.command()(sweep_command.sweep)
app.command()(sensitivity.sensitivity)
app.command()(report.report)
app.command()(commands.explain)
app.command()(live.live)


def main() -> None:
    """Run the command line."""
    sys.exit(status_of(sys.argv[1:]))


def status_of(words: list[str]) -> int:
    """Run one command and return its exit status."""
    try:
        result = app(words or ["--help"], standalone_mode=False, prog_name="gigsupply")
        sys.stdout.flush()
        if result == INTERRUPTED:  # typer turns Ctrl-C into a result
            raise KeyboardInterrupt
        return result if isinstance(result, int) else DONE
    except typer.TyperException as error:
        return _say(f"gigsupply: {' '.join(error.format_message().split()).rstrip('.')} (see gigsupply --help)", WRONG_INPUT)
    except (typer.Abort, KeyboardInterrupt):
        return _say("gigsupply: stopped; the run under way is not written, earlier results are intact", INTERRUPTED)
    except (BrokenPipeError, SystemExit):  # SystemExit: what typer makes of a closed pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains again at exit
        return DONE
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> int:
    """Tell apart what the user gave, what the machine refused, and what is our fault."""
    from experiments.engines.pool import WorkError
    from experiments.store import StoppedError, StorageError
    from model.parameters import ParameterError

    if isinstance(error, ParameterError):
        return _say(f"gigsupply: {error}", WRONG_INPUT)
    if isinstance(error, StoppedError):
        return _say(f"gigsupply: {error}", INTERRUPTED)
    if isinstance(error, WorkError | StorageError | OSError | MemoryError):
        return _say(f"gigsupply: {error or type(error).__name__}", FAILED)
    traceback.print_exc()
    return _say("gigsupply: this is a fault of the program; please report the lines above", FAILED)


def _say(line: str, status: int) -> int:
    print(" ".join(line.split()), file=sys.stderr)  # one line, whatever was typed
    return status
