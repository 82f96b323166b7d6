"""The calendar on both sides, day by day, further than any run goes."""

from datetime import date, timedelta

from model.clock import is_working_day as is_working_day_of_the_product

from .dates import is_working_day


def test_both_calendars_agree_on_every_day_of_the_years_the_model_knows() -> None:
    day = date(2015, 1, 1)
    while day < date(2035, 1, 1):
        assert is_working_day(day) == is_working_day_of_the_product(day), day
        day += timedelta(1)
