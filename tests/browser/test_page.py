"""The page in a real browser: it plays, obeys its levers, tells what `explain` tells, and gives back the same run."""

import zipfile

import pytest

from experiments.decision.budget import sections
from experiments.decision.decide import decide
from experiments.decision.table import amount
from experiments.scenario import read_scenario
from model import BlockMarket
from results.cli import status_of
from results.live import words
from results.live.amounts import percent
from tests.browser.conftest import DAYS, SETTINGS, Tab

SCENARIO = "berlin-christmas-2017"


def market_of(seed=0):
    return BlockMarket(read_scenario(SCENARIO, SETTINGS).parameters, rng=seed)


def test_two_hundred_days_pass_and_are_those_of_the_model(tab):
    assert tab.day == 0
    tab.to_the_end()
    tab.play_to(200)
    passed = tab.day
    alone = market_of()
    alone.run(days=passed)
    queues = [round(backlog / 1000, 2) for backlog in alone.days["parcels_backlog"]]
    assert [row[1] for row in tab.rows("waiting")] == queues[-200:]
    assert tab.text("date").startswith(f"{alone.days['date'].iloc[-1]:%a} ")


def test_paused_nothing_changes(tab):
    tab.play_to(20)
    tab.page.evaluate("""() => { window.changed = [];
      new MutationObserver((list) => window.changed.push(...list.map((one) => one.target.outerHTML ?? one.target.data)))
        .observe(document.querySelector('.page'), {subtree: true, childList: true, characterData: true, attributes: true}); }""")
    day = tab.day
    tab.page.wait_for_timeout(2500)
    assert tab.page.evaluate("window.changed") == []
    assert tab.day == day


def test_a_lever_moved_while_playing_holds_and_is_in_the_command(tab):
    tab.speed(10)
    tab.press("Play")
    tab.until_day(18)
    tab.type_lever("Highest pay", "25")
    tab.page.wait_for_function("document.querySelector('[data-live=command]').textContent.includes('--change')")
    tab.until_day(tab.day + 5)
    tab.press("Pause")
    tab.page.get_by_role("button", name="Play", exact=True).wait_for()
    tab.settled()
    caps = [row[5] for row in tab.rows("pay") if row[5] is not None]
    assert caps[0] == 64
    assert caps[-1] == 100
    change = tab.command()[tab.command().index("--change") + 1]
    assert change.endswith(":platform.pay_cap_per_hour=25.0")
    first = next(row[0] for row in tab.rows("pay") if row[5] == 100)
    assert change.startswith(first)
    assert tab.chart("pay", "chart.getOption().series.at(-1).markLine.data[0].xAxis") == first


def test_comparing_draws_the_season_without_the_change(tab):
    tab.type_lever("Highest pay", "28")
    assert tab.until(tab.page.get_by_label("Compare with the scenario as it was").is_checked)
    tab.play_to(26)
    tab.page.wait_for_function("document.querySelector('[data-live=compared]').textContent.startsWith('Your changes, since ')")
    alone = market_of()
    alone.run(days=tab.day)
    rows = tab.rows("waiting")
    assert [row[2] for row in rows] == [round(backlog / 1000, 2) for backlog in alone.days["parcels_backlog"]]
    assert [row[1] for row in rows] != [row[2] for row in rows]
    tab.page.get_by_label("Compare with the scenario as it was").uncheck()
    assert tab.until(lambda: {row[2] for row in tab.rows("waiting")} == {None})


def test_the_first_lever_brings_the_other_season_and_the_difference_into_sight(tab):
    tab.play_to(22)
    box = tab.page.get_by_label("Compare with the scenario as it was")
    assert not box.is_checked()
    tab.type_lever("Highest pay", "28")
    assert tab.until(box.is_checked)
    tab.play_to(tab.day + 6)
    said = tab.page.locator('[data-live="compared"]').first
    assert tab.until(lambda: said.inner_text().startswith("Your changes, since "))
    assert said.bounding_box()["y"] + said.bounding_box()["height"] < 768 / 3
    box.uncheck()
    assert tab.until(lambda: tab.text("compared") == words.COMPARED["alone"])
    tab.type_lever("Pay floor", "11")
    tab.page.wait_for_timeout(1500)
    assert not box.is_checked()


