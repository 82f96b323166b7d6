"""After the day's work: who showed up, what each driven block brought, and what drivers learn from it (MODEL sections 3 and 9)."""

from typing import NamedTuple

import numpy as np

from .choice import budget
from .compiled import compiled
from .random_draws import Purpose, uniform
from .roster import NEVER, DriverRow, Table
from .terms import Terms

type Array = np.ndarray

ACTIVE_DAYS = 28  # a driver is active who drove in the last 28 days

_NO_SHOW = int(Purpose.NO_SHOW)


class Takings(NamedTuple):
    """Sums over the blocks driven on a day, EUR; hours with unpaid ways. pay + mileage = car + tax + net."""

    driven: int
    below_minimum_wage: int
    block_hours: float
    hours: float
    pay: float
    mileage: float  # top-ups
    car_cost: float
    full_car_cost: float
    tax: float
    net: float
    time_value: float  # what the hours were worth to the drivers
    surplus: float  # net - time_value
    perceived_surplus: float


@compiled
def show_up(trades: Table, drivers: Table, offers: int, terms: Terms) -> Array:
    """Draw who appears for his block; returns blocks that showed up by offer. A block without its driver counts as filled."""
    present = np.zeros(offers, np.int64)
    for index in range(trades.size):
        trade = trades[index]
        if trade.is_held:
            trade.is_driven = uniform(terms.seed, _NO_SHOW, terms.date, drivers[trade.row].person, trade.slot) >= terms.no_show
            present[trade.offer] += trade.is_driven
    return present


@compiled
def settle(trades: Table, drivers: Table, driving: Array, terms: Terms) -> Takings:
    """Pay the driven blocks in slot order, tax each on top of the month's income so far, and book what is left.

    driving: drivers by the day they last drove (modulo 28) and group, shape (28, groups); changed.
    """
    driven, below, block_hours, hours, pay, mileage = 0, 0, 0.0, 0.0, 0.0, 0.0
    car_cost, full_car_cost, tax, net, time_value, surplus, perceived = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for slot in range(terms.slots):
        for index in range(trades.size):
            trade = trades[index]
            if trade.slot != slot or not trade.is_driven:
                continue
            driver = drivers[trade.row]
            worth = budget(
                driver, slot, trade.station, trade.cents / 100.0, driver.income_this_month, trade.reservation_wage, terms
            )
            is_below = worth.net / worth.hours < terms.minimum_wage
            full_cost = driver.full_cost_per_km * worth.km
            driver.income_this_month += worth.profit
            driver.surplus_this_week += worth.surplus
            driver.blocks_driven += 1
            driver.blocks_below_minimum_wage += is_below
            driver.hours_total += worth.hours
            driver.km_total += worth.km
            driver.pay_total += worth.pay
            driver.mileage_total += worth.mileage
            driver.car_cost_total += worth.car_cost
            driver.full_car_cost_total += full_cost
            driver.tax_total += worth.tax
            driver.net_total += worth.net
            driver.surplus_total += worth.surplus
            driver.perceived_surplus_total += trade.perceived_surplus
            _mark_active(driver, driving, terms.date)
            driven, below = driven + 1, below + is_below
            block_hours, hours = block_hours + terms.slot_hours[slot], hours + worth.hours
            pay, mileage, car_cost = pay + worth.pay, mileage + worth.mileage, car_cost + worth.car_cost
            full_car_cost, tax, net = full_car_cost + full_cost, tax + worth.tax, net + worth.net
            time_value += worth.reservation_wage * worth.hours
            surplus, perceived = surplus + worth.surplus, perceived + trade.perceived_surplus
    return Takings(
        driven, below, block_hours, hours, pay, mileage, car_cost, full_car_cost, tax, net, time_value, surplus, perceived
    )


@compiled
def _mark_active(driver: DriverRow, driving: Array, date: int) -> None:
    """Move a driver in the calendar of last driving days from his last day to today."""
    if driver.first_block_on == NEVER:
        driver.first_block_on = date
    if driver.last_block_on != date:
        if driver.last_block_on != NEVER and date - driver.last_block_on < ACTIVE_DAYS:
            driving[driver.last_block_on % ACTIVE_DAYS, driver.group] -= 1
        driving[date % ACTIVE_DAYS, driver.group] += 1
        driver.last_block_on = date
