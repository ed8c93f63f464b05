"""The tables of a data folder with their types, column by column, however many rows they have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from icc_data.incoming.check import Data
from icc_data.incoming.data_folder import table_file
from icc_data.incoming.readers.opening import lines_of_table
from icc_data.model.records import TABLES
from icc_data.store.large.building import is_large, read_large, reading_large
from icc_data.store.large.staging import LARGE
from icc_data.store.large.typed import typed_rows
from icc_data.store.making import consistent
from icc_data.store.parquet import table_as_arrow
from icc_data.store.versions import as_of_date, data_version, read_folder


@dataclass(frozen=True)
class FolderRows:
    """What a data folder holds.

    Attributes:
        version: as ``versions.data_version``.
        as_of: as ``versions.as_of_date``.
        rows: of each table by its name (pyarrow.Table), with the columns that were recorded.
    """

    version: str
    as_of: date
    rows: Mapping[str, Any]


def read_rows(directory: Path) -> FolderRows:
    """Read and judge a data folder, of one moment.

    Raises:
        InvalidDataError: the data has problems.
        AtlasError: there is no such folder, or somebody writes to it all the time.
    """
    if is_large(directory):
        return consistent(directory, None, _read_large)[1]
    data, tables = read_folder(directory)
    rows = {name: _rows(data, name, texts.columns) for name, texts in tables.items()}
    return FolderRows(data_version(data), as_of_date(data), rows)


def _rows(data: Data, table: str, columns: Collection[str]) -> Any:
    return table_as_arrow(table, [item.record for item in data.accepted[table]], columns)


def _read_large(directory: Path) -> FolderRows:
    with reading_large() as connection:
        large = read_large(connection, directory)
        rows = {}
        for table in TABLES:
            file = table_file(directory, table)
            if file.exists():
                header = lines_of_table(file, ()).header
                read = typed_rows(connection, table, header) if table in LARGE else _rows(large.data, table, header)
                rows[table] = read
        return FolderRows(large.version, large.as_of, rows)
