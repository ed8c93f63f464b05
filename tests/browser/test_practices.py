"""Searching, reading, citing and taking home: what a person does with the practices, in a real browser."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from playwright.sync_api import Download, Locator, Page

from tests.browser.conftest import OpenPage
from tests.browser.helpers import rerun, settled

PRACTICE = "dont-feed-the-rumour"
# With what is downloaded after it, out of sight.
DOWNLOAD = re.compile("^Download (?!as PNG)")


def address(page: Page) -> dict[str, list[str]]:
    """The parameters of the page's address."""
    return parse_qs(urlsplit(page.evaluate("location.href")).query)


def path(page: Page) -> str:
    return urlsplit(page.evaluate("location.href")).path


def search(page: Page, words: str) -> None:
    """Type words into the search box of the filter bar."""
    field = page.locator(".st-key-filter-q input")
    field.fill(words)
    with rerun(page):
        field.press("Enter")


def titles(page: Page) -> Locator:
    """The titles of the cards, each a link to its practice."""
    return page.locator("[class*='st-key-card-'] [data-testid='stPageLink'] a")


def heading(page: Page) -> str:
    """The title of the practice on the page."""
    return page.locator("[data-testid='stMain'] h1").first.inner_text().splitlines()[0]


def follow(page: Page, link: Locator, url: str) -> None:
    """Click a link within the app and wait until the page that it leads to has settled."""
    link.click()
    page.wait_for_url(url)
    settled(page)


def turn(page: Page, way: str) -> None:
    """Click a link to the page that it stands on, and wait until the address says so too."""
    before = page.url
    with rerun(page):
        page.get_by_test_id("stPageLink-NavLink").filter(has_text=way).first.click()
    page.wait_for_function("before => location.href !== before", arg=before)
    settled(page)


def downloaded(page: Page, label: str) -> Download:
    """What the visible button of this name downloads."""
    with page.expect_download() as download:
        page.get_by_test_id("stDownloadButton").get_by_role("button", name=label).filter(visible=True).click()
    return download.value


