"""A person asks in SQL: rows, chart and files; a query stopped, refused, and found again by going back."""

from __future__ import annotations

import csv
import io
import json
import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, TimeoutError, expect

from tests.browser.conftest import OpenPage
from tests.browser.helpers import CLICK_PATIENCE, PATIENCE, go_to, rerun, settled, wait_until_it_fits
from tests.browser.test_what_a_person_does import address, box

ENDLESS = "SELECT count(*) FROM range(10000000) a, range(10000000) b"
ATTEMPTS = 3
CITIES = "SELECT status, count(*) AS cities FROM city GROUP BY status ORDER BY cities DESC"


def run(page: Page, sql: str) -> None:
    """Type a query into the editor and press Run."""
    page.locator(".st-key-sql-editor textarea").fill(sql)
    with rerun(page):
        page.get_by_role("button", name="Run", exact=True).click()


def ended(page: Page) -> Page:
    """Wait until the query of the page has ended and its result is on the screen."""
    expect(page.locator(".st-key-sql-running")).to_have_count(0, timeout=PATIENCE)
    return settled(page)


def said(page: Page) -> str:
    """All that stands on the page, beside the sidebar."""
    return page.get_by_test_id("stMain").inner_text()


def test_the_page_has_its_diagram_an_example_and_its_answer_in_light_and_dark(visit: OpenPage) -> None:
    for look in ({}, {"dark": True}):
        page = ended(visit("/sql", **look))
        diagram = page.locator(".st-key-sql-schema img")
        diagram.wait_for(timeout=PATIENCE)
        drawn = diagram.evaluate("image => fetch(image.src).then(answer => answer.text())")
        assert {"practice_city", "practice_term", "index_score"} <= set(re.findall(r"\w+", drawn)), look
        # Nobody sees what lies outside the frame.
        (left, _top, width, _height) = map(float, re.findall(r'viewBox="([^"]*)"', drawn)[0].split())
        middles = [float(x) for x in re.findall(r'class="node[^"]*"[^>]*translate\(([-\d.]+)', drawn)]
        assert len(middles) > 10, look
        assert left < min(middles), look
        assert max(middles) < left + width, look
        assert "count(*) AS practices" in page.locator(".st-key-sql-editor textarea").input_value(), look
        page.locator(".st-key-sql-rows canvas").first.wait_for(timeout=PATIENCE)
        assert "87 rows. It took" in said(page), look
        assert address(page) == {}, look


def test_the_page_is_no_wider_than_a_phone(visit: OpenPage) -> None:
    page = ended(visit(f"/sql?sql={quote(CITIES)}&view=chart", phone=True))
    wait_until_it_fits(page, "on a telephone")


def test_a_query_gives_rows_a_chart_and_a_file(visit: OpenPage, tmp_path: Path) -> None:
    page = ended(visit("/sql"))
    run(page, CITIES)
    ended(page)
    assert address(page) == {"sql": [CITIES]}
    assert "5 rows. It took" in said(page)
    page.locator(".st-key-sql-rows canvas").first.wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Download", exact=True).click()
    with page.expect_download(timeout=PATIENCE) as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    download.value.save_as(tmp_path / "result.csv")
    text = (tmp_path / "result.csv").read_text(encoding="utf-8-sig")
    found = list(csv.DictReader(io.StringIO(text)))
    assert [row["status"] for row in found][:2] == ["national_network_only", "member"]
    assert sum(int(row["cities"]) for row in found) == 214
    # The menu is filled only while it is open, so that a run follows when it closes, too.
    with rerun(page):
        page.keyboard.press("Escape")
    with rerun(page):
        page.get_by_role("radio", name="Chart", exact=True).click()
    assert address(page) == {"sql": [CITIES], "view": ["chart"]}
    page.locator(".st-key-figure-sql .marks").first.wait_for(state="attached", timeout=PATIENCE)


def test_a_file_of_a_query_says_nothing_of_the_sidebars_selection(visit: OpenPage, tmp_path: Path) -> None:
    page = ended(visit(f"/sql?country=norway&sql={quote(CITIES)}"))
    page.get_by_role("button", name="Download", exact=True).click()
    with page.expect_download(timeout=PATIENCE) as download:
        page.get_by_role("button", name="JSON", exact=True).click()
    download.value.save_as(tmp_path / "result.json")
    written = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert "norway" not in download.value.suggested_filename
    assert written["about"]["selection"] == [
        "Query: SELECT status, count(*) AS cities FROM city GROUP BY status ORDER BY cities DESC"
    ]
    assert written["about"]["rows"] == 5


def test_a_link_shows_the_query_and_its_result(visit: OpenPage) -> None:
    link = f"/sql?country=norway&sql={quote(CITIES)}&view=chart"
    page = ended(visit(link))
    assert page.locator(".st-key-sql-editor textarea").input_value() == CITIES
    page.locator(".st-key-figure-sql .marks").first.wait_for(state="attached", timeout=PATIENCE)
    assert address(page)["country"] == ["norway"]


def test_a_long_query_can_be_cancelled(visit: OpenPage) -> None:
    page = ended(visit("/sql"))
    page.locator(".st-key-sql-editor textarea").fill(ENDLESS)
    # The same is said to people who hear the page.
    seen = page.get_by_role("strong")
    stopped = seen.filter(has_text="You stopped the query after")
    # A busy machine may need longer for a click than a query may take.
    for _ in range(ATTEMPTS):
        page.get_by_role("button", name="Run", exact=True).click()
        with suppress(TimeoutError):
            page.get_by_role("button", name="Cancel").click(timeout=CLICK_PATIENCE)
        stopped.or_(seen.filter(has_text="a query may take")).wait_for(timeout=PATIENCE)
        if stopped.count():
            break
        settled(page)
    seconds = re.search(r"You stopped the query after ([\d.]+) seconds", said(ended(page)))
    assert seconds is not None
    assert float(seconds[1]) < 5


def test_a_long_query_is_stopped_after_five_seconds_and_the_next_is_answered(open_page: OpenPage) -> None:
    # In a session that has asked it before, the query has ended as it did then.
    page = open_page(f"/sql?sql={quote(ENDLESS)}")
    page.get_by_role("strong").filter(has_text="The query was stopped: a query may take 5 seconds.").wait_for(
        timeout=PATIENCE
    )
    run(ended(page), "SELECT 1 AS one")
    assert "1 row. It took" in said(ended(page))


def test_going_back_returns_to_the_query_before_and_its_result(visit: OpenPage) -> None:
    page = ended(visit("/sql"))
    run(page, "SELECT 'first' AS word")
    ended(page)
    run(page, "SELECT i FROM range(7) t(i)")
    assert "7 rows. It took" in said(ended(page))
    with rerun(page):
        page.go_back()
    assert "1 row. It took" in said(ended(page))
    assert page.locator(".st-key-sql-editor textarea").input_value() == "SELECT 'first' AS word"
    with rerun(page):
        page.go_forward()
    assert "7 rows. It took" in said(ended(page))


def test_a_query_is_still_there_after_a_visit_to_another_page(visit: OpenPage) -> None:
    page = ended(visit("/sql?country=norway"))
    run(page, "SELECT i FROM range(7) t(i)")
    ended(page)
    go_to(page, "Contribute", "Data")
    go_to(page, "SQL", "Data")
    assert "7 rows. It took" in said(ended(page))
    assert page.locator(".st-key-sql-editor textarea").input_value() == "SELECT i FROM range(7) t(i)"
    assert address(page) == {"country": ["norway"], "sql": ["SELECT i FROM range(7) t(i)"]}


def test_what_is_typed_stays_while_the_result_is_looked_at_otherwise(visit: OpenPage) -> None:
    page = ended(visit(f"/sql?sql={quote(CITIES)}"))
    page.locator(".st-key-sql-editor textarea").fill("SELECT not yet asked")
    with rerun(page):
        page.get_by_role("radio", name="Chart", exact=True).click()
    assert page.locator(".st-key-sql-editor textarea").input_value() == "SELECT not yet asked"


def test_a_menu_keeps_room_until_all_of_it_is_there(visit: OpenPage):
    page = visit("/sql")
    page.get_by_test_id("stPopover").get_by_role("button", name="Download").click()
    body = page.get_by_test_id("stPopoverBody")
    expect(body.locator(".filled")).to_be_attached()
    assert box(body)["height"] < 500
    # As it is while a part is still to come.
    body.locator(".filled").evaluate("mark => mark.remove()")
    assert box(body)["height"] >= 0.69 * 900
