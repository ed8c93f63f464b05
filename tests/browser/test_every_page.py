"""Every page in every look and language: one visitor sees them one after the other, and each is looked at in all ways.

No errors, no calls to other hosts, nothing wider than the window; axe-core finds nothing and no name is two things', in
light as in dark colours, which are seen in French. The light ones are seen in the pseudo-language: it is English, word
for word, in words longer than those of any language here, which a telephone has to fit too, and nothing is shown beside
the catalogue.
"""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import Page

from icc_data.i18n import PSEUDO
from tests.browser.axe import alike, violations
from tests.browser.catalogue import untranslated
from tests.browser.complaints import Complaints
from tests.browser.conftest import OpenPage
from tests.browser.helpers import Look, put_on, settled, wait_until_it_fits

READ: Final = (
    "/",
    "/review",
    "/map",
    "/timeline",
    "/timeline?section=lasting&lasting=commitment",
    "/topics",
    "/topics?section=together",
    "/policy_area?policy_area=education",
    "/practices",
    "/practice?practice=for-diversity-pedestrian-walk-in-the-city-of",
    "/city?my_city=bergen",
    "/benchmark?my_city=bergen",
    "/index",
    "/index?my_city=bergen",
    "/audit?my_city=bergen",
    "/audit?my_city=bergen&step=borrow",
    "/partners",
    "/partners?my_city=bergen",
    "/data",
    "/sql",
    "/contribute",
    "/accessibility",
)
SEEN: Final = (
    *(f"/timeline?section={section}" for section in ("areas", "practices", "words&words=school", "joining")),
    "/topics?section=places",
    "/city",
    "/city?city=amman",
    "/benchmark?city=bergen&chart=radar",
    "/benchmark?city=turin",
    "/benchmark?city=turin&having=any&former=no",
    "/benchmark?unit=country&country=spain",
    *(f"/audit?city=bergen&step={step}" for step in ("standing", "needs", "actions")),
    "/partners?city=lisbon",
    "/policy_area",
    "/practices?q=rumour&view=table",
    "/practice?practice=dont-feed-the-rumour",
    "/practice?practice=atlantis",
    *(f"/contribute?way={way}" for way in ("form", "upload")),
    *(f"/data?section={section}" for section in ("years", "dictionary", "sources", "files")),
)
DRAWN: Final = "[data-testid=stMain] .marks, [data-testid=stDeckGlJsonChart] canvas"
WITH_PICTURES: Final = ("/", "/map", "/timeline", "/topics", "/practices", "/partners")


_HEADINGS: Final = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter((one) => one.checkVisibility()).map((one) => [Number(one.tagName[1]), one.textContent.trim()])"""


def _headings_amiss(page: Page) -> list[str]:
    """What is wrong with the headings: people who hear a page find their way by them."""
    headings = page.evaluate(_HEADINGS)
    levels, words = [level for level, _words in headings], [words for _level, words in headings]
    wrong = [] if levels.count(1) == 1 else [f"{levels.count(1)} titles"]
    wrong += [
        f"a level left out before “{told}”"
        for before, (level, told) in zip([0, *levels], headings, strict=False)
        if level > before + 1
    ]
    return wrong + [f"the heading “{told}” {words.count(told)} times" for told in {*words} if words.count(told) > 1]


def _in(language: str, address: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={language}"


def _amiss(page: Page, address: str, look: str) -> list[str]:
    """What no page may have or lack, whoever looks at it."""
    page.locator(".st-key-sql-running").wait_for(state="detached")
    settled(page)
    wrong = [] if page.get_by_test_id("stException").count() == 0 else ["an exception"]
    wrong += [] if page.get_by_test_id("stMain").inner_text() else ["no text"]
    if address in WITH_PICTURES:
        # What is drawn to another width is gone for a moment.
        page.locator(DRAWN).first.wait_for(state="attached")
    wrong += _headings_amiss(page)
    wait_until_it_fits(page, look)
    return [f"{look}: {what}" for what in wrong]


def _told_amiss(page: Page, look: str) -> list[str]:
    """What is wrong for people who hear the page, or see it less well."""
    return [f"{look}: {what}" for what in (*violations(page), *alike(page))]


# One language after the other, not one page: a page that is left for the same one in another language has to be left
# for a third one first. And on a screen first, as what is too wide for a telephone only then still shows it.
@pytest.mark.parametrize("address", READ)
def test_in_long_words_a_page_fits_any_screen_and_is_told_to_everybody_and_all_went_through_the_catalogue(
    visit: OpenPage, complaints: Complaints, address: str
):
    complaints.look = "light, in the pseudo-language"
    page = visit(_in(PSEUDO, address))
    wrong = _amiss(page, address, complaints.look) + _told_amiss(page, complaints.look)
    complaints.look = "pseudo-language on a telephone"
    put_on(page, Look(phone=True))
    wrong += _amiss(page, address, complaints.look) + untranslated(page)
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("address", READ)
def test_in_french_and_dark_a_page_fits_the_screen_and_is_told_to_everybody(
    visit: OpenPage, complaints: Complaints, address: str
):
    complaints.look = "dark and French"
    page = visit(_in("fr", address), dark=True)
    wrong = _amiss(page, address, complaints.look) + _told_amiss(page, complaints.look)
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("address", SEEN)
def test_what_else_a_page_shows_fits_any_screen_in_the_dark(visit: OpenPage, complaints: Complaints, address: str):
    complaints.look = "dark and English"
    page = visit(_in("en", address), dark=True)
    wrong = _amiss(page, address, complaints.look)
    complaints.look = "dark on a telephone"
    put_on(page, Look(dark=True, phone=True))
    wrong += _amiss(page, address, complaints.look)
    assert not wrong, "\n\n".join(wrong)
