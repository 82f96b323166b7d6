"""The platform: forecasts what it will be offered, plans blocks, and holds what the public believes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import mesa

from .arithmetic import largest_remainder, rounded
from .evening import Evening, Offer
from .pricing import POLICIES
from .terms import stations_of

if TYPE_CHECKING:
    from .market import Witness

NO_PLATFORM = "none"


class Platform(mesa.Agent):
    """Posts blocks from its launch on; with the policy `none` there is no platform at all."""

    model: Witness
    evening_class: type[Evening] = Evening

    def __init__(self, market: Witness) -> None:
        super().__init__(market)
        parameters = market.parameters
        self.exists = parameters["platform.policy"] != NO_PLATFORM
        self.launch = parameters["platform.launch_date"]
        self.recruiting_from = self.launch - timedelta(parameters["awareness.recruiting_days_before_launch"])
        self.stations = stations_of(parameters)
        self.slot_hours = parameters["blocks.slot_hours"]
        self.pricing = POLICIES[parameters["platform.policy"]](parameters) if self.exists else None
        self.believed_pay_per_hour = parameters["platform.pay_cap_per_hour"]
        self.believed_chance = parameters["platform.public_chance_at_start"]

    def is_recruiting_on(self, day: date) -> bool:
        """Say whether people hear of the platform and join it."""
        return self.exists and day >= self.recruiting_from

    def is_open_on(self, day: date) -> bool:
        """Say whether blocks can be posted for a day."""
        return self.exists and day >= self.launch

    def limit(self, day: date) -> int:
        """Return the city's limit on blocks a day."""
        parameters = self.model.parameters
        weeks = (day - self.launch).days // 7
        grown = parameters["platform.station_limit_at_launch"] + parameters["platform.station_limit_per_week"] * weeks
        return min(grown, parameters["platform.station_limit"])

    def forecast(self, day: date) -> float:
        """Return the parcels it expects to be offered."""
        waiting = 0.0
        delivered = 0.0
        for carrier in self.model.carriers:
            waiting += carrier.backlog
            delivered += carrier.normal_attempts(day) * (1.0 + self.model.overtime)
        excess = max(0.0, waiting + self.model.expected_parcels - delivered)
        return self.model.parameters["carriers.divertible_share"] * excess

    def blocks_wanted(self, day: date) -> int:
        """Return the blocks to post over the whole city."""
        parameters = self.model.parameters
        carried_per_block = parameters["blocks.parcels"] * (1.0 - parameters["blocks.no_show"])
        forecast = self.forecast(day)
        limit = self.limit(day)
        if carried_per_block == 0.0:
            return limit if forecast > 0.0 else 0
        return min(limit, rounded(forecast / carried_per_block))

    def plan(self, day: date) -> list[Offer]:
        """Split the blocks over slots by largest remainder and over stations in equal parts."""
        blocks = self.blocks_wanted(day)
        offers = []
        for slot, in_slot in enumerate(largest_remainder(blocks, self.model.parameters["blocks.slot_shares"])):
            at_stations = largest_remainder(in_slot, [1.0] * len(self.stations))
            for station, posted in zip(self.stations, at_stations, strict=True):
                offers.append(Offer(len(offers), slot, station, posted))
        return offers

    def book(self, day: date) -> Evening:
        """Let the drivers book the blocks of a day."""
        assert self.pricing is not None
        evening = self.evening_class(self.model, day, self.plan(day), self.pricing)
        evening.run()
        return evening

    def learn(self, evening: Evening) -> None:
        """Move the public beliefs and the prices' controllers after a working day since launch."""
        assert self.pricing is not None
        gain = self.model.parameters["platform.public_belief_gain"]
        if evening.posted == 0:
            self.believed_chance += gain * (0.0 - self.believed_chance)
            return
        held = evening.held_trades()
        if held:
            pay = hours = 0.0
            for trade in held:
                pay += trade.cents / 100.0
                hours += self.slot_hours[trade.slot]
            self.believed_pay_per_hour += gain * (pay / hours - self.believed_pay_per_hour)
        if evening.wanted > 0:
            self.believed_chance += gain * (len(held) / evening.wanted - self.believed_chance)
        for slot in range(len(self.slot_hours)):
            self.pricing.learn(slot, evening.posted_in(slot), evening.held_by_round[slot])
