"""Who might drive: groups of persons, districts, and how many of them there are."""

from typing import Any, Self

from pydantic import model_validator

from ..sources import assumed, fact
from .declare import AMOUNT, SHARE, Group, quantity

ARCHETYPES = (
    *(f"ft_p{decile}0" for decile in range(1, 10)), "pt_1200", "pt_1200_wohngeld", "student",
    "alg2_single", "alg2_single_parent", "alg1_1000", "se_main_1500", "se_main_2500",
    "pensioner_1200", "pensioner_450_grusi", "couple1_p50_pt1500", "couple1_p20_single_earner",
)  # fmt: skip
MOST_DRIVERS = 2**24  # the k-th successor of a person is person + k·2^24


class Shares(Group):
    """Weights of the groups in the pool (normalised to 1): Berlin adults with a car who might do it at some price."""

    full_time: float = quantity(0.32, "weight", assumed("no survey of the pool"), plausible=(0.20, 0.45), allowed=AMOUNT)
    part_time: float = quantity(0.20, "weight", assumed("no survey of the pool"), plausible=(0.10, 0.30), allowed=AMOUNT)
    student: float = quantity(0.12, "weight", assumed("no survey of the pool"), plausible=(0.06, 0.20), allowed=AMOUNT)
    alg2: float = quantity(0.08, "weight", assumed("no survey of the pool"), plausible=(0.04, 0.15), allowed=AMOUNT)
    self_employed: float = quantity(0.14, "weight", assumed("no survey of the pool"), plausible=(0.07, 0.21), allowed=AMOUNT)
    pensioner: float = quantity(0.05, "weight", assumed("no survey of the pool"), plausible=(0.02, 0.10), allowed=AMOUNT)
    home: float = quantity(0.09, "weight", assumed("no survey of the pool"), plausible=(0.04, 0.15), allowed=AMOUNT)


_PATTERN = assumed("when the group's main activity leaves a block of four hours free")


class PersonGroup(Group):
    """One group: its wage, its tax archetypes, when it is free and for how long."""

    wage_median: float | None = quantity(
        None,
        "EUR/h gross",
        fact("wage.berlin_median_2018_fit", reason="full-time; the other groups' wages are assumptions; none: no wage"),
        plausible=(9.0, 20.0),
        allowed=(0.01, 1e4),
    )
    wage_sigma: float | None = quantity(
        None,
        "sd of log wage",
        fact("wage.lognormal_sigma_de_2018", reason="full-time, near Berlin's .45; other groups assumed"),
        plausible=(0.2, 0.7),
        allowed=(0, 3),
    )
    free_hour_median: float | None = quantity(
        None,
        "EUR/h net",
        assumed("ALG II: an hour is worth more than the 1.8 EUR a minijob leaves; none: valued by the net wage"),
        plausible=(3.0, 8.0),
        allowed=(0.01, 1e4),
    )
    free_hour_sigma: float | None = quantity(
        None, "sd of log value", assumed("spread of the value of a free hour"), plausible=(0.2, 0.6), allowed=(0, 3)
    )
    archetypes: dict[str, float] = quantity(
        {}, "weight by tax archetype", assumed("household mix of the group; empty: the full-time archetype nearest in wage"),
        allowed=AMOUNT, choices=ARCHETYPES,
    )  # fmt: skip
    available_weekdays: tuple[float, float, float] = quantity(
        (0.5, 0.5, 0.5), "share free Mon-Fri, morning / afternoon / evening", _PATTERN, plausible=SHARE, allowed=SHARE, midway=True
    )
    available_saturday: tuple[float, float, float] = quantity(
        (0.5, 0.5, 0.5), "share free Sat, morning / afternoon / evening", _PATTERN, plausible=SHARE, allowed=SHARE, midway=True
    )
    weekly_cap: float = quantity(
        30.0,
        "h/week of blocks",
        fact(
            "health.side_self_employment_hours",
            "alg1.max_hours",
            reason="18 stays below 20 h with ways, 14 below 15 h; 20 for students and 30 for the rest assumed",
        ),
        plausible=(10.0, 40.0),
        allowed=(0, 168),
        midway=True,
    )

    @model_validator(mode="after")
    def _can_be_valued(self) -> Self:
        """Refuse a group whose tax or whose hour could not be worked out."""
        if not self.archetypes and self.wage_median is None:
            raise ValueError("archetypes = {}: not allowed without a wage_median; allowed: at least one tax archetype")
        if self.archetypes and not sum(self.archetypes.values()) > 0:
            raise ValueError("archetypes: not allowed; allowed: weights with a positive sum")
        return self


