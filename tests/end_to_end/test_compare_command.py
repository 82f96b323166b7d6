"""`gigsupply compare` from end to end: what it prints and writes, what it refuses, and how it stops."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from experiments.compare.arms import Arm
from experiments.compare.scenarios import Comparison
from experiments.paired import difference
from model import Parameters
from results.cli import status_of
from results.compare import LONGEST_NAME
from results.figures.paired import headline
from tests.processes import LISTEN, all_end, needs_proc, workers_of

ROOT = Path(__file__).parents[2]
SMALL = ["--set", "population.drivers=300", "--days", "45", "--workers", "1"]
A, B = "baseline", "baseline+platform.policy=fixed"
FILES = {"comparison.parquet", "runs.parquet", "manifest.json", "differences.svg", "differences.png"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return the folder of a small comparison of three arms."""
    place = tmp_path_factory.mktemp("runs") / "mine"
    assert status_of(["compare", A, B, f"{A}+platform.policy=none", "--seeds", "3", "--out", str(place), *SMALL]) == 0
    return place


def test_a_folder_holds_tables_figure_and_manifest(folder):
    assert {path.name for path in folder.iterdir()} == FILES
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["files"] == {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES - {"manifest.json"}
    }
    assert [arm["arm"] for arm in manifest["arms"]] == [A, B, f"{A}+platform.policy=none"]
    assert manifest["arms"][1]["changed"] == {"population.drivers": 300, "platform.policy": "fixed"}
    assert manifest["arms"][0]["parameters"]["population.drivers"] == 300
    assert (manifest["seeds"], manifest["days"]) == ([0, 1, 2], 45)
    assert {"versions", "commit", "times"} <= set(manifest)


def test_runs_have_no_times_and_differences_a_row_per_arm_and_measure(folder):
    runs, differences = pd.read_parquet(folder / "runs.parquet"), pd.read_parquet(folder / "comparison.parquet")
    assert list(runs.columns[:2]) == ["arm", "seed"]
    assert not [name for name in runs.columns if "second" in name or "time" in name]
    assert len(runs) == 9
    assert len(differences) == 2 * (len(runs.columns) - 3)  # arm, seed and one flag are no measures
    assert not differences.duplicated(["arm", "measure"]).any()


def test_the_figure_says_what_it_shows(folder):
    drawing = (folder / "differences.svg").read_text(encoding="utf-8")
    assert "<title" in drawing
    assert "Welfare less that of A, million EUR: B " in drawing
    assert (folder / "differences.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("labels", "gains", "title"),
    [
        (("a", "b"), [2e6, 3e6, 4e6], "Welfare under b is 3.00 million EUR higher than under a"),
        (("a", "b"), [-2e6, -3e6, -4e6], "Welfare under b is 3.00 million EUR lower than under a"),
        (("a", "b"), [-2e6, 0.0, 3e6], "Welfare under b cannot be told from that under a"),
        (("a", "b" * 33), [2e6, 3e6, 4e6], "Welfare under B is 3.00 million EUR higher than under A"),
        (("a", "b"), [150.0, 160.0, 170.0], "Welfare under b is 160 EUR higher than under a"),
        (("a", "b"), [2e6], "Welfare under b is 2.00 million EUR higher than under a"),
        (("a", "b", "c"), [2e6, 3e6, 4e6], "Welfare less that of A, million EUR: B +3.00, C +3.00"),
    ],
)
def test_the_headline_says_what_the_interval_allows(labels, gains, title):
    arms = tuple(Arm(label, "", Parameters()) for label in labels)
    welfare = tuple(difference("a", arm, "welfare_total_eur", [0.0] * len(gains), gains) for arm in labels[1:])
    head = headline(Comparison(arms, len(gains), pd.DataFrame(), welfare, {"days": 146}))
    assert head.title == title
    assert f"n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{len(gains)}" in head.subtitle
    assert all(label in head.subtitle for label in labels)


def test_the_table_reads_without_a_manual(tmp_path, capsys):
    out = tmp_path / "two"
    assert status_of(["compare", A, B, "--seeds", "2", "--out", str(out), *SMALL]) == 0
    told, heard = capsys.readouterr()
    lines = told.splitlines()
    assert lines[0] == "A  baseline  (the reference)"
    assert lines[1] == "B  baseline+platform.policy=fixed"
    assert lines[2] == "45 days, seeds 0 to 1, paired: the same people, days and luck in every arm"
    for words in (
        "services and prices",
        "drivers",
        "surplus, million EUR",
        "welfare, their sum",
        "B − A",
        "unpaired: seeds per arm",
    ):
        assert words in told
    assert lines[-1] == f"written to {out}"
    assert max(map(len, lines)) <= 120
    assert heard.splitlines()[0] == "baseline, seed 0: run 1 of 4"


def test_with_one_seed_there_is_no_interval_and_it_says_why(tmp_path, capsys):
    assert status_of(["compare", A, B, "--seeds", "1", "--out", str(tmp_path / "one"), *SMALL]) == 0
    told = capsys.readouterr().out
    assert "One seed: one season, so there is no interval and no telling difference from luck." in told
    assert "…" not in told
    assert pd.read_parquet(tmp_path / "one" / "comparison.parquet")["t_low"].isna().all()


