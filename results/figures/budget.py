"""What becomes of one block at the highest price: car, tax, own time, and what is gained or lost, for three typical drivers."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..people import PEOPLE
from ..story import Story
from ..theme import INK, PAGE, PALE, QUIET, ROLE, RULE, Headline, Look, Margins, canvas, left_aligned, themed
from ..typical import DAY, Typical
from .picture import Picture

NAMES = {"full_time": "Full-time employee", "student": "Student", "alg2": "ALG II recipient"}
ROWS = ("Pay", "Car", "Tax, transfers", "Left", "Own time", "Gain or loss")
BOLD = (True, False, False, True, False, True)
CAR = "#A9AEB3"


def picture(story: Story) -> Picture:
    """Return the figure with its words."""
    return picture_of(story.typical, story.pay_cap_per_block, story.seed)


def picture_of(typical: tuple[Typical, ...], cap: float, seed: int) -> Picture:
    """Return the figure of these drivers with its words. cap: the pay of the block, EUR."""
    head, persons = headline(typical, cap, seed), len(typical)
    sentences = [
        f"{NAMES[one.group]}: {one.budget.pay:.2f} EUR less car {one.budget.car_cost:.2f} and tax {one.budget.tax:.2f} "
        f"leaves {one.budget.net:.2f}; own time is worth {one.budget.net - one.budget.surplus:.2f}."
        for one in typical
    ]
    shares = ", ".join(f"{100 * one.worthwhile_share:.0f} % of {one.active} {PEOPLE[one.group]}" for one in typical)
    return Picture(
        "budget",
        head,
        f"A staircase of bars for each of {persons} drivers. " + " ".join(sentences),
        "Who is typical: of a group's drivers who drove within 28 days, the one nearest to the middle in net pay, hours and "
        "value of "
        f"time together, for a morning block on {DAY:%A} {DAY.day} {DAY:%B %Y} at {cap:.0f} EUR, the month's side income so "
        "far counted "
        "for tax. Car: marginal cost. Tax, transfers: with contributions and withdrawn benefits. Own time: the value of an "
        "hour of that "
        f"morning, times all hours. The block would leave better off {shares}.",
        lambda look: budgets(typical, head, look),
    )


def headline(typical: tuple[Typical, ...], cap: float, seed: int) -> Headline:
    """State what each typical driver keeps, most first."""
    number = f"n = {len(typical)} drivers out of {sum(one.active for one in typical):,}"
    subtitle = f"EUR for one block at {cap:.0f} EUR, {DAY.day} {DAY:%B %Y}; {number}, seed {seed}"
    kept = sorted(typical, key=lambda one: -one.budget.net)
    words = [
        f"{'an' if one.group == 'alg2' else 'a'} {_lower(NAMES[one.group])} {'keeps ' if k == 0 else ''}{one.budget.net:.0f}"
        for k, one in enumerate(kept)
    ]
    return Headline(f"Of {cap:.0f} EUR {', '.join(words)}" if words else "Nobody was driving on the day looked at", subtitle)


def _lower(name: str) -> str:
    return name if name.startswith("ALG") else name.lower()


@themed
def budgets(typical: tuple[Typical, ...], head: Headline, look: Look = PAGE) -> Figure:
    """Draw a staircase of bars per driver: side by side, or one below the other on a phone."""
    margins = Margins(left=0.95, right=0.04, top=0.42, bottom=0.06, between=0.62)
    rows, columns = ((1.35,) * len(typical), 1) if look.is_narrow else ((1.5,), len(typical))
    figure, panels = canvas(look, head, rows, margins, columns)
    low = min(0.0, *(one.budget.surplus for one in typical)) - 3
    high = max(max(one.budget.pay, one.budget.net) for one in typical)
    for index, (axes, one) in enumerate(zip(panels, typical, strict=True)):
        axes.set_xlim(low, low + (high - low) / (0.8 if look.is_narrow else 0.7))
        _staircase(axes, one)
        axes.set_yticks(range(len(ROWS))[::-1], ROWS if look.is_narrow or index == 0 else [""] * len(ROWS), size=8.5, color=INK)
        left_aligned(axes, margins.left)
        for label, bold in zip(axes.get_yticklabels(), BOLD, strict=True):
            label.set_fontweight(600 if bold else 400)
    return figure


def _staircase(axes: Axes, one: Typical) -> None:
    """Draw one driver's budget from the pay down to what he gains or loses."""
    worth, end = one.budget, ROLE["drivers"] if one.budget.surplus >= 0 else ROLE["recipients"]
    time = worth.net - worth.surplus
    steps = (
        (0.0, worth.pay, worth.pay, ROLE["platform"]),
        (worth.pay - worth.car_cost, worth.car_cost, -worth.car_cost, CAR),
        (worth.net, worth.tax, -worth.tax, ROLE["state"]),
        (0.0, worth.net, worth.net, ROLE["drivers"]),
        (worth.surplus, time, -time, PALE["drivers"]),
        (0.0, worth.surplus, worth.surplus, end),
    )
    for y, (start, width, value, colour), bold in zip(range(len(steps))[::-1], steps, BOLD, strict=True):
        axes.barh(y, width, 0.68, left=start, color=colour, zorder=2)
        place = (max(start, start + width), y)
        axes.annotate(
            signed(value), place, (4, -0.5), textcoords="offset points", va="center", size=8.5, weight=600 if bold else 400
        )
    axes.axvline(0, color=QUIET, linewidth=0.7, zorder=3)
    axes.set_ylim(-0.6, len(steps) - 0.4)
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([])
    axes.grid(visible=True, axis="y", color=RULE, linewidth=0.4)
    above: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "va": "bottom"}
    axes.annotate(NAMES[one.group], (0, 1), (0, 18), size=9.5, weight=600, **above)
    per_hour = f"{worth.km:.0f} km, {worth.hours:.1f} h: {worth.net / worth.hours:.2f} EUR/h"
    axes.annotate(per_hour, (0, 1), (0, 5), size=8.5, color=QUIET, **above)


def signed(euros: float) -> str:
    """Write EUR with cents and a true minus; nothing lost is 0.00."""
    text = f"{euros:.2f}"
    return "0.00" if text == "-0.00" else text.replace("-", "−")
