"""Whatever pandas, numpy or DuckDB made of a value, a file gets one of Python's own."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from icc_data.cells import dicts_of, is_known, is_number, list_of, plain_columns, python_value, rows_of, text_of


def cells(values: list[Any], **kind: Any) -> list[Any]:
    (column,) = plain_columns(pd.DataFrame({"x": pd.Series(values, **kind)}))
    return column.cells


@pytest.mark.parametrize("value", [None, np.nan, float("nan"), pd.NA, pd.NaT, np.datetime64("NaT"), Decimal("NaN")])
def test_what_is_missing_is_none(value: Any) -> None:
    assert python_value(value) is None


@pytest.mark.parametrize("value", [None, np.nan, float("nan"), pd.NA, pd.NaT, np.datetime64("NaT"), np.float32("nan")])
def test_what_is_missing_is_not_known(value: Any) -> None:
    assert not is_known(value)


@pytest.mark.parametrize("value", [0, 0.0, "", False, [], np.array([np.nan]), np.array([]), {}, frozenset(), "nan"])
def test_nothing_counted_and_an_empty_text_or_list_are_known(value: Any) -> None:
    assert is_known(value)


@pytest.mark.parametrize("value", [["a", "b"], ("a", "b"), np.array(["a", "b"])])
def test_a_list_of_any_type_is_a_list(value: Any) -> None:
    assert list_of(value) == ["a", "b"]


@pytest.mark.parametrize("value", [None, np.nan, pd.NA, "ab", 3])
def test_what_is_no_list_has_no_parts(value: Any) -> None:
    assert list_of(value) == []


def test_a_frame_is_gone_through_row_by_row() -> None:
    frame = pd.DataFrame({"code": ["a", "b"], "practices": [1, 2]}, index=[7, 8])
    assert dicts_of(frame) == [{"code": "a", "practices": 1}, {"code": "b", "practices": 2}]
    assert [(row.code, row.practices) for row in rows_of(frame)] == [("a", 1), ("b", 2)]


def test_the_cells_of_dictionaries_are_pythons_own_and_none_where_pandas_has_its_na():
    frame = pd.DataFrame(
        {
            "mixed": pd.Series([np.int64(3), "x", np.bool_(True)], dtype=object),
            "whole": pd.array([1, None, 2], dtype="Int64"),
            "share": [0.5, 1.0, 2.0],
        }
    )
    rows = dicts_of(frame)
    assert rows[:2] == [{"mixed": 3, "whole": 1, "share": 0.5}, {"mixed": "x", "whole": None, "share": 1.0}]
    assert [type(cell) for cell in rows[0].values()] == [int, int, float]
    assert rows[2]["mixed"] is True


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.int64(3), 3),
        (np.float32(0.5), 0.5),
        (np.bool_(True), True),
        (np.str_("é"), "é"),
        (Decimal("1.50"), 1.5),
        (pd.Timestamp("2020-02-03 04:05"), datetime(2020, 2, 3, 4, 5)),
        (np.datetime64("2020-02-03T04:05"), datetime(2020, 2, 3, 4, 5)),
        (time(4, 5, 6), "04:05:06"),
        (timedelta(days=3), "3 days, 0:00:00"),
        (b"\x00a", "0061"),
        ({1: np.int64(2)}, {"1": 2}),
        ((np.int64(1), None), [1, None]),
        (np.array([1.5, np.nan]), [1.5, None]),
        ("a\ud800", "a\ufffd"),
    ],
)
def test_a_value_becomes_one_of_pythons_own(value: Any, expected: Any) -> None:
    found = python_value(value)
    assert (found, type(found)) == (expected, type(expected))


def test_whole_numbers_that_a_gap_made_decimals_are_whole_again() -> None:
    assert [(cell, type(cell)) for cell in cells([2019.0, np.nan, 2021.0])] == [
        (2019, int),
        (None, type(None)),
        (2021, int),
    ]


@pytest.mark.parametrize("values", [[1.0, 2.5], [1e15, 1.0], [float("inf"), 1.0]], ids=["a half", "too large", "inf"])
def test_one_number_that_is_not_whole_keeps_the_others_decimals(values: list[float]) -> None:
    assert cells(values) == values
    assert {type(cell) for cell in cells(values)} == {float}


def test_moments_that_are_all_at_midnight_are_dates() -> None:
    assert cells(["2020-02-03", None], dtype="datetime64[ns]") == [date(2020, 2, 3), None]


def test_moments_of_which_one_is_not_at_midnight_stay_moments() -> None:
    found = cells(["2020-02-03", "2020-02-03 00:00:01"], dtype="datetime64[ns]")
    assert found == [datetime(2020, 2, 3), datetime(2020, 2, 3, 0, 0, 1)]


def test_a_midnight_somewhere_on_earth_is_no_date() -> None:
    assert cells([pd.Timestamp("2020-02-03", tz="UTC")])[0].tzinfo is not None


def test_dates_within_a_list_are_dates_too() -> None:
    assert python_value([pd.Timestamp("2020-02-03"), None]) == [date(2020, 2, 3), None]


def test_columns_of_one_name_are_numbered_and_never_take_a_name_that_is_there() -> None:
    frame = pd.DataFrame([[1, 2, 3, 4]], columns=["x", "x", "x_2", "x"])
    assert [column.name for column in plain_columns(frame)] == ["x", "x_2", "x_2_2", "x_3"]


def test_a_column_says_what_the_frame_held() -> None:
    frame = pd.DataFrame({"a": [1], "b": [1.0], "c": ["x"], "d": [True], "e": pd.to_datetime(["2020-01-01"])})
    kinds = {column.name: column.kind for column in plain_columns(frame)}
    assert (kinds["a"], kinds["b"], kinds["d"], kinds["e"]) == ("i", "f", "b", "M")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (3, "3"),
        (1e-7, "1e-07"),
        (date(2020, 2, 3), "2020-02-03"),
        (datetime(2020, 2, 3, 4, 5), "2020-02-03 04:05:00"),
        (["a", None, True], "a; ; true"),
        ({"a": date(2020, 2, 3), "é": [1]}, '{"a": "2020-02-03", "é": [1]}'),
    ],
)
def test_a_cell_has_one_text(cell: Any, text: str) -> None:
    assert text_of(cell) == text


@pytest.mark.parametrize("cell", [0, -1, 1.5, True])
def test_numbers_and_truth_values_are_written_as_such(cell: Any) -> None:
    assert is_number(cell)


@pytest.mark.parametrize("cell", [float("inf"), float("-inf"), "1", None, [1], date(2020, 1, 1)])
def test_what_no_file_writes_as_a_number_is_none(cell: Any) -> None:
    assert not is_number(cell)
