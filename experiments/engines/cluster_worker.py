"""What happens on a Dask worker: a chunk of runs, provided that it has the same code as the sweep that sends them."""

import gc
import pickle
import threading
from collections.abc import Callable
from importlib.metadata import version
from typing import Any, NamedTuple

from ..version import SHOWN, state_of_the_code
from .worker import Failure, tried

# Of what is loaded: files may change under a worker that runs on.
CODE = f"{version('gigsupply')}, {state_of_the_code(detail=True)[:SHOWN]}"
ONE_AT_A_TIME = threading.Lock()  # runs are written for a process of their own; threads would not make them faster either

type Tried = tuple[Any, Failure | None, float]  # as `tried` returns it


class Call(NamedTuple):
    """A call that is made where it is unpickled.

    Sent as bytes to `pickle.loads`: only a worker ever looks into them, so that the scheduler need not have the model, and a
    worker that lacks it says so.
    """

    function: Callable[..., Any]
    arguments: tuple[Any, ...] = ()

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """Unpickle to what the function returns."""
        return self.function, self.arguments

    def __bytes__(self) -> bytes:
        """Return what `pickle.loads` takes."""
        return pickle.dumps(self)


def code() -> str:
    """Return the version of the code that this process has loaded."""
    return CODE


def chunk_done(wanted: str, parcel: bytes) -> tuple[str, list[Tried]]:
    """Do runs, one after another, and return the code they were done with; none are done with another than the one wanted.

    parcel: work and jobs, pickled; another version might not even be able to read them.
    """
    if wanted != CODE:
        return CODE, []
    with ONE_AT_A_TIME:
        work, jobs = pickle.loads(parcel)
        gc.freeze()  # only what the jobs leave is looked through; all that is loaded would take a tenth of a second
        try:
            return CODE, [tried(work, job) for job in jobs]
        finally:
            gc.collect()  # a market refers to itself: without this, dead ones pile up
            gc.unfreeze()
