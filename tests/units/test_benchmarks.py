"""What `make bench` compares is comparable, and what the documentation shows is what was measured."""

import math
from pathlib import Path

import pytest

from benchmarks.figure import png
from benchmarks.growth import fitted
from benchmarks.markets import drive
from benchmarks.measured import committed
from benchmarks.phases import watch_phases
from benchmarks.speed import BEST, PRODUCT, USUAL
from benchmarks.table import as_markdown

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


@pytest.mark.parametrize(("share", "expected"), [(0.1, 0.1), (1.0, 1.0)])
def test_the_markets_have_the_same_registered_and_the_same_looks(share, expected):
    """The product and the best plain market look by look; the usual one in law, within 4 standard errors."""
    product, best, usual = (drive(kind, 600, share, 4) for kind in (PRODUCT, BEST, USUAL))
    assert product.registered_share == best.registered_share == usual.registered_share
    assert abs(product.registered_share - expected) <= 4 * math.sqrt(share * (1 - share) / 600)
    assert product.looks_per_day == best.looks_per_day > 0
    assert abs(usual.looks_per_day - product.looks_per_day) < 4 * math.sqrt(2 * product.looks_per_day / 4)


def test_shares_of_a_days_time_sum_to_one():
    phases = watch_phases(500, 0.1)
    assert sum(phases.values()) == pytest.approx(1.0, rel=1e-9)
    assert min(phases.values()) >= 0.0


def test_the_slope_of_a_power_law_is_found_with_its_interval():
    slope = fitted((1, 10, 100), [(2.0, 2.1), (20.0, 21.0), (200.0, 210.0)])
    assert slope.low < slope.slope < slope.high
    assert slope.slope == pytest.approx(1.0, abs=1e-9)


def test_the_page_shows_the_committed_figures():
    result = committed()
    assert as_markdown(result) in PAGE.read_text(encoding="utf-8")
    assert png(result).startswith(b"\x89PNG")
