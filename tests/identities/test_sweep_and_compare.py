"""A sweep's comparison is that of `compare` on the same arms and seeds, bit for bit, and its arithmetic is that of a hand."""

from math import isnan, sqrt

import pandas as pd
import pytest
from scipy import stats

from experiments.compare.arms import read_arms
from experiments.compare.paired_sweep import differences_of, effects_of, held, paired
from experiments.compare.scenarios import compare
from experiments.compare.sweeps import compare_sweeps
from experiments.design import read_design
from experiments.engines.pool import Outcome
from experiments.engines.worker import tried
from experiments.sweep.run import sweep

POOL = '"population.drivers" = 300\n'
HEAD = f'scenario = "baseline"\nseeds = 3\ndays = 45\n[set]\n{POOL}'
ARMS = '[arms]\nfixed = { "platform.policy" = "fixed" }\nalone = { "platform.policy" = "none" }\n'


def here(work, runs):
    """Do runs in this process."""
    for number, run in enumerate(runs):
        yield Outcome(number, run, *tried(work, run))


@pytest.fixture(scope="module")
def compared():
    labels = ["baseline", "baseline+platform.policy=fixed", "baseline+platform.policy=none"]
    return compare(read_arms(labels, ["population.drivers=300"]), seeds=3, days=45, workers=1)


def swept(place, text):
    (place / "mine.toml").write_text(text)
    (place / "runs").mkdir()
    sweep(read_design(str(place / "mine.toml")), place / "runs", here)
    return place / "runs"


def values_of(differences):
    """Return every number of the differences as text that shows every bit."""
    return [tuple(value.hex() if isinstance(value, float) else value for value in one[2:]) for one in differences]


def test_a_sweep_without_a_factor_says_what_compare_says(tmp_path, compared):
    found = compare_sweeps([swept(tmp_path, HEAD + ARMS)])
    assert [one.pairs.arm for one in found.contrasts] == ["fixed", "alone"]
    for contrast, arm in zip(found.contrasts, compared.arms[1:], strict=True):
        assert values_of(contrast.differences) == values_of(compared.against_reference(arm))
        for effect, one in zip(contrast.effects, contrast.differences, strict=True):
            assert (effect.at, effect.measure, effect.pairs) == ({}, one.measure, one.pairs)
            assert [value.hex() for value in effect[6:]] == [value.hex() for value in (one.mean, one.t_low, one.t_high)]


def test_every_point_of_a_sweep_says_what_compare_says_there(tmp_path, compared):
    grid = '[grid]\n"blocks.km" = [20, 25]\n'  # 25: the default, where `compared` was run
    found = compare_sweeps([swept(tmp_path, HEAD + grid + ARMS)])
    for contrast, arm in zip(found.contrasts, compared.arms[1:], strict=True):
        there = [one for one in contrast.effects if one.at == {"blocks.km": "25"}]
        expected = [
            (one.measure, one.pairs, *(v.hex() for v in (one.mean, one.t_low, one.t_high)))
            for one in compared.against_reference(arm)
        ]
        assert [(one.measure, one.pairs, *(value.hex() for value in one[6:])) for one in there] == expected


def test_two_folders_say_what_compare_says_of_two_arms(tmp_path, compared):
    folders = []
    for name, line in (("as_is", ""), ("fixed", '"platform.policy" = "fixed"\n')):
        (tmp_path / name).mkdir()
        folders.append(swept(tmp_path / name, HEAD + line))
    (contrast,) = compare_sweeps(folders).contrasts
    assert values_of(contrast.differences) == values_of(compared.against_reference(compared.arms[1]))
    assert (contrast.pairs.reference, contrast.pairs.arm) == (str(folders[0]), str(folders[1]))


# --- the arithmetic, by hand ---


def runs(rows):
    return pd.DataFrame(rows, columns=["arm", "cap", "gap", "seed", "m", "has_run_off"])


BEFORE = runs([("base", cap, gap, seed, value, True) for cap, gap, seed, value in (
    ("12", "low", 0, 1.0), ("12", "low", 1, 2.0), ("12", "high", 0, 10.0), ("12", "high", 1, 30.0),
    ("16", "low", 0, 3.0), ("16", "low", 1, 5.0), ("16", "high", 0, 20.0), ("16", "high", 1, 60.0),
)])  # fmt: skip
GAINS = {("12", "low"): (1.0, 3.0), ("12", "high"): (4.0, 8.0), ("16", "low"): (0.0, 2.0), ("16", "high"): (-5.0, 7.0)}
AFTER = BEFORE.assign(arm="b", m=[row.m + GAINS[row.cap, row.gap][row.seed] for row in BEFORE.itertuples()])


