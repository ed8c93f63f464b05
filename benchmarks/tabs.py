"""Streamlit as a browser meets it: a script that is served, a tab that is open, a run and what it took."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import clock_gettime, perf_counter
from typing import Any

import websocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

START_PATIENCE = 120
RUN_PATIENCE = 60
MESSAGE_AGE = 2
"""For how many runs a browser keeps a message that is not shown any more (``global.maxCachedMessageAge``)."""


@dataclass(frozen=True)
class Run:
    """One run of the script: how long until it had ended, in seconds, and how many bytes came."""

    seconds: float
    received: int


class Session:
    """One browser tab's connection to the server.

    Args:
        url: the address of the server.
        page: the page that is run.
        options: of the websocket, as ``websocket.create_connection`` takes them.
    """

    def __init__(self, url: str, page: str = "", **options: Any) -> None:
        self.page = page
        self.id = ""
        self.pages: list[str] = []
        self.elements: set[str] = set()
        self._script_hash = ""
        # As the browser does: what it has and the server need not send again, and in which run it came last.
        self._cached: dict[str, int] = {}
        self._runs = 0
        self._socket = websocket.create_connection(
            f"{url.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=["streamlit"],
            timeout=RUN_PATIENCE,
            **options,
        )

    def run(self, query: str = "") -> Run:
        """Run the page with these address parameters and wait for the end of the run."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string = query
        state.page_script_hash = self._script_hash
        state.page_name = "" if self._script_hash else self.page
        state.context_info.timezone = "Europe/Paris"
        state.context_info.locale = "en-GB"
        state.context_info.url = "http://127.0.0.1/" + self.page
        state.context_info.color_scheme = "light"
        state.cached_message_hashes.extend(self._cached)
        self.elements = set()
        begin = perf_counter()
        self._socket.send_binary(message.SerializeToString())
        received, began = 0, False
        while True:
            frame = self._socket.recv()
            if not isinstance(frame, bytes):
                continue
            received += len(frame)
            answer = ForwardMsg.FromString(frame)
            kind = answer.WhichOneof("type")
            if kind == "script_finished" and began:
                seconds = perf_counter() - begin
                if answer.script_finished != ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN:
                    self._forget()
                    return Run(seconds, received)
            began = began or kind == "new_session"
            self._take(answer)

    def _take(self, answer: ForwardMsg) -> None:
        kind = answer.WhichOneof("type")
        if kind == "new_session":
            # What the server calls this tab.
            self.id = answer.new_session.initialize.session_id
        if kind == "navigation":
            # The page that is shown: a rerun asks for it again.
            self._script_hash = answer.navigation.page_script_hash
            self.pages = ["" if page.is_default else page.url_pathname for page in answer.navigation.app_pages]
        if kind == "delta":
            # Kinds of what the run has put on the page.
            self.elements.add(answer.delta.new_element.WhichOneof("type") or "")
        if kind == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
            raise RuntimeError(f"/{self.page} shows an exception: {answer.delta.new_element.exception.message}")
        if kind == "ref_hash":
            self._cached[answer.ref_hash] = self._runs
        elif answer.metadata.cacheable:
            self._cached[answer.hash] = self._runs

    def _forget(self) -> None:
        self._runs += 1
        self._cached = {name: run for name, run in self._cached.items() if self._runs - run <= MESSAGE_AGE}

    def go(self, page: str, query: str = "") -> Run:
        """Go to another page in the same tab, as its links do, and wait for the end of the run."""
        self.page, self._script_hash = page, ""
        return self.run(query)

    def set_cookie(self) -> str:
        """What the answer that opened the tab has a browser keep (``Set-Cookie``), if anything."""
        headers: dict[str, str] = self._socket.getheaders() or {}
        return headers.get("set-cookie", "")

    def close(self) -> None:
        """Close the tab."""
        self._socket.close()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@dataclass(frozen=True)
class Server:
    """A server that runs: its address, and its process, whose figures Linux tells."""

    url: str
    pid: int

    def memory(self) -> float:
        """How much of the machine's memory it holds, in MB (``VmRSS`` of proc(5))."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        (kilobytes,) = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")]
        return int(kilobytes) / 1024

    def processor(self) -> float:
        """The seconds of processor time that it has taken so far, all its threads, to the microsecond."""
        # Linux makes the number of a process's clock out of the process's so (clock_getcpuclockid(3)).
        return clock_gettime(~self.pid << 3 | 2)


@contextmanager
def served(script: Path, folder: Path) -> Iterator[str]:
    """Serve a Streamlit script from a folder, whose settings apply; gives the address."""
    with serving(script, folder) as server:
        yield server.url


@contextmanager
def serving(script: Path, folder: Path, **environment: str) -> Iterator[Server]:
    """Serve a Streamlit script from a folder, whose settings apply.

    Args:
        script: the script.
        folder: where it works.
        environment: variables for the server beside those that there are.
    """
    port = free_port()
    options = {"port": port, "address": "127.0.0.1", "headless": "true"}
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += [f"--server.{name}={value}" for name, value in options.items()]
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        try:
            for _ in range(START_PATIENCE * 10):
                if _answers(url):
                    break
                try:
                    process.wait(0.1)
                except subprocess.TimeoutExpired:
                    continue
                raise RuntimeError(f"{script.name} did not start.")
            yield Server(url, process.pid)
        except BaseException:
            log.seek(0)
            print(
                f"What {script.name} wrote last:", *log.read().decode("utf-8", "replace").splitlines()[-40:], sep="\n"
            )
            raise
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
