"""A tab's session: what is shown, what levers do, and that what is taken away runs again to the same bytes."""

import gc
import json
import subprocess
import sys
import weakref
import zipfile
from datetime import timedelta
from io import BytesIO

import pandas as pd
import pytest

from experiments.scenario import read_scenario
from model import BlockMarket, Parameters
from model.parameters import ParameterError
from model.sights import Answer
from results.cli import status_of
from results.live import berlin, compared, frames, person, story, take, words
from results.live.charts import OVER_TIME, cloud, tonight
from results.live.levers import LEVERS, levers, typed
from results.live.refusal import refusal
from results.live.run import WINDOW
from results.live.session import Session
from tests.conftest import BUSY
from tests.units.seasons import CAP, LAUNCHED, compare, pass_days, session_of


def test_it_begins_paused_on_the_first_day():
    session = session_of()
    assert session.latest is None
    assert story.date_line(session) == "Mon 9 Oct 2017"
    assert frames.whole(session, "active", None)["rows"]["pay"] == []


def test_the_market_on_the_page_is_the_market():
    session = session_of()
    pass_days(session, LAUNCHED)
    alone = BlockMarket(session.given.parameters, rng=0)
    alone.run(days=LAUNCHED)
    assert session.market.days.equals(alone.days)


def test_sessions_do_not_touch_one_another():
    together, alone = [session_of(seed=seed) for seed in (1, 2, 3)], [session_of(seed=seed) for seed in (1, 2, 3)]
    for _ in range(LAUNCHED):
        for session in together:
            session.advance()
    for session, same in zip(together, alone, strict=True):
        pass_days(same, LAUNCHED)
        assert session.market.days.equals(same.market.days)
    assert not together[0].market.days.equals(together[1].market.days)


def test_a_lever_holds_from_the_next_day():
    session = session_of()
    pass_days(session, LAUNCHED)
    before = session.latest
    session.change(CAP, 25.0)
    assert before.parameters.platform.pay_cap_per_hour == 16.0
    assert session.parameters.platform.pay_cap_per_hour == 25.0
    assert session.advance().cap_per_block == 100.0
    assert [(move.date, move.name, move.value) for move in session.moves] == [(before.day.date + timedelta(1), CAP, 25.0)]


def test_what_shapes_the_start_waits_for_the_start_over():
    session = session_of()
    pass_days(session, 3)
    session.change("carriers.starting_gap_share", 0.1)
    session.change(CAP, 20.0)
    assert session.parameters.carriers.starting_gap_share == 0.06
    session.begin(session.again())
    assert session.latest is None
    assert session.parameters.carriers.starting_gap_share == 0.1
    assert session.changed_at_start == {"carriers.starting_gap_share": 0.1, CAP: 20.0}
    assert not session.moves
    session.begin(session.as_given())
    assert not session.is_changed


@pytest.mark.parametrize("value", [9.0, -1.0, 1e9, float("nan"), "much"])
def test_a_value_that_is_not_allowed_changes_nothing(value):
    session = session_of()
    with pytest.raises(ParameterError, match="allowed"):
        session.change(CAP, value)
    assert session.parameters.platform.pay_cap_per_hour == 16.0


def test_a_model_error_is_kept_and_the_session_goes_no_further():
    session, other = session_of(), session_of()
    pass_days(session, 2)
    session.market.count = lambda _: 1 / 0
    assert session.advance() is None
    assert "ZeroDivisionError" in session.fault
    assert other.advance()
    session.begin(session.again())
    assert session.fault is None
    assert session.advance()


def test_a_week_is_told_while_a_day_is_added():
    session = session_of()
    pass_days(session, LAUNCHED)
    looker = int(session.evening.people["person"][0])

    class Late:
        """A snapshot during whose reading another day comes."""

        @property
        def evening(self):
            session.run.days.append(session.run.days[0])

    session.run.days.appendleft(Late())
    assert person.week(session, looker)
    assert session.evening


