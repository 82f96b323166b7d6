"""Many runs on many processor cores: the same results at any number of workers, and no run takes others down with it."""

import math
import os
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import connection, get_context, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple, cast

from .worker import Failure, serve, sigint_held_back, tried

WORK_AHEAD, MOST_AHEAD = 0.1, 8  # seconds of work, and jobs, that lie ready at a worker, so that it never waits for the parent
FIRST_JOB = 60.0  # seconds more for a worker's first job: after a change of the model it compiles the rules
LEAST_LIMIT, TIMES_LONGEST = 600.0, 100.0  # without a limit of the user's: seconds, and times the longest job so far
TICK = 1.0  # seconds
DEATH, TOO_LONG = "death", "too long"  # kinds of failure, beside names of exceptions


class WorkError(Exception):
    """A run could not be finished; the message names it and says why."""


class Outcome[Job, Result](NamedTuple):
    """What became of a job; number: its place among the jobs."""

    number: int
    job: Job
    result: Result | None
    failure: Failure | None
    seconds: float


type Engine[Job, Result] = Callable[[Callable[[Job], Result], Iterable[Job]], Generator[Outcome[Job, Result]]]
"""What executes jobs, here or elsewhere: takes the work (it can be pickled) and the jobs, as it needs them; yields what became of
each, in any order; stops whatever is under way when it is closed. Neither engine nor work writes anything, so that workers need
no folder."""


def cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def processes(workers: int, limit: float | None) -> Engine[Any, Any]:
    """Return the engine of one machine: so many processes; limit: seconds that a job may take."""
    return partial(outcomes, workers=workers, limit=limit)


def run_all[Job, Result](
    work: Callable[[Job], Result], jobs: Sequence[Job], workers: int | None = None
) -> Iterator[tuple[int, Result]]:
    """Yield the number and the result of each job as it is finished; a job's `str` names it.

    One worker works in this process. Whatever ends the loop early ends the workers too. Raises WorkError at the first failure.
    """
    workers = min(workers or cores(), len(jobs))
    here = (Outcome(number, job, *tried(work, job)) for number, job in enumerate(jobs))
    with closing(outcomes(work, jobs, workers) if workers > 1 else here) as finished:
        for one in finished:
            if one.failure:
                advice = " (--workers 1 needs least)" if one.failure.kind == DEATH else ""
                raise WorkError(f"{one.job}: {one.failure.message}{advice}")
            yield one.number, cast(Result, one.result)


def outcomes[Job, Result](
    work: Callable[[Job], Result], jobs: Iterable[Job], workers: int, limit: float | None = None
) -> Generator[Outcome[Job, Result]]:
    """Do jobs in other processes and yield what becomes of each, in any order; jobs are taken as they are needed.

    A worker that dies takes no other job with it: the one under way is done again, alone, at the end, and fails if its worker
    dies again. limit: seconds after which a job is given up; without one, a hundred times the longest so far, ten minutes at least.
    Close the iterator to end the workers early. Raises WorkError if workers cannot start.
    """
    crew = Crew(work, jobs, limit)
    try:
        yield from crew.finished(workers)
        crew.dismiss(crew.workers)  # nobody else needs memory now
        crew.is_last_try = True
        for suspect in crew.suspects:
            crew.returned.append(suspect)
            yield from crew.finished(1)
    finally:
        crew.dismiss(crew.workers)


@dataclass(eq=False)
class Worker[Job]:
    """A process, and the jobs that lie with it, the first of them under way."""

    process: BaseProcess
    line: Connection
    jobs: deque[tuple[int, Job]] = field(default_factory=deque)
    done: int = 0
    began: float = math.inf  # when the job under way did, on the crew's clock; infinite before the worker is ready


