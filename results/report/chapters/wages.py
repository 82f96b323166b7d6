"""Carriers raise courier wages instead of buying blocks: what a vacancy filled costs, and what a late parcel spared."""

from model.couriers import parcels_per_courier_day
from model.parameters import Parameters

from ...theme import Headline
from .. import intervals
from ..exhibit import Figure, Row, Table
from ..readings import Readings, Where
from ..said import Claim, Said, say
from ..traced import EUR, Number

STUDY = "report-wages"
ALONE = Where()
PLATFORM, RAISE = "platform", "wages-10"
ARMS = {"wages-5": "wages +5 %", "wages-10": "wages +10 %", "wages-20": "wages +20 %", "platform": "platform"}
CARRIERS, LATE = "carrier_surplus_total_eur", "parcels_late"


def rise(readings: Readings) -> str:
    """Return by how much wages are raised in the arm that sentences speak of."""
    return f"{100 * (readings.study(STUDY).manifest['arms'][RAISE]['carriers.wage_factor'] - 1.0):.0f} %"


def vacancy(readings: Readings, arm: str) -> Number:
    """Return what one more courier's day costs the carriers if a higher wage brings him, EUR."""
    return readings.quotient(STUDY, "courier_cost_total_eur", "courier_days", Where(arm), ALONE, EUR)


def block(readings: Readings) -> Number:
    """Return what a driven block costs the carriers in fees, EUR."""
    return readings.quotient(STUDY, "platform_fees_total_eur", "blocks_driven", Where(PLATFORM), ALONE, EUR)


def per_parcel(number: Number, parcels: float, of: str) -> Number:
    """Return a cost per parcel."""
    ends = (number.value / parcels, number.low / parcels, number.high / parcels)
    source = number.source._replace(measure=f"({number.source.measure}) / {of}")
    return Number(*ends, number.unit, number.is_change, number.seeds, number.missing, source)


def courier_parcels(readings: Readings) -> float:
    """Return how many parcels a courier attempts a day: follows from demand, couriers and shortage."""
    told = readings.study(STUDY).plan["parameters"]
    names = ("carriers.starting_gap_share", "carriers.couriers", "carriers.failed_to_queue")
    base = Parameters().with_values({name: told[name] for name in names})
    return float(parcels_per_courier_day(base.carriers, told["demand.per_workday"]))


def vacancy_or_block(readings: Readings) -> Said:
    """Check that a vacancy filled by wages costs more per parcel than a block."""
    filled, bought = vacancy(readings, RAISE), block(readings)
    if not filled.is_known:
        return say(
            "a higher wage fills vacancies",
            -1,
            {-1: "Higher pay brings no courier more."},
            seeds=readings.level(STUDY, "courier_days"),
        )
    carried = courier_parcels(readings)
    parcels = readings.parameter(STUDY, "blocks.parcels") * readings.parameter(STUDY, "blocks.delivered_share")
    one, other = per_parcel(filled, carried, "parcels a courier attempts"), per_parcel(bought, parcels, "parcels a block delivers")
    sign = (
        (one.low > other.high) - (one.high < other.low)
        if one.has_interval and other.has_interval
        else (one.value > other.value) - (one.value < other.value)
    )
    start = (
        f"With wages {rise(readings)} higher a courier's day that would be vacant costs {{filled}}, as all couriers get "
        "the rise, {one} for each parcel he can carry; a driven block costs carriers {bought} in fees, {other} a parcel"
    )
    words = {
        1: f"{start}: the block is the cheaper way to carry a parcel.",
        0: f"{start}: which is dearer cannot be told.",
        -1: f"{start}: the vacancy is cheaper to fill.",
    }
    return say(
        "per parcel, a vacancy filled by higher wages costs more than a block",
        sign,
        words,
        filled=filled,
        one=one,
        bought=bought,
        other=other,
    )


def late(readings: Readings, arm: str) -> Number:
    """Return what a late parcel less costs the carriers, EUR: what they lose over what fewer parcels are late."""
    return readings.quotient(STUDY, CARRIERS, LATE, Where(arm), ALONE, EUR)


def spared(readings: Readings) -> Said:
    """Check that the platform spares a late parcel for less than wages do."""
    platform, wages = late(readings, PLATFORM), late(readings, RAISE)
    both = [readings.change(STUDY, LATE, Where(arm)) for arm in (PLATFORM, RAISE)]
    if any(one.sign >= 0 for one in both):
        words = {
            0: "Whether both spare late parcels at all cannot be told: the platform changes their number by "
            "{platform}, higher wages "
            "by {wages}.",
        }
        return say("the platform spares a late parcel for less than wages do", 0, words, platform=both[0], wages=both[1])
    sign = (
        (platform.high < wages.low) - (platform.low > wages.high)
        if platform.has_interval and wages.has_interval
        else (platform.value < wages.value) - (platform.value > wages.value)
    )
    start = (
        f"For each parcel that is no longer late, carriers pay {{platform}} with the platform and {{wages}} with wages "
        f"{rise(readings)} higher"
    )
    words = {
        1: f"{start}: the platform is cheaper.",
        0: f"{start}: which is cheaper cannot be told.",
        -1: f"{start}: wages are cheaper.",
    }
    return say("the platform spares a late parcel for less than wages do", sign, words, platform=platform, wages=wages)


CLAIMS: dict[str, Claim] = {"vacancy_or_block": vacancy_or_block, "spared": spared}


def tables(readings: Readings) -> list[Table]:
    """Return what each way changes against carriers alone, and what it costs them."""
    shown = {
        "courier_days": "Courier days more", "parcels_late_share": "Late, points", "parcels_late": "Late parcels",
        CARRIERS: "Carriers, million EUR", "welfare_total_eur": "Welfare, million EUR",
    }  # fmt: skip
    rows = [Row(label, tuple(readings.change(STUDY, name, Where(arm)) for arm in ARMS)) for name, label in shown.items()]
    rows.append(Row("Cost of a courier's day more, EUR", tuple(vacancy(readings, arm) if arm != PLATFORM else "–" for arm in ARMS)))
    rows.append(Row("Fee for a block, EUR", tuple(block(readings) if arm == PLATFORM else "–" for arm in ARMS)))
    rows.append(Row("Carriers' loss per late parcel less, EUR", tuple(late(readings, arm) for arm in ARMS)))
    return [
        Table(
            "wages",
            "Higher courier wages and the platform, against carriers alone at today's wages",
            ("", *ARMS.values()),
            tuple(rows),
        )
    ]


def figures(readings: Readings) -> list[Figure]:
    """Return the change in late parcels and in the carriers' account."""
    panels = [
        intervals.Panel(
            title,
            tuple(
                intervals.Row(text, (intervals.Mark(readings.change(STUDY, name, Where(arm)), role),)) for arm, text in ARMS.items()
            ),
        )
        for title, name, role in (
            ("Late parcels, points", "parcels_late_share", "recipients"),
            ("Carriers' account, million EUR", CARRIERS, "carriers"),
        )
    ]
    wages, platform = (readings.change(STUDY, "parcels_late_share", Where(arm)) for arm in (RAISE, PLATFORM))
    title = f"Wages {rise(readings)} higher move late parcels by {wages.text}, the platform by {platform.text}".replace(
        "\N{NO-BREAK SPACE}", " "
    )
    head = Headline(title, f"Change against carriers alone over the season; n = {wages.seeds} paired seeds")
    return [
        intervals.figure("wages", head, panels, "Means of the paired differences with 95 % intervals (Student's t, over seeds).")
    ]
