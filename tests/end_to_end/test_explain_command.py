"""`gigsupply explain`: the decision shown is the booking's own, bit for bit; what cannot be explained is refused in one line."""

import re
from datetime import date

import numpy as np
import pytest

from experiments.decision.budget import Line, sections
from experiments.decision.decide import Evening, decide, nearest_market_day, why_no_market
from experiments.decision.table import amount
from experiments.scenario import read_scenario
from model import BlockMarket, Driver
from model.choice import NOT_TONIGHT, Explanation, Hindrance, budget, choose, limit_reached
from model.matching import side_income_today, wages_of_evening
from model.parameters import Parameters
from model.roster import Status
from results.cli import status_of

BUSY = {
    "population.drivers": 300, "awareness.ceiling_share": 1.0, "awareness.at_launch_share": 1.0, "entry.hazard_per_week": 1.0,
    "attention.opening_probability_per_tenth": 0.3, "platform.station_limit_at_launch": 40, "platform.station_limit_per_week": 0,
}  # fmt: skip
SETTINGS = [word for name, value in BUSY.items() for word in ("--set", f"{name}={value}")]
DAY = date(2017, 11, 28)  # a Tuesday; some have driven by then


def market_before(day=DAY, seed=3, **overrides):
    market = BlockMarket(Parameters().with_values(BUSY), rng=seed, **overrides)
    market.run((day - market.today).days)
    return market


@pytest.fixture(scope="module")
def trades():
    """Return the trades of the day, nobody watching."""
    market = market_before()
    market.step()
    return market.trades


def persons_of(trades):
    return market_before().drivers["person"][trades["row"]]


# --- the decision is the booking's own ---


def test_watching_an_evening_changes_nothing():
    watched, left_alone = market_before(), market_before()
    watched.onlooker = Evening(watched)
    watched.step()
    left_alone.step()
    assert watched.trades.size > 20
    assert watched.trades.tobytes() == left_alone.trades.tobytes()
    assert watched.drivers.tobytes() == left_alone.drivers.tobytes()
    assert watched.days.equals(left_alone.days)
    assert watched.blocks.equals(left_alone.blocks)


def test_the_first_block_a_person_took_is_explained_as_it_was_booked(trades):
    firsts = trades[trades["previous"] == -1][:8]
    assert firsts.size == 8
    for trade, person in zip(firsts, persons_of(firsts).tolist(), strict=True):
        decision = decide(market_before(), person)
        worth, sight = decision.sight.explanation, decision.sight
        assert (sight.round, sight.offer["slot"], sight.offer["cents"]) == (trade["round"], trade["slot"], trade["cents"])
        assert worth.perceived_surplus == trade["perceived_surplus"]
        assert worth.reservation_wage == trade["reservation_wage"]
        assert worth.profit == trade["profit"]
        assert worth.is_taken
        assert decision.is_real
        assert sight.round in decision.looks
        assert decision.taken[0].tobytes() == trade.tobytes()


def test_the_refusal_shown_is_the_highest_offer_that_anybody_passed():
    """Watched once more, look by look: who passed though a block was open to him, and what the best of them paid."""
    market, passed, wages = market_before(), [], {}

    def surplus(driver, offer, side_income):
        slot = int(offer["slot"])
        pay, wage = offer["cents"] / 100.0, wages[driver["person"]][slot]
        return budget(driver, slot, int(offer["station"]), pay, side_income, wage, market.terms).perceived_surplus

    def watch(look):
        driver, terms = market.drivers[look.row], market.terms
        side_income = side_income_today(driver, look.trades)
        own = wages.setdefault(driver["person"], wages_of_evening(market.drivers, np.array([look.row]), terms)[0])
        if choose(driver, own, look.offers, side_income, terms).offer >= 0:
            return
        his = [
            offer
            for offer in look.offers
            if offer["open"] > 0 and own[offer["slot"]] != NOT_TONIGHT and not limit_reached(driver, int(offer["slot"]), terms)
        ]
        if his:
            best = max(his, key=lambda offer: surplus(driver, offer, side_income))
            assert surplus(driver, best, side_income) <= 0.0
            passed.append((int(best["cents"]), -int(driver["person"]), -look.round, int(best["slot"])))

    market.onlooker = watch
    market.step()
    decision = decide(market_before(), None)
    sight = decision.sight
    shown = int(sight.offer["cents"]), -int(sight.driver["person"]), -sight.round, int(sight.offer["slot"])
    assert shown == max(passed)
    assert len({person for _, person, _, _ in passed}) == decision.refusals > 5
    assert not sight.explanation.is_taken
    assert not [trade for trade in decision.taken if trade["round"] == sight.round]


