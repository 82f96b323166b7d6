"""A decision line by line: what a block pays, what it costs, what his hour is worth, and where every number comes from."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from model.choice import Hindrance
from model.clock import SATURDAY
from model.net_income import schedules_on
from model.outside_options import chance_of_a_job
from model.parameters import Parameters, plain
from model.roster import GROUPS

from .closing_table import GROUP_NAMES
from .decision import Decision

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

REASONS = {
    Hindrance.DAY_IS_FULL: ("he holds as many blocks as he may on one day", ("blocks.per_driver_day",)),
    Hindrance.SLOT_IS_CLOSED: ("he holds a block of this slot already, or gave one back", ()),
    Hindrance.WEEK_IS_FULL: (
        "with it he would hold more hours than he may in a week",
        ("blocks.weekly_cap", "population.groups.{group}.weekly_cap", "rules.alg1_weekly_cap"),
    ),
    Hindrance.NOT_AVAILABLE: ("he has no time in this slot", ("population.groups.{group}.available_{days}",)),
}
FOOTER = (
    "Below a formula stand the parameters in it. After the arrow: facts of model/data/facts.toml by their id, or an assumption."
)


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
        "what his hour is worth": hour(decision, parameters),
        "what he decides by": perceived(decision),
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
    """Return the value of his hour: usual, and today."""
    worth, driver, terms = decision.sight.explanation, decision.sight.driver, decision.terms
    slot, p = int(decision.sight.offer["slot"]), parameters
    chance = chance_of_a_job(p.population.unemployment_rate, p.time_value.job_chance, p.population.reference_unemployment_rate)
    usual = (
        f"the larger of {driver['net_wage_weight']:.2f} × {driver['net_wage_per_hour']:.2f}, net in the main activity, and "
        f"{driver['minijob_weight']:.2f} × chance {chance:.2f} × {driver['minijob_per_hour']:.2f}, net in a minijob"
    )
    value = float(driver["value_of_time_per_hour"])
    names = [f"time_value.{name}" for name in ("psi", "psi_spread", "outside_low", "job_chance")]
    shocks = [
        Line(f"this {name}", shock, "EUR/h", f"his draw of the {name}, mean 0", (f"time_value.shock_{name}",))
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
        Line("car he sees", -worth.car_cost * car, "EUR", f"{100 * car:.0f} % of it {after}",
             ("perception.car_cost", "perception.learning_scale")),
        Line("tax he sees", -worth.tax * tax, "EUR", f"{100 * tax:.0f} % of it {after}", ("perception.tax",)),
        Line("his time", worth.surplus - worth.net, "EUR", "reservation wage × time"),
        Line("perceived surplus", worth.perceived_surplus, "EUR", "pay less car and tax as he sees them, less his time", (),
             is_sum=True),
    ]  # fmt: skip


def experienced(decision: Decision) -> list[Line]:
    """Return the surplus that would be felt afterwards, and the difference."""
    worth = decision.sight.explanation
    return [
        Line("true surplus", worth.surplus, "EUR", "net pay less his time", (), is_sum=True),
        Line("regret", worth.regret, "EUR", "perceived less true: the costs he does not see yet"),
    ]


def report(decision: Decision, parameters: Parameters, title: str) -> "list[RenderableType]":
    """Return what is printed: who and when, the budget, the decision with its reason, and the sources by number."""
    from rich.text import Text

    budget = sections(decision, parameters)
    verdict, behind = verdict_of(decision)
    cited = list(dict.fromkeys([name for lines in budget.values() for line in lines for name in line.parameters] + behind))
    decides = Text.assemble(("decision  ", "bold"), verdict, (references(behind, cited), "dim"))
    return [
        Text(heading(decision, parameters, title)),
        budget_table(budget, cited),
        "",
        decides,
        "",
        Text("sources: facts of model/data/facts.toml by their id, or an assumption with its reason", style="bold"),
        source_table(cited, parameters),
    ]


def budget_table(budget: dict[str, list[Line]], cited: list[str]) -> "Table":
    """Return a row per line: name, amount, unit, formula with the numbers of its sources."""
    from rich.text import Text

    table = plain_table("left", "right", "left", "left")
    for name, lines in budget.items():
        table.add_row()
        table.add_row(Text(name, style="bold"))
        for line in lines:
            style = "bold" if line.is_sum else ""
            how = Text.assemble((line.how, style), (references(line.parameters, cited), "dim"))
            table.add_row(Text(line.label, style=style), Text(amount(line), style=style), line.unit, how)
    return table


def source_table(cited: list[str], parameters: Parameters) -> "Table":
    """Return a row per parameter: number, name and value, source."""
    from rich.text import Text

    table, quantities = plain_table("right", "left"), parameters.table()
    for number, name in enumerate(cited, 1):
        about = quantities[name]
        table.add_row(str(number), Text.assemble(f"{name} = {plain(about.value)} {about.unit}  ", (str(about.source), "dim")))
    return table


def plain_table(*sides: Literal["left", "right"]) -> "Table":
    """Return a table without lines or head; only its last column wraps."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    for k, side in enumerate(sides, 1):
        table.add_column(justify=side, no_wrap=k < len(sides))
    return table


