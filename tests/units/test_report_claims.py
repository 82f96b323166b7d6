"""Claims follow from results: made-up ones turn each finding around, and sentence, table and figure follow."""

import math
import re

import pytest

from experiments.design import read_design
from results.report.chapters import CHAPTERS, coverage, evidence, floor, gains, left, mileage, sensitivity, wages
from results.report.document import as_data, document
from results.report.readings import NotRunError, Readings, Where, crossing, price_of
from results.report.said import HOLDS, NOT_RUN, OPEN, TURNED, told
from results.report.traced import MILLIONS, PERCENT, SHARE, Number, Source
from tests.made_up_results import DESIGNS, made_up, readings

CAP = "platform.pay_cap_per_hour"
SOURCE = Source("study", "measure", "all")


def by(**values):
    """Return made-up values: by measure, a number or a function of the run; a bit of luck is added to each."""
    told = {name.replace("__", "."): value for name, value in values.items()}

    def value(measure, run):
        if measure not in told:
            return None
        found = told[measure](run) if callable(told[measure]) else told[measure]
        return found * (1.0 + 0.001 * (run.seed % 3))

    return value


def in_arm(arm, inside, outside):
    return lambda run: inside if run.arm == arm else outside


def at_level(name, level, there, elsewhere):
    return lambda run: there if run.values.get(name) == level else elsewhere


HIGH_FLOOR = ("platform.pay_floor_per_hour", 17.5)


def floor_values(free, capped):
    """A week's surplus late, by rule of entry, under the higher floor; 1 under the lower one. Early it doubles."""
    return {
        "surplus_per_registered_week_eur__early": at_level(*HIGH_FLOOR, 2.0, 1.0),
        "surplus_per_registered_week_eur__late": lambda run: (
            1.0 if run.values[HIGH_FLOOR[0]] != HIGH_FLOOR[1] else capped if run.arm == "capped" else free
        ),
    }


