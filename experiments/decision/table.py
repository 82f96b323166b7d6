"""A decision for the terminal: who and when, the worked budget, the decision and its reason, and where every number comes from."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from model.choice import Hindrance
from model.clock import SATURDAY
from model.parameters import Parameters, plain
from model.roster import GROUPS

from ..closing_table import GROUP_NAMES
from .budget import Line, sections
from .decide import Decision

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

REASONS = {
    Hindrance.DAY_IS_FULL: ("as many blocks are held as are allowed on one day", ("blocks.per_driver_day",)),
    Hindrance.SLOT_IS_CLOSED: ("a block of this slot is held already, or was given back", ()),
    Hindrance.WEEK_IS_FULL: (
        "it would make more hours than are allowed in a week",
        ("blocks.weekly_cap", "population.groups.{group}.weekly_cap", "rules.alg1_weekly_cap"),
    ),
    Hindrance.NOT_AVAILABLE: ("no time in this slot", ("population.groups.{group}.available_{days}",)),
}
FOOTER = (
    "Below a formula stand the parameters in it. After the arrow: facts of model/data/facts.toml by their id, or an assumption."
)


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
        table.add_row(str(number), Text.assemble(f"{name} = {plain(about.value)} {about.unit}: ", (str(about.source), "dim")))
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
    """Say who, where, when, and by which rule this person was chosen."""
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
    """Say what was done on that evening."""
    took = [f"slot {trade['slot']} for {trade['cents'] / 100:.2f} EUR in round {trade['round']}" for trade in decision.taken]
    numbers = ", ".join(str(number) for number in decision.looks)
    looked = f"opened the app in round{'s' if len(decision.looks) > 1 else ''} {numbers}; took {', '.join(took) or 'nothing'}"
    if decision.sight.round > 0:
        return looked
    did = f"{looked}, no block was open" if decision.looks else "the app was not opened that evening"
    return f"{did}; shown is what round 1 would have offered"


def verdict_of(decision: Decision) -> tuple[str, list[str]]:
    """Say whether the block is taken and why; with the parameters behind a hindrance."""
    worth = decision.sight.explanation
    if worth.hindrance == Hindrance.NONE:
        takes, passes = ("takes", "passes") if decision.is_real else ("would take", "would pass")
        what, is_or_not = (f"{takes} it", "is") if worth.is_taken else (passes, "is not")
        surplus = f"{worth.perceived_surplus:+.2f}".replace("-", "−")
        return f"{what}: perceived surplus {surplus} EUR {is_or_not} above 0", []
    why, names = REASONS[worth.hindrance]
    group = GROUPS[decision.sight.driver["group"]]
    days = "saturday" if decision.day.weekday() == SATURDAY else "weekdays"
    return f"cannot take it: {why}", [name.format(group=group, days=days) for name in names]


def amount(line: Line) -> str:
    """Write an amount: kilometres with one decimal, the rest with two; what rounds to nothing has no sign."""
    value = float(np.round(line.amount, 1 if line.unit == "km" else 2)) + 0.0
    return f"{value:,.{1 if line.unit == 'km' else 2}f}".replace("-", "−")


def clock(hour: float) -> str:
    """Write an hour of the day."""
    return f"{int(hour):02d}:{round(60 * (hour % 1)):02d}"
