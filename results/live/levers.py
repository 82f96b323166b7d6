"""What can be turned on the page: parameters by name; unit, range, default and source are their own."""

import re
from typing import Any, NamedTuple

from model.parameters import ParameterError, Parameters, Quantity
from model.parameters.market import POLICIES

STEPS = 100  # of a slider, at most
NICE_STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)

GROUPS = {
    "platform": (
        "platform.pay_cap_per_hour", "platform.station_limit", "platform.pay_floor_per_hour", "platform.policy",
    ),
    "carriers": ("carriers.starting_gap_share", "carriers.wage_factor"),
    "costs": ("policy.mileage_eur_per_km", "cars.deductible_per_km", "cars.fuel_price_factor", "rules.minimum_wage"),
    "people": ("awareness.imitation_per_week", "awareness.ceiling_share", "population.unemployment_rate"),
}  # fmt: skip
LEVERS = tuple(name for names in GROUPS.values() for name in names)


class Lever(NamedTuple):
    """A parameter that can be turned. choices: names, for one that is no number; low, high, step: of its slider."""

    name: str
    quantity: Quantity
    value: Any
    choices: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 1.0
    step: float = 0.01

    @property
    def is_number(self) -> bool:
        """Tell whether it is turned by a slider."""
        return not self.choices

    @property
    def is_whole(self) -> bool:
        """Tell whether only whole numbers are allowed."""
        return isinstance(self.quantity.default, int)

    @property
    def is_share(self) -> bool:
        """Tell whether it is shown in per cent."""
        return self.quantity.unit.startswith("share")


def levers(parameters: Parameters, law: float) -> list[Lever]:
    """Return every lever as it stands. law: the minimum wage of the date, EUR/h, in force where the scenario has no own."""
    table = parameters.table()
    return [_lever(name, table[name], law) for name in LEVERS]


def _lever(name: str, quantity: Quantity, law: float) -> Lever:
    if name == "platform.policy":
        return Lever(name, quantity, quantity.value, tuple(POLICIES))
    value = law if quantity.value is None else quantity.value
    low, high = quantity.plausible or quantity.allowed or (0.0, 1.0)
    low, high = min(low, value), max(high, value)
    step = next((nice for nice in NICE_STEPS if (high - low) / nice <= STEPS), NICE_STEPS[-1])
    return Lever(name, quantity, value if isinstance(quantity.default, int) else float(value), (), low, high, step)


def typed(lever: Lever, text: str) -> Any:
    """Read what was typed into a lever's field: per cent for shares, a comma is a point, between the thousands of a count none.

    Raises ParameterError with one line that says what is allowed.
    """
    if lever.choices:
        if text not in lever.choices:
            raise ParameterError(f"{lever.name} = {text[:40]!r}: not allowed; allowed: one of {', '.join(lever.choices)}")
        return text
    cleaned = text.strip().removesuffix("%").strip().replace("−", "-").replace("_", "?")  # Python would read 1_0 as 10
    is_grouped = lever.is_whole and re.fullmatch(r"\d{1,3}(,\d{3})+", cleaned)
    cleaned = cleaned.replace(",", "" if is_grouped else ".")
    try:
        number = float(cleaned) / (100.0 if lever.is_share else 1.0)
    except ValueError:
        raise ParameterError(f"{lever.name} = {text[:40]!r}: not allowed; allowed: {lever.quantity.what_is_allowed}") from None
    return taken(lever, number)


def taken(lever: Lever, number: float) -> float | int:
    """Return a number as the parameter has it: whole where it counts something."""
    return int(number) if lever.is_whole and number == number // 1 else round(number, 10)
