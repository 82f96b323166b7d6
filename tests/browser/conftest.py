"""A real Chromium and a real server; skipped with a loud line where there is no browser."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.processes import LISTEN

ROOT = Path(__file__).parents[2]
CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
SETTINGS = ("population.drivers=4000", "scenario.start_date=2017-11-02")  # a smaller pool, and no month without blocks
DAYS = 122
WHY_NOT = "SKIPPED: no Chromium here, so nobody has seen the page; apt-get install chromium"


def pytest_collection_modifyitems(items):
    missing = CHROMIUM is None or any(
        __import__("importlib.util").util.find_spec(name) is None for name in ("playwright", "nicegui")
    )
    for item in items:
        if missing and item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.skip(reason=WHY_NOT))


def as_words(settings) -> list[str]:
    return [word for setting in settings for word in ("--set", setting)]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Server:
    """A running `gigsupply live`."""

    def __init__(self, *words: str, code: str = "") -> None:
        self.port = free_port()
        program = f"{LISTEN}\n{code}\nfrom results.cli import main; main()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, "live", "--port", str(self.port), *words],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST")} | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip  # without PYTEST_*: NiceGUI would think it is being tested itself
        assert self.process.stdout
        try:
            assert f":{self.port}" in self.process.stdout.readline()
            self.wait()
        except (AssertionError, TimeoutError):
            self.process.kill()
            raise

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def wait(self) -> None:
        for _ in range(200):
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError(self.url)

    def stop(self) -> tuple[int, str]:
        """Press Ctrl-C; returns status and what was logged, without the two lines that are always said."""
        self.process.send_signal(signal.SIGINT)
        _, log = self.process.communicate(timeout=20)
        usual = ("loading the rules", "gigsupply: the page is closed")
        strangers = (" not found", "evil.example is not an accepted origin")  # what tests ask for on purpose
        said = [line for line in log.splitlines() if not line.startswith(usual) and not any(word in line for word in strangers)]
        return self.process.returncode, "\n".join(said)


@contextmanager
def serving(*words: str, code: str = "") -> Iterator[Server]:
    server = Server(*words, code=code)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.process.kill()
            server.process.communicate()


@pytest.fixture(scope="session")
def server():
    """One server for most tests; at its end Ctrl-C, and nothing may have been logged."""
    with serving(*as_words(SETTINGS)) as running:
        yield running
        status, log = running.stop()
        assert (status, log) == (130, "")


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


class Tab:
    """A tab with the page, and what it said and asked for."""

    def __init__(self, browser, url: str, **context) -> None:
        self.context = browser.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True, **context)
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.said: list[str] = []
        self.hosts: set[str] = set()
        self.urls: list[str] = []
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("request", lambda request: self.hosts.add(request.url.split("/")[2] if "://" in request.url else "data"))
        self.page.on("request", lambda request: self.urls.append(request.url))
        self.page.on("websocket", lambda socket: self.hosts.add(socket.url.split("/")[2]))
        self.page.goto(url)
        self.ready()

    def ready(self) -> None:
        self.page.wait_for_selector(".chart-cloud canvas")
        self.page.wait_for_function("window.live?.isDrawn")

    def text(self, key: str) -> str:
        return self.page.locator(f'[data-live="{key}"]').first.inner_text()

    @property
    def day(self) -> int:
        return int(self.text("progress").split(" day ")[1].split(" of ")[0].replace(",", ""))

    def until_day(self, number: int) -> None:
        self.page.wait_for_function(
            "number => Number(document.querySelector('[data-live=progress]').textContent"
            ".match(/ day ([\\d,]+) /)[1].replace(',', '')) >= number",
            arg=number,
        )

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def speed(self, days_a_second: int) -> None:
        self.page.locator(".controls select").select_option(str(days_a_second))

    def play_to(self, day: int, days_a_second: int = 30) -> None:
        self.speed(days_a_second)
        self.press("Play")
        self.until_day(day)
        self.press("Pause")
        self.page.get_by_role("button", name="Play", exact=True).wait_for()
        self.settled()

    def to_the_end(self) -> None:
        self.press("To the end")
        self.until_day(DAYS)
        self.settled()

    def settled(self) -> None:
        """Wait for what is on its way, and until charts on the screen show it."""
        self.page.wait_for_timeout(300)
        self.page.wait_for_function("!window.live.isDrawing()")

    def until(self, claim) -> bool:
        """Return whether a claim comes to hold within twenty seconds."""
        ends = time.monotonic() + 20.0
        while not claim():
            if time.monotonic() > ends:
                return False
            self.page.wait_for_timeout(50)
        return True

    def chart(self, name: str, code: str):
        """Evaluate code with a chart at hand."""
        return self.page.evaluate(
            f"() => {{ const place = document.querySelector('.chart-{name}');"
            f"const chart = getElement(Number(place.id.slice(1))).chart; return {code}; }}"
        )

    def rows(self, name: str) -> list:
        """Return what a chart draws, once it is on the screen."""
        self.page.locator(f".chart-{name}").scroll_into_view_if_needed()
        self.settled()
        drawn = self.chart(name, "chart.getOption().dataset[0].source")
        self.page.evaluate("scrollTo(0, 0)")
        return drawn

    def type_lever(self, label: str, text: str) -> None:
        field = self.page.locator(f'.lever .field[aria-label="{label}"]')
        field.fill(text)
        field.press("Enter")

    def note(self, label: str) -> str:
        return self.page.locator(".lever", has=self.page.locator(f'.field[aria-label="{label}"]')).locator(".note").inner_text()

    def command(self) -> list[str]:
        import shlex

        return shlex.split(self.text("command"))

    def is_clean(self, host: str) -> None:
        assert self.said == []
        assert self.hosts <= {host}

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def tab(browser, server):
    """A tab of its own; at the end nothing was said on its console and nobody else was asked for anything."""
    one = Tab(browser, server.url)
    yield one
    one.is_clean(f"127.0.0.1:{server.port}")
    one.close()


__all__ = ["ROOT", "SETTINGS", "Server", "Tab", "json", "serving"]
