"""What a user can get wrong: status 2, one line that names file, key, value and what is allowed, no traceback, nothing written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from results.cli import status_of

ROOT = Path(__file__).parents[2]

FILES = {
    "empty.toml": b"",
    "broken.toml": b"[platform]\npay_cap_per_hour = = 3\n",
    "unclosed.toml": b"x = [1,\n",
    "binary.toml": b"\xff\xfe\x00\x01",
    "zeros.toml": b"\x00\x01",
    "section.toml": b'[platfrom]\npolicy = "fixed"\n',
    "empty_section.toml": b"[platfrom]\n",
    "key.toml": b'[platform]\npolcy = "fixed"\n',
    "group.toml": b"[population.groups.studnt]\nweekly_cap = 3.0\n",
    "archetype.toml": b"[population.groups.student]\narchetypes = {studnt = 1.0}\n",
    "type.toml": b"[platform]\npay_cap_per_hour = 'sixteen'\n",
    "nan.toml": b"[platform]\npay_cap_per_hour = nan\n",
    "infinite.toml": b"[platform]\npay_cap_per_hour = inf\n",
    "large.toml": b"[platform]\npay_cap_per_hour = 500\n",
    "twice.toml": b"[platform]\npay_cap_per_hour = 1\npay_cap_per_hour = 2\n",
    "section_twice.toml": b"[platform]\npay_cap_per_hour = 15\n[platform]\npay_floor_per_hour = 9\n",
    "dotted.toml": b'"platform.pay_cap_per_hour" = 15\n[platform]\npay_cap_per_hour = 16\n',
    "dotted_below.toml": b'[population]\n"groups.student.weekly_cap" = 9.0\n[population.groups.student]\nweekly_cap = 8.0\n',
    "choice.toml": b'[platform]\npolicy = "auction"\n',
    "section_as_number.toml": b"platform = 3\n",
    "number_as_section.toml": b"[platform.pay_cap_per_hour]\nx = 1\n",
    "fraction.toml": b"[population]\ndrivers = 300.5\n",
    "truth.toml": b"[population]\ndrivers = true\n",
    "date.toml": b'[scenario]\nstart_date = "yesterday"\n',
    "time.toml": b"[scenario]\nstart_date = 2017-10-09T10:00:00\n",
    "short.toml": b"[demand]\nmonth = [1.0, 2.0]\n",
    "mixed.toml": b'[demand]\nweekday = [0.85, 1.15, "x", 1.05, 1.05, 0.80]\n',
    "station.toml": b'[platform]\nstations = ["Tegl"]\n',
    "about.toml": b"about = 3\n",
    "slots.toml": b"[blocks]\nslot_starts = [9.0]\n",
}
WRONG_FILES = {
    "broken.toml": ["line 2", "pay_cap_per_hour = = 3"],
    "unclosed.toml": ["not valid TOML"],
    "binary.toml": ["not a text file; allowed: TOML in UTF-8"],
    "zeros.toml": ["not valid TOML", "line 1"],
    "folder.toml": ["a folder; allowed: the name of a scenario or a TOML file"],
    "missing.toml": ["no such file; allowed: the name of a scenario or a TOML file"],
    "section.toml": ["platfrom.policy: unknown parameter; did you mean platform.policy?"],
    "empty_section.toml": ["platfrom: unknown parameter; did you mean platform?"],
    "key.toml": ["platform.polcy: unknown parameter; did you mean platform.policy?"],
    "group.toml": ["population.groups.studnt.weekly_cap: unknown parameter; did you mean population.groups.student.weekly_cap?"],
    "archetype.toml": ["population.groups.student.archetypes = {studnt = 1}", "allowed: a table of weights by ft_p10"],
    "type.toml": ["platform.pay_cap_per_hour = sixteen: not allowed; allowed: a number from 0 to 200"],
    "nan.toml": ["platform.pay_cap_per_hour = nan: not allowed; allowed: a number from 0 to 200"],
    "infinite.toml": ["platform.pay_cap_per_hour = inf: not allowed; allowed: a number from 0 to 200"],
    "large.toml": ["platform.pay_cap_per_hour = 500: not allowed; allowed: a number from 0 to 200"],
    "twice.toml": ["line 3", "pay_cap_per_hour = 2"],
    "section_twice.toml": ["line 3", "[platform]"],
    "dotted.toml": ["platform.pay_cap_per_hour: given twice"],
    "dotted_below.toml": ["population.groups.student.weekly_cap: given twice"],
    "choice.toml": ["platform.policy = auction: not allowed; allowed: one of none, fixed, escalator, feedback"],
    "section_as_number.toml": ["platform: this is a section"],
    "number_as_section.toml": ["platform.pay_cap_per_hour = {x = 1}: not allowed; allowed: a number from 0 to 200"],
    "fraction.toml": ["population.drivers = 300.5: not allowed; allowed: a whole number from 0 to 16,777,216"],
    "truth.toml": ["population.drivers = true: not allowed; allowed: a whole number"],
    "date.toml": ["scenario.start_date = yesterday: not allowed; allowed: a date (YYYY-MM-DD)"],
    "time.toml": ["scenario.start_date = 2017-10-09 10:00:00: not allowed; allowed: a date (YYYY-MM-DD)"],
    "short.toml": ["demand.month = [1, 2]: not allowed; allowed: a list of 12 numbers from 0 to 100"],
    "mixed.toml": ["demand.weekday = x: not allowed; allowed: a list of 6 numbers from 0 to 100"],
    "station.toml": ["platform.stations = [Tegl]: not allowed; allowed: a list of Tegel, Mariendorf"],
    "about.toml": ["about = 3: not allowed; allowed: text"],
    "slots.toml": ["blocks.slot_hours = [4, 4, 4]: not allowed; allowed: as many numbers as blocks.slot_starts (1)"],
}
A_SEED = "allowed: a whole number from 0 to 2^64 - 1"
DAYS = "allowed: a whole number from 1 to 36,525"
WRONG_WORDS = [
    (["run"], ["Missing argument 'SCENARIO'"]),
    (["run", "baselin"], ["baselin: no such scenario; did you mean baseline?"]),
    (["run", "quite different"], ["quite different: no such scenario; known are baseline, "]),
    (["run", "no/such/file"], ["no/such/file: no such file"]),
    (["run", ""], ["'': no name; allowed: the name of a scenario or a TOML file"]),
    (["run", "."], [".: a folder"]),
    (["run", "baseline", "another"], ["unexpected extra argument", "another"]),
    (["walk"], ["No such command 'walk'"]),
    (["--walk"], ["No such option: --walk"]),
    (["run", "baseline", "--sed", "3"], ["No such option: --sed", "--seed"]),
    (["run", "baseline", "--seed"], ["'--seed' requires an argument"]),
    *((["run", "baseline", "--seed", seed], ["--seed", seed, A_SEED]) for seed in ("-1", "1.5", "seven", "1e3", "٣", str(2**64))),
    *((["run", "baseline", "--days", days], ["--days", days, DAYS]) for days in ("0", "-3", "2.5", "ten", "36526")),
    (["run", "baseline", "--set", "population.drivers"], ["--set", "population.drivers", "allowed: name=value"]),
    (["run", "baseline", "--set", "=3"], ["--set", "=3", "allowed: name=value"]),
    (["run", "baseline", "--set", "a.b=3"], ["--set: a.b: unknown parameter; gigsupply show baseline lists all names"]),
    (["run", "baseline", "--set", "platform.pay_cap=3"], ["platform.pay_cap: unknown", "did you mean platform.pay_cap_per_hour?"]),
    (["run", "baseline", "--set", "platform.pay_cap_per_hour="], ["platform.pay_cap_per_hour", "a number from 0 to 200"]),
    (["run", "baseline", "--set", "platform.pay_cap_per_hour=nan"], ["platform.pay_cap_per_hour = nan", "a number from 0 to 200"]),
    (["run", "baseline", "--set", "population.drivers=1e3"], ["population.drivers = 1000", "a whole number from 0 to"]),
    (["run", "baseline", "--set", "population.drivers=5\nx"], ["population.drivers = 5", "a whole number from 0 to"]),
    (["run", "baseline", "--set", "platform=3"], ["--set: platform: this is a section, its parameters go below it"]),
    (["run", "baseline", "--set", "entry.cap=1", "--set", "entry.cap=2"], ["--set: entry.cap: given twice"]),
    (["run", "baseline", "--set", "platform.pay_cap_per_hour=9"],
     ["platform.pay_floor_per_hour = 10: not allowed; allowed: up to platform.pay_cap_per_hour = 9"]),
    (["run", "baseline", "--set", "scenario.end_date=2017-01-01"],
     ["scenario.end_date = 2017-01-01: not allowed; allowed: 2017-10-09 (scenario.start_date) or later"]),
    (["run", "baseline", "--set", "scenario.end_date=2017-02-30"], ["scenario.end_date = 2017-02-30", "a date (YYYY-MM-DD)"]),
    (["run", "baseline", "--set", "blocks.slot_shares=[0, 0, 0]"], ["blocks.slot_shares = [0, 0, 0]", "a positive sum"]),
    (["run", "baseline", "--set", "population.groups.student.wage_median=1"], ["population.groups.student.wage_median = 1"]),
    (["run", "baseline", "--out", "/proc/nonexistent/x"], ["--out /proc/nonexistent/x: cannot be written"]),
    (["run", "baseline", "--out", "empty.toml"],
     ["--out empty.toml: cannot be written (a file); allowed: a folder that can be written"]),
    (["run", "baseline", "--out", "empty.toml/below"], ["--out empty.toml/below: cannot be written"]),
    (["show", "baselin"], ["baselin: no such scenario; did you mean baseline?"]),
    (["show", "baseline", "--set", "entry.cap=-1"], ["entry.cap = -1: not allowed"]),
    (["scenarios", "more"], ["unexpected extra argument"]),
]  # fmt: skip


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Return a folder to stand in, with every wrong file in it."""
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "folder.toml").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tree_of(folder):
    """Return every path below a folder with its bytes."""
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def assert_one_line(said, parts):
    """Check that the refusal is one line, starts with our name, shows no traceback and says what it must."""
    assert said.out == ""
    assert said.err.count("\n") == 1, said.err
    assert said.err.startswith("gigsupply: ")
    assert "Traceback" not in said.err
    for part in parts:
        assert part in said.err


@pytest.mark.parametrize("name", WRONG_FILES)
def test_a_wrong_scenario_file_is_refused_by_name(name, desk, capsys):
    before = tree_of(desk)
    for command in ("show", "run"):
        assert status_of([command, name]) == 2
        assert_one_line(capsys.readouterr(), [f"{name}: ", *WRONG_FILES[name]])
    assert tree_of(desk) == before


@pytest.mark.parametrize(("words", "parts"), WRONG_WORDS, ids=[" ".join(words) for words, _ in WRONG_WORDS])
def test_wrong_words_are_refused_by_name(words, parts, desk, capsys):
    before = tree_of(desk)
    assert status_of(words) == 2
    assert_one_line(capsys.readouterr(), parts)
    assert tree_of(desk) == before


def test_an_empty_file_is_the_baseline(desk, capsys):
    assert status_of(["show", "empty.toml"]) == 0
    empty = capsys.readouterr().out
    assert status_of(["show", "baseline"]) == 0
    assert capsys.readouterr().out == empty


def test_a_file_with_dotted_names_and_one_with_sections_say_the_same(desk, capsys):
    Path("dotted.toml").write_text('"platform.pay_cap_per_hour" = 20\n', encoding="utf-8")
    Path("nested.toml").write_text("[platform]\npay_cap_per_hour = 20.0\n", encoding="utf-8")
    printed = []
    for name in ("dotted.toml", "nested.toml"):
        assert status_of(["show", name]) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    assert "20 (default 16)" in printed[0]


@pytest.mark.parametrize(
    ("words", "status"), [(["show", "type.toml"], 2), (["run", "baseline", "--seed", "-1"], 2), (["scenarios"], 0), ([], 0)]
)
def test_the_real_command_ends_with_the_same_status(words, status, desk):
    command = [sys.executable, "-W", "error", "-c", "from results.cli import main; main()", *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert done.stderr.count("\n") == (status != 0)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("blocks.slot_starts=[9,12,17]", "slots one after another"),
        ("population.groups.student.wage_median=none", "population.groups.student.wage_median = none: not allowed"),
        ("entry.cap=-1", "a whole number from 0 to 1e9 or none"),
    ],
)
def test_what_does_not_fit_together_is_refused(setting, said, tmp_path, capsys):
    assert status_of(["run", "baseline", "--set", setting, "--out", str(tmp_path / "out")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
