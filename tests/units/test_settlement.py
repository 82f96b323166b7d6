"""After the day's work: who showed up, what a day's blocks are booked as, and who counts as active."""

from datetime import date

import numpy as np
import pytest

from model import Parameters
from model.blocks import post
from model.choice import budget
from model.matching import book
from model.population import draw_population
from model.pricing import pricing_policy
from model.random_draws import Purpose, uniform
from model.roster import GROUPS, Status
from model.settlement import ACTIVE_DAYS, Takings, settle, show_up
from model.terms import terms_of

pytestmark = pytest.mark.rules

DAY = date(2017, 11, 15)
SEED = 9


def worked_evening(number=300, blocks=200, **values):
    """Book and drive one evening; returns terms, the roster before settlement, the roster after, trades and takings."""
    named = {name.replace("__", "."): value for name, value in values.items()}
    parameters = Parameters().with_values({"population.drivers": number, "attention.opening_probability_per_tenth": 0.5, **named})
    drivers, terms = draw_population(parameters, SEED), terms_of(DAY, parameters, SEED)
    drivers["status"], drivers["income_this_month"] = Status.REGISTERED, 380.0
    trades = book(post(blocks, parameters.blocks, 1), pricing_policy(parameters), drivers, np.arange(number), terms).trades
    show_up(trades, drivers, 3, terms)
    before = drivers.copy()
    takings = Takings(*settle(trades, drivers, np.zeros((ACTIVE_DAYS, len(GROUPS)), np.int64), terms))
    return terms, before, drivers, trades, takings


def test_who_stays_away_is_drawn_once_per_person_and_slot():
    """A block is driven unless its own draw is below the share of no-shows; given back, it is not driven at all."""
    _, before, _, trades, takings = worked_evening(blocks__no_show=0.3)
    draws = [uniform(np.uint64(SEED), Purpose.NO_SHOW, DAY.toordinal(), before["person"][t["row"]], t["slot"]) for t in trades]
    assert trades["is_driven"].tolist() == [bool(t["is_held"]) and u >= 0.3 for t, u in zip(trades, draws, strict=True)]
    assert sum(t["is_held"] and 0.15 <= u < 0.3 for t, u in zip(trades, draws, strict=True)) > 5
    assert takings.driven == trades["is_driven"].sum() > 50


def test_a_drivers_blocks_are_taxed_one_on_top_of_the_other_and_his_income_is_their_profit():
    """In slot order, from the income of the month so far on."""
    terms, before, after, trades, _ = worked_evening(blocks__no_show=0.0, cars__fuel_price_factor=1.2)
    driven = trades[trades["is_driven"]]
    rows, blocks = np.unique(driven["row"], return_counts=True)
    assert (blocks == 2).sum() > 5
    for row in rows:
        driver, income, taxes, surplus = before[row].copy(), 380.0, 0.0, 0.0
        own = driven[driven["row"] == row]
        for trade in own[np.argsort(own["slot"])]:
            worth = budget(driver, trade["slot"], 0, trade["cents"] / 100.0, income, trade["reservation_wage"], terms)
            income, taxes, surplus = income + worth.profit, taxes + worth.tax, surplus + worth.surplus
        km = own.size * (25.0 + 2.0 * driver["way_km"][0])
        settled = after[row]
        assert settled["income_this_month"] == pytest.approx(income, rel=1e-12)
        assert settled["tax_total"] == pytest.approx(taxes, rel=1e-12, abs=1e-9)
        assert settled["surplus_this_week"] == pytest.approx(surplus, rel=1e-12, abs=1e-9)
        assert settled["km_total"] == pytest.approx(km, rel=1e-12)
        assert settled["car_cost_total"] == pytest.approx(km * driver["cost_per_km"], rel=1e-12)
        assert settled["full_car_cost_total"] == pytest.approx(km * driver["full_cost_per_km"], rel=1e-12)
        assert settled["blocks_driven"] == own.size


def test_the_days_takings_are_the_sums_over_its_drivers():
    """Money to 1e-9: sums of a few hundred terms in another order."""
    _, before, after, trades, takings = worked_evening()
    driven = trades[trades["is_driven"]]
    ways = 2.0 * before["way_km"][driven["row"], 0] / 28.0
    assert takings.block_hours == pytest.approx(4.0 * driven.size, rel=1e-12)
    assert takings.hours == pytest.approx((4.0 + ways).sum(), rel=1e-12)
    assert takings.time_value == pytest.approx((driven["reservation_wage"] * (4.0 + ways)).sum(), rel=1e-12)
    assert takings.pay == pytest.approx(driven["cents"].sum() / 100.0, rel=1e-12)
    for name in ("car_cost", "full_car_cost", "tax", "net", "surplus", "perceived_surplus"):
        assert getattr(takings, name) == pytest.approx(after[f"{name}_total"].sum(), rel=1e-12, abs=1e-9), name
    assert takings.surplus == pytest.approx(takings.net - takings.time_value, rel=1e-12, abs=1e-9)
    assert takings.full_car_cost > takings.car_cost > 0.0


@pytest.mark.parametrize(("days_later", "others_left"), [(1, 0), (27, 0), (28, 1), (29, 1)])
def test_who_drives_again_is_struck_off_his_last_day_only_while_it_counts(days_later, others_left):
    """After 28 days his last day's place in the calendar belongs to today: what stands there is not his to take."""
    terms, _, drivers, trades, _ = worked_evening(number=60)
    row = int(trades["row"][trades["is_driven"]][0])
    own = trades[(trades["row"] == row) & trades["is_driven"]]
    group, place = drivers[row]["group"], DAY.toordinal() % ACTIVE_DAYS
    driving = np.zeros((ACTIVE_DAYS, len(GROUPS)), np.int64)
    driving[place, group] = 1
    drivers["last_block_on"][row] = DAY.toordinal()
    terms.date = DAY.toordinal() + days_later
    settle(own, drivers, driving, terms)
    today = terms.date % ACTIVE_DAYS
    assert driving.sum() == 1 + others_left
    assert driving[today, group] == (2 if today == place else 1)
    assert drivers["last_block_on"][row] == terms.date
