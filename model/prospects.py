"""What a person expects from driving before he ever drove: the weekly surplus on which registering hangs (MODEL section 3)."""

from typing import NamedTuple

import numpy as np

from .car_costs import perceived_share
from .compiled import compiled
from .net_income import tax
from .parameters import Parameters
from .roster import DriverRow
from .terms import Terms, availability, premiums
from .value_of_time import expected_surplus

type Array = np.ndarray

BLOCKS_TRIED = 4.0  # a month's blocks over which the tax of a hoped-for block is averaged


class Entrance(NamedTuple):
    """What deciding to hear, register and leave needs on a Monday. Arrays: week patterns (6, groups, slots) and (6, slots)."""

    innovation: float
    imitation: float
    own_district_weight: float
    register_hazard: float
    money: float
    hours: float
    horizon_weeks: float
    delay_shortest: int
    delay_longest: int
    leave_hazard: float
    extra_leave_hazard: float
    low_surplus: float
    surplus_gain: float
    shock_total: float
    week_available: Array
    week_premium: Array
    believed_pay: Array  # p̂ per block by slot, EUR
    believed_chance: float  # ĉ


def entrance_of(parameters: Parameters, believed_pay_per_hour: float, believed_chance: float) -> Entrance:
    """Gather a Monday's terms; beliefs are public: pay in EUR/h, and the chance to get a wanted block."""
    p, shocks = parameters, parameters.time_value
    days = [False] * 5 + [True]
    return Entrance(
        innovation=float(p.awareness.innovation_per_week),
        imitation=float(p.awareness.imitation_per_week),
        own_district_weight=float(p.awareness.own_district_weight),
        register_hazard=float(p.entry.hazard_per_week),
        money=float(p.entry.money),
        hours=float(p.entry.hours),
        horizon_weeks=float(p.entry.horizon),
        delay_shortest=p.entry.delay_shortest,
        delay_longest=p.entry.delay_longest,
        leave_hazard=float(p.exit.hazard_per_week),
        extra_leave_hazard=float(p.exit.extra_hazard_per_week),
        low_surplus=float(p.exit.low_surplus_per_week),
        surplus_gain=float(p.exit.surplus_gain),
        shock_total=float((shocks.shock_week**2 + shocks.shock_day**2 + shocks.shock_slot**2) ** 0.5),
        week_available=np.array([availability(p, is_saturday=saturday) for saturday in days]),
        week_premium=np.array([premiums(p, is_saturday=saturday) for saturday in days]),
        believed_pay=np.array([believed_pay_per_hour * hours for hours in p.blocks.slot_hours], float),
        believed_chance=float(believed_chance),
    )


@compiled
def hoped_for_net(driver: DriverRow, slot: int, km: float, entrance: Entrance, terms: Terms) -> float:
    """Return what a block at the believed price would leave, EUR, seen with today's eyes.

    A quarter of the tax on four such blocks in a month.
    """
    pay = entrance.believed_pay[slot] + terms.mileage_per_km * km
    profit = pay - terms.deductible_per_km[driver.group] * km
    tax_of_one = tax(BLOCKS_TRIED * profit, terms.tax_nodes, terms.tax_net[driver.archetype]) / BLOCKS_TRIED
    tax_seen = perceived_share(terms.tax_seen, driver.blocks_driven, terms.learning_scale)
    cost_seen = perceived_share(terms.car_cost_seen, driver.blocks_driven, terms.learning_scale)
    return pay - tax_of_one * tax_seen - driver.cost_per_km * km * cost_seen


@compiled
def hoped_for_surplus(driver: DriverRow, entrance: Entrance, terms: Terms) -> float:
    """Return Ŝ_i, EUR/week: what a person expects from driving, given public beliefs and what he sees of the costs.

    Nearest station, weekday by weekday, slot by slot. MODEL section 3, "Becoming a driver".
    """
    way = driver.way_km[terms.station_place[0]]
    for station in range(1, terms.stations):
        way = min(way, driver.way_km[terms.station_place[station]])
    km, unpaid = terms.block_km + way + way, (way + way) / terms.speed
    value_of_time = driver.value_of_time_per_hour * terms.wage_index
    looks_sometime = 1.0 - (1.0 - driver.opening_probability_per_round) ** terms.rounds
    chances, hours_wanted, surplus = 0.0, 0.0, 0.0
    for weekday in range(entrance.week_available.shape[0]):
        for slot in range(terms.slots):
            chance = entrance.week_available[weekday, driver.group, slot] * looks_sometime
            time = terms.slot_hours[slot] + unpaid
            margin = hoped_for_net(driver, slot, km, entrance, terms) / time - value_of_time - entrance.week_premium[weekday, slot]
            chances += chance
            hours_wanted += chance * terms.slot_hours[slot]
            surplus += chance * expected_surplus(margin, entrance.shock_total) * time
    if chances == 0.0:
        return 0.0
    looks_a_week = entrance.week_available.shape[0] * terms.rounds * driver.opening_probability_per_round
    blocks_possible = min(looks_a_week, driver.weekly_cap_hours / (hours_wanted / chances))
    return entrance.believed_chance * min(1.0, blocks_possible / chances) * surplus
