"""Case 10: without blocks, parcels to give away, or persons, the platform is as if it were not there."""

import numpy as np
import pytest

from model import BlockMarket
from model.welfare import money

pytestmark = pytest.mark.rules

DAYS = 75
SMALL = {"population__drivers": 3_000, "scenario__start_date": "2017-10-16"}
NO_BLOCKS = {
    "platform__station_limit": 0,
    "platform__station_limit_at_launch": 0,
    "platform__station_limit_per_week": 0,
}
NOTHING = {
    "no blocks": NO_BLOCKS,
    "nothing divertible": {"carriers__divertible_share": 0.0},
    "nobody in the pool": {"population__drivers": 0},
}
OF_DRIVING = [
    "parcels_delivered_by_platform", "blocks_filled", "blocks_no_show", "blocks_taken", "blocks_driven", "pay_total_eur",
    "mileage_total_eur", "car_cost_total_eur", "full_car_cost_total_eur", "tax_total_eur", "net_total_eur", "driver_hours",
    "block_surplus_total_eur", "block_surplus_perceived_total_eur", "drivers_active",
]  # fmt: skip
OF_CARRIERS = [
    "parcels_arrived", "parcels_expected", "parcels_delivered_by_carriers", "parcels_delivered_by_relief", "parcels_gap",
    "parcels_delivered_late", "parcels_refunded", "parcels_backlog", "parcels_late_waiting", "parcels_overdue", "overtime_share",
    "couriers_employed", "couriers_season", "couriers_hired", "couriers_left", "courier_vacancies", "courier_wage_per_hour_eur",
]  # fmt: skip


def diary(**overrides):
    market = BlockMarket(rng=9, **(SMALL | overrides))
    market.run(DAYS)
    return market.days


@pytest.fixture(scope="module")
def without_platform():
    return diary(platform__policy="none")


@pytest.mark.parametrize("nothing", NOTHING)
def test_nothing_bought_is_nothing_paid_and_carriers_do_not_notice(nothing, without_platform):
    """Case 10: no blocks driven, no pay; the carriers' columns are bit-equal to those of the arm without a platform."""
    days = diary(**NOTHING[nothing])
    assert (days[OF_DRIVING].to_numpy() == 0).all()
    assert days["pay_mean_per_block_eur"].isna().all()
    assert days[OF_CARRIERS].to_numpy().tobytes() == without_platform[OF_CARRIERS].to_numpy().tobytes()
    if nothing != "nobody in the pool":
        assert days["blocks_posted"].sum() == days["app_openings"].sum() == 0
        assert days["drivers_registered"].max() > 0  # there was somebody who could have driven


def test_with_something_to_buy_carriers_do_notice(without_platform):
    """Case 10, the other way round: the market with blocks differs, so the comparison above is not empty."""
    days = diary()
    assert days["pay_total_eur"].sum() > 0.0
    assert days["parcels_backlog"].sum() < without_platform["parcels_backlog"].sum()


@pytest.mark.parametrize("nothing", [*NOTHING, "something"])
def test_every_parcel_is_delivered_refunded_or_waiting(nothing):
    """Case 10: arrived = delivered + refunded + change of the backlog, on every day, to 1e-12 of the day's arrivals."""
    days = diary(**NOTHING.get(nothing, {}))
    delivered = days["parcels_delivered_by_carriers"] + days["parcels_delivered_by_platform"]
    change = np.diff(days["parcels_backlog"], prepend=0.0)
    missing = days["parcels_arrived"] - delivered - days["parcels_refunded"] - change
    assert missing.abs().max() < 1e-12 * (days["parcels_arrived"].max() + days["parcels_backlog"].max())


@pytest.mark.parametrize("nothing", NOTHING)
def test_the_ledger_of_nothing_bought(nothing):
    """Case 10 in the accounts: carriers' own flows are bit-equal to the arm without a platform, drivers' and the fee are 0.

    Two flows are not 0 by the ledger's own rules: F12 and F17 of those who register in hope, and the penalty F13 where blocks
    are posted and there is nobody to take them.
    """
    markets = [BlockMarket(rng=9, **(SMALL | changes)) for changes in (NOTHING[nothing], {"platform__policy": "none"})]
    for market in markets:
        market.run(DAYS)
    with_it, without = ([money(day, market.parameters) for day in market.diary] for market in markets)
    for flow in ("F1", "F8", "F9", "F10", "F11", "F14", "F15", "F16"):
        assert [day[flow] for day in with_it] == [day[flow] for day in without]
    for flow in ("F2", "F3", "F4", "F5", "F6"):
        assert not any(day[flow] for day in with_it)
    registered = sum(day.drivers_admitted for day in markets[0].diary)
    overhead = markets[0].parameters.platform.overhead_registration
    assert sum(day["F12"] for day in with_it) == registered * overhead
    assert any(day["F13"] for day in with_it) == (nothing == "nobody in the pool")
