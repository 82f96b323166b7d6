"""The table of a sweep: a row per run, the same bytes in whatever order the runs came in."""

import json
from array import array
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ..measures import FLAGS

if TYPE_CHECKING:
    import pyarrow as pa

MOST_SIGNED = 2**63 - 1

type Record = dict[str, Any]  # a line of runs.jsonl


class Rows:
    """Runs by column; measures as plain numbers, so that many runs need little memory."""

    def __init__(self, records: Iterable[Record], wanted: Collection[str], factors: Sequence[str]) -> None:
        self.place: dict[str, int] = {}  # row by key
        self.seeds: list[int] = []
        self.arms: list[str] = []
        self.factors: dict[str, list[Any]] = {name: [] for name in factors}
        self.measures: dict[str, array[float]] = {}
        for record in records:
            if record["key"] in wanted and record["key"] not in self.place:
                self._add(record)

    def _add(self, record: Record) -> None:
        self.place[record["key"]] = len(self.seeds)
        self.seeds.append(record["seed"])
        self.arms.append(record["arm"])
        for name, column in self.factors.items():
            column.append(record["values"][name])
        for name, value in record["measures"].items():
            self.measures.setdefault(name, array("d")).append(value)

    @property
    def order(self) -> list[int]:
        """Return rows by factor values, arm and seed."""
        keys = list(
            zip(*([rank(value) for value in column] for column in self.factors.values()), self.arms, self.seeds, strict=True)
        )
        return sorted(range(len(keys)), key=keys.__getitem__)


def rank(value: Any) -> tuple[int, float, str]:
    """Return what sorts values of one factor: nothing first, numbers as numbers, everything else as text."""
    if value is None:
        return 0, 0.0, ""
    return (1, value, "") if isinstance(value, int | float) else (2, 0.0, json.dumps(value, sort_keys=True))


def table_of(rows: Rows, has_arms: bool, most_seed: int) -> "pa.Table":
    """Return `seed`, `arm` if there are arms, every factor, every measure; a column has one type in every sweep of a design."""
    import pyarrow as pa

    columns: dict[str, pa.Array] = {"seed": pa.array(rows.seeds, pa.int64() if most_seed <= MOST_SIGNED else pa.uint64())}
    if has_arms:
        columns["arm"] = pa.array(rows.arms, pa.string())
    columns |= {name: column_of(values) for name, values in rows.factors.items()}
    for name, values in rows.measures.items():
        column = pa.array(values, pa.float64())
        columns[name] = column.cast(pa.bool_()) if name in FLAGS else column
    return pa.table(columns).take(pa.array(rows.order, pa.int64()))


def column_of(values: list[Any]) -> "pa.Array":
    """Return a factor's values in the type they have; as JSON where they have several."""
    import pyarrow as pa

    try:
        return pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array([json.dumps(value) for value in values], pa.string())


def parquet(table: "pa.Table") -> bytes:
    """Return the table as a file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table.combine_chunks(), sink)
    return sink.getvalue().to_pybytes()
