"""Lakes: what lies in their folders, and what a test changes in them behind the back of the atlas."""

from __future__ import annotations

import json
from pathlib import Path

from icc_data.store.lake import Contents, _contents, _publication
from icc_data.store.lake_connection import _engine, attached
from icc_data.store.parquet import texts_of_arrow
from icc_data.store.versions import Texts
from tests.unit.conftest import DataFolder


def tables_of(contents: Contents) -> dict[str, Texts]:
    """The tables of a version as texts, to be compared with those of a data folder."""
    return {name: texts_of_arrow(name, rows) for name, rows in contents.rows.items()}


def in_the_lake(lake: str, sql: str, values: list[object] | None = None) -> None:
    """Change a lake, by the name of ``lake``."""
    cursor = _engine().cursor()
    cursor.execute(f"ATTACH '{lake}' AS lake")
    cursor.execute(sql, values)
    cursor.execute("DETACH lake")


def published_as_it_stands(lake: str) -> None:
    """Let the last publication say of its parts what stands in the lake now."""
    with attached(lake) as cursor:
        publication = _publication(cursor.execute("FROM publication ORDER BY number").fetchall()[-1])
        parts = _contents(cursor, publication).parts()
    told = "UPDATE lake.publication SET parts = ? WHERE number = ?"
    in_the_lake(lake, told, [json.dumps(parts), publication.number])


def parquet_files(lake: str, table: str) -> list[Path]:
    """Where a lake keeps the rows of a table, but for those that are in its catalogue."""
    files = Path(f"{lake.removeprefix('ducklake:')}.files") / "main" / table
    return sorted(files.glob("*.parquet"))


def many_cities(folder: DataFolder) -> None:
    """So many that they are a Parquet file: DuckLake keeps a few rows in its catalogue."""
    for number in range(20):
        folder.append("cities", city_id=f"town-{number}", name=f"Town {number}", country_code="ES", country="Spain")
