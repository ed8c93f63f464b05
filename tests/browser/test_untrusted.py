"""Whatever titles, questions and files hold, the screen shows it as it stands: no link, no picture, no script."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from icc_data.paths import DATA_DIRECTORY
from icc_data.store.snapshots import take
from tests.browser.conftest import UNMOVED, OpenPage, running_dashboard
from tests.browser.helpers import go_within, rerun, settled, watch

HOST = "evil.example"
TYPED = (
    f"<script>window.evil=1</script> <img src=x onerror='window.evil=1'> www.{HOST} https://{HOST}/a me@{HOST} "
    f"[x](https://{HOST}) ![x](https://{HOST}/x.png) :material/home: :smile: a -> b &lt; **bold** $x$ :red[r] `c`"
)
UNSEEN = "\u2060"
CITY = "bilbao"


@pytest.fixture(scope="module")
def evil_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard over data in which every text that people write is made to do harm, and a snapshot of it before."""
    folder = tmp_path_factory.mktemp("evil") / "data"
    shutil.copytree(DATA_DIRECTORY, folder)
    take(folder, folder / "snapshots")
    with (folder / "practices.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    of_city = [row for row in rows if CITY in row["city_ids"].split("; ")]
    assert of_city, "the city has practices"
    for row in of_city:
        row.update(title=f"{TYPED} {row['practice_id']}", summary=TYPED, title_original=TYPED)
        row.update(when_text=f"since 2019 {TYPED}", when_source="year field")
    with (folder / "practices.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with running_dashboard(folder.parent / "streamlit.log", ATLAS_DATA=str(folder)) as url:
        yield url


@pytest.fixture(scope="module")
def evil_page(browser: Browser, evil_server: str) -> Iterator[Page]:
    """A page on that dashboard, on which every call to the host that the texts name fails the test."""
    with browser.new_context(base_url=evil_server, locale="en-GB", **UNMOVED) as context:
        page = context.new_page()
        watch(page)
        called: list[str] = []
        page.on("request", lambda request: called.append(request.url) if HOST in urlsplit(request.url).netloc else None)
        page.goto("/data?section=files")
        settled(page)
        yield page
        assert called == []


def harm(page: Page) -> list[str]:
    """What of the typed text came alive on a page."""
    return page.evaluate(
        """host => [
            ...(window.evil ? ["a script ran"] : []),
            ...[...document.querySelectorAll("a[href]")].filter(a => {
                try { return new URL(a.href).host.endsWith(host) || a.href.startsWith("mailto:me@") }
                catch { return false }
            }).map(a => "link " + a.href),
            ...[...document.querySelectorAll("img, script[src], iframe")].filter(e => (e.src || "").includes(host))
                .map(e => e.outerHTML.slice(0, 200)),
        ]""",
        HOST,
    )


def words_of(page: Page) -> str:
    return page.locator("[data-testid=stMain]").inner_text().replace(UNSEEN, "")


ADDRESSES = {
    "/": "",
    f"/practices?q={quote(TYPED)}": TYPED,
    f"/practices?country={quote(TYPED)}": TYPED[:40],
    f"/map?city={CITY}": "",
    f"/timeline?city={CITY}&view=spans": "",
    f"/partners?city={CITY}": "",
    f"/city?city={CITY}": "",
    f"/audit?city={CITY}": "",
    f"/review?country=Spain&since={quote(TYPED)}": "",
    f"/review?city={CITY}": "",
    f"/review?city={CITY}&step=coverage&find={quote(TYPED)}": "",
    f"/review?city={CITY}&step=gaps&gap=records&present=1": "",
    f"/review?period={quote(TYPED)}": TYPED[:20],
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_lets_a_text_come_alive(evil_page: Page, address: str) -> None:
    before = words_of(evil_page)
    go_within(evil_page, address)
    assert words_of(evil_page) != before, "another page is shown"
    assert harm(evil_page) == []
    assert ADDRESSES[address] in words_of(evil_page)


def test_a_practice_shows_its_texts_as_they_stand(evil_page: Page) -> None:
    page = evil_page
    go_within(page, f"/practices?city={CITY}")
    page.get_by_role("link", name="window.evil").first.click()
    settled(page)
    assert harm(page) == []
    assert words_of(page).count(TYPED) >= 3, "title, year text and summary"


def test_two_versions_are_compared_as_they_stand_and_a_change_leads_to_its_practice(evil_page: Page) -> None:
    page = evil_page
    go_within(page, "/review?step=changes")
    with rerun(page):
        page.get_by_text(re.compile(r"^Practices changed \(\d+\)$")).click()
    assert "change=changed" in page.url
    first = page.locator('[class*="st-key-card-change-"]').first
    expect(first.get_by_label("Before").first).to_be_visible()
    assert harm(page) == []
    assert TYPED in words_of(page)
    title = first.get_by_role("link").first.inner_text()
    with rerun(page):
        first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def test_every_page_says_that_it_shows_an_old_version(evil_page: Page) -> None:
    page = evil_page
    band = page.get_by_text("You are looking at the data of")
    go_within(page, "/data?section=versions")
    expect(band).to_be_hidden()
    links = page.locator("[data-testid=stMain] a[href*='version=']")
    oldest = parse_qs(urlsplit(links.last.get_attribute("href") or "").query)["version"][0]
    for path in ("/review?", "/practices?", "/city?city=oslo&", "/map?", "/data?section=versions&"):
        go_within(page, f"{path}version={oldest}")
        expect(band).to_be_visible()
    with rerun(page):
        page.get_by_role("link", name="See the newest").or_(page.get_by_role("button", name="See the newest")).click()
    expect(band).to_be_hidden()
    assert "version" not in parse_qs(urlsplit(page.url).query)


def test_what_is_wrong_with_an_upload_is_said_as_it_stands(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/contribute?way=upload")
    file = tmp_path / "evil.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["title", "city_ids", "policy_areas", "when_text", "url"])
        writer.writerow([TYPED, TYPED.replace(";", ""), TYPED, TYPED, TYPED])
        writer.writerow([TYPED, "Bilbao", "", "", ""])
    with rerun(page):
        page.locator("input[type=file]").set_input_files(file)
    assert harm(page) == []
    assert TYPED[:60] in words_of(page)
