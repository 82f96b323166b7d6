"""`gigsupply compare` on sweep folders: what it prints, writes and refuses."""

import hashlib
import json
import shutil
from itertools import islice

import pandas as pd
import pyarrow.parquet as pq
import pytest

from experiments.compare.paired_sweep import paired
from experiments.compare.sweeps import SweepComparison, contrast
from experiments.design import read_design
from experiments.engines.pool import Outcome
from experiments.engines.worker import tried
from experiments.sweep.finished import read_sweep
from experiments.sweep.run import sweep
from results.cli import status_of
from results.figures.effects import finding

HEAD = 'scenario = "baseline"\nseeds = %s\ndays = 36\n[set]\n"population.drivers" = 200\n'
GRID = '[grid]\n"blocks.km" = [20, 30]\n"platform.pay_cap_per_hour" = [14, 16, 20]\n'
ARMS = '[arms]\nfixed = { "platform.policy" = "fixed" }\nalone = { "platform.policy" = "none" }\n'
CAP = "platform.pay_cap_per_hour"


def here(work, runs):
    """Do runs in this process."""
    for number, run in enumerate(runs):
        yield Outcome(number, run, *tried(work, run))


def swept(place, text, seeds="2"):
    place.mkdir(parents=True)
    design = place.parent / f"{place.name}.toml"
    design.write_text(HEAD % seeds + text)
    sweep(read_design(str(design)), place, here)
    return place


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return swept(tmp_path_factory.mktemp("sweeps") / "grid", GRID + ARMS)


@pytest.fixture
def folder(made, tmp_path):
    """Return a copy of a sweep of six points, three arms and two seeds, to do with as one likes."""
    return shutil.copytree(made, tmp_path / "grid")


