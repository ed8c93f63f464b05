"""What a page tells people who hear it, and use it by keyboard."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.helpers import go_within, rerun


def test_the_new_count_is_said_after_a_choice(open_page: OpenPage):
    page = open_page("/sql?country=France")
    status = page.locator("body > [role=status]")
    expect(status).to_contain_text("practices are chosen.")
    before = status.text_content()
    with rerun(page):
        page.locator(".st-key-clear-all button").click()
    expect(status).not_to_have_text(before or "")
    expect(status).to_have_text("459 of 459 practices are chosen.")


def test_a_query_that_cannot_be_answered_is_an_alert_and_another_page_is_named(open_page: OpenPage):
    page = open_page("/sql?sql=select+nothing_of_the_kind")
    expect(page.locator("body > [role=alert]")).not_to_be_empty()
    go_within(page, "/contribute")
    expect(page.locator("body > [role=status]")).to_contain_text("Intercultural Cities Atlas")


def focused(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.tagName"))


def test_skipping_leads_past_the_links_to_pages_and_a_closed_sidebar_takes_no_part(open_page: OpenPage):
    page = open_page("/contribute")
    page.get_by_test_id("stSkipToContent").focus()
    page.keyboard.press("Enter")
    assert focused(page) == "H1"
    sidebar = page.get_by_test_id("stSidebar")
    sidebar.hover()
    page.get_by_test_id("stSidebarCollapseButton").locator("button").click()
    expect(sidebar).to_have_attribute("data-collapsed", "true")
    expect(sidebar).to_have_css("visibility", "hidden")
