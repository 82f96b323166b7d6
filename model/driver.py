"""A driver as a Mesa agent: a named row of `market.drivers`, nothing stored here."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import mesa
import numpy as np

from .choice import Explanation, explain
from .matching import side_income_today
from .roster import GROUPS, DriverRow, Status, Table

if TYPE_CHECKING:
    from .market import BlockMarket


class Driver(DriverRow, mesa.Agent):
    """A private person with a car. Attributes read the roster; assignment is refused."""

    model: BlockMarket

    def __init__(self, model: BlockMarket, row: int) -> None:
        super().__init__(model)
        self.row = row

    @property
    def drivers(self) -> Table:
        """The roster this driver is a row of."""
        return self.model.drivers

    @property
    def group_name(self) -> str:
        """The name of the driver's group."""
        return GROUPS[self.group]

    @property
    def status_name(self) -> str:
        """How far he has come towards driving."""
        return Status(self.status).name.lower()

    def explain(self, pay_per_block: float | Table, slot: int = 0, station: int = 0) -> Explanation:
        """Work out what a block would be worth to him if it were offered now, line by line, and whether he takes it.

        pay_per_block: EUR, in a slot and at a station by their indices; or an offer (dtype OFFER), which names them itself.
        Raises IndexError for slots and stations that do not exist.
        """
        if isinstance(pay_per_block, np.void):
            offer = pay_per_block
            return self.explain(offer["cents"] / 100.0, int(offer["slot"]), int(offer["station"]))
        terms = self.model.terms
        if not 0 <= slot < terms.slots or not 0 <= station < terms.stations:
            raise IndexError(f"slot {slot}, station {station}: there are {terms.slots} slots and {terms.stations} stations")
        row = self.model.drivers[self.row]
        return explain(row, slot, station, float(pay_per_block), side_income_today(row, self.model.trades), terms)

    def remove(self) -> None:
        """Refuse: drivers come and go by their status, the roster keeps its rows."""
        raise NotImplementedError("a driver is a row of the roster and cannot be removed; drivers leave by their status")


class ModelOfDrivers(mesa.Model):
    """A Mesa model whose drivers are built when somebody asks for agents, after platform and carriers."""

    drivers: Table
    _drivers_are_awake = False

    def _wake_drivers(self) -> None:
        if not self._drivers_are_awake:
            self._drivers_are_awake = True
            for row in range(self.drivers.size):
                Driver(cast("BlockMarket", self), row)

    @property
    def agents(self):  # noqa: ANN201  # pyright: ignore[reportIncompatibleMethodOverride] - Mesa's AgentSet; nobody sets it
        """All agents: the platform, the carriers, and every driver."""
        self._wake_drivers()
        return super().agents

    @property
    def agents_by_type(self):  # noqa: ANN201 - a dict of AgentSets
        """Agents by class."""
        self._wake_drivers()
        return super().agents_by_type

    @property
    def agent_types(self):  # noqa: ANN201 - a list of classes
        """Classes of agents."""
        self._wake_drivers()
        return super().agent_types
