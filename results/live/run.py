"""A market under way and what is kept of it: the latest days to be drawn, and a week of evenings."""

from collections import deque
from datetime import date
from typing import NamedTuple

from experiments.scenario import Scenario
from model.parameters import Parameters

from .snapshot import Snapshot
from .watched import WatchedMarket

WINDOW = 200  # days drawn, the latest
EVENINGS = 7  # kept in full, for a driver's week


class Run:
    """A market and the days it has left behind, the latest `WINDOW` of them."""

    def __init__(self, parameters: Parameters, seed: int) -> None:
        self.market = WatchedMarket(parameters, seed)
        self.days: deque[Snapshot] = deque(maxlen=WINDOW)

    def step(self) -> Snapshot:
        """Let a day pass; evenings older than a week are dropped."""
        self.market.step()
        snapshot = self.market.snapshot
        assert snapshot
        if len(self.days) >= EVENINGS:
            self.days[-EVENINGS] = self.days[-EVENINGS]._replace(evening=None)
        self.days.append(snapshot)
        return snapshot

    def end(self) -> None:
        """Let its memory go at once: market and agents hold one another, and Python might find them much later."""
        self.days.clear()
        vars(self.market).clear()


class Start(NamedTuple):
    """A scenario before its first day."""

    scenario: Scenario
    seed: int
    run: Run


def first_difference(now: Parameters, given: Parameters) -> date | None:
    """Return the first day of the season on which other values hold; None if there is no such day."""
    days = {given.scenario.start_date, *(change.date for change in (*now.changes, *given.changes))}
    return next((day for day in sorted(days) if now.on(day) != given.on(day)), None)
