"""Prices: whole cents inside floor and cap, steps in tenths of the window, and what a policy learns."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import Parameters
from model.pricing import Outcome, Posting, pricing_policy
from model.pricing.protocol import tariff_of

pytestmark = pytest.mark.rules


def policy_of(policy, **values):
    named = {f"platform.{name}" if "." not in name else name: value for name, value in values.items()}
    return pricing_policy(Parameters().with_values({"platform.policy": policy, **named}))


def prices_of_a_day(policy, open_by_round):
    """Return cents by round while so many blocks are open at each round's start, shape (rounds, 3 slots)."""
    posted = np.array([10, 10, 10])
    rows = [policy.open(Posting(736_643, posted))]
    for number, left in enumerate(open_by_round[1:], start=2):
        rows.append(policy.reprice(number, np.array(left), posted - np.array(left)))
    return np.array(rows)


@pytest.mark.parametrize(
    ("rate", "cents"),
    [(14.0, 5_600), (14.001, 5_600), (14.00125, 5_601), (9.0, 4_000), (10.0, 4_000), (16.0, 6_400), (99.0, 6_400)],
)
def test_a_price_is_whole_cents_per_block_rounded_half_up_then_clipped(rate, cents):
    assert tariff_of(Parameters()).cents(rate).tolist() == [cents] * 3


def test_the_first_offer_is_clipped_too():
    assert policy_of("fixed", first_offer_per_hour=99.0).open(Posting(1, np.ones(3, int))).tolist() == [6_400] * 3
    assert policy_of("escalator", first_offer_per_hour=1.0).open(Posting(1, np.ones(3, int))).tolist() == [4_000] * 3


@given(
    floor=st.floats(0.0, 100.0),
    above=st.floats(0.0, 100.0),
    first=st.floats(0.0, 200.0),
    step=st.floats(0.0, 200.0),
    hours=st.floats(0.25, 4.0),  # three slots, four hours apart
    kind=st.sampled_from(["fixed", "escalator", "feedback"]),
    rounds=st.integers(1, 60),
)
def test_no_policy_leaves_floor_and_cap(floor, above, first, step, hours, kind, rounds):
    policy = policy_of(
        kind, pay_floor_per_hour=floor, pay_cap_per_hour=floor + above, first_offer_per_hour=first, step_per_hour=step,
        **{"blocks.slot_hours": (hours,) * 3, "blocks.rounds": rounds},
    )  # fmt: skip
    cents = prices_of_a_day(policy, [[10, 10, 10]] * rounds)
    assert cents.dtype == np.int64
    assert cents.min() >= math.floor(100 * hours * floor + 0.5)
    assert cents.max() <= math.floor(100 * hours * (floor + above) + 0.5)


@pytest.mark.parametrize("rounds", [5, 10, 20])
def test_a_step_is_per_tenth_of_the_window_whatever_the_number_of_rounds(rounds):
    """Escalator from 10 with .5 EUR/h a tenth: after the last round 10 + .5·10/R·(R − 1)."""
    policy = policy_of("escalator", first_offer_per_hour=10.0, step_per_hour=0.5, **{"blocks.rounds": rounds})
    cents = prices_of_a_day(policy, [[10, 10, 10]] * rounds)
    expected = [math.floor(400 * (10 + 0.5 * 10 / rounds * k) + 0.5) for k in range(rounds)]
    assert cents[:, 0].tolist() == expected
    assert cents[-1, 0] == math.floor(400 * (10 + 5 * (rounds - 1) / rounds) + 0.5)


def test_a_fixed_price_is_the_first_offer_in_every_round_of_every_day_whatever_is_open():
    policy = policy_of("fixed", first_offer_per_hour=12.0, step_per_hour=1.0)
    for _ in range(2):
        assert (prices_of_a_day(policy, [[10, 10, 10], [9, 0, 5], [8, 0, 0], [0, 0, 0]]) == 4_800).all()
        policy.close(Outcome(np.array([10, 10, 10]), np.zeros((11, 3), int)))


