"""The index of the texts that full-text search reads: made of each text and each word once."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from icc_data.paths import sql_beside

# So many places of terms are sorted at a time, so that memory holds them however many there are.
_AT_ONCE = 10_000_000


def make_search_index(connection: duckdb.DuckDBPyConnection) -> None:
    """Index ``practice_text`` in the tables and functions of DuckDB's full-text search, and list its words.

    Args:
        connection: to a database with that table filled, and full-text search loaded.
    """
    connection.execute(sql_beside(__file__, "search_index"))
    postings = sql_beside(__file__, "postings")
    for first, last in _ranges(connection):
        connection.execute(postings, {"first": first, "last": last})
    connection.execute(
        "UPDATE fts_main_practice_text.dict SET df = counted.df, titles = counted.titles, texts = counted.texts FROM "
        "(SELECT termid, count(*) AS df, count(*) FILTER (in_title) AS titles, count(*) FILTER (in_text) AS texts "
        "FROM fts_main_practice_text.posting GROUP BY termid) AS counted "
        "WHERE counted.termid = dict.termid"
    )


def _ranges(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, int]]:
    """The terms cut into ranges, from the first number to the last."""
    counted = connection.execute(
        "SELECT termid, count(*) FROM fts_main_practice_text.terms GROUP BY termid ORDER BY termid"
    ).fetchall()
    first, places = 0, 0
    for termid, count in counted:
        if places and places + count > _AT_ONCE:
            yield first, termid - 1
            first, places = termid, 0
        places += count
    if counted:
        yield first, counted[-1][0]
