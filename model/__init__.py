"""The economics of gig-driver supply. The front door is lazy: rules and workers import without Mesa."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .driver import Driver as Driver
    from .market import BlockMarket as BlockMarket
    from .parameters import Parameters as Parameters

__all__ = ["BlockMarket", "Driver", "Parameters"]

_ADDRESS = {"BlockMarket": ".market", "Driver": ".driver", "Parameters": ".parameters"}


def __getattr__(name: str) -> object:
    """Import `BlockMarket`, `Driver` or `Parameters` on first use (PEP 562)."""
    if name not in _ADDRESS:
        raise AttributeError(f"module 'model' has no attribute {name!r}")
    return getattr(import_module(_ADDRESS[name], __name__), name)
