"""Every text of the page. A translation replaces this folder and nothing else."""

from .glossary import ANSWER_TIPS, BUTTON_TIPS, GLOSSARY, hint_of
from .labels import (
    ANSWERS,
    BUTTONS,
    CHARTS_SAY,
    CROWDED,
    DISTRICTS,
    FIGURES,
    GROUPS,
    HEADING,
    LAST_WEEKS,
    NO_SCRIPT,
    PANEL,
    PROGRESS,
    QUANTITIES,
    SCRIPT,
    SECTIONS,
    SERIES,
    SPEED,
    SPEEDS,
    TAKE,
    TITLE,
    WEEKDAYS,
    district,
    series_name,
)
from .levers import FROM_START, LEVER_GROUPS, LEVER_NOTES, LEVERS, POLICIES, lever_name, names_of_levers, unit
from .sentences import (
    ACCOUNTS,
    AMOUNTS,
    CAUSE,
    COMPARED,
    DRIVER,
    FAULT,
    FEWER,
    HIGHER,
    LATE,
    LESS,
    LOWER,
    MORE,
    SEASON,
    STORY,
    WHY,
    blocks,
    couriers,
    day_in_words,
    short_day,
)

__all__ = [
    "ACCOUNTS", "AMOUNTS", "ANSWERS", "ANSWER_TIPS", "BUTTONS", "BUTTON_TIPS", "CAUSE", "CHARTS_SAY", "COMPARED", "CROWDED",
    "DISTRICTS", "DRIVER", "FAULT", "FEWER", "FIGURES", "FROM_START", "GLOSSARY", "GROUPS", "HEADING", "HIGHER", "LAST_WEEKS",
    "LATE", "LESS", "LEVERS", "LEVER_GROUPS", "LEVER_NOTES", "LOWER", "MORE", "NO_SCRIPT", "PANEL", "POLICIES", "PROGRESS",
    "QUANTITIES", "SCRIPT", "SEASON", "SECTIONS", "SERIES", "SPEED", "SPEEDS", "STORY", "TAKE", "TITLE", "WEEKDAYS", "WHY",
    "blocks", "couriers", "day_in_words", "district", "hint_of", "lever_name", "names_of_levers", "series_name", "short_day",
    "unit",
]  # fmt: skip
