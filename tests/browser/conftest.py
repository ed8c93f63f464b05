"""The dashboard on a free port, and pages of a real browser that fail their test where something is amiss.

Fixtures: ``server`` (the address), ``open_page`` (address parts to a settled page), ``visit`` (the same within the open
session of the tests before, in a third of the time), ``new_page`` (an empty page to go somewhere with). A page fails
its test for an error in the console and for any request to another host than the server, and for an exception in the
server. What to wait for stands in ``helpers.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from tests.browser.complaints import Complaints
from tests.browser.dashboards import running_dashboard, watching
from tests.browser.helpers import PATIENCE, Look, go_within, put_on, settled, watch
from tools.find_browser import ADVICE, find_browser

ROOT = Path(__file__).parents[2]
# Python reads it before anything else where it is on the path.
WATCHED = ROOT / "tests" / "helpers" / "watched"
# Pictures of the pages of failed tests.
FAILURES = ROOT / "build" / "failures"
# A page of the server that is none of the dashboard's.
ASIDE = "/_stcore/health"
_UNUSED = (ASIDE, "about:blank")
# For somebody who asked their system for little motion: what fades and turns is drawn sixty times a second, which
# takes a third of the time of a page, and much more on a busy machine.
UNMOVED: Final[dict[str, Any]] = {"reduced_motion": "reduce"}
# A page that nobody's test of the file before it was about, with little on it.
_BETWEEN = "/accessibility"
_HAS_COLOURS = "asked => getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme.includes(asked)"
LOG_LINES = 60

# Software rendering draws the map where there is no graphics card, and the map alone: to put together a whole page
# with it takes as long as everything else that a page does.
_DRAWS_MAPS = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
# Drawn so, a map takes a fifth of the time of a page: a test that looks at one is marked with `maps`.
_DRAWS_NO_MAPS = ["--disable-3d-apis"]
# The rest keeps the browser from calling home.
_OTHER_FLAGS = [
    "--disable-gpu-compositing",
    "--disable-gpu-rasterization",
    # Scripts are compiled before they first run, which takes a tenth less than to read them line by line; no test
    # looks at a page for as long as the compiler takes that makes them fastest.
    "--js-flags=--no-opt --always-sparkplug",
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A host that is not this one has no address: a call to it is seen and leads nowhere.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
FLAGS = [*_DRAWS_MAPS, *_OTHER_FLAGS]

_server_log = pytest.StashKey[Path]()
_log_start = pytest.StashKey[int]()
_failed = pytest.StashKey[bool]()


class OpenPage(Protocol):
    """Open an address of the server and wait until it has settled."""

    def __call__(
        self, address: str = "/", *, width: int = 1440, height: int = 900, dark: bool = False, phone: bool = False
    ) -> Page: ...


def _written_during(test: pytest.Item) -> str:
    """What the server wrote since the test's first page."""
    log = test.config.stash.get(_server_log, None)
    if log is None or not log.exists():
        return ""
    return log.read_bytes()[test.stash.get(_log_start, 0) :].decode("utf-8", "replace")


