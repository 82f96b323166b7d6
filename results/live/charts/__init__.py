"""The charts: pure functions from days to what ECharts draws, one file each."""

from . import cloud, couriers, drivers, looked, net, parcels, pay, tonight

__all__ = ["OVER_TIME", "cloud", "tonight"]

OVER_TIME = (parcels, pay, looked, net, drivers, couriers)
