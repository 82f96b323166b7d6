"""Parcels: what arrives, and what carriers and drivers deliver of it."""

from collections.abc import Sequence

import numpy as np

from results.theme import INK, ROLE

from .. import words
from ..session import Session
from ..snapshot import Snapshot
from .frame import Option, Row, bar, beside, line, number, over_time

NAME = "parcels"
LEGEND = (("carriers", ROLE["carriers"]), ("platform", ROLE["drivers"]), ("arrived", INK))
COLUMNS = ("carriers", "platform", "arrived", "delivered_before")
THOUSAND = 1000.0


def option(session: Session) -> Option:
    """Return the chart without its rows."""
    names, colours = words.SERIES, dict(LEGEND)
    bars = [bar(names[who], who, colours[who], stack="delivered") for who in ("carriers", "platform")]
    arrived = line(names["arrived"], "arrived", INK, width=1.0)
    return over_time(session, NAME, COLUMNS, [*bars, arrived, beside("delivered_before", ROLE["carriers"])], "thousand")


def row(days: Sequence[Snapshot], before: Sequence[Snapshot]) -> Row:
    """Return a day's row; nothing moves on Sundays and holidays."""
    day = days[-1].day
    if not day.parcels_arrived:
        return [day.date.isoformat(), *(None for _ in COLUMNS)]
    moved = (day.parcels_delivered_by_carriers, day.parcels_delivered_by_platform, day.parcels_arrived)
    delivered = before[-1].day.parcels_delivered_by_carriers + before[-1].day.parcels_delivered_by_platform if before else np.nan
    return [day.date.isoformat(), *(number(parcels / THOUSAND, 2) for parcels in (*moved, delivered))]
