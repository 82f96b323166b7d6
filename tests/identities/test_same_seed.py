"""A draw belongs to its person: same seed, same bytes; nobody's numbers depend on who else is there or on who looks at him."""

import json

import numpy as np
import pytest

from model import BlockMarket, Driver, Parameters
from model.blocks import post
from model.city import city_of
from model.looks import looks_of_evening
from model.matching import book
from model.participation import monday
from model.population import draw_persons, draw_places, draw_population
from model.pricing import pricing_policy
from model.prospects import entrance_of
from model.random_draws import Purpose, normal
from model.records import Day
from model.roster import Status, new_rows
from model.terms import terms_of
from results.cli import status_of

SMALL = ["--set", "population.drivers=400", "--set", "awareness.ceiling_share=1.0", "--set", "awareness.at_launch_share=1.0"]


def run_folder(folder, seed, *words):
    """Run the baseline through the command line and return every file's bytes, the manifest without its times."""
    assert status_of(["run", "baseline", "--seed", str(seed), "--out", str(folder), *SMALL, *words]) == 0
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    manifest = json.loads(files.pop("manifest.json"))
    assert set(manifest.pop("times")) == {"started", "seconds"}
    return files, manifest


def same(left: BlockMarket, right: BlockMarket) -> bool:
    """Tell whether two markets hold the same numbers, bit for bit."""
    diaries = [repr([tuple(getattr(day, name) for name in Day.__dataclass_fields__) for day in m.diary]) for m in (left, right)]
    return diaries[0] == diaries[1] and left.drivers.tobytes() == right.drivers.tobytes()


def test_the_same_seed_writes_the_same_bytes_and_another_seed_other_numbers(tmp_path, capsys):
    first, second, other = (run_folder(tmp_path / name, seed) for name, seed in (("a", 7), ("b", 7), ("c", 8)))
    assert first == second
    assert {"days.parquet", "blocks.parquet", "drivers.parquet", "former_drivers.parquet", "ledger.parquet", "summary.json"} == set(
        first[0]
    )
    for name in ("days.parquet", "blocks.parquet", "drivers.parquet", "summary.json"):
        assert first[0][name] != other[0][name]


def test_the_largest_seed_is_a_seed_of_its_own(busy_market):
    largest, lower_half, zero = busy_market(rng=2**64 - 1), busy_market(rng=2**32 - 1), busy_market(rng=0)
    assert len({market.drivers["value_of_time_per_hour"].tobytes() for market in (largest, lower_half, zero)}) == 3


def test_day_by_day_is_the_same_as_all_at_once(busy_market):
    at_once, stepped = busy_market(rng=5), busy_market(rng=5)
    at_once.run()
    while stepped.today <= stepped.parameters.scenario.end_date:
        stepped.step()
    assert sum(day.blocks_driven for day in stepped.diary) > 0
    assert same(at_once, stepped)


def test_agents_asleep_or_awake_drive_alike(busy_market):
    """Drivers become objects when somebody asks for agents: on the first day, on the last, or never."""
    asleep, awake, late = busy_market(rng=5), busy_market(rng=5), busy_market(rng=5)
    assert len(awake.agents) == 300 + 1 + 5
    for market in (asleep, awake, late):
        market.run(52)
    assert len(late.agents_by_type[Driver]) == 300
    for market in (asleep, awake, late):
        market.step()
    assert sum(day.blocks_driven for day in asleep.diary) > 0
    assert same(asleep, awake)
    assert same(asleep, late)
    awake_drivers = list(awake.agents_by_type[Driver])
    assert [driver.pay_total for driver in awake_drivers] == asleep.drivers["pay_total"].tolist()


def test_asking_a_driver_to_explain_changes_nothing(busy_market):
    asked, left_alone = busy_market(rng=5), busy_market(rng=5)
    drivers = list(asked.agents_by_type[Driver])
    for _ in range(40):
        for driver in drivers[:20]:
            driver.explain(64.0, slot=1)
        asked.step()
        left_alone.step()
    assert same(asked, left_alone)


def test_persons_added_at_the_end_of_the_pool_change_nobody_else():
    small, large = (draw_population(Parameters().with_values({"population.drivers": n}), 3) for n in (300, 500))
    assert small.tobytes() == large[:300].tobytes()
    assert not np.array_equal(large["value_of_time_per_hour"][:200], large["value_of_time_per_hour"][300:])


