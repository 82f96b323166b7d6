"""What goes to one browser: messages in their order, for as long as the page is open."""

import asyncio
from contextlib import suppress

from nicegui import Client, core

from .frames import Message, encoded

BACK_PRESSURE = 5  # days until the browser must have drawn one
SLOWEST_BROWSER = 10.0  # seconds


class Wire:
    """The way to one browser."""

    def __init__(self, client: Client) -> None:
        self.client, self.is_closed = client, False
        self.outgoing: asyncio.Queue[tuple[str, asyncio.Event]] = asyncio.Queue()
        self.days_sent = 0
        self.waited_for: asyncio.Event | None = None  # set when the browser has drawn a certain day

    def send(self, message: Message) -> asyncio.Event:
        """Send a message; returns what is set when the browser has it.

        Not as JavaScript to be run: browsers keep the text of every script they have run.
        """
        arrived = asyncio.Event()
        self.outgoing.put_nowait((encoded(message), arrived))
        return arrived

    def send_day(self, message: Message) -> None:
        """Send what a day adds; now and then one is waited for."""
        arrived = self.send(message)
        self.days_sent += 1
        if self.days_sent % BACK_PRESSURE == 0:
            self.waited_for = arrived

    async def browser_keeps_up(self) -> None:
        """Wait for a browser that is slow, so that the market does not run ahead of the page."""
        if self.waited_for:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.waited_for.wait(), SLOWEST_BROWSER)
        self.waited_for = None

    async def deliver(self) -> None:
        """Hand messages over in their order; those nobody is there to take are lost."""
        while not self.is_closed:
            text, arrived = await self.outgoing.get()
            await core.sio.emit("live", text, room=self.client.id, callback=lambda *_, arrived=arrived: arrived.set())

    def wait_no_longer(self) -> None:
        """Let go whoever waits for the browser: what it should have drawn is lost."""
        if self.waited_for:
            self.waited_for.set()

    def close(self) -> None:
        """Deliver nothing more, and wait for nothing more."""
        self.is_closed = True
        self.wait_no_longer()
        self.send({})
