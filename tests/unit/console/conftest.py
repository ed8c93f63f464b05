"""What the tests of the console share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from icc_data.console import process
from icc_data.console.execution import Console
from tests.helpers.questions import PATIENCE


@pytest.fixture(autouse=True, scope="session")
def _no_standing_back() -> Iterator[None]:
    """Let the processes that answer start and work as fast as any: all others here are tests, which wait for them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(process, "NICE", 0)
        patch.setattr(process, "START_LIMIT", 5 * PATIENCE)
        yield


@pytest.fixture(scope="session")
def console(atlas_file: Path) -> Iterator[Console]:
    """A console as the page has it, but patient, whose process answers one test after the other."""
    console = Console(atlas_file, time_limit=PATIENCE)
    yield console
    console.close()
