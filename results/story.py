"""Everything the demonstration tells: two arms of one season, typical drivers on one day, and other seasons beside it."""

from typing import Any, NamedTuple

import pandas as pd

from experiments.runner import Run
from model.outside_options import minimum_wage_on
from model.parameters import Parameters

from .typical import Typical

type Frame = Any  # a pandas DataFrame: type checkers cannot follow its columns


class Story(NamedTuple):
    """What was run; every figure, table and sentence reads from here."""

    seed: int
    parameters: Parameters
    with_platform: Run
    without: Run
    typical: tuple[Typical, ...]
    seasons: Frame  # a row per seed: seed, late shares with and without the platform, other measures

    @property
    def days(self) -> Frame:
        """One row per day, with the platform."""
        return self.with_platform.days

    @property
    def days_without(self) -> Frame:
        """One row per day, with the carriers alone."""
        return self.without.days

    @property
    def pool(self) -> Frame:
        """One row per person in the pool at the end, with the platform."""
        return self.with_platform.tables["drivers"]

    @property
    def open_days(self) -> Frame:
        """The days on which blocks were posted."""
        return self.days[self.days["blocks_posted"] > 0]

    @property
    def late_reductions(self) -> Frame:
        """By which share fewer parcels are late with the platform than without, by season; this story's comes first."""
        return 1 - self.seasons["parcels_late_share"] / self.seasons["parcels_late_share_without"]

    @property
    def persons(self) -> Frame:
        """One row per person who ever was in the pool, former drivers included."""
        return pd.concat([self.pool, self.with_platform.tables["former_drivers"]], ignore_index=True)

    @property
    def pay_cap_per_block(self) -> float:
        """The highest pay of a block, EUR."""
        return pay_cap_per_block(self.parameters)

    @property
    def minimum_wage(self) -> float:
        """The minimum wage at the platform's launch, EUR/h, or the scenario's own."""
        own = self.parameters.rules.minimum_wage
        return minimum_wage_on(self.parameters.platform.launch_date) if own is None else float(own)


def pay_cap_per_block(parameters: Parameters) -> float:
    """Return the highest pay of a block of the longest slot, EUR."""
    return parameters.platform.pay_cap_per_hour * max(parameters.blocks.slot_hours)
