"""Two versions of the data in one database in memory, to ask what differs."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from icc_data.model.columns import columns_of
from icc_data.model.identifiers import KEYS
from icc_data.model.records import TABLES
from icc_data.paths import sql_beside
from icc_data.store.versions import Tables

# What two readers coded comes to the policy areas of a practice, which are compared.
_NOT_COMPARED = frozenset({"policy_area_codings"})


def _cells(side: str, tables: Tables) -> pa.Table:
    names: list[str] = []
    keys: list[str] = []
    fields: list[str] = []
    values: list[str] = []
    for table, texts in tables.items():
        if table in _NOT_COMPARED:
            continue
        parts = KEYS[table]
        for row in texts.rows:
            key = " ".join(row[part] for part in parts)
            held = [column for column in texts.columns if row[column]]
            names += [table] * len(held)
            keys += [key] * len(held)
            fields += held
            values += [row[column] for column in held]
    sides = pa.DictionaryArray.from_arrays(pa.array([0] * len(names), pa.int8()), [side]).cast(pa.string())
    texts_type = pa.string()
    columns = [pa.array(column, texts_type) for column in (names, keys, fields, values)]
    return pa.table([sides, *columns], names=["side", "tbl", "key", "field", "value"])


def _recorded(side: str, tables: Tables) -> list[tuple[str, str, str, int]]:
    order = {table: [column.name for column in columns_of(record_type)] for table, record_type in TABLES.items()}
    return [(side, table, name, order[table].index(name)) for table, texts in tables.items() for name in texts.columns]


def open_comparison(before: Tables, after: Tables) -> duckdb.DuckDBPyConnection:
    """A database in memory of two versions, for the questions of ``change_queries``.

    Args:
        before, after: the tables of each; a table or a column that one does not have was not recorded then.

    Returns:
        A connection that can reach no file, no network and no settings. Each thread takes its own ``cursor()``.
    """
    connection = duckdb.connect(":memory:", config={"temp_directory": ""})
    connection.execute(sql_beside(__file__, "comparison"))
    rows: list[tuple[str, str, str, int]] = []
    for side, tables in (("before", before), ("after", after)):
        connection.from_arrow(_cells(side, tables)).insert_into("cell")
        rows += _recorded(side, tables)
    names = ("side", "tbl", "field", "position")
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    connection.from_arrow(pa.table(columns)).insert_into("recorded")
    connection.execute("SET threads = 1")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection
