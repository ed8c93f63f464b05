"""The rows of a question: as many as there is room for, in columns that everything can show."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest

from icc_data.console.cells import as_text, gathered, showable

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


def test_whole_numbers_too_large_for_64_bits_become_approximate_ones() -> None:
    large = pa.array([Decimal(2**70), None], pa.decimal128(38, 0))
    assert showable(pa.table({"n": large})).column("n").to_pylist() == [float(2**70), None]


def test_whole_numbers_that_only_came_as_decimals_stay_whole() -> None:
    column = showable(pa.table({"n": pa.array([Decimal(7)], pa.decimal128(38, 0))})).column("n")
    assert (column.to_pylist(), str(column.type)) == ([7], "int64")


def test_words_of_a_closed_list_are_texts() -> None:
    assert str(showable(pa.table({"x": pa.array(["a"]).dictionary_encode()})).schema.field("x").type) == "string"


def test_times_lose_their_zone() -> None:
    moments = pa.table({"t": pa.array([0], pa.timestamp("ns", tz="UTC"))})
    assert str(showable(moments).schema.field("t").type) == "timestamp[us]"
