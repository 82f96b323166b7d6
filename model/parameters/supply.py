"""What drivers hear, want, pay and believe."""

from ..sources import assumed, fact
from .declare import AMOUNT, SHARE, Group, quantity


class Awareness(Group):
    """Word of mouth among the reachable (Bass)."""

    at_launch_share: float = quantity(
        0.40, "share of the reachable", assumed("press and recruiting before launch"), plausible=(0.1, 0.8), allowed=SHARE
    )
    innovation_per_week: float = quantity(
        0.004, "1/week", assumed("Bass p, middle of published ranges"), plausible=(0.001, 0.01), allowed=SHARE, midway=True
    )
    imitation_per_week: float = quantity(
        0.10, "1/week", assumed("Bass q, middle of published ranges"), plausible=(0.03, 0.25), allowed=(0, 10), midway=True
    )
    recruiting_days_before_launch: int = quantity(
        14, "days", assumed("recruiting was reported in the weeks before launch"), plausible=(0, 28), allowed=(0, 3650)
    )
    ceiling_share: float = quantity(
        0.30,
        "share of the pool",
        assumed("the most influential unknown; set so that mid December fills .75-.97"),
        plausible=(0.10, 1.0),
        allowed=SHARE,
        midway=True,
    )
    own_district_weight: float = quantity(
        0.7, "share", assumed("people talk to neighbours more than to the city"), plausible=SHARE, allowed=SHARE, midway=True
    )


class Entry(Group):
    """From hearing of it to the first block."""

    hazard_per_week: float = quantity(
        0.25, "1/week", assumed("four weeks to act once it pays"), plausible=(0.1, 1.0), allowed=SHARE, midway=True
    )
    delay_shortest: int = quantity(
        7, "days", fact("flex.conduct_certificate_wait_days"), plausible=(0, 21), allowed=(0, 365), midway=True
    )
    delay_longest: int = quantity(
        10, "days", fact("flex.conduct_certificate_wait_days"), plausible=(0, 35), allowed=(0, 365), midway=True
    )
    cap: int | None = quantity(None, "persons", assumed("policy lever: no cap at launch"), allowed=AMOUNT, midway=True)
    money: float = quantity(
        80.0,
        "EUR",
        assumed("39 for trade licence and conduct certificate, the rest equipment"),
        plausible=(40.0, 300.0),
        allowed=AMOUNT,
        midway=True,
    )
    hours: float = quantity(3.0, "h", assumed("two offices and an app"), plausible=(2.0, 8.0), allowed=AMOUNT, midway=True)
    horizon: int = quantity(26, "weeks", assumed("half a year ahead"), plausible=(8, 52), allowed=(0, 5200), midway=True)


class Exit(Group):
    """Leaving, and who comes after."""

    hazard_per_week: float = quantity(
        0.008,
        "1/week",
        assumed("calibrates validation row 15, so it is no evidence for it"),
        plausible=(0.004, 0.015),
        allowed=SHARE,
        midway=True,
    )
    extra_hazard_per_week: float = quantity(
        0.03,
        "1/week",
        assumed("calibrates validation row 15, so it is no evidence for it"),
        plausible=(0.01, 0.08),
        allowed=SHARE,
        midway=True,
    )
    low_surplus_per_week: float = quantity(
        3.0, "EUR/week", assumed("below it the extra hazard applies"), plausible=(0.0, 10.0), allowed=(-1e6, 1e6), midway=True
    )
    surplus_at_start: float = quantity(
        6.0, "EUR/week", assumed("a newcomer's average before he knows"), plausible=(3.0, 20.0), allowed=(-1e6, 1e6), midway=True
    )
    surplus_gain: float = quantity(
        0.1, "per week", assumed("memory of about ten weeks"), plausible=(0.03, 0.3), allowed=SHARE, midway=True
    )
    replacement_per_week: float = quantity(
        0.01, "share of leavers", assumed("people move to Berlin; to be swept"), plausible=(0.0, 0.02), allowed=SHARE, midway=True
    )


class Attention(Group):
    """How often a registered driver opens the app."""

    opening_probability_per_tenth: float = quantity(
        0.08,
        "mean probability per tenth of the booking window",
        fact("flex.offer_rationing", reason="assumed level; 1: bots"),
        plausible=(0.03, 0.30),
        allowed=SHARE,
        midway=True,
    )
    concentration: float = quantity(
        15.0,
        "a + b of the Beta law",
        assumed("Beta(1.2, 13.8): many look rarely, few often"),
        plausible=(5.0, 50.0),
        allowed=(0.01, 1e6),
    )


_ROWS_3_4 = assumed("calibrated to validation rows 3 and 4: elasticity 1.30, surplus ratio 2.1; so no evidence for them")


