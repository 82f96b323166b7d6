"""A pay floor with free entry: what is left of a rise once everybody may come (`python -m experiments.free_entry`).

Two arms of the same seeds, a floor of 14 and of 17.50 EUR/h, everybody reachable and every leaver replaced, three years. Theory
(identical drivers, blocks by lottery): entry goes on until a driver's surplus is back at the cost of entry, whatever the
floor, and gross earnings per driver move with p/S(p), S the surplus of a block. Without entry both would rise with the block's.
"""

import sys
from datetime import date
from math import nan
from statistics import fmean, stdev
from typing import TYPE_CHECKING, Any, NamedTuple

from model import BlockMarket

from .engines.pool import run_all
from .measures import totals
from .paired import t_interval
from .scenario import load_scenario

if TYPE_CHECKING:
    import pandas as pd

SEEDS = 5
FLOOR, RISE = 14.0, 1.25
SETTING: dict[str, Any] = {
    "scenario.end_date": date(2020, 11, 8),
    "platform.pay_cap_per_hour": 20.0,
    "awareness.ceiling_share": 1.0,
    "exit.replacement_per_week": 1.0,
}
WINDOWS = {"weeks 3 to 8": (14, 56), "third year": (731, 1095)}  # days since launch


class Outcome(NamedTuple):
    """One arm in one window; money in EUR per registered driver and week."""

    registered: float
    blocks_a_day: float
    surplus: float
    gross: float
    surplus_per_block: float
    pay_per_block: float


def outcome(days: "pd.DataFrame", launch: date, window: tuple[int, int]) -> Outcome:
    """Return what registered drivers had in a window, counted in days since launch."""
    since = days["date"].dt.date.map(lambda day: (day - launch).days)
    part = days.loc[(since >= window[0]) & (since < window[1])]
    total, length = totals(part), len(part)
    driver_weeks = total["drivers_registered"] / 7.0
    return Outcome(
        registered=total["drivers_registered"] / length,
        blocks_a_day=total["blocks_driven"] / length,
        surplus=total["block_surplus_total_eur"] / driver_weeks,
        gross=total["pay_total_eur"] / driver_weeks,
        surplus_per_block=total["block_surplus_total_eur"] / total["blocks_driven"],
        pay_per_block=total["pay_total_eur"] / total["blocks_driven"],
    )


class Job(NamedTuple):
    """One run."""

    floor: float
    seed: int


def run(job: Job) -> dict[str, Outcome]:
    """Run one arm for three years after the launch."""
    parameters = load_scenario("berlin-christmas-2017").with_values(SETTING | {"platform.pay_floor_per_hour": job.floor})
    market = BlockMarket(parameters, rng=job.seed)
    market.run()
    days = market.days
    return {name: outcome(days, parameters.platform.launch_date, window) for name, window in WINDOWS.items()}


def main(seeds: int) -> None:
    """Run both arms and print what the floor did, as ratios of arms with 95 % intervals."""
    jobs = [Job(floor, seed) for floor in (FLOOR, FLOOR * RISE) for seed in range(seeds)]
    done = dict(run_all(run, jobs))
    arms = [[done[number] for number in range(arm * seeds, (arm + 1) * seeds)] for arm in range(2)]
    print(f"| floor {FLOOR * RISE:g} over floor {FLOOR:g} EUR/h, {seeds} seeds | " + " | ".join(WINDOWS) + " |\n|---|---|---|")
    for name in Outcome._fields:
        cells = []
        for window in WINDOWS:
            pairs = [(getattr(low[window], name), getattr(high[window], name)) for low, high in zip(*arms, strict=True)]
            ratios = [high / low for low, high in pairs]
            mean = fmean(ratios)
            low_end, high_end = t_interval(mean, stdev(ratios) if seeds > 1 else nan, seeds)
            levels = " → ".join(f"{sum(side) / seeds:,.2f}" for side in zip(*pairs, strict=True))
            cells.append(f"{mean:.3f} ({low_end:.3f} to {high_end:.3f}); {levels}")
        print(f"| {name.replace('_', ' ')} | " + " | ".join(cells) + " |")
    third = "third year"
    predicted = [
        (b[third].pay_per_block / b[third].surplus_per_block) / (a[third].pay_per_block / a[third].surplus_per_block)
        for a, b in zip(*arms, strict=True)
    ]
    print(f"\nGross earnings by theory, p/S(p) of the arms' own blocks: {sum(predicted) / seeds:.3f}.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS)
