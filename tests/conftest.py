"""For all tests: no test reaches another machine, and none is timed by how busy this one is."""

from __future__ import annotations

import gc
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("atlas", deadline=None)
settings.load_profile("atlas")


def pytest_collection() -> None:
    """Look for garbage neither now nor later among what stays until the end: that took seconds of every process."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Look for garbage again, in what comes from now on."""
    gc.freeze()
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
