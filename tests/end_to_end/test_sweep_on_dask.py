"""A sweep on Dask: the same table as on one machine, whatever happens to workers; mistakes are one line; others are left alone."""

import os
import pickle
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from results.cli import status_of
from tests.processes import LISTEN

pytestmark = pytest.mark.skipif(find_spec("distributed") is None, reason="needs Dask: pip install -e '.[cluster]'")
ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", LISTEN + "from results.cli import main; main()"]
HERE = os.environ | {"PYTHONPATH": str(ROOT)}
DESIGN = """
scenario = "baseline"
days = 20
seeds = {seeds}
[set]
"population.drivers" = 300
[grid]
"platform.first_offer_per_hour" = [11.0, 13.0]
"""
CLUSTER = """
import sys
from distributed import LocalCluster
quiet = dict(dashboard_address="127.0.0.1:0", silence_logs=100)
cluster = LocalCluster(n_workers={workers}, threads_per_worker=1, host="127.0.0.1", **quiet{more})
print(cluster.scheduler_address, flush=True)
sys.stdin.read()
"""


@contextmanager
def scheduler(workers, more=""):
    """Yield the address of somebody else's cluster."""
    code = CLUSTER.format(workers=workers, more=more)
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=HERE) as process:
        assert process.stdout
        yield process.stdout.readline().decode().strip()
        process.communicate(timeout=30)  # ends its input, and with it the cluster


@pytest.fixture(scope="module")
def address():
    with scheduler(2) as address:
        yield address


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the design, small and whole, and the whole one's table as the local pool writes it."""
    folder = tmp_path_factory.mktemp("dask")
    design(folder, 20)
    assert status_of(["sweep", str(folder / "pay.toml"), "--workers", "2", "--out", str(folder / "pool")]) == 0
    return folder


def design(folder, seeds):
    (folder / "pay.toml").write_text(DESIGN.format(seeds=seeds), encoding="utf-8")
    return str(folder / "pay.toml")


def table(folder):
    return (folder / "runs.parquet").read_bytes()


@contextmanager
def client_of(address):
    from distributed import Client

    from experiments.engines.cluster import silence

    silence()
    with Client(address, set_as_default=False) as client:
        yield client