def test_the_end_of_the_season_is_summed_up(tab):
    tab.to_the_end()
    alone = market_of()
    alone.run(days=DAYS)
    days = alone.days
    assert (
        tab.text("story") == f"the season is over; {days['blocks_filled'].sum():,} of {days['blocks_posted'].sum():,} blocks taken"
    )
    assert " were left. Carriers paid the platform " in tab.text("why")
    assert "parcels late" in tab.text("late")


def test_seasons_played_stand_side_by_side_also_after_a_reload(tab):
    table = tab.page.locator(".played table")
    assert not table.is_visible()
    rows = []
    for seed in (0, 1):
        tab.to_the_end()
        tab.page.wait_for_function("number => document.querySelectorAll('.played tbody tr').length === number", arg=seed + 1)
        alone = market_of(seed)
        alone.run(days=DAYS)
        total = alone.days.sum(numeric_only=True)
        late = total["parcels_delivered_late"] / total[["parcels_delivered_by_carriers", "parcels_delivered_by_platform"]].sum()
        blocks = f"{total['blocks_filled']:,.0f} of {total['blocks_posted']:,.0f}"
        rows.append([str(seed), "as opened", percent(late), blocks, f"{total['net_total_eur'] / total['driver_hours']:.2f} EUR"])
        tab.press("Other luck")
        tab.until(lambda: tab.day == 0)
    shown = "() => [...document.querySelectorAll('.played tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent))"
    assert tab.page.evaluate(shown) == rows
    assert "in the 2 seasons with the same levers" in tab.text("luck")
    tab.page.reload()
    tab.ready()
    assert tab.page.evaluate(shown) == rows


def told(tab):
    cells = tab.page.locator(".budget tr:not(.part)").evaluate_all(
        "rows => rows.map((row) => [...row.children].map((cell) => cell.innerText))"
    )
    return [(name.strip(), value.strip()) for name, value in cells]


def explained(day, person):
    market = market_of()
    while market.today < day:
        market.step()
    decision = decide(market, person)
    lines = [line for part in sections(decision, market.parameters).values() for line in part]
    return [(line.label, f"{amount(line)} {line.unit}") for line in lines]


def day_on_page(tab):
    from datetime import datetime

    return datetime.strptime(tab.text("date"), "%a %d %b %Y").date()


def to_a_market_day(tab, day=22):
    tab.play_to(day)
    while "blocks," not in tab.text("story"):
        before = tab.day
        tab.press("One day")
        tab.until_day(before + 1)
    tab.settled()


def test_somebody_who_refused_is_told_as_explain_tells_it(tab):
    to_a_market_day(tab)
    tab.press("Somebody who just refused")
    tab.page.wait_for_function("document.querySelector('.verdict')?.textContent.startsWith('Passes')")
    person = int(tab.page.locator(".who").inner_text().split()[1].rstrip(","))
    assert told(tab) == explained(day_on_page(tab), person)
    assert "Passes" in tab.page.locator(".verdict").inner_text()


def test_a_dot_can_be_clicked(tab):
    to_a_market_day(tab)
    tab.page.locator(".chart-cloud").scroll_into_view_if_needed()
    tab.settled()
    dots = tab.chart(
        "cloud", "chart.getOption().series[0].data.map((dot) => [...dot, ...chart.convertToPixel({seriesIndex: 0}, dot)])"
    )
    others = tab.chart(
        "cloud",
        "chart.getOption().series.slice(1, 4).flatMap((one) => one.data.map((dot) => chart.convertToPixel({seriesIndex: 0}, dot)))",
    )
    everybody = [(dot[4], dot[5]) for dot in dots] + [tuple(dot) for dot in others]
    alone = [dot for dot in dots if sum(abs(dot[4] - x) + abs(dot[5] - y) < 20 for x, y in everybody) == 1]
    *_, person, _, x, y = alone[0]
    tab.page.locator(".chart-cloud").scroll_into_view_if_needed()
    box = tab.page.locator(".chart-cloud").bounding_box()
    tab.page.mouse.click(box["x"] + x, box["y"] + y)
    tab.page.wait_for_function("document.querySelector('.verdict')?.textContent.startsWith('Takes it')")
    shown = int(tab.page.locator(".who").inner_text().split()[1].rstrip(","))
    assert shown == person
    assert told(tab) == explained(day_on_page(tab), shown)


def test_a_round_at_a_time(tab):
    to_a_market_day(tab)
    for round in range(1, 11):
        next_round(tab)
        while f"round {round} of 10" not in tab.text("story"):
            assert "rest" in tab.text("story") or "no deliveries" in tab.text("story")
            next_round(tab)
        board = [row for row in tab.rows("tonight") if len(row) > 1]
        assert len(board) == round
    next_round(tab)
    assert "parcels wait" in tab.text("story")


