"""The tables of the page: every cell a number of the run, by name."""

from datetime import date
from typing import NamedTuple

from experiments.accounts_table import gains
from experiments.closing_table import by_period, money, share, whole
from experiments.measures import late_share, net_at_full_cost, ratio, totals, working_days
from model.parameters import plain
from model.roster import GROUPS

from .figures.net_pay import EVERYONE, net_by_group
from .people import PEOPLE
from .story import Frame, Story

UNKNOWNS = {
    "awareness.ceiling_share": "How many of the pool can hear of the platform at all",
    "carriers.starting_gap_share": "How many couriers the carriers lack at the start",
    "attention.opening_probability_per_tenth": "How often a driver looks at the app",
    "time_value.psi": "What an hour of one's own is worth, against an hour of the main job",
    "blocks.km": "How far a block drives",
}


class Table(NamedTuple):
    """A table: the first cell of a row names it, after a line break with its parameter; the others are numbers unless `is_text`."""

    caption: str
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]
    is_text: bool = False


def by_month(story: Story) -> Table:
    """Return what happened month by month, with and without the platform."""
    periods = by_period(story.days)
    alone = dict(by_period(story.days_without))
    columns = [_month(part, alone[name]) for name, part in periods]
    rows = [(cells[0][0], *(value for _, value in cells)) for cells in zip(*columns, strict=True)]
    return Table("Month by month", ("", *(_month_name(name) for name, _ in periods)), rows)


def _month(days: Frame, alone: Frame) -> list[tuple[str, str]]:
    """Return (label, value) for one month; a dash where nothing happened to be measured."""
    total, work = totals(days), len(working_days(days))
    return [
        ("Parcels a working day", whole(ratio(total["parcels_arrived"], work))),
        ("Gap, of parcels", share(ratio(total["parcels_gap"], total["parcels_arrived"]))),
        ("Late without the platform", share(late_share(totals(alone)))),
        ("Late with the platform", share(late_share(totals(days)))),
        ("Blocks posted", whole(total["blocks_posted"])),
        ("Blocks filled", share(ratio(total["blocks_filled"], total["blocks_posted"]))),
        ("Pay, EUR per block hour", money(ratio(total["pay_total_eur"], total["block_hours_driven"]))),
        ("Left, EUR/h, marginal car cost", money(ratio(total["net_total_eur"], total["driver_hours"]))),
        ("Left, EUR/h, full car cost", money(ratio(net_at_full_cost(total), total["driver_hours"]))),
        ("Active drivers at the end", whole(days["drivers_active"].iloc[-1])),
    ]


def _month_name(period: str) -> str:
    if period == "all":
        return "All"
    return date.fromisoformat(f"{period}-01").strftime("%b %Y") if len(period) == len("2017-10") else period


def by_group(story: Story) -> Table:
    """Return who is in the pool, who registered, who drove, and what was left of it."""
    pool, persons = story.pool, story.persons
    net = net_by_group(persons)
    shares = pool["group"].value_counts(normalize=True)
    registered = pool[pool["status"] == "registered"]["group"].value_counts()
    drove = persons[persons["blocks_driven"] > 0]["group"].value_counts()
    rows = [
        (_capital(PEOPLE[group]), share(shares[group]), whole(registered[group]), whole(drove[group]), *_group_cells(net, group))
        for group in GROUPS
    ]
    rows.append(("All", share(1.0), whole(registered.sum()), whole(drove.sum()), *_group_cells(net, EVERYONE)))
    head = ("", "Of the pool", "Still registered", "Ever drove", "Blocks", "EUR/h left", "at full cost")
    return Table("Group by group", (*head, f"Below {money(story.minimum_wage)}"), rows)


def _group_cells(net: Frame, group: str) -> tuple[str, ...]:
    if group not in net.index:
        return ("0", "–", "–", "–")
    row = net.loc[group]
    return whole(row["blocks"]), money(row["marginal"]), money(row["full"]), share(row["below_share"])


def accounts(story: Story) -> Table:
    """Return who gains what: the ledger with the platform less the ledger without it."""
    gained = gains(story.with_platform.tables["ledger"], story.without.tables["ledger"])
    rows = [(_capital(name), signed(gain.money), signed(gain.other), signed(gain.surplus)) for name, gain in gained.items()]
    money, other = sum(gain.money for gain in gained.values()), sum(gain.other for gain in gained.values())
    rows.append(("Welfare", signed(money), signed(other), signed(money + other)))
    caption = (
        "Eight accounts, EUR, whole season, with the platform less without. Beside money: drivers’ and couriers’ time, lateness, "
        "refunded goods, resources used"
    )
    return Table(caption, ("", "Money", "Beside money", "Together"), rows)


def signed(number: float) -> str:
    """Write a whole number with a plus or a true minus."""
    text = f"{number:+,.0f}"
    return "0" if text in {"+0", "-0"} else text.replace("-", "−")


def unknowns(story: Story) -> Table:
    """Return the parameters about which least is known and on which most may hang."""
    table, rows = story.parameters.table(), []
    for name, meaning in UNKNOWNS.items():
        q = table[name]
        low, high = q.plausible or ("", "")
        rows.append((f"{meaning}\n{name}", f"{plain(q.value)} {q.unit}", f"{plain(low)} to {plain(high)}", str(q.source)))
    return Table("Five numbers about which little is known", ("Parameter", "Value", "Plausible", "Source"), rows, is_text=True)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
