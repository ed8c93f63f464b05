"""The dashboard on a free port, and pages of a real browser that fail their test where something is amiss.

Fixtures: ``server`` (the address), ``open_page`` (address parts to a settled page), ``in_every_look`` (that page in
light, in dark and on a telephone), ``page``, ``phone``, ``dark`` (empty pages to go somewhere with). A page fails its
test for an error in the console and for any request to another host than the server, and for an exception in the
server. What to wait for stands in ``helpers.py``.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, WebSocket, expect, sync_playwright

from tests.browser.helpers import PATIENCE, Look, put_on, rerun, settled, wait_for_nothing, watch
from tools.find_browser import ADVICE, find_browser

ROOT = Path(__file__).parents[2]
# Pictures of the pages of failed tests.
FAILURES = ROOT / "build" / "failures"
# A page of the server that is none of the dashboard's.
ASIDE = "/_stcore/health"
_UNUSED = (ASIDE, "about:blank")
# For somebody who asked their system for little motion: what fades and turns is drawn sixty times a second, which
# takes a third of the time of a page, and much more on a busy machine.
UNMOVED: Final[dict[str, Any]] = {"reduced_motion": "reduce"}
# The key that lets Streamlit's front end run the page anew.
RUN_AGAIN = "r"
_IS_DARK = "() => getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme === 'dark'"
START_PATIENCE = 120
LOG_LINES = 60

# Software rendering draws the map where there is no graphics card, and the map alone: to put together a whole page
# with it takes as long as everything else that a page does. The rest keeps the browser from calling home.
FLAGS = [
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-gpu-compositing",
    "--disable-gpu-rasterization",
    # No test looks at a page for as long as it takes to make its scripts faster.
    "--js-flags=--no-opt --no-maglev",
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A host that is not this one has no address: a call to it is seen and leads nowhere.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]

_server_log = pytest.StashKey[Path]()
_log_start = pytest.StashKey[int]()
_failed = pytest.StashKey[bool]()


InEveryLook = Callable[[Page], Iterator[str]]


class OpenPage(Protocol):
    """Open an address of the server and wait until it has settled."""

    def __call__(
        self, address: str = "/", *, width: int = 1440, height: int = 900, dark: bool = False, phone: bool = False
    ) -> Page: ...


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _written_during(test: pytest.Item) -> str:
    """What the server wrote since the test's first page."""
    log = test.config.stash.get(_server_log, None)
    if log is None or not log.exists():
        return ""
    return log.read_bytes()[test.stash.get(_log_start, 0) :].decode("utf-8", "replace")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _wait_for(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    for _ in range(START_PATIENCE * 5):
        if _answers(f"{url}/_stcore/health"):
            return
        try:
            process.wait(0.2)
        except subprocess.TimeoutExpired:
            continue
        break
    pytest.fail(f"The dashboard did not start.\n{log.read_text(encoding='utf-8', errors='replace')}", pytrace=False)


@contextmanager
def running_dashboard(log: Path, port: int | None = None, **environment: str) -> Iterator[str]:
    """A dashboard of its own while it is needed.

    Args:
        log: the file for what it writes.
        port: where it listens; None for any that is free.
        environment: variables to give it besides those of the tests.

    Yields:
        Its address.
    """
    port = port or free_port()
    options = {"port": port, "address": "127.0.0.1", "headless": "true"}
    command = [sys.executable, "-m", "streamlit", "run", "server.py"]
    command += [f"--server.{name}={value}" for name, value in options.items()]
    url = f"http://127.0.0.1:{port}"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        try:
            _wait_for(process, url, log)
            yield url
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running dashboard."""
    log = tmp_path_factory.mktemp("server") / "streamlit.log"
    request.config.stash[_server_log] = log
    with running_dashboard(log, ATLAS_PSEUDO_LANGUAGE="on") as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium; without one the tests fail, they are not skipped."""
    path = find_browser()
    if path is None:
        pytest.fail(ADVICE, pytrace=False)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


# Opened at a page other than the first, Streamlit's front end asks first whether the app lives below that address.
_PROBES = re.compile(r"(/[^/]+)+/_stcore/(health|host-config)")
# How a logged exception and Streamlit's own warnings with a stack begin.
_STACK = re.compile(r"(Traceback|Stack) \(most recent call last\)")


def _misuse(written: str) -> Iterator[str]:
    """What stands before each stack in the log: an exception's own message comes after it, so say both."""
    lines = written.splitlines()
    for number, line in enumerate(lines):
        if _STACK.search(line):
            after = next((text for text in lines[number + 1 :] if not text.startswith(" ")), "")
            yield f"{lines[number - 1] if number else ''} … {after}"


class Complaints:
    """What went wrong on the pages of a test: errors in the console, uncaught exceptions, calls to other hosts."""

    def __init__(self, server: str) -> None:
        self.server = urlsplit(server).netloc
        self.look = ""
        self.found: list[str] = []

    def _add(self, what: str) -> None:
        self.found.append(f"{self.look}: {what}" if self.look else what)

    def _console(self, message: ConsoleMessage) -> None:
        url = str(message.location.get("url", ""))
        if message.type == "error" and not _PROBES.fullmatch(urlsplit(url).path):
            self._add(f"console error: {message.text} ({url}:{message.location.get('lineNumber')})")

    def read_log(self, written: str) -> None:
        """Look for exceptions and misuse of Streamlit in what the server wrote."""
        self.found += [f"the server: {line}" for line in _misuse(written)]

    def _request(self, request: Request) -> None:
        self._call(request.url)

    def _socket(self, socket: WebSocket) -> None:
        self._call(socket.url)

    def _call(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.server:
            self._add(f"call to another host: {url}")

    def _exception(self, error: Error) -> None:
        self._add(f"uncaught exception: {error}")

    def listen(self, page: Page) -> None:
        """Write down what goes wrong on this page from now on."""
        page.context.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", self._exception)
        page.on("websocket", self._socket)

    def listen_no_more(self, page: Page) -> None:
        """Leave alone what happens on this page from now on."""
        page.context.remove_listener("request", self._request)
        page.remove_listener("console", self._console)
        page.remove_listener("pageerror", self._exception)
        page.remove_listener("websocket", self._socket)


class Pages:
    """Empty pages of the browser, used again by later tests: one that was open before has the front end ready.

    In a new page, to read its code takes the browser as long as everything that a test does with it.
    """

    def __init__(self, browser: Browser, server: str) -> None:
        self._browser, self._server = browser, server
        self._free: list[Page] = []

    def take(self) -> Page:
        """A page that nobody uses, in a context to itself."""
        return self._free.pop() if self._free else self._make()

    def _make(self) -> Page:
        context = self._browser.new_context(
            base_url=self._server, locale="en-GB", no_viewport=True, accept_downloads=True, **UNMOVED
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        watch(page)
        return page

    def leave(self, page: Page) -> None:
        """Go away from the dashboard and forget all but its files: what was kept, where one has been and pointed."""
        for other in page.context.pages:
            if other is not page:
                other.close()
        page.mouse.move(0, 0)
        # Its answers are kept apart from other sites': an empty page would take a process of its own, and the next
        # test's page another one, which has to read the front end anew.
        page.goto(self._server + ASIDE)
        page.evaluate("() => sessionStorage.clear()")
        wait_for_nothing(page)
        kept = {"origin": self._server, "storageTypes": "cookies,local_storage,indexeddb,cache_storage,service_workers"}
        session = page.context.new_cdp_session(page)
        session.send("Storage.clearDataForOrigin", kept)
        session.send("Page.resetNavigationHistory")
        session.detach()

    def give_back(self, page: Page) -> None:
        """Let later tests have a page that was left."""
        self._free.append(page)


@pytest.fixture(scope="session")
def pages(browser: Browser, server: str) -> Pages:
    """Where tests get their pages."""
    return Pages(browser, server)


@pytest.fixture
def complaints(server: str) -> Complaints:
    """What goes wrong on the pages of the test."""
    return Complaints(server)


@pytest.fixture
def new_page(pages: Pages, complaints: Complaints, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Take pages, each with a context to itself; at the end of the test, fail for what went wrong on any of them."""
    taken: list[Page] = []

    def take(**look: Any) -> Page:
        page = pages.take()
        taken.append(page)
        complaints.listen(page)
        put_on(page, Look(**look))
        return page

    request.node.stash[_log_start] = len(request.config.stash[_server_log].read_bytes())
    yield take
    for page in taken:
        if _failed in request.node.stash:
            page.context.close()
            continue
        pages.leave(page)
        complaints.listen_no_more(page)
        pages.give_back(page)
    complaints.read_log(_written_during(request.node))
    if complaints.found:
        pytest.fail("The page complains:\n" + "\n".join(dict.fromkeys(complaints.found)), pytrace=False)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page of 1440 × 900 pixels."""
    return new_page()


@pytest.fixture
def phone(new_page: Callable[..., Page]) -> Page:
    """A page as a telephone shows it, with touch."""
    return new_page(phone=True)


@pytest.fixture
def dark(new_page: Callable[..., Page]) -> Page:
    """A page for somebody who asked their system for dark colours."""
    return new_page(dark=True)


@pytest.fixture
def open_page(new_page: Callable[..., Page]) -> OpenPage:
    """Open an address of the server (``"/map?country=France"``) on a new page and wait until it has settled."""

    def open_it(address: str = "/", **look: Any) -> Page:
        page = new_page(**look)
        page.goto(address)
        return settled(page)

    return open_it


@pytest.fixture
def in_every_look(complaints: Complaints) -> InEveryLook:
    """Let a page that was opened as usual be seen in each look in turn, settled; gives the look's name.

    Its front end stays: to load it anew for each look takes longer than all else.
    """

    def turn(page: Page) -> Iterator[str]:
        complaints.look = "light"
        yield complaints.look
        complaints.look = "dark"
        put_on(page, Look(dark=True))
        page.wait_for_function(_IS_DARK)
        # The server chooses the colours of charts, and an open page does not ask it for new ones by itself.
        with rerun(page):
            page.keyboard.press(RUN_AGAIN)
        yield complaints.look
        complaints.look = "phone"
        put_on(page, Look(dark=True, phone=True))
        yield complaints.look

    return turn


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show with a failed test what the server wrote during it, and where a picture of each page is."""
    report = yield
    if not report.failed:
        return report
    item.stash[_failed] = True
    written = _written_during(item).splitlines()
    if written:
        report.sections.append(("What the server wrote", "\n".join(written[-LOG_LINES:])))
    running = getattr(item, "funcargs", {}).get("browser")
    if call.when == "call" and running:
        FAILURES.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^\w.-]+", "-", item.nodeid.split("/")[-1])
        pages = [
            page
            for context in running.contexts
            for page in context.pages
            if not page.url.endswith((ASIDE, "about:blank"))
        ]
        for number, shown in enumerate(pages, start=1):
            picture = FAILURES / f"{name}-{number}.png"
            shown.screenshot(path=picture)
            report.sections.append(("Picture of the page", f"{shown.url}\n{picture.relative_to(ROOT)}"))
    return report
