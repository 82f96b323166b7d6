"""Mondays at the carriers: couriers hired and lost, wages set."""

from __future__ import annotations

from datetime import date
from math import floor, inf, log
from typing import TYPE_CHECKING, Any

import numpy as np

from model.random_draws import Purpose, uniform

from .arithmetic import inverse_binomial, largest_remainder
from .dates import years_between

if TYPE_CHECKING:
    from .carrier import Carrier

WEEKS_PER_YEAR = 52.18
VACANCY_MONDAYS = 8
DAYS_BETWEEN_WAGE_STEPS = 13 * 7


class CourierMarket:
    """Where the five carriers look for couriers."""

    def __init__(self, parameters: dict[str, Any], seed: np.uint64, start: date) -> None:
        self.parameters = parameters
        self.seed = seed
        self.start = start
        self.separation = parameters["carriers.separations_per_week"]
        self.hired = 0
        self.separated = 0

    @property
    def filling_rate(self) -> float:
        """Return f0 = (δ+γ)(1−g)/g, the weekly chance to fill a vacancy at the alternative wage."""
        gap = self.parameters["carriers.starting_gap_share"]
        if gap == 0.0:
            return inf
        trend = log(1.0 + self.parameters["demand.growth"]) / WEEKS_PER_YEAR
        return (self.separation + trend) * (1.0 - gap) / gap

    @property
    def hires_at_most(self) -> int:
        """Return how many of the unemployed all carriers together can hire in a week."""
        rate = self.parameters["population.unemployment_rate"] / self.parameters["population.reference_unemployment_rate"]
        return floor(self.parameters["carriers.hire_limit"] * self.parameters["population.unemployed"] * rate)

    def chance_to_fill(self, carrier: Carrier, monday: date) -> float:
        """Return the chance to fill a vacancy this week at the carrier's wage."""
        if self.filling_rate == inf:
            return 1.0
        growth = (1.0 + self.parameters["carriers.alternative_wage_growth"]) ** years_between(self.start, monday)
        relative_wage = carrier.wage_per_hour / (carrier.first_alternative_wage * growth)
        return min(1.0, self.filling_rate * relative_wage ** self.parameters["carriers.wage_elasticity"])

    def hires(self, carriers: list[Carrier], monday: date) -> list[int]:
        """Draw each carrier's hires and scale them down to what the city has."""
        wanted, total = [], 0
        for carrier in carriers:
            u = uniform(self.seed, Purpose.HIRES.value, monday.toordinal(), carrier.index, 0)
            hires = inverse_binomial(u, carrier.vacancies(monday), self.chance_to_fill(carrier, monday))
            wanted.append(hires)
            total += hires
        if total <= self.hires_at_most:
            return wanted
        return largest_remainder(self.hires_at_most, [float(hires) for hires in wanted])

    def separations(self, carrier: Carrier, monday: date) -> int:
        """Draw how many couriers leave."""
        u = uniform(self.seed, Purpose.SEPARATIONS.value, monday.toordinal(), carrier.index, 0)
        return inverse_binomial(u, carrier.couriers, self.separation)

    def open(self, carriers: list[Carrier], monday: date) -> None:
        """Hire, lose and pay: everything is drawn from the Monday's opening numbers."""
        hires = self.hires(carriers, monday)
        separations = [self.separations(carrier, monday) for carrier in carriers]
        self.hired = self.separated = 0
        for carrier, came, went in zip(carriers, hires, separations, strict=True):
            self.note_vacancies(carrier, monday)
            carrier.couriers += came - went
            self.hired += came
            self.separated += went
            self.set_wage(carrier, monday)

    def note_vacancies(self, carrier: Carrier, monday: date) -> None:
        """Remember the Monday's vacancy rate, the last eight of them."""
        target = carrier.target(monday)
        carrier.vacancy_rates.append(carrier.vacancies(monday) / target if target > 0 else 0.0)
        del carrier.vacancy_rates[:-VACANCY_MONDAYS]

    def set_wage(self, carrier: Carrier, monday: date) -> None:
        """Raise the wage by a step after a quarter with too many vacancies; it never falls."""
        total = 0.0
        for rate in carrier.vacancy_rates:
            total += rate
        is_short = total / len(carrier.vacancy_rates) > self.parameters["carriers.vacancy_threshold"]
        if is_short and (monday - carrier.wage_moved_on).days >= DAYS_BETWEEN_WAGE_STEPS:
            carrier.wage_per_hour *= 1.0 + self.parameters["carriers.wage_step"]
            carrier.wage_moved_on = monday
