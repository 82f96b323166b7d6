"""Dated changes as a user writes them: read from a scenario file and the command line, refused by name, written back."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.scenario import Scenario, read_scenario, scenario_names
from model import Parameters
from model.parameters import Change, ParameterError
from tests.identities.wide_scenarios import FREE, scenarios

DECEMBER = date(2017, 12, 1)
SEASON = "[scenario]\nend_date = 2018-01-31\n"
RAISED = f'{SEASON}\n[[change]]\ndate = 2017-12-01\n"platform.pay_cap_per_hour" = 20\n'
MAY_CHANGE = sorted(name for name, quantity in Parameters().table().items() if quantity.midway and name in FREE)


def written(tmp_path, text, name="mine"):
    path = tmp_path / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_change_holds_from_its_date_on(tmp_path):
    parameters = read_scenario(written(tmp_path, RAISED)).parameters
    assert parameters.changes == (Change(DECEMBER, "platform.pay_cap_per_hour", 20.0),)
    assert type(parameters.changes[0].value) is float
    caps = [parameters.on(date(*day)).platform.pay_cap_per_hour for day in ((2017, 11, 30), (2017, 12, 1), (2018, 3, 1))]
    assert caps == [16.0, 20.0, 20.0]
    assert parameters.platform.pay_cap_per_hour == 16.0


def test_changes_add_up_in_the_order_of_their_dates(tmp_path):
    """Whatever the order in the file; a name may be dotted in quotes, without, or in sections."""
    text = f"""{SEASON}
[[change]]
date = "2018-01-08"
platform.pay_cap_per_hour = 18.0

[[change]]
date = 2017-12-01
[change.platform]
pay_cap_per_hour = 25.0
pay_floor_per_hour = 17.0

