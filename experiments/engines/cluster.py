"""A sweep's runs on a Dask cluster: in chunks, a bounded number of them on their way; the outcomes are those of the local pool."""

import asyncio
import logging
import math
import pickle
import tempfile
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from itertools import islice
from multiprocessing import resource_tracker
from typing import Any, cast

from model.parameters import ParameterError

from ..options import LOCAL
from .cluster_worker import CODE, Call, chunk_done, code
from .pool import DEATH, Engine, Outcome, WorkError
from .worker import Failure, sigint_held_back

CHUNK, MOST_IN_A_CHUNK = 0.5, 500  # seconds of work, and jobs: a task costs Dask about a millisecond
AHEAD = 3  # chunks for each worker: one under way, the others on their way to it or back
CONNECT, NO_WORKER = 5.0, 60.0  # seconds to wait for a scheduler, and for a worker when there is none
LOOK, PAUSE = 1.0, 0.005  # seconds between looks at the workers, and between looks for results
SCHEDULER_HERE: dict[str, Any] = {
    "host": "127.0.0.1",  # nobody else's machine
    "processes": True,
    "threads_per_worker": 1,
    "memory_limit": 0,  # as the local pool: the machine decides
    "dashboard_address": "127.0.0.1:0",  # of Dask's page on health; at None it would insist on a port of its own and warn
    "scheduler_kwargs": {"dashboard": False, "allowed_failures": 0},  # who dies once is suspected
    "silence_logs": logging.CRITICAL,
}

type Chunk[Job] = list[tuple[int, Job]]


@contextmanager
def cluster(address: str, workers: int) -> Iterator[Engine[Any, Any]]:
    """Yield the engine of a Dask scheduler, or of one started here, with so many workers, for as long as it is needed.

    Raises ParameterError, before anything runs, if Dask is not installed, nobody answers, or workers have other code.
    """
    if find_spec("distributed") is None:
        raise ParameterError(
            f"--cluster {address}: needs Dask's distributed, which is not installed; the extra `cluster` brings it: "
            "pip install -e '.[cluster]'"
        )
    silence()
    with scheduler_here(workers) if address == LOCAL else connected(address) as client:
        check_workers(client, address)
        yield partial(outcomes, client, address)


def silence() -> None:
    """Keep Dask's log off stderr; what matters in it comes back as an exception or an outcome."""
    import distributed  # noqa: F401 - sets its levels when it is loaded

    for name in ("distributed", *(name for name in logging.root.manager.loggerDict if name.startswith("distributed."))):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """Yield a client of a running scheduler, which stays as it is. Raises ParameterError if there is none."""
    from distributed import Client

    try:
        asyncio.run(asyncio.wait_for(answer(address), CONNECT))  # a client would wait for ever if something else listens there
        client = Client(address, timeout=CONNECT, set_as_default=False)
    except Exception as error:  # whoever is there may say anything
        raise ParameterError(
            f"--cluster {address}: no Dask scheduler answers there ({type(error).__name__}); allowed: the address that `dask "
            "scheduler` prints when it starts"
        ) from None
    try:
        yield client
    finally:
        client.close()


async def answer(address: str) -> None:
    """Raise an exception of any kind unless a scheduler answers."""
    from distributed import rpc

    async with rpc(address) as remote:
        identity: Any = await remote.identity()
        if identity["type"] != "Scheduler":
            raise ValueError("something else")


@contextmanager
def scheduler_here(workers: int) -> Iterator[Any]:
    """Start a scheduler and workers, reached from this machine only, and end them afterwards.

    Raises WorkError if they cannot start.
    """
    from distributed import LocalCluster

    with tempfile.TemporaryDirectory(prefix="gigsupply-") as folder:
        resource_tracker.ensure_running()  # lets Ctrl-C through at its first start: not in what follows
        try:
            with sigint_held_back():  # Dask's thread, and the workers that it starts, inherit that
                here = LocalCluster(n_workers=workers, local_directory=folder, **SCHEDULER_HERE)
        except (RuntimeError, OSError) as error:
            raise WorkError(f"--cluster {LOCAL}: workers could not start ({error})") from error
        with here, connected(here.scheduler_address) as client:
            yield client


def check_workers(client: Any, address: str) -> None:
    """Raise ParameterError unless there are workers, and all have loaded this very code."""
    began = time.monotonic()
    while not client.nthreads():
        if time.monotonic() - began > CONNECT:
            raise ParameterError(f"--cluster {address}: has no worker; allowed: one at least (dask worker {address})")
        time.sleep(PAUSE)
    for worker, answer in client.run(pickle.loads, bytes(Call(code)), on_error="return").items():
        if isinstance(answer, Exception):
            raise without_model(address, f"worker {worker}", answer)
        if answer != CODE:
            raise other_code(address, f"worker {worker}", answer)


def without_model(address: str, who: str, error: Exception) -> ParameterError:
    """Return what to say of a worker that cannot load the model."""
    told = f"{type(error).__name__}: {error}"
    return ParameterError(f"--cluster {address}: {who} cannot load the model ({told}); allowed: workers with gigsupply installed")


