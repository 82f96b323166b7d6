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

from results.live import server, take_panel
from results.live.levers import levers
from results.live.take import Opened
from results.live.view import View
from results.live.wire import BACK_PRESSURE, Wire

CAP, FLOOR = "platform.pay_cap_per_hour", "platform.pay_floor_per_hour"


def session_of():
    return Session(Scenario("busy", "", Parameters().with_values(BUSY)), 0)


async def view_of(session):
    coming = asyncio.get_running_loop().create_future()
    coming.set_result(session)
    view = View(SimpleNamespace(id="here", has_socket_connection=True), Opened("busy"), coming)
    view.session = session
    return view


def cap_of(session):
    return next(lever for lever in levers(session.parameters, 8.84) if lever.name == CAP)


def slowed(session, seconds):
    step = session.market.step
    session.market.step = lambda: (time.sleep(seconds), step())


def test_the_loop_goes_on_while_a_lever_waits_for_a_day():
    async def longest_pause():
        session = session_of()
        view = await view_of(session)
        slowed(session, 0.5)
        lever = cap_of(session)
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
        lever, change = cap_of(session), session.change
        session.change = lambda name, value: (time.sleep((20.0 - value) / 10.0), change(name, value))  # the first takes longest
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


class Browser:
    """A browser that draws nothing. ready: what happens while the page waits for it."""

    def __init__(self, ready=None):
        self.id, self.tab_id, self.is_deleted, self.has_socket_connection = "page", "tab", False, True
        self.asked, self.ready, self.on_its_return = [], ready or (lambda: None), []

    async def run_javascript(self, code, **_):
        self.asked.append(code)
        self.ready()

    def on_delete(self, act): ...

    def on_disconnect(self, act): ...

    def on_connect(self, act):
        self.on_its_return.append(act)


async def opened(monkeypatch, session, browser, *, before=None):
    """Open the page as the server does; returns the runs it was built for and drawn from, and its loops."""
    built, drawn, lives = [], [], []

    async def nothing(_):
        pass

    async def live(view):
        lives.append(view)

    monkeypatch.setattr("nicegui.core.loop", asyncio.get_running_loop())
    monkeypatch.setattr(server, "build", lambda view: built.append(view.session.run))
    monkeypatch.setattr(View, "draw_anew", lambda view: drawn.append(view.session.run))
    monkeypatch.setattr(View, "live", live)
    monkeypatch.setattr(Wire, "deliver", nothing)
    view = before or await view_of(session)
    server.views["tab"] = view
    try:
        await server._open(browser, session.given, "busy", 0)
        await asyncio.sleep(0)
    finally:
        server.views.clear()
    return built, drawn, lives


def test_a_page_reloaded_while_a_season_begins_anew_shows_the_new_one(monkeypatch):
    async def shown():
        session = session_of()
        view = await view_of(session)
        anew = asyncio.create_task(view.begin_anew(lambda: (time.sleep(0.2), session.other_luck())[1]))
        await asyncio.sleep(0.05)
        built, drawn, lives = await opened(monkeypatch, session, Browser(), before=view)
        await anew
        return built == [session.run], drawn[-1] is session.run, session.seed, len(lives)

    assert asyncio.run(shown()) == (True, True, 1, 1)


def test_a_page_that_is_slow_to_draw_is_waited_for(monkeypatch):
    def slow():
        if len(browser.asked) < 3:
            raise TimeoutError

    async def shown():
        return await opened(monkeypatch, session_of(), browser)

    browser = Browser(slow)
    built, drawn, lives = asyncio.run(shown())
    assert (len(built), len(drawn), len(lives), len(browser.asked)) == (1, 1, 1, 3)
    assert browser.on_its_return


def test_a_page_whose_place_is_given_away_while_it_waits_draws_nothing(monkeypatch):
    def gone():
        assert browser.on_its_return, "it could not come back"
        server._forget("tab", server.views["tab"])

    async def shown():
        return await opened(monkeypatch, session_of(), browser)

    browser = Browser(gone)
    built, drawn, lives = asyncio.run(shown())
    assert (len(built), len(drawn), len(lives)) == (1, 0, 0)


@pytest.mark.parametrize("what", [View.come_back, View.leave])
def test_nobody_waits_for_a_browser_that_has_lost_its_messages(what, monkeypatch):
    async def waited():
        monkeypatch.setattr(View, "draw_anew", lambda _: None)
        view = await view_of(session_of())
        for _ in range(BACK_PRESSURE):
            view.wire.send_day({})
        waiting = asyncio.create_task(view.wire.browser_keeps_up())
        await asyncio.sleep(0.01)
        assert not waiting.done()
        what(view)
        await asyncio.wait_for(waiting, 1.0)

    asyncio.run(waited())


def test_a_lever_moved_where_the_box_is_ticked_lets_the_season_beside_run(monkeypatch):
    async def compared():
        monkeypatch.setattr(View, "draw_anew", lambda _: None)
        session = session_of()
        view = await view_of(session)
        session.advance()
        loop = asyncio.create_task(view.live())
        view.compare(is_wanted=True)
        await asyncio.sleep(0.1)
        assert session.twin is None
        await view.turn(cap_of(session), 20.0)
        await asyncio.sleep(0.5)
        view.leave()
        await loop
        return session.twin is not None

    assert asyncio.run(compared())


def test_two_files_are_both_given_and_one_of_them_once(monkeypatch):
    class Button:
        def __init__(self, **_):
            self.props = {}

        def classes(self, _):
            return self

        def on(self, _, act, args):
            clicks.append(act)
            return self

    async def given():
        view = await view_of(session_of())
        for kind in ("zip", "toml"):
            take_panel._offer(view, kind, kind, lambda _: b"", "")
        first, second = clicks
        await asyncio.gather(first(), second(), first())

    clicks, files = [], []
    monkeypatch.setattr(take_panel, "TextElement", Button)
    monkeypatch.setattr(take_panel.ui, "download", lambda _, name, __: files.append(name.split(".")[-1]))
    asyncio.run(given())
    assert files == ["zip", "toml"]


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
