"""A sweep's folder and table: what is kept, what is mended, what is refused. No process is started here."""

import json
import os
import shutil
import subprocess
import sys
from math import isnan
from pathlib import Path

import pandas as pd
import pyarrow.dataset
import pytest

from experiments.measures import summary_of
from experiments.store import StorageError, write_files
from experiments.sweep.folder import RunLog, line_of, opened, record_of
from experiments.sweep.plan import PLAN, RUNS, plan_of
from experiments.sweep.run import DAYS, FAILED, TABLE, done, sweep
from experiments.sweep.table import column_of, rank
from model import BlockMarket
from model.parameters import ParameterError
from tests.sweeping import ARMS, Bad, backwards, here, read


@pytest.fixture(scope="module")
def design(tmp_path_factory):
    return read(tmp_path_factory.mktemp("designs") / "caps.toml", seeds=3, kms=(30.0, 40.5))


@pytest.fixture(scope="module")
def undisturbed(design, tmp_path_factory):
    """Return the folder of a sweep that nothing happened to: 24 runs."""
    folder = tmp_path_factory.mktemp("undisturbed")
    assert sweep(design, folder, here).kept == 24
    return folder


@pytest.fixture
def folder(undisturbed, tmp_path):
    """Return a copy of that folder, to be damaged."""
    return Path(shutil.copytree(undisturbed, tmp_path / "copy"))


def counting(engine):
    """Return an engine that counts its runs, and where it does."""
    names = []

    def counted(work, runs):
        for one in engine(work, runs):
            names.append(str(one.job))
            yield one

    return counted, names


def table(folder):
    return (folder / TABLE).read_bytes()


# --- the table ---


def test_a_row_is_what_the_run_alone_says(design, undisturbed):
    """To the last bit, through JSON and parquet."""
    rows = pd.read_parquet(undisturbed / TABLE)
    assert list(rows.columns[:4]) == ["seed", "arm", "platform.pay_cap_per_hour", "blocks.km"]
    assert len(rows) == 24
    assert rows["blocks_posted"].max() > 0
    for run in list(design.runs)[::5]:
        market = BlockMarket(design.scenario.parameters.with_values(run.values), rng=run.seed)
        market.run(run.days)
        told = {name: run.values[name] for name in rows.columns[2:4]} | {"seed": run.seed, "arm": run.arm}
        (row,) = rows[(rows[list(told)] == pd.Series(told)).all(axis=1)].to_dict("records")
        for name, value in summary_of(market.diary, market.parameters).items():
            assert row[name] == value or (isnan(row[name]) and isnan(value)), name
    assert not [name for name in rows.columns if "second" in name or "time" in name]


def test_rows_stand_in_the_order_of_factors_arm_and_seed(undisturbed):
    rows = pd.read_parquet(undisturbed / TABLE)
    names = ["platform.pay_cap_per_hour", "blocks.km", "arm", "seed"]
    assert rows[names].equals(rows.sort_values(names)[names].reset_index(drop=True))


def test_the_order_in_which_runs_end_is_not_in_the_table(design, undisturbed, tmp_path):
    sweep(design, tmp_path, backwards)
    assert table(tmp_path) == table(undisturbed)
    assert (tmp_path / RUNS).read_bytes() != (undisturbed / RUNS).read_bytes()


def test_values_of_any_kind_sort_and_are_kept():
    values = [None, 3, True, 2.5, "b", "a", (1.0, 2.0)]
    assert sorted(values, key=rank) == [None, True, 2.5, 3, "a", "b", (1.0, 2.0)]
    assert column_of([[1.0, 2.0], [3.0]]).to_pylist() == [[1.0, 2.0], [3.0]]
    assert column_of([1, "none"]).to_pylist() == ["1", '"none"']


