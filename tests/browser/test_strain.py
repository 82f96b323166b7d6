"""The page under strain: levers in the middle of an evening, clicks by the hundred, slow markets, more tabs than places."""

import time

from tests.browser.conftest import SETTINGS, Tab, as_words, serving
from tests.browser.test_page import next_round, to_a_market_day
from tests.browser.test_robust import Wire

SLOW = """
import time
from results.live.watched import WatchedMarket
begin, step = WatchedMarket.__init__, WatchedMarket.step
def slowly_begin(self, parameters, rng):
    time.sleep({13: 0.5, 14: 5.0}.get(rng, 0.0))
    begin(self, parameters, rng)
def slowly_step(self):
    time.sleep(0.1 if self.draw_seed == 13 else 0.0)
    step(self)
WatchedMarket.__init__, WatchedMarket.step = slowly_begin, slowly_step
"""
TABS = "import results.live.server; results.live.server.MOST_TABS = {}"


def a_hundred_times(tab, selector):
    tab.page.locator(selector).evaluate("at => { for (let k = 0; k < 100; k++) at.click(); }")


def seconds_until(claim, *words) -> float:
    began = time.monotonic()
    claim(*words)
    return time.monotonic() - began


def test_a_lever_moved_between_two_rounds_leaves_the_evening_on_the_screen(tab):
    def shown():
        tab.settled()
        dots = tab.chart("cloud", "chart.getOption().series.map((one) => one.data)")
        heads = tab.chart("tonight", "chart.getOption().title.map((one) => one.text)")
        return tab.rows("tonight"), dots, heads, [row[:2] for row in tab.rows("waiting")], tab.text("story")

    to_a_market_day(tab)
    while "round 2 of 10" not in tab.text("story"):
        next_round(tab)
    before = shown()
    assert any(before[1])
    tab.type_lever("Highest pay", "20")
    tab.page.wait_for_function("document.querySelector('[data-live=command]').textContent.includes('--change')")
    assert shown() == before
    next_round(tab)
    assert "round 3 of 10" in tab.text("story")


def test_a_season_that_catches_up_halts_neither_levers_nor_others(browser):
    with serving(*as_words(SETTINGS), code=SLOW) as server:
        slow, other = Tab(browser, f"{server.url}?seed=13"), Tab(browser, server.url)
        slow.play_to(40)  # to catch up with takes four seconds
        slow.page.get_by_label("Compare with the scenario as it was").check()
        slow.type_lever("Highest pay", "20")
        other.press("One day")
        assert seconds_until(other.until_day, 1) < 2
        assert slow.until(lambda: slow.note("Highest pay").startswith("holds from"))
        assert "being worked out" in slow.text("compared")
        assert slow.until(lambda: "being worked out" not in slow.text("compared"))
        slow.press("One day")
        slow.until_day(41)
        assert server.stop() == (130, "")
        for tab in (slow, other):
            tab.close()


def test_a_hundred_clicks_begin_anew_once_or_twice(browser):
    with serving(*as_words(SETTINGS), code=SLOW) as server:
        tab = Tab(browser, f"{server.url}?seed=13")
        a_hundred_times(tab, ".controls button:text-is('Start over')")
        tab.press("One day")
        assert seconds_until(tab.until_day, 1) < 5  # each takes half a second
        assert server.stop() == (130, "")
        tab.close()


def test_a_hundred_clicks_are_one_download(tab):
    files = []
    tab.page.on("download", lambda _: files.append(1))
    tab.play_to(20)
    a_hundred_times(tab, "button:text-is('Run folder (zip)')")
    assert tab.until(lambda: files)
    tab.page.wait_for_timeout(2000)
    assert len(files) == 1


def test_a_hundred_and_one_ticks_are_the_last_one(tab):
    tab.type_lever("Highest pay", "20")
    tab.play_to(26)
    box = "label.check input"
    tab.page.locator(box).uncheck()
    a_hundred_times(tab, box)
    tab.page.locator(box).click()
    assert tab.page.locator(box).is_checked()
    assert tab.until(lambda: tab.text("compared").startswith("Your changes, since "))
    assert tab.until(lambda: all(row[2] is not None for row in tab.rows("waiting")))


def test_a_start_that_the_scenario_forbids_is_said_and_changes_nothing(browser, tmp_path):
    path = tmp_path / "floors.toml"
    changes = [f'[[change]]\ndate = {date}\n"platform.pay_floor_per_hour" = {floor}\n' for date, floor in FLOORS.items()]
    path.write_text("[scenario]\nend_date = 2017-11-22\n" + "".join(changes))
    with serving(str(path), *as_words(SETTINGS)) as server:
        tab = Tab(browser, server.url)
        tab.press("To the end")
        tab.until_day(21)
        tab.type_lever("Highest pay", "12")
        assert tab.until(lambda: tab.note("Highest pay").startswith("holds when you start over"))
        tab.press("Start over")
        tab.page.get_by_text("pay_floor_per_hour").first.wait_for()
        assert tab.day == 21
        tab.press("One day")
        tab.until_day(22)
        tab.press("Undo all changes")
        tab.page.wait_for_function("document.querySelector('[data-live=progress]').textContent.includes(' day 0 ')")
        assert server.stop() == (130, "")
        tab.close()


FLOORS = {"2017-11-10": 15.0, "2017-11-20": 9.0}  # a cap of 12 EUR/h fits the last day, and no start


def test_places_are_taken_before_a_market_is_drawn(browser):
    with serving(*as_words(SETTINGS), code=f"{SLOW}\n{TABS.format(2)}") as server:
        pages = [browser.new_page() for _ in range(5)]
        for page in pages:
            page.goto(f"{server.url}?seed=14", wait_until="commit")
        for page in pages:
            page.locator(".chart-cloud canvas, .nicegui-content > .notice").first.wait_for()
        assert sum(page.get_by_text("So many tabs are open").count() for page in pages) == 3
        assert server.stop() == (130, "")
        for page in pages:
            page.close()


def test_a_closed_tab_turns_nobody_away(browser):
    with serving(*as_words(SETTINGS), code=TABS.format(1)) as server:
        for _ in range(3):
            tab = Tab(browser, server.url)
            tab.press("One day")
            tab.until_day(1)
            tab.close()
        assert server.stop() == (130, "")


def test_who_was_away_and_gave_the_place_up_begins_anew(browser):
    with serving(*as_words(SETTINGS), code=TABS.format(1)) as server:
        wire = Wire(server.port)
        away = Tab(browser, wire.url)
        away.play_to(12)
        wire.cut()
        away.page.locator("#popup").wait_for(state="visible")
        second = Tab(browser, server.url)
        wire.mend()
        away.page.get_by_text("So many tabs are open").wait_for()
        second.close()
        away.page.reload()
        away.ready()
        assert away.day == 0
        away.close()
        wire.close()
        assert server.stop() == (130, "")


def test_ctrl_c_while_a_browser_polls_says_our_own_line_only(browser):
    with serving(*as_words(SETTINGS)) as server:
        page = browser.new_page()
        page.add_init_script("window.WebSocket = undefined")
        page.goto(server.url)
        page.wait_for_function("window.live?.isDrawn")
        page.wait_for_timeout(700)
        assert server.stop() == (130, "")
        page.close()