def next_round(tab):
    """Press the button, and wait until the page says something else."""
    before = tab.text("date"), tab.text("story")
    tab.press("One round")
    assert tab.until(lambda: (tab.text("date"), tab.text("story")) != before)


def test_what_is_downloaded_runs_again_to_the_same_bytes(tab, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tab.play_to(20)
    tab.type_lever("Highest pay", "20")
    tab.play_to(26)
    with tab.page.expect_download() as got:
        tab.press("Run folder (zip)")
    archive = zipfile.ZipFile(got.value.path())
    files = {name.split("/")[1]: archive.read(name) for name in archive.namelist()}
    with tab.page.expect_download() as got:
        tab.press("Scenario (TOML)")
    (tmp_path / "s.toml").write_bytes(got.value.path().read_bytes())
    command = tab.command()
    days = command[command.index("--days") + 1]
    assert status_of(["run", "s.toml", "--days", days, "--out", "by-file"]) == 0
    assert status_of([*command[1:], "--out", "by-line"]) == 0
    for out in ("by-file", "by-line"):
        for table in ("days", "blocks", "drivers", "ledger"):
            assert (tmp_path / out / f"{table}.parquet").read_bytes() == files[f"{table}.parquet"]


def test_figures_are_downloaded(tab):
    tab.press("Figure prices, SVG")
    tab.page.get_by_text("Let a day pass first").wait_for()
    tab.play_to(26)
    with tab.page.expect_download() as got:
        tab.press("Figure prices, SVG")
    assert got.value.suggested_filename.endswith("-days-prices.svg")
    assert got.value.path().read_bytes().startswith(b"<?xml")


def test_tabs_with_other_seeds_do_not_touch_one_another(browser, server):
    tabs = [Tab(browser, f"{server.url}?seed={seed}") for seed in (1, 2, 3)]
    for one in tabs:
        one.speed(10)
        one.press("Play")
    for one in tabs:
        one.until_day(20)
        one.press("Pause")
        one.page.get_by_role("button", name="Play", exact=True).wait_for()
    for seed, one in zip((1, 2, 3), tabs, strict=True):
        one.settled()
        alone = market_of(seed)
        alone.run(days=one.day)
        assert [row[1] for row in one.rows("waiting")] == [round(backlog / 1000, 2) for backlog in alone.days["parcels_backlog"]]
        one.is_clean(f"127.0.0.1:{server.port}")
        one.close()


def test_a_reload_keeps_the_run(tab):
    tab.play_to(20)
    tab.type_lever("Pay floor", "12")
    tab.page.wait_for_function("document.querySelector('[data-live=command]').textContent.includes('--change')")
    assert tab.until(tab.page.get_by_label("Compare with the scenario as it was").is_checked)
    assert tab.until(lambda: "being worked out" not in tab.text("compared"))
    before = tab.day, tab.rows("parcels"), tab.text("story"), tab.command()
    tab.page.reload()
    tab.ready()
    assert (tab.day, tab.rows("parcels"), tab.text("story"), tab.command()) == before
    assert tab.page.locator('.lever .field[aria-label="Pay floor"]').input_value() == "12"


@pytest.mark.parametrize("text", ["99999", "-3", "nan", "many", "1e99", "<b>", "9"])
def test_a_value_out_of_range_is_refused_beside_its_lever(tab, text):
    tab.type_lever("Highest pay", text)
    tab.page.wait_for_function(
        "[...document.querySelectorAll('.note.refused')].some((note) => note.textContent.includes('allowed'))"
    )
    tab.page.wait_for_function("document.querySelector('.lever .field[aria-label=\"Highest pay\"]').value === '16'")
    assert "--change" not in tab.text("command")


def test_what_was_refused_is_forgotten_once_a_lever_moves(tab):
    tab.type_lever("Pay floor", "20")
    assert tab.until(lambda: tab.note("Pay floor") == "Pay floor: not allowed; allowed: at most Highest pay, 16 EUR/h.")
    tab.type_lever("Highest pay", "24")
    assert tab.until(lambda: tab.note("Pay floor") == "")
    tab.type_lever("Pay floor", "20")
    assert tab.until(lambda: tab.note("Pay floor").startswith("holds from"))


def test_a_lever_that_waits_is_told_on_top_and_offers_the_start_over(tab):
    tab.play_to(5)
    offer = tab.page.get_by_role("button", name="Start over with it")
    assert not offer.is_visible()
    tab.type_lever("Carriers' shortage", "4")
    assert tab.until(lambda: tab.text("compared") == "Carriers' shortage 4 % holds when you start over.")
    offer.click()
    tab.page.wait_for_function("document.querySelector('[data-live=progress]').textContent.includes(' day 0 ')")
    assert "carriers.starting_gap_share=0.04" in tab.command()
    assert tab.until(lambda: not offer.is_visible())
    assert "holds when" not in tab.text("compared")


def test_ten_thousand_clicks_are_a_few_days(tab):
    tab.page.evaluate(
        "() => { const day = [...document.querySelectorAll('.controls button')][1]; for (let k = 0; k < 10000; k++) day.click(); }"
    )
    tab.page.wait_for_timeout(4000)
    day = tab.day
    assert day >= 1
    tab.page.wait_for_timeout(700)
    assert tab.day == day
    tab.press("One day")
    tab.until_day(day + 1)


def test_starting_over_keeps_the_levers_and_undoing_puts_them_back(tab):
    tab.type_lever("Carriers' shortage", "9 %")
    assert tab.page.locator(".note.moved").first.inner_text() == "holds when you start over"
    tab.type_lever("Highest pay", "20")
    tab.play_to(12)
    tab.press("Start over")
    tab.page.wait_for_function("document.querySelector('[data-live=progress]').textContent.includes(' day 0 ')")
    assert tab.page.locator(".note.moved").count() == 0
    command = tab.command()
    assert "carriers.starting_gap_share=0.09" in command
    assert "platform.pay_cap_per_hour=20.0" in command
    assert "--change" not in command
    assert tab.page.locator('.lever .field[aria-label="Highest pay"]').input_value() == "20"
    tab.press("Undo all changes")
    tab.page.wait_for_function("!document.querySelector('[data-live=command]').textContent.includes('starting_gap')")
    tab.page.wait_for_function("document.querySelector('.lever .field[aria-label=\"Highest pay\"]').value === '16'")


def test_other_luck_is_the_next_seed(tab):
    tab.press("Other luck")
    tab.page.wait_for_function("document.querySelector('[data-live=progress]').textContent.includes('seed 1,')")
    tab.play_to(8)
    alone = market_of(1)
    alone.run(days=tab.day)
    assert tab.rows("waiting")[-1][1] == round(alone.days["parcels_backlog"].iloc[-1] / 1000, 2)
    assert tab.command()[tab.command().index("--seed") + 1] == "1"


def test_a_mark_says_on_hover_what_was_changed_until_the_run_begins_anew(tab):
    to_a_market_day(tab)
    tab.type_lever("Highest pay", "24")
    tab.type_lever("Fuel price", "1.3")
    tab.page.wait_for_function("document.querySelector('[data-live=command]').textContent.includes('fuel_price')")
    tab.play_to(tab.day + 4)
    day = tab.command()[-1].split(":")[0]
    row = f"{{ value: ['{day}', 5], axisValue: Date.parse('{day}'), seriesName: 'x', marker: '', encode: {{ y: [1] }} }}"
    shown = f"live.tip([{row}], '')"
    assert "changed: Fuel price, Highest pay" in tab.page.evaluate(shown)
    tab.press("Undo all changes")
    assert tab.until(lambda: "changed" not in tab.page.evaluate(shown))


def test_values_with_units_on_hover(tab):
    to_a_market_day(tab)
    chart = tab.page.locator(".chart-pay")
    chart.scroll_into_view_if_needed()
    tab.settled()
    x, y = tab.chart(
        "pay",
        "chart.convertToPixel({seriesIndex: 4}, [chart.getOption().dataset[0].source.findLast((row) => row[4] !== null)[0], 60])",
    )
    box = chart.bounding_box()
    tips = tab.page.locator(".chart-pay div", has_text="mean paid")

    def is_told():  # a picture that is drawn meanwhile takes the tip away, until the mouse moves again
        tab.page.mouse.move(box["x"] + x - 1, box["y"] + y)
        tab.page.mouse.move(box["x"] + x, box["y"] + y)
        return tips.count() > 0

    assert tab.until(is_told)
    said = tips.last.inner_text()
    assert "EUR" in said
    assert "2017" in said
