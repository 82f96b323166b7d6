"""Cases 7 and 7b: what freedom to choose the hour is worth, and how hours answer to pay."""

from datetime import date, timedelta

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import quad

from model.parameters import Parameters
from model.prospects import entrance_of, hoped_for_surplus
from model.random_draws import Purpose, normal
from model.roster import GROUPS
from model.settlement import ACTIVE_DAYS, settle, show_up
from model.value_of_time import expected_surplus
from tests.theory.small_market import DAY, bare_parameters, bare_terms, evening, roster, standard_error

pytestmark = pytest.mark.rules

MEAN_WAGE, PAY = 30.0, 28.0  # EUR/h, so far from 0 that no wage is cut off there; d = −2
WEEK, DAILY, SLOT = 2.0, 2.5, 3.0
TOTAL = float(np.sqrt(WEEK**2 + DAILY**2 + SLOT**2))
MONDAY = DAY - timedelta(1)


def surplus_of_freedom(d: float, sigma: float) -> float:
    """G(d, σ) = E[max(0, d + σz)], by the textbook's integral of a normal law above 0."""
    return float(stats.norm.expect(lambda z: d + sigma * z, lb=-d / sigma))


def market(week: float, daily: float, slot: float, pay: float = PAY, **more) -> Parameters:
    """Two slots of 4 h without ways, blocks for everybody, at a pay per hour."""
    shocks = {"time_value.shock_week": week, "time_value.shock_day": daily, "time_value.shock_slot": slot}
    slots = {"blocks.slot_starts": (9.0, 13.0), "blocks.slot_hours": (4.0, 4.0), "blocks.slot_shares": (1.0, 1.0)}
    own = {"blocks.km": 0.0, "blocks.per_driver_day": 2, "blocks.rounds": 2, "platform.first_offer_per_hour": pay}
    return bare_parameters(shocks | slots | own | more)


def drivers_at(wage: float, number: int):
    drivers = roster(np.full(number, wage))
    drivers["way_km"] = 0.0
    return drivers


def day_of_work(drivers, parameters, seed, day=DAY):
    """Book and settle a day without rationing; returns the roster, with the day's surplus and hours booked."""
    terms = bare_terms(parameters, seed, day)
    trades = evening(drivers, 2 * drivers.size, parameters, seed, day).trades
    show_up(trades, drivers, 2, terms)
    settle(trades, drivers, np.zeros((ACTIVE_DAYS, len(GROUPS)), np.int64), terms)
    return drivers


def surplus_and_hours(parameters, seeds, number=100, wage=MEAN_WAGE):
    """Per seed: mean surplus per offered slot-hour, and the share of offered hours worked."""
    worked = [day_of_work(drivers_at(wage, number), parameters, seed) for seed in seeds]
    offered = number * 8.0
    return (
        np.array([drivers["surplus_total"].sum() / offered for drivers in worked]),
        np.array([drivers["hours_total"].sum() / offered for drivers in worked]),
    )


@pytest.mark.parametrize(
    ("shocks", "sigma", "surplus", "hours"),
    [((WEEK, DAILY, SLOT), TOTAL, 0.92912, 0.3243), ((WEEK, 0.0, 0.0), WEEK, 0.16663, 0.1587)],
    ids=["flexible", "only the week's shock known"],
)
def test_surplus_and_hours_of_freedom(shocks, sigma, surplus, hours):
    """Case 7: G(d, σ) = dΦ(d/σ) + σφ(d/σ) per slot-hour and hours Φ(d/σ), d = −2: .92912, .3243; .16663, .1587.

    He who must commit knowing only his week's shock faces the market in which day and slot bring none: their mean is 0.
    """
    assert surplus_of_freedom(-2.0, sigma) == pytest.approx(surplus, abs=1e-5)
    assert stats.norm.cdf(-2.0 / sigma) == pytest.approx(hours, abs=5e-5)
    gained, worked = surplus_and_hours(market(*shocks), range(300))
    assert abs(gained.mean() - surplus_of_freedom(-2.0, sigma)) < 4 * standard_error(gained)
    assert abs(worked.mean() - stats.norm.cdf(-2.0 / sigma)) < 4 * standard_error(worked)


