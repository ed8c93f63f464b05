"""One dashboard for all processes of a run of the tests, and whose test says what goes wrong in it."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import websocket
from playwright.sync_api import Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.complaints import Complaints, sign
from tests.browser.dashboards import answers, shared_dashboard

BROKEN = """
try:
    1 / 0
except ZeroDivisionError:
    raise ValueError("of the page")
"""


def complaints_in(log: str, process: str) -> list[str]:
    """What a test of a process says for what the server wrote."""
    complaints = Complaints("http://127.0.0.1:1", own_sign=sign(process))
    complaints.read_log(log)
    return complaints.found


def open_as(url: str, caller: str) -> None:
    """Run the page to its end, as a browser that calls itself so."""
    address = f"{url.replace('http', 'ws')}/_stcore/stream"
    with closing(websocket.create_connection(address, 60, header=[f"User-Agent: {caller}"])) as page:
        asked = BackMsg()
        asked.rerun_script.page_name = ""
        page.send_binary(asked.SerializeToString())
        while ForwardMsg.FromString(page.recv()).WhichOneof("type") != "script_finished":
            pass


def test_who_comes_later_is_given_the_same_dashboard_and_it_ends_with_the_last(tmp_path: Path):
    with shared_dashboard(tmp_path) as first:
        with shared_dashboard(tmp_path) as second:
            assert second == first
        assert answers(first.url)
    for _ in range(300):
        if not answers(first.url):
            break
        time.sleep(0.1)
    assert not answers(first.url)
    with shared_dashboard(tmp_path) as later:
        assert answers(later.url)


def test_the_pages_of_the_tests_say_whose_they_are(new_page, own_sign: str):
    page: Page = new_page()
    with page.expect_websocket() as opened:
        page.goto("/accessibility")
    assert opened.value.url.startswith("ws")
    assert page.evaluate("() => navigator.userAgent").endswith(f" {own_sign}")
