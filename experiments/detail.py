"""Measures beyond the summary: what drivers keep by group, car and district, early and late in a run, and what couriers cost.

A design with `detail = true` has them as further columns; their names end in what they are of, such as `.group.student`.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from model.city import city_of
from model.clock import is_working_day
from model.random_draws import Attribute, Purpose, uniform
from model.records import Day
from model.roster import GROUPS, NEVER, Table
from model.terms import wage_index

from .block_by_block import BlockByBlock
from .measures import net_at_full_cost, ratio, sums

if TYPE_CHECKING:
    from model.parameters import Parameters

type Array = np.ndarray
type Measures = dict[str, float]

_POPULATION, _CAR = int(Purpose.POPULATION), int(Attribute.CAR)

EARLY = (14, 56)  # days since launch
LATE_DAYS = 56  # at the end of the run
MONTH = 365.25 / 12.0  # days
SUMS = (
    "blocks_driven", "blocks_below_minimum_wage", "hours_total", "net_total", "tax_total", "car_cost_total", "full_car_cost_total",
)  # fmt: skip
BELOW_BEFORE_TAX = "share_of_blocks_below_minimum_wage_before_tax"


def detail_of(persons: Table, diary: Sequence[Day], parameters: "Parameters", notes: BlockByBlock, seed: int) -> Measures:
    """Return the measures of a run; nan where nothing happened to be measured. persons: all who ever were in the pool."""
    below = notes.below_before_tax(persons)
    return (
        by_part(persons, below, parameters, seed)
        | surplus_by_group(persons, parameters)
        | {f"{name}.{period}": value for period, days in periods(diary, parameters) for name, value in in_period(days).items()}
        | of_couriers(diary, parameters)
        | of_parcels_and_blocks(diary, parameters)
        | {
            BELOW_BEFORE_TAX: ratio(float(below.sum()), float(persons["blocks_driven"].sum())),
            "driver_weeks": float(notes.driver_weeks),
            "short_driver_weeks_share": ratio(notes.short_weeks, notes.driver_weeks),
        }
    )


def by_part(persons: Table, below_before_tax: Array, parameters: "Parameters", seed: int) -> Measures:
    """Return blocks, what is left per hour, and shares below the minimum wage, by group, class of car and district."""
    districts = list(type(parameters.population.districts).model_fields)
    drove = persons["blocks_driven"] > 0
    drivers, below = persons[drove], below_before_tax[drove]
    parts = {
        "group": (GROUPS, drivers["group"]),
        "car": ([str(k + 1) for k in range(len(parameters.cars.cost_per_km))], class_of_car(drivers, parameters, seed)),
        "district": (districts, drivers["district"]),
    }
    return {
        f"{name}.{kind}.{label}": value
        for kind, (labels, codes) in parts.items()
        for label, total in zip(labels, sums_by(drivers, below, codes, len(labels)), strict=True)
        for name, value in kept(total).items()
    }


def class_of_car(persons: Table, parameters: "Parameters", seed: int) -> Array:
    """Return the place of each person's car among the scenario's classes: his own draw again.

    Not read from what the car costs: fuel may get dearer midway, and then a former driver's car has the price of when he left.
    """
    draws = [uniform(np.uint64(seed), _POPULATION, 0, person, _CAR) for person in persons["person"].tolist()]
    until = city_of(parameters, seed).car_until
    return np.minimum(np.searchsorted(until, draws, side="right"), until.size - 1)


def sums_by(drivers: Table, below_before_tax: Array, codes: Array, number: int) -> Iterator[dict[str, float]]:
    """Yield the sums of each part's drivers."""
    columns = {name: np.bincount(codes, drivers[name], number).tolist() for name in SUMS}
    columns["blocks_below_before_tax"] = np.bincount(codes, below_before_tax, number).tolist()
    for place in range(number):
        yield {name: column[place] for name, column in columns.items()}


def kept(total: dict[str, float]) -> Measures:
    """Return what drivers together keep of their hours."""
    full = total["net_total"] + total["car_cost_total"] - total["full_car_cost_total"]
    return {
        "blocks_driven": total["blocks_driven"],
        "net_pay_per_hour_eur": ratio(total["net_total"], total["hours_total"]),
        "net_pay_per_hour_full_cost_eur": ratio(full, total["hours_total"]),
        "left_before_tax_per_hour_eur": ratio(total["net_total"] + total["tax_total"], total["hours_total"]),
        "share_of_blocks_below_minimum_wage": ratio(total["blocks_below_minimum_wage"], total["blocks_driven"]),
        BELOW_BEFORE_TAX: ratio(total["blocks_below_before_tax"], total["blocks_driven"]),
    }


