"""Three visitors with a keyboard and no mouse, two of them in French: from the first page to a file in hand."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Page, TimeoutError, expect

from tests.browser.conftest import OpenPage
from tests.browser.helpers import rerun, settled, until

MOST_STOPS = 90
MOST_PRESSES, PRESS_PATIENCE = 4, 20_000
# Below its icon. A table on the same page has a button with a longer name, which asks where to save.
BUTTON_FOR_CSV = r"(^|\n)CSV$"

# What the keyboard is on, as a person would call it.
_HERE = """() => {
  const here = document.activeElement;
  return here.getAttribute("aria-label") || here.labels?.[0]?.innerText || here.innerText || "";
}"""


def go_on_to(page: Page, name: str) -> None:
    """Press Tab until something of this name has the focus, and check that it can be seen to have it.

    Args:
        page: where one is.
        name: a pattern for what it is called.
    """
    passed = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here = str(page.evaluate(_HERE))
        # What is drawn anew in this moment takes no press, and the focus may be gone with it.
        if re.search(name, here) and re.search(name, str(settled(page).evaluate(_HERE))):
            return
        passed.append(here[:30])
    raise AssertionError(f"Tab does not lead to “{name}”, only to {passed}.")


def skip_to_content(page: Page) -> None:
    """Use the first stop of the page."""
    page.get_by_test_id("stSkipToContent").focus()
    page.keyboard.press("Enter")


def press_into(page: Page, name: str) -> None:
    """Go on to something and press Enter on it, which runs the page."""
    go_on_to(page, name)
    with rerun(page):
        page.keyboard.press("Enter")


def unfold(page: Page, name: str) -> None:
    """Go on to something and press Enter on it, which opens a panel below it."""
    panel = page.get_by_test_id("stPopoverBody")
    for _ in range(MOST_PRESSES):
        go_on_to(page, name)
        page.keyboard.press("Enter")
        with suppress(TimeoutError):
            panel.wait_for(timeout=PRESS_PATIENCE)
            return
    raise AssertionError(f"“{name}” opens nothing.")


def file_from(page: Page, name: str, folder: Path) -> bytes:
    """Go on to a button that gives a file, press Enter, and read the file."""
    for _ in range(MOST_PRESSES):
        settled(page)
        go_on_to(page, name)
        try:
            with page.expect_download(timeout=PRESS_PATIENCE) as coming:
                page.keyboard.press("Enter")
        except TimeoutError:
            continue
        file = folder / coming.value.suggested_filename
        coming.value.save_as(file)
        return file.read_bytes()
    raise AssertionError(f"“{name}” gives no file.")


def arrive(visit: OpenPage, door: str, language: str) -> Page:
    """Come to the first page in a language and through a door."""
    page = visit(f"/?lang={language}")
    skip_to_content(page)
    press_into(page, door)
    assert f"lang={language}" in page.url
    return page


def test_a_researcher_takes_the_rows_of_a_chart_away(visit: OpenPage, tmp_path: Path):
    page = arrive(visit, "explore les tendances", "fr")
    skip_to_content(page)
    press_into(page, "Données et méthode")
    assert b"," in file_from(page, BUTTON_FOR_CSV, tmp_path).splitlines()[0]


def test_a_manager_takes_the_review_away(visit: OpenPage, tmp_path: Path):
    page = arrive(visit, "I prepare a review", "en")
    skip_to_content(page)
    unfold(page, "Hand round")
    press_into(page, "^Excel")
    assert file_from(page, "Save", tmp_path).startswith(b"PK")


def test_a_city_officer_takes_the_practices_of_their_city_away(visit: OpenPage, tmp_path: Path):
    page = arrive(visit, "viens d.une ville", "fr")
    skip_to_content(page)
    go_on_to(page, "^Ville$")
    page.keyboard.type("Bergen")
    with rerun(page):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    assert "my_city=bergen" in page.url
    skip_to_content(page)
    unfold(page, "Télécharger")
    assert b"," in file_from(page, BUTTON_FOR_CSV, tmp_path).splitlines()[0]


def test_whoever_turns_to_a_section_by_keyboard_stays_in_the_list_of_sections(visit: OpenPage):
    page = visit("/timeline?lang=en")
    page.get_by_role("radio", name="How long they last").focus()
    with rerun(page):
        page.keyboard.press("Enter")
    assert "section=lasting" in page.url
    # What is drawn anew gets the focus back a moment later.
    until(page, lambda: "How long they last" in str(page.evaluate(_HERE)), "the focus is on the section")
    assert page.locator(".st-key-figure-survival").count() == 1


def test_whoever_chooses_peers_by_keyboard_stays_in_the_field(visit: OpenPage):
    page = visit("/benchmark?my_city=bergen&lang=en")
    page.locator(".st-key-peers summary").first.focus()
    with rerun(page):
        page.keyboard.press("Enter")
    until(page, lambda: "Peers: " in str(page.evaluate(_HERE)), "the focus is on the fold")
    field = page.locator(".st-key-peer-k input")
    field.fill("7")
    with rerun(page):
        page.keyboard.press("Enter")
    # The fold is called otherwise now, and is the same.
    assert "k=7" in page.url
    page.locator(".st-key-peers summary", has_text="(7)").first.wait_for()
    expect(field).to_be_focused()
