"""A sweep folder: a line per finished run, on disk before the next; what was written half is cut off, what is damaged is named."""

import fcntl
import json
import math
import os
import platform
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from model.parameters import ParameterError

from ..store import StorageError, as_json, folder_for, write_files
from .plan import PLAN, RUNS, Plan, check_folder, known_plan

LOCK, DAYS = ".lock", "days"
CHECK = b',"crc32":"'
MOST_NAMED = 10  # damaged lines

type Record = dict[str, Any]


@contextmanager
def opened(folder: Path, plan: Plan) -> Iterator["RunLog"]:
    """Make a folder if need be, lock it, make sure that it holds runs of this plan only, and yield its runs.

    Raises ParameterError if somebody else works in it or it holds other runs, StorageError if it cannot be written.
    """
    with folder_for(folder), locked(folder):
        check_folder(folder, plan)
        for left in [*folder.glob(".*.tmp"), *(folder / DAYS).glob(".*.tmp")]:  # of processes that were killed
            left.unlink(missing_ok=True)
        if not (folder / PLAN).exists() or known_plan(folder / PLAN) != plan:  # asked for in another way
            write_files(folder, {PLAN: as_json(plan)})
        log = RunLog(folder / RUNS)
        try:
            yield log
        finally:
            log.close()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep others out; the lock goes with the process, however that ends. Raises ParameterError naming who has it."""
    file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            who = os.read(file, 1_000).decode(errors="replace").strip() or "another process"
            raise ParameterError(f"--out {folder}: in use by {who}; allowed: one sweep at a time, or another folder") from None
        with suppress(OSError):  # a full disk: then nobody learns who has it
            os.ftruncate(file, 0)
            who = f"process {os.getpid()} on {platform.node()} since {datetime.now(UTC).isoformat(timespec='seconds')}"
            os.write(file, f"{who}\n".encode())
        yield
    finally:
        os.close(file)


class RunLog:
    """The finished runs, a line each; only the sweep's own process writes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.damaged = mend(path)  # numbers of lines that were damaged and are gone
        self.keys = {record["key"] for record in self.records()}
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        sync(path.parent)

    def records(self) -> Iterator[Record]:
        """Read every run again, in the order in which they were finished; none is kept in memory."""
        for _, record in lines(self.path):
            if record:
                yield record

    def add(self, record: Record) -> None:
        """Write a finished run to disk. If that fails the file stays as it was. Raises StorageError."""
        line, size = line_of(record), os.fstat(self._file).st_size
        try:
            if os.write(self._file, line) != len(line):
                raise OSError(0, "not enough space")
            os.fsync(self._file)
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(self._file, size)
            raise StorageError(f"{self.path}: could not be written ({error.strerror})") from error
        self.keys.add(record["key"])

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    @property
    def note(self) -> str | None:
        """Say which lines were damaged."""
        if not self.damaged:
            return None
        named = ", ".join(map(str, self.damaged[:MOST_NAMED])) + (", ..." if len(self.damaged) > MOST_NAMED else "")
        return f"{self.path}: damaged in line {named}; what stood there is run again"


def line_of(record: Record) -> bytes:
    """Write a run as a line of JSON that ends with a check of itself; numbers as Python reads them back, nan as null."""
    text = json.dumps(without_nan(record), ensure_ascii=False, separators=(",", ":"), default=str).encode()
    return b'%s%s%08x"}\n' % (text[:-1], CHECK, zlib.crc32(text[:-1]))


def without_nan(record: Record) -> Record:
    """Turn measures that are nan into None."""
    measures = {
        name: None if isinstance(value, float) and math.isnan(value) else value for name, value in record["measures"].items()
    }
    return record | {"measures": measures}


def record_of(line: bytes) -> Record | None:
    """Read a line; None if it is not what was once written."""
    text, _, check = line.rpartition(CHECK)
    if check != b'%08x"}\n' % zlib.crc32(text):
        return None
    record = json.loads(text + b"}")
    record["measures"] = {name: math.nan if value is None else value for name, value in record["measures"].items()}
    return record


def lines(path: Path) -> Iterator[tuple[bytes, Record | None]]:
    """Yield every line with the run that it tells of, if it is whole."""
    if path.exists():
        with path.open("rb") as file:
            for line in file:
                yield line, record_of(line)


def mend(path: Path) -> list[int]:
    """Take out what is no whole line, and return the numbers of lines damaged; a torn last line is not worth a word."""
    bad = [(number, line.endswith(b"\n")) for number, (line, record) in enumerate(lines(path), 1) if record is None]
    if bad:
        rewrite(path, (line for line, record in lines(path) if record))
    return [number for number, has_end in bad if has_end]


def rewrite(path: Path, content: Iterable[bytes]) -> None:
    """Replace a file at once. Raises StorageError."""
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        with temporary.open("wb") as file:
            file.writelines(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise StorageError(f"{path}: could not be written ({error.strerror})") from error


def sync(folder: Path) -> None:
    """Make sure that names of new files are on disk."""
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
