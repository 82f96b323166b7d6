"""What one waits for before the first day: import, --help, the first compilation, and compiled code from the cache."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from statistics import median
from typing import NamedTuple

REPEATS = 5
ONE_EVENING = """
from model import BlockMarket
market = BlockMarket(rng=0, population__drivers=1_000, scenario__start_date="2017-11-13", platform__launch_date="2017-11-13")
market.run(2)
"""


class Start(NamedTuple):
    """Seconds of a fresh process, interpreter included."""

    python: float  # with nothing to do
    help: float  # gigsupply --help
    import_model: float  # from model import BlockMarket
    first_days_cached: float
    first_days_compiling: float  # once per version and machine


def start() -> Start:
    """Measure, medians of five processes; the compilation once."""
    with tempfile.TemporaryDirectory() as cache:
        compiling = seconds("-c", ONE_EVENING, environment={"XDG_CACHE_HOME": cache, "NUMBA_CACHE_DIR": ""})
    return Start(
        usual("-c", "pass"),
        usual("-c", "from results.cli import main; main()", "--help"),
        usual("-c", "from model import BlockMarket"),
        usual("-c", ONE_EVENING),
        compiling,
    )


def usual(*arguments: str) -> float:
    """Return the median time of some processes."""
    seconds(*arguments)
    return median(seconds(*arguments) for _ in range(REPEATS))


def seconds(*arguments: str, environment: Mapping[str, str] | None = None) -> float:
    """Return how long a Python process takes."""
    variables = {name: value for name, value in (os.environ | (environment or {})).items() if value}
    clock = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=variables)
    return time.perf_counter() - clock
