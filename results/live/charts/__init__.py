"""The charts: pure functions from days to what ECharts draws, one file each."""

from . import cloud, couriers, drivers, gap, looked, net, parcels, pay, tonight, waiting

__all__ = ["OVER_TIME", "cloud", "tonight"]

OVER_TIME = (gap, waiting, pay, looked, net, drivers, parcels, couriers)
