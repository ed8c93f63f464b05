"""The answer of the database as a frame, made of its columns as they come."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import pandas as pd

_TEXT = pd.StringDtype(na_value=np.nan)
_STRINGS: Any = _TEXT.construct_array_type()
_NULLABLE: dict[str, Any] = {"i": pd.arrays.IntegerArray, "u": pd.arrays.IntegerArray, "b": pd.arrays.BooleanArray}


def frame_of(answer: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The frame that DuckDB's own ``df`` makes of an answer, in a fraction of the time.

    Most answers are small: ``df`` takes longer over one than the database, as it lets pandas find out anew what each
    column holds, and makes two of a column that lacks something.

    Args:
        answer: a connection with the answer in it, whose columns have each a name of their own.
    """
    kinds = [column[1] for column in answer.description]
    columns = answer.fetchnumpy()
    return pd.DataFrame(
        {name: _column(values, kind) for (name, values), kind in zip(columns.items(), kinds, strict=True)}, copy=False
    )


def _column(values: Any, kind: Any) -> Any:
    if not isinstance(values, np.ma.MaskedArray):
        texts = len(values) and kind == "VARCHAR"
        return _STRINGS._from_sequence(values, dtype=_TEXT) if texts else values
    cells, missing = values.data, np.ma.getmaskarray(values)
    if kind == "VARCHAR":
        cells[missing] = None
        return cells if missing.all() else _STRINGS._from_sequence(cells, dtype=_TEXT)
    if cells.dtype.kind in _NULLABLE:
        return _NULLABLE[cells.dtype.kind](cells, missing)
    cells[missing] = {"f": np.nan, "M": np.datetime64("NaT"), "O": pd.NA}[cells.dtype.kind]
    return cells