def test_the_largest_seed_is_a_seed(tmp_path):
    design = read(tmp_path / "large.toml", seeds=[2**64 - 1, 3], caps=[16.0], kms=[30.0], arms="")
    sweep(design, tmp_path, here)
    rows = pd.read_parquet(tmp_path / TABLE)
    assert rows["seed"].tolist() == [3, 2**64 - 1]
    assert "arm" not in rows.columns


def test_points_that_are_the_same_run_once(tmp_path):
    design = read(tmp_path / "twice.toml", seeds=1, caps=[16.0, 20.0], kms=[30.0], arms="")
    twice = design._replace(points=(*design.points, design.points[0]._replace(number=2)))
    assert sweep(twice, tmp_path, here).planned == 2


# --- going on ---


def test_a_finished_sweep_does_nothing_again(design, folder, undisturbed):
    engine, names = counting(here)
    tally = sweep(design, folder, engine)
    assert (tally.found, tally.finished, names, tally.notes) == (24, 0, [], [])
    assert table(folder) == table(undisturbed)


@pytest.mark.parametrize(
    ("grown", "more"),
    [({"seeds": 4}, 8), ({"kms": (20.0, 30.0, 40.5)}, 12), ({"arms": f'{ARMS}fixed = {{ "platform.policy" = "fixed" }}\n'}, 12)],
)
def test_a_design_that_grows_only_adds_runs(design, folder, grown, more, tmp_path):
    larger = read(tmp_path / "caps.toml", **({"seeds": 3, "kms": (30.0, 40.5)} | grown))
    engine, names = counting(here)
    assert sweep(larger, folder, engine).found == 24
    assert len(names) == more
    (tmp_path / "fresh").mkdir()
    sweep(larger, tmp_path / "fresh", here)
    assert table(folder) == table(tmp_path / "fresh")
    assert sweep(design, folder, here).finished == 0  # smaller again: its own rows only
    assert len(pd.read_parquet(folder / TABLE)) == 24


def test_a_torn_last_line_is_cut_and_its_run_done_again(design, folder, undisturbed):
    log = folder / RUNS
    log.write_bytes(log.read_bytes()[:-40])
    engine, names = counting(here)
    assert sweep(design, folder, engine).notes == []
    assert len(names) == 1
    assert table(folder) == table(undisturbed)


@pytest.mark.parametrize("damage", ["a digit", "half a line", "zeros", "two lines in one"])
def test_a_damaged_line_is_named_and_what_stood_there_is_done_again(damage, design, folder, undisturbed):
    lines = (folder / RUNS).read_bytes().splitlines(keepends=True)
    again = 1
    if damage == "a digit":
        place = lines[4].index(b'"carrier_surplus_total_eur":') + 30
        lines[4] = lines[4][:place] + (b"1" if lines[4][place : place + 1] != b"1" else b"2") + lines[4][place + 1 :]
    elif damage == "half a line":
        lines[4] = lines[4][:200] + b"\n"
    elif damage == "zeros":
        lines[4] = bytes(len(lines[4]) - 1) + b"\n"
    else:
        lines[4], again = lines[4][:-1], 2
    (folder / RUNS).write_bytes(b"".join(lines))
    engine, names = counting(here)
    assert sweep(design, folder, engine).notes == [f"{folder / RUNS}: damaged in line 5; what stood there is run again"]
    assert len(names) == again
    assert table(folder) == table(undisturbed)
    assert sweep(design, folder, here).notes == []  # and it is gone


@pytest.mark.parametrize("damage", ["cut", "gone", "manifest"])
def test_a_damaged_table_is_noticed_and_written_anew(damage, design, folder, undisturbed):
    if damage == "cut":
        (folder / TABLE).write_bytes(table(folder)[:-100])
    elif damage == "gone":
        (folder / TABLE).unlink()
    else:
        (folder / "manifest.json").write_text('{"files": ')
    tally = sweep(design, folder, here)
    assert tally.notes == [f"{folder / TABLE}: damaged; written anew from {RUNS}"]
    assert tally.finished == 0
    assert table(folder) == table(undisturbed)


