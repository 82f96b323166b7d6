"""What it depends on: one assumption at a time at the ends of its plausible range; and the screening of all, if it was run."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from experiments.design import read_design
from experiments.design.plan import BASE
from experiments.sensitivity.indices import analyse

from ...theme import Headline
from .. import intervals
from ..exhibit import Figure, Row, Table
from ..readings import Readings, Where
from ..said import Claim, Said, say
from ..traced import Number, Source, unit_of

STUDY, SCREENING = "report-sensitivity", "screening"
ALONE = "alone"
LATE = "parcels_late_share"
FILLED, NET, WELFARE, DRIVERS = "blocks_filled_share", "net_pay_per_hour_eur", "welfare_total_eur", "driver_surplus_total_eur"
MOST_SHOWN = 5
NAMES = {
    "awareness.ceiling_share": "who can hear of it",
    "carriers.starting_gap_share": "couriers missing",
    "carriers.season_share": "seasonal couriers",
    "carriers.divertible_share": "parcels that may go",
    "attention.opening_probability_per_tenth": "looks at the app",
    "time_value.psi": "worth of own time",
    "blocks.km": "kilometres of a block",
    "blocks.parcels": "parcels of a block",
    "welfare.lateness": "price of a late day",
    "entry.money": "money to register",
    "perception.car_cost": "car cost seen at first",
    "demand.christmas_extra": "Christmas extra",
}


class Setting(NamedTuple):
    """One assumption at one value."""

    factor: str
    value: Any
    at: dict[str, Any]

    @property
    def label(self) -> str:
        """Name it with its value."""
        return f"{NAMES.get(self.factor, self.factor)} {self.value:g}"


def base(readings: Readings) -> dict[str, Any]:
    """Return every factor at its base."""
    return {name: readings.parameter(STUDY, name) for name in readings.study(STUDY).factors}


def settings(readings: Readings) -> dict[str, list[Setting]]:
    """Return the settings away from the base, by factor, low ones first."""
    at = base(readings)
    return {
        name: [Setting(name, value, {**at, name: value}) for value in readings.levels(STUDY, name) if value != at[name]]
        for name in at
    }


def effect(readings: Readings, measure: str, at: dict[str, Any]) -> Number:
    """Return what the platform changes at a setting."""
    return readings.change(STUDY, measure, Where(at=at), Where(ALONE, at))


def depends(readings: Readings) -> Said:
    """Check that the sign of the drivers' account does not hang on one assumption."""
    at_base = effect(readings, DRIVERS, base(readings))
    found = [(one, effect(readings, DRIVERS, one.at)) for several in settings(readings).values() for one in several]
    above, below = ([one for one, number in found if number.sign == side] for side in (1, -1))
    open_ones = len(found) - len(above) - len(below)
    counted = f"drivers as a group gain at {len(above)} of {len(found)} settings and lose at {len(below)}"
    counted += f", and at {open_ones} that cannot be told" if open_ones else ""
    listed = f"{'such as ' if len(above) > MOST_SHOWN else ''}{', '.join(one.label for one in above[:MOST_SHOWN])}"
    gains = f"; they gain with {listed}" if above and below else ""
    start = (
        "With every assumption at its default the platform changes the drivers' account by {at_base}; with one of them "
        "at an end of "
        f"its range, {counted}{gains}"
    )
    return say(
        "the sign of the drivers' account is the same at every setting", one_sign([at_base, *(number for _, number in found)]),
        {1: f"{start}.", -1: f"{start}. The sign is not a finding, it is an assumption.", 0: f"{start}."}, at_base=at_base,
    )  # fmt: skip


def one_sign(numbers: Iterable[Number]) -> int:
    """Return 1 if all have the same sign, -1 if both signs occur, 0 where some cannot be told."""
    signs = {number.sign for number in numbers}
    return -1 if {1, -1} <= signs else 1 if len(signs) == 1 and 0 not in signs else 0


def welfare_depends(readings: Readings) -> Said:
    """Check that welfare rises at every setting."""
    found = [(one, effect(readings, WELFARE, one.at)) for several in settings(readings).values() for one in several]
    rises = sum(number.sign > 0 for _, number in found)
    lowest, highest = (choose(found, key=lambda pair: pair[1].value) for choose in (min, max))
    start = (
        f"The platform raises welfare at {rises} of {len(found)} settings; the change runs from {{lowest}} "
        f"({lowest[0].label}) to {{highest}} ({highest[0].label})"
    )
    words = {1: f"{start}.", 0: f"{start}: elsewhere it cannot be told from nothing.", -1: f"{start}: it is not robust."}
    sign = 1 if rises == len(found) else -1 if any(number.sign < 0 for _, number in found) else 0
    return say("welfare rises at every setting", sign, words, lowest=lowest[1], highest=highest[1])


