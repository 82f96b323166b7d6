"""A run folder: tables, summary and manifest, each written under a temporary name and then renamed."""

import errno
import hashlib
import json
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.parameters import ParameterError

if TYPE_CHECKING:
    import pandas as pd

MANIFEST = "manifest.json"


class StorageError(Exception):
    """The machine could not keep a result; the message says which file and why."""


class StoppedError(Exception):
    """The user stopped the work; the message says what is kept and how to go on."""


@contextmanager
def folder_for(path: Path) -> Iterator[Path]:
    """Make sure a folder can be written before anything is computed; if the work fails, folders made here vanish again.

    Raises ParameterError naming the folder, or StorageError when the disk is full.
    """
    made = [parent for parent in (path, *path.parents) if not parent.exists()]
    probe = path / f".probe-{os.getpid()}"
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        _remove_empty(made)
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageError(f"--out {path}: could not be written ({error.strerror}); earlier results are intact") from error
        reason = "a file" if path.is_file() else error.strerror
        raise ParameterError(f"--out {path}: cannot be written ({reason}); allowed: a folder that can be written") from None
    try:
        yield path
    finally:
        _remove_empty(made)


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:
            return


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write files together: all under temporary names first, then renamed, so that a full disk leaves earlier ones intact.

    Raises StorageError naming the file.
    """
    names = {name: folder / f".{name}.{os.getpid()}.tmp" for name in files}
    name = ""
    try:
        for name, content in files.items():
            with names[name].open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for name, temporary in names.items():
            temporary.replace(folder / name)
    except OSError as error:
        raise StorageError(f"{folder / name}: could not be written ({error.strerror}); earlier results are intact") from error
    finally:
        for temporary in names.values():
            temporary.unlink(missing_ok=True)


def write_run(folder: Path, tables: "dict[str, pd.DataFrame]", summary: dict[str, Any], manifest: dict[str, Any]) -> None:
    """Write a run folder. Raises StorageError."""
    write_files(folder, files_of_run(tables, summary, manifest))


def files_of_run(tables: "dict[str, pd.DataFrame]", summary: dict[str, Any], manifest: dict[str, Any]) -> dict[str, bytes]:
    """Return a run folder's files by name; the manifest comes last and carries the sha256 of every other file."""
    files = {f"{name}.parquet": parquet(table) for name, table in tables.items()}
    files["summary.json"] = as_json(summary)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return files | {MANIFEST: as_json(manifest | {"files": digests})}


def parquet(table: "pd.DataFrame") -> bytes:
    """Return a table as parquet: same numbers, same bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pandas(table, preserve_index=False), sink)
    return sink.getvalue().to_pybytes()


def as_json(value: Any) -> bytes:
    """Return JSON that every reader accepts: nan is null, dates are text."""
    return (json.dumps(_plain(value), indent=2, ensure_ascii=False, default=str) + "\n").encode()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
