"""How a database is made of a data folder: read, checked, and every table filled, in a new file or in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

import duckdb

from icc_data.errors import AtlasError
from icc_data.i18n import translate
from icc_data.incoming.check import Data, valid_data
from icc_data.paths import sql_beside
from icc_data.store.build import Tell, fingerprint, untold
from icc_data.store.database import load_full_text_search, lock_memory
from icc_data.store.inserting import insert
from icc_data.store.large.building import MOST_MEMORY, fill_large, is_large, read_large
from icc_data.store.rows import Row, rows_of
from icc_data.store.search_index import make_search_index
from icc_data.store.snapshot_tables import version_name
from icc_data.store.snapshots import Snapshot, name_of
from icc_data.store.versions import as_of_date

# How often the data is read where it changes while it is read.
_READINGS = 5

DataT = TypeVar("DataT")


def make(database: Path, directory: Path, kept: Sequence[Snapshot], tell: Tell) -> dict[str, int]:
    """Make a database of a data folder.

    Args:
        database: the file to write; there is none yet.
        directory: the CSV files.
        kept: the snapshots that tell when a practice came.
        tell: is told what is done next, in words.

    Returns:
        How many rows each table has.

    Raises:
        InvalidDataError: the data has problems.
        AtlasError: the folder cannot be read, or changes all the time.
    """
    if is_large(directory):
        return _write_large(database, directory, kept, tell)
    mark, data = consistent(directory, kept, valid_data)
    return _write(database, data, mark, kept, tell)


@dataclass(frozen=True)
class _Facts:
    """What a database says of itself: of which files and code, version and day it is, and what was kept."""

    mark: str
    version: str
    as_of: date
    kept: Sequence[Snapshot]

    def rows(self) -> Iterator[Row]:
        """The rows of ``meta``."""
        oldest = min((snapshot.date for snapshot in self.kept if snapshot.date <= self.as_of), default=self.as_of)
        meta = {
            "fingerprint": self.mark,
            "version": self.version,
            "as_of_year": str(self.as_of.year),
            "as_of_date": self.as_of.isoformat(),
            "oldest_date": oldest.isoformat(),
        }
        yield from ({"key": key, "value": value} for key, value in meta.items())


def _make(
    connection: duckdb.DuckDBPyConnection,
    facts: _Facts,
    tell: Tell,
    fill: Callable[[], dict[str, int]],
    *,
    apart: bool = False,
) -> dict[str, int]:
    """Make all tables, the large ones by a function that gives the number of their rows.

    Everything in one transaction, as each step of its own would be written to the disk by itself; ``apart`` from each
    other where one transaction would be too large.
    """
    tell(translate("Filling the tables …"))
    load_full_text_search(connection)
    connection.begin()
    connection.execute(sql_beside(__file__, "schema"))
    if apart:
        connection.commit()
    counts = fill()
    connection.execute(sql_beside(__file__, "keys"))
    counts["meta"] = insert(connection, "meta", facts.rows())
    connection.execute(sql_beside(__file__, "facets"))
    tell(translate("Indexing the texts …"))
    make_search_index(connection)
    if not apart:
        connection.commit()
    return counts


def _fill(
    connection: duckdb.DuckDBPyConnection, data: Data, mark: str, kept: Sequence[Snapshot], tell: Tell
) -> dict[str, int]:
    facts = _Facts(mark, version_name(data, kept), as_of_date(data), kept)
    return _make(
        connection,
        facts,
        tell,
        lambda: {table: insert(connection, table, rows) for table, rows in rows_of(data, kept)},
    )


def _write(database: Path, data: Data, mark: str, kept: Sequence[Snapshot], tell: Tell) -> dict[str, int]:
    # Several threads take twice the processor's time for few rows, waiting for each other.
    with duckdb.connect(str(database), config={"threads": 1}) as connection:
        rows = _fill(connection, data, mark, kept, tell)
        connection.execute("CHECKPOINT")
    return rows


def _write_large(database: Path, directory: Path, kept: Sequence[Snapshot], tell: Tell) -> dict[str, int]:
    config: dict[str, str | bool | int | float | list[str]] = {"memory_limit": MOST_MEMORY}
    with duckdb.connect(str(database), config=config) as connection:
        mark, large = consistent(directory, kept, partial(read_large, connection))
        facts = _Facts(mark, name_of(large.version, kept), large.as_of, kept)
        rows = _make(connection, facts, tell, lambda: fill_large(connection, large, kept), apart=True)
        connection.execute("CHECKPOINT")
    return rows


def build_in_memory(data: Data) -> duckdb.DuckDBPyConnection:
    """A database of these records that is nowhere but in memory: nothing of it reaches the disk.

    Like a database that was opened, it can reach no file, no network and no settings; unlike one, it can be written to,
    by whoever holds it.
    """
    # Without a folder for them, DuckDB keeps no rows on the disk that memory cannot hold.
    connection = duckdb.connect(":memory:", config={"temp_directory": "", "threads": 1})
    _fill(connection, data, "", (), untold)
    lock_memory(connection)
    return connection


def consistent(directory: Path, kept: Sequence[Snapshot] | None, read: Callable[[Path], DataT]) -> tuple[str, DataT]:
    """The data and its fingerprint, of one moment: read again where somebody changed the files meanwhile.

    Args:
        directory: the CSV files.
        kept: the snapshots, as for ``fingerprint``.
        read: reads the data.

    Raises:
        AtlasError: what ``read`` raises, or somebody writes to the folder all the time.
    """
    for _ in range(_READINGS):
        mark = fingerprint(directory, kept)
        try:
            data = read(directory)
        except AtlasError:
            if fingerprint(directory, kept) == mark:
                raise
            continue
        if fingerprint(directory, kept) == mark:
            return mark, data
    raise AtlasError(
        translate("The data in “{folder}” changes all the time.").format(folder=directory),
        translate("Try again when nobody writes to it."),
    )
