"""Sensitivity of known functions: indices, effects and luck as the closed forms have them."""

import re
import sys
from io import StringIO
from math import nan, sqrt

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from rich.console import Console

from experiments.design import read_design
from experiments.paired import difference
from experiments.sensitivity.indices import Influence, Sensitivity, analyse, check_can_be_analysed
from experiments.sensitivity.noise import Noise
from experiments.sensitivity.table import report
from model.parameters import ParameterError
from results.figures.sensitivity import finding, picture
from results.theme import FILE, PAGE, PHONE
from tests.known_functions import HOURS, ISHIGAMI, KM, RANGES, RATE, WAGE, ishigami, reservation_pay, shares_of_the_reservation_pay


@pytest.fixture
def design(tmp_path):
    """Return a reader of designs from the text of a section, over the first so many of the four factors."""

    def read(section: str, factors: int = 4, seeds: int = 1, more: str = ""):
        lines = [f'"{name}" = [{low}, {high}]' for name, (low, high) in list(RANGES.items())[:factors]]
        path = tmp_path / "study.toml"
        path.write_text("\n".join([f'scenario = "baseline"\nseeds = {seeds}', section, *lines, more]))
        return read_design(str(path))

    return read


def runs_of(design, response) -> pd.DataFrame:
    """Return the table of runs of a model that is a function of the point's values and the seed."""
    names = [factor.name for factor in design.factors]
    return pd.DataFrame(
        [
            {"arm": run.arm, "seed": run.seed} | {name: run.values[name] for name in names} | {"y": response(run.values, run.seed)}
            for run in design.runs
        ]
    )


def statistics(found: Sensitivity, arm: str = "base") -> dict[tuple[str, str], Influence]:
    return {(one.factor, one.statistic): one for one in found.of(arm, "y")}


# --- Sobol' indices ---


def test_sobol_indices_of_ishigamis_function(design):
    pytest.importorskip("SALib")
    study = design('[sobol]\npoints = 1024\narrangement = "saltelli"', 3)
    found = statistics(analyse(study, runs_of(study, ishigami)))
    for name, (first, total) in ISHIGAMI.items():
        assert found[name, "first"].low <= first <= found[name, "first"].high
        assert found[name, "total"].low <= total <= found[name, "total"].high
        assert found[name, "total"].cases == 1024
        assert found[name, "total"].high - found[name, "total"].low < 0.2  # an interval that says something


def test_sobol_indices_of_the_reservation_pay(design):
    pytest.importorskip("SALib")
    study = design('[sobol]\npoints = 512\narrangement = "saltelli"')
    found = statistics(analyse(study, runs_of(study, reservation_pay)))
    for name, (first, total) in shares_of_the_reservation_pay().items():
        assert found[name, "first"].low <= first <= found[name, "first"].high
        assert found[name, "total"].low <= total <= found[name, "total"].high


def test_indices_are_those_of_the_mean_over_seeds(design):
    pytest.importorskip("SALib")
    study = design('[sobol]\npoints = 16\narrangement = "saltelli"', seeds=2)
    luck = runs_of(study, lambda values, seed: reservation_pay(values) + (5.0 if seed else -5.0))
    calm = runs_of(study, reservation_pay)
    for one, other in zip(analyse(study, luck).influences, analyse(study, calm).influences, strict=True):
        assert one[:5] == other[:5]
        assert one[5:8] == pytest.approx(other[5:8], rel=1e-9, abs=1e-9)


def test_without_salib_indices_are_refused_in_one_line(design, monkeypatch):
    monkeypatch.setitem(sys.modules, "SALib", None)
    with pytest.raises(ParameterError, match=r"^study: Sobol' indices need SALib, .* pip install -e '\.\[sensitivity\]'$"):
        check_can_be_analysed(design('[sobol]\npoints = 16\narrangement = "saltelli"'))
    check_can_be_analysed(design("[morris]\ntrajectories = 4"))


# --- Morris ---


def test_effects_of_a_plane_are_its_slopes_times_the_ranges(design):
    study = design("[morris]\ntrajectories = 5")
    slopes = {KM: 2.0, RATE: -30.0, HOURS: 0.0, WAGE: 1.5}

    def plane(values, seed):
        return sum(slopes[name] * value for name, value in values.items())

    found = statistics(analyse(study, runs_of(study, plane)))
    for name, (low, high) in RANGES.items():
        effect = slopes[name] * (high - low)
        for end in ("value", "low", "high"):
            assert getattr(found[name, "mu"], end) == pytest.approx(effect, rel=1e-9, abs=1e-9)
            assert getattr(found[name, "mu_star"], end) == pytest.approx(abs(effect), rel=1e-9, abs=1e-9)
            assert getattr(found[name, "sigma"], end) == pytest.approx(0.0, abs=1e-9)


