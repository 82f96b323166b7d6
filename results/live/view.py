"""One open page: plays its session, sends the browser a message per day, and never steps while nobody looks."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from nicegui import Client, ui

from model.parameters import ParameterError

from . import frames, words
from .levers import Lever
from .session import Session, Start
from .shown import Shown
from .take import Opened

FASTEST = 1000  # days a second, for "to the end"
MOST_WAITING = 10  # clicks on "one day" that are remembered while days pass
LONGEST_DELAY = 0.2  # seconds that are made up for
AT_A_TIME = 0.08  # seconds of work until levers and clicks come in between


class View(Shown):
    """What one browser tab shows of a session, and lets it do. coming: the session, which may take a moment."""

    def __init__(self, client: Client, opened: Opened, coming: asyncio.Future[Session]) -> None:
        super().__init__(client, opened)
        self.coming = coming
        self.is_playing, self.is_rushing, self.is_seen, self.is_shown_here, self.is_over = False, False, True, True, False
        self.speed, self.days_asked, self.rounds_asked = 3, 0, 0
        self.under_way: set[str] = set()  # what takes long
        self.due = 0.0  # when the latest day was
        self.is_stale = False  # everything is to be drawn anew
        self.is_compare_chosen = False  # by the visitor, or once for them: then it stays as it is
        self.woken = asyncio.Event()
        self.on_state: Callable[[], Any] = lambda: None  # play button, notices
        self.on_begin: Callable[[], Any] = lambda: None  # levers
        self.on_compare: Callable[[bool], Any] = lambda _: None  # the box that is ticked

    def leave(self) -> None:
        """Stop for good: the page is closed, or its place is given to another."""
        self.is_over = True
        self.woken.set()
        self.wire.close()

    def come_back(self) -> None:
        """Draw again what was sent while the connection was lost; if the run is gone, the page begins a new one."""
        self.wire.wait_no_longer()
        if self.is_over:
            self.client.run_javascript("location.reload()")
        else:
            self.is_stale = True  # drawn by the loop, between two days: neither is then missing nor there twice
            self.woken.set()

    async def alone[T](self, work: Callable[[], T]) -> T:
        """Work on the session off the event loop, while nobody else does."""
        async with self.session.turn:
            return await asyncio.to_thread(work)

    async def once(self, what: str, act: Callable[[], Awaitable[None]], sorry: str = "{error}") -> None:
        """Do something that takes long, once however often it is clicked; what is not possible is said."""
        if what in self.under_way:
            return
        self.under_way.add(what)
        try:
            await act()
        except ParameterError as error:
            ui.notify(sorry.format(error=error))
        finally:
            self.under_way.remove(what)

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

    async def begin_anew(self, start: Callable[[], Start]) -> None:
        """Start over, with other luck, or take all changes back."""
        await self.once("start", partial(self._begin_anew, start))

    async def _begin_anew(self, start: Callable[[], Start]) -> None:
        self.play(is_wanted=False)
        async with self.session.turn:
            self.session.begin(await asyncio.to_thread(start))
            self.person, self.refusers_seen = None, 0
            self.draw_anew()
            self.on_state()
            self.on_begin()
            self.compare_at_first()

    def compare(self, *, is_wanted: bool) -> None:
        """Let the season without the changes run beside, or no more."""
        self.is_compare_chosen, self.session.is_comparing, self.is_stale = True, is_wanted, True
        self.woken.set()

    def compare_at_first(self) -> None:
        """Compare from the first change on, as if the box had been ticked; whoever has ticked or unticked it has chosen."""
        self.woken.set()  # a season beside may have to catch up
        if self.session.is_changed and not self.is_compare_chosen:
            self.compare(is_wanted=True)
            self.on_compare(True)

    async def turn(self, lever: Lever, value: Any) -> str:
        """Move a lever; says from when it holds. Raises ParameterError."""
        await self.alone(partial(self.session.change, lever.name, value))
        self.begin({"text": self.texts()})
        self.compare_at_first()
        unusual = "" if lever.quantity._replace(value=value).is_plausible else words.LEVER_NOTES["unusual"]
        if lever.name in self.session.waiting:
            return words.LEVER_NOTES["waits"] + unusual
        return words.LEVER_NOTES["holds"].format(day=words.short_day(self.session.market.today)) + unusual

    # --- the loop ---

    @property
    def is_moving(self) -> bool:
        """Tell whether another day follows at once."""
        return self.is_playing or self.is_rushing

    @property
    def has_to_go_on(self) -> bool:
        """Tell whether a day, a round or the season beside is waited for."""
        return bool(self.is_moving or self.days_asked or self.rounds_asked or self.session.is_behind or self.is_stale)

    async def live(self) -> None:
        """Let days pass as asked, for as long as the page is open."""
        while not self.is_over:
            if not self.has_to_go_on:
                self.catch_up()
                self.woken.clear()
                await self.woken.wait()
            elif not (self.client.has_socket_connection and self.is_seen and self.is_shown_here):
                await asyncio.sleep(0.1)
            elif self.session.is_behind or self.is_stale:
                await self.follow()
            else:
                await self.go_on()

    async def follow(self) -> None:
        """Let the season beside catch up for a moment, and say so; draw everything once it has."""
        await self.alone(partial(self.session.follow, AT_A_TIME))
        self.is_stale = self.session.is_behind
        if self.is_stale:
            self.wire.send({"text": self.texts()})
        else:
            self.draw_anew()
            self.on_state()

    async def go_on(self) -> None:
        """Let one day or one round pass, draw it, and keep the pace."""
        async with self.session.turn:
            if self.rounds_asked and not self.is_moving:
                self.rounds_asked -= 1
                await asyncio.to_thread(self.session.next_round)
                self.draw_round()
            else:
                self.days_asked = max(0, self.days_asked - 1)
                await self.pass_days()
            if self.session.fault or (self.is_moving and self.session.has_just_ended):
                self.play(is_wanted=False)
                self.draw_anew()
        await self.keep_pace()

    async def keep_pace(self) -> None:
        """Wait for a slow browser, and until the next day is due; a short delay is made up for, a long one is not."""
        await self.wire.browser_keeps_up()
        if self.is_moving:
            now = time.monotonic()
            self.due = max(self.due + 1.0 / (FASTEST if self.is_rushing else self.speed), now - LONGEST_DELAY)
            await asyncio.sleep(max(0.0, self.due - now))

    async def pass_days(self) -> None:
        """Let a day pass, or as many as fit between two pictures, and draw them."""
        was_half_way = self.session.round is not None
        number = await asyncio.to_thread(rush if self.is_rushing else one_day, self.session)
        if not number or self.session.fault:
            return
        news = {"text": self.texts()} | frames.days(
            self.session,
            self.quantity,
            number + was_half_way,
            self.shown_person(),
            has_dots=self.is_due("dots", is_moving=self.is_moving),
        )
        self.wire.send_day(news)
        if self.is_due("person", is_moving=self.is_moving):
            self.tell()


def one_day(session: Session) -> int:
    """Let a day pass; returns how many did."""
    return 1 if session.advance() else 0


def rush(session: Session, seconds: float = AT_A_TIME) -> int:
    """Let days pass for a moment, to the scenario's last day; returns how many did."""
    began, number = time.monotonic(), 0
    while not session.is_over and time.monotonic() - began < seconds and session.advance():
        number += 1
    return number
