"""Pay per block: the day's first and highest offer as a band, the mean paid, cap and floor."""

from collections.abc import Sequence

from results.theme import INK, PALE, QUIET, ROLE

from .. import words
from ..session import Session
from ..snapshot import Snapshot
from .frame import Option, Row, beside, line, number, over_time, round_axis

NAME = "pay"
LEGEND = (("band", PALE["platform"]), ("mean", ROLE["platform"]), ("cap", INK), ("floor", QUIET))
COLUMNS = ("first", "rise", "highest", "mean", "cap", "floor", "mean_before")


def option(session: Session) -> Option:
    """Return the chart without its rows; the band is drawn as a rise upon the first offer."""
    names, dashed = words.SERIES, {"type": "dashed"}
    bar = {"type": "bar", "stack": "band", "tooltip": {"show": False}, "barMaxWidth": 7, "barCategoryGap": "0%", "silent": True}
    series = [
        {**bar, "name": "", "encode": {"x": "date", "y": "first"}, "itemStyle": {"color": "transparent"}},
        {**bar, "name": "", "encode": {"x": "date", "y": "rise"}, "itemStyle": {"color": PALE["platform"]}},
        line(names["first"], "first", PALE["platform"], lineStyle={"opacity": 0}),
        line(names["highest"], "highest", PALE["platform"], lineStyle={"opacity": 0}),
        line(names["mean"], "mean", ROLE["platform"], width=2.2),
        line(names["cap"], "cap", INK, width=1.1, step="end", lineStyle=dashed, connectNulls=False),
        line(names["floor"], "floor", QUIET, width=1.1, step="end", lineStyle=dashed, connectNulls=False),
        beside("mean_before", ROLE["platform"]),
    ]  # fmt: skip
    drawn = (session.market.parameters, *([session.given.parameters] if session.is_comparing else []))
    platforms = [in_force.platform for parameters in drawn for in_force in parameters.in_turn]
    low = min(platform.pay_floor_per_hour for platform in platforms) * hours_of(session)
    high = max(platform.pay_cap_per_hour for platform in platforms) * hours_of(session)
    return over_time(session, NAME, COLUMNS, series, "EUR", y=round_axis(max(0.0, low - 1.0), high, most=5))


def row(days: Sequence[Snapshot], before: Sequence[Snapshot]) -> Row:
    """Return a day's row; a day without blocks has no prices."""
    snapshot = days[-1]
    day, platform = snapshot.day, snapshot.parameters.platform
    first, highest = day.pay_first_offer_per_block_eur, day.pay_highest_offer_per_block_eur
    is_open = day.date >= platform.launch_date
    floor = platform.pay_floor_per_hour * max(snapshot.parameters.blocks.slot_hours)
    return [
        day.date.isoformat(),
        number(first, 2),
        number(highest - first, 2),
        number(highest, 2),
        number(day.pay_mean_per_block_eur, 2),
        number(snapshot.cap_per_block, 2) if is_open else None,
        number(floor, 2) if is_open else None,
        number(before[-1].day.pay_mean_per_block_eur, 2) if before else None,
    ]


def hours_of(session: Session) -> float:
    """Return the hours of the longest slot."""
    return max(session.parameters.blocks.slot_hours)
