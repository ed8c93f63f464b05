"""Rows on their way into a table of the database, a part at a time."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import duckdb
import pyarrow as pa

from icc_data.store.rows import Row

_AT_ONCE = 50_000


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Row]) -> int:
    """Write the rows of a table; how many there are."""
    names = connection.table(table).columns
    coming = iter(rows)
    count = 0
    while part := list(islice(coming, _AT_ONCE)):
        columns = {name: [_cell(row[name]) for row in part] for name in names}
        connection.from_arrow(pa.table(columns)).insert_into(table)
        count += len(part)
    return count


def _cell(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
