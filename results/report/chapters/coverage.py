"""At what price the gap is covered, by how many couriers are missing."""

from itertools import product
from math import isnan
from typing import Any

from ...theme import Headline
from .. import curves
from ..exhibit import Figure, Row, Table
from ..readings import Readings, Where, price_of
from ..said import Claim, Said, say

STUDY = "report-coverage"
CAP, GAP = "platform.pay_cap_per_hour", "carriers.starting_gap_share"
FILLED, PAY, LATE = "blocks_filled_share", "pay_mean_per_hour_eur", "parcels_late_share"
TARGET = 0.9  # of blocks
MOST, LITTLE = 0.8, 0.05
TARGETED = "(The share of blocks filled was a target when the reach of the platform was set, so that its level is no finding.)"


def default(readings: Readings) -> dict[str, Any]:
    """Return cap and shortage as they are where nothing is changed."""
    return {name: readings.parameter(STUDY, name) for name in (CAP, GAP)}


def filled(readings: Readings) -> Said:
    """Check that most blocks find a driver."""
    at = default(readings)
    share, pay = (readings.level(STUDY, measure, Where(at=at)) for measure in (FILLED, PAY))
    words = {
        1: "more than four in five blocks find a driver: {share} of them, at a mean pay of {pay}.",
        0: "{share} of blocks find a driver, at a mean pay of {pay}: whether that is more than four in five cannot be told.",
        -1: "fewer than four in five blocks find a driver: {share}, at a mean pay of {pay}.",
    }
    words = {
        sign: f"Under a cap of {at[CAP]:g} EUR/h and with {100 * at[GAP]:g} % of couriers missing, {text} {TARGETED}"
        for sign, text in words.items()
    }
    return say("more than four in five blocks are filled", share.at_least(MOST), words, share=share, pay=pay)


def price(readings: Readings) -> Said:
    """Check that there is a cap under which nine in ten blocks are filled on average."""
    gap, caps = default(readings)[GAP], readings.levels(STUDY, CAP)
    first, last = (readings.level(STUDY, FILLED, Where(at={CAP: cap, GAP: gap})) for cap in (caps[0], caps[-1]))
    needed = price_of(readings, STUDY, FILLED, TARGET, CAP, {GAP: gap})
    test = "nine in ten blocks are filled on average under some cap that was tried"
    if first.at_least(TARGET) > 0:
        words = {1: f"Nine in ten blocks are filled under the lowest cap tried already: {{first}} at {caps[0]:g} EUR/h."}
        return say(test, 1, words, first=first)
    if last.at_least(TARGET) > 0 and needed.has_interval:
        never = seeds_below(readings, {GAP: gap})
        more = f"; in {never} of {last.seeds + last.missing} seeds no cap tried fills as many" if never else ""
        words = {
            1: f"Nine in ten blocks are filled on average once the cap is {{needed}}{more}; at {caps[-1]:g} EUR/h {{last}} are."
        }
        return say(test, 1, words, needed=needed, last=last)
    words = {
        0: f"From a cap of {caps[0]:g} EUR/h to one of {caps[-1]:g} the share filled goes from {{first}} to {{last}}: whether nine "
        "in ten blocks can be filled cannot be told.",
        -1: f"No cap up to {caps[-1]:g} EUR/h fills nine in ten blocks; under that one it is {{last}}.",
    }
    return say(test, min(last.at_least(TARGET), 0), words, first=first, last=last)


def seeds_below(readings: Readings, at: dict[str, Any]) -> int:
    """Return how many seeds fill less than nine in ten blocks under every cap, of those that are known under each."""
    columns = [readings.by_seed(STUDY, FILLED, Where(at={**at, CAP: cap})) for cap in readings.levels(STUDY, CAP)]
    return sum(max(values) < TARGET for values in zip(*columns, strict=True) if not any(map(isnan, values)))


