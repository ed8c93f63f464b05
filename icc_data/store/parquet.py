"""A table of records as Parquet, with types and lists."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from icc_data.model.columns import YEAR, Column, columns_of
from icc_data.model.records import TABLES, Record
from icc_data.store.versions import Texts

# By the name of a column's kind; every other kind is a text.
_TYPES = {"whole number": pa.int32(), "number": pa.float64(), "date": pa.date32()}


def _type(column: Column) -> Any:
    single = pa.int16() if column.kind is YEAR else _TYPES.get(column.kind.name, pa.string())
    return pa.list_(single) if column.many else single


def _cell(value: object) -> object:
    return (list(value) or None) if isinstance(value, tuple) else value


def table_as_arrow(table: str, records: Sequence[Record], columns: Collection[str] | None = None) -> Any:
    """The rows of a table with their types (pyarrow.Table); what is unknown, and an empty list, is null.

    Args:
        table: a key of ``records.TABLES``.
        records: its rows.
        columns: the columns to hold; None for all.
    """
    chosen = [column for column in columns_of(TABLES[table]) if columns is None or column.name in columns]
    schema = pa.schema(
        pa.field(column.name, _type(column), not column.required, {"description": column.description})
        for column in chosen
    )
    values = [[_cell(getattr(record, column.name)) for record in records] for column in chosen]
    return pa.table(values, schema=schema)


def texts_of_arrow(table: str, rows: Any) -> Texts:
    """The rows of a table as texts: what ``table_as_arrow`` made of them, back again.

    Args:
        table: a key of ``records.TABLES``.
        rows: a pyarrow.Table; columns that are none of the table's are passed over.
    """
    columns = [column for column in columns_of(TABLES[table]) if column.name in rows.column_names]
    empty: dict[bool, Any] = {True: (), False: None}
    texts = [
        [column.text(empty[column.many] if value is None else value) for value in rows.column(column.name).to_pylist()]
        for column in columns
    ]
    names = tuple(column.name for column in columns)
    blank = {column.name: "" for column in columns_of(TABLES[table])}
    return Texts(names, tuple({**blank, **dict(zip(names, row, strict=True))} for row in zip(*texts, strict=True)))


def table_as_parquet(
    table: str, records: Sequence[Record], columns: Collection[str] | None = None, compression: str = "snappy"
) -> bytes:
    """The bytes of a Parquet file of ``table_as_arrow``.

    Args:
        table: a key of ``records.TABLES``.
        records: its rows.
        columns: the columns to write; None for all.
        compression: a name that Parquet knows.
    """
    out = io.BytesIO()
    parquet.write_table(table_as_arrow(table, records, columns), out, compression=compression)
    return out.getvalue()
