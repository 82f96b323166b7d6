"""`gigsupply sweep` from end to end: killed, interrupted, out of disk, with bad runs, it keeps what is finished and goes on.

GIGSUPPLY_KILLS=30 kills it more often.
"""

import json
import os
import random
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiments.engines import pool
from experiments.sweep import estimate as sweep_estimate
from experiments.sweep.folder import DAYS
from experiments.sweep.plan import RUNS
from experiments.sweep.run import FAILED, TABLE
from results.cli import status_of
from tests.processes import LISTEN, all_end, needs_proc, workers_of
from tests.sweeping import Bad, design_text

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("GIGSUPPLY_KILLS", "6"))
PLANNED = 60
SMALL_DISK = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)); "
MAIN = "from results.cli import main; main()"


@pytest.fixture(scope="module")
def design(tmp_path_factory):
    """Return the path of a design of 60 short runs."""
    path = tmp_path_factory.mktemp("designs") / "caps.toml"
    path.write_text(design_text())
    return str(path)


@pytest.fixture(scope="module")
def undisturbed(design, tmp_path_factory):
    """Return the table of a sweep that nothing happened to."""
    folder = tmp_path_factory.mktemp("runs") / "undisturbed"
    assert status_of(["sweep", design, "--out", str(folder), "--workers", "1"]) == 0
    return (folder / TABLE).read_bytes()


