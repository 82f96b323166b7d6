"""Paired differences and their intervals, arms, and the pool in which runs are made."""

import os
from math import inf, isnan, nan, sqrt

import numpy as np
import pytest
from scipy import stats

from experiments.compare.arms import read_arm, read_arms
from experiments.compare.scenarios import FLAGS, ArmRun, compare, files_of, not_run_off, summary_of_run
from experiments.compare.table import cells
from experiments.engines.pool import WorkError, run_all
from experiments.paired import RESAMPLES, bootstrap_interval, difference, t_interval, unpaired_seeds
from experiments.runner import run_scenario
from experiments.scenario import read_scenario
from experiments.wording import KNOWN, share
from model.parameters import ParameterError

SMALL = ["population.drivers=300", "scenario.end_date=2017-11-18"]
A, B, NO_PLATFORM = "baseline", "baseline+platform.policy=fixed", "baseline+platform.policy=none"


@pytest.fixture(scope="module")
def comparison():
    return compare(read_arms([A, B, NO_PLATFORM], SMALL), seeds=3, workers=1)


# --- differences ---


def test_the_t_interval_is_students():
    rng = np.random.default_rng(1)
    for n in (2, 3, 20, 500):
        d = rng.normal(1.0, 2.0, n)
        expected = stats.t.interval(0.95, n - 1, d.mean(), d.std(ddof=1) / sqrt(n))
        assert t_interval(d.mean(), d.std(ddof=1), n) == pytest.approx(expected, rel=1e-10)


def test_one_pair_has_a_difference_and_no_interval():
    one = difference("A", "B", "m", [3.0], [5.0])
    assert (one.pairs, one.mean, one.reference_mean, one.arm_mean) == (1, 2.0, 3.0, 5.0)
    assert all(isnan(value) for value in (one.sd, one.t_low, one.t_high, one.bootstrap_low, one.bootstrap_high, one.unpaired_seeds))


def test_the_bootstrap_interval_is_that_of_the_normal_law_where_the_mean_is_normal():
    """n = 400: the resampled mean has standard deviation s·sqrt((n−1)/n)/sqrt(n); a quantile at p errs by sqrt(p(1−p)/R)/φ(z)."""
    n, z, p = 400, stats.norm.ppf(0.975), 0.025
    d = np.random.default_rng(2).normal(0.3, 1.5, n)
    scale = d.std() / sqrt(n)
    tolerance = 4.0 * scale * sqrt(p * (1.0 - p) / RESAMPLES) / stats.norm.pdf(z)
    low, high = bootstrap_interval(d)
    assert abs(low - (d.mean() - z * scale)) < tolerance
    assert abs(high - (d.mean() + z * scale)) < tolerance


def test_the_bootstrap_draws_the_same_seeds_for_every_measure():
    d = np.random.default_rng(3).normal(size=20)
    assert bootstrap_interval(d) == bootstrap_interval(d)
    assert bootstrap_interval(7.0 * d + 2.0) == pytest.approx(tuple(7.0 * end + 2.0 for end in bootstrap_interval(d)), rel=1e-12)


def test_so_many_unpaired_seeds_give_as_narrow_an_interval():
    """The standard error without pairing, sqrt((s_A² + s_B²)/m), equals the paired one at the m that is reported."""
    rng = np.random.default_rng(4)
    luck = rng.normal(0.0, 10.0, 20)
    pairs = np.column_stack([luck, luck + rng.normal(1.0, 1.0, 20)])
    sd = float((pairs[:, 1] - pairs[:, 0]).std(ddof=1))
    m = unpaired_seeds(pairs, sd)
    assert sqrt((pairs[:, 0].var(ddof=1) + pairs[:, 1].var(ddof=1)) / m) == pytest.approx(sd / sqrt(20), rel=1e-12)
    assert m > 20 * 50  # the shared luck has a hundred times the variance of the difference, twice over


def test_pairing_that_removes_all_noise_or_finds_none():
    assert difference("A", "B", "m", [1.0, 2.0, 4.0], [2.0, 3.0, 5.0]).unpaired_seeds == inf
    assert isnan(difference("A", "B", "m", [1.0, 1.0], [3.0, 3.0]).unpaired_seeds)


