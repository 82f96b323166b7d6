"""Questions put to the model. Lazy like the model's front door, so that the command line answers quickly."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .scenario import load_scenario as load_scenario

__all__ = ["load_scenario"]


def __getattr__(name: str) -> object:
    """Import `load_scenario` on first use."""
    if name != "load_scenario":
        raise AttributeError(f"module 'experiments' has no attribute {name!r}")
    from .scenario import load_scenario

    return load_scenario
