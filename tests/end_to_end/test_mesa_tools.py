"""Mesa's own tools drive the model: its batch runner, its data collector, its agent sets."""

import mesa
import pandas as pd

from model import BlockMarket, Driver

FACTORS = {"population__drivers": 200, "platform__pay_cap_per_hour": [12.0, 16.0], "scenario__start_date": "2017-11-06"}


def test_mesas_batch_runner_runs_designs_of_the_market():
    """Two caps, two seeds, ten days: each row is that of the market run by itself."""
    rows = mesa.batch_run(BlockMarket, FACTORS, rng=[1, 2], max_steps=10, data_collection_period=1, display_progress=False)
    table = pd.DataFrame(rows)
    assert len(table) == 2 * 2 * 10
    for (cap, run), days in table.groupby(["platform__pay_cap_per_hour", "iteration"]):
        market = BlockMarket(
            rng=[1, 2][run], population__drivers=200, platform__pay_cap_per_hour=cap, scenario__start_date="2017-11-06"
        )
        market.run(10)
        for name in ("date", "blocks_posted", "pay_total_eur", "parcels_backlog", "drivers_registered"):
            assert days[name].tolist() == [getattr(day, name) for day in market.diary], name


def test_it_does_so_on_two_processes():
    alone, together = (
        pd.DataFrame(
            mesa.batch_run(BlockMarket, FACTORS, rng=[1, 2], max_steps=10, number_processes=number, display_progress=False)
        )
        for number in (1, 2)
    )
    assert sorted(alone["RunId"]) == [0, 1, 2, 3]
    pd.testing.assert_frame_equal(alone, together.sort_values("RunId", ignore_index=True))


def test_the_data_collector_is_the_diary():
    market = BlockMarket(rng=3, population__drivers=100)
    market.run(40)
    pd.testing.assert_frame_equal(market.datacollector.get_model_vars_dataframe(), pd.DataFrame(market.diary))


def test_agent_sets_read_the_roster():
    market = BlockMarket(rng=3, population__drivers=100)
    drivers = market.agents_by_type[Driver]
    assert drivers.get("value_of_time_per_hour") == market.drivers["value_of_time_per_hour"].tolist()
