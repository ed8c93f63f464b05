"""Which rows of the large tables have to be looked at one by one, for all that can be refused stands in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from icc_data.incoming.check import Data, load_data
from icc_data.model.columns import Column, columns_of
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.practice_faults import practice_faults
from icc_data.model.records import Practice, read_cell
from icc_data.paths import sql_beside
from icc_data.store.large.cells import judge_cells, keep
from icc_data.store.large.staging import LARGE, doubt, stage
from icc_data.text import fold

Lines = dict[str, frozenset[int]]


def doubtful_lines(connection: duckdb.DuckDBPyConnection, directory: Path) -> Lines:
    """Read the large tables of a data folder, and find the lines of those rows that may be refused.

    What ``load_data`` says of the folder with no more of these tables than those lines is what it says of all of it.
    Rows are compared by sets: in doubt a row counts as doubtful, and with a row come those that its refusal depends on,
    the others of its key, and those of the same practice in the other table.

    Args:
        connection: keeps, for its time, the tables as they were read, in ``<table>_read``.
        directory: the data folder.

    Returns:
        By table the lines, and 0 where a file as a whole cannot be read.
    """
    small, _ = load_data(directory, dict.fromkeys(LARGE, ()))
    for table in LARGE:
        stage(connection, directory, table)
        judge_cells(connection, table, small.vocabulary)
    connection.execute(sql_beside(__file__, "folding"))
    _refused_places(connection, small)
    _folded_titles(connection)
    _amended_titles(connection, directory, small)
    connection.execute(sql_beside(__file__, "practice_doubts"))
    connection.execute(sql_beside(__file__, "coding_doubts"))
    return {table: _lines(connection, table) for table in LARGE}


def _lines(connection: duckdb.DuckDBPyConnection, table: str) -> frozenset[int]:
    return frozenset(line for (line,) in connection.execute(f"SELECT DISTINCT line FROM {table}_doubt").fetchall())


def _column(name: str) -> Column:
    return next(column for column in columns_of(Practice) if column.name == name)


def _refused_places(connection: duckdb.DuckDBPyConnection, small: Data) -> None:
    """The pairs of cities and countries, as they stand in their cells, of which some city or country is refused."""
    # An amended city may have moved from under its practices.
    gazetteers = [Gazetteer(cities) for cities in (small.cities, small.amended().cities)]
    refused: dict[str, list[str]] = {"city_ids": [], "countries": []}
    for pair in connection.execute("SELECT DISTINCT city_ids, countries FROM practices_cells").fetchall():
        places: dict[str, Any] = {}
        for name, cell in zip(refused, pair, strict=True):
            # Cells that cannot be read are noted already.
            places[name] = read_cell(_column(name), cell, small.vocabulary)[0] or ()
        practice = Practice(practice_id="", title="", **places)
        if any(
            not all(map(gazetteer.by_id, practice.city_ids)) or any(practice_faults(practice, gazetteer))
            for gazetteer in gazetteers
        ):
            for name, cell in zip(refused, pair, strict=True):
                refused[name].append(cell)
    keep(connection, "place_refused", refused)


def _folded_titles(connection: duckdb.DuckDBPyConnection) -> None:
    others = connection.execute("SELECT DISTINCT title FROM practices_read WHERE NOT is_plain(title)").fetchall()
    titles = [title for (title,) in others]
    keep(connection, "title_folded", {"title": titles, "folded": [fold(title) for title in titles]})


def _amended_titles(connection: duckdb.DuckDBPyConnection, directory: Path, small: Data) -> None:
    """What amended practices are called and where they are: each is looked at, and who has the same title there."""
    amended = [amendment.id for amendment in small.amendments if amendment.table == "practices"]
    lines = connection.execute(
        "SELECT line FROM practices_read WHERE practice_id IN (SELECT unnest($amended::VARCHAR[]))",
        {"amended": amended},
    ).fetchall()
    doubt(connection, "practices", [line for (line,) in lines])
    titles: dict[str, list[str]] = {"title": [], "city": []}
    if lines:
        data, _ = load_data(directory, {**dict.fromkeys(LARGE, ()), "practices": _lines(connection, "practices")})
        for practice in data.amended().practices:
            for city in practice.city_ids:
                titles["title"].append(fold(practice.title))
                titles["city"].append(city)
    keep(connection, "amended_title", titles)
