"""Measures in an economist's words: label, unit, decimals, and where in a table each stands."""

from collections.abc import Sequence
from typing import NamedTuple

from model.parameters import ParameterError, nearest

from .measures import AT_LOW_LATENESS, LOW_LATENESS

MILLION = 1e-6


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
    return Words(label, MILLION, 3)


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
KNOWN = {name: words for section in SECTIONS.values() for name, words in section.items()}


def check_measures(names: Sequence[str]) -> None:
    """Raise ParameterError for a name that is no measure, with the nearest that is one."""
    for name in names:
        if name not in KNOWN:
            raise ParameterError(f"--measure {name}: unknown measure; {nearest(name, sorted(KNOWN))}")


def words_of(measure: str) -> Words:
    """Return how a measure is written."""
    return KNOWN.get(measure) or Words(measure, 1.0, 4)


def title_of(measure: str) -> str:
    """Name a measure and its unit."""
    words = words_of(measure)
    name = measure.removesuffix("_eur").removesuffix("_total").replace("_", " ")
    unit = "million EUR" if words.factor == MILLION else "EUR" if measure.endswith("_eur") else "points" if words.unit else ""
    return f"{name}, {unit}" if unit else name


def _number(value: float, decimals: int, sign: str) -> str:
    """Write a number with a true minus sign; what rounds to 0 has none."""
    text = f"{value:{sign},.{decimals}f}"
    return text.lstrip("+-") if not float(text.replace(",", "")) else text.replace("-", "−")
