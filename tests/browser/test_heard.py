"""What a page tells people who hear it, and use it by keyboard."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.helpers import go_within, rerun


def test_the_new_count_is_said_after_a_choice(visit: OpenPage):
    page = visit("/sql?country=France")
    status = page.locator("body > [role=status]")
    expect(status).to_contain_text("practices are chosen.")
    before = status.text_content()
    with rerun(page):
        page.locator(".st-key-clear-all button").click()
    expect(status).not_to_have_text(before or "")
    expect(status).to_have_text("459 of 459 practices are chosen.")


def test_a_query_that_cannot_be_answered_is_an_alert_and_another_page_is_named(visit: OpenPage):
    page = visit("/sql?sql=select+nothing_of_the_kind")
    expect(page.locator("body > [role=alert]")).not_to_be_empty()
    go_within(page, "/contribute")
    expect(page.locator("body > [role=status]")).to_contain_text("Intercultural Cities Atlas")


def test_skipping_leads_past_the_links_to_pages_and_a_closed_sidebar_takes_no_part(open_page: OpenPage):
    page = open_page("/contribute")
    page.get_by_test_id("stSkipToContent").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_focused()
    sidebar = page.get_by_test_id("stSidebar")
    sidebar.hover()
    page.get_by_test_id("stSidebarCollapseButton").locator("button").click()
    expect(sidebar).to_have_attribute("data-collapsed", "true")
    expect(sidebar).to_have_css("visibility", "hidden")


def test_words_of_another_language_are_read_in_theirs_and_look_like_the_others(visit: OpenPage):
    page = visit("/practices?lang=fr&q=Bergen")
    card = page.locator('[class*="st-key-card-"]').first
    title = card.locator("a [lang=en]").first
    expect(title).to_be_visible()
    expect(card.locator("p > span > [lang=en]").first).to_be_visible()
    colour = "one => [one, one.parentElement].map((each) => getComputedStyle(each).color)"
    own, around = title.evaluate(colour)
    assert own == around
    go_within(page, "/practice?practice=implementing-public-policies-to-benefit-from-diversity-berge&lang=en")
    expect(page.locator("h1 [lang]")).to_have_count(0)
    expect(page.locator("[lang=fr]").filter(has_text="Mettre en œuvre").first).to_be_visible()


def test_a_query_run_by_keys_leaves_the_keyboard_in_the_editor(visit: OpenPage):
    page = visit("/sql?sql=select+1+as+one")
    page.locator(".st-key-sql-editor textarea").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("select 2 as two")
    with rerun(page):
        page.keyboard.press("Control+Enter")
    page.wait_for_function("() => document.activeElement.matches('.st-key-sql-editor textarea')")
    page.wait_for_url("**two*")
    expect(page.locator("body > [role=status]")).to_contain_text("1 row. It took")


def test_a_fault_is_told_and_is_gone_once_it_is_mended(visit: OpenPage):
    page = visit("/sql?sql=select+nothing")
    alert = page.locator("body > [role=alert]")
    expect(alert).to_contain_text("The query cannot be answered")
    go_within(page, "/sql?sql=select+2+as+two")
    expect(alert).to_be_empty()


def test_what_is_opened_by_keyboard_has_the_keyboard_at_its_heading(visit: OpenPage):
    page = visit("/audit?my_city=bergen")
    page.locator(".st-key-audit-next button").focus()
    with rerun(page):
        page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.tagName === 'H2'")
    assert page.evaluate("() => document.activeElement.textContent").startswith("2. ")
    go_within(page, "/map")
    page.locator(".st-key-any-city input").focus()
    page.keyboard.type("Bergen")
    with rerun(page):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.matches('.st-key-city-card h3')")
    go_within(page, "/review?present=1")
    with rerun(page):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.tagName === 'H1'")


def test_a_page_that_was_just_opened_leaves_the_keyboard_at_its_beginning(open_page: OpenPage):
    page = open_page("/audit?city=bergen")
    expect(page.locator("span.lead")).to_be_attached()
    assert page.evaluate("document.activeElement === document.body")


def test_a_chart_that_turns_into_its_rows_keeps_the_keyboard(visit: OpenPage):
    page = visit("/timeline")
    page.get_by_role("button", name="Show data").first.focus()
    page.keyboard.press("Enter")
    page.get_by_test_id("stDataFrame").first.wait_for()
    page.wait_for_function("() => document.activeElement !== document.body")