def content(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def test_search_read_cite_go_back_and_download(visit: OpenPage) -> None:
    page = visit("/practices?country=spain")
    search(page, "Rumours")
    assert address(page) == {"country": ["spain"], "q": ["Rumours"]}
    found = titles(page).all_inner_texts()
    count = int(page.locator(".st-key-selection-line").inner_text().split()[0])
    assert 1 < len(found) <= count

    follow(page, titles(page).first, "**/practice?*")
    assert heading(page) == found[0]
    assert address(page)["country"] == ["spain"]

    page.get_by_role("button", name="Cite").click()
    cited = content(downloaded(page, "BibTeX")).decode("utf-8")
    assert cited.startswith("@misc{icc-")
    assert "Atlas, data version" in cited
    assert content(downloaded(page, "RIS")).startswith(b"TY  - ELEC\r\n")
    page.keyboard.press("Escape")

    with rerun(page):
        page.go_back()
    assert address(page) == {"country": ["spain"], "q": ["Rumours"]}
    assert titles(page).all_inner_texts() == found

    page.get_by_role("button", name=DOWNLOAD).click()
    download = downloaded(page, "CSV")
    assert download.suggested_filename.startswith("icc-practices_rumours_country-spain_")
    written = content(download)
    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert len(rows) == count
    assert [row["title"] for row in rows[: len(found)]] == found
    assert {row["countries"] for row in rows} >= {"Spain"}
    assert all("Spain" in row["countries"] for row in rows)


def test_every_format_of_the_download_holds_the_same_practices(visit: OpenPage, tmp_path: Path) -> None:
    page = visit("/practices?country=norway&sort=title")
    page.get_by_role("button", name=DOWNLOAD).click()
    files = {label: content(downloaded(page, label)) for label in ("CSV", "Excel", "JSON", "Parquet")}
    frames = {
        "CSV": pd.read_csv(io.BytesIO(files["CSV"]), encoding="utf-8-sig"),
        "Excel": pd.read_excel(io.BytesIO(files["Excel"])),
        "JSON": pd.DataFrame(json.loads(files["JSON"])["rows"]),
        "Parquet": pd.read_parquet(io.BytesIO(files["Parquet"])),
    }
    for frame in frames.values():
        assert frame["practice_id"].tolist() == frames["CSV"]["practice_id"].tolist()
    assert len(frames["CSV"]) == 35
    titles = frames["CSV"]["title"].tolist()
    # As a language sorts: whatever the case, and marks before letters.
    assert titles == sorted(titles, key=lambda title: title.casefold().replace("“", "!"))
    about = json.loads(files["JSON"])["about"]
    assert about["selection"] == ["Country: Norway"]
    assert about["address"].endswith("/practices?country=norway&sort=title")


def test_words_are_marked_in_the_results_without_changing_their_text(visit: OpenPage) -> None:
    page = visit("/practices?q=rumour")
    marks = page.locator(
        "[class*='st-key-card-'] [class*='BackgroundColor'], [class*='st-key-card-'] span[style*='background']"
    )
    assert "rumour" in {text.strip().lower() for text in marks.all_inner_texts()}
    assert not [title for title in titles(page).all_inner_texts() if "**" in title or "background" in title]


def test_previous_and_next_keep_the_filters_and_the_order_of_the_list(visit: OpenPage) -> None:
    page = visit("/practices?country=norway&sort=title")
    listed = titles(page).all_inner_texts()
    follow(page, titles(page).nth(1), "**/practice?*")
    kept = {"country": ["norway"], "sort": ["title"]}
    assert heading(page) == listed[1]
    read = address(page).pop("practice")
    turn(page, "Next")
    assert heading(page) == listed[2]
    assert {**address(page), "practice": read} == {**kept, "practice": read}
    assert address(page)["practice"] != read
    turn(page, "Previous")
    turn(page, "Previous")
    assert heading(page) == listed[0]
    assert page.get_by_role("link", name="Previous").count() == 0
    assert "1 of 35" in page.locator(".st-key-result-line").inner_text()
    follow(page, page.get_by_role("link", name="All results (35)"), "**/practices?*")
    assert address(page) == kept
    assert titles(page).all_inner_texts() == listed


def test_back_and_forward_lead_through_the_practices_that_were_read(visit: OpenPage) -> None:
    page = visit(f"/practice?practice={PRACTICE}")
    first = heading(page)
    turn(page, "Next")
    second = heading(page)
    assert first != second
    page.reload()
    settled(page)
    assert heading(page) == second
    with rerun(page):
        page.go_back()
    assert heading(page) == first
    with rerun(page):
        page.go_forward()
    assert heading(page) == second


@pytest.mark.parametrize("link", [f"/?practice={PRACTICE}", f"/practices?practice={PRACTICE}&country=spain"])
def test_a_link_to_a_practice_leads_there_and_back_leads_to_where_one_was(visit: OpenPage, link: str) -> None:
    page = visit("/contribute?country=spain")
    page.goto(link)
    settled(page)
    page.locator(".st-key-result-line").wait_for()
    assert "Rumour" in heading(page)
    assert address(page)["practice"] == [PRACTICE]
    page.go_back()
    page.wait_for_url("**/contribute?country=spain")
    settled(page)
    assert "The filters at the side do not matter here" in page.get_by_test_id("stMain").inner_text()
    assert path(page) == "/contribute"


def test_from_a_link_to_a_practice_the_list_and_the_other_practices_are_reached(visit: OpenPage) -> None:
    page = visit(f"/practices?practice={PRACTICE}&country=spain")
    page.locator(".st-key-result-line").wait_for()
    turn(page, "All results")
    assert (path(page), address(page)) == ("/practices", {"country": ["spain"]})
    assert titles(page).count() == 20
    assert page.locator(".st-key-result-line").count() == 0


def test_a_similar_practice_opens_at_its_own_address_and_back_leads_to_the_one_before(visit: OpenPage) -> None:
    page = visit(f"/practice?practice={PRACTICE}&country=spain")
    first = heading(page)
    title = titles(page).first.inner_text()
    turn(page, title)
    assert heading(page) == title
    assert address(page)["practice"] != [PRACTICE]
    assert address(page)["country"] == ["spain"]
    with rerun(page):
        page.go_back()
    assert heading(page) == first


def test_what_is_reached_by_a_link_to_a_practice_can_be_downloaded(visit: OpenPage) -> None:
    page = visit(f"/?practice={PRACTICE}")
    page.locator(".st-key-result-line").wait_for()
    page.get_by_role("button", name=DOWNLOAD).click()
    rows = list(csv.DictReader(io.StringIO(content(downloaded(page, "CSV")).decode("utf-8-sig"), newline="")))
    assert [row["practice_id"] for row in rows] == [PRACTICE]


def test_choosing_a_row_of_the_table_opens_its_practice_and_back_leads_to_the_table(visit: OpenPage) -> None:
    page = visit("/practices?view=table&country=norway&sort=title")
    # Its rows are drawn once the frame around them is there.
    page.get_by_test_id("stDataFrame").locator("canvas").first.wait_for()
    table = page.get_by_test_id("stDataFrame").bounding_box()
    assert table is not None
    # The box before the first row.
    page.mouse.click(table["x"] + 17, table["y"] + 35 + 17)
    page.locator(".st-key-result-line").wait_for()
    settled(page)
    assert "1 of 35" in page.locator(".st-key-result-line").inner_text()
    assert address(page)["view"] == ["table"]
    page.go_back()
    page.get_by_test_id("stDataFrame").wait_for()
    settled(page)
    assert path(page) == "/practices"
    assert address(page) == {"view": ["table"], "country": ["norway"], "sort": ["title"]}
    assert page.locator(".st-key-result-line").count() == 0


def test_turning_the_page_shows_other_results_and_back_the_ones_before(visit: OpenPage) -> None:
    page = visit("/practices?country=spain")
    first = titles(page).all_inner_texts()
    with rerun(page):
        page.get_by_role("button", name="Next page").click()
    assert address(page)["page"] == ["2"]
    assert not set(first) & set(titles(page).all_inner_texts())
    with rerun(page):
        page.go_back()
    assert titles(page).all_inner_texts() == first


def test_the_word_that_may_be_meant_is_searched_for_on_a_click(visit: OpenPage) -> None:
    page = visit("/practices?q=multiculturalismus")
    offer = page.locator("[class*='st-key-meant-'] button").first
    word = offer.inner_text()
    with rerun(page):
        offer.click()
    assert address(page) == {"q": [word]}
    assert titles(page).count() > 0


def test_the_options_of_a_filter_show_their_counts(visit: OpenPage) -> None:
    page = visit("/practices?theme=youth")
    page.locator(".st-key-filter-country").get_by_role("combobox").click()
    page.get_by_role("option").first.wait_for()
    options = page.get_by_role("option").all_inner_texts()
    assert all(option.endswith(")") for option in options)


def test_the_copied_link_opens_the_same_practice_in_the_same_list(visit: OpenPage, open_page: OpenPage) -> None:
    page = visit(f"/practice?practice={PRACTICE}&q=rumour&sort=title")
    page.get_by_role("button", name="Copy link").click()
    link = page.get_by_test_id("stCode").filter(visible=True).first.inner_text().strip()
    assert link == page.url
    place = page.locator(".st-key-result-line").inner_text()
    other = open_page(link.removeprefix(page.evaluate("location.origin")))
    assert heading(other) == heading(page)
    assert other.locator(".st-key-result-line").inner_text() == place


def test_how_a_picture_was_computed_opens_over_the_page_with_its_rows_as_a_file(visit: OpenPage) -> None:
    page = visit("/practices?country=norway")
    with rerun(page):
        page.locator(".st-key-method-results-areas button").filter(visible=True).click()
    dialog = page.get_by_role("dialog")
    assert "35 of 35 practices are counted" in dialog.inner_text()
    assert "SELECT" in dialog.get_by_test_id("stCode").filter(has_text="SELECT").inner_text()
    rows = list(csv.DictReader(io.StringIO(content(downloaded(page, "CSV")).decode("utf-8-sig"), newline="")))
    assert {row["of"] for row in rows} == {"35"}


def test_reference_managers_find_the_citation_of_a_practice_in_its_page(visit: OpenPage):
    page = visit("/practice?practice=dont-feed-the-rumour")
    title = page.locator("span.Z3988").get_attribute("title") or ""
    named = parse_qs(title)
    assert named["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"]
    assert "Rumour" in named["rft.title"][0]
    assert named["rft.identifier"][0].startswith("https://")


def test_reference_managers_are_told_when_a_citation_comes_or_goes(visit: OpenPage):
    page = visit("/practices?q=rumour")
    page.evaluate("""() => {
      window.told = [];
      addEventListener("ZoteroItemUpdated", () => window.told.push(document.querySelector(".Z3988") !== null));
    }""")
    with rerun(page):
        page.locator('[class*="st-key-card-"] [data-testid="stPageLink"] a').first.click()
    page.wait_for_function("() => window.told.length === 1 && window.told[0]")
    with rerun(page):
        page.go_back()
    page.wait_for_function("() => window.told.length === 2 && !window.told[1]")
