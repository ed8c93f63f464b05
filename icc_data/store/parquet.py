"""A table of records as Parquet, with types and lists."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from icc_data.model.columns import YEAR, Column, columns_of
from icc_data.model.records import TABLES, Record

# By the name of a column's kind; every other kind is a text.
_TYPES = {"whole number": pa.int32(), "number": pa.float64(), "date": pa.date32()}


def _type(column: Column) -> Any:
    single = pa.int16() if column.kind is YEAR else _TYPES.get(column.kind.name, pa.string())
    return pa.list_(single) if column.many else single


def _cell(value: object) -> object:
    return (list(value) or None) if isinstance(value, tuple) else value


def table_as_parquet(
    table: str, records: Sequence[Record], columns: Collection[str] | None = None, compression: str = "snappy"
) -> bytes:
    """The bytes of a Parquet file; what is unknown, and an empty list, is null.

    Args:
        table: a key of ``records.TABLES``.
        records: its rows.
        columns: the columns to write; None for all.
        compression: a name that Parquet knows.
    """
    chosen = [column for column in columns_of(TABLES[table]) if columns is None or column.name in columns]
    schema = pa.schema(
        pa.field(column.name, _type(column), not column.required, {"description": column.description})
        for column in chosen
    )
    values = [[_cell(getattr(record, column.name)) for record in records] for column in chosen]
    out = io.BytesIO()
    parquet.write_table(pa.table(values, schema=schema), out, compression=compression)
    return out.getvalue()
