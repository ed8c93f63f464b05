"""What the tests of charts and maps share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from altair.utils import schemapi


@pytest.fixture(scope="module", autouse=True)
def _checked_as_a_whole() -> Iterator[None]:
    """Hold each chart against Vega-Lite's schema once, when it is whole, and not each of its parts before that."""
    with schemapi.debug_mode(False):
        yield
