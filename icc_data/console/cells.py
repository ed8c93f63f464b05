"""Rows as a screen, a chart and a spreadsheet can show them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

_WHOLE = ("tinyint", "smallint", "integer", "bigint", "utinyint", "usmallint", "uinteger", "ubigint")
_IN_LISTS = frozenset((*_WHOLE, "float", "double", "boolean", "varchar", "enum", "uuid", "null"))
_TIMES = ("date", "time", "timestamp", "timestamp_s", "timestamp_ms", "timestamp_ns", "timestamp with time zone")
_PLAIN = _IN_LISTS | {"hugeint", "decimal", *_TIMES}
_DAYS = (date.min.toordinal() - date(1970, 1, 1).toordinal(), date.max.toordinal() - date(1970, 1, 1).toordinal())
_UNITS = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
_DAY = 24 * 60 * 60


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


def as_text(columns: Sequence[Sequence[Any]], others: Collection[int] = ()) -> str | None:
    """What to select, so that everything that is neither plain nor a list of plain values becomes a text.

    Args:
        columns: DuckDB's description of a result: name and type of each column first.
        others: places of more columns, from 0, that shall become texts.

    Returns:
        The list for a SELECT from that result; None where there is nothing to be done.
    """
    odd = [place in others or not _is_plain(column[1]) for place, column in enumerate(columns)]
    if not any(odd):
        return None
    names = ['"' + str(column[0]).replace('"', '""') + '"' for column in columns]
    return ", ".join(
        f"#{place}{'::VARCHAR' if strange else ''} AS {name}"
        for place, (name, strange) in enumerate(zip(names, odd, strict=True), start=1)
    )


def _is_plain(kind: Any) -> bool:
    return kind.id in _PLAIN or (kind.id == "list" and kind.children[0][1].id in _IN_LISTS)


def inexact(table: pa.Table) -> list[int]:
    """The places, from 0, of columns that only a text can hold without losing a digit or leaving Python's calendar.

    Those are decimals and whole numbers with too many digits, days before the year 1 and after 9999, the infinite ones,
    and the time 24:00:00.
    """
    return [place for place, column in enumerate(table.columns) if _is_inexact(column)]


def _is_inexact(column: pa.ChunkedArray) -> bool:
    if kinds.is_decimal(column.type):
        return _number(column) is None
    return bool(kinds.is_temporal(column.type)) and not _in_calendar(column)


def showable(table: pa.Table) -> pa.Table:
    """The table with columns that everything can show, each with a name of its own; none is ``inexact``.

    Decimals become whole or floating-point numbers; times lose their zone, which is UTC.
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


def _number(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    try:
        if column.type.scale == 0:
            return pc.cast(column, pa.int64())
        doubles = pc.cast(column, pa.float64())
        same = pc.all(pc.equal(pc.cast(doubles, column.type), column)).as_py()
    except pa.ArrowInvalid:
        return None
    return None if same is False else doubles


def _in_calendar(column: pa.ChunkedArray) -> bool:
    kind = column.type
    if kinds.is_date(kind):
        least, most = _DAYS
    elif kinds.is_time(kind):
        least, most = 0, _DAY * _UNITS[kind.unit] - 1
    else:
        least, most = (day * _DAY * _UNITS[kind.unit] for day in (_DAYS[0], _DAYS[1] + 1))
        # The greatest and the smallest count of anything stand for the infinite.
        least, most = max(least, 2 - 2**63), min(most - 1, 2**63 - 2)
    counts = pc.cast(column, pa.int32() if kind.bit_width == 32 else pa.int64())
    ends = pc.min_max(counts).as_py()
    return ends["min"] is None or (least <= ends["min"] and ends["max"] <= most)
