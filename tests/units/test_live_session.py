"""A tab's session: what is shown, what levers do, and that what is taken away runs again to the same bytes."""

import gc
import json
import subprocess
import sys
import weakref
import zipfile
from datetime import date, timedelta
from io import BytesIO

import numpy as np
import pandas as pd
import pytest

from experiments.scenario import Scenario, read_scenario
from model import BlockMarket, Parameters
from model.looks import looks_of_evening
from model.parameters import ParameterError
from model.sights import Answer
from results.cli import status_of
from results.live import berlin, compared, frames, person, season, story, take, words
from results.live.amounts import whole as whole_number
from results.live.charts import OVER_TIME, cloud, tonight
from results.live.levers import LEVERS, levers, typed
from results.live.refusal import refusal
from results.live.run import WINDOW
from results.live.session import Session
from tests.conftest import BUSY

CAP = "platform.pay_cap_per_hour"
LAUNCHED = 40  # days after which blocks are booked


def session_of(seed=0, **overrides):
    values = BUSY | {name.replace("__", "."): value for name, value in overrides.items()}
    return Session(Scenario("busy", "", Parameters().with_values(values)), seed)


def pass_days(session, number):
    for _ in range(number):
        session.advance()


def compare(session):
    session.is_comparing = True
    session.follow()


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
    together, alone = [session_of(seed) for seed in (1, 2, 3)], [session_of(seed) for seed in (1, 2, 3)]
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


def test_the_season_beside_is_the_scenario_as_it_was():
    session = session_of()
    pass_days(session, LAUNCHED)
    session.change(CAP, 28.0)
    pass_days(session, 5)
    compare(session)
    pass_days(session, 5)
    alone = BlockMarket(session.given.parameters, rng=0)
    alone.run(days=LAUNCHED + 10)
    assert session.twin.market.days.equals(alone.days)
    assert [snapshot.day.date for snapshot in session.beside] == [snapshot.day.date for snapshot in session.past]
    assert compared.differences(session).startswith("Your changes, since ")


def test_differences_are_those_of_the_diaries():
    session = session_of()
    session.change(CAP, 28.0)
    compare(session)
    pass_days(session, LAUNCHED + 10)
    more = session.market.days["blocks_filled"].sum() - session.twin.market.days["blocks_filled"].sum()
    said = compared.differences(session)
    assert more != 0
    assert f"{abs(more):,.0f} {'more' if more > 0 else 'fewer'} blocks taken" in said


def test_rounds_are_shown_one_by_one_and_then_the_day():
    session = session_of()
    pass_days(session, LAUNCHED)
    shown = []
    while session.latest.evening is None or session.round is None:
        session.next_round()
    days = session.days_passed
    rounds = len(session.latest.evening.rounds)
    while session.round is not None:
        message = frames.evening(session, None)
        filled = [row for row in message["board"] if len(row) > 1]
        assert len(filled) == session.round
        shown.append(sum(len(dots) for dots in message["dots"][:-1]))
        assert len(session.past) == days - 1
        session.next_round()
    assert len(shown) == rounds
    assert shown == sorted(shown)
    assert shown[-1] == len(session.latest.evening.sights)
    assert session.days_passed == days == len(session.past)


def test_an_evening_so_far_is_who_has_looked_by_then_and_what_they_have_done():
    session = session_of()
    pass_days(session, LAUNCHED)
    while session.round is None:
        session.next_round()
    whole = session.latest.evening
    _, looks, starts = looks_of_evening(whole.people.copy(), np.arange(whole.people.size), whole.terms)
    has_looked_again = False
    while session.round is not None:
        round, evening = session.round, session.evening
        have_looked = np.unique(looks[: starts[round]])
        assert evening.people["person"].tolist() == whole.people["person"][have_looked].tolist()
        takers = set(whole.trades["row"][whole.trades["round"] <= round].tolist())
        assert evening.number(Answer.TOOK) == len(takers)
        assert f"of {whole_number(have_looked.size)} people who opened the app" in story.why(session)
        assert sum(map(len, cloud.dots(evening, None))) == have_looked.size
        has_looked_again |= np.count_nonzero(whole.sights["round"] <= round) < have_looked.size
        session.next_round()
    assert has_looked_again
    assert evening.sights.tobytes() == whole.sights.tobytes()


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


