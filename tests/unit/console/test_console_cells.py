"""The rows of a question: as many as there is room for, in columns that everything can show."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest

from icc_data.console.cells import as_text, gathered, inexact, showable

ROOMY = 10**9


def batch(*values: int) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({"n": pa.array(values, pa.int64())})


def numbers(batches: list[pa.RecordBatch]) -> list[int]:
    return [value for part in batches for value in part.column(0).to_pylist()]


def test_all_rows_are_taken_where_there_is_room() -> None:
    taken, more, too_large = gathered([batch(1, 2), batch(3)], rows=3, size=ROOMY)
    assert (numbers(taken), more, too_large) == ([1, 2, 3], False, False)


def test_rows_beyond_the_most_are_left_and_that_is_told() -> None:
    taken, more, too_large = gathered([batch(1, 2), batch(3, 4)], rows=3, size=ROOMY)
    assert (numbers(taken), more, too_large) == ([1, 2, 3], True, False)


def test_a_row_beyond_the_most_is_noticed_where_a_batch_ends() -> None:
    taken, more, too_large = gathered([batch(1, 2), batch(3)], rows=2, size=ROOMY)
    assert (numbers(taken), more, too_large) == ([1, 2], True, False)


def test_rows_that_are_too_large_together_are_left_for_their_size() -> None:
    taken, more, too_large = gathered([batch(1, 2), batch(3, 4)], rows=100, size=24)
    assert (numbers(taken), more, too_large) == ([1, 2, 3], True, True)


def test_nothing_is_made_beyond_what_is_taken() -> None:
    made: list[int] = []

    def batches() -> Iterator[pa.RecordBatch]:
        for number in range(100):
            made.append(number)
            yield batch(number)

    gathered(batches(), rows=3, size=ROOMY)
    assert made == [0, 1, 2, 3]


@pytest.mark.parametrize("kind", ["INTEGER", "DECIMAL(9,2)", "DATE", "TIMESTAMPTZ", "VARCHAR", "UUID", "BIGINT[]"])
def test_plain_values_and_lists_of_them_are_selected_as_they_are(kind: str) -> None:
    assert as_text(duckdb.sql(f"SELECT NULL::{kind} AS x").description) is None


@pytest.mark.parametrize("kind", ["STRUCT(a INTEGER)", "MAP(VARCHAR, INTEGER)", "INTERVAL", "BLOB", "INTEGER[][]"])
def test_anything_else_is_selected_as_a_text(kind: str) -> None:
    assert as_text(duckdb.sql(f"SELECT 1 AS n, NULL::{kind} AS x").description) == '#1 AS "n", #2::VARCHAR AS "x"'


def test_the_name_of_a_column_stays_a_name_whatever_it_holds() -> None:
    question = duckdb.sql("""SELECT {'a': 1} AS "x"", (SELECT 1) AS ""y" """)
    selected = duckdb.sql(f"SELECT {as_text(question.description)} FROM question")  # noqa: S608
    assert selected.columns == ['x", (SELECT 1) AS "y']
    assert selected.fetchall() == [("{'a': 1}",)]


def test_columns_of_one_name_are_told_apart() -> None:
    table = pa.table([[1], [2], [3]], names=["n", "n", "n (2)"])
    assert showable(table).column_names == ["n", "n (2)", "n (2) (2)"]


@pytest.mark.parametrize(
    "kind", ["DATE[]", "TIME[]", "DECIMAL(9,2)[]", "HUGEINT[]", "UHUGEINT", "TIMETZ", "BIGNUM", "BIT"]
)
def test_what_python_may_not_hold_is_selected_as_a_text_wherever_it_stands(kind: str) -> None:
    assert as_text(duckdb.sql(f"SELECT NULL::{kind} AS x").description) == '#1::VARCHAR AS "x"'


def test_columns_that_turn_out_inexact_are_selected_as_texts_too() -> None:
    assert as_text(duckdb.sql("SELECT 1 AS n, 2 AS m").description, [1]) == '#1 AS "n", #2::VARCHAR AS "m"'


# One value, and whether a column of it and of a missing one can be held as what it is.
HELD = {
    "DATE '0001-01-01'": True,
    "DATE '9999-12-31'": True,
    "DATE '10000-01-01'": False,
    "DATE '0001-12-31 (BC)'": False,
    "'infinity'::DATE": False,
    "'-infinity'::DATE": False,
    "TIME '23:59:59.999999'": True,
    "TIME '24:00:00'": False,
    "TIMESTAMP '9999-12-31 23:59:59.999999'": True,
    "TIMESTAMP '10000-01-01 00:00:00'": False,
    "TIMESTAMP_S '9999-12-31 23:59:59'": True,
    "TIMESTAMP_S '10000-01-01 00:00:00'": False,
    "TIMESTAMP_MS '294247-01-01 00:00:00'": False,
    "'infinity'::TIMESTAMP": False,
    "'-infinity'::TIMESTAMPTZ": False,
    "'infinity'::TIMESTAMP_NS": False,
    "TIMESTAMP_NS '2262-04-11 00:00:00'": True,
    "9223372036854775807::HUGEINT": True,
    "9223372036854775808::HUGEINT": False,
    "0.1::DECIMAL(38,2)": True,
    "123456789012345678.123::DECIMAL(38,3)": False,
    "12345678901234567890::DECIMAL(38,0)": False,
    "'a'": True,
}


@pytest.mark.parametrize("value", HELD)
def test_a_column_is_inexact_where_it_would_lose_a_digit_or_leave_pythons_calendar(value: str) -> None:
    column = duckdb.sql(f"SELECT unnest([NULL, {value}]) AS x").to_arrow_table()
    assert (inexact(column) == []) is HELD[value]


def test_a_column_without_values_is_exact() -> None:
    assert (
        inexact(duckdb.sql("SELECT NULL::DATE AS a, NULL::DECIMAL(38,2) AS b, NULL::TIME AS c").to_arrow_table()) == []
    )


def test_whole_numbers_that_only_came_as_decimals_stay_whole() -> None:
    column = showable(pa.table({"n": pa.array([Decimal(7)], pa.decimal128(38, 0))})).column("n")
    assert (column.to_pylist(), str(column.type)) == ([7], "int64")


def test_words_of_a_closed_list_are_texts() -> None:
    assert str(showable(pa.table({"x": pa.array(["a"]).dictionary_encode()})).schema.field("x").type) == "string"


def test_times_lose_their_zone() -> None:
    moments = pa.table({"t": pa.array([0], pa.timestamp("ns", tz="UTC"))})
    assert str(showable(moments).schema.field("t").type) == "timestamp[us]"
