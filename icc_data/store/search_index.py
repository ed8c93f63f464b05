"""The index of the texts that full-text search reads: made of each text and each word once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from icc_data.paths import sql_beside

# So many places of terms are sorted at a time, so that memory holds them however many there are.
_AT_ONCE = 5_000_000
# A place is one whole number, in the order of which places are wanted: the term, the practice and the field, in which
# there are 0 title, 1 summary, 2 place and 3 labels.
_TERM, _PRACTICE = 34, 2
_PLACES = """
SELECT (termid << $term) + ((docid + 1) << $practice) + fieldid AS place
FROM fts_main_practice_text.terms WHERE termid BETWEEN $first AND $last
"""
# How much it tells of a practice that a term stands there.
_WEIGHTS = np.array([4.0, 1.5, 3.0, 1.0])


def make_search_index(connection: duckdb.DuckDBPyConnection) -> None:
    """Index ``practice_text`` in the tables and functions of DuckDB's full-text search, and list its words.

    Args:
        connection: to a database with that table filled, and full-text search loaded.
    """
    connection.execute(sql_beside(__file__, "search_terms"))
    connection.execute(sql_beside(__file__, "search_index"))
    _fill_postings(connection)
    connection.execute(sql_beside(__file__, "search_words"))


def _fill_postings(connection: duckdb.DuckDBPyConnection) -> None:
    """Say for each term which practices have it, by the term.

    Sorted and added up by numpy: DuckDB takes twice the processor's time to group so many pairs.
    """
    docs = connection.execute("SELECT docid + 1 AS practice, len FROM fts_main_practice_text.docs").fetchnumpy()
    numbers = np.asarray(docs["practice"], dtype=np.int64)
    lengths = np.zeros(numbers.max(initial=0) + 1, dtype=np.uint32)
    lengths[numbers] = docs["len"]
    # While some are written the next are sorted.
    with ThreadPoolExecutor(1) as pool:
        sorted_before: Future[pa.Table] | None = None
        for first, last in _ranges(connection):
            asked = {"first": first, "last": last, "term": _TERM, "practice": _PRACTICE}
            places = np.asarray(connection.execute(_PLACES, asked).fetchnumpy()["place"], dtype=np.int64)
            sorted_now = pool.submit(_postings, places, lengths)
            if sorted_before:
                _write(connection, sorted_before.result())
            sorted_before = sorted_now
        if sorted_before:
            _write(connection, sorted_before.result())


def _postings(places: np.ndarray[Any, np.dtype[np.int64]], lengths: np.ndarray[Any, np.dtype[np.uint32]]) -> pa.Table:
    """Where terms stand, as rows of ``posting``: a row for each term and practice, in this order."""
    places.sort()
    pairs = places >> _PRACTICE
    starts = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1])))
    fields = places & 3
    # As they are sorted, the first field of a pair is the smallest.
    pairs, first_fields = pairs[starts], fields[starts]
    practices = pairs & (1 << (_TERM - _PRACTICE)) - 1
    return pa.table(
        {
            "termid": pairs >> (_TERM - _PRACTICE),
            "practice": practices.astype(np.uint32),
            "len": lengths[practices],
            "weighted": np.add.reduceat(_WEIGHTS[fields], starts),
            "in_title": first_fields == 0,
            "in_text": first_fields < 2,
        }
    )


def _write(connection: duckdb.DuckDBPyConnection, postings: pa.Table) -> None:
    connection.register("coming", postings)
    connection.execute("INSERT INTO fts_main_practice_text.posting FROM coming")
    connection.unregister("coming")


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