def test_an_error_of_the_season_beside_is_told_and_the_run_on_the_page_goes_on():
    session = session_of()
    pass_days(session, LAUNCHED)
    session.change(CAP, 28.0)
    compare(session)
    pass_days(session, 10)
    assert compared.differences(session).startswith("Your changes, since ")
    session.twin.market.count = lambda _: 1 / 0
    assert session.advance()
    assert (session.fault, session.twin, session.beside, session.is_behind) == (None, None, [], False)
    assert "ZeroDivisionError" in compared.differences(session)
    session.begin(session.again())
    session.follow()
    assert session.twin


def test_a_season_beside_that_lags_when_the_model_fails_is_not_compared_with():
    session = session_of()
    pass_days(session, LAUNCHED)
    session.change(CAP, 28.0)
    session.is_comparing = True
    session.follow(0.0)
    session.market.count = lambda _: 1 / 0
    session.advance()
    assert session.fault
    assert (session.twin, session.beside, session.is_behind) == (None, [], False)
    assert "ZeroDivisionError" in compared.differences(session)


def test_who_begins_to_compare_while_a_day_is_under_way_does_not_make_it_longer():
    session = session_of()
    pass_days(session, LAUNCHED)
    session.change(CAP, 28.0)
    step = session.run.step

    def step_while_the_box_is_ticked():
        session.is_comparing = True
        step()

    session.run.step = step_while_the_box_is_ticked
    session.advance()
    assert session.is_behind
    session.follow()
    assert session.twin
    session.advance()
    assert session.twin


def test_where_nothing_is_changed_nothing_runs_beside():
    session = session_of()
    session.change(CAP, 28.0)
    compare(session)
    session.begin(session.as_given())
    session.follow()
    pass_days(session, 3)
    session.change(CAP, 28.0)
    session.change(CAP, 16.0)
    assert not session.is_changed
    assert not session.is_behind
    session.change(CAP, 28.0)
    assert session.is_behind


def test_a_lever_of_the_start_that_was_moved_away_and_back_changes_nothing():
    session = session_of()
    for value in (0.1, 0.06):
        session.change("carriers.starting_gap_share", value)
    session.begin(session.again())
    assert not session.is_changed
    assert compared.differences(session) == words.COMPARED["none"]


def test_today_is_left_out_everywhere_until_its_evening_is_over():
    session = session_of()
    session.change("carriers.starting_gap_share", 0.1)
    session.begin(session.again())
    compare(session)
    pass_days(session, LAUNCHED + 20)
    while session.round is None:
        before = season.late(session), compared.differences(session), story.cause(session)
        session.next_round()
    lacks = before[2].split(",")[0]
    assert lacks.startswith("Carriers lack ")
    assert (season.late(session), compared.differences(session)) == before[:2]
    assert story.cause(session).startswith(f"{lacks},")
    assert [snapshot.day for snapshot in session.past] == session.diary[-len(session.past) :]
    assert [snapshot.day.date for snapshot in session.beside] == [snapshot.day.date for snapshot in session.past]
    while session.round is not None:
        session.next_round()
    assert season.late(session) != before[0]
    assert compared.differences(session) != before[1]


def test_the_last_evening_round_by_round_is_not_yet_the_end():
    session = session_of(scenario__end_date=date(2017, 11, 30))
    while session.market.today < date(2017, 11, 30):
        session.advance()
    session.next_round()
    assert session.round == 1
    assert not session.has_just_ended
    assert story.cause(session)
    while session.round is not None:
        session.next_round()
    assert session.has_just_ended


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
    compare(session)
    for _ in range(LAUNCHED + 5):
        session.advance()
        for quantity in words.QUANTITIES:
            message = json.loads(frames.encoded(frames.days(session, quantity, 1, None, has_dots=True)))
        for chart in OVER_TIME:
            (row,) = message["rows"][chart.NAME]
            assert len(row) == 1 + len(chart.COLUMNS)
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


def test_what_changes_do_is_told_only_where_both_seasons_run():
    session = Session(read_scenario("berlin-christmas-2017", ["population.drivers=300"]), 0)
    session.advance()
    session.change("platform.pay_cap_per_hour", 25.0)
    session.advance()
    assert compared.differences(session) == words.COMPARED["alone"]
    compare(session)
    assert compared.differences(session) == words.COMPARED["same"]


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
