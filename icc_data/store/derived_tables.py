"""Tables of the Data Package that no file of data/ holds: what is read from the year texts, and links, a row a link.

They are the rows of ``queries.link_queries`` for all practices, with the corrections of amendments.csv applied.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from icc_data.incoming.check import Data
from icc_data.store.parquet import parquet_bytes
from icc_data.store.rows import TERM_LISTS, as_of_year, year_columns

_TYPES = {"string": pa.string(), "year": pa.int16(), "boolean": pa.bool_()}
_PRACTICE = "The practice: practices.practice_id."
# By the column: the table whose column of that name it refers to.
_REFERS = {"practice_id": "practices", "city_id": "cities"}

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Field:
    """A column: its name, its type in Table Schema, what it is, and whether it is never empty."""

    name: str
    type: str
    description: str
    required: bool = False


@dataclass(frozen=True)
class DerivedTable:
    """A table that follows from others.

    Attributes:
        about: what it is.
        fields: its columns, in their order.
        key: those that no two rows have alike.
        rows: gives its rows.
    """

    about: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    rows: Callable[[Data], Iterator[Row]]

    def schema(self) -> dict[str, Any]:
        """Its Table Schema, as plain values for JSON."""
        fields = [
            {"name": field.name, "type": field.type, "format": "default", "description": field.description}
            | ({"constraints": {"required": True}} if field.required else {})
            for field in self.fields
        ]
        references = [
            {"fields": [field.name], "reference": {"resource": _REFERS[field.name], "fields": [field.name]}}
            for field in self.fields
            if field.name in _REFERS
        ]
        return {
            "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
            "fields": fields,
            "missingValues": [""],
            "primaryKey": list(self.key),
            "foreignKeys": references,
        }

    def csv(self, rows: list[Row]) -> bytes:
        """The rows as a CSV file; what is unknown is empty."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([field.name for field in self.fields])
        writer.writerows([_text(cell) for cell in row] for row in rows)
        return out.getvalue().encode("utf-8")

    def types(self) -> Any:
        """Its columns with their types (pyarrow.Schema)."""
        return pa.schema(
            pa.field(field.name, _TYPES[field.type], not field.required, {"description": field.description})
            for field in self.fields
        )

    def parquet(self, rows: list[Row]) -> bytes:
        """The rows as a Parquet file, with types."""
        columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _field in self.fields]
        return parquet_bytes(pa.table(columns, schema=self.types()))


def _text(cell: object) -> object:
    return str(cell).lower() if isinstance(cell, bool) else cell


def _years(data: Data) -> Iterator[Row]:
    as_of = as_of_year(data)
    names = [field.name for field in PRACTICE_YEARS.fields]
    for practice in sorted(data.practices, key=lambda one: one.practice_id):
        known = {**vars(practice), **year_columns(practice.when_text, practice.described_when, as_of)}
        yield tuple(known[name] for name in names)


def _terms(data: Data) -> Iterator[Row]:
    lists = sorted(TERM_LISTS.items(), key=lambda pair: pair[1])
    for practice in sorted(data.practices, key=lambda one: one.practice_id):
        for column, vocabulary in lists:
            codes = data.vocabulary.codes(vocabulary)
            yield from (
                (practice.practice_id, vocabulary, code) for code in sorted(getattr(practice, column), key=codes.index)
            )


def _cities(data: Data) -> Iterator[Row]:
    for practice in sorted(data.practices, key=lambda one: one.practice_id):
        yield from ((practice.practice_id, city_id) for city_id in sorted(practice.city_ids))


PRACTICE_YEARS = DerivedTable(
    "The year texts of each practice and what was read from them; a reading can be redone by better rules.",
    (
        Field("practice_id", "string", _PRACTICE, required=True),
        Field("when_text", "string", "The year as published."),
        Field("when_source", "string", "Where it stands in the source."),
        Field("described_when", "string", "What the description itself says of when."),
        Field("start_year", "year", "The year in which it started, where that could be read."),
        Field("end_year", "year", "The year in which it ended, where that could be read."),
        Field("ongoing", "boolean", "Whether a text says that it goes on; empty where none says."),
        Field("form", "string", "What kind of text was read, such as a span or a year alone.", required=True),
        Field("certainty", "string", "How sure the reading is.", required=True),
        Field("when_conflict", "boolean", "Whether the two texts contradict each other.", required=True),
        Field("known_until", "year", "The last year in which it is known to have been active."),
        Field("last_active_year", "year", "The same, or the year of the data where it is said to go on."),
    ),
    ("practice_id",),
    _years,
)

DERIVED: Mapping[str, DerivedTable] = {
    "practice_years": PRACTICE_YEARS,
    "practice_terms": DerivedTable(
        "Each practice with each of its terms.",
        (
            Field("practice_id", "string", _PRACTICE, required=True),
            Field("vocabulary", "string", "The list: terms.vocabulary.", required=True),
            Field("code", "string", "The term: terms.code.", required=True),
        ),
        ("practice_id", "vocabulary", "code"),
        _terms,
    ),
    "practice_cities": DerivedTable(
        "Each practice with each of the cities that carry it.",
        (
            Field("practice_id", "string", _PRACTICE, required=True),
            Field("city_id", "string", "The city: cities.city_id.", required=True),
        ),
        ("practice_id", "city_id"),
        _cities,
    ),
}
"""The derived tables by name; each stands behind those of ``records.TABLES``."""
