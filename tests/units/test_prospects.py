"""What a person expects before he ever drove, and what he does about it: hope, registering, leaving."""

from datetime import date

import numpy as np
import pytest

from model import Parameters
from model.net_income import tax
from model.participation import leave, want_to_register
from model.population import draw_population
from model.prospects import entrance_of, hoped_for_net, hoped_for_surplus
from model.random_draws import Purpose, uniform
from model.roster import Status
from model.terms import terms_of

pytestmark = pytest.mark.rules

MONDAY = date(2018, 10, 15)  # a year after the scenario's start: wages elsewhere have grown
SEED = 9


def a_monday(chance=0.5, number=300, **values):
    """Return a drawn pool, a Monday's entrance at 16 EUR/h and this chance, and its terms."""
    named = {name.replace("__", "."): value for name, value in values.items()}
    parameters = Parameters().with_values({"population.drivers": number, "entry.hazard_per_week": 1.0, **named})
    return draw_population(parameters, SEED), entrance_of(parameters, 16.0, chance), terms_of(MONDAY, parameters, SEED)


def hopes(drivers, entrance, terms):
    return np.array([hoped_for_surplus(driver, entrance, terms) for driver in drivers])


def test_a_hoped_for_block_bears_a_quarter_of_the_tax_on_four_and_what_is_seen_of_it_at_first():
    """64 EUR at .60 of the car's cost and .70 of the tax; tax tables have kinks, so a quarter of four is not one."""
    drivers, entrance, terms = a_monday()
    is_other = 0
    for driver in drivers:
        km = 25.0 + 2.0 * driver["way_km"][0]
        profit = 64.0 - terms.deductible_per_km[driver["group"]] * km
        nodes, net = terms.tax_nodes, terms.tax_net[driver["archetype"]]
        quarter = tax(4.0 * profit, nodes, net) / 4.0
        by_hand = 64.0 - 0.7 * quarter - 0.6 * driver["cost_per_km"] * km
        assert hoped_for_net(driver, 0, km, entrance, terms) == pytest.approx(by_hand, rel=1e-12, abs=1e-9)
        is_other += abs(quarter - tax(profit, nodes, net)) > 0.01
    assert is_other > 10


def test_hope_is_that_from_the_nearest_station():
    both = a_monday(platform__stations=("Tegel", "Mariendorf"))
    one_each = [hopes(*a_monday(platform__stations=(name,))) for name in ("Tegel", "Mariendorf")]
    is_nearer_to_tegel = both[0]["way_km"][:, 0] < both[0]["way_km"][:, 1]
    assert 30 < is_nearer_to_tegel.sum() < 270
    assert (hopes(*both) == np.where(is_nearer_to_tegel, *one_each)).all()


def test_hope_is_in_proportion_to_the_chance_to_get_a_block():
    certain = hopes(*a_monday(chance=1.0))
    assert certain.max() > 10.0
    assert hopes(*a_monday(chance=0.25)) == pytest.approx(0.25 * certain, rel=1e-12)
    assert not hopes(*a_monday(chance=0.0)).any()


def test_who_registers_hopes_for_more_than_the_money_and_the_hours_it_takes():
    """Strictly more than 80 EUR and 3 h of his own, at today's wages; for some the hours decide, for some their growth."""
    drivers, entrance, terms = a_monday(entry__horizon=12, entry__hours=8.0, number=1_000)
    hope = 12.0 * hopes(drivers, entrance, terms)
    drivers["status"] = Status.AWARE
    moved = want_to_register(drivers, entrance, terms)
    hours_then = 8.0 * drivers["value_of_time_per_hour"]
    money, hours_now = entrance.money, hours_then * terms.wage_index
    wants = drivers["status"] == Status.WAITING
    assert (wants == (hope > money + hours_now)).all()
    assert 0 < moved == wants.sum() < 1_000
    assert ((money < hope) & (hope <= money + hours_now)).sum() > 20
    assert ((money + hours_then < hope) & (hope <= money + hours_now)).any()


def test_who_earns_little_leaves_sooner_by_his_own_draw():
    """A background hazard of .1; .3 more where the average week brings less than 3 EUR, not where it brings just 3."""
    drivers, entrance, terms = a_monday(
        exit__hazard_per_week=0.1, exit__extra_hazard_per_week=0.3, exit__low_surplus_per_week=3.0
    )  # fmt: skip
    averages = np.tile([-5.0, 2.999, 3.0, 50.0], drivers.size // 4)
    drivers["status"], drivers["weekly_surplus_average"] = Status.REGISTERED, averages
    draws = np.array([uniform(np.uint64(SEED), Purpose.LEAVE, MONDAY.toordinal(), person, 0) for person in drivers["person"]])
    gone = leave(drivers, np.arange(drivers.size), entrance, terms)
    expected = draws < np.where(averages < 3.0, 0.4, 0.1)
    assert ((drivers["status"] == Status.LEFT) == expected).all()
    assert 0 < gone == expected.sum() < drivers.size
