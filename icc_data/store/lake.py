"""A lake: versions of the data that several machines share, each published in one step, with all earlier ones kept.

It is a DuckLake (https://ducklake.select): a catalogue in PostgreSQL, or in a DuckDB file where one machine is enough,
and Parquet files on storage that all machines reach at the same path. A version is one transaction of the lake: the
tables of the data with their types, the files that go along with them, and a row of ``publication`` that says which
version it is. Nothing is fetched: the extensions come as wheels, and only the catalogue is called.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import duckdb

from icc_data.i18n import translate as _
from icc_data.model.records import TABLES
from icc_data.paths import sql_beside
from icc_data.settings import without_password
from icc_data.store.lake_connection import EMPTY, NEWER, NOTHING_YET, PUBLISH_FIRST, SPOILT, LakeError, attached
from icc_data.store.parquet import digest_of_arrow

FORMAT = 1
"""How a version is laid out in the lake; a later layout that this code could misread has a higher number."""
FILES = "files"


@dataclass(frozen=True)
class Publication:
    """A version in the lake.

    Attributes:
        number: counts the versions, from 1.
        format: how it is laid out.
        version: the data version, 64 hexadecimal digits.
        as_of: the newest day on which one of its practices was seen.
        published: when, in UTC (ISO 8601).
        parts: a digest of each table and file, by name.
    """

    number: int
    format: int
    version: str
    as_of: date
    published: str
    parts: Mapping[str, str]


@dataclass(frozen=True)
class Contents:
    """What a version consists of.

    Attributes:
        rows: of each table by its name (pyarrow.Table), as ``parquet.table_as_arrow`` makes them.
        files: what goes along with the tables, by its path in the data folder.
    """

    rows: Mapping[str, Any]
    files: Mapping[str, bytes]

    def parts(self) -> dict[str, str]:
        """A digest of each, by name."""
        tables = {name: digest_of_arrow(name, rows) for name, rows in self.rows.items()}
        return tables | {name: sha256(content).hexdigest() for name, content in self.files.items()}


def read_newest(cursor: duckdb.DuckDBPyConnection, address: str) -> Publication | None:
    """The newest version of an attached lake; None where nothing was published.

    Raises:
        LakeError: it was published by a newer atlas.
    """
    row = cursor.execute(sql_beside(__file__, "lake_newest")).fetchone()
    if row is None:
        return None
    publication = _publication(row)
    if publication.format > FORMAT:
        raise LakeError(
            _("Version {number} of the lake {address} was published by a newer atlas.").format(
                number=publication.number, address=without_password(address)
            ),
            _("Bring this machine up to date, then start it again."),
            NEWER,
        )
    return publication


def _publication(row: tuple[Any, ...]) -> Publication:
    number, form, version, as_of, published, parts = row
    return Publication(number, form, version, as_of, published, json.loads(parts))


def _newest(cursor: duckdb.DuckDBPyConnection, address: str) -> Publication:
    publication = read_newest(cursor, address)
    if publication is None:
        title = _(NOTHING_YET).format(address=without_password(address))
        raise LakeError(title, _(PUBLISH_FIRST), EMPTY)
    return publication


def newest(address: str) -> Publication:
    """Which version the lake holds; costs a few milliseconds.

    Raises:
        LakeError: it cannot be reached or read, is empty, or holds what this code cannot read.
    """
    with attached(address) as cursor:
        return _newest(cursor, address)


def history(address: str) -> list[Publication]:
    """Every version that was published and is kept, the oldest first.

    Raises:
        LakeError: as ``newest`` does.
    """
    with attached(address) as cursor:
        _newest(cursor, address)
        return [_publication(row) for row in cursor.execute(sql_beside(__file__, "lake_history")).fetchall()]


def fetch(address: str, number: int | None = None) -> tuple[Publication, Contents]:
    """A version, all of one moment, and as it was published.

    Args:
        address: the lake.
        number: of an earlier version; None for the newest.

    Raises:
        LakeError: as ``newest`` does; there is no such version, or what is there is not what was published.
    """
    options = "READ_ONLY" if number is None else f"READ_ONLY, SNAPSHOT_VERSION {_snapshot(address, number)}"
    with attached(address, options) as cursor:
        publication = _newest(cursor, address)
        contents = _contents(cursor, publication)
    digests = contents.parts()
    wrong = [name for name in {**digests, **publication.parts} if digests.get(name) != publication.parts.get(name)]
    if wrong:
        raise LakeError(
            _("Version {number} of the lake {address} is not what was published: {names}.").format(
                number=publication.number, address=without_password(address), names=", ".join(wrong)
            ),
            _("Publish it again with --force."),
            SPOILT,
        )
    return publication, contents


def _snapshot(address: str, number: int) -> int:
    """The lake's own snapshot in which a version was published."""
    with attached(address) as cursor:
        row = cursor.execute(sql_beside(__file__, "lake_snapshot"), [str(number)]).fetchone()
    if row is None:
        raise LakeError(
            _("The lake holds no version {number}.").format(number=number),
            _("“python -m icc_data publish --list --to” and its address lists those that there are."),
            EMPTY,
        )
    return int(row[0])


def _contents(cursor: duckdb.DuckDBPyConnection, publication: Publication) -> Contents:
    # In the order in which they were written.
    rows = {name: cursor.table(name).order("rowid").to_arrow_table() for name in TABLES if name in publication.parts}
    return Contents(rows, dict(cursor.table(FILES).order("path").fetchall()))
