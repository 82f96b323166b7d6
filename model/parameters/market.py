"""Blocks, platform, parcels and carriers: the demand side."""

from datetime import date

from ..sources import assumed, fact
from .declare import AMOUNT, SHARE, Group, quantity

STATIONS = ("Tegel", "Mariendorf")
POLICIES = ("none", "fixed", "escalator", "feedback")


class Period(Group):
    """First and last day; a run may go on past the last."""

    start_date: date = quantity(date(2017, 10, 9), "date", assumed("a month before launch, to see the carriers alone"))
    end_date: date = quantity(date(2017, 11, 30), "date", assumed("three weeks of the platform"))


class Rules(Group):
    """The law of the land."""

    minimum_wage: float | None = quantity(
        None,
        "EUR/h",
        fact("minwage.2017_01_01", "minwage.2019_01_01", "minwage.2026_01_01", reason="none: the law of the date, 8.84 in 2017"),
        plausible=(8.84, 14.0),
        allowed=(0, 1e4),
    )
    minijob_keep_share_alg: float = quantity(
        0.2,
        "share kept of a minijob's pay under ALG I or II",
        fact("alg2.keep_share_mid", reason="ALG I alike: assumed"),
        plausible=(0.1, 0.3),
        allowed=SHARE,
    )
    minijob_keep_share_grusi: float = quantity(
        0.3,
        "share kept of a minijob's pay beside a topped-up pension",
        assumed("30 % stay free of set-off"),
        plausible=(0.2, 0.4),
        allowed=SHARE,
    )
    alg1_weekly_cap: float = quantity(
        14.0, "h/week of blocks", fact("alg1.max_hours", reason="below 15 h"), plausible=(10.0, 14.9), allowed=(0, 168)
    )


class Blocks(Group):
    """What is offered: time, way, parcels, and the rules of booking."""

    slot_starts: tuple[float, ...] = quantity(
        (9.0, 13.0, 17.0), "hour of the day", assumed("morning, afternoon, evening"), allowed=(0, 23.99)
    )
    slot_hours: tuple[float, ...] = quantity(
        (4.0, 4.0, 4.0), "h by slot", fact("flex.block_length_2017"), plausible=(2.0, 4.0), allowed=(0.25, 24)
    )
    slot_shares: tuple[float, ...] = quantity(
        (0.40, 0.35, 0.25), "weight by slot", assumed("parcels go out in the morning"), allowed=AMOUNT
    )
    rounds: int = quantity(10, "rounds of booking", assumed("tenths of the booking window"), plausible=(5, 20), allowed=(1, 60))
    escalation_share: float = quantity(
        0.6,
        "share of the rounds before prices step up",
        assumed("steps come late, see flex.surge"),
        plausible=(0.3, 0.9),
        allowed=SHARE,
    )
    km: float = quantity(
        25.0,
        "km inside a block",
        fact(
            "flex.km_per_hour_implied_2018", reason="with ways to Tegel about 60 km; the unpaid 1.2 h are more than the .75 h read"
        ),
        plausible=(15.0, 60.0),
        allowed=(0, 1e4),
    )
    parcels: float = quantity(
        36.0, "parcels per block", fact("flex.parcels_first_block_berlin", "flex.parcels_block_us_2018", reason="between them"),
        plausible=(20.0, 50.0), allowed=(0.01, 1e4),
    )  # fmt: skip
    delivered_share: float = quantity(
        0.98,
        "share of parcels carried",
        assumed("no German figure; the rest fails and returns"),
        plausible=(0.9, 1.0),
        allowed=SHARE,
    )
    no_show: float = quantity(0.03, "probability", assumed("no German figure"), plausible=(0.0, 0.10), allowed=(0, 0.99))
    cancellation: float = quantity(
        0.05,
        "probability",
        fact("flex.forfeit_notice_min", reason="free until 45 min before; level assumed"),
        plausible=(0.0, 0.15),
        allowed=SHARE,
    )
    per_driver_day: int = quantity(2, "blocks", assumed("two blocks make a full day"), plausible=(1, 2), allowed=(0, 24))
    weekly_cap: float = quantity(
        30.0, "h/week", fact("flex.weekly_hour_cap_us", reason="29 in the USA"), plausible=(20.0, 40.0), allowed=(0, 168)
    )


