"""Seasons played to their end on this page, side by side: what levers did, and how far luck alone goes."""

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from experiments.measures import late_share, ratio, sums

from . import words
from .amounts import euros, percent, setting, whole

if TYPE_CHECKING:
    from .session import Session

type Moved = tuple[str, Any, date | None]  # a lever, its value, and since when; None: from the start

MOST = 8  # seasons kept, the latest


class Played(NamedTuple):
    """A season that has ended. levers: what differed from the scenario as it was opened; net: left per hour, EUR."""

    seed: int
    levers: tuple[Moved, ...]
    late_share: float
    blocks_filled: float
    blocks_posted: float
    net: float


def played(session: "Session") -> Played:
    """Return the season that has just ended."""
    diary = session.market.diary
    total = sums(diary)
    net = ratio(total["net_total_eur"], total["driver_hours"])
    return Played(session.seed, levers_of(session), late_share(total), total["blocks_filled"], total["blocks_posted"], net)


def levers_of(session: "Session") -> tuple[Moved, ...]:
    """Return every lever that differs from the scenario as it was opened, also where that only keeps it from changing."""
    taken_out = {change.name for change in session.given.parameters.changes} - {
        change.name for change in session.scenario.parameters.changes
    }
    table = session.scenario.parameters.table()
    from_the_start = sorted({*session.changed_at_start, *taken_out})
    return (
        *((name, table[name].value, None) for name in from_the_start),
        *((move.name, move.value, move.date) for move in session.moves),
    )


def rows(session: "Session") -> list[list[str]]:
    """Return the table's rows: luck, levers, late, blocks, what an hour left."""
    return [
        [
            str(season.seed),
            "; ".join(_moved(session, moved) for moved in season.levers) or words.PLAYED["none"],
            percent(season.late_share),
            words.PLAYED["blocks"].format(filled=whole(season.blocks_filled), posted=whole(season.blocks_posted)),
            words.PLAYED["net"].format(net=euros(season.net)) if season.net == season.net else words.PLAYED["nothing"],
        ]
        for season in session.played
    ]


def luck(session: "Session") -> str:
    """Say how far luck alone moved the late share; where no two seasons differ by luck only, that it may."""
    if not session.played:
        return ""
    by_levers: dict[tuple[Moved, ...], list[float]] = defaultdict(list)
    for season in session.played:
        by_levers[season.levers].append(season.late_share)
    shares = max(by_levers.values(), key=len)
    key = "moved" if len(shares) > 1 else "may"
    return words.LUCK[key].format(seasons=len(shares), low=percent(min(shares)), high=percent(max(shares)))


def _moved(session: "Session", moved: Moved) -> str:
    name, value, since = moved
    told = f"{words.lever_name(name)} {setting(session.given.parameters.table()[name], value)}"
    return words.PLAYED["since"].format(lever=told, day=words.short_day(since)) if since else told