def test_persons_added_at_the_end_look_at_the_app_on_their_own(busy_market):
    """Where nobody's choice touches another's (no blocks to share), the first 300 do on Monday and evening what they did before."""
    seen = []
    for number in (300, 500):
        market = busy_market(rng=3, population__drivers=number)
        market.drivers["status"] = Status.REGISTERED
        openers, looks, starts = looks_of_evening(market.drivers, np.arange(number), market.terms)
        rounds = np.repeat(np.arange(1, 11), np.diff(starts))
        seen.append([(row, k) for row, k in zip(openers[looks].tolist(), rounds.tolist(), strict=True) if row < 300])
    assert len(seen[0]) > 300
    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    "change", [{"platform.policy": "fixed"}, {"platform.policy": "none"}, {"platform.pay_cap_per_hour": 25.0}, {"entry.cap": 3}]
)
def test_another_policy_meets_the_same_people_and_the_same_demand(change, busy_market):
    one = busy_market(rng=2)
    other = BlockMarket(one.parameters.with_values(change), rng=2)
    assert one.drivers.tobytes() == other.drivers.tobytes()
    one.run()
    other.run()
    assert [day.parcels_arrived for day in one.diary] == [day.parcels_arrived for day in other.diary]
    assert [day.couriers_employed for day in one.diary] == [day.couriers_employed for day in other.diary]
    assert [day.drivers_registered for day in one.diary] != [
        day.drivers_registered for day in other.diary
    ] or "entry.cap" not in change


def permutation(size):
    """Return an order of rows that is not their own."""
    return np.random.default_rng(1).permutation(size)


def test_permuted_rows_are_the_same_persons():
    parameters = Parameters().with_values({"population.drivers": 400})
    straight, shuffled, order = draw_population(parameters, 3), new_rows(400), permutation(400)
    shuffled["person"] = order
    city = city_of(parameters, 3)
    draw_places(shuffled, city)
    draw_persons(shuffled, np.arange(400), parameters, city)
    assert shuffled.tobytes() == straight[order].tobytes()


def test_permuted_rows_make_the_same_trades_by_person():
    values = {"population.drivers": 400, "attention.opening_probability_per_tenth": 0.4, "blocks.cancellation": 0.2}
    parameters = Parameters().with_values(values)
    evenings = []
    for order in (np.arange(400), permutation(400)):
        drivers = draw_population(parameters, 3)[order]
        drivers["status"] = Status.REGISTERED
        terms = terms_of(parameters.platform.launch_date, parameters, 3)
        booking = book(post(60, parameters.blocks, 1), pricing_policy(parameters), drivers, np.arange(400), terms)
        persons = drivers["person"][booking.trades["row"]].tolist()
        facts = booking.trades[["offer", "round", "cents", "perceived_surplus", "returns_in_round", "is_held"]].tolist()
        evenings.append(list(zip(persons, facts, strict=True)))
    assert len(evenings[0]) > 30
    assert evenings[0] == evenings[1]


def test_permuted_rows_hear_register_and_leave_alike():
    """The first hundred drive already and leave and are replaced; the others hear of it, wait and are admitted up to the cap."""
    values = {"awareness.ceiling_share": 1.0, "entry.cap": 110, "exit.hazard_per_week": 0.3, "exit.replacement_per_week": 0.5}
    parameters = Parameters().with_values(values | {"population.drivers": 400, "entry.hazard_per_week": 1.0})
    terms, city = terms_of(parameters.platform.launch_date, parameters, 3), city_of(parameters, 3)
    after = []
    for order in (np.arange(400), permutation(400)):
        drivers = draw_population(parameters, 3)[order]
        drivers["status"][drivers["person"] < 100] = Status.REGISTERED
        for is_first in (True, False):
            monday(drivers, np.arange(400), is_first, entrance_of(parameters, 16.0, 0.5), parameters, city, terms)
        after.append(drivers[np.argsort(drivers["person"] % 2**24)])
    assert set(after[0]["status"].tolist()) == {int(status) for status in Status}
    assert (after[0]["person"] >= 2**24).any()
    assert after[0].tobytes() == after[1].tobytes()


def test_a_shock_belongs_to_the_date_not_to_the_day_of_the_run(busy_market):
    """A scenario that starts a week later meets the same innovations: e_t − ρ e_(t−1) is one draw of the date."""
    market = busy_market(rng=4, scenario__start_date="2017-10-16")
    market.step()
    first = market.diary[0].date
    z = normal(np.uint64(4), Purpose.DEMAND, first.toordinal(), 0, 0)
    before = normal(np.uint64(4), Purpose.DEMAND, first.toordinal() - 1, 0, 0)
    assert market.demand_shock == pytest.approx(0.6 * 0.05 * before + 0.04 * z, rel=1e-12)
