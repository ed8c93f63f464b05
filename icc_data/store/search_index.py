"""The index of the texts that full-text search reads: made of each text and each word once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from icc_data.paths import sql_beside

# So many places of terms are put in order at a time, so that memory holds them however many there are; and so many
# terms, so that a term is a number of 16 bits, which numpy puts in order without comparing.
_PLACES_AT_ONCE, _TERMS_AT_ONCE = 5_000_000, 1 << 16
_ROWS_TOGETHER = 122_880
_TEXTS = "SELECT practice, title, summary, place, labels FROM text_of ORDER BY practice"
_FIELDS = ("title", "summary", "place", "labels")
# How much it tells of a practice that a term stands there.
_WEIGHTS = np.array([4.0, 1.5, 3.0, 1.0])

Numbers = np.ndarray[Any, np.dtype[np.int64]]
Columns = dict[str, np.ndarray[Any, Any]]


def make_search_index(connection: duckdb.DuckDBPyConnection) -> None:
    """Index ``practice_text`` in the tables and functions of DuckDB's full-text search, and list its words.

    Args:
        connection: to a database with that table filled, and full-text search loaded.
    """
    connection.execute(sql_beside(__file__, "search_terms"))
    connection.execute(sql_beside(__file__, "search_index"))
    _fill_postings(connection)
    connection.execute(sql_beside(__file__, "search_words"))


@dataclass(frozen=True)
class _Texts:
    """Each distinct text as its terms, and which of them the practices have.

    Attributes:
        terms: those of all texts, one text after the other.
        starts: where those of a text begin, by its number.
        lengths: how many it has.
        of_practices: for each practice and field the number of its text.
        practices: the numbers of the practices, rising.
    """

    terms: np.ndarray[Any, np.dtype[np.uint32]]
    starts: Numbers
    lengths: Numbers
    of_practices: Numbers
    practices: Numbers


def _texts(connection: duckdb.DuckDBPyConnection) -> _Texts:
    # Both in the order of the rows, which DuckDB keeps.
    terms = connection.execute("SELECT unnest(terms) AS term FROM text_terms").fetchnumpy()["term"]
    held = connection.execute("SELECT number, len(terms) AS terms FROM text_terms").fetchnumpy()
    of_each = connection.execute(_TEXTS).fetchnumpy()
    texts = np.stack([np.asarray(of_each[field], dtype=np.int64) for field in _FIELDS], axis=1).ravel()
    # A text without a word has no row there.
    starts, lengths = (np.zeros(texts.max(initial=0) + 1, dtype=np.int64) for _ in range(2))
    ends = np.cumsum(held["terms"])
    starts[held["number"]], lengths[held["number"]] = ends - held["terms"], held["terms"]
    return _Texts(np.asarray(terms), starts, lengths, texts, np.asarray(of_each["practice"], dtype=np.int64))


def _fill_postings(connection: duckdb.DuckDBPyConnection) -> None:
    """Say for each term which practices have it, by the term.

    Put in order and added up by numpy: DuckDB takes more than twice the processor's time to group so many pairs.
    """
    texts = _texts(connection)
    of_all = texts.lengths[texts.of_practices].reshape(-1, len(_FIELDS)).sum(axis=1).astype(np.uint32)
    # While some are written the next are put in order.
    with ThreadPoolExecutor(1) as pool:
        ready: Future[Columns] | None = None
        for first, last in _ranges(connection):
            next_ready = pool.submit(_postings, texts, of_all, first, last)
            if ready:
                _write(connection, ready.result())
            ready = next_ready
        if ready:
            _write(connection, ready.result())


def _postings(texts: _Texts, of_all: np.ndarray[Any, np.dtype[np.uint32]], first: int, last: int) -> Columns:
    """Where some terms stand, as rows of ``posting``: a row for each term and practice, in this order.

    Args:
        texts: all of them.
        of_all: how many terms each practice has.
        first: the number of the first term.
        last: that of the last.
    """
    wanted = (texts.terms >= first) & (texts.terms <= last)
    terms = (texts.terms[wanted] - first).astype(np.uint16)
    before = np.zeros(len(wanted) + 1, dtype=np.uint32)
    np.cumsum(wanted, out=before[1:])
    starts = before[texts.starts].astype(np.int64)
    lengths = before[texts.starts + texts.lengths] - starts
    # Practice by practice, and of each field by field: what is put in order by the term keeps that order within a term.
    times = lengths[texts.of_practices]
    ends = np.cumsum(times)
    shifts = np.repeat(starts[texts.of_practices] - ends + times, times)
    places = np.repeat(np.arange(len(times), dtype=np.uint32), times)
    shifts += np.arange(len(shifts))
    terms = terms[shifts]
    order = np.argsort(terms, kind="stable")
    terms, places = terms[order], places[order]
    practices, fields = places // len(_FIELDS), places % len(_FIELDS)
    begins = np.ones(len(terms), dtype=bool)
    begins[1:] = (practices[1:] != practices[:-1]) | (terms[1:] != terms[:-1])
    rows = np.flatnonzero(begins)
    weighted = np.add.reduceat(_WEIGHTS[fields], rows) if len(rows) else _WEIGHTS[:0]
    practices, first_fields = practices[rows], fields[rows]
    return {
        "termid": terms[rows].astype(np.int64) + first,
        "practice": texts.practices[practices].astype(np.uint32),
        "len": of_all[practices],
        "weighted": weighted,
        "in_title": first_fields == 0,
        "in_text": first_fields < 2,
    }


def _write(connection: duckdb.DuckDBPyConnection, postings: Columns) -> None:
    # Many as a table of Arrow's, in batches of as many rows as DuckDB keeps together: a thread of its own puts each in
    # place. Few as they are, as with such a table DuckDB loads pandas.
    many = len(postings["termid"]) > _ROWS_TOGETHER
    connection.register("coming", _in_batches(postings) if many else postings)
    connection.execute("INSERT INTO fts_main_practice_text.posting FROM coming")
    connection.unregister("coming")


def _in_batches(postings: Columns) -> pa.Table:
    table = pa.table(postings)
    return pa.Table.from_batches(table.to_batches(max_chunksize=_ROWS_TOGETHER), table.schema)


def _ranges(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, int]]:
    """The terms cut into ranges, from the first number to the last."""
    counted = connection.execute(
        "SELECT termid, count(*) FROM fts_main_practice_text.terms GROUP BY termid ORDER BY termid"
    ).fetchall()
    first, places = 0, 0
    for termid, count in counted:
        if places and (places + count > _PLACES_AT_ONCE or termid - first >= _TERMS_AT_ONCE):
            yield first, termid - 1
            first, places = termid, 0
        places += count
    if counted:
        yield first, counted[-1][0]
