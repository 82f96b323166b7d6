"""A number that knows where it comes from: the study, the measure, the runs, and how sure it is."""

from math import isclose, isfinite, nan
from typing import NamedTuple

from experiments.wording import SECTIONS

KNOWN = {  # labels that say enough where they stand alone
    name: f"surplus of {words.label}" if name.endswith("_surplus_total_eur") else words.label
    for section in SECTIONS.values()
    for name, words in section.items()
    if not words.label.startswith(" ")
}
MILLION = 1e6
NO_BREAK = "\N{NO-BREAK SPACE}"


class Unit(NamedTuple):
    """How a number is written: what it is multiplied by, its decimals, and the unit of a level and of a change."""

    factor: float
    decimals: int
    name: str
    of_change: str


SHARE, PERCENT = Unit(100.0, 1, "%", "points"), Unit(1.0, 1, "%", "%")
PERCENT_POINTS = Unit(1.0, 1, "points", "points")
PER_HOUR, EUR = Unit(1.0, 2, "EUR/h", "EUR/h"), Unit(1.0, 2, "EUR", "EUR")
MILLIONS = Unit(1.0 / MILLION, 2, "million EUR", "million EUR")
COUNT, TIMES, HOURS = Unit(1.0, 0, "", ""), Unit(1.0, 2, "times", ""), Unit(1.0, 2, "h", "h")


def unit_of(measure: str) -> Unit:
    """Return how a measure is written, by what its name ends in."""
    name = measure.partition(".")[0]
    if "share" in name:
        return SHARE
    if name.endswith("_per_hour_eur") or name.endswith("_per_hour_full_cost_eur"):
        return PER_HOUR
    if name.endswith("_total_eur"):
        return MILLIONS
    if name.endswith("_eur"):
        return EUR
    if name == "hours_per_block":
        return HOURS
    return TIMES if name.endswith("_ratio") else COUNT


class Source(NamedTuple):
    """What a number is of."""

    study: str  # the design
    measure: str
    of: str  # which runs, in words; for a change, less which


class Number(NamedTuple):
    """A value with its 95 % interval, over seeds; the interval is nan where there is one seed."""

    value: float
    low: float
    high: float
    unit: Unit
    is_change: bool
    seeds: int  # with the measure
    missing: int  # without it
    source: Source

    @property
    def sign(self) -> int:
        """Return on which side of 0 the interval lies; 0 if it holds 0, if there is none, or if all of it is nothing."""
        return 0 if self.is_nothing else self.at_least(0.0)

    @property
    def has_interval(self) -> bool:
        """Tell whether there is one: not with one seed, nor for a ratio to what may be nothing."""
        return isfinite(self.low) and isfinite(self.high)

    @property
    def text(self) -> str:
        """Write the value with its unit; a change with its sign."""
        unit = self.unit.of_change if self.is_change else self.unit.name
        return f"{self.bare}{NO_BREAK}{unit}" if unit and self.is_known else self.bare

    @property
    def bare(self) -> str:
        """Write the value alone; nothing is 0, what only rounds to it keeps its decimals."""
        return "0" if self.is_nothing else written(self.value * self.unit.factor, self.decimals, "+" if self.is_change else "")

    @property
    def interval(self) -> str:
        """Write the ends of the interval; nothing where there is none, or where it is a single number."""
        if not self.has_interval or self.is_nothing or isclose(self.low, self.high):
            return ""
        sign = "+" if self.is_change else ""
        low, high = (written(end * self.unit.factor, self.decimals, sign) for end in (self.low, self.high))
        return f"{low} to {high}"

    @property
    def is_nothing(self) -> bool:
        """Tell whether value and interval are 0, of money to the nearest EUR: sums of many flows leave a rest."""
        least = 0.5 if self.unit is MILLIONS else 0.0
        return self.is_known and all(abs(end) <= least for end in (self.value, self.low, self.high) if isfinite(end))

    @property
    def is_known(self) -> bool:
        """Tell whether any run has it."""
        return isfinite(self.value)

    @property
    def decimals(self) -> int:
        """Return how many decimals are written: more where a million is much, none where a cent is little."""
        known = [abs(end) for end in (self.value, self.low, self.high) if isfinite(end)]
        if self.unit is EUR and max(known, default=0.0) >= 1_000.0:
            return 0
        is_small = self.unit is MILLIONS and max(known, default=0.0) < 0.1 * MILLION
        return self.unit.decimals + is_small

    def at_least(self, level: float) -> int:
        """Return 1 if its interval lies above a level, -1 if below, 0 if that cannot be told, as without an interval."""
        return (self.low > level) - (self.high < level) if self.has_interval else 0

    def above(self, other: "Number") -> int:
        """Return 1 if its interval lies above another number's, -1 if below, 0 where they meet or one is not there."""
        if not self.has_interval or not other.has_interval:
            return 0
        return (self.low > other.high) - (self.high < other.low)


def unknown(source: Source, missing: int = 0, is_change: bool = False) -> Number:
    """Return a number that no run has."""
    return Number(nan, nan, nan, unit_of(source.measure), is_change, 0, missing, source)


def written(value: float, decimals: int, sign: str = "") -> str:
    """Write a number with a true minus sign; what rounds to 0 has none, what is not known is a dash."""
    if not isfinite(value):
        return "–"
    text = f"{value:{sign},.{decimals}f}"
    return text.lstrip("+-") if not float(text.replace(",", "")) else text.replace("-", "−")


def in_words(measure: str) -> str:
    """Name a measure: as the tables do, with what it is of."""
    name, _, part = measure.partition(".")
    told = KNOWN.get(name) or name.removesuffix("_eur").removesuffix("_total").replace("_", " ")
    return f"{told}, {part.replace('.', ' ').replace('_', ' ')}" if part else told