class TimeValue(Group):
    """What an hour is worth to a driver."""

    psi: float = quantity(
        1.0,
        "share of the net value of an hour",
        assumed("calibrates rows 3 and 4"),
        plausible=(0.6, 1.2),
        allowed=(0, 100),
        midway=True,
    )
    psi_spread: float = quantity(
        0.3, "sd of log psi", assumed("no mass of people at one value"), plausible=(0.1, 0.5), allowed=(0, 3)
    )
    outside_low: float = quantity(
        0.5, "share", assumed("chi from here to 1: how near a minijob comes to a block"), plausible=SHARE, allowed=SHARE
    )
    job_chance: float = quantity(
        0.7,
        "share",
        assumed("chance to get a minijob at the reference unemployment rate"),
        plausible=(0.4, 1.0),
        allowed=SHARE,
        midway=True,
    )
    student_keep_share: float = quantity(
        0.90, "share of the wage", assumed("students' marginal net wage"), plausible=(0.7, 1.0), allowed=SHARE, midway=True
    )
    shock_week: float = quantity(2.0, "EUR/h", _ROWS_3_4, plausible=(1.0, 3.0), allowed=(0, 1e4), midway=True)
    shock_day: float = quantity(3.0, "EUR/h", _ROWS_3_4, plausible=(2.0, 5.0), allowed=(0, 1e4), midway=True)
    shock_slot: float = quantity(4.8, "EUR/h", _ROWS_3_4, plausible=(3.0, 7.0), allowed=(0, 1e4), midway=True)
    evening_and_saturday_premium: float = quantity(
        2.0,
        "EUR/h",
        assumed("evenings and Saturdays are dearer; applies once"),
        plausible=(0.0, 4.0),
        allowed=(-1e4, 1e4),
        midway=True,
    )


_CLASSES = fact("car.marginal_cost_km_2017", reason="five classes spread over its range; their shares assumed")


class Cars(Group):
    """What a kilometre costs, and what the tax office believes it costs."""

    cost_per_km: tuple[float, ...] = quantity(
        (0.15, 0.18, 0.20, 0.24, 0.30), "EUR/km by class, marginal", _CLASSES, plausible=(0.12, 0.30), allowed=(0, 100), midway=True
    )
    cost_shares: tuple[float, ...] = quantity((0.15, 0.25, 0.30, 0.20, 0.10), "weight by class", _CLASSES, allowed=AMOUNT)
    full_cost_factor: float = quantity(
        1.975,
        "full / marginal cost at the fuel price of 2017",
        fact("car.full_cost_octavia_2017", "car.marginal_cost_km_2017", reason=".395 / .20; micro cars 1.6"),
        plausible=(1.5, 2.5),
        allowed=(1, 100),
        midway=True,
    )
    fuel_price_factor: float = quantity(
        1.0,
        "of 2017",
        fact("fuel.e10_2017", "fuel.e10_2022", reason="policy lever"),
        plausible=(0.7, 1.6),
        allowed=(0, 100),
        midway=True,
    )
    fuel_share: float = quantity(
        0.52,
        "share of marginal cost",
        fact("car.fuel_cost_km_petrol_2017", "car.marginal_cost_km_2017", reason=".104 / .20"),
        plausible=(0.4, 0.7),
        allowed=SHARE,
    )
    deductible_per_km: float = quantity(
        0.30, "EUR/km", fact("car.km_allowance"), plausible=(0.0, 0.60), allowed=(0, 100), midway=True
    )
    deductible_per_km_alg2: float = quantity(
        0.10, "EUR/km", fact("car.km_allowance_alg2"), plausible=(0.0, 0.30), allowed=(0, 100), midway=True
    )
    speed_on_unpaid_ways: float = quantity(
        28.0, "km/h", assumed(".75 h for 21 km"), plausible=(20.0, 40.0), allowed=(1, 1e3), midway=True
    )


class Perception(Group):
    """How much of a cost a new driver sees."""

    car_cost: float = quantity(
        0.6,
        "share of car cost seen before the first block",
        assumed("fuel is seen, wear is not"),
        plausible=(0.4, 1.0),
        allowed=(0, 10),
        midway=True,
    )
    tax: float = quantity(
        0.7,
        "share of tax seen before the first block",
        assumed("tax falls due a year later"),
        plausible=(0.3, 1.0),
        allowed=(0, 10),
        midway=True,
    )
    learning_scale: float = quantity(
        20.0,
        "blocks",
        assumed("after 20 blocks 63 % of the error is gone"),
        plausible=(5.0, 60.0),
        allowed=(0.01, 1e6),
        midway=True,
    )


class Behaviour(Group):
    """How a driver decides between offers."""

    kind: str = quantity(
        "neoclassical", "rule", assumed("take the best offer if its perceived surplus is positive"), choices=("neoclassical",)
    )