@pytest.fixture(scope="session")
def connections(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server writes down whatever it connects to."""
    return tmp_path_factory.mktemp("watched") / "connections"


@pytest.fixture(scope="session")
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, connections: Path
) -> Iterator[str]:
    """The address of a running dashboard."""
    log = tmp_path_factory.mktemp("server") / "streamlit.log"
    request.config.stash[_server_log] = log
    with running_dashboard(log, ATLAS_PSEUDO_LANGUAGE="on", **watching(connections)) as url:
        yield url


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[[list[str]], Browser]]:
    """Start a Chromium with some flags; without one the tests fail, they are not skipped."""
    path = find_browser()
    if path is None:
        pytest.fail(ADVICE, pytrace=False)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright, ExitStack() as running:

        def start(flags: list[str]) -> Browser:
            browser = playwright.chromium.launch(executable_path=path, args=flags)
            running.callback(browser.close)
            return browser

        yield start


@pytest.fixture(scope="session")
def browser(launch: Callable[[list[str]], Browser]) -> Browser:
    """A running Chromium that draws maps."""
    return launch(FLAGS)


@pytest.fixture(scope="session")
def browser_without_maps(launch: Callable[[list[str]], Browser]) -> Browser:
    """A running Chromium without WebGL."""
    return launch([*_DRAWS_NO_MAPS, *_OTHER_FLAGS])


class Pages:
    """Empty pages of a browser, used again by later tests: one that was open before has the front end ready.

    In a new page, to read its code takes the browser as long as everything that a test does with it.
    """

    def __init__(self, browser: Browser, server: str) -> None:
        self.browser, self._server = browser, server
        self._free: list[Page] = []

    def take(self) -> Page:
        """A page that nobody uses, in a context to itself."""
        return self._free.pop() if self._free else self._make()

    def _make(self) -> Page:
        context = self.browser.new_context(
            base_url=self._server, locale="en-GB", no_viewport=True, accept_downloads=True, **UNMOVED
        )
        page = context.new_page()
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
        kept = {"origin": self._server, "storageTypes": "cookies,local_storage,indexeddb,cache_storage,service_workers"}
        session = page.context.new_cdp_session(page)
        session.send("Storage.clearDataForOrigin", kept)
        session.send("Page.resetNavigationHistory")
        session.detach()

    def give_back(self, page: Page) -> None:
        """Let later tests have a page that was left."""
        self._free.append(page)


@pytest.fixture(scope="session")
def pages_of() -> dict[bool, Pages]:
    """Where tests get their pages, by whether the browser draws maps; only browsers that a test asked for are there."""
    return {}


@pytest.fixture
def maps(request: pytest.FixtureRequest) -> bool:
    """Whether the test looks at a map."""
    return request.node.get_closest_marker("maps") is not None


@pytest.fixture
def pages(pages_of: dict[bool, Pages], maps: bool, request: pytest.FixtureRequest, server: str) -> Pages:
    """Where the test gets its pages."""
    if maps not in pages_of:
        pages_of[maps] = Pages(request.getfixturevalue("browser" if maps else "browser_without_maps"), server)
    return pages_of[maps]


@pytest.fixture
def complaints(server: str, maps: bool) -> Complaints:
    """What goes wrong on the pages of the test."""
    return Complaints(server, maps=maps)


@pytest.fixture
def listen(complaints: Complaints, request: pytest.FixtureRequest) -> Iterator[Callable[[Page], None]]:
    """Listen to a page; at the end of the test, fail for what went wrong on any that was listened to."""
    pages: list[Page] = []

    def to(page: Page) -> None:
        complaints.listen(page)
        pages.append(page)

    request.node.stash[_log_start] = len(request.config.stash[_server_log].read_bytes())
    yield to
    for page in pages:
        complaints.listen_no_more(page)
    complaints.read_log(_written_during(request.node))
    if complaints.found:
        pytest.fail("The page complains:\n" + "\n".join(dict.fromkeys(complaints.found)), pytrace=False)


@pytest.fixture
def new_page(
    pages: Pages, listen: Callable[[Page], None], request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """Take pages, each with a context to itself."""
    taken: list[Page] = []

    def take(**look: Any) -> Page:
        page = pages.take()
        taken.append(page)
        listen(page)
        put_on(page, Look(**look))
        return page

    yield take
    for page in taken:
        if _failed in request.node.stash:
            page.context.close()
        else:
            pages.leave(page)
            pages.give_back(page)


@pytest.fixture
def open_page(new_page: Callable[..., Page]) -> OpenPage:
    """Open an address of the server (``"/map?country=France"``) on a new page and wait until it has settled."""

    def open_it(address: str = "/", **look: Any) -> Page:
        page = new_page(**look)
        page.goto(address)
        return settled(page)

    return open_it


@pytest.fixture(scope="module")
def visitors(pages_of: dict[bool, Pages]) -> Iterator[dict[bool, Page]]:
    """The pages of a file that stay open from test to test, by whether they draw maps, once there are any."""
    open_ones: dict[bool, Page] = {}
    yield open_ones
    for maps, page in open_ones.items():
        pages_of[maps].leave(page)
        pages_of[maps].give_back(page)


@pytest.fixture
def visit(
    visitors: dict[bool, Page],
    pages: Pages,
    maps: bool,
    listen: Callable[[Page], None],
    request: pytest.FixtureRequest,
) -> Iterator[OpenPage]:
    """Come to an address as ``open_page`` does, on the one page of the file and in its session.

    For tests to which it is no matter what the session keeps: work on an audit, own results, uploads, the language
    that was asked for, what the links to some pages take back. What an address says holds in any session.
    """
    listened: list[Page] = []

    def come(address: str = "/", **look: Any) -> Page:
        begins, arrives = maps not in visitors, not listened
        if begins:
            visitors[maps] = pages.take()
        page = visitors[maps]
        if arrives:
            listen(page)
            listened.append(page)
        put_on(page, Look(**look))
        if begins:
            page.goto(address)
            return settled(page)
        page.mouse.move(0, 0)
        # A list of the filters, which stay, closes.
        page.evaluate("() => document.activeElement.blur()")
        page.wait_for_function(_HAS_COLOURS, arg="dark" if look.get("dark") else "light")
        # What another test opened on a page stays open where one comes to the same page again.
        if arrives and urlsplit(page.url).path == urlsplit(address).path:
            go_within(page, _BETWEEN)
        go_within(page, address)
        page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
        return page

    yield come
    if _failed in request.node.stash and maps in visitors:
        visitors.pop(maps).context.close()


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
    asked = getattr(item, "funcargs", {})
    own = {asked[name] for name in ("browser", "browser_without_maps") if name in asked}
    running = {asked["pages"].browser} if "pages" in asked else own
    if call.when == "call" and running:
        FAILURES.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^\w.-]+", "-", item.nodeid.split("/")[-1])
        pages = [
            page
            for one in running
            for context in one.contexts
            for page in context.pages
            if not page.url.endswith((ASIDE, "about:blank"))
        ]
        for number, shown in enumerate(pages, start=1):
            picture = FAILURES / f"{name}-{number}.png"
            # A page that broke down has no picture, and its test says why.
            with suppress(Error):
                shown.screenshot(path=picture)
                report.sections.append(("Picture of the page", f"{shown.url}\n{picture.relative_to(ROOT)}"))
    return report
