"""Designs: points, arms and seeds, and what names, keys and commands say of a run."""

import hashlib
import shlex
from collections import Counter
from itertools import pairwise, product

import numpy as np
import pytest
from scipy.stats import qmc

from experiments.design import read_design
from experiments.design.allowed import replaced
from experiments.design.cube import morris, saltelli
from experiments.design.plan import as_setting
from experiments.scenario import read_scenario, settings_from
from model.parameters import Parameters

CAP, GAP, FLOOR = "platform.pay_cap_per_hour", "carriers.starting_gap_share", "platform.pay_floor_per_hour"
GRID = f"""
[grid]
"{CAP}" = [12, 16.0, 20]
carriers.starting_gap_share = [0.04, 0.08]
"""
HEAD = 'scenario = "baseline"\nseeds = 2\n'


@pytest.fixture
def design(tmp_path):
    """Return a reader of designs from text, and from the rows of `rows.csv`."""

    def read(text: str, head: str = HEAD, rows: str = ""):
        (tmp_path / "rows.csv").write_text(rows)
        (tmp_path / "mine.toml").write_text(head + text)
        return read_design(str(tmp_path / "mine.toml"))

    return read


# --- what a design holds ---


def test_a_design_is_points_times_arms_times_seeds_in_this_order(design):
    read = design(GRID + '[arms]\nnone = { "platform.policy" = "none" }\n', HEAD + 'about = "why"\ndays = 60\n')
    assert (read.name, read.about, read.days, read.seeds, read.kind) == ("mine", "why", 60, (0, 1), "grid")
    assert read.arms == {"base": {}, "none": {"platform.policy": "none"}}
    caps_and_gaps = list(product([12.0, 16.0, 20.0], [0.04, 0.08]))
    assert [tuple(point.values.values()) for point in read.points] == caps_and_gaps
    runs = list(read.runs)
    assert len(runs) == read.number_of_runs == 6 * 2 * 2
    assert [(run.point, run.arm, run.seed) for run in runs] == list(product(range(6), ["base", "none"], [0, 1]))
    assert runs[-1].values == {CAP: 20.0, GAP: 0.08, "platform.policy": "none"}
    assert runs[0].values == {CAP: 12.0, GAP: 0.04}


def test_without_a_factor_there_is_one_point(design):
    read = design('[arms]\nbase = {}\nlow = { "blocks.km" = 20 }\n', 'scenario = "baseline"\nseeds = [7, 18446744073709551615]\n')
    assert (read.kind, read.factors, len(read.points)) == ("single", (), 1)
    assert [(run.arm, run.seed, run.values) for run in read.runs] == [
        ("base", 7, {}), ("base", 2**64 - 1, {}), ("low", 7, {"blocks.km": 20.0}), ("low", 2**64 - 1, {"blocks.km": 20.0}),
    ]  # fmt: skip


def test_what_is_set_holds_in_the_base_and_a_scenario_may_lie_beside_the_design(design, tmp_path):
    (tmp_path / "own.toml").write_text("[blocks]\nkm = 33.0\n")
    read = design(
        '[set]\n"population.drivers" = 500\n[star]\n"blocks.rounds" = "plausible"\n', 'scenario = "own.toml"\nseeds = 1\n'
    )
    assert read.fixed == {"population.drivers": 500}
    assert (read.scenario.parameters.population.drivers, read.scenario.parameters.blocks.km) == (500, 33.0)
    again = read_scenario(read.scenario.name, [f"{name}={as_setting(value)}" for name, value in read.fixed.items()])
    assert again.parameters == read.scenario.parameters


# --- the small version ---


def test_the_small_version_replaces_what_it_names_and_keeps_the_rest(design, tmp_path):
    head = HEAD + "days = 90\n"
    less = f'seeds = [4]\ndays = 9\nset = {{ "population.drivers" = 50 }}\ngrid = {{ "{CAP}" = [14] }}\n'
    whole = design(f'[set]\n"population.drivers" = 500\n"blocks.km" = 30\n{GRID}[smoke]\n{less}', head)
    small = read_design(str(tmp_path / "mine.toml"), is_smoke=True)
    assert (whole.name, whole.seeds, whole.days, len(whole.points)) == ("mine", (0, 1), 90, 6)
    assert (small.name, small.seeds, small.days) == ("mine-smoke", (4,), 9)
    assert small.fixed == {"population.drivers": 50, "blocks.km": 30.0}
    assert [point.values for point in small.points] == [{CAP: 14.0, GAP: 0.04}, {CAP: 14.0, GAP: 0.08}]
    assert (whole.asked, small.asked) == ((str(tmp_path / "mine.toml"),), (str(tmp_path / "mine.toml"), "--smoke"))


