"""Settings at the edges of what is allowed, each a few steps away from a market in which something happens at once."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

# Everybody is reachable, hears of it, decides and starts at once, and looks often; blocks are fewer than people want.
LIVELY: dict[str, Any] = {
    "scenario.start_date": date(2017, 11, 6),
    "scenario.end_date": date(2018, 3, 3),
    "population.drivers": 60,
    "platform.launch_date": date(2017, 11, 8),
    "platform.station_limit_at_launch": 6,
    "platform.station_limit_per_week": 6,
    "platform.station_limit": 15,
    "awareness.ceiling_share": 1.0,
    "awareness.at_launch_share": 1.0,
    "entry.hazard_per_week": 1.0,
    "entry.delay_shortest": 0,
    "entry.delay_longest": 3,
    "entry.money": 0.0,
    "attention.opening_probability_per_tenth": 0.3,
}

SLOTS: list[dict[str, Any]] = [
    {"blocks.slot_starts": (17.0,), "blocks.slot_hours": (4.0,), "blocks.slot_shares": (1.0,)},
    {"blocks.slot_starts": (9.0,), "blocks.slot_hours": (2.5,), "blocks.slot_shares": (3.0,)},
    {"blocks.slot_starts": (9.0, 17.0), "blocks.slot_hours": (4.0, 2.5), "blocks.slot_shares": (0.5, 0.5)},
    {"blocks.slot_starts": (9.0, 13.0, 17.0), "blocks.slot_hours": (2.0, 3.5, 3.3), "blocks.slot_shares": (0.0, 1.0, 2.0)},
]
DATES: list[dict[str, Any]] = [
    {"scenario.start_date": date(2017, 10, 30), "platform.launch_date": date(2017, 10, 30)},
    {"scenario.start_date": date(2017, 11, 9), "platform.launch_date": date(2017, 9, 1)},
    {"scenario.start_date": date(2017, 12, 18), "platform.launch_date": date(2017, 12, 19)},
    {"scenario.start_date": date(2017, 12, 27), "platform.launch_date": date(2018, 1, 3)},
    {"scenario.start_date": date(2018, 12, 10), "scenario.end_date": date(2019, 2, 1), "platform.launch_date": date(2018, 12, 1)},
    {"scenario.start_date": date(2022, 4, 11), "scenario.end_date": date(2022, 6, 1), "platform.launch_date": date(2022, 4, 20)},
]
BOUNDS: list[dict[str, Any]] = [
    {"platform.pay_floor_per_hour": 15.0, "platform.first_offer_per_hour": 15.0, "platform.pay_cap_per_hour": 15.0},
    {"platform.pay_floor_per_hour": 12.0, "platform.first_offer_per_hour": 9.0, "platform.pay_cap_per_hour": 40.0},
    {"platform.pay_floor_per_hour": 8.84, "platform.first_offer_per_hour": 33.0, "platform.pay_cap_per_hour": 25.37},
]
DELAYS: list[dict[str, Any]] = [
    {"entry.delay_shortest": 0, "entry.delay_longest": 0},
    {"entry.delay_shortest": 7, "entry.delay_longest": 10},
    {"entry.delay_shortest": 7, "entry.delay_longest": 7},
]
SHOCKS: list[dict[str, Any]] = [
    {"time_value.shock_week": 0.0, "time_value.shock_day": 0.0, "time_value.shock_slot": 0.0},
    {"time_value.shock_week": 9.0, "time_value.shock_day": 0.0, "time_value.shock_slot": 0.5},
]


def one(name: str, *values: Any) -> list[dict[str, Any]]:
    """Return the settings of a single parameter."""
    return [{name: value} for value in values]


EDGES: list[list[dict[str, Any]]] = [
    SLOTS, DATES, BOUNDS, DELAYS, SHOCKS,
    one("platform.policy", "none", "fixed", "escalator", "feedback"),
    one("platform.policy", "escalator"),
    one("platform.stations", ("Tegel", "Mariendorf"), ("Mariendorf", "Tegel"), ("Mariendorf",)),
    one("platform.step_per_hour", 0.0, 0.37, 5.0),
    one("platform.fill_target", 0.0, 1.0),
    one("platform.gain", 0.0, 1.0, 10.0),
    one("platform.public_belief_gain", 0.0, 1.0),
    one("platform.public_chance_at_start", 0.0, 1.0),
    one("platform.station_limit", 0, 1, 400),
    one("platform.station_limit_at_launch", 0, 400),
    one("blocks.rounds", 1, 2, 3, 7, 16, 60),
    one("blocks.escalation_share", 0.0, 0.05, 1.0),
    one("blocks.cancellation", 0.0, 0.3, 1.0),
    one("blocks.no_show", 0.0, 0.5, 0.99),
    one("blocks.per_driver_day", 0, 1, 3),
    one("blocks.weekly_cap", 0.0, 4.0, 7.5),
    one("blocks.parcels", 0.5, 5000.0),
    one("blocks.delivered_share", 0.0, 1.0),
    one("blocks.km", 0.0, 200.0),
    one("policy.mileage_eur_per_km", 0.2, 1.0),
    one("attention.opening_probability_per_tenth", 0.0, 0.02, 1.0),
    one("awareness.ceiling_share", 0.0, 0.5),
    one("awareness.at_launch_share", 0.0, 0.4),
    one("awareness.innovation_per_week", 0.0, 0.3),
    one("awareness.imitation_per_week", 0.0, 2.0),
    one("awareness.own_district_weight", 0.0, 1.0),
    one("awareness.recruiting_days_before_launch", 0, 60),
    one("entry.hazard_per_week", 0.0, 0.5),
    one("entry.cap", 0, 7),
    one("entry.money", 80.0, 300.0),
    one("entry.hours", 0.0, 20.0),
    one("entry.horizon", 0, 2),
    one("exit.hazard_per_week", 0.0, 0.3, 1.0),
    one("exit.extra_hazard_per_week", 0.0, 1.0),
    one("exit.low_surplus_per_week", 10.0),
    one("exit.surplus_gain", 0.0, 1.0),
    one("exit.replacement_per_week", 0.0, 0.5, 1.0),
    one("time_value.evening_and_saturday_premium", 0.0, -5.0, 6.0),
    one("time_value.psi", 0.0, 3.0),
    one("cars.fuel_price_factor", 0.0, 1.6),
    one("cars.deductible_per_km", 0.0, 2.0),
    one("cars.speed_on_unpaid_ways", 5.0),
    one("perception.car_cost", 0.0, 1.0, 1.5),
    one("perception.tax", 0.0, 1.0),
    one("perception.learning_scale", 0.5),
    one("rules.minimum_wage", 0.0, 12.0),
    one("demand.per_workday", 0.0, 300_000.0, 420_000.0),
    one("demand.growth", -0.3, 0.0, 0.5),
    one("demand.christmas_extra", 0.0, 200_000.0),
    one("demand.rho", 0.0, -0.9, 0.95),
    one("demand.sigma", 0.0, 0.3),
    one("carriers.shares", (1.0, 0.0, 0.0, 0.0, 0.0), (2.0, 1.0, 1.0, 1.0, 1.0)),
    one("carriers.couriers", 1, 40),
    one("carriers.starting_gap_share", 0.0, 0.5),
    one("carriers.separations_per_week", 0.000001, 0.5),
    one("carriers.wage_elasticity", 0.0, 20.0),
    one("carriers.wage_factor", 0.5, 1.3),
    one("carriers.vacancy_threshold", 0.0),
    one("carriers.alternative_wage_growth", -0.4, 0.9),
    one("carriers.hire_limit", 0.0, 0.00003, 0.1),
    one("carriers.season_share", 0.0, 1.0),
    one("carriers.season_years", (), (2018,), (2017, 2018)),
    one("carriers.overtime_peak", 0.0, 0.5),
    one("carriers.sick", 0.0, 0.3),
    one("carriers.relief_limit", 0.0, 1.0),
    one("carriers.divertible_share", 0.0, 1.0),
    one("carriers.promise_days", 0, 2, 12),
    one("carriers.patience_days", 1, 2, 3),
    one("carriers.failed_to_queue", 0.0, 0.5),
    one("population.unemployment_rate", 0.03, 0.15),
]  # fmt: skip


@st.composite
def edge_settings(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a lively market with up to a dozen edges."""
    values = dict(LIVELY)
    for edge in draw(st.lists(st.sampled_from(range(len(EDGES))), max_size=12, unique=True)):
        values.update(draw(st.sampled_from(EDGES[edge])))
    return values
