"""Case 4: the clairvoyant buyer pays the lowest reservation pays, and no more."""

import numba
import numpy as np
import pytest
from scipy import stats
from scipy.integrate import quad
from scipy.optimize import linear_sum_assignment

from model import BlockMarket
from model.choice import budget
from model.clairvoyant import NOT_AT_ANY_PRICE, clairvoyant, least_cost, reservation_pay, reservation_pays
from model.net_income import schedules_on
from model.pricing.protocol import tariff_of
from model.roster import new_rows
from tests.theory.small_market import (
    DAY,
    KM,
    MEDIAN,
    SIGMA,
    TIME,
    at_price,
    bare_parameters,
    bare_terms,
    evening,
    lognormal_wages,
    mean_min,
    roster,
    standard_error,
    terms_of,
    worth_per_hour,
)

pytestmark = pytest.mark.rules

N, B = 400, 100
GENEROUS = at_price(400.0)  # everybody is willing, so all posted blocks are held


def cap_cents(parameters):
    tariff = tariff_of(parameters)
    return tariff.cents(tariff.cap)


def least_cost_of_evening(wages, seed=0):
    drivers = roster(wages)
    booking = evening(drivers, B, GENEROUS, seed)
    shadow = clairvoyant(booking, drivers, cap_cents(GENEROUS), bare_terms(GENEROUS, seed))
    assert shadow.blocks_held == shadow.blocks_matched == shadow.blocks_coverable == B
    assert shadow.least_cost_eur == shadow.least_cost_of_coverable_eur
    assert shadow.payout_eur == pytest.approx(B * 400.0, rel=1e-12)
    return shadow.least_cost_eur


def lowest_on_the_cent_grid(wages, blocks):
    cents = np.ceil(100.0 * (12.0 + TIME * np.asarray(wages)))
    return float(np.sort(cents)[:blocks].sum() / 100.0)


def mean_on_the_cent_grid(cdf):
    """Mean of the sum of the B lowest of N pays rounded up to cents: Σ_c .01·(B − E[min(B, #{r <= c})])."""
    cents = np.arange(0, 50_000) / 100.0
    return float((0.01 * (B - mean_min(B, N, cdf(cents)))).sum())


@pytest.mark.parametrize("seed", range(20))
def test_one_slot_costs_the_sum_of_the_lowest_reservation_pays(seed):
    """Case 4, exact: r_i = c·km + time·w_i, and the least cost is the sum of the B lowest, to the cent."""
    wages = lognormal_wages(N, seed)
    assert least_cost_of_evening(wages, seed) == pytest.approx(lowest_on_the_cent_grid(wages, B), rel=1e-12)


def test_mean_of_the_least_cost_over_draws_of_a_lognormal_law():
    """Case 4: mean N·∫Q(u)·P(Bin(N−1, u) <= B−1)du = 3671.67; on whole cents up to half a cent a block more."""
    integral = N * quad(
        lambda u: (12.0 + TIME * stats.lognorm.ppf(u, SIGMA, scale=MEDIAN)) * stats.binom.cdf(B - 1, N - 1, u), 0, 1, limit=400
    )[0]  # fmt: skip
    expected = mean_on_the_cent_grid(lambda pay: stats.lognorm.cdf(worth_per_hour(pay), SIGMA, scale=MEDIAN))
    assert integral == pytest.approx(3671.67, abs=0.005)
    assert 0.0 < expected - integral < 0.01 * B
    costs = [least_cost_of_evening(lognormal_wages(N, seed), seed) for seed in range(400)]
    assert abs(np.mean(costs) - expected) < 4 * standard_error(costs)


def test_mean_of_the_least_cost_over_draws_of_a_uniform_law():
    """Case 4, r uniform on (a, b) = (20, 80): B·a + (b−a)·B(B+1)/(2(N+1)) = 2755.6."""
    closed = B * 20.0 + 60.0 * B * (B + 1) / (2 * (N + 1))
    expected = mean_on_the_cent_grid(lambda pay: np.clip((pay - 20.0) / 60.0, 0.0, 1.0))
    assert closed == pytest.approx(2755.6, abs=0.05)
    assert 0.0 < expected - closed < 0.01 * B
    rng = np.random.default_rng(4)
    costs = [least_cost_of_evening((rng.uniform(20.0, 80.0, N) - 12.0) / TIME) for _ in range(400)]
    assert abs(np.mean(costs) - expected) < 4 * standard_error(costs)


def assignment(pays, wanted):
    """Blocks and cost of the cheapest largest assignment of persons to single blocks, by the textbook's algorithm."""
    columns = pays[:, np.repeat(np.arange(wanted.size), wanted)].astype(float)
    impossible = columns >= NOT_AT_ANY_PRICE
    columns[impossible] = 1e7  # dearer than any chain of moves, so that as many blocks as possible are filled
    rows, places = linear_sum_assignment(columns)
    fills = ~impossible[rows, places]
    return int(fills.sum()), int(columns[rows, places][fills].sum())


@pytest.mark.parametrize("seed", range(60))
def test_several_offers_cost_what_a_linear_assignment_costs(seed):
    """Case 4, several slots: equal to `linear_sum_assignment` over single blocks, with scarce persons, ties and gaps."""
    rng = np.random.default_rng(seed)
    persons, offers = int(rng.integers(1, 60)), int(rng.integers(1, 9))
    pays = rng.integers(0, 50 if seed % 2 else 5_000, (persons, offers))
    pays[rng.random(pays.shape) < rng.choice([0.0, 0.4, 0.9])] = NOT_AT_ANY_PRICE
    wanted = rng.integers(0, 12, offers)
    assert least_cost(pays, wanted) == assignment(pays, wanted)


