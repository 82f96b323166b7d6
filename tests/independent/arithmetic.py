"""Rounding and shares as the fine print wants them, and the inverse binomial law."""

from math import exp, floor, log, log1p


def rounded(x: float) -> int:
    """Round half up: floor(x + 1/2)."""
    return floor(x + 0.5)


def normalised(weights: list[float]) -> list[float]:
    """Return the weights divided by their total, added in order."""
    total = 0.0
    for weight in weights:
        total += weight
    return [weight / total for weight in weights]


def largest_remainder(total: int, weights: list[float]) -> list[int]:
    """Split a whole number in proportion to weights; what rounding down leaves goes to the largest remainders."""
    shares = normalised(weights)
    parts = [floor(total * share) for share in shares]
    remainders = [total * share - part for share, part in zip(shares, parts, strict=True)]
    by_remainder = sorted(range(len(parts)), key=lambda index: (-remainders[index], index))
    left = total
    for part in parts:
        left -= part
    for index in by_remainder[:left]:
        parts[index] += 1
    return parts


def inverse_binomial(u: float, n: int, p: float) -> int:
    """Return the smallest k whose cumulated probability under Bin(n, p) is at least u, summed upward from 0."""
    if n <= 0 or p <= 0.0:
        return 0
    if p >= 1.0:
        return n
    log_odds = log(p) - log1p(-p)
    log_probability = n * log1p(-p)
    cumulated = exp(log_probability)
    k = 0
    while cumulated < u and k < n:
        log_probability += log((n - k) / (k + 1)) + log_odds
        k += 1
        cumulated += exp(log_probability)
    return k