def test_who_did_not_look_is_shown_round_one(trades):
    market = market_before()
    before = market.drivers.copy()
    market.onlooker = evening = Evening(market)
    market.step()
    looked = {row for _, row in evening.looks}
    row = next(int(r) for r in np.flatnonzero(before["status"] == Status.REGISTERED) if r not in looked)
    decision = decide(market_before(), int(before["person"][row]))
    assert (decision.sight.round, decision.looks, decision.taken) == (0, (), ())
    assert not decision.is_real
    assert decision.sight.offer["cents"] in market.evenings[-1][2]["cents"][:3]


def test_another_pay_moves_pay_and_tax_alone(trades):
    person = int(persons_of(trades)[0])
    real, asked = (decide(market_before(), person, pay=pay).sight.explanation for pay in (None, 90.0))
    assert asked.pay == 90.0
    assert (asked.km, asked.hours, asked.reservation_wage, asked.car_cost) == (
        real.km, real.hours, real.reservation_wage, real.car_cost,
    )  # fmt: skip
    assert not decide(market_before(), person, pay=90.0).is_real


def test_a_slot_that_is_asked_for_is_the_one_shown(trades):
    person = int(persons_of(trades)[0])
    for slot in range(3):
        assert decide(market_before(), person, slot=slot).sight.offer["slot"] == slot


# --- the lines add up ---


def test_the_lines_add_up(trades):
    """Each sum is that of the lines above it, as an economist would add them; 1e-12 relative to the amounts."""
    parameters = Parameters().with_values(BUSY | {"policy.mileage_eur_per_km": 0.05})
    for person in persons_of(trades)[:6].tolist():
        decision = decide(market_before(policy__mileage_eur_per_km=0.05), person)
        line = {one.label: one.amount for lines in sections(decision, parameters).values() for one in lines}
        received = line["pay"] + line["mileage top-up"]
        near = {"rel": 1e-12, "abs": 1e-12 * received}
        assert line["net pay"] == pytest.approx(received + line["car"] + line["tax, transfers lost"], **near)
        parts = ("usual value", "growth of wages", "evening or Saturday", "this week", "this day", "this slot")
        assert line["reservation wage"] == pytest.approx(max(0.0, sum(line[name] for name in parts)), **near)
        assert line["own time"] == pytest.approx(-line["reservation wage"] * line["time"], **near)
        seen = line["car as seen"] + line["tax as seen"] + line["own time"]
        assert line["perceived surplus"] == pytest.approx(received + seen, **near)
        assert line["true surplus"] == pytest.approx(line["net pay"] + line["own time"], **near)
        assert line["regret"] == pytest.approx(line["perceived surplus"] - line["true surplus"], **near)


def test_an_amount_that_rounds_to_nothing_has_no_sign():
    assert amount(Line("car", -0.001, "EUR", "")) == "0.00"
    assert amount(Line("car", -1234.5, "EUR", "")) == "−1,234.50"
    assert amount(Line("way", 62.98, "km", "")) == "63.0"


# --- the model's own front door ---


@pytest.fixture
def driver():
    market = market_before()
    return next(one for one in market.agents_by_type[Driver] if one.status == Status.REGISTERED)


