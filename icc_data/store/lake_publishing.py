"""Publishing the data to a lake, as a version that all machines take over: all of it in one step, or nothing."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from icc_data.model.records import TABLES
from icc_data.paths import sql_beside
from icc_data.regular import file_bytes
from icc_data.settings import LAKE, POSTGRES, without_password
from icc_data.store.datapackage import TEXTS
from icc_data.store.folder_rows import read_rows
from icc_data.store.lake import FILES, FORMAT, Contents, Publication, read_newest
from icc_data.store.lake_connection import PATIENCE, alone, attached, quoted
from icc_data.store.linked_folder import told
from icc_data.store.snapshots import SHIPPED, snapshot_folders, snapshots

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Publishing:
    """What publishing did: the version, and whether the lake held it already."""

    publication: Publication
    skipped: bool


def _files_of(directory: Path) -> dict[str, bytes]:
    """What goes along with the tables: their licence, readme and changelog, and every snapshot."""
    texts = {name: directory / name for name in TEXTS if (directory / name).exists()}
    kept = snapshots(snapshot_folders(directory))
    copies = {f"{SHIPPED}/{one.id}/{path.name}": path for one in kept for path in one.path.iterdir() if path.is_file()}
    return {name: file_bytes(path) for name, path in {**texts, **copies}.items()}


def publish_to_lake(directory: Path, address: str, storage: Path | None = None, *, force: bool = False) -> Publishing:
    """Publish the data as a new version of a lake; earlier versions stay.

    A table that is as it was is not written again.

    Args:
        directory: the CSV files.
        address: the lake, as ``ducklake:postgres:dbname=atlas host=db``; is made where it is not there.
        storage: where its Parquet files are to lie, the same path on every machine; needed for a new one in PostgreSQL.
        force: publish even where the lake holds this data already, and write every table again.

    Raises:
        InvalidDataError: the data has problems; the lake stays as it was.
        AtlasError: the folder cannot be read.
        LakeError: the lake cannot be written; it stays as it was.
    """
    held = read_rows(directory)
    contents = Contents(held.rows, _files_of(directory))
    parts = contents.parts()
    catalogue = address.removeprefix(LAKE)
    if not catalogue.startswith(POSTGRES):
        with told(Path(catalogue)):
            Path(catalogue).parent.mkdir(parents=True, exist_ok=True)
    options = f"DATA_PATH {quoted(str(storage.absolute()))}" if storage else "READ_WRITE"
    with alone(address), attached(address, options, PATIENCE) as cursor:
        cursor.execute(sql_beside(__file__, "lake"))
        before = read_newest(cursor, address)
        if before is not None and before.parts == parts and not force:
            return Publishing(before, skipped=True)
        number = before.number + 1 if before else 1
        now = datetime.now(UTC).replace(microsecond=0).isoformat()
        publication = Publication(number, FORMAT, held.version, held.as_of, now, parts)
        there = {} if before is None or force else before.parts
        _write_tables(cursor, publication, there, held.rows)
        _write_files(cursor, publication, there, contents.files)
        _write_publication(cursor, publication)
        cursor.commit()
    _logger.info("Published the data of %s as version %d of %s.", directory, number, without_password(address))
    return Publishing(publication, skipped=False)


def _write_tables(
    cursor: duckdb.DuckDBPyConnection, publication: Publication, held: Mapping[str, str], rows: Mapping[str, Any]
) -> None:
    for name in TABLES:
        if name not in rows:
            cursor.execute(f'DROP TABLE IF EXISTS "{name}"')
        elif held.get(name) != publication.parts[name]:
            _put(cursor, name, rows[name])


def _write_files(
    cursor: duckdb.DuckDBPyConnection, publication: Publication, held: Mapping[str, str], files: Mapping[str, bytes]
) -> None:
    digests = {name: publication.parts[name] for name in files}
    if not held or digests != {name: digest for name, digest in held.items() if name not in TABLES}:
        schema = pa.schema({"path": pa.string(), "content": pa.binary()})
        _put(cursor, FILES, pa.table([list(files), list(files.values())], schema=schema))


def _write_publication(cursor: duckdb.DuckDBPyConnection, publication: Publication) -> None:
    facts = [publication.number, publication.format, publication.version, publication.as_of, publication.published]
    cursor.execute("INSERT INTO publication VALUES (?, ?, ?, ?, ?, ?)", [*facts, json.dumps(publication.parts)])
    told = f"version {publication.number}: data {publication.version[:12]} of {publication.as_of}"
    # By the number, the lake's own snapshot of a version is found again.
    cursor.execute("CALL lake.set_commit_message('atlas', ?, extra_info => ?)", [told, str(publication.number)])


def _put(cursor: duckdb.DuckDBPyConnection, name: str, rows: Any) -> None:
    # With the columns that it has now, which may be others than before.
    cursor.execute(f'DROP TABLE IF EXISTS "{name}"')
    cursor.from_arrow(rows).create(name)
