"""What a block is worth to a driver, which one he takes, and what he is told when he asks."""

import math
from datetime import date

import numpy as np
import pytest

from model import Driver
from model.blocks import post
from model.choice import Hindrance, budget, choose, hindrance_of
from model.matching import book, wages_of_evening
from model.net_income import extra_tax
from model.pricing import pricing_policy
from model.random_draws import Purpose, uniform
from model.roster import GROUPS, Status
from tests.units.evenings import DAY, SEED, evening

pytestmark = pytest.mark.rules


def test_the_second_block_of_a_day_is_taxed_on_top_of_the_first():
    """A student at 400 EUR of side income: the first block pushes him over the limit, and the second is judged from there."""
    drivers, _, terms = evening(1)
    driver, wage = drivers[0], 5.0
    driver["group"], driver["archetype"], driver["way_km"] = 2, 11, (10.0, 10.0)
    first = budget(driver, 0, 0, 64.0, 400.0, wage, terms)
    second = budget(driver, 1, 0, 64.0, 400.0 + first.profit, wage, terms)
    assert first.tax > 60.0 > 0.0 == second.tax


def test_a_budget_is_the_papers_arithmetic():
    drivers, _, terms = evening(50, policy__mileage_eur_per_km=0.1)
    for driver in drivers:
        driver["blocks_driven"] = 7
        worth = budget(driver, 2, 0, 61.37, 250.0, 9.5, terms)
        km = 25.0 + 2 * driver["way_km"][0]
        hours = 4.0 + 2 * driver["way_km"][0] / 28.0
        received = 61.37 + 0.1 * km
        profit = received - (0.10 if driver["group"] == 3 else 0.30) * km
        tax = extra_tax(profit, 250.0, terms.tax_nodes, terms.tax_net[driver["archetype"]])
        seen, tax_seen = 1 - 0.4 * math.exp(-7 / 20), 1 - 0.3 * math.exp(-7 / 20)
        net = received - tax - driver["cost_per_km"] * km
        perceived = received - tax * tax_seen - driver["cost_per_km"] * km * seen - 9.5 * hours
        by_hand = (
            km,
            hours,
            61.37,
            0.1 * km,
            driver["cost_per_km"] * km,
            profit,
            tax,
            net,
            9.5,
            net - 9.5 * hours,
            seen,
            tax_seen,
            perceived,
        )
        assert worth == pytest.approx(by_hand, rel=1e-12, abs=1e-9)


@pytest.mark.parametrize(
    ("held_today", "closed", "hours_this_week", "hindrance"),
    [
        (0, 0b000, 0.0, Hindrance.NONE),
        (1, 0b001, 4.0, Hindrance.NONE),
        (2, 0b101, 8.0, Hindrance.DAY_IS_FULL),
        (1, 0b010, 4.0, Hindrance.SLOT_IS_CLOSED),
        (0, 0b000, 14.0, Hindrance.NONE),  # with this block 18 of 18 hours
        (0, 0b000, 14.5, Hindrance.WEEK_IS_FULL),
    ],
)
def test_a_limit_binds_where_it_is_reached_and_not_before(held_today, closed, hours_this_week, hindrance):
    """Two blocks a day, 18 hours a week, the middle slot of a day; somebody who is free."""
    drivers, _, terms = evening(1)
    driver = drivers[0]
    terms.slot_available[:] = 1.0
    driver["blocks_held_today"], driver["slots_closed_today"] = held_today, closed
    driver["hours_held_this_week"], driver["weekly_cap_hours"] = hours_this_week, 18.0
    assert hindrance_of(driver, 1, terms) == hindrance


def test_who_has_time_is_drawn_per_slot_against_his_own_groups_share():
    drivers, parameters, terms = evening(400)
    for driver in drivers:
        shares = getattr(parameters.population.groups, GROUPS[driver["group"]]).available_weekdays
        for slot, share in enumerate(shares):
            is_free = uniform(np.uint64(SEED), Purpose.AVAILABLE, DAY.toordinal(), driver["person"], slot) < share
            assert hindrance_of(driver, slot, terms) == (Hindrance.NONE if is_free else Hindrance.NOT_AVAILABLE)


def test_of_equal_offers_the_lower_index_is_taken():
    """Two stations at the same distance: the first."""
    drivers, parameters, terms = evening(200, platform__stations=("Tegel", "Mariendorf"))
    drivers["way_km"][:, 1] = drivers["way_km"][:, 0]
    offers = post(60, parameters.blocks, 2)
    offers["cents"] = 6_400
    wages = wages_of_evening(drivers, np.arange(200), terms)
    taken = [choose(driver, own, offers, 0.0, terms).offer for driver, own in zip(drivers, wages, strict=True)]
    assert sum(offer >= 0 for offer in taken) > 20
    assert {offers["station"][offer] for offer in taken if offer >= 0} == {0}


def test_explain_says_what_the_booking_used(busy_market):
    """What a driver is told beforehand about the block he then takes first is, bit for bit, what the trade records."""
    market = busy_market(rng=4)
    while market.today < date(2017, 11, 27):
        market.step()
    drivers = [driver for driver in market.agents_by_type[Driver] if driver.status == Status.REGISTERED]
    explained = {(driver.row, slot): driver.explain(64.0, slot=slot) for driver in drivers for slot in range(3)}
    has_driven = {driver.row for driver in drivers if driver.blocks_driven > 0}
    offers = market.platform.plan(market.today, 0.0, 1e6, 0.0)
    fixed = pricing_policy(market.parameters.with_values({"platform.policy": "fixed", "platform.first_offer_per_hour": 16.0}))
    booking = book(offers, fixed, market.drivers, market.registered_rows, market.terms)
    firsts = booking.trades[booking.trades["previous"] == -1]
    assert firsts.size > 20
    assert len(has_driven & set(firsts["row"].tolist())) > 5
    for trade in firsts:
        worth = explained[trade["row"], trade["slot"]]
        assert worth.perceived_surplus == trade["perceived_surplus"] > 0.0
        assert worth.reservation_wage == trade["reservation_wage"]
        assert worth.profit == trade["profit"]


def test_explain_refuses_slots_and_stations_that_do_not_exist(busy_market):
    driver = next(iter(busy_market(population__drivers=1).agents_by_type[Driver]))
    for slot, station in ((3, 0), (-1, 0), (0, 1)):
        with pytest.raises(IndexError, match="there are 3 slots and 1 stations"):
            driver.explain(64.0, slot, station)
