"""What a design cannot be is said in one line: the file, the key, and what is allowed."""

import re

import pytest

from experiments.design import read_design
from model.parameters import ParameterError

CAP, FLOOR, KM = '"platform.pay_cap_per_hour"', '"platform.pay_floor_per_hour"', '"blocks.km"'
HEAD = 'scenario = "baseline"\nseeds = 2\n'


def refusal(folder, text: str) -> str:
    """Return what reading a design says, without the file's name."""
    path = folder / "mine.toml"
    path.write_text(text)
    with pytest.raises(ParameterError) as caught:
        read_design(str(path))
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message.removeprefix(f"{path}: ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("seeds = 1\n", "scenario: missing; allowed: the name of a scenario or a TOML file"),
        ("scenario = 3\nseeds = 1\n", "scenario: 3: not allowed; allowed: the name of a scenario or a TOML file"),
        ('scenario = "basline"\nseeds = 1\n', "scenario: basline: no such scenario; did you mean baseline?"),
        ('scenario = "no/where.toml"\nseeds = 1\n', "scenario: no/where.toml: no such file"),
        ('scenario = "baseline"\n', "seeds: missing; allowed: how many, from 1 to 10,000, or a list of whole numbers"),
        (HEAD + "sedes = 3\n", "sedes: unknown key; did you mean seeds?"),
        (HEAD + "[gird]\n", "gird: unknown key; did you mean grid?"),
        (HEAD + "about = 3\n", "about = 3: not allowed; allowed: text"),
        (HEAD + "days = 0\n", "days = 0: not allowed; allowed: a whole number from 1 to 36,525"),
        (HEAD + "days = true\n", "days = true: not allowed"),
        (HEAD + "days = 3.5\n", "days = 3.5: not allowed"),
        (HEAD + "finding = 3\n", "finding = 3: not allowed; allowed: text"),
        (HEAD + "smoke = 3\n", "smoke = 3: not allowed; allowed: a table [smoke]"),
        (HEAD + "[smoke]\narms = {}\n", "[smoke] arms: unknown key; "),
        (HEAD + "[smoke]\nsede = 1\n", "[smoke] sede: unknown key; did you mean seeds?"),
        (HEAD + "set = 3\n", "set = 3: not allowed; allowed: a table [set]"),
        (HEAD + f"[set]\n{KM} = -3\n", "[set] blocks.km = -3: not allowed; allowed: a number from 0 to 10000"),
        (HEAD + '[set]\n"blocks.kn" = 3\n', "[set] blocks.kn: unknown parameter; did you mean blocks.km?"),
        (HEAD + f"[set]\n{KM} = 3\nblocks.km = 4\n", "blocks.km: given twice"),
        (HEAD + "not toml", "not valid TOML: "),
    ],
)  # fmt: skip
def test_a_wrong_head_is_refused(text, message, tmp_path):
    assert refusal(tmp_path, text).startswith(message)


def test_a_small_version_that_is_wrong_or_not_there_is_refused(tmp_path):
    path = tmp_path / "mine.toml"
    for text, message in [
        ("", "[smoke]: missing; allowed: --smoke with a design that has the table"),
        ("[smoke]\nseeds = 0\n", "seeds = 0: not allowed"),
        (f"[grid]\n{KM} = [20]\n[smoke.lhs]\npoints = 3\n", "[grid] and [lhs]: two kinds of design"),
        (f"[grid]\n{KM} = [20]\n[smoke.grid]\nblocks.km = [30]\n", "blocks.km: given twice"),
    ]:
        path.write_text(HEAD + text)
        with pytest.raises(ParameterError, match=re.escape(f"{path}: {message}")):
            read_design(str(path), is_smoke=True)
        read_design(str(path))  # the whole of it can be read


