"""A carrier: its couriers, its wage and its queue."""

from __future__ import annotations

from collections import deque
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import mesa
import numpy as np

from .blocks import largest_remainder, rounded
from .clock import season_stock_share, years_between
from .couriers import WAGE_MEMORY_WEEKS, WAGE_PAUSE_WEEKS, attempts_in_normal_hours, fill_chance, inverse_binomial
from .parcels import Carried, gap, grow_older, offer_to_platform, take_oldest_first
from .random_draws import Purpose, uniform
from .welfare import gross_pay, relief_cost

if TYPE_CHECKING:
    from .market import BlockMarket

_HIRES, _SEPARATIONS = int(Purpose.HIRES), int(Purpose.SEPARATIONS)


class Draws(NamedTuple):
    """What a carrier's Monday brings, before the city's hiring limit."""

    separations: int
    hires: int


class Carrier(mesa.Agent):
    """One of five employers of couriers. Parcels and money are real numbers, couriers whole persons."""

    model: BlockMarket

    def __init__(self, model: BlockMarket, name: str, index: int) -> None:
        super().__init__(model)
        carriers = model.in_force.carriers
        self.name, self.index = name, index
        self.share = carriers.shares[index] / sum(carriers.shares)
        self.start_stock = rounded(carriers.couriers * self.share)
        self.couriers = self.start_stock
        self.wage_before_factor = carriers.wage[index]
        self.vacancy_rates: deque[float] = deque(maxlen=WAGE_MEMORY_WEEKS)
        self.wage_moved_on = model.in_force.scenario.start_date
        self.queue = np.zeros(carriers.patience_days + 1)  # parcels by age in working days
        self.failed = np.zeros_like(self.queue)  # today's failed attempts, back in the queue tonight
        self.arrived = self.own_attempts = self.offered = self.relief_cost_eur = 0.0

    @property
    def wage_per_hour(self) -> float:
        """What it pays a courier, EUR/h gross."""
        return self.wage_before_factor * self.model.in_force.carriers.wage_factor

    def set_patience(self, days: int) -> None:
        """Let parcels wait so many working days: those that are older by now have their last one today."""
        queue = np.zeros(days + 1)
        for age, parcels in enumerate(self.queue):
            queue[min(age, days - 1)] += parcels
        self.queue, self.failed = queue, np.zeros_like(queue)

    # --- Mondays ---

    def target(self, day: date) -> int:
        """Return how many couriers the carrier wants: its start stock without the gap, growing with demand."""
        p = self.model.in_force
        growth = (1.0 + p.demand.growth) ** years_between(p.scenario.start_date, day)
        return rounded(self.start_stock / (1.0 - p.carriers.starting_gap_share) * growth)

    def vacancies(self, day: date) -> int:
        """Return how many couriers are missing; too many leave by separations only."""
        return max(0, self.target(day) - self.couriers)

    def draw_monday(self, day: date) -> Draws:
        """Draw who leaves and who could be hired, both from Monday's opening numbers."""
        p, seed = self.model.in_force, np.uint64(self.model.draw_seed)
        alternative = p.carriers.wage[self.index] * (1.0 + p.carriers.alternative_wage_growth) ** years_between(
            p.scenario.start_date, day
        )
        chance = fill_chance(p.carriers, p.demand.growth, self.wage_per_hour / alternative)
        leaving = uniform(seed, _SEPARATIONS, day.toordinal(), self.index, 0)
        coming = uniform(seed, _HIRES, day.toordinal(), self.index, 0)
        return Draws(
            inverse_binomial(leaving, self.couriers, float(p.carriers.separations_per_week)),
            inverse_binomial(coming, self.vacancies(day), chance),
        )

    def set_wage(self, day: date) -> None:
        """Raise the wage a step when vacancies have been many for long; it never falls. Call with Monday's opening stock."""
        carriers = self.model.in_force.carriers
        target = self.target(day)
        self.vacancy_rates.append(self.vacancies(day) / target if target else 0.0)
        mean_rate = sum(self.vacancy_rates) / len(self.vacancy_rates)
        if mean_rate > carriers.vacancy_threshold and (day - self.wage_moved_on).days >= 7 * WAGE_PAUSE_WEEKS:
            self.wage_before_factor *= 1.0 + carriers.wage_step
            self.wage_moved_on = day

    # --- working days ---

    def season_couriers(self, day: date) -> float:
        """Return the season's helpers, a real number, outside hiring and leaving."""
        carriers = self.model.in_force.carriers
        if day.year not in carriers.season_years:
            return 0.0
        full = (1.0 - carriers.starting_gap_share) * carriers.season_share * self.start_stock
        return full * season_stock_share(day)

    def normal_attempts(self, day: date) -> float:
        """Return K_i, parcels attempted in normal hours."""
        staff = self.couriers + self.season_couriers(day)
        return attempts_in_normal_hours(staff, self.model.parcels_per_courier, self.model.in_force.carriers)

    @property
    def backlog(self) -> float:
        """Parcels in the queue."""
        return float(self.queue.sum())

    def older_than(self, age: int) -> float:
        """Return parcels in the queue that are older than so many working days."""
        return float(self.queue[age + 1 :].sum())

    def receive(self, arrived: float) -> None:
        """Let the queue grow older by a working day and join today's parcels."""
        grow_older(self.queue)
        self.failed[:] = 0.0
        self.arrived = arrived
        self.queue[0] = arrived

    def deliver(self, day: date, overtime: float) -> tuple[Carried, float]:
        """Deliver with own couriers, oldest first; returns what was carried and the day's gap.

        Sets what is offered to the platform.
        """
        carriers = self.model.in_force.carriers
        need = self.backlog
        self.own_attempts = min(need, self.normal_attempts(day) * (1.0 + overtime))
        carried = self._take(self.own_attempts, carriers.failed_to_queue)
        self.offered = offer_to_platform(need - self.own_attempts, self.arrived, carriers.divertible_share, carriers.promise_days)
        return carried, gap(self.arrived, self.own_attempts, carriers.failed_to_queue)

    def hand_over(self, parcels: float) -> Carried:
        """Let the platform's drivers carry these parcels."""
        return self._take(parcels, 1.0 - self.model.in_force.blocks.delivered_share)

    def send_relief(self, day: date) -> Carried:
        """Send vans hired by the day, up to their limit, for what nobody has tried today."""
        carriers, normal = self.model.in_force.carriers, self.normal_attempts(day)
        parcels = min(self.backlog, carriers.relief_limit * normal)
        self.relief_cost_eur = relief_cost(parcels, normal, carriers.relief_cost, carriers.relief_cost_slope)
        return self._take(parcels, carriers.failed_to_queue)

    def gross_pay_eur(self, day: date) -> float:
        """Return what couriers earn today, the season's helpers included, before the employer's share."""
        carriers = self.model.in_force.carriers
        beyond, a_day = max(0.0, self.own_attempts - self.normal_attempts(day)), self.model.parcels_per_courier
        overtime = beyond / a_day if a_day > 0.0 else 0.0
        staff = self.couriers + self.season_couriers(day)
        return gross_pay(self.wage_per_hour, carriers.hours_per_day, staff, overtime, carriers.overtime_pay_factor)

    def close_day(self) -> float:
        """Put failed attempts back with their arrival date and refund what waited too long; returns parcels refunded."""
        self.queue += self.failed
        refunded = float(self.queue[-1])
        self.queue[-1] = 0.0
        return refunded

    def _take(self, parcels: float, failed_share: float) -> Carried:
        promise = self.model.in_force.carriers.promise_days
        return Carried(*take_oldest_first(self.queue, self.failed, float(parcels), float(failed_share), promise))