class Platform(Group):
    """What the platform plans and pays."""

    stations: tuple[str, ...] = quantity(
        ("Tegel",), "names", fact("berlin.amazon_parcels_2016", reason="one station in 2017"), choices=STATIONS
    )
    launch_date: date = quantity(date(2017, 11, 10), "date", fact("flex.start_berlin"))
    policy: str = quantity(
        "feedback", "pricing policy", fact("flex.surge", reason="prices react; the rule itself is assumed"), choices=POLICIES
    )
    station_limit_at_launch: int = quantity(
        150, "blocks/day", assumed("'a comparatively small number'"), plausible=(50, 400), allowed=(0, 1_000_000)
    )
    station_limit_per_week: int = quantity(
        100, "blocks/day more each week", assumed("ramp-up"), plausible=(0, 300), allowed=(0, 1_000_000)
    )
    station_limit: int = quantity(
        400, "blocks/day at most", assumed("size of one station"), plausible=(100, 1_000), allowed=(0, 1_000_000)
    )
    pay_floor_per_hour: float = quantity(10.0, "EUR/h", assumed("lowest offer"), plausible=(8.84, 14.0), allowed=(0, 200))
    first_offer_per_hour: float = quantity(
        14.0, "EUR/h", assumed("below the advertised maximum"), plausible=(12.0, 16.0), allowed=(0, 200)
    )
    pay_cap_per_hour: float = quantity(16.0, "EUR/h", fact("flex.pay_hour_max_2017"), plausible=(16.0, 28.0), allowed=(0, 200))
    step_per_hour: float = quantity(
        1.0,
        "EUR/h per tenth of the booking window",
        fact("flex.surge_ladder", reason="a sixth of base a step in the USA; smaller under a cap of 16"),
        plausible=(0.5, 2.7),
        allowed=(0, 200),
    )
    fill_target: float = quantity(
        0.60, "share filled before the steps", assumed("ends near .85"), plausible=(0.4, 0.8), allowed=SHARE
    )
    gain: float = quantity(
        0.03, "log price per unit of missing fill and day", assumed("weeks, not days"), plausible=(0.01, 0.1), allowed=(0, 10)
    )
    public_belief_gain: float = quantity(0.05, "per day", assumed("memory of about 20 days"), plausible=(0.01, 0.2), allowed=SHARE)
    public_chance_at_start: float = quantity(
        0.5, "share of wanted blocks got", assumed("before anybody knows"), plausible=(0.2, 0.8), allowed=SHARE
    )

    @property
    def open_stations(self) -> tuple[str, ...]:
        """Return the stations in the city's own order, in whatever order a scenario names them (MODEL section 9)."""
        return tuple(name for name in STATIONS if name in self.stations)


class Policy(Group):
    """Levers of policy on top of the platform's price."""

    mileage_eur_per_km: float = quantity(
        0.0,
        "EUR/km",
        fact("car.km_allowance", reason="lever: on all km, on top of the block's pay"),
        plausible=(0.0, 0.40),
        allowed=(0, 100),
    )


