"""The frame of an answer is the one that DuckDB's own ``df`` makes, whatever its columns hold and lack."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from icc_data.queries.frames import frame_of

KINDS = {
    "whole number": ("1::SMALLINT", "2"),
    "whole number without a sign": ("1::UINTEGER", "2"),
    "sum of whole numbers": ("1::HUGEINT", "2"),
    "number": ("1.5::DOUBLE", "2.5"),
    "decimal": ("1.25::DECIMAL(5, 2)", "2.5"),
    "text": ("'é'", "''"),
    "truth value": ("true", "false"),
    "day": ("DATE '2020-01-01'", "DATE '2021-12-31'"),
    "moment": ("TIMESTAMP '2020-01-01 01:02:03'", "TIMESTAMP '2021-01-01 00:00:00'"),
    "list": ("['a', 'b']", "['c']"),
    "mapping": ("{'name': 'a'}", "{'name': 'b'}"),
}


@pytest.mark.parametrize("missing", ["nothing", "one", "all", "rows"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_column_is_the_one_of_duckdb(kind: str, missing: str):
    first, second = KINDS[kind]
    null = f"if(false, {first}, NULL)"
    cells = {"nothing": [first, second], "one": [first, null, second], "all": [null, null], "rows": [first]}[missing]
    rows = " UNION ALL ".join(f"SELECT {place} AS place, {cell} AS cell" for place, cell in enumerate(cells))
    question = f"SELECT cell, place FROM ({rows}) {'WHERE false' if missing == 'rows' else ''} ORDER BY place"  # noqa: S608
    connection = duckdb.connect()
    expected, frame = connection.execute(question).df(), frame_of(connection.execute(question))
    pd.testing.assert_frame_equal(frame, expected)
    assert repr(frame["cell"].tolist()) == repr(expected["cell"].tolist())
    assert type(frame["cell"].array) is type(expected["cell"].array)


def test_what_is_written_into_a_frame_stays_there():
    frame = frame_of(duckdb.connect().execute("SELECT 1 AS number, 'a' AS text, NULL::INT AS nothing"))
    frame.loc[0, "number"], frame.loc[0, "text"], frame.loc[0, "nothing"] = 2, "b", 3
    assert frame.to_dict("records") == [{"number": 2, "text": "b", "nothing": 3}]
