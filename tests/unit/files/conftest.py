"""What the tests of files share."""

from __future__ import annotations

import duckdb
import pytest

from tests.helpers.packs import Packs


@pytest.fixture(scope="session")
def packs(atlas: duckdb.DuckDBPyConnection) -> Packs:
    """Packs of the frozen data, each file written once for all tests."""
    return Packs(atlas)
