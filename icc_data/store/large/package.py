"""The tables of the Data Package of a data folder with very many practices, made by columns."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from icc_data.incoming.check import Data
from icc_data.incoming.data_folder import table_file
from icc_data.model.columns import columns_of
from icc_data.model.records import TABLES
from icc_data.paths import sql_beside
from icc_data.regular import file_bytes
from icc_data.store.csv_files import write_csv
from icc_data.store.derived_tables import DERIVED
from icc_data.store.large.building import read_large, reading_large
from icc_data.store.large.cells import has_no_space_around, keep
from icc_data.store.large.filling import keep_years, lay_amendments_over
from icc_data.store.large.staging import LARGE
from icc_data.store.large.typed import typed_rows
from icc_data.store.large.version import newest_day_of
from icc_data.store.package_tables import PackageTable, PackageTables, package_table, tables_there
from icc_data.store.parquet import cells_of_arrow, parquet_bytes
from icc_data.store.rows import TERM_LISTS


def large_package_tables(directory: Path) -> PackageTables:
    """As ``package_tables.package_tables``.

    Args:
        directory: a folder that ``building.is_large``.
    """
    with reading_large() as connection:
        large = read_large(connection, directory)
        tables = {
            name: _as_read(connection, directory, name) if name in LARGE else package_table(directory, large.data, name)
            for name in tables_there(directory)
        }
        lay_amendments_over(connection, large.data.amended())
        tables |= _derived(connection, large.data.amended())
        return PackageTables(large.version, large.as_of, large.data.vocabulary, tables)


def _as_read(connection: duckdb.DuckDBPyConnection, directory: Path, table: str) -> PackageTable:
    file = table_file(directory, table)
    rows = typed_rows(connection, table)
    content = file_bytes(file) if _fits(connection, file, table) else _csv(cells_of_arrow(table, rows))
    return PackageTable(content, parquet_bytes(rows), rows.num_rows)


def _fits(connection: duckdb.DuckDBPyConnection, file: Path, table: str) -> bool:
    """Whether a CSV file is what the Table Schema describes, as it is."""
    columns = columns_of(TABLES[table])
    with file.open("rb") as content:
        if content.readline().rstrip(b"\r\n") != ",".join(column.name for column in columns).encode():
            return False
    unlike = " OR ".join(
        f"cells.{column.name} <> coalesce(meant.{column.name}, '')"
        if column.many
        else f"NOT {has_no_space_around(f'cells.{column.name}')}"
        for column in columns
    )
    asked = f"FROM {table}_cells AS cells JOIN {table}_read AS meant USING (number) WHERE {unlike} LIMIT 1"
    return connection.execute(f"SELECT 1 {asked}").fetchone() is None


def _csv(cells: Any) -> bytes:
    with tempfile.TemporaryDirectory(prefix="atlas-package-") as folder:
        file = Path(folder) / "cells.csv"
        write_csv(cells, file)
        return file_bytes(file)


def _derived(connection: duckdb.DuckDBPyConnection, amended: Data) -> Iterator[tuple[str, PackageTable]]:
    keep_years(connection, newest_day_of(connection).year)
    codes = amended.vocabulary.codes
    terms = [(name, place, code) for name in TERM_LISTS.values() for place, code in enumerate(codes(name))]
    vocabularies, places, held = zip(*terms, strict=True)
    keep(connection, "term_place", {"vocabulary": vocabularies, "place": places, "code": held})
    asked = {
        "practice_years": sql_beside(__file__, "practice_years"),
        "practice_terms": sql_beside(__file__, "practice_terms"),
        "practice_cities": sql_beside(__file__, "practice_cities"),
    }
    for name, derived in DERIVED.items():
        rows = connection.execute(asked[name]).to_arrow_table().select(derived.types().names).cast(derived.types())
        cells = pa.table({column: rows.column(column).cast(pa.string()).fill_null("") for column in rows.column_names})
        yield name, PackageTable(_csv(cells), parquet_bytes(rows), rows.num_rows)
