"""Who is drawn: district, car, ways, weekly hours and attention, derived again by hand from each person's own draws."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from model.net_income import schedules_on
from model.parameters import Parameters
from model.population import draw_population
from model.random_draws import Attribute, Purpose, uniform
from model.roster import GROUPS

pytestmark = pytest.mark.rules

SEED = 11
NAMES = tuple(type(Parameters().population.districts).model_fields)


def drawn(number=600, **values):
    """Return parameters and the roster drawn from them."""
    named = {name.replace("__", "."): value for name, value in values.items()}
    parameters = Parameters().with_values({"population.drivers": number, **named})
    return parameters, draw_population(parameters, SEED)


def draw_of(driver, attribute):
    return uniform(np.uint64(SEED), Purpose.POPULATION, 0, driver["person"], attribute)


def drawn_class(u, weights):
    """Return the class into which u falls when classes follow each other by weight."""
    until = np.cumsum(weights) / sum(weights)
    return next(k for k, bound in enumerate(until) if u < bound or k == len(weights) - 1)


def test_a_person_lives_where_the_cars_are():
    """Districts weigh by residents times cars per 1,000; residents alone would send others elsewhere."""
    parameters, drivers = drawn()
    districts = [getattr(parameters.population.districts, name) for name in NAMES]
    cars = [district.residents * district.cars_per_1000 for district in districts]
    expected = [drawn_class(draw_of(driver, Attribute.DISTRICT), cars) for driver in drivers]
    assert drivers["district"].tolist() == expected
    by_residents = [drawn_class(draw_of(driver, Attribute.DISTRICT), [d.residents for d in districts]) for driver in drivers]
    assert expected != by_residents


def test_ways_are_the_districts_kilometres_to_both_stations_times_his_own_factor():
    parameters, drivers = drawn()
    spread = parameters.population.way_spread
    assert spread > 0.0
    for driver in drivers:
        district = getattr(parameters.population.districts, NAMES[driver["district"]])
        factor = math.exp(spread * NormalDist().inv_cdf(draw_of(driver, Attribute.WAY)))
        by_hand = (district.km_to_tegel * factor, district.km_to_mariendorf * factor)
        assert tuple(driver["way_km"]) == pytest.approx(by_hand, rel=1e-12)


@pytest.mark.parametrize("factor", [0.7, 1.0, 1.5])
def test_dearer_fuel_adds_the_same_to_the_marginal_and_to_the_full_cost_of_a_car(factor):
    """Full cost = marginal cost of 2017 times the factor of the full cost, and what fuel costs more since."""
    parameters, drivers = drawn(cars__fuel_price_factor=factor)
    cars = parameters.cars
    for driver in drivers:
        of_2017 = cars.cost_per_km[drawn_class(draw_of(driver, Attribute.CAR), cars.cost_shares)]
        dearer = of_2017 * cars.fuel_share * (factor - 1.0)
        assert driver["cost_per_km"] == pytest.approx(of_2017 + dearer, rel=1e-12)
        assert driver["full_cost_per_km"] == pytest.approx(of_2017 * cars.full_cost_factor + dearer, rel=1e-12)


@pytest.mark.parametrize("scenarios_cap", [168.0, 16.0])
def test_weekly_hours_are_the_least_of_the_groups_the_scenarios_and_those_of_unemployment_benefit(scenarios_cap):
    parameters, drivers = drawn(2_000, blocks__weekly_cap=scenarios_cap)
    archetypes = schedules_on(parameters.scenario.start_date).archetypes
    for driver in drivers:
        own = getattr(parameters.population.groups, GROUPS[driver["group"]]).weekly_cap
        of_benefit = parameters.rules.alg1_weekly_cap if archetypes[driver["archetype"]] == "alg1_1000" else math.inf
        assert driver["weekly_cap_hours"] == min(own, scenarios_cap, of_benefit)
    on_benefit = drivers["archetype"] == archetypes.index("alg1_1000")
    assert on_benefit.sum() > 5
    assert (drivers["weekly_cap_hours"][on_benefit] < min(scenarios_cap, 30.0)).all()


@pytest.mark.parametrize("rounds", [5, 10, 20])
def test_who_looks_in_a_tenth_of_the_window_looks_as_often_whatever_the_number_of_rounds(rounds):
    """1 − a = (1 − b)^(10/R), so that the chance never to look in the whole window is (1 − b)^10."""
    _, tenths = drawn(blocks__rounds=10)
    _, drivers = drawn(blocks__rounds=rounds)
    never = (1.0 - drivers["opening_probability_per_round"]) ** rounds
    assert never == pytest.approx((1.0 - tenths["opening_probability_per_round"]) ** 10, rel=1e-12)
    assert 0.0 < never.min() < never.max() < 1.0


def test_the_reachable_and_those_aware_at_launch_are_two_draws():
    _, drivers = drawn(awareness__ceiling_share=0.4, awareness__at_launch_share=0.3)
    reachable = [draw_of(driver, Attribute.REACHABLE) < 0.4 for driver in drivers]
    at_launch = [draw_of(driver, Attribute.AWARE_AT_LAUNCH) < 0.3 for driver in drivers]
    assert drivers["is_reachable"].tolist() == reachable
    assert drivers["is_aware_at_launch"].tolist() == at_launch
