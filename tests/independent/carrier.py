"""A carrier: its queue of parcels by age, its normal hours, overtime and relief vans."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import mesa

from .arithmetic import rounded
from .dates import is_within, years_between

if TYPE_CHECKING:
    from .market import Witness

SEASON = ((11, 1), (12, 24))
SEASON_DAYS_TO_FULL = 14.0


class Carrier(mesa.Agent):
    """Employs couriers, delivers what it can, oldest parcels first."""

    model: Witness

    def __init__(self, market: Witness, index: int, share: float) -> None:
        super().__init__(market)
        parameters = market.parameters
        self.index = index
        self.share = share
        self.start_stock = rounded(parameters["carriers.couriers"] * share)
        self.couriers = self.start_stock
        self.first_alternative_wage = parameters["carriers.wage"][index]
        self.wage_per_hour = self.first_alternative_wage * parameters["carriers.wage_factor"]
        self.wage_moved_on = market.start
        self.vacancy_rates: list[float] = []
        self.promise = parameters["carriers.promise_days"]
        self.patience = parameters["carriers.patience_days"]
        self.failed_share = parameters["carriers.failed_to_queue"]
        self.queue: list[float] = [0.0]
        self.failed: list[float] = [0.0]
        self.forget_flows()

    def begin_day(self, arrived: float) -> None:
        """Let every waiting parcel grow a working day older and take in the new ones."""
        self.queue = [arrived, *self.queue]
        self.failed = [0.0] * len(self.queue)
        self.arrived = arrived

    def forget_flows(self) -> None:
        """Begin a day's records."""
        self.arrived = 0.0
        self.delivered_by_own = 0.0
        self.delivered_by_platform = 0.0
        self.delivered_by_relief = 0.0
        self.late = 0.0
        self.refunded = 0.0
        self.gap = 0.0
        self.left = 0.0
        self.offered = 0.0
        self.own_attempts = 0.0
        self.relief_cost = 0.0
        self.gross_pay = 0.0

    @property
    def backlog(self) -> float:
        """Return the parcels in the queue."""
        return self.older_than(-1)

    def older_than(self, age: int) -> float:
        """Return the parcels in the queue whose age in working days exceeds `age`."""
        total = 0.0
        for parcels in self.queue[age + 1 :]:
            total += parcels
        return total

    def target(self, day: date) -> int:
        """Return the couriers wanted: the start's full staff, grown with demand's trend."""
        parameters = self.model.parameters
        growth = (1.0 + parameters["demand.growth"]) ** years_between(self.model.start, day)
        return rounded(self.start_stock / (1.0 - parameters["carriers.starting_gap_share"]) * growth)

    def vacancies(self, day: date) -> int:
        """Return the posts nobody fills; too many couriers leave by separations only."""
        return max(0, self.target(day) - self.couriers)

    def season_couriers(self, day: date) -> float:
        """Return the second stock: it rises from 1 November over a fortnight and is gone on 25 December."""
        parameters = self.model.parameters
        if day.year not in parameters["carriers.season_years"] or not is_within(day, *SEASON):
            return 0.0
        full = (1.0 - parameters["carriers.starting_gap_share"]) * parameters["carriers.season_share"] * self.start_stock
        return full * min(1.0, (day - date(day.year, 10, 31)).days / SEASON_DAYS_TO_FULL)

    def normal_attempts(self, day: date) -> float:
        """Return K, the attempts of both stocks in normal hours."""
        parameters = self.model.parameters
        at_work = (1.0 - parameters["carriers.sick"]) / (1.0 - parameters["carriers.sick_normal"])
        return (self.couriers + self.season_couriers(day)) * self.model.parcels_per_courier * at_work

    def take(self, attempts: float, failed_share: float) -> float:
        """Attempt the oldest parcels first; what fails waits apart with its age. Return the parcels delivered."""
        delivered = 0.0
        for age in range(len(self.queue) - 1, -1, -1):
            taken = min(attempts, self.queue[age])
            attempts -= taken
            self.queue[age] -= taken
            self.failed[age] += taken * failed_share
            delivered += taken * (1.0 - failed_share)
            if age > self.promise:
                self.late += taken * (1.0 - failed_share)
        return delivered

    def deliver(self, day: date, overtime: float) -> None:
        """Deliver with normal hours and overtime."""
        need = self.backlog
        own = min(need, self.normal_attempts(day) * (1.0 + overtime))
        self.own_attempts = own
        self.delivered_by_own = self.take(own, self.failed_share)
        self.gap = max(0.0, self.arrived - own * (1.0 - self.failed_share))
        self.left = need - own

    def offer(self) -> None:
        """Offer a part of what is left to the platform, not more than the promise's days of arrivals."""
        self.offered = self.model.parameters["carriers.divertible_share"] * min(self.left, self.promise * self.arrived)

    def hand_over(self, parcels: float, delivered_share: float) -> None:
        """Let the platform's drivers carry parcels; what they do not deliver comes back."""
        self.delivered_by_platform = self.take(parcels, 1.0 - delivered_share)
        self.left -= parcels

    def send_relief(self, day: date) -> None:
        """Send relief vans for what is left, up to their limit."""
        attempts = min(self.left, self.model.parameters["carriers.relief_limit"] * self.normal_attempts(day))
        self.delivered_by_relief = self.take(attempts, self.failed_share)
        self.relief_cost = self.cost_of_relief(attempts, self.normal_attempts(day))
        self.gross_pay = self.pay_of_couriers(day)

    def cost_of_relief(self, parcels: float, normal: float) -> float:
        """Return what relief vans cost: each share of normal hours makes the next parcel dearer."""
        cost, slope = self.model.parameters["carriers.relief_cost"], self.model.parameters["carriers.relief_cost_slope"]
        return cost * (parcels + slope * parcels * parcels / (2.0 * normal)) if normal > 0.0 else 0.0

    def pay_of_couriers(self, day: date) -> float:
        """Return the day's gross wages of both stocks, overtime dearer; idle and sick hours are paid."""
        parameters, couriers = self.model.parameters, self.couriers + self.season_couriers(day)
        beyond = max(0.0, self.own_attempts - self.normal_attempts(day))
        if beyond > 0.0:
            couriers += parameters["carriers.overtime_pay_factor"] * beyond / self.model.parcels_per_courier
        return self.wage_per_hour * parameters["carriers.hours_per_day"] * couriers

    def end_day(self) -> None:
        """Put failed parcels back with their arrival date and refund what has waited too long."""
        for age, parcels in enumerate(self.failed):
            self.queue[age] += parcels
        self.refunded = self.older_than(self.patience - 1)
        del self.queue[self.patience :]
