"""Connections that ask for others beside them."""

from __future__ import annotations

import duckdb

from icc_data import queries
from icc_data.queries.asking import cursor_of
from tests.helpers.by_hand import AS_OF


def test_another_connection_speaks_up_to_the_same_year(atlas: duckdb.DuckDBPyConnection):
    assert queries.as_of_year(cursor_of(atlas)) == AS_OF


def test_whoever_takes_a_cursor_leaves_what_another_has_asked_of_the_connection() -> None:
    shared = duckdb.connect()
    shared.execute("CREATE TABLE meta AS SELECT 'as_of_year' AS key, '2026' AS value")
    shared.execute("SELECT 42")
    cursor_of(shared)
    assert shared.fetchall() == [(42,)]
