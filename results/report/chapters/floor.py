"""A pay floor: what drivers have of it at once and a season or a year later, with free and with capped entry."""

from ...theme import Headline
from .. import intervals
from ..exhibit import Figure, Row, Table
from ..readings import Ratio, Readings, Where
from ..said import Claim, Said, say
from ..traced import Number

STUDY = "report-floor"
FLOOR = "platform.pay_floor_per_hour"
FREE, CAPPED = "base", "capped"
SURPLUS = "surplus_per_registered_week_eur"
MEASURES = {
    SURPLUS: "What a driver gains a week",
    "pay_per_registered_week_eur": "His gross pay a week",
    "surplus_per_block_eur": "What a block brings him",
    "drivers_registered": "Registered drivers",
}
PERIODS = {"early": "Weeks 3 to 8 after the launch", "late": "Last eight weeks of the run"}


def sides(readings: Readings, arm: str) -> tuple[Where, Where]:
    """Return the higher floor, and the lower one, under one rule of entry."""
    low, *_, high = readings.levels(STUDY, FLOOR)
    return Where(arm, {FLOOR: high}), Where(arm, {FLOOR: low})


def rise(readings: Readings, arm: str, measure: str) -> Number:
    """Return what the higher floor changes, per cent."""
    return readings.change_in_percent(STUDY, measure, *sides(readings, arm))


def floors(readings: Readings) -> str:
    """Name the floors."""
    low, *_, high = readings.levels(STUDY, FLOOR)
    return f"a floor of {high:g} instead of {low:g} EUR/h"


def periods_under(readings: Readings, arm: str) -> tuple[Ratio, Ratio]:
    """Return what the floor does to a driver's week late, and early, under one rule of entry."""
    late, early = (Ratio(f"{SURPLUS}.{period}", *sides(readings, arm)) for period in ("late", "early"))
    return late, early


def fades(readings: Readings) -> Said:
    """Check that with free entry drivers gain from a floor at first, that the gain shrinks as more register, and by their entry."""
    early, late = (rise(readings, FREE, f"{SURPLUS}.{period}") for period in PERIODS)
    came = rise(readings, FREE, "drivers_registered.late")
    free, capped = (periods_under(readings, arm) for arm in (FREE, CAPPED))
    drop = readings.percent_less_percent(STUDY, *free)
    beyond = readings.difference_in_differences(STUDY, free, capped)
    start = (
        f"With free entry, {floors(readings)} changes what a registered driver gains a week by {{early}} in weeks 3 to 8 and by "
        f"{{late}} in the last eight"
    )
    words = {
        1: f"{start}, while the number of registered drivers changes by {{came}}, and the gain shrinks more than under a cap on "
        "entry: entry takes part of it away.",
        0: f"{start}; {not_told(early, drop)}.",
        -1: f"{start}: the gain grows.",
    }
    is_eaten = early.sign > 0 and drop.sign < 0 and came.sign > 0 and beyond.sign < 0
    sign = 1 if is_eaten else -1 if early.sign > 0 and drop.sign > 0 else 0
    return say("with free entry a floor's gain shrinks, more than with capped entry, as drivers come", sign, words,
               early=early, late=late, came=came, drop=drop, beyond=beyond)  # fmt: skip


def not_told(early: Number, drop: Number) -> str:
    """Say why nothing is said about entry."""
    if early.sign <= 0:
        return "that there is a gain at first, which entry could take away, cannot be told"
    return "the gain shrinks, but that entry is why cannot be told" if drop.sign < 0 else "whether the gain fades cannot be told"


def lasts(readings: Readings) -> Said:
    """Check that a cap on entry keeps more of the gain, and that there is one."""
    free, capped = (rise(readings, arm, f"{SURPLUS}.late") for arm in (FREE, CAPPED))
    more = readings.percent_less_percent(STUDY, *(periods_under(readings, arm)[0] for arm in (CAPPED, FREE)))
    start = (
        "Under a cap on entry the same floor changes what a registered driver gains a week by {capped} in the last eight weeks, "
        "against {free} with free entry"
    )
    words = {
        1: f"{start}: the cap keeps more of the gain, for those who are inside.",
        0: f"{start}: that the cap keeps a gain cannot be told.",
        -1: f"{start}: the cap keeps less of it.",
    }
    sign = more.sign if more.sign < 0 or capped.sign > 0 else 0
    return say("a cap on entry keeps more of a floor's gain", sign, words, capped=capped, free=free, more=more)


def paid_by(readings: Readings) -> Said:
    """Check that a floor costs the platform money."""
    names = ("platform_surplus_total_eur", "driver_surplus_total_eur", "state_surplus_total_eur")
    cost, gain, tax = (readings.change(STUDY, name, *sides(readings, FREE)) for name in names)
    start = (
        "With free entry the floor changes the platform's account by {cost}, that of the drivers as a group by {gain}, and the "
        "state's by {tax}"
    )
    words = {
        1: f"{start}: the platform pays.",
        0: f"{start}: whether the platform pays cannot be told.",
        -1: f"{start}: the platform does not pay for it.",
    }
    return say("a floor costs the platform money", -cost.sign, words, cost=cost, gain=gain, tax=tax)


CLAIMS: dict[str, Claim] = {"fades": fades, "lasts": lasts, "paid_by": paid_by}


def tables(readings: Readings) -> list[Table]:
    """Return levels in both periods, by floor and rule of entry."""
    columns = [where for arm in (FREE, CAPPED) for where in reversed(sides(readings, arm))]
    rows = []
    for period, title in PERIODS.items():
        rows.append(Row(title, (), is_head=True))
        rows += [
            Row(label, tuple(readings.level(STUDY, f"{measure}.{period}", where) for where in columns))
            for measure, label in ({"pay_mean_per_hour_eur": "Pay per block hour"} | MEASURES).items()
        ]
    low, *_, high = readings.levels(STUDY, FLOOR)
    head = ("", *(f"{entry}, floor {floor:g}" for entry in ("Free entry", "Capped") for floor in (low, high)))
    return [Table("floor", "A pay floor by rule of entry; EUR, per registered driver where it says a week", head, tuple(rows))]


def figures(readings: Readings) -> list[Figure]:
    """Return what the higher floor changes in both periods, with free and with capped entry."""
    panels = []
    for period, title in PERIODS.items():
        rows = []
        for measure, label in MEASURES.items():
            free, capped = (rise(readings, arm, f"{measure}.{period}") for arm in (FREE, CAPPED))
            marks = intervals.Mark(free, "drivers", "free entry"), intervals.Mark(capped, "platform", "capped entry", True)
            rows.append(intervals.Row(label, marks))
        panels.append(intervals.Panel(f"{title}, change in %", tuple(rows)))
    early, late = (rise(readings, FREE, f"{SURPLUS}.{period}") for period in PERIODS)
    title = f"With free entry the floor changes a driver's week by {early.text} at first, and by {late.text} later"
    head = Headline(title, f"What {floors(readings)} changes, per cent; n = {early.seeds} paired seeds")
    return [
        intervals.figure(
            "floor", head, panels,
            "Means of paired ratios with 95 % intervals. A driver's gain is what blocks leave beyond the value of his "
            "time; those who are "
            "registered and get no block count. Numbers beside: free entry.",
        )
    ]  # fmt: skip