def hire_together(carriers: list[Carrier], day: date, limit: int) -> tuple[int, int]:
    """Let carriers lose, hire and set wages, all from Monday's opening numbers; hires together stay under the city's limit.

    Returns persons hired and persons who left.
    """
    draws = [carrier.draw_monday(day) for carrier in carriers]
    hires = [draw.hires for draw in draws]
    if sum(hires) > limit:
        hires = largest_remainder(limit, hires)
    for carrier, draw, hired in zip(carriers, draws, hires, strict=True):
        carrier.set_wage(day)
        carrier.couriers += hired - draw.separations
    return sum(hires), sum(draw.separations for draw in draws)


class Deliveries(NamedTuple):
    """A working day's parcels and what carrying them cost, summed over carriers."""

    own: float
    gap: float
    offered: float
    by_platform: float
    by_relief: float
    late: float
    refunded: float
    own_attempts: float
    relief_cost_eur: float
    courier_gross_pay_eur: float


def deliver_together(carriers: list[Carrier], day: date, arrived: float, overtime: float, platform_capacity: float) -> Deliveries:
    """Let parcels arrive, and carriers, the platform's drivers and relief vans take them, in this order.

    platform_capacity: parcels its drivers can carry today; they are split over carriers in proportion to what is offered.
    """
    for carrier in carriers:
        carrier.receive(arrived * carrier.share)
    own, gaps = zip(*(carrier.deliver(day, overtime) for carrier in carriers), strict=True)
    offered = sum(carrier.offered for carrier in carriers)
    part = min(offered, platform_capacity) / offered if offered > 0.0 else 0.0
    platform = [carrier.hand_over(part * carrier.offered) for carrier in carriers]
    relief = [carrier.send_relief(day) for carrier in carriers]
    refunded = sum(carrier.close_day() for carrier in carriers)
    return Deliveries(
        own=sum(done.delivered for done in own),
        gap=sum(gaps),
        offered=offered,
        by_platform=sum(done.delivered for done in platform),
        by_relief=sum(done.delivered for done in relief),
        late=sum(done.late for done in (*own, *platform, *relief)),
        refunded=refunded,
        own_attempts=sum(carrier.own_attempts for carrier in carriers),
        relief_cost_eur=sum(carrier.relief_cost_eur for carrier in carriers),
        courier_gross_pay_eur=sum(carrier.gross_pay_eur(day) for carrier in carriers),
    )
