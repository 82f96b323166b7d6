"""The Christmas of 2017 with few seeds: only signs that hold for every pair of runs. Orders of magnitude need many seeds."""

from datetime import date, timedelta
from functools import cache

import pytest

from experiments import load_scenario
from model import BlockMarket

SEEDS = range(3)
LAUNCH = date(2017, 11, 10)


@cache
def market(seed, cap=16.0, cost_factor=1.0, policy="feedback"):
    """Return Berlin's market until Christmas; cost_factor multiplies every car class."""
    parameters = load_scenario("berlin-christmas-2017")
    cost = tuple(cost_factor * per_km for per_km in parameters.cars.cost_per_km)
    values = {"platform.pay_cap_per_hour": cap, "cars.cost_per_km": cost, "platform.policy": policy}
    values |= {"platform.first_offer_per_hour": min(cap, 14.0), "scenario.end_date": date(2017, 12, 23)}
    done = BlockMarket(parameters.with_values(values), rng=seed)
    done.run()
    return done


def total(one, name, since=LAUNCH):
    return sum(getattr(day, name) for day in one.diary if day.date >= since)


def fill_rate(one):
    return total(one, "blocks_filled") / total(one, "blocks_posted")


@pytest.mark.parametrize("seed", SEEDS)
def test_before_the_launch_there_are_no_blocks_and_before_recruiting_nobody_has_heard(seed):
    for day in market(seed).diary:
        assert day.blocks_posted == 0 or day.date >= LAUNCH
        assert day.drivers_aware == 0 or day.date >= LAUNCH - timedelta(14)
    assert total(market(seed), "blocks_posted") > 0


@pytest.mark.parametrize("seed", SEEDS)
def test_the_fill_rate_rises_in_the_cap(seed):
    rates = [fill_rate(market(seed, cap=cap)) for cap in (11.0, 13.0, 16.0, 20.0)]
    assert rates == sorted(rates)
    assert rates[-1] > rates[0] + 0.2


@pytest.mark.parametrize("seed", SEEDS)
def test_the_fill_rate_falls_in_the_cost_of_a_kilometre(seed):
    rates = [fill_rate(market(seed, cost_factor=factor)) for factor in (0.7, 1.0, 1.5, 2.5)]
    assert rates == sorted(rates, reverse=True)
    assert rates[0] > rates[-1] + 0.1


@pytest.mark.parametrize("seed", SEEDS)
def test_offers_start_below_the_cap_and_never_pass_it(seed):
    blocks = market(seed).blocks
    first = blocks[(blocks["round"] == 1) & (blocks["date"].dt.date < LAUNCH + timedelta(7))]
    assert (first["pay_per_block_eur"] < 64.0).all()
    assert blocks["pay_per_block_eur"].max() == 64.0
    assert blocks["pay_per_block_eur"].min() >= 40.0


@pytest.mark.parametrize("seed", SEEDS)
def test_a_price_rises_over_the_rounds_of_an_evening_and_never_falls(seed):
    blocks = market(seed).blocks
    prices = blocks.set_index(["date", "slot", "station", "round"])["pay_per_block_eur"].unstack("round")
    assert (prices.diff(axis=1).iloc[:, 1:] >= 0).all().all()
    assert (prices[10] > prices[6]).mean() > 0.5


@pytest.mark.parametrize("seed", SEEDS)
def test_the_platform_spares_recipients_late_parcels_and_leaves_arrivals_alone(seed):
    with_it, without = market(seed), market(seed, policy="none")
    assert total(with_it, "parcels_arrived") == total(without, "parcels_arrived")
    assert total(with_it, "parcels_delivered_late") < total(without, "parcels_delivered_late")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_driver_keeps_less_than_his_gross_pay_and_experience_teaches_him_costs(seed):
    one = market(seed)
    net_per_hour = total(one, "net_total_eur") / total(one, "driver_hours")
    gross_per_hour = total(one, "pay_total_eur") / total(one, "block_hours_driven")
    assert 0.0 < net_per_hour < gross_per_hour < 16.0
    assert total(one, "block_surplus_perceived_total_eur") > total(one, "block_surplus_total_eur")
