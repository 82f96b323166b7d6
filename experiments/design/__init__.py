"""Designs: which runs a study is made of. Lazy, so that a worker that unpickles a run loads nothing to read or to draw with."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .factors import Factor as Factor
    from .plan import Design as Design
    from .plan import PlannedRun as PlannedRun
    from .plan import Point as Point
    from .read import read_design as read_design

PLACES = {"Design": "plan", "Factor": "factors", "PlannedRun": "plan", "Point": "plan", "read_design": "read"}
__all__ = ["Design", "Factor", "PlannedRun", "Point", "read_design"]


def __getattr__(name: str) -> object:
    """Import a name on first use."""
    if name not in PLACES:
        raise AttributeError(f"module 'experiments.design' has no attribute {name!r}")
    return getattr(import_module(f".{PLACES[name]}", __name__), name)
