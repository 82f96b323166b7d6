"""Dates, law, blocks and the platform."""

from datetime import date

from ..sources import assumed, fact
from .declare import AMOUNT, SHARE, Group, quantity

STATIONS = ("Tegel", "Mariendorf")
MOST_SLOTS = 8  # a day
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
        midway=True,
    )
    minijob_keep_share_alg: float = quantity(
        0.2,
        "share kept of a minijob's pay under ALG I or II",
        fact("alg2.keep_share_mid", reason="ALG I alike: assumed"),
        plausible=(0.1, 0.3),
        allowed=SHARE,
        midway=True,
    )
    minijob_keep_share_grusi: float = quantity(
        0.3,
        "share kept of a minijob's pay beside a topped-up pension",
        assumed("30 % stay free of set-off"),
        plausible=(0.2, 0.4),
        allowed=SHARE,
        midway=True,
    )
    alg1_weekly_cap: float = quantity(
        14.0, "h/week of blocks", fact("alg1.max_hours", reason="below 15 h"), plausible=(10.0, 14.9), allowed=(0, 168), midway=True
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
        (0.40, 0.35, 0.25), "weight by slot", assumed("parcels go out in the morning"), allowed=AMOUNT, midway=True
    )
    rounds: int = quantity(10, "rounds of booking", assumed("tenths of the booking window"), plausible=(5, 20), allowed=(1, 60))
    escalation_share: float = quantity(
        0.6,
        "share of the rounds before prices step up",
        assumed("steps come late, see flex.surge"),
        plausible=(0.3, 0.9),
        allowed=SHARE,
        midway=True,
    )
    km: float = quantity(
        25.0,
        "km inside a block",
        fact(
            "flex.km_per_hour_implied_2018", reason="with ways to Tegel about 60 km; the unpaid 1.2 h are more than the .75 h read"
        ),
        plausible=(15.0, 60.0),
        allowed=(0, 1e4),
        midway=True,
    )
    parcels: float = quantity(
        36.0, "parcels per block", fact("flex.parcels_first_block_berlin", "flex.parcels_block_us_2018", reason="between them"),
        plausible=(20.0, 50.0), allowed=(0.01, 1e4), midway=True,
    )  # fmt: skip
    delivered_share: float = quantity(
        0.98,
        "share of parcels carried",
        assumed("no German figure; the rest fails and returns"),
        plausible=(0.9, 1.0),
        allowed=SHARE,
        midway=True,
    )
    no_show: float = quantity(
        0.03, "probability", assumed("no German figure"), plausible=(0.0, 0.10), allowed=(0, 0.99), midway=True
    )
    cancellation: float = quantity(
        0.05,
        "probability",
        fact("flex.forfeit_notice_min", reason="free until 45 min before; level assumed"),
        plausible=(0.0, 0.15),
        allowed=SHARE,
        midway=True,
    )
    per_driver_day: int = quantity(
        2, "blocks", assumed("two blocks make a full day"), plausible=(1, 2), allowed=(0, 24), midway=True
    )
    weekly_cap: float = quantity(
        30.0,
        "h/week",
        fact("flex.weekly_hour_cap_us", reason="29 in the USA"),
        plausible=(20.0, 40.0),
        allowed=(0, 168),
        midway=True,
    )

    @property
    def slots_overlap(self) -> bool:
        """Tell whether a slot begins before the one listed before it has ended."""
        ends = (start + hours for start, hours in zip(self.slot_starts, self.slot_hours, strict=False))
        return any(end > start for end, start in zip(ends, self.slot_starts[1:], strict=False))


class Platform(Group):
    """What the platform plans and pays."""

    stations: tuple[str, ...] = quantity(
        ("Tegel",), "names", fact("berlin.amazon_parcels_2016", reason="one station in 2017"), choices=STATIONS, midway=True
    )
    launch_date: date = quantity(date(2017, 11, 10), "date", fact("flex.start_berlin"))
    policy: str = quantity(
        "feedback",
        "pricing policy",
        fact("flex.surge", reason="prices react; the rule itself is assumed"),
        choices=POLICIES,
        midway=True,
    )
    station_limit_at_launch: int = quantity(
        150, "blocks/day", assumed("'a comparatively small number'"), plausible=(50, 400), allowed=(0, 1_000_000)
    )
    station_limit_per_week: int = quantity(
        100, "blocks/day more each week", assumed("ramp-up"), plausible=(0, 300), allowed=(0, 1_000_000)
    )
    station_limit: int = quantity(
        400, "blocks/day at most", assumed("size of one station"), plausible=(100, 1_000), allowed=(0, 1_000_000), midway=True
    )
    pay_floor_per_hour: float = quantity(
        10.0, "EUR/h", assumed("lowest offer"), plausible=(8.84, 14.0), allowed=(0, 200), midway=True
    )
    first_offer_per_hour: float = quantity(
        14.0, "EUR/h", assumed("below the advertised maximum"), plausible=(12.0, 16.0), allowed=(0, 200), midway=True
    )
    pay_cap_per_hour: float = quantity(
        16.0, "EUR/h", fact("flex.pay_hour_max_2017"), plausible=(16.0, 28.0), allowed=(0, 200), midway=True
    )
    step_per_hour: float = quantity(
        1.0,
        "EUR/h per tenth of the booking window",
        fact("flex.surge_ladder", reason="a sixth of base a step in the USA; smaller under a cap of 16"),
        plausible=(0.5, 2.7),
        allowed=(0, 200),
        midway=True,
    )
    fill_target: float = quantity(
        0.60, "share filled before the steps", assumed("ends near .85"), plausible=(0.4, 0.8), allowed=SHARE, midway=True
    )
    gain: float = quantity(
        0.03,
        "log price per unit of missing fill and day",
        assumed("weeks, not days"),
        plausible=(0.01, 0.1),
        allowed=(0, 10),
        midway=True,
    )
    fee: float = quantity(
        2.50,
        "EUR/parcel delivered, from the carrier",
        fact("cost.direct_per_parcel_2018"),
        plausible=(1.5, 3.5),
        allowed=AMOUNT,
        midway=True,
    )
    penalty: float = quantity(
        0.50,
        "EUR/parcel that posted blocks could have carried",
        assumed("a carrier's contract"),
        plausible=(0.0, 3.0),
        allowed=AMOUNT,
        midway=True,
    )
    overhead_block: float = quantity(
        10.0, "EUR/block driven", assumed("station and support"), plausible=(5.0, 20.0), allowed=AMOUNT, midway=True
    )
    overhead_registration: float = quantity(
        25.0, "EUR/registration", assumed("checking papers"), plausible=(10.0, 60.0), allowed=AMOUNT, midway=True
    )
    public_belief_gain: float = quantity(
        0.05, "per day", assumed("memory of about 20 days"), plausible=(0.01, 0.2), allowed=SHARE, midway=True
    )
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
        midway=True,
    )