def test_an_explanation_is_a_budget_that_says_why(driver):
    low, high = driver.explain(0.0, slot=1), driver.explain(10_000.0, slot=1)
    assert isinstance(low, Explanation)
    assert not low.is_taken
    assert low.hindrance == high.hindrance
    assert high.is_taken == (high.hindrance == Hindrance.NONE)
    assert low.regret == low.perceived_surplus - low.surplus
    assert low.reason in {"perceived surplus is not above 0", "not available"}


def test_an_offer_explains_itself(driver):
    offer = driver.model.platform.plan(driver.model.today, 0.0, 1e6, 0.0)[2]
    offer["cents"] = 5_875
    assert driver.explain(offer) == driver.explain(58.75, slot=2, station=0)


def test_what_hinders_a_driver_is_named_first_things_first(driver):
    row = driver.model.drivers[driver.row : driver.row + 1]
    row["slots_closed_today"], row["blocks_held_today"], row["hours_held_this_week"] = 1, 2, 29.0
    assert driver.explain(64.0).hindrance == Hindrance.DAY_IS_FULL
    row["blocks_held_today"] = 1
    assert driver.explain(64.0).hindrance == Hindrance.SLOT_IS_CLOSED
    assert driver.explain(64.0, slot=1).hindrance == Hindrance.WEEK_IS_FULL
    assert driver.explain(64.0, slot=1).reason == "week is full"
    row["hours_held_this_week"] = 0.0
    assert driver.explain(64.0, slot=1).hindrance in {Hindrance.NONE, Hindrance.NOT_AVAILABLE}


# --- the command ---


def told_of(capsys, *words):
    assert status_of(["explain", "baseline", "--day", str(DAY), "--seed", "3", *SETTINGS, *words]) == 0
    return capsys.readouterr().out


def test_the_page_reads_at_a_hundred_columns_and_every_reference_has_a_source(capsys):
    told = told_of(capsys)
    lines = told.splitlines()
    assert max(map(len, lines)) <= 100
    assert lines[0].startswith("baseline, seed 3: person ")
    assert lines[1].startswith("Tuesday 28 November 2017, booked on the evening before; slot ")
    assert "chosen: of " in told
    assert "decision  passes: perceived surplus " in told
    budget, sources = told.split("sources: facts of model/data/facts.toml by their id")
    cited = {int(number) for found in re.findall(r"\[([\d ]+)\]", budget) for number in found.split()}
    listed = {int(number) for number in re.findall(r"^ {0,2}(\d+)  [a-z_]+\.", sources, flags=re.MULTILINE)}
    assert cited == listed == set(range(1, len(listed) + 1))
    assert len(listed) >= 20


def test_every_cited_source_is_that_of_the_parameter(capsys):
    told = " ".join(told_of(capsys).split())
    table = read_scenario("baseline").parameters.table()
    for name in ("blocks.km", "perception.car_cost", "time_value.shock_day", "platform.pay_cap_per_hour"):
        assert f"{name} = {table[name].value:g} {table[name].unit}: {table[name].source}" in told


def test_the_person_and_the_pay_that_are_asked_for_are_shown(capsys, trades):
    person = int(persons_of(trades)[0])
    told = told_of(capsys, "--person", str(person))
    assert f"person {person}, " in told
    assert "decision  takes it: perceived surplus +" in told
    told = told_of(capsys, "--person", str(person), "--pay", "1")
    assert "as asked; the price in round" in told
    assert "decision  would pass: perceived surplus −" in told


@pytest.mark.parametrize(
    ("day", "reason", "nearest"),
    [
        ("2017-11-26", "a Sunday", "2017-11-25"),
        ("2017-12-25", "a public holiday in Berlin", "2017-12-23"),
        ("2018-01-01", "a public holiday in Berlin", "2018-01-02"),
        ("2017-11-09", "before the platform's launch on 2017-11-10", "2017-11-10"),
        ("2017-10-08", "before the scenario starts on 2017-10-09", "2017-11-10"),
        ("2018-03-05", "after the scenario ends on 2018-03-03", "2018-03-03"),
    ],
)
def test_a_day_without_market_is_refused_with_reason_and_nearest_day(day, reason, nearest, capsys):
    assert status_of(["explain", "berlin-christmas-2017", "--day", day]) == 2
    told, heard = capsys.readouterr()
    assert (told, heard) == ("", f"gigsupply: --day {day}: {reason}; the nearest market day is {nearest}\n")


