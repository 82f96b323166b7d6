"""What we assumed: the numbers that are put to the ends of their range, and others the studies use, with range and source."""

from model.parameters import Parameters, plain
from model.sources import Source, facts

from ..tables import UNKNOWNS
from .exhibit import Row, Table

MEANINGS = UNKNOWNS | {
    "carriers.season_share": "How many couriers carriers hire for the season",
    "carriers.divertible_share": "How many waiting parcels may go to the platform",
    "blocks.parcels": "How many parcels a block carries",
    "blocks.no_show": "How often nobody shows up",
    "welfare.lateness": "What a late day costs the recipient",
    "cars.cost_per_km": "What a kilometre costs by class of car",
    "cars.full_cost_factor": "Full cost of a car against marginal cost",
    "cars.speed_on_unpaid_ways": "Speed on the way to the station",
    "entry.money": "Money it takes to register",
    "perception.car_cost": "Car cost that a beginner sees",
    "time_value.shock_slot": "How much the worth of an hour varies by slot",
    "platform.fee": "What carriers pay for a parcel",
    "platform.overhead_block": "What a block costs the platform beside pay",
    "demand.christmas_extra": "Extra parcels of Christmas 2017",
    "population.drivers": "People with a car who might do it at some price",
}


def table(parameters: Parameters) -> Table:
    """Return the assumptions with value, plausible range, and what they rest on."""
    known = parameters.table()
    rows = []
    for name, meaning in MEANINGS.items():
        one = known[name]
        span = " to ".join(map(plain, one.plausible)) if one.plausible else "–"
        rows.append(Row(f"{meaning}\n{name}", (f"{plain(one.value)} {one.unit}", span, rests_on(one.source))))
    return Table(
        "assumptions", "What we assumed", ("Assumption", "Value", "Plausible", "Rests on"), tuple(rows), widths=(7, 4, 3, 8)
    )


def rests_on(source: Source) -> str:
    """Name the publications behind a number, each with its date, or say that it is assumed and why."""
    known = facts()
    cited = dict.fromkeys(f"{known[one].source} ({known[one].year}, {known[one].status})" for one in source.facts)
    return "; ".join([*cited, *([source.reason] if source.facts and source.reason else [])]) if cited else str(source)
