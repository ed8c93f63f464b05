"""What the server adds for the public web, asked of the running one."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from http.client import HTTPResponse

import pytest


def ask(url: str) -> HTTPResponse:
    answer: HTTPResponse = urllib.request.urlopen(urllib.request.Request(url, headers={"Accept-Encoding": "gzip"}))
    return answer


def test_the_page_says_what_it_may_do(server: str):
    headers = ask(server).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe-eval'" not in headers["Content-Security-Policy"].replace("'wasm-unsafe-eval'", "")
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_scripts_of_the_page_travel_compressed(server: str):
    (script,) = re.findall(rb'<script type="module" crossorigin src="\./([^"]+)"', ask(server).read())
    assert ask(f"{server}/{script.decode()}").headers["Content-Encoding"] == "gzip"


def test_figures_on_the_server_are_closed(server: str):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        ask(f"{server}/_stcore/metrics")


def test_the_server_says_that_it_is_well(server: str):
    assert json.loads(ask(f"{server}/health").read())["status"] == "ok"
    assert ask(f"{server}/ready").status == 200
