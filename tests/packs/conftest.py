"""What the tests of whole documents and pictures share: packs, and with the unit tests their data and databases."""

from __future__ import annotations

import duckdb
import pytest

from tests.helpers.packs import Packs
from tests.unit.conftest import atlas, atlas_file, atlas_options, data_folder

__all__ = ["atlas", "atlas_file", "atlas_options", "data_folder"]


@pytest.fixture(scope="session")
def packs(atlas: duckdb.DuckDBPyConnection) -> Packs:
    """Packs of the frozen data, each file written once for all tests."""
    return Packs(atlas)
