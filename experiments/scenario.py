"""A scenario is a difference: a TOML file that names only what differs from the baseline, and what changes on which date."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from model.parameters import Change, ParameterError, Parameters, nearest, plain

SCENARIOS = Path(__file__).parent / "scenarios"
TITLE, CHANGE = "about", "change"  # the keys of a scenario file that are no parameters
DATE = "date"  # the key of a change that is none


class Scenario(NamedTuple):
    """A named set of parameters."""

    name: str
    about: str
    parameters: Parameters

    def as_toml(self) -> str:
        """Return the scenario file that reads back as these parameters."""
        from .scenario_text import scenario_text

        return scenario_text(self.about, self.parameters)


def scenario_names() -> list[str]:
    """Return the names of the scenarios that come with the model, the baseline first."""
    return names_in(SCENARIOS)


def read_scenario(name: str, settings: Iterable[str] = (), changes: Iterable[str] = ()) -> Scenario:
    """Read a scenario by name or path, then apply `name=value` settings and `date:name=value` changes.

    Raises ParameterError with one line that names file, key, value and what is allowed.
    """
    path = found(name, SCENARIOS, "scenario")
    tree = parsed(path)
    about = tree.pop(TITLE, "")
    if not isinstance(about, str):
        raise ParameterError(f"{path}: {TITLE} = {about}: not allowed; allowed: text")
    told = tree.pop(CHANGE, [])
    try:
        parameters = Parameters().with_values(flat(tree)).with_changes(changes_in(told))
    except ParameterError as error:
        raise ParameterError(f"{path}: {error}") from None
    option = "--set"
    try:
        parameters = parameters.with_values(settings_from(settings))
        option = "--change"
        return Scenario(path.stem, about, parameters.with_changes(changes_from(changes)))
    except ParameterError as error:
        raise ParameterError(f"{option}: {error}") from None


def load_scenario(name: str) -> Parameters:
    """Return the parameters of a scenario by name or path. Raises ParameterError."""
    return read_scenario(name).parameters


def settings_from(settings: Iterable[str]) -> dict[str, Any]:
    """Read `name=value` settings; values are written as in TOML, text needs no quotes."""
    values: dict[str, Any] = {}
    for setting in settings:
        name, equals, text = setting.partition("=")
        name = name.strip()
        if not equals or not name:
            raise ParameterError(f"{setting!r}: not allowed; allowed: name=value")
        if name in values:
            raise ParameterError(f"{name}: given twice")
        values[name] = _value(text.strip())
    return values


def changes_in(told: Any) -> list[Change]:
    """Read the `[[change]]` tables of a scenario file: a date, and what holds from its morning on. Raises ParameterError."""
    if not isinstance(told, list) or not all(isinstance(table, dict) for table in told):
        raise ParameterError(f"{CHANGE} = {plain(told)}: not allowed; allowed: tables [[{CHANGE}]] with {DATE} and parameters")
    changes = []
    for number, table in enumerate(told, 1):
        if DATE not in table:
            raise ParameterError(f"{CHANGE} {number}: no {DATE}; allowed: {DATE} = YYYY-MM-DD")
        day = _day(table[DATE], f"{CHANGE} {number}: {DATE} = ")
        values = flat({name: value for name, value in table.items() if name != DATE})
        if not values:
            raise ParameterError(f"{CHANGE} on {day}: changes nothing; allowed: a parameter and its new value")
        changes += [Change(day, name, value) for name, value in values.items()]
    return changes


def changes_from(words: Iterable[str]) -> list[Change]:
    """Read `date:name=value` changes, values as in settings. Raises ParameterError."""
    changes = []
    for word in words:
        day, colon, setting = word.partition(":")
        if not colon or "=" not in setting:
            raise ParameterError(f"{word!r}: not allowed; allowed: YYYY-MM-DD:name=value")
        when = _day(day.strip(), "")
        changes += [Change(when, name, value) for name, value in settings_from([setting]).items()]
    return changes


def _day(told: Any, where: str) -> date:
    try:
        day = date.fromisoformat(told) if isinstance(told, str) else told
    except ValueError:
        day = None
    if not isinstance(day, date) or isinstance(day, datetime):
        raise ParameterError(f"{where}{plain(told)}: not allowed; allowed: a date (YYYY-MM-DD)")
    return day


def flat(tree: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Turn nested tables into dotted names; a parameter that is itself a table stays whole, an empty section is none.

    Raises ParameterError for a name written twice, dotted and in a table of its own.
    """
    known = Parameters().table()
    sections = {name.rpartition(".")[0] for name in known}
    values: dict[str, Any] = {}
    for key, value in tree.items():
        name = f"{prefix}{key}"
        is_section = isinstance(value, dict) and name not in known
        is_opened = is_section and (value or any(f"{section}.".startswith(f"{name}.") for section in sections))
        told = flat(value, f"{name}.") if is_opened else {name: value}
        if twice := values.keys() & told.keys():
            raise ParameterError(f"{min(twice)}: given twice")
        values |= told
    return values


def _value(text: str) -> Any:
    """Read a value as TOML would, or take it as text."""
    try:
        tree = tomllib.loads(f"value = {text}")
    except tomllib.TOMLDecodeError:
        return text
    return tree["value"] if set(tree) == {"value"} else text


def names_in(folder: Path) -> list[str]:
    """Return the names of the TOML files that come with the model, a baseline first."""
    return sorted((path.stem for path in folder.glob("*.toml")), key=lambda name: (name != "baseline", name))


def found(name: str, folder: Path, what: str) -> Path:
    """Find a TOML file that comes with the model by its name, or any by its path. what: such as `scenario`.

    Raises ParameterError with one line that names the nearest.
    """
    named = folder / f"{name}.toml"
    if "/" not in name and named.is_file():
        return named
    path = Path(name)
    if path.is_file():
        return path
    allowed = f"allowed: the name of a {what} or a TOML file"
    if not name:
        raise ParameterError(f"'': no name; {allowed}")
    if path.is_dir():
        raise ParameterError(f"{name}: a folder; {allowed}")
    names = names_in(folder)
    if path.suffix == ".toml" or "/" in name or not names:
        raise ParameterError(f"{name}: no such file; {allowed}")
    raise ParameterError(f"{name}: no such {what}; {nearest(name, names)}")


def parsed(path: Path) -> dict[str, Any]:
    """Read a TOML file. Raises ParameterError with one line that quotes the wrong one."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ParameterError(f"{path}: not a text file; allowed: TOML in UTF-8") from None
    except OSError as error:
        raise ParameterError(f"{path}: cannot be read: {error.strerror}") from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ParameterError(f"{path}: not valid TOML: {error}{_line_of(error, text)}") from None


def _line_of(error: tomllib.TOMLDecodeError, text: str) -> str:
    """Quote the line a TOML error points at: the error alone gives its number, not the key."""
    where = re.search(r"at line (\d+)", str(error))
    return f": {text.split('\n')[int(where[1]) - 1].strip()!r}" if where else ""
