"""The season without the levers' changes, beside the one on the page: when it runs, and what is said of the two."""

from experiments.scenario import read_scenario
from model import BlockMarket
from results.live import compared, words
from results.live.session import Session
from tests.units.seasons import CAP, LAUNCHED, compare, pass_days, session_of


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


def test_what_changes_do_is_told_only_where_both_seasons_run():
    session = Session(read_scenario("berlin-christmas-2017", ["population.drivers=300"]), 0)
    session.advance()
    session.change("platform.pay_cap_per_hour", 25.0)
    session.advance()
    assert compared.differences(session) == words.COMPARED["alone"]
    compare(session)
    assert compared.differences(session) == words.COMPARED["same"]
