"""The city's parcels: a trend, a season, a week, a persistent shock, and the Christmas extra."""

from datetime import date, timedelta
from math import exp, sqrt
from typing import Any

import numpy as np

from model.random_draws import Purpose, normal

from .dates import is_within, years_between

TREND_STARTS = date(2017, 7, 1)
EXTRA_SEASON = ((11, 1), (12, 23))
DECEMBER = 12
CHRISTMAS_EVE = 24


class Demand:
    """Parcels per working day; the shock lives on working days."""

    def __init__(self, parameters: dict[str, Any], seed: np.uint64, first_day: date) -> None:
        self.per_workday = parameters["demand.per_workday"]
        self.growth = parameters["demand.growth"]
        self.extra = parameters["demand.christmas_extra"]
        self.extra_years = parameters["carriers.season_years"]
        self.month = parameters["demand.month"]
        self.month_from_24_december = parameters["demand.month_from_24_december"]
        self.weekday = parameters["demand.weekday"]
        self.rho = parameters["demand.rho"]
        self.sigma = parameters["demand.sigma"]
        self.seed = seed
        stationary = self.sigma / sqrt(1.0 - self.rho * self.rho)
        self.half_variance = stationary * stationary / 2.0
        self.shock = stationary * self.noise(first_day - timedelta(1))

    def noise(self, day: date) -> float:
        """Draw the day's standard normal number."""
        return normal(self.seed, Purpose.DEMAND.value, day.toordinal(), 0, 0)

    def level(self, day: date) -> float:
        """Return trend, month and weekday together."""
        month = self.month[day.month - 1]
        if day.month == DECEMBER and day.day >= CHRISTMAS_EVE:
            month = self.month_from_24_december
        trend = (1.0 + self.growth) ** years_between(TREND_STARTS, day)
        return self.per_workday * trend * month * self.weekday[day.weekday()]

    def christmas_extra(self, day: date) -> float:
        """Return the extra parcels of the season's years, 1 November to 23 December."""
        if day.year in self.extra_years and is_within(day, *EXTRA_SEASON):
            return self.extra * self.weekday[day.weekday()]
        return 0.0

    def expected(self, day: date) -> float:
        """Return the day's expected parcels given the latest shock."""
        log_mean = self.rho * self.shock + self.sigma * self.sigma / 2.0 - self.half_variance
        return self.level(day) * exp(log_mean) + self.christmas_extra(day)

    def arrivals(self, day: date) -> float:
        """Move the shock on by a working day and return the parcels that arrive."""
        self.shock = self.rho * self.shock + self.sigma * self.noise(day)
        return self.level(day) * exp(self.shock - self.half_variance) + self.christmas_extra(day)