@pytest.mark.parametrize(("pay", "surplus"), [(28.0, 0.0), (33.0, 3.0)])
def test_who_knows_nothing_or_has_no_shocks_gets_the_mean_margin_or_nothing(pay, surplus):
    """Case 7: nothing known: max(d, 0), for every seed."""
    gained, _ = surplus_and_hours(market(0.0, 0.0, 0.0, pay), range(5), number=20)
    assert gained == pytest.approx(np.full(5, surplus), rel=1e-12)


@pytest.mark.parametrize("d", [-9.0, -2.0, 0.0, 1.5, 30.0])
@pytest.mark.parametrize("sigma", [0.3, 2.0, 6.0])
def test_the_rule_for_expected_surplus_is_the_integral(d, sigma):
    """Case 7: the product's G(d, σ) against the integral of max(0, d + σz); σ = 0: max(d, 0)."""
    assert expected_surplus(d, sigma) == pytest.approx(surplus_of_freedom(d, sigma), rel=1e-7, abs=1e-9)
    assert expected_surplus(d, 0.0) == max(d, 0.0)


def test_a_fixed_shift_is_worth_less_than_its_slots_one_by_one():
    """Case 7: a shift of n slots with patterns a_j, the week known: n·G(p − m − mean a, σ_week); G is convex (Jensen)."""
    patterns = np.array([0.0, 2.0, 4.0])
    shift = patterns.size * expected_surplus(PAY - MEAN_WAGE - patterns.mean(), WEEK)
    rng = np.random.default_rng(7)
    values = np.maximum(0.0, (PAY - MEAN_WAGE - patterns[:, None] + WEEK * rng.standard_normal(200_000)).sum(axis=0))
    assert abs(values.mean() - shift) < 4 * standard_error(values)
    assert shift < sum(expected_surplus(PAY - MEAN_WAGE - pattern, WEEK) for pattern in patterns)


def test_a_newcomers_hope_is_what_a_week_of_freedom_brings():
    """Case 7 over a week: Ŝ_i with chance 1 is the mean true surplus of six days, evenings and Saturdays dearer by 2."""
    parameters = market(WEEK, DAILY, SLOT, **{"blocks.slot_starts": (9.0, 17.0), "time_value.evening_and_saturday_premium": 2.0})
    person = drivers_at(MEAN_WAGE, 1)
    hope = hoped_for_surplus(person[0], entrance_of(parameters, PAY, 1.0), bare_terms(parameters, 0, MONDAY))
    margins = [PAY - MEAN_WAGE - premium for premium in (0.0, 2.0) * 5 + (2.0, 2.0)]
    assert hope == pytest.approx(sum(4.0 * surplus_of_freedom(margin, TOTAL) for margin in margins), rel=1e-7)
    person["weekly_cap_hours"] = 24.0  # half of the 48 h on offer
    capped = hoped_for_surplus(person[0], entrance_of(parameters, PAY, 1.0), bare_terms(parameters, 0, MONDAY))
    assert capped == pytest.approx(hope / 2.0, rel=1e-12)
    weeks = []
    for seed in range(150):
        drivers = drivers_at(MEAN_WAGE, 50)
        for weekday in range(6):
            day_of_work(drivers, parameters, seed, MONDAY + timedelta(weekday))
            drivers["blocks_held_today"], drivers["slots_closed_today"], drivers["latest_trade_today"] = 0, 0, -1
        weeks.append(drivers["surplus_total"].mean())
    assert abs(np.mean(weeks) - hope) < 4 * standard_error(weeks)