def weakly(readings: Readings) -> Said:
    """Check that the next higher cap fills less than five points more of the blocks."""
    at = default(readings)
    higher = min((level for level in readings.levels(STUDY, CAP) if level > at[CAP]), default=at[CAP])
    change = readings.change(STUDY, FILLED, Where(at={**at, CAP: higher}), Where(at=at))
    start = f"Raising the cap from {at[CAP]:g} to {higher:g} EUR/h changes the share filled by {{change}}"
    words = {
        1: f"{start}, less than five points: the cap binds weakly.",
        0: f"{start}; whether that is less than five points cannot be told.",
        -1: f"{start}, more than five points.",
    }
    return say("the next higher cap fills less than five points more", -change.at_least(LITTLE), words, change=change)


def shortage(readings: Readings) -> Said:
    """Check that more missing couriers leave more parcels late in spite of the platform."""
    at, gaps = default(readings), readings.levels(STUDY, GAP)
    few, many = (Where(at={**at, GAP: gap}) for gap in (gaps[0], gaps[-1]))
    less, more, change = (
        readings.level(STUDY, LATE, few),
        readings.level(STUDY, LATE, many),
        readings.change(STUDY, LATE, many, few),
    )
    start = f"With {100 * gaps[0]:g} % of couriers missing {{less}} of parcels come late, with {100 * gaps[-1]:g} % {{more}}"
    words = {
        1: f"{start}: the platform does not undo a shortage.",
        0: f"{start}: whether the shortage makes a difference cannot be told.",
        -1: f"{start}: with more couriers missing, fewer parcels are late.",
    }
    return say("a larger shortage leaves more parcels late", change.sign, words, less=less, more=more)


CLAIMS: dict[str, Claim] = {"filled": filled, "price": price, "weakly": weakly, "shortage": shortage}


def tables(readings: Readings) -> list[Table]:
    """Return filled share and mean pay, caps down and shortages across."""
    caps, gaps = readings.levels(STUDY, CAP), readings.levels(STUDY, GAP)
    rows = []
    for title, measure in (("Blocks filled, %", FILLED), ("Mean pay, EUR/h", PAY)):
        rows.append(Row(title, (), is_head=True))
        rows += [
            Row(f"cap {cap:g} EUR/h", tuple(readings.level(STUDY, measure, Where(at={CAP: cap, GAP: gap})) for gap in gaps))
            for cap in caps
        ]
    head = ("Couriers missing", *(f"{100 * gap:g} %" for gap in gaps))
    return [
        Table(
            "coverage", "Coverage and price by the cap on pay and the shortage of couriers", head, tuple(rows), has_intervals=False
        )
    ]


def figures(readings: Readings) -> list[Figure]:
    """Return filled share, pay and late parcels over the cap, a line per shortage."""
    caps, gaps = readings.levels(STUDY, CAP), readings.levels(STUDY, GAP)
    cells = {
        (measure, cap, gap): readings.level(STUDY, measure, Where(at={CAP: cap, GAP: gap}))
        for measure, cap, gap in product((FILLED, PAY, LATE), caps, gaps)
    }
    panels = [
        curves.Panel(
            title,
            tuple(
                curves.Line(f"{100 * gap:g} % missing", tuple((float(cap), cells[measure, cap, gap]) for cap in caps))
                for gap in gaps
            ),
        )
        for title, measure in (("Blocks filled, %", FILLED), ("Mean pay, EUR per block hour", PAY), ("Parcels late, %", LATE))
    ]
    at = default(readings)
    first, last = (cells[FILLED, cap, at[GAP]] for cap in (caps[0], caps[-1]))
    title = f"From a cap of {caps[0]:g} to one of {caps[-1]:g} EUR/h, blocks filled go from {first.text} to {last.text}"
    head = Headline(
        title.replace("\N{NO-BREAK SPACE}", " "),
        f"By the cap on pay; a line per share of couriers missing; n = {first.seeds} seeds",
    )
    return [
        curves.figure(
            "coverage", head, panels, "cap on pay, EUR/h",
            "Points are means over seeds, vertical lines their 95 % intervals. The headline is for the default shortage. "
            "A block counts as filled when somebody holds it at the end of booking.",
        )
    ]  # fmt: skip