def other_code(address: str, who: str, theirs: str) -> ParameterError:
    """Return what to say of a worker that has other code."""
    return ParameterError(
        f"--cluster {address}: {who} has loaded another version of the model ({theirs}; this is {CODE}); "
        "allowed: the same files, and workers started after their last change"
    )


def outcomes[Job, Result](
    client: Any, address: str, work: Callable[[Job], Result], jobs: Iterable[Job]
) -> Generator[Outcome[Job, Result]]:
    """Do jobs on a cluster and yield what becomes of each, in any order; jobs are taken as they are needed.

    A chunk that loses its worker is done again elsewhere, as often as the scheduler allows; if that does not help, its jobs are
    done at the end, one at a time, and one that ends its worker even then has failed. Closing the iterator cancels what is on its
    way. Raises ParameterError if a worker joins that has other code, WorkError if scheduler or workers are lost.
    """
    dispatch = Dispatch(client, address, work, jobs)
    try:
        yield from dispatch.finished()
        dispatch.is_last_try = True
        for suspect in dispatch.suspects:
            dispatch.send([suspect])
            yield from dispatch.finished()
    finally:
        client.cancel(list(dispatch.under_way), force=True)


class Dispatch[Job, Result]:
    """Chunks of jobs on their way through a cluster."""

    def __init__(self, client: Any, address: str, work: Callable[[Job], Result], jobs: Iterable[Job]) -> None:
        from distributed import as_completed

        self.client, self.address, self.work, self.jobs = client, address, work, iter(enumerate(jobs))
        self.arriving: Any = as_completed(with_results=True, raise_errors=False, loop=client.loop)
        self.under_way: dict[Any, Chunk[Job]] = {}  # by future
        self.suspects: Chunk[Job] = []  # of chunks without a result
        self.is_last_try = False
        self.seconds = math.inf  # that a job takes, by the latest chunk
        self.workers, self.looked, self.seen = 1, -math.inf, time.monotonic()

    def finished(self) -> Iterator[Outcome[Job, Result]]:
        """Keep the workers busy until no job is left."""
        self.send_more()
        while self.under_way:
            self.look_at_workers()
            if not self.arriving.has_ready():
                time.sleep(PAUSE)
            for future, result in self.arriving.next_batch(block=False):
                yield from self.heard(future, result)

    def send_more(self) -> None:
        """Send chunks of about as much work each, up to a number that lets no worker wait."""
        size = max(1, min(int(CHUNK / self.seconds), MOST_IN_A_CHUNK))
        while len(self.under_way) < AHEAD * self.workers and (chunk := list(islice(self.jobs, size))):
            self.send(chunk)

    def send(self, chunk: Chunk[Job]) -> None:
        """Send jobs as one task."""
        parcel = pickle.dumps((self.work, [job for _, job in chunk]))
        future = self.client.submit(pickle.loads, bytes(Call(chunk_done, (CODE, parcel))), pure=False)
        self.under_way[future] = chunk
        self.arriving.add(future)

    def heard(self, future: Any, result: Any) -> Iterator[Outcome[Job, Result]]:
        """Take what came of a chunk."""
        chunk, status = self.under_way.pop(future), future.status
        future.release()  # the worker may forget the result
        if status == "error":
            yield from self.lost(chunk, result[1])
        elif status != "finished":
            raise WorkError(f"--cluster {self.address}: runs are lost; the scheduler has gone, or somebody cancelled them")
        elif result[0] != CODE:
            raise other_code(self.address, "a worker that joined", result[0])
        else:
            self.seconds = max(sum(seconds for *_, seconds in result[1]) / len(chunk), 1e-6)
            self.send_more()  # before anybody looks at the outcomes
            for (number, job), done in zip(chunk, result[1], strict=True):
                yield Outcome[Job, Result](number, job, *done)

    def lost(self, chunk: Chunk[Job], error: Exception) -> Iterator[Outcome[Job, Result]]:
        """Part with a chunk that has no result: any of its jobs may be why, or a neighbour on the same worker."""
        from distributed import KilledWorker

        if isinstance(error, ImportError | AttributeError):
            raise without_model(self.address, "a worker that joined", error)
        self.send_more()
        if not self.is_last_try:
            self.suspects += chunk
            return
        kind = DEATH if isinstance(error, KilledWorker) else type(error).__name__
        told = "its worker died, perhaps for want of memory" if kind == DEATH else f"{kind}: {error}".rstrip(": ")
        ((number, job),) = chunk
        yield Outcome(number, job, None, Failure(kind, told), 0.0)

    def look_at_workers(self) -> None:
        """Count the workers now and then. Raises WorkError if there have been none for long."""
        now = time.monotonic()
        if now - self.looked < LOOK:
            return
        self.looked, self.workers = now, number_of_workers(self.client)
        if self.workers:
            self.seen = now
            self.send_more()
        elif now - self.seen > NO_WORKER:
            raise WorkError(f"--cluster {self.address}: no worker for {NO_WORKER:.0f} s")


def number_of_workers(client: Any) -> int:
    """Return how many workers a cluster has now; none if nobody answers."""
    try:
        return len(cast(dict[str, int], client.nthreads()))
    except OSError:
        return 0