TURNS = {  # claim: its chapter and study, values under which it holds, and under which the opposite does
    "filled": (coverage, {"blocks_filled_share": 0.95}, {"blocks_filled_share": 0.4}),
    "price": (coverage, {"blocks_filled_share": 0.95}, {"blocks_filled_share": 0.4}),
    "weakly": (coverage, {"blocks_filled_share": 0.9}, {"blocks_filled_share": at_level(CAP, 20.0, 0.9, 0.5)}),
    "shortage": (
        coverage,
        {"parcels_late_share": lambda run: run.values["carriers.starting_gap_share"]},
        {"parcels_late_share": lambda run: 0.5 - run.values["carriers.starting_gap_share"]},
    ),
    "kept": (left, {"net_pay_per_hour_eur": 6.0}, {"net_pay_per_hour_eur": 12.0}),
    "below": (left, {"share_of_blocks_below_minimum_wage": 0.8}, {"share_of_blocks_below_minimum_wage": 0.2}),
    "who": (
        left,
        {"net_pay_per_hour_eur__group__student": 9.0, "net_pay_per_hour_eur__group__alg2": 0.5},
        {"net_pay_per_hour_eur__group__student": 1.05},
    ),
    "fuel": (
        left,
        {"net_pay_per_hour_eur": in_arm("fuel-of-2022", 5.0, 6.0)},
        {"net_pay_per_hour_eur": in_arm("fuel-of-2022", 7.0, 6.0)},
    ),
    "higher_cap": (
        left,
        {"net_pay_per_hour_eur": in_arm("cap-25", 6.1, 6.0)},
        {"net_pay_per_hour_eur": in_arm("cap-25", 9.0, 6.0)},
    ),
    "fades": (floor, floor_values(1.2, 1.2), floor_values(3.0, 3.0)),
    "lasts": (floor, floor_values(1.1, 1.8), floor_values(1.8, 1.1)),
    "paid_by": (
        floor,
        {"platform_surplus_total_eur": at_level(*HIGH_FLOOR, 1e5, 5e5)},
        {"platform_surplus_total_eur": at_level(*HIGH_FLOOR, 5e5, 1e5)},
    ),
    "passed_through": (
        mileage,
        {"pay_per_driven_block_eur": in_arm("allowance-20", 50.0, 60.0)},
        {"pay_per_driven_block_eur": in_arm("allowance-20", 70.0, 60.0)},
    ),
    "mileage_paid_by": (
        mileage,
        {"driver_surplus_total_eur": in_arm("allowance-20", 2e5, 1e5)},
        {"driver_surplus_total_eur": in_arm("allowance-20", 1e5, 2e5)},
    ),
    "deduction": (
        mileage,
        {"net_pay_per_hour_eur": in_arm("no-deduction", 5.0, 6.0)},
        {"net_pay_per_hour_eur": in_arm("no-deduction", 7.0, 6.0)},
    ),
    "vacancy_or_block": (
        wages,
        {"courier_cost_total_eur": in_arm("wages-10", 2e6, 1e6), "courier_days": in_arm("wages-10", 1100.0, 1000.0),
         "platform_fees_total_eur": in_arm("platform", 8e4, 0.0), "blocks_driven": in_arm("platform", 1e3, 0.0)},
        {"courier_cost_total_eur": in_arm("wages-10", 1.001e6, 1e6), "courier_days": in_arm("wages-10", 2000.0, 1000.0),
         "platform_fees_total_eur": in_arm("platform", 8e4, 0.0), "blocks_driven": in_arm("platform", 1e3, 0.0)},
    ),
    "spared": (
        wages,
        {"parcels_late": lambda run: 1e5 if run.arm == "base" else 5e4,
         "carrier_surplus_total_eur": lambda run: {"base": 1e7, "platform": 9.9e6}.get(run.arm, 5e6)},
        {"parcels_late": lambda run: 1e5 if run.arm == "base" else 5e4,
         "carrier_surplus_total_eur": lambda run: {"base": 1e7, "platform": 5e6}.get(run.arm, 9.9e6)},
    ),
    "who_gains": (
        gains,
        {"recipient_surplus_total_eur": in_arm("platform", 5e6, 1e6), "platform_surplus_total_eur": in_arm("platform", 3e5, 0.0),
         "driver_surplus_total_eur": in_arm("platform", -1e4, 0.0)},
        {"driver_surplus_total_eur": in_arm("platform", 1e5, 0.0)},
    ),
    "welfare": (
        gains,
        {"welfare_total_eur": in_arm("platform", 2e6, 1e6), "welfare_at_low_lateness_total_eur": in_arm("platform", 2e6, 1e6)},
        {"welfare_total_eur": in_arm("platform", 1e6, 2e6)},
    ),
    "drivers_by_group": (
        gains,
        {"driver_surplus_total_eur__group__full_time": in_arm("platform", -1e5, 0.0)},
        {"driver_surplus_total_eur__group__student": in_arm("platform", 1e5, 0.0)},
    ),
    "depends": (
        sensitivity,
        {"driver_surplus_total_eur": in_arm("alone", 0.0, 1e5)},
        {"driver_surplus_total_eur": lambda run: 0.0 if run.arm == "alone" else -1e5 if run.values["blocks.km"] == 60 else 1e5},
    ),
    "welfare_depends": (
        sensitivity,
        {"welfare_total_eur": in_arm("alone", 0.0, 1e6)},
        {"welfare_total_eur": lambda run: 0.0 if run.arm == "alone" else -1e6 if run.values["blocks.km"] == 60 else 1e6},
    ),
}  # fmt: skip
STUDY_OF = {gains: wages.STUDY}


def said(tmp_path, chapter, values, name):
    study = STUDY_OF.get(chapter) or chapter.STUDY
    found = readings(tmp_path, by(**values), (study,), seeds=(0, 1, 2, 3))
    return told(chapter.CLAIMS, found)[name]


def test_every_claim_is_turned_around_by_a_test():
    claims = {name for chapter in CHAPTERS.values() for name in chapter.CLAIMS}
    assert claims == {*TURNS, "agreement"}


@pytest.mark.parametrize("name", TURNS)
def test_a_claim_turns_around_with_its_results(name, tmp_path):
    chapter, holds, turned = TURNS[name]
    one, other = said(tmp_path / "holds", chapter, holds, name), said(tmp_path / "turned", chapter, turned, name)
    assert (one.verdict, other.verdict) == (HOLDS, TURNED)
    assert one.text != other.text
    assert one.test
    assert not re.search(r"[{}]|nan", one.text + other.text)


def test_what_cannot_be_told_from_luck_is_called_that(tmp_path):
    def lucky(measure, run):
        return 0.8 + (0.1 if run.seed % 2 else -0.1) if measure == "blocks_filled_share" else None

    one = told(coverage.CLAIMS, readings(tmp_path, lucky, (coverage.STUDY,), seeds=(0, 1, 2, 3)))["filled"]
    assert one.verdict == OPEN
    assert "cannot be told" in one.text


