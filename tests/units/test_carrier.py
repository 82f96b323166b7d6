"""A carrier's day by hand: what own couriers, the platform and relief vans may take, and the season's helpers."""

from datetime import date

import pytest

from model import BlockMarket

pytestmark = pytest.mark.rules

DAY = date(2017, 11, 8)


@pytest.fixture
def carrier():
    """The largest carrier, 200,000 parcels arrived today and 100,000 of yesterday waiting."""
    largest = BlockMarket(population__drivers=0).carriers[0]
    largest.queue[0] = 100_000.0
    largest.receive(200_000.0)
    return largest


def test_own_couriers_attempt_what_their_hours_and_overtime_allow(carrier):
    normal = carrier.normal_attempts(DAY)
    carried, missing = carrier.deliver(DAY, 0.04)
    assert carrier.own_attempts == pytest.approx(1.04 * normal, rel=1e-12)
    assert carried.delivered == pytest.approx(0.98 * 1.04 * normal, rel=1e-12)
    assert missing == 0.0  # more than arrived today was delivered; what waits is no gap
    assert carrier.deliver(DAY, 10.0)[0].delivered == pytest.approx(0.98 * (300_000.0 - 1.04 * normal), rel=1e-12)
    assert carrier.backlog == pytest.approx(0.0, abs=1e-9)


def test_couriers_are_paid_their_day_and_a_quarter_more_for_overtime(carrier):
    """The season's helpers too, and idle hours; overtime counts in days of a courier's usual attempts."""
    staff = carrier.couriers + carrier.season_couriers(DAY)
    a_day = carrier.wage_per_hour * 8.0
    assert carrier.gross_pay_eur(DAY) == pytest.approx(a_day * staff, rel=1e-12)
    carrier.deliver(DAY, 0.04)
    overtime = 0.04 * carrier.normal_attempts(DAY) / carrier.model.parcels_per_courier
    assert carrier.gross_pay_eur(DAY) == pytest.approx(a_day * (staff + 1.25 * overtime), rel=1e-12)


@pytest.mark.parametrize(("arrived", "limit"), [(200_000.0, False), (20_000.0, True)])
def test_the_platform_is_offered_a_share_of_what_own_couriers_leave(arrived, limit):
    """.4 of the rest, or of a day's arrivals where more is left."""
    carrier = BlockMarket(population__drivers=0).carriers[0]
    carrier.queue[0] = 300_000.0 - arrived
    carrier.receive(arrived)
    carrier.deliver(DAY, 0.04)
    left = 300_000.0 - 1.04 * carrier.normal_attempts(DAY)
    assert (left > arrived) == limit
    assert carrier.offered == pytest.approx(0.4 * min(left, arrived), rel=1e-12)


def test_relief_vans_take_up_to_their_share_of_normal_attempts_at_rising_cost(carrier):
    c, normal = carrier.model.parameters.carriers, carrier.normal_attempts(DAY)
    most = c.relief_limit * normal
    done = carrier.send_relief(DAY)
    assert done.delivered == pytest.approx(0.98 * most, rel=1e-12)
    assert carrier.relief_cost_eur == pytest.approx(
        c.relief_cost * most * (1.0 + c.relief_cost_slope * c.relief_limit / 2.0), rel=1e-12
    )
    carrier.queue[:] = 0.0
    carrier.queue[0] = 100.0
    assert carrier.send_relief(DAY).delivered == pytest.approx(98.0, rel=1e-12)


@pytest.mark.parametrize(
    ("day", "share"),
    [(date(2017, 10, 31), 0.0), (date(2017, 11, 1), 1 / 14), (DAY, 8 / 14), (date(2017, 11, 14), 1.0), (date(2017, 12, 24), 1.0),
     (date(2017, 12, 25), 0.0), (date(2018, 11, 14), 0.0)],
)  # fmt: skip
def test_the_seasons_helpers_are_a_share_of_the_staff_without_its_gap(carrier, day, share):
    c = carrier.model.parameters.carriers
    assert carrier.season_couriers(day) == pytest.approx(share * 0.94 * c.season_share * 1_290, rel=1e-12)
