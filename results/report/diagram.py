"""The figure that says how the model works: who does what for whom, and what flows between them."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from ..figures.picture import Picture
from ..theme import INK, PAPER, QUIET, ROLE, Headline, Look, Margins, canvas, themed
from .exhibit import Figure

HEIGHT = 2.75  # inches
BOXES = {  # centre, in tenths of width and height, and what stands in them
    "shippers": (1.1, 8.3, "Shippers", "pay for carriage"),
    "carriers": (5.0, 8.3, "Five carriers", "couriers, queues, relief vans"),
    "recipients": (8.9, 8.3, "Recipients", "get parcels, late or not"),
    "platform": (5.0, 4.7, "Platform", "plans blocks, sets prices"),
    "drivers": (5.0, 1.2, "Drivers", "look, take, wait or pass"),
    "state": (8.9, 1.2, "State", "tax, contributions, transfers"),
    "rest": (1.1, 1.2, "Car, fuel and vans", "fuel, wear, insurance"),
}
ARROWS = (  # from, to, what flows, and where its words stand beside the middle
    ("shippers", "carriers", "parcels, carriage", (0.0, 0.55)),
    ("carriers", "recipients", "parcels", (0.0, 0.55)),
    ("carriers", "platform", "what couriers cannot carry,\na fee for each delivered", (0.15, 0.0)),
    ("platform", "drivers", "blocks at a price", (0.15, 0.0)),
    ("platform", "recipients", "parcels", (0.5, -0.6)),
    ("drivers", "state", "tax", (0.0, 0.55)),
    ("drivers", "rest", "car costs", (0.0, 0.55)),
)
WIDE, HIGH = 1.9, 1.75


def figure() -> Figure:
    """Return the figure; it shows structure, no results."""
    told = "; ".join(f"{BOXES[one][2]} to {BOXES[other][2]}: {what}".replace("\n", " ") for one, other, what, _ in ARROWS)
    head = Headline(
        "Carriers pass on what they cannot carry, and private people deliver it", "Who does what for whom on a day of the model"
    )
    picture = Picture("model", head, f"Boxes with arrows. {told}.", CAPTION, lambda look: drawing(head, look))
    return Figure(picture, (), fits_a_phone=False)


CAPTION = (
    "Arrows are parcels and money. Every day the platform plans blocks in the evening and reprices them round by "
    "round; drivers look at "
    "the app, take a block, wait or pass; the next day parcels are delivered or queue; on Mondays couriers are hired "
    "and people hear of "
    "the platform, register or leave. Each flow of money is booked between accounts, every day."
)


@themed
def drawing(head: Headline, look: Look) -> Drawing:
    """Draw boxes and arrows."""
    drawn, (axes,) = canvas(look, head, [HEIGHT], Margins(left=0.02, right=0.02, top=0.06, bottom=0.06))
    axes.set_axis_off()
    axes.set(xlim=(0.0, 10.0), ylim=(0.0, 9.4))
    for one, other, what, shift in ARROWS:
        arrow(axes, one, other, what, shift)
    for role, (x, y, name, does) in BOXES.items():
        box(axes, role, x, y, name, does)
    return drawn


def box(axes: Axes, role: str, x: float, y: float, name: str, does: str) -> None:
    """Draw a role's box."""
    colour = ROLE.get(role, QUIET)
    axes.add_patch(
        FancyBboxPatch(
            (x - WIDE / 2, y - HIGH / 2),
            WIDE,
            HIGH,
            "round,pad=0.1,rounding_size=0.25",
            facecolor=PAPER,
            edgecolor=colour,
            linewidth=1.6,
            zorder=2,
        )
    )
    axes.text(x, y + 0.32, name, ha="center", va="center", size=9.5, weight=600, color=colour, zorder=3)
    axes.text(x, y - 0.42, does, ha="center", va="center", size=7.6, color=INK, zorder=3)


def arrow(axes: Axes, one: str, other: str, what: str, shift: tuple[float, float]) -> None:
    """Draw a flow between two boxes, with its name beside the middle."""
    (x0, y0), (x1, y1) = edge(one, other), edge(other, one)
    axes.add_patch(FancyArrowPatch((x0, y0), (x1, y1), arrowstyle="-|>", mutation_scale=9, color=QUIET, linewidth=1.1, zorder=1))
    x, y = (x0 + x1) / 2 + shift[0], (y0 + y1) / 2 + shift[1]
    axes.text(x, y, what, ha="center" if shift[0] == 0.0 else "left", va="center", size=7.6, color=QUIET, linespacing=1.1, zorder=3)


def edge(one: str, other: str) -> tuple[float, float]:
    """Return where an arrow leaves a box."""
    (x0, y0, *_), (x1, y1, *_) = BOXES[one], BOXES[other]
    if abs(y1 - y0) < 1.0:
        return x0 + (WIDE / 2 + 0.14) * (1 if x1 > x0 else -1), y0
    if abs(x1 - x0) < 1.0:
        return x0, y0 + (HIGH / 2 + 0.14) * (1 if y1 > y0 else -1)
    if y1 > y0:  # up and to the side: from the box's side, to the other's lower edge
        return x0 + (WIDE / 2 + 0.14) * (1 if x1 > x0 else -1), y0
    return x0, y0 + (HIGH / 2 + 0.14) * (1 if y1 > y0 else -1)