def test_agreement_follows_the_rows_that_pass(tmp_path):
    few = {"pay_mean_per_hour_eur__late": 17.0, "drivers_in_short_weeks_share": 0.6}
    one = told(evidence.CLAIMS, readings(tmp_path / "a", by(**few), (evidence.STUDY,), seeds=(0, 1)))["agreement"]
    none = {"pay_mean_per_hour_eur__late": 30.0, "drivers_in_short_weeks_share": 1.0}
    other = told(evidence.CLAIMS, readings(tmp_path / "b", by(**none), (evidence.STUDY,), seeds=(0, 1)))["agreement"]
    assert (one.verdict, other.verdict) == (HOLDS, TURNED)


def test_rows_of_evidence_that_fail_come_first(tmp_path):
    found = readings(
        tmp_path, by(pay_mean_per_hour_eur__late=30.0, drivers_in_short_weeks_share=0.6), (evidence.STUDY,), seeds=(0, 1)
    )
    verdicts = [one.verdict for one in evidence.verdicts(found)]
    assert verdicts == sorted(verdicts, key=evidence.ORDER.index)
    assert len(verdicts) == 25
    assert {one.number: one.verdict for one in evidence.verdicts(found)}[1] == evidence.FAIL
    assert all(one.reason for one in evidence.verdicts(found) if one.verdict in (evidence.FAIL, evidence.SILENT))


def test_sentence_table_and_figure_follow_together(tmp_path):
    for share, name in ((0.95, "one"), (0.4, "other")):
        found = readings(tmp_path / name, by(blocks_filled_share=share), (coverage.STUDY,), seeds=(0, 1, 2))
        (table,), (figure,) = coverage.tables(found), coverage.figures(found)
        expected = f"{100 * share * 1.001:.1f}"
        assert expected in told(coverage.CLAIMS, found)["filled"].text
        assert expected in {number.bare for _, _, number in table.data}
        assert expected in figure.picture.headline.title
        assert expected in {number.bare for _, _, number in figure.data}
        assert expected in figure.picture.alternative


def test_rows_stand_in_the_order_told(tmp_path):
    (table,) = floor.tables(readings(tmp_path, names=(floor.STUDY,)))
    labels = ["Pay per block hour", *floor.MEASURES.values()]
    assert [row.label for row in table.rows] == [floor.PERIODS["early"], *labels, floor.PERIODS["late"], *labels]


def test_a_screening_that_was_run_is_shown_the_largest_first(tmp_path, monkeypatch):
    monkeypatch.setattr(sensitivity, "read_design", lambda name: read_design(name, is_smoke=True))

    def by_distance(measure, run):
        return 0.01 * run.values["blocks.km"] if measure == "blocks_filled_share" else None

    found = readings(tmp_path, by_distance, (sensitivity.SCREENING,), seeds=(0,))
    table = sensitivity.screening(found)
    head, first, second = table.rows[:3]
    assert head.is_head
    assert first.label == "blocks.km"
    assert first.cells[0].value == pytest.approx(0.45)  # from 15 to 60 km
    assert second.cells[0].value == pytest.approx(0.0)


def test_without_its_study_a_claim_says_nothing(tmp_path):
    found = readings(tmp_path, names=(coverage.STUDY,))
    assert {one.verdict for one in told(left.CLAIMS, found).values()} == {NOT_RUN}
    with pytest.raises(NotRunError, match=left.STUDY):
        found.level(left.STUDY, left.NET)


def test_one_seed_has_no_interval(tmp_path):
    found = readings(tmp_path, by(blocks_filled_share=0.95), (coverage.STUDY,), seeds=(0,))
    one = told(coverage.CLAIMS, found)["filled"]
    assert one.verdict == HOLDS
    assert "95.0" in one.text
    assert "(" not in one.text


def test_what_some_runs_lack_is_left_out_counted_and_named(tmp_path):
    def lacks(measure, run):
        return math.nan if measure == "blocks_filled_share" and run.seed == 1 else None

    found = readings(tmp_path, lacks, (coverage.STUDY,), seeds=(0, 1, 2))
    number = found.level(coverage.STUDY, "blocks_filled_share", Where(at=coverage.default(found)))
    assert (number.seeds, number.missing) == (2, 1)
    assert number.value == pytest.approx(0.5 * (1.0 + 0.02 / 2))
    data = as_data(document(found), {"tables": {}, "notes": []})
    assert any("blocks_filled_share has no value in 1 of 3 runs" in line for line in data["lacking"])


def test_what_no_run_has_is_said_to_be_unknown(tmp_path):
    found = readings(tmp_path, by(blocks_filled_share=math.nan), (coverage.STUDY,))
    assert told(coverage.CLAIMS, found)["filled"].verdict == NOT_RUN


