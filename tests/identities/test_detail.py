"""Measures in more detail add up to those of the summary, and a sweep has them where its design says so."""

import math
from datetime import date, timedelta

import numpy as np
import pyarrow.parquet as pq
import pytest

from experiments.block_by_block import BlockByBlock, cars_of, hours_and_left, observed
from experiments.design import read_design
from experiments.detail import BELOW_BEFORE_TAX, EARLY, LATE_DAYS, class_of_car, detail_of, in_period, periods
from experiments.measures import summary_of, sums
from experiments.sweep.plan import plan_of
from experiments.sweep.run import sweep
from model import BlockMarket
from model.car_costs import fuel_adjusted
from model.parameters import ParameterError
from model.parameters.changes import Change
from model.roster import GROUPS
from model.terms import terms_of
from tests.sweeping import here

SETTINGS = {
    "scenario__end_date": date(2018, 3, 3),
    "exit__replacement_per_week": 0.5,  # so that some who drove are former drivers
    "exit__hazard_per_week": 0.05,
}


def persons_of(market):
    return np.concatenate([market.drivers, market.former_drivers])


def detail_for(market, notes):
    return detail_of(persons_of(market), market.diary, market.parameters, notes, market.draw_seed)


@pytest.fixture(scope="module")
def market_and_notes(busy_market):
    market = busy_market(3, **SETTINGS)
    notes = observed(market, None)
    assert market.former_drivers["blocks_driven"].sum() > 0
    return market, notes


@pytest.fixture(scope="module")
def market(market_and_notes):
    return market_and_notes[0]


@pytest.fixture(scope="module")
def detail(market_and_notes):
    return detail_for(*market_and_notes)


@pytest.mark.parametrize("kind", ["group", "car", "district"])
def test_parts_add_up_to_all_blocks(kind, detail, market):
    parts = {name: value for name, value in detail.items() if name.startswith(f"blocks_driven.{kind}.")}
    assert sum(parts.values()) == sums(market.diary)["blocks_driven"] == detail["blocks_driven"]
    below = "share_of_blocks_below_minimum_wage"
    shares = (detail[name.replace("blocks_driven", below)] * blocks for name, blocks in parts.items() if blocks)
    assert sum(shares) == pytest.approx(sums(market.diary)["blocks_below_minimum_wage"])


def test_groups_add_up_to_the_drivers_surplus_registering_included(detail, market):
    by_group = [detail[f"driver_surplus_total_eur.group.{group}"] for group in GROUPS]
    assert sum(by_group) == pytest.approx(summary_of(market.diary, market.parameters)["driver_surplus_total_eur"], rel=1e-9)


def test_they_add_up_where_registering_gets_dearer_midway(busy_market):
    parameters = busy_market(3, **SETTINGS).parameters
    changes = [Change(date(2017, 12, 1), "entry.money", 200.0), Change(date(2017, 12, 1), "platform.fee", 3.5)]
    market = BlockMarket(parameters.with_changes(changes), rng=3)
    found = detail_for(market, observed(market, None))
    summary = summary_of(market.diary, market.parameters)
    by_group = sum(found[f"driver_surplus_total_eur.group.{group}"] for group in GROUPS)
    assert by_group == pytest.approx(summary["driver_surplus_total_eur"], rel=1e-9)
    fees = market.ledger.query("flow == 'F2' and account == 'platform'")["amount_eur"].sum()
    assert found["platform_fees_total_eur"] == pytest.approx(fees, rel=1e-9)


def test_what_is_left_lies_between_that_of_its_parts(detail, market):
    summary = summary_of(market.diary, market.parameters)
    for measure in ("net_pay_per_hour_eur", "net_pay_per_hour_full_cost_eur"):
        parts = [value for name, value in detail.items() if name.startswith(f"{measure}.group.") and value == value]
        assert min(parts) <= summary[measure] <= max(parts)


def test_dearer_cars_leave_less(detail):
    per_car = [detail[f"net_pay_per_hour_full_cost_eur.car.{k}"] for k in (1, 5)]
    assert per_car[0] > per_car[1]


def test_periods_are_those_told(market):
    launch = market.parameters.platform.launch_date
    found = dict(periods(market.diary, market.parameters))
    assert [day.date for day in found["early"]] == [launch + timedelta(k) for k in range(*EARLY)]
    assert found["late"] == market.diary[-LATE_DAYS:]
    short = dict(periods(market.diary[:40], market.parameters))
    assert not short["early"]
    assert not short["late"]
    assert all(math.isnan(value) for value in in_period([]).values())


def test_a_week_of_the_registered_is_a_seventh_of_their_days(market):
    days = market.diary[-LATE_DAYS:]
    weeks = sum(day.drivers_registered for day in days) / 7
    assert in_period(days)["pay_per_registered_week_eur"] == pytest.approx(sum(day.pay_total_eur for day in days) / weeks)


