"""Titles state what the data show: turn the data around, and the title turns around."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from model.choice import Budget
from model.roster import GROUPS
from results.figures import active_drivers, budget, coverage, net_pay, prices, seasons
from results.figures.picture import weekly
from results.theme import FILE, PAGE, PHONE, apart, balanced
from results.typical import Typical, nearest_to_the_medians

LOOKS = (FILE, PAGE, PHONE)


def days_of(late: float = 100.0, carried: float = 10.0, pay: tuple[float, ...] = (60.0, 50.0)) -> pd.DataFrame:
    """Return two months of 28 days; `pay` is the mean of a block in each."""
    n = 28
    dates = [*pd.date_range("2018-01-01", periods=n), *pd.date_range("2018-02-01", periods=n)]
    mean = np.repeat(pay, n)
    active = np.arange(1, 2 * n + 1)
    columns = {
        "date": dates, "parcels_arrived": 1000.0, "parcels_gap": 100.0, "parcels_delivered_by_carriers": 990.0,
        "parcels_delivered_by_platform": carried, "parcels_delivered_late": late, "parcels_backlog": np.arange(2.0 * n),
        "blocks_posted": 10, "blocks_filled": 9, "blocks_driven": 8, "pay_total_eur": 8 * mean, "pay_mean_per_block_eur": mean,
        "pay_first_offer_per_block_eur": mean - 2, "pay_highest_offer_per_block_eur": np.minimum(64.0, mean + 5),
        "drivers_active": 7 * active,
    } | {f"drivers_active_{group}": active for group in GROUPS}  # fmt: skip
    return pd.DataFrame(columns)


def persons_of(net_per_hour: dict[str, float]) -> pd.DataFrame:
    rows = [
        {"group": group, "blocks_driven": 10, "hours_total": 50.0, "net_total_eur": 50 * net, "car_cost_total_eur": 100.0,
         "full_car_cost_total_eur": 200.0, "blocks_below_minimum_wage": 4}
        for group, net in net_per_hour.items()
    ]  # fmt: skip
    return pd.DataFrame(rows).astype({"group": "category"})


def typical_of(group: str, net: float) -> Typical:
    worth = Budget(60.0, 5.0, 64.0, 0.0, 12.0, 46.0, 52.0 - net, net, 8.0, net - 40.0, 0.6, 0.7, net - 30.0)
    return Typical(group, 1, worth, 0.0, 5, 0.4)


@pytest.mark.parametrize(
    ("late", "alone", "carried", "words"),
    [
        (50.0, 100.0, 10.0, "fall from 10.1 % to 5.0 %"),
        (100.0, 50.0, 10.0, "rise from 5.1 % to 10.0 %"),
        (50.0, 50.5, 0.0, "carries no parcel"),
    ],
)
def test_late_parcels_fall_or_rise_as_they_do(late, alone, carried, words):
    title = coverage.headline(days_of(late, carried), days_of(alone, 0.0), 0).title
    assert words in title


def test_equal_late_shares_are_called_equal():
    assert "with it and without it" in coverage.headline(days_of(), days_of(), 0).title


@pytest.mark.parametrize(
    ("pay", "words"),
    [((60.0, 50.0), "slides from 60 EUR in January to 50 EUR in February"),
     ((50.0, 60.0), "climbs from 50 EUR in January to 60 EUR in February"),
     ((55.0, 55.5), "stays near 55 EUR")],
)  # fmt: skip
def test_the_price_path_is_told_as_it_went(pay, words):
    assert words in prices.headline(days_of(pay=pay), 64.0, 0).title


@pytest.mark.parametrize(
    ("net", "words"),
    [({"student": 8.0, "alg2": 4.0}, "no group keeps"),
     ({"student": 9.0, "alg2": 4.0}, "only students keep"),
     ({"student": 9.0, "alg2": 9.5}, "every group keeps")],
)  # fmt: skip
def test_the_minimum_wage_is_reached_by_those_who_reach_it(net, words):
    assert words in net_pay.headline(net_pay.net_by_group(persons_of(net)), 8.84, 20, 0).title


def test_net_pay_by_group_is_money_over_hours():
    groups = net_pay.net_by_group(persons_of({"student": 8.0, "alg2": 4.0}))
    assert groups.index.tolist() == ["student", "alg2", "all"]
    assert groups["marginal"].tolist() == pytest.approx([8.0, 4.0, 6.0], rel=1e-12)
    assert groups["full"].tolist() == pytest.approx([6.0, 2.0, 4.0], rel=1e-12)
    assert groups["below_share"].tolist() == pytest.approx([0.4] * 3, rel=1e-12)


def test_whoever_keeps_most_is_named_first():
    one, other = typical_of("student", 30.0), typical_of("alg2", 5.0)
    assert budget.headline((one, other), 64.0, 0).title == "Of 64 EUR a student keeps 30, an ALG II recipient 5"
    assert budget.headline((typical_of("student", 3.0), other), 64.0, 0).title.startswith("Of 64 EUR an ALG II recipient keeps 5")
    assert "Nobody" in budget.headline((), 64.0, 0).title


def test_active_drivers_peak_where_they_peak():
    growing, shrinking = days_of(), days_of()
    shrinking["drivers_active"] = shrinking["drivers_active"].to_numpy()[::-1]
    assert "still more" in active_drivers.headline(growing, 100, 0).title
    assert "At most 392 people drive, on 1 January" in active_drivers.headline(shrinking, 100, 0).title


@pytest.mark.parametrize(
    ("late", "words"), [((0.1, 0.1), "In all 2 seasons fewer"), ((0.1, 0.3), "In 1 of 2"), ((0.3, 0.3), "In none of 2")]
)
def test_seasons_are_counted(late, words):
    table = pd.DataFrame({"seed": [0, 1], "parcels_late_share": late, "parcels_late_share_without": [0.2, 0.2]})
    assert words in seasons.headline(table).title


@pytest.mark.parametrize("look", LOOKS)
def test_every_figure_draws_at_every_width(look):
    days, alone = days_of(), days_of(200.0, 0.0)
    groups = net_pay.net_by_group(persons_of({"student": 8.0, "alg2": -1.0}))
    table = pd.DataFrame({"seed": [0, 1], "parcels_late_share": [0.1, 0.2], "parcels_late_share_without": [0.2, 0.1]})
    two = (typical_of("student", 60.0), typical_of("alg2", -5.0))
    drawn = [
        coverage.coverage(days, alone, coverage.headline(days, alone, 0), look),
        prices.prices(days, 64.0, prices.headline(days, 64.0, 0), look),
        net_pay.net_pay(groups, 8.84, net_pay.headline(groups, 8.84, 20, 0), look),
        budget.budgets(two, budget.headline(two, 64.0, 0), look),
        active_drivers.active_drivers(days, active_drivers.headline(days, 100, 0), look),
        seasons.seasons_figure(table, 1, seasons.headline(table), look),
    ]
    assert all(isinstance(figure, Figure) and figure.get_figwidth() == look.width for figure in drawn)


def test_weeks_average_working_days_only():
    days = pd.DataFrame({"date": pd.date_range("2018-01-01", periods=7), "parcels_arrived": [6.0] * 6 + [0.0]})
    assert weekly(days)["parcels_arrived"].tolist() == [6.0]


def test_words_are_pushed_apart_about_their_centre():
    assert apart([0.0, 1.0, 50.0], 10.0) == [-4.5, 5.5, 50.0]
    assert apart([0.0, 20.0], 10.0) == [0.0, 20.0]


def test_lines_of_a_headline_are_of_similar_length():
    lines = balanced("one two three four five six seven", 30)
    assert len(lines) == 2
    assert max(map(len, lines)) - min(map(len, lines)) <= len("seven")


def test_the_typical_driver_is_in_the_middle_of_every_column():
    columns = np.array([[1.0, 9.0], [2.0, 5.0], [3.0, 1.0], [9.0, 2.0], [8.0, 6.0]])
    middle = np.array([[5.0, 4.0]])
    assert nearest_to_the_medians(np.vstack([columns[:2], middle, columns[2:]])) == 2
