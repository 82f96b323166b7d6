"""What one open page shows of its session, and how that goes to the browser."""

import time
from collections.abc import Callable
from typing import Any

from nicegui import Client

from . import frames, take, words
from .person import Told, told
from .session import Session
from .take import Opened
from .wire import Wire

SECONDS_BETWEEN = {"dots": 0.25, "person": 0.7}  # while playing: these are large, and nobody reads that fast


class Shown:
    """A page's own choices of what to show, and what it draws."""

    session: Session  # once there is one

    def __init__(self, client: Client, opened: Opened) -> None:
        self.client, self.opened, self.wire = client, opened, Wire(client)
        self.quantity = "active"
        self.person: int | None = None  # who was clicked; None: somebody who just refused
        self.refusers_seen = 0
        self.drawn = dict.fromkeys(SECONDS_BETWEEN, 0.0)
        self.is_left_out = False  # something large, of the latest message
        self.on_person: Callable[[Told | None], Any] = lambda _: None

    def choose(self, person: int | None) -> None:
        """Look at a person; None: the next who just refused."""
        refusers = self.session.refusers()
        if person is None and refusers:
            person = refusers[self.refusers_seen % len(refusers)]
            self.refusers_seen += 1
        self.person = person
        self.wire.send(frames.evening(self.session, self.person))
        self.tell()

    def show(self, quantity: str) -> None:
        """Colour the districts by another quantity."""
        self.quantity = quantity if quantity in words.QUANTITIES else self.quantity
        self.wire.send(frames.tiles(self.session, self.quantity))

    def texts(self) -> dict[str, str]:
        """Return the texts that change from day to day, the command line that does this run again among them."""
        return frames.texts(self.session) | {"command": take.command(self.session, self.opened)}

    def begin(self, message: frames.Message) -> None:
        """Draw charts with their axes and marks anew, and a message on them."""
        self.wire.send({"options": frames.options(self.session), **message})

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

    def is_due(self, what: str, *, is_moving: bool) -> bool:
        """Tell whether something large is to be drawn again: at once when paused, now and then while playing."""
        now = time.monotonic()
        is_so = not is_moving or now - self.drawn[what] >= SECONDS_BETWEEN[what]
        if is_so:
            self.drawn[what] = now
        self.is_left_out |= not is_so
        return is_so

    def catch_up(self) -> None:
        """Draw what was left out while days passed quickly."""
        if self.is_left_out:
            self.wire.send(frames.evening(self.session, self.shown_person()))
            self.tell()
        self.is_left_out = False

    def draw_round(self) -> None:
        """Draw a round of the evening; when its last is over, the day with its results."""
        if self.session.fault:
            return
        if self.session.round is None:
            self.draw_anew()
        else:
            self.wire.send({"text": self.texts()} | frames.evening(self.session, self.shown_person()))
            self.tell()
