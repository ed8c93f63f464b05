"""The tables of the Data Package as files: those of the data folder, and what is derived from them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from icc_data.incoming.check import Data, valid_data
from icc_data.incoming.data_folder import table_file
from icc_data.model.columns import columns_of
from icc_data.model.records import LATER_TABLES, TABLES, Record, row_of
from icc_data.model.vocabulary import Vocabulary
from icc_data.regular import file_bytes
from icc_data.store.derived_tables import DERIVED
from icc_data.store.parquet import table_as_parquet
from icc_data.store.versions import as_of_date, data_version


@dataclass(frozen=True)
class PackageTable:
    """The two files of a table, and how many rows it has."""

    csv: bytes
    parquet: bytes
    rows: int


@dataclass(frozen=True)
class PackageTables:
    """What a Data Package is made of.

    Attributes:
        version: as ``versions.data_version``.
        as_of: as ``versions.as_of_date``.
        vocabulary: the closed lists.
        tables: by name, in the order of ``records.TABLES``, the derived ones behind them.
    """

    version: str
    as_of: date
    vocabulary: Vocabulary
    tables: Mapping[str, PackageTable]


def package_tables(directory: Path) -> PackageTables:
    """The tables of a data folder, of which each row is looked at.

    Raises:
        InvalidDataError: the data has problems.
        AtlasError: there is no such folder, or no practice says when it was seen.
    """
    data = valid_data(directory)
    as_of = as_of_date(data)
    tables = {name: package_table(directory, data, name) for name in tables_there(directory)}
    amended = data.amended()
    for name, derived in DERIVED.items():
        rows = list(derived.rows(amended))
        tables[name] = PackageTable(derived.csv(rows), derived.parquet(rows), len(rows))
    return PackageTables(data_version(data), as_of, data.vocabulary, tables)


def tables_there(directory: Path) -> list[str]:
    """The tables that a data folder has."""
    return [name for name in TABLES if name not in LATER_TABLES or table_file(directory, name).exists()]


def package_table(directory: Path, data: Data, table: str) -> PackageTable:
    """A table of a data folder.

    Args:
        directory: the folder.
        data: all of its records.
        table: a key of ``records.TABLES``.
    """
    records = [item.record for item in data.accepted[table]]
    return PackageTable(
        _csv(table_file(directory, table), table, records), table_as_parquet(table, records), len(records)
    )


def _fits(content: bytes, table: str) -> bool:
    """Whether the bytes of a CSV file are what the Table Schema describes."""
    columns = columns_of(TABLES[table])
    try:
        header, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    except (UnicodeDecodeError, ValueError, csv.Error):
        return False
    return header == [column.name for column in columns] and all(
        cell == (column.text(column.parse(cell)) if column.many else cell.strip())
        for row in rows
        for column, cell in zip(columns, row, strict=True)
    )


def _csv(file: Path, table: str, records: Sequence[Record]) -> bytes:
    """The table's file as it is; written anew where it was saved with semicolons, in another order and the like."""
    content = file_bytes(file)
    if _fits(content, table):
        return content
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [column.name for column in columns_of(TABLES[table])], lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(row_of, records))
    return out.getvalue().encode("utf-8")
