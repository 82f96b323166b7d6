"""Everything that is measured, as one record that can be written down and read again."""

import json
import os
import platform
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from .growth import growth_with_days, growth_with_pool, memory
from .million import million
from .phases import phases
from .speed import SHARES, SIZES, speed
from .start import start
from .sweeps import sweeps

COMMITTED = Path(__file__).parent / "measured.json"
PARTS: dict[str, Callable[[], Any]] = {
    "million": million, "growth_with_days": growth_with_days, "growth_with_pool": growth_with_pool, "memory": memory,
    "start": start, "sweeps": sweeps, "phases": phases,
}  # fmt: skip

type Record = dict[str, Any]


def measure(largest: int = SIZES[-1]) -> Record:
    """Measure all of it, one process at a time; say on the way what is being done."""
    result = {"machine": machine(), "date": date.today().isoformat(), "speed": speeds(largest)}
    return result | {name: measure_one(name) for name in PARTS}


def speeds(largest: int) -> list[Record]:
    """Measure the table of speeds up to a pool."""
    say(f"speed, up to {largest:,} drivers")
    return [speed(size, share)._asdict() for size in SIZES if size <= largest for share in SHARES]


def measure_one(name: str) -> Record:
    """Measure one part."""
    say(name.replace("_", " "))
    found = PARTS[name]()
    return found if isinstance(found, dict) else found._asdict()


def say(words: str) -> None:
    """Tell what is being measured."""
    print(f"measuring {words} ...", flush=True)


def machine() -> str:
    """Name the machine and what runs on it."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = ", ".join(f"{name} {version(name)}" for name in ("numba", "numpy", "mesa"))
    return f"{processor()}, {cores} cores (one used), {platform.system()}, Python {platform.python_version()}, {versions}"


def processor() -> str:
    """Return the processor's name."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def committed() -> Record:
    """Return the figures that came with the code."""
    return json.loads(COMMITTED.read_text(encoding="utf-8"))


def as_text(result: Record) -> str:
    """Return the record as JSON, as it would be read again."""
    return json.dumps(result, indent=1) + "\n"
