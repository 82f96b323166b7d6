"""A tab's own market: it remembers what was shown, and which levers were moved when."""

import asyncio
import math
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from experiments.scenario import Scenario
from model.parameters import Change, Parameters
from model.random_draws import MAX_SEED
from model.records import Day
from model.sights import Answer

from .played import MOST, Played, played
from .run import Run, Start, first_difference
from .snapshot import Evening, Snapshot
from .watched import WatchedMarket

NEVER_MIDWAY = {"platform.policy": "none"}  # a platform does not vanish in a season: that is another season


class Session:
    """One visitor's run of a scenario.

    Whoever lets its days pass or changes it holds `turn`: in any thread, one after another, in the order of asking. Nobody on the
    event loop waits in another way, so that no visitor's work halts another's page.
    """

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.given, self.is_comparing, self.turn = scenario, False, asyncio.Lock()
        self.played: deque[Played] = deque(maxlen=MOST)
        self._put(Start(scenario, seed, Run(scenario.parameters, seed)))

    def _put(self, start: Start) -> None:
        self.scenario, self.seed, self.run = start
        self._twin: Run | None = None  # the scenario as it was given, with the same luck, once somebody has compared
        self.fault: str | None = None
        self.fault_beside: str | None = None  # of the season without the levers' changes: the run on the page goes on
        self.round: int | None = None  # of the evening on the page; None: the whole day
        self._evening_so_far: Evening | None = None
        self.waiting: dict[str, Any] = {}
        self.changed_from = first_difference(self.market.parameters, self.given.parameters)
        self.changed_at_start = self._changes_at_start()  # values of the first day that differ from the scenario as it was given

    def _changes_at_start(self) -> dict[str, Any]:
        given, now = self.given.parameters.table(), self.scenario.parameters.table()
        return {name: quantity.value for name, quantity in now.items() if quantity.value != given[name].value}

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
    def diary(self) -> list[Day]:
        """The same days, and all those before them, as the model counted them."""
        days = list(self.market.diary)
        return days[:-1] if self.round is not None else days

    @property
    def twin(self) -> Run | None:
        """The season without the levers' changes; None if nobody compares or it failed, and until it has caught up."""
        return self._twin if self.is_comparing and not self.fault_beside and self._has_caught_up else None

    @property
    def _has_caught_up(self) -> bool:
        return self._twin is not None and len(self._twin.market.diary) >= self.days_passed

    @property
    def beside(self) -> list[Snapshot]:
        """The same days without the levers' changes; empty if there is no twin."""
        twin = self.twin
        days = list(twin.days) if twin else []
        return days[:-1] if self.round is not None else days

    @property
    def is_behind(self) -> bool:
        """Tell whether the season beside has yet to catch up with the day on the page."""
        is_wanted = self.is_comparing and self.is_changed and not (self.fault or self.fault_beside)
        return is_wanted and not self._has_caught_up

    @property
    def evening(self) -> Evening | None:
        """The latest evening with blocks, of the last week; as it stood after the round on the page."""
        if self.round is not None:
            return self._evening_so_far
        return next((snapshot.evening for snapshot in reversed(list(self.run.days)) if snapshot.evening), None)

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
        return self.round is None and self.days_passed == (period.end_date - period.start_date).days + 1

    @property
    def moves(self) -> list[Change]:
        """Levers moved midway: dated changes that the scenario itself does not hold."""
        own = self.scenario.parameters.changes
        return [change for change in self.market.parameters.changes if change not in own]

    @property
    def is_changed(self) -> bool:
        """Tell whether the run on the page differs from the scenario as it was given."""
        return self.changed_from is not None

    def value_of(self, name: str) -> Any:
        """Return where a lever stands: what waits for the start over, else what holds from the next day on."""
        return self.waiting.get(name, self.parameters.table()[name].value)

    # --- what happens ---

    def advance(self) -> Snapshot | None:
        """Let a day pass, in the market beside it as well if that keeps up. None if the model failed: `fault` says how."""
        self.round = None
        keeps_up = self.twin is not None  # asked before: somebody may begin to compare while the day is under way
        with self._fault_is_kept():
            self.run.step()
            self._keep_if_ended()
        if keeps_up:
            self.follow()
        return None if self.fault else self.latest

    def _keep_if_ended(self) -> None:
        if self.has_just_ended and (season := played(self)) not in self.played:
            self.played.append(season)

    def follow(self, seconds: float = math.inf) -> None:
        """Let the season beside catch up with the day on the page, for so many seconds. An error of it is in `fault_beside`."""
        ends = time.monotonic() + seconds
        try:
            while self.is_behind and time.monotonic() < ends:
                if self._twin:
                    self._twin.step()
                else:
                    self._twin = Run(self.given.parameters, self.seed)
        except Exception as error:
            self.fault_beside = f"{type(error).__name__}: {error}"

    @contextmanager
    def _fault_is_kept(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self.fault = f"{type(error).__name__}: {error}"

    def next_round(self) -> None:
        """Show the next round of the evening, or the first one of the next day; days without blocks are shown whole."""
        over = self.round or 0
        if self.round is None:
            self.advance()
        evening = self.latest.evening if self.latest else None
        if self.fault or not evening or over == len(evening.rounds):
            self.round = None
            return
        with self._fault_is_kept():
            self._evening_so_far = evening.after(over + 1)
            self.round = over + 1

    def change(self, name: str, value: Any) -> None:
        """Move a lever: it holds from the next day, or from the start over if it shapes the start. Raises ParameterError."""
        parameters = self.parameters
        if parameters.table()[name].midway and not self.is_over and value != NEVER_MIDWAY.get(name):
            self.market.change(**{name.replace(".", "__"): value})
            self.changed_from = first_difference(self.market.parameters, self.given.parameters)
            self.waiting.pop(name, None)
        else:
            self.waiting[name] = parameters.with_values(self.waiting | {name: value}).table()[name].value

    # --- where it may begin anew ---

    def again(self, seed: int | None = None) -> Start:
        """Return the season with the levers as they stand. Raises ParameterError if the scenario's own changes forbid it."""
        held = {change.name: self.value_of(change.name) for change in self.moves} | self.waiting
        if not held:
            return self._start(self.scenario, seed)
        return self._start(self.scenario._replace(parameters=self.scenario.parameters.held(held)), seed)

    def as_given(self) -> Start:
        """Return the season of the scenario as it was given."""
        return self._start(self.given)

    def other_luck(self) -> Start:
        """Return the season with the next seed: the same rules, other draws."""
        return self.again((self.seed + 1) % (MAX_SEED + 1))

    def _start(self, scenario: Scenario, seed: int | None = None) -> Start:
        seed = self.seed if seed is None else seed
        return Start(scenario, seed, Run(scenario.parameters, seed))

    def begin(self, start: Start) -> None:
        """Put a season on the page. At once, so that whoever reads meanwhile reads all of one season."""
        self.end()
        self._put(start)

    def end(self) -> None:
        """Let go of everything; nobody will look again."""
        for run in (self.run, self._twin):
            if run:
                run.end()

    # --- who is looked at ---

    def refusers(self) -> list[int]:
        """Return the persons who passed on the latest evening: first whose loss is the median, then from there outwards."""
        evening = self.evening
        if not evening:
            return []
        told = evening.sights["answer"] == Answer.PASSED
        persons, losses = evening.people["person"][told], -evening.sights["perceived_surplus"][told]
        by_loss = [int(person) for _, person in sorted(zip(losses.tolist(), persons.tolist(), strict=True))]
        middle = (len(by_loss) - 1) // 2
        return [by_loss[place] for place in sorted(range(len(by_loss)), key=lambda place: abs(place - middle))]
