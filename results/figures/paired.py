"""Who gains and who loses: paired differences of every account, seed by seed, with the interval of their mean."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.compare.scenarios import Comparison
from experiments.compare.table import LETTERS
from experiments.paired import Difference
from experiments.wording import ACCOUNTS

from ..theme import INK, PAGE, QUIET, ROLE, RULE, Headline, Look, Margins, canvas, left_aligned, panel_head, themed
from .picture import Picture

MILLION = 1e6
ROW = 0.25
LONGEST_LABEL = 32  # characters; a longer one stands in the subtitle only
WELFARE = "welfare_total_eur"
NAMES = {name: words.label[0].upper() + words.label[1:] for name, words in ACCOUNTS.items()} | {WELFARE: "Welfare"}
COLOURS = {f"{account}_surplus_total_eur": ROLE[role] for account, role in (
    ("driver", "drivers"), ("platform", "platform"), ("carrier", "carriers"), ("state", "state"), ("recipient", "recipients"),
)}  # fmt: skip


def picture(comparison: Comparison) -> Picture:
    """Return the figure with its words."""
    head = headline(comparison)
    told = "; ".join(
        f"{arm.label}: {', '.join(f'{NAMES[one.measure]} {in_words(one)}' for one in rows(comparison, arm.label))}"
        for arm in comparison.arms[1:]
    )
    return Picture(
        "differences",
        head,
        f"A row per account with a dot per seed, the mean and its 95 % interval. {head.title}. Million EUR. {told}.",
        "Small dots are seeds, the large one is their mean, the line its 95 % interval (Student's t). "
        "Both arms meet the same people, days and luck.",
        lambda look: differences_figure(comparison, head, look),
    )


def headline(comparison: Comparison) -> Headline:
    """Say whether welfare differs, and by how much."""
    reference, arm, n = comparison.arms[0].label, comparison.arms[1].label, comparison.seeds
    letters = ", ".join(f"{letter}: {one.label}" for letter, one in zip(LETTERS, comparison.arms, strict=False))
    of_seeds = f"n = {n} seeds, paired" if n > 1 else "n = 1 seed"
    of_seeds = of_seeds.replace(" ", "\N{NO-BREAK SPACE}")
    subtitle = f"Difference to the reference A over {comparison.manifest['days']} days, million EUR; {of_seeds}. {letters}"
    welfare = {one.arm: one for one in comparison.differences if one.measure == WELFARE}
    if len(welfare) > 1:
        letter_of = {one.label: letter for letter, one in zip(LETTERS, comparison.arms, strict=False)}
        amounts = ", ".join(f"{letter_of[label]} {in_words(one).split(' ')[0]}" for label, one in welfare.items())
        return Headline(f"Welfare less that of A, million EUR: {amounts}", subtitle)
    one = welfare[arm]
    if max(len(reference), len(arm)) > LONGEST_LABEL:
        reference, arm = "A", "B"
    if one.pairs > 1 and not one.is_clear:
        return Headline(f"Welfare under {arm} cannot be told from that under {reference}", subtitle)
    more_or_less = "higher" if one.mean > 0 else "lower"
    amount = abs(one.mean)
    in_eur = f"{amount / MILLION:,.2f} million EUR" if amount >= 0.01 * MILLION else f"{amount:,.0f} EUR"
    return Headline(f"Welfare under {arm} is {in_eur} {more_or_less} than under {reference}", subtitle)


def rows(comparison: Comparison, arm: str) -> list[Difference]:
    """Return an arm's accounts in the order of the figure, welfare last."""
    found = {one.measure: one for one in comparison.differences if one.arm == arm}
    return [found[name] for name in ACCOUNTS]


def in_words(one: Difference) -> str:
    """Write a difference with its interval, million EUR; small ones with more digits."""
    mean, low, high = (value / MILLION for value in (one.mean, one.t_low, one.t_high))
    digits = 2 if abs(mean) >= 0.01 else 4
    if abs(mean) < 0.5e-4:
        return "0"
    interval = f" ({low:+,.{digits}f} to {high:+,.{digits}f})" if one.pairs > 1 else ""
    return f"{mean:+,.{digits}f}{interval}".replace("-", "−")


@themed
def differences_figure(comparison: Comparison, head: Headline, look: Look = PAGE) -> Figure:
    """Draw a panel per arm, in each a row per account."""
    margins = Margins(left=1.42, right=0.62, top=0.3, bottom=0.3, between=0.56)
    others = list(zip(LETTERS, comparison.arms, strict=False))[1:]
    figure, panels = canvas(look, head, [ROW * (len(ACCOUNTS) + 0.6)] * len(others), margins)
    for axes, (letter, arm) in zip(panels, others, strict=True):
        panel(axes, comparison, arm.label, margins)
        is_short = len(arm.label) <= LONGEST_LABEL and not look.is_narrow
        panel_head(axes, f"{letter} − A: {arm.label}" if is_short else f"{letter} − A", margins.left)
    return figure


def panel(axes: Axes, comparison: Comparison, arm: str, margins: Margins) -> None:
    """Draw one arm: thin dots, means, intervals, and the mean in words at the right."""
    accounts = rows(comparison, arm)
    heights = [*range(len(accounts), 1, -1), 0.7]
    axes.axvline(0.0, color=INK, linewidth=0.9, zorder=1)
    axes.axhline(1.35, color=QUIET, linewidth=0.7)
    for height, one in zip(heights, accounts, strict=True):
        account(axes, height, one, by_seed(comparison, one))
    axes.set_ylim(0.2, len(accounts) + 0.6)
    axes.set_yticks(heights, [NAMES[one.measure] for one in accounts], color=INK, size=9)
    axes.get_yticklabels()[-1].set_fontweight(600)
    left_aligned(axes, margins.left)
    axes.annotate("mean", (1, 1), (42, 7), "axes fraction", "offset points", ha="right", va="bottom", size=8.5, color=QUIET)
    axes.locator_params(axis="x", nbins=6)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:+g}".replace("-", "−") if value else "0")
    axes.grid(visible=True, axis="x")
    axes.grid(visible=True, axis="y", color=RULE, linewidth=0.4)


def account(axes: Axes, height: float, one: Difference, seeds: list[float]) -> None:
    """Draw one account's row."""
    colour = INK if one.measure == WELFARE else COLOURS.get(one.measure, QUIET)
    below = height - 0.24
    axes.plot(seeds, [below] * len(seeds), "o", color=colour, alpha=0.4, markersize=2.4, markeredgewidth=0, zorder=2)
    if one.pairs > 1:
        axes.hlines(height, one.t_low / MILLION, one.t_high / MILLION, color=colour, linewidth=2.2, zorder=3)
    axes.plot(one.mean / MILLION, height, "o", color=colour, markersize=6, zorder=4)
    beside: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "textcoords": "offset points", "va": "center", "size": 8.5}
    mean = in_words(one).split(" ")[0]
    axes.annotate(mean, (1, height), (42, -0.5), ha="right", weight=600 if one.measure == WELFARE else 400, **beside)


def by_seed(comparison: Comparison, one: Difference) -> list[float]:
    """Return the differences seed by seed, million EUR."""
    runs = comparison.runs
    before, after = (runs.loc[runs["arm"] == arm, one.measure].tolist() for arm in (one.reference, one.arm))
    return [(b - a) / MILLION for a, b in zip(before, after, strict=True)]
