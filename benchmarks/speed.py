"""Driver-days per second by size of the pool and share registered, beside plain Mesa on the same days."""

from statistics import mean
from typing import NamedTuple

from .isolated import Measured, alone
from .markets import MARKETS, Drive, drive

PRODUCT, *PLAIN = MARKETS
BEST, USUAL = PLAIN
SIZES = (1_000, 10_000, 100_000, 1_000_000)
SHARES = (0.1, 1.0)
PRODUCT_DAYS = 26  # to the end of the fourth week: 23 days with blocks, 3 Sundays, 3 Mondays
PLAIN_DAYS = 4  # Wednesday to Saturday
PLAIN_DAYS_OF_A_MILLION = 1


class Speed(NamedTuple):
    """One row of the table: a pool, and three markets on it."""

    drivers: int
    registered_share: float
    looks_per_day: float  # of the product
    driver_days_per_second: dict[str, float]
    ms_per_day: float  # of the product
    times: dict[str, float]  # how often its time the others take for the same days
    plain_looks_per_look: dict[str, float]  # their looks over the product's on the same days: equal in law
    peak_mib: dict[str, float]


def speed(drivers: int, share: float) -> Speed:
    """Measure one row, each market in a process of its own, one after the other."""
    days = PLAIN_DAYS_OF_A_MILLION if drivers >= 1_000_000 else PLAIN_DAYS
    same_days = alone(drive, PRODUCT, drivers, share, days).result
    product = alone(drive, PRODUCT, drivers, share, PRODUCT_DAYS)
    plain: dict[str, Measured[Drive]] = {kind: alone(drive, kind, drivers, share, days) for kind in PLAIN}
    per_day = mean(product.result.seconds)
    own = sum(product.result.seconds[:days])
    return Speed(
        drivers,
        product.result.registered_share,
        product.result.looks_per_day,
        {PRODUCT: drivers / per_day} | {kind: drivers / mean(market.result.seconds) for kind, market in plain.items()},
        1_000.0 * per_day,
        {kind: sum(market.result.seconds) / own for kind, market in plain.items()},
        {kind: market.result.looks_per_day / same_days.looks_per_day for kind, market in plain.items()},
        {PRODUCT: product.peak_mib} | {kind: market.peak_mib for kind, market in plain.items()},
    )
