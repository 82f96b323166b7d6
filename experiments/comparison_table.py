"""A comparison for the terminal: measures in an economist's words, differences with intervals, and what pairing was worth."""

from collections.abc import Collection, Sequence
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from model.parameters import ParameterError, nearest

from .compare import Comparison
from .measures import AT_LOW_LATENESS, LOW_LATENESS
from .paired import Difference

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

MOST_SEEDS_SHOWN = 9_999
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Words(NamedTuple):
    """How a measure is called, and the factor, decimals and unit in which it is written."""

    label: str
    factor: float
    decimals: int
    unit: str = ""
    unit_of_difference: str = ""

    def level(self, value: float) -> str:
        """Write a mean over seeds."""
        return f"{_number(value * self.factor, self.decimals, '')}{self.unit}" if value == value else "–"

    def change(self, value: float) -> str:
        """Write a difference with its sign."""
        return f"{_number(value * self.factor, self.decimals, '+')}{self.unit_of_difference}"

    def interval(self, low: float, high: float) -> str:
        """Write an interval of differences."""
        ends = (_number(end * self.factor, self.decimals, "+") for end in (low, high))
        return f"{' … '.join(ends)}{self.unit_of_difference}"

    def is_zero(self, value: float) -> bool:
        """Tell whether a value is nothing at the precision shown."""
        return abs(value * self.factor) < 0.5 * 10.0**-self.decimals


def share(label: str) -> Words:
    """Write a share in per cent and its differences in points."""
    return Words(label, 100.0, 1, " %", " pt")


def money(label: str) -> Words:
    """Write EUR with cents."""
    return Words(label, 1.0, 2)


def count(label: str) -> Words:
    """Write a number of things."""
    return Words(label, 1.0, 0)


def account(label: str) -> Words:
    """Write million EUR."""
    return Words(label, 1e-6, 3)


SECTIONS: dict[str, dict[str, Words]] = {
    "services and prices": {
        "parcels_gap_share": share("gap beyond own couriers"),
        "platform_share_of_gap": share("  carried by the platform"),
        "parcels_late_share": share("parcels delivered late"),
        "parcels_refunded_share": share("parcels refunded"),
        "parcels_waiting_at_end": count("parcels waiting at the end"),
        "blocks_posted": count("blocks posted"),
        "blocks_filled_share": share("  filled"),
        "pay_mean_per_hour_eur": money("pay per block hour, EUR"),
        "pay_to_clairvoyant_ratio": money("  over the least possible"),
    },
    "drivers": {
        "drivers_active_peak": count("active drivers at the peak"),
        "net_pay_per_hour_eur": money("net per hour with ways, EUR"),
        "net_pay_per_hour_full_cost_eur": money("  at full car cost"),
        "share_of_blocks_below_minimum_wage": share("  blocks below minimum wage"),
    },
    "surplus, million EUR": {
        "driver_surplus_total_eur": account("drivers"),
        "platform_surplus_total_eur": account("platform"),
        "carrier_surplus_total_eur": account("carriers"),
        "courier_surplus_total_eur": account("couriers"),
        "state_surplus_total_eur": account("state"),
        "recipient_surplus_total_eur": account("recipients"),
        "shipper_surplus_total_eur": account("shippers"),
        "rest_surplus_total_eur": account("car, fuel and van trade"),
        "welfare_total_eur": account("welfare, their sum"),
        AT_LOW_LATENESS: account(f"  if a late day cost {LOW_LATENESS:.2f}"),
    },
}
ACCOUNTS = {name: words for name, words in SECTIONS["surplus, million EUR"].items() if name != AT_LOW_LATENESS}
KNOWN = frozenset(name for section in SECTIONS.values() for name in section)


def check_measures(names: Sequence[str]) -> None:
    """Raise ParameterError for a name that is no measure, with the nearest that is one."""
    for name in names:
        if name not in KNOWN:
            raise ParameterError(f"--measure {name}: unknown measure; {nearest(name, sorted(KNOWN))}")