@pytest.mark.parametrize(
    "seeds", ["0", "-1", "true", "2.0", '"3"', "[]", "[0, -1]", "[true]", "[1.0]", "[18446744073709551616]", "10001"]
)
def test_seeds_are_whole_numbers_and_at_least_one(seeds, tmp_path):
    assert refusal(tmp_path, f'scenario = "baseline"\nseeds = {seeds}\n').startswith("seeds = ")


def test_a_seed_given_twice_is_refused(tmp_path):
    assert refusal(tmp_path, 'scenario = "baseline"\nseeds = [3, 0, 3]\n') == "seeds = 3: given twice"
    assert refusal(tmp_path, 'scenario = "baseline"\nseeds = [0, 0]\n') == "seeds = 0: given twice"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[grid]\n", "[grid]: no factor; allowed: one or more, by dotted name"),
        (f"[grid]\n{KM} = []\n", "blocks.km = []: not allowed; allowed: a list of values"),
        (f"[grid]\n{KM} = 20\n", "blocks.km = 20: not allowed; allowed: a list of values"),
        (f"[grid]\n{KM} = [20, 30, 20.0]\n", "blocks.km = 20: given twice"),
        (f'[grid]\n{KM} = [20, "far"]\n', "blocks.km = far: not allowed; allowed: a number from 0 to 10000"),
        ('[grid]\n"cars.cost_per_km" = [0.1, 0.2]\n', "cars.cost_per_km = 0.1: not allowed; allowed: a list of numbers"),
        ('[grid]\n"blocks.kn" = [20]\n', "blocks.kn: unknown parameter; did you mean blocks.km?"),
        ('[grid]\n"population.groups" = [20]\n', "population.groups: this is a section, its parameters go below it"),
        (f"[grid]\n{KM} = [20]\nblocks.km = [30]\n", "blocks.km: given twice"),
        ("[grid]\n" + "\n".join(f'"{name}" = {list(range(1, 61))}' for name in (
            "blocks.rounds", "entry.horizon", "carriers.patience_days")), "216,000 points: too many; allowed: up to 100,000"),
        (f"[set]\n{KM} = 3\n[grid]\n{KM} = [20]\n", "blocks.km: in [set] and in [grid]; allowed: one of them"),
        (f"[grid]\n{KM} = [20]\n[lhs]\npoints = 3\n", "[grid] and [lhs]: two kinds of design; allowed: one of grid, lhs, sobol,"),
        ("grid = 3\n", "grid = 3: not allowed; allowed: a table [grid]"),
        (f"[grid]\n{FLOOR} = [8, 14]\n{CAP} = [12, 16]\n",
         "point 2: platform.pay_floor_per_hour = 14: not allowed; allowed: up to platform.pay_cap_per_hour = 12"),
        ("[star]\n", "[star]: no factor"),
        (f"[star]\n{KM} = [25]\n", "blocks.km = [25]: nothing varies; allowed: a value other than the base's"),
        ('[star]\n"platform.policy" = "plausible"\n', "platform.policy = plausible: not allowed; allowed: a list of values"),
    ],
)  # fmt: skip
def test_a_wrong_grid_or_star_is_refused(text, message, tmp_path):
    assert refusal(tmp_path, HEAD + text).startswith(message)


