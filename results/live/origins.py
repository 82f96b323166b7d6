"""Where a number comes from, as a visitor reads it: the short name of what was read, not the id under which it is kept."""

import re

from model.sources import Source, facts

from . import words

ID = re.compile(r"[a-z][a-z0-9_]*\.[a-z0-9_]+")


def origin(source: Source) -> str:
    """Return the names of what was read, and the reason where they do not settle it."""
    reason = ID.sub(lambda found: name_of(found[0]), source.reason)
    if not source.facts:
        return words.LEVER_NOTES["assumed"].format(reason=reason)
    names = dict.fromkeys(name_of(one) for one in source.facts)
    return words.LEVER_NOTES["source"].format(source="; ".join([*names, *([reason] if reason else [])]))


def name_of(fact: str) -> str:
    """Return the short name of a fact's source; what is no fact's id stays as it is."""
    return facts()[fact].source if fact in facts() else fact


def sentences(*texts: str) -> str:
    """Join texts into sentences, each with one full stop."""
    return " ".join(text if text.endswith((".", "?", "!")) else f"{text}." for text in texts if text)
