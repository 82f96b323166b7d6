"""Scenarios at the edge of what is allowed run to their end, and mean what they say."""

import json
from datetime import date

import pandas as pd
import pytest

from model import BlockMarket
from results.cli import status_of

SMALL = ["population.drivers=300", "awareness.ceiling_share=1.0", "awareness.at_launch_share=1.0", "entry.hazard_per_week=1.0"]
EIGHT_SLOTS = [
    "blocks.slot_starts=[6.0, 8.0, 10.0, 12.0, 14.0, 16.0, 18.0, 20.0]",
    "blocks.slot_hours=[2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0]",
    "blocks.slot_shares=[1, 1, 1, 1, 1, 1, 1, 1]",
]


@pytest.fixture
def run(tmp_path, capsys):
    """Return a function that runs the baseline with settings and returns its days, blocks and summary."""

    def go(*settings, days=None):
        chosen = {setting.partition("=")[0]: setting for setting in [*SMALL, *settings]}
        words = [word for setting in chosen.values() for word in ("--set", setting)]
        words += ["--days", str(days)] if days else []
        assert status_of(["run", "baseline", "--seed", "3", "--out", str(tmp_path), *words]) == 0
        capsys.readouterr()
        tables = [pd.read_parquet(tmp_path / f"{name}.parquet") for name in ("days", "blocks")]
        return *tables, json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))

    return go


def test_one_day_is_one_row(run):
    days, blocks, summary = run(days=1)
    assert days["date"].dt.date.tolist() == [date(2017, 10, 9)]
    assert blocks.empty
    assert summary["blocks_filled_share"] is None  # nothing to measure


def test_a_run_may_go_past_the_scenarios_end(run):
    days, _, _ = run(days=120)
    assert days["date"].dt.date.iloc[-1] == date(2018, 2, 5)
    assert days["blocks_filled"].iloc[-30:].sum() > 0


def test_without_a_pool_nobody_drives_and_carriers_go_on(run):
    days, _, _ = run("population.drivers=0")
    assert days["blocks_posted"].sum() > 0
    assert days[["blocks_filled", "pay_total_eur", "drivers_aware", "parcels_delivered_by_platform"]].to_numpy().sum() == 0
    assert days["parcels_delivered_by_carriers"].sum() > 0


def test_for_nothing_nobody_drives(run):
    days, blocks, _ = run("platform.pay_cap_per_hour=0", "platform.pay_floor_per_hour=0")
    assert (blocks["pay_per_block_eur"] == 0).all()
    assert days["blocks_posted"].sum() > 0
    assert days["blocks_filled"].sum() == 0


def test_without_a_platform_nobody_hears_of_it(run):
    days, blocks, _ = run("platform.policy=none")
    assert blocks.empty
    assert not days[["drivers_aware", "drivers_registered", "blocks_posted", "parcels_offered_to_platform"]].any().any()


@pytest.mark.parametrize(("settings", "slots"), [([], 3), (EIGHT_SLOTS, 8), (["blocks.slot_starts=[9.0]", "blocks.slot_hours=[4.0]",
                                                                             "blocks.slot_shares=[1.0]"], 1)])  # fmt: skip
def test_blocks_are_offered_in_every_slot(settings, slots, run):
    _, blocks, _ = run(*settings)
    assert set(blocks["slot"]) == set(range(slots))
    assert (blocks.groupby("slot")["blocks_taken"].sum() > 0).all()


def test_a_scenario_may_start_on_a_leap_day(run):
    days, _, _ = run("scenario.start_date=2016-02-29", "platform.launch_date=2016-03-01", days=60)
    assert days["date"].dt.date.iloc[[0, 1]].tolist() == [date(2016, 2, 29), date(2016, 3, 1)]
    easter = days.set_index(days["date"].dt.date)["parcels_arrived"]
    assert easter[date(2016, 3, 25)] == easter[date(2016, 3, 28)] == 0.0 < easter[date(2016, 3, 26)]


def test_a_christmas_outside_the_season_years_has_no_helpers_and_no_extra(run):
    days, _, _ = run("scenario.start_date=2018-11-26", "scenario.end_date=2018-12-31")
    assert not days["couriers_season"].any()
    with_season, _, _ = run("scenario.start_date=2018-11-26", "scenario.end_date=2018-12-31", "carriers.season_years=[2018]")
    extra = with_season["parcels_arrived"] - days["parcels_arrived"]
    rush = (days["date"].dt.date <= date(2018, 12, 23)) & (days["parcels_arrived"] > 0)
    share = days["date"].dt.day_of_week.map(dict(enumerate([0.85, 1.15, 1.10, 1.05, 1.05, 0.80, 0.0])))
    assert extra.to_numpy() == pytest.approx((27_000 * share * rush).to_numpy(), abs=1e-6)
    assert with_season["couriers_season"].max() > 0


def test_a_launch_before_the_start_finds_the_platform_open(run):
    days, _, _ = run("platform.launch_date=2016-05-01")
    first_week = days.iloc[:7]
    assert first_week["drivers_aware"].iloc[0] > 0
    assert first_week["parcels_offered_to_platform"].sum() > 0
    assert first_week["blocks_posted"].sum() > 0


def test_a_launch_after_the_end_never_happens(run):
    days, blocks, _ = run("platform.launch_date=2017-12-24")
    assert blocks.empty
    assert not days["drivers_aware"].any()


def test_recruiting_may_begin_though_the_launch_is_after_the_end(run):
    days, blocks, _ = run("platform.launch_date=2017-12-04")
    assert blocks.empty
    assert days["drivers_registered"].iloc[-1] > 0
    assert not days["drivers_active"].any()


def test_a_market_keeps_its_parameters_out_of_mesas_hands():
    market = BlockMarket(population__drivers=3, platform__pay_cap_per_hour=20.0)
    market.run(2)
    assert market.parameters.platform.pay_cap_per_hour == 20.0
    assert "scenario" not in vars(market) or market.scenario is not market.parameters


def test_a_driver_is_not_removed_nor_written_to():
    from model import Driver

    driver = next(iter(BlockMarket(population__drivers=1).agents_by_type[Driver]))
    with pytest.raises(NotImplementedError, match="cannot be removed"):
        driver.remove()
    with pytest.raises(AttributeError, match="a driver is a view"):
        driver.pay_total = 3.0


def test_what_still_waits_at_the_end_and_what_was_replaced_is_said(tmp_path, capsys):
    words = ["run", "baseline", "--days", "9", "--set", "population.drivers=10", "--out", str(tmp_path / "run")]
    assert status_of(words) == 0
    first = capsys.readouterr()
    assert "parcels are still waiting on the last day" in first.err
    assert "in place of an earlier run" not in first.out
    assert status_of(words) == 0
    assert "in place of an earlier run" in capsys.readouterr().out


@pytest.mark.parametrize(("setting", "is_noted"), [("demand.christmas_extra=100000", True), ("carriers.overtime_peak=2", False)])
def test_late_parcels_still_waiting_without_the_platform_are_noted(setting, is_noted, tmp_path, capsys):
    """The accounts compare with that season, so a reader must know what they miss; a season with all parcels home has no note."""
    words = ["--set", "population.drivers=300", "--set", setting, "--days", "70", "--out", str(tmp_path)]
    assert status_of(["run", "baseline", *words]) == 0
    note = "note: without the platform, parcels older than the promise are still waiting on the last day"
    assert (note in capsys.readouterr().err.splitlines()) == is_noted
