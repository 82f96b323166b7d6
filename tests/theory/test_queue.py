"""Case 14: a carrier with too few couriers and nobody to help."""

from datetime import timedelta

import numpy as np
import pytest

from model import BlockMarket
from model.carrier import deliver_together
from tests.theory.small_market import DAY

pytestmark = pytest.mark.rules

PATIENCE = 10
ALONE = {
    "platform__policy": "none", "population__drivers": 0, "carriers__failed_to_queue": 0.0, "carriers__relief_limit": 0.0,
    "carriers__season_years": (), "carriers__patience_days": PATIENCE, "carriers__starting_gap_share": 0.0,
}  # fmt: skip


@pytest.mark.parametrize("load", [1.25, 2.0])
def test_a_queue_grows_by_the_excess_until_the_oldest_are_refunded(load):
    """Case 14: (D − K)·t until age = patience; then D − K refunds a day and every delivered parcel that old.

    Before, by counting: day t delivers parcels K(t−1) to Kt in order of arrival, and late are those of day t − 1 − promise
    or before, which are the first D(t − 1 − promise).
    """
    market = BlockMarket(rng=0, scenario__start_date=DAY, **ALONE)
    carriers = market.carriers
    capacity = sum(carrier.normal_attempts(DAY) for carrier in carriers)
    arrived = load * capacity
    shares = np.array([carrier.normal_attempts(DAY) for carrier in carriers]) / capacity
    for carrier, share in zip(carriers, shares, strict=True):
        carrier.share = share  # in proportion to couriers, who are whole persons: every carrier has the same load
    promise = market.parameters.carriers.promise_days
    excess, days_until_refunds = arrived - capacity, PATIENCE / (1.0 - 1.0 / load)
    for t in range(1, int(days_until_refunds) + 40):
        done = deliver_together(carriers, DAY + timedelta(t), arrived, 0.0, 0.0)
        backlog = sum(carrier.backlog for carrier in carriers)
        assert done.gap == pytest.approx(excess, rel=1e-12)  # a flow, never the queue
        assert done.own == pytest.approx(capacity, rel=1e-12)
        if t <= days_until_refunds:
            assert (backlog, done.refunded) == pytest.approx((excess * t, 0.0), rel=1e-12, abs=1e-6)
            late = np.clip(arrived * (t - 1 - promise), capacity * (t - 1), capacity * t) - capacity * (t - 1)
            assert done.late == pytest.approx(late, rel=1e-9, abs=1e-6)
        elif t > days_until_refunds + 1:
            assert (done.refunded, backlog) == pytest.approx((excess, PATIENCE * arrived), rel=1e-9)
            for carrier in carriers:
                assert carrier.queue[:PATIENCE] == pytest.approx(np.full(PATIENCE, arrived * carrier.share), rel=1e-9)
            assert done.late == pytest.approx(capacity, rel=1e-12)
        assert (done.by_platform, done.by_relief) == (0.0, 0.0)


def test_relief_vans_take_what_the_drivers_leave():
    """Case 14 with help, a first day by counting: couriers K, drivers their offer, vans the rest up to their limit."""
    market = BlockMarket(
        rng=0, scenario__start_date=DAY, **(ALONE | {"carriers__relief_limit": 0.2, "blocks__delivered_share": 1.0})
    )
    capacity = sum(carrier.normal_attempts(DAY) for carrier in market.carriers)
    arrived, divertible = 1.25 * capacity, market.parameters.carriers.divertible_share
    for carrier in market.carriers:
        carrier.share = carrier.normal_attempts(DAY) / capacity
    done = deliver_together(market.carriers, DAY, arrived, 0.0, 1e9)
    rest = arrived - capacity
    expected = (capacity, divertible * rest, rest - divertible * rest)
    assert (done.own, done.by_platform, done.by_relief) == pytest.approx(expected, rel=1e-12)
