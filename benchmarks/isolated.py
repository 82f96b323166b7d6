"""Measurements in fresh processes: what one needed in memory does not count for the next."""

import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

KIB_PER_MIB = 1024.0


class Measured[Result](NamedTuple):
    """A result, and the most memory its process ever held."""

    result: Result
    peak_mib: float


def alone[**Arguments, Result](
    work: Callable[Arguments, Result], *arguments: Arguments.args, **named: Arguments.kwargs
) -> Measured[Result]:
    """Call a function of a module in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        result = pool.submit(work, *arguments, **named).result()
        return Measured(result, pool.submit(peak_mib).result())


def peak_mib() -> float:
    """Return the most memory this process ever held, MiB.

    Linux tells it of the program; `getrusage`, used elsewhere, still counts what its parent held when it was forked.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / KIB_PER_MIB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB
