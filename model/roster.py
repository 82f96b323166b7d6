"""The schema: every driver one row of one table, a column its plural, a row its singular.

From this one class come the dtype of `market.drivers` and the read-only attributes of `Driver`. Each column is written by
one phase of the day, named above its block.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, overload

import numpy as np

from .parameters import STATIONS

type Array = np.ndarray
type Table = Any  # a structured array: rows read as records, which type checkers cannot follow

GROUPS = ("full_time", "part_time", "student", "alg2", "self_employed", "pensioner", "home")
NEVER = 0  # no date: date.toordinal() starts at 1


class Status(IntEnum):
    """How far a person has come towards driving."""

    UNAWARE = 0
    AWARE = 1
    WAITING = 2  # wants to register, the entry cap is reached
    APPLICANT = 3  # registered, papers under way
    REGISTERED = 4
    LEFT = 5


class Column[T]:
    """A column of the roster; on a driver it reads as a value and cannot be set."""

    name: str

    def __init__(self, kind: type[T], unit: str = "", storage: str = "", shape: tuple[int, ...] = ()) -> None:
        self.kind, self.unit, self.shape = kind, unit, shape
        self.storage = storage or {float: "f8", int: "i4", bool: "?"}[kind]

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, driver: None, owner: type) -> Column[T]: ...
    @overload
    def __get__(self, driver: DriverRow, owner: type) -> T: ...
    def __get__(self, driver: DriverRow | None, owner: type) -> Column[T] | T:
        if driver is None:
            return self
        return driver.drivers[self.name][driver.row].tolist()

    def __set__(self, driver: DriverRow, value: T) -> None:
        raise AttributeError(f"{self.name}: a driver is a view; only the phases of a day write columns")


class DriverRow:
    """What the model knows of one driver; the only schema."""

    row: int

    @property
    def drivers(self) -> Table:
        """The roster this row belongs to."""
        raise NotImplementedError

    # population: who he is
    person = Column(int, "id", "i8")
    group = Column(int, "code", "i1")
    district = Column(int, "code", "i1")
    archetype = Column(int, "code", "i1")
    is_reachable = Column(bool)
    is_aware_at_launch = Column(bool)
    wage_per_hour = Column(float, "EUR/h")  # gross, in the main activity; 0 without one
    net_wage_per_hour = Column(float, "EUR/h")  # n_i: the marginal net value of an hour
    net_wage_weight = Column(float, "share")  # psi_i
    minijob_per_hour = Column(float, "EUR/h")  # m_g: net hourly pay of a minijob
    minijob_weight = Column(float, "share")  # chi_i
    value_of_time_per_hour = Column(float, "EUR/h")  # w_i
    cost_per_km = Column(float, "EUR/km")
    full_cost_per_km = Column(float, "EUR/km")
    way_km = Column[list[float]](list, "km", "f8", (len(STATIONS),))  # one way, by station
    opening_probability_per_round = Column(float, "share")
    weekly_cap_hours = Column(float, "h")

    # participation, on Mondays
    status = Column(int, "code", "i1")
    active_from = Column(int, "date")
    weekly_surplus_average = Column(float, "EUR")

    # matching, during the booking evening
    blocks_held_today = Column(int, "blocks", "i1")
    slots_closed_today = Column(int, "bits", "i2")  # held or given back
    slots_wanted_today = Column(int, "bits", "i2")
    latest_trade_today = Column(int, "index")
    hours_held_this_week = Column(float, "h")

    # settlement, after the day's work
    income_this_month = Column(float, "EUR")  # side income: profit of driven blocks
    surplus_this_week = Column(float, "EUR")
    blocks_driven = Column(int, "blocks")
    blocks_below_minimum_wage = Column(int, "blocks")
    first_block_on = Column(int, "date")
    last_block_on = Column(int, "date")
    hours_total = Column(float, "h")  # with unpaid ways
    km_total = Column(float, "km")
    pay_total = Column(float, "EUR")
    mileage_total = Column(float, "EUR")
    car_cost_total = Column(float, "EUR")
    full_car_cost_total = Column(float, "EUR")
    tax_total = Column(float, "EUR")
    net_total = Column(float, "EUR")
    surplus_total = Column(float, "EUR")
    perceived_surplus_total = Column(float, "EUR")


COLUMNS: dict[str, Column[Any]] = {name: column for name, column in vars(DriverRow).items() if isinstance(column, Column)}
DRIVER = np.dtype([(column.name, column.storage, column.shape) for column in COLUMNS.values()], align=True)


def new_rows(number: int) -> Table:
    """Return empty rows; no trade today is index -1, everything else 0."""
    rows = np.zeros(number, DRIVER)
    rows["latest_trade_today"] = -1
    return rows
