"""Cases 9 and 11: costs that are seen are not regretted; tax is a matter of the sum, not of the order."""

import numpy as np
import pytest

from model import BlockMarket
from model.blocks import post
from model.matching import book
from model.net_income import schedules_on
from model.pricing.fixed import Fixed
from model.roster import GROUPS
from model.settlement import ACTIVE_DAYS, Takings, settle, show_up
from tests.theory.small_market import DAY, bare_parameters, evening, roster, terms_of

pytestmark = pytest.mark.rules

SEES_ALL = {"perception__car_cost": 1.0, "perception__tax": 1.0}
DRIVES_ALL = {"blocks__no_show": 0.0, "blocks__cancellation": 0.0}


def driven(**overrides):
    market = BlockMarket(rng=2, population__drivers=6_000, platform__station_limit_at_launch=80, **overrides)
    market.run(55)
    return market.drivers[market.drivers["blocks_driven"] > 0]


def test_who_sees_all_costs_and_drives_what_he_accepts_regrets_nothing():
    """Case 9: with λ = μ = 1 perceived surplus is true surplus (1e-12), driver by driver, taxes and notches included."""
    drivers = driven(**SEES_ALL, **DRIVES_ALL)
    assert drivers.size > 200
    assert drivers["perceived_surplus_total"] == pytest.approx(drivers["surplus_total"], rel=1e-12, abs=1e-9)
    assert (drivers["surplus_total"] > 0.0).all()


def test_who_sees_only_part_expects_more_than_he_gets():
    """Case 9, the other way round: with shares below 1 there is regret, so the case above is not empty."""
    drivers = driven(**DRIVES_ALL)
    assert drivers["perceived_surplus_total"].sum() > drivers["surplus_total"].sum() + 100.0


def test_regret_fades_with_experience():
    """Case 9 in the limit: regret is e^(−blocks/scale) of a newcomer's, so after many blocks there is none."""
    scale = 20.0
    seen = {"perception.car_cost": 0.6, "perception.tax": 0.7, "perception.learning_scale": scale}
    parameters = bare_parameters(seen | {"platform.first_offer_per_hour": 25.0})
    drivers = roster(np.zeros(4))
    drivers["blocks_driven"], drivers["income_this_month"] = np.array([0, 20, 40, 900]), 480.0  # beyond the tax-free part
    terms = terms_of(DAY, parameters, 0)
    trades = book(post(4, parameters.blocks, 1), Fixed(parameters), drivers, np.arange(4), terms).trades
    show_up(trades, drivers, 1, terms)
    settle(trades, drivers, np.zeros((ACTIVE_DAYS, len(GROUPS)), np.int64), terms)
    regret = drivers["perceived_surplus_total"] - drivers["surplus_total"]
    costs = 0.4 * drivers["car_cost_total"][0] + 0.3 * drivers["tax_total"][0]
    assert drivers["tax_total"][0] > 10.0
    assert regret == pytest.approx(costs * np.exp(-np.array([0.0, 1.0, 2.0, 45.0])), rel=1e-12, abs=1e-12)


def tax_by_definition(profit, archetype):
    """T(x) = x − (net(x) − net(0)), net linear between the table's nodes; profits here stay inside the table."""
    schedules = schedules_on(DAY)
    taxed = np.maximum(0.0, profit)
    net = np.array([np.interp(x, schedules.nodes, schedules.net[a]) for x, a in zip(taxed, archetype, strict=True)])
    return taxed - (net - schedules.net[archetype, 0])


SLOTS = {
    "blocks.slot_starts": (7.0, 11.0, 15.0), "blocks.slot_hours": (4.0, 3.0, 2.0), "blocks.slot_shares": (1.0, 1.0, 1.0),
    "blocks.per_driver_day": 3, "blocks.rounds": 4, "platform.first_offer_per_hour": 25.0,
}  # fmt: skip


@pytest.mark.parametrize("order", ["as accepted", "reversed", "shuffled"])
def test_tax_of_several_blocks_is_that_of_their_sum_in_any_order(order):
    """Case 11: Σ over a person's blocks of [T(x_j + profit_j) − T(x_j)] = T(x_n) − T(x_0), also across kinks and notches."""
    parameters, schedules = bare_parameters(SLOTS), schedules_on(DAY)
    rng, number = np.random.default_rng(11), 40 * len(schedules.archetypes)
    drivers = roster(np.zeros(number))
    drivers["archetype"] = np.arange(number) % len(schedules.archetypes)
    drivers["income_this_month"] = before = rng.uniform(-30.0, 900.0, number)
    terms = terms_of(DAY, parameters, 11)
    trades = evening(drivers, 3 * number, parameters, 11).trades.copy()
    show_up(trades, drivers, 3, terms)
    places = {
        "as accepted": np.arange(trades.size),
        "reversed": np.arange(trades.size)[::-1],
        "shuffled": rng.permutation(trades.size),
    }
    takings = Takings(*settle(trades[places[order]], drivers, np.zeros((ACTIVE_DAYS, len(GROUPS)), np.int64), terms))
    assert (drivers["blocks_driven"] >= 2).sum() > 500
    profit = drivers["pay_total"] - 0.30 * drivers["km_total"]
    assert drivers["income_this_month"] == pytest.approx(before + profit, abs=1e-9)
    expected = tax_by_definition(drivers["income_this_month"], drivers["archetype"]) - tax_by_definition(
        before, drivers["archetype"]
    )
    assert drivers["tax_total"] == pytest.approx(expected, abs=1e-9)
    assert takings.tax == pytest.approx(expected.sum(), rel=1e-12)
    assert (expected < 0.0).any()  # somewhere tax falls: the notches were crossed
