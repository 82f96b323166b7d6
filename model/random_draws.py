"""One number per (seed, purpose, day, person, slot): Philox4x32-10 with that tuple as its counter.

A draw belongs to its tuple alone, so it is the same in every policy arm, whoever acted before and in whatever order the
rows stand. Salmon, Moraes, Dror, Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", SC'11.
"""

from enum import IntEnum
from math import log, sqrt

import numpy as np
from numba import uint32, uint64

from .compiled import compiled, compiled_as

MAX_SEED = 2**64 - 1


class Purpose(IntEnum):
    """What a draw decides. Append only: a number, once published, keeps its meaning (MODEL section 9, Draws).

    Hand rules its `int`: given the name itself, numba works out its type anew at every call, which takes 80 times the draw.
    """

    OPENINGS = 1
    ORDER = 2
    WEEK_SHOCK = 3
    DAY_SHOCK = 4
    SLOT_SHOCK = 5
    AVAILABLE = 6
    CANCEL = 7
    NO_SHOW = 8
    DEMAND = 9
    HIRES = 10
    SEPARATIONS = 11
    AWARE = 12
    REGISTER = 13
    DELAY = 14
    LEAVE = 15
    REPLACE = 16
    POPULATION = 17


class Attribute(IntEnum):
    """The slot of a population draw; redraws add 1,000 each. Append only."""

    GROUP = 1
    DISTRICT = 2
    ARCHETYPE = 3
    WAGE = 4
    FREE_HOUR = 5
    PSI = 6
    CHI = 7
    CAR = 8
    WAY = 9
    OPENING = 10
    REACHABLE = 11
    AWARE_AT_LAUNCH = 12


REDRAW = 1_000


@compiled_as("UniTuple(uint64, 2)(uint64, int64, int64, int64, int64)")
def philox(seed: np.uint64, purpose: int, day: int, person: int, slot: int) -> tuple[np.uint64, np.uint64]:
    """Return two 64-bit words that belong to this tuple alone: key = seed, counter = (person, day, purpose, slot)."""
    low = uint64(0xFFFFFFFF)
    a, b, c, d = uint64(uint32(person)), uint64(uint32(day)), uint64(uint32(purpose)), uint64(uint32(slot))
    k0, k1 = seed & low, seed >> uint64(32)
    for _ in range(10):
        p, q = uint64(0xD2511F53) * a, uint64(0xCD9E8D57) * c
        a, b, c, d = (q >> uint64(32)) ^ b ^ k0, q & low, (p >> uint64(32)) ^ d ^ k1, p & low
        k0, k1 = (k0 + uint64(0x9E3779B9)) & low, (k1 + uint64(0xBB67AE85)) & low
    return (b << uint64(32)) | a, (d << uint64(32)) | c


@compiled_as("float64(uint64, int64, int64, int64, int64)")
def uniform(seed: np.uint64, purpose: int, day: int, person: int, slot: int) -> float:
    """Draw from the open interval (0, 1): 52 bits, so that neither 0 nor 1 can occur."""
    word = philox(seed, purpose, day, person, slot)[0]
    return (np.float64(word >> uint64(12)) + 0.5) * 2.0**-52


@compiled_as("float64(uint64, int64, int64, int64, int64)")
def exponential(seed: np.uint64, purpose: int, day: int, person: int, slot: int) -> float:
    """Draw a waiting time with mean 1."""
    return -log(uniform(seed, purpose, day, person, slot))


@compiled
def _horner(r: float, coefficients: tuple[float, ...]) -> float:
    """Evaluate a polynomial, highest power first."""
    value = coefficients[0]
    for k in range(1, len(coefficients)):
        value = value * r + coefficients[k]
    return value


# fmt: off
_CENTRE = ((2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
            13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608),
           (5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
            5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0))
_SHOULDER = ((7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
              3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734),
             (1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
              0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1.0))
_TAIL = ((2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
          0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772),
         (2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
          0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1.0))
# fmt: on


@compiled_as("float64(float64)")
def normal_quantile(p: float) -> float:
    """Return z with Φ(z) = p: algorithm AS 241 (Wichura 1988, PPND16), relative error about 1e-16."""
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return _horner(r, _CENTRE[0]) * q / _horner(r, _CENTRE[1])
    r = sqrt(-log(p if q < 0.0 else 1.0 - p))
    if r <= 5.0:
        z = _horner(r - 1.6, _SHOULDER[0]) / _horner(r - 1.6, _SHOULDER[1])
    else:
        z = _horner(r - 5.0, _TAIL[0]) / _horner(r - 5.0, _TAIL[1])
    return -z if q < 0.0 else z


@compiled_as("float64(uint64, int64, int64, int64, int64)")
def normal(seed: np.uint64, purpose: int, day: int, person: int, slot: int) -> float:
    """Draw a standard normal number."""
    return normal_quantile(uniform(seed, purpose, day, person, slot))