class Crew[Job, Result]:
    """Workers and the jobs on their way through them."""

    def __init__(self, work: Callable[[Job], Result], jobs: Iterable[Job], limit: float | None) -> None:
        self.work, self.jobs, self.limit = work, iter(enumerate(jobs)), limit
        self.workers: list[Worker[Job]] = []
        self.returned: deque[tuple[int, Job]] = deque()  # lay with a worker that is gone
        self.suspects: list[tuple[int, Job]] = []  # under way when their worker died
        self.is_last_try = False
        self.latest, self.longest = math.inf, 0.0  # seconds that jobs took
        self.now, self.looked = 0.0, time.monotonic()

    def finished(self, size: int) -> Iterator[Outcome[Job, Result]]:
        """Keep so many workers busy until no job is left."""
        while self.is_busy(size):
            ready = connection.wait([worker.line for worker in self.workers], TICK)
            self.tick()
            for worker in [worker for worker in self.workers if worker.line in ready]:
                yield from self.heard(worker)
            for worker in [worker for worker in self.workers if self.is_overdue(worker)]:
                yield from self.lost(worker, TOO_LONG)

    def is_busy(self, size: int) -> bool:
        """Hand out jobs, hire for those left over, and tell whether any is under way."""
        for worker in self.workers:
            self.hand_out(worker)
        while len(self.workers) < size and (job := self.next_job()):
            self.send(self.hire(), job)
        return any(worker.jobs for worker in self.workers)

    def next_job(self) -> tuple[int, Job] | None:
        """Return a job that nobody has."""
        return self.returned.popleft() if self.returned else next(self.jobs, None)

    def hand_out(self, worker: Worker[Job]) -> None:
        """Give a worker the next jobs: of short ones several, so that it need not wait."""
        wanted = 1 + min(int(WORK_AHEAD / self.latest), MOST_AHEAD) if worker.done else 1
        while len(worker.jobs) < wanted and (job := self.next_job()):
            self.send(worker, job)

    def send(self, worker: Worker[Job], job: tuple[int, Job]) -> None:
        """Give a worker a job."""
        if not worker.jobs and worker.began < math.inf:
            worker.began = self.now
        worker.jobs.append(job)
        try:
            worker.line.send(job[1])
        except OSError:
            return  # it is dead, as its line will say

    def heard(self, worker: Worker[Job]) -> Iterator[Outcome[Job, Result]]:
        """Take what a worker says: that it is ready, what became of a job, or nothing any more."""
        try:
            said = worker.line.recv()
        except (EOFError, OSError):
            yield from self.lost(worker, DEATH)
            return
        worker.began = self.now
        if said is None:
            return
        (number, job), worker.done = worker.jobs.popleft(), worker.done + 1
        one = Outcome[Job, Result](number, job, *said)
        self.latest, self.longest = max(one.seconds, 1e-6), max(one.seconds, self.longest)
        self.hand_out(worker)  # before anybody looks at the outcome
        yield one

    def lost(self, worker: Worker[Job], why: str) -> Iterator[Outcome[Job, Result]]:
        """Part with a worker; the job under way is suspected or has failed, those behind it go to others."""
        self.dismiss([worker])
        if worker.began == math.inf:
            raise WorkError("a worker could not start, perhaps for want of memory")
        if worker.jobs:
            number, job = worker.jobs.popleft()
            seconds = self.now - worker.began
            if why == DEATH and not self.is_last_try:
                self.suspects.append((number, job))
            elif why == DEATH:
                yield Outcome(number, job, None, Failure(DEATH, "a worker died, perhaps for want of memory"), seconds)
            else:
                yield Outcome(number, job, None, Failure(TOO_LONG, f"not finished after {self.most(worker):,.0f} s"), seconds)
        self.returned.extend(worker.jobs)

    def most(self, worker: Worker[Job]) -> float:
        """Return how many seconds a worker's job may take."""
        usual = max(LEAST_LIMIT, TIMES_LONGEST * self.longest) if self.longest else math.inf
        return (self.limit or usual) + (0.0 if worker.done else FIRST_JOB)

    def is_overdue(self, worker: Worker[Job]) -> bool:
        """Tell whether a worker's job has taken longer than it may."""
        return bool(worker.jobs) and self.now - worker.began > self.most(worker)

    def tick(self) -> None:
        """Let the clock go on, by not much at a time: a sweep that is held up (Ctrl-Z) holds up its workers too."""
        before, self.looked = self.looked, time.monotonic()
        self.now += min(self.looked - before, 2.0 * TICK)

    def hire(self) -> Worker[Job]:
        """Start a worker."""
        resource_tracker.ensure_running()  # lets Ctrl-C through at its first start: not in what follows
        with sigint_held_back():  # the worker inherits that
            here, there = get_context("spawn").Pipe()
            process = get_context("spawn").Process(target=serve, args=(self.work, there), daemon=True)
            process.start()
            self.workers.append(Worker(process, here))
            there.close()
        return self.workers[-1]

    def dismiss(self, workers: Sequence[Worker[Job]]) -> None:
        """End workers, whatever they do."""
        for worker in workers:
            worker.process.kill()
        for worker in list(workers):
            worker.process.join()
            worker.line.close()
            self.workers.remove(worker)