def test_a_week_is_a_drivers_if_he_drove_in_it_and_a_calendar_week():
    notes = BlockByBlock()
    notes.week = [(np.array([1, 2]), np.array([5.0, 9.0])), (np.array([2, 2]), np.array([5.0, 2.0]))]
    notes.close_the_week(is_whole=True)
    assert (notes.driver_weeks, notes.short_weeks) == (2, 1)  # 5 h and 16 h
    notes.week = [(np.array([2]), np.array([5.0]))]
    notes.close_the_week(is_whole=True)
    assert (notes.driver_weeks, notes.short_weeks) == (3, 2)  # in its second week person 1 did not drive
    notes.week = [(np.array([2]), np.array([5.0]))]
    notes.close_the_week(is_whole=False)
    assert (notes.driver_weeks, notes.short_weeks, notes.week) == (3, 2, [])


def test_weeks_of_drivers_lie_between_one_each_and_one_a_block(detail, market):
    drove = (persons_of(market)["blocks_driven"] > 0).sum()
    assert drove < detail["driver_weeks"] < detail["blocks_driven"]
    assert 0 < detail["short_driver_weeks_share"] < 1


def test_blocks_one_by_one_are_those_that_were_settled(busy_market):
    """Hours and what the car leaves before tax, with a top-up by the kilometre and fuel that gets dearer."""
    changes = [
        Change(date(2017, 12, 1), "cars.fuel_price_factor", 1.38),
        Change(date(2017, 12, 4), "policy.mileage_eur_per_km", 0.2),
    ]
    market = BlockMarket(busy_market(3, **SETTINGS).parameters.with_changes(changes), rng=3)
    checked = 0
    while market.today < date(2017, 12, 20):
        cars = cars_of(market.drivers)
        market.run(1)
        day = market.diary[-1]
        if day.blocks_driven:
            trades = market.trades[market.trades["is_driven"]]
            terms = terms_of(day.date, market.parameters.on(day.date), market.draw_seed)
            hours, left = hours_and_left(trades, cars, terms)
            assert hours.sum() == pytest.approx(day.driver_hours, rel=1e-12)
            assert left.sum() == pytest.approx(day.net_total_eur + day.tax_total_eur, rel=1e-12)
            checked += 1
    assert checked > 20


def test_who_drove_once_is_below_the_minimum_wage_before_tax_if_his_block_is(market_and_notes):
    market, notes = market_and_notes
    persons = persons_of(market)
    below, once = notes.below_before_tax(persons), persons["blocks_driven"] == 1
    left = (persons["net_total"] + persons["tax_total"])[once] / persons["hours_total"][once]
    assert below[once].tolist() == (left < 8.84).tolist()
    assert 0 < below[once].sum() < once.sum()
    assert (below <= persons["blocks_driven"]).all()


def test_before_tax_fewer_blocks_are_below_the_minimum_wage(detail, market):
    blocks = {name: value for name, value in detail.items() if name.startswith("blocks_driven.group.") and value}
    below = sum(detail[name.replace("blocks_driven", BELOW_BEFORE_TAX)] * value for name, value in blocks.items())
    assert below == pytest.approx(detail[BELOW_BEFORE_TAX] * detail["blocks_driven"])
    assert detail[BELOW_BEFORE_TAX] < detail["share_of_blocks_below_minimum_wage.group.full_time"]
    assert detail["left_before_tax_per_hour_eur"] > summary_of(market.diary, market.parameters)["net_pay_per_hour_eur"]


def test_a_former_driver_keeps_his_car_when_fuel_gets_dearer(busy_market):
    dear = [Change(date(2017, 12, 1), "cars.fuel_price_factor", 1.38)]
    market = BlockMarket(busy_market(3, **SETTINGS).parameters.with_changes(dear), rng=3)
    market.run()
    cars, former = market.parameters.cars, market.former_drivers
    before = np.array([fuel_adjusted(cost, cars.fuel_share, 1.0) for cost in cars.cost_per_km])
    after = np.array([fuel_adjusted(cost, cars.fuel_share, 1.38) for cost in cars.cost_per_km])
    own = class_of_car(former, market.parameters, market.draw_seed)
    cost = former["cost_per_km"]
    assert ((cost == before[own]) | (cost == after[own])).all()
    assert (cost == before[own]).any()
    assert (cost == after[own]).any()
    present = class_of_car(market.drivers, market.parameters, market.draw_seed)
    assert (market.drivers["cost_per_km"] == after[present]).all()


def design(tmp_path, text):
    path = tmp_path / "one.toml"
    path.write_text(f'scenario = "baseline"\nseeds = 2\ndays = 45\n{text}\n[set]\n"population.drivers" = 300\n')
    return read_design(str(path))


def test_a_sweep_has_them_where_its_design_says_so(tmp_path):
    plain, detailed = design(tmp_path, ""), design(tmp_path, "detail = true")
    assert plan_of(plain)["model"] != plan_of(detailed)["model"]
    for one, has_detail in ((plain, False), (detailed, True)):
        folder = tmp_path / str(has_detail)
        folder.mkdir()
        sweep(one, folder, here)
        assert ("courier_days" in pq.read_schema(folder / "runs.parquet").names) is has_detail


def test_detail_is_true_or_false(tmp_path):
    with pytest.raises(ParameterError, match="detail = 1: not allowed; allowed: true or false"):
        design(tmp_path, "detail = 1")
