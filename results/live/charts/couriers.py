"""Couriers of the carriers, the season's helpers on top, and posts that nobody fills."""

from collections.abc import Sequence

from results.theme import PALE, ROLE

from .. import words
from ..session import Session
from ..snapshot import Snapshot
from .frame import Option, Row, beside, line, number, over_time

NAME = "couriers"
LEGEND = (("couriers", ROLE["carriers"]), ("season", PALE["carriers"]), ("vacancies", ROLE["recipients"]))
COLUMNS = ("couriers", "season", "vacancies", "vacancies_before")


def option(session: Session) -> Option:
    """Return the chart without its rows."""
    names = words.SERIES
    series = [
        line(names["couriers"], "couriers", ROLE["carriers"], stack="staff", width=1.2,
             areaStyle={"color": ROLE["carriers"], "opacity": 0.75}),
        line(names["season"], "season", PALE["carriers"], stack="staff", width=1.2,
             areaStyle={"color": PALE["carriers"], "opacity": 1}),
        line(names["vacancies"], "vacancies", ROLE["recipients"], width=2.2),
        beside("vacancies_before", ROLE["recipients"]),
    ]  # fmt: skip
    return over_time(session, NAME, COLUMNS, series, "persons", y={"boundaryGap": [0, "8%"]})


def row(days: Sequence[Snapshot], before: Sequence[Snapshot]) -> Row:
    """Return a day's row."""
    day = days[-1].day
    return [
        day.date.isoformat(),
        day.couriers_employed,
        number(day.couriers_season, 0),
        day.courier_vacancies,
        before[-1].day.courier_vacancies if before else None,
    ]
