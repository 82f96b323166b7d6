"""The economics of gig-driver supply. The front door is lazy: rules and workers import without Mesa."""

import hashlib
import os
import tempfile
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import numba

if TYPE_CHECKING:
    from .driver import Driver as Driver
    from .market import BlockMarket as BlockMarket
    from .parameters import Parameters as Parameters

__all__ = ["BlockMarket", "Driver", "Parameters"]

_ADDRESS = {"BlockMarket": ".market", "Driver": ".driver", "Parameters": ".parameters"}


def _state_of_the_house() -> str:
    """Name compiled code after everything it depends on: numba itself looks only at the kernel's own file."""
    home = Path(__file__).parent
    sources = sorted(path for path in home.rglob("*") if path.suffix in {".py", ".toml", ".csv", ".gz"})
    digest = hashlib.sha256(numba.__version__.encode())
    for name, value in sorted(os.environ.items()):
        if name.startswith("NUMBA_"):
            digest.update(f"{name}={value}".encode())
    for path in sources:
        digest.update(path.relative_to(home).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _place_of_compiled_code() -> str:
    """Return a folder of the user's cache that can be written, else a temporary one."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    place = Path(os.environ.get("NUMBA_CACHE_DIR") or cache / "gigsupply") / _state_of_the_house()
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place):
            return str(place)
    except OSError:
        return tempfile.mkdtemp(prefix="gigsupply-")


numba.config.CACHE_DIR = _place_of_compiled_code()  # type: ignore[attr-defined]


def __getattr__(name: str) -> object:
    """Import `BlockMarket`, `Driver` or `Parameters` on first use (PEP 562)."""
    if name not in _ADDRESS:
        raise AttributeError(f"module 'model' has no attribute {name!r}")
    return getattr(import_module(_ADDRESS[name], __name__), name)