@pytest.mark.parametrize(
    ("factor", "message"),
    [
        (f"{KM} = [30, 30]", "blocks.km = [30, 30]: not allowed; allowed: a lower bound below the upper one"),
        (f"{KM} = [30, 20]", "blocks.km = [30, 20]: not allowed; allowed: a lower bound below the upper one"),
        (f"{KM} = [-1, 20]", "blocks.km = [-1, 20]: reaches outside what is allowed: a number from 0 to 10000"),
        (f"{KM} = [20, nan]", "blocks.km = [20, nan]: reaches outside what is allowed"),
        (f"{KM} = [true, 20]", "blocks.km = [true, 20]: not allowed; allowed: two bounds, each a number from 0 to 10000"),
        (f"{KM} = [10, 20, 30]", "blocks.km = [10, 20, 30]: not allowed; allowed: [low, high], {low = ..., high = ..., scale"),
        (f'{KM} = "likely"', "blocks.km = likely: not allowed; allowed: [low, high]"),
        (f"{KM} = {{ low = 3 }}", "blocks.km = {low = 3}: not allowed; allowed: [low, high]"),
        (f"{KM} = {{ low = 3, hihg = 4 }}", "blocks.km: hihg: unknown key; did you mean high?"),
        (f'{KM} = {{ low = 3, high = 4, scale = "logs" }}', "blocks.km: scale = logs: not allowed; allowed: linear or log"),
        (
            f'{KM} = {{ low = 0, high = 4, scale = "log" }}',
            "blocks.km = [0, 4]: not allowed on a log scale; allowed: bounds above 0",
        ),
        (
            '"blocks.rounds" = [5.5, 8]',
            "blocks.rounds = [5.5, 8]: not allowed; allowed: two bounds, each a whole number from 1 to 60",
        ),
        ('"population.unemployed" = "plausible"', "population.unemployed: has no plausible range of its own; allowed: [low, high]"),
        ('"cars.cost_per_km" = [0.1, 0.2]', "cars.cost_per_km: takes a list of numbers; allowed: in a grid, a list or a star"),
        ('"platform.policy" = ["none"]', "platform.policy = [none]: nothing varies; allowed: two values or more"),
        ('"platform.policy" = ["none", "nil"]', "platform.policy = nil: not allowed; allowed: one of none, fixed,"),
        ('"platform.policy" = ["none", "none"]', "platform.policy = none: given twice"),
        ('"platform.polcy" = ["none", "fixed"]', "platform.polcy: unknown parameter; did you mean platform.policy?"),
        (f"{KM} = [20, 30]\n[lhs.factors]\n{KM} = [20, 30]", "blocks.km: given twice"),
        ("factors = 3", "[lhs] factors = 3: not allowed; allowed: a table of names and ranges"),
        ("", "[lhs]: no factor; allowed: one or more"),
        ("sead = 3", "[lhs] sead: unknown key; did you mean seed?"),
    ],
)
def test_a_wrong_range_is_refused(factor, message, tmp_path):
    assert refusal(tmp_path, f"{HEAD}[lhs]\npoints = 4\n{factor}\n").startswith(message)


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ("[lhs]", "points: missing; allowed: a whole number from 1 to 100,000"),
        ("[lhs]\npoints = 0", "points = 0: not allowed"),
        ("[lhs]\npoints = true", "points = true: not allowed"),
        ("[lhs]\npoints = 4\nseed = -1", "seed = -1: not allowed; allowed: a whole number from 0 to"),
        ("[sobol]\npoints = 12", "[sobol] points = 12: not allowed; allowed: a power of two"),
        ("[sobol]\npoints = 65536\narrangement = 'saltelli'", "196,608 points: too many; allowed: up to 100,000"),
        ("[sobol]\npoints = 8\narrangement = 'sobol'", '[sobol] arrangement = sobol: not allowed; allowed: "saltelli", or none'),
        ("[morris]", "trajectories: missing; allowed: a whole number from 2"),
        ("[morris]\ntrajectories = 1", "trajectories = 1: not allowed"),
        ("[morris]\ntrajectories = 3\nlevels = 5", "[morris] levels = 5: not allowed; allowed: an even number"),
    ],
)
def test_a_wrong_sample_is_refused(section, message, tmp_path):
    assert refusal(tmp_path, f"{HEAD}{section}\n{KM} = [20, 30]\n").startswith(message)


