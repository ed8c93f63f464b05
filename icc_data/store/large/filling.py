"""The tables of the database from the large tables as they were read: maps of distinct texts, joined by DuckDB."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import duckdb

from icc_data.incoming.check import Data
from icc_data.model.columns import columns_of
from icc_data.model.records import Practice, row_of
from icc_data.paths import sql_beside
from icc_data.store.large.cells import keep
from icc_data.store.rows import (
    FACET_COLUMNS,
    TERM_LISTS,
    FacetSets,
    SearchedTexts,
    numbered_countries,
    place_columns,
    year_columns,
)
from icc_data.store.snapshot_tables import known_days_of_entry
from icc_data.store.snapshots import Snapshot
from icc_data.text import LIST_SEPARATOR, fold_words, slugify

_COLUMNS = columns_of(Practice)
_TEXTS_OF_LABELS = (*TERM_LISTS, "published_topics")


def _parts(text: str | None) -> tuple[str, ...]:
    return tuple(text.split(LIST_SEPARATOR)) if text else ()


def _distinct(connection: duckdb.DuckDBPyConnection, *names: str) -> list[tuple[str | None, ...]]:
    """The distinct texts of some columns of the practices together, in the order in which they come first."""
    columns = ", ".join(names)
    return connection.execute(
        f"SELECT {columns} FROM practices_read GROUP BY {columns} ORDER BY min(number)"
    ).fetchall()


def _keep_columns(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Make a table for the connection's time of rows; texts that are missing are empty, to be joined by."""
    keep(connection, table, {name: [row[name] for row in rows] for name in rows[0]})


def lay_amendments_over(connection: duckdb.DuckDBPyConnection, amended: Data) -> None:
    """Put amended practices in the places of those that were published, in ``practices_read``.

    Args:
        connection: with the practices as published.
        amended: has every amended practice.
    """
    ids = {amendment.id for amendment in amended.amendments if amendment.table == "practices"}
    rows = [row_of(practice) for practice in amended.practices if practice.practice_id in ids]
    if not rows:
        return
    keep(connection, "practices_amended", {column.name: [row[column.name] for row in rows] for column in _COLUMNS})
    names = ", ".join(column.name for column in _COLUMNS)
    filled = ", ".join(f"nullif(practices_amended.{column.name}, '') AS {column.name}" for column in _COLUMNS)
    connection.execute("CREATE OR REPLACE TEMP TABLE practices_published AS FROM practices_read")
    connection.execute(
        "CREATE OR REPLACE TEMP VIEW practices_read AS "
        f"SELECT number, line, {names} FROM practices_published ANTI JOIN practices_amended USING (practice_id) "
        f"UNION ALL SELECT number, line, {filled} FROM practices_published JOIN practices_amended USING (practice_id)"
    )


def keep_years(connection: duckdb.DuckDBPyConnection, as_of: int) -> None:
    """Make ``years``, what is read from each distinct pair of year texts.

    Args:
        connection: with ``practices_read``, as amended.
        as_of: the data's year.
    """
    rows = [
        {"when_text": when or "", "described_when": described or "", **year_columns(when, described, as_of)}
        for when, described in _distinct(connection, "when_text", "described_when")
    ]
    _keep_columns(connection, "years", rows)


class Filling:
    """Fills the tables that have a row or more for each practice.

    Args:
        connection: with ``practices_read`` and ``policy_area_codings_read``, as amended, and the empty tables.
        data: all cities and terms, as amended.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, data: Data) -> None:
        self._connection = connection
        self._data = data
        self._cities = {city.city_id: city for city in data.cities}
        named = (name for (text,) in _distinct(connection, "countries") for name in _parts(text))
        self.countries = numbered_countries(data.cities, named)
        self.slugs = {name: slugify(name) for name in self.countries}
        self._sets = FacetSets(self._cities, self.slugs)

    def fill(self, as_of: date, kept: Sequence[Snapshot]) -> FacetSets:
        """Fill the tables.

        Args:
            as_of: the day of the data.
            kept: the snapshots that tell when a practice came.

        Returns:
            The sets of values that practices have in each facet.
        """
        keep_years(self._connection, as_of.year)
        self._places_and_labels()
        self._facet_sets()
        days, otherwise = known_days_of_entry(kept, as_of)
        entered = [day and day.isoformat() for day in days.values()]
        keep(self._connection, "entered", {"practice_id": list(days), "day": entered})
        self._folded_texts()
        sets = ", ".join(f"{facet}_sets.number AS {facet}_set" for facet in FACET_COLUMNS)
        joined = " ".join(
            f"LEFT JOIN {facet}_sets ON {facet}_sets.text = coalesce(practices_read.{column}, '')"
            for facet, column in FACET_COLUMNS.items()
        )
        self._connection.execute(
            sql_beside(__file__, "practice").format(sets=sets, joined=joined),
            {"otherwise": otherwise},
        )
        self._connection.execute(sql_beside(__file__, "practice_text"))
        self._connection.execute(sql_beside(__file__, "practice_links"))
        return self._sets

    def _places_and_labels(self) -> None:
        codes = {name: code for name, (_, code) in self.countries.items()}
        texts = SearchedTexts(self._data, codes)
        places = [
            {
                "city_ids": cities or "",
                "countries": countries or "",
                **place_columns(_parts(cities), _parts(countries), self._cities),
                "place": texts.place(_parts(cities), _parts(countries)),
            }
            for cities, countries in _distinct(self._connection, "city_ids", "countries")
        ]
        _keep_columns(self._connection, "places", places)
        labels = []
        for held in _distinct(self._connection, *_TEXTS_OF_LABELS):
            *terms, topics = map(_parts, held)
            columns = {name: text or "" for name, text in zip(_TEXTS_OF_LABELS, held, strict=True)}
            labels.append({**columns, "labels": texts.labels(tuple(terms), topics)})
        _keep_columns(self._connection, "labels_of", labels)

    def _facet_sets(self) -> None:
        for facet, column in FACET_COLUMNS.items():
            many = next(one.many for one in _COLUMNS if one.name == column)
            rows = []
            for (text,) in _distinct(self._connection, column):
                cell: Any = _parts(text) if many else text
                practice = Practice(practice_id="", title="", **{column: cell})
                rows.append({"text": text or "", "number": self._sets.number(facet, practice)})
            _keep_columns(self._connection, f"{facet}_sets", rows)

    def _folded_texts(self) -> None:
        texts = [
            text
            for (text,) in self._connection.execute(
                "SELECT DISTINCT text FROM ("
                "SELECT title AS text FROM practices_read UNION ALL SELECT title_original FROM practices_read "
                "UNION ALL SELECT summary FROM practices_read) WHERE text IS NOT NULL AND NOT has_plain_words(text)"
            ).fetchall()
        ]
        keep(self._connection, "words_folded", {"text": texts, "folded": [fold_words(text) for text in texts]})
