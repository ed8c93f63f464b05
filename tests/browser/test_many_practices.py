"""More than eighty thousand practices: a page sends as little as of a few hundred, and all of it works."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, WebSocket

from benchmarks.grown_data import lay_beside
from icc_data.paths import DATA_DIRECTORY
from icc_data.store.build import build
from tests.browser.conftest import UNMOVED
from tests.browser.dashboards import running_dashboard
from tests.browser.helpers import PATIENCE, Look, go_within, put_on, rerun, settled, still, watch

# In two steps, which takes a third of the time of one.
TIMES = 12 * 15
MOST_KILOBYTES = 300
DOWNLOAD = re.compile("^Download (?!as PNG)")


@pytest.fixture(scope="module")
def count() -> int:
    """How many practices there are."""
    return TIMES * sum(1 for _ in csv.DictReader((DATA_DIRECTORY / "practices.csv").open(encoding="utf-8")))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard in whose database every practice stands so many times."""
    folder = tmp_path_factory.mktemp("many")
    build(DATA_DIRECTORY, folder / "few.duckdb", kept=())
    lay_beside(folder / "few.duckdb", folder / "more.duckdb", 12)
    lay_beside(folder / "more.duckdb", folder / "many.duckdb", TIMES // 12)
    places = {name: str(folder / name) for name in ("snapshots", "published")}
    environment = {f"ATLAS_{name.upper()}": place for name, place in places.items()}
    with running_dashboard(folder / "log", ATLAS_DATABASE=str(folder / "many.duckdb"), **environment) as url:
        yield url


class Received:
    """How much a page's websockets have received."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._add)

    def _add(self, frame: str | bytes) -> None:
        self.bytes += len(frame)


@pytest.fixture(scope="module")
def page(browser: Browser, many: str) -> Iterator[Page]:
    context = browser.new_context(base_url=many, locale="en-GB", no_viewport=True, accept_downloads=True, **UNMOVED)
    page = context.new_page()
    watch(page)
    put_on(page, Look())
    # Whichever test comes first, it goes on from an open page.
    page.goto("/accessibility")
    yield settled(page)
    context.close()


def test_pages_of_very_many_practices_send_as_little_as_of_few(page: Page, count: int):
    received = Received(page)
    page.goto("/practices?view=table")
    settled(page)
    assert f"{count:,} practices." in page.get_by_test_id("stMain").inner_text()
    for address in ("/map", "/overview", "/timeline", "/topics"):
        before = received.bytes
        go_within(page, address)
        assert received.bytes - before < MOST_KILOBYTES * 1000, address


def test_the_map_of_very_many_practices_is_drawn_by_city(page: Page):
    go_within(page, "/map")
    still(page.get_by_test_id("stDeckGlJsonChart").first)


def test_the_last_page_of_very_many_results_is_turned_to(page: Page, count: int):
    titles = page.locator("[class*='st-key-card-'] [data-testid='stPageLink'] a")
    go_within(page, "/practices")
    first = titles.all_inner_texts()
    go_within(page, f"/practices?page={count // 20}")
    last = titles.all_inner_texts()
    assert len(first) == len(last) == 20
    assert not set(first) & set(last)


def test_a_filter_offers_its_values_and_narrows_very_many_practices(page: Page, count: int):
    go_within(page, "/practices?view=table")
    field = page.locator(".st-key-filter-country input")
    field.fill("Norw")
    with rerun(page):
        page.get_by_role("option", name="Norway").click()
    # An open list hides the rest of the page.
    page.keyboard.press("Escape")
    words = page.get_by_test_id("stMain").inner_text()
    assert f"{count:,} practices." not in words


def test_thousands_of_practices_are_taken_home(page: Page):
    go_within(page, "/practices?country=norway")
    (there, *_) = re.findall(r"(?m)^([\d,]+) practices\.", page.get_by_test_id("stMain").inner_text())
    page.get_by_role("button", name=DOWNLOAD).click()
    with page.expect_download(timeout=PATIENCE) as download:
        page.get_by_test_id("stDownloadButton").get_by_role("button", name="CSV").filter(visible=True).click()
    written = download.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written, newline="")))
    assert len({row["practice_id"] for row in rows}) == len(rows) == int(there.replace(",", "")) > 5000
