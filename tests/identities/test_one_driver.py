"""One driver at a time: caps, slots, pay and hours, in any scenario, for any seed."""

from collections import defaultdict
from datetime import timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from model import BlockMarket
from model.parameters import STATIONS
from tests.identities.wide_scenarios import scenarios, sums_agree, walk

SEED = st.integers(0, 2**64 - 1)
any_scenario = given(parameters=scenarios(), seed=SEED)
examples = settings(max_examples=40)


@examples
@any_scenario
def test_nobody_holds_more_blocks_than_his_day_and_his_week_allow(parameters, seed):
    hours = np.array(parameters.blocks.slot_hours)
    this_week: dict[int, float] = defaultdict(float)
    for evening in walk(BlockMarket(parameters, rng=seed)):
        if evening.day.date.weekday() == 0:
            this_week.clear()
        held = evening.trades[evening.trades["is_held"]]
        assert not held.size or np.bincount(held["row"]).max() <= parameters.blocks.per_driver_day
        for trade in held:
            this_week[trade["row"]] += hours[trade["slot"]]
        for row, total in this_week.items():
            assert total <= min(evening.after["weekly_cap_hours"][row], parameters.blocks.weekly_cap) + 1e-6
            counted = 0.0 if evening.day.date.weekday() == 6 else total  # on Sunday night the week starts anew
            assert abs(counted - evening.after["hours_held_this_week"][row]) < 1e-6


@examples
@any_scenario
def test_nobody_is_twice_in_one_slot_or_takes_back_what_he_gave_up(parameters, seed):
    for evening in walk(BlockMarket(parameters, rng=seed)):
        pairs = list(zip(evening.trades["row"].tolist(), evening.trades["slot"].tolist(), strict=True))
        assert len(set(pairs)) == len(pairs)
        driven = evening.trades[evening.trades["is_driven"]]
        assert driven["is_held"].all()


@examples
@any_scenario
def test_each_driver_is_paid_once_for_each_block_he_drove_and_its_hours_are_counted(parameters, seed):
    """His totals grow by his own trades of the day: pay, hours and kilometres with unpaid ways, blocks; nobody else's move."""
    hours, p = np.array(parameters.blocks.slot_hours), parameters
    stations = np.array([STATIONS.index(name) for name in p.platform.open_stations])
    for evening in walk(BlockMarket(parameters, rng=seed)):
        driven, size = evening.trades[evening.trades["is_driven"]], evening.after.size
        way = evening.after["way_km"][driven["row"], stations[driven["station"]]]
        expected = {
            "pay_total": driven["cents"] / 100,
            "hours_total": hours[driven["slot"]] + 2 * way / p.cars.speed_on_unpaid_ways,
            "km_total": p.blocks.km + 2 * way,
            "mileage_total": p.policy.mileage_eur_per_km * (p.blocks.km + 2 * way),
            "car_cost_total": evening.after["cost_per_km"][driven["row"]] * (p.blocks.km + 2 * way),
            "blocks_driven": np.ones(driven.size),
        }
        is_same_person = evening.before["person"] == evening.after["person"]
        for name, amounts in expected.items():
            grown = np.bincount(driven["row"], amounts, size)
            before = np.where(is_same_person, evening.before[name], 0.0)
            assert sums_agree(evening.after[name], before + grown, before + grown)
        assert (evening.after["last_block_on"][driven["row"]] == evening.day.date.toordinal()).all()


@examples
@any_scenario
def test_active_drivers_are_those_who_drove_within_28_days(parameters, seed):
    market = BlockMarket(parameters, rng=seed)
    for evening in walk(market):
        today = evening.day.date.toordinal()
        everybody = np.concatenate([evening.after, market.former_drivers])
        recent = everybody["last_block_on"] > max(0, today - 28)
        assert evening.day.drivers_active == recent.sum()


@examples
@any_scenario
def test_side_income_is_the_months_profit_and_starts_anew_on_the_first(parameters, seed):
    for evening in walk(BlockMarket(parameters, rng=seed)):
        driven = evening.trades[evening.trades["is_driven"]]
        profit = np.bincount(driven["row"], driven["profit"], evening.after.size)
        is_same_person = evening.before["person"] == evening.after["person"]
        carried_over = np.where(is_same_person, evening.before["income_this_month"], 0.0)
        if (evening.day.date + timedelta(1)).day == 1:  # that night the month starts anew
            assert not evening.after["income_this_month"].any()
            continue
        assert sums_agree(evening.after["income_this_month"], carried_over + profit, np.abs(carried_over) + np.abs(profit))
