"""How quick the page is, with 20,000 drivers in a real browser: `python -m tests.browser.measure [DAYS] [TABS]`.

Prints a line per figure. No test: a slow machine is no fault of the page.
"""

import os
import sys
import time
from itertools import pairwise
from pathlib import Path

import psutil
from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, Server, Tab

SECONDS = 5  # of play
STOPWATCH = """() => { window.done = null; const began = performance.now(), at = document.querySelector('[data-live=command]');
  const drawn = (_, me) => { me.disconnect(); requestAnimationFrame(() => window.done = performance.now() - began); };
  new MutationObserver(drawn).observe(at, {characterData: true, subtree: true, childList: true}); }"""
WATCH = """() => { window.gaps = []; window.days = []; let last = performance.now(), shown = '';
  const at = document.querySelector('[data-live=progress]');
  const tick = (now) => {
    window.gaps.push(now - last);
    last = now;
    if (at.textContent !== shown) window.days.push(now);
    shown = at.textContent;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick); }"""


def main(days: int = 5000, tabs: int = 20) -> None:
    """Measure one server, one tab after another."""
    say("load average", "{:.1f}, of {} cores", os.getloadavg()[0], os.cpu_count())
    server = Server()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        browser.new_page().goto("about:blank")
        first_pictures = [first_picture(browser, server) for _ in range(3)]
        say("first picture, s after asking", "{}", ", ".join(f"{seconds:.2f}" for seconds in first_pictures))
        for speed in (10, 30):
            say(*play(browser, server, speed))
        say("lever to screen, paused, ms", "{}", ", ".join(f"{ms:.0f}" for ms in levers(browser, server)))
        memory_over_days(browser, server, days)
        memory_over_tabs(browser, server, tabs)
        browser.close()
    status, log = server.stop()
    say("server", "status {}, said {!r}", status, log)


def say(what: str, how: str, *values: object) -> None:
    print(f"{what:<34}{how.format(*values)}", flush=True)


def first_picture(browser, server) -> float:
    began = time.perf_counter()
    tab = Tab(browser, server.url)
    seconds = time.perf_counter() - began
    tab.close()
    return seconds


def play(browser, server, speed: int) -> tuple:
    """Play the season at a speed: days drawn a second, gaps between days and between pictures, bytes, processor time."""
    tab = Tab(browser, server.url)
    received = []
    tab.page.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data))))
    tab.page.reload()
    tab.ready()
    tab.play_to(35)
    tab.page.evaluate(WATCH)
    received.clear()
    before, before_here = processor_seconds(server), seconds_of_browser(server)
    tab.speed(speed)
    tab.press("Play")
    tab.page.wait_for_timeout(SECONDS * 1000)
    moments, gaps = tab.page.evaluate("[window.days, window.gaps]")
    used, used_here = processor_seconds(server) - before, seconds_of_browser(server) - before_here
    seconds = (moments[-1] - moments[0]) / 1000
    between = sorted(b - a for a, b in pairwise(moments))
    per_day = sum(received) / len(moments)
    tab.close()
    return (
        f"{speed} days a second", "{:.1f} shown; gap p50 {:.0f}, p99 {:.0f} ms; {:.0f} pictures a second; {:,.0f} bytes a day; "
        "cores: server {:.2f}, browser {:.2f}",
        (len(moments) - 1) / seconds, between[len(between) // 2], between[int(len(between) * 0.99)],
        1000 / (sum(gaps) / len(gaps)), per_day, used / SECONDS,
        used_here / SECONDS,
    )  # fmt: skip


def levers(browser, server) -> list[float]:
    """From a key on a slider to the note and the field on the screen."""
    tab = Tab(browser, server.url)
    tab.play_to(60)
    slider = tab.page.locator('.lever input[type=range][aria-label^="Highest pay"]')
    slider.focus()
    times = []
    for _ in range(5):
        was = tab.text("command")
        tab.page.evaluate(STOPWATCH)
        tab.page.keyboard.press("ArrowRight")
        tab.page.wait_for_function("window.done !== null")
        assert tab.text("command") != was
        times.append(tab.page.evaluate("window.done"))
    tab.close()
    return times


def memory_over_days(browser, server, days: int) -> None:
    tab = Tab(browser, server.url)
    tab.press("To the end")
    tab.until_day(146)
    tab.speed(30)
    tab.press("Play")
    marks = [days * k // 5 for k in range(1, 6)]
    for mark in marks:
        tab.page.set_default_timeout(3_600_000)
        tab.until_day(mark)
        heap = tab.page.evaluate("performance.memory.usedJSHeapSize") / 1e6
        say(f"day {mark:,}", "server {:.0f} MB, {} threads; browser heap {:.0f} MB", resident(server), threads(server), heap)
    tab.close()


def memory_over_tabs(browser, server, tabs: int) -> None:
    say("before tabs", "server {:.0f} MB, {} threads", resident(server), threads(server))
    for number in range(1, tabs + 1):
        tab = Tab(browser, f"{server.url}?seed={number}")
        tab.press("One day")
        tab.until_day(1)
        tab.close()
        if number % 5 == 0:
            say(f"{number} tabs opened and closed", "server {:.0f} MB, {} threads", resident(server), threads(server))
    time.sleep(100)
    say("100 s later", "server {:.0f} MB, {} threads", resident(server), threads(server))


def status_of(server, name: str) -> int:
    lines = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(f"{name}:")).split()[1])


def resident(server) -> float:
    return status_of(server, "VmRSS") / 1000


def threads(server) -> int:
    return status_of(server, "Threads")


def processor_seconds(server) -> float:
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def seconds_of_browser(server) -> float:
    """Processor time of all that was started here but the server: browser and its driver."""
    here = psutil.Process().children(recursive=True)
    mine = [one for one in here if one.pid != server.process.pid]
    return sum(sum(one.cpu_times()[:2]) for one in mine if one.is_running())


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