@pytest.mark.parametrize("wage", [24.0, 30.0, 36.0])
def test_elasticity_of_hours_to_pay(wage):
    """Case 7b: IES = [φ(k)/Φ(k)]·(∂n/∂p)·p/σ, k = (n − w)/σ, n net per hour; by common draws at p(1 ± h).

    The product's rise in hours is compared with theory's own finite difference, and that with the closed form.
    """
    km, h = 8.0, 0.02
    net_per_hour = PAY - 0.2 * km / 4.0  # ∂n/∂p = 1
    k = (net_per_hour - wage) / TOTAL
    closed = stats.norm.pdf(k) / stats.norm.cdf(k) * PAY / TOTAL
    low, high = (stats.norm.cdf(k + PAY * move / TOTAL) for move in (-h, h))
    assert np.log(high / low) / (2 * h) == pytest.approx(closed, rel=0.02)
    fewer, more = (
        surplus_and_hours(market(WEEK, DAILY, SLOT, PAY * (1 + move), **{"blocks.km": km}), range(300), wage=wage)[1]
        for move in (-h, h)
    )
    rise = more - fewer
    assert abs(rise.mean() - (high - low)) < 4 * standard_error(rise)
    elasticity = np.log(more.mean() / fewer.mean()) / (2 * h)
    assert abs(elasticity - np.log(high / low) / (2 * h)) < 4 * (
        standard_error(more / more.mean() - fewer / fewer.mean()) / (2 * h)
    )


def test_who_may_take_one_block_takes_the_best_of_the_days_slots():
    """Case 7 with one block a day and S slots: E max(0, d + σ·max z_s) = ∫_0^∞ 1 − Φ((x − d)/σ)^S dx; exact: the argmax."""
    slots, d = 3, PAY - MEAN_WAGE
    day = {"blocks.slot_starts": (8.0, 12.0, 16.0), "blocks.slot_hours": (4.0,) * 3, "blocks.slot_shares": (1.0,) * 3}
    parameters = market(0.0, 0.0, SLOT, **day, **{"blocks.per_driver_day": 1})
    mean = quad(lambda x: 1.0 - stats.norm.cdf((x - d) / SLOT) ** slots, 0.0, np.inf)[0] * 4.0
    surplus = []
    for seed in range(150):
        trades = evening(drivers_at(MEAN_WAGE, 100), 300, parameters, seed).trades
        z = np.array(
            [
                [normal(np.uint64(seed), Purpose.SLOT_SHOCK, DAY.toordinal(), person, slot) for slot in range(slots)]
                for person in range(100)
            ]
        )
        takers = np.flatnonzero((d - SLOT * z).max(axis=1) > 0.0)
        assert sorted(trades["row"]) == takers.tolist()
        assert (trades["slot"] == z.argmin(axis=1)[trades["row"]]).all()
        surplus.append(trades["perceived_surplus"].sum() / 100)
    assert abs(np.mean(surplus) - mean) < 4 * standard_error(surplus)


def test_no_hour_is_worth_less_than_nothing():
    """Case 7 turned round: reservation wages cut off at 0 have the mean E max(0, m + σz) = G(m, σ)."""
    parameters, mean_wage = market(WEEK, DAILY, SLOT, 200.0), 2.0  # at 200 EUR/h everybody takes both slots
    sample = []
    for seed in range(150):
        trades = evening(drivers_at(mean_wage, 50), 100, parameters, seed).trades
        assert trades.size == 100
        assert trades["reservation_wage"].min() == 0.0
        sample.append(trades["reservation_wage"].mean())
    assert abs(np.mean(sample) - surplus_of_freedom(mean_wage, TOTAL)) < 4 * standard_error(sample)


def test_the_week_of_the_shocks_is_the_calendars():
    """Case 7: the week's shock holds from Monday to Sunday: hours of two days go together inside a week, not across."""
    parameters = market(WEEK, 0.0, 0.0)
    worked = {}
    for day in (date(2017, 11, 17), date(2017, 11, 18), date(2017, 11, 20)):  # Friday, Saturday, Monday
        worked[day.weekday()] = day_of_work(drivers_at(MEAN_WAGE, 300), parameters, 1, day)["hours_total"]
    assert (worked[4] == worked[5]).all()
    assert (worked[5] != worked[0]).any()
