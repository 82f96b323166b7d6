"""What a worker does: jobs, one after another, until there is no parent any more."""

import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from typing import NamedTuple


class Failure(NamedTuple):
    """Why a job has no result. kind: the exception's name; the pool knows others."""

    kind: str
    message: str


def serve[Job, Result](work: Callable[[Job], Result], line: Connection) -> None:
    """Do the jobs that come, one after another; runs in a worker."""
    start_worker()
    gc.collect()
    gc.freeze()  # what is imported stays: from now on only what a job leaves is looked through
    line.send(None)
    while True:
        try:
            job = line.recv()
        except EOFError:
            return
        try:
            line.send(tried(work, job))
        except MemoryError:
            os._exit(1)  # as if the machine had ended it
        del job
        gc.collect()  # a market refers to itself: without this, dead ones pile up


def tried[Job, Result](work: Callable[[Job], Result], job: Job) -> tuple[Result | None, Failure | None, float]:
    """Do a job; return its result, or why there is none, and the seconds it took."""
    began = time.perf_counter()
    try:
        return work(job), None, time.perf_counter() - began
    except MemoryError:
        raise
    except Exception as error:
        kind = type(error).__name__
        return None, Failure(kind, f"{kind}: {error}".rstrip(": ")), time.perf_counter() - began


@contextmanager
def sigint_held_back() -> Iterator[None]:
    """Let Ctrl-C wait for a moment. Held back, not ignored: pressed in that moment it must not be lost."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def start_worker() -> None:
    """Leave Ctrl-C to the parent, and exit when the parent is gone, however it went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent:
        threading.Thread(target=lambda: (connection.wait([parent.sentinel]), os._exit(1)), daemon=True).start()
