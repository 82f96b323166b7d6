"""Accept or pass: what a block is worth to a driver, and which of the open ones he takes (MODEL section 3).

The value of a block is written once. The evening's booking loops over it, `Driver.explain` shows it line by line.
"""

from enum import IntEnum
from typing import NamedTuple, Self

import numpy as np

from .car_costs import perceived_share
from .compiled import compiled
from .net_income import extra_tax
from .random_draws import Purpose, normal, uniform
from .roster import DriverRow, Table
from .terms import Terms
from .value_of_time import reservation_wage

type Array = np.ndarray

NOT_TONIGHT = -1.0  # in place of a reservation wage, which is never below 0
WHOLE_HOURS = 1e-9  # sums of block hours are compared with a weekly cap up to rounding

_WEEK, _DAY, _SLOT = int(Purpose.WEEK_SHOCK), int(Purpose.DAY_SHOCK), int(Purpose.SLOT_SHOCK)
_AVAILABLE = int(Purpose.AVAILABLE)


class Hindrance(IntEnum):
    """Why a block cannot be taken, whatever it pays."""

    NONE = 0
    DAY_IS_FULL = 1  # as many blocks held as a driver may have on one day
    SLOT_IS_CLOSED = 2  # held, or given back today
    WEEK_IS_FULL = 3  # with this block more hours than his weekly cap
    NOT_AVAILABLE = 4  # has no time in this slot


_NONE, _DAY_IS_FULL, _SLOT_IS_CLOSED, _WEEK_IS_FULL, _NOT_AVAILABLE = map(int, Hindrance)


class Budget(NamedTuple):
    """A block's worth to one driver, line by line; EUR per block unless said."""

    km: float
    hours: float  # with the unpaid ways
    pay: float
    mileage: float  # top-up
    car_cost: float
    profit: float  # taxable
    tax: float
    net: float
    reservation_wage: float  # EUR/h
    surplus: float
    car_cost_share_seen: float
    tax_share_seen: float
    perceived_surplus: float


class Shocks(NamedTuple):
    """What makes his hour dearer or cheaper than usual, EUR/h."""

    week: float
    day: float
    slot: float


class Explanation(Budget):
    """A budget that also says what lies behind it, and whether he takes the block.

    side_income: this month's profit on top of which the block is taxed, EUR. Compares with others as its budget does.
    """

    side_income: float
    shocks: Shocks
    hindrance: Hindrance

    def __new__(cls, worth: Budget, side_income: float, shocks: Shocks, hindrance: Hindrance) -> Self:
        """Add to a budget what lies behind it."""
        explanation = super().__new__(cls, *worth)
        explanation.side_income, explanation.shocks, explanation.hindrance = side_income, shocks, hindrance
        return explanation

    @property
    def is_taken(self) -> bool:
        """Tell whether he takes it if it is the best he is offered."""
        return self.hindrance == Hindrance.NONE and self.perceived_surplus > 0.0

    @property
    def regret(self) -> float:
        """What he expects too much: perceived less true surplus, EUR."""
        return self.perceived_surplus - self.surplus

    @property
    def reason(self) -> str:
        """Say why he takes it or not."""
        if self.hindrance != Hindrance.NONE:
            return self.hindrance.name.lower().replace("_", " ")
        return "perceived surplus is above 0" if self.is_taken else "perceived surplus is not above 0"


class Choice(NamedTuple):
    """What a look at the app led to."""

    offer: int  # taken; -1: passed
    reservation_wage: float  # EUR/h, in the slot of that offer
    wanted_slot: int  # slot of the best posted offer, open or not, if it is worth having; -1: none


@compiled
def budget(
    driver: DriverRow, slot: int, station: int, pay_per_block: float, side_income: float, wage: float, terms: Terms
) -> Budget:
    """Work out a block: pay, kilometres, car, tax, time, surplus.

    side_income: profit of this month so far, EUR; wage: his reservation wage of that slot, EUR/h. With driver a row of
    the roster and station an index into the stations in use. MODEL section 3, "What a block is worth".
    """
    way = driver.way_km[terms.station_place[station]]
    km = terms.block_km + way + way
    hours = terms.slot_hours[slot] + (way + way) / terms.speed
    mileage = terms.mileage_per_km * km
    received = pay_per_block + mileage
    car_cost = driver.cost_per_km * km
    profit = received - terms.deductible_per_km[driver.group] * km
    tax = extra_tax(profit, side_income, terms.tax_nodes, terms.tax_net[driver.archetype])
    net = received - tax - car_cost
    cost_seen = perceived_share(terms.car_cost_seen, driver.blocks_driven, terms.learning_scale)
    tax_seen = perceived_share(terms.tax_seen, driver.blocks_driven, terms.learning_scale)
    time = wage * hours
    perceived = received - tax * tax_seen - car_cost * cost_seen - time
    return Budget(km, hours, pay_per_block, mileage, car_cost, profit, tax, net, wage, net - time, cost_seen, tax_seen, perceived)


