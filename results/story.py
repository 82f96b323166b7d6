"""Everything the demonstration tells: two arms of one season, typical drivers on one day, and other seasons beside it."""

from typing import NamedTuple

import pandas as pd

from experiments.runner import Run
from model.outside_options import minimum_wage_on
from model.parameters import Parameters

from .typical import Typical


class Story(NamedTuple):
    """What was run; every figure, table and sentence reads from here."""

    seed: int
    parameters: Parameters
    with_platform: Run
    without: Run
    typical: tuple[Typical, ...]
    seasons: pd.DataFrame  # a row per seed: seed, late shares with and without the platform, other measures

    @property
    def days(self) -> pd.DataFrame:
        """One row per day, with the platform."""
        return self.with_platform.days

    @property
    def days_without(self) -> pd.DataFrame:
        """One row per day, with the carriers alone."""
        return self.without.days

    @property
    def persons(self) -> pd.DataFrame:
        """One row per person who ever was in the pool, former drivers included."""
        tables = self.with_platform.tables
        return pd.concat([tables["drivers"], tables["former_drivers"]], ignore_index=True)

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
