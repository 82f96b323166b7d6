"""Who gained what from the platform: accounts of a run against the same seed without it (MODEL section 5)."""

from typing import TYPE_CHECKING, NamedTuple

from model.welfare import ACCOUNTS, MONEY

from .measures import ratio, totals, working_days

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

    from .runner import Run

LOW_LATENESS = 0.2  # EUR per parcel and working day: the low end, shown beside the scenario's own value
GOES_BESIDE_MONEY = {
    "drivers": "time", "couriers": "time", "recipients": "lateness, refunded goods", "shippers": "refunded goods",
    "rest": "resources",
}  # fmt: skip


class Gain(NamedTuple):
    """What an account gained, EUR."""

    money: float
    other: float

    @property
    def surplus(self) -> float:
        """Money and the rest together."""
        return self.money + self.other


def gains(ledger: "pd.DataFrame", reference: "pd.DataFrame") -> dict[str, Gain]:
    """Return each account's gain over a reference run of the same seed."""
    now, before = _by_account(ledger), _by_account(reference)
    return {name: Gain(now[name].money - before[name].money, now[name].other - before[name].other) for name in ACCOUNTS}


def welfare_at_low_lateness(gained: float, lateness: float, days: "pd.DataFrame", reference: "pd.DataFrame") -> float:
    """Return the gain in welfare if a late day cost its low value, EUR: lateness enters welfare linearly."""
    late_days = _late_days(days) - _late_days(reference)
    return gained + (lateness - LOW_LATENESS) * late_days


def accounts_table(run: "Run", reference: "Run", lateness: float) -> "Table":
    """Return the table for the terminal."""
    from rich.table import Table

    table = Table(
        title="who gained what: this season less the same season without the platform, EUR",
        title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0),
    )  # fmt: skip
    table.add_column("")
    for name in ("money", "beside money", "together"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("")
    gained = gains(run.tables["ledger"], reference.tables["ledger"])
    for account, gain in gained.items():
        table.add_row(account, *(_signed(part) for part in (*gain, gain.surplus)), GOES_BESIDE_MONEY.get(account, ""))
    welfare = sum(gain.surplus for gain in gained.values())
    money, other = sum(gain.money for gain in gained.values()), sum(gain.other for gain in gained.values())
    table.add_row("welfare", _signed(money), _signed(other), _signed(welfare), style="bold")
    spared = totals(reference.days)["parcels_delivered_late"] - totals(run.days)["parcels_delivered_late"]
    per_parcel = f"{ratio(welfare, spared):+.2f}" if spared else "–"
    table.add_row("  per late parcel spared", "", "", per_parcel, f"{spared:,.0f} parcels")
    low = welfare_at_low_lateness(welfare, lateness, run.days, reference.days)
    table.add_row(f"  if a late day cost {LOW_LATENESS:.2f} instead of {lateness:.2f}", "", "", _signed(low))
    return table


def _by_account(ledger: "pd.DataFrame") -> dict[str, Gain]:
    rows = list(zip(ledger["account"].tolist(), ledger["flow"].tolist(), ledger["amount_eur"].tolist(), strict=True))
    sums = {name: [0.0, 0.0] for name in ACCOUNTS}
    for account, flow, amount in rows:
        sums[account][flow not in MONEY] += amount
    return {name: Gain(*parts) for name, parts in sums.items()}


def _late_days(days: "pd.DataFrame") -> float:
    """Return late parcels times working days of waiting."""
    return totals(working_days(days))["parcels_late_waiting"]


def _signed(amount: float) -> str:
    return "0" if abs(amount) < 0.5 else f"{amount:+,.0f}"
