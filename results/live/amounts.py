"""Amounts as they stand on the page: counts, EUR, shares, hours of a slot."""

from typing import Any

from model.parameters import Parameters, Quantity, plain

from . import words

MILLION = 1e6


def slot_name(parameters: Parameters, slot: int) -> str:
    """Return a slot's hours."""
    start, hours = parameters.blocks.slot_starts[slot], parameters.blocks.slot_hours[slot]
    return f"{_clock(start)}–{_clock(start + hours)} h"


def _clock(hour: float) -> str:
    minutes = round(60 * (hour % 1))
    return f"{int(hour) % 24}:{minutes:02d}" if minutes else f"{int(hour) % 24}"


def whole(number: float) -> str:
    """Write a count."""
    return f"{number:,.0f}"


def euros(amount: float) -> str:
    """Write EUR, cents only where there are any."""
    return signed(amount, 0 if abs(amount - round(amount)) < 0.005 else 2)


def signed(amount: float, digits: int = 2) -> str:
    """Write a number with a true minus; what rounds to nothing has no sign."""
    text = f"{amount:,.{digits}f}"
    return text.lstrip("-") if not float(text.replace(",", "")) else text.replace("-", "−")


def counted(number: float) -> str:
    """Write a count, a large one in millions."""
    return whole(number) if number < MILLION else words.AMOUNTS["million"].format(number=f"{number / MILLION:.1f}")


def percent(share: float, digits: int = 1) -> str:
    """Write a share; one that is not nothing does not look like nothing."""
    text = f"{100.0 * share:.{digits}f}"
    return words.AMOUNTS["tiny"] if share > 0.0 and not float(text) else words.AMOUNTS["share"].format(share=text)


def in_field(quantity: Quantity, value: Any) -> str:
    """Write a parameter's value as its lever's field does: shares in per cent."""
    if isinstance(value, bool) or not isinstance(value, float | int):
        return words.POLICIES.get(value, plain(value)) if isinstance(value, str) else plain(value)
    return plain(round(100.0 * value, 8)) if quantity.unit.startswith("share") else plain(float(value))


def setting(quantity: Quantity, value: Any) -> str:
    """Write a parameter's value with its unit."""
    return f"{in_field(quantity, value)} {words.unit(quantity.unit)}".strip()
