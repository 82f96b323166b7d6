"""A driver: what a block is worth to him, and which one he takes when he opens the app."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from math import exp, floor, log, log1p
from typing import TYPE_CHECKING, Any

import mesa

from model.random_draws import Purpose, normal, uniform

from .evening import NEVER, Offer, Trade
from .settlement import Account, Settlement, settle

if TYPE_CHECKING:
    from .market import Witness
    from .terms import Terms


class Status(IntEnum):
    """How far somebody is with the platform."""

    UNAWARE = 0
    AWARE = 1
    WAITING = 2
    APPLICANT = 3
    REGISTERED = 4
    LEFT = 5


class DayOfDriver:
    """What one day holds for a driver who looked: shocks and availability by slot, blocks held, slots closed."""

    def __init__(self, day: date, slots: int) -> None:
        self.day = day
        self.seen_tax_share = 1.0
        self.seen_cost_share = 1.0
        self.held: list[Trade] = []
        self.closed = [False] * slots
        self.wanted = [False] * slots
        self.available: list[bool] = []
        self.reservation_wages: list[float] = []


class Driver(mesa.Agent):
    """A private person with a car."""

    model: Witness

    def __init__(self, market: Witness, row: int, attributes: dict[str, Any]) -> None:
        super().__init__(market)
        self.row = row
        self.person: int = attributes["person"]
        self.group: int = attributes["group"]
        self.district: int = attributes["district"]
        self.archetype: int = attributes["archetype"]
        self.is_reachable: bool = attributes["is_reachable"]
        self.is_aware_at_launch: bool = attributes["is_aware_at_launch"]
        self.value_of_time_per_hour: float = attributes["value_of_time_per_hour"]
        self.cost_per_km: float = attributes["cost_per_km"]
        self.way_km: list[float] = list(attributes["way_km"])
        self.opening_probability: float = attributes["opening_probability_per_round"]
        self.weekly_cap_hours = min(attributes["weekly_cap_hours"], market.parameters["blocks.weekly_cap"])
        self.status = Status.UNAWARE
        self.active_from: date | None = None
        self.weekly_surplus_average: float = market.parameters["exit.surplus_at_start"]
        self.surplus_this_week = 0.0
        self.hours_held_this_week = 0.0
        self.account = Account()
        self.today = DayOfDriver(date.min, 0)
        self.newly_wanted = 0

    # Opening the app

    def rounds_opened(self, day: date, rounds: int) -> list[int]:
        """Return the rounds in which he opens the app: exponential gaps, restarted at the next round after each look."""
        if self.opening_probability >= 1.0:
            return list(range(1, rounds + 1))
        if self.opening_probability <= 0.0:
            return []
        rate = -log1p(-self.opening_probability)
        opened: list[int] = []
        start = 0
        while True:
            u = uniform(self.model.seed, Purpose.OPENINGS.value, day.toordinal(), self.person, len(opened))
            time = start - log(u) / rate
            if time >= rounds:
                return opened
            start = floor(time) + 1
            opened.append(start)

    # What a block is worth

    def km(self, station: int, terms: Terms) -> float:
        """Return a block's km, the ways to the station and home included."""
        return terms.block_km + 2.0 * self.way_km[station]

    def unpaid_hours(self, station: int, terms: Terms) -> float:
        """Return the time on the ways."""
        return 2.0 * self.way_km[station] / terms.speed

    def profit(self, pay: float, km: float, terms: Terms) -> float:
        """Return what the tax office sees of a block."""
        return pay - terms.deductible_per_km[self.group] * km

    def perceived_share(self, at_first: float) -> float:
        """Return the share of a cost he sees after the blocks he has driven."""
        scale = self.model.parameters["perception.learning_scale"]
        return 1.0 - (1.0 - at_first) * exp(-self.account.blocks_driven / scale)

    def income_so_far(self) -> float:
        """Return the month's booked profit plus that of the blocks held for today."""
        income = self.account.income_this_month
        for trade in self.today.held:
            income += trade.profit
        return income

    def reservation_wage(self, slot: int, terms: Terms) -> float:
        """Return w_its: the value of an hour in this slot of this day, never below 0."""
        parameters, person, seed = terms.parameters, self.person, terms.seed
        value = self.value_of_time_per_hour * terms.wage_index + terms.pattern[slot]
        value += parameters["time_value.shock_week"] * normal(seed, Purpose.WEEK_SHOCK.value, terms.week, person, 0)
        value += parameters["time_value.shock_day"] * normal(seed, Purpose.DAY_SHOCK.value, terms.ordinal, person, 0)
        value += parameters["time_value.shock_slot"] * normal(seed, Purpose.SLOT_SHOCK.value, terms.ordinal, person, slot)
        return max(0.0, value)

    def perceived_surplus(self, offer: Offer, terms: Terms) -> float:
        """Return net pay as he sees it minus the value of his time."""
        km = self.km(offer.station, terms)
        time = terms.slot_hours[offer.slot] + self.unpaid_hours(offer.station, terms)
        pay = offer.cents / 100.0 + terms.top_up_per_km * km
        tax = terms.schedules[self.archetype].tax_on_top(self.income_so_far(), self.profit(pay, km, terms))
        net = pay - tax * self.today.seen_tax_share - self.cost_per_km * km * self.today.seen_cost_share
        return net - self.today.reservation_wages[offer.slot] * time

    # Choosing

    def begin_day(self, terms: Terms) -> None:
        """Draw the day's shocks and availability when he first looks."""
        if self.today.day == terms.day:
            return
        slots = range(len(terms.slot_hours))
        self.today = DayOfDriver(terms.day, len(slots))
        self.today.seen_tax_share = self.perceived_share(terms.parameters["perception.tax"])
        self.today.seen_cost_share = self.perceived_share(terms.parameters["perception.car_cost"])
        for slot in slots:
            u = uniform(terms.seed, Purpose.AVAILABLE.value, terms.ordinal, self.person, slot)
            self.today.available.append(u < terms.available_share[self.group][slot])
            self.today.reservation_wages.append(self.reservation_wage(slot, terms))

    def could_drive(self, slot: int, terms: Terms) -> bool:
        """Say whether he is free for a slot and allowed another block."""
        today = self.today
        if not today.available[slot] or today.closed[slot]:
            return False
        if len(today.held) >= terms.parameters["blocks.per_driver_day"]:
            return False
        return self.hours_held_this_week + terms.slot_hours[slot] <= self.weekly_cap_hours

    def look(self, offers: list[Offer], round_: int, terms: Terms) -> Trade | None:
        """Take the best open offer if it is worth something; remember the best posted one as wanted."""
        self.begin_day(terms)
        best_open = best_posted = None
        surplus_of_open = surplus_of_posted = 0.0
        for offer in offers:
            if offer.posted == 0 or not self.could_drive(offer.slot, terms):
                continue
            surplus = self.perceived_surplus(offer, terms)
            if surplus > surplus_of_posted:
                best_posted, surplus_of_posted = offer, surplus
            if offer.open > 0 and surplus > surplus_of_open:
                best_open, surplus_of_open = offer, surplus
        self.want(best_posted)
        return None if best_open is None else self.accept(best_open, surplus_of_open, round_, terms)

    def want(self, best_posted: Offer | None) -> None:
        """Count a slot as wanted once a day."""
        self.newly_wanted = 0
        if best_posted is not None and not self.today.wanted[best_posted.slot]:
            self.today.wanted[best_posted.slot] = True
            self.newly_wanted = 1

    def accept(self, offer: Offer, surplus: float, round_: int, terms: Terms) -> Trade:
        """Hold a block at today's price."""
        km = self.km(offer.station, terms)
        profit = self.profit(offer.cents / 100.0 + terms.top_up_per_km * km, km, terms)
        trade = Trade(self, offer, round_, offer.cents, self.today.reservation_wages[offer.slot], surplus, profit)
        self.today.held.append(trade)
        self.today.closed[offer.slot] = True
        self.hours_held_this_week += terms.slot_hours[offer.slot]
        return trade

    def cancels_in(self, slot: int, round_: int, terms: Terms) -> int:
        """Return the round in which he gives an accepted block back, or NEVER."""
        cancellation = terms.parameters["blocks.cancellation"]
        rounds_left = terms.rounds - 1 - round_
        if rounds_left < 1:
            return NEVER
        u = uniform(terms.seed, Purpose.CANCEL.value, terms.ordinal, self.person, slot)
        return round_ + 1 + floor(rounds_left * u / cancellation) if u < cancellation else NEVER

    def give_back(self, trade: Trade) -> None:
        """Free a block's hours; the slot stays closed to him today."""
        self.today.held.remove(trade)
        self.hours_held_this_week -= self.model.parameters["blocks.slot_hours"][trade.slot]

    # After the day

    def drive(self, terms: Terms) -> list[Settlement]:
        """Drive the blocks held, in slot order, unless he does not show up; return what each was worth."""
        settled = []
        for trade in sorted(self.today.held, key=lambda held: held.slot):
            u = uniform(terms.seed, Purpose.NO_SHOW.value, terms.ordinal, self.person, trade.slot)
            if u < terms.parameters["blocks.no_show"]:
                continue
            trade.is_driven = True
            settlement = settle(self, trade, terms)
            self.surplus_this_week += settlement.surplus
            settled.append(settlement)
        return settled

    # Joining and leaving

    def is_averaged_on(self, monday: date) -> bool:
        """Say whether this is at least the second Monday after he became active."""
        assert self.active_from is not None
        return (monday - self.active_from).days >= 14 - self.active_from.weekday()

    def close_week(self, monday: date) -> None:
        """Move the average of weekly surplus and start the week anew."""
        if self.is_averaged_on(monday):
            gain = self.model.parameters["exit.surplus_gain"]
            self.weekly_surplus_average += gain * (self.surplus_this_week - self.weekly_surplus_average)
        self.surplus_this_week = 0.0
