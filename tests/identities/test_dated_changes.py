"""A dated change reaches everything derived from it on its morning, and nothing before: shown for every parameter that may change.

The proof that nothing derived is forgotten: a market that has drawn its people and opened its books under one value, and is given
another before its first day, lives the same season as a market that never knew the first.
"""

import pickle
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import BlockMarket, Parameters
from model.parameters import Change, ParameterError
from model.welfare import entries, surpluses, welfare_from_costs
from tests.conftest import BUSY
from tests.identities.wide_scenarios import FREE, scenarios

START, MIDDLE, END = date(2017, 9, 18), date(2017, 11, 13), date(2017, 12, 30)
# A few hundred drivers who come and go, an entry cap that binds, late parcels, refunds, couriers' wages that rise before the end.
BASE = Parameters().with_values(BUSY).with_values({
    "scenario.start_date": START, "scenario.end_date": END, "platform.launch_date": date(2017, 10, 16),
    "platform.station_limit_at_launch": 30, "platform.station_limit_per_week": 10, "platform.station_limit": 60,
    "awareness.at_launch_share": 0.5, "entry.cap": 120, "entry.delay_shortest": 2, "entry.delay_longest": 4,
    "exit.hazard_per_week": 0.05, "exit.replacement_per_week": 0.3, "carriers.patience_days": 4, "carriers.season_share": 0.1,
    "carriers.wage_factor": 1.05, "carriers.vacancy_threshold": 0.05, "cars.fuel_price_factor": 1.2,
})  # fmt: skip
MIDWAY = {name: quantity for name, quantity in BASE.table().items() if quantity.midway}
OTHERS = {
    "rules.minimum_wage": 12.0,
    "entry.cap": None,
    "entry.delay_shortest": 3,
    "exit.surplus_at_start": 0.0,
    "blocks.slot_shares": (0.1, 0.2, 0.7),
    "platform.stations": ("Mariendorf", "Tegel"),
    "platform.policy": "escalator",
    "platform.pay_floor_per_hour": 15.0,
    "carriers.hire_limit": 0.00002,
}


def another(quantity):
    """Return another value of a parameter: the end of its plausible range that is farther away."""
    if quantity.name in OTHERS:
        return OTHERS[quantity.name]
    numbers = quantity.value if isinstance(quantity.value, tuple) else (quantity.value,)
    moved = tuple(type(number)(max(quantity.plausible, key=lambda bound: abs(bound - number))) for number in numbers)
    return moved if isinstance(quantity.value, tuple) else moved[0]


def changed(market, values):
    """Change parameters by their dotted names, and return the market."""
    market.change(**{name.replace(".", "__"): value for name, value in values.items()})
    return market


def lived(market, days=None):
    """Let the season pass, and return all that a market wrote down, day by day; as text and bytes, so that any bit shows."""
    market.run(days)
    days_and_accounts = [repr((day, entries(day, market.parameters))) for day in market.diary]
    tables = [table for _, *evening in market.evenings for table in evening]
    return days_and_accounts, [columns(table) for table in (*tables, market.drivers, market.former_drivers)]


def columns(table):
    """Return a table's bytes without those between columns, which nobody writes."""
    return b"".join(table[name].tobytes() for name in table.dtype.names)


@pytest.fixture(scope="module")
def unchanged():
    return lived(BlockMarket(BASE, rng=4))


@pytest.fixture(scope="module")
def in_the_middle():
    """A market whose next day is the middle one, as bytes: each test lives on with a copy."""
    market = BlockMarket(BASE, rng=4)
    market.run((MIDDLE - START).days)
    return pickle.dumps(market)


@pytest.mark.parametrize("name", MIDWAY)
def test_a_change_on_the_first_day_is_the_value_from_the_start(name, unchanged):
    """And the value matters, so that the test could fail."""
    values = {name: another(MIDWAY[name])}
    from_the_start = lived(BlockMarket(BASE.with_values(values), rng=4))
    assert lived(changed(BlockMarket(BASE, rng=4), values)) == from_the_start
    assert from_the_start != unchanged


