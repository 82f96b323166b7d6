"""What a report shows beside its sentences: tables and figures, each with the numbers behind it as a file."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from .traced import Number

if TYPE_CHECKING:
    import pandas as pd

    from ..figures.picture import Picture

type Cell = str | Number


class Row(NamedTuple):
    """A row of a table; its first cell names it."""

    label: str
    cells: tuple[Cell, ...]
    is_sum: bool = False
    is_head: bool = False  # names the rows below it


class Table(NamedTuple):
    """A table; cells with numbers are right-aligned, others are words."""

    name: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    has_intervals: bool = True
    widths: tuple[int, ...] = ()  # of the columns, as parts; even without
    note: str = ""

    @property
    def data(self) -> "list[tuple[str, str, Number]]":
        """Return its numbers with the row and the column they stand in."""
        return [
            (row.label, head, cell)
            for row in self.rows
            for head, cell in zip(self.head[1:], row.cells, strict=False)
            if isinstance(cell, Number)
        ]


class Figure(NamedTuple):
    """A figure and the numbers it draws: row, column, number."""

    picture: "Picture"
    data: tuple[tuple[str, str, Number], ...]
    fits_a_phone: bool = True  # it can be drawn as narrow as that

    @property
    def name(self) -> str:
        """Return the figure's name."""
        return self.picture.name


def long_table(data: Sequence[tuple[str, str, Number]]) -> "pd.DataFrame":
    """Return a row per number, with everything known of it."""
    import pandas as pd

    return pd.DataFrame([{"row": row, "column": column} | record(number) for row, column, number in data])


def record(number: Number) -> dict[str, object]:
    """Return a number as a record; the value in the measure's own unit, the interval beside it."""
    study, measure, of = number.source
    unit = number.unit.of_change if number.is_change else number.unit.name
    return {
        "value": number.value, "low": number.low, "high": number.high, "seeds": number.seeds, "missing": number.missing,
        "study": study, "measure": measure, "of": of, "printed": number.text, "unit_printed": unit,
    }  # fmt: skip


def files_of(tables: Sequence[Table], figures: Sequence[Figure]) -> Iterator[tuple[str, bytes]]:
    """Yield every table and figure as files: csv and LaTeX; csv, SVG and PNG."""
    from ..images import as_file, png, svg
    from ..theme import FILE

    for table in tables:
        yield f"tables/{table.name}.csv", csv(table)
        yield f"tables/{table.name}.tex", latex(table)
    for figure in figures:
        if figure.data:
            yield f"figures/{figure.name}.csv", long_table(figure.data).to_csv(index=False).encode()
        yield f"figures/{figure.name}.svg", as_file(svg(figure.picture, FILE, keeps_text=False))
        yield f"figures/{figure.name}.png", png(figure.picture)


def csv(table: Table) -> bytes:
    """Write a table of numbers with a row per number, one of words as it is shown."""
    frame = long_table(table.data) if table.data else as_shown(table)
    return frame.to_csv(index=False).encode()


def latex(table: Table) -> bytes:
    """Write a table as it is shown, for a paper of one's own."""
    columns = "l" + ("r" if table.data else "l") * (len(table.head) - 1)
    return as_shown(table).to_latex(index=False, escape=True, column_format=columns, caption=table.caption).encode()


def as_shown(table: Table) -> "pd.DataFrame":
    """Return the cells as they are written."""
    import pandas as pd

    width = len(table.head)
    rows = [[row.label, *(shown(cell) for cell in row.cells), *[""] * (width - 1 - len(row.cells))] for row in table.rows]
    return pd.DataFrame(rows, columns=list(table.head))


def shown(cell: Cell) -> str:
    """Write a cell."""
    if isinstance(cell, str):
        return cell
    return f"{cell.bare} ({cell.interval})" if cell.interval else cell.bare
