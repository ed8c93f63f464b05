"""The server calls no other machine: not when it starts, not for a page, not for a visitor from another site."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.tabs import Session
from tests.browser.dashboards import watching

ROOT = Path(__file__).parents[2]
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


def elsewhere(log: Path) -> set[str]:
    """What a process asked for beyond this machine."""
    lines = (line.split() for line in log.read_text(encoding="utf-8").splitlines())
    return {" ".join(line) for line in lines if line[-1] not in HERE}


def refusal(url: str, origin: str) -> int:
    """The status with which a websocket from a page of another site is answered."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    connection.request("GET", "/_stcore/stream", headers=_UPGRADE | {"Origin": origin})
    return connection.getresponse().status


def test_a_connection_is_seen_where_one_is_made(tmp_path: Path):
    ask = "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(('127.0.0.1', 9))"
    log = tmp_path / "connections"
    subprocess.run([sys.executable, "-c", ask], env=os.environ | watching(log), check=True)
    assert log.read_text(encoding="utf-8") == "socket.connect 127.0.0.1\n"


def test_nothing_is_asked_at_the_start(server: str, connections: Path):
    assert elsewhere(connections) == set()


def test_nothing_is_asked_where_a_page_of_another_site_is_turned_away(server: str, connections: Path):
    assert refusal(server, "https://elsewhere.example") == 403
    assert elsewhere(connections) == set()


def test_nothing_is_asked_for_a_page(server: str, connections: Path):
    tab = Session(server)
    assert tab.run().received > 10_000
    tab.close()
    assert elsewhere(connections) == set()


def test_nothing_is_asked_where_the_server_is_opened_up(tmp_path: Path):
    log = tmp_path / "connections"
    said = subprocess.run(
        [sys.executable, "-c", _BANNER], cwd=ROOT, env=os.environ | watching(log), capture_output=True, check=True
    )
    assert b"URL: http" in said.stdout
    assert elsewhere(log) == set()
