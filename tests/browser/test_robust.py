"""The page when things go wrong: lost connections, strangers, errors of the model, no websockets, too many tabs."""

import os
import socket
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress

import pytest

from tests.browser.conftest import ROOT, SETTINGS, Tab, as_words, serving

SECONDS = (5, 60) if os.environ.get("GIGSUPPLY_LONG_TESTS") else (5,)


class Wire:
    """A wire between browser and server that can be cut, and that may let no websocket through."""

    def __init__(self, port: int, *, lets_websockets_through: bool = True) -> None:
        self.port, self.is_cut, self.pairs, self.lets_websockets_through = port, False, [], lets_websockets_through
        self.entry = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.entry.getsockname()[1]}/"

    def accept(self) -> None:
        while True:
            try:
                here, _ = self.entry.accept()
            except OSError:
                return
            if self.is_cut:
                here.close()
                continue
            there = socket.create_connection(("127.0.0.1", self.port))
            self.pairs += [here, there]
            for source, target in ((here, there), (there, here)):
                threading.Thread(target=self.carry, args=(source, target), daemon=True).start()

    def carry(self, source, target) -> None:
        try:
            while data := source.recv(65_536):
                if not self.lets_websockets_through and b"upgrade: websocket" in data.lower():
                    return
                target.sendall(data)
        except OSError:
            pass
        finally:
            for end in (source, target):
                end.close()

    def cut(self) -> None:
        self.is_cut = True
        for end in self.pairs:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self.is_cut = False

    def close(self) -> None:
        self.entry.close()


@pytest.mark.parametrize("seconds", SECONDS)
def test_a_cut_connection_is_said_and_the_run_goes_on(browser, server, seconds):
    wire = Wire(server.port)
    tab = Tab(browser, wire.url)
    tab.speed(10)
    tab.press("Play")
    tab.until_day(12)
    wire.cut()
    ends = time.monotonic() + seconds
    notice = tab.page.locator("#popup")
    notice.wait_for(state="visible", timeout=10_000)
    tab.page.wait_for_timeout(1000)
    halted = tab.day
    tab.page.wait_for_timeout(2000)
    assert tab.day == halted
    tab.page.wait_for_timeout(max(0.0, 1000.0 * (ends - time.monotonic())))
    wire.mend()
    tab.until_day(halted + 5)
    assert notice.get_attribute("aria-hidden") == "true"
    assert tab.day < halted + 40
    tab.press("Pause")
    tab.close()
    wire.close()


def test_without_websockets_it_works_by_polling(browser, server):
    wire = Wire(server.port, lets_websockets_through=False)
    tab = Tab(browser, wire.url)
    tab.play_to(12)
    assert any("transport=polling" in url for url in tab.urls)
    tab.close()
    wire.close()


def asked(url: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_strangers_are_turned_away(server):
    assert asked(server.url) == 200
    assert asked(server.url, Host="evil.example") == 400
    socket_io = f"{server.url}_nicegui_ws/socket.io/?EIO=4&transport=polling"
    assert asked(socket_io) == 200
    assert asked(socket_io, Origin="http://evil.example") in {400, 403}


def websocket_answer(server, origin: str) -> bytes:
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(
            b"GET /_nicegui_ws/socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
            + f"Host: 127.0.0.1:{server.port}\r\nOrigin: {origin}\r\n".encode()
            + b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + b"Sec-WebSocket-Version: 13\r\n\r\n"
        )
        return client.recv(100).split(b"\r\n")[0]


def test_a_websocket_of_another_origin_is_refused(server):
    assert b" 101 " in websocket_answer(server, f"http://127.0.0.1:{server.port}") + b" "
    assert b" 101 " not in websocket_answer(server, "http://evil.example") + b" "


@pytest.mark.parametrize(
    "path", ["../pyproject.toml", "live.py", "results/live/server.py", "docs", "openapi.json", "..%2f..%2fpyproject.toml"]
)
def test_no_file_is_served_but_the_pages_own(server, path):
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(f"GET /{path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: client.recv(65_536), b""))
    assert b"404" in answer.split(b"\r\n")[0]
    assert b"[project]" not in answer


@pytest.mark.parametrize("query", ["content=stranger", "kind=text/html", "content=<script>&kind=text/html"])
def test_what_a_request_asks_for_changes_no_file(server, query):
    with urllib.request.urlopen(f"{server.url}live.js?{query.replace('<', '%3C').replace('>', '%3E')}") as answer:
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.read() == (ROOT / "results" / "live" / "live.js").read_bytes()


def test_where_too_many_tabs_are_open_the_next_is_told_so(browser):
    with serving(*as_words(SETTINGS), code="import results.live.server; results.live.server.MOST_TABS = 1") as server:
        first = Tab(browser, server.url)
        page = browser.new_page()
        page.goto(server.url)
        page.get_by_text("So many tabs are open").wait_for()
        first.press("One day")
        first.until_day(1)
        page.close()
        first.close()
        assert server.stop() == (130, "")


FAULTY = """
from results.live.watched import WatchedMarket
count = WatchedMarket.count
def fail(self, day):
    if str(day.date) == '2017-11-08' and self.draw_seed == 13:
        raise ValueError('a queue of minus one parcel')
    count(self, day)
WatchedMarket.count = fail
"""


def test_a_model_error_is_shown_with_its_command_and_others_go_on(browser):
    with serving(*as_words(SETTINGS), code=FAULTY) as server:
        bad, good = Tab(browser, f"{server.url}?seed=13"), Tab(browser, server.url)
        bad.press("Play")
        bad.page.get_by_role("alert").wait_for()
        said = bad.page.get_by_role("alert").inner_text()
        assert "a queue of minus one parcel" in said
        assert "gigsupply run berlin-christmas-2017 --seed 13 --days" in said
        good.play_to(12)
        bad.press("Start over")
        bad.page.get_by_role("alert").wait_for(state="hidden")
        assert bad.day == 0
        status, log = server.stop()
        assert (status, log) == (130, "")
        for tab in (bad, good):
            tab.close()
