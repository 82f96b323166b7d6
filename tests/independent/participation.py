"""Mondays of the pool: people become aware, register, leave and are replaced, in this order."""

from __future__ import annotations

from datetime import date, timedelta
from math import exp, floor
from typing import TYPE_CHECKING

from model.random_draws import Purpose, uniform

from .driver import Driver, Status
from .prospects import Prospects
from .terms import Terms

if TYPE_CHECKING:
    from .market import Witness

PERSONS_PER_GENERATION = 2**24


class Monday:
    """One Monday's phases; each reads statuses as they stand when it begins."""

    def __init__(self, market: Witness, day: date) -> None:
        self.market = market
        self.parameters = market.parameters
        self.day = day
        self.terms = Terms(market, day)
        self.became_aware = self.decided = self.admitted = self.left = self.replaced = 0
        self.entry_money = self.entry_time_value = 0.0

    def run(self) -> None:
        """Go through the phases."""
        self.people_become_aware()
        self.people_register()
        self.people_leave()
        self.people_are_replaced()

    def draw(self, purpose: int, driver: Driver) -> float:
        """Draw a person's number of the Monday."""
        return uniform(self.market.seed, purpose, self.day.toordinal(), driver.person, 0)

    # Becoming aware

    def awareness_by_district(self) -> list[float]:
        """Return what each district sees: its own share aware among the reachable, mixed with the city's."""
        districts = 1 + max((driver.district for driver in self.market.drivers), default=-1)
        reachable, aware = [0] * districts, [0] * districts
        for driver in self.market.drivers:
            if driver.is_reachable:
                reachable[driver.district] += 1
                aware[driver.district] += driver.status != Status.UNAWARE
        own = self.parameters["awareness.own_district_weight"]
        city = sum(aware) / max(1, sum(reachable))
        return [own * aware[d] / max(1, reachable[d]) + (1.0 - own) * city for d in range(districts)]

    def hazard(self, aware_share: float) -> float:
        """Return the chance to become aware within a week, which hits Bass's curve exactly."""
        p, q = self.parameters["awareness.innovation_per_week"], self.parameters["awareness.imitation_per_week"]
        s = p + q
        if s == 0.0:
            return 0.0
        e = exp(-s)
        return 1.0 - s * e / (p + q * aware_share + q * e * (1.0 - aware_share))

    def people_become_aware(self) -> None:
        """Let the reachable hear of the platform; on the first Monday of recruiting a share hears of it at once."""
        is_first = not self.market.has_recruited
        self.market.has_recruited = True
        hazards = [self.hazard(share) for share in self.awareness_by_district()]
        for driver in self.market.with_status(Status.UNAWARE):
            if not driver.is_reachable:
                continue
            hears_at_once = is_first and driver.is_aware_at_launch
            if hears_at_once or self.draw(Purpose.AWARE.value, driver) < hazards[driver.district]:
                self.market.move(driver, Status.AWARE)
                self.became_aware += 1

    # Registering

    def is_worth_it(self, driver: Driver) -> bool:
        """Compare half a year's surplus with the cost of entry."""
        platform = self.market.platform
        prospects = Prospects(driver, self.terms, platform.believed_pay_per_hour, platform.believed_chance)
        gain = self.parameters["entry.horizon"] * prospects.weekly_surplus()
        return gain > self.cost_of_entry(driver)

    def cost_of_entry(self, driver: Driver) -> float:
        """Return entry money and the value of the hours."""
        hour = driver.value_of_time_per_hour * self.terms.wage_index
        return self.parameters["entry.money"] + self.parameters["entry.hours"] * hour

    def people_register(self) -> None:
        """Let the aware decide, then admit those who wait in person order while the cap leaves room."""
        for driver in self.market.with_status(Status.AWARE):
            if self.draw(Purpose.REGISTER.value, driver) < self.parameters["entry.hazard_per_week"] and self.is_worth_it(driver):
                self.market.move(driver, Status.WAITING)
                self.decided += 1
        waiting = sorted(self.market.with_status(Status.WAITING), key=lambda driver: driver.person)
        for driver in waiting[: self.places(len(waiting))]:
            self.admit(driver)

    def places(self, asked: int) -> int:
        """Return how many may be admitted."""
        cap = self.parameters["entry.cap"]
        if cap is None:
            return asked
        taken = self.market.status_counts[Status.APPLICANT] + self.market.status_counts[Status.REGISTERED]
        return max(0, cap - taken)

    def admit(self, driver: Driver) -> None:
        """Take an applicant; his papers come after a delay, licence and hours are paid at once."""
        shortest, longest = self.parameters["entry.delay_shortest"], self.parameters["entry.delay_longest"]
        delay = shortest + floor((longest - shortest + 1) * self.draw(Purpose.DELAY.value, driver))
        driver.active_from = self.day + timedelta(delay)
        self.market.move(driver, Status.APPLICANT)
        self.admitted += 1
        self.entry_money += self.parameters["entry.money"]
        self.entry_time_value += self.cost_of_entry(driver) - self.parameters["entry.money"]

    # Leaving and being replaced

    def people_leave(self) -> None:
        """Let registered drivers leave, more of them when the weeks brought little."""
        for driver in self.market.with_status(Status.REGISTERED):
            driver.close_week(self.day)
            hazard = self.parameters["exit.hazard_per_week"]
            if driver.weekly_surplus_average < self.parameters["exit.low_surplus_per_week"]:
                hazard += self.parameters["exit.extra_hazard_per_week"]
            if self.draw(Purpose.LEAVE.value, driver) < hazard:
                self.market.move(driver, Status.LEFT)
                self.left += 1

    def people_are_replaced(self) -> None:
        """Let new people take over the rows of those who have left."""
        for driver in self.market.with_status(Status.LEFT):
            if self.draw(Purpose.REPLACE.value, driver) < self.parameters["exit.replacement_per_week"]:
                self.market.replace(driver, driver.person + PERSONS_PER_GENERATION)
                self.replaced += 1