@compiled
def shock_of_week(driver: DriverRow, terms: Terms) -> float:
    """Draw his shock of the week, EUR/h. Shocks are fixed per person, not per round: asked again, he says the same."""
    return terms.shock_week * normal(terms.seed, _WEEK, terms.week, driver.person, 0)


@compiled
def shock_of_day(driver: DriverRow, terms: Terms) -> float:
    """Draw his shock of the day, EUR/h."""
    return terms.shock_day * normal(terms.seed, _DAY, terms.date, driver.person, 0)


@compiled
def shock_of_slot(driver: DriverRow, slot: int, terms: Terms) -> float:
    """Draw his shock of one slot of the day, EUR/h."""
    return terms.shock_slot * normal(terms.seed, _SLOT, terms.date, driver.person, slot)


@compiled
def wage_of_slot(driver: DriverRow, slot: int, week_shock: float, day_shock: float, terms: Terms) -> float:
    """Return his reservation wage in a slot of the day, EUR/h, given the shocks that all slots share."""
    value, premium = driver.value_of_time_per_hour, terms.slot_premium[slot]
    return reservation_wage(value, terms.wage_index, premium, week_shock, day_shock, shock_of_slot(driver, slot, terms))


@compiled
def limit_reached(driver: DriverRow, slot: int, terms: Terms) -> int:
    """Return which limit keeps him from another block now, a code of `Hindrance`: the day's, the slot's, the week's."""
    if driver.blocks_held_today >= terms.per_driver_day:
        return _DAY_IS_FULL
    if driver.slots_closed_today >> slot & 1:
        return _SLOT_IS_CLOSED
    if driver.hours_held_this_week + terms.slot_hours[slot] > driver.weekly_cap_hours + WHOLE_HOURS:
        return _WEEK_IS_FULL
    return _NONE


@compiled
def hindrance_of(driver: DriverRow, slot: int, terms: Terms) -> int:
    """Return what keeps him from a block of this slot, a code of `Hindrance`: a limit, or no time."""
    limit = limit_reached(driver, slot, terms)
    if limit != _NONE:
        return limit
    is_free = uniform(terms.seed, _AVAILABLE, terms.date, driver.person, slot) < terms.slot_available[driver.group, slot]
    return _NONE if is_free else _NOT_AVAILABLE


@compiled
def set_wages_of_evening(driver: DriverRow, wages: Array, terms: Terms) -> None:
    """Write what an hour of each slot is worth to him, EUR/h; NOT_TONIGHT where he could not take a block even now.

    Called before he holds anything for the day, and true for all its rounds: limits only tighten, draws do not change.
    """
    week, day = shock_of_week(driver, terms), shock_of_day(driver, terms)
    for slot in range(terms.slots):
        is_feasible = hindrance_of(driver, slot, terms) == _NONE
        wages[slot] = wage_of_slot(driver, slot, week, day, terms) if is_feasible else NOT_TONIGHT


def explain(driver: DriverRow, slot: int, station: int, pay_per_block: float, side_income: float, terms: Terms) -> Explanation:
    """Work out a block for one driver with the rules of the booking; arguments as in `budget`."""
    shocks = Shocks(shock_of_week(driver, terms), shock_of_day(driver, terms), shock_of_slot(driver, slot, terms))
    wage = wage_of_slot(driver, slot, shocks.week, shocks.day, terms)
    worth = budget(driver, slot, station, pay_per_block, side_income, wage, terms)
    return Explanation(worth, side_income, shocks, Hindrance(hindrance_of(driver, slot, terms)))


@compiled
def choose(driver: DriverRow, wages: Array, offers: Table, side_income: float, terms: Terms) -> Choice:
    """Take the open offer with the largest perceived surplus if that is positive; ties go to the lower offer.

    wages: his reservation wages of the evening by slot. The seam for other behaviours: a strategy differs in how it values
    (`wages`) or in how it picks here.
    """
    best, best_wage, best_surplus = -1, 0.0, 0.0
    wanted, wanted_surplus = -1, 0.0
    for index in range(offers.size):
        offer = offers[index]
        slot, wage = offer.slot, float(wages[offer.slot])
        if offer.posted == 0 or wage == NOT_TONIGHT or limit_reached(driver, slot, terms) != _NONE:
            continue
        surplus = budget(driver, slot, offer.station, offer.cents / 100.0, side_income, wage, terms).perceived_surplus
        if surplus > wanted_surplus:
            wanted, wanted_surplus = slot, surplus
        if offer.open > 0 and surplus > best_surplus:
            best, best_wage, best_surplus = index, wage, surplus
    return Choice(best, best_wage, wanted)
