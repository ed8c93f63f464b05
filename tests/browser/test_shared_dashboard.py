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
from tests.browser.dashboards import answers, running_dashboard, shared_dashboard, watching

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


def test_an_exception_is_said_by_the_process_whose_page_it_was_on_and_where_nobody_is_named_by_all(tmp_path: Path):
    app, log = tmp_path / "app.py", tmp_path / "log"
    app.write_text(BROKEN, encoding="utf-8")
    with running_dashboard(log, script=str(app), **watching(tmp_path / "connections")) as url:
        open_as(url, f"A Browser/1 {sign('gw1')}")
        named = log.read_text(encoding="utf-8")
        open_as(url, "A Browser/1")
        unnamed = log.read_text(encoding="utf-8").removeprefix(named)
    assert [len(complaints_in(named, process)) for process in ("gw1", "gw2", "gw11")] == [2, 0, 0]
    assert "ValueError: of the page" in complaints_in(named, "gw1")[1]
    assert [len(complaints_in(unnamed, process)) for process in ("gw1", "gw2")] == [2, 2]


def test_the_pages_of_the_tests_say_whose_they_are(new_page, own_sign: str):
    page: Page = new_page()
    with page.expect_websocket() as opened:
        page.goto("/accessibility")
    assert opened.value.url.startswith("ws")
    assert page.evaluate("() => navigator.userAgent").endswith(f" {own_sign}")
