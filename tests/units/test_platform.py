"""The platform's day before the evening: from when it recruits and offers, and how many blocks it plans."""

import math
from datetime import date

import pytest

from model import BlockMarket
from model.clock import is_working_day
from model.parcels import expected_arrivals

pytestmark = pytest.mark.rules

MONDAY = 0


@pytest.mark.parametrize(
    ("backlog", "expected", "own", "blocks"),
    [
        (50_000.0, 400_000.0, 430_000.0, 229),  # .4 · 20,000 parcels, 36 · .97 a block: 229.1
        (0.0, 400_000.0, 395_000.0, 57),  # .4 · 5,000: 57.3
        (10_000.0, 400_000.0, 420_000.0, 0),
        (90_000.0, 400_000.0, 400_000.0, 400),  # the stations' limit
    ],
)
def test_blocks_are_planned_for_a_share_of_what_carriers_will_not_manage(backlog, expected, own, blocks):
    """The queue and the day's parcels less what couriers carry, three weeks after launch."""
    platform = BlockMarket(population__drivers=0).platform
    assert platform.plan(date(2017, 12, 4), backlog, expected, own)["posted"].sum() == blocks


def test_recruiting_starts_two_weeks_before_blocks_are_offered():
    platform = BlockMarket(population__drivers=0).platform
    days = [date(2017, 10, 26), date(2017, 10, 27), date(2017, 11, 9), date(2017, 11, 10)]
    assert [platform.is_recruiting_on(day) for day in days] == [False, True, True, True]
    assert [platform.is_open_on(day) for day in days] == [False, False, False, True]
    nobody = BlockMarket(population__drivers=0, platform__policy="none").platform
    assert not any(nobody.is_recruiting_on(day) or nobody.is_open_on(day) for day in days)


def test_the_markets_forecast_is_yesterdays_queue_and_the_days_parcels_less_couriers_with_overtime():
    """Every working day but Mondays, when couriers come and go first; no station limit binds."""
    market = BlockMarket(rng=5, population__drivers=0, platform__station_limit_at_launch=10_000, platform__station_limit=10_000)
    p, planned = market.parameters, set()
    while market.today <= p.scenario.end_date:
        today, backlog = market.today, sum(float(carrier.queue.sum()) for carrier in market.carriers)
        normal, shock = sum(carrier.normal_attempts(today) for carrier in market.carriers), market.demand_shock
        market.step()
        if today >= p.platform.launch_date and is_working_day(today) and today.weekday() != MONDAY:
            expected = expected_arrivals(today, shock, p.demand, p.carriers.season_years)
            overtime = p.carriers.overtime_peak if today >= date(2017, 11, 15) else p.carriers.overtime_normal
            parcels = 0.4 * max(0.0, backlog + expected - normal * (1.0 + overtime))
            assert market.diary[-1].blocks_posted == math.floor(parcels / (36.0 * 0.97) + 0.5)
            planned.add(market.diary[-1].blocks_posted)
    assert len(planned) > 5
