"""Parcels, carriers, and what lateness is worth: where the platform's demand comes from."""

from ..sources import assumed, fact
from .declare import AMOUNT, SHARE, Group, quantity


class Demand(Group):
    """Parcels that arrive in Berlin on a working day."""

    per_workday: float = quantity(
        376_000.0, "parcels", fact("berlin.parcels_per_workday"), plausible=(338_400, 413_600), allowed=AMOUNT
    )
    growth: float = quantity(
        0.05, "per year", fact("kep.volume_2016", "kep.volume_2017", "kep.volume_2018"), plausible=(0.03, 0.11), allowed=(-0.5, 1)
    )
    christmas_extra: float = quantity(
        27_000.0, "parcels/day", fact("berlin.xmas_extra_per_day"), plausible=(0, 40_000), allowed=AMOUNT, midway=True
    )
    month: tuple[float, float, float, float, float, float, float, float, float, float, float, float] = quantity(
        (0.95, 0.93, 1.00, 0.96, 0.96, 0.93, 0.91, 0.91, 0.97, 1.02, 1.13, 1.28),
        "share of the mean by month, December to the 23rd",
        fact("season.month_index_2021", reason="damped, the Christmas extra taken out: assumed"),
        plausible=(0.8, 1.5),
        allowed=(0, 100),
        midway=True,
    )
    month_from_24_december: float = quantity(
        0.85, "share of the mean", assumed("the rush is over"), plausible=(0.7, 1.0), allowed=(0, 100), midway=True
    )
    weekday: tuple[float, float, float, float, float, float] = quantity(
        (0.85, 1.15, 1.10, 1.05, 1.05, 0.80), "share of the mean, Mon-Sat",
        fact("season.weekday", reason="only the order is evidence"), plausible=(0.7, 1.3), allowed=(0, 100), midway=True,
    )  # fmt: skip
    rho: float = quantity(
        0.6, "persistence of the daily shock", assumed("busy days follow busy days"), plausible=(0.0, 0.8), allowed=(-0.99, 0.99)
    )
    sigma: float = quantity(
        0.04, "sd of the daily log shock", assumed("a few per cent a day"), plausible=(0.02, 0.08), allowed=(0, 2)
    )


_WAGES = fact(
    "courier.wage_dp_2018",
    "courier.wage_logistics_tariff_berlin_2018",
    "courier.wage_floor_amazon_sub",
    reason="which carrier pays which is assumed",
)


