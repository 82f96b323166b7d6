"""Dates: Berlin's holidays, Easter, weeks over the turn of a year, the seasons of the parcel trade."""

from datetime import date, timedelta

import pytest

from model.clock import (
    easter_sunday,
    holidays,
    is_christmas_rush,
    is_overtime_season,
    is_working_day,
    season_stock_share,
    week_number,
    years_between,
)

pytestmark = pytest.mark.rules


@pytest.mark.parametrize(
    "easter",
    [date(1961, 4, 2), date(2000, 4, 23), date(2008, 3, 23), date(2011, 4, 24), date(2016, 3, 27), date(2017, 4, 16),
     date(2018, 4, 1), date(2019, 4, 21), date(2024, 3, 31), date(2025, 4, 20), date(2038, 4, 25), date(2285, 3, 22)],
)  # fmt: skip
def test_easter_falls_on_the_almanacs_date(easter):
    assert easter_sunday(easter.year) == easter


def test_berlin_has_ten_holidays_in_2017_the_reformation_jubilee_among_them():
    assert holidays(2017) == {
        date(2017, 1, 1), date(2017, 4, 14), date(2017, 4, 17), date(2017, 5, 1), date(2017, 5, 25), date(2017, 6, 5),
        date(2017, 10, 3), date(2017, 10, 31), date(2017, 12, 25), date(2017, 12, 26),
    }  # fmt: skip


def test_holidays_come_once_or_from_the_year_of_their_law():
    assert date(2018, 10, 31) not in holidays(2018)
    assert date(2018, 3, 8) not in holidays(2018)
    assert date(2019, 3, 8) in holidays(2019)
    assert date(2020, 5, 8) in holidays(2020)
    assert date(2021, 5, 8) not in holidays(2021)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2017, 11, 11), True),  # Saturday
        (date(2017, 11, 12), False),  # Sunday
        (date(2017, 10, 31), False),  # Tuesday, Reformation
        (date(2017, 11, 1), True),  # All Saints' is no holiday in Berlin
        (date(2017, 12, 24), False),  # a Sunday
        (date(2018, 12, 24), True),  # a Monday
        (date(2017, 12, 25), False),
        (date(2016, 2, 29), True),
    ],
)
def test_work_is_monday_to_saturday_without_holidays(day, works):
    assert is_working_day(day) is works


def test_weeks_run_from_monday_over_the_turn_of_every_year():
    """Counted one by one from 2000: the number rises by one on Mondays and on no other day."""
    day, number = date(2000, 1, 1), week_number(date(2000, 1, 1))
    while day < date(2031, 1, 1):
        day += timedelta(1)
        number += day.weekday() == 0
        assert week_number(day) == number
    assert week_number(date(2018, 1, 1)) == date(2018, 1, 1).toordinal() // 7


def test_a_year_has_365_and_a_quarter_days():
    assert years_between(date(2017, 7, 1), date(2021, 7, 1)) == 4.0
    assert years_between(date(2017, 7, 1), date(2013, 7, 1)) == -4.0


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(2017, 10, 31), 0.0),
        (date(2017, 11, 1), 1 / 14),
        (date(2017, 11, 7), 0.5),
        (date(2017, 11, 14), 1.0),
        (date(2017, 12, 24), 1.0),
        (date(2017, 12, 25), 0.0),
        (date(2018, 1, 2), 0.0),
    ],
)
def test_season_couriers_come_over_14_days_and_are_gone_on_christmas_day(day, share):
    assert season_stock_share(day) == pytest.approx(share, rel=1e-12)


def test_the_rush_and_the_overtime_season_begin_and_end_on_their_days():
    rush = [day for day in range(365) if is_christmas_rush(date(2017, 1, 1) + timedelta(day))]
    overtime = [day for day in range(365) if is_overtime_season(date(2017, 1, 1) + timedelta(day))]
    first_and_last = [date(2017, 1, 1) + timedelta(days) for days in (rush[0], rush[-1], overtime[0], overtime[-1])]
    assert first_and_last == [date(2017, 11, 1), date(2017, 12, 23), date(2017, 11, 15), date(2017, 12, 24)]