def test_effects_of_the_reservation_pay_are_those_at_the_partners_levels(design):
    """The effect of km is c times its range; c stands at one of the four levels, so mu and sigma are those of its levels."""
    study = design("[morris]\ntrajectories = 400")
    found = statistics(analyse(study, runs_of(study, reservation_pay)))
    low, high = RANGES[RATE]
    levels = np.linspace(low, high, 4) * (RANGES[KM][1] - RANGES[KM][0])
    mu, sigma = found[KM, "mu"], found[KM, "sigma"]
    assert abs(mu.value - levels.mean()) < 4.0 * levels.std() / sqrt(400)
    kurtosis = ((levels - levels.mean()) ** 4).mean() / levels.std() ** 4
    assert abs(sigma.value - levels.std()) < 4.0 * levels.std() * sqrt((kurtosis - 1.0) / 400) / 2.0
    assert mu.low < levels.mean() < mu.high
    assert found[KM, "mu_star"].value == pytest.approx(mu.value, rel=1e-12)


def test_morris_statistics_are_salibs(design):
    analyze = pytest.importorskip("SALib.analyze.morris").analyze
    study = design("[morris]\ntrajectories = 20", 3)
    runs = runs_of(study, ishigami)
    found = statistics(analyse(study, runs))
    problem = {"num_vars": 3, "names": list("abc"), "bounds": [[0.0, 1.0]] * 3}
    expected = analyze(problem, np.array(study.unit), runs["y"].to_numpy(), num_levels=4)
    for k, name in enumerate(list(RANGES)[:3]):
        for statistic in ("mu", "mu_star", "sigma"):
            assert found[name, statistic].value == pytest.approx(expected[statistic][k], rel=1e-9, abs=1e-9)


# --- stars ---


STAR = (
    f'[star]\n"{KM}" = [20, 40]\n"platform.policy" = ["none"]\n"rules.minimum_wage" = [8.84]\n"blocks.slot_hours" = [[3, 3, 3]]\n'
)


def test_effects_of_a_star_are_paired_by_seed(design, tmp_path):
    study = design(STAR, 0, seeds=5)
    luck = np.random.default_rng(6).normal(size=(len(study.points), 5))

    def response(values, seed):
        own = next(point.number for point in study.points if point.values == values)
        return values[KM] + 100.0 * seed + luck[own, seed]

    runs_of(study, response).to_parquet(tmp_path / "runs.parquet")
    found = analyse(study, pd.read_parquet(tmp_path / "runs.parquet"))
    effects = {(one.factor, one.setting): one for one in found.of("base", "y")}
    assert list(effects) == [(KM, "20"), (KM, "40"), ("platform.policy", "none"), ("rules.minimum_wage", "8.84"),
                             ("blocks.slot_hours", "[3, 3, 3]")]  # fmt: skip
    for (name, _), number in zip(effects, range(1, 6), strict=True):
        step = study.points[number].values[KM] - 25.0
        expected = difference("a", "b", "y", luck[0].tolist(), (luck[number] + step).tolist())
        one = effects[name, _]
        assert (one.value, one.low, one.high) == pytest.approx((expected.mean, expected.t_low, expected.t_high), rel=1e-9)
        assert one.cases == 5


# --- runs and points ---


def test_rows_may_stand_in_any_order_and_runs_may_be_missing(design):
    study = design("[morris]\ntrajectories = 6", seeds=2)
    runs = runs_of(study, lambda values, seed: reservation_pay(values) + seed)
    shuffled = runs.sample(frac=1.0, random_state=1)
    assert analyse(study, shuffled) == analyse(study, runs)
    without_a_point = analyse(study, runs.iloc[2:])  # both seeds of the first trajectory's first point
    assert without_a_point.missing == 2
    assert {one.cases for one in without_a_point.influences} == {5}
    assert analyse(study, runs).missing == 0


@pytest.mark.parametrize(("rows", "notes"), [(32, 1), (64, 0)])
def test_few_base_rows_are_noted(rows, notes, design):
    study = design(f'[sobol]\npoints = {rows}\narrangement = "saltelli"')
    found = Sensitivity(study, (), (), 0)
    assert len(found.notes) == notes
    assert all(note.startswith("32 base rows: too few for the bootstrap") for note in found.notes)
    assert Sensitivity(design("[morris]\ntrajectories = 2"), (), (), 3).notes == (
        ["3 of 10 runs are missing; what rests on them is left out"]
    )


