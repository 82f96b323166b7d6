"""Blocks: how many the platform posts on the evening before, in which slots, at which stations (MODEL section 9)."""

from collections.abc import Sequence
from math import floor

import numpy as np

from .parameters.market import Blocks, Platform
from .roster import Table

OFFER = np.dtype(
    [("slot", "i4"), ("station", "i4"), ("posted", "i4"), ("open", "i4"), ("cents", "i8")], align=True
)  # an offer is (slot, station), slot-major; one price for all its open blocks


def rounded(number: float) -> int:
    """Round half up: floor(x + .5)."""
    return floor(number + 0.5)


def largest_remainder(total: int, weights: Sequence[float]) -> list[int]:
    """Split a whole number in proportion to weights; what is left goes to the largest remainders, ties to the lower index."""
    whole = sum(weights)
    if total == 0 or whole == 0:
        return [0] * len(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [floor(part) for part in exact]
    order = sorted(range(len(weights)), key=lambda k: (parts[k] - exact[k], k))
    for k in order[: total - sum(parts)]:
        parts[k] += 1
    return parts


def station_limit(days_since_launch: int, platform: Platform) -> int:
    """Return how many blocks the city's stations can load on a day."""
    grown = platform.station_limit_at_launch + platform.station_limit_per_week * (days_since_launch // 7)
    return min(grown, platform.station_limit)


def blocks_needed(parcels_expected: float, blocks: Blocks, limit: int) -> int:
    """Return B = min(limit, round(forecast / (parcels·(1 − no-show))))."""
    return min(limit, rounded(parcels_expected / (blocks.parcels * (1.0 - blocks.no_show))))


def post(number: int, blocks: Blocks, stations: int) -> Table:
    """Return the day's offers, dtype OFFER: over slots by their shares, over stations in equal parts; no prices yet."""
    offers = np.zeros(len(blocks.slot_starts) * stations, OFFER)
    for slot, in_slot in enumerate(largest_remainder(number, blocks.slot_shares)):
        for station, here in enumerate(largest_remainder(in_slot, [1.0] * stations)):
            offers[slot * stations + station] = (slot, station, here, here, 0)
    return offers
