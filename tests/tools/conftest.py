"""What the tests of tools share with the unit tests: their data and databases."""

from __future__ import annotations

from tests.unit.conftest import atlas, atlas_file, atlas_options, data_folder

__all__ = ["atlas", "atlas_file", "atlas_options", "data_folder"]
