"""`make serve`: processes behind one port, of which each visitor stays at one; too many are told so politely."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from websocket import WebSocketBadStatusException

from benchmarks.tabs import Session
from tests.browser.dashboards import free_port
from tests.helpers.documents import ROOT
from tests.helpers.nginx import kept_at
from tools.find_nginx import ADVICE, find_nginx
from tools.serve import answers, configure

MOST_OPEN = 8
PATIENCE = 120.0


class Served:
    """The atlas with two processes behind one port."""

    def __init__(self, port: int, launcher: subprocess.Popen[str]) -> None:
        self.url, self.launcher = f"http://127.0.0.1:{port}", launcher

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> tuple[int, str]:
        """The status of an address and what came."""
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        request = urllib.request.Request(self.url + path, data=body, headers=named, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace")

    def send_file(self, tab: Session, cookie: str) -> int:
        """The status of a file that somebody with a cookie sends to an open page."""
        with urllib.request.urlopen(
            urllib.request.Request(f"{self.url}/_stcore/health", headers={"Cookie": cookie}), timeout=60
        ) as answer:
            (token,) = re.findall(r"_streamlit_xsrf=([^;]+)", answer.headers["Set-Cookie"])
        return self.ask(
            f"/_stcore/upload_file/{tab.id}/file",
            "PUT",
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\ntitle\r\n--x--\r\n',
            Content_Type="multipart/form-data; boundary=x",
            Cookie=f"{cookie}; _streamlit_xsrf={token}",
            X_Xsrftoken=token,
        )[0]

    def open_tab(self, cookie: str = "atlas_server=new") -> Session:
        """A tab of somebody whose browser has this cookie."""
        return Session(self.url, cookie=cookie, origin=self.url)


def ports_of_workers(launcher: subprocess.Popen[str]) -> dict[int, int]:
    """The processes of the atlas by their port."""
    children = Path(f"/proc/{launcher.pid}/task/{launcher.pid}/children").read_text(encoding="ascii").split()
    workers = {}
    for child in map(int, children):
        # One that has just ended says nothing any more.
        with suppress(OSError):
            environment = Path(f"/proc/{child}/environ").read_bytes().decode("utf-8", "replace")
            if b"server.py" in Path(f"/proc/{child}/cmdline").read_bytes():
                (port,) = re.findall(r"ATLAS_PORT=(\d+)", environment)
                workers[int(port)] = child
    return workers


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    if find_nginx() is None:
        pytest.fail(ADVICE, pytrace=False)
    port = free_port()
    command = [sys.executable, "tools/serve.py", "--processes", "2", "--open", str(MOST_OPEN)]
    environment = {**os.environ, "ATLAS_PORT": str(port)}
    launcher = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert launcher.stdout is not None
    assert any("2 processes serve the atlas" in line for line in launcher.stdout), "it says when it serves"
    try:
        until = time.monotonic() + PATIENCE
        while not answers(port):
            assert time.monotonic() < until
        yield Served(port, launcher)
    finally:
        launcher.terminate()
        launcher.wait(60)


def open_three(served: Served) -> list[str]:
    """The processes that three come to who are there at the same moment."""
    tabs = [served.open_tab() for _ in range(3)]
    for tab in tabs:
        tab.close()
    return [kept_at(tab) for tab in tabs]


def test_whoever_comes_is_sent_to_where_the_fewest_pages_are_open(served: Served):
    tabs = [served.open_tab() for _ in range(6)]
    assert sorted(kept_at(tab) for tab in tabs) == ["s1"] * 3 + ["s2"] * 3
    for tab in tabs:
        if kept_at(tab) == "s1":
            tab.close()
    until = time.monotonic() + PATIENCE
    # nginx learns a moment later that a page was closed. Taking turns, three would never come to the same one.
    while open_three(served) != ["s1"] * 3:
        assert time.monotonic() < until
    for tab in tabs:
        tab.close()


def test_what_a_visitor_sends_reaches_the_process_that_has_their_page_and_no_other(served: Served):
    tabs = [served.open_tab() for _ in range(4)]
    for tab in tabs:
        tab.run()
    sent = {
        (kept_at(tab) == server, served.send_file(tab, f"atlas_server={server}"))
        for tab in tabs
        for server in ("s1", "s2")
    }
    for tab in tabs:
        tab.close()
    assert sent == {(True, 204), (False, 400)}


def test_whoever_keeps_no_cookies_stays_at_one_process(served: Served):
    tabs = [served.open_tab("") for _ in range(4)]
    for tab in tabs:
        tab.run()
    sent = [served.send_file(tab, "") for tab in tabs]
    for tab in tabs:
        tab.close()
    assert sent == [204] * 4


def test_too_many_see_a_page_that_tries_again_and_who_is_there_goes_on(served: Served):
    tabs = [served.open_tab() for _ in range(MOST_OPEN)]
    try:
        status, page = served.ask("/map", Accept="text/html")
        assert status == 503
        assert "busy, trying again" in page
        assert '<meta http-equiv="refresh"' in page
        with pytest.raises(WebSocketBadStatusException, match="503"):
            served.open_tab()
        assert tabs[0].run().received > 10_000
        assert served.ask("/app/static/map-light.json")[0] == 200
    finally:
        for tab in tabs:
            tab.close()


def test_a_process_that_ended_is_started_anew(served: Served):
    port, process = next(iter(ports_of_workers(served.launcher).items()))
    os.kill(process, signal.SIGKILL)
    until = time.monotonic() + PATIENCE
    while ports_of_workers(served.launcher).get(port, process) == process or not answers(port):
        assert time.monotonic() < until
        time.sleep(0.1)
    assert served.ask("/_stcore/health")[0] == 200


def test_all_processes_end_with_the_one_that_started_them(served: Served):
    workers = ports_of_workers(served.launcher)
    assert len(workers) == 2, "each of the two is there again"
    served.launcher.terminate()
    assert served.launcher.wait(60) == 128 + signal.SIGTERM
    assert not [process for process in workers.values() if Path(f"/proc/{process}").exists()]


def test_every_server_of_the_shipped_configuration_gives_way_to_those_that_run(tmp_path: Path):
    configure(tmp_path, "127.0.0.1", 8080, [9001, 9002, 9003], 50)
    text = (tmp_path / "servers.conf").read_text("utf-8")
    assert re.findall(r"server 127\.0\.0\.1:(\d+) max_fails", text) == ["9001", "9002", "9003"] * 2
    assert re.findall(r"(s\d) 127\.0\.0\.1:(\d+);", text) == [("s1", "9001"), ("s2", "9002"), ("s3", "9003")]
    assert re.findall(r":(\d+)\$\" (s\d);", text) == [("9001", "s1"), ("9002", "s2"), ("9003", "s3")]
    assert "limit_conn atlas_open 50;" in (tmp_path / "proxy.conf").read_text("utf-8")