def test_arms_are_analysed_apart(design):
    study = design("[morris]\ntrajectories = 3", more='[arms]\nfar = { "blocks.rounds" = 20 }')

    def steeper_in_one_arm(values, seed):
        return values[KM] * (3.0 if "blocks.rounds" in values else 1.0)

    found = analyse(study, runs_of(study, steeper_in_one_arm))
    mu = [statistics(found, arm)[KM, "mu"].value for arm in ("base", "far")]
    assert mu == pytest.approx([40.0, 120.0], rel=1e-9)


def always_one(values, seed):
    return 1.0


def never_known(values, seed):
    return nan


def way_and_luck(values, seed):
    return values[KM] + seed


@pytest.mark.parametrize("section", ["[morris]\ntrajectories = 3", '[sobol]\npoints = 4\narrangement = "saltelli"', STAR])
@pytest.mark.parametrize("response", [always_one, never_known, way_and_luck])
def test_every_kind_is_drawn_and_told_whatever_is_known(section, response, design):
    if "saltelli" in section:
        pytest.importorskip("SALib")
    study = design(section, 0 if section == STAR else 4, seeds=2)
    found = analyse(study, runs_of(study, response))
    shown = picture(found, "base", ["y"])
    for look in (FILE, PAGE, PHONE):
        assert isinstance(shown.draw(look), Figure)
    assert "nan" not in shown.alternative
    assert any("luck" in str(line) for line in report(found, ["y"]))


@pytest.mark.parametrize(
    ("sizes", "title"),
    [
        ({KM: (5.0, 4.0, 6.0), RATE: (2.0, 1.0, 3.0)}, "Blocks km matters most for welfare"),
        ({KM: (5.0, 2.0, 8.0), RATE: (4.0, 1.0, 7.0)}, "Blocks km and deductible per km matter most for welfare"),
        ({KM: (5.0, 2.0, 8.0), RATE: (4.0, 1.0, 7.0), HOURS: (3.0, 1.0, 5.0)},
         "Blocks km matters for welfare; 2 others may matter as much"),
        ({KM: (5.0, -1.0, 8.0), RATE: (4.0, -1.0, 7.0)}, "No factor's effect on welfare can be told from nothing"),
        ({KM: (5.0, nan, nan), RATE: (4.0, nan, nan)}, "No interval says what welfare depends on"),
    ],
)  # fmt: skip
def test_the_headline_says_what_the_intervals_allow(sizes, title, design):
    study = design("[morris]\ntrajectories = 2", len(sizes))
    ones = tuple(Influence("base", "welfare_total_eur", name, "", "mu_star", *ends, 9) for name, ends in sizes.items())
    assert finding(Sensitivity(study, ones, (), 0), "base", "welfare_total_eur") == title


@pytest.mark.parametrize("are_long", [False, True])
def test_the_terminal_has_the_twenty_largest_in_full_and_counts_the_others(are_long, tmp_path):
    """Whatever their names, no number is cut off: that could be read as another one."""
    path = tmp_path / "many.toml"
    fixed = '[set]\n"entry.delay_shortest" = 7\n"entry.delay_longest" = 10\n'
    path.write_text(f'scenario = "baseline"\nseeds = 1\n{fixed}[morris]\ntrajectories = 2\nfactors = "plausible"\n')
    study = read_design(str(path))
    names = sorted((factor.name for factor in study.factors), key=len, reverse=not are_long)
    ones = [
        Influence("base", "welfare_total_eur", name, "", statistic, 1e6 * k, -5e8, 5e8, 2)
        for k, name in enumerate(names)
        for statistic in ("mu_star", "mu", "sigma")
    ]
    luck = Noise("base", "welfare_total_eur", nan, nan, nan, 2, 1)
    target = StringIO()
    Console(width=140, file=target).print(*report(Sensitivity(study, tuple(ones), (luck,), 0), ["welfare_total_eur"]), sep="\n")
    told = target.getvalue()
    assert f"and {len(names) - 20} of less, in influences.parquet" in told
    assert told.count("−500.000 … +500.000") == 20
    assert not re.search(r"[\d.]…", told)
    if not are_long:
        assert all(f"{name} " in told for name in names[-20:])
