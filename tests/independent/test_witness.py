"""Product and witness agree on every decision of every driver, every price, every count; money and parcels to rounding.

More examples of the edge settings: GIGSUPPLY_WITNESS_EXAMPLES=500, longer runs: GIGSUPPLY_WITNESS_DAYS=60.
"""

import ast
import os
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.records import Day

from .edge_settings import LIVELY, SLOTS, edge_settings
from .records import day_row
from .side_by_side import NOT_WITNESSED, SideBySide

EXAMPLES = int(os.environ.get("GIGSUPPLY_WITNESS_EXAMPLES", "15"))
DAYS = int(os.environ.get("GIGSUPPLY_WITNESS_DAYS", "25"))
HARNESS = {"side_by_side", "edge_settings", "test_witness", "test_calendar"}
WITNESS = [path for path in sorted(Path(__file__).parent.glob("*.py")) if path.stem not in HARNESS]

LIVE_SOON: dict[str, Any] = {
    "scenario.start_date": date(2017, 10, 30),
    "scenario.end_date": date(2017, 12, 31),
    "population.drivers": 500,
    "awareness.ceiling_share": 1.0,
}
SCENARIOS: dict[str, dict[str, Any]] = {
    "baseline": LIVE_SOON,
    "escalator": {**LIVE_SOON, "platform.policy": "escalator"},
    "stressed": {
        **LIVE_SOON,
        "platform.policy": "fixed",
        "platform.stations": ("Tegel", "Mariendorf"),
        "blocks.rounds": 7,
        "policy.mileage_eur_per_km": 0.2,
        "entry.cap": 120,
        "platform.station_limit_at_launch": 8,
        "platform.station_limit_per_week": 6,
        "platform.station_limit": 30,
    },
}


@pytest.mark.parametrize("seed", [pytest.param(0, marks=pytest.mark.rules), 1, 2, 3, 4])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_decision_is_the_witnesss(scenario: str, seed: int) -> None:
    both = SideBySide(SCENARIOS[scenario], seed)
    assert both.run(60) == []
    assert both.blocks_driven > 300


@settings(max_examples=EXAMPLES, deadline=None, derandomize=EXAMPLES == 15, suppress_health_check=[HealthCheck.too_slow])
@given(values=edge_settings(), seed=st.integers(0, 2**64 - 1))
def test_both_agree_at_the_edges_of_what_is_allowed(values: dict[str, Any], seed: int) -> None:
    assert SideBySide(values, seed).run(DAYS) == []


@pytest.mark.parametrize("slots", SLOTS)
@pytest.mark.parametrize("entry_money", [150.0, 500.0])
def test_everybody_makes_up_his_mind_alike(slots: dict[str, Any], entry_money: float) -> None:
    both = SideBySide({**LIVELY, **slots, "population.drivers": 1000, "entry.money": entry_money}, seed=3)
    assert both.run(1) == []
    decided = both.witness.monday.decided if both.witness.monday else 0
    assert 0 < decided < 1000


@pytest.mark.parametrize(
    "slip",
    [
        {"platform.first_offer_per_hour": 14.0025},
        {"blocks.cancellation": 0.06},
        {"blocks.no_show": 0.04},
        {"perception.tax": 0.69},
        {"time_value.shock_slot": 4.81},
        {"entry.delay_longest": 11},
        {"awareness.imitation_per_week": 0.11},
        {"exit.surplus_gain": 0.11},
        {"carriers.relief_limit": 0.0500001},
        {"carriers.separations_per_week": 0.0065},
    ],
)
def test_the_comparison_sees_a_slip(slip: dict[str, Any]) -> None:
    assert SideBySide(SCENARIOS["baseline"], 0, only_in_witness=slip).run(60)


def test_no_column_of_the_days_goes_unwitnessed() -> None:
    both = SideBySide(LIVELY, 0)
    both.step()
    assert {field.name for field in fields(Day)} == day_row(both.witness, both.witness.start).keys() | NOT_WITNESSED


@pytest.mark.parametrize("path", WITNESS, ids=lambda path: path.stem)
def test_the_witness_shares_nothing_but_the_draws(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            assert node.module.split(".")[0] not in {"model", "experiments", "results"} or node.module == "model.random_draws"
        if isinstance(node, ast.Import):
            assert not {name.name.split(".")[0] for name in node.names} & {"model", "experiments", "results", "numba"}
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "np":
            assert node.attr == "uint64"
