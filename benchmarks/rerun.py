"""How long a click takes: the rerun of each page, measured against an empty Streamlit page in the same minutes.

Usage: ``python -m benchmarks.rerun [--repetitions 30] [--sessions 50]``

Speaks Streamlit's websocket as the browser does, with servers of its own on free ports of this machine, and takes the
repetitions of a page and of the empty one in turns, so that a busy moment of the machine falls on both alike. What
counts are the ratios. ``benchmarks/README.md`` says what each column means.
"""

from __future__ import annotations

import argparse
import socket
import statistics
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import product, repeat
from pathlib import Path
from threading import Barrier
from time import perf_counter

import websocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).resolve().parent.parent
EMPTY = 'import streamlit as st\nst.write("empty")\n'
# What the dashboard does after its start: see pages/shared/session.py.
EMPTY_FROZEN = (
    "import gc\nimport streamlit as st\n"
    "@st.cache_resource\ndef settle():\n    gc.collect()\n    gc.freeze()\n"
    'settle()\nst.write("empty")\n'
)
GOALS = {"": 1.0}
# What a page is about that shows nothing without it.
ABOUT = {
    "city": "city=bergen",
    "benchmark": "city=bergen",
    "audit": "city=bergen",
    "practice": "practice=a-welcoming-app",
    "policy_area": "policy_area=education",
}
OTHER_GOAL = 1.5
WARM_UP = 5
START_PATIENCE = 120
RUN_PATIENCE = 60


@dataclass(frozen=True)
class Run:
    """One run of the script: how long until it had ended, in seconds, and how many bytes came."""

    seconds: float
    received: int


