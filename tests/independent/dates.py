"""Berlin's calendar: holidays, working days, weeks and years as the fine print counts them."""

from datetime import date, timedelta
from functools import cache

DAYS_PER_YEAR = 365.25
SATURDAY = 5
SUNDAY = 6
HELD_ONCE = (date(2017, 10, 31), date(2020, 5, 8), date(2025, 5, 8), date(2028, 6, 17))
FIRST_WOMENS_DAY = 2019


def easter_sunday(year: int) -> date:
    """Return Easter by the Gregorian rule (Meeus, Jones, Butcher)."""
    golden = year % 19
    century, year_of_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_correction + 15) % 30
    leap_years, year_rest = divmod(year_of_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leap_years - epact - year_rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    """Return Berlin's public holidays of a year."""
    easter = easter_sunday(year)
    found = {date(year, 1, 1), date(year, 5, 1), date(year, 10, 3), date(year, 12, 25), date(year, 12, 26)}
    for days_after_easter in (-2, 1, 39, 50):
        found.add(easter + timedelta(days_after_easter))
    if year >= FIRST_WOMENS_DAY:
        found.add(date(year, 3, 8))
    for single in HELD_ONCE:
        if single.year == year:
            found.add(single)
    return frozenset(found)


def is_working_day(day: date) -> bool:
    """Say whether parcels move: Monday to Saturday, no holiday."""
    return day.weekday() != SUNDAY and day not in holidays(day.year)


def is_monday(day: date) -> bool:
    """Say whether the week's phases come first today."""
    return day.weekday() == 0


def week_number(day: date) -> int:
    """Return the number of the week that began on the latest Monday."""
    return (day.toordinal() - day.weekday()) // 7


def years_between(since: date, day: date) -> float:
    """Return a distance in years of 365.25 days."""
    return (day - since).days / DAYS_PER_YEAR


def is_within(day: date, first: tuple[int, int], last: tuple[int, int]) -> bool:
    """Say whether a day lies between two (month, day), both included."""
    return first <= (day.month, day.day) <= last
