"""A market's books: what it wrote down, as tables, and as Mesa's own tools read it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import mesa

from .net_income import schedules_on
from .records import Day, blocks_frame, days_frame, drivers_frame
from .welfare import ledger_frame

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from .parameters import Parameters
    from .roster import Table


class Books:
    """Of every day so far, and of every person as they stand now."""

    parameters: Parameters
    today: date
    diary: list[Day]
    evenings: list[tuple[date, Table, Table]]
    drivers: Table
    former_drivers: Table

    @property
    def days(self) -> pd.DataFrame:
        """The diary so far: one row per day, columns of `records.Day`."""
        return days_frame(self.diary)

    @property
    def datacollector(self) -> mesa.DataCollector:
        """The diary as Mesa's own tools read it (`mesa.batch_run`, `SolaraViz`): model variables, one value per day."""
        collector = mesa.DataCollector()
        collector.model_reporters = {column.name: column.name for column in fields(Day)}
        collector.model_vars = {name: [getattr(day, name) for day in self.diary] for name in collector.model_reporters}
        collector._collection_steps = list(range(1, len(self.diary) + 1))
        return collector

    @property
    def blocks(self) -> pd.DataFrame:
        """One row per day, slot, station and round, for the days with blocks."""
        return blocks_frame(self.evenings, self.parameters)

    @property
    def ledger(self) -> pd.DataFrame:
        """Every flow of every day, between which accounts, EUR."""
        return ledger_frame(self.diary, self.parameters)

    @property
    def driver_table(self) -> pd.DataFrame:
        """One row per driver as he stands now."""
        return drivers_frame(self.drivers, self.parameters, schedules_on(self.today).archetypes)

    @property
    def former_driver_table(self) -> pd.DataFrame:
        """One row per person who left and whose row another took over."""
        return drivers_frame(self.former_drivers, self.parameters, schedules_on(self.today).archetypes)