class PersonGroups(Group):
    """The seven groups."""

    full_time: PersonGroup = PersonGroup(
        wage_median=15.9,
        wage_sigma=0.45,
        available_weekdays=(0.05, 0.05, 0.55),
        available_saturday=(0.5, 0.5, 0.4),
        weekly_cap=18.0,
    )
    part_time: PersonGroup = PersonGroup(
        wage_median=13.5, wage_sigma=0.40, archetypes={"pt_1200": 0.90, "pt_1200_wohngeld": 0.10},
        available_weekdays=(0.30, 0.40, 0.50), available_saturday=(0.5, 0.5, 0.4), weekly_cap=18.0,
    )  # fmt: skip
    student: PersonGroup = PersonGroup(
        wage_median=9.5, wage_sigma=0.25, archetypes={"student": 1.0},
        available_weekdays=(0.45, 0.45, 0.50), available_saturday=(0.5, 0.5, 0.4), weekly_cap=20.0,
    )  # fmt: skip
    alg2: PersonGroup = PersonGroup(
        free_hour_median=5.5, free_hour_sigma=0.4, archetypes={"alg2_single": 0.80, "alg2_single_parent": 0.20},
        available_weekdays=(0.70, 0.70, 0.45), available_saturday=(0.7, 0.7, 0.45), weekly_cap=14.0,
    )  # fmt: skip
    self_employed: PersonGroup = PersonGroup(
        wage_median=13.0, wage_sigma=0.60, archetypes={"se_main_1500": 0.50, "se_main_2500": 0.50},
        available_weekdays=(0.35, 0.35, 0.35), available_saturday=(0.5, 0.5, 0.3), weekly_cap=30.0,
    )  # fmt: skip
    pensioner: PersonGroup = PersonGroup(
        archetypes={"pensioner_1200": 0.80, "pensioner_450_grusi": 0.20},
        available_weekdays=(0.60, 0.60, 0.20), available_saturday=(0.5, 0.5, 0.2), weekly_cap=30.0,
    )  # fmt: skip
    home: PersonGroup = PersonGroup(
        archetypes={"couple1_p50_pt1500": 0.45, "couple1_p20_single_earner": 0.45, "alg1_1000": 0.10},
        available_weekdays=(0.45, 0.30, 0.40), available_saturday=(0.4, 0.4, 0.4), weekly_cap=30.0,
    )  # fmt: skip

    @model_validator(mode="after")
    def _hours_have_a_value(self) -> Self:
        """Refuse a group without the number its hour is valued by."""
        for group in ("full_time", "part_time", "student", "self_employed"):
            if getattr(self, group).wage_median is None:
                raise ValueError(
                    f"{group}.wage_median = none: not allowed; allowed: a number, an hour of this group is worth its wage"
                )
        if self.alg2.free_hour_median is None:
            raise ValueError("alg2.free_hour_median = none: not allowed; allowed: a number; it values the group's hours")
        return self


class District(Group):
    """One of Berlin's twelve districts."""

    residents: float = quantity(
        0.0,
        "1,000 persons",
        fact("berlin.population_register_2017", reason="the split is recalled; it sums to within .05 % of the register"),
        allowed=AMOUNT,
    )
    cars_per_1000: float = quantity(
        349.0,
        "cars per 1,000 residents",
        fact(
            "berlin.private_cars_per_1000_2021", "berlin.cars_per_1000_2014", reason="two districts read, 349 makes the city's 337"
        ),
        plausible=(150.0, 400.0),
        allowed=AMOUNT,
    )
    km_to_tegel: float = quantity(
        0.0, "km one way", assumed("straight line x 1.35 from the district's middle"), plausible=(1.0, 40.0), allowed=(0, 1e4)
    )
    km_to_mariendorf: float = quantity(
        0.0, "km one way", assumed("straight line x 1.35 from the district's middle"), plausible=(1.0, 40.0), allowed=(0, 1e4)
    )


def _district(residents: float, tegel: float, mariendorf: float, **more: Any) -> District:
    return District(residents=residents, km_to_tegel=tegel, km_to_mariendorf=mariendorf, **more)


class Districts(Group):
    """Persons are drawn by residents x cars."""

    mitte: District = _district(378.0, 9.0, 16.0)
    friedrichshain_kreuzberg: District = _district(286.0, 17.0, 12.0, cars_per_1000=171.0)
    pankow: District = _district(402.0, 13.0, 24.0)
    charlottenburg_wilmersdorf: District = _district(339.0, 12.0, 15.0)
    spandau: District = _district(242.0, 11.0, 24.0)
    steglitz_zehlendorf: District = _district(307.0, 22.0, 11.0, cars_per_1000=366.0)
    tempelhof_schoeneberg: District = _district(350.0, 21.0, 4.0)
    neukoelln: District = _district(329.0, 24.0, 6.0)
    treptow_koepenick: District = _district(265.0, 33.0, 18.0)
    marzahn_hellersdorf: District = _district(266.0, 28.0, 24.0)
    lichtenberg: District = _district(286.0, 21.0, 18.0)
    reinickendorf: District = _district(264.0, 4.0, 25.0)


class Population(Group):
    """The pool of potential drivers and the labour market around it."""

    drivers: int = quantity(
        20_000,
        "persons",
        assumed("evidence section 7: the pool from which 500-3,000 become active"),
        plausible=(5_000, 60_000),
        allowed=(0, MOST_DRIVERS),
    )
    unemployment_rate: float = quantity(
        0.085, "share", fact("berlin.unemployment_rate_2017_11"), plausible=(0.04, 0.15), allowed=(0.0001, 1), midway=True
    )
    reference_unemployment_rate: float = quantity(
        0.085,
        "share",
        fact("berlin.unemployment_rate_2017_11", reason="the rate at which `unemployed` was counted"),
        allowed=(0.0001, 1),
    )
    unemployed: int = quantity(160_332, "persons at the reference rate", fact("berlin.unemployed_2017_11"), allowed=AMOUNT)
    shares: Shares = Shares()
    groups: PersonGroups = PersonGroups()
    districts: Districts = Districts()
    way_spread: float = quantity(
        0.25, "sd of log way", assumed("persons live around the district's middle"), plausible=(0.0, 0.5), allowed=(0, 3)
    )