def test_a_small_sample_keeps_its_factors(design, tmp_path):
    text = f'[morris]\ntrajectories = 9\nseed = 3\n[morris.factors]\n"{CAP}" = [16, 28]\n[smoke.morris]\ntrajectories = 2\n'
    whole, small = design(text), read_design(str(tmp_path / "mine.toml"), is_smoke=True)
    assert whole.factors == small.factors
    assert (len(whole.points), len(small.points)) == (18, 4)


# --- names, keys, commands ---


def test_a_key_is_the_hash_of_what_the_run_is(design):
    run = next(design(GRID, HEAD + "days = 9\n").runs)
    text = f'[{{"{GAP}":0.04,"{CAP}":12.0}},"base",0,9]'
    assert run.key == hashlib.sha256(text.encode()).hexdigest()[:16]
    assert str(run) == f"{CAP}=12, {GAP}=0.04, arm base, seed 0"
    many = run._replace(values={f"factor_{k}": k for k in range(100)})
    assert str(many) == "point 0, arm base, seed 0"


def test_a_design_that_grows_keeps_the_keys_of_its_runs(design):
    small = {run.key for run in design(GRID).runs}
    wide = f'[grid]\n"{GAP}" = [0.08, 0.06, 0.04]\n"{CAP}" = [20, 12, 16, 14]\n[arms]\nnone = {{ "platform.policy" = "none" }}\n'
    grown = {run.key for run in design(wide, 'scenario = "baseline"\nseeds = 3\n').runs}
    assert small < grown
    assert (len(small), len(grown)) == (6 * 2, 12 * 2 * 3)
    assert not small & {run.key for run in design(GRID, HEAD + "days = 9\n").runs}


def test_a_sobol_sequence_twice_as_long_begins_with_the_same_points(design):
    text = f'[sobol]\npoints = %d\n"{CAP}" = "plausible"\n"{GAP}" = "plausible"\n'
    short, long = design(text % 8), design(text % 16)
    assert long.points[:8] == short.points


def test_the_command_of_a_run_does_that_run(design):
    arms = '[arms]\nnear = { "blocks.km" = 20, "blocks.slot_hours" = [3.5, 3.5, 3.5] }\n'
    read = design(f'[set]\n"blocks.km" = 30\n"platform.launch_date" = 2017-11-05\n{GRID}{arms}', HEAD + "days = 9\n")
    for run in read.runs:
        words = shlex.split(run.command(read.scenario, read.fixed))
        assert words[:3] == ["gigsupply", "run", "baseline"]
        assert words[-4:] == ["--seed", str(run.seed), "--days", "9"]
        settings = [after for before, after in pairwise(words) if before == "--set"]
        assert read_scenario(words[2], settings).parameters == read.scenario.parameters.with_values(run.values)


def test_every_parameter_is_written_as_it_is_read():
    base = Parameters()
    settings = settings_from(f"{name}={as_setting(quantity.value)}" for name, quantity in base.table().items())
    assert base.with_values(settings) == base
    assert settings_from([f"x={as_setting(0.1 + 0.2)}", f"y={as_setting(1e-7)}"]) == {"x": 0.1 + 0.2, "y": 1e-7}


# --- factors ---


def test_each_whole_number_and_each_name_has_an_equal_share(design):
    read = design('[lhs]\npoints = 60\n"blocks.rounds" = [5, 9]\n"platform.policy" = ["none", "fixed", "feedback"]\n')
    rounds, policies = (Counter(point.values[factor.name] for point in read.points) for factor in read.factors)
    assert rounds == dict.fromkeys(range(5, 10), 12)  # slices of the axis are cut evenly, so the counts are exact
    assert policies == dict.fromkeys(["none", "fixed", "feedback"], 20)
    assert [factor.to_value(1.0) for factor in read.factors] == [9, "feedback"]


