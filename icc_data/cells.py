"""Frames row by row, and their cells as plain Python values, whatever pandas, numpy or DuckDB made of them."""

from __future__ import annotations

import json
import re
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeGuard, TypeVar

import numpy as np
import pandas as pd

from icc_data.text import LIST_SEPARATOR

T = TypeVar("T")

# Texts of a frame are Python's own, as the database gives them and charts take them: pandas would turn each column, and
# the names of the columns at nearly every step, into Arrow's and back, a quarter of what small frames take.
pd.options.mode.string_storage = "python"


def is_known(cell: T | None) -> TypeGuard[T]:
    """Whether a cell holds something: not None, NaN, NaT or pandas' NA. A list is something, be it empty."""
    value: Any = cell
    return not (pd.api.types.is_scalar(value) and pd.isna(value))


def is_list(cell: Any) -> bool:
    """Whether a cell holds a list, of whatever type DuckDB and pandas made it; a text is none."""
    return isinstance(cell, list | tuple | set | frozenset | np.ndarray)


def list_of(cell: Any) -> list[Any]:
    """The parts of a cell that holds a list; none where it is missing."""
    return list(cell) if is_list(cell) else []


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a frame, each with its columns as attributes."""
    return map(_row(tuple(map(str, frame.columns)))._make, _cells_of(frame))


def words_of(frame: pd.DataFrame, say: Callable[[Any], str], *columns: str) -> list[str]:
    """What is said of each row; of rows that hold the same it is said once, and a picture has few that do not.

    Args:
        frame: the rows.
        say: gives the words of a row, which has the columns as attributes.
        columns: what the words depend on.
    """
    rows = list(zip(*(frame[column].tolist() for column in columns), strict=True))
    row_of = _row(columns)._make
    words = {row: say(row_of(row)) for row in dict.fromkeys(rows)}
    return [words[row] for row in rows]


@lru_cache(maxsize=1000)
def _row(columns: tuple[str, ...]) -> Any:
    # Made once: to make such a class takes longer than to go through most frames, and pandas makes one each time.
    return namedtuple("Row", columns, rename=True)


def dicts_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as dictionaries."""
    names = list(map(str, frame.columns))
    # A column at once: pandas looks at the type of each cell, which takes five times as long.
    columns = [_natives(frame.iloc[:, place]) for place in range(len(names))]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _natives(values: pd.Series) -> list[Any]:
    """Numbers of numpy as Python's own; pandas' NA as None, as ``to_dict`` has them."""
    cells: list[Any] = values.tolist()
    if isinstance(values.dtype, np.dtype) and values.dtype != object:
        return cells
    return [
        None if cell is pd.NA else cell.item() if isinstance(cell, np.number | np.bool_) else cell for cell in cells
    ]


def _cells_of(frame: pd.DataFrame) -> Iterator[list[Any]]:
    # A thousand rows at once: cell by cell, pandas takes four times as long, and all of a million would be held twice.
    for start in range(0, len(frame), 1000):
        yield from frame.iloc[start : start + 1000].to_numpy(dtype=object).tolist()


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
        PlainColumn(name, _as_days(_as_whole(_python_values(values))), values.dtype.kind)
        for name, values in zip(names, series, strict=True)
    ]


def _python_values(values: pd.Series) -> list[Any]:
    cells = values.astype(object)
    # Text columns have texts and what is missing; the same one stands there often, as the object that it is.
    if isinstance(values.dtype, pd.StringDtype):
        return [cell if type(cell) is str and cell.isascii() else python_value(cell) for cell in cells]
    return list(map(python_value, cells))


def python_value(value: Any) -> Any:
    """A value as one of Python's own; None where it is missing."""
    # Most cells are texts.
    if isinstance(value, str):
        return str(value) if value.isascii() else _encodable(value)
    if value is None or value is pd.NA or value is pd.NaT or value is np.ma.masked:
        return None
    if isinstance(value, np.ndarray):
        return _python_list(value)
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return None if value != value else float(value)
    for kind, read in _READINGS:
        if isinstance(value, kind):
            return read(value)
    return _encodable(str(value))


def text_of(cell: Any) -> str:
    """A plain value as the text of a cell: lists joined, nothing for what is missing."""
    if isinstance(cell, str):
        return str(cell)
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


def _python_list(parts: Iterable[Any]) -> list[Any]:
    if isinstance(parts, np.ndarray) and parts.dtype == object:
        # Of objects these are the objects themselves, in a list that Python goes through faster.
        parts = parts.tolist()
    return _as_days([python_value(part) for part in parts])


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
    try:
        text.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text)
    return str(text)


def _moment(value: datetime) -> datetime:
    return value.to_pydatetime(warn=False) if isinstance(value, pd.Timestamp) else value


def _scalar(value: np.generic) -> Any:
    if isinstance(value, np.datetime64):
        return python_value(pd.Timestamp(value))
    if isinstance(value, np.timedelta64):
        return python_value(pd.Timedelta(value))
    inside = value.item()
    return str(inside) if isinstance(inside, np.generic) else python_value(inside)


_READINGS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    ((list, tuple, set, frozenset), lambda value: _python_list(value)),
    (datetime, _moment),
    (date, lambda value: value),
    (Mapping, lambda value: {_encodable(str(key)): python_value(part) for key, part in value.items()}),
    (np.generic, _scalar),
    (Decimal, lambda value: python_value(float(value))),
    (time, lambda value: value.isoformat()),
    (timedelta, str),
    ((bytes, bytearray), lambda value: bytes(value).hex()),
)


def _as_whole(cells: list[Any]) -> list[Any]:
    filled = [cell for cell in cells if cell is not None]
    if not any(type(cell) is float for cell in filled):
        return cells
    if not all(type(cell) in (int, float) and abs(cell) < 10**15 and cell == int(cell) for cell in filled):
        return cells
    return [None if cell is None else int(cell) for cell in cells]


def _as_days(cells: list[Any]) -> list[Any]:
    # Written out, as each list of each row comes here.
    for cell in cells:
        if cell is not None and not (isinstance(cell, datetime) and cell.tzinfo is None and cell.time() == time()):
            return cells
    return [None if cell is None else cell.date() for cell in cells]