def references(names: Sequence[str], cited: list[str]) -> str:
    """Write the numbers of a line's sources."""
    return f"  [{' '.join(str(cited.index(name) + 1) for name in names)}]" if names else ""


def heading(decision: Decision, parameters: Parameters, title: str) -> str:
    """Say who, where, when, and by which rule he was chosen."""
    driver, offer = decision.sight.driver, decision.sight.offer
    district = list(type(parameters.population.districts).model_fields)[int(driver["district"])].replace("_", "-").title()
    slot = int(offer["slot"])
    start = parameters.blocks.slot_starts[slot]
    station = parameters.platform.open_stations[int(offer["station"])]
    who = f"person {driver['person']}, group {GROUP_NAMES[GROUPS[driver['group']]]}, from {district}"
    when = f"{decision.day:%A} {decision.day.day} {decision.day:%B %Y}, booked on the evening before"
    block = f"slot {slot}, {clock(start)} to {clock(start + parameters.blocks.slot_hours[slot])}, station {station}"
    lines = [f"{title}: {who}", f"{when}; {block}", evening_in_words(decision)]
    if decision.refusals is not None:
        lines.append(
            f"chosen: of {decision.refusals:,} persons who passed though they could have taken an open block, the one whose best "
            "offer paid most, of equals the lowest number"
        )
    return "\n".join(lines)


def evening_in_words(decision: Decision) -> str:
    """Say what he did on that evening."""
    if not decision.looks:
        return "he did not open the app that evening; shown is what he would have found in round 1"
    took = [f"slot {trade['slot']} for {trade['cents'] / 100:.2f} EUR in round {trade['round']}" for trade in decision.taken]
    rounds = ", ".join(str(number) for number in decision.looks)
    return f"opened the app in round{'s' if len(decision.looks) > 1 else ''} {rounds}; took {', '.join(took) or 'nothing'}"


def verdict_of(decision: Decision) -> tuple[str, list[str]]:
    """Say whether he takes the block and why; with the parameters behind a hindrance."""
    worth = decision.sight.explanation
    if worth.hindrance == Hindrance.NONE:
        what, is_or_not = ("takes it", "is") if worth.is_taken else ("passes", "is not")
        return f"he {what}: perceived surplus {worth.perceived_surplus:+.2f} EUR {is_or_not} above 0".replace("-", "−"), []
    why, names = REASONS[worth.hindrance]
    group = GROUPS[decision.sight.driver["group"]]
    days = "saturday" if decision.day.weekday() == SATURDAY else "weekdays"
    return f"he cannot take it: {why}", [name.format(group=group, days=days) for name in names]


def amount(line: Line) -> str:
    """Write an amount: kilometres with one decimal, the rest with two; what rounds to nothing has no sign."""
    value = float(np.round(line.amount, 1 if line.unit == "km" else 2)) + 0.0
    return f"{value:,.{1 if line.unit == 'km' else 2}f}".replace("-", "−")


def clock(hour: float) -> str:
    """Write an hour of the day."""
    return f"{int(hour):02d}:{round(60 * (hour % 1)):02d}"
