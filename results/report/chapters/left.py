"""What is left of a block's pay: net per hour by group, car and district, and blocks below the minimum wage."""

from datetime import date

from experiments.closing_table import GROUP_NAMES
from experiments.detail import BELOW_BEFORE_TAX
from model.outside_options import minimum_wage_on
from model.roster import GROUPS

from ...theme import Headline
from .. import intervals
from ..exhibit import Figure, Row, Table
from ..readings import Readings, Where
from ..said import Claim, Said, say

STUDY = "report-left"
NET, FULL, BEFORE_TAX, BELOW, BLOCKS = (
    "net_pay_per_hour_eur", "net_pay_per_hour_full_cost_eur", "left_before_tax_per_hour_eur", "share_of_blocks_below_minimum_wage",
    "blocks_driven",
)  # fmt: skip
COLUMNS = {
    BLOCKS: "Blocks driven", NET: "Left, EUR/h", FULL: "at full car cost", BEFORE_TAX: "before tax",
    BELOW: "Blocks below {minimum:.2f}, %", BELOW_BEFORE_TAX: "before tax, %",
}  # fmt: skip
DEARER, HIGHER = "fuel-of-2022", "cap-25"
HALF, TWICE, LITTLE = 0.5, 2.0, 1.0


def minimum(readings: Readings) -> float:
    """Return the minimum wage at the launch, EUR/h, or the scenario's own."""
    own = readings.parameter(STUDY, "rules.minimum_wage")
    launch = date.fromisoformat(str(readings.parameter(STUDY, "platform.launch_date")))
    return minimum_wage_on(launch) if own is None else float(own)


def groups(readings: Readings) -> list[str]:
    """Return the groups that drove in some seed, those that keep most first."""
    known = {group: readings.level(STUDY, f"{NET}.group.{group}") for group in GROUPS}
    return sorted((group for group, one in known.items() if one.is_known), key=lambda group: -known[group].value)


def kept(readings: Readings) -> Said:
    """Check that an hour leaves less than the minimum wage on average, after tax and before."""
    marginal, full, before = (readings.level(STUDY, measure) for measure in (NET, FULL, BEFORE_TAX))
    pay, floor = readings.level(STUDY, "pay_mean_per_hour_eur"), minimum(readings)
    start = (
        "Of {pay} for each hour of a block, {marginal} are left after car and tax for each hour with the unpaid ways, {full} if "
        f"the car bears its full cost; before tax, as the minimum wage of {floor:.2f} EUR is meant, it is {{before}}"
    )
    after_tax, gross = marginal.at_least(floor), before.at_least(floor)
    end = versus(gross) if after_tax == gross else f"{versus(gross)}; after tax {versus(after_tax)}"
    sign = -1 if max(after_tax, gross) > 0 else -max(after_tax, gross)
    text = f"{start}, {end}."
    return say("an hour leaves less than the minimum wage, before tax and after", sign, text,
               pay=pay, marginal=marginal, full=full, before=before)  # fmt: skip


def versus(side: int) -> str:
    """Say on which side of the minimum wage something lies."""
    return {1: "more than that wage", -1: "less than that wage", 0: "whether more or less than that wage cannot be told"}[side]


def below(readings: Readings) -> Said:
    """Check that most blocks leave less than the minimum wage, before tax and after."""
    after_tax, before = (readings.level(STUDY, measure) for measure in (BELOW, BELOW_BEFORE_TAX))
    start = (
        "After tax {share} of blocks leave less for an hour than the minimum wage, before tax, as that wage is meant, {before}; it "
        "does not bind for the self-employed"
    )
    sides = {1: "more than half", -1: "less than half", 0: "whether more than half cannot be told"}
    one, other = after_tax.at_least(HALF), before.at_least(HALF)
    end = f"{sides[one]} either way" if one == other else f"{sides[one]} after tax, {sides[other]} before it"
    sign = -1 if min(one, other) < 0 else min(one, other)
    text = f"{start}: {end}."
    test = "more than half of the blocks leave less than the minimum wage, before tax and after"
    return say(test, sign, text, share=after_tax, before=before)


def who(readings: Readings) -> Said:
    """Check that the group that keeps most keeps more than twice what the last one does."""
    ordered = groups(readings)
    first, last = f"{NET}.group.{ordered[0]}", f"{NET}.group.{ordered[-1]}"
    best, worst = readings.level(STUDY, first), readings.level(STUDY, last)
    apart, twice = (readings.excess(STUDY, first, times, last) for times in (1.0, TWICE))
    start = f"Of an hour at the same pay {GROUP_NAMES[ordered[0]]} keep {{best}}, and {GROUP_NAMES[ordered[-1]]} {{worst}}"
    words = {
        1: f"{start}: {'nothing, or a loss' if worst.at_least(0.0) < 0 else 'less than half as much'}.",
        0: f"{start}: whether that is less than half as much cannot be told.",
        -1: f"{start}: {'less, but not by half' if apart.sign > 0 else 'a difference that cannot be told from luck'}.",
    }
    return say("the group that keeps most keeps more than twice what the last does", twice.sign if best.at_least(0.0) > 0 else 0,
               words, best=best, worst=worst, apart=apart, twice=twice)  # fmt: skip