def surplus_by_group(persons: Table, parameters: "Parameters") -> Measures:
    """Return each group's part of the drivers' surplus: that of their blocks less money and hours of registering.

    Both as on the Monday of admission: exact if papers take less than a week longer at most than at least, from start to end.
    """
    came = persons["active_from"] != NEVER
    mondays = persons["active_from"][came] - parameters.entry.delay_shortest
    mondays -= (mondays + 6) % 7  # toordinal() of a Monday is 1 modulo 7
    prices = {int(day): price_of_entry(date.fromordinal(int(day)), parameters) for day in np.unique(mondays)}
    money, hours = np.array([prices[int(day)] for day in mondays]).reshape(-1, 2).T
    cost = np.zeros(len(persons))
    cost[came] = money + hours * persons["value_of_time_per_hour"][came]
    gained = np.bincount(persons["group"], persons["surplus_total"] - cost, len(GROUPS))
    return {f"driver_surplus_total_eur.group.{group}": float(value) for group, value in zip(GROUPS, gained, strict=True)}


def price_of_entry(day: date, parameters: "Parameters") -> tuple[float, float]:
    """Return the money that registering takes on a day, and its hours, in hours of the value of time at the start."""
    entry = parameters.on(day).entry
    return float(entry.money), float(entry.hours) * wage_index(day, parameters)


def periods(diary: Sequence[Day], parameters: "Parameters") -> Iterator[tuple[str, Sequence[Day]]]:
    """Yield weeks 3 to 8 after the launch and the last eight weeks, with their days; none where a run is too short for them."""
    first, until = (parameters.platform.launch_date + timedelta(days) for days in EARLY)
    late = diary[-LATE_DAYS:]
    yield "early", [day for day in diary if first <= day.date < until] if diary[-1].date >= until - timedelta(1) else []
    yield "late", late if late[0].date >= until else []


def in_period(days: Sequence[Day]) -> Measures:
    """Return pay, and what a registered driver has of it a week and an active one a month."""
    total = sums(days)
    weeks, months = total["drivers_registered"] / 7.0, total["drivers_active"] / MONTH
    return {
        "drivers_registered": ratio(total["drivers_registered"], len(days)),
        "pay_mean_per_hour_eur": ratio(total["pay_total_eur"], total["block_hours_driven"]),
        "pay_per_registered_week_eur": ratio(total["pay_total_eur"], weeks),
        "surplus_per_registered_week_eur": ratio(total["block_surplus_total_eur"], weeks),
        "surplus_per_block_eur": ratio(total["block_surplus_total_eur"], total["blocks_driven"]),
        "pay_per_active_month_eur": ratio(total["pay_total_eur"], months),
    }


def of_couriers(diary: Sequence[Day], parameters: "Parameters") -> Measures:
    """Return days that permanent couriers are there or missing on working days, and what all couriers cost the carriers."""
    working_days = [day for day in diary if is_working_day(day.date)]
    work = sums(working_days)
    return {
        "courier_days": work["couriers_employed"],
        "courier_vacancy_days": work["courier_vacancies"],
        "courier_cost_total_eur": sum(
            parameters.on(day.date).carriers.employer_factor * day.courier_gross_pay_eur for day in working_days
        ),
        "relief_cost_total_eur": work["relief_cost_eur"],
    }


def of_parcels_and_blocks(diary: Sequence[Day], parameters: "Parameters") -> Measures:
    """Return totals from which costs per parcel and per block follow, and what is left before tax: of pay, and of an hour."""
    total = sums(diary)
    per_hour = ratio(total["pay_total_eur"], total["block_hours_driven"])
    before_tax = (net + total["tax_total_eur"] for net in (total["net_total_eur"], net_at_full_cost(total)))
    marginal, full = (ratio(ratio(left, total["driver_hours"]), per_hour) for left in before_tax)
    return {
        "parcels_late": total["parcels_delivered_late"],
        "parcels_by_platform": total["parcels_delivered_by_platform"],
        "parcels_by_carriers": total["parcels_delivered_by_carriers"],
        "blocks_driven": total["blocks_driven"],
        "platform_fees_total_eur": sum(parameters.on(day.date).platform.fee * day.parcels_delivered_by_platform for day in diary),
        "pay_total_eur": total["pay_total_eur"],
        "tax_total_eur": total["tax_total_eur"],
        "mileage_total_eur": total["mileage_total_eur"],
        "pay_per_driven_block_eur": ratio(total["pay_total_eur"], total["blocks_driven"]),
        "mileage_per_driven_block_eur": ratio(total["mileage_total_eur"], total["blocks_driven"]),
        "hours_per_block": ratio(total["driver_hours"], total["blocks_driven"]),
        "left_before_tax_per_hour_eur": ratio(total["net_total_eur"] + total["tax_total_eur"], total["driver_hours"]),
        "left_before_tax_share": marginal,
        "left_before_tax_full_cost_share": full,
    }
