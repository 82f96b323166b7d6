"""Sentences of the page: their numbers add up as they say."""

import re
from types import SimpleNamespace

import pytest

from results.sentences import what_is_left


@pytest.mark.parametrize("mileage", [0.0, 0.1])
def test_what_is_left_of_an_hour_is_pay_and_top_up_less_car_and_tax(mileage, busy_market):
    market = busy_market(policy__mileage_eur_per_km=mileage)
    market.run()
    said = what_is_left(SimpleNamespace(days=market.days))  # type: ignore[arg-type]
    pay, *top_up, car, tax, left = map(float, re.findall(r"\d+\.\d\d", said.partition("an hour pays ")[2]))
    assert (len(top_up) == 1) == (mileage > 0.0)
    assert pay + sum(top_up) - car - tax == pytest.approx(left, abs=0.0251)  # five numbers, each rounded to cents
