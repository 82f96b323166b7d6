"""`gigsupply live` before a page is open: what is wrong with port, host, scenario or packages is one line."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from results.cli import status_of
from results.live import command
from tests.processes import LISTEN

ROOT = Path(__file__).parents[2]
HAS_NICEGUI = __import__("importlib.util").util.find_spec("nicegui") is not None
needs_nicegui = pytest.mark.skipif(
    not HAS_NICEGUI, reason="SKIPPED: nicegui is not installed, so no page was served; make everything"
)


def test_a_taken_port_is_named_and_a_free_one_offered(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert status_of(["live", "--port", str(port)]) == 2
        said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert f"--port {port}: taken" in said
    offered = int(said.split("such as ")[1])
    assert command.why_not("127.0.0.1", offered) == 0


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--port", "0"], "1 to 65,535"),
        (["--port", "http"], "1 to 65,535"),
        (["--host", "no.such.host.invalid"], "allowed: an address of this machine"),
        (["--host", "198.51.100.7"], "allowed: an address of this machine"),
        (["berlin-xmas"], "no such scenario"),
        (["--seed", "-1"], "allowed"),
        (["--set", "platform.pay_cap=3"], "did you mean"),
    ],
)
def test_what_is_wrong_is_one_line(words, named, capsys):
    assert status_of(["live", *words]) == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert named in said


def test_a_broken_scenario_file_is_quoted_as_run_does(tmp_path, capsys):
    path = tmp_path / "broken.toml"
    path.write_text("[platform]\npay_cap_per_hour = = 3\n")
    assert status_of(["live", str(path)]) == 2
    live = capsys.readouterr().err
    assert status_of(["run", str(path)]) == 2
    assert capsys.readouterr().err == live


def test_without_the_package_one_line_says_how_to_get_it(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "nicegui", None)
    monkeypatch.delitem(sys.modules, "results.live.server", raising=False)
    assert status_of(["live"]) == 2
    said = capsys.readouterr().err
    assert "gigsupply[live]" in said
    assert len(said.splitlines()) == 1


@needs_nicegui
def test_who_asks_for_the_page_and_does_not_come_gets_no_market():
    import asyncio
    from types import SimpleNamespace

    from experiments.scenario import read_scenario
    from results.live import server

    gone = SimpleNamespace(is_deleted=True, tab_id=None, id="gone")
    asyncio.run(server._open(gone, read_scenario("baseline", ["population.drivers=10"]), "baseline", 0))
    assert server.views == {}


@needs_nicegui
def test_everybody_is_let_in_only_with_a_warning_and_ctrl_c_ends_it(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    words = [
        sys.executable,
        "-c",
        f"{LISTEN}from results.cli import main; main()",
        "live",
        "--host",
        "0.0.0.0",
        "--port",
        str(port),
    ]
    words += ["--port", str(port)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")} | {"PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=environment)
    assert server.stdout
    assert server.stdout.readline().startswith(f"http://127.0.0.1:{port}")
    for _ in range(200):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    server.send_signal(signal.SIGINT)
    _, said = server.communicate(timeout=30)
    warnings = [line for line in said.splitlines() if line.startswith("note:")]
    assert len(warnings) == 1
    assert "0.0.0.0" in warnings[0]
    assert server.returncode == 130
    assert list(tmp_path.iterdir()) == []
