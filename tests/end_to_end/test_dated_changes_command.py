"""Dated changes on the command line: one command runs the season of a scenario file again, and every command obeys."""

import json
from pathlib import Path

import pandas as pd
import pytest

from experiments import load_scenario
from results.cli import status_of

SMALL = ["--set", "population.drivers=400", "--set", "awareness.ceiling_share=1.0", "--set", "awareness.at_launch_share=1.0"]
CHANGE = ["--change", "2017-11-20:platform.first_offer_per_hour=11", "--change", "2017-11-20:platform.policy=fixed"]
FILE = """
[[change]]
date = 2017-11-20
platform.first_offer_per_hour = 11.0
platform.policy = "fixed"
"""


@pytest.fixture
def scenario(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fixed-later.toml").write_text(FILE, encoding="utf-8")
    return "fixed-later.toml"


def run(name, *words):
    assert status_of(["run", name, "--out", f"out-{len(words)}", *SMALL, *words]) == 0
    days = pd.read_parquet(f"out-{len(words)}/days.parquet")
    return days, json.loads(Path(f"out-{len(words)}/manifest.json").read_text(encoding="utf-8"))


def test_one_command_runs_a_scenario_file_with_changes_again(scenario, capsys):
    (by_file, manifest), (by_words, same), (without, other) = (
        run(scenario),
        run("baseline", *CHANGE),
        run("baseline", "--seed", "0"),
    )
    assert "who gained what" in capsys.readouterr().out
    pd.testing.assert_frame_equal(by_file, by_words, check_exact=True)
    is_before = without["date"] < "2017-11-20"
    pd.testing.assert_frame_equal(by_file[is_before], without[is_before], check_exact=True)
    assert (by_file[~is_before]["pay_highest_offer_per_block_eur"].dropna() == 44.0).all()
    assert (without["pay_highest_offer_per_block_eur"].dropna() > 44.0).all()
    changes = [{"date": "2017-11-20", "platform.first_offer_per_hour": 11.0, "platform.policy": "fixed"}]
    assert manifest["dated_changes"] == same["dated_changes"] == changes
    assert other["dated_changes"] == []
    assert "platform.first_offer_per_hour" in manifest["outside_plausible_range"]
    assert "platform.first_offer_per_hour" not in other["outside_plausible_range"]


def test_show_lists_changes_with_what_they_take_the_place_of(scenario, capsys):
    assert status_of(["show", scenario, "--change", "2017-11-27:platform.first_offer_per_hour=12"]) == 0
    assert capsys.readouterr().out.splitlines()[-4:] == [
        "",
        "from 2017-11-20  platform.first_offer_per_hour = 11 (before 14)",
        "from 2017-11-20  platform.policy = fixed (before feedback)",
        "from 2017-11-27  platform.first_offer_per_hour = 12 (before 11)",
    ]


@pytest.mark.parametrize(("day", "pay"), [("2017-11-18", 0.0), ("2017-11-20", 44.0), ("2017-11-21", 44.0)])
def test_explain_obeys_changes_and_cites_the_value_of_the_day(day, pay, scenario, capsys):
    assert status_of(["explain", scenario, "--day", day, *SMALL]) == 0
    said = capsys.readouterr().out
    assert ("platform.first_offer_per_hour = 11" in said) == ("platform.policy = fixed" in said) == (pay == 44.0)
    assert ("44.00" in said) == (pay == 44.0)


def test_explain_refuses_a_day_after_the_platform_has_closed(scenario, capsys):
    assert status_of(["explain", "baseline", "--day", "2017-11-28", "--change", "2017-11-24:platform.policy=none", *SMALL]) == 2
    said = capsys.readouterr().err
    assert "--day 2017-11-28: there is no platform on that day; the nearest market day is 2017-11-23" in said


def test_a_platform_that_comes_by_a_change_is_measured_against_none_at_all(scenario, capsys):
    words = ["--set", "platform.policy=none", "--change", "2017-11-20:platform.policy=feedback"]
    days, _ = run("baseline", *words)
    assert "who gained what: this season less the same season without the platform" in capsys.readouterr().out
    assert days.loc[days["date"] < "2017-11-20", "blocks_posted"].sum() == 0
    assert days["blocks_posted"].sum() > 0


def test_arms_of_a_comparison_keep_their_changes(scenario, capsys):
    assert status_of(["compare", "baseline", scenario, "--seeds", "2", "--workers", "1", "--out", "compared", *SMALL]) == 0
    arms = json.loads(Path("compared/manifest.json").read_text(encoding="utf-8"))["arms"]
    assert [len(arm["dated_changes"]) for arm in arms] == [0, 1]
    assert arms[0]["parameters"] == arms[1]["parameters"]


def test_points_of_a_sweep_keep_the_changes_of_their_scenario(scenario, tmp_path, capsys):
    design = (
        'scenario = "fixed-later.toml"\nseeds = 1\ndays = 50\n[set]\n"population.drivers" = 300\n[grid]\n"blocks.km" = [20, 25]\n'
    )
    (tmp_path / "design.toml").write_text(design, encoding="utf-8")
    (tmp_path / "plain.toml").write_text(design.replace("fixed-later.toml", "baseline"), encoding="utf-8")
    pay = []
    for name in ("design", "plain"):
        assert status_of(["sweep", f"{name}.toml", "--workers", "1", "--out", name]) == 0
        pay.append(pd.read_parquet(f"{name}/runs.parquet")["pay_mean_per_hour_eur"])
    assert (pay[0] < pay[1]).all()
    (tmp_path / "fixed-later.toml").write_text(FILE.replace("11-20", "11-21"), encoding="utf-8")
    assert status_of(["sweep", "design.toml", "--workers", "1", "--out", "design"]) == 2
    assert "holds runs of a scenario with other dated changes" in capsys.readouterr().err


def test_the_scenario_that_comes_with_the_model_raises_the_cap():
    parameters = load_scenario("cap-raised-in-december")
    assert [there.platform.pay_cap_per_hour for there in parameters.in_turn] == [16.0, 25.0]


def test_a_point_of_a_design_that_contradicts_a_later_change_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text("[[change]]\ndate = 2017-11-20\nplatform.pay_cap_per_hour = 12.0\n", encoding="utf-8")
    design = 'scenario = "mine.toml"\nseeds = 1\n[grid]\n"platform.pay_floor_per_hour" = [11, 13]\n'
    (tmp_path / "design.toml").write_text(design, encoding="utf-8")
    assert status_of(["sweep", "design.toml", "--dry-run"]) == 2
    said = capsys.readouterr().err
    assert "design.toml: point 1: change on 2017-11-20: platform.pay_floor_per_hour = 13: not allowed" in said
