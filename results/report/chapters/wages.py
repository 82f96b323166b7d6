"""Carriers raise courier wages instead of buying blocks: what a vacancy filled costs, and what a late parcel spared.

A parcel counts when it is delivered: as many as a courier can in a day at normal hours, as many as blocks did. What couriers and
drivers gain and what waiting costs is no cost of the carriers': other accounts have it.
"""

from typing import NamedTuple

from model.couriers import parcels_per_courier_day
from model.parameters import Parameters

from ...theme import Headline
from .. import intervals
from ..exhibit import Cell, Figure, Row, Table
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


def vacancy(readings: Readings, arm: str, cost: str = "courier_cost_total_eur") -> Number:
    """Return what one more courier's day costs the carriers in pay if a higher wage brings him, EUR; overtime saved is in it."""
    return readings.quotient(STUDY, cost, "courier_days", Where(arm), ALONE, EUR)


def block(readings: Readings) -> Number:
    """Return what a driven block costs the carriers in fees, EUR."""
    return readings.quotient(STUDY, "platform_fees_total_eur", "blocks_driven", Where(PLATFORM), ALONE, EUR)


class Sides(NamedTuple):
    """What a delivered parcel costs carriers if a higher wage or a block brings who carries it, EUR."""

    wages: Number
    platform: Number


def paid(readings: Readings) -> Sides:
    """Return what is paid for it: couriers and their vans on one side, the fee on the other."""
    day = vacancy(readings, RAISE)
    van = readings.parameter(STUDY, "carriers.van_cost") / (1.0 - readings.parameter(STUDY, "carriers.failed_to_queue"))
    fee = readings.quotient(STUDY, "platform_fees_total_eur", "parcels_by_platform", Where(PLATFORM), ALONE, EUR)
    return Sides(per_parcel(day, courier_parcels(readings), van), fee)


def lost(readings: Readings) -> Sides:
    """Return by how much the carriers' whole account falls for it: with vans, relief, overtime, refunds and penalties."""
    day = negative(vacancy(readings, RAISE, CARRIERS))
    parcel = readings.quotient(STUDY, CARRIERS, "parcels_by_platform", Where(PLATFORM), ALONE, EUR)
    return Sides(per_parcel(day, courier_parcels(readings), 0.0), negative(parcel))


def negative(number: Number) -> Number:
    """Return a change of an account as a loss."""
    source = number.source._replace(measure=f"-({number.source.measure})")
    return number._replace(value=-number.value, low=-number.high, high=-number.low, source=source)


def per_parcel(day: Number, parcels: float, more: float) -> Number:
    """Return the cost of a courier's day for each parcel he can deliver in it, and what comes on top of each."""
    ends = {name: getattr(day, name) / parcels + more for name in ("value", "low", "high")}
    measure = f"({day.source.measure}) / parcels a courier can deliver a day{' + van' if more else ''}"
    return day._replace(**ends, source=day.source._replace(measure=measure))


def courier_parcels(readings: Readings) -> float:
    """Return how many parcels a courier can deliver a day at normal hours: follows from demand, couriers and shortage."""
    told = readings.study(STUDY).plan["parameters"]
    names = (
        "carriers.starting_gap_share",
        "carriers.couriers",
        "carriers.failed_to_queue",
        "carriers.sick",
        "carriers.sick_normal",
    )
    carriers = Parameters().with_values({name: told[name] for name in names}).carriers
    attempts = parcels_per_courier_day(carriers, told["demand.per_workday"]) * (1.0 - carriers.sick) / (1.0 - carriers.sick_normal)
    return float(attempts * (1.0 - carriers.failed_to_queue))


def vacancy_or_block(readings: Readings) -> Said:
    """Check that a delivered parcel costs carriers more if a higher wage brings the courier than if a block brings a driver."""
    test = "a delivered parcel costs carriers more by higher wages than by a block, in what they pay and in their whole account"
    came, driven = readings.change(STUDY, "courier_days", Where(RAISE)), readings.change(STUDY, "blocks_driven", Where(PLATFORM))
    if came.sign <= 0 or driven.sign <= 0:
        text = (
            f"Wages {rise(readings)} higher change couriers' days by {{came}}, and the platform has {{driven}} blocks driven: that "
            "both bring somebody cannot be told, so that there is no cost to compare."
        )
        return say(test, 0, text, came=came, driven=driven)
    day, one_block, pay, account = vacancy(readings, RAISE), block(readings), paid(readings), lost(readings)
    start = (
        f"With wages {rise(readings)} higher a courier's day that would be vacant costs {{day}} in pay, as all couriers get the "
        "rise: with his van {one} for each parcel he can deliver. A driven block costs {block} in fees, {other} for each parcel it "
        "delivers. Counting all that carriers save and pay besides, their account falls by {lost} a parcel, against {lost_other}"
    )
    ends = {
        1: "either way the block is cheaper", -1: "either way wages are cheaper", 0: "which is cheaper cannot be told, or hangs on "
        "what is counted",
    }  # fmt: skip
    signs = [side.wages.above(side.platform) for side in (pay, account)]
    sign = signs[0] if signs[0] == signs[1] else 0
    words = {side: f"{start}: {end}." for side, end in ends.items()}
    return say(test, sign, words, day=day, one=pay.wages, block=one_block, other=pay.platform,
               lost=account.wages, lost_other=account.platform)  # fmt: skip


def late(readings: Readings, arm: str) -> Number:
    """Return what a late parcel less costs the carriers, EUR: what they lose over what fewer parcels are late."""
    return readings.quotient(STUDY, CARRIERS, LATE, Where(arm), ALONE, EUR)


def spared(readings: Readings) -> Said:
    """Check that the platform spares a late parcel for less than wages do."""
    test = "the platform spares a late parcel for less than wages do"
    both = [readings.change(STUDY, LATE, Where(arm)) for arm in (PLATFORM, RAISE)]
    if any(one.sign >= 0 for one in both):
        words = {
            0: "Whether both spare late parcels cannot be told: the platform changes their number by {platform}, higher wages by "
            "{wages}.",
        }
        return say(test, 0, words, platform=both[0], wages=both[1])
    platform, wages = late(readings, PLATFORM), late(readings, RAISE)
    start = (
        "For each parcel that is no longer late, the carriers' account is lower by {platform} with the platform and by {wages} "
        f"with wages {rise(readings)} higher"
    )
    words = {
        1: f"{start}: the platform is cheaper.",
        0: f"{start}: which is cheaper cannot be told.",
        -1: f"{start}: wages are cheaper.",
    }
    return say(test, wages.above(platform), words, platform=platform, wages=wages)


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
    rows = [row._replace(cells=tuple(told(cell) for cell in row.cells)) for row in rows]
    return [
        Table(
            "wages",
            "Higher courier wages and the platform, against carriers alone at today's wages",
            ("", *ARMS.values()),
            tuple(rows),
        )
    ]


def told(cell: Cell) -> Cell:
    """Return a cell; a dash for a ratio to what may be nothing, which has no interval however many seeds there are."""
    return "–" if isinstance(cell, Number) and cell.seeds > 1 and not cell.has_interval else cell


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
