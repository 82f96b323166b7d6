"""What a driven block brought: pay, tax, car cost and true surplus, booked in a driver's account."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .driver import Driver
    from .evening import Trade
    from .terms import Terms


class Account:
    """A driver's month and his experience."""

    def __init__(self) -> None:
        self.income_this_month = 0.0
        self.blocks_driven = 0
        self.pay_total = 0.0
        self.net_total = 0.0
        self.surplus_total = 0.0


class Settlement(NamedTuple):
    """The true budget of one driven block in EUR and hours."""

    pay: float
    mileage: float
    tax: float
    car_cost: float
    net: float
    time_value: float
    surplus: float
    perceived_surplus: float
    block_hours: float
    hours: float
    is_below_minimum_wage: bool


def settle(driver: Driver, trade: Trade, terms: Terms) -> Settlement:
    """Book a driven block: the month's income grows by its profit, the true surplus uses all of tax and car cost."""
    account = driver.account
    km = driver.km(trade.offer.station, terms)
    block_hours = terms.slot_hours[trade.slot]
    hours = block_hours + driver.unpaid_hours(trade.offer.station, terms)
    pay = trade.cents / 100.0
    mileage = terms.top_up_per_km * km
    tax = terms.schedules[driver.archetype].tax_on_top(account.income_this_month, trade.profit)
    car_cost = driver.cost_per_km * km
    net = pay + mileage - tax - car_cost
    time_value = trade.reservation_wage * hours
    surplus = net - time_value
    account.income_this_month += trade.profit
    account.blocks_driven += 1
    account.pay_total += pay
    account.net_total += net
    account.surplus_total += surplus
    is_below = net / hours < terms.minimum_wage
    return Settlement(pay, mileage, tax, car_cost, net, time_value, surplus, trade.perceived_surplus, block_hours, hours, is_below)
