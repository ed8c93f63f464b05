"""The cells of a frame as plain Python values, whatever pandas, numpy or DuckDB made of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from icc_data.text import LIST_SEPARATOR


@dataclass(frozen=True)
class PlainColumn:
    """A column of plain values.

    Attributes:
        name: its name, which no other column of the frame has.
        cells: each None, bool, int, float, str, date, datetime, or a list or mapping of them.
        kind: numpy's letter for what the frame held: ``i``, ``f``, ``b``, ``M``, ``O`` and others.
    """

    name: str
    cells: list[Any]
    kind: str


def plain_columns(frame: pd.DataFrame) -> list[PlainColumn]:
    """The columns of a frame; a name that stands there twice is numbered.

    Whole numbers that pandas keeps as floats because one is missing become whole again, and moments that are all
    at midnight become dates.
    """
    names = _unique(str(name) for name in frame.columns)
    series = [frame.iloc[:, place] for place in range(len(names))]
    return [
        PlainColumn(name, _as_days(_as_whole([plain(value) for value in values.astype(object)])), values.dtype.kind)
        for name, values in zip(names, series, strict=True)
    ]


def plain(value: Any) -> Any:
    """A value as one of Python's own; None where it is missing."""
    if value is None or value is pd.NA or value is pd.NaT or value is np.ma.masked:
        return None
    if isinstance(value, str):
        return value if value.isascii() else _encodable(value)
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return None if value != value else float(value)
    for kind, read in _READINGS:
        if isinstance(value, kind):
            return read(value)
    return _encodable(str(value))


def text_of(cell: Any) -> str:
    """A plain value as the text of a cell: lists joined, nothing for what is missing."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, list):
        return LIST_SEPARATOR.join(map(text_of, cell))
    if isinstance(cell, dict):
        return json.dumps(cell, ensure_ascii=False, default=text_of)
    return repr(cell) if isinstance(cell, float) else str(cell)


def is_number(cell: Any) -> bool:
    """Whether a plain value is a number (or a truth value) that is written as such."""
    return isinstance(cell, int) or (isinstance(cell, float) and abs(cell) != float("inf"))


def _unique(names: Iterable[str]) -> list[str]:
    taken: dict[str, None] = {}
    for name in map(_encodable, names):
        candidate, count = name, 2
        while candidate in taken:
            candidate, count = f"{name}_{count}", count + 1
        taken[candidate] = None
    return list(taken)


def _encodable(text: str) -> str:
    # Half a surrogate pair is no character, and no file can hold it.
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _moment(value: datetime) -> datetime:
    return value.to_pydatetime(warn=False) if isinstance(value, pd.Timestamp) else value


def _scalar(value: np.generic) -> Any:
    if isinstance(value, np.datetime64):
        return plain(pd.Timestamp(value))
    if isinstance(value, np.timedelta64):
        return plain(pd.Timedelta(value))
    inside = value.item()
    return str(inside) if isinstance(inside, np.generic) else plain(inside)


_READINGS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (datetime, _moment),
    (date, lambda value: value),
    ((list, tuple, set, frozenset, np.ndarray), lambda value: _as_days([plain(part) for part in value])),
    (Mapping, lambda value: {_encodable(str(key)): plain(part) for key, part in value.items()}),
    (np.generic, _scalar),
    (Decimal, lambda value: plain(float(value))),
    (time, lambda value: value.isoformat()),
    (timedelta, str),
    ((bytes, bytearray), lambda value: bytes(value).hex()),
)


def _as_whole(cells: list[Any]) -> list[Any]:
    known = [cell for cell in cells if cell is not None]
    if not any(type(cell) is float for cell in known):
        return cells
    if not all(type(cell) in (int, float) and abs(cell) < 10**15 and cell == int(cell) for cell in known):
        return cells
    return [None if cell is None else int(cell) for cell in cells]


def _as_days(cells: list[Any]) -> list[Any]:
    known = [cell for cell in cells if cell is not None]
    at_midnight = (isinstance(cell, datetime) and cell.tzinfo is None and cell.time() == time() for cell in known)
    if not known or not all(at_midnight):
        return cells
    return [None if cell is None else cell.date() for cell in cells]
