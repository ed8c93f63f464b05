"""The large tables of a data folder on their way into the database, a cell as it stands in its file."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa

from icc_data.errors import AtlasError
from icc_data.incoming.data_folder import table_file
from icc_data.incoming.readers.opening import streamed_table
from icc_data.incoming.readers.rows import Row
from icc_data.model.columns import columns_of
from icc_data.model.records import LATER_TABLES, TABLES
from icc_data.store.large.plain_csv import read_plainly

LARGE = ("practices", "policy_area_codings")
"""The tables that grow with the practices; the others are read as ever."""
# Where a file as a whole cannot be read, which stands on no line.
NOWHERE = 0
_AT_ONCE = 20_000


def stage(connection: duckdb.DuckDBPyConnection, directory: Path, table: str) -> None:
    """Read a table into ``<table>_cells``, and the lines of rows that have too many or too few cells into
    ``<table>_doubt``.

    Args:
        connection: where both are made, for its time alone.
        directory: the data folder.
        table: one of ``LARGE``.
    """
    # Of an earlier reading, where the files changed meanwhile.
    connection.execute(f"DROP VIEW IF EXISTS {table}_cells")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table}_doubt (line UINTEGER)")
    path = table_file(directory, table)
    is_there = table not in LATER_TABLES or path.exists()
    if is_there and read_plainly(connection, path, table):
        return
    names = [column.name for column in columns_of(TABLES[table])]
    texts = ", ".join(f"{name} VARCHAR NOT NULL" for name in names)
    stands = f"{table}_cells_as_they_stand"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {stands} (number UINTEGER, line UINTEGER, {texts})")
    connection.execute(f"CREATE TEMP VIEW {table}_cells AS FROM {stands}")
    if not is_there:
        return
    try:
        _copy(connection, path, table, names)
    except AtlasError:
        # None of it counts, as where it is read row by row.
        connection.execute(f"DELETE FROM {stands}")
        doubt(connection, table, [NOWHERE])


def forget(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Drop what was read of a table."""
    connection.execute(f"DROP VIEW {table}_read")
    connection.execute(f"DROP VIEW {table}_cells")
    connection.execute(f"DROP TABLE {table}_cells_as_they_stand")


def doubt(connection: duckdb.DuckDBPyConnection, table: str, lines: list[int]) -> None:
    """Note lines of a table whose rows have to be looked at one by one."""
    connection.execute(f"INSERT INTO {table}_doubt SELECT unnest($lines::UINTEGER[])", {"lines": lines})


def _copy(connection: duckdb.DuckDBPyConnection, path: Path, table: str, names: list[str]) -> None:
    with streamed_table(path) as (header, rows):
        places = {name: place for place, name in enumerate(header)}
        count = 0
        while part := list(islice(rows, _AT_ONCE)):
            broken = [one.line for one in part if isinstance(one, Row)]
            if broken:
                doubt(connection, table, broken)
            whole = [one for one in part if not isinstance(one, Row)]
            if not whole:
                continue
            columns = list(zip(*(cells for _, cells in whole), strict=True))
            nothing = [""] * len(whole)
            cells = {
                "number": pa.array(range(count + 1, count + len(whole) + 1), pa.uint32()),
                "line": pa.array([line for line, _ in whole], pa.uint32()),
                **{name: pa.array(columns[places[name]] if name in places else nothing, pa.string()) for name in names},
            }
            connection.from_arrow(pa.table(cells)).insert_into(f"{table}_cells_as_they_stand")
            count += len(whole)
