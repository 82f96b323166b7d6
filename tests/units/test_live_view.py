"""Who works on a tab's session, and in what order: without a browser."""

import asyncio
import threading
import time
from datetime import date
from types import SimpleNamespace

import matplotlib as mpl
import pytest

from experiments.scenario import Scenario
from model import Parameters
from model.parameters import Change, ParameterError
from results.live.session import Session
from results.theme import FONT, themed
from tests.conftest import BUSY

pytest.importorskip("nicegui", reason="SKIPPED: nicegui is not installed, so no page was served; make everything")

from results.live import server
from results.live.levers import levers
from results.live.view import View

CAP, FLOOR = "platform.pay_cap_per_hour", "platform.pay_floor_per_hour"


def session_of():
    return Session(Scenario("busy", "", Parameters().with_values(BUSY)), 0)


async def view_of(session):
    coming = asyncio.get_running_loop().create_future()
    coming.set_result(session)
    view = View(SimpleNamespace(id="here", has_socket_connection=True), "busy", coming)
    view.session = session
    return view


def slowed(session, seconds):
    step = session.market.step
    session.market.step = lambda: (time.sleep(seconds), step())


def test_the_loop_goes_on_while_a_lever_waits_for_a_day():
    async def longest_pause():
        session = session_of()
        view = await view_of(session)
        slowed(session, 0.5)
        lever = next(lever for lever in levers(session.parameters, 8.84) if lever.name == CAP)
        day = asyncio.create_task(view.go_on())
        await asyncio.sleep(0.05)
        move = asyncio.create_task(view.turn(lever, 20.0))
        pauses = []
        while not move.done():
            began = time.monotonic()
            await asyncio.sleep(0.01)
            pauses.append(time.monotonic() - began)
        await day
        assert [(change.date, change.value) for change in session.moves] == [(session.market.today, 20.0)]
        return max(pauses)

    assert asyncio.run(longest_pause()) < 0.3


def test_levers_are_moved_in_the_order_of_asking():
    async def moved():
        session = session_of()
        view = await view_of(session)
        lever = next(lever for lever in levers(session.parameters, 8.84) if lever.name == CAP)
        await asyncio.gather(*(view.turn(lever, value) for value in (17.0, 18.0, 19.0, 20.0)))
        return session.parameters.platform.pay_cap_per_hour

    assert asyncio.run(moved()) == 20.0


def test_a_hundred_clicks_begin_anew_once():
    async def begun():
        session, starts = session_of(), []
        view = await view_of(session)

        def start():
            starts.append(1)
            return session.other_luck()

        await asyncio.gather(*(view.begin_anew(start) for _ in range(100)))
        return len(starts), session.seed

    assert asyncio.run(begun()) == (1, 1)


def test_a_closed_page_lets_its_session_go_after_the_day_under_way(monkeypatch):
    async def order():
        monkeypatch.setattr("nicegui.core.loop", asyncio.get_running_loop())
        session, done = session_of(), []
        view = await view_of(session)
        session.end = lambda: done.append("end")
        server.views["here"] = view
        async with session.turn:
            server._forget("here", view)
            await asyncio.sleep(0.05)
            done.append("day")
        await asyncio.sleep(0.05)
        return done, dict(server.views)

    assert asyncio.run(order()) == (["day", "end"], {})


def test_a_start_that_the_scenario_forbids_changes_nothing():
    floors = [Change(date(2017, 11, 10), FLOOR, 15.0), Change(date(2017, 11, 20), FLOOR, 9.0)]
    session = Session(Scenario("floors", "", Parameters().with_values(BUSY).with_changes(floors)), 0)
    while not session.is_over:
        session.advance()
    session.change(CAP, 12.0)
    run, days = session.run, session.days_passed
    with pytest.raises(ParameterError, match="pay_floor_per_hour"):
        session.other_luck()
    assert (session.run, session.days_passed, session.seed) == (run, days, 0)
    session.begin(session.as_given())
    assert session.days_passed == 0


def test_two_that_draw_at_once_keep_their_theme_and_leave_matplotlib_as_it_was():
    @themed
    def draw(seconds):
        time.sleep(seconds)
        fonts.append(mpl.rcParams["font.family"])

    fonts, before = [], dict(mpl.rcParams)
    threads = [threading.Thread(target=draw, args=(seconds,)) for seconds in (0.1, 0.2)]
    for thread in threads:
        thread.start()
        time.sleep(0.05)
    for thread in threads:
        thread.join()
    assert fonts == [[FONT], [FONT]]
    assert dict(mpl.rcParams) == before
