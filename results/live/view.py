"""One open page: plays its session, sends the browser a message per day, and never steps while nobody looks."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from nicegui import Client, background_tasks, core, run

from . import frames, take, words
from .frames import encoded
from .levers import Lever
from .person import Told, told
from .session import Session

FASTEST = 1000  # days a second, for "to the end"
MOST_WAITING = 10  # clicks on "one day" that are remembered while days pass
BACK_PRESSURE = 5  # frames until the browser must have drawn one
SECONDS_BETWEEN = {"dots": 0.25, "person": 0.7}  # while playing: these are large, and nobody reads that fast
LONGEST_DELAY = 0.2  # seconds that are made up for
STILL = 0.4  # seconds after the first move of a lever until another season is worked out: the slider may still be in a hand
SLOWEST_BROWSER = 10.0  # seconds


class View:
    """What one browser tab shows of a session."""

    def __init__(self, session: Session, client: Client, name: str) -> None:
        self.session, self.client, self.name = session, client, name
        self.is_playing, self.is_rushing, self.is_seen, self.is_shown_here = False, False, True, True
        self.speed, self.days_asked, self.rounds_asked, self.frames = 3, 0, 0, 0
        self.quantity = "active"
        self.person: int | None = None  # who was clicked; None: somebody who just refused
        self.refusers_seen = 0
        self.drawn = dict.fromkeys(SECONDS_BETWEEN, 0.0)
        self.outgoing: asyncio.Queue[tuple[str, asyncio.Event]] = asyncio.Queue()
        self.due = 0.0  # when the latest day was
        self.is_behind = False  # something large was left out of the latest message
        self.woken = asyncio.Event()
        self.on_state: Callable[[], Any] = lambda: None  # play button, notices
        self.on_person: Callable[[Told | None], Any] = lambda _: None
        self.on_begin: Callable[[], Any] = lambda: None  # levers
        self.on_compare: Callable[[bool], Any] = lambda _: None  # the box that is ticked
        self.is_compare_chosen = session.is_comparing  # by the visitor, or once for them: then it stays as it is

    # --- what the visitor asks for ---

    def press(self, key: str) -> None:
        """Do what a button or key stands for."""
        if self.session.fault:
            return
        if key == "play":
            self.play(is_wanted=not self.is_moving)
        elif key == "day":
            self.days_asked = min(self.days_asked + 1, MOST_WAITING)
        elif key == "round":
            self.rounds_asked = min(self.rounds_asked + 1, MOST_WAITING)
        elif key == "end":
            self.is_rushing = not self.session.is_over
            self.on_state()
        self.woken.set()

    def play(self, *, is_wanted: bool) -> None:
        """Play or pause."""
        self.is_playing, self.is_rushing = is_wanted, False
        self.days_asked = self.rounds_asked = 0
        self.due = time.monotonic()
        self.woken.set()
        self.on_state()

    async def begin_anew(self, how: Callable[[], None]) -> None:
        """Start over, or take all changes back."""
        self.play(is_wanted=False)
        self.person, self.refusers_seen = None, 0
        await run.io_bound(how)
        self.draw_anew()
        self.on_state()
        self.on_begin()
        if not self.is_compare_chosen and self.session.is_changed:
            await self.compare_at_first()

    async def compare(self, *, is_wanted: bool) -> None:
        """Let the season without the changes run beside, or no more."""
        self.is_compare_chosen = True
        await run.io_bound(self.session.compare, is_wanted=is_wanted)
        self.draw_anew()

    async def compare_at_first(self, seconds: float = 0.0) -> None:
        """Let the season without changes run beside from the first change on, as if its box had been ticked."""
        self.is_compare_chosen = True
        await asyncio.sleep(seconds)
        if not self.client.is_deleted:
            await self.compare(is_wanted=True)
            self.on_compare(True)

    def turn(self, lever: Lever, value: Any) -> str:
        """Move a lever; says from when it holds. Raises ParameterError."""
        self.session.change(lever.name, value)
        self.begin({"text": self.texts()})
        if not self.is_compare_chosen and self.session.is_changed:
            background_tasks.create(self.compare_at_first(STILL), name="compare")
        unusual = "" if lever.quantity._replace(value=value).is_plausible else words.LEVER_NOTES["unusual"]
        if lever.name in self.session.waiting:
            return words.LEVER_NOTES["waits"] + unusual
        return words.LEVER_NOTES["holds"].format(day=words.short_day(self.session.market.today)) + unusual

    def choose(self, person: int | None) -> None:
        """Look at a person; None: the next who just refused."""
        refusers = self.session.refusers()
        if person is None and refusers:
            person = refusers[self.refusers_seen % len(refusers)]
            self.refusers_seen += 1
        self.person = person
        self.send(frames.evening(self.session, self.person))
        self.tell()

    def show(self, quantity: str) -> None:
        """Colour the districts by another quantity."""
        self.quantity = quantity if quantity in words.QUANTITIES else self.quantity
        self.send(frames.tiles(self.session, self.quantity))

    # --- what goes to the browser ---

    def texts(self) -> dict[str, str]:
        """Return the texts that change from day to day, the command line that does this run again among them."""
        return frames.texts(self.session) | {"command": take.command(self.session, self.name)}

    def send(self, message: frames.Message) -> asyncio.Event:
        """Send a message; returns what is set when the browser has it.

        Not as JavaScript to be run: browsers keep the text of every script they have run.
        """
        arrived = asyncio.Event()
        self.outgoing.put_nowait((encoded(message), arrived))
        return arrived

    async def deliver(self) -> None:
        """Hand messages over in their order, for as long as the page is open; those nobody is there to take are lost."""
        while not self.client.is_deleted:
            text, arrived = await self.outgoing.get()
            await core.sio.emit("live", text, room=self.client.id, callback=lambda *_, arrived=arrived: arrived.set())

    def begin(self, message: frames.Message) -> None:
        """Draw charts with their axes and marks anew, and a message on them."""
        self.send({"options": frames.options(self.session), **message})

    def draw_anew(self) -> None:
        """Draw everything anew."""
        self.begin(frames.whole(self.session, self.quantity, self.shown_person()) | {"text": self.texts()})
        self.tell()

    def shown_person(self) -> int | None:
        """Return who is told about: who was clicked, else the first who just refused."""
        if self.person is not None:
            return self.person
        refusers = self.session.refusers()
        return refusers[0] if refusers else None

    def tell(self) -> None:
        """Tell one decision of the evening."""
        person = self.shown_person()
        self.on_person(told(self.session, person) if person is not None else None)

    def is_due(self, what: str) -> bool:
        """Tell whether something large is to be drawn again: at once when paused, now and then while playing."""
        now = time.monotonic()
        is_so = not self.is_moving or now - self.drawn[what] >= SECONDS_BETWEEN[what]
        if is_so:
            self.drawn[what] = now
        self.is_behind |= not is_so
        return is_so

    # --- the loop ---

    @property
    def is_moving(self) -> bool:
        """Tell whether another day follows at once."""
        return self.is_playing or self.is_rushing

    async def live(self) -> None:
        """Let days pass as asked, for as long as the page is open."""
        while not self.client.is_deleted:
            if not (self.is_moving or self.days_asked or self.rounds_asked):
                self.catch_up()
                self.woken.clear()
                await self.woken.wait()
            elif not (self.client.has_socket_connection and self.is_seen and self.is_shown_here):
                await asyncio.sleep(0.1)
            else:
                await self.go_on()

    async def go_on(self) -> None:
        """Let one day or one round pass, draw it, and keep the pace."""
        if self.rounds_asked and not self.is_moving:
            self.rounds_asked -= 1
            await run.io_bound(self.session.next_round)
            self.draw_round()
        else:
            self.days_asked = max(0, self.days_asked - 1)
            await self.pass_days()
        if self.session.fault or (self.is_moving and self.session.has_just_ended):
            self.play(is_wanted=False)
            self.draw_anew()
        if self.is_moving:
            await self.keep_pace()

    async def keep_pace(self) -> None:
        """Wait until the next day is due; a short delay is made up for, a long one is not."""
        now = time.monotonic()
        self.due = max(self.due + 1.0 / (FASTEST if self.is_rushing else self.speed), now - LONGEST_DELAY)
        await asyncio.sleep(max(0.0, self.due - now))

    async def pass_days(self) -> None:
        """Let a day pass, or as many as fit between two pictures, and draw them."""
        was_half_way = self.session.round is not None
        number = await run.io_bound(rush if self.is_rushing else one_day, self.session)
        if not number or self.session.fault:
            return
        news = {"text": self.texts()} | frames.days(
            self.session, self.quantity, number + was_half_way, self.shown_person(), has_dots=self.is_due("dots")
        )
        arrived = self.send(news)
        self.frames += 1
        if self.frames % BACK_PRESSURE == 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(arrived.wait(), SLOWEST_BROWSER)
        if self.is_due("person"):
            self.tell()

    def catch_up(self) -> None:
        """Draw what was left out while days passed quickly."""
        if self.is_behind and not self.client.is_deleted:
            self.send(frames.evening(self.session, self.shown_person()))
            self.tell()
        self.is_behind = False

    def draw_round(self) -> None:
        """Draw a round of the evening; when its last is over, the day with its results."""
        if self.session.fault:
            return
        if self.session.round is None:
            self.draw_anew()
        else:
            self.send({"text": self.texts()} | frames.evening(self.session, self.shown_person()))
            self.tell()


def one_day(session: Session) -> int:
    """Let a day pass; returns how many did."""
    return 1 if session.advance() else 0


def rush(session: Session, seconds: float = 0.08) -> int:
    """Let days pass for a moment, to the scenario's last day; returns how many did."""
    began, number = time.monotonic(), 0
    while not session.is_over and time.monotonic() - began < seconds and session.advance():
        number += 1
    return number