def test_a_long_run_keeps_a_window_only():
    session = session_of(population__drivers=20)
    pass_days(session, WINDOW + 30)
    assert len(session.run.days) == WINDOW
    assert sum(snapshot.evening is not None for snapshot in session.run.days) <= 7
    first, last = session.run.days[0].day.date, session.run.days[-1].day.date
    axis = OVER_TIME[0].option(session)["xAxis"]
    assert (axis["min"], axis["max"]) == (first.isoformat(), last.isoformat())


def test_every_message_is_json_and_a_row_per_day():
    session = session_of()
    session.change(CAP, 28.0)
    compare(session)
    for _ in range(LAUNCHED + 5):
        session.advance()
        for quantity in words.QUANTITIES:
            message = json.loads(frames.encoded(frames.days(session, quantity, 1, None, has_dots=True)))
        for chart in OVER_TIME:
            (row,) = message["rows"][chart.NAME]
            assert len(row) == 1 + len(chart.COLUMNS)
    assert session.twin
    frames.encoded(frames.options(session))
    assert {len(rows) for rows in frames.whole(session, "net", None)["rows"].values()} == {LAUNCHED + 5}


def test_charts_draw_columns_they_have():
    session = session_of()
    for chart in (*OVER_TIME, tonight):
        option = chart.option(session)
        known = option["dataset"]["dimensions"]
        assert all(series["encode"]["y"] in known for series in option["series"] if "encode" in series)


def test_dots_are_everybody_who_looked():
    session = session_of()
    pass_days(session, LAUNCHED)
    evening = session.evening
    dots = cloud.dots(evening, int(evening.people["person"][0]))
    assert [len(of) for of in dots[:-1]] == [evening.number(answer) for answer in Answer]
    assert len(dots[-1]) == 1