def test_changes_are_paired_and_intervals_are_students(tmp_path):
    found = readings(
        tmp_path,
        by(net_pay_per_hour_eur=lambda run: run.seed + (1.5 if run.arm == "cap-25" else 0.0)),
        (left.STUDY,),
        seeds=(0, 3, 6),
    )
    change = found.change(left.STUDY, left.NET, Where("cap-25"))
    assert change.value == pytest.approx(1.5)
    assert change.low == pytest.approx(1.5)
    level = found.level(left.STUDY, left.NET)
    assert level.value == pytest.approx(3.0)
    assert level.high - level.value == pytest.approx(4.302652729749464 * 3.0 / math.sqrt(3))  # t quantile at two degrees of freedom


def test_a_quotient_is_that_of_the_means(tmp_path):
    values = {"courier_cost_total_eur": in_arm("wages-10", 300.0, 100.0), "courier_days": in_arm("wages-10", 12.0, 2.0)}
    found = readings(tmp_path, by(**values), (wages.STUDY,), seeds=(0, 1, 2))
    number = wages.vacancy(found, "wages-10")
    assert number.value == pytest.approx(20.0)
    assert number.low <= number.value <= number.high


def test_a_price_is_read_between_the_caps_tried(tmp_path):
    rising = {12.0: 0.5, 16.0: 0.8, 20.0: 1.0}
    found = readings(tmp_path, by(blocks_filled_share=lambda run: rising[run.values[CAP]]), (coverage.STUDY,), seeds=(0,))
    number = price_of(found, coverage.STUDY, coverage.FILLED, 0.9, CAP, {coverage.GAP: 0.06})
    assert number.value == pytest.approx(18.0)
    assert crossing((1.0, 2.0), (0.9, 1.0), 0.5) == 1.0
    assert math.isnan(crossing((1.0, 2.0), (0.1, 0.2), 0.5))


def test_words_of_arms_are_those_of_the_designs():
    arms = read_design(mileage.STUDY).arms
    for arm, label in mileage.ARMS.items():
        (value, *_) = arms[arm].values()
        assert label == "no deduction" if value == 0.0 else f"{value:.2f}" in label
    for arm, change in read_design(wages.STUDY).arms.items():
        if arm.startswith("wages"):
            assert wages.ARMS[arm] == f"wages +{100 * (change['carriers.wage_factor'] - 1):.0f} %"
    assert {left.DEARER, left.HIGHER} <= set(read_design(left.STUDY).arms)
    base = read_design(evidence.STUDY)
    assert base.arms["pool-of-100000"]["population.drivers"] == 5 * base.scenario.parameters.population.drivers


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Number(0.12345, 0.1, 0.2, SHARE, False, 9, 0, SOURCE), "12.3 % (10.0 to 20.0)"),
        (Number(-0.01, -0.02, 0.0, SHARE, True, 9, 0, SOURCE), "−1.0 points (−2.0 to 0.0)"),
        (Number(2.5e6, 1e6, 4e6, MILLIONS, True, 9, 0, SOURCE), "+2.50 million EUR (+1.00 to +4.00)"),
        (Number(-12e3, -2e4, -4e3, MILLIONS, True, 9, 0, SOURCE), "−0.012 million EUR (−0.020 to −0.004)"),
        (Number(0.1, -0.2, 0.3, MILLIONS, True, 9, 0, SOURCE), "0 million EUR"),
        (Number(8.0, math.nan, math.nan, PERCENT, True, 1, 0, SOURCE), "+8.0 %"),
        (Number(math.nan, math.nan, math.nan, SHARE, False, 0, 3, SOURCE), "–"),
    ],
)
def test_numbers_are_written_with_unit_and_interval(number, text):
    from results.report.said import in_form

    assert in_form(number, "").replace("\N{NO-BREAK SPACE}", " ") == text


def test_every_number_shown_has_a_row_that_names_its_study(tmp_path):
    found = readings(tmp_path)
    report = document(found)
    data = as_data(report, {"tables": {}, "notes": []})
    rows = {row["to"] for row in data["measures"]}
    links = set(re.findall(r"'to': '(m\d+)'", str(data)))
    assert links
    assert links <= rows
    assert {number.source.study for number in report.register.numbers} <= {*DESIGNS}


def test_a_report_of_one_study_has_its_chapter_only(tmp_path):
    report = document(Readings({mileage.STUDY: made_up(tmp_path, mileage.STUDY)}))
    assert {*report.said} == {*mileage.CLAIMS, *gains.CLAIMS}
    assert "coverage" not in report.tables
    assert "gains" in report.tables
