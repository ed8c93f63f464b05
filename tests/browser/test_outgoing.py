"""The server calls no other machine: not when it starts, not for a page, not for a visitor from another site."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from benchmarks.tabs import Session
from tests.browser.conftest import running_dashboard

ROOT = Path(__file__).parents[2]
WATCHED = ROOT / "tests" / "helpers" / "watched"
HERE = {"127.0.0.1", "::1", "localhost", "None"}
_UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
# Without binding to every address of the machine that runs the tests.
_BANNER = """
from streamlit import config
from streamlit.web import bootstrap
import server
config.set_option("server.address", "0.0.0.0")
config.set_option("server.headless", True)
bootstrap._print_url(False)
"""


@dataclass(frozen=True)
class Watched:
    """A server whose connections are written down."""

    url: str
    log: Path

    def elsewhere(self) -> set[str]:
        """What it asked for beyond this machine."""
        lines = (line.split() for line in self.log.read_text(encoding="utf-8").splitlines())
        return {" ".join(line) for line in lines if line[-1] not in HERE}


def environment(log: Path) -> dict[str, str]:
    return {"ATLAS_WATCH": str(log), "PYTHONPATH": os.pathsep.join([str(WATCHED), str(ROOT)])}


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("watched")
    with running_dashboard(folder / "server.log", **environment(folder / "connections")) as url:
        yield Watched(url, folder / "connections")


def refusal(url: str, origin: str) -> int:
    """The status with which a websocket from a page of another site is answered."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    connection.request("GET", "/_stcore/stream", headers=_UPGRADE | {"Origin": origin})
    return connection.getresponse().status


def test_a_connection_is_seen_where_one_is_made(tmp_path: Path):
    ask = "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(('127.0.0.1', 9))"
    log = tmp_path / "connections"
    subprocess.run([sys.executable, "-c", ask], env=os.environ | environment(log), check=True)
    assert log.read_text(encoding="utf-8") == "socket.connect 127.0.0.1\n"


def test_nothing_is_asked_at_the_start(watched: Watched):
    assert watched.elsewhere() == set()


def test_nothing_is_asked_where_a_page_of_another_site_is_turned_away(watched: Watched):
    assert refusal(watched.url, "https://elsewhere.example") == 403
    assert watched.elsewhere() == set()


def test_nothing_is_asked_for_a_page(watched: Watched):
    tab = Session(watched.url)
    assert tab.run().received > 10_000
    tab.close()
    assert watched.elsewhere() == set()


def test_nothing_is_asked_where_the_server_is_opened_up(tmp_path: Path):
    log = tmp_path / "connections"
    said = subprocess.run(
        [sys.executable, "-c", _BANNER], cwd=ROOT, env=os.environ | environment(log), capture_output=True, check=True
    )
    assert b"URL: http" in said.stdout
    assert Watched("", log).elsewhere() == set()
