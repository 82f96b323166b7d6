"""Claims follow from results: made-up ones turn each finding around, and sentence, table and figure follow."""

import math
import re

import pytest

from experiments.design import read_design
from experiments.detail import BELOW_BEFORE_TAX
from model.roster import GROUPS
from results.report.assumptions import MEANINGS
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


def lucky(size, arm=None):
    """Now above 0, now below, by luck alone."""
    return lambda run: 0.0 if arm and run.arm != arm else size if run.seed % 2 else -size


def floor_values(free, capped, early=2.0, came=1.5):
    """A week's surplus late, by rule of entry, under the higher floor; 1 under the lower one. came: registered late, against 1."""
    return {
        "surplus_per_registered_week_eur__early": at_level(*HIGH_FLOOR, early, 1.0),
        "surplus_per_registered_week_eur__late": lambda run: (
            1.0 if run.values[HIGH_FLOOR[0]] != HIGH_FLOOR[1] else capped if run.arm == "capped" else free
        ),
        "drivers_registered__late": at_level(*HIGH_FLOOR, came, 1.0),
    }


def wage_values(pay, account, came=1100.0):
    """What couriers cost more under the higher wage, and what the carriers' account loses by it; the platform's block costs 80."""
    return {
        "courier_cost_total_eur": in_arm("wages-10", 1e6 + pay, 1e6),
        "courier_days": in_arm("wages-10", came, 1000.0),
        "carrier_surplus_total_eur": lambda run: {"wages-10": 1e7 - account, "platform": 1e7 - 6e4}.get(run.arm, 1e7),
        "platform_fees_total_eur": in_arm("platform", 8e4, 0.0),
        "blocks_driven": in_arm("platform", 1e3, 0.0),
        "parcels_by_platform": in_arm("platform", 3.2e4, 0.0),
    }


GAINS = {
    "recipient_surplus_total_eur": in_arm("platform", 5e6, 1e6),
    "platform_surplus_total_eur": in_arm("platform", 3e5, 0.0),
    "driver_surplus_total_eur": in_arm("platform", -1e4, 0.0),
}
AT_LOW = "welfare_at_low_lateness_total_eur"
PART = "driver_surplus_total_eur__group__"