CLAIMS: dict[str, Claim] = {"depends": depends, "welfare_depends": welfare_depends}


def tables(readings: Readings) -> list[Table]:
    """Return four results at both ends of every assumption."""
    if STUDY not in readings.sweeps:
        return []
    at = base(readings)
    rows = [Row("All at default", cells(readings, at), is_sum=True)]
    rows += [Row(one.label, cells(readings, one.at)) for several in settings(readings).values() for one in several]
    head = ("", "Blocks filled, %", "Left, EUR/h", "Drivers' account", "Welfare")
    title = "One assumption at a time; accounts: platform less carriers alone, million EUR"
    screened = [screening(readings)] if SCREENING in readings.sweeps else []
    return [Table("sensitivity", title, head, tuple(rows)), *screened]


def screening(readings: Readings) -> Table:
    """Return the parameters that move each result most when all of them vary, as the screening found."""
    design, sweep = read_design(SCREENING), readings.study(SCREENING)
    found = analyse(design, sweep.runs)
    rows = []
    for title, measure in (
        ("Blocks filled, points", FILLED),
        ("Left of an hour, EUR", NET),
        ("Late, points", LATE),
        ("Welfare with the platform, million EUR", WELFARE),
    ):
        rows.append(Row(title, (), is_head=True))
        ordered = sorted((one for one in found.of(BASE, measure) if one.statistic == "mu_star"), key=lambda one: -one.value)
        for one in ordered[:MOST_SHOWN]:
            source = Source(SCREENING, measure, f"mean size of the change over the range of {one.factor}")
            number = Number(one.value, one.low, one.high, unit_of(measure), False, len(sweep.seeds), 0, source)
            rows.append(Row(one.factor, (number,)))
    caption = (
        f"All {len(design.factors)} parameters screened: mean size of the change over a parameter's whole range, "
        "the others anywhere"
    )
    return Table("screening", caption, ("Parameter", "Change"), tuple(rows))


def cells(readings: Readings, at: dict[str, Any]) -> tuple[Number, ...]:
    """Return the four results at a setting."""
    levels = (readings.level(STUDY, name, Where(at=at)) for name in (FILLED, NET))
    return (*levels, *(effect(readings, name, at) for name in (DRIVERS, WELFARE)))


def figures(readings: Readings) -> list[Figure]:
    """Return the assumptions that move three results most, at both ends."""
    if STUDY not in readings.sweeps:
        return []
    panels = []
    for title, measure, role in (
        ("Blocks filled, %", FILLED, "platform"),
        ("Left of an hour, EUR", NET, "drivers"),
        ("Welfare, million EUR", WELFARE, "recipients"),
    ):
        panels.append(panel(readings, title, measure, role))
    told = ", ".join(dict.fromkeys(one.rows[0].label for one in panels))
    head = Headline(
        f"What matters most: {told}",
        f"Results with one assumption at the ends of its range; n = {panels[0].rows[0].marks[0].number.seeds} seeds",
    )
    return [
        intervals.figure(
            "sensitivity", head, panels,
            f"The {MOST_SHOWN} assumptions that move each result most. Full dots: low end, open dots: high end of the "
            "plausible range; "
            "dashed: all at default. Welfare: platform less carriers alone. Numbers beside: the low end.",
        )
    ]  # fmt: skip


def panel(readings: Readings, title: str, measure: str, role: str) -> intervals.Panel:
    """Return the assumptions that move one result most."""

    def result(at: dict[str, Any]) -> Number:
        return effect(readings, measure, at) if measure == WELFARE else readings.level(STUDY, measure, Where(at=at))

    line = result(base(readings))
    found = {name: [result(one.at) for one in several] for name, several in settings(readings).items()}
    ordered = sorted(found, key=lambda name: -max(abs(one.value - line.value) for one in found[name]))
    rows = tuple(
        intervals.Row(
            NAMES.get(name, name),
            tuple(
                intervals.Mark(one, role, key, is_open)
                for one, (key, is_open) in zip(found[name], (("low end", False), ("high end", True)), strict=False)
            ),
        )
        for name in ordered[:MOST_SHOWN]
    )
    return intervals.Panel(title, rows, line.value * line.unit.factor, "default")
