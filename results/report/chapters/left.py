"""What is left of a block's pay: net per hour by group, car and district, and blocks below the minimum wage."""

from datetime import date

from experiments.closing_table import GROUP_NAMES
from model.outside_options import minimum_wage_on
from model.roster import GROUPS

from ...theme import Headline
from .. import intervals
from ..exhibit import Figure, Row, Table
from ..readings import Readings, Where
from ..said import Claim, Said, say

STUDY = "report-left"
NET, FULL, BELOW, BLOCKS = (
    "net_pay_per_hour_eur", "net_pay_per_hour_full_cost_eur", "share_of_blocks_below_minimum_wage", "blocks_driven",
)  # fmt: skip
DEARER, HIGHER = "fuel-of-2022", "cap-25"
HALF, LITTLE = 0.5, 1.0


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
    """Check that an hour leaves less than the minimum wage on average."""
    marginal, full, floor = readings.level(STUDY, NET), readings.level(STUDY, FULL), minimum(readings)
    pay = readings.level(STUDY, "pay_mean_per_hour_eur")
    start = (
        "Of {pay} for each hour of a block, {marginal} are left for each hour with the unpaid ways, and {full} if "
        "the car bears its full cost"
    )
    words = {
        1: f"{start}: less than the minimum wage of {floor:.2f} EUR.",
        0: f"{start}; whether that is below the minimum wage of {floor:.2f} EUR cannot be told.",
        -1: f"{start}: more than the minimum wage of {floor:.2f} EUR.",
    }
    return say("an hour leaves less than the minimum wage", -marginal.at_least(floor), words, pay=pay, marginal=marginal, full=full)


def below(readings: Readings) -> Said:
    """Check that most blocks leave less than the minimum wage."""
    share = readings.level(STUDY, BELOW)
    words = {
        1: "More than half of the blocks, {share}, leave less than the minimum wage per hour, which does not bind for "
        "the self-employed.",
        0: "{share} of blocks leave less than the minimum wage per hour; whether that is more than half cannot be told.",
        -1: "Most blocks leave at least the minimum wage per hour; {share} do not.",
    }
    return say("more than half of the blocks leave less than the minimum wage", share.at_least(HALF), words, share=share)


def who(readings: Readings) -> Said:
    """Check that groups keep very different amounts of the same pay."""
    ordered = groups(readings)
    best, worst = (readings.level(STUDY, f"{NET}.group.{group}") for group in (ordered[0], ordered[-1]))
    sign = (best.value > 2.0 * worst.value) - (best.value < 1.25 * worst.value)
    named = f"{GROUP_NAMES[ordered[0]]} {{best}}, {GROUP_NAMES[ordered[-1]]} {{worst}}"
    words = {
        1: f"The same pay leaves groups very different amounts: {named} an hour, less than half as much.",
        0: f"The same pay leaves groups different amounts: {named} an hour.",
        -1: f"Groups keep similar amounts: {named} an hour.",
    }
    return say("the group that keeps most keeps more than twice what the last does", sign, words, best=best, worst=worst)


def higher_cap(readings: Readings) -> Said:
    """Check that a much higher cap leaves drivers little more."""
    arm = readings.study(STUDY).manifest["arms"][HIGHER]
    change, share = (readings.change(STUDY, measure, Where(HIGHER)) for measure in (NET, BELOW))
    start = (
        f"With a cap of {arm['platform.pay_cap_per_hour']:g} EUR/h what is left of an hour changes by {{change}}, "
        f"and the share of blocks below the minimum wage by {{share}}"
    )
    words = {
        1: f"{start}: the platform's prices rise only where blocks stay open.",
        0: f"{start}; whether that is less than one EUR cannot be told.",
        -1: f"{start}: pay follows the cap.",
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
        0: f"{start}: no difference that can be told from luck.",
        -1: f"{start}: the platform's prices make up for fuel and more.",
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
    """Return blocks, what is left at both costs, and the share below the minimum wage, part by part."""
    rows = [Row("All drivers", tuple(readings.level(STUDY, measure) for measure in (BLOCKS, NET, FULL, BELOW)), is_sum=True)]
    for title, members in parts(readings):
        rows.append(Row(title, (), is_head=True))
        rows += [
            Row(label, tuple(readings.level(STUDY, f"{measure}.{name}") for measure in (BLOCKS, NET, FULL, BELOW)))
            for label, name in members
        ]
    head = ("", "Blocks driven", "Left, EUR/h", "at full car cost", f"Blocks below {minimum(readings):.2f}, %")
    return [Table("left", "What is left of an hour, ways included", head, tuple(rows))]


def figures(readings: Readings) -> list[Figure]:
    """Return what is left by group and car, at marginal and at full cost, against the minimum wage."""
    floor = minimum(readings)
    panels = []
    for title, members in parts(readings)[:2]:
        rows = [row(readings, label, f".{name}") for label, name in members]
        panels.append(
            intervals.Panel(
                title, (*rows, row(readings, "All drivers", "")._replace(is_sum=True)), floor, f"minimum wage {floor:.2f}"
            )
        )
    reach = [group for group in groups(readings) if readings.level(STUDY, f"{NET}.group.{group}").at_least(floor) > 0]
    told = ", ".join(GROUP_NAMES[group] for group in reach)
    title = f"On average only {told} keep more than the minimum wage" if told else "On average no group keeps the minimum wage"
    title = title if len(reach) < len(groups(readings)) else "On average every group keeps more than the minimum wage"
    seeds = readings.level(STUDY, NET).seeds
    head = Headline(title, f"Net EUR per hour with unpaid ways, whole season; n = {seeds} seeds")
    return [
        intervals.figure(
            "left", head, panels,
            "Full dots: fuel and wear of each kilometre. Open dots: with purchase, insurance and vehicle tax. Lines: "
            "95 % intervals over "
            "seeds, which are small beside the differences between people. In words: marginal cost.",
        )
    ]  # fmt: skip


def row(readings: Readings, label: str, part: str) -> intervals.Row:
    """Return a row with both costs."""
    marginal, full = (readings.level(STUDY, f"{measure}{part}") for measure in (NET, FULL))
    return intervals.Row(
        label, (intervals.Mark(marginal, "drivers", "marginal"), intervals.Mark(full, "drivers", "full cost", True))
    )