class Carriers(Group):
    """Five carriers in the order DHL, Hermes, UPS, DPD, GLS."""

    shares: tuple[float, float, float, float, float] = quantity(
        (0.516, 0.172, 0.129, 0.108, 0.075),
        "weight by carrier",
        fact("share.volume_2019", reason="rescaled to five"),
        allowed=AMOUNT,
    )
    couriers: int = quantity(2_500, "persons", fact("berlin.vans_per_workday"), plausible=(2_000, 3_000), allowed=(1, 10_000_000))
    starting_gap_share: float = quantity(
        0.06,
        "share of couriers missing",
        fact("shortage.vacancy_hermes_dortmund", "shortage.vacancy_dhl_dortmund"),
        plausible=(0.04, 0.10),
        allowed=(0, 0.5),
    )
    separations_per_week: float = quantity(
        0.0064, "1/week", assumed("a third leaves within a year"), plausible=(0.004, 0.012), allowed=(0.000001, 0.5)
    )
    wage_elasticity: float = quantity(
        2.0, "of hires to the wage", assumed("hires react to relative pay"), plausible=(0.5, 4.0), allowed=(0, 50), midway=True
    )
    vacancy_threshold: float = quantity(
        0.08, "share of target, 8-week mean", assumed("above it wages rise"), plausible=(0.04, 0.12), allowed=SHARE, midway=True
    )
    wage_step: float = quantity(0.01, "share", assumed("1 % at a time"), plausible=(0.005, 0.03), allowed=(0, 1), midway=True)
    alternative_wage_growth: float = quantity(
        0.03, "per year", assumed("wages elsewhere"), plausible=(0.01, 0.05), allowed=(-0.5, 1)
    )
    wage: tuple[float, float, float, float, float] = quantity(
        (16.2, 12.58, 12.58, 10.0, 10.0), "EUR/h gross by carrier", _WAGES, plausible=(8.84, 18.3), allowed=(0.01, 1e4)
    )
    wage_factor: float = quantity(
        1.0, "of the wage", assumed("policy lever"), plausible=(0.9, 1.3), allowed=(0.01, 100), midway=True
    )
    employer_factor: float = quantity(
        1.21,
        "employer's cost / gross wage",
        fact("policy.employment_cost_factor"),
        plausible=(1.18, 1.25),
        allowed=(1, 10),
        midway=True,
    )
    courier_deduction_share: float = quantity(
        0.32,
        "share of gross wage",
        assumed("tax and contributions of a single courier"),
        plausible=(0.25, 0.38),
        allowed=SHARE,
        midway=True,
    )
    hours_per_day: float = quantity(8.0, "h", assumed("a full-time day"), plausible=(7.0, 8.5), allowed=(0, 24), midway=True)
    overtime_pay_factor: float = quantity(
        1.25, "of the hourly wage", assumed("a quarter more for overtime"), plausible=(1.0, 1.5), allowed=(0, 10), midway=True
    )
    hire_limit: float = quantity(
        0.0006, "of the unemployed a week", assumed("training and vans"), plausible=(0.0003, 0.002), allowed=SHARE, midway=True
    )
    season_share: float = quantity(
        0.20,
        "of couriers",
        fact("xmas.extra_couriers_2017", "kep.employees_2016", reason="over employees .11, over couriers .28"),
        plausible=(0.11, 0.28),
        allowed=(0, 10),
        midway=True,
    )
    season_years: tuple[int, ...] = quantity(
        (2017,), "years with a Christmas season", assumed("the story's year"), allowed=(1900, 2200)
    )
    overtime_normal: float = quantity(
        0.04, "share of normal hours", assumed("usual slack"), plausible=(0.0, 0.08), allowed=(0, 2), midway=True
    )
    overtime_peak: float = quantity(
        0.10,
        "share of normal hours from 15 November until cleared",
        assumed("Christmas"),
        plausible=(0.05, 0.20),
        allowed=(0, 2),
        midway=True,
    )
    sick: float = quantity(
        0.05,
        "share of couriers",
        assumed("lever; overtime and sickness are not linked"),
        plausible=(0.03, 0.08),
        allowed=(0, 0.9),
        midway=True,
    )
    sick_normal: float = quantity(
        0.05, "share of couriers", assumed("at which parcels per courier were counted"), plausible=(0.03, 0.08), allowed=(0, 0.9)
    )
    relief_limit: float = quantity(
        0.05,
        "of normal hours' parcels",
        assumed("vans and drivers hired by the day"),
        plausible=(0.02, 0.10),
        allowed=(0, 10),
        midway=True,
    )
    relief_cost: float = quantity(
        3.0, "EUR/parcel, the first", fact("cost.direct_per_parcel_2018", reason="dearer than 2.50"), plausible=(2.5, 4.5),
        allowed=AMOUNT, midway=True,
    )  # fmt: skip
    relief_cost_slope: float = quantity(
        5.0,
        "of the cost, per share of normal hours",
        assumed("the last van is the dearest"),
        plausible=(0, 10),
        allowed=(0, 1e4),
        midway=True,
    )
    van_cost: float = quantity(
        0.40, "EUR/parcel attempted by own couriers", assumed("van and fuel"), plausible=(0.2, 0.8), allowed=AMOUNT, midway=True
    )
    carriage: float = quantity(
        3.50, "EUR/parcel delivered", fact("revenue.per_parcel_2018", reason="the last mile's part of 5.80"), plausible=(2.5, 5.8),
        allowed=AMOUNT, midway=True,
    )  # fmt: skip
    divertible_share: float = quantity(
        0.40, "of waiting parcels", assumed("size, place and contract allow it"), plausible=(0.1, 0.7), allowed=SHARE, midway=True
    )
    promise_days: int = quantity(1, "working days", fact("quality.next_day_2022"), plausible=(1, 2), allowed=(0, 60), midway=True)
    patience_days: int = quantity(
        10, "working days", assumed("then the recipient wants his money back"), plausible=(5, 20), allowed=(1, 250), midway=True
    )
    failed_to_queue: float = quantity(
        0.02,
        "share of attempts",
        fact("quality.first_attempt_hermes", reason="10 % fail, 8 of them left at a shop: assumed"),
        plausible=(0.0, 0.05),
        allowed=(0, 0.9),
    )


class Welfare(Group):
    """What lateness and refunds are worth; none of it is evidence, all of it decides welfare."""

    lateness: float = quantity(
        1.0, "EUR per parcel and working day", assumed("a day's wait; .2 is shown beside it"), plausible=(0.2, 4.0), allowed=AMOUNT
    )
    late_compensation: float = quantity(
        0.0, "EUR/late parcel", assumed("carriers pay none"), plausible=(0.0, 1.0), allowed=AMOUNT, midway=True
    )
    refund: float = quantity(
        40.0, "EUR/parcel", assumed("value of what is in it"), plausible=(20.0, 80.0), allowed=AMOUNT, midway=True
    )
    loss: float = quantity(0.2, "share of the value", assumed("goods that come back late"), plausible=(0.0, 0.5), allowed=SHARE)
    refund_trouble: float = quantity(
        5.0, "EUR/refunded parcel, to the recipient", assumed("trouble"), plausible=(0.0, 20.0), allowed=AMOUNT
    )
    refund_handling: float = quantity(
        5.0, "EUR/refunded parcel, to the carrier", assumed("the way back"), plausible=(2.0, 8.0), allowed=AMOUNT, midway=True
    )
    courier_rent_share: float = quantity(
        0.0, "share of net pay", assumed("couriers gain nothing over their next job"), plausible=(0.0, 0.5), allowed=SHARE
    )
    tax_share_of_car_cost: float = quantity(
        0.35,
        "share of car, van and relief cost",
        assumed("fuel duty and value-added tax"),
        plausible=(0.25, 0.45),
        allowed=SHARE,
        midway=True,
    )
