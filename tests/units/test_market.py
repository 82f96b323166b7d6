"""The calendar's turn: what is forgotten overnight, and on which day."""

from datetime import date

import numpy as np
import pytest

from model import BlockMarket

pytestmark = pytest.mark.rules


@pytest.mark.parametrize(
    ("day", "income", "hours"),
    [
        (date(2017, 10, 31), 0.0, 8.0),  # Tuesday, and tomorrow is the first
        (date(2017, 11, 1), 100.0, 8.0),
        (date(2017, 11, 5), 100.0, 0.0),  # tomorrow is Monday
        (date(2017, 11, 11), 100.0, 8.0),
        (date(2018, 12, 31), 0.0, 8.0),
    ],
)
def test_side_income_starts_anew_on_the_first_and_the_weeks_hours_on_monday(day, income, hours):
    market = BlockMarket(population__drivers=3, scenario__start_date=day, scenario__end_date=date(2019, 1, 31))
    market.registered_rows = np.arange(3)
    market.drivers["income_this_month"], market.drivers["hours_held_this_week"] = 100.0, 8.0
    market.turn_the_calendar()
    assert (market.drivers["income_this_month"] == income).all()
    assert (market.drivers["hours_held_this_week"] == hours).all()