def higher_cap(readings: Readings) -> Said:
    """Check that a much higher cap leaves drivers less than one EUR more of an hour."""
    arm = readings.study(STUDY).manifest["arms"][HIGHER]
    change, share = (readings.change(STUDY, measure, Where(HIGHER)) for measure in (NET, BELOW))
    start = (
        f"With a cap of {arm['platform.pay_cap_per_hour']:g} EUR/h what is left of an hour changes by {{change}}, "
        f"and the share of blocks below the minimum wage by {{share}}"
    )
    words = {
        1: f"{start}: less than one EUR more.",
        0: f"{start}; whether that is less than one EUR more cannot be told.",
        -1: f"{start}: more than one EUR more.",
    }
    return say(
        "under a much higher cap less than one EUR more is left of an hour",
        -change.at_least(LITTLE),
        words,
        change=change,
        share=share,
    )


def fuel(readings: Readings) -> Said:
    """Check that dear fuel takes money from drivers, though the platform's price reacts."""
    change, paid = (readings.change(STUDY, measure, Where(DEARER)) for measure in (NET, "pay_mean_per_hour_eur"))
    start = "With fuel at the price of 2022, what is left of an hour changes by {change}, while pay changes by {paid}"
    words = {
        1: f"{start}: drivers bear {'part of it' if paid.sign > 0 else 'it'}.",
        0: f"{start}: whether drivers bear any of it cannot be told.",
        -1: f"{start}: drivers keep more, not less.",
    }
    return say("dear fuel leaves drivers less", -change.sign, words, change=change, paid=paid)


CLAIMS: dict[str, Claim] = {"kept": kept, "below": below, "who": who, "higher_cap": higher_cap, "fuel": fuel}


def parts(readings: Readings) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return groups, cars and districts: their title, and label and name in a measure of each."""
    costs = readings.parameter(STUDY, "cars.cost_per_km")
    own = [name for name in readings.study(STUDY).runs.columns if name.startswith(f"{NET}.district.")]
    districts = [name.rpartition(".")[2] for name in own]
    return [
        (
            "By group",
            [(GROUP_NAMES[group].capitalize() if group != "alg2" else "ALG II", f"group.{group}") for group in groups(readings)],
        ),
        ("By car, marginal cost", [(f"{cost:.2f} EUR/km", f"car.{k}") for k, cost in enumerate(costs, 1)]),
        ("By district", [(name.replace("_", "-").replace("oe", "ö").title(), f"district.{name}") for name in districts]),
    ]


def tables(readings: Readings) -> list[Table]:
    """Return blocks, what is left at both costs and before tax, and the shares below the minimum wage, part by part."""
    rows = [Row("All drivers", tuple(readings.level(STUDY, measure) for measure in COLUMNS), is_sum=True)]
    for title, members in parts(readings):
        rows.append(Row(title, (), is_head=True))
        rows += [Row(label, tuple(readings.level(STUDY, f"{measure}.{name}") for measure in COLUMNS)) for label, name in members]
    head = ("", *(words.format(minimum=minimum(readings)) for words in COLUMNS.values()))
    title = "What is left of an hour, ways included: after car and tax, and before tax, as the minimum wage is meant"
    return [Table("left", title, head, tuple(rows))]


def figures(readings: Readings) -> list[Figure]:
    """Return what is left by group and car, at marginal and at full cost, against the minimum wage."""
    floor = minimum(readings)
    panels = []
    for title, members in parts(readings)[:2]:
        rows = [row(readings, label, f".{name}") for label, name in members]
        panels.append(
            intervals.Panel(
                title, (*rows, row(readings, "All drivers", "")._replace(is_sum=True)), floor, f"minimum wage, gross {floor:.2f}"
            )
        )
    seeds = readings.level(STUDY, NET).seeds
    head = Headline(finding(readings), f"EUR per hour with unpaid ways, after car and tax, whole season; n = {seeds} seeds")
    return [
        intervals.figure(
            "left", head, panels,
            "Full dots: fuel and wear of each kilometre. Open dots: with purchase, insurance and vehicle tax. Lines: 95 % "
            "intervals over seeds, which are of a mean and say nothing about how people differ. Numbers beside: marginal "
            "cost. The minimum wage is before tax; what is left before tax stands in the table.",
        )
    ]  # fmt: skip


def finding(readings: Readings) -> str:
    """Say which groups keep more than the minimum wage on average, and of which that cannot be told."""
    floor, all_groups = minimum(readings), groups(readings)
    sides = {group: readings.level(STUDY, f"{NET}.group.{group}").at_least(floor) for group in all_groups}
    above, open_ones = ([GROUP_NAMES[group] for group in all_groups if sides[group] == side] for side in (1, 0))
    if len(open_ones) == len(all_groups):
        return "Whether any group keeps more than the gross minimum wage after car and tax cannot be told"
    told = "every group keeps" if len(above) == len(all_groups) else f"only {', '.join(above)} keep" if above else "no group keeps"
    rest = f"; of {', '.join(open_ones)} it cannot be told" if open_ones else ""
    return f"After car and tax {told} more than the gross minimum wage on average{rest}"


def row(readings: Readings, label: str, part: str) -> intervals.Row:
    """Return a row with both costs."""
    marginal, full = (readings.level(STUDY, f"{measure}{part}") for measure in (NET, FULL))
    return intervals.Row(
        label, (intervals.Mark(marginal, "drivers", "marginal"), intervals.Mark(full, "drivers", "full cost", True))
    )
