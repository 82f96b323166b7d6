"""Functions whose sensitivity has a closed form, whatever the seed: Ishigami's, and the reservation pay of the known cases."""

from math import pi, sin

KM, RATE, HOURS, WAGE = "blocks.km", "cars.deductible_per_km", "entry.hours", "platform.pay_floor_per_hour"
RANGES = {KM: (20.0, 60.0), RATE: (0.1, 0.3), HOURS: (3.0, 6.0), WAGE: (8.0, 12.0)}
PARTNER = {KM: RATE, RATE: KM, HOURS: WAGE, WAGE: HOURS}
ISHIGAMI = {KM: (0.3139, 0.5576), RATE: (0.4424, 0.4424), HOURS: (0.0, 0.2437)}  # first, total


def ishigami(values, seed=0) -> float:
    """Return sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1 of three factors spread over −π to π."""
    x1, x2, x3 = (pi * (2.0 * (values[name] - low) / (high - low) - 1.0) for name, (low, high) in list(RANGES.items())[:3])
    return sin(x1) + 7.0 * sin(x2) ** 2 + 0.1 * x3**4 * sin(x1)


def reservation_pay(values, seed=0) -> float:
    """Return c·km + time·w, the pay from which a block is worth its while."""
    return values[RATE] * values[KM] + values[HOURS] * values[WAGE]


def shares_of_the_reservation_pay() -> dict[str, tuple[float, float]]:
    """Return each factor's first and total share: Var(XY) = Var X·E²Y + E²X·Var Y + Var X·Var Y, of two products."""
    mean = {name: (low + high) / 2 for name, (low, high) in RANGES.items()}
    var = {name: (high - low) ** 2 / 12 for name, (low, high) in RANGES.items()}
    alone = {name: var[name] * mean[PARTNER[name]] ** 2 for name in RANGES}
    both = {name: var[name] * var[PARTNER[name]] for name in RANGES}
    variance = sum(alone.values()) + sum(both.values()) / 2
    return {name: (alone[name] / variance, (alone[name] + both[name]) / variance) for name in RANGES}
