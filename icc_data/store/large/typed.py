"""Large tables with their types, as they were read, column by column."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import duckdb

from icc_data.model.columns import columns_of
from icc_data.model.records import TABLES
from icc_data.store.parquet import schema_of
from icc_data.text import LIST_SEPARATOR

# By the name of a column's kind; every other kind is a text.
_TYPES = {"whole number": "INTEGER", "number": "DOUBLE", "date": "DATE"}


def typed_rows(connection: duckdb.DuckDBPyConnection, table: str, columns: Collection[str] | None = None) -> Any:
    """As ``parquet.table_as_arrow``, in the order of the file.

    Args:
        connection: with ``<table>_read``.
        table: one of ``LARGE``.
        columns: the columns to hold; None for all.
    """
    schema = schema_of(table, columns)
    picked = ", ".join(
        f"string_split({column.name}, '{LIST_SEPARATOR}') AS {column.name}"
        if column.many
        else f"{column.name}::{_TYPES.get(column.kind.name, 'VARCHAR')} AS {column.name}"
        for column in columns_of(TABLES[table])
        if column.name in schema.names
    )
    return connection.execute(f"SELECT {picked} FROM {table}_read ORDER BY number").to_arrow_table().cast(schema)
