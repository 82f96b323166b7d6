"""Where the model stands against published evidence, row by row, disagreement first."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from ..exhibit import Figure, Row, Table
from ..readings import NotRunError, Readings, Where
from ..said import Claim, Said, say
from ..traced import COUNT, Number, Source
from . import floor, left
from .sensitivity import SCREENING

STUDY = "report-evidence"
ROWS_FILE = Path(__file__).parents[1] / "evidence.toml"
FAIL, UNCLEAR, PASS, SILENT = "fail", "unclear", "pass", "cannot say"
ORDER = (FAIL, UNCLEAR, PASS, SILENT)


class Verdict(NamedTuple):
    """One row of the validation table with what the model says to it."""

    number: int
    study: str
    published: str
    asks: str
    band: str
    found: Number | None
    verdict: str
    reason: str


def month_nine(readings: Readings) -> Number:
    """Return mean pay in the eighth and ninth month."""
    return readings.level(STUDY, "pay_mean_per_hour_eur.late")


def larger_pool(readings: Readings) -> Number:
    """Return what a pool five times as large does to pay per active month."""
    return readings.change_in_percent(STUDY, "pay_per_active_month_eur.late", Where("pool-of-100000"))


def fewest_seeds(readings: Readings) -> Number:
    """Return the number of seeds of the study with the fewest; the screening needs few, as its points are its cases."""
    seeds = {name: len(sweep.seeds) for name, sweep in readings.sweeps.items() if name != SCREENING}
    study = min(seeds, key=lambda name: seeds[name])
    fewest = float(seeds[study])
    return Number(fewest, fewest, fewest, COUNT, False, seeds[study], 0, Source(study, "seeds", "design"))


COMPUTED: dict[int, Callable[[Readings], Number]] = {
    1: month_nine,
    2: lambda readings: readings.level(left.STUDY, "left_before_tax_share"),
    14: lambda readings: readings.level(STUDY, "short_driver_weeks_share"),
    16: larger_pool,
    18: lambda readings: floor.rise(readings, floor.FREE, "pay_per_registered_week_eur.late"),
    19: lambda readings: floor.rise(readings, floor.CAPPED, "pay_mean_per_hour_eur.late"),
    21: lambda readings: readings.level(left.STUDY, left.BELOW),
    25: fewest_seeds,
}


def verdicts(readings: Readings) -> list[Verdict]:
    """Return every row, those that fail first."""
    rows = tomllib.loads(ROWS_FILE.read_text(encoding="utf-8"))["row"]
    found = [verdict(row, readings) for row in rows]
    return sorted(found, key=lambda one: (ORDER.index(one.verdict), one.number))


def verdict(row: dict[str, Any], readings: Readings) -> Verdict:
    """Hold a row's number against its band."""
    head = (row["number"], row["study"], row["published"], row.get("asks", ""))
    if "why_not" in row:
        return Verdict(*head, "", None, SILENT, row["why_not"])
    band = f"at least {row['low']:g}" if row["high"] >= 10_000 else f"{row['low']:g} to {row['high']:g}".replace("-", "−")
    try:
        found = COMPUTED[row["number"]](readings)
    except NotRunError as error:
        return Verdict(*head, band, None, SILENT, str(error))
    if not found.is_known:
        return Verdict(*head, band, None, SILENT, "not measured in these runs, which are too short for it")
    answer = answer_to(found, row["low"], row["high"])
    return Verdict(*head, band, found, answer, reason_of(row, found, answer))


def answer_to(found: Number, low: float, high: float) -> str:
    """Return whether an interval lies in the band, outside, or across one of its ends; unclear without one."""
    if not found.has_interval:
        return UNCLEAR
    first, last = (end * found.unit.factor for end in (found.low, found.high))
    if low <= first and last <= high:
        return PASS
    return FAIL if last < low or first > high else UNCLEAR


def reason_of(row: dict[str, Any], found: Number, answer: str) -> str:
    """Say why a row does not pass: a reason is of one side of the band, and the other side has none."""
    if answer == UNCLEAR:
        return "the interval crosses an end of the band" if found.has_interval else "there is no interval"
    side = "if_below" if found.value * found.unit.factor < row["low"] else "if_above"
    return row.get(side, "not understood") if answer == FAIL else ""


def agreement(readings: Readings) -> Said:
    """Check that more rows pass than fail, of those that can be computed."""
    found = [one.verdict for one in verdicts(readings)]
    passed, failed, unclear, silent = (found.count(one) for one in (PASS, FAIL, UNCLEAR, SILENT))
    start = f"Of {len(found)} rows of published evidence {len(found) - silent} are computed: {passed} pass, {failed} fail"
    start += f", of {unclear} neither can be told" if unclear else ""
    words = {
        1: f"{start}.",
        0: f"{start}.",
        -1: f"{start}: no more agree with the model than contradict it.",
    }
    sign = (passed > failed + unclear) - (passed + unclear <= failed)
    return say("more rows of the validation table pass than fail, however the others turn out", sign, words)


CLAIMS: dict[str, Claim] = {"agreement": agreement}


def tables(readings: Readings) -> list[Table]:
    """Return the rows that were computed, and those about which nothing can be said."""
    found = verdicts(readings)
    computed = [one for one in found if one.verdict != SILENT]
    rows = tuple(
        Row(f"{one.number}. {one.study}", (one.published, one.asks, one.band, one.found or "–", one.verdict, one.reason))
        for one in computed
    )
    silent = tuple(Row(f"{one.number}. {one.study}", (one.published, one.reason)) for one in found if one.verdict == SILENT)
    head = ("Study", "Published", "In the model", "Band", "Found", "Verdict", "Why")
    title = "Rows of the validation table that were computed, failing ones first"
    return [
        Table("evidence", title, head, rows, widths=(4, 5, 5, 2, 3, 2, 6)),
        Table(
            "silent", "Rows about which the model cannot say anything today", ("Study", "Published", "Why not"), silent,
            widths=(4, 5, 6),
        ),
    ]  # fmt: skip


def figures(_: Readings) -> list[Figure]:
    """Return none: verdicts are words."""
    return []
