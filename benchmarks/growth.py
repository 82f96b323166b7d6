"""How time grows with days and with the pool: slopes in logarithms, with intervals; 1 is linear."""

import math
import time
from statistics import mean
from typing import Any, NamedTuple

from scipy import stats

from model import BlockMarket
from model.roster import DRIVER

from .isolated import alone
from .markets import SEED, drive, parameters_of

DAYS = (30, 60, 120, 365, 1_000, 3_650)
POOLS = (10_000, 30_000, 100_000, 300_000, 1_000_000)
REPEATS = 3


class Slope(NamedTuple):
    """A power law fitted by least squares: time ~ size^slope."""

    sizes: tuple[int, ...]
    seconds: tuple[tuple[float, ...], ...]  # by size and repeat
    slope: float
    low: float
    high: float  # 95 % interval, Student's t


class Memory(NamedTuple):
    """What a driver costs."""

    row_bytes: int
    bytes_per_driver: float  # growth of the peak between two pools
    peak_mib_of_a_million: float


def fitted(sizes: tuple[int, ...], seconds: list[tuple[float, ...]]) -> Slope:
    """Fit the slope over all repeats."""
    points = [(math.log(size), math.log(second)) for size, some in zip(sizes, seconds, strict=True) for second in some]
    x, y = zip(*points, strict=True)
    fit: Any = stats.linregress(x, y)
    half = stats.t.ppf(0.975, len(points) - 2) * fit.stderr
    return Slope(sizes, tuple(seconds), fit.slope, fit.slope - half, fit.slope + half)


def seconds_for(days: int) -> float:
    """Time a market of 2,000 potential drivers, a tenth registered, from its third day on."""
    market = BlockMarket(parameters_of(2_000, 0.1), rng=SEED)
    market.run(2)
    clock = time.perf_counter()
    market.run(days)
    return time.perf_counter() - clock


def growth_with_days() -> Slope:
    """Fit time against days."""
    return fitted(DAYS, [tuple(alone(seconds_for, days).result for _ in range(REPEATS)) for days in DAYS])


def growth_with_pool() -> Slope:
    """Fit the time of a day against the pool, a tenth of it registered."""
    means = [tuple(mean(alone(drive, "gigsupply", pool, 0.1, 12).result.seconds) for _ in range(REPEATS)) for pool in POOLS]
    return fitted(POOLS, means)


def memory() -> Memory:
    """Measure peaks with a tenth registered."""
    peaks = {pool: alone(drive, "gigsupply", pool, 0.1, 12).peak_mib for pool in (100_000, 1_000_000)}
    return Memory(DRIVER.itemsize, (peaks[1_000_000] - peaks[100_000]) * 2**20 / 900_000, peaks[1_000_000])