class Demand(Group):
    """Parcels that arrive in Berlin on a working day."""

    per_workday: float = quantity(
        376_000.0, "parcels", fact("berlin.parcels_per_workday"), plausible=(338_400, 413_600), allowed=AMOUNT
    )
    growth: float = quantity(
        0.05, "per year", fact("kep.volume_2016", "kep.volume_2017", "kep.volume_2018"), plausible=(0.03, 0.11), allowed=(-0.5, 1)
    )
    christmas_extra: float = quantity(
        27_000.0, "parcels/day", fact("berlin.xmas_extra_per_day"), plausible=(0, 40_000), allowed=AMOUNT
    )
    month: tuple[float, float, float, float, float, float, float, float, float, float, float, float] = quantity(
        (0.95, 0.93, 1.00, 0.96, 0.96, 0.93, 0.91, 0.91, 0.97, 1.02, 1.13, 1.28),
        "share of the mean by month, December to the 23rd",
        fact("season.month_index_2021", reason="damped, the Christmas extra taken out: assumed"),
        plausible=(0.8, 1.5),
        allowed=(0, 100),
    )
    month_from_24_december: float = quantity(
        0.85, "share of the mean", assumed("the rush is over"), plausible=(0.7, 1.0), allowed=(0, 100)
    )
    weekday: tuple[float, float, float, float, float, float] = quantity(
        (0.85, 1.15, 1.10, 1.05, 1.05, 0.80), "share of the mean, Mon-Sat", fact("season.weekday", reason="only the order is evidence"),
        plausible=(0.7, 1.3), allowed=(0, 100),
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
        2.0, "of hires to the wage", assumed("hires react to relative pay"), plausible=(0.5, 4.0), allowed=(0, 50)
    )
    vacancy_threshold: float = quantity(
        0.08, "share of target, 8-week mean", assumed("above it wages rise"), plausible=(0.04, 0.12), allowed=SHARE
    )
    wage_step: float = quantity(0.01, "share", assumed("1 % at a time"), plausible=(0.005, 0.03), allowed=(0, 1))
    alternative_wage_growth: float = quantity(
        0.03, "per year", assumed("wages elsewhere"), plausible=(0.01, 0.05), allowed=(-0.5, 1)
    )
    wage: tuple[float, float, float, float, float] = quantity(
        (16.2, 12.58, 12.58, 10.0, 10.0), "EUR/h gross by carrier", _WAGES, plausible=(8.84, 18.3), allowed=(0.01, 1e4)
    )
    wage_factor: float = quantity(1.0, "of the wage", assumed("policy lever"), plausible=(0.9, 1.3), allowed=(0.01, 100))
    hire_limit: float = quantity(
        0.0006, "of the unemployed a week", assumed("training and vans"), plausible=(0.0003, 0.002), allowed=SHARE
    )
    season_share: float = quantity(
        0.20,
        "of couriers",
        fact("xmas.extra_couriers_2017", "kep.employees_2016", reason="over employees .11, over couriers .28"),
        plausible=(0.11, 0.28),
        allowed=(0, 10),
    )
    season_years: tuple[int, ...] = quantity(
        (2017,), "years with a Christmas season", assumed("the story's year"), allowed=(1900, 2200)
    )
    overtime_normal: float = quantity(0.04, "share of normal hours", assumed("usual slack"), plausible=(0.0, 0.08), allowed=(0, 2))
    overtime_peak: float = quantity(
        0.10, "share of normal hours from 15 November until cleared", assumed("Christmas"), plausible=(0.05, 0.20), allowed=(0, 2)
    )
    sick: float = quantity(
        0.05, "share of couriers", assumed("lever; overtime and sickness are not linked"), plausible=(0.03, 0.08), allowed=(0, 0.9)
    )
    sick_normal: float = quantity(
        0.05, "share of couriers", assumed("at which parcels per courier were counted"), plausible=(0.03, 0.08), allowed=(0, 0.9)
    )
    relief_limit: float = quantity(
        0.05, "of normal hours' parcels", assumed("vans and drivers hired by the day"), plausible=(0.02, 0.10), allowed=(0, 10)
    )
    divertible_share: float = quantity(
        0.40, "of waiting parcels", assumed("size, place and contract allow it"), plausible=(0.1, 0.7), allowed=SHARE
    )
    promise_days: int = quantity(1, "working days", fact("quality.next_day_2022"), plausible=(1, 2), allowed=(0, 60))
    patience_days: int = quantity(
        10, "working days", assumed("then the recipient wants his money back"), plausible=(5, 20), allowed=(1, 250)
    )
    failed_to_queue: float = quantity(
        0.02,
        "share of attempts",
        fact("quality.first_attempt_hermes", reason="10 % fail, 8 of them left at a shop: assumed"),
        plausible=(0.0, 0.05),
        allowed=(0, 0.9),
    )
