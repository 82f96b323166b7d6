"""A tab's own market: it steps off the event loop, remembers what was shown, and which levers were moved when."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from experiments.scenario import Scenario
from model.parameters import Change, Parameters
from model.sights import Answer

from .snapshot import Evening, Snapshot
from .watched import WatchedMarket

WINDOW = 200  # days drawn, the latest
NEVER_MIDWAY = {"platform.policy": "none"}  # a platform does not vanish in a season: that is another season
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


class Session:
    """One visitor's run of a scenario. Methods may be called from any thread; one at a time has the market."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.given, self.scenario, self.seed = scenario, scenario, seed
        self._lock = threading.Lock()
        self.is_comparing = False
        self._begin()

    # --- what is shown ---

    @property
    def market(self) -> WatchedMarket:
        """The market on the page."""
        return self.run.market

    @property
    def parameters(self) -> Parameters:
        """What holds from the next day on."""
        return self.market.parameters.on(self.market.today)

    @property
    def latest(self) -> Snapshot | None:
        """The day on the page; None before the first."""
        return self.run.days[-1] if self.run.days else None

    @property
    def past(self) -> list[Snapshot]:
        """The days that are over on the page: without today's, while its evening is shown round by round."""
        days = list(self.run.days)
        return days[:-1] if self.round is not None else days

    @property
    def beside(self) -> list[Snapshot]:
        """The same days without the levers' changes; empty if nobody compares."""
        if not self.twin:
            return []
        days = list(self.twin.days)
        return days[:-1] if self.round is not None else days

    @property
    def evening(self) -> Evening | None:
        """The latest evening with blocks, of the last week."""
        return next((snapshot.evening for snapshot in reversed(self.run.days) if snapshot.evening), None)

    @property
    def days_passed(self) -> int:
        """How many days the market has seen."""
        return len(self.market.diary)

    @property
    def is_over(self) -> bool:
        """Tell whether the scenario's last day has passed."""
        return self.market.today > self.given.parameters.scenario.end_date

    @property
    def has_just_ended(self) -> bool:
        """Tell whether the scenario's last day is the one on the page."""
        period = self.given.parameters.scenario
        return self.days_passed == (period.end_date - period.start_date).days + 1

    @property
    def moves(self) -> list[Change]:
        """Levers moved midway: dated changes that the scenario itself does not hold."""
        own = self.scenario.parameters.changes
        return [change for change in self.market.parameters.changes if change not in own]

    @property
    def is_changed(self) -> bool:
        """Tell whether the run on the page differs from the scenario as it was given."""
        return self.scenario is not self.given or bool(self.moves)

    def value_of(self, name: str) -> Any:
        """Return where a lever stands: what waits for the start over, else what holds from the next day on."""
        return self.waiting.get(name, self.parameters.table()[name].value)

    @contextmanager
    def held(self) -> Iterator[WatchedMarket]:
        """Hold the market still, to read tables from it."""
        with self._lock:
            yield self.market

    # --- what happens ---

    def advance(self) -> Snapshot | None:
        """Let a day pass, in the market beside it as well. None if the model failed: `fault` says how."""
        with self._lock:
            self.round = None
            try:
                snapshot = self.run.step()
                self._catch_up()
            except Exception as error:
                self.fault = f"{type(error).__name__}: {error}"
                return None
            return snapshot

    def next_round(self) -> None:
        """Show the next round of the evening, or the first one of the next day; days without blocks are shown whole."""
        if self.round is None:
            snapshot = self.advance()
            self.round = 1 if snapshot and snapshot.evening else None
        elif self.latest and self.latest.evening and self.round < len(self.latest.evening.rounds):
            self.round += 1
        else:
            self.round = None

    def change(self, name: str, value: Any) -> None:
        """Move a lever: it holds from the next day, or from the start over if it shapes the start. Raises ParameterError."""
        with self._lock:
            parameters = self.parameters
            if parameters.table()[name].midway and not self.is_over and value != NEVER_MIDWAY.get(name):
                self.market.change(**{name.replace(".", "__"): value})
                self.waiting.pop(name, None)
            else:
                self.waiting[name] = parameters.with_values(self.waiting | {name: value}).table()[name].value

    def start_over(self) -> None:
        """Go back to the first day, with the levers as they stand."""
        with self._lock:
            held = {change.name: self.value_of(change.name) for change in self.moves} | self.waiting
            if held:
                self.scenario = self.scenario._replace(parameters=self.scenario.parameters.held(held))
            self._begin()

    def reset(self) -> None:
        """Go back to the first day of the scenario as it was given."""
        with self._lock:
            self.scenario = self.given
            self._begin()

    def reseed(self, seed: int) -> None:
        """Go back to the first day with other draws: the same rules, other luck."""
        self.seed = seed
        self.start_over()

    def end(self) -> None:
        """Let go of everything; nobody will look again."""
        with self._lock:
            for run in (self.run, self.twin):
                if run:
                    run.end()

    def _begin(self) -> None:
        earlier = [getattr(self, "run", None), getattr(self, "twin", None)]
        self.fault: str | None = None
        self.round: int | None = None  # of the evening on the page; None: the whole day
        self.waiting: dict[str, Any] = {}
        self.changed_at_start = self._changes_at_start()  # values of the first day that differ from the scenario as it was given
        self.run = Run(self.scenario.parameters, self.seed)
        self.twin: Run | None = Run(self.given.parameters, self.seed) if self.is_comparing else None
        for run in earlier:
            if run:
                run.end()

    def _changes_at_start(self) -> dict[str, Any]:
        given, now = self.given.parameters.table(), self.scenario.parameters.table()
        return {name: quantity.value for name, quantity in now.items() if quantity.value != given[name].value}

    def compare(self, *, is_wanted: bool) -> None:
        """Let the scenario as it was given run beside, or no more; it catches up with the day on the page."""
        with self._lock:
            self.is_comparing, earlier = is_wanted, self.twin
            self.twin = Run(self.given.parameters, self.seed) if is_wanted else None
            self._catch_up()
            if earlier:
                earlier.end()

    def _catch_up(self) -> None:
        while self.twin and len(self.twin.market.diary) < self.days_passed:
            self.twin.step()

    # --- who is looked at ---

    def refusers(self) -> list[int]:
        """Return the persons who passed on the latest evening, those first who came nearest to taking a block."""
        evening = self.evening
        if not evening:
            return []
        told = evening.sights["answer"] == Answer.PASSED
        persons, losses = evening.people["person"][told], -evening.sights["perceived_surplus"][told]
        return [int(person) for _, person in sorted(zip(losses.tolist(), persons.tolist(), strict=True))]
