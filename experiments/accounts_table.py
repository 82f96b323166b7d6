"""Who gained what from the platform: accounts of a run against the same seed without it (MODEL section 5)."""

from typing import TYPE_CHECKING, NamedTuple

from model.welfare import ACCOUNTS, MONEY

from .measures import AT_LOW_LATENESS, LOW_LATENESS, ratio, totals

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

    from .runner import Run

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
    per_parcel = f"{ratio(welfare, spared):+.2f}" if spared > 0.0 else "–"
    table.add_row("  per late parcel spared", "", "", per_parcel, f"{spared:,.0f} parcels")
    low = run.summary[AT_LOW_LATENESS] - reference.summary[AT_LOW_LATENESS]
    table.add_row(f"  if a late day cost {LOW_LATENESS:.2f} instead of {lateness:.2f}", "", "", _signed(low))
    return table


def _by_account(ledger: "pd.DataFrame") -> dict[str, Gain]:
    rows = list(zip(ledger["account"].tolist(), ledger["flow"].tolist(), ledger["amount_eur"].tolist(), strict=True))
    sums = {name: [0.0, 0.0] for name in ACCOUNTS}
    for account, flow, amount in rows:
        sums[account][flow not in MONEY] += amount
    return {name: Gain(*parts) for name, parts in sums.items()}


def _signed(amount: float) -> str:
    return "0" if abs(amount) < 0.5 else f"{amount:+,.0f}"
