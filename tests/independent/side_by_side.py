"""Product and witness on the same draws: build both from one scenario and say where they part."""

from datetime import date
from math import isnan
from typing import Any

import numpy as np

from experiments import load_scenario
from model import BlockMarket, Parameters
from model.population import city_of, draw_persons
from model.roster import new_rows

from .driver import Driver
from .market import Witness
from .records import day_row
from .tax import all_schedules

IDENTITY = 1e-12  # relative, of the size of what is added and subtracted
ATTRIBUTES = (
    "person", "group", "district", "archetype", "is_reachable", "is_aware_at_launch", "wage_per_hour",
    "value_of_time_per_hour", "cost_per_km", "way_km", "opening_probability_per_round", "weekly_cap_hours",
)  # fmt: skip
# reported only: no decision and no other column uses them; the clairvoyant has known answers of his own (tests/theory)
NOT_WITNESSED = {
    "full_car_cost_total_eur",
    "clairvoyant_blocks",
    "clairvoyant_cost_eur",
    "clairvoyant_blocks_coverable",
}
TRADE_DECISIONS = ("row", "offer", "slot", "station", "round", "cents", "returns_in_round", "is_held", "is_driven")
TRADE_MONEY = ("reservation_wage", "perceived_surplus", "profit")


def plain(row: np.void) -> dict[str, Any]:
    """Return a roster row's drawn attributes as plain Python values."""
    return {name: row[name].tolist() for name in ATTRIBUTES}


def dearest_month() -> float:
    """Return the largest net income of the tax tables in EUR: a tax is a difference of such numbers."""
    _, by_archetype = all_schedules()
    return max(max(schedule.nets) for schedules in by_archetype for schedule in schedules.values())


