"""Whatever titles, questions and files hold, the screen shows it as it stands: no link, no picture, no script."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from icc_data.paths import DATA_DIRECTORY
from icc_data.store.snapshot_tables import take
from tests.browser.conftest import UNMOVED
from tests.browser.dashboards import running_dashboard
from tests.browser.helpers import go_within, rerun, settled, still, watch

HOST = "evil.example"
TYPED = (
    f"<script>window.evil=1</script> <img src=x onerror='window.evil=1'> www.{HOST} https://{HOST}/a me@{HOST} "
    f"[x](https://{HOST}) ![x](https://{HOST}/x.png) :material/home: :smile: a -> b &lt; **bold** $x$ :red[r] `c`"
)
UNSEEN = "\u2060"
CITY = "bilbao"
# What the city calls itself, short enough for a label of a chart or a list to choose from.
NAME = f"Bilbao <img src=x onerror='window.evil=1'> www.{HOST} [x](https://{HOST}) :smile: a -> b **bold** $x$ `c`"
AMENDED = "amended"
NO_TABLE = f'FROM "{NAME}"'
QUERY = f"""SELECT '{TYPED.replace("'", "''")}' AS "{NAME.replace('"', '""')}", 1 AS n"""


def _write(folder: Path, rows: list[dict[str, str]]) -> None:
    with (folder / "practices.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def evil_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard over data in which every text that people write is made to do harm, and a snapshot of it before."""
    folder = tmp_path_factory.mktemp("evil") / "data"
    shutil.copytree(DATA_DIRECTORY, folder)
    with (folder / "practices.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    of_city = [row for row in rows if CITY in row["city_ids"].split("; ")]
    assert of_city, "the city has practices"
    # One practice came since, so that those that changed are one kind of two.
    _write(folder, [row for row in rows if row is not of_city[0]])
    take(folder, folder / "snapshots")
    for row in of_city:
        row.update(title=f"{TYPED} {row['practice_id']}", summary=TYPED, title_original=TYPED)
        row.update(when_text=f"since 2019 {TYPED}", when_source="year field")
    _write(folder, rows)
    _name_the_city(folder / "cities.csv")
    _amend(folder / "amendments.csv", of_city[0]["practice_id"])
    with running_dashboard(folder.parent / "streamlit.log", ATLAS_DATA=str(folder)) as url:
        yield url


def _name_the_city(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    for row in rows:
        if row["city_id"] == CITY:
            row.update(name=NAME, local_name=NAME, joined_note=TYPED, note=TYPED)
    with file.open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _amend(file: Path, practice_id: str) -> None:
    row = ["practices", practice_id, "summary", f"{TYPED} {AMENDED}", f"{TYPED} source", "2026-11-26"]
    before = file.read_text(encoding="utf-8").splitlines() if file.exists() else ["table,id,column,value,source,date"]
    with file.open("w", encoding="utf-8", newline="") as table:
        table.write("".join(f"{line}\n" for line in before))
        csv.writer(table).writerow(row)


@contextmanager
def _page_of(browser: Browser, evil_server: str) -> Iterator[Page]:
    """A page on that dashboard, on which every call to the host that the texts name fails the test."""
    with browser.new_context(base_url=evil_server, locale="en-GB", **UNMOVED) as context:
        page = context.new_page()
        watch(page)
        called: list[str] = []
        page.on("request", lambda request: called.append(request.url) if HOST in urlsplit(request.url).netloc else None)
        yield page
        assert called == []


@pytest.fixture(scope="module")
def evil_page(browser_without_maps: Browser, evil_server: str) -> Iterator[Page]:
    """Such a page, open, for whatever is not drawn on a map."""
    with _page_of(browser_without_maps, evil_server) as page:
        page.goto("/data?section=files")
        settled(page)
        yield page


@pytest.fixture
def evil_map_page(browser: Browser, evil_server: str) -> Iterator[Page]:
    """Such a page in a browser that draws maps."""
    with _page_of(browser, evil_server) as page:
        yield page


def harm(page: Page) -> list[str]:
    """What of the typed text came alive on a page, or was read as the marks of a text that is set."""
    return page.evaluate(
        """host => [
            ...(window.evil ? ["a script ran"] : []),
            ...[...document.querySelectorAll("a[href]")].filter(a => {
                try { return new URL(a.href).host.endsWith(host) || a.href.startsWith("mailto:me@") }
                catch { return false }
            }).map(a => "link " + a.href),
            ...[...document.querySelectorAll("img, script[src], iframe")]
                .filter(e => (e.src || "").includes(host) || e.getAttribute("src") === "x")
                .map(e => e.outerHTML.slice(0, 200)),
            ...[...document.querySelectorAll("strong, code, em, .katex")]
                .filter(e => ["bold", "c", "x", "r"].includes(e.textContent)).map(e => "set: " + e.outerHTML),
            ...["😄", "a → b", "a -> b < "].filter(words => document.body.innerText.includes(words)),
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
    f"/timeline?city={CITY}&section=practices": "",
    f"/partners?city={CITY}": "",
    f"/city?city={CITY}": "",
    f"/audit?city={CITY}": "",
    f"/review?country=Spain&since={quote(TYPED)}": "",
    f"/review?city={CITY}": "",
    f"/review?city={CITY}&step=coverage&find={quote(TYPED)}": "",
    f"/review?city={CITY}&step=gaps&gap=records&present=1": "",
    f"/review?period={quote(TYPED)}": TYPED[:20],
    f"/review?city={CITY}&step=momentum": "",
    f"/review?city={CITY}&step=changes": NAME[:40],
    f"/topics?city={CITY}": "",
    f"/index?city={CITY}": NAME[:40],
    f"/benchmark?city={CITY}": NAME[:40],
    f"/benchmark?city=bergen&peers=picked&peer={CITY}": NAME[:40],
    f"/audit?city={CITY}&step=borrow": NAME[:40],
    f"/policy_area?policy_area=education&city={CITY}": "",
    f"/practice?practice={quote(TYPED)}": "",
    f"/sql?sql={quote(QUERY)}": "",
    f"/sql?sql={quote('SELECT ' + TYPED)}": "",
    f"/sql?sql={quote(NO_TABLE)}": "",
    f"/contribute?way={quote(TYPED)}": "",
    f"/data?section={quote(TYPED)}": "",
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
    with rerun(page):
        page.get_by_role("link", name="window.evil").first.click()
    assert harm(page) == []
    assert words_of(page).count(TYPED) >= 3, "title, year text and summary"
    expect(page).to_have_title(re.compile(f"^{re.escape(TYPED[:20])}"))


def test_an_amendment_and_a_citation_show_their_texts_as_they_stand(evil_page: Page, evil_server: str) -> None:
    page = evil_page
    go_within(page, f"/practices?city={CITY}&q={AMENDED}")
    with rerun(page):
        page.get_by_role("link", name="window.evil").first.click()
    assert f"{TYPED} source" in words_of(page)
    for button in page.get_by_role("button", name="Cite").all():
        button.click()
        assert harm(page) == []
        page.keyboard.press("Escape")
    assert harm(page) == []


def test_what_is_chosen_from_shows_names_as_they_stand(evil_page: Page) -> None:
    page = evil_page
    go_within(page, "/practices")
    page.get_by_role("combobox", name="City").first.click()
    page.keyboard.type("Bilbao")
    option = page.get_by_role("option").filter(has_text="onerror").first
    option.wait_for()
    assert NAME[:40] in option.inner_text().replace(UNSEEN, "")
    assert harm(page) == []
    page.keyboard.press("Escape")


def test_a_marker_of_the_map_shows_a_name_as_it_stands(evil_map_page: Page) -> None:
    page = evil_map_page
    page.goto(f"/map?city={CITY}&zoom=selection")
    settled(page)
    shown = page.get_by_test_id("stDeckGlJsonChart")
    still(shown)
    area = shown.bounding_box()
    assert area is not None
    page.mouse.move(area["x"] + area["width"] / 2, area["y"] + area["height"] / 2)
    tip = shown.locator(".deck-tooltip").filter(visible=True)
    tip.wait_for()
    assert NAME[:40] in tip.inner_text().replace(UNSEEN, "")
    assert harm(page) == []


def test_the_tooltip_of_a_chart_shows_a_name_as_it_stands(evil_page: Page) -> None:
    page = evil_page
    go_within(page, f"/partners?city={CITY}")
    for chart in page.get_by_test_id("stVegaLiteChart").all()[:2]:
        area = chart.bounding_box()
        assert area is not None
        for share in (0.3, 0.5, 0.7):
            page.mouse.move(area["x"] + area["width"] * share, area["y"] + area["height"] * 0.5)
            assert harm(page) == []


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
    # The session would go on showing the version of that practice to whichever test comes next.
    go_within(page, "/data?section=files&version=now")


def test_the_band_of_an_old_version_leads_to_the_newest(evil_page: Page) -> None:
    page = evil_page
    band = page.get_by_text("You are looking at the data of")
    go_within(page, "/data?section=versions")
    expect(band).to_be_hidden()
    links = page.locator("[data-testid=stMain] a[href*='version=']")
    oldest = parse_qs(urlsplit(links.last.get_attribute("href") or "").query)["version"][0]
    go_within(page, f"/data?section=versions&version={oldest}")
    expect(band).to_be_visible()
    with rerun(page):
        page.get_by_role("link", name="See the newest").or_(page.get_by_role("button", name="See the newest")).click()
    expect(band).to_be_hidden()
    assert "version" not in parse_qs(urlsplit(page.url).query)


def test_what_is_wrong_with_an_upload_is_said_as_it_stands(evil_page: Page, tmp_path: Path) -> None:
    page = evil_page
    go_within(page, "/contribute?way=upload")
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
    other = tmp_path / f"{NAME.replace('/', ' ')}.csv"
    other.write_text(f"{TYPED}\nx\n", encoding="utf-8")
    with rerun(page):
        page.locator("input[type=file]").set_input_files(other)
    assert harm(page) == []
    assert NAME[:20] in words_of(page), "the name of the file"