@pytest.mark.parametrize("name", MIDWAY)
def test_a_change_midway_matters(name, in_the_middle, unchanged):
    assert lived(changed(pickle.loads(in_the_middle), {name: another(MIDWAY[name])})) != unchanged


def test_what_is_planned_is_what_is_changed_on_the_morning_and_nothing_before(in_the_middle, unchanged):
    """All parameters at once."""
    values = {name: another(quantity) for name, quantity in MIDWAY.items()}
    planned = lived(BlockMarket(BASE.with_changes([Change(MIDDLE, name, value) for name, value in values.items()]), rng=4))
    assert lived(changed(pickle.loads(in_the_middle), values)) == planned
    before = (MIDDLE - START).days
    assert planned[0][:before] == unchanged[0][:before]


def test_a_change_to_what_is_changes_nothing(unchanged):
    """All of them, on Mondays, on a Sunday and on a Friday; derived numbers are worked out anew each time."""
    days = (START, MIDDLE, date(2017, 11, 26), date(2017, 12, 1))
    same = [Change(day, name, quantity.value) for day in days for name, quantity in MIDWAY.items()]
    assert lived(BlockMarket(BASE.with_changes(same), rng=4)) == unchanged


@settings(max_examples=40)
@given(parameters=scenarios(), data=st.data(), seed=st.integers(0, 2**64 - 1))
def test_in_any_scenario_a_change_on_the_first_day_is_the_value_from_the_start(parameters, data, seed):
    free = sorted(name for name in FREE if name in MIDWAY)
    values = {name: data.draw(FREE[name]) for name in data.draw(st.lists(st.sampled_from(free), min_size=1, unique=True))}
    assert lived(changed(BlockMarket(parameters, rng=seed), values), 25) == lived(
        BlockMarket(parameters.with_values(values), rng=seed), 25
    )


@given(seed=st.integers(0, 2**32), days=st.lists(st.integers(0, 40), min_size=1, max_size=3, unique=True))
@settings(max_examples=10)
def test_levers_moved_by_hand_are_a_scenario_that_runs_again(seed, days):
    market = BlockMarket(BASE, rng=seed)
    for number, day in enumerate(sorted(days)):
        market.run(day - len(market.diary))
        market.change(platform__pay_cap_per_hour=20.0 + number, carriers__wage_factor=1.0 + 0.1 * number)
        market.change(platform__pay_cap_per_hour=17.0 + number)
    moved = lived(market)
    assert lived(BlockMarket(market.parameters, rng=seed)) == moved


def test_a_change_that_is_refused_leaves_the_market_as_it_was(unchanged):
    market = BlockMarket(BASE, rng=4)
    with pytest.raises(ParameterError, match=r"change on 2017-09-18: platform\.pay_cap_per_hour = 500: not allowed"):
        market.change(platform__pay_cap_per_hour=500.0, blocks__km=10.0)
    assert lived(market) == unchanged
    with pytest.raises(
        ParameterError, match="change on 2017-12-31: outside the season; allowed: a date from 2017-09-18 to 2017-12-30"
    ):
        market.change(blocks__km=10.0)


def test_parcels_older_than_a_new_patience_are_refunded_once(busy_market):
    """Patience falls from 10 to 3 working days: what waits longer has its last day, and parcels are neither lost nor made."""
    market = busy_market(carriers__couriers=1_500, carriers__relief_limit=0.0, demand__per_workday=400_000.0)
    market.run(30)
    carrier = market.carriers[0]
    waiting, refunded = carrier.queue.copy(), market.diary[-1].parcels_refunded
    market.change(carriers__patience_days=3)
    market.changes_take_effect()
    assert carrier.queue.sum() == pytest.approx(waiting.sum(), rel=1e-12)
    assert carrier.queue[2] == pytest.approx(waiting[2:].sum(), rel=1e-12)
    market.run(2)
    assert max(day.parcels_refunded for day in market.diary[-2:]) > refunded