def test_the_arms_of_a_sweep_are_told_written_and_drawn(folder, capsys):
    assert status_of(["compare", str(folder)]) == 0
    told, _ = capsys.readouterr()
    lines = told.splitlines()
    assert lines[:3] == ["A  base  (the reference)", "B  fixed", "C  alone"]
    assert lines[3] == "6 points, 2 seeds, 36 days, paired point by point: the same people, days and luck in every arm"
    assert "welfare, million EUR: C − A, platform.pay_cap_per_hour (rows) by blocks.km" in told
    assert "Every seed counts with its mean over the points, which share its luck." in " ".join(told.split())
    assert lines[-1] == f"written to {folder}"
    assert max(map(len, lines[:-1])) <= 120
    description = json.loads((folder / "comparison.json").read_text())
    assert set(description["files"]) == {"comparison.parquet", "effects.svg", "effects.png"}
    for name, digest in description["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert description["pairs"][1] == {"reference": "base", "arm": "alone", "pairs": 12, "left_out": 0}
    assert "Lines of the difference over platform.pay_cap_per_hour" in (folder / "effects.svg").read_text(encoding="utf-8")


def test_the_long_table_has_a_row_per_arm_level_and_measure(folder):
    assert status_of(["compare", str(folder)]) == 0
    table = pq.read_table(folder / "comparison.parquet").to_pandas()
    assert list(table.columns) == ["reference", "arm", "by", "blocks.km", CAP, "measure", "pairs", "seeds", "mean", "low", "high"]
    late = table[(table["measure"] == "parcels_late_share") & (table["arm"] == "alone")]
    assert late["by"].tolist() == ["", "blocks.km", "blocks.km", CAP, CAP, CAP, *[f"blocks.km, {CAP}"] * 6]
    assert late["pairs"].tolist() == [12, 6, 6, 4, 4, 4, *[2] * 6]
    runs = pd.read_parquet(folder / "runs.parquet").set_index(["arm", "blocks.km", CAP, "seed"])["parcels_late_share"]
    by_hand = (runs["alone"] - runs["base"]).groupby([CAP, "seed"]).mean().groupby(CAP).mean()
    at_caps = late[late["by"] == CAP].set_index(CAP)["mean"]
    assert at_caps.to_dict() == pytest.approx(by_hand.to_dict(), rel=1e-12, abs=1e-15)
    assert late["blocks.km"].isna().tolist() == [True, False, False, True, True, True, *[False] * 6]


def test_another_reference_turns_the_signs(folder, tmp_path):
    tables = []
    for reference in ("base", "alone"):
        assert status_of(["compare", str(folder), "--reference", reference, "--out", str(tmp_path / reference)]) == 0
        tables.append(pd.read_parquet(tmp_path / reference / "comparison.parquet"))
    one, other = (table[table["measure"] == "welfare_total_eur"] for table in tables)
    there, back = one[one["arm"] == "alone"], other[other["arm"] == "base"]
    assert back["mean"].tolist() == (-there["mean"]).tolist()
    assert back["low"].tolist() == (-there["high"]).tolist()


def test_measures_asked_for_are_shown_alone_and_by_factor(folder, capsys):
    assert status_of(["compare", str(folder), "--measure", "parcels_late_share", "--measure", "blocks_filled_share"]) == 0
    told = capsys.readouterr().out
    assert "parcels late share, points: B − A" in told
    assert "blocks filled share, points: B − A" in told
    assert "welfare" not in told
    assert "blocks filled share, points: C − A" not in told  # there are no blocks without a platform


def test_without_a_factor_there_are_no_levels_and_no_figure(tmp_path, capsys):
    place = swept(tmp_path / "arms", ARMS)
    assert status_of(["compare", str(place)]) == 0
    assert "1 point, 2 seeds" in capsys.readouterr().out
    assert set(json.loads((place / "comparison.json").read_text())["files"]) == {"comparison.parquet"}


def test_points_that_are_not_crossed_have_a_row_each(tmp_path, capsys):
    place = swept(tmp_path / "drawn", f'[lhs]\npoints = 3\n"blocks.km" = [20, 30]\n"{CAP}" = [14, 20]\n' + ARMS)
    assert status_of(["compare", str(place), "--reference", "alone"]) == 0
    told = capsys.readouterr().out
    block = told[told.index("welfare, million EUR: B − A") :].split("\n\n")[0].splitlines()
    assert block[1].split() == ["blocks.km", CAP, "difference", "95", "%", "interval", "pairs"]
    assert len(block) == 2 + 3


def test_one_seed_has_differences_without_intervals_and_says_why(tmp_path, capsys):
    place = swept(tmp_path / "one", GRID + ARMS, seeds="1")
    assert status_of(["compare", str(place)]) == 0
    told = capsys.readouterr().out
    assert "One seed: all points share its luck, so there is no interval" in told
    assert "…" not in told
    table = pd.read_parquet(place / "comparison.parquet")
    assert table["low"].isna().all()
    assert table.loc[table["measure"] == "welfare_total_eur", "mean"].notna().all()


def test_pairs_that_lack_a_run_are_counted(folder, capsys):
    """As if the run of an arm had failed."""
    path, manifest = folder / "runs.parquet", json.loads((folder / "manifest.json").read_text())
    runs = pd.read_parquet(path)
    lost = (runs["arm"] == "alone") & (runs["seed"] == 1) & (runs[CAP] == 14)
    runs[~lost].to_parquet(path)
    manifest["files"]["runs.parquet"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert status_of(["compare", str(folder)]) == 0
    heard = capsys.readouterr().err
    assert "note: alone and base: 2 of 12 pairs are left out, since a run of theirs is missing" in heard
    assert "fixed and base" not in heard


def test_a_table_older_than_the_runs_is_named_with_the_line_that_mends_it(tmp_path, capsys):
    """A design that is extended and then stopped leaves the table of before; the line may come from any folder."""
    place, grown = swept(tmp_path / "grid", GRID + ARMS), tmp_path / "grid.toml"
    grown.write_text(HEAD % "3" + GRID + ARMS)

    def stopped(work, runs):
        yield from islice(here(work, runs), 5)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(read_design(str(grown)), place, stopped)
    assert status_of(["compare", str(place)]) == 0
    told, heard = capsys.readouterr()
    assert "6 points, 2 seeds" in told
    assert "5 finished runs are not in runs.parquet: its design was larger at another time, or was stopped while it grew" in heard
    line = next(line for line in heard.splitlines() if "not in runs.parquet" in line).partition("to have them in: ")[2]
    assert line == f"gigsupply sweep {grown} --out {place}"
    assert status_of([*line.split()[1:], "--workers", "1"]) == 0
    capsys.readouterr()
    assert status_of(["compare", str(place)]) == 0
    told, heard = capsys.readouterr()
    assert "6 points, 3 seeds" in told
    assert "not in runs.parquet" not in heard


def test_two_folders_are_compared_arm_by_arm(folder, tmp_path, capsys):
    other = swept(tmp_path / "growth", '"demand.growth" = 0.1\n' + GRID + '[arms]\nfixed = { "platform.policy" = "fixed" }\n')
    assert status_of(["compare", str(folder), str(other)]) == 0
    told, heard = capsys.readouterr()
    assert told.splitlines()[:2] == [f"A  {folder}  (the reference)", f"B  {other}"]
    assert "note: in one folder only, so left out: arm alone" in heard
    table = pd.read_parquet(tmp_path / "compare-grid-growth" / "comparison.parquet")
    assert table["arm"].drop_duplicates().tolist() == [f"{other}: base", f"{other}: fixed"]
    arrived = table[(table["by"] == "") & (table["measure"] == "parcels_gap_share")]
    assert (arrived["pairs"] == 12).all()

    assert set(json.loads((tmp_path / "compare-grid-growth" / "comparison.json").read_text())["files"]) >= {"effects.png"}


@pytest.mark.parametrize(
    ("gains", "title"),
    [
        ((2.0, 3.0), "Welfare is higher under b than under base at all 2 points"),
        ((-2.0, -3.0), "Welfare is lower under b than under base at all 2 points"),
        ((2.0, 0.0), "Welfare is higher under b than under base at 1 of 2 points"),
        ((2.0, -2.0), "Welfare under b: higher than under base at 1 of 2 points, lower at 1"),
        ((0.0, 0.0), "Welfare under b cannot be told from that under base at any of 2 points"),
    ],
)
def test_the_headline_counts_points_whose_interval_lies_on_one_side(made, gains, title):
    """Gains at 14 and at 16, give or take a tenth over two seeds; where there is none, one up and one down."""
    rows = [
        (at, seed, gain * (1 + 0.01 * seed) if gain else seed - 0.5)
        for at, gain in zip("46", gains, strict=True)
        for seed in (0, 1)
    ]
    before = pd.DataFrame({CAP: [f"1{at}" for at, _, _ in rows], "seed": [seed for _, seed, _ in rows], "welfare_total_eur": 0.0})
    after = before.assign(welfare_total_eur=[gain for _, _, gain in rows])
    one = contrast("", "B", paired("base", "b", before, after, [CAP]), 4)
    found = SweepComparison((read_sweep(made),), {CAP: {"14": 14.0, "16": 16.0}}, {"A": "base", "B": "b"}, (one,), ())
    assert finding(found, "welfare_total_eur") == title


def refused(words, capsys):
    """Return the line with which a command is refused."""
    assert status_of(["compare", *map(str, words)]) == 2
    told, heard = capsys.readouterr()
    assert told == ""
    assert len(heard.splitlines()) == 1
    return heard


def test_what_is_no_finished_sweep_with_arms_is_refused_in_a_line(folder, tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert "empty: no sweep (plan.json is missing)" in refused([tmp_path / "empty"], capsys)
    assert "has no arms; allowed: a design with [arms], or two folders" in refused([swept(tmp_path / "plain", "")], capsys)
    assert "--reference alnoe: no such arm; did you mean alone?" in refused([folder, "--reference", "alnoe"], capsys)
    assert "--seeds: not with a sweep's folder" in refused([folder, "--seeds", "3"], capsys)
    assert "a folder and a scenario" in refused([folder, "baseline"], capsys)
    assert "3 folders: too many" in refused([folder, folder, folder], capsys)
    assert "--reference base: for the arms of a sweep" in refused(["baseline", "cap-25", "--reference", "base"], capsys)
    (folder / "runs.parquet").rename(folder / "away")
    line = refused([folder], capsys)
    assert f"{folder}: not finished (36 runs are kept, runs.parquet is missing); to go on: gigsupply sweep " in line
    assert line.endswith(f"/grid.toml --out {folder}\n")
    (folder / "away").rename(folder / "runs.parquet")
    with (folder / "runs.parquet").open("ab") as file:
        file.write(b"x")
    assert "runs.parquet: damaged (its sha256 is not that of manifest.json)" in refused([folder], capsys)
    (folder / "manifest.json").write_text("[]")
    assert "manifest.json: damaged" in refused([folder], capsys)
    assert not (folder / "comparison.parquet").exists()


def test_two_folders_that_do_not_pair_are_refused_in_a_line(folder, tmp_path, capsys):
    more = swept(tmp_path / "more", GRID, seeds="3")
    assert f"{folder} and {more}: seeds differ ([0, 1]; [0, 1, 2]); allowed: sweeps of the same" in refused([folder, more], capsys)
    fewer = swept(tmp_path / "fewer", f'[grid]\n"{CAP}" = [14]\n')
    assert "factors differ" in refused([folder, fewer], capsys)
    elsewhere = swept(tmp_path / "elsewhere", f'[grid]\n"{CAP}" = [17]\n"blocks.km" = [20]\n')
    assert "no point in common" in refused([folder, elsewhere], capsys)
    assert "the same folder" in refused([folder, folder], capsys)
    assert "--reference base: not with two folders" in refused([folder, elsewhere, "--reference", "base"], capsys)
