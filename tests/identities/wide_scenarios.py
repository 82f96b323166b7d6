"""Scenarios drawn over wide allowed values, not only plausible ones, and a market stepped through with its evenings."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st

from model import BlockMarket, Parameters
from model.records import Day

SHARE = st.floats(0.0, 1.0)
STARTS = [date(2016, 2, 22), date(2017, 10, 9), date(2017, 11, 10), date(2017, 12, 20), date(2018, 12, 14), date(2026, 3, 28)]
MOST_DAYS = 35

# Hears of it in the first week, registers at once, drives from the next day on, and looks often.
EAGER = {
    "awareness.ceiling_share": 1.0,
    "awareness.at_launch_share": 1.0,
    "entry.hazard_per_week": 1.0,
    "entry.delay_shortest": 0,
    "entry.delay_longest": 3,
    "entry.money": 0.0,
    "entry.hours": 0.0,
    "exit.hazard_per_week": 0.1,
    "exit.replacement_per_week": 0.5,
}
STATIONS = st.sampled_from([("Tegel",), ("Mariendorf",), ("Tegel", "Mariendorf"), ("Mariendorf", "Tegel")])
FREE = {
    "population.drivers": st.integers(0, 300),
    "population.unemployment_rate": st.floats(0.001, 1.0),
    "population.way_spread": st.floats(0.0, 2.0),
    "exit.hazard_per_week": SHARE,
    "exit.extra_hazard_per_week": SHARE,
    "exit.replacement_per_week": SHARE,
    "entry.cap": st.none() | st.integers(0, 200),
    "attention.opening_probability_per_tenth": SHARE,
    "attention.concentration": st.floats(0.5, 100.0),
    "time_value.psi": st.floats(0.0, 3.0),
    "time_value.shock_slot": st.floats(0.0, 30.0),
    "cars.fuel_price_factor": st.floats(0.0, 10.0),
    "cars.deductible_per_km": st.floats(0.0, 3.0),
    "cars.speed_on_unpaid_ways": st.floats(1.0, 200.0),
    "perception.car_cost": st.floats(0.0, 3.0),
    "perception.tax": st.floats(0.0, 3.0),
    "policy.mileage_eur_per_km": st.floats(0.0, 2.0),
    "blocks.km": st.floats(0.0, 300.0),
    "blocks.rounds": st.integers(1, 60),
    "blocks.escalation_share": SHARE,
    "blocks.parcels": st.floats(0.1, 500.0),
    "blocks.delivered_share": SHARE,
    "blocks.no_show": st.floats(0.0, 0.99),
    "blocks.cancellation": SHARE,
    "blocks.per_driver_day": st.integers(0, 8),
    "blocks.weekly_cap": st.floats(0.0, 60.0),
    "platform.policy": st.sampled_from(["none", "fixed", "escalator", "feedback"]),
    "platform.station_limit_at_launch": st.integers(0, 600),
    "platform.station_limit": st.integers(0, 600),
    "platform.first_offer_per_hour": st.floats(0.0, 200.0),
    "platform.step_per_hour": st.floats(0.0, 50.0),
    "platform.fill_target": SHARE,
    "platform.gain": st.floats(0.0, 10.0),
    "demand.per_workday": st.floats(0.0, 1e6),
    "demand.christmas_extra": st.floats(0.0, 1e6),
    "demand.growth": st.floats(-0.4, 1.0),
    "demand.rho": st.floats(-0.9, 0.9),
    "demand.sigma": st.floats(0.0, 0.5),
    "carriers.couriers": st.integers(1, 20_000),
    "carriers.starting_gap_share": st.floats(0.0, 0.5),
    "carriers.separations_per_week": st.floats(1e-6, 0.5),
    "carriers.wage_elasticity": st.floats(0.0, 20.0),
    "carriers.hire_limit": SHARE,
    "carriers.season_share": st.floats(0.0, 3.0),
    "carriers.season_years": st.sampled_from([(), (2017,), (2018,), (2016, 2017, 2018)]),
    "carriers.overtime_peak": st.floats(0.0, 1.0),
    "carriers.sick": st.floats(0.0, 0.9),
    "carriers.relief_limit": st.floats(0.0, 2.0),
    "carriers.divertible_share": SHARE,
    "carriers.promise_days": st.integers(0, 8),
    "carriers.patience_days": st.integers(1, 30),
    "carriers.failed_to_queue": st.floats(0.0, 0.9),
}


@st.composite
def scenarios(draw: st.DrawFn) -> Parameters:
    """Draw a scenario: eager drivers, about a third of the free parameters anywhere in their range, slots, prices, dates."""
    changed = draw(st.lists(st.sampled_from(sorted(FREE)), max_size=20, unique=True))
    values: dict[str, Any] = EAGER | {"population.drivers": 250, "attention.opening_probability_per_tenth": 0.4}
    values |= {name: draw(FREE[name]) for name in changed}
    start = draw(st.sampled_from(STARTS))
    values["scenario.start_date"], values["scenario.end_date"] = start, start + timedelta(400)
    values["platform.launch_date"] = start + timedelta(draw(st.integers(-20, 15)))
    prices = sorted(draw(st.sampled_from([0.0, 8.84, 10.0, 16.0, 30.0, 199.99])) for _ in range(2))
    values["platform.pay_floor_per_hour"], values["platform.pay_cap_per_hour"] = prices[0], max(prices)
    values["platform.stations"] = draw(STATIONS)
    starts = sorted(draw(st.lists(st.integers(0, 23), min_size=1, max_size=8, unique=True)))
    lengths = [draw(st.sampled_from([0.25, 2.0, 3.3, 4.0, 8.0])) for _ in starts]
    slots = len(starts)
    values["blocks.slot_starts"] = tuple(float(start) for start in starts)
    values["blocks.slot_hours"] = tuple(
        min(length, float(end - start)) for length, start, end in zip(lengths, starts, [*starts[1:], 32], strict=True)
    )
    values["blocks.slot_shares"] = tuple(draw(st.floats(0.1, 1.0)) for _ in range(slots))
    return Parameters().with_values(values)


class Evening(NamedTuple):
    """One stepped day: its diary entry, the roster before and after, its trades and offers (empty without an evening)."""

    day: Day
    before: Any
    after: Any
    trades: Any
    offers: Any
    rounds: Any


def walk(market: BlockMarket, days: int = MOST_DAYS) -> Iterator[Evening]:
    """Step through a market day by day."""
    for _ in range(days):
        before, evenings = market.drivers.copy(), len(market.evenings)
        market.step()
        has_evening = len(market.evenings) > evenings
        _, offers, rounds = market.evenings[-1] if has_evening else (None, market.drivers[:0], market.drivers[:0])
        trades = market.trades if has_evening else market.trades[:0]
        yield Evening(market.diary[-1], before, market.drivers.copy(), trades.copy(), offers, rounds)


def close(left: float, right: float, scale: float) -> bool:
    """Tell whether two sums agree to 1e-9 relative to the size of what was added up."""
    return bool(abs(left - right) <= 1e-9 * max(1.0, abs(scale)))


def sums_agree(left: np.ndarray, right: np.ndarray, scale: np.ndarray) -> bool:
    """Tell the same of whole columns."""
    return bool((np.abs(left - right) <= 1e-9 * np.maximum(1.0, np.abs(scale))).all())
