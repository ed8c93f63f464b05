"""What the guard of the SQL page reads is what DuckDB runs, whatever characters stand between the words."""

from __future__ import annotations

import contextlib
import unicodedata
from itertools import product

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.console.guard import Guard, Question, Refusal

SECRET = "what nobody may read"
BARRED = "getvariable('secret')"
BARRED_TABLE = "query('SELECT getvariable(''secret'')')"

# Control characters, spaces and whatever has no width: where programs differ in what ends a line or a word. Unicode has
# none of them from 20000 to E0000.
SEPARATORS = [chr(code) for code in range(0x20000) if unicodedata.category(chr(code)) in ("Cc", "Cf", "Zs", "Zl", "Zp")]
PLACES = [
    f"--{{0}}FROM {BARRED_TABLE}",
    f"-- a remark{{0}}SELECT {BARRED}",
    f"--{{0}}\nSELECT {BARRED}",
    f"SELECT 1 --{{0}}, {BARRED}",
    f"SELECT 1 /*{{0}}*/, {BARRED}",
    f"/*{{0}}SELECT 1*/ SELECT {BARRED}",
    f"{{0}}SELECT{{0}}{BARRED}{{0}}",
    f"SELECT '{{0}}', {BARRED}, '{{0}}'",
    f'SELECT 1 AS "{{0}}", {BARRED}',
    f"SELECT 1;{{0}}SELECT {BARRED}",
    f"{{0}}EXPLAIN{{0}}ANALYZE{{0}}SELECT {BARRED}",
    f"EXPLAIN --{{0}}SELECT {BARRED}",
    f"EXPLAIN SELECT 1 --{{0}}SELECT {BARRED}",
    "SELECT getvariable{0}('secret')",
]
SCRAPS = [
    *(BARRED, BARRED_TABLE, "SELECT", "FROM", "EXPLAIN", "ANALYZE", "1", ",", "(", ")", "AS x", "UNION ALL"),
    *("--", "/*", "*/", "'", '"', "$$", ";", "\\", " ", "\n", "\r"),
]


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(f"SET VARIABLE secret = '{SECRET}'")
    return connection


@pytest.fixture(scope="module")
def guard(connection: duckdb.DuckDBPyConnection) -> Guard:
    return Guard(connection)


def answer_to(sql: str, guard: Guard, connection: duckdb.DuckDBPyConnection) -> str:
    """All that comes of a text that passes the guard; nothing of one that it refuses or that is no SQL."""
    with contextlib.suppress(duckdb.Error):
        question = guard.read(sql)
        if isinstance(question, Question):
            return str(connection.execute(question.statement).fetchall())
    return ""


def test_the_secret_is_there_for_whoever_is_not_stopped(connection: duckdb.DuckDBPyConnection):
    for sql in (f"SELECT {BARRED}", f"FROM {BARRED_TABLE}", f"--\rFROM {BARRED_TABLE}"):
        assert connection.execute(sql).fetchall() == [(SECRET,)]


def test_no_control_character_or_space_hides_a_barred_function(guard: Guard, connection: duckdb.DuckDBPyConnection):
    assert len(SEPARATORS) > 100
    texts = [place.format(separator) for place, separator in product(PLACES, SEPARATORS)]
    assert [sql for sql in texts if SECRET in answer_to(sql, guard, connection)] == []


@given(st.lists(st.one_of(st.sampled_from(SCRAPS), st.sampled_from(SEPARATORS)), max_size=12))
def test_no_arrangement_of_scraps_hides_a_barred_function(
    guard: Guard, connection: duckdb.DuckDBPyConnection, scraps: list[str]
):
    assert SECRET not in answer_to("".join(scraps), guard, connection)


@pytest.mark.parametrize("separator", ["\r", "\n", "\r\n"])
def test_a_remark_ends_where_duckdb_ends_it(guard: Guard, connection: duckdb.DuckDBPyConnection, separator: str):
    assert answer_to(f"-- a remark{separator}SELECT 41 + 1", guard, connection) == "[(42,)]"


@pytest.mark.parametrize("explain", ["EXPLAIN", "explain /* a */", "-- a remark\rEXPLAIN", "\u00a0EXPLAIN\u3000"])
def test_an_explain_runs_on_exactly_what_was_read(guard: Guard, connection: duckdb.DuckDBPyConnection, explain: str):
    assert "forty_two" in answer_to(f"{explain} SELECT 42 AS forty_two", guard, connection)


@pytest.mark.parametrize("character", ["\0", "\ud800"])
def test_a_character_that_ends_or_breaks_a_text_is_refused_at_its_place(guard: Guard, character: str):
    assert guard.read(f"SELECT 1{character}") == Refusal("character", f"U+{ord(character):04X}", 8)
