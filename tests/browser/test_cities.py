"""Cities beside their peers, as a person uses it: map, profile, benchmark, weights, audit, own results, files."""

from __future__ import annotations

import io
import re
from pathlib import Path

from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Download, Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.helpers import go_to, rerun, settled, unfold, until
from tests.browser.test_what_a_person_does import address, box, click_bar


def main(page: Page) -> Locator:
    """The page beside its filters, head and what is said to people who hear it."""
    return page.get_by_test_id("stMain")


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
    return main(page).get_by_text(re.compile("^Compared with ")).inner_text()


def rating(page: Page, area: str) -> Locator:
    """The field for a rating of the second step of the audit."""
    return page.get_by_role("spinbutton", name=f"{area}: our rating, 0 to 100")


def at_step(page: Page, name: str) -> None:
    """Open a step of the audit by the line of their names."""
    with rerun(page):
        page.get_by_role("radio", name=name).click()


def wait_until_in_sight(page: Page, title: str) -> None:
    """Wait until the heading of a step stands in the upper half of the window: the page scrolls after it has run."""
    heading = page.get_by_role("heading", name=title)
    half = page.evaluate("() => window.innerHeight") / 2
    until(page, lambda: 0 <= box(heading)["y"] < half, f"“{title}” is in sight")


def test_from_the_card_of_a_city_to_an_action_list(open_page: OpenPage) -> None:
    page = open_page("/map?city=bergen&show=bergen")
    page.locator(".st-key-city-card").get_by_role("link", name="Profile").click()
    page.wait_for_url("**/city?my_city=bergen")
    settled(page)
    assert page.locator("[data-testid=stMain] h1").inner_text().startswith("Bergen")

    follow(page, "Beside its peers", "benchmark?my_city=bergen")
    before = peers(page)
    unfold(page.locator(".st-key-peers"))
    unfold(page.locator(".st-key-weights"))
    for feature in ("country", "region"):
        page.locator(f".st-key-weight-{feature} input[type=range]").focus()
        with rerun(page):
            page.keyboard.press("Home")
    assert address(page)["weight"] == ["country:0", "region:0"]
    assert peers(page) != before

    chosen = page.locator(".st-key-who summary").first.text_content()
    follow(page, "Policy audit", "audit?*")
    assert address(page)["weight"] == ["country:0", "region:0"]
    unfold(page.locator(".st-key-peers"))
    assert page.locator(".st-key-who summary").first.text_content() == chosen
    at_step(page, "4. Borrow")
    picks = main(page).get_by_text("Pick for our action list")
    for place in range(2):
        with rerun(page):
            picks.nth(place).click()
    assert len(address(page)["pick"]) == 2
    with rerun(page):
        page.get_by_role("button", name="Next: Actions").click()

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


def test_what_is_typed_into_the_audit_is_in_the_address_and_comes_back(open_page: OpenPage) -> None:
    page = open_page("/audit?city=bergen&step=standing")
    # Nothing may be lost however fast somebody types, and the Tab key leads from number to number.
    rating(page, "Commitment").click()
    with rerun(page):
        for number in ("40", "4", "55", "", "70", "2", "10"):
            page.keyboard.type(number)
            page.keyboard.press("Tab")
        page.get_by_role("button", name="Next: Needs").click()
    page.wait_for_url("**step=needs*")
    settled(page)
    typed = {
        "rating": ["commitment:40", "international_outlook:10", "media_communication:70", "multilingualism:55"],
        "importance": ["commitment:4", "media_communication:2"],
    }
    assert {name: sorted(values) for name, values in address(page).items() if name in typed} == typed
    page.reload()
    settled(page)
    with rerun(page):
        page.go_back()
    assert page.get_by_role("heading", name="2. Where do we stand?").is_visible()
    expect(rating(page, "Commitment")).to_have_value("40")
    assert "4 of 17 areas are rated." in page.get_by_test_id("stMain").inner_text()
    with rerun(page):
        page.locator(".st-key-clear-judgement button").click()
    assert "rating" not in address(page)
    expect(rating(page, "Commitment")).to_have_value("")
    with rerun(page):
        page.go_back()
    assert sorted(address(page)["rating"]) == typed["rating"]
    expect(rating(page, "Commitment")).to_have_value("40")


def test_a_number_that_is_being_typed_stays_while_the_page_is_drawn_anew(visit: OpenPage) -> None:
    page = visit("/audit?city=bergen&step=standing")
    rating(page, "Commitment").fill("40")
    with rerun(page):
        rating(page, "Education").click()
        page.keyboard.type("5")
    expect(rating(page, "Education")).to_have_value("5")
    with rerun(page):
        page.keyboard.type("5")
        page.keyboard.press("Tab")
    assert sorted(address(page)["rating"]) == ["commitment:40", "education:55"]


def test_a_rating_beyond_its_limits_is_corrected_and_announced(visit: OpenPage) -> None:
    page = visit("/audit?city=bergen&step=standing")
    rating(page, "Education").fill("140")
    with rerun(page):
        page.keyboard.press("Tab")
    expect(rating(page, "Education")).to_have_value("100")
    assert page.get_by_test_id("stAlertContainer").inner_text().strip().endswith("so 140 became 100.")