class SideBySide:
    """A product and a witness that live through the same days."""

    def __init__(self, values: dict[str, Any], seed: int, only_in_witness: dict[str, Any] | None = None) -> None:
        parameters = load_scenario("baseline").with_values(values)
        self.product = BlockMarket(parameters, rng=seed)
        people = [plain(row) for row in self.product.drivers]
        table = {name: quantity.value for name, quantity in parameters.table().items()}
        table.update(only_in_witness or {})
        self.witness = Witness(table, people, seed, self.person_drawer(parameters, seed))
        self.month = dearest_month()
        self.blocks_driven = 0
        self.most_parcels = 0.0  # of any day so far: what rounding leaves in a queue stays there over Sunday

    @staticmethod
    def person_drawer(parameters: Parameters, seed: int) -> Any:
        """Return a function that draws a successor's attributes: the drawn population is shared."""
        city = city_of(parameters, seed)

        def new_person(person: int, group_code: int, district_code: int) -> dict[str, Any]:
            rows = new_rows(1)
            rows["person"], rows["group"], rows["district"] = person, group_code, district_code
            draw_persons(rows, np.arange(1), parameters, city)
            return plain(rows[0])

        return new_person

    def step(self) -> list[str]:
        """Live through a day on both sides; return every difference, in words."""
        day = self.witness.today
        self.product.step()
        self.witness.step()
        self.blocks_driven += len(self.witness.settlements)
        parcels = sum(carrier.arrived + carrier.backlog + carrier.refunded for carrier in self.witness.carriers)
        self.most_parcels = max(self.most_parcels, parcels)
        found = [
            *self.differences_in_trades(),
            *self.differences_in_offers(),
            *self.differences_in_days(day),
            *self.differences_in_drivers(),
            *self.differences_in_carriers(),
        ]
        return [f"{day}: {difference}" for difference in found]

    def run(self, days: int) -> list[str]:
        """Run until the two part or the days are over; return the first day's differences."""
        for _ in range(days):
            found = self.step()
            if found:
                return found
        return []

    # Tolerances

    def scale_of(self, column: str) -> float:
        """Return the size of the numbers that are added and subtracted to get a day's column."""
        if column.startswith("parcels"):
            return self.most_parcels
        if column == "relief_cost_eur":  # at the dearest marginal cost: what is left over is a difference of queues
            p = self.witness.parameters
            dearest = p["carriers.relief_cost"] * (1.0 + p["carriers.relief_cost_slope"] * p["carriers.relief_limit"])
            return dearest * self.most_parcels
        if column.endswith("_eur") and "total" in column:
            return self.month * (1 + len(self.witness.settlements) + self.witness.status_counts.total())
        return 0.0

    @staticmethod
    def agree(ours: Any, theirs: Any, scale: float = 0.0) -> bool:
        """Compare integers, truth values and dates exactly, real numbers to the identity tolerance."""
        if not isinstance(ours, float):
            return bool(ours == theirs)
        if isnan(ours):
            return isnan(theirs)
        return abs(ours - theirs) <= IDENTITY * max(abs(ours), scale)

    # Comparisons

    def differences_in_trades(self) -> list[str]:
        """Compare who took what, when, at which price, who gave it back and who drove."""
        evening = self.witness.evening
        if evening is None or evening.posted == 0:
            return []
        station_index = {code: index for index, code in enumerate(self.witness.platform.stations)}
        ours = [
            (
                t.driver.row,
                t.offer.index,
                t.slot,
                station_index[t.offer.station],
                t.round_,
                t.cents,
                t.returns_in_round,
                t.is_held,
                t.is_driven,
            )
            for t in evening.trades
        ]
        theirs = [tuple(trade[name].item() for name in TRADE_DECISIONS) for trade in self.product.trades]
        if len(ours) != len(theirs):
            return [f"{len(ours)} trades in the witness, {len(theirs)} in the product"]
        found = [f"trade {w} in the witness, {p} in the product" for w, p in zip(ours, theirs, strict=True) if w != p]
        for trade, product in zip(evening.trades, self.product.trades, strict=True):
            for name in TRADE_MONEY:
                if not self.agree(getattr(trade, name), product[name].item(), self.month):
                    found.append(f"{name} of row {trade.driver.row}: {getattr(trade, name)} and {product[name]}")
        return found

    def differences_in_offers(self) -> list[str]:
        """Compare every offered price and the blocks open, given back and taken in every round."""
        evening = self.witness.evening
        if evening is None or evening.posted == 0:
            return []
        station_index = {code: index for index, code in enumerate(self.witness.platform.stations)}
        posted = {(offer.slot, station_index[offer.station]) for offer in evening.offers if offer.posted > 0}
        date_, _, rounds = self.product.evenings[-1]
        if date_ != evening.day:
            return [f"no evening of {evening.day} in the product"]
        names = ("round", "slot", "station", "cents", "open_before", "given_back", "taken")
        theirs = [tuple(row[name].item() for name in names) for row in rounds]
        theirs = [row for row in theirs if row[1:3] in posted]
        ours = [tuple(record._replace(station=station_index[record.station])) for record in evening.records]
        ours = [row for row in ours if row[1:3] in posted]
        if len(ours) != len(theirs):
            return [f"{len(ours)} offers and rounds in the witness, {len(theirs)} in the product"]
        return [f"offer {w} in the witness, {p} in the product" for w, p in zip(ours, theirs, strict=True) if w != p]

    def differences_in_days(self, day: date) -> list[str]:
        """Compare the day's row, column by column."""
        ours, theirs = day_row(self.witness, day), self.product.diary[-1]
        return [
            f"{name}: {value} in the witness, {getattr(theirs, name)} in the product"
            for name, value in ours.items()
            if not self.agree(value, getattr(theirs, name), self.scale_of(name))
        ]

    def differences_in_drivers(self) -> list[str]:
        """Compare everybody's person, status, hours, experience and averages."""
        found = []
        names = ("person", "status", "blocks_driven")
        theirs = [self.product.drivers[name].tolist() for name in names]
        for row, (driver, *product) in enumerate(zip(self.witness.drivers, *theirs, strict=True)):
            ours = [driver.person, int(driver.status), driver.account.blocks_driven]
            if ours != product:
                found.append(f"row {row}: {names} {ours} in the witness, {product} in the product")
        for driver in self.witness.registered.values():
            found.extend(self.differences_in_money(driver))
        return found

    def differences_in_money(self, driver: Driver) -> list[str]:
        """Compare a registered driver's hours, income and surplus."""
        ours = {
            "hours_held_this_week": driver.hours_held_this_week,
            "income_this_month": driver.account.income_this_month,
            "surplus_this_week": driver.surplus_this_week,
            "weekly_surplus_average": driver.weekly_surplus_average,
            "pay_total": driver.account.pay_total,
            "net_total": driver.account.net_total,
            "surplus_total": driver.account.surplus_total,
        }
        product, scale = self.product.drivers[driver.row], self.month * max(1, driver.account.blocks_driven)
        return [
            f"{name} of row {driver.row}: {value} in the witness, {product[name]} in the product"
            for name, value in ours.items()
            if not self.agree(value, product[name].item(), scale)
        ]

    def differences_in_carriers(self) -> list[str]:
        """Compare couriers, wages and queues by age."""
        found = []
        for ours, theirs in zip(self.witness.carriers, self.product.carriers, strict=True):
            if ours.couriers != theirs.couriers or not self.agree(ours.wage_per_hour, theirs.wage_per_hour):
                found.append(f"couriers and wage {ours.couriers} {ours.wage_per_hour}, {theirs.couriers} {theirs.wage_per_hour}")
            for age, parcels in enumerate(theirs.queue.tolist()):
                waiting = ours.queue[age] if age < len(ours.queue) else 0.0
                if not self.agree(waiting, parcels, self.most_parcels):
                    found.append(f"carrier {ours.index}, age {age}: {waiting} in the witness, {parcels} in the product")
        return found
