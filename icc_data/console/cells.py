"""Rows as a screen, a chart and a spreadsheet can show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

_NUMBERS = ("float", "double", "decimal", "boolean")
_WHOLE = ("tinyint", "smallint", "integer", "bigint", "hugeint")
_TIMES = ("date", "time", "timestamp", "timestamp_s", "timestamp_ms", "timestamp_ns", "timestamp with time zone")
_TEXTS = ("varchar", "enum", "uuid", "null")
_PLAIN = frozenset((*_WHOLE, *(f"u{name}" for name in _WHOLE), *_NUMBERS, *_TIMES, *_TEXTS))


def gathered(batches: Iterable[pa.RecordBatch], *, rows: int, size: int) -> tuple[list[pa.RecordBatch], bool, bool]:
    """Take batches until there are enough.

    Args:
        batches: are made while they are taken.
        rows: the most rows to take.
        size: the most bytes to take.

    Returns:
        The batches, whether there were more rows, and whether those were left for their size.
    """
    taken: list[pa.RecordBatch] = []
    for batch in batches:
        fitting = _fitting(batch, size)
        kept = min(fitting, rows)
        taken.append(batch.slice(0, kept))
        rows, size = rows - kept, size - taken[-1].nbytes
        if kept < batch.num_rows:
            return taken, True, kept == fitting
    return taken, False, False


def _fitting(batch: pa.RecordBatch, size: int) -> int:
    low, high = 0, int(batch.num_rows)
    if batch.nbytes <= size:
        return high
    while low < high - 1:
        middle = (low + high) // 2
        low, high = (middle, high) if batch.slice(0, middle).nbytes <= size else (low, middle)
    return low


def as_text(columns: Sequence[Sequence[Any]]) -> str | None:
    """What to select, so that everything that is neither plain nor a list of plain values becomes a text.

    Args:
        columns: DuckDB's description of a result: name and type of each column first.

    Returns:
        The list for a SELECT from that result; None where there is nothing to be done.
    """
    odd = [not _is_plain(column[1]) for column in columns]
    if not any(odd):
        return None
    names = ['"' + str(column[0]).replace('"', '""') + '"' for column in columns]
    return ", ".join(
        f"#{place}{'::VARCHAR' if strange else ''} AS {name}"
        for place, (name, strange) in enumerate(zip(names, odd, strict=True), start=1)
    )


def _is_plain(kind: Any) -> bool:
    return kind.id in _PLAIN or (kind.id == "list" and kind.children[0][1].id in _PLAIN)


def showable(table: pa.Table) -> pa.Table:
    """The table with columns that everything can show, each with a name of its own.

    Whole numbers of more than 64 bits and decimals become floating-point numbers; times lose their zone, which is
    UTC.
    """
    names: list[str] = []
    for name in table.column_names:
        number = 1
        while (unique := name if number == 1 else f"{name} ({number})") in names:
            number += 1
        names.append(unique)
    return pa.table([_plain(column) for column in table.columns], names=names)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if kinds.is_dictionary(kind):
        return pc.cast(column, kind.value_type)
    if kinds.is_decimal(kind):
        return _number(column)
    if kinds.is_timestamp(kind):
        return pc.cast(column, pa.timestamp("us"), safe=False)
    return column


def _number(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if column.type.scale == 0:
        try:
            return pc.cast(column, pa.int64())
        except pa.ArrowInvalid:
            pass
    return pc.cast(column, pa.float64())