def test_a_step_begins_at_its_heading_and_the_back_button_leads_to_the_one_before(visit: OpenPage) -> None:
    page = visit("/audit?city=bergen&step=standing")
    for name, title in (("Needs", "3. What should we work on?"), ("Borrow", "4. What could we borrow?")):
        with rerun(page):
            page.get_by_role("button", name=f"Next: {name}").click()
        wait_until_in_sight(page, title)
    with rerun(page):
        page.go_back()
    assert page.get_by_role("heading", name="3. What should we work on?").is_visible()
    assert page.get_by_role("radio", checked=True).filter(has_text="3. Needs").count() == 1


def test_on_a_telephone_what_an_area_means_stands_whole_above_its_two_fields(visit: OpenPage) -> None:
    page = visit("/audit?city=bergen&step=standing", phone=True)
    card = page.locator(".st-key-area-education")
    meaning = box(card.get_by_text("Schools as places where pupils"))
    rated, important = box(rating(page, "Education")), box(page.get_by_role("spinbutton", name="Education: importance"))
    assert meaning["x"] + meaning["width"] <= 390
    assert meaning["y"] + meaning["height"] <= rated["y"]
    assert rated["y"] == important["y"]
    assert important["x"] + important["width"] <= 390


def test_a_teams_work_survives_another_page_and_the_way_back(open_page: OpenPage) -> None:
    page = open_page("/audit?my_city=bergen&step=standing")
    rating(page, "Education").fill("55")
    with rerun(page):
        page.keyboard.press("Enter")
    at_step(page, "4. Borrow")
    with rerun(page):
        main(page).get_by_text("Pick for our action list").first.click()
    work = address(page)
    assert work["rating"] == ["education:55"]
    assert work["step"] == ["borrow"]
    assert len(work["pick"]) == 1

    go_to(page, "Profile", "Cities")
    assert "rating" not in address(page)
    go_to(page, "Audit", "Cities")
    assert address(page) == work
    assert "This is your work on Bergen of before." in page.get_by_test_id("stMain").inner_text()
    # A link to the page that one is on leads to its first step.
    go_to(page, "Audit", "Cities")
    page.wait_for_url("**/audit?*rating=*")
    assert address(page) == {name: values for name, values in work.items() if name != "step"}
    at_step(page, "4. Borrow")

    go_to(page, "Benchmark", "Cities")
    with rerun(page):
        page.go_back()
    page.wait_for_url("**/audit?*rating=*")
    settled(page)
    assert address(page) == work
    assert "5. Actions (1 picked)" in page.get_by_test_id("stMain").inner_text()


def test_own_results_are_used_on_benchmark_and_audit_and_forgotten_by_a_reload(open_page: OpenPage) -> None:
    page = open_page("/benchmark?city=bergen")
    unfold(page.locator(".st-key-own-results"))
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
    page.wait_for_url("**/audit?*step=standing")
    settled(page)
    assert "mean 40 of 100 in 1 of" in page.get_by_test_id("stMain").inner_text()

    page.reload()
    settled(page)
    assert "mean 40 of 100" not in page.get_by_test_id("stMain").inner_text()


def test_a_similar_city_opens_with_an_address_of_its_own(visit: OpenPage) -> None:
    page = visit("/city?city=bergen")
    link = page.locator('[class*="st-key-card-peer-"]').first.get_by_role("link")
    name = link.inner_text()
    link.click()
    page.wait_for_url(lambda url: "my_city=" in url and "followed" not in url)
    settled(page)
    assert page.locator("[data-testid=stMain] h1").inner_text().startswith(name)


def test_clicking_a_policy_area_of_a_city_lists_its_practices(visit: OpenPage) -> None:
    page = visit("/city?city=barcelona")
    with rerun(page):
        click_bar(page, "city-areas-barcelona", 1)
    assert address(page) == {"my_city": ["barcelona"], "policy_area": ["education"]}
    assert "4 of 20 fit the other filters" in page.get_by_test_id("stMain").inner_text()


def test_the_rows_behind_a_benchmark_can_be_taken_along(visit: OpenPage) -> None:
    page = visit("/benchmark?city=bergen")
    page.get_by_test_id("stPopover").get_by_role("button", name="Download").last.click()
    with page.expect_download() as download:
        page.locator(".st-key-download-benchmark-rows-csv").get_by_role("button").first.click()
    rows = content(download.value).decode("utf-8-sig").splitlines()
    assert rows[0].startswith("unit,practices,")
    assert "policy_area_education" in rows[0]
    assert len(rows) == 1 + 1 + 10
    assert rows[1].startswith("bergen,17,")


def test_choosing_a_city_from_the_most_connected_puts_it_first(visit: OpenPage) -> None:
    page = visit("/partners")
    with rerun(page):
        click_bar(page, "partners-ranking", 0)
    assert len(address(page)["my_city"]) == 1
    assert "Likeliest new partners" in page.get_by_test_id("stMain").inner_text()


def test_on_a_telephone_a_menu_low_on_the_screen_opens_where_it_has_room(visit: OpenPage) -> None:
    page = visit("/benchmark?city=bergen", phone=True)
    button = page.get_by_test_id("stPopover").get_by_role("button", name="Download").last
    # The foot of the page keeps it from the lowest place: 100 pixels of a menu fit below it.
    button.evaluate("button => button.scrollIntoView({ block: 'center' })")
    assert box(button)["y"] > 600
    with rerun(page):
        button.click()

    def has_room() -> bool:
        menu = box(page.get_by_test_id("stPopoverBody"))
        return menu["y"] + menu["height"] <= box(button)["y"] and menu["height"] > 500

    # A menu finds its place after it has opened.
    until(page, has_room, "the menu stands above its button, all of it")
