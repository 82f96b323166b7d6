"""The accounts close: every day, in any scenario, for any seed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.measures import summary_of
from experiments.scenario import load_scenario, scenario_names
from model import BlockMarket
from model.welfare import ACCOUNTS, MONEY, NOT_MONEY, entries, surpluses, welfare_from_costs
from tests.identities.wide_scenarios import scenarios, walk

pytestmark = pytest.mark.rules

LEDGER = 1e-9  # relative: sums over a day's flows


def turnover(ledger):
    return sum(abs(entry.amount) for entry in ledger)


def check_day(day, parameters):
    """Money sums to zero flow by flow; welfare is equal both ways; what drivers gain in the ledger is what the day says."""
    ledger = entries(day, parameters)
    for code in MONEY:
        amounts = [entry.amount for entry in ledger if entry.flow == code]
        assert sum(amounts) == 0.0
        assert len(amounts) == 2
    gained = surpluses(ledger)
    scale = turnover(ledger)
    assert abs(sum(gained.values()) - welfare_from_costs(day, parameters)) <= LEDGER * scale
    assert abs(gained["drivers"] - day.driver_surplus_total_eur) <= LEDGER * scale
    assert abs(gained["rest"]) <= LEDGER * scale


@settings(max_examples=30)
@given(parameters=scenarios(), seed=st.integers(0, 2**64 - 1))
def test_accounts_close_every_day_in_any_scenario(parameters, seed):
    for evening in walk(BlockMarket(parameters, rng=seed)):
        check_day(evening.day, parameters)


@pytest.mark.parametrize("name", scenario_names())
def test_accounts_close_every_day_in_every_scenario(name):
    parameters = load_scenario(name)
    market = BlockMarket(parameters, rng=1, population__drivers=4_000)
    market.run()
    for day in market.diary:
        check_day(day, parameters)
    summary, ledger = summary_of(market.diary, parameters), market.ledger
    money = ledger[ledger["flow"].isin(list(MONEY))]["amount_eur"].to_numpy()
    assert abs(money.sum()) <= LEDGER * np.abs(money).sum()
    total = sum(value for key, value in summary.items() if key.endswith("_surplus_total_eur"))
    assert summary["welfare_total_eur"] == total


def test_the_ledger_lists_every_flow_of_every_day_with_its_accounts():
    market = BlockMarket(rng=1, population__drivers=500)
    market.run(14)
    ledger = market.ledger
    assert list(ledger.columns) == ["date", "flow", "account", "amount_eur"]
    expected = {(code, name) for code, flow in MONEY.items() for name in (flow.payer, flow.receiver)}
    expected |= {(code, name) for code, (accounts, _) in NOT_MONEY.items() for name in accounts}
    for _, day in ledger.groupby("date"):
        assert sorted(zip(day["flow"], day["account"], strict=True)) == sorted(expected)
    assert {name for _, name in expected} == set(ACCOUNTS)


def test_a_day_without_work_moves_no_money_but_registrations():
    market = BlockMarket(load_scenario("berlin-christmas-2017"), rng=1, population__drivers=2_000)
    market.run()
    idle = [day for day in market.diary if day.parcels_arrived == 0.0]
    assert any(day.date.weekday() == 0 for day in idle)  # a Monday that is a holiday
    for day in idle:
        moved = {entry.flow for entry in entries(day, market.parameters) if entry.amount != 0.0}
        assert moved <= {"F12", "F17", "N2", "N6"}
        assert bool(moved) == (day.drivers_admitted > 0)


def test_what_money_changes_hands_for_by_hand():
    """One day of known quantities: each flow is price times quantity (MODEL sections 5 and 9)."""
    from datetime import date

    from model import Parameters
    from model.records import Day
    from model.welfare import money, relief_cost

    p = Parameters().with_values({"welfare.late_compensation": 0.5})
    day = Day(
        date(2017, 12, 1), parcels_arrived=1_000.0, parcels_delivered_by_carriers=900.0, parcels_delivered_by_platform=70.56,
        parcels_offered_to_platform=100.0, parcels_delivered_late=10.0, parcels_refunded=2.0, blocks_posted=4, blocks_driven=2,
        parcels_attempted_by_own_couriers=800.0, relief_cost_eur=300.0, courier_gross_pay_eur=1_000.0, car_cost_total_eur=24.0,
        pay_total_eur=120.0, tax_total_eur=12.0, drivers_admitted=3, entry_money_eur=240.0,
    )  # fmt: skip
    flows = money(day, p)
    expected = {
        "F1": 3.5 * 970.56, "F2": 2.5 * 70.56, "F3": 120.0, "F4": 0.0, "F5": 12.0, "F6": 24.0, "F7": 0.35 * (24.0 + 320.0 + 300.0),
        "F8": 1_210.0, "F9": 530.0, "F10": 320.0, "F11": 300.0, "F12": 20.0 + 75.0, "F13": 0.5 * (100.0 - 72.0), "F14": 5.0,
        "F15": 80.0, "F16": 10.0, "F17": 240.0,
    }  # fmt: skip
    assert flows == pytest.approx(expected, rel=1e-12)
    assert relief_cost(50.0, 1_000.0, 3.0, 5.0) == pytest.approx(3.0 * (50.0 + 5.0 * 2_500.0 / 2_000.0), rel=1e-12)
    assert relief_cost(0.0, 0.0, 3.0, 5.0) == 0.0


def test_what_is_lost_beside_money_by_hand():
    """The same for what is no money: amount times value, per account (MODEL sections 5 and 9)."""
    from datetime import date

    from model import Parameters
    from model.records import Day
    from model.welfare import money, not_money

    p = Parameters().with_values({"welfare.courier_rent_share": 0.25})
    saturday = Day(
        date(2017, 12, 2), parcels_late_waiting=30.0, parcels_refunded=2.0, courier_gross_pay_eur=1_000.0,
        driver_time_value_eur=50.0, entry_time_value_eur=18.0, blocks_driven=2,
    )  # fmt: skip
    lost = [(entry.flow, entry.account, entry.amount) for entry in not_money(saturday, money(saturday, p), p)]
    assert lost == [
        ("N1", "drivers", -50.0),
        ("N2", "drivers", -18.0),
        ("N3", "couriers", pytest.approx(-0.75 * 680.0, rel=1e-12)),
        ("N4", "recipients", -30.0),  # a working day costs lateness, though nothing arrives on it
        ("N5", "recipients", -90.0),
        ("N5", "shippers", pytest.approx(64.0, rel=1e-12)),
        ("N6", "rest", -30.0),  # overhead of two blocks, handling of two refunds
    ]
    sunday = Day(date(2017, 12, 3), parcels_late_waiting=30.0)
    assert ("N4", "recipients", 0.0) in not_money(sunday, money(sunday, p), p)
