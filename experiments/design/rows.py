"""The points of a CSV file: a column per parameter, a row per point."""

import csv
from pathlib import Path

from model.parameters import ParameterError, Parameters, plain

from ..scenario import settings_from
from .allowed import Values, check_name, declared
from .factors import Factor, check_distinct
from .points import Varied, check_keys, check_number

type Line = tuple[int, list[str]]  # number in the file, cells


def rows(section: Values, base: Parameters, folder: Path) -> Varied:
    """Read the points of a CSV file whose header names parameters; cells are written as after `--set`."""
    check_keys("list", section, ["file"])
    name = section.get("file", "")
    if not isinstance(name, str) or not name:
        raise ParameterError(f"[list] file = {plain(name) or 'none'}: not allowed; allowed: the path of a CSV file")
    try:
        names, *lines = _lines(folder / name)
        return _points([name.strip() for name in names[1]], lines, base)
    except ParameterError as error:
        raise ParameterError(f"{name}: {error}") from None


def _lines(path: Path) -> list[Line]:
    """Return the lines that are not blank."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, skipinitialspace=True, strict=True)
            lines = [(reader.line_num, cells) for cells in reader if cells]
    except OSError as error:
        raise ParameterError(f"cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error):
        raise ParameterError("not a CSV file in UTF-8") from None
    if len(lines) < 2:
        raise ParameterError("no row; allowed: a header of parameters, and a row per point")
    check_number(len(lines) - 1)
    return lines


def _points(names: list[str], lines: list[Line], base: Parameters) -> Varied:
    for name in names:
        check_name(name, base)
    points = [_point(names, line, base) for line in lines]
    check_distinct("row", [tuple(point.values()) for point in points])
    table = base.table()
    columns = {name: {repr(point[name]): point[name] for point in points} for name in names}
    return Varied("list", tuple(Factor(name, table[name], values=tuple(columns[name].values())) for name in names), points)


def _point(names: list[str], line: Line, base: Parameters) -> Values:
    number, cells = line
    try:
        if len(cells) != len(names):
            raise ParameterError(f"{len(cells)} cells; allowed: {len(names)}, as in the header")
        told = settings_from(f"{name}={cell}" for name, cell in zip(names, cells, strict=True))
        return {name: declared(name, value, base) for name, value in told.items()}
    except ParameterError as error:
        raise ParameterError(f"line {number}: {error}") from None
