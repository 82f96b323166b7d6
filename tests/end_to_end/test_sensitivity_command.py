"""`gigsupply sensitivity`: a design in, tables and figures out."""

import hashlib
import json
import sys

import pandas as pd
import pytest

from results.cli import status_of

HEAD = 'scenario = "baseline"\nseeds = 2\ndays = 36\n[set]\n"population.drivers" = 200\n'
STAR = HEAD + '[star]\n"demand.growth" = "plausible"\n"blocks.km" = [60]\n[arms]\nnone = { "platform.policy" = "none" }\n'


@pytest.fixture
def star(tmp_path):
    path = tmp_path / "growth.toml"
    path.write_text(STAR)
    return path


def test_a_star_is_run_told_drawn_and_kept(star, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert status_of(["sensitivity", "growth.toml", "--workers", "1", "--measure", "parcels_gap_share"]) == 0
    told = capsys.readouterr().out
    folder = tmp_path / "results" / "runs" / "growth"
    assert told.splitlines()[:2] == [
        "16 of 16 runs; written to results/runs/growth",
        "growth: 4 points × 2 arms × 2 seeds of baseline",
    ]
    assert "parcels gap share, points, arm none" in told
    assert max(map(len, told.splitlines())) <= 140
    effects, noise = pd.read_parquet(folder / "influences.parquet"), pd.read_parquet(folder / "noise.parquet")
    gap = effects[(effects["measure"] == "parcels_gap_share") & (effects["arm"] == "base")]
    assert gap["setting"].tolist() == ["0.03", "0.11", "60"]
    runs = pd.read_parquet(folder / "runs.parquet")
    means = runs[runs["arm"] == "base"].groupby(["demand.growth", "blocks.km"])["parcels_gap_share"].mean()
    assert gap["value"].tolist() == pytest.approx(
        [means[at] - means[0.05, 25.0] for at in ((0.03, 25.0), (0.11, 25.0), (0.05, 60.0))], rel=1e-9, abs=1e-15
    )
    assert set(noise["arm"]) == {"base", "none"}
    kept = json.loads((folder / "sensitivity.json").read_text())
    assert kept["files"] == {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in ("influences.parquet", "noise.parquet", "sensitivity.svg", "sensitivity.png", "sensitivity-1-none.svg",
                     "sensitivity-1-none.png")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ('[grid]\n"blocks.km" = [20]\n', 'x: has [grid]; allowed: [morris], [star], or [sobol] with arrangement = "saltelli"'),
        ("", "x: has no factor; allowed: [morris]"),
        ('[morris]\n"blocks.km" = [20, 30]\n', "x.toml: trajectories: missing; allowed: a whole number"),
        (
            '[sobol]\npoints = 4\narrangement = "saltelli"\n"blocks.km" = [20, 30]\n',
            "x: Sobol' indices need SALib, which is not installed",
        ),
    ],
)
def test_a_design_that_cannot_be_analysed_is_one_line_and_nothing_is_run(section, message, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "SALib", None)
    (tmp_path / "x.toml").write_text(HEAD + section)
    assert status_of(["sensitivity", "x.toml"]) == 2
    told, heard = capsys.readouterr()
    assert told == ""
    assert heard.startswith(f"gigsupply: {message}")
    assert len(heard.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["x.toml"]


def test_an_unknown_design_or_measure_is_refused(star, capsys):
    assert status_of(["sensitivity", "nowhere.toml"]) == 2
    assert status_of(["sensitivity", str(star), "--measure", "welfare"]) == 2
    heard = capsys.readouterr().err.splitlines()
    assert heard == [
        "gigsupply: nowhere.toml: no such file; allowed: the name of a design or a TOML file",
        "gigsupply: --measure welfare: unknown measure; did you mean welfare_total_eur?",
    ]


def test_the_small_version_has_a_folder_of_its_own_and_goes_on_as_such(star, tmp_path, monkeypatch, capsys):
    """Stopped, it says the line that goes on with it."""
    monkeypatch.chdir(tmp_path)
    assert status_of(["sensitivity", "growth.toml", "--smoke"]) == 2
    assert capsys.readouterr().err.endswith("growth.toml: [smoke]: missing; allowed: --smoke with a design that has the table\n")
    star.write_text(f"{STAR}[smoke]\nseeds = 1\n")
    monkeypatch.setattr("experiments.sweep.run.record", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    assert status_of(["sensitivity", "growth.toml", "--smoke", "--workers", "1"]) == 130
    line = capsys.readouterr().err.splitlines()[-1].partition("to go on: ")[2]
    assert line == "gigsupply sensitivity growth.toml --smoke --workers 1"
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    assert status_of(line.split()[1:]) == 0
    assert len(pd.read_parquet("results/runs/growth-smoke/runs.parquet")) == 4 * 2 * 1
    assert not (tmp_path / "results" / "runs" / "growth").exists()
