"""Berlin as twelve tiles, shaded by a chosen quantity. Shades stay so light that dark text can be read on all of them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from . import words
from .amounts import signed, whole
from .charts.net import over_four_weeks
from .snapshot import Array, Snapshot

PLACES = {
    "reinickendorf": (1, 3), "pankow": (1, 4), "spandau": (2, 1), "charlottenburg_wilmersdorf": (2, 2), "mitte": (2, 3),
    "friedrichshain_kreuzberg": (2, 4), "lichtenberg": (2, 5), "marzahn_hellersdorf": (2, 6), "steglitz_zehlendorf": (3, 2),
    "tempelhof_schoeneberg": (3, 3), "neukoelln": (3, 4), "treptow_koepenick": (3, 5),
}  # fmt: skip  # row and column
LIGHT, DARK = (244, 246, 248), (106, 190, 171)  # from nothing to most
FEWEST_BLOCKS = 5.0  # in four weeks: a mean of fewer is not shown


class Tile(NamedTuple):
    """A district: what stands on it, its shade, and its quantity in full words."""

    value: str
    shade: str
    spoken: str


def tiles(days: Sequence[Snapshot], quantity: str) -> list[Tile]:
    """Return the twelve tiles in the order of the districts."""
    names, (label, unit) = list(words.DISTRICTS), words.QUANTITIES[quantity]
    values = values_of(days, quantity) if days else np.full(len(names), np.nan)
    shades = shades_of(values)
    texts = ["–" if value != value else _written(value, quantity) for value in values.tolist()]
    return [
        Tile(text, shade, f"{words.district(name)}: {text} {unit}, {label}, {words.LAST_WEEKS}")
        for name, text, shade in zip(names, texts, shades, strict=True)
    ]


def values_of(days: Sequence[Snapshot], quantity: str) -> Array:
    """Return a quantity by district over the latest 28 days; nan where too few blocks were driven."""
    if quantity == "active":
        return days[-1].active.astype(float)
    sums = over_four_weeks(days, "districts")
    above, below = {"pay": ("pay", "blocks"), "net": ("net", "hours"), "below": ("below", "blocks")}[quantity]
    enough = sums["blocks"] >= FEWEST_BLOCKS
    return np.divide(sums[above], sums[below], out=np.full(len(sums), np.nan), where=enough) * (
        100.0 if quantity == "below" else 1.0
    )


def shades_of(values: Array) -> list[str]:
    """Return a colour per value, from light at the lowest to dark at the highest; equal values share the middle."""
    known = values[~np.isnan(values)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
    places = np.where(np.isnan(values), 0.0, (values - low) / (high - low) if high > low else 0.5 * (values > 0))
    return [
        f"#{''.join(f'{round(a + (b - a) * place):02x}' for a, b in zip(LIGHT, DARK, strict=True))}" for place in places.tolist()
    ]


def _written(value: float, quantity: str) -> str:
    if quantity == "active":
        return whole(value)
    return f"{value:.0f} %" if quantity == "below" else signed(value, 1 if quantity == "pay" else 2)
