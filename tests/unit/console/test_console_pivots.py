"""A PIVOT without the names of its columns is offered with them, and gives what DuckDB gives for the one typed."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from icc_data.console.answer import TIME_LIMIT
from icc_data.console.execution import Console, State
from icc_data.console.messages import message
from icc_data.console.pivots import MOST_COLUMNS


def offered(console: Console, sql: str) -> str:
    asked = console.ask(sql)
    assert asked.wait(60)
    assert asked.state is State.REFUSED
    return message(asked, TIME_LIMIT).instead


@pytest.mark.parametrize(
    "sql",
    [
        "PIVOT practice ON certainty USING count(*) GROUP BY ongoing ORDER BY ongoing",
        "pivot practice on start_year > 2000 using count(*) group by ongoing order by ongoing;",
        "-- ON what?\nPIVOT practice ON /* IN */ start_year\nUSING count(*) GROUP BY ongoing ORDER BY ongoing",
        "PIVOT practice ON certainty, ongoing USING count(*) GROUP BY start_year ORDER BY start_year",
        "PIVOT practice ON certainty IN ('likely'), ongoing USING count(*) GROUP BY start_year ORDER BY start_year",
        "PIVOT practice ON certainty IN (SELECT DISTINCT certainty FROM practice WHERE certainty <> 'unknown'"
        " ORDER BY ALL) USING count(*) GROUP BY start_year ORDER BY start_year",
        "WITH late AS (FROM practice WHERE start_year > 2010) PIVOT late ON start_year USING count(*) GROUP BY ongoing"
        " ORDER BY ongoing",
        "PIVOT practice_city JOIN practice ON practice_city.practice = practice.practice ON certainty USING count(*)"
        " GROUP BY ongoing ORDER BY ongoing",
        "PIVOT (SELECT ongoing, 'it''s ' || certainty AS how FROM practice) ON how USING count(*) ORDER BY ongoing",
    ],
)
def test_what_is_offered_answers_the_query_that_was_typed(console: Console, atlas_file: Path, sql: str):
    instead = offered(console, sql)
    asked = console.ask(instead)
    assert asked.wait(60)
    assert asked.result is not None
    with duckdb.connect(atlas_file, read_only=True) as connection:
        expected = connection.execute(sql)
        names = [column[0] for column in expected.description or ()]
        rows = expected.fetchall()
    frame = asked.result.frame().astype(object)
    assert list(frame.columns) == names
    assert frame.where(frame.notna(), None).to_numpy().tolist() == [list(row) for row in rows]


@pytest.mark.parametrize(
    "sql",
    [
        "PIVOT practice ON nothing",
        "PIVOT (FROM duckdb_settings()) ON name",
        "FROM (PIVOT practice ON certainty)",
    ],
)
def test_nothing_is_offered_for_a_query_that_cannot_be_asked_or_read(console: Console, sql: str):
    assert offered(console, sql) == ""


def test_nothing_is_offered_where_there_would_be_too_many_columns(console: Console):
    assert offered(console, f"PIVOT (SELECT unnest(range({MOST_COLUMNS + 1})) AS n) ON n USING count(*)") == ""
    assert offered(console, f"PIVOT (SELECT unnest(range({MOST_COLUMNS})) AS n) ON n USING count(*)")
