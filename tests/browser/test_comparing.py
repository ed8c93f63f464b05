"""A comparison begun, swapped, taken back and ended by a person; its address reproduces the view."""

from __future__ import annotations

from playwright.sync_api import expect

from pages.shared.city_map import WIDTH_OF_TWO
from tests.browser.conftest import OpenPage
from tests.browser.helpers import EVERY, PATIENCE, Look, put_on, rerun, settled, until, wait_until_it_fits
from tests.browser.test_what_a_person_does import address

_ROOM = """([width, count]) => {
  const maps = [...document.querySelectorAll('[data-testid="stDeckGlJsonChart"]')];
  return maps.length === count && maps.every((map) => map.getBoundingClientRect().width >= width);
}"""
_BUTTONS = """() => {
  const table = document.querySelector('[data-testid="stDataFrame"]');
  const buttons = table?.parentElement.querySelector('[data-testid="stElementToolbar"]');
  return buttons && getComputedStyle(buttons).opacity;
}"""
# Lines of the page on which the buttons above a table lie.
_COVERED = """() => {
  const table = document.querySelector('[data-testid="stDataFrame"]');
  const buttons = table.parentElement.querySelector('[data-testid="stElementToolbar"]').getBoundingClientRect();
  const words = document.createTreeWalker(document.querySelector('[data-testid="stMain"]'), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const lies = (line) => line.width > 1 && line.left < buttons.right && line.right > buttons.left
    && line.top < buttons.bottom && line.bottom > buttons.top;
  const covered = [];
  while (words.nextNode()) {
    range.selectNodeContents(words.currentNode);
    if ([...range.getClientRects()].some(lies)) covered.push(words.currentNode.data);
  }
  return covered;
}"""


def test_a_comparison_is_begun_swapped_taken_back_and_ended_and_its_address_says_it(visit: OpenPage) -> None:
    page = visit("/topics?country=spain")
    page.get_by_role("button", name="Compare", exact=False).first.click()
    with rerun(page):
        page.get_by_role("button", name="With the rest of the network").click()
    assert address(page) == {"country": ["spain"], "compare": ["rest"]}
    line = page.locator(".st-key-comparison-line")
    assert "The rest of the network" in line.inner_text()
    begun = page.locator(".st-key-takeaway").inner_text()
    with rerun(page):
        line.get_by_role("button", name="Swap").click()
    assert address(page) == {"country": ["spain"], "compare": ["rest_first"]}
    assert "The rest of the network, which stands first" in line.inner_text()
    with rerun(page):
        line.get_by_role("button", name="Swap").click()
    assert address(page) == {"country": ["spain"], "compare": ["rest"]}
    assert page.locator(".st-key-takeaway").inner_text() == begun

    page = visit("/topics?country=spain&compare=country%3Ditaly")
    line = page.locator(".st-key-comparison-line")
    sentence = page.locator(".st-key-takeaway").inner_text()
    with rerun(page):
        line.get_by_role("button", name="Swap").click()
    assert address(page) == {"country": ["italy"], "compare": ["country=spain"]}
    with rerun(page):
        page.go_back()
    assert address(page) == {"country": ["spain"], "compare": ["country=italy"]}
    assert page.locator(".st-key-takeaway").inner_text() == sentence
    page.reload()
    settled(page)
    assert page.locator(".st-key-takeaway").inner_text() == sentence
    with rerun(page):
        line.get_by_role("button", name="End comparison").press("Enter")
    assert address(page) == {"country": ["spain"]}
    assert line.count() == 0
    # Who ended it by keyboard goes on from the title, not from before the page.
    expect(page.locator("h1")).to_be_focused()


def test_two_maps_have_the_room_that_their_view_is_made_for_in_any_window(visit: OpenPage) -> None:
    page = visit("/map?country=spain&compare=country%3Ditaly")
    for width in (1440, 1100, 820, 660, 390):
        put_on(page, Look(width=width))
        wait_until_it_fits(page, f"{width} pixels")
        page.wait_for_function(_ROOM, arg=[WIDTH_OF_TWO, 2], timeout=PATIENCE, polling=EVERY)


def test_the_buttons_of_a_table_cover_no_words_where_they_always_stand_above_it(visit: OpenPage) -> None:
    page = visit("/practices?country=iceland&view=table&lang=fr", phone=True)
    page.get_by_test_id("stDataFrame").scroll_into_view_if_needed()
    until(page, lambda: page.evaluate(_BUTTONS) == "1", "the table has its buttons")
    assert page.evaluate(_COVERED) == []