def test_every_other_day_of_the_scenario_has_a_market():
    parameters = read_scenario("berlin-christmas-2017").parameters
    assert why_no_market(date(2017, 12, 4), parameters) == ""
    assert nearest_market_day(date(2017, 12, 4), parameters) == date(2017, 12, 4)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["no-platform", "--day", "2017-12-04"], "--day 2017-12-04: there is no platform in this scenario"),
        (["baseline", "--day", "28.11.2017"], "28.11.2017 is not allowed; allowed: a date YYYY-MM-DD"),
        (["baseline"], "Missing option '--day'"),
        (["baseline", "--day", "2017-11-28", "--person", "-1"], "-1 is not allowed; allowed: a whole number from 0"),
        (
            ["baseline", "--day", "2017-11-28", "--person", "1", "--refused"],
            "--refused and --person 1: not both; allowed: one of them",
        ),
        (["baseline", "--day", "2017-11-28", "--slot", "3"], "--slot 3: not allowed; allowed: a whole number from 0 to 2"),
        (["baseline", "--day", "2017-11-28", "--slot", "8"], "8 is not allowed; allowed: a whole number from 0 to 7"),
        (["baseline", "--day", "2017-11-28", "--pay", "nan"], "nan is not allowed; allowed: EUR from 0 to 10,000"),
        (["baseline", "--day", "2017-11-28", "--pay", "much"], "much is not allowed; allowed: EUR from 0 to 10,000"),
        (
            ["baseline", "--day", "2017-11-28", "--person", "20000"],
            "--person 20000: no such person; allowed: 0 to 19999, or a succ",
        ),
        (["baseline", "--day", "2017-11-28", "--person", str(9 * 2**24)], f"--person {9 * 2**24}: no such person; allowed: 0 to"),
        (["basline", "--day", "2017-11-28"], "basline: no such scenario; did you mean baseline?"),
    ],
)
def test_wrong_input_is_one_line(words, message, capsys):
    assert status_of(["explain", *words]) == 2
    told, heard = capsys.readouterr()
    assert told == ""
    assert len(heard.splitlines()) == 1
    assert message in heard


def refused_of(capsys, *words):
    """Return the last line of a refusal; the run before it shows its progress."""
    assert status_of(["explain", "baseline", "--day", str(DAY), "--seed", "3", *words]) == 2
    told, heard = capsys.readouterr()
    assert told == ""
    return heard.splitlines()[-1]


def test_who_is_not_registered_is_named_by_status(capsys):
    drivers = market_before().drivers
    registered = int((drivers["status"] == Status.REGISTERED).sum())
    person = int(drivers["person"][drivers["status"] == Status.AWARE][0])
    line = refused_of(capsys, *SETTINGS, "--person", str(person))
    first = drivers["person"][drivers["status"] == Status.REGISTERED].min()
    assert line == (
        f"gigsupply: --person {person}: aware on 2017-11-28; allowed: one of the {registered} registered, the first is {first}"
    )


def test_nobody_is_a_person_too_many(capsys):
    assert refused_of(capsys, *SETTINGS, "--person", "300") == (
        "gigsupply: --person 300: no such person; allowed: 0 to 299, or a successor's number"
    )


def test_a_day_without_blocks_or_refusals_says_so(capsys):
    none_posted = refused_of(capsys, "--set", "carriers.overtime_normal=2", "--set", "carriers.overtime_peak=2")
    assert "--day 2017-11-28: no block was posted" in none_posted
    nobody = refused_of(capsys, "--set", "population.drivers=1")
    assert "--day 2017-11-28: nobody refused a block he could have taken (0 looks)" in nobody
