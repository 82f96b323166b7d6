"""The pool: every job has an outcome, whatever the jobs beside it do."""

import os
import time
from contextlib import closing
from itertools import count

import pytest

from experiments.engines import pool
from experiments.engines.pool import DEATH, TOO_LONG, WorkError, outcomes
from tests.sweeping import job


def test_every_job_has_its_outcome_whatever_others_do(tmp_path, monkeypatch):
    """Death is told from bad luck by doing the job again; what lay behind a lost job is done by others."""
    monkeypatch.setattr(pool, "FIRST_JOB", 0.0)
    once = f"die-once {tmp_path / 'died'}"
    bad = {"raise too bad": "ValueError", "die": DEATH, "exhaust": DEATH, "hang": TOO_LONG}
    jobs = [word for k, name in enumerate([*bad, once]) for word in (*(f"good {k} {n}" for n in range(40)), name)]
    ended = {one.number: one for one in outcomes(job, jobs, workers=2, limit=1.0)}
    assert [ended[number].job for number in range(len(jobs))] == jobs
    for one in ended.values():
        assert (one.failure.kind if one.failure else None) == bad.get(one.job), one
        assert one.result == (None if one.job in bad else one.job.upper())
    messages = {one.job: one.failure.message for one in ended.values() if one.failure}
    assert messages["raise too bad"] == "ValueError: too bad"
    assert messages["die"].startswith("a worker died")
    assert messages["hang"].startswith("not finished after 1 s")
    assert (tmp_path / "died").exists()


def test_jobs_are_taken_as_they_are_needed_and_closing_ends_the_workers():
    """An endless design can be begun; a hanging job does not hold up the end."""
    taken = []

    def endless():
        for k in count():
            taken.append(k)
            yield "hang" if k == 50 else f"good {k}"

    with closing(outcomes(job, endless(), workers=2)) as ended:
        for _ in range(60):
            next(ended)
        began = time.monotonic()
    assert time.monotonic() - began < 5.0
    assert len(taken) <= 60 + 2 * (pool.MOST_AHEAD + 1)


def test_workers_that_cannot_start_are_an_error_not_a_loop(capfd):
    with pytest.raises(WorkError, match="a worker could not start"):
        list(outcomes(Unreadable(), ["a"], workers=1))
    assert "no such thing here" in capfd.readouterr().err


class Unreadable:
    """Work that no worker can take in."""

    def __reduce__(self):
        return unreadable, (os.getpid(),)


def unreadable(home):
    raise RuntimeError("no such thing here")


def test_a_sweep_that_is_held_up_gives_no_job_up():
    """After an hour of Ctrl-Z the crew's clock has gone on by two seconds."""
    crew = pool.Crew(job, ["good"], limit=10.0)
    crew.looked -= 3600.0
    crew.tick()
    assert crew.now == 2.0 * pool.TICK


def test_without_a_limit_of_its_own_a_job_may_take_a_hundred_times_the_longest():
    crew = pool.Crew(job, [], limit=None)
    worker = pool.Worker(None, None, done=1, began=0.0)  # type: ignore[arg-type]
    worker.jobs.append((0, "good"))
    for longest, now, is_overdue in [
        (0.0, 1e9, False),
        (1.0, 599.0, False),
        (1.0, 601.0, True),
        (10.0, 999.0, False),
        (10.0, 1001.0, True),
    ]:
        crew.longest, crew.now = longest, now
        assert crew.is_overdue(worker) is is_overdue