def ends(mean, sd, n):
    return pytest.approx(stats.t.interval(0.95, n - 1, mean, sd / sqrt(n)), rel=1e-12)


def test_points_are_averaged_seed_by_seed_and_the_interval_rests_on_the_seeds():
    """Seed 0 gains (1 + 4 + 0 − 5)/4 = 0, seed 1 (3 + 8 + 2 + 7)/4 = 5: mean 2.5, sd 5/√2 over two seeds, not over eight pairs."""
    pairs = paired("base", "b", BEFORE, AFTER, ["cap", "gap"])
    (one,) = differences_of(pairs)
    assert (one.pairs, one.mean, one.sd) == (2, 2.5, pytest.approx(5.0 / sqrt(2.0), rel=1e-12))
    assert (one.reference_mean, one.arm_mean) == ((34 / 4 + 97 / 4) / 2, (34 / 4 + 97 / 4) / 2 + 2.5)
    assert (one.t_low, one.t_high) == ends(2.5, 5.0 / sqrt(2.0), 2)
    (pooled,) = (effect for effect in effects_of(pairs) if not effect.at)
    assert (pooled.pairs, pooled.seeds, pooled.mean, pooled.low, pooled.high) == (8, 2, one.mean, one.t_low, one.t_high)


def test_a_level_is_the_mean_over_the_other_factor_and_a_point_is_its_own():
    found = {tuple(one.at.values()): one for one in effects_of(paired("base", "b", BEFORE, AFTER, ["cap", "gap"]))}
    assert set(found) == {(), ("12",), ("16",), ("low",), ("high",), *GAINS}
    for (cap, gap), gains in GAINS.items():
        assert (found[cap, gap].mean, found[cap, gap].pairs) == (sum(gains) / 2, 2)
        assert (found[cap, gap].low, found[cap, gap].high) == ends(sum(gains) / 2, (gains[1] - gains[0]) / sqrt(2.0), 2)
    at_12 = [(1.0 + 4.0) / 2, (3.0 + 8.0) / 2]
    assert (found["12",].mean, found["12",].pairs, found["12",].seeds) == (sum(at_12) / 2, 4, 2)
    assert (found["12",].low, found["12",].high) == ends(sum(at_12) / 2, (at_12[1] - at_12[0]) / sqrt(2.0), 2)
    assert found["high",].mean == ((4.0 - 5.0) / 2 + (8.0 + 7.0) / 2) / 2


def test_the_order_of_runs_does_not_matter():
    straight = effects_of(paired("base", "b", BEFORE, AFTER, ["cap", "gap"]))
    turned = effects_of(paired("base", "b", BEFORE, AFTER.iloc[::-1], ["cap", "gap"]))
    assert turned == straight


def test_a_run_without_its_pair_moves_nothing():
    """Left out in one arm, the other's run of that point and seed must not count in its mean either."""
    pairs = paired("base", "b", BEFORE, AFTER.drop(index=3), ["cap", "gap"])
    (one,) = differences_of(pairs)
    assert len(pairs.keys) == 7
    assert one.mean == pytest.approx((0.0 + (3.0 + 2.0 + 7.0) / 3) / 2, rel=1e-12)
    (point,) = (effect for effect in effects_of(pairs) if effect.at == {"cap": "12", "gap": "high"})
    assert (point.pairs, point.seeds, point.mean) == (1, 1, 4.0)
    assert isnan(point.low)


def test_a_measure_that_one_arm_lacks_at_a_point_is_left_out_there_in_both():
    lacking = AFTER.assign(m=AFTER["m"].where(AFTER["cap"] == "16"))
    pairs = paired("base", "b", BEFORE, lacking, ["cap", "gap"])
    (one,) = differences_of(pairs)
    assert (one.mean, one.reference_mean) == (((0.0 - 5.0) / 2 + (2.0 + 7.0) / 2) / 2, (23 / 2 + 65 / 2) / 2)
    (never,) = differences_of(paired("base", "b", BEFORE, AFTER.assign(m=float("nan")), ["cap", "gap"]))
    assert (never.pairs, never.reference_mean) == (0, (34 / 4 + 97 / 4) / 2)


def test_factors_that_are_not_crossed_have_no_levels():
    star = BEFORE[(BEFORE["cap"] == "12") | (BEFORE["gap"] == "low")]
    pairs = paired("base", "b", star, AFTER, ["cap", "gap"])
    assert held(pairs) == [(), ("cap", "gap")]
    assert held(paired("base", "b", BEFORE, AFTER, ["cap", "gap"])) == [(), ("cap",), ("gap",), ("cap", "gap")]
