"""The search for garbage is put off and taken up again, whatever happens meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from icc_data import garbage


@pytest.fixture(autouse=True)
def searching() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_nothing_is_looked_for_meanwhile_and_then_it_is_again() -> None:
    with garbage.not_looked_for():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_looked_for_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="broken"), garbage.not_looked_for():
        raise ValueError("broken")
    assert gc.isenabled()


def test_where_it_was_off_it_stays_off() -> None:
    gc.disable()
    with garbage.not_looked_for():
        pass
    assert not gc.isenabled()
