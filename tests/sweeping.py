"""What tests of sweeps share: a small busy design, and jobs that go wrong."""

import os
import time
from pathlib import Path

from experiments.design import read_design
from experiments.engines.pool import Outcome
from experiments.engines.worker import tried

BUSY = """
"population.drivers" = 300
"platform.launch_date" = 2017-10-16
"awareness.at_launch_share" = 1.0
"entry.hazard_per_week" = 1.0
"attention.opening_probability_per_tenth" = 0.3
"""
ARMS = '[arms]\nno-platform = { "platform.policy" = "none" }\n'


def design_text(
    seeds: object = 5, caps: object = (16.0, 20.0), kms: object = (30.0, 40.5, 55.0), fixed: str = "", arms: str = ARMS
):
    """Return a design of caps times distances times arms times seeds; 60 short runs."""
    grid = f'"platform.pay_cap_per_hour" = {list(caps)}\n"blocks.km" = {list(kms)}\n'
    return f'scenario = "baseline"\nseeds = {seeds}\ndays = 25\n[set]\n{BUSY}{fixed}\n[grid]\n{grid}\n{arms}'


def read(path: Path, **parts: object):
    """Write a design to a file, and read it."""
    path.write_text(design_text(**parts))
    return read_design(str(path))


def here(work, runs):
    """An engine without processes."""
    for number, run in enumerate(runs):
        yield Outcome(number, run, *tried(work, run))


def backwards(work, runs):
    """An engine that begins with the last run."""
    yield from here(work, list(runs)[::-1])


def job(words: str) -> str:
    """Do as a job is told; runs in a worker."""
    verb, _, rest = words.partition(" ")
    if verb == "raise":
        raise ValueError(rest)
    if verb == "die":
        os._exit(1)
    if verb == "die-once" and not Path(rest).exists():
        Path(rest).touch()
        os._exit(1)
    if verb == "exhaust":
        raise MemoryError
    if verb == "hang":
        while True:
            time.sleep(0.1)
    return words.upper()


class Bad:
    """Work as it should be, but for some runs; by seed. Runs in a worker."""

    def __init__(self, work, verbs: dict[int, str], seconds: float = 0.0):
        self.work, self.verbs, self.seconds = work, verbs, seconds

    def __call__(self, run):
        if run.seed in self.verbs:
            job(self.verbs[run.seed])
        time.sleep(self.seconds)
        return self.work(run)