def test_a_line_reads_back_as_it_was_written():
    """Floats to the last bit, what cannot be measured as nan."""
    measures = {"a": 0.1 + 0.2, "b": 5e-324, "c": -1.7976931348623157e308, "d": 3, "e": True}
    told = {"key": "k", "values": {"x": "ä\n"}, "measures": measures | {"f": float("nan")}}
    line = line_of(told)
    assert line.count(b"\n") == 1
    read_back = record_of(line)
    assert read_back is not None
    assert isnan(read_back["measures"].pop("f"))
    assert read_back == told | {"measures": measures}
    assert json.loads(line)["measures"]["f"] is None


@pytest.mark.parametrize("failing", ["write", "fsync"])
def test_a_line_that_cannot_be_written_leaves_the_file_as_it_was(failing, tmp_path, monkeypatch):
    log = RunLog(tmp_path / RUNS)
    told = {"key": "k", "measures": {"a": 1.5}}
    log.add(told)
    before, write = (tmp_path / RUNS).read_bytes(), os.write

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, failing, (lambda file, line: write(file, line[:10])) if failing == "write" else full)
    with pytest.raises(StorageError, match=r"runs\.jsonl: could not be written \((not enough space|No space left on device)\)"):
        log.add(told | {"key": "l"})
    monkeypatch.undo()
    assert (tmp_path / RUNS).read_bytes() == before
    assert log.keys == {"k"}
    log.add(told | {"key": "l"})
    assert len(list(log.records())) == 2
    log.close()


def test_a_folder_that_is_not_there_is_made(design, tmp_path):
    assert sweep(design, tmp_path / "a" / "b", here).kept == 24
    (tmp_path / "file").touch()
    with pytest.raises(ParameterError, match=r"file/x: cannot be written"):
        sweep(design, tmp_path / "file" / "x", here)


def test_a_folder_names_the_design_that_goes_on_with_it_wherever_that_moves(design, folder, tmp_path):
    def asked(name):
        return json.loads((folder / name).read_text())["asked"]

    sweep(design, folder, here)
    assert asked(PLAN) == asked("manifest.json") == list(design.asked)
    (tmp_path / "elsewhere").mkdir()
    moved = read(tmp_path / "elsewhere" / "caps.toml", seeds=3, kms=(30.0, 40.5))
    assert sweep(moved, folder, here).finished == 0
    assert asked(PLAN) == asked("manifest.json") == [str(tmp_path / "elsewhere" / "caps.toml")]


# --- what a folder refuses ---


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"fixed": '"blocks.parcels" = 40.0\n'}, "holds runs with blocks.parcels = "),
        ({"fixed": '"blocks.parcels" = 40.0\n"platform.fee" = 9.0\n'}, "(and 1 more changed); allowed: another folder"),
    ],
)
def test_a_changed_base_is_refused_by_name(parts, message, folder, tmp_path):
    before = (folder / RUNS).read_bytes()
    other = read(tmp_path / "caps.toml", seeds=3, kms=(30.0, 40.5), **parts)
    with pytest.raises(ParameterError) as caught:
        sweep(other, folder, here)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (folder / RUNS).read_bytes() == before


def test_other_designs_days_and_models_are_refused(design, folder, monkeypatch):
    for other, message in [
        (design._replace(name="kms"), "holds the design caps, not kms"),
        (design._replace(days=26), "holds runs with days = 25, not 26"),
        (design._replace(days=None), "holds runs with days = 25, not none"),
    ]:
        with pytest.raises(ParameterError, match=message):
            sweep(other, folder, here)
    monkeypatch.setattr("experiments.version.state_of_the_model", lambda: "another")
    with pytest.raises(ParameterError, match="holds runs of another version of the model"):
        sweep(design, folder, here)


