"""Draws: the generator's known answers, its twin in plain Python, and what a draw belongs to."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.random_draws import Attribute, Purpose, exponential, normal, normal_quantile, philox, uniform

pytestmark = pytest.mark.rules

WORD = st.integers(0, 2**32 - 1)
SEED = st.integers(0, 2**64 - 1)

# Random123 1.14, tests/kat_vectors, philox4x32 with 10 rounds: counter words, key words, answer words.
KNOWN_ANSWERS = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


def philox_in_plain_python(counter, key):
    """Philox4x32-10 as the paper writes it, on Python's own integers."""
    r0, l0, r1, l1 = counter
    k0, k1 = key
    for _ in range(10):
        high0, low0 = divmod(0xD2511F53 * r0, 2**32)
        high1, low1 = divmod(0xCD9E8D57 * r1, 2**32)
        r0, l0, r1, l1 = high1 ^ l0 ^ k0, low1, high0 ^ l1 ^ k1, low0
        k0, k1 = (k0 + 0x9E3779B9) % 2**32, (k1 + 0xBB67AE85) % 2**32
    return r0, l0, r1, l1


def words_of(counter, key):
    """Ask the model's generator: counter = (person, day, purpose, slot), key = seed, low word first."""
    person, day, purpose, slot = counter
    low, high = philox(np.uint64(key[0] + (key[1] << 32)), purpose, day, person, slot)
    return tuple(int(word) >> shift & 0xFFFFFFFF for word in (low, high) for shift in (0, 32))


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_the_generator_gives_random123s_known_answers(counter, key, answer):
    assert words_of(counter, key) == answer


@given(counter=st.tuples(WORD, WORD, WORD, WORD), key=st.tuples(WORD, WORD))
def test_the_generator_equals_its_twin_in_plain_python(counter, key):
    assert words_of(counter, key) == philox_in_plain_python(counter, key)


@given(seed=SEED, person=WORD, day=WORD, purpose=st.sampled_from(Purpose), slot=WORD)
def test_a_uniform_is_the_first_52_bits_of_its_block_and_never_0_or_1(seed, person, day, purpose, slot):
    r0, l0, _, _ = philox_in_plain_python((person, day, int(purpose), slot), (seed % 2**32, seed >> 32))
    u = uniform(np.uint64(seed), purpose, day, person, slot)
    assert u == (((l0 << 32 | r0) >> 12) + 0.5) / 2**52
    assert 0.0 < u < 1.0
    assert exponential(np.uint64(seed), purpose, day, person, slot) == -math.log(u)


@given(p=st.floats(min_value=2.0**-53, max_value=1 - 2.0**-53))
def test_the_normal_quantile_is_the_standard_librarys(p):
    """Both are algorithm AS 241, good to about 1e-16 relative: a few units in the last place apart, in the tails and near 0."""
    expected = NormalDist().inv_cdf(p)
    assert normal_quantile(p) == pytest.approx(expected, rel=8 * 2.0**-52, abs=0.0)


def test_uniforms_and_normals_have_the_moments_of_their_laws():
    """Within 4 standard errors: mean 1/2 and variance 1/12; mean 0 and variance 1."""
    n = 20_000
    u = np.array([uniform(np.uint64(5), Purpose.ORDER, 1, person, 0) for person in range(n)])
    z = np.array([normal(np.uint64(5), Purpose.ORDER, 1, person, 0) for person in range(n)])
    assert abs(u.mean() - 0.5) < 4 * math.sqrt(1 / 12 / n)
    assert abs(((u - 0.5) ** 2).mean() - 1 / 12) < 4 * math.sqrt((1 / 80 - 1 / 144) / n)
    assert abs(z.mean()) < 4 / math.sqrt(n)
    assert abs((z**2).mean() - 1.0) < 4 * math.sqrt(2 / n)


@given(seed=SEED, places=st.lists(st.integers(0, 4), min_size=1, max_size=1), step=st.integers(1, 2**31))
def test_changing_any_one_of_its_five_coordinates_changes_a_draw(seed, places, step):
    here = [seed, int(Purpose.CANCEL), 736_000, 17, 3]
    there = list(here)
    there[places[0]] = (there[places[0]] + step) % (2**64 if places[0] == 0 else 2**32)
    assert philox(np.uint64(here[0]), *here[1:]) != philox(np.uint64(there[0]), *there[1:])


def test_the_whole_seed_counts():
    """A seed above 2^32 is another seed than its lower half, and the largest is allowed."""
    draws = {uniform(np.uint64(seed), Purpose.ORDER, 1, 1, 1) for seed in (1, 2**32, 2**32 + 1, 2**64 - 1)}
    assert len(draws) == 4


def test_published_numbers_of_purposes_and_attributes_keep_their_meaning():
    """Append only: whoever adds one extends these lists, nobody changes an entry."""
    assert {purpose.name: purpose.value for purpose in Purpose} == {
        "OPENINGS": 1, "ORDER": 2, "WEEK_SHOCK": 3, "DAY_SHOCK": 4, "SLOT_SHOCK": 5, "AVAILABLE": 6, "CANCEL": 7, "NO_SHOW": 8,
        "DEMAND": 9, "HIRES": 10, "SEPARATIONS": 11, "AWARE": 12, "REGISTER": 13, "DELAY": 14, "LEAVE": 15, "REPLACE": 16,
        "POPULATION": 17,
    }  # fmt: skip
    assert {attribute.name: attribute.value for attribute in Attribute} == {
        "GROUP": 1, "DISTRICT": 2, "ARCHETYPE": 3, "WAGE": 4, "FREE_HOUR": 5, "PSI": 6, "CHI": 7, "CAR": 8, "WAY": 9,
        "OPENING": 10, "REACHABLE": 11, "AWARE_AT_LAUNCH": 12,
    }  # fmt: skip


@pytest.mark.parametrize("names", [Purpose, Attribute])
def test_no_two_names_share_a_number(names):
    assert len({name.value for name in names}) == len(names.__members__)