TURNS = {  # claim: its chapter and study, values under which it holds, and under which the opposite does
    "filled": (coverage, {"blocks_filled_share": 0.95}, {"blocks_filled_share": 0.4}),
    "price": (coverage, {"blocks_filled_share": 0.95}, {"blocks_filled_share": 0.4}),
    "weakly": (coverage, {"blocks_filled_share": 0.9}, {"blocks_filled_share": at_level(CAP, 20.0, 0.9, 0.5)}),
    "shortage": (
        coverage,
        {"parcels_late_share": lambda run: run.values["carriers.starting_gap_share"]},
        {"parcels_late_share": lambda run: 0.5 - run.values["carriers.starting_gap_share"]},
    ),
    "kept": (
        left,
        {"net_pay_per_hour_eur": 6.0, "left_before_tax_per_hour_eur": 8.0},
        {"net_pay_per_hour_eur": 6.0, "left_before_tax_per_hour_eur": 9.0},
    ),
    "below": (
        left,
        {"share_of_blocks_below_minimum_wage": 0.8, BELOW_BEFORE_TAX: 0.6},
        {"share_of_blocks_below_minimum_wage": 0.8, BELOW_BEFORE_TAX: 0.4},
    ),
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
    "fades": (floor, floor_values(1.2, 1.8), floor_values(3.0, 3.0)),
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
    "vacancy_or_block": (wages, wage_values(1e6, 9e5), wage_values(1e3, 1e3)),
    "spared": (
        wages,
        {"parcels_late": lambda run: 1e5 if run.arm == "base" else 5e4,
         "carrier_surplus_total_eur": lambda run: {"base": 1e7, "platform": 9.9e6}.get(run.arm, 5e6)},
        {"parcels_late": lambda run: 1e5 if run.arm == "base" else 5e4,
         "carrier_surplus_total_eur": lambda run: {"base": 1e7, "platform": 5e6}.get(run.arm, 9.9e6)},
    ),
    "who_gains": (
        gains,
        GAINS,
        {"driver_surplus_total_eur": in_arm("platform", 1e5, 0.0)},
    ),
    "welfare": (
        gains,
        {"welfare_total_eur": in_arm("platform", 2e6, 1e6), "welfare_at_low_lateness_total_eur": in_arm("platform", 2e6, 1e6)},
        {"welfare_total_eur": in_arm("platform", 1e6, 2e6)},
    ),
    "drivers_by_group": (
        gains,
        {f"{PART}{group}": in_arm("platform", -1e5, 0.0) for group in GROUPS},
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

CASES = [  # a claim, results that are neither the one nor the other, what it comes to, and words of the sentence
    ("fades", floor_values(0.2, 0.9, early=0.5), OPEN, "that there is a gain at first"),
    ("fades", floor_values(1.2, 1.8, came=1.0), OPEN, "that entry is why cannot be told"),
    ("fades", floor_values(1.2, 1.2), OPEN, "that entry is why cannot be told"),
    ("fades", floor_values(0.4, 0.2, early=0.3), OPEN, "that there is a gain at first"),
    ("lasts", floor_values(0.5, 0.9), OPEN, "that the cap keeps a gain cannot be told"),
    ("who_gains", GAINS | {"driver_surplus_total_eur": lucky(1e5, "platform")}, OPEN,
     "for drivers, carriers and state it cannot be told"),
    ("who_gains", GAINS | {"recipient_surplus_total_eur": in_arm("platform", 1e6, 5e6)}, TURNED,
     "to the loss of recipients and drivers"),
    ("welfare", {"welfare_total_eur": lucky(1e6, "platform"), AT_LOW: lucky(1e6, "platform")}, OPEN,
     "cannot be told at either price"),
    ("welfare", {"welfare_total_eur": in_arm("platform", 2e6, 1e6), AT_LOW: lucky(1e6, "platform")}, OPEN,
     "it rises at the first price of waiting, whether it rises cannot be told at the second"),
    ("welfare", {"welfare_total_eur": in_arm("platform", 2e6, 1e6), AT_LOW: in_arm("platform", 1e6, 2e6)}, TURNED,
     "it rises at the first price of waiting, it falls at the second"),
    ("drivers_by_group", {f"{PART}student": in_arm("platform", -1e5, 0.0), f"{PART}home": lucky(1e5, "platform")}, OPEN,
     "Of 7 groups 1 lose, 5 have nothing of it, 1 cannot be told"),
    ("who", {"net_pay_per_hour_eur__group__student": 9.0, "net_pay_per_hour_eur__group__alg2": -2.0}, HOLDS, "nothing, or a loss"),
    ("who", {"net_pay_per_hour_eur__group__student": lambda run: 1.5 + run.seed % 2}, OPEN, "cannot be told"),
    ("who", {}, TURNED, "cannot be told from luck"),
    ("kept", {"net_pay_per_hour_eur": 6.0, "left_before_tax_per_hour_eur": lambda run: 8.8 + run.seed % 2}, OPEN,
     "cannot be told; after tax less than that wage"),
    ("below", {"share_of_blocks_below_minimum_wage": 0.8, BELOW_BEFORE_TAX: lambda run: 0.4 + 0.2 * (run.seed % 2)}, OPEN,
     "more than half after tax, whether more than half cannot be told before it"),
    ("vacancy_or_block", wage_values(1e6, 9e5, came=1000.0), OPEN, "no cost to compare"),
    ("vacancy_or_block", wage_values(1e6, 9e5, came=900.0), OPEN, "no cost to compare"),
    ("vacancy_or_block", wage_values(1e6, 1e3), OPEN, "hangs on what is counted"),
    ("spared", {"parcels_late": 1e5}, OPEN, "Whether both spare late parcels"),
    ("price", {"blocks_filled_share": lambda run: 0.85 + 0.1 * (run.seed % 2)}, OPEN, "cannot be told"),
]  # fmt: skip


def said(tmp_path, chapter, values, name, seeds=(0, 1, 2, 3)):
    study = STUDY_OF.get(chapter) or chapter.STUDY
    found = readings(tmp_path, by(**values), (study,), seeds=seeds)
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


@pytest.mark.parametrize(("name", "values", "verdict", "words"), CASES)
def test_a_claim_says_no_more_than_its_intervals_tell(name, values, verdict, words, tmp_path):
    one = said(tmp_path, TURNS[name][0], values, name)
    assert one.verdict == verdict
    assert words in one.text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("name", TURNS)
def test_with_one_seed_nothing_can_be_told(name, tmp_path):
    chapter, *sides = TURNS[name]
    for k, values in enumerate(sides):
        one = said(tmp_path / str(k), chapter, values, name, seeds=(0,))
        assert one.verdict == OPEN
        assert "cannot be told" in one.text
        assert not any(number.interval for number in one.numbers)


def test_what_cannot_be_told_from_luck_is_called_that(tmp_path):
    def near(measure, run):
        return 0.8 + (0.1 if run.seed % 2 else -0.1) if measure == "blocks_filled_share" else None

    one = told(coverage.CLAIMS, readings(tmp_path, near, (coverage.STUDY,), seeds=(0, 1, 2, 3)))["filled"]
    assert one.verdict == OPEN
    assert "cannot be told" in one.text


def test_agreement_follows_the_rows_that_pass(tmp_path):
    few = {"pay_mean_per_hour_eur__late": 17.0, "short_driver_weeks_share": 0.6}
    shrinks = {"pay_per_active_month_eur__late": in_arm("pool-of-100000", 1.0, 2.0)}
    one = told(evidence.CLAIMS, readings(tmp_path / "a", by(**few, **shrinks), (evidence.STUDY,), seeds=(0, 1)))["agreement"]
    none = {"pay_mean_per_hour_eur__late": 30.0, "short_driver_weeks_share": 1.0}
    other = told(evidence.CLAIMS, readings(tmp_path / "b", by(**none), (evidence.STUDY,), seeds=(0, 1)))["agreement"]
    assert (one.verdict, other.verdict) == (HOLDS, TURNED)


def test_without_an_interval_no_row_of_evidence_passes_or_fails(tmp_path):
    found = readings(tmp_path, by(pay_mean_per_hour_eur__late=17.0), (evidence.STUDY,), seeds=(0,))
    by_number = {one.number: one for one in evidence.verdicts(found)}
    assert by_number[1].verdict == evidence.UNCLEAR
    assert by_number[1].reason == "there is no interval"
    assert by_number[25].verdict == evidence.FAIL  # one seed is one seed


def test_a_reason_is_of_the_side_on_which_a_row_fails(tmp_path):
    for pay, reason in ((10.0, "supply has thickened"), (30.0, "not understood")):
        found = readings(tmp_path / str(pay), by(pay_mean_per_hour_eur__late=pay), (evidence.STUDY,), seeds=(0, 1))
        assert reason in {one.number: one for one in evidence.verdicts(found)}[1].reason


def test_rows_of_evidence_that_fail_come_first(tmp_path):
    found = readings(tmp_path, by(pay_mean_per_hour_eur__late=30.0, short_driver_weeks_share=0.6), (evidence.STUDY,), seeds=(0, 1))
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

    found = readings(tmp_path, by_distance, (sensitivity.STUDY, sensitivity.SCREENING), seeds=(0,))
    _, table = sensitivity.tables(found)
    assert table.name == "screening"
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


def test_a_number_without_an_interval_has_no_sign(tmp_path):
    found = readings(tmp_path, by(blocks_filled_share=0.95), (coverage.STUDY,), seeds=(0,))
    share = found.level(coverage.STUDY, "blocks_filled_share", Where(at=coverage.default(found)))
    assert (share.text, share.interval, share.sign, share.at_least(0.5)) == ("95.0\N{NO-BREAK SPACE}%", "", 0, 0)


def test_what_is_nothing_or_unknown_has_no_sign():
    nothing, unknown = (Number(value, value, value, MILLIONS, True, 9, 0, SOURCE) for value in (1e-9, math.nan))
    assert (nothing.sign, unknown.sign, unknown.at_least(1.0), nothing.above(unknown)) == (0, 0, 0, 0)


def test_a_run_that_failed_is_counted_and_named_in_what_it_is_paired_with(tmp_path):
    sweep = made_up(tmp_path, left.STUDY, seeds=(0, 1, 2))
    runs = sweep.runs[(sweep.runs["arm"] != "base") | (sweep.runs["seed"] != 1)]
    found = Readings({left.STUDY: sweep._replace(runs=runs)})
    change = found.change(left.STUDY, left.NET, Where(left.HIGHER))
    assert (change.seeds, change.missing) == (2, 1)
    data = as_data(document(found), {"tables": {}, "notes": []})
    assert f"{left.STUDY}, arm cap-25 less arm base: {left.NET} has no value in 1 of 3 runs, which are left out" in data["lacking"]


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


def test_a_quotient_by_what_may_be_nothing_has_no_interval(tmp_path):
    values = {"courier_cost_total_eur": in_arm("wages-10", 300.0, 100.0), "courier_days": lucky(3.0, "wages-10")}
    number = wages.vacancy(readings(tmp_path, by(**values), (wages.STUDY,), seeds=(0, 1, 2)), "wages-10")
    assert number.is_known
    assert not number.has_interval
    assert wages.told(number) == "–"


def test_a_price_is_read_between_the_caps_tried(tmp_path):
    rising = {12.0: 0.5, 16.0: 0.8, 20.0: 1.0}
    found = readings(tmp_path, by(blocks_filled_share=lambda run: rising[run.values[CAP]]), (coverage.STUDY,), seeds=(0,))
    number = price_of(found, coverage.STUDY, coverage.FILLED, 0.9, CAP, {coverage.GAP: 0.06})
    assert number.value == pytest.approx(18.0)
    assert crossing((1.0, 2.0), (0.9, 1.0), 0.5) == 1.0
    assert crossing((1.0, 2.0), (0.1, 0.2), 0.5) == math.inf


def test_seeds_in_which_no_cap_is_enough_are_counted_and_not_averaged(tmp_path):
    def filled(run):
        return 0.85 if run.seed == 3 else 0.6 + 0.2 * (run.values[CAP] - 12.0) / 4.0

    one = said(tmp_path, coverage, {"blocks_filled_share": filled}, "price", seeds=tuple(range(8)))
    assert one.verdict == HOLDS
    assert "in 1 of 8 seeds no cap tried fills as many" in one.text
    means = [(7 * share + 0.85) / 8 for share in (0.6, 0.8, 1.0)]
    assert one.named["needed"].value == pytest.approx(crossing((12.0, 16.0, 20.0), means, 0.9), abs=0.05)  # a bit of luck is added


def test_a_price_rests_on_seeds_that_are_known_under_every_cap(tmp_path):
    def value(measure, run):
        if measure != "blocks_filled_share":
            return None
        return math.nan if run.seed == 1 and run.values[CAP] == 12.0 else 0.5 + 0.06 * (run.values[CAP] - 12.0)

    found = readings(tmp_path, value, (coverage.STUDY,), seeds=(0, 1, 2))
    number = price_of(found, coverage.STUDY, coverage.FILLED, 0.9, CAP, {coverage.GAP: 0.06})
    assert (number.seeds, number.missing) == (2, 1)
    assert number.value == pytest.approx(12.0 + 0.4 / 0.06)


@pytest.mark.parametrize(
    ("student", "others", "title"),
    [
        (9.5, 6.0, "After car and tax only students keep more than the gross minimum wage on average"),
        (
            9.5,
            lambda run: 8.8 + 0.1 * (run.seed % 2),
            "After car and tax only students keep more than the gross minimum wage on average; of full-time",
        ),
        (6.0, 6.0, "After car and tax no group keeps more than the gross minimum wage on average"),
        (9.5, 9.5, "After car and tax every group keeps more than the gross minimum wage on average"),
    ],
)
def test_the_headline_names_groups_of_which_it_cannot_be_told(student, others, title, tmp_path):
    values = {f"net_pay_per_hour_eur__group__{group}": student if group == "student" else others for group in GROUPS}
    found = readings(tmp_path, by(**values), (left.STUDY,), seeds=(0, 1, 2, 3))
    assert left.finding(found).startswith(title)


def test_what_is_put_to_the_ends_of_its_range_is_among_the_assumptions():
    assert {factor.name for factor in read_design(sensitivity.STUDY).factors} <= set(MEANINGS)


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
