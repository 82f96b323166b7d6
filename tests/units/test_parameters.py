"""Parameters: each number once, with unit, ranges and a source that exists; what is printed is what is documented."""

import tomllib
from pathlib import Path

import pytest

from experiments.scenario import read_scenario, scenario_names
from model import BlockMarket, Parameters, population
from model.parameters import ParameterError
from model.parameters.declare import numbers_in, within
from model.sources import FACTS_FILE, assumed, fact, facts
from results.cli import status_of

QUANTITIES = Parameters().table()
PARAMETERS_PAGE = Path(__file__).parents[2] / "docs" / "parameters.md"


def cited(quantity):
    """Return the ids a parameter's source names; a fact's id stands before the semicolon of its reason."""
    return quantity.source.facts


@pytest.mark.parametrize("name", QUANTITIES)
def test_every_parameter_has_a_unit_and_a_fact_or_a_reason(name):
    quantity = QUANTITIES[name]
    assert quantity.unit
    assert quantity.source.facts or quantity.source.reason
    assert set(cited(quantity)) <= facts().keys()


@pytest.mark.parametrize("name", QUANTITIES)
def test_a_default_is_plausible_and_what_is_plausible_is_allowed(name):
    quantity = QUANTITIES[name]
    assert quantity.is_plausible
    for number in numbers_in(quantity.default):
        assert quantity.allowed is None or within(quantity.allowed, number)
        assert quantity.plausible is None or within(quantity.plausible, number)
    if quantity.plausible:
        assert quantity.allowed is not None
        assert quantity.plausible[0] < quantity.plausible[1]
        assert quantity.allowed[0] <= quantity.plausible[0]
        assert quantity.plausible[1] <= quantity.allowed[1]


def test_every_number_has_an_allowed_range():
    kinds = {name: quantity.kind for name, quantity in QUANTITIES.items() if quantity.allowed is None}
    assert all("number" not in kind for kind in kinds.values()), kinds


def test_the_facts_file_holds_the_cited_facts_and_the_minimum_wages_and_nothing_else():
    """The wage table cites its own rows."""
    table = (FACTS_FILE.parent / "minimum_wage.csv").read_text(encoding="utf-8").splitlines()[1:]
    cited_ids = {id for quantity in QUANTITIES.values() for id in cited(quantity)} | {line.split(",")[2] for line in table}
    assert set(facts()) == cited_ids


def test_every_fact_says_where_it_comes_from_and_how_good_it_is():
    rows = tomllib.loads(FACTS_FILE.read_text(encoding="utf-8"))["fact"]
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert row["source"], row["id"]
        assert row["status"] in {"verified", "recalled", "derived"}, row["id"]
        assert row["quality"] in {"A", "B", "C"}, row["id"]
        assert row["url"].startswith("http") or row["status"] != "verified", row["id"]


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("platform.pay_cap_per_hour", "flex.pay_hour_max_2017"),
        ("population.unemployed", "berlin.unemployed_2017_11"),
        ("demand.per_workday", "berlin.parcels_per_workday"),
        ("carriers.couriers", "berlin.vans_per_workday"),
    ],
)
def test_a_default_taken_from_a_fact_is_the_facts_value(name, id):
    assert float(QUANTITIES[name].default) == pytest.approx(float(facts()[id].value), rel=1e-3)


def test_a_source_reads_as_ids_with_a_reason_or_as_an_assumption():
    assert str(fact("a.b", "c.d", reason="why")) == "a.b, c.d; why"
    assert str(fact("a.b")) == "a.b"
    assert str(assumed("why")) == "assumption: why"


def test_the_parameters_page_is_what_show_prints(capsys):
    """Stale? Run `gigsupply show baseline --markdown > docs/parameters.md`."""
    assert status_of(["show", "baseline", "--markdown"]) == 0
    assert capsys.readouterr().out == PARAMETERS_PAGE.read_text(encoding="utf-8")


def test_the_page_and_the_terminal_list_every_parameter(capsys):
    assert status_of(["show", "baseline"]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()[1:]]
    assert listed == list(QUANTITIES)
    page = PARAMETERS_PAGE.read_text(encoding="utf-8")
    assert all(f"| `{name.rpartition('.')[2]}` |" in page for name in QUANTITIES)


