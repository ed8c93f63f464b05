"""Another data folder is chosen by an environment variable, what is made from it stands apart, and SQL is found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from icc_data.paths import sql_beside

ROOT = Path(__file__).parents[2]
TOLD = """
import json
from icc_data import paths
print(json.dumps([str(place) for place in (paths.DATA_DIRECTORY, paths.DATABASE, paths.PUBLISHED)]))
"""


def places(folder: str | Path, **settings: str) -> list[Path]:
    """Data folder, database and served tables where ``ATLAS_DATA`` names a folder."""
    environment = {**os.environ, "ATLAS_DATA": str(folder), **settings}
    told = subprocess.run([sys.executable, "-c", TOLD], cwd=ROOT, env=environment, capture_output=True, check=True)
    return [Path(text) for text in json.loads(told.stdout)]


def test_without_another_folder_everything_stands_where_it_is_documented() -> None:
    expected = [ROOT / "data", ROOT / "build" / "atlas.duckdb", ROOT / "static" / "data"]
    assert places("") == expected
    assert places(ROOT / "data") == expected


def test_another_folder_has_a_database_and_served_tables_of_its_own(tmp_path: Path) -> None:
    first, second = places(tmp_path / "a" / "data"), places(tmp_path / "b" / "data")
    assert first[0] == tmp_path / "a" / "data"
    assert len({first[1], second[1], ROOT / "build" / "atlas.duckdb"}) == 3
    assert len({first[2], second[2], ROOT / "static" / "data"}) == 3
    assert first[2].parent == ROOT / "static"


def test_a_folder_named_from_where_one_stands_is_that_folder() -> None:
    assert places("data")[1] == ROOT / "build" / "atlas.duckdb"


def test_all_that_is_shown_of_a_lake_lies_in_one_copy_of_it(tmp_path: Path) -> None:
    lake = f"ducklake:{tmp_path}/catalogue"
    here = places("", ATLAS_DATABASE=lake)
    copy = here[0].parent
    assert here == [copy / "data", copy / "atlas.duckdb", copy / "served" / "data"]
    assert copy.parent.parent == ROOT / "build"
    assert places("", ATLAS_DATABASE=f"{lake}-other")[0].parent != copy
    copies = tmp_path / "copies"
    assert places("", ATLAS_DATABASE=lake, ATLAS_COPIES=str(copies))[0] == copies / "current" / "data"


def test_the_sql_beside_a_module_is_read_as_it_stands(tmp_path: Path):
    (tmp_path / "sql" / "examples").mkdir(parents=True)
    (tmp_path / "sql" / "examples" / "one.sql").write_text("SELECT 'é'\n", encoding="utf-8")
    assert sql_beside(str(tmp_path / "module.py"), "examples/one") == "SELECT 'é'\n"


def test_sql_that_is_not_there_is_an_error(tmp_path: Path):
    with pytest.raises(OSError, match="two"):
        sql_beside(str(tmp_path / "module.py"), "two")
