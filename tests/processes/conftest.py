"""What the tests of whole commands and of processes share with the unit tests: their data, databases and console."""

from __future__ import annotations

from tests.unit.conftest import atlas, atlas_file, atlas_options, data_folder, real_data
from tests.unit.console.conftest import _no_standing_back, console

__all__ = ["_no_standing_back", "atlas", "atlas_file", "atlas_options", "console", "data_folder", "real_data"]
