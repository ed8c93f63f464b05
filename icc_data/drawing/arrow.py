"""The rows of a chart as a browser takes them: the columns that the chart names, in as few bytes as hold them."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from icc_data.drawing.plain import Spec

# Rows from which on texts that stand there often are written once.
LONG = 50


def arrow_rows(frame: pd.DataFrame, named: frozenset[str] | None = None) -> bytes:
    """Rows as a stream of Arrow, without what pandas says of its columns, which is of no use to a browser.

    Args:
        frame: the rows.
        named: what of them the chart names (``names_in``); None for all columns.
    """
    # A column by itself: to have pandas' index and types told, as Arrow does for a whole frame, takes twice as long.
    columns = {
        str(column): _column(values)
        for column, values in frame.items()
        if named is None or column in named or not str(column).isidentifier()
    }
    table = pa.RecordBatch.from_pydict(columns)
    out = pa.BufferOutputStream()
    with pa.ipc.new_stream(out, table.schema) as writer:
        writer.write_batch(table)
    written: bytes = out.getvalue().to_pybytes()
    return written


def names_in(spec: Spec) -> frozenset[str]:
    """Whatever a chart names anywhere, among it all columns that it can draw or say.

    Args:
        spec: the chart without its rows.
    """
    words = json.dumps(spec, ensure_ascii=False)
    # As the name of a field, between quotes, or in an expression, behind a point.
    return frozenset(re.findall(r"""["'.](\w+)""", words))


def _column(values: pd.Series[Any]) -> pa.Array:
    """A column in as few bytes as hold it."""
    cells = values.array
    if isinstance(cells, pd.arrays.StringArray):
        return _told_once(pa.array(cells.to_numpy(dtype=object), pa.string(), from_pandas=True))
    if isinstance(cells, pd.arrays.NumpyExtensionArray) and cells.dtype.kind in "iu":
        return pa.array(_narrowed(cells.to_numpy()))
    return _short(pa.array(cells, from_pandas=True))


def _narrowed(numbers: npt.NDArray[np.integer]) -> npt.NDArray[np.integer]:
    least, most = (int(numbers.min()), int(numbers.max())) if numbers.size else (None, None)
    return numbers.astype(_narrowest(least, most, pa.from_numpy_dtype(numbers.dtype)).to_pandas_dtype())


def _short(column: pa.Array) -> pa.Array:
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return _told_once(column.cast(pa.string()))
    if pa.types.is_integer(column.type):
        ends = pc.min_max(column).as_py()
        return column.cast(_narrowest(ends["min"], ends["max"], column.type))
    return column


def _told_once(texts: pa.Array) -> pa.Array:
    """Texts that stand there often written once, and numbers that stand for them, where that is shorter."""
    if len(texts) < LONG:
        return texts
    coded = texts.dictionary_encode()
    least = _narrowest(0, len(coded.dictionary), coded.indices.type)
    small = pa.DictionaryArray.from_arrays(coded.indices.cast(least), coded.dictionary)
    return small if small.nbytes < texts.nbytes else texts


def _narrowest(least: int | None, most: int | None, usual: pa.DataType) -> pa.DataType:
    """The whole numbers of fewest bytes that reach from one to another; the usual ones where none of those do."""
    for kind, end in ((pa.int8(), 2**7), (pa.int16(), 2**15), (pa.int32(), 2**31)):
        if (least is None or -end <= least) and (most is None or most < end):
            return kind
    return usual
