"""For all tests: they work on a frozen copy of the data, reach no other machine, and none is timed by how busy this is.

The data changes; what a test counts must not. Only what has to hold for whatever stands in data/ is asked of that.
"""

from __future__ import annotations

import gc
import os
import socket
import sys
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import settings

from tests.helpers.examples import FULL, USUAL

# Before anything of icc_data is imported, and for every process that a test starts.
os.environ["ATLAS_DATA"] = str(Path(__file__).parent / "fixtures" / "data_2026_11_22")

# Commands speak the language of whoever runs the tests, who may speak any.
os.environ["LANGUAGE"] = "en"

# The same examples in every run: no change is to blame for what chance finds. A usual run tries few of each property;
# `make properties` and what has to pass before a change is taken try all. Chance has its own profile, which tries many
# (`make properties ARGS="--hypothesis-profile thorough"`), and `make fuzz`.
settings.register_profile("atlas", deadline=None, max_examples=USUAL, derandomize=True)
settings.register_profile("full", deadline=None, max_examples=FULL, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile("atlas")


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """Whatever language a test spoke, the next one, and what is made for several, begins in English."""
    yield
    from icc_data.i18n import set_language

    set_language("en")


@pytest.fixture(autouse=True, scope="session")
def _small_databases() -> Iterator[None]:
    """Let DuckDB do for the many small databases of a process of tests what it does for one large database.

    It checks the signature of full-text search in the first of them alone: it would read and digest all 11 MB for each,
    which takes several times longer than to fill and index a small database. And one thread asks: several wait for each
    other, and so do the processes of tests. What a process of the atlas itself opens is opened as ever.
    """
    from icc_data.store.database import load_full_text_search

    connect, here = duckdb.connect, {"allow_unsigned_extensions": True, "threads": 1}
    with connect() as connection:
        load_full_text_search(connection)

    def checked(*arguments: Any, config: dict[str, Any] | None = None, **others: Any) -> duckdb.DuckDBPyConnection:
        return connect(*arguments, config={**here, **(config or {})}, **others)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duckdb, "connect", checked)
        yield


_MAIN = sys.modules["__main__"]


@pytest.fixture(autouse=True)
def _own_main_again() -> Iterator[None]:
    """Streamlit puts the script that it runs in the place of the program, and whatever process is started runs that."""
    yield
    sys.modules["__main__"] = _MAIN


def pytest_collection() -> None:
    """Look for garbage neither now nor later among what stays until the end: that took seconds of every process."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Look for garbage again, in what comes from now on, and not after every few hundred objects."""
    gc.freeze()
    gc.set_threshold(50_000)
    gc.enable()


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(autouse=True, scope="session")
def _no_other_machine() -> Iterator[None]:
    """Refuse connections to other machines: the atlas makes none, and neither may its tests."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(str(address[0])):
            pytest.fail(f"Something connects to another machine: {address[0]}.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield
