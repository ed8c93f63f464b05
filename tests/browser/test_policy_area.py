"""The policy area view as a person uses it: open a card, go on, brush, click, take the brief."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.conftest import OpenPage
from tests.browser.helpers import rerun, settled
from tests.browser.test_what_a_person_does import address, click_bar, drag_over

EDUCATION = "/policy_area?policy_area=education"


def heading(page: Page) -> str:
    return page.locator("[data-testid=stMain] h1").inner_text()


def test_a_card_opens_its_area_and_going_back_shows_all_of_them(visit: OpenPage) -> None:
    page = visit("/policy_area?country=spain")
    page.get_by_role("link", name="Mediation and conflict resolution").click()
    page.wait_for_url("**policy_area=mediation*")
    settled(page)
    assert heading(page) == "Mediation and conflict resolution"
    assert address(page) == {"country": ["spain"], "policy_area": ["mediation"]}
    with rerun(page):
        page.go_back()
    assert address(page) == {"country": ["spain"]}
    assert page.locator(".st-key-card-education").count() == 1


def test_the_list_and_the_link_to_the_next_area_change_the_area_and_keep_the_rest(visit: OpenPage) -> None:
    page = visit(EDUCATION + "&country=spain&count=active")
    page.locator(".st-key-area input").click()
    with rerun(page):
        page.get_by_role("option", name="Public services", exact=True).click()
    assert heading(page) == "Public services"
    page.get_by_role("link", name="Next").click()
    page.wait_for_url("**policy_area=business_labour*")
    settled(page)
    assert heading(page) == "Business and labour market"
    assert address(page) == {"country": ["spain"], "policy_area": ["business_labour"], "count": ["active"]}


def test_dragging_over_years_chooses_them(visit: OpenPage) -> None:
    page = visit(EDUCATION)
    drag_over(page, "area-years", 0.75, 0.9)
    # A slow drag speaks up on the way, too.
    page.wait_for_url("**from=*")
    settled(page)
    assert {"from", "to", "years", "undated", "policy_area"} == set(address(page))
    assert "Started" in page.locator(".st-key-selection-line").inner_text()


def test_clicking_a_country_narrows_what_the_area_is_compared_with(visit: OpenPage) -> None:
    page = visit(EDUCATION)
    with rerun(page):
        click_bar(page, "area-country", 0)
    assert address(page)["country"] == ["spain"]
    assert "Within: Country: Spain" in page.locator('[class*="st-key-commitment-"]').inner_text()


def test_a_gap_leads_to_what_is_there_instead(visit: OpenPage) -> None:
    page = visit(EDUCATION)
    page.locator(".st-key-card-gap-country").get_by_role("link").first.click()
    page.wait_for_url("**/practices?country=*")
    settled(page)
    assert "policy_area" not in address(page)


def test_the_document_to_hand_round_says_what_the_screen_says(visit: OpenPage, tmp_path: Path) -> None:
    page = visit(EDUCATION + "&country=spain")
    page.locator(".st-key-metrics").get_by_test_id("stMetric").nth(4).get_by_text("published so far").wait_for()
    shown = page.locator(".st-key-metrics").inner_text()
    page.get_by_role("button", name="Hand round").click()
    page.get_by_role("button", name="PDF, A4").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile(r"Save PDF, A4 \(\d+ kB\)")).click()
    name = download.value.suggested_filename
    assert re.fullmatch(r"icc-brief-on-education.*spain.*\.pdf", name), name
    file = tmp_path / name
    download.value.save_as(file)
    text = " ".join(PdfReader(file).pages[0].extract_text().split())
    practices = re.search(r"Practices\s+(\d+)\s+(\S+ of \d+)", shown)
    assert practices is not None
    assert f"Practices {practices[1]} {practices[2]}" in text
    assert page.url.split("?")[1].replace("&", "") in text.replace("&", "").replace(" ", "")


def test_data_and_method_of_the_years_say_what_is_left_out_and_give_the_sql_and_the_rows(visit: OpenPage) -> None:
    page = visit(EDUCATION)
    with rerun(page):
        page.locator(".st-key-method-area-years").get_by_role("button").click()
    dialog = page.get_by_role("dialog")
    assert "32 of 58 practices are counted; 26 are left out." in dialog.inner_text()
    dialog.get_by_text("'education'").first.wait_for()
    with page.expect_download() as download:
        dialog.get_by_role("button", name="CSV", exact=True).click()
    rows = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "year,practices,all_practices,expected,known,said,bare,all_known"
    assert sum(int(row.split(",")[1]) for row in rows[1:]) == 32
