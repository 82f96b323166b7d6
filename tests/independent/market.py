"""The market: a step is a calendar day, in the order in which the model's description lists it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import mesa
import numpy as np

from .arithmetic import normalised
from .carrier import Carrier
from .couriers import CourierMarket
from .dates import is_monday, is_within, is_working_day
from .demand import Demand
from .driver import Driver, Status
from .evening import Evening
from .participation import Monday
from .platform import Platform
from .settlement import Settlement

PEAK = ((11, 15), (12, 24))
CLEARED_SHARE = 0.01
DAYS_ACTIVE = 28


class Witness(mesa.Model):
    """Berlin's market for delivery blocks, one object per driver, carrier and platform."""

    driver_class: type[Driver] = Driver
    platform_class: type[Platform] = Platform

    def __init__(
        self,
        parameters: dict[str, Any],
        people: list[dict[str, Any]],
        seed: int,
        new_person: Callable[[int, int, int], dict[str, Any]],
    ) -> None:
        super().__init__(rng=seed)
        self.parameters = parameters
        self.seed = np.uint64(seed)
        self.new_person = new_person
        self.start: date = parameters["scenario.start_date"]
        self.today = self.start
        self.demand = Demand(parameters, self.seed, self.start)
        self.expected_parcels = 0.0
        self.parcels_per_courier = self.normal_parcels_per_courier()
        self.overtime: float = parameters["carriers.overtime_normal"]
        self.has_peak_overtime = False
        self.has_recruited = False
        self.couriers = CourierMarket(parameters, self.seed, self.start)
        shares = normalised(list(parameters["carriers.shares"]))
        self.carriers = [Carrier(self, index, share) for index, share in enumerate(shares)]
        self.platform = self.platform_class(self)
        self.drivers = [self.driver_class(self, row, person) for row, person in enumerate(people)]
        self.status_counts = Counter({Status.UNAWARE: len(self.drivers)})
        self.registered: dict[int, Driver] = {}
        self.applicants: list[Driver] = []
        self.last_driven: dict[int, tuple[date, int]] = {}
        self.forget_yesterday()

    def normal_parcels_per_courier(self) -> float:
        """Return attempts per courier and day that deliver the city's parcels with the starting gap."""
        parameters = self.parameters
        attempts = parameters["carriers.couriers"] * (1.0 - parameters["carriers.failed_to_queue"])
        return parameters["demand.per_workday"] * (1.0 - parameters["carriers.starting_gap_share"]) / attempts

    def forget_yesterday(self) -> None:
        """Begin a day's records."""
        self.monday: Monday | None = None
        self.evening: Evening | None = None
        self.settlements: list[Settlement] = []
        self.no_shows = 0
        self.activated = 0
        self.offered_parcels = self.carried_parcels = 0.0
        self.overtime_today = 0.0

    def step(self) -> None:
        """Live through a day."""
        self.forget_yesterday()
        if is_monday(self.today):
            self.couriers.open(self.carriers, self.today)
            if self.platform.is_recruiting_on(self.today):
                self.monday = Monday(self, self.today)
                self.monday.run()
        self.papers_come_through()
        for carrier in self.carriers:
            carrier.forget_flows()
        self.expected_parcels = 0.0
        if is_working_day(self.today):
            self.work()
        self.today += timedelta(1)
        self.turn_the_calendar()

    def work(self) -> None:
        """Book in the evening before; deliver, drive, relieve, settle and learn by day."""
        self.expected_parcels = self.demand.expected(self.today)
        self.set_overtime()
        if self.platform.is_open_on(self.today):
            self.evening = self.platform.book(self.today)
        arrived = self.demand.arrivals(self.today)
        for carrier in self.carriers:
            carrier.begin_day(arrived * carrier.share)
            carrier.deliver(self.today, self.overtime)
            if self.evening is not None:
                carrier.offer()
        if self.evening is not None:
            self.drivers_drive(self.evening)
        for carrier in self.carriers:
            carrier.send_relief(self.today)
            carrier.end_day()
        if self.evening is not None:
            self.platform.learn(self.evening)

    def set_overtime(self) -> None:
        """Work peak overtime from 15 November until the season's backlog is cleared."""
        waiting = 0.0
        for carrier in self.carriers:
            waiting += carrier.older_than(self.parameters["carriers.promise_days"] - 1)
        if is_within(self.today, *PEAK):
            self.has_peak_overtime = True
        elif waiting < CLEARED_SHARE * self.expected_parcels:
            self.has_peak_overtime = False
        self.overtime = self.overtime_today = self.parameters[
            "carriers.overtime_peak" if self.has_peak_overtime else "carriers.overtime_normal"
        ]

    def drivers_drive(self, evening: Evening) -> None:
        """Settle every block that showed up and let them carry what the carriers offer."""
        for driver in {trade.driver.row: trade.driver for trade in evening.trades}.values():
            settled = driver.drive(evening.terms)
            if settled:
                self.last_driven[driver.person] = (self.today, driver.group)
            self.settlements.extend(settled)
        self.no_shows = len(evening.held_trades()) - len(self.settlements)
        self.offered_parcels = 0.0
        for carrier in self.carriers:
            self.offered_parcels += carrier.offered
        self.carried_parcels = min(self.offered_parcels, self.parameters["blocks.parcels"] * len(self.settlements))
        for carrier in self.carriers:
            if self.offered_parcels > 0.0:
                parcels = self.carried_parcels * carrier.offered / self.offered_parcels
                carrier.hand_over(parcels, self.parameters["blocks.delivered_share"])

    # Calendar and statuses

    def turn_the_calendar(self) -> None:
        """Reset weekly hours on Monday and side income on the first of the month."""
        for driver in self.registered.values():
            if is_monday(self.today):
                driver.hours_held_this_week = 0.0
            if self.today.day == 1:
                driver.account.income_this_month = 0.0

    def papers_come_through(self) -> None:
        """Let applicants drive from their day on."""
        due = [driver for driver in self.applicants if driver.active_from is not None and driver.active_from <= self.today]
        for driver in due:
            self.move(driver, Status.REGISTERED)
            self.activated += 1

    def with_status(self, status: Status) -> list[Driver]:
        """Return the drivers with a status, by row."""
        return [driver for driver in self.drivers if driver.status == status]

    def move(self, driver: Driver, status: Status) -> None:
        """Change a driver's status and keep the lists of who is asked every day."""
        if driver.status == Status.REGISTERED:
            del self.registered[driver.row]
        if driver.status == Status.APPLICANT:
            self.applicants.remove(driver)
        self.status_counts[driver.status] -= 1
        self.status_counts[status] += 1
        driver.status = status
        if status == Status.REGISTERED:
            self.registered[driver.row] = driver
        if status == Status.APPLICANT:
            self.applicants.append(driver)

    def replace(self, driver: Driver, person: int) -> None:
        """Put a new, unaware person in a leaver's row, of the same group and district."""
        attributes = self.new_person(person, driver.group, driver.district)
        self.move(driver, Status.UNAWARE)
        driver.remove()
        self.drivers[driver.row] = self.driver_class(self, driver.row, attributes)

    def active_drivers(self) -> list[int]:
        """Return the groups of those who drove within the last 28 days."""
        for person in [person for person, (day, _) in self.last_driven.items() if (self.today - day).days > DAYS_ACTIVE]:
            del self.last_driven[person]
        return [group for _, group in self.last_driven.values()]
