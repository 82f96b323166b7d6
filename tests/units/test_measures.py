"""Measures are summed from the diary; the tables of the same run give the same, bit for bit."""

import numpy as np
import pytest

from experiments.measures import ACCOUNT_OF, NUMBERS, has_run_off, summary_of, sums, totals, working_days


@pytest.fixture(scope="module", params=[{}, {"platform__policy": "none"}, {"carriers__couriers": 2000}], ids=["", "alone", "short"])
def market(request, busy_market):
    market = busy_market(rng=3, **request.param)
    market.run(147)
    return market


@pytest.mark.parametrize("days", [0, 1, 7, 8, 60, 147])
def test_sums_are_those_of_the_columns(market, days):
    """Days without a block have no pay: what is not known counts as nothing in both."""
    counted = sums(market.diary[:days])
    assert list(counted) == list(NUMBERS)
    assert counted == totals(market.days.head(days))


def test_surpluses_are_those_of_the_ledger(market):
    summary, ledger = summary_of(market.diary, market.parameters), market.ledger
    for name, account in ACCOUNT_OF.items():
        amounts = ledger.loc[ledger["account"] == account, "amount_eur"]
        assert summary[f"{name}_surplus_total_eur"] == sum(amounts.tolist()), name


def test_shares_and_peaks_are_those_of_the_columns(market):
    days, summary = market.days, summary_of(market.diary, market.parameters)
    assert summary["drivers_active_peak"] == days["drivers_active"].max()
    assert summary["parcels_waiting_at_end"] == days["parcels_backlog"].iloc[-1]
    late = days["parcels_delivered_late"].sum()
    delivered = days["parcels_delivered_by_carriers"].sum() + days["parcels_delivered_by_platform"].sum()
    assert summary["parcels_late_share"] == late / delivered
    assert all(isinstance(value, float | int | bool) and not isinstance(value, np.generic) for value in summary.values())


def test_queues_have_run_off_when_less_than_a_thousandth_of_a_days_parcels_is_overdue(market):
    days = market.days
    limit = 0.001 * working_days(days)["parcels_arrived"].mean()
    for length in range(1, len(days) + 1, 13):
        expected = days["parcels_overdue"].iloc[length - 1] <= 0.001 * working_days(days.head(length))["parcels_arrived"].mean()
        assert has_run_off(market.diary[:length]) is bool(expected)
    assert limit > 0.0
