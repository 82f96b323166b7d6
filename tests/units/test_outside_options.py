"""What else an hour could earn: minimum wages by date, and every group's value of an hour derived again from the table."""

import csv
import gzip
import math
from collections import defaultdict
from datetime import date
from statistics import NormalDist

import numpy as np
import pytest

from model.net_income import SCHEDULES_FILE
from model.outside_options import chance_of_a_job, minimum_wage_on, value_of_an_hour
from model.parameters import Parameters
from model.population import draw_population
from model.random_draws import Attribute, Purpose, uniform
from model.roster import GROUPS

pytestmark = pytest.mark.rules

SEED = 11
MINIMUM_WAGE = 8.84


@pytest.fixture(scope="module")
def table():
    """Net and gross pay by archetype and side profit at the first policy date, read from the file without the model."""
    net, gross = defaultdict(dict), {}
    with gzip.open(SCHEDULES_FILE, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["date"] == "2017-11-01":
                net[row["archetype"]][float(row["side_profit_per_month_eur"])] = float(row["net_per_month_eur"])
                gross[row["archetype"]] = float(row["gross_per_month_eur"])
    return net, gross


@pytest.fixture(scope="module")
def roster():
    return draw_population(Parameters().with_values({"population.drivers": 1_000}), SEED)


def archetype_of(driver, table):
    return list(table[0])[driver["archetype"]]


def net_value_by_hand(driver, table):
    """n_i as section 9, Value of an hour, says it in words."""
    (net, gross), group, wage = table, GROUPS[driver["group"]], driver["wage_per_hour"]
    if group == "full_time":
        deciles = [f"ft_p{k}0" for k in range(1, 10)]
        below = max((k for k in range(8) if gross[deciles[k]] <= wage * 169), default=0)
        low, high = deciles[below], deciles[below + 1]
        return wage * (net[high][0] - net[low][0]) / (gross[high] - gross[low])
    if group == "part_time":
        return wage * (net["ft_p10"][0] - net["pt_1200"][0]) / (gross["ft_p10"] - gross["pt_1200"])
    if group == "student":
        return 0.90 * wage
    if group == "self_employed":
        own = net[archetype_of(driver, table)]
        return wage * (own[100.0] - own[0.0]) / 100.0
    if group == "alg2":
        z = NormalDist().inv_cdf(uniform(np.uint64(SEED), Purpose.POPULATION, 0, driver["person"], Attribute.FREE_HOUR))
        return 5.5 * math.exp(0.4 * z)
    return minijob_by_hand(driver, table)


def minijob_by_hand(driver, table):
    """m_g: the minimum wage; under ALG II and ALG I a fifth of it is kept, beside a topped-up pension 30 %."""
    kept = {"alg2_single": 0.2, "alg2_single_parent": 0.2, "alg1_1000": 0.2, "pensioner_450_grusi": 0.3}
    return MINIMUM_WAGE * kept.get(archetype_of(driver, table), 1.0)


@pytest.mark.parametrize("group", GROUPS)
def test_a_groups_value_of_an_hour_is_what_the_table_says_by_hand(group, roster, table):
    """1e-12 relative, of one or two multiplications; the normal quantile differs by a few units in the last place."""
    rows = roster[roster["group"] == GROUPS.index(group)]
    assert rows.size > 20
    for driver in rows:
        n, m = net_value_by_hand(driver, table), minijob_by_hand(driver, table)
        assert driver["net_wage_per_hour"] == pytest.approx(n, rel=1e-12)
        assert driver["minijob_per_hour"] == pytest.approx(m, rel=1e-12)
        w = max(driver["net_wage_weight"] * n, driver["minijob_weight"] * 0.7 * m)
        assert driver["value_of_time_per_hour"] == pytest.approx(w, rel=1e-12)


def test_a_full_timer_has_the_archetype_nearest_in_gross_pay(roster, table):
    gross = table[1]
    for driver in roster[roster["group"] == GROUPS.index("full_time")]:
        pay = driver["wage_per_hour"] * 169
        assert abs(gross[archetype_of(driver, table)] - pay) == min(abs(gross[f"ft_p{k}0"] - pay) for k in range(1, 10))


def test_weights_and_wages_are_drawn_from_their_laws(roster):
    """χ in (.5, 1); ψ log-normal with median 1 and spread .3; no wage below the minimum. 4 standard errors."""
    n = roster.size
    assert roster["minijob_weight"].min() > 0.5
    assert roster["minijob_weight"].max() < 1.0
    assert abs(roster["minijob_weight"].mean() - 0.75) < 4 * 0.5 / math.sqrt(12 * n)
    log_psi = np.log(roster["net_wage_weight"])
    assert abs(log_psi.mean()) < 4 * 0.3 / math.sqrt(n)
    assert abs((log_psi**2).mean() - 0.09) < 4 * 0.09 * math.sqrt(2 / n)
    assert roster["wage_per_hour"][roster["wage_per_hour"] > 0].min() >= MINIMUM_WAGE


def test_a_wage_below_the_minimum_is_drawn_again_not_clipped(roster):
    assert not (roster["wage_per_hour"] == MINIMUM_WAGE).any()


@pytest.mark.parametrize(
    ("day", "wage"),
    [(date(2014, 12, 31), 0.0), (date(2015, 1, 1), 8.50), (date(2016, 12, 31), 8.50), (date(2017, 1, 1), 8.84),
     (date(2018, 12, 31), 8.84), (date(2019, 1, 1), 9.19), (date(2022, 10, 1), 12.0), (date(2026, 6, 1), 13.90)],
)  # fmt: skip
def test_the_minimum_wage_is_that_of_the_date(day, wage):
    assert minimum_wage_on(day) == wage


@pytest.mark.parametrize(("rate", "chance"), [(0.085, 0.7), (0.17, 0.35), (0.0595, 1.0), (0.04, 1.0), (1.0, 0.0595)])
def test_a_minijob_is_easier_to_find_when_fewer_look_for_one(rate, chance):
    assert chance_of_a_job(rate, 0.7, 0.085) == pytest.approx(chance, rel=1e-12)


def test_an_hour_is_worth_the_better_of_two_options():
    assert value_of_an_hour(1.1, 7.0, 0.8, 0.7, 8.84) == pytest.approx(7.7, rel=1e-12)
    assert value_of_an_hour(0.5, 7.0, 0.8, 0.7, 8.84) == pytest.approx(0.8 * 0.7 * 8.84, rel=1e-12)


def test_a_group_with_a_value_of_a_free_hour_is_valued_by_it_and_nobody_else_is_touched(roster):
    values = {"population.drivers": 1_000, "population.groups.student.free_hour_median": 7.5}
    own = draw_population(Parameters().with_values(values), SEED)
    is_student = own["group"] == GROUPS.index("student")
    assert is_student.sum() > 50
    assert (own["net_wage_per_hour"][is_student] == 7.5).all()
    assert own[~is_student].tobytes() == roster[~is_student].tobytes()
