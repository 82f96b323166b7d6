"""Dates: working days, Berlin's holidays, weeks, the Christmas season, and how years are counted."""

from datetime import date, timedelta
from functools import cache

DAYS_PER_YEAR = 365.25
WEEKS_PER_YEAR = 52.18
SATURDAY, SUNDAY = 5, 6

# Once only, by state law: 500 years of the Reformation; 75 and 80 years since the end of the war; 75 years since 17 June 1953.
_ONCE = {date(2017, 10, 31), date(2020, 5, 8), date(2025, 5, 8), date(2028, 6, 17)}


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Butcher's algorithm)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    """Return Berlin's public holidays of a year (Feiertagsgesetz Berlin); women's day since 2019."""
    easter = easter_sunday(year)
    moving = {easter + timedelta(days) for days in (-2, 1, 39, 50)}  # Good Friday, Easter Monday, Ascension, Whit Monday
    fixed = {date(year, month, day) for month, day in ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))}
    womens_day = {date(year, 3, 8)} if year >= 2019 else set()
    return frozenset(moving | fixed | womens_day | {day for day in _ONCE if day.year == year})


def is_working_day(day: date) -> bool:
    """Tell whether parcels move: Monday to Saturday without public holidays."""
    return day.weekday() != SUNDAY and day not in holidays(day.year)


def week_number(day: date) -> int:
    """Return the number of the week, counted by Mondays, so that weeks run on over the turn of a year."""
    return (day.toordinal() - day.weekday()) // 7


def years_between(start: date, day: date) -> float:
    """Count years of 365.25 days; negative before the start."""
    return (day.toordinal() - start.toordinal()) / DAYS_PER_YEAR


def is_christmas_rush(day: date) -> bool:
    """Tell whether the Christmas extra arrives: 1 November to 23 December."""
    return date(day.year, 11, 1) <= day <= date(day.year, 12, 23)


def season_stock_share(day: date) -> float:
    """Return which share of the season's couriers is there: rising over the 14 days from 1 November, gone on 25 December."""
    if not date(day.year, 11, 1) <= day <= date(day.year, 12, 24):
        return 0.0
    return min(1.0, (day - date(day.year, 10, 31)).days / 14)


def is_overtime_season(day: date) -> bool:
    """Tell whether overtime is at its peak whatever the queues: 15 November to 24 December."""
    return date(day.year, 11, 15) <= day <= date(day.year, 12, 24)
