"""Studies that come with the model: each says what it asks and found, has a small version that runs, and can be published."""

import json

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from experiments.design import read_design
from experiments.study import studies
from experiments.sweep.finished import read_sweep
from model.parameters import ParameterError
from results.cli import status_of
from results.figures.levels import finding
from results.publish import PUBLISHED, main, publish

CAP, GAP = "platform.pay_cap_per_hour", "carriers.starting_gap_share"
STUDIES = [study for study in studies() if not study.name.startswith("report-")]  # those find what the report says
NAMES = [study.name for study in STUDIES]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Return one folder for all small versions."""
    return tmp_path_factory.mktemp("studies")


@pytest.fixture(scope="module")
def swept(home):
    """Return the folder of the small version of the study that is published."""
    folder = home / "cap-and-shortage"
    assert status_of(["sweep", "cap-and-shortage", "--smoke", "--workers", "1", "--out", str(folder)]) == 0
    return folder


def test_each_study_says_what_it_asks_and_what_it_found(capsys):
    assert status_of(["studies"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    for study in STUDIES:
        assert study.name in told
        for text in (study.about, study.question, study.finding):
            assert text
            assert " ".join(text.split()) in told
        assert study.question.count("?") <= 2
        assert " seed" in study.finding


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_of_a_study_can_be_read(name):
    whole, small = read_design(name), read_design(name, is_smoke=True)
    assert whole.number_of_runs > 5 * small.number_of_runs
    assert (small.name, small.asked) == (f"{name}-smoke", (name, "--smoke"))
    assert small.kind == whole.kind
    assert set(small.arms) == set(whole.arms)


@pytest.mark.parametrize(
    "name", [name for name in NAMES if name not in ("cap-and-shortage", "screening") and "report-" not in name]
)
def test_the_small_version_of_a_study_runs(name, home, capsys):
    assert status_of(["sweep", name, "--smoke", "--workers", "1", "--out", str(home / name)]) == 0
    assert capsys.readouterr().out.startswith(f"{read_design(name, is_smoke=True).number_of_runs} of ")


def test_the_screening_varies_every_number_that_has_a_range_and_is_not_set():
    design = read_design("screening")
    table = design.scenario.parameters.table()
    numbers = {
        name
        for name, one in table.items()
        if one.plausible and isinstance(one.value, int | float) and not isinstance(one.value, bool)
    }
    assert {factor.name for factor in design.factors} == (numbers | {"rules.minimum_wage"}) - set(design.fixed)


def test_what_is_published_is_what_the_runs_say(swept, tmp_path):
    publish("cap-and-shortage", swept, tmp_path / "out")
    runs = pd.read_parquet(swept / "runs.parquet")
    table = pd.read_csv(tmp_path / "out" / "levels.csv")
    assert len(table) == 2 * 6 * 8
    base = runs[runs["arm"] == "base"].groupby([CAP, GAP])
    shown = table[(table["arm"] == "base") & (table["measure"] == "pay_mean_per_hour_eur")].set_index([CAP, GAP])
    by_hand = base["pay_mean_per_hour_eur"].mean()
    assert shown["mean"].sort_index().to_numpy() == pytest.approx(by_hand.to_numpy(), rel=1e-8)
    half = stats.t.ppf(0.975, 1) * base["pay_mean_per_hour_eur"].std() / np.sqrt(2)
    assert (shown["high"] - shown["mean"]).sort_index().to_numpy() == pytest.approx(half.to_numpy(), abs=1e-7)  # nine digits
    page = (tmp_path / "out" / "finding.md").read_text(encoding="utf-8")
    for value in by_hand:
        assert f" {value:.2f} |" in page
    assert "gigsupply sweep cap-and-shortage --smoke\n" in page
    assert json.loads((tmp_path / "out" / "manifest.json").read_text()) == json.loads((swept / "manifest.json").read_text())
    for line in page.splitlines():
        if line.startswith("!["):
            assert (tmp_path / "out" / line.rpartition("(")[2].removesuffix(")")).is_file()


def test_what_was_published_says_what_the_study_says():
    """A finding that is rewritten is published anew."""
    pages = {page.parent.name: page for page in PUBLISHED.glob("*/finding.md")}
    assert "cap-and-shortage" in pages
    for study in STUDIES:
        if study.name in pages:
            page = pages[study.name].read_text(encoding="utf-8")
            assert f"**Asked.** {study.question}\n\n**Found.** {study.finding}\n" in page


def test_the_headline_of_levels_turns_around_with_the_runs(swept):
    """Two seeds: an interval is 12.7 standard errors to either side."""
    sweep = read_sweep(swept)
    measure = "pay_mean_per_hour_eur"

    def told(at_12, at_20):
        runs = sweep.runs.copy()
        for cap, values in (("12", at_12), ("16", at_12), ("20", at_20)):
            for seed, value in enumerate(values):
                runs.loc[(runs[CAP] == cap) & (runs["seed"] == seed), measure] = value
        return finding(sweep._replace(runs=runs), "base", measure)

    assert told((10.0, 11.0), (14.0, 15.1)) == "Pay mean per hour rises from 10.50 to 14.55 as pay cap per hour goes from 12 to 20"
    assert told((14.0, 15.1), (10.0, 11.0)) == "Pay mean per hour falls from 14.55 to 10.50 as pay cap per hour goes from 12 to 20"
    assert told((10.0, 11.0), (10.1, 10.8)).endswith("from 12 to 20: cannot be told apart")


def test_what_is_no_study_is_not_published(swept, tmp_path):
    with pytest.raises(ParameterError, match=r"^cap-and-shortag: no such study; did you mean cap-and-shortage\?"):
        publish("cap-and-shortag", swept, tmp_path / "out")
    with pytest.raises(ParameterError, match=r"holds the design cap-and-shortage-smoke; allowed: a sweep of the study entry$"):
        publish("entry", swept, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "said"), [(["entri"], "did you mean entry?"), (["entry", "nowhere"], "that gigsupply sweep wrote")]
)
def test_whoever_publishes_what_is_not_there_reads_one_line(words, said, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(words)
    assert capsys.readouterr().err.splitlines()[-1].endswith(said)
