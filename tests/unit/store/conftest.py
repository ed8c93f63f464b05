"""What the tests of the store share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.unit.conftest import DataFolder


@pytest.fixture
def database(data_folder: DataFolder) -> Path:
    """Where a database of the small data folder is to be; there is none yet."""
    return data_folder.path.parent / "build" / "atlas.duckdb"


@pytest.fixture
def old_database(database: Path, small_file: Path) -> Path:
    """A database that was built of the small data folder before the test does anything to either."""
    database.parent.mkdir()
    shutil.copy(small_file, database)
    return database
