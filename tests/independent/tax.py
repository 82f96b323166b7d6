"""What a block's profit costs in tax, contributions and lost transfers, and the minimum wage of a date."""

import csv
import gzip
from bisect import bisect_right
from datetime import date
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[2] / "model" / "data"
SCHEDULES = DATA / "net_income_schedules.csv.gz"
MINIMUM_WAGES = DATA / "minimum_wage.csv"


class NetIncomeSchedule:
    """One archetype at one date: net income per month by side profit per month, linear between nodes."""

    def __init__(self) -> None:
        self.profits: list[float] = []
        self.nets: list[float] = []

    def add(self, profit: float, net: float) -> None:
        """Append a node; nodes come in rising order of profit."""
        self.profits.append(profit)
        self.nets.append(net)

    def net(self, profit: float) -> float:
        """Return net income per month; above the last node its last slope goes on."""
        upper = min(bisect_right(self.profits, profit), len(self.profits) - 1)
        lower = upper - 1
        slope = (self.nets[upper] - self.nets[lower]) / (self.profits[upper] - self.profits[lower])
        return self.nets[lower] + slope * (profit - self.profits[lower])

    def tax(self, profit: float) -> float:
        """Return T(x) = x − (net(x) − net(0)) at max(0, x)."""
        profit = max(0.0, profit)
        return profit - (self.net(profit) - self.nets[0])

    def tax_on_top(self, income: float, profit: float) -> float:
        """Return what a further profit costs on top of the month's income so far."""
        return self.tax(income + profit) - self.tax(income)


@cache
def all_schedules() -> tuple[list[date], list[dict[date, NetIncomeSchedule]]]:
    """Read the table: its dates in order, and by archetype (order of first appearance) a schedule per date."""
    by_archetype: dict[str, dict[date, NetIncomeSchedule]] = {}
    dates: set[date] = set()
    with gzip.open(SCHEDULES, "rt", newline="") as lines:
        for row in csv.DictReader(lines):
            valid_from = date.fromisoformat(row["date"])
            dates.add(valid_from)
            schedule = by_archetype.setdefault(row["archetype"], {}).setdefault(valid_from, NetIncomeSchedule())
            schedule.add(float(row["side_profit_per_month_eur"]), float(row["net_per_month_eur"]))
    return sorted(dates), list(by_archetype.values())


def latest(dates: list[date], day: date) -> date:
    """Return the latest date on or before a day, the first one before any."""
    return dates[max(0, bisect_right(dates, day) - 1)]


def schedules_on(day: date) -> list[NetIncomeSchedule]:
    """Return the schedules in force, by archetype."""
    dates, by_archetype = all_schedules()
    in_force = latest(dates, day)
    return [schedules[in_force] for schedules in by_archetype]


@cache
def all_minimum_wages() -> dict[date, float]:
    """Read the minimum wage in EUR/h by its first day."""
    with MINIMUM_WAGES.open(newline="") as lines:
        return {date.fromisoformat(row["from_date"]): float(row["minimum_wage_per_hour_eur"]) for row in csv.DictReader(lines)}


def minimum_wage_on(day: date) -> float:
    """Return the statutory minimum wage in EUR/h."""
    wages = all_minimum_wages()
    return wages[latest(sorted(wages), day)]