def test_on_a_log_scale_the_middle_is_the_geometric_mean(design):
    read = design(f'[lhs]\npoints = 2\n"{GAP}" = {{ low = 0.01, high = 0.25, scale = "log" }}\n"demand.growth" = [-0.1, 0.3]\n')
    gap, growth = read.factors
    assert [gap.to_value(u) for u in (0.0, 0.5, 1.0)] == pytest.approx([0.01, 0.05, 0.25], rel=1e-12)
    assert [growth.to_value(u) for u in (0.0, 0.5, 1.0)] == pytest.approx([-0.1, 0.1, 0.3], rel=1e-12)
    assert gap.to_value(1.0) <= 0.25
    whole = gap._replace(name="blocks.rounds", quantity=Parameters().table()["blocks.rounds"], low=1, high=60)
    assert {whole.to_value(u) for u in np.linspace(0.0, 1.0, 2_001)} == set(range(1, 61))


def test_plausible_is_the_range_the_parameter_declares(design):
    read = design('[morris]\ntrajectories = 2\n"blocks.rounds" = "plausible"\n"rules.minimum_wage" = "plausible"\n')
    assert [(factor.low, factor.high) for factor in read.factors] == [(5, 20), (8.84, 14.0)]
    assert {point.values["blocks.rounds"] for point in read.points} <= set(range(5, 21))


def test_every_plausible_number_may_be_a_factor_but_what_is_set_or_told(design):
    fixed = '[set]\n"entry.delay_shortest" = 7\n"entry.delay_longest" = 10\n'
    read = design(f'{fixed}[morris]\ntrajectories = 2\nfactors = "plausible"\n"{CAP}" = [16, 20]\n')
    names = [factor.name for factor in read.factors]
    assert len(names) == len(set(names)) > 100
    assert {"blocks.km", "welfare.lateness", FLOOR} <= set(names)
    assert not {"entry.delay_shortest", "blocks.slot_hours", "scenario.end_date", "rules.minimum_wage"} & set(names)
    assert next(factor for factor in read.factors if factor.name == CAP).high == 20
    table = Parameters().table()
    assert all((one.low, one.high) == table[one.name].plausible for one in read.factors if one.name != CAP)


def test_lists_and_dates_are_factors_with_whole_values(design):
    read = design('[grid]\n"blocks.slot_hours" = [[4, 4, 4], [2, 2, 2]]\n"platform.launch_date" = [2017-11-10, "2017-11-12"]\n')
    assert [point.values["blocks.slot_hours"] for point in read.points][::2] == [(4.0, 4.0, 4.0), (2.0, 2.0, 2.0)]
    assert [f"{point.values['platform.launch_date']:%d}" for point in read.points] == ["10", "12"] * 2


# --- kinds ---


def test_a_star_is_the_base_and_one_factor_at_a_time(design):
    read = design(
        f'[star]\n"{CAP}" = "plausible"\n"{GAP}" = {{ low = 0.04, high = 0.1 }}\n"platform.policy" = ["feedback", "none"]\n'
    )
    assert read.points[0].values == {CAP: 16.0, GAP: 0.06, "platform.policy": "feedback"}
    beside = [{name: v for name, v in point.values.items() if v != read.points[0].values[name]} for point in read.points[1:]]
    assert beside == [{CAP: 28.0}, {GAP: 0.04}, {GAP: 0.1}, {"platform.policy": "none"}]  # a cap of 16 is the base's own


def test_rows_come_from_a_file_beside_the_design(design):
    rows = f'{FLOOR}, "{CAP}",blocks.slot_hours\n12,12,"[3, 3, 3]"\n\n9.5,20,"[4, 4, 4]"\n'
    read = design('[list]\nfile = "rows.csv"\n', rows=rows)
    assert [point.values for point in read.points] == [
        {FLOOR: 12.0, CAP: 12.0, "blocks.slot_hours": (3.0, 3.0, 3.0)},
        {FLOOR: 9.5, CAP: 20.0, "blocks.slot_hours": (4.0, 4.0, 4.0)},
    ]
    assert [factor.values for factor in read.factors[:2]] == [(12.0, 9.5), (12.0, 20.0)]


