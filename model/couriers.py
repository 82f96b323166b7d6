"""Couriers: hiring, leaving, the season's helpers, wages, and what they can deliver in a day (MODEL section 2)."""

from math import exp, log, log1p

from .clock import WEEKS_PER_YEAR
from .compiled import compiled
from .parameters.parcels import Carriers

WAGE_MEMORY_WEEKS = 8  # Mondays over which the vacancy rate is averaged
WAGE_PAUSE_WEEKS = 13


@compiled
def inverse_binomial(u: float, trials: int, probability: float) -> int:
    """Return the smallest k whose cumulated binomial probability reaches u, summed upward from 0.

    One uniform per count, so that pairing of arms survives. Works on logs, so that large stocks do not underflow.
    """
    if probability <= 0.0 or trials <= 0:
        return 0
    if probability >= 1.0:
        return trials
    odds = log(probability) - log1p(-probability)
    log_mass = trials * log1p(-probability)
    cumulated = exp(log_mass)
    k = 0
    while cumulated < u and k < trials:
        log_mass += log((trials - k) / (k + 1.0)) + odds
        k += 1
        cumulated += exp(log_mass)
    return k


def growth_per_week(growth: float) -> float:
    """Return γ, the weekly growth of the couriers' target."""
    return log1p(growth) / WEEKS_PER_YEAR


def fill_chance(carriers: Carriers, growth: float, relative_wage: float) -> float:
    """Return the weekly chance to fill a vacancy, min(1, f0·(wage / alternative wage)^ε).

    f0 = (δ+γ)(1−g)/g makes g = (δ+γ)/(δ+γ+f0) the share of couriers missing in the long run; g = 0 fills at once.
    """
    g = carriers.starting_gap_share
    if g == 0.0:
        return 1.0
    f0 = (carriers.separations_per_week + growth_per_week(growth)) * (1.0 - g) / g
    return max(0.0, min(1.0, f0 * relative_wage**carriers.wage_elasticity))


def parcels_per_courier_day(carriers: Carriers, parcels_per_workday: float) -> float:
    """Return attempts a courier makes in normal hours: D0(1−g) / (couriers·(1−failed)), derived, not settable."""
    delivered = parcels_per_workday * (1.0 - carriers.starting_gap_share)
    return delivered / (carriers.couriers * (1.0 - carriers.failed_to_queue))


def attempts_in_normal_hours(couriers: float, per_courier: float, carriers: Carriers) -> float:
    """Return K_i = couriers·parcels per courier and day·(1−sick)/(1−sick_normal)."""
    return couriers * per_courier * (1.0 - carriers.sick) / (1.0 - carriers.sick_normal)
