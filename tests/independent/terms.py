"""What is the same for all drivers on one day: dates, hours, kilometres, premiums, rates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from .dates import SATURDAY, week_number, years_between
from .tax import minimum_wage_on, schedules_on

if TYPE_CHECKING:
    from .market import Witness

NOON = 12.0
EVENING = 17.0
GROUPS = ("full_time", "part_time", "student", "alg2", "self_employed", "pensioner", "home")
ALG2 = "alg2"
STATIONS = ("Tegel", "Mariendorf")


def part_of_day(slot_start: float) -> int:
    """Return the column of the availability pattern: morning, afternoon or evening."""
    if slot_start >= EVENING:
        return 2
    return 1 if slot_start >= NOON else 0


def available_share(parameters: dict[str, Any], group: str, slot_start: float, is_saturday: bool) -> float:
    """Return the share of a group that is free in a slot."""
    pattern = "available_saturday" if is_saturday else "available_weekdays"
    return parameters[f"population.groups.{group}.{pattern}"][part_of_day(slot_start)]


def hourly_premium(parameters: dict[str, Any], slot_start: float, is_saturday: bool) -> float:
    """Return the premium for evenings and Saturdays: once, however often it applies."""
    is_due = is_saturday or slot_start >= EVENING
    return parameters["time_value.evening_and_saturday_premium"] if is_due else 0.0


def stations_of(parameters: dict[str, Any]) -> list[int]:
    """Return the codes of the open stations; they are taken in their own order, whatever order a scenario names them in."""
    return [code for code, name in enumerate(STATIONS) if name in parameters["platform.stations"]]


class Terms:
    """A day's terms."""

    def __init__(self, market: Witness, day: date) -> None:
        parameters = market.parameters
        self.parameters = parameters
        self.seed = market.seed
        self.day = day
        self.ordinal = day.toordinal()
        self.week = week_number(day)
        self.rounds = parameters["blocks.rounds"]
        self.slot_hours = parameters["blocks.slot_hours"]
        self.slot_starts = parameters["blocks.slot_starts"]
        self.stations = stations_of(parameters)
        self.block_km = parameters["blocks.km"]
        self.speed = parameters["cars.speed_on_unpaid_ways"]
        self.top_up_per_km = parameters["policy.mileage_eur_per_km"]
        self.wage_index = (1.0 + parameters["carriers.alternative_wage_growth"]) ** years_between(market.start, day)
        self.schedules = schedules_on(day)
        override = parameters["rules.minimum_wage"]
        self.minimum_wage = minimum_wage_on(day) if override is None else override
        is_saturday = day.weekday() == SATURDAY
        self.pattern = [hourly_premium(parameters, start, is_saturday) for start in self.slot_starts]
        self.available_share = [
            [available_share(parameters, group, start, is_saturday) for start in self.slot_starts] for group in GROUPS
        ]
        deductible, of_alg2 = parameters["cars.deductible_per_km"], parameters["cars.deductible_per_km_alg2"]
        self.deductible_per_km = [of_alg2 if group == ALG2 else deductible for group in GROUPS]
