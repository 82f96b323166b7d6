"""A scenario as the TOML file that reads back as the same parameters."""

import json
from datetime import date
from typing import Any

from model.parameters import Parameters, by_day


def scenario_text(about: str, parameters: Parameters) -> str:
    """Return the file: what it is about, what differs from the baseline section by section, and what changes on which date."""
    parts = [f"about = {written(about)}"] if about else []
    sections: dict[str, list[str]] = {}
    for quantity in parameters.table().values():
        if quantity.value != quantity.default:
            section, _, name = quantity.name.rpartition(".")
            sections.setdefault(section, [f"[{section}]"]).append(f"{name} = {written(quantity.value)}")
    parts += ["\n".join(lines) for lines in sections.values()]
    for day, values in by_day(parameters.changes).items():
        lines = [f"{written(name)} = {written(value)}" for name, value in values.items()]
        parts.append("\n".join(["[[change]]", f"date = {day}", *lines]))
    return "\n\n".join(parts) + "\n" if parts else ""


def written(value: Any) -> str:
    """Write a value in TOML, to the last digit; TOML has no word for no value, so `none` is text."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, float):
        return repr(float(value))
    if isinstance(value, tuple):
        return f"[{', '.join(written(part) for part in value)}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{name} = {written(part)}' for name, part in value.items())} }}"
    return written("none") if value is None else value.isoformat() if isinstance(value, date) else str(int(value))
