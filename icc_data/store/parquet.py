"""A table of records as Parquet, with types and lists."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from typing import Any

import pyarrow as pa
from pyarrow import compute, parquet

from icc_data.model.columns import YEAR, Column, columns_of
from icc_data.model.records import TABLES, Record
from icc_data.store.versions import Texts
from icc_data.text import LIST_SEPARATOR

# Rows whose cells are made at once: of very many, all would not have room.
_AT_ONCE = 10_000
# By the name of a column's kind; every other kind is a text.
_TYPES = {"whole number": pa.int32(), "number": pa.float64(), "date": pa.date32()}


def _type(column: Column) -> Any:
    single = pa.int16() if column.kind is YEAR else _TYPES.get(column.kind.name, pa.string())
    return pa.list_(single) if column.many else single


def _cell(value: object) -> object:
    return (list(value) or None) if isinstance(value, tuple) else value


def schema_of(table: str, columns: Collection[str] | None = None) -> Any:
    """The columns of a table with their types (pyarrow.Schema).

    Args:
        table: a key of ``records.TABLES``.
        columns: those to hold; None for all.
    """
    return pa.schema(
        pa.field(column.name, _type(column), not column.required, {"description": column.description})
        for column in columns_of(TABLES[table])
        if columns is None or column.name in columns
    )


def table_as_arrow(table: str, records: Sequence[Record], columns: Collection[str] | None = None) -> Any:
    """The rows of a table with their types (pyarrow.Table); what is unknown, and an empty list, is null.

    Args:
        table: a key of ``records.TABLES``.
        records: its rows.
        columns: the columns to hold; None for all.
    """
    schema = schema_of(table, columns)
    values = [[_cell(getattr(record, name)) for record in records] for name in schema.names]
    return pa.table(values, schema=schema)


def cells_of_arrow(table: str, rows: Any) -> Any:
    """The rows of a table as the cells of its file, column by column (pyarrow.Table of texts that are never null).

    Args:
        table: a key of ``records.TABLES``.
        rows: a pyarrow.Table, as ``table_as_arrow`` makes it; columns that are none of the table's are passed over.
    """
    texts = _texts(table, rows)
    return pa.table([cells.fill_null("") for cells in texts.values()], names=list(texts))


def _texts(table: str, rows: Any) -> dict[str, Any]:
    """The columns of a table as texts; what is unknown is null or an empty text."""
    columns = [column for column in columns_of(TABLES[table]) if column.name in rows.column_names]
    return {column.name: _as_text(column, rows.column(column.name)) for column in columns}


def _as_text(column: Column, values: Any) -> Any:
    if pa.types.is_floating(values.type):
        return pa.chunked_array([[column.text(value) for value in values.to_pylist()]], pa.string())
    if column.many:
        return compute.binary_join(values.cast(pa.list_(pa.string())), LIST_SEPARATOR)
    return values.cast(pa.string())


def digest_of_arrow(table: str, rows: Any) -> str:
    """A digest of the cells of a table, in the order of its rows and columns.

    Args:
        table: a key of ``records.TABLES``.
        rows: as for ``cells_of_arrow``.
    """
    columns = cells_of_arrow(table, rows.slice(0, 0)).column_names
    digest = sha256("\x1f".join(columns).encode())
    for start in range(0, rows.num_rows, _AT_ONCE):
        cells = cells_of_arrow(table, rows.slice(start, _AT_ONCE)).combine_chunks()
        lines = compute.binary_join_element_wise(*cells.columns, "\x1f").combine_chunks()
        # What parts the rows stands before each: they follow the names of the columns.
        marked = compute.binary_join_element_wise("\x1e", lines, "")
        for letters in letters_of(marked):
            digest.update(letters)
    return digest.hexdigest()


def letters_of(texts: Any) -> Iterator[memoryview]:
    """The letters of an array of texts, one after the other, as they lie in memory.

    Args:
        texts: a pyarrow array of strings, none of which is null.
    """
    _, ends, letters = texts.buffers()
    places = memoryview(ends).cast("i")[texts.offset : texts.offset + len(texts) + 1]
    if len(texts):
        yield memoryview(letters)[places[0] : places[-1]]


def texts_of_arrow(table: str, rows: Any) -> Texts:
    """The rows of a table as texts: what ``table_as_arrow`` made of them, back again.

    Args:
        table: a key of ``records.TABLES``.
        rows: a pyarrow.Table; columns that are none of the table's are passed over.
    """
    texts = _texts(table, rows)
    blank = {column.name: "" for column in columns_of(TABLES[table])}
    # Not by ``cells_of_arrow``: to fill a null, Arrow loads pandas, which takes longer than building the real data.
    cells = zip(*([cell or "" for cell in column.to_pylist()] for column in texts.values()), strict=True)
    return Texts(tuple(texts), tuple({**blank, **dict(zip(texts, row, strict=True))} for row in cells))


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
    return parquet_bytes(table_as_arrow(table, records, columns), compression)


def parquet_bytes(rows: Any, compression: str = "snappy") -> bytes:
    """The bytes of a Parquet file.

    Args:
        rows: a pyarrow.Table.
        compression: a name that Parquet knows.
    """
    out = io.BytesIO()
    parquet.write_table(rows, out, compression=compression)
    return out.getvalue()
