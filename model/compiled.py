"""Rules are compiled once, and compiled code is never stale.

numba's cache sees only the file of the function itself: a rule edited in another file would leave a kernel's old numbers,
silently. So compiled code lives in a folder named by everything it depends on.
"""

import atexit
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import cast

import numba


def state_of_the_model() -> str:
    """Return a name for the present state of the model's files."""
    home, digest = Path(__file__).parent, hashlib.sha256()
    for path in sorted(home.rglob("*")):
        if path.suffix in {".py", ".toml", ".csv", ".gz"}:
            digest.update(path.relative_to(home).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def state_of_the_house() -> str:
    """Return a name for the present state of the model's files, of numba and of its settings."""
    digest = hashlib.sha256(f"{numba.__version__}{state_of_the_model()}".encode())
    for name, value in sorted(os.environ.items()):
        if name.startswith("NUMBA_"):
            digest.update(f"{name}={value}".encode())
    return digest.hexdigest()[:16]


def place_of_compiled_code() -> str:
    """Return a folder of the user's cache that can be written, else a temporary one, which is said once and vanishes at the end.

    Processes started from here find the temporary one in NUMBA_CACHE_DIR.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gigsupply"
    place = Path(os.environ.get("NUMBA_CACHE_DIR") or cache) / state_of_the_house()
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place):
            return str(place)
    except OSError as error:
        temporary = tempfile.mkdtemp(prefix="gigsupply-")
        atexit.register(shutil.rmtree, temporary, ignore_errors=True)
        os.environ["NUMBA_CACHE_DIR"] = temporary
        print(f"gigsupply: {place}: compiled code cannot be kept there ({error.strerror}); this run compiles anew", file=sys.stderr)
        return temporary


numba.config.CACHE_DIR = place_of_compiled_code()  # type: ignore[attr-defined]


def compiled[Rule: Callable[..., object]](rule: Rule) -> Rule:
    """Compile a rule for the types it is called with."""
    return cast(Rule, numba.njit(cache=True)(rule))


def compiled_as[Rule: Callable[..., object]](signature: str) -> Callable[[Rule], Rule]:
    """Compile a rule for one signature, where mixed integer types would change a number silently."""
    return lambda rule: cast(Rule, numba.njit(signature, cache=True)(rule))