def test_a_cluster_started_here_gives_the_bytes_of_the_local_pool_and_says_nothing_else(folder, tmp_path):
    words = ["sweep", str(folder / "pay.toml"), "--cluster", "local", "--workers", "2", "--out", str(tmp_path / "dask")]
    ended = subprocess.run(COMMAND + words, env=HERE, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr
    assert table(tmp_path / "dask") == table(folder / "pool")
    assert all(line.startswith("pay: ") for line in ended.stderr.splitlines()), ended.stderr


def test_half_is_done_here_and_the_rest_elsewhere_with_its_days(folder, address, tmp_path, capsys):
    out = ["--out", str(tmp_path / "both"), "--days-table"]
    assert status_of(["sweep", design(tmp_path, 10), "--workers", "1", *out]) == 0
    assert status_of(["sweep", design(tmp_path, 20), "--cluster", address, *out]) == 0
    assert "20 of them there before" in capsys.readouterr().out
    assert table(tmp_path / "both") == table(folder / "pool")
    assert len(list((tmp_path / "both" / "days").glob("*.parquet"))) == 40


def test_a_worker_killed_in_the_middle_changes_nothing(folder, address, tmp_path):
    """Its process is ended from outside while chunks lie with it."""
    words = ["sweep", str(folder / "pay.toml"), "--cluster", address, "--out", str(tmp_path / "dask")]
    with client_of(address) as client:
        victim = next(iter(client.run(os.getpid).values()))
        with subprocess.Popen(COMMAND + words, env=HERE, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as sweep:
            assert sweep.stderr
            assert "1 of 40 runs" in sweep.stderr.readline()
            os.kill(victim, signal.SIGKILL)
            rest = sweep.stderr.read()
    assert sweep.returncode == 0, rest
    assert table(tmp_path / "dask") == table(folder / "pool")


def test_ctrl_c_keeps_what_is_finished_and_leaves_the_work_of_others(folder, address, tmp_path):
    words = ["sweep", str(folder / "pay.toml"), "--cluster", address, "--out", str(tmp_path / "dask")]
    with client_of(address) as client:
        others = client.submit(pow, 2, 10)
        with subprocess.Popen(COMMAND + words, env=HERE, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as sweep:
            assert sweep.stderr
            assert "1 of 40 runs" in sweep.stderr.readline()
            sweep.send_signal(signal.SIGINT)
            *_, last = sweep.stderr.read().splitlines()
        assert sweep.returncode == 130, last
        assert f"to go on: gigsupply sweep {folder / 'pay.toml'} --cluster {address} --out" in last
        assert others.result() == 1_024
        assert client.submit(pow, 2, 11).result() == 2_048


def test_a_job_that_ends_its_worker_fails_alone():
    """Jobs are pickled calls, and to unpickle one is to do it. The chunk of the deadly one has neighbours."""
    from experiments.engines import cluster
    from experiments.engines.cluster_worker import Call

    jobs = [bytes(Call(os._exit, (1,))) if number == 30 else pickle.dumps(number) for number in range(60)]
    with cluster.cluster("local", 2) as engine:
        ended = list(engine(pickle.loads, jobs))
    assert sorted(one.number for one in ended) == list(range(60))
    assert [(one.number, one.failure.kind) for one in ended if one.failure] == [(30, "death")]
    assert all(one.result == one.number for one in ended if not one.failure)


def test_jobs_are_taken_as_they_are_needed(address):
    from experiments.engines import cluster

    taken = []
    jobs = (taken.append(number) or pickle.dumps(number) for number in range(100_000))
    with cluster.cluster(address, 0) as engine:
        ended = engine(pickle.loads, jobs)
        assert next(ended).result is not None
        assert len(taken) < 10 * cluster.MOST_IN_A_CHUNK
        ended.close()


def test_other_code_is_named_before_anything_is_written(folder, address, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("experiments.engines.cluster.CODE", "0.0.9, 0123456789ab")
    assert status_of(["sweep", str(folder / "pay.toml"), "--cluster", address, "--out", str(tmp_path / "dask")]) == 2
    from experiments.engines.cluster_worker import CODE

    (line,) = capsys.readouterr().err.splitlines()
    assert CODE in line
    assert "0.0.9, 0123456789ab" in line
    assert not (tmp_path / "dask").exists()


def test_a_worker_with_other_code_that_joins_later_ends_the_sweep(address, monkeypatch):
    from experiments.engines import cluster
    from model.parameters import ParameterError

    with cluster.cluster(address, 0) as engine:
        monkeypatch.setattr("experiments.engines.cluster.CODE", "0.0.9, 0123456789ab")
        with pytest.raises(ParameterError, match="a worker that joined has loaded another version"):
            list(engine(pickle.loads, [pickle.dumps(1)]))


def test_workers_without_the_model_are_one_line(folder, tmp_path, capsys):
    preload = ", preload=\"import sys; sys.modules['experiments'] = None\""
    with scheduler(1, preload) as address:
        assert status_of(["sweep", str(folder / "pay.toml"), "--cluster", address, "--out", str(tmp_path / "dask")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "cannot load the model (ModuleNotFoundError" in line


def test_nobody_at_the_address_is_one_line_within_ten_seconds(folder, tmp_path, capsys):
    began = time.monotonic()
    assert status_of(["sweep", str(folder / "pay.toml"), "--cluster", "tcp://127.0.0.1:1", "--out", str(tmp_path / "dask")]) == 2
    assert time.monotonic() - began < 10.0
    (line,) = capsys.readouterr().err.splitlines()
    assert "tcp://127.0.0.1:1: no Dask scheduler answers there" in line
    assert not (tmp_path / "dask").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--cluster", "127.0.0.1:8786"], "127.0.0.1:8786 is not allowed; allowed: tcp://HOST:PORT, or local"),
        (["--cluster", "tcp://host"], "tcp://host is not allowed"),
        (["--cluster", "tcp://host:99999"], "tcp://host:99999 is not allowed"),
        (["--cluster", "local", "--limit", "3"], "--limit: not with --cluster"),
        (["--cluster", "tcp://host:1", "--workers", "2"], "--workers 2: not with --cluster tcp://host:1"),
    ],
)
def test_what_does_not_go_together_is_one_line(folder, tmp_path, words, told, capsys):
    assert status_of(["sweep", str(folder / "pay.toml"), *words, "--out", str(tmp_path / "dask")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line


def test_without_dask_the_extra_is_named(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("experiments.engines.cluster.find_spec", lambda _: None)
    assert status_of(["sweep", str(folder / "pay.toml"), "--cluster", "local", "--out", str(tmp_path / "dask")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "pip install -e '.[cluster]'" in line


def test_dask_is_loaded_only_when_asked_for():
    code = "import sys, results.cli, experiments.sweep.run, experiments.engines.cluster; sys.exit('distributed' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env=HERE, timeout=60, check=False).returncode == 0
