"""What we assumed: the numbers about which least is known and on which most hangs, with range and source."""

from model.parameters import Parameters, plain
from model.sources import facts

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
    """Return the assumptions with value, plausible range, and source."""
    known = parameters.table()
    rows = []
    for name, meaning in MEANINGS.items():
        one = known[name]
        low, high = one.plausible or ("", "")
        told = f"{plain(low)} to {plain(high)}" if one.plausible else "–"
        rows.append(Row(meaning, (name, f"{plain(one.value)} {one.unit}", told, str(one.source))))
    head = ("Assumption", "Parameter", "Value", "Plausible", "Source")
    return Table("assumptions", "What we assumed", head, tuple(rows), widths=(5, 5, 4, 3, 6))


def sources(parameters: Parameters) -> Table:
    """Return the facts cited by the assumptions shown, with where they can be read."""
    known, table = facts(), parameters.table()
    cited = dict.fromkeys(one for name in MEANINGS for one in table[name].source.facts)
    rows = [
        Row(one, (f"{plain(known[one].value)} {known[one].unit}", known[one].year, known[one].source, known[one].status))
        for one in cited
    ]
    return Table("sources", "Facts behind them", ("Fact", "Value", "When", "Source", "Status"), tuple(rows), widths=(5, 3, 2, 6, 2))
