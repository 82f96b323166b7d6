"""The report as data: every sentence, table and figure by name, and a register of where their numbers come from."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from model.parameters import Parameters, plain

from . import assumptions, diagram, worked_block
from .chapters import CHAPTERS
from .exhibit import Cell, Figure, Row, Table
from .readings import Readings
from .said import NOT_RUN, Part, Said, told
from .traced import Number, in_words

SUMMARY = ("filled", "kept", "fades", "vacancy_or_block", "who_gains", "below", "passed_through")  # the first five that were run
SENTENCES = 5
KEY_FIGURES = {
    "filled": ("share", "of blocks find a driver, a target of calibration"),
    "kept": ("marginal", "left after car, tax and unpaid ways"),
    "below": ("before", "of blocks leave less than the minimum wage before tax"),
    "fades": ("late", "a driver's week under a higher floor, in the end, entry free"),
    "who_gains": ("driver", "drivers' account, platform against none"),
}  # by claim: the name of a number in it, and what that is


class Document(NamedTuple):
    """Everything the template asks for."""

    readings: Readings
    said: dict[str, Said]
    tables: dict[str, Table]
    figures: dict[str, Figure]
    register: "Register"


class Register:
    """Where numbers come from: a row per study and measure, in the order in which they are first shown."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], list[Number]] = {}

    def add(self, number: Number) -> str:
        """Take note of a number that is shown, and return the name of its row."""
        key = (number.source.study, number.source.measure.partition(".")[0])
        self.rows.setdefault(key, []).append(number)
        return f"m{list(self.rows).index(key) + 1}"

    @property
    def numbers(self) -> list[Number]:
        """Return every number, once."""
        return list(dict.fromkeys(number for row in self.rows.values() for number in row))


def document(readings: Readings) -> Document:
    """Say, tabulate and draw what the sweeps hold. Chapters whose study is not there are left out."""
    chapters = {name: chapter for name, chapter in CHAPTERS.items() if is_there(name, readings)}
    said = {name: one for chapter in chapters.values() for name, one in told(chapter.CLAIMS, readings).items()}
    tables = {table.name: table for chapter in chapters.values() for table in chapter.tables(readings)}
    figures = [figure for chapter in chapters.values() for figure in chapter.figures(readings)]
    block = worked_block.figure()
    tables["assumptions"] = assumptions.table(Parameters())
    drawn = {figure.name: figure for figure in (diagram.figure(), *([block] if block else []), *figures)}
    return Document(readings, said, tables, drawn, Register())


def is_there(name: str, readings: Readings) -> bool:
    """Tell whether a chapter has runs to speak of."""
    chapter = CHAPTERS[name]
    if hasattr(chapter, "STUDY"):
        return chapter.STUDY in readings.sweeps
    return bool(chapter.policies(readings))


def as_data(report: Document, about: dict[str, Any]) -> dict[str, Any]:
    """Return what the template reads, as JSON holds it. about: command, versions, notes and further tables."""
    register = report.register
    claims = {name: [part_of(part, register) for part in one.parts] for name, one in report.said.items()}
    tables = {
        name: table_of(table, register)
        for name, table in (report.tables | about["tables"] | {"claims": checks(report.said)}).items()
    }
    key_figures = key_figures_of(report.said, register)
    return {
        "claims": claims,
        "verdicts": {name: (one.test, one.verdict) for name, one in report.said.items()},
        "summary": [name for name in SUMMARY if name in report.said and report.said[name].verdict != NOT_RUN][:SENTENCES],
        "key_figures": key_figures,
        "tables": tables,
        "figures": {name: figure_of(figure) for name, figure in report.figures.items()},
        "measures": measures_of(register),
        "lacking": lacking(register.numbers),
        "parameters": {name: f"{plain(quantity.value)}" for name, quantity in Parameters().table().items()},
    } | {name: value for name, value in about.items() if name != "tables"}


def checks(said: Mapping[str, Said]) -> Table:
    """Return what was checked for each claim, and what came out."""
    rows = tuple(Row(name.replace("_", " "), (one.test, one.verdict)) for name, one in said.items())
    return Table(
        "claims", "Claims, what was checked for them, and what came out", ("Claim", "Checked", "Verdict"), rows, widths=(3, 9, 3)
    )


def part_of(part: Part, register: Register) -> str | dict[str, str]:
    """Return a part of a sentence."""
    if isinstance(part, str):
        return part
    number, form = (part, "plain") if isinstance(part, Number) else (part[0], part[1] or "plain")
    return number_of(number, register) | {"form": form}


def number_of(number: Number, register: Register, is_bare: bool = False) -> dict[str, str]:
    """Return a number with its interval and the way to its source."""
    study, measure, of = number.source
    seeds = f"{number.seeds} seed{'' if number.seeds == 1 else 's'}"
    return {
        "text": number.bare if is_bare else number.text,
        "interval": number.interval,
        "to": register.add(number),
        "title": f"{study}: {measure}; {of}; {seeds}",
    }


def cell_of(cell: Cell, table: Table, register: Register) -> str | dict[str, str]:
    """Return a cell of a table."""
    if isinstance(cell, str):
        return cell
    number = number_of(cell, register, is_bare=not table.widths)
    return number if table.has_intervals else number | {"interval": ""}


def table_of(table: Table, register: Register) -> dict[str, Any]:
    """Return a table."""
    rows = [
        {
            "label": row.label,
            "kind": "head" if row.is_head else "sum" if row.is_sum else "row",
            "cells": [cell_of(cell, table, register) for cell in row.cells],
        }
        for row in table.rows
    ]
    return {
        "name": table.name,
        "caption": table.caption,
        "head": list(table.head),
        "rows": rows,
        "widths": list(table.widths),
        "words": bool(table.widths),
    }


def figure_of(figure: Figure) -> dict[str, str | bool]:
    """Return a figure's words, and whether a phone has a drawing of its own."""
    one = figure.picture
    words = {"title": one.headline.title, "subtitle": one.headline.subtitle, "caption": one.caption}
    return {"name": one.name, "alt": one.alternative, "phone": figure.fits_a_phone} | words


def key_figures_of(said: Mapping[str, Said], register: Register) -> list[dict[str, Any]]:
    """Return up to four numbers for the head of the first page."""
    found = []
    for name, (_, what) in KEY_FIGURES.items():
        number = named_number(said, name)
        if number:
            found.append({"number": number_of(number, register), "what": what})
    return found[:4]


def named_number(said: Mapping[str, Said], claim: str) -> Number | None:
    """Return the number of a claim that the first page shows."""
    if claim not in said or said[claim].verdict == NOT_RUN:
        return None
    return said[claim].named.get(KEY_FIGURES[claim][0])


def measures_of(register: Register) -> list[dict[str, Any]]:
    """Return the register's rows."""
    return [
        {"to": f"m{k}", "study": study, "measure": measure, "meaning": in_words(measure), "numbers": len(set(numbers))}
        for k, ((study, measure), numbers) in enumerate(register.rows.items(), 1)
    ]


def lacking(numbers: Iterable[Number]) -> list[str]:
    """Name the numbers that some of their runs do not have."""
    lines = []
    for number in numbers:
        if number.missing:
            study, measure, of = number.source
            lines.append(
                f"{study}, {of}: {measure} has no value in {number.missing} of {number.missing + number.seeds} runs, "
                "which are left out"
            )
    return list(dict.fromkeys(lines))
