"""What tests of processes share: which there are, and whether they are gone."""

import time
from pathlib import Path

import pytest

LISTEN = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "  # background jobs inherit a deaf ear


def workers_of(process):
    """Return the processes below this one; Linux only."""
    path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(word) for word in path.read_text().split()]


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def all_end(pids, within):
    """Wait until none of these processes runs any more."""
    until = time.monotonic() + within
    while time.monotonic() < until and any(map(is_running, pids)):
        time.sleep(0.05)
    return not any(map(is_running, pids))


needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