def test_an_escalator_steps_only_where_blocks_are_open_and_forgets_overnight():
    policy = policy_of("escalator", first_offer_per_hour=12.0, step_per_hour=1.0)
    day = [[10, 10, 10], [9, 0, 5], [8, 0, 0], [7, 3, 0]]
    assert prices_of_a_day(policy, day).tolist() == [
        [4_800, 4_800, 4_800], [5_200, 4_800, 5_200], [5_600, 4_800, 5_200], [6_000, 5_200, 5_200]
    ]  # fmt: skip
    assert policy.open(Posting(1, np.ones(3, int))).tolist() == [4_800] * 3


@pytest.mark.parametrize(("rounds", "share", "first_step"), [(10, 0.6, 7), (5, 0.6, 4), (20, 0.6, 13), (10, 0.25, 4), (4, 1, None)])
def test_feedback_steps_from_the_round_after_r_star(rounds, share, first_step):
    """r* = round(R·share); at 1 no step at all."""
    policy = policy_of("feedback", **{"blocks.rounds": rounds, "blocks.escalation_share": share})
    cents = prices_of_a_day(policy, [[10, 10, 10]] * rounds)[:, 0]
    moved = [k + 1 for k in range(1, rounds) if cents[k] != cents[k - 1]]
    assert (moved[0] if moved else None) == first_step


def test_feedback_moves_each_slots_log_price_by_the_missing_fill():
    """By hand, gain .03, target .6: filled by r* .3, .6 and, without posted blocks, nothing learnt."""
    policy = policy_of("feedback")
    held = np.zeros((11, 3), np.int64)
    held[6:] = [3, 12, 0]
    policy.close(Outcome(np.array([10, 20, 0]), held))
    expected = [14 * math.exp(0.03 * 0.3), 14.0, 14.0]
    assert np.exp(policy.log_base_price).tolist() == pytest.approx(expected, rel=1e-12)
    assert policy.open(Posting(1, np.ones(3, int))).tolist() == [math.floor(400 * price + 0.5) for price in expected]


def test_feedback_counts_blocks_held_at_the_end_of_r_star_not_at_the_end_of_the_day():
    policy = policy_of("feedback")
    held = np.zeros((11, 3), np.int64)
    held[5:] = 2
    held[6] = 6
    held[7:] = 10
    policy.close(Outcome(np.full(3, 10), held))
    assert policy.log_base_price.tolist() == pytest.approx([math.log(14)] * 3, rel=1e-12)


def test_two_stations_of_a_slot_share_one_controller():
    policy = policy_of("feedback", stations=("Tegel", "Mariendorf"))
    held = np.zeros((11, 6), np.int64)
    held[6] = [6, 0, 6, 6, 0, 0]
    policy.close(Outcome(np.full(6, 10), held))
    expected = [math.log(14) + 0.03 * (0.6 - filled) for filled in (0.3, 0.6, 0.0)]
    assert policy.log_base_price.tolist() == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("filled", "bound"), [(0, 16.0), (10, 10.0)])
def test_feedback_stops_at_cap_and_floor_and_comes_back_at_once(filled, bound):
    """u is clipped too: after many days at the bound one day of the opposite moves the price."""
    policy = policy_of("feedback", gain=0.1)
    held = np.full((11, 3), filled, np.int64)
    for _ in range(100):
        policy.close(Outcome(np.full(3, 10), held))
    assert policy.log_base_price.tolist() == pytest.approx([math.log(bound)] * 3, rel=1e-12)
    policy.close(Outcome(np.full(3, 10), 10 - held))
    assert (policy.log_base_price != math.log(bound)).all()


def test_a_floor_of_zero_has_a_logarithm():
    policy = policy_of("feedback", pay_floor_per_hour=0.0, pay_cap_per_hour=0.0)
    policy.close(Outcome(np.full(3, 10), np.zeros((11, 3), np.int64)))
    assert policy.open(Posting(1, np.ones(3, int))).tolist() == [0, 0, 0]
