"""Amounts as they stand on the page: counts, EUR, shares, hours of a slot."""

from model.parameters import Parameters

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
