"""The diary: one row per day, one per day, offer and round, one per driver at the end. Columns carry their units.

The first columns of `Day` are a contract; others may follow after them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, get_type_hints

import numpy as np

from .parameters import STATIONS
from .population import SUCCESSOR
from .roster import COLUMNS, GROUPS, NEVER, Status, Table

if TYPE_CHECKING:
    import pandas as pd

    from .parameters import Parameters

type Array = np.ndarray


@dataclass(slots=True)
class Day:
    """One calendar day. Parcels are real numbers; blocks, drivers and couriers whole; days without work have zero flows."""

    date: date
    parcels_arrived: float = 0.0
    parcels_delivered_by_carriers: float = 0.0  # with relief vans
    parcels_gap: float = 0.0  # arrived today, beyond own couriers
    parcels_offered_to_platform: float = 0.0
    parcels_delivered_by_platform: float = 0.0
    parcels_delivered_late: float = 0.0
    parcels_refunded: float = 0.0
    parcels_backlog: float = 0.0  # in queues at the day's end
    blocks_posted: int = 0
    blocks_filled: int = 0
    blocks_no_show: int = 0
    pay_total_eur: float = 0.0  # without mileage top-ups, as all pay columns
    pay_mean_per_block_eur: float = float("nan")  # of driven blocks
    pay_highest_offer_per_block_eur: float = float("nan")
    car_cost_total_eur: float = 0.0  # marginal
    tax_total_eur: float = 0.0  # with contributions and withdrawn transfers
    driver_surplus_total_eur: float = 0.0  # true, less money and hours of registration
    drivers_aware: int = 0  # know of the platform, whatever they did then
    drivers_registered: int = 0  # may take blocks
    drivers_active: int = 0  # drove within 28 days
    couriers_employed: int = 0  # permanent
    courier_vacancies: int = 0
    courier_wage_per_hour_eur: float = 0.0  # mean over permanent couriers
    parcels_expected: float = 0.0  # on the evening before
    parcels_delivered_by_relief: float = 0.0
    parcels_late_waiting: float = 0.0  # in queues at the day's end, of the promise's age or older
    parcels_overdue: float = 0.0  # in queues at the day's end, older than the promise
    overtime_share: float = 0.0
    couriers_season: float = 0.0
    couriers_hired: int = 0
    couriers_left: int = 0
    blocks_wanted: int = 0  # (driver, slot) pairs
    blocks_taken: int = 0
    blocks_given_back: int = 0
    blocks_driven: int = 0
    blocks_below_minimum_wage: int = 0
    app_openings: int = 0
    pay_first_offer_per_block_eur: float = float("nan")  # mean over posted blocks, round 1
    block_hours_driven: float = 0.0
    driver_hours: float = 0.0  # with unpaid ways
    mileage_total_eur: float = 0.0  # top-ups
    full_car_cost_total_eur: float = 0.0
    net_total_eur: float = 0.0
    block_surplus_total_eur: float = 0.0  # true, of driven blocks
    block_surplus_perceived_total_eur: float = 0.0
    driver_time_value_eur: float = 0.0  # what hours in blocks and on the way were worth to those who drove
    entry_money_eur: float = 0.0  # licence, certificate, equipment
    entry_time_value_eur: float = 0.0  # hours of registration
    parcels_attempted_by_own_couriers: float = 0.0
    relief_cost_eur: float = 0.0
    courier_gross_pay_eur: float = 0.0  # without the employer's share
    payout_eur: float = 0.0  # prices at which held blocks were accepted, no-shows included
    clairvoyant_blocks: int = 0  # of the held ones, those that openers could have filled at one block each
    clairvoyant_cost_eur: float = 0.0  # least total reservation pay that fills these
    clairvoyant_blocks_coverable: int = 0  # of those posted, by openers with one block each under the cap
    believed_pay_per_hour_eur: float = 0.0
    believed_chance: float = 0.0
    drivers_became_aware: int = 0
    drivers_decided: int = 0
    drivers_admitted: int = 0
    drivers_activated: int = 0
    drivers_left: int = 0
    drivers_replaced: int = 0
    drivers_waiting: int = 0
    drivers_applicants: int = 0
    drivers_gone: int = 0
    drivers_active_full_time: int = 0
    drivers_active_part_time: int = 0
    drivers_active_student: int = 0
    drivers_active_alg2: int = 0
    drivers_active_self_employed: int = 0
    drivers_active_pensioner: int = 0
    drivers_active_home: int = 0


BLOCKS_COLUMNS = {
    "date": "datetime64[s]",
    "slot": "int64",
    "station": "str",
    "round": "int64",
    "pay_per_block_eur": "float64",
    "blocks_posted": "int64",
    "blocks_open": "int64",  # at the round's start, after cancellations
    "blocks_given_back": "int64",
    "blocks_taken": "int64",
}


def days_frame(days: list[Day]) -> pd.DataFrame:
    """Return the diary, one row per day, in the columns of `Day`."""
    import pandas as pd

    names = [field.name for field in fields(Day)]
    frame = pd.DataFrame([[getattr(day, name) for name in names] for day in days], columns=names)
    kinds = {"date": "datetime64[s]", "int": "int64", "float": "float64"}
    return frame.astype({name: kinds[kind.__name__] for name, kind in get_type_hints(Day).items()})


def blocks_frame(evenings: list[tuple[date, Table, Table]], parameters: Parameters) -> pd.DataFrame:
    """Return one row per day, slot, station and round, for days with blocks. evenings: date, offers, rounds of each."""
    import pandas as pd

    parts = []
    for day, offers, rounds in evenings:
        stations = np.array(parameters.on(day).platform.open_stations, dtype=object)
        part = {
            "date": np.full(rounds.size, np.datetime64(day, "s")),
            "slot": rounds["slot"],
            "station": stations[rounds["station"]],
        }
        part |= {"round": rounds["round"], "pay_per_block_eur": rounds["cents"] / 100.0}
        part["blocks_posted"] = np.tile(offers["posted"], rounds.size // offers.size)
        part |= {"blocks_open": rounds["open_before"], "blocks_given_back": rounds["given_back"], "blocks_taken": rounds["taken"]}
        parts.append(part)
    columns = {name: np.concatenate([part[name] for part in parts]) if parts else [] for name in BLOCKS_COLUMNS}
    return pd.DataFrame(columns).astype(BLOCKS_COLUMNS)


def drivers_frame(drivers: Table, parameters: Parameters, archetypes: tuple[str, ...]) -> pd.DataFrame:
    """Return the roster with names instead of codes and the unit in each money column's name; a row per driver."""
    import pandas as pd

    names = {
        "group": np.array(GROUPS),
        "district": np.array(list(type(parameters.population.districts).model_fields)),
        "archetype": np.array(archetypes),
        "status": np.array([status.name.lower() for status in Status]),
    }
    columns: dict[str, object] = {}
    for name, column in COLUMNS.items():
        values = drivers[name]
        if name.endswith("_today"):
            continue
        if name in names:
            columns[name] = pd.Categorical.from_codes(values, categories=names[name])
        elif column.shape:
            columns |= {f"way_to_{station.lower()}_km": values[:, k] for k, station in enumerate(STATIONS)}
        elif column.unit == "date":
            dates = (values.astype("int64") - date(1970, 1, 1).toordinal()).astype("datetime64[D]").astype("datetime64[s]")
            columns[name] = pd.Series(dates).where(values != NEVER)
        else:
            columns[f"{name}_eur" if column.unit.startswith("EUR") else name] = values
    frame = pd.DataFrame(columns)
    frame.insert(1, "generation", drivers["person"] // SUCCESSOR)
    return frame