def test_who_refused_is_told_from_the_middle_loss_outwards():
    session = session_of()
    pass_days(session, LAUNCHED)
    while session.evening is None or session.evening.number(Answer.PASSED) < 5:
        session.advance()
    evening, refusers = session.evening, session.refusers()
    losses = [-evening.sights["perceived_surplus"][evening.place_of(one)] for one in refusers]
    assert len(set(refusers)) == len(refusers) == evening.number(Answer.PASSED)
    assert losses[0] == sorted(losses)[(len(losses) - 1) // 2]
    ranks = [sorted(losses).index(loss) - sorted(losses).index(losses[0]) for loss in losses]
    assert [abs(rank) for rank in ranks] == sorted(abs(rank) for rank in ranks)
    assert all(evening.sights["open"][evening.place_of(one)] > 0 for one in refusers)


def test_tiles_are_sums_over_four_weeks():
    session = session_of()
    pass_days(session, LAUNCHED + 10)
    active = berlin.values_of(session.past, "active")
    assert active.sum() == session.latest.day.drivers_active
    last = session.market.days.tail(28)
    pay = berlin.over_four_weeks(session.past, "districts")["pay"].sum()
    assert pay == pytest.approx(last["pay_total_eur"].sum(), rel=1e-9)


def test_everybody_can_be_told():
    session = session_of()
    pass_days(session, LAUNCHED)
    for number in session.evening.people["person"].tolist():
        told = person.told(session, number)
        assert told.budget["What decides"][-1][0] == "perceived surplus"
        assert told.verdict
    assert person.told(session, -1) is None


def test_levers_show_ranges_and_take_what_is_typed():
    by_name = {lever.name: lever for lever in levers(Parameters(), 8.84)}
    assert set(by_name) == set(LEVERS) == set(words.LEVERS)
    assert (by_name[CAP].low, by_name[CAP].high) == (16.0, 28.0)
    assert typed(by_name[CAP], " 20,5 ") == 20.5
    assert typed(by_name["carriers.starting_gap_share"], "8 %") == 0.08
    limit = by_name["platform.station_limit"]
    assert [typed(limit, text) for text in ("1,000", "1000", "12,345,678")] == [1000, 1000, 12345678]
    assert typed(limit, "1,5") == 1.5
    for text in ("", "abc", "1e999999x", "0x10", "−", "1_0"):
        with pytest.raises(ParameterError, match="allowed"):
            typed(by_name[CAP], text)


@pytest.mark.parametrize("name", LEVERS)
def test_every_lever_can_be_turned_within_its_range(name):
    session = session_of()
    (lever,) = [lever for lever in levers(session.parameters, 8.84) if lever.name == name]
    for value in lever.choices or (lever.low, lever.high):
        allowed = min(value, 16.0) if name == "platform.pay_floor_per_hour" else value  # the floor may not exceed the cap
        session.change(name, allowed)
        assert session.value_of(name) == allowed


def test_what_is_taken_away_runs_again_to_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = [f"{name}={value}" for name, value in (BUSY | {"platform.pay_floor_per_hour": 11.0}).items()]
    session = Session(read_scenario("berlin-christmas-2017", settings), 5)
    session.change("platform.pay_floor_per_hour", 11.5)
    session.begin(session.again())
    pass_days(session, LAUNCHED)
    session.change(CAP, 21.0)
    session.change("cars.fuel_price_factor", 1.3)
    pass_days(session, 6)
    session.change("platform.policy", "escalator")
    pass_days(session, 6)
    session.change("population.unemployment_rate", 0.06)
    taken = take.taken(session, take.Opened("berlin-christmas-2017", settings))
    content = zipfile.ZipFile(BytesIO(take.run_folder(taken)))
    root = taken.file_name
    files = {name.removeprefix(f"{root}/"): content.read(name) for name in content.namelist()}
    line = files["command.txt"].decode().split()
    (tmp_path / "s.toml").write_bytes(files["scenario.toml"])
    again = [
        ["run", "s.toml", *line[3:7], "--out", "by-file"],
        [*line[1:], "--out", "by-line"],
    ]
    assert f"gigsupply run scenario.toml {' '.join(line[3:7])};" in files["README.txt"].decode()
    assert len(files["README.txt"].decode().splitlines()) == 3
    for words_of_command in again:
        assert status_of(words_of_command) == 0
        out = tmp_path / words_of_command[-1]
        for table in ("days", "blocks", "drivers", "former_drivers", "ledger"):
            assert (out / f"{table}.parquet").read_bytes() == files[f"{table}.parquet"], table
        assert (out / "summary.json").read_bytes() == files["summary.json"]
    days = pd.read_csv(BytesIO(files["days.csv"]), parse_dates=["date"])
    pd.testing.assert_frame_equal(days, session.market.days, check_dtype=False, rtol=0.0, atol=0.0)


def test_figures_can_be_taken_once_there_is_something_to_draw():
    session = session_of()
    with pytest.raises(ParameterError, match="no day has passed"):
        take.figure(take.taken(session, take.Opened("busy")), "prices", "svg")
    pass_days(session, 3)
    with pytest.raises(ParameterError, match="no block"):
        take.figure(take.taken(session, take.Opened("busy")), "prices", "svg")
    pass_days(session, LAUNCHED + 20)
    for which in take.FIGURES:
        assert take.figure(take.taken(session, take.Opened("busy")), which, "svg").startswith(b"<?xml")
        assert take.figure(take.taken(session, take.Opened("busy")), which, "png").startswith(b"\x89PNG")


def test_nothing_but_the_page_needs_nicegui():
    code = "import results.cli, results.live.command, results.live.frames, results.live.take, sys; print('nicegui' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_a_session_that_ends_lets_its_memory_go_at_once():
    gc.collect()
    gc.disable()
    try:
        session = session_of()
        session.change("carriers.starting_gap_share", 0.1)
        session.begin(session.again())
        compare(session)
        pass_days(session, LAUNCHED)
        rosters = [weakref.ref(run.market.drivers) for run in (session.run, session.twin)]
        session.begin(session.again())
        assert [roster() for roster in rosters] == [None, None]
        compare(session)
        pass_days(session, 2)
        rosters = [weakref.ref(run.market.drivers) for run in (session.run, session.twin)]
        session.end()
        assert [roster() for roster in rosters] == [None, None]
    finally:
        gc.enable()


def test_a_season_without_the_platform_begins_with_the_start_over():
    session = Session(read_scenario("berlin-christmas-2017", ["population.drivers=300"]), 0)
    session.advance()
    session.change("platform.policy", "none")
    assert session.waiting == {"platform.policy": "none"}
    assert session.parameters.platform.policy == "feedback"
    session.begin(session.again())
    assert session.parameters.platform.policy == "none"
    session.advance()
    assert session.fault is None
    session.change("platform.policy", "fixed")
    assert session.waiting == {}


def test_a_download_leaves_the_market_as_it_was():
    """A lever moved, a file taken, the lever moved back on the same day: as if it had never been moved."""
    downloaded, other = (Session(read_scenario("berlin-christmas-2017", ["population.drivers=3000"]), 0) for _ in range(2))
    for session in (downloaded, other):
        while session.market.today.isoformat() < "2017-12-06":
            session.advance()
    downloaded.change("platform.pay_cap_per_hour", 12.0)
    take.run_folder(take.taken(downloaded, take.Opened("berlin-christmas-2017")))
    downloaded.change("platform.pay_cap_per_hour", 16.0)
    for session in (downloaded, other):
        for _ in range(4):
            session.advance()
    assert downloaded.market.days.equals(other.market.days)


def test_a_lever_that_waits_is_told_on_top():
    session = session_of()
    assert compared.differences(session) == words.COMPARED["none"]
    session.change("carriers.starting_gap_share", 0.04)
    assert compared.differences(session) == "Carriers' shortage 4 % holds when you start over."
    session.change(CAP, 20.0)
    session.change("platform.policy", "none")
    assert compared.differences(session).endswith(
        "changes do. Carriers' shortage 4 %, Pricing no platform hold when you start over."
    )
    session.begin(session.again())
    assert "start over" not in compared.differences(session)


def test_what_is_shown_of_an_evening_is_the_latest_with_blocks_and_says_its_day():
    session = session_of()
    assert (story.evening(session), frames.whole(session, "active", None)["board"]) == ("", [])
    pass_days(session, LAUNCHED)
    while session.latest.evening or not session.evening:
        session.advance()
    shown = next(day for day in reversed(session.run.days) if day.evening)
    message = frames.days(session, "active", 1, None, has_dots=True)
    assert story.evening(session) == words.day_in_words(shown.day.date) != story.date_line(session)
    assert message["board"] == tonight.rows(shown.evening, None)
    assert sum(int(head.split(": ")[1].split(" of ")[1]) for head in message["heads"]) == shown.day.blocks_posted
    assert sum(map(len, message["dots"])) == len(shown.evening.people)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("platform.pay_floor_per_hour", "20", "Pay floor: not allowed; allowed: at most Highest pay, 16 EUR/h."),
        ("platform.pay_floor_per_hour", "1e6", "Pay floor: not allowed; allowed: 0 to 200 EUR/h."),
        (CAP, "8", "Highest pay: not allowed; allowed: at least Pay floor, 9.75 EUR/h."),
        (CAP, "many", "Highest pay: not allowed; allowed: 0 to 200 EUR/h."),
        ("carriers.starting_gap_share", "60", "Carriers' shortage: not allowed; allowed: 0 to 50 %."),
        ("platform.station_limit", "1.5", "Most blocks a day: not allowed; allowed: a whole number, 0 to 1000000 a day."),
    ],
)
def test_what_is_refused_is_said_in_the_levers_own_names(name, text, said):
    session = session_of(platform__pay_floor_per_hour=9.75)
    lever = next(lever for lever in levers(session.parameters, 8.84) if lever.name == name)
    with pytest.raises(ParameterError) as error:
        session.change(name, typed(lever, text))
    assert refusal(lever, str(error.value), session.parameters) == said


def test_levers_that_wait_must_fit_each_other():
    session = Session(read_scenario("berlin-christmas-2017", ["population.drivers=10"]), 0)
    while not session.is_over:
        session.advance()
    session.change("platform.pay_floor_per_hour", 15.0)
    with pytest.raises(ParameterError, match="pay_floor_per_hour"):
        session.change("platform.pay_cap_per_hour", 12.0)
    session.begin(session.again())
    assert session.parameters.platform.pay_floor_per_hour == 15.0
