"""The text index says where each term stands, the same as DuckDB counts from its own list of terms."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.store import search_index
from icc_data.store.database import load_full_text_search
from icc_data.store.search_index import make_search_index
from tests.helpers.examples import in_one_folder

COUNTED = """
SELECT termid, (docid + 1)::UINTEGER, any_value(len)::UINTEGER,
    sum(CASE fieldid WHEN 0 THEN 4 WHEN 1 THEN 1.5 WHEN 2 THEN 3 ELSE 1 END)::DOUBLE,
    bool_or(fieldid = 0), bool_or(fieldid < 2)
FROM fts_main_practice_text.terms
JOIN (SELECT docid, count(*) AS len FROM fts_main_practice_text.terms GROUP BY docid) USING (docid)
GROUP BY termid, docid ORDER BY termid, docid
"""

OF_SUMMARIES = """
SELECT practice, list(term ORDER BY term), list(times ORDER BY term)
FROM (SELECT practice, unnest(terms) AS termid, unnest(times) AS times FROM fts_main_practice_text.summary)
JOIN fts_main_practice_text.dict USING (termid)
GROUP BY practice ORDER BY practice
"""


def indexed(texts: list[tuple[str, str, str, str]], step: int = 1) -> duckdb.DuckDBPyConnection:
    """An index of practices with these titles, summaries, places and labels, numbered in such steps."""
    connection = duckdb.connect()
    load_full_text_search(connection)
    connection.execute(
        "CREATE TABLE practice_text (practice UINTEGER, title VARCHAR, summary VARCHAR, place VARCHAR, labels VARCHAR)"
    )
    for number, text in enumerate(texts, start=1):
        connection.execute("INSERT INTO practice_text VALUES (?, ?, ?, ?, ?)", [number * step, *text])
    make_search_index(connection)
    return connection


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    texts = [("youth centre", "youth in cork", "cork", "sport"), ("", "", "", ""), ("sport", "", "cork", "sport sport")]
    with indexed(texts) as made:
        yield made


def postings_of(connection: duckdb.DuckDBPyConnection, term: str) -> list[tuple[object, ...]]:
    return connection.execute(
        "SELECT practice, len, weighted, in_title, in_text FROM fts_main_practice_text.posting "
        "JOIN fts_main_practice_text.dict USING (termid) WHERE term = ?",
        [term],
    ).fetchall()


def test_a_title_counts_four_times_a_summary_one_and_a_half_times_a_place_three_times_and_a_label_once(
    connection: duckdb.DuckDBPyConnection,
):
    assert postings_of(connection, "youth") == [(1, 7, 4 + 1.5, True, True)]
    assert postings_of(connection, "cork") == [(1, 7, 1.5 + 3, False, True), (3, 4, 3, False, False)]
    assert postings_of(connection, "sport") == [(1, 7, 1, False, False), (3, 4, 4 + 1 + 1, True, True)]


def test_a_practice_without_words_has_a_length_of_none(connection: duckdb.DuckDBPyConnection):
    lengths = connection.execute("SELECT name, len FROM fts_main_practice_text.docs ORDER BY name").fetchall()
    assert lengths == [(1, 7), (2, 0), (3, 4)]


def test_each_term_of_a_summary_is_told_once_with_how_often_it_stands_there():
    texts = [("sport", "youth in cork and youth", "", "youth"), ("youth", "", "", ""), ("", "cork", "cork", "")]
    with indexed(texts) as connection:
        told = connection.execute(OF_SUMMARIES).fetchall()
    assert told == [(1, ["and", "cork", "in", "youth"], [1, 1, 1, 2]), (3, ["cork"], [1])]


def test_of_a_term_it_is_known_how_many_summaries_have_it_and_how_often():
    texts = [("sport", "youth in youth", "", ""), ("youth", "in cork", "", ""), ("", "in youth", "cork", "youth")]
    with indexed(texts, step=2) as connection:
        known = connection.execute("SELECT term, summaries, summary_times FROM fts_main_practice_text.dict").fetchall()
    assert sorted(known) == [("cork", 1, 1), ("in", 3, 3), ("sport", 0, 0), ("youth", 2, 3)]


@in_one_folder(10)
@given(
    texts=st.lists(st.tuples(*[st.sampled_from(["", "youth", "youth centre", "a centre a", "2011"])] * 4), max_size=9),
    at_once=st.integers(1, 9),
    terms=st.integers(1, 3),
    step=st.integers(1, 3),
)
def test_however_many_are_put_in_order_at_a_time_a_term_stands_where_it_is_counted(
    monkeypatch: pytest.MonkeyPatch, texts: list[tuple[str, str, str, str]], at_once: int, terms: int, step: int
):
    monkeypatch.setattr(search_index, "_PLACES_AT_ONCE", at_once)
    monkeypatch.setattr(search_index, "_TERMS_AT_ONCE", terms)
    with indexed(texts, step) as connection:
        assert (
            connection.execute("FROM fts_main_practice_text.posting").fetchall()
            == connection.execute(COUNTED).fetchall()
        )
