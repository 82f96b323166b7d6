"""The platform: forecasts, plans and posts blocks, prices them, and is believed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple, cast

import mesa
import numpy as np

from .blocks import blocks_needed, post, station_limit
from .clairvoyant import Clairvoyant, clairvoyant
from .matching import Booking, book
from .parameters import Parameters
from .pricing import Learning, Pricing, pricing_policy, tariff_of
from .roster import Table

if TYPE_CHECKING:
    from .market import BlockMarket

type Array = np.ndarray


class Beliefs(NamedTuple):
    """What everybody who has heard of the platform believes of it."""

    pay_per_hour: float  # p̂, EUR/h
    chance: float  # ĉ, to get a wanted block


class Platform(mesa.Agent):
    """The buyer of blocks. Without a pricing policy there is no platform: no recruiting, no registering, no blocks."""

    model: BlockMarket

    def __init__(self, model: BlockMarket) -> None:
        super().__init__(model)
        self.policy = self.parameters.platform.policy
        self.pricing: Pricing | None = pricing_policy(self.parameters)
        self.learnt: Beliefs | None = None

    @property
    def parameters(self) -> Parameters:
        """The parameters in force."""
        return self.model.in_force

    @property
    def beliefs(self) -> Beliefs:
        """What people believe: at first what is advertised, the cap; from the first evening on what they have learnt."""
        platform = self.parameters.platform
        return self.learnt or Beliefs(platform.pay_cap_per_hour, platform.public_chance_at_start)

    def work_under_new_terms(self) -> None:
        """Price under the parameters now in force; the same policy keeps what it has learnt."""
        before, is_same = self.pricing, self.policy == self.parameters.platform.policy
        self.policy = self.parameters.platform.policy
        if before is None or not is_same:
            self.pricing = pricing_policy(self.parameters)
            return
        policy = cast("Callable[[Parameters], Pricing]", type(before))  # also one that was plugged in by hand
        self.pricing = policy(self.parameters)
        if isinstance(self.pricing, Learning):
            self.pricing.carry_on(before)

    def is_open_on(self, day: date) -> bool:
        """Tell whether blocks are offered on this date."""
        return self.pricing is not None and day >= self.parameters.platform.launch_date

    def is_recruiting_on(self, day: date) -> bool:
        """Tell whether people can hear of it and register."""
        head_start = timedelta(self.parameters.awareness.recruiting_days_before_launch)
        return self.pricing is not None and day >= self.parameters.platform.launch_date - head_start

    def plan(self, day: date, backlog: float, expected_arrivals: float, own_capacity: float) -> Table:
        """Return the offers of a day, dtype OFFER: enough blocks for the parcels the carriers will probably not manage."""
        p = self.parameters
        limit = station_limit((day - p.platform.launch_date).days, p.platform)
        offered = p.carriers.divertible_share * max(0.0, backlog + expected_arrivals - own_capacity)
        return post(blocks_needed(offered, p.blocks, limit), p.blocks, len(p.platform.stations))

    def book(self, offers: Table, rows: Array) -> Booking:
        """Run the evening's booking among the registered rows, and update what people believe."""
        assert self.pricing is not None
        booking = book(offers, self.pricing, self.model.drivers, rows, self.model.terms, self.model.onlooker)
        self._be_believed(booking)
        return booking

    def compare_with_clairvoyant(self, booking: Booking) -> Clairvoyant:
        """Return what the evening's blocks would have cost a buyer who knows reservation pays. Call before settlement."""
        tariff = tariff_of(self.parameters)
        return clairvoyant(booking, self.model.drivers, tariff.cents(tariff.cap), self.model.terms)

    def _be_believed(self, booking: Booking) -> None:
        """Move public beliefs towards what was paid and what was got; a day without blocks lowers the chance."""
        gain, (pay, chance) = self.parameters.platform.public_belief_gain, self.beliefs
        held = booking.trades[booking.trades["is_held"]]
        if not booking.offers["posted"].any():
            self.learnt = Beliefs(pay, chance + gain * (0.0 - chance))
            return
        if held.size:
            hours = self.model.terms.slot_hours[held["slot"]].sum()
            pay += gain * (held["cents"].sum() / 100.0 / hours - pay)
        if booking.wanted:
            chance += gain * (held.size / booking.wanted - chance)
        self.learnt = Beliefs(float(pay), float(chance))
