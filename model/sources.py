"""Where a number comes from: a fact with an address, or an assumption with a reason."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

FACTS_FILE = Path(__file__).parent / "data" / "facts.toml"


class Fact(NamedTuple):
    """One value read in a source, or derived from such values."""

    id: str
    value: object
    unit: str
    year: str
    place: str
    source: str
    url: str
    status: str  # verified: the sentence was read; recalled: not re-read; derived: arithmetic from other facts
    quality: str  # A official or peer-reviewed, B press, C weak


class Source(NamedTuple):
    """Why a parameter has its value: facts by id, and the reason where facts do not settle it."""

    facts: tuple[str, ...] = ()
    reason: str = ""

    def __str__(self) -> str:
        """Return ids first, then the reason; a number without a fact is called an assumption."""
        ids = ", ".join(self.facts)
        if not self.facts:
            return f"assumption: {self.reason}"
        return f"{ids}; {self.reason}" if self.reason else ids


def fact(*ids: str, reason: str = "") -> Source:
    """Cite facts by their ids in `data/facts.toml`."""
    return Source(ids, reason)


def assumed(reason: str) -> Source:
    """Declare a number that no fact supports, and say why it has this value."""
    return Source((), reason)


@cache
def facts() -> dict[str, Fact]:
    """Return every fact the parameters cite, by id."""
    table = tomllib.loads(FACTS_FILE.read_text(encoding="utf-8"))["fact"]
    return {row["id"]: Fact(**{name: row.get(name, "") for name in Fact._fields}) for row in table}
