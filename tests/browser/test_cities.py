"""Cities beside their peers, as a person uses it: map, profile, benchmark, weights, audit, own results, files."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Download, Page

from tests.browser.conftest import InEveryLook, OpenPage
from tests.browser.helpers import click_on_map, go_to, rerun, settled, wait_until_it_fits
from tests.browser.test_what_a_person_does import MAP, address, box, click_bar

ADDRESSES = (
    "/city",
    "/city?city=bergen",
    "/city?city=amman",
    "/benchmark?city=bergen",
    "/benchmark?city=bergen&chart=radar",
    "/benchmark?city=turin",
    "/benchmark?city=turin&having=any&former=no",
    "/benchmark?unit=country&country=spain",
    "/audit?city=bergen",
    "/partners",
    "/partners?city=lisbon",
)
SCORES = (
    "city_id,year,policy_area,score\nbergen,2025,overall,61\nbergen,2025,education,40\nbergen,2025,interaction,35\n"
)
# Pixels of the table of the second step of the audit.
ROW, AREA_COLUMN, RATING_COLUMN = 35, 265, 100


def content(download: Download) -> bytes:
    """What was downloaded."""
    return Path(download.path()).read_bytes()


def follow(page: Page, name: str, to: str) -> None:
    """Follow a link of the page, not of its menu."""
    page.get_by_test_id("stMain").get_by_role("link", name=name, exact=True).last.click()
    page.wait_for_url(f"**/{to}")
    settled(page)


def peers(page: Page) -> str:
    """The sentence that names the peers."""
    return page.get_by_text("Compared with ").inner_text()


def type_into_rating(page: Page, row: int, text: str) -> None:
    """Type a rating into a row of the table, counted from 1."""
    table = page.locator("[class*=st-key-standing-]").get_by_test_id("stDataFrame")
    table.scroll_into_view_if_needed()
    area = box(table)
    page.mouse.dblclick(area["x"] + AREA_COLUMN + RATING_COLUMN / 2, area["y"] + ROW * (row + 0.5))
    page.locator("input.gdg-input").fill(text)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("address_of_page", ADDRESSES)
def test_a_page_has_no_errors_and_fits_the_screen_in_every_look(
    open_page: OpenPage, in_every_look: InEveryLook, address_of_page: str
) -> None:
    page = open_page(address_of_page)
    for look in in_every_look(page):
        assert page.get_by_test_id("stException").count() == 0, look
        wait_until_it_fits(page, look)


def test_from_the_map_to_an_action_list(open_page: OpenPage) -> None:
    page = open_page("/map?city=bergen&zoom=selection")
    shown = page.get_by_test_id(MAP)
    area = box(shown)
    click_on_map(shown, area["width"] / 2, area["height"] / 2)
    settled(page)
    page.locator(".st-key-city-card").get_by_role("link", name="Profile").click()
    page.wait_for_url("**/city?my_city=bergen")
    settled(page)
    assert page.locator("[data-testid=stMain] h1").inner_text().startswith("Bergen")

    follow(page, "Beside its peers", "benchmark?my_city=bergen")
    before = peers(page)
    page.locator(".st-key-peers summary").first.click()
    page.locator(".st-key-weights summary").click()
    for feature in ("country", "region"):
        page.locator(f".st-key-weight-{feature} input[type=range]").focus()
        with rerun(page):
            page.keyboard.press("Home")
    assert address(page)["weight"] == ["country:0", "region:0"]
    assert peers(page) != before

    chosen = page.locator(".st-key-who summary").text_content()
    follow(page, "Policy audit", "audit?*")
    assert address(page)["weight"] == ["country:0", "region:0"]
    assert page.locator(".st-key-who summary").text_content() == chosen
    picks = page.get_by_text("Pick for our action list")
    for place in range(2):
        with rerun(page):
            picks.nth(place).click()
    assert len(address(page)["pick"]) == 2

    with page.expect_download() as text:
        page.get_by_role("button", name="Action list (Word)").click()
    assert text.value.suggested_filename.endswith(".docx")
    document = Document(io.BytesIO(content(text.value)))
    assert document.paragraphs[0].text == "Action list of Bergen"
    written = {relation.target_ref for relation in document.part.rels.values()}
    assert any("audit?my_city=bergen&weight=country%3A0" in address for address in written)

    with page.expect_download() as book:
        page.get_by_role("button", name="Action list (Excel)").click()
    sheet = load_workbook(io.BytesIO(content(book.value))).worksheets[0]
    table = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert table[0][:3] == ["Policy area", "Practice", "City"]
    assert len(table) == 3
    sources = [str(row[table[0].index("Source")]) for row in table[1:]]
    assert all(source.startswith("http") for source in sources)
    assert set(sources) <= written


@pytest.mark.parametrize("page_name", ["benchmark", "audit"])
def test_all_cities_are_one_click_away_and_those_with_practices_one_click_back(
    open_page: OpenPage, page_name: str
) -> None:
    page = open_page(f"/{page_name}?city=lutsk")
    page.locator(".st-key-peers summary").first.click()
    left_out = page.get_by_text("Left out, as they have no published practice:")
    left_out.wait_for()
    with rerun(page):
        page.get_by_text("Only cities with published practices").click()
    assert address(page)["having"] == ["any"]
    assert left_out.count() == 0
    with rerun(page):
        page.get_by_text("Only cities with published practices").click()
    assert "having" not in address(page)
    left_out.wait_for()


def test_what_is_typed_into_the_audit_is_in_the_address_and_comes_back(open_page: OpenPage) -> None:
    page = open_page("/audit?city=bergen")
    apply = page.get_by_role("button", name="Apply ratings and importance")
    # Nothing may be lost however fast somebody types.
    type_into_rating(page, 1, "40")
    type_into_rating(page, 2, "55")
    # The table tells of an edit after a moment, sooner than a hand gets from the keys to the button.
    page.wait_for_timeout(1000)
    with rerun(page):
        apply.click()
    assert sorted(address(page)["rating"]) == ["commitment:40", "education:55"]
    page.reload()
    settled(page)
    assert sorted(address(page)["rating"]) == ["commitment:40", "education:55"]
    assert "Standing (2 rated)" in page.get_by_test_id("stMain").inner_text()
    with rerun(page):
        page.locator(".st-key-clear-judgement button").click()
    assert "rating" not in address(page)
    with rerun(page):
        page.go_back()
    assert sorted(address(page)["rating"]) == ["commitment:40", "education:55"]


def test_a_teams_work_survives_another_page_and_the_way_back(open_page: OpenPage) -> None:
    page = open_page("/audit?my_city=bergen")
    type_into_rating(page, 2, "55")
    page.wait_for_timeout(1000)
    with rerun(page):
        page.get_by_role("button", name="Apply ratings and importance").click()
    with rerun(page):
        page.get_by_text("Pick for our action list").first.click()
    work = address(page)
    assert work["rating"] == ["education:55"]
    assert len(work["pick"]) == 1

    for _way in ("navigation", "again"):
        go_to(page, "Map", "Network")
        assert "rating" not in address(page)
        go_to(page, "Audit", "Cities")
        assert address(page) == work
        assert "This is your work on Bergen of before." in page.get_by_test_id("stMain").inner_text()
    # A link to the page that one is on.
    go_to(page, "Audit", "Cities")
    page.wait_for_url("**/audit?*rating=*")
    assert address(page) == work

    go_to(page, "Benchmark", "Cities")
    with rerun(page):
        page.go_back()
    page.wait_for_url("**/audit?*rating=*")
    settled(page)
    assert address(page) == work
    assert "1 practice picked" in page.get_by_test_id("stMain").inner_text()


def test_picks_survive_a_reload(open_page: OpenPage) -> None:
    page = open_page("/audit?city=lisbon")
    with rerun(page):
        page.get_by_text("Pick for our action list").first.click()
    page.reload()
    settled(page)
    assert page.get_by_role("checkbox", name="Pick for our action list").first.is_checked()
    assert "1 practice picked" in page.get_by_test_id("stMain").inner_text()


def test_the_steps_lead_to_their_places(open_page: OpenPage) -> None:
    page = open_page("/audit?city=bergen")
    page.get_by_role("link", name="5. Actions").click()
    page.locator("#step-5").wait_for()
    page.wait_for_function("() => document.querySelector('#step-5').getBoundingClientRect().top < window.innerHeight")


def test_own_results_are_used_on_benchmark_and_audit_and_forgotten_by_a_reload(open_page: OpenPage) -> None:
    page = open_page("/benchmark?city=bergen")
    page.locator(".st-key-own-results summary").click()
    with page.expect_download() as template:
        page.get_by_role("button", name="Template for Index results (CSV)").click()
    rows = content(template.value).decode("utf-8-sig").splitlines()
    assert rows[1] == "Bergen,,Overall,"
    assert len(rows) == 1 + 1 + 17

    scores = {"Bergen,,Overall,": 'Bergen,2020,Overall,"61"', "Bergen,,Education,": "Bergen,,Education,40 %"}
    filled = [scores.get(row, row) for row in rows]
    with rerun(page):
        page.locator(".st-key-own-results input[type=file]").set_input_files(
            {"name": "own.csv", "mimeType": "text/csv", "buffer": "\r\n".join(filled).encode()}
        )
    assert "In use: 2 scores and 0 practices." in page.locator(".st-key-own-results").inner_text()
    assert "Overall: 61" in page.get_by_test_id("stMain").inner_text()

    page.get_by_role("button", name="See what your scores ask for in the audit").click()
    page.wait_for_url("**/audit?my_city=bergen")
    settled(page)
    assert "mean 40 of 100 in 1 of" in page.get_by_test_id("stMain").inner_text()

    page.reload()
    settled(page)
    assert "mean 40 of 100" not in page.get_by_test_id("stMain").inner_text()


def test_what_cannot_be_used_of_own_results_is_said_by_row_and_column(open_page: OpenPage) -> None:
    page = open_page("/benchmark?city=bergen")
    page.locator(".st-key-own-results summary").click()
    with rerun(page):
        page.locator(".st-key-own-results input[type=file]").set_input_files(
            {"name": "own.csv", "mimeType": "text/csv", "buffer": SCORES.replace("40", "forty").encode()}
        )
    said = page.locator(".st-key-own-results").inner_text()
    assert "own.csv" in said
    assert "column “Score” “forty”: is no score" in said
    assert "In use: 2 scores" in said


def test_a_similar_city_opens_with_an_address_of_its_own(open_page: OpenPage) -> None:
    page = open_page("/city?city=bergen")
    link = page.locator('[class*="st-key-card-peer-"]').first.get_by_role("link")
    name = link.inner_text()
    link.click()
    page.wait_for_url(lambda url: "my_city=" in url and "followed" not in url)
    settled(page)
    assert page.locator("[data-testid=stMain] h1").inner_text().startswith(name)
    page.reload()
    settled(page)
    assert page.locator("[data-testid=stMain] h1").inner_text().startswith(name)


def test_clicking_a_policy_area_of_a_city_lists_its_practices(open_page: OpenPage) -> None:
    page = open_page("/city?city=barcelona")
    with rerun(page):
        click_bar(page, "city-areas-barcelona", 1)
    assert address(page) == {"my_city": ["barcelona"], "policy_area": ["education"]}
    assert "4 of 20 fit the other filters" in page.get_by_test_id("stMain").inner_text()


def test_the_rows_behind_a_benchmark_can_be_taken_along(open_page: OpenPage) -> None:
    page = open_page("/benchmark?city=bergen")
    page.get_by_test_id("stPopover").get_by_role("button", name="Download").last.click()
    with page.expect_download() as download:
        page.locator(".st-key-download-benchmark-rows-csv").get_by_role("button").first.click()
    rows = content(download.value).decode("utf-8-sig").splitlines()
    assert rows[0].startswith("unit,practices,")
    assert "policy_area_education" in rows[0]
    assert len(rows) == 1 + 1 + 10
    assert rows[1].startswith("bergen,17,")


def test_choosing_a_city_from_the_most_connected_puts_it_first(open_page: OpenPage) -> None:
    page = open_page("/partners")
    with rerun(page):
        click_bar(page, "partners-ranking", 0)
    assert len(address(page)["my_city"]) == 1
    assert "Likeliest new partners" in page.get_by_test_id("stMain").inner_text()