def test_a_latin_hypercube_has_a_point_in_every_slice_and_follows_its_seed(design):
    text = f'[lhs]\npoints = 50\nseed = %d\n[lhs.factors]\n"{CAP}" = [10, 20]\n"{GAP}" = [0, 0.5]\n'
    read = design(text % 3)
    for factor in read.factors:
        slices = [int((point.values[factor.name] - factor.low) / (factor.high - factor.low) * 50) for point in read.points]
        assert sorted(slices) == list(range(50))
    assert read.points == design(text % 3).points
    assert read.points != design(text % 4).points


def test_a_sobol_design_is_scrambled_and_fills_the_cube_evenly(design):
    read = design(f'[sobol]\npoints = 64\nseed = 5\n"{CAP}" = [10, 20]\n"{GAP}" = [0, 0.5]\n')
    assert np.array_equal(read.unit, qmc.Sobol(2, rng=5).random(64))
    first = [read.factors[0].to_value(row[0]) for row in read.unit]
    assert first == [point.values[CAP] for point in read.points]
    squares = Counter((int(8 * u), int(8 * v)) for u, v in read.unit)  # a (0, 6, 2)-net: one point in each of the 64 squares
    assert squares == dict.fromkeys(product(range(8), repeat=2), 1)


def test_saltellis_rows_differ_from_a_in_one_factor_at_a_time():
    rows = saltelli(8, 3, 1).reshape(8, 5, 3)
    a, b = rows[:, 0], rows[:, -1]
    for k in range(3):
        assert np.array_equal(rows[:, 1 + k], np.where(np.arange(3) == k, b, a))
    assert not np.any(a == b)


def test_saltellis_rows_are_salibs():
    sample = pytest.importorskip("SALib.sample.sobol").sample
    problem = {"num_vars": 4, "names": list("abcd"), "bounds": [[0.0, 1.0]] * 4}
    assert np.array_equal(saltelli(16, 4, 9), sample(problem, 16, calc_second_order=False, seed=np.random.default_rng(9)))


@pytest.mark.parametrize("levels", [2, 4, 6])
def test_every_trajectory_steps_once_along_each_factor(levels):
    k, delta = 5, levels / (2 * (levels - 1))
    rows = morris(40, k, levels, 3).reshape(40, k + 1, k)
    assert np.allclose(rows * (levels - 1), np.round(rows * (levels - 1)), rtol=0, atol=1e-12)
    assert rows.min() == 0.0
    assert rows.max() == 1.0
    steps = np.diff(rows, axis=1)
    assert np.all(np.count_nonzero(steps, axis=1) == 1)
    assert np.all(np.count_nonzero(steps, axis=2) == 1)
    assert np.abs(steps[steps != 0]) == pytest.approx(np.full(40 * k, delta), rel=1e-12)
    assert (steps > 0).any()
    assert (steps < 0).any()
    assert len({tuple(np.nonzero(step)[1]) for step in steps}) > 1  # the order is drawn


def test_salib_reads_the_slopes_of_a_plane_from_our_trajectories():
    analyze = pytest.importorskip("SALib.analyze.morris").analyze
    problem = {"num_vars": 3, "names": list("abc"), "bounds": [[0.0, 1.0]] * 3}
    rows = morris(6, 3, 4, 0)
    found = analyze(problem, rows, rows @ np.array([3.0, -2.0, 0.5]), num_levels=4)
    assert list(found["mu"]) == pytest.approx([3.0, -2.0, 0.5], rel=1e-9)
    assert list(found["mu_star"]) == pytest.approx([3.0, 2.0, 0.5], rel=1e-9)


def test_values_put_together_group_by_group_are_those_of_the_whole():
    values = {
        "population.drivers": 77, "population.groups.student.wage_median": 11.0, "population.groups.student.wage_sigma": 0.3,
        "blocks.slot_hours": (3.0, 3.0, 3.0), CAP: 22.0, FLOOR: 9.0,
    }  # fmt: skip
    assert replaced(Parameters(), values) == Parameters().with_values(values)
