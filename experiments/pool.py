"""Many runs on many processor cores: the same results at any number of workers."""

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, connection, get_context, parent_process


class WorkError(Exception):
    """A run could not be finished; the message names it and says why."""


def cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_all[Job, Result](
    work: Callable[[Job], Result], jobs: Sequence[Job], workers: int | None = None
) -> Iterator[tuple[int, Result]]:
    """Yield the number and the result of each job as it is finished; a job's `str` names it.

    One worker works in this process. Whatever ends the loop early ends the workers too. Raises WorkError at the first failure.
    """
    workers = min(workers or cores(), len(jobs))
    if workers > 1:
        yield from _in_processes(work, jobs, workers)
        return
    for number, job in enumerate(jobs):
        try:
            result = work(job)
        except Exception as error:
            raise _failed([job], error) from error
        yield number, result


def _in_processes[Job, Result](work: Callable[[Job], Result], jobs: Sequence[Job], workers: int) -> Iterator[tuple[int, Result]]:
    """Keep every worker busy with one job; no more are under way, so that a worker's death names its job."""
    others = set(active_children())
    waiting, under_way = iter(range(len(jobs))), dict[Future[Result], int]()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=start_worker) as pool:
        try:
            while True:
                while len(under_way) < workers and (number := next(waiting, None)) is not None:
                    with sigint_held_back():  # workers inherit that
                        under_way[pool.submit(work, jobs[number])] = number
                if not under_way:
                    return
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    if error := future.exception():
                        raise _failed([jobs[k] for k in suspects(future, under_way, error)], error) from error
                    yield under_way.pop(future), future.result()
        except BaseException:
            for child in set(active_children()) - others:
                child.terminate()
            raise


def suspects[Result](future: Future[Result], under_way: dict[Future[Result], int], error: BaseException) -> list[int]:
    """Return the numbers of the jobs that may be to blame: after a worker's death, all that were under way."""
    return sorted(under_way.values()) if isinstance(error, BrokenProcessPool) else [under_way[future]]


def _failed(jobs: Sequence[object], error: BaseException) -> WorkError:
    names = " or ".join(str(job) for job in jobs)
    if isinstance(error, BrokenProcessPool):
        return WorkError(f"{names}: a worker died, perhaps for want of memory (--workers 1 needs least)")
    return WorkError(f"{names}: {type(error).__name__}: {error}".rstrip(": "))


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