def test_a_damaged_plan_and_a_folder_of_something_else_are_refused(design, folder, tmp_path):
    (folder / PLAN).write_text((folder / PLAN).read_text().replace("300", "301"))
    with pytest.raises(ParameterError, match=r"plan\.json: damaged"):
        sweep(design, folder, here)
    (folder / PLAN).unlink()
    with pytest.raises(ParameterError, match=r"holds other results \(manifest\.json without plan\.json\)"):
        sweep(design, folder, here)


def test_two_at_once_are_refused_and_told_who_is_there(design, folder):
    with opened(folder, plan_of(design)), pytest.raises(ParameterError, match=f"in use by process {os.getpid()} on .+ since 20"):
        sweep(design, folder, here)
    assert sweep(design, folder, here).found == 24


def test_what_killed_processes_left_is_cleared_away(design, folder):
    (folder / DAYS).mkdir()
    left = [folder / ".runs.parquet.123.tmp", folder / DAYS / ".abc.parquet.123.tmp"]
    for path in left:
        path.touch()
    sweep(design, folder, here)
    assert not any(path.exists() for path in left)


# --- runs that fail, and days ---


def test_runs_that_fail_are_listed_and_tried_again(design, tmp_path):
    bad = Bad(None, {1: "raise out of luck"})

    def engine(work, runs):
        bad.work = work
        yield from here(bad, runs)

    tally = sweep(design, tmp_path, engine)
    assert (tally.kept, len(tally.failed)) == (16, 8)
    told = [json.loads(line) for line in (tmp_path / FAILED).read_text().splitlines()]
    assert {(one["seed"], one["error"]) for one in told} == {(1, "ValueError: out of luck")}
    assert all(one["command"].startswith("gigsupply run baseline --set ") for one in told)
    assert len(pd.read_parquet(tmp_path / TABLE)) == 16
    assert sweep(design, tmp_path, here).finished == 8
    assert not (tmp_path / FAILED).exists()


def test_days_are_one_dataset(design, folder, undisturbed):
    """Runs whose days are not there are done again; then the table is what it was."""
    assert sweep(design, folder, here, keeps_days=True).finished == 24
    assert table(folder) == table(undisturbed)
    days = pyarrow.dataset.dataset(folder / DAYS).to_table().to_pandas()
    assert len(days) == 24 * 25
    assert list(days.columns[:5]) == ["seed", "arm", "platform.pay_cap_per_hour", "blocks.km", "date"]
    names = ["seed", "arm", "platform.pay_cap_per_hour", "blocks.km"]
    rows = pd.read_parquet(folder / TABLE).set_index(names)["blocks_posted"].sort_index()
    assert (days.groupby(names)["blocks_posted"].sum().sort_index() == rows).all()
    next((folder / DAYS).glob("*.parquet")).unlink()
    assert sweep(design, folder, here, keeps_days=True).finished == 1


def test_a_disk_that_is_full_for_the_days_ends_the_sweep(design, tmp_path, monkeypatch):
    """Days come before the line that says a run is finished: without them the run does not count."""

    def full(folder, files):
        if folder.name == DAYS:
            raise StorageError("days/x.parquet: could not be written (No space left on device)")
        write_files(folder, files)

    monkeypatch.setattr("experiments.sweep.run.write_files", full)
    with pytest.raises(StorageError, match=r"^days/x\.parquet: could not be written"):
        sweep(design, tmp_path, here, keeps_days=True)
    assert not list(tmp_path.glob("runs.parquet"))
    assert (tmp_path / "runs.jsonl").read_bytes() == b""


def test_work_loads_nothing_to_draw_or_to_talk_with():
    """A worker unpickles `done`: what its module brings is what a worker has in memory."""
    code = (
        "import sys, experiments.sweep.run; "
        "sys.exit(' '.join({'matplotlib', 'seaborn', 'typer', 'rich'} & set(sys.modules)) or None)"
    )
    subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}, check=True, timeout=60
    )
    assert done.__module__ == "experiments.sweep.run"