def test_the_share_of_seeds_with_the_sign_of_the_mean():
    one = difference("A", "B", "m", [0.0] * 5, [1.0, 2.0, -1.0, 0.0, 3.0])
    assert one.mean > 0.0
    assert one.same_sign_share == 3 / 5


def test_seeds_in_which_an_arm_lacks_the_measure_are_left_out():
    one = difference("A", "B", "m", [1.0, nan, 3.0, 4.0], [2.0, 2.0, nan, 6.0])
    assert (one.pairs, one.mean, one.reference_mean, one.arm_mean) == (2, 1.5, 2.5, 4.0)
    none = difference("A", "B", "m", [1.0, 3.0], [nan, nan])
    assert (none.pairs, none.reference_mean) == (0, 2.0)
    assert isnan(none.mean)
    assert isnan(none.arm_mean)
    assert cells(none, share("late")) == ("late", "200.0 %", "–", "–", "–", "–", "–")


def test_turning_the_arms_round_turns_the_signs():
    before, after = [1.0, 2.0, 7.0], [4.0, 3.0, 5.0]
    there, back = difference("A", "B", "m", before, after), difference("B", "A", "m", after, before)
    assert (back.mean, back.t_low, back.t_high) == (-there.mean, -there.t_high, -there.t_low)
    assert back.same_sign_share == there.same_sign_share
    assert back.unpaired_seeds == there.unpaired_seeds


def test_a_row_says_where_the_bootstrap_disagrees_about_zero():
    """Three seeds, all above 0 and far apart: Student's interval contains 0, the bootstrap's does not."""
    one = difference("A", "B", "m", [0.0] * 3, [0.01, 0.05, 0.2])
    assert one.t_low < 0.0 < one.bootstrap_low
    assert cells(one, share("late"))[3:6] == ("+8.7 pt", "−16.2 … +33.5 pt †", "3 of 3")


# --- arms ---


def test_an_arm_is_a_scenario_with_its_own_parameters():
    arm = read_arm("baseline+population.drivers=500+platform.policy=fixed", ["platform.gain=0.05"])
    values = {name: q.value for name, q in arm.parameters.table().items()}
    assert (values["population.drivers"], values["platform.policy"], values["platform.gain"]) == (500, "fixed", 0.05)


def test_a_plus_inside_a_value_or_a_path_divides_nothing(tmp_path):
    path = tmp_path / "cheap+near.toml"
    path.write_text("[blocks]\nkm = 20.0\n")
    arm = read_arm(f"{path}+demand.per_workday=3.5e+5")
    assert arm.parameters.blocks.km == 20.0
    assert arm.parameters.demand.per_workday == 350_000.0


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([], "no arm: nothing to compare; allowed: two arms or more"),
        (["baseline"], "baseline: nothing to compare; allowed: two arms or more"),
        (["baseline", "baseline"], "baseline: given twice; allowed: arms that differ"),
        (["baseline", "baseline+population.drivers=20000"], "baseline and baseline+population.drivers=20000: no parameter differs"),
        (["baseline", "cap-25"], "baseline and cap-25: cover other days (2017-10-09 to 2017-11-30, 2017-10-09 to 2018-03-03)"),
        (["baseline", "basline"], "basline: no such scenario; did you mean baseline?"),
        (["baseline", "baseline+platform.pay_cap=3"], "platform.pay_cap: unknown parameter; did you mean platform."),
        (["baseline", "baseline+platform.pay_cap_per_hour=900"], "platform.pay_cap_per_hour = 900: not allowed; allowed: a number"),
        ([f"baseline+population.drivers={n}" for n in range(1, 28)], "27 arms: too many; allowed: up to 26"),
    ],
)
def test_arms_that_cannot_be_compared_are_refused_in_one_line(labels, message):
    with pytest.raises(ParameterError) as caught:
        read_arms(labels)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_so_many_days_make_scenarios_of_other_length_comparable():
    assert len(read_arms(["baseline", "cap-25"], (), days=30)) == 2
    with pytest.raises(ParameterError, match="cover other days \\(from 2017-10-09, from 2017-10-10\\)"):
        read_arms(["baseline", "baseline+scenario.start_date=2017-10-10"], (), days=30)


# --- the runs ---


