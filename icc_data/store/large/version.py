"""The data's version, and its day, of large tables as they were read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb

from icc_data.incoming.check import Data
from icc_data.model.columns import columns_of
from icc_data.model.records import TABLES
from icc_data.store.large.staging import LARGE
from icc_data.store.parquet import letters_of
from icc_data.store.versions import digest_of, lines_of, newest_day

_AT_ONCE = 50_000
# By what the lines of a table stand in the order of their letters: each begins with its key.
_KEYS = {"practices": "practice_id", "policy_area_codings": "practice_id, reader"}


def version_of(connection: duckdb.DuckDBPyConnection, data: Data) -> str:
    """As ``versions.data_version``.

    Args:
        connection: with the large tables as published.
        data: the other tables.
    """
    return digest_of(_lines(connection, data))


def _lines(connection: duckdb.DuckDBPyConnection, data: Data) -> Iterator[bytes | memoryview]:
    for table in sorted(TABLES):
        if table in LARGE:
            yield from _large(connection, table)
        else:
            yield from lines_of(data, table)


def _large(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[memoryview]:
    cells = ", ".join(f"chr(31) || '{one.name}=' || {one.name}" for one in columns_of(TABLES[table]))
    lines = connection.execute(f"SELECT concat(chr(30), '{table}', {cells}) FROM {table}_read ORDER BY {_KEYS[table]}")
    for batch in lines.to_arrow_reader(_AT_ONCE):
        yield from letters_of(batch.column(0))


def newest_day_of(connection: duckdb.DuckDBPyConnection) -> date:
    """As ``versions.as_of_date``."""
    days = connection.execute("SELECT max(accessed) FROM practices_read").fetchall()
    return newest_day(date.fromisoformat(day) if day else None for (day,) in days)
