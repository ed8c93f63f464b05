"""What the tests of the store share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from icc_data.store.build import build
from tests.unit.conftest import DataFolder, write_small_folder


@pytest.fixture
def database(data_folder: DataFolder) -> Path:
    """Where a database of the small data folder is to be; there is none yet."""
    return data_folder.path.parent / "build" / "atlas.duckdb"


@pytest.fixture(scope="session")
def _built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_small_folder(tmp_path_factory.mktemp("built-once"))
    return build(folder.path, folder.path.parent / "atlas.duckdb").database


@pytest.fixture
def old_database(database: Path, _built_once: Path) -> Path:
    """A database that was built of the small data folder before the test does anything to either."""
    database.parent.mkdir()
    shutil.copy(_built_once, database)
    return database