def test_the_folder_is_named_after_the_arms(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my arm.toml").write_text("[blocks]\nkm = 20.0\n")
    long = [f"{A}+platform.policy=escalator+platform.step_per_hour={k}.125+platform.first_offer_per_hour=12.5" for k in (1, 2)]
    assert status_of(["compare", A, "my arm.toml", "--seeds", "1", *SMALL]) == 0
    assert status_of(["compare", *long, "--seeds", "1", *SMALL]) == 0
    short, cut = sorted((tmp_path / "results" / "runs").iterdir(), key=lambda path: len(path.name))
    assert short.name == "compare-baseline-my-arm"
    assert len(cut.name) == LONGEST_NAME


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([A], "gigsupply: baseline: nothing to compare; allowed: two arms or more"),
        ([A, A], "gigsupply: baseline: given twice; allowed: arms that differ"),
        ([A, "no-platform"], "gigsupply: baseline and no-platform: cover other days (2017-10-09 to 2017-11-30, "),
        ([A, "nowhere.toml"], "gigsupply: nowhere.toml: no such file; allowed: the name of a scenario or a TOML file"),
        ([A, f"{A}+platform.polcy=fixed"], "platform.polcy: unknown parameter; did you mean platform.policy?"),
        ([A, f"{A}+blocks.km=far"], "blocks.km = far: not allowed; allowed: a number from 0 to 10000"),
        ([A, f"{A}+"], f"gigsupply: {A}+: not allowed; allowed: SCENARIO or SCENARIO+name=value"),
        ([A, B, "--set", "blocks.km=-3"], "blocks.km = -3: not allowed"),
        ([A, B, "--seeds", "0"], "'--seeds': 0 is not allowed; allowed: a whole number from 1 to 10,000"),
        ([A, B, "--seeds", "many"], "'--seeds': many is not allowed; allowed: a whole number from 1 to 10,000"),
        ([A, B, "--workers", "0"], "'--workers': 0 is not allowed; allowed: a whole number from 1 to 1,024"),
        ([A, B, "--sedes", "3"], "No such option: --sedes"),
        ([], "Missing argument"),
    ],
)
def test_wrong_input_is_one_line_and_nothing_is_written(words, message, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert status_of(["compare", *words]) == 2
    told, heard = capsys.readouterr()
    assert told == ""
    assert len(heard.splitlines()) == 1
    assert message in heard
    assert not list(tmp_path.iterdir())


def test_a_failing_run_is_one_line_with_arm_and_seed_and_nothing_is_written(tmp_path, capsys):
    poor = f"{A}+population.groups.student.wage_median=0.01+population.groups.student.wage_sigma=0.0"
    assert status_of(["compare", A, poor, "--seeds", "2", "--out", str(tmp_path / "x"), *SMALL]) == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith(f"gigsupply: {poor}, seed 0: ParameterError: population.groups.stu")
    assert not list(tmp_path.iterdir())


def start(folder):
    """Start a long comparison with two workers in a process group of its own."""
    words = ["compare", A, B, "--seeds", "500", "--workers", "2", "--out", str(folder), "--set", "population.drivers=300"]
    return subprocess.Popen(
        [sys.executable, "-c", f"{LISTEN}from results.cli import main; main()", *words],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@needs_proc
def test_ctrl_c_ends_the_workers_and_leaves_nothing(tmp_path):
    with start(tmp_path / "x") as process:
        assert process.stderr is not None
        assert "run 1 of 1000" in process.stderr.readline()  # under way
        workers = workers_of(process)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to everybody
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert len(workers) >= 2
    assert out == ""
    assert err.splitlines()[-1].startswith("gigsupply: stopped; ")
    assert "Traceback" not in err
    assert all_end(workers, within=10.0)
    assert not list(tmp_path.iterdir())


@needs_proc
def test_workers_do_not_outlive_a_killed_parent(tmp_path):
    with start(tmp_path / "x") as process:
        assert process.stderr is not None
        assert "run 1 of 1000" in process.stderr.readline()
        workers = workers_of(process)
        process.kill()
        process.wait(timeout=60)
        assert len(workers) >= 2
        assert all_end(workers, within=10.0)


def test_what_a_worker_imports_draws_nothing():
    """Workers import the command line's main module and the comparison: no plotting with either."""
    drawing = "' '.join({'matplotlib', 'seaborn'} & set(sys.modules))"
    code = f"import sys, results.cli, experiments.compare.scenarios; sys.exit({drawing} or None)"
    subprocess.run([sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True, timeout=60)


def test_an_unknown_measure_is_refused_with_the_nearest(capsys):
    assert status_of(["compare", "baseline", "baseline+cars.fuel_price_factor=1.1", "--measure", "welfare_total"]) == 2
    assert capsys.readouterr().err == "gigsupply: --measure welfare_total: unknown measure; did you mean welfare_total_eur?\n"


def test_measures_asked_for_are_shown_alone(tmp_path, capsys):
    words = ["--seeds", "2", "--days", "2", "--set", "population.drivers=50", "--out", str(tmp_path / "out")]
    words += ["--measure", "parcels_gap_share"]
    assert status_of(["compare", "baseline", "baseline+demand.growth=0.1", *words]) == 0
    printed = capsys.readouterr().out
    assert "gap beyond own couriers" in printed
    assert "welfare, their sum" not in printed
