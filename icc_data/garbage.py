"""Python's search for garbage, put off where a lot is made that all is kept."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def not_looked_for() -> Iterator[None]:
    """No search for garbage meanwhile: for work of a few seconds whose objects hold each other in no circle, where
    searching all the while would take a sixth of the time or more."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
