"""Where a day's time goes: the phases of `BlockMarket.step`, and within the booking its parts."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from model import matching, platform
from model.market import BlockMarket

from .isolated import alone
from .markets import SEED, parameters_of

DAYS = 26
OF_A_DAY = (
    "couriers_come_and_go", "people_join_and_leave", "papers_come_through", "blocks_are_booked", "parcels_are_delivered",
    "drivers_are_paid", "count", "turn_the_calendar",
)  # fmt: skip
OF_BOOKING: tuple[tuple[Any, str, str], ...] = (
    (matching, "looks_of_evening", "who opens the app, and in which order"),
    (matching, "wages_of_evening", "what an hour is worth to each"),
    (matching, "book_round", "looking at offers, taking blocks"),
    (platform, "clairvoyant", "the clairvoyant's least cost"),
)


class Stopwatch:
    """Adds up the time spent in named functions, without that of named functions they call."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.inner = [0.0]

    def timed(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        """Return the function with a watch around it."""

        @wraps(function)
        def watched(*arguments: Any, **named: Any) -> Any:
            self.inner.append(0.0)
            clock = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                whole, inside = time.perf_counter() - clock, self.inner.pop()
                self.inner[-1] += whole
                self.seconds[name] = self.seconds.get(name, 0.0) + whole - inside

        return watched


def watch_phases(drivers: int, share: float) -> dict[str, float]:
    """Return the share of time by phase, in the order of a day; what is left over is `everything else`."""
    stopwatch = Stopwatch()
    market = BlockMarket(parameters_of(drivers, share), rng=SEED)
    market.run(2)
    for name in OF_A_DAY:
        setattr(market, name, stopwatch.timed(getattr(market, name), name.replace("_", " ")))
    for module, name, words in OF_BOOKING:
        setattr(module, name, stopwatch.timed(getattr(module, name), words))
    clock = time.perf_counter()
    market.run(DAYS)
    whole = time.perf_counter() - clock
    order = [name.replace("_", " ") for name in OF_A_DAY]
    at = order.index("blocks are booked")
    order[at : at + 1] = [words for _, _, words in OF_BOOKING] + ["blocks are booked"]
    shares = {
        ("rest of the booking" if name == "blocks are booked" else name): stopwatch.seconds.get(name, 0.0) / whole for name in order
    }
    return shares | {"everything else": 1.0 - sum(shares.values())}


def phases() -> dict[str, dict[str, float]]:
    """Return shares of time by phase, for three markets."""
    markets = {
        "10,000 drivers, a tenth registered": (10_000, 0.1),
        "100,000, a tenth": (100_000, 0.1),
        "100,000, all": (100_000, 1.0),
    }
    return {name: alone(watch_phases, *market).result for name, market in markets.items()}
