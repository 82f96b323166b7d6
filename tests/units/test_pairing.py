"""What pairing is worth: by hand, and from the folder of a small comparison as the documentation's table is."""

from math import sqrt

import pandas as pd
import pytest

from experiments.compare.arms import read_arms
from experiments.compare.pairing import MEASURES, as_markdown, asked, main, pairings
from experiments.compare.scenarios import compare, files_of

SMALL = ["population.drivers=300", "scenario.end_date=2017-11-30"]
CAPS = ["berlin-christmas-2017", "berlin-christmas-2017+platform.pay_cap_per_hour=17"]


def test_variances_of_three_seeds_by_hand():
    """A: 1, 3, 5 and B: 2, 3, 7. s_A² = 4, s_B² = 7, covariance 5, so s_D² = 4 + 7 − 2·5 = 1."""
    runs = pd.DataFrame({"arm": ["z"] * 3 + ["b"] * 3, "seed": [0, 1, 2] * 2, "m": [1.0, 3.0, 5.0, 2.0, 3.0, 7.0]})
    (one,) = pairings(runs, ["m"])
    assert (one.measure, one.seeds) == ("m", 3)
    assert one.mean == pytest.approx(1.0, rel=1e-12)
    assert (one.sd_unpaired, one.sd_paired) == pytest.approx((sqrt(11.0), 1.0), rel=1e-12)
    assert one.variance_ratio == pytest.approx(11.0, rel=1e-12)
    assert one.correlation == pytest.approx(5.0 / sqrt(4.0 * 7.0), rel=1e-12)


def test_the_table_of_a_folder_is_that_of_its_differences(tmp_path, capsys):
    """Variance without pairing over variance with it is `unpaired` seeds over seeds, another route to the same number."""
    comparison = compare(read_arms(CAPS, SMALL), seeds=3, workers=1)
    for name, content in files_of(comparison, {}).items():
        (tmp_path / name).write_bytes(content)
    main(tmp_path)
    told, found = capsys.readouterr().out, pairings(comparison.runs)
    assert told == f"{as_markdown(found)}\n"
    assert len(told.splitlines()) == 2 + len(MEASURES)
    by_measure = {one.measure: one for one in comparison.differences}
    assert any(one.sd_paired > 0.0 for one in found)
    for one in found:
        known = by_measure[one.measure]
        assert (one.mean, one.sd_paired) == pytest.approx((known.mean, known.sd), rel=1e-9)
        if one.sd_paired > 0.0:
            assert one.variance_ratio == pytest.approx(known.unpaired_seeds / known.pairs, rel=1e-9)


def test_a_folder_without_runs_is_refused_in_a_line(tmp_path, capsys):
    with pytest.raises(SystemExit, match="2"):
        asked([str(tmp_path)])
    assert (
        capsys.readouterr()
        .err.splitlines()[-1]
        .endswith(f"{tmp_path}: has no runs.parquet; allowed: a folder that gigsupply compare wrote")
    )