def start(design, folder, code=""):
    """Start a sweep with two workers in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", LISTEN + code + MAIN, "sweep", design, "--out", str(folder), "--workers", "2"],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def lines_in(folder):
    """Return how many runs are on disk."""
    return (folder / RUNS).read_bytes().count(b"\n") if (folder / RUNS).exists() else 0


def wait_for_lines(folder, number, process):
    """Wait until so many runs are on disk, or the sweep has ended."""
    until = time.monotonic() + 120.0
    while lines_in(folder) < number and process.poll() is None:
        assert time.monotonic() < until, "no run is finished"
        time.sleep(0.002)


@pytest.mark.parametrize("workers", [2, 4])
def test_any_number_of_workers_gives_the_same_bytes(workers, design, undisturbed, tmp_path, capsys):
    folder = tmp_path / "x"
    assert status_of(["sweep", design, "--out", str(folder), "--workers", str(workers)]) == 0
    assert (folder / TABLE).read_bytes() == undisturbed
    assert capsys.readouterr().out == f"{PLANNED} of {PLANNED} runs; written to {folder}\n"


@needs_proc
def test_killed_again_and_again_it_ends_with_the_same_bytes(design, undisturbed, tmp_path):
    """kill -9 at random moments: no run that was on disk is lost, no worker stays behind."""
    folder, moment = tmp_path / "x", random.Random(17)
    for kill in range(KILLS):
        before = lines_in(folder)
        with start(design, folder) as process:
            wait_for_lines(folder, before + moment.randint(0, max(1, 2 * PLANNED // (3 * KILLS))), process)
            time.sleep(moment.uniform(0.0, 0.03))
            workers = workers_of(process) if process.poll() is None else []
            process.kill()
            process.wait(timeout=60)
        assert all_end(workers, within=10.0)
        assert before <= lines_in(folder) < PLANNED, kill
    assert status_of(["sweep", design, "--out", str(folder), "--workers", "2"]) == 0
    assert (folder / TABLE).read_bytes() == undisturbed


@needs_proc
def test_ctrl_c_keeps_what_is_finished_and_says_how_to_go_on(design, undisturbed, tmp_path, capsys):
    """Meanwhile nobody else gets in."""
    folder = tmp_path / "my runs"
    with start(design, folder) as process:
        wait_for_lines(folder, 5, process)
        assert status_of(["sweep", design, "--out", str(folder)]) == 2
        assert f"in use by process {process.pid} on " in capsys.readouterr().err
        workers = workers_of(process)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to everybody
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert "Traceback" not in err
    assert all_end(workers, within=10.0)
    last, kept = err.splitlines()[-1], lines_in(folder)
    again = f"gigsupply sweep {design} --workers 2 --out '{folder}'"
    assert last == f"gigsupply: stopped; {kept} of {PLANNED} runs are kept; to go on: {again}"
    assert 5 <= kept < PLANNED
    assert not (folder / TABLE).exists()
    assert status_of(shlex.split(again)[1:]) == 0
    assert f"{kept} of them there before" in capsys.readouterr().out
    assert (folder / TABLE).read_bytes() == undisturbed


def test_a_full_disk_keeps_what_is_finished(design, undisturbed, tmp_path, capsys):
    """A file may not grow beyond 30,000 bytes: runs.jsonl does, midway."""
    folder = tmp_path / "x"
    process = start(design, folder, SMALL_DISK)
    out, err = process.communicate(timeout=120)
    kept = lines_in(folder)
    assert (process.returncode, out) == (1, ""), err
    assert err.splitlines()[-1] == (
        f"gigsupply: {folder / RUNS}: could not be written (not enough space); {kept} of {PLANNED} runs are kept; "
        f"to go on: gigsupply sweep {design} --workers 2 --out {folder}"
    )
    assert (folder / RUNS).read_bytes().endswith(b"\n")
    assert 5 < kept < PLANNED
    assert status_of(["sweep", design, "--out", str(folder)]) == 0
    assert f"{kept} of them there before" in capsys.readouterr().out
    assert (folder / TABLE).read_bytes() == undisturbed


def test_runs_that_raise_die_or_never_end_are_listed_and_the_rest_is_kept(tmp_path, monkeypatch, capsys):
    """Each is named with the command that does it alone, and done again by the next call."""
    path, folder = tmp_path / "bad.toml", tmp_path / "x"
    path.write_text(design_text(seeds=8, caps=[16.0], kms=[30.0], arms=""))
    bad, processes = {1: "raise out of luck", 3: "die", 5: "hang"}, pool.processes
    monkeypatch.setattr(pool, "FIRST_JOB", 0.0)
    monkeypatch.setattr(pool, "processes", lambda *given: lambda work, runs: processes(*given)(Bad(work, bad), runs))
    assert status_of(["sweep", str(path), "--out", str(folder), "--workers", "2", "--limit", "20"]) == 3
    told, heard = capsys.readouterr()
    assert told == f"5 of 8 runs, 3 failed; written to {folder}\n"
    lines = heard.splitlines()
    for seed, why in [
        (1, "ValueError: out of luck"),
        (3, "a worker died, perhaps for want of memory"),
        (5, "not finished after 20 s"),
    ]:
        places = [k for k, line in enumerate(lines) if line.startswith("failed: ") and f"seed {seed}: {why}" in line]
        assert len(places) == 1, heard
        (place,) = places
        assert lines[place + 1].startswith("  alone: gigsupply run baseline --set population.drivers=300 ")
        assert f" --seed {seed} --days 25" in lines[place + 1]
    assert {json.loads(line)["seed"] for line in (folder / FAILED).read_text().splitlines()} == set(bad)
    monkeypatch.undo()
    assert status_of(["sweep", str(path), "--out", str(folder), "--workers", "1"]) == 0
    assert capsys.readouterr().out == f"8 of 8 runs, 5 of them there before; written to {folder}\n"
    assert not (folder / FAILED).exists()


def test_a_dry_run_says_how_long_and_how_much_and_writes_nothing(design, tmp_path, capsys):
    assert status_of(["sweep", design, "--dry-run", "--days-table", "--out", str(tmp_path / "x")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"caps: {PLANNED} runs, {PLANNED} to do"
    assert lines[1].startswith("one run (platform.pay_cap_per_hour=")
    assert lines[2].startswith("disk: ")
    assert lines[3].startswith("     1 worker ")
    assert not list(tmp_path.iterdir())


def test_what_a_sweep_is_expected_to_need_is_no_less_than_it_takes(tmp_path, monkeypatch):
    """With days: these are most of it."""
    path, folder = tmp_path / "days.toml", tmp_path / "x"
    path.write_text(design_text(seeds=2, caps=[16.0], kms=[30.0]))
    asked = []
    monkeypatch.setattr("experiments.sweep.estimate.check_space", lambda need, _: asked.append(need))
    assert status_of(["sweep", str(path), "--out", str(folder), "--workers", "1", "--days-table"]) == 0
    (need,) = asked
    taken = sum(file.stat().st_size for file in (folder / RUNS, *(folder / DAYS).iterdir()))
    assert need.runs == 4
    assert taken <= need.bytes <= 4 * taken


@pytest.mark.parametrize("words", [[], ["--dry-run"]])
def test_a_design_too_large_for_the_disk_is_refused(words, design, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sweep_estimate, "free_space", lambda _: 50_000)
    assert status_of(["sweep", design, "--out", str(tmp_path / "x"), *words]) == 2
    heard = capsys.readouterr().err
    assert "60 runs need 8" in heard
    assert heard.rstrip().endswith("of disk, 50.0 kB are free; allowed: fewer runs, or a folder on another disk")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--limit", "0"], "'--limit': 0 is not allowed; allowed: seconds, above 0"),
        (["--limit", "soon"], "'--limit': soon is not allowed; allowed: seconds, above 0"),
        (["--workers", "0"], "'--workers': 0 is not allowed"),
        (["--out", "/dev/null/x"], "--out /dev/null/x: cannot be written"),
    ],
)
def test_wrong_input_is_one_line_and_nothing_is_written(words, message, design, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert status_of(["sweep", design, *words]) == 2
    told, heard = capsys.readouterr()
    assert told == ""
    assert len(heard.splitlines()) == 1
    assert message in heard
    assert not list(tmp_path.iterdir())


def test_a_folder_of_another_base_is_refused_by_the_parameters_name(tmp_path, monkeypatch, capsys):
    """Without --out the folder is named after the design."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "mine.toml"
    path.write_text(design_text(seeds=1, caps=[16.0], kms=[30.0]))
    assert status_of(["sweep", str(path), "--workers", "1"]) == 0
    path.write_text(design_text(seeds=1, caps=[16.0], kms=[30.0], fixed='"platform.fee" = 9.0\n'))
    capsys.readouterr()
    assert status_of(["sweep", str(path)]) == 2
    heard = capsys.readouterr().err
    assert heard.startswith("gigsupply: --out results/runs/mine: holds runs with platform.fee = ")
    assert heard.endswith(", not 9; allowed: another folder\n")