def test_bounds_that_only_some_points_break_together_are_found(tmp_path):
    said = refusal(tmp_path, f"{HEAD}[lhs]\npoints = 40\n{FLOOR} = [8, 14]\n{CAP} = [12, 16]\n")
    assert said.startswith("point ")
    assert "allowed: up to platform.pay_cap_per_hour = " in said


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (None, "nowhere.csv: cannot be read: No such file or directory"),
        ("", "rows.csv: no row; allowed: a header of parameters, and a row per point"),
        ("blocks.km\n", "rows.csv: no row"),
        ("blocks.kn\n20\n", "rows.csv: blocks.kn: unknown parameter; did you mean blocks.km?"),
        ("blocks.km,blocks.rounds\n20,5\n30\n", "rows.csv: line 3: 1 cells; allowed: 2, as in the header"),
        ("blocks.km,blocks.km\n20,5\n", "rows.csv: line 2: blocks.km: given twice"),
        ("blocks.km\n20\nfar\n", "rows.csv: line 3: blocks.km = far: not allowed; allowed: a number from 0 to 10000"),
        ("blocks.km,blocks.rounds\n,5\n", "rows.csv: line 2: blocks.km = : not allowed"),
        ("blocks.km\n20\n20.0\n", "rows.csv: row = [20]: given twice"),
        ('blocks.km\n"20"0\n', "rows.csv: not a CSV file in UTF-8"),
    ],
)
def test_wrong_rows_are_refused(rows, message, tmp_path):
    (tmp_path / "rows.csv").write_text(rows or "")
    file = "rows.csv" if rows is not None else "nowhere.csv"
    assert refusal(tmp_path, f'{HEAD}[list]\nfile = "{file}"\n').startswith(message)


def test_a_list_names_a_file_and_nothing_else(tmp_path):
    assert refusal(tmp_path, f"{HEAD}[list]\n").startswith("[list] file = none: not allowed; allowed: the path of a CSV file")
    assert refusal(tmp_path, f"{HEAD}[list]\nflie = 3\n") == "[list] flie: unknown key; did you mean file?"


@pytest.mark.parametrize(
    ("arms", "message"),
    [
        ("low = {}", "low: no parameter differs from base; allowed: arms that differ"),
        ('low = { "blocks.km" = 25 }', "low: no parameter differs from base"),
        ('base = { "blocks.km" = 20 }', "base: changes blocks.km; allowed: no change, or another name for the arm"),
        ("low = 3", "low = 3: not allowed; allowed: a table of parameters"),
        ('low = { "blocks.kn" = 3 }', "blocks.kn: unknown parameter; did you mean blocks.km?"),
        ('low = { "blocks.km" = -3 }', "blocks.km = -3: not allowed; allowed: a number from 0 to 10000"),
        ('"" = { "blocks.km" = 20 }', "'': not allowed; allowed: a name of printable characters"),
        ('"a\\nb" = { "blocks.km" = 20 }', "'a\\nb': not allowed"),
        ('a = { "blocks.km" = 20 }\nb = { "blocks.km" = 20.0 }', "a and b: change the same; allowed: arms that differ"),
    ],
)
def test_wrong_arms_are_refused(arms, message, tmp_path):
    assert refusal(tmp_path, f"{HEAD}[arms]\n{arms}\n").startswith(f"[arms] {message}")


def test_an_arm_may_not_change_a_factor(tmp_path):
    said = refusal(tmp_path, f"{HEAD}[grid]\n{KM} = [20, 30]\n[arms]\nlow = {{ {KM} = 10 }}\n")
    assert said == "blocks.km: in [grid] and in the arm low; allowed: one of them"


def test_points_are_tried_in_every_arm(tmp_path):
    said = refusal(tmp_path, f"{HEAD}[grid]\n{CAP} = [16, 12]\n[arms]\nfair = {{ {FLOOR} = 14 }}\n")
    assert said.startswith("point 1, arm fair: platform.pay_floor_per_hour = 14: not allowed; allowed: up to platform.pay_cap")


def test_a_design_that_is_nowhere_is_refused_by_name():
    with pytest.raises(ParameterError, match=r"^no/where\.toml: no such file; allowed: the name of a design or a TOML file$"):
        read_design("no/where.toml")
