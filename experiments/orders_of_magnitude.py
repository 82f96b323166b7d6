"""What the defaults give, over seeds: the tables of docs/orders_of_magnitude.md (`python -m experiments.orders_of_magnitude`)."""

import sys
from itertools import product
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from model import BlockMarket

from .engines.pool import run_all
from .measures import late_share, net_at_full_cost, ratio, totals, working_days
from .scenario import load_scenario

if TYPE_CHECKING:
    import pandas as pd

SEEDS = 20
SCENARIO = "berlin-christmas-2017"
WITHOUT: dict[str, Any] = {"platform.policy": "none"}
PERIODS = {
    "October": ("2017-10-09", "2017-10-31"),
    "10-30 Nov": ("2017-11-10", "2017-11-30"),
    "1-23 Dec": ("2017-12-01", "2017-12-23"),
    "Nov and Dec": ("2017-11-01", "2017-12-31"),
    "Jan and Feb": ("2018-01-01", "2018-02-28"),
}
GAPS, SEASONS = (0.04, 0.06, 0.08), (0.11, 0.20, 0.28)
CAPS, CAR_COSTS = (11.0, 13.0, 16.0, 20.0), (0.12, 0.15, 0.20, 0.30)


class Job(NamedTuple):
    """One run."""

    changes: dict[str, Any]
    seed: int


def run(job: Job) -> "dict[str, dict[str, float]]":
    """Run one season and return what happened, by period."""
    market = BlockMarket(load_scenario(SCENARIO).with_values(job.changes), rng=job.seed)
    market.run()
    days = market.days.set_index("date")
    by_period = {name: measures(days.loc[first:last]) for name, (first, last) in PERIODS.items()}
    return by_period | {"15 Dec": totals(days.loc["2017-12-15":"2017-12-15"]), "season": measures(days)}


def measures(days: "pd.DataFrame") -> dict[str, float]:
    """Return the measures of a period."""
    total, last = totals(days), totals(days.tail(1))
    working = len(working_days(days.reset_index()))
    return {
        "gap share of arrivals": ratio(total["parcels_gap"], total["parcels_arrived"]),
        "late share of deliveries": late_share(total),
        "blocks posted a working day": ratio(total["blocks_posted"], working),
        "blocks filled a working day": ratio(total["blocks_filled"], working),
        "filled share": ratio(total["blocks_filled"], total["blocks_posted"]),
        "mean pay, EUR/h": ratio(total["pay_total_eur"], total["block_hours_driven"]),
        "highest offer, EUR/block": max(days["pay_highest_offer_per_block_eur"].dropna().tolist(), default=float("nan")),
        "net, EUR/h with ways": ratio(total["net_total_eur"], total["driver_hours"]),
        "net at full car cost, EUR/h": ratio(net_at_full_cost(total), total["driver_hours"]),
        "blocks below minimum wage": ratio(total["blocks_below_minimum_wage"], total["blocks_driven"]),
        "registered at the end": last["drivers_registered"],
        "active at the end": last["drivers_active"],
        "overdue parcels at the end": last["parcels_overdue"],
    }


def mean_and_range(values: list[float]) -> str:
    """Write the mean over seeds, and the lowest and highest seed behind it."""
    known = [value for value in values if value == value]
    if not known:
        return "–"
    mean, low, high = sum(known) / len(known), min(known), max(known)
    form = ",.0f" if high >= 100 else ".3f" if high < 1 else ".2f"
    return f"{mean:{form}} ({low:{form}}-{high:{form}})"


def main(seeds: int) -> None:
    """Run every arm and print the tables as markdown."""
    arms = {
        (g, s, without): {"carriers.starting_gap_share": g, "carriers.season_share": s} | (WITHOUT if without else {})
        for g, s, without in product(GAPS, SEASONS, (False, True))
    }
    arms |= {("cap", cap): {"platform.pay_cap_per_hour": cap} for cap in CAPS}
    arms |= {("car", cost): {"cars.cost_per_km": (cost,), "cars.cost_shares": (1.0,)} for cost in CAR_COSTS}
    arms |= {("no shortage",): WITHOUT | {"carriers.starting_gap_share": 0.0}}
    labels, jobs = zip(*((arm, Job(changes, seed)) for arm, changes in arms.items() for seed in range(seeds)), strict=True)
    done = [(labels[number], result) for number, result in sorted(run_all(run, jobs), key=itemgetter(0))]

    def over_seeds(arm: tuple[Any, ...], period: str, measure: str) -> str:
        return mean_and_range([result[period][measure] for known, result in done if known == arm])

    base, alone = (0.06, 0.20, False), (0.06, 0.20, True)
    print(f"| mean over {seeds} seeds (lowest-highest) | " + " | ".join(PERIODS) + " |\n|" + "---|" * (len(PERIODS) + 1))
    for measure in done[0][1]["season"]:
        print(f"| {measure} | " + " | ".join(over_seeds(base, period, measure) for period in PERIODS) + " |")
        if "late" in measure:
            print(f"| {measure}, no platform | " + " | ".join(over_seeds(alone, period, measure) for period in PERIODS) + " |")
    print(f"\nActive drivers on 15 December: {over_seeds(base, '15 Dec', 'drivers_active')}. ", end="")
    print(f"Gap share in October without any shortage: {over_seeds(('no shortage',), 'October', 'gap share of arrivals')}.\n")
    print("| late share, Nov and Dec | " + " | ".join(f"season {s:.2f}" for s in SEASONS) + " |\n|---|" + "---|" * len(SEASONS))
    for g, without in product(GAPS, (True, False)):
        cells = [over_seeds((g, s, without), "Nov and Dec", "late share of deliveries") for s in SEASONS]
        print(f"| gap {g:.2f}, {'no platform' if without else 'with'} | " + " | ".join(cells) + " |")
    print("\n| | filled share, whole season | filled share, 1-23 Dec |\n|---|---|---|")
    for kind, unit, levels in (("cap", "EUR/h", CAPS), ("car", "EUR/km", CAR_COSTS)):
        for level in levels:
            cells = [over_seeds((kind, level), period, "filled share") for period in ("season", "1-23 Dec")]
            print(f"| {kind} {level:g} {unit} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS)
