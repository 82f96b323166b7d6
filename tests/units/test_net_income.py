"""What is taken of side income: dated tables, straight lines between nodes, and taxes that add up."""

import csv
import gzip
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.net_income import SCHEDULES_FILE, extra_tax, net_income, schedules_on, tax
from model.parameters.population import ARCHETYPES

pytestmark = pytest.mark.rules

LAUNCH = date(2017, 11, 10)
PROFIT = st.floats(0.0, 5_000.0)
ARCHETYPE = st.sampled_from(ARCHETYPES)


def schedule(archetype, day=LAUNCH):
    dated = schedules_on(day)
    return dated.nodes, dated.net[dated.archetypes.index(archetype)]


@pytest.mark.parametrize(
    ("day", "valid_from"),
    [
        (date(2010, 5, 1), "2017-11-01"),  # before the first table: the first
        (date(2017, 10, 31), "2017-11-01"),
        (date(2017, 11, 1), "2017-11-01"),
        (date(2017, 12, 31), "2017-11-01"),
        (date(2018, 1, 1), "2018-01-01"),
        (date(2021, 12, 31), "2019-01-01"),
        (date(2022, 1, 1), "2022-01-01"),
        (date(2199, 1, 1), "2026-01-01"),
    ],
)
def test_the_table_of_the_latest_policy_date_applies(day, valid_from):
    with gzip.open(SCHEDULES_FILE, "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["date"] == valid_from and row["archetype"] == "student"]
    nodes, net = schedule("student", day)
    assert nodes.tolist() == [float(row["side_profit_per_month_eur"]) for row in rows]
    assert net.tolist() == [float(row["net_per_month_eur"]) for row in rows]


@pytest.mark.parametrize("day", [LAUNCH, date(2018, 1, 1), date(2019, 6, 1), date(2022, 6, 1), date(2024, 6, 1), date(2026, 6, 1)])
def test_every_archetype_of_the_parameters_has_a_table_at_every_date(day):
    assert set(ARCHETYPES) == set(schedules_on(day).archetypes)


@given(archetype=ARCHETYPE, profit=st.floats(0.0, 3_000.0))
def test_net_income_is_linear_between_nodes(archetype, profit):
    """numpy's own interpolation is the witness; both divide once and add once, so money agrees to 1e-9."""
    nodes, net = schedule(archetype)
    assert net_income(profit, nodes, net) == pytest.approx(float(np.interp(profit, nodes, net)), rel=0, abs=1e-9)


@given(archetype=ARCHETYPE, beyond=st.floats(0.0, 1e5))
def test_beyond_the_last_node_the_last_slope_goes_on(archetype, beyond):
    nodes, net = schedule(archetype)
    slope = (net[-1] - net[-2]) / (nodes[-1] - nodes[-2])
    assert net_income(nodes[-1] + beyond, nodes, net) == pytest.approx(net[-1] + beyond * slope, rel=1e-12)


@pytest.mark.parametrize("archetype", ARCHETYPES)
def test_a_node_returns_the_tables_own_number(archetype):
    nodes, net = schedule(archetype)
    assert [net_income(node, nodes, net) for node in nodes[:-1]] == net[:-1].tolist()


@given(archetype=ARCHETYPE, loss=st.floats(-1e4, 0.0))
def test_a_loss_is_taxed_like_nothing(archetype, loss):
    assert tax(loss, *schedule(archetype)) == 0.0


def test_a_loss_shields_later_profit_of_the_month():
    """T is taken at the sum: 50 EUR after a loss of 50 are free, 50 EUR alone cost an ALG II household nothing, 150 do."""
    nodes, net = schedule("alg2_single")
    assert extra_tax(50.0, -50.0, nodes, net) == 0.0
    assert extra_tax(150.0, -50.0, nodes, net) == tax(100.0, nodes, net)
    assert tax(150.0, nodes, net) > tax(100.0, nodes, net)


def test_a_student_past_the_limit_of_family_insurance_loses_by_working():
    """model/data/README.md: at 425 EUR a month he must insure himself. 48 EUR more at x = 400 leave 36 EUR less."""
    nodes, net = schedule("student")
    kept = 48.0 - extra_tax(48.0, 400.0, nodes, net)
    at_448 = 425.0 + (358.3612 - 425.0) * 23.0 / 25.0  # between the table's rows 425 and 450
    assert kept == pytest.approx(at_448 - 400.0, abs=1e-9)
    assert round(kept) == -36


@given(archetype=ARCHETYPE, start=PROFIT, profits=st.lists(st.floats(-100.0, 300.0), min_size=1, max_size=8), data=st.data())
def test_taxes_add_up_in_any_order_of_blocks(archetype, start, profits, data):
    """Σ [T(x_j + profit_j) − T(x_j)] = T(x_n) − T(x_0); money to 1e-9 of the sums at stake."""
    nodes, net = schedule(archetype)
    order = data.draw(st.permutations(profits))
    total, income = 0.0, start
    for profit in order:
        total += extra_tax(profit, income, nodes, net)
        income += profit
    assert total == pytest.approx(tax(start + sum(profits), nodes, net) - tax(start, nodes, net), abs=1e-9 * 1e4)