[[change]]
date = 2017-12-01
cars.fuel_price_factor = 1.1
"""
    parameters = read_scenario(written(tmp_path, text)).parameters
    assert [change.name for change in parameters.changes] == [
        "cars.fuel_price_factor", "platform.pay_cap_per_hour", "platform.pay_floor_per_hour", "platform.pay_cap_per_hour",
    ]  # fmt: skip
    december, january = parameters.in_turn[1:]
    assert (december.platform.pay_cap_per_hour, december.platform.pay_floor_per_hour) == (25.0, 17.0)
    assert (january.platform.pay_cap_per_hour, january.platform.pay_floor_per_hour, january.cars.fuel_price_factor) == (18, 17, 1.1)


def test_the_command_line_sets_the_start_and_has_the_last_word_on_a_change(tmp_path):
    path = written(tmp_path, RAISED)
    parameters = read_scenario(path, ["platform.pay_cap_per_hour=14"], ["2017-12-01:platform.pay_cap_per_hour=22"]).parameters
    assert [there.platform.pay_cap_per_hour for there in parameters.in_turn] == [14.0, 22.0]
    same = read_scenario("baseline", ["scenario.end_date=2018-01-31"], ["2017-12-01:platform.pay_cap_per_hour=20"]).parameters
    assert same == read_scenario(path).parameters
    assert same != same.held({"platform.pay_cap_per_hour": 16.0})


def test_what_is_held_does_not_change(tmp_path):
    text = f'{RAISED}"platform.policy" = "none"\n'
    alone = read_scenario(written(tmp_path, text)).parameters.held({"platform.policy": "none"})
    assert [there.platform.policy for there in alone.in_turn] == ["none", "none"]
    assert alone.changes == (Change(DECEMBER, "platform.pay_cap_per_hour", 20.0),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[change]\ndate = 2017-12-01\n", "change = {date = 2017-12-01}: not allowed; allowed: tables [[change]] with date and"),
        ("[[change]]\nblocks.km = 3.0\n", "change 1: no date; allowed: date = YYYY-MM-DD"),
        ("[[change]]\ndate = 12\n", "change 1: date = 12: not allowed; allowed: a date (YYYY-MM-DD)"),
        ('[[change]]\ndate = "soon"\n', "change 1: date = soon: not allowed; allowed: a date (YYYY-MM-DD)"),
        ("[[change]]\ndate = 2017-12-01T08:00:00\n", "change 1: date = 2017-12-01 08:00:00: not allowed; allowed: a date"),
        ("[[change]]\ndate = 2017-12-01\n", "change on 2017-12-01: changes nothing; allowed: a parameter and its new value"),
        ("[[change]]\ndate = 2017-12-01\nplatform.pay_cap = 3.0\n",
         "change on 2017-12-01: platform.pay_cap: unknown parameter; did you mean platform.pay_cap_per_hour?"),
        ("[[change]]\ndate = 2017-12-01\nplatform = 3.0\n", "change on 2017-12-01: platform: this is a section"),
        ("[[change]]\ndate = 2017-12-01\nplatform.launch_date = 2017-12-08\n",
         "change on 2017-12-01: platform.launch_date: holds from the first day to the last; in platform may change: stations,"),
        ("[[change]]\ndate = 2017-12-01\nscenario.end_date = 2018-02-01\n",
         "scenario.end_date: holds from the first day to the last; nothing in scenario may change midway"),
        ("[[change]]\ndate = 2018-02-01\nblocks.km = 3.0\n",
         "change on 2018-02-01: outside the season; allowed: a date from 2017-10-09 to 2018-01-31 (scenario.end_date)"),
        ("[[change]]\ndate = 2017-10-08\nblocks.km = 3.0\n", "change on 2017-10-08: outside the season"),
        (2 * "[[change]]\ndate = 2017-12-01\nblocks.km = 3.0\n", "change on 2017-12-01: blocks.km: given twice"),
        ("[[change]]\ndate = 2017-12-01\nblocks.no_show = 2.0\n",
         "change on 2017-12-01: blocks.no_show = 2: not allowed; allowed: a number from 0 to 0.99"),
        ("[[change]]\ndate = 2017-12-01\nplatform.pay_floor_per_hour = 17.0\n",
         "change on 2017-12-01: platform.pay_floor_per_hour = 17: not allowed; allowed: up to platform.pay_cap_per_hour = 16"),
    ],
)  # fmt: skip
def test_a_wrong_change_is_refused_by_file_date_and_name(text, said, tmp_path):
    path = written(tmp_path, f"{SEASON}\n{text}")
    with pytest.raises(ParameterError) as refused:
        read_scenario(path)
    assert str(refused.value).startswith(f"{path}: ")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("platform.pay_cap_per_hour=20", "'platform.pay_cap_per_hour=20': not allowed; allowed: YYYY-MM-DD:name=value"),
        ("2017-11-15:", "'2017-11-15:': not allowed; allowed: YYYY-MM-DD:name=value"),
        ("2017-11-31:blocks.km=3", "2017-11-31: not allowed; allowed: a date (YYYY-MM-DD)"),
        ("2017-11-15:=3", "'=3': not allowed; allowed: name=value"),
        ("2017-11-15:blocks.slot_hours=[4, 4, 4]", "change on 2017-11-15: blocks.slot_hours: holds from the first day to the last"),
        ("2017-12-15:blocks.km=3", "change on 2017-12-15: outside the season; allowed: a date from 2017-10-09 to 2017-11-30"),
    ],
)
def test_a_wrong_change_on_the_command_line_is_refused(word, said):
    with pytest.raises(ParameterError) as refused:
        read_scenario("baseline", (), [word])
    assert str(refused.value).startswith("--change: ")
    assert said in str(refused.value)


def test_a_start_value_that_contradicts_a_later_change_is_refused(tmp_path):
    with pytest.raises(ParameterError, match=r"^--set: change on 2017-12-01: platform\.pay_floor_per_hour = 23: not allowed"):
        read_scenario(written(tmp_path, RAISED), ["platform.pay_floor_per_hour=23", "platform.pay_cap_per_hour=25"])


@pytest.mark.parametrize("name", scenario_names())
def test_every_scenario_reads_back_as_it_was_written(name, tmp_path):
    scenario = read_scenario(name)
    assert read_scenario(written(tmp_path, scenario.as_toml(), name)) == scenario


@settings(max_examples=40)
@given(parameters=scenarios(), data=st.data(), about=st.text(st.characters(codec="utf-8"), max_size=20))
def test_any_scenario_with_any_changes_reads_back_as_it_was_written(parameters, data, about, tmp_path_factory):
    first = parameters.scenario.start_date.toordinal()
    for name in data.draw(st.lists(st.sampled_from(MAY_CHANGE), max_size=5)):
        day = date.fromordinal(first + data.draw(st.integers(0, 400)))
        parameters = parameters.with_changes([Change(day, name, data.draw(FREE[name]))])
    folder = tmp_path_factory.getbasetemp()
    scenario = Scenario("mine", about, parameters)
    assert read_scenario(written(folder, scenario.as_toml())) == scenario
