"""What somebody who waits is told."""

import pytest

from experiments import progress
from experiments.progress import Lines, in_words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.04, "0.0 s"),
        (9.4, "9.4 s"),
        (9.6, "10 s"),
        (99.0, "99 s"),
        (100.0, "2 min"),
        (5_900.0, "98 min"),
        (6_000.0, "1 h 40 min"),
    ],
)
def test_spans_of_time_are_written_as_they_are_said(seconds, words):
    assert in_words(seconds) == words


def test_elsewhere_a_line_comes_for_the_first_run_then_every_ten_seconds_and_for_the_last(monkeypatch, capsys):
    """Forty runs were there; then one ends each second, the first after a minute of starting."""
    monkeypatch.setattr(progress.time, "monotonic", lambda: now)
    lines, now = Lines("mine"), 0.0
    lines(40, 65, "")
    for k in range(1, 26):
        now = 59.0 + k
        lines(40 + k, 65, f"run {k}")
    assert capsys.readouterr().err.splitlines() == [
        "mine: 41 of 65 runs, the pace is not known yet",
        "mine: 51 of 65 runs, 1.0 a second, 14 s left",
        "mine: 61 of 65 runs, 1.0 a second, 4.0 s left",
        "mine: 65 of 65 runs, 1.0 a second, 0.0 s left",
    ]
