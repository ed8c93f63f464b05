"""What a person is told of a question that was not answered: where it is wrong, why it was refused, and what to do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.console.answer import LONGEST_SQL, TIME_LIMIT
from icc_data.console.execution import Console, State
from icc_data.console.messages import WIDEST, excerpt, message, one_line, place
from tests.helpers.questions import answered, leaks


def test_an_error_says_line_and_column_in_the_users_text_and_what_may_have_been_meant(console: Console):
    failed = answered(console, "SELECT 'é' AS e,\n    titel\nFROM practice")
    told = message(failed, TIME_LIMIT)
    assert told.title == "The query cannot be answered as it stands: see line 2, column 5."
    assert '"title"' in told.duckdb_words
    assert told.excerpt == "    titel\n    ^"


def test_an_error_in_what_had_to_be_made_a_text_keeps_its_place(console: Console):
    failed = answered(console, "SELECT INTERVAL 1 DAY,\nif(i = 5000, 'a', '1')::INT FROM range(10000) t(i)")
    assert message(failed, TIME_LIMIT).title.endswith("see line 2, column 23.")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM nowhere.practice",
        "SELECT nothing FROM practice",
        "SELECT practice.x FROM practice",
        "FROM practise",
        "SELECT error('x')",
        "SELECT (SELECT city FROM city)",
        "SELECT 'a'::INT",
        "SELEC 1",
        "FROM read_csv('x')",
    ],
)
def test_no_message_tells_where_the_server_keeps_its_files_or_how_its_code_runs(console: Console, sql: str):
    told = message(answered(console, sql), TIME_LIMIT)
    assert told.title
    assert not leaks(console, told)


@pytest.mark.parametrize(
    ("sql", "title"),
    [
        ("COPY practice TO 'x'", "“COPY” is not a question: this page only reads."),
        ("SELECT 1; SELECT 2", "These are 2 queries; one can be asked at a time."),
        (
            "FROM '/etc/passwd'",
            "“/etc/passwd” is not a table of the atlas, and files and addresses cannot be read here.",
        ),
        ("FROM duckdb_settings()", "The function “duckdb_settings” cannot be used here."),
        ("FROM duckdb_databases", "“duckdb_databases” is not a table of the atlas."),
        ("SHOW DATABASES", "“SHOW databases” cannot be asked here."),
        ("PIVOT practice ON certainty", "This PIVOT would have to look up its columns first."),
        ("SELECT ?", "The query holds a place to fill in, “?”, and nothing to fill it with."),
        ("SELECT '\0'", "The query holds a character that nobody can see, U+0000."),
        ("  ", "There is no query."),
        ("-- nothing", "There is no query."),
        ("SELECT " + "1," * LONGEST_SQL, "The query has 40,007 characters."),
    ],
)
def test_a_refusal_says_what_was_refused_and_what_to_do(console: Console, sql: str, title: str):
    ended = answered(console, sql)
    told = message(ended, TIME_LIMIT)
    assert ended.state is State.REFUSED
    assert told.title == title
    assert told.advice


@given(st.text(max_size=200), st.integers(0, 300))
def test_a_place_is_within_the_text_and_its_mark_stands_below_the_line(sql: str, position: int):
    position = min(position, len(sql.encode()))
    line, column = place(sql, position)
    shown = excerpt(sql, position).split("\n")
    assert 1 <= line <= sql.count("\n") + 1
    assert 1 <= column <= len(sql) + 1
    assert shown[-1].strip() == "^"
    assert max(len(text) for text in shown[-2:]) <= WIDEST + 1


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ("SELECT 1 -- one\nFROM t", "SELECT 1 FROM t"),
        ("/* all\nof it */ SELECT\t'a -- b' AS \"--\"", "SELECT 'a -- b' AS \"--\""),
        ("SELECT $$ -- $$, 'it''s /* no */ comment'", "SELECT $$ -- $$, 'it''s /* no */ comment'"),
    ],
)
def test_a_query_in_one_line_has_no_comment_that_would_hide_the_rest(sql: str, line: str):
    assert one_line(sql) == line
