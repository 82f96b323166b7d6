"""The small version of a design: what its table [smoke] names stands in place of what the design names; it takes seconds."""

from collections.abc import Mapping
from typing import Any

from model.parameters import ParameterError, plain

from .allowed import Values
from .points import check_keys

SMOKE = "smoke"


def check_smoke(tree: Values, known: list[str]) -> None:
    """Raise ParameterError if [smoke] is no table, or has a key that is not known."""
    told = tree.get(SMOKE, {})
    if not isinstance(told, dict):
        raise ParameterError(f"{SMOKE} = {plain(told)}: not allowed; allowed: a table [{SMOKE}]")
    check_keys(SMOKE, told, known)


def shrunk(tree: Values) -> Values:
    """Return the small version. Raises ParameterError if there is none."""
    if SMOKE not in tree:
        raise ParameterError(f"[{SMOKE}]: missing; allowed: --{SMOKE} with a design that has the table")
    return merged({key: value for key, value in tree.items() if key != SMOKE}, tree[SMOKE])


def merged(full: Mapping[str, Any], told: Mapping[str, Any]) -> Values:
    """Return a table with what is told put over it, key by key, in tables below as well; what is not told stays."""
    both = dict(full)
    for key, value in told.items():
        below = both.get(key)
        both[key] = merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return both