def report(comparison: Comparison, measures: Collection[str] = ()) -> "list[RenderableType]":
    """Return what is printed: the arms, a table per arm against the reference, and how to read them.

    measures: names of those to show; without any, all.
    """
    from rich.text import Text

    parts: list[RenderableType] = [Text(_heading(comparison))]
    for letter, arm in list(zip(LETTERS, comparison.arms, strict=False))[1:]:
        parts += ["", comparison_table(_shown(comparison.against_reference(arm), measures), letter)]
    return [*parts, "", Text(how_to_read(comparison.seeds, comparison.differences), style="dim")]


def _shown(differences: tuple[Difference, ...], measures: Collection[str]) -> tuple[Difference, ...]:
    return tuple(one for one in differences if not measures or one.measure in measures)


def comparison_table(differences: tuple[Difference, ...], letter: str) -> "Table":
    """Return the table of one arm against the reference."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("", no_wrap=True, min_width=28)
    for head, width in (("A", 8), (letter, 8), (f"{letter} − A", 9), ("95 % interval", 19), ("same sign", 9), ("unpaired", 8)):
        table.add_column(head, justify="right", no_wrap=True, min_width=width)
    by_measure = {one.measure: one for one in differences}
    others = {one.measure: Words(one.measure, 1.0, 4) for one in differences if one.measure not in KNOWN}
    for section, words in [*SECTIONS.items(), ("other", others)]:
        shown = [(name, known) for name, known in words.items() if name in by_measure]
        if shown and table.row_count:
            table.add_row()
        if shown:
            table.add_row(f"[bold]{section}[/bold]")
        for name, known in shown:
            one = by_measure[name]
            table.add_row(*cells(one, known), style="bold" if name == "welfare_total_eur" else None)
    return table


def cells(one: Difference, words: Words) -> tuple[str, ...]:
    """Write a difference as a row: label, levels, difference, interval, seeds of the same sign, seeds without pairing."""
    levels = words.label, words.level(one.reference_mean), words.level(one.arm_mean)
    if one.pairs == 0:
        return *levels, "–", "–", "–", "–"
    if all(words.is_zero(value) for value in (one.mean, one.t_low, one.t_high) if value == value):
        return *levels, "0", "–", "–", "–"
    same = f"{round(one.same_sign_share * one.pairs)} of {one.pairs}" if one.pairs > 1 else "–"
    return *levels, words.change(one.mean), interval(one, words), same, seeds(one.unpaired_seeds)


def interval(one: Difference, words: Words) -> str:
    """Write Student's interval, with a mark where the bootstrap says otherwise about 0."""
    if one.pairs < 2:
        return "–"
    return words.interval(one.t_low, one.t_high) + ("" if one.bootstrap_agrees else " †")


def seeds(number: float) -> str:
    """Write a number of seeds."""
    if number > MOST_SEEDS_SHOWN:
        return f"> {MOST_SEEDS_SHOWN:,}"
    return f"{number:,.0f}" if isfinite(number) else "–"


def how_to_read(n: int, differences: Sequence[Difference]) -> str:
    """Return the legend for differences over n seeds."""
    if n == 1:
        return "One seed: one season, so there is no interval and no telling difference from luck. --seeds asks for more."
    legend = (
        "95 % interval: Student's, of the mean of the paired differences. same sign: seeds whose difference has the sign of the "
        "mean; seeds in which an arm lacks a measure are left out. unpaired: seeds per arm that would give as narrow an interval "
        f"without pairing, instead of {n}."
    )
    if any(not one.bootstrap_agrees for one in differences if one.pairs > 1):
        legend += " †: the bootstrap interval says otherwise about 0."
    return legend


def _heading(comparison: Comparison) -> str:
    arms = [f"{letter}  {arm.label}" for letter, arm in zip(LETTERS, comparison.arms, strict=False)]
    arms[0] += "  (the reference)"
    n = comparison.seeds
    seeds_in_words = f"seeds 0 to {n - 1}" if n > 1 else "seed 0"
    days = comparison.manifest["days"]
    return "\n".join([*arms, f"{days} days, {seeds_in_words}, paired: the same people, days and luck in every arm"])


def _number(value: float, decimals: int, sign: str) -> str:
    """Write a number with a true minus sign; what rounds to 0 has none."""
    text = f"{value:{sign},.{decimals}f}"
    return text.lstrip("+-") if not float(text.replace(",", "")) else text.replace("-", "−")
