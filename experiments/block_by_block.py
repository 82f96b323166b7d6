"""What only single blocks tell, noted as a run goes on: blocks below the minimum wage before tax, hours by driver and week."""

from typing import NamedTuple

import numpy as np

from model import BlockMarket
from model.clock import SUNDAY
from model.roster import Table
from model.terms import Terms, terms_of

type Array = np.ndarray

SHORT_WEEK = 15.0  # hours
WEEK = 7  # days


class Cars(NamedTuple):
    """What a kilometre costs each driver, and his ways; kept from the morning, as a change of tomorrow's is at work by night."""

    cost_per_km: Array
    way_km: Array


def cars_of(drivers: Table) -> Cars:
    """Return the cars of the pool as they are now."""
    return Cars(drivers["cost_per_km"].copy(), drivers["way_km"].copy())


class BlockByBlock:
    """Notes of every driven block.

    A driver's week is a calendar week, wholly within the run, in which he drove a block; its hours are those of blocks and ways.
    The minimum wage is gross, so that the fair comparison is before tax: pay and top-ups less the marginal cost of the car.
    """

    def __init__(self) -> None:
        self.driver_weeks = self.short_weeks = 0
        self.persons: list[Array] = []  # of the blocks below the minimum wage, day by day
        self.week: list[tuple[Array, Array]] = []  # persons and hours of this week's blocks

    def note(self, market: BlockMarket, cars: Cars) -> None:
        """Note the day that has just passed; on a Sunday, close the week. cars: as they were in the morning."""
        day = market.diary[-1]
        if day.blocks_driven:
            self.note_blocks(market, cars, terms_of(day.date, market.parameters.on(day.date), market.draw_seed))
        if day.date.weekday() == SUNDAY:
            self.close_the_week(is_whole=len(market.diary) >= WEEK)

    def note_blocks(self, market: BlockMarket, cars: Cars, terms: Terms) -> None:
        """Note the blocks of a day."""
        trades = market.trades[market.trades["is_driven"]]
        persons = market.drivers["person"][trades["row"]]
        hours, left = hours_and_left(trades, cars, terms)
        self.persons.append(persons[left / hours < terms.minimum_wage])
        self.week.append((persons, hours))

    def close_the_week(self, is_whole: bool) -> None:
        """Count the drivers of the week, and those with few hours."""
        if is_whole and self.week:
            persons, hours = (np.concatenate(columns) for columns in zip(*self.week, strict=True))
            _, place = np.unique(persons, return_inverse=True)
            by_driver = np.bincount(place, hours)
            self.driver_weeks += by_driver.size
            self.short_weeks += int((by_driver <= SHORT_WEEK).sum())
        self.week = []

    def below_before_tax(self, persons: Table) -> Array:
        """Return how many blocks of each person left less than the minimum wage before tax."""
        order = np.argsort(persons["person"])
        noted = np.concatenate([*self.persons, np.empty(0, np.int64)])
        places = order[np.searchsorted(persons["person"], noted, sorter=order)]
        return np.bincount(places, minlength=len(persons))


def hours_and_left(trades: Table, cars: Cars, terms: Terms) -> tuple[Array, Array]:
    """Return each block's hours with unpaid ways, and what the car leaves of its pay and top-up before tax, EUR."""
    way = cars.way_km[trades["row"], terms.station_place[trades["station"]]]
    km = terms.block_km + 2.0 * way
    received = trades["cents"] / 100.0 + terms.mileage_per_km * km
    return terms.slot_hours[trades["slot"]] + 2.0 * way / terms.speed, received - cars.cost_per_km[trades["row"]] * km


def observed(market: BlockMarket, days: int | None) -> BlockByBlock:
    """Run a market for so many days, or to its end, and note each day's blocks."""
    notes = BlockByBlock()
    for _ in range(days or (market.parameters.scenario.end_date - market.today).days + 1):
        cars = cars_of(market.drivers)
        market.run(1)
        notes.note(market, cars)
    return notes
