"""A city's own Index scores beside the published ones, for one connection: the database stays as it is."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from icc_data.model.records import IndexScore
from icc_data.paths import sql_beside
from icc_data.store.inserting import insert


def lay_own_scores(connection: duckdb.DuckDBPyConnection, scores: Iterable[IndexScore]) -> duckdb.DuckDBPyConnection:
    """Let a connection answer as if the scores were published; no other connection sees them, nor does the disk.

    Only the table of scores is made anew, however many practices there are.

    Args:
        connection: a cursor of its own, to a database that may be open for reading only.
        scores: with a year each; what is of a city that this database does not know is left out.

    Returns:
        The connection.
    """
    numbers = dict(connection.execute("SELECT city_id, city FROM city").fetchall())
    connection.execute("CREATE TEMP TABLE own_score AS FROM index_score LIMIT 0")
    insert(
        connection,
        "own_score",
        ({**vars(score), "city": numbers[score.city_id]} for score in scores if score.city_id in numbers),
    )
    connection.execute(sql_beside(__file__, "own_scores"))
    return connection
