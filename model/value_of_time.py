"""What an hour of today is worth to a driver: his usual value, the pattern of the week, and shocks (MODEL section 3)."""

from math import erfc, exp, pi, sqrt

from .compiled import compiled


@compiled
def reservation_wage(
    value_of_time: float, wage_index: float, premium: float, week_shock: float, day_shock: float, slot_shock: float
) -> float:
    """Return w_its = max(0, w_i·index + pattern + σ_week z + σ_day z + σ_slot z), EUR/h; shocks come in EUR/h."""
    return max(0.0, value_of_time * wage_index + premium + week_shock + day_shock + slot_shock)


@compiled
def normal_density(z: float) -> float:
    """Return φ(z)."""
    return exp(-0.5 * z * z) / sqrt(2.0 * pi)


@compiled
def normal_probability(z: float) -> float:
    """Return Φ(z)."""
    return 0.5 * erfc(-z / sqrt(2.0))


@compiled
def expected_surplus(mean: float, sigma: float) -> float:
    """Return G(d, σ) = dΦ(d/σ) + σφ(d/σ): the mean of max(0, d + σz), what freedom to choose is worth per hour."""
    if sigma == 0.0:
        return max(0.0, mean)
    return mean * normal_probability(mean / sigma) + sigma * normal_density(mean / sigma)