def test_prices_learnt_survive_a_change_of_other_terms_and_not_another_first_offer(busy_market):
    market = busy_market()
    market.run(50)
    learnt = market.platform.pricing.log_base_price.copy()
    market.change(carriers__wage_factor=1.1, platform__gain=0.1)
    market.changes_take_effect()
    assert market.platform.pricing.log_base_price.tolist() == learnt.tolist()
    market.change(platform__first_offer_per_hour=12.0)
    market.changes_take_effect()
    assert (market.platform.pricing.log_base_price != learnt).all()


def test_a_change_moves_the_columns_that_depend_on_it_and_no_other(busy_market):
    """Dearer fuel in mid season: cars cost more by what fuel is in them; who people are and what they did stays, bit for bit."""
    market = busy_market()
    market.run(45)
    before = market.drivers.copy()
    market.change(cars__fuel_price_factor=1.5)
    market.changes_take_effect()
    moved = {name for name in before.dtype.names if before[name].tobytes() != market.drivers[name].tobytes()}
    assert moved == {"cost_per_km", "full_cost_per_km"}
    assert market.drivers["cost_per_km"] == pytest.approx(before["cost_per_km"] * (1.0 + 0.52 * 0.5), rel=1e-12)


def test_a_minimum_wage_that_rises_lifts_those_below_it_and_falls_back(busy_market):
    market = busy_market()
    wages = market.drivers["wage_per_hour"].copy()
    is_below = (wages > 0.0) & (wages < 12.0)
    market.change(rules__minimum_wage=12.0)
    market.step()
    assert is_below.sum() > 30
    assert (market.drivers["wage_per_hour"][is_below] >= 12.0).all()
    assert (market.drivers["wage_per_hour"][~is_below] == wages[~is_below]).all()
    market.change(rules__minimum_wage=None)
    market.step()
    assert market.drivers["wage_per_hour"].tolist() == wages.tolist()


def test_a_wage_lever_moves_todays_wage_and_keeps_the_steps(busy_market):
    market = busy_market(carriers__vacancy_threshold=0.0, scenario__end_date="2018-03-03")
    market.run(100)
    carrier = market.carriers[0]
    raised = carrier.wage_per_hour
    assert raised > market.parameters.carriers.wage[0]
    market.change(carriers__wage_factor=1.1)
    market.changes_take_effect()
    assert carrier.wage_per_hour == pytest.approx(1.1 * raised, rel=1e-12)


def test_people_believe_the_cap_until_the_first_evening(busy_market):
    market = busy_market()
    for cap in (18.0, 20.0):
        market.change(platform__pay_cap_per_hour=cap)
        market.step()
        assert market.platform.beliefs.pay_per_hour == cap
    market.run(45)
    learnt = market.platform.beliefs
    market.change(platform__pay_cap_per_hour=25.0)
    market.changes_take_effect()
    assert market.platform.beliefs == learnt


def test_each_day_is_booked_at_its_own_fee(busy_market):
    market = busy_market()
    market.run(45)
    market.change(platform__fee=3.0)
    market.run()
    ledger = market.ledger
    booked = ledger[(ledger["flow"] == "F2") & (ledger["account"] == "platform")]["amount_eur"].to_numpy()
    carried = market.days["parcels_delivered_by_platform"].to_numpy()
    assert carried[:45].sum() > 0
    assert booked[:45] == pytest.approx(2.5 * carried[:45], rel=1e-12)
    assert booked[45:] == pytest.approx(3.0 * carried[45:], rel=1e-12)
    for day in market.diary:
        assert sum(surpluses(entries(day, market.parameters)).values()) == pytest.approx(
            welfare_from_costs(day, market.parameters), rel=1e-9
        )


def test_a_second_station_is_named_from_its_day_on(busy_market):
    market = busy_market()
    market.run(45)
    first = market.today
    market.change(platform__stations=("Mariendorf",))
    market.run()
    blocks = market.blocks
    assert set(blocks.loc[blocks["date"].dt.date < first, "station"]) == {"Tegel"}
    assert set(blocks.loc[blocks["date"].dt.date >= first, "station"]) == {"Mariendorf"}
