"""A mileage allowance on top of pay, and what may be deducted per kilometre: who has what of it."""

from ...theme import Headline
from .. import intervals
from ..exhibit import Figure, Row, Table
from ..readings import Readings, Where
from ..said import Claim, Said, say

STUDY = "report-mileage"
MIDDLE, NO_DEDUCTION = "allowance-20", "no-deduction"
ARMS = {
    "allowance-10": "0.10 a km",
    "allowance-20": "0.20 a km",
    "allowance-30": "0.30 a km",
    "no-deduction": "no deduction",
    "deduction-40": "deduct 0.40",
    "alg2-as-others": "ALG II deduct 0.30",
}
ACCOUNTS = {
    "driver_surplus_total_eur": ("Drivers", "drivers"),
    "platform_surplus_total_eur": ("Platform", "platform"),
    "state_surplus_total_eur": ("State", "state"),
}
FILLED, PAY, NET = "blocks_filled_share", "pay_per_driven_block_eur", "net_pay_per_hour_eur"


def passed_through(readings: Readings) -> Said:
    """Check that lower prices take some of an allowance back."""
    where = Where(MIDDLE)
    given = readings.level(STUDY, "mileage_per_driven_block_eur", where)
    pay, net = (readings.change(STUDY, measure, where) for measure in (PAY, NET))
    start = (
        f"An allowance of {rate(readings):.2f} EUR/km is worth {{given}} a block; the block's own pay changes by "
        f"{{pay}}, and what is "
        "left of an hour by {net}"
    )
    words = {
        1: f"{start}: the platform's prices take {'part of it' if net.sign > 0 else 'it'} back.",
        0: f"{start}: whether the platform's prices react cannot be told.",
        -1: f"{start}: the platform's prices rise as well.",
    }
    return say("lower block pay takes some of an allowance back", -pay.sign, words, given=given, pay=pay, net=net)


def rate(readings: Readings) -> float:
    """Return the allowance of the middle arm, EUR/km."""
    return readings.study(STUDY).manifest["arms"][MIDDLE]["policy.mileage_eur_per_km"]


def paid_by(readings: Readings) -> Said:
    """Check that drivers as a group gain from an allowance."""
    drivers, platform, state = (readings.change(STUDY, name, Where(MIDDLE)) for name in ACCOUNTS)
    start = "It changes the drivers' account by {drivers}, the platform's by {platform} and the state's by {state}"
    words = {
        1: f"{start}: drivers gain from it.",
        0: f"{start}: whether drivers gain cannot be told.",
        -1: f"{start}: drivers lose by it.",
    }
    return say("drivers as a group gain from an allowance", drivers.sign, words, drivers=drivers, platform=platform, state=state)


def deduction(readings: Readings) -> Said:
    """Check that without the deduction per kilometre less is left."""
    net, filled, state = (readings.change(STUDY, name, Where(NO_DEDUCTION)) for name in (NET, FILLED, "state_surplus_total_eur"))
    start = (
        "If nothing could be deducted per kilometre, what is left of an hour would change by {net}, the share of "
        "blocks filled by {filled}, and the state's account by {state}"
    )
    words = {
        1: f"{start}: drivers would keep less{', and fewer of the blocks would be filled' if filled.sign < 0 else ''}.",
        0: f"{start}: whether drivers would keep less cannot be told.",
        -1: f"{start}: drivers would keep more.",
    }
    return say("without the deduction drivers keep less of an hour", -net.sign, words, net=net, filled=filled, state=state)


CLAIMS: dict[str, Claim] = {"passed_through": passed_through, "mileage_paid_by": paid_by, "deduction": deduction}


def tables(readings: Readings) -> list[Table]:
    """Return what each arm changes."""
    shown = {
        NET: "Left of an hour, EUR", PAY: "Pay of a block, EUR", FILLED: "Blocks filled, points",
        **{name: f"{label}, million EUR" for name, (label, _) in ACCOUNTS.items()}, "welfare_total_eur": "Welfare, million EUR",
    }  # fmt: skip
    rows = [Row(label, tuple(readings.change(STUDY, name, Where(arm)) for arm in ARMS)) for name, label in shown.items()]
    return [
        Table(
            "mileage",
            "A mileage allowance and the deduction: changes against no allowance and the law of 2017",
            ("", *ARMS.values()),
            tuple(rows),
        )
    ]


def figures(readings: Readings) -> list[Figure]:
    """Return the change of three accounts by arm."""
    panels = [
        intervals.Panel(
            f"{label}, million EUR",
            tuple(
                intervals.Row(text, (intervals.Mark(readings.change(STUDY, name, Where(arm)), role),)) for arm, text in ARMS.items()
            ),
        )
        for name, (label, role) in ACCOUNTS.items()
    ]
    one = readings.change(STUDY, "driver_surplus_total_eur", Where(MIDDLE))
    title = {
        1: "Drivers gain from a mileage allowance", 0: "Whether drivers gain from a mileage allowance cannot be told",
        -1: "Drivers lose by a mileage allowance",
    }  # fmt: skip
    head = Headline(title[one.sign], f"Change against no allowance over the season; n = {one.seeds} paired seeds")
    return [
        intervals.figure("mileage", head, panels, "Means of the paired differences with 95 % intervals (Student's t, over seeds).")
    ]
