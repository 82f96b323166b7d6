"""What driving costs, and how much of it a driver sees (MODEL section 3)."""

from math import exp

from .compiled import compiled


@compiled
def fuel_adjusted(cost_per_km: float, fuel_share: float, fuel_price_factor: float) -> float:
    """Return c_i = cost·(1 + fuel share·(factor − 1)), EUR/km: only the fuel in it follows the fuel price."""
    return cost_per_km * (1.0 + fuel_share * (fuel_price_factor - 1.0))


@compiled
def perceived_share(seen_at_first: float, blocks_driven: float, learning_scale: float) -> float:
    """Return λ = 1 − (1 − λ0)·e^(−blocks/scale): the share of a cost that is seen, rising with experience."""
    return 1.0 - (1.0 - seen_at_first) * exp(-blocks_driven / learning_scale)
