"""A decision line by line: what a block pays, what it costs, what an hour is worth; every line with the parameters behind it."""

from collections.abc import Sequence
from typing import NamedTuple

from model.net_income import schedules_on
from model.outside_options import chance_of_a_job
from model.parameters import Parameters
from model.roster import GROUPS

from .decide import Decision


class Line(NamedTuple):
    """One line of the budget: its name, amount, unit, formula in words, and the parameters in it."""

    label: str
    amount: float
    unit: str
    how: str
    parameters: Sequence[str] = ()
    is_sum: bool = False


def sections(decision: Decision, parameters: Parameters) -> dict[str, list[Line]]:
    """Return the worked budget; amounts are those of the rule, costs with a minus sign."""
    return {
        "what is offered": offered(decision, parameters),
        "what it costs": costs(decision, parameters),
        "what an hour is worth": hour(decision, parameters),
        "what decides": perceived(decision),
        "what it would bring": experienced(decision),
    }


def offered(decision: Decision, parameters: Parameters) -> list[Line]:
    """Return pay, distance and time."""
    worth, terms, offer = decision.sight.explanation, decision.terms, decision.sight.offer
    slot, station = int(offer["slot"]), parameters.platform.open_stations[int(offer["station"])]
    district = list(type(parameters.population.districts).model_fields)[int(decision.sight.driver["district"])]
    ways, hours = worth.km - terms.block_km, terms.slot_hours[slot]
    price = offer["cents"] / 100.0
    seen = f"the price in round {max(1, decision.sight.round)} of {terms.rounds}"
    how = seen if worth.pay == price else f"as asked; {seen} was {price:.2f}"
    top_up = [Line("mileage top-up", worth.mileage, "EUR", "paid per kilometre", ("policy.mileage_eur_per_km",))]
    return [
        Line("pay", worth.pay, "EUR", how, ("platform.policy", "platform.first_offer_per_hour", "platform.pay_cap_per_hour")),
        *(top_up if worth.mileage else []),
        Line("distance", worth.km, "km", f"{terms.block_km:g} in the block + {ways:.1f} to {station} and home",
             ("blocks.km", f"population.districts.{district}.km_to_{station.lower()}", "population.way_spread")),
        Line("time", worth.hours, "h", f"{hours:g} in the block + {ways:.1f} km unpaid / {terms.speed:g} km/h",
             ("blocks.slot_hours", "cars.speed_on_unpaid_ways")),
    ]  # fmt: skip


def costs(decision: Decision, parameters: Parameters) -> list[Line]:
    """Return car, tax, and what is left."""
    worth, driver = decision.sight.explanation, decision.sight.driver
    is_alg2 = GROUPS[driver["group"]] == "alg2"
    deductible = decision.terms.deductible_per_km[driver["group"]]
    fuel = ("cars.fuel_share", "cars.fuel_price_factor") if parameters.cars.fuel_price_factor != 1.0 else ()
    archetype = schedules_on(decision.day).archetypes[driver["archetype"]]
    received = "pay and top-up" if worth.mileage else "pay"
    return [
        Line("car", -worth.car_cost, "EUR", f"{driver['cost_per_km']:.3g} EUR/km × distance", ("cars.cost_per_km", *fuel)),
        Line("profit, for the tax", worth.profit, "EUR", f"{received} − {deductible:.2f} EUR/km × distance",
             ("cars.deductible_per_km_alg2" if is_alg2 else "cars.deductible_per_km",)),
        Line("tax, transfers lost", -worth.tax, "EUR",
             f"T(x + profit) − T(x) on top of x = {worth.side_income:.2f} EUR of side profit this month; T: what tax, insurers and "
             f"job centre take of a side income, archetype {archetype} (model/data/README.md)"),
        Line("net pay", worth.net, "EUR", f"{received} − car − tax: {worth.net / worth.hours:.2f} EUR an hour", (), is_sum=True),
    ]  # fmt: skip


def hour(decision: Decision, parameters: Parameters) -> list[Line]:
    """Return the value of an hour: usual, and today."""
    worth, driver, terms = decision.sight.explanation, decision.sight.driver, decision.terms
    slot, p = int(decision.sight.offer["slot"]), parameters
    chance = chance_of_a_job(p.population.unemployment_rate, p.time_value.job_chance, p.population.reference_unemployment_rate)
    usual = (
        f"the larger of {driver['net_wage_weight']:.2f} × {driver['net_wage_per_hour']:.2f}, net for an hour of usual work, and "
        f"{driver['minijob_weight']:.2f} × chance {chance:.2f} × {driver['minijob_per_hour']:.2f}, net in a minijob"
    )
    value = float(driver["value_of_time_per_hour"])
    names = [f"time_value.{name}" for name in ("psi", "psi_spread", "outside_low", "job_chance")]
    shocks = [
        Line(
            f"this {name}",
            shock,
            "EUR/h",
            f"dearer or cheaper than usual by the luck of the {name}, mean 0",
            (f"time_value.shock_{name}",),
        )
        for name, shock in zip(("week", "day", "slot"), worth.shocks, strict=True)
    ]
    return [
        Line("usual value", value, "EUR/h", usual, names),
        Line("growth of wages", value * (terms.wage_index - 1.0), "EUR/h", f"wages elsewhere × {terms.wage_index:.4f}",
             ("carriers.alternative_wage_growth",)),
        Line("evening or Saturday", float(terms.slot_premium[slot]), "EUR/h", "once, from 17 h or on Saturdays",
             ("time_value.evening_and_saturday_premium",)),
        *shocks,
        Line("reservation wage", worth.reservation_wage, "EUR/h", "the sum, at least 0", (), is_sum=True),
    ]  # fmt: skip


def perceived(decision: Decision) -> list[Line]:
    """Return the surplus that decides."""
    worth, driven = decision.sight.explanation, int(decision.sight.driver["blocks_driven"])
    after = f"after {driven} block{'' if driven == 1 else 's'} driven"
    car, tax = worth.car_cost_share_seen, worth.tax_share_seen
    return [
        Line("car as seen", -worth.car_cost * car, "EUR", f"{100 * car:.0f} % of it {after}",
             ("perception.car_cost", "perception.learning_scale")),
        Line("tax as seen", -worth.tax * tax, "EUR", f"{100 * tax:.0f} % of it {after}", ("perception.tax",)),
        Line("own time", worth.surplus - worth.net, "EUR", "reservation wage × time"),
        Line("perceived surplus", worth.perceived_surplus, "EUR", "pay less car and tax as seen, less own time", (),
             is_sum=True),
    ]  # fmt: skip


def experienced(decision: Decision) -> list[Line]:
    """Return the surplus that would be felt afterwards, and the difference."""
    worth = decision.sight.explanation
    return [
        Line("true surplus", worth.surplus, "EUR", "net pay less own time", (), is_sum=True),
        Line("regret", worth.regret, "EUR", "perceived less true: the costs not seen yet"),
    ]
