"""When a run is stopped or the disk is full: what was there before is intact, and no half-written file is left."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.store import StorageError, write_files
from results.cli import status_of
from tests.processes import LISTEN

ROOT = Path(__file__).parents[2]
SMALL = ["--set", "population.drivers=300"]
FULL_DISK = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000)); from results.cli import main; main()"


def start(code, *words):
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", LISTEN + code, *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def files_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else None


@pytest.fixture(params=["new", "with earlier results"])
def folder(request, tmp_path, capsys):
    """Return a place for results: one that does not exist yet, and one that holds an earlier run."""
    place = tmp_path / "runs" / "mine"
    if request.param != "new":
        assert status_of(["run", "baseline", "--out", str(place), *SMALL]) == 0
        capsys.readouterr()
        assert len(files_of(place)) == 7
    return place


def test_ctrl_c_leaves_earlier_results_and_nothing_half_written(folder):
    before = files_of(folder)
    words = "run", "baseline", "--days", "36525", "--seed", "1", "--out", str(folder), *SMALL
    with start("from results.cli import main; main()", *words) as process:
        assert process.stderr is not None
        assert "day" in process.stderr.readline()  # it is under way
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert err.splitlines()[-1] == "gigsupply: stopped; the run under way is not written, earlier results are intact"
    assert "Traceback" not in err
    assert files_of(folder) == before


def test_a_full_disk_is_one_line_and_leaves_earlier_results(folder):
    """A file may not grow beyond 8,000 bytes: days.parquet does."""
    before = files_of(folder)
    process = start(FULL_DISK, "run", "baseline", "--seed", "1", "--out", str(folder), *SMALL)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1, err
    assert out == ""
    assert [line for line in err.splitlines() if not line.startswith("baseline: day")] == [
        f"gigsupply: {folder}/days.parquet: could not be written (File too large); earlier results are intact"
    ]
    assert files_of(folder) == before


def test_files_written_together_appear_together_or_not_at_all(tmp_path, monkeypatch):
    """The second file fails at its last step before renaming: the first keeps its old content."""
    write_files(tmp_path, {"a": b"old", "b": b"old"})
    calls = []

    def fsync(number):
        calls.append(number)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(StorageError, match="b: could not be written \\(No space left on device\\); earlier results are intact"):
        write_files(tmp_path, {"a": b"new", "b": b"new"})
    assert files_of(tmp_path) == {"a": b"old", "b": b"old"}


def test_a_reader_who_closes_the_pipe_early_causes_no_complaint():
    with start("from results.cli import main; main()", "show", "baseline") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()  # before anything is written
        assert process.stderr.read() == ""
        assert process.wait(timeout=60) == 0