def test_a_row_is_what_the_run_alone_says(comparison):
    row = comparison.runs[(comparison.runs["arm"] == B) & (comparison.runs["seed"] == 2)].iloc[0]
    alone = run_scenario(read_scenario("baseline", [*SMALL, "platform.policy=fixed"]), 2).summary
    assert {name: row[name] for name in alone} == pytest.approx(alone, rel=0, abs=0, nan_ok=True)


def test_rows_are_sorted_and_every_measure_is_compared(comparison):
    assert list(zip(comparison.runs["arm"], comparison.runs["seed"], strict=True)) == [
        (arm, seed) for arm in (A, B, NO_PLATFORM) for seed in range(3)
    ]
    measures = set(comparison.runs.columns) - {"arm", "seed", *FLAGS}
    assert len(measures) >= 21
    for arm in comparison.arms[1:]:
        assert {one.measure for one in comparison.against_reference(arm)} == measures


def test_every_measure_is_called_by_words(comparison):
    assert set(comparison.runs.columns) - {"arm", "seed", *FLAGS} <= set(KNOWN)


def test_differences_are_those_of_the_rows(comparison):
    welfare = comparison.runs.pivot_table(index="seed", columns="arm", values="welfare_total_eur")
    (one,) = (d for d in comparison.differences if (d.arm, d.measure) == (NO_PLATFORM, "welfare_total_eur"))
    assert one.mean == pytest.approx((welfare[NO_PLATFORM] - welfare[A]).mean(), rel=1e-9)
    accounts = [d.mean for d in comparison.differences if d.arm == NO_PLATFORM and d.measure.endswith("_surplus_total_eur")]
    assert len(accounts) == 8
    assert sum(accounts) == pytest.approx(one.mean, rel=1e-9)


def test_measures_of_blocks_do_not_exist_without_a_platform(comparison):
    without = {d.measure: d for d in comparison.differences if d.arm == NO_PLATFORM}
    assert without["pay_mean_per_hour_eur"].pairs == 0
    assert without["parcels_late_share"].pairs == 3


def test_any_number_of_workers_gives_the_same_bytes(comparison):
    again = compare(read_arms([A, B, NO_PLATFORM], SMALL), seeds=3, workers=2)
    one, two = (files_of(result, {}) for result in (comparison, again))
    assert one["runs.parquet"] == two["runs.parquet"]
    assert one["comparison.parquet"] == two["comparison.parquet"]


def test_parcels_left_are_reported_by_arm(comparison):
    """Three days before Christmas every queue is full."""
    arms = read_arms(["baseline", NO_PLATFORM], ["population.drivers=50", "scenario.end_date=2017-12-20", "carriers.couriers=2000"])
    (first, second) = not_run_off(compare(arms, seeds=1, workers=1))
    assert first.startswith("baseline: parcels older than the promise are still waiting on the last day in 1 of 1 seeds (")
    assert second.startswith(f"{NO_PLATFORM}: ")


# --- the pool ---


@pytest.mark.parametrize("workers", [1, 2])
def test_results_carry_the_number_of_their_job(workers):
    assert dict(run_all(abs, [-3, 4, -5, 6], workers)) == {0: 3, 1: 4, 2: 5, 3: 6}


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failure_names_its_job(workers):
    with pytest.raises(WorkError, match=r"^x: ValueError: invalid literal for int"):
        list(run_all(int, ["1", "x", "2"], workers))


def test_a_workers_death_names_the_jobs_under_way():
    with pytest.raises(WorkError, match=r"^(4|5|4 or 5): a worker died, perhaps for want of memory"):
        list(run_all(os._exit, [4, 5], 2))


def test_a_failed_run_is_named_by_arm_and_seed():
    """Wages that never reach the minimum wage show only when the population is drawn."""
    poor = "baseline+population.groups.student.wage_median=0.01+population.groups.student.wage_sigma=0.0"
    arms = read_arms([poor, f"{poor}+platform.policy=fixed"], SMALL)
    assert str(ArmRun(arms[0], 3, None)) == f"{poor}, seed 3"
    with pytest.raises(ParameterError):
        summary_of_run(ArmRun(arms[0], 0, None))
    with pytest.raises(WorkError, match=r"seed 0: ParameterError: population\.groups\.student\.wage_median = 0\.01"):
        compare(arms, seeds=1, workers=1)
