"""What the tests of the console share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from icc_data.console.execution import Console


@pytest.fixture(scope="session")
def console(atlas_file: Path) -> Iterator[Console]:
    """A console as the page has it, whose process answers one test after the other."""
    console = Console(atlas_file)
    yield console
    console.close()
