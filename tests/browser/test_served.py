"""What the server adds for the public web, asked of the running one."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from contextlib import closing
from http.client import HTTPResponse

import httpx
import pytest
import websocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.shared.navigation import ADDRESSES


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


@pytest.mark.parametrize("address", ["nonsense", "nonsense/deeper", "static/js/nothing.js", "robots.txt"])
def test_an_address_of_no_page_is_not_found(server: str, address: str):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        ask(f"{server}/{address}")


@pytest.mark.parametrize("page", ADDRESSES)
def test_a_page_is_found_at_its_address_and_with_a_slash_behind_it(server: str, page: str):
    assert ask(f"{server}/{page}?lang=fr").url == f"{server}/{page}?lang=fr"
    if page:
        assert ask(f"{server}/{page}/?lang=fr").url == f"{server}/{page}?lang=fr"


HEADERS = [
    *("", "practice?id=x", "nonsense", "map/", "health", "ready", "spoken.js", "favicon.png", "media/nothing.png"),
    *("data/practices.csv", "data/practices.json?country=spain", "data/openapi.json", "data/nothing.csv"),
    *("app/static/icon.svg", "app/static/land.geojson", "app/static/heading.woff2", "app/static/nothing.svg"),
    *("_stcore/health", "_stcore/host-config", "_stcore/metrics"),
]


@pytest.mark.parametrize("address", HEADERS)
@pytest.mark.parametrize("encoding", ["identity", "gzip", "gzip, br"])
def test_no_header_is_said_twice_and_a_head_is_as_long_as_its_page(server: str, address: str, encoding: str):
    with httpx.Client(base_url=server) as client:
        answer = client.get(f"/{address}", headers={"accept-encoding": encoding})
        head = client.head(f"/{address}", headers={"accept-encoding": encoding})
    names = [name for name, _text in answer.headers.multi_items()]
    assert len(set(names)) == len(names)
    varied = answer.headers.get("vary", "").lower().split(", ")
    assert len(set(varied)) == len(varied)
    assert head.status_code == answer.status_code
    same_coding = head.headers.get("content-encoding") == answer.headers.get("content-encoding")
    if same_coding and "content-length" in head.headers:
        assert head.headers["content-length"] == answer.headers["content-length"]


def test_figures_on_the_server_are_closed(server: str):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        ask(f"{server}/_stcore/metrics")


def test_the_server_says_that_it_is_well(server: str):
    assert json.loads(ask(f"{server}/health").read())["status"] == "ok"
    assert ask(f"{server}/ready").status == 200


def test_an_open_page_keeps_only_so_much_of_what_is_sent_to_it(server: str):
    with closing(websocket.create_connection(f"{server.replace('http', 'ws')}/_stcore/stream", 30)) as page:
        asked = BackMsg()
        asked.rerun_script.page_name = "contribute"
        page.send_binary(asked.SerializeToString())
        session = ""
        while not session:
            session = ForwardMsg.FromString(page.recv()).new_session.initialize.session_id
        with httpx.Client(base_url=server, timeout=60) as client:
            client.get("/_stcore/health")
            proof = {"X-Xsrftoken": client.cookies["_streamlit_xsrf"]}

            def sent(number: int, size: int) -> int:
                file = {"file": ("a.csv", b"a" * size)}
                address = f"/_stcore/upload_file/{session}/{number}"
                return client.put(address, files=file, headers=proof).status_code

            assert sent(0, 30_000_000) == 413
            statuses = [sent(number, 5_000_000) for number in range(1, 13)]
    assert (statuses[:8], statuses[-1]) == ([204] * 8, 413)


def sent(server: str) -> list[ForwardMsg]:
    """What one run of a page sends."""
    with closing(websocket.create_connection(f"{server.replace('http', 'ws')}/_stcore/stream", 30)) as page:
        asked = BackMsg()
        asked.rerun_script.page_name = "accessibility"
        page.send_binary(asked.SerializeToString())
        messages = [ForwardMsg.FromString(page.recv())]
        while messages[-1].WhichOneof("type") != "script_finished":
            messages.append(ForwardMsg.FromString(page.recv()))
    return messages


def test_the_elements_of_a_run_are_named_and_nothing_else_is(server: str):
    messages = sent(server)
    kinds = {message.delta.WhichOneof("type") or message.WhichOneof("type") for message in messages}
    named = {message.delta.WhichOneof("type") or message.WhichOneof("type") for message in messages if message.hash}
    nameless = {message.delta.WhichOneof("type") for message in messages if not message.hash}
    assert named == {"new_element"}
    assert "new_element" not in nameless
    assert {"add_block", "navigation"} <= kinds


def test_a_run_sends_the_addresses_of_logo_and_icon_and_not_the_pictures(server: str):
    messages = sent(server)
    (logo,) = [message.logo for message in messages if message.WhichOneof("type") == "logo"]
    icons = {message.page_config_changed.favicon for message in messages} - {""}
    assert (logo.image, logo.icon_image, icons) == ("/app/static/logo.svg", "/app/static/icon.svg", {logo.icon_image})
