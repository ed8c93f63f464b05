"""Rows on their way into a table of the database, a part at a time.

They go as JSON in an array of numpy's: with any other value of Python's, and with a table of Arrow's, DuckDB loads
pandas, which takes a fifth of the time in which the real data is built.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from itertools import islice

import duckdb
import numpy as np

from icc_data.store.rows import Row

_AT_ONCE = 5_000


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Row]) -> int:
    """Write the rows of a table; how many there are."""
    there = connection.table(table)
    typed = ", ".join(f'"{name}" {kind}' for name, kind in zip(there.columns, there.types, strict=True))
    coming = iter(rows)
    count = 0
    while part := [{name: row[name] for name in there.columns} for row in islice(coming, _AT_ONCE)]:
        text = json.dumps(part, ensure_ascii=False, default=date.isoformat)
        connection.register("coming", {"part": np.array([text])})
        # The names and types are the table's own.
        made = f"SELECT unnest(part::VARCHAR::JSON::STRUCT({typed})[], recursive := true) FROM coming"  # noqa: S608
        connection.execute(f"INSERT INTO {table} {made}")
        connection.unregister("coming")
        count += len(part)
    return count
