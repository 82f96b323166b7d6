"""Measures in more detail add up to those of the summary, and a sweep has them where its design says so."""

import math
from datetime import date, timedelta

import numpy as np
import pyarrow.parquet as pq
import pytest

from experiments.design import read_design
from experiments.detail import EARLY, LATE_DAYS, detail_of, in_period, periods, short_weeks_share
from experiments.measures import summary_of, sums
from experiments.sweep.plan import plan_of
from experiments.sweep.run import sweep
from model import BlockMarket
from model.parameters import ParameterError
from model.parameters.changes import Change
from model.roster import GROUPS, new_rows
from tests.sweeping import here

SETTINGS = {
    "scenario__end_date": date(2018, 3, 3),
    "exit__replacement_per_week": 0.5,  # so that some who drove are former drivers
    "exit__hazard_per_week": 0.05,
}


@pytest.fixture(scope="module")
def market(busy_market):
    market = busy_market(3, **SETTINGS)
    market.run()
    assert market.former_drivers["blocks_driven"].sum() > 0
    return market


@pytest.fixture(scope="module")
def detail(market):
    return detail_of(np.concatenate([market.drivers, market.former_drivers]), market.diary, market.parameters)


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
    market.run()
    found = detail_of(np.concatenate([market.drivers, market.former_drivers]), market.diary, market.parameters)
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


def test_weeks_are_short_on_average_over_all_of_them():
    persons = new_rows(3)
    persons["blocks_driven"] = (1, 10, 0)
    persons["hours_total"] = (5.0, 50.0, 0.0)
    persons["first_block_on"], persons["last_block_on"] = (100, 100, 0), (100, 107, 0)
    assert short_weeks_share(persons) == 0.5  # 5 h in one week; 25 h in each of two


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
