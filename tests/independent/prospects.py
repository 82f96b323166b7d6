"""What driving would bring somebody a week, judged by public beliefs before he has tried it."""

from __future__ import annotations

from math import erfc, exp, pi, sqrt
from typing import TYPE_CHECKING

from .dates import SATURDAY
from .terms import GROUPS, Terms, available_share, hourly_premium

if TYPE_CHECKING:
    from .driver import Driver

WORKING_WEEKDAYS = range(6)
BLOCKS_A_MONTH = 4.0


def mean_of_positive_part(d: float, sigma: float) -> float:
    """Return G(d, σ) = dΦ(d/σ) + σφ(d/σ), the mean of max(0, d + σz)."""
    if sigma == 0.0:
        return max(0.0, d)
    z = d / sigma
    return d * erfc(-z / sqrt(2.0)) / 2.0 + sigma * exp(-z * z / 2.0) / sqrt(2.0 * pi)


class Prospects:
    """A person's view of the platform on one Monday."""

    def __init__(self, driver: Driver, terms: Terms, believed_pay_per_hour: float, believed_chance: float) -> None:
        self.driver = driver
        self.terms = terms
        self.parameters = terms.parameters
        self.believed_pay_per_hour = believed_pay_per_hour
        self.believed_chance = believed_chance
        self.station = min(terms.stations, key=lambda station: driver.way_km[station])
        shocks = [self.parameters[f"time_value.shock_{period}"] for period in ("week", "day", "slot")]
        self.sigma = sqrt(shocks[0] * shocks[0] + shocks[1] * shocks[1] + shocks[2] * shocks[2])
        self.value_of_time = driver.value_of_time_per_hour * terms.wage_index

    def hours(self, slot: int) -> float:
        """Return a block's time with its ways."""
        return self.terms.slot_hours[slot] + self.driver.unpaid_hours(self.station, self.terms)

    def net_per_block(self, slot: int) -> float:
        """Return a block's net pay as seen at first, with a quarter of the tax on four blocks in a month."""
        terms, driver = self.terms, self.driver
        km = driver.km(self.station, terms)
        pay = self.believed_pay_per_hour * terms.slot_hours[slot] + terms.top_up_per_km * km
        profit = driver.profit(pay, km, terms)
        tax = terms.schedules[driver.archetype].tax_on_top(0.0, BLOCKS_A_MONTH * profit) / BLOCKS_A_MONTH
        return pay - self.parameters["perception.tax"] * tax - self.parameters["perception.car_cost"] * driver.cost_per_km * km

    def chance_to_look(self) -> float:
        """Return the chance to open the app at least once in an evening."""
        return 1.0 - (1.0 - self.driver.opening_probability) ** self.terms.rounds

    def most_blocks_a_week(self, hours_per_block: float) -> float:
        """Return what openings and the weekly cap allow."""
        openings = len(WORKING_WEEKDAYS) * self.terms.rounds * self.driver.opening_probability
        return min(openings, self.driver.weekly_cap_hours / hours_per_block)

    def weekly_surplus(self) -> float:
        """Return Ŝ_i in EUR a week."""
        wanted_blocks = wanted_hours = 0.0
        surplus = 0.0
        chance_to_look = self.chance_to_look()
        slots = range(len(self.terms.slot_hours))
        hours = [self.hours(slot) for slot in slots]
        net_per_hour = [self.net_per_block(slot) / hours[slot] for slot in slots]
        for weekday in WORKING_WEEKDAYS:
            for slot in slots:
                start, is_saturday = self.terms.slot_starts[slot], weekday == SATURDAY
                free = available_share(self.parameters, GROUPS[self.driver.group], start, is_saturday) * chance_to_look
                cost = self.value_of_time + hourly_premium(self.parameters, start, is_saturday)
                wanted_blocks += free
                wanted_hours += free * self.terms.slot_hours[slot]
                surplus += free * mean_of_positive_part(net_per_hour[slot] - cost, self.sigma) * hours[slot]
        if wanted_blocks == 0.0:
            return 0.0
        most_blocks = self.most_blocks_a_week(wanted_hours / wanted_blocks)
        return self.believed_chance * min(1.0, most_blocks / wanted_blocks) * surplus
