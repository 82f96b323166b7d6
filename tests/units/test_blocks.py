"""The block plan: how many, in which slots, at which stations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import Parameters
from model.blocks import blocks_needed, largest_remainder, post, rounded, station_limit

pytestmark = pytest.mark.rules

PARAMETERS = Parameters()


@pytest.mark.parametrize(("number", "whole"), [(0.5, 1), (1.5, 2), (2.5, 3), (2.4999, 2), (-0.5, 0), (-0.6, -1)])
def test_halves_round_up(number, whole):
    assert rounded(number) == whole


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (10, [0.40, 0.35, 0.25], [4, 4, 2]),  # exact 4, 3.5, 2.5: the tie goes to the lower slot
        (7, [1, 1, 1], [3, 2, 2]),
        (1, [0.2, 0.5, 0.3], [0, 1, 0]),
        (0, [1, 2], [0, 0]),
        (5, [0, 0], [0, 0]),
        (100, [16, 16, 0], [50, 50, 0]),
    ],
)
def test_largest_remainder_by_hand(total, weights, parts):
    assert largest_remainder(total, weights) == parts


@given(total=st.integers(0, 10_000), weights=st.lists(st.floats(0.001, 1e6), min_size=1, max_size=20))
def test_largest_remainder_splits_everything_and_stays_within_one_of_proportion(total, weights):
    parts = largest_remainder(total, weights)
    assert sum(parts) == total
    assert all(abs(part - total * weight / sum(weights)) < 1 + 1e-9 for part, weight in zip(parts, weights, strict=True))


@pytest.mark.parametrize(("days", "limit"), [(0, 150), (6, 150), (7, 250), (13, 250), (14, 350), (21, 400), (400, 400)])
def test_the_stations_ramp_up_by_the_week(days, limit):
    assert station_limit(days, PARAMETERS.platform) == limit


@pytest.mark.parametrize(
    ("parcels", "limit", "number"),
    [(36 * 0.97 * 10, 400, 10), (36 * 0.97 * 10.5 + 1e-6, 400, 11), (36 * 0.97 * 10.49, 400, 10), (1e9, 400, 400), (0.0, 400, 0)],
)
def test_as_many_blocks_as_the_forecast_fills_allowing_for_no_shows(parcels, limit, number):
    assert blocks_needed(parcels, PARAMETERS.blocks, limit) == number


def test_a_plan_lists_offers_slot_by_slot_with_equal_parts_for_the_stations():
    offers = post(21, PARAMETERS.blocks, 2)
    assert offers["slot"].tolist() == [0, 0, 1, 1, 2, 2]
    assert offers["station"].tolist() == [0, 1, 0, 1, 0, 1]
    assert offers["posted"].tolist() == [5, 4, 4, 3, 3, 2]  # exact 8.4, 7.35, 5.25: 9, 7, 5
    assert offers["open"].tolist() == offers["posted"].tolist()
    assert not offers["cents"].any()