def test_least_cost_without_persons_or_blocks_is_nothing():
    """Case 4 at its edges."""
    assert least_cost(np.empty((0, 2), np.int64), np.array([3, 1])) == (0, 0)
    assert least_cost(np.array([[5, 7]]), np.array([0, 0])) == (0, 0)


def taxed_drivers(number, seed):
    """Drivers of all archetypes, at any experience, with incomes from which a block ends near a node where net pay falls."""
    rng, drivers = np.random.default_rng(seed), new_rows(number)
    schedules = schedules_on(DAY)
    falls = [schedules.nodes[:-1][np.diff(net) < 0.0] for net in schedules.net]
    drivers["archetype"] = np.arange(number) % len(schedules.archetypes)
    for driver in drivers:
        fall = falls[driver["archetype"]]
        driver["income_this_month"] = max(0.0, rng.choice(fall if fall.size else schedules.nodes[:40]) - rng.uniform(-10.0, 50.0))
    drivers["cost_per_km"] = rng.uniform(0.1, 0.3, number)
    drivers["way_km"] = rng.uniform(1.0, 30.0, (number, 1))
    drivers["blocks_driven"] = rng.integers(0, 60, number)
    return drivers, rng.uniform(0.0, 13.0, number)


@numba.njit
def surpluses_by_cent(driver, wage, cap, terms):
    surplus = np.empty(cap + 1)
    for cents in range(cap + 1):
        surplus[cents] = budget(driver, 0, 0, cents / 100.0, driver.income_this_month, wage, terms).perceived_surplus
    return surplus


def test_reservation_pay_is_the_lowest_cent_that_is_worth_it_whatever_the_tax_does():
    """MODEL section 3: the lowest pay on the cent grid with perceived surplus >= 0, against a search of every cent."""
    parameters = bare_parameters({"perception.car_cost": 0.6, "perception.tax": 0.7, "policy.mileage_eur_per_km": 0.02})
    terms, cap, not_monotone = terms_of(DAY, parameters, 0), 6_400, 0
    drivers, wages = taxed_drivers(1_050, 8)
    for row, wage in enumerate(wages):
        worth_it = np.flatnonzero(surpluses_by_cent(drivers[row], wage, cap, terms) >= 0.0)
        found = reservation_pay(drivers[row], 0, 0, wage, cap, terms)
        assert found == (worth_it[0] if worth_it.size else NOT_AT_ANY_PRICE), row
        not_monotone += worth_it.size > 0 and worth_it.size < cap + 1 - worth_it[0]
    assert not_monotone >= 10  # else the notches were not tried


def market_evenings(days, **overrides):
    """Run the product's own market and yield each evening before it is settled: booking, roster, terms, cap."""
    evenings = []

    class Watched(BlockMarket):
        def drivers_are_paid(self, day, booking):
            evenings.append((booking, self.drivers.copy(), self.terms, cap_cents(self.parameters)))
            super().drivers_are_paid(day, booking)

    market = Watched(rng=3, population__drivers=6_000, platform__station_limit_at_launch=60, **overrides)
    market.run(days)
    return evenings


def test_no_policy_pays_less_than_the_clairvoyant_where_nobody_has_two_blocks():
    """Each holder's reservation pay is at most his price, so the held blocks cost at most the payout; all can be matched."""
    for booking, drivers, terms, cap in market_evenings(50, blocks__per_driver_day=1):
        shadow = clairvoyant(booking, drivers, cap, terms)
        assert shadow.blocks_matched == shadow.blocks_held > 0
        assert 0.0 < shadow.least_cost_eur <= shadow.payout_eur
        assert shadow.blocks_coverable >= shadow.blocks_held


def test_in_the_whole_market_the_least_cost_is_the_linear_assignment():
    """Three slots, two stations, two blocks a driver, taxes and caps: the solver against the textbook's algorithm."""
    evenings = market_evenings(50, platform__stations=("Tegel", "Mariendorf"))
    for booking, drivers, terms, cap in evenings[::3]:
        shadow = clairvoyant(booking, drivers, cap, terms)
        pays = reservation_pays(booking.openers, drivers, booking.offers, cap, terms)
        held = np.array([(booking.trades["is_held"] & (booking.trades["offer"] == k)).sum() for k in range(6)])
        assert (shadow.blocks_matched, round(100 * shadow.least_cost_eur)) == assignment(pays, held)
        assert (shadow.blocks_coverable, round(100 * shadow.least_cost_of_coverable_eur)) == assignment(
            pays, booking.offers["posted"]
        )


def test_the_clairvoyant_reads_the_roster_as_it_stood_before_the_evening():
    """Whose week today's block has filled up counts as free, and nothing is changed."""
    parameters = at_price(400.0, {"blocks.weekly_cap": 168.0})
    drivers = roster([5.0, 6.0, 50.0])
    drivers["hours_held_this_week"] = [0.0, 26.0, 0.0]
    drivers["weekly_cap_hours"] = 30.0
    booking = evening(drivers, 3, parameters)
    after = drivers.copy()
    assert after["hours_held_this_week"].tolist() == [4.0, 30.0, 4.0]
    shadow = clairvoyant(booking, drivers, cap_cents(parameters), bare_terms(parameters))
    assert shadow.least_cost_eur == pytest.approx(3 * KM * 0.2 + TIME * (5.0 + 6.0 + 50.0), abs=0.03)
    assert drivers.tobytes() == after.tobytes()