class Session:
    """One browser tab's connection to the server."""

    def __init__(self, url: str, page: str = "") -> None:
        self.page = page
        self.pages: list[str] = []
        self._script_hash = ""
        # As the browser does: what it has and the server need not send again.
        self._cached: dict[str, None] = {}
        self._socket = websocket.create_connection(
            f"{url.replace('http', 'ws', 1)}/_stcore/stream", subprotocols=["streamlit"], timeout=RUN_PATIENCE
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
                    return Run(seconds, received)
            began = began or kind == "new_session"
            self._take(answer)

    def _take(self, answer: ForwardMsg) -> None:
        kind = answer.WhichOneof("type")
        if kind == "navigation":
            # The page that is shown: a rerun asks for it again.
            self._script_hash = answer.navigation.page_script_hash
            self.pages = ["" if page.is_default else page.url_pathname for page in answer.navigation.app_pages]
        if kind == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
            raise RuntimeError(f"/{self.page} shows an exception: {answer.delta.new_element.exception.message}")
        if answer.metadata.cacheable:
            self._cached[answer.hash] = None

    def close(self) -> None:
        """Close the tab."""
        self._socket.close()


def _free_port() -> int:
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


@contextmanager
def served(script: Path, folder: Path) -> Iterator[str]:
    """Serve a Streamlit script from a folder, whose settings apply; gives the address."""
    port = _free_port()
    options = {"port": port, "address": "127.0.0.1", "headless": "true"}
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += [f"--server.{name}={value}" for name, value in options.items()]
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            for _ in range(START_PATIENCE * 10):
                if _answers(url):
                    break
                try:
                    process.wait(0.1)
                except subprocess.TimeoutExpired:
                    continue
                raise RuntimeError(f"{script.name} did not start.")
            yield url
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


def new_filters() -> Iterator[str]:
    """Address parameters of selections, each another one and none of them empty: spans of years."""
    for first, last in product(range(1985, 2016), range(2016, 2026)):
        yield f"from={first}&to={last}"


def with_filters(page: str, filters: Iterator[str]) -> Iterator[str]:
    """A page's address parameters, the next filters beside them each time."""
    about = ABOUT.get(page)
    return (f"{about}&{chosen}" if about else chosen for chosen in filters)


@dataclass
class Case:
    """Something to rerun, and what its reruns took."""

    name: str
    session: Session
    queries: Iterator[str] = field(default_factory=lambda: repeat(""))
    runs: list[Run] = field(default_factory=list)

    def rerun(self) -> None:
        """Run it once more."""
        self.runs.append(self.session.run(next(self.queries)))

    @property
    def seconds(self) -> float:
        """The median."""
        return statistics.median(run.seconds for run in self.runs)

    @property
    def kilobytes(self) -> float:
        """The median."""
        return statistics.median(run.received for run in self.runs) / 1000


def in_turns(cases: list[Case], repetitions: int) -> None:
    """Rerun every case, one after the other, again and again; the first few times do not count."""
    for repetition in range(WARM_UP + repetitions):
        for case in cases:
            case.rerun()
        if repetition == WARM_UP - 1:
            for case in cases:
                case.runs.clear()


def at_once(url: str, page: str, sessions: int, rounds: int = 5) -> float:
    """The median seconds of a rerun when many tabs rerun the same page in the same moment."""
    tabs = [Session(url, page) for _ in range(sessions)]
    start = Barrier(sessions)

    def rounds_of(tab: Session) -> list[float]:
        about = ABOUT.get(page, "")
        tab.run(about)
        seconds = []
        for _ in range(rounds):
            start.wait()
            seconds.append(tab.run(about).seconds)
        return seconds

    with ThreadPoolExecutor(sessions) as pool:
        taken = list(pool.map(rounds_of, tabs))
    for tab in tabs:
        tab.close()
    return statistics.median(seconds for tab in taken for seconds in tab)


def _pages(url: str) -> list[str]:
    session = Session(url)
    session.run()
    session.close()
    return session.pages


def _table(header: list[str], rows: list[list[str]]) -> str:
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header))]
    lines = [
        "  ".join(
            cell.ljust(width) if not place else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in [header, *rows]
    ]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def _goal(page: str, ratio: float) -> str:
    goal = GOALS.get(page, OTHER_GOAL)
    return f"≤ {goal:.1f} {'met' if ratio <= goal else 'missed'}"


def measure(repetitions: int, sessions: int) -> str:
    """Measure everything and give the table."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        urls = {}
        for name, script in (("empty", EMPTY), ("frozen", EMPTY_FROZEN)):
            (folder / f"{name}.py").write_text(script, encoding="utf-8")
            urls[name] = stack.enter_context(served(folder / f"{name}.py", folder))
        urls["atlas"] = stack.enter_context(served(ROOT / "dashboard.py", ROOT))
        pages = _pages(urls["atlas"])
        empty = Case("empty page", Session(urls["empty"]))
        frozen = Case("empty page, memory settled", Session(urls["frozen"]))
        filters = new_filters()
        empties: list[Run] = []
        frozen_runs: list[Run] = []
        rows = []
        for page in pages:
            # Each page beside the empty ones, in two tabs of its own: Streamlit's server goes through all open tabs
            # at every message.
            empty, frozen = Case("", Session(urls["empty"])), Case("", Session(urls["frozen"]))
            again = Case(page, Session(urls["atlas"], page), repeat(ABOUT.get(page, "")))
            new = Case(page, Session(urls["atlas"], page), with_filters(page, filters))
            first = again.session.run(next(again.queries))
            cases = [empty, frozen, again, new]
            in_turns(cases, repetitions)
            for case in cases:
                case.session.close()
            empties += empty.runs
            frozen_runs += frozen.runs
            ratio = again.seconds / empty.seconds
            rows.append(
                [
                    page or "overview",
                    f"{again.seconds * 1000:.1f}",
                    f"{ratio:.2f}",
                    _goal(page, ratio),
                    f"{again.kilobytes:.1f}",
                    f"{new.seconds * 1000:.1f}",
                    f"{new.seconds / empty.seconds:.2f}",
                    f"{new.kilobytes:.1f}",
                    f"{first.received / 1000:.1f}",
                ]
            )
        base = statistics.median(run.seconds for run in empties)
        for name, runs in (("empty page, memory settled", frozen_runs), ("empty page", empties)):
            seconds = statistics.median(run.seconds for run in runs)
            kilobytes = statistics.median(run.received for run in runs) / 1000
            cells = [name, f"{seconds * 1000:.1f}", f"{seconds / base:.2f}", "", f"{kilobytes:.1f}", "", "", "", ""]
            rows.insert(0, cells)
        header = ["", "again ms", "÷ empty", "goal", "kB", "new filter ms", "÷ empty", "kB", "first kB"]
        text = _table(header, rows)
        if sessions:
            many = {"empty page": (urls["empty"], ""), "empty page, memory settled": (urls["frozen"], "")}
            many |= {page or "overview": (urls["atlas"], page) for page in pages}
            medians = {name: at_once(url, page, sessions) for name, (url, page) in many.items()}
            base = medians["empty page"]
            text += "\n\n" + _table(
                [f"{sessions} sessions at once", "ms", "÷ empty"],
                [[name, f"{seconds * 1000:.0f}", f"{seconds / base:.2f}"] for name, seconds in medians.items()],
            )
        return text


def main() -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repetitions", type=int, default=30, help="reruns of each page (at most 70)")
    parser.add_argument("--sessions", type=int, default=0, help="also rerun in so many tabs at once")
    arguments = parser.parse_args()
    print(measure(min(arguments.repetitions, 70), min(arguments.sessions, 200)))


if __name__ == "__main__":
    main()
