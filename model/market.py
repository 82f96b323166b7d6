"""The market: drivers, carriers and platform, one day after another. `BlockMarket.step` reads like MODEL section 1."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np

from .books import Books
from .carrier import Carrier, deliver_together, hire_together
from .city import city_of
from .clock import is_overtime_season, is_working_day
from .couriers import parcels_per_courier_day
from .driver import ModelOfDrivers
from .interrupts import ctrl_c_waits
from .matching import TRADE, Booking, Onlooker, forget_the_evening
from .parameters import CARRIERS, Change, ParameterError, Parameters
from .parcels import arrivals, expected_arrivals, first_shock, next_shock
from .participation import activate, monday, remember_the_week
from .platform import Platform
from .population import draw_persons, draw_population
from .prospects import entrance_of
from .random_draws import MAX_SEED
from .records import Day
from .roster import GROUPS, Status, Table
from .settlement import ACTIVE_DAYS, Takings, settle, show_up
from .terms import terms_of

CLEARED_SHARE = 0.01  # of a day's expected parcels: below it the season's backlog counts as cleared


def dotted(named: dict[str, Any]) -> dict[str, Any]:
    """Return values by their dotted names; keywords have `__` for the dot."""
    return {name.replace("__", "."): value for name, value in named.items()}


class BlockMarket(Books, ModelOfDrivers):
    """Berlin's market for delivery blocks. One step is one calendar day.

    parameters: the scenario, with its dated changes; rng: the seed of every draw, 0 .. 2^64 − 1; overrides: dotted names with
    `__` for the dot, `population__drivers=5000`. Raises ParameterError naming key, value and what is allowed.
    """

    def __init__(self, parameters: Parameters | None = None, rng: int = 0, **overrides: Any) -> None:
        if isinstance(rng, bool) or not isinstance(rng, int | np.integer) or not 0 <= rng <= MAX_SEED:
            raise ParameterError(f"rng = {rng!r}: not allowed; allowed: a whole number from 0 to 2^64 - 1")
        super().__init__(rng=int(rng))
        self.parameters = (parameters or Parameters()).with_values(dotted(overrides))
        self.draw_seed = int(rng)
        self.today = self.parameters.scenario.start_date
        self.in_force = self.parameters.on(self.today)  # the values of today
        self.terms = terms_of(self.today, self.in_force, self.draw_seed)
        self.city = city_of(self.in_force, self.draw_seed)
        self.drivers = draw_population(self.in_force, self.draw_seed)
        self.status_counts = np.bincount(self.drivers["status"], minlength=len(Status))
        self.registered_rows = np.empty(0, np.int64)  # registered, or registering
        self.former_drivers = self.drivers[:0].copy()  # persons whose rows others have taken over
        self.trades = np.empty(0, TRADE)  # of the latest evening
        self.onlooker: Onlooker | None = None  # sees every look of an evening
        self.driving = np.zeros((ACTIVE_DAYS, len(GROUPS)), np.int64)  # drivers by last driving day modulo 28
        self.parcels_per_courier = parcels_per_courier_day(self.in_force.carriers, self.in_force.demand.per_workday)
        self.demand_shock = first_shock(self.today, self.in_force.demand, self.draw_seed)
        self.has_peak_overtime = False
        self.has_recruited = False
        self.diary: list[Day] = []
        self.evenings: list[tuple[date, Table, Table]] = []
        self.platform = Platform(self)
        self.carriers = [Carrier(self, name, index) for index, name in enumerate(CARRIERS)]

    def run(self, days: int | None = None) -> None:
        """Let so many days pass; without a number, up to the scenario's last day. Stops early when `running` is False.

        Raises ParameterError when `days` is negative.
        """
        if days is not None and days < 0:
            raise ParameterError(f"days = {days}: not allowed; allowed: a whole number from 0")
        left = (self.parameters.scenario.end_date - self.today).days + 1 if days is None else days
        while left > 0 and self.running:
            with ctrl_c_waits():
                self.step()
            left -= 1

    def change(self, **values: Any) -> None:
        """Change parameters from the next step on; names as in overrides. `parameters` remembers it as a dated change of today.

        So a scenario written from `parameters` runs the same season again. Raises ParameterError, and then changes nothing.
        """
        changes = [Change(self.today, name, value) for name, value in dotted(values).items()]
        self.parameters = self.parameters.with_changes(changes)

    def step(self) -> None:
        """Let one calendar day pass."""
        self.changes_take_effect()
        day = Day(self.today)
        if self.today.weekday() == 0:
            self.couriers_come_and_go(day)
            self.people_join_and_leave(day)
        self.papers_come_through(day)
        if is_working_day(self.today):
            booking = self.blocks_are_booked(day)
            self.parcels_are_delivered(day, booking)
            if booking:
                self.drivers_are_paid(day, booking)
        self.count(day)
        self.diary.append(day)
        self.turn_the_calendar()

    # --- the phases of a day ---

    def changes_take_effect(self) -> None:
        """On the morning of a change, work out anew whatever was derived from parameters; what was learnt and drawn stays.

        Persons are drawn again with their own draws: the same people, with what is new in cars, law and attention.
        """
        in_force = self.parameters.on(self.today)
        if in_force is self.in_force:
            return
        self.in_force = in_force
        self.terms, self.city = terms_of(self.today, in_force, self.draw_seed), city_of(in_force, self.draw_seed)
        draw_persons(self.drivers, np.arange(self.drivers.size), in_force, self.city)
        self.platform.work_under_new_terms()
        for carrier in self.carriers:
            carrier.set_patience(in_force.carriers.patience_days)

    def couriers_come_and_go(self, day: Day) -> None:
        """Let carriers lose and hire couriers and set wages."""
        population = self.in_force.population
        unemployed = population.unemployed * population.unemployment_rate / population.reference_unemployment_rate
        limit = int(self.in_force.carriers.hire_limit * unemployed)
        day.couriers_hired, day.couriers_left = hire_together(self.carriers, self.today, limit)

    def people_join_and_leave(self, day: Day) -> None:
        """Close last week for the registered, and let people hear of the platform, register, leave, be replaced."""
        entrance = entrance_of(self.in_force, *self.platform.beliefs)
        remember_the_week(self.drivers, self.registered_rows, entrance, self.terms.date)
        if not self.platform.is_recruiting_on(self.today):
            return
        moved = monday(self.drivers, self.registered_rows, not self.has_recruited, entrance, self.in_force, self.city, self.terms)
        self.has_recruited = True
        self.former_drivers = np.concatenate([self.former_drivers, moved.former])
        self.registered_rows = np.flatnonzero(np.isin(self.drivers["status"], (Status.APPLICANT, Status.REGISTERED)))
        self.status_counts = np.bincount(self.drivers["status"], minlength=len(Status))
        day.drivers_became_aware, day.drivers_decided, day.drivers_admitted = moved.became_aware, moved.decided, moved.admitted
        day.drivers_left, day.drivers_replaced = moved.left, moved.former.size
        day.entry_money_eur, day.entry_time_value_eur = moved.entry_money_eur, moved.entry_time_value_eur

    def papers_come_through(self, day: Day) -> None:
        """Make drivers of the applicants whose delay is over."""
        surplus_at_start = float(self.in_force.exit.surplus_at_start)
        day.drivers_activated = activate(self.drivers, self.registered_rows, surplus_at_start, self.terms.date)
        self.status_counts[Status.APPLICANT] -= day.drivers_activated
        self.status_counts[Status.REGISTERED] += day.drivers_activated

    def blocks_are_booked(self, day: Day) -> Booking | None:
        """Forecast on the evening before; post and book if the platform is there."""
        p = self.in_force
        day.parcels_expected = expected_arrivals(self.today, self.demand_shock, p.demand, p.carriers.season_years)
        day.overtime_share = self.overtime(day.parcels_expected)
        if not self.platform.is_open_on(self.today):
            return None
        own = sum(carrier.normal_attempts(self.today) for carrier in self.carriers) * (1.0 + day.overtime_share)
        offers = self.platform.plan(self.today, sum(carrier.backlog for carrier in self.carriers), day.parcels_expected, own)
        booking = self.platform.book(offers, self.registered_rows)
        self.trades = booking.trades
        self.evenings.append((self.today, booking.offers, booking.rounds))
        day.blocks_posted = int(offers["posted"].sum())
        day.blocks_filled = day.blocks_posted - int(offers["open"].sum())
        day.blocks_wanted, day.app_openings = booking.wanted, booking.looks.size
        day.blocks_taken, day.blocks_given_back = int(booking.rounds["taken"].sum()), int(booking.rounds["given_back"].sum())
        day.pay_first_offer_per_block_eur, day.pay_highest_offer_per_block_eur = booking.first_offer_eur, booking.highest_offer_eur
        shadow = self.platform.compare_with_clairvoyant(booking)
        day.payout_eur, day.clairvoyant_cost_eur = shadow.payout_eur, shadow.least_cost_eur
        day.clairvoyant_blocks, day.clairvoyant_blocks_coverable = shadow.blocks_matched, shadow.blocks_coverable
        return booking

    def overtime(self, parcels_expected: float) -> float:
        """Return today's overtime share: at its peak from 15 November until, after Christmas, the queues are short again."""
        carriers = self.in_force.carriers
        if is_overtime_season(self.today):
            self.has_peak_overtime = True
        elif self.has_peak_overtime:
            waiting = sum(carrier.older_than(carriers.promise_days - 1) for carrier in self.carriers)
            self.has_peak_overtime = waiting >= CLEARED_SHARE * parcels_expected
        return carriers.overtime_peak if self.has_peak_overtime else carriers.overtime_normal

    def parcels_are_delivered(self, day: Day, booking: Booking | None) -> None:
        """Let parcels arrive and be carried by carriers, drivers who show up, and relief vans."""
        p = self.in_force
        self.demand_shock = next_shock(self.demand_shock, self.today, p.demand, self.draw_seed)
        day.parcels_arrived = arrivals(self.today, self.demand_shock, p.demand, p.carriers.season_years)
        if booking:
            day.blocks_driven = int(show_up(booking.trades, self.drivers, booking.offers.size, self.terms).sum())
        done = deliver_together(
            self.carriers, self.today, day.parcels_arrived, day.overtime_share, p.blocks.parcels * day.blocks_driven
        )
        day.parcels_delivered_by_carriers, day.parcels_delivered_by_relief = done.own + done.by_relief, done.by_relief
        day.parcels_gap, day.parcels_offered_to_platform = done.gap, done.offered if booking else 0.0
        day.parcels_delivered_by_platform = done.by_platform
        day.parcels_delivered_late, day.parcels_refunded = done.late, done.refunded
        day.parcels_attempted_by_own_couriers, day.relief_cost_eur = done.own_attempts, done.relief_cost_eur
        day.courier_gross_pay_eur = done.courier_gross_pay_eur

    def drivers_are_paid(self, day: Day, booking: Booking) -> None:
        """Settle the driven blocks and close the evening."""
        takings = Takings(*settle(booking.trades, self.drivers, self.driving, self.terms))
        forget_the_evening(self.drivers, booking.openers.rows)
        day.blocks_no_show = day.blocks_filled - takings.driven
        day.blocks_below_minimum_wage = takings.below_minimum_wage
        day.block_hours_driven, day.driver_hours = takings.block_hours, takings.hours
        day.pay_total_eur, day.mileage_total_eur = takings.pay, takings.mileage
        day.pay_mean_per_block_eur = takings.pay / takings.driven if takings.driven else float("nan")
        day.car_cost_total_eur, day.full_car_cost_total_eur = takings.car_cost, takings.full_car_cost
        day.tax_total_eur, day.net_total_eur, day.driver_time_value_eur = takings.tax, takings.net, takings.time_value
        day.block_surplus_total_eur, day.block_surplus_perceived_total_eur = takings.surplus, takings.perceived_surplus

    def count(self, day: Day) -> None:
        """Write down what is left at the day's end: queues, couriers, drivers by status, beliefs."""
        promise = self.in_force.carriers.promise_days
        day.parcels_backlog = sum(carrier.backlog for carrier in self.carriers)
        day.parcels_late_waiting = sum(carrier.older_than(promise - 1) for carrier in self.carriers)
        day.parcels_overdue = sum(carrier.older_than(promise) for carrier in self.carriers)
        day.couriers_employed = sum(carrier.couriers for carrier in self.carriers)
        day.couriers_season = sum(carrier.season_couriers(self.today) for carrier in self.carriers)
        day.courier_vacancies = sum(carrier.vacancies(self.today) for carrier in self.carriers)
        wages = sum(carrier.wage_per_hour * carrier.couriers for carrier in self.carriers)
        day.courier_wage_per_hour_eur = wages / day.couriers_employed if day.couriers_employed else float("nan")
        day.driver_surplus_total_eur = day.block_surplus_total_eur - day.entry_money_eur - day.entry_time_value_eur
        counts = self.status_counts.tolist()
        day.drivers_aware, day.drivers_registered = sum(counts) - counts[Status.UNAWARE], counts[Status.REGISTERED]
        day.drivers_waiting, day.drivers_applicants, day.drivers_gone = (
            counts[status] for status in (Status.WAITING, Status.APPLICANT, Status.LEFT)
        )
        for group, active in zip(GROUPS, self.driving.sum(axis=0).tolist(), strict=True):
            setattr(day, f"drivers_active_{group}", active)
            day.drivers_active += active
        day.believed_pay_per_hour_eur, day.believed_chance = self.platform.beliefs

    def turn_the_calendar(self) -> None:
        """Go on to the next day; forget who last drove 28 days before it, on Mondays the week's hours, on the first side income."""
        self.today += timedelta(1)
        self.terms = terms_of(self.today, self.in_force, self.draw_seed)
        self.changes_take_effect()
        self.driving[self.terms.date % ACTIVE_DAYS] = 0
        if self.today.weekday() == 0:
            self.drivers["hours_held_this_week"][self.registered_rows] = 0.0
        if self.today.day == 1:
            self.drivers["income_this_month"] = 0.0