def test_names_relied_on_elsewhere_exist():
    assert {"platform.pay_cap_per_hour", "population.drivers", "carriers.starting_gap_share"} <= QUANTITIES.keys()


@pytest.mark.parametrize("name", scenario_names())
def test_every_shipped_scenario_reads_and_says_what_it_is_about(name):
    scenario = read_scenario(name)
    assert scenario.name == name
    assert scenario.about.endswith(".")
    assert all(quantity.is_plausible for quantity in scenario.parameters.table().values()) or name == "no-shortage"


def test_parameters_are_frozen_and_a_variant_leaves_its_origin_alone():
    origin = Parameters()
    variant = origin.with_values({"platform.pay_cap_per_hour": 20.0})
    assert (origin.platform.pay_cap_per_hour, variant.platform.pay_cap_per_hour) == (16.0, 20.0)
    with pytest.raises(Exception, match="frozen"):
        origin.platform.pay_cap_per_hour = 20.0


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"platform.pay_cap": 20.0}, "platform.pay_cap: unknown parameter; did you mean platform.pay_cap_per_hour"),
        ({"platform.pay_floor_per_hour": 17.0}, "platform.pay_floor_per_hour = 17: not allowed; allowed: up to platform.pay_cap"),
        ({"platform.stations": ("Tegel", "Tegel")}, "platform.stations = [Tegel, Tegel]: not allowed"),
        ({"platform.stations": ()}, "platform.stations = []: not allowed"),
        ({"entry.delay_longest": 3}, "entry.delay_longest = 3: not allowed; allowed: entry.delay_shortest = 7 or more"),
        ({"blocks.slot_starts": (), "blocks.slot_hours": (), "blocks.slot_shares": ()}, "allowed: 1 to 8 slots"),
        ({"population.groups.alg2.archetypes": {}}, "archetypes = {}: not allowed without a wage_median"),
        ({"population.groups.student.archetypes": {"student": 0.0}}, "weights with a positive sum"),
        ({"population.groups.student": 3}, "this is a section"),
        ({"scenario.start_date": "1999-12-31"}, "scenario.start_date = 1999-12-31: not allowed; allowed: a date from 2000-01-01"),
    ],
)
def test_what_does_not_fit_together_is_refused_by_name(values, message):
    with pytest.raises(ParameterError) as refused:
        Parameters().with_values(values)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("seed", [-1, 2**64, 1.5, True, "7", None])
def test_a_market_refuses_what_is_no_seed(seed):
    with pytest.raises(ParameterError, match="allowed: a whole number from 0 to 2\\^64 - 1"):
        BlockMarket(rng=seed, population__drivers=0)


def test_a_wage_that_never_reaches_the_minimum_is_refused_by_name():
    with pytest.raises(ParameterError, match=r"population\.groups\.student\.wage_median = 1: not allowed"):
        BlockMarket(population__drivers=100, population__groups__student__wage_median=1.0)


def test_a_pool_that_memory_cannot_hold_is_refused_before_anything_is_allocated(monkeypatch, capsys, tmp_path):
    """With a gibibyte free, as if on a small machine: one line, nothing written, and the largest pool it names is allowed."""
    monkeypatch.setattr(population, "free_memory", lambda: 2.0**30)
    monkeypatch.setattr(population, "new_rows", lambda number: pytest.fail(f"{number} rows allocated"))
    status = status_of(["run", "baseline", "--set", "population.drivers=16_000_000", "--out", str(tmp_path / "run")])
    message = capsys.readouterr().err.splitlines()[-1]
    assert status == 2
    assert message.startswith(
        "gigsupply: population.drivers = 16,000,000: not allowed; they need about 4.9 GiB and 1.0 GiB are free"
    )
    assert not (tmp_path / "run").exists()
    most = int(message.rsplit(" ", 1)[1].replace(",", ""))
    population.must_fit(most, 2.0**30)
    with pytest.raises(ParameterError):
        population.must_fit(most + 1, 2.0**30)


def test_free_memory_is_less_than_the_machine_has():
    assert 2**20 < population.free_memory() < 2**50


def test_a_market_runs_no_negative_number_of_days():
    market = BlockMarket(population__drivers=1)
    market.run(0)
    with pytest.raises(ParameterError, match=r"days = -3: not allowed; allowed: a whole number from 0"):
        market.run(-3)
    assert not market.diary
