"""Pages on paper: nothing twice, nothing to press, and maps with their land."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.helpers import PATIENCE


def come(visit: OpenPage, address: str, code: str = "en") -> Page:
    """Visit an address in a language: the one that a visit before asked for would stay."""
    return visit(f"{address}{'&' if '?' in address else '?'}lang={code}")


def printed(page: Page, selector: str) -> int:
    """How many of the elements would be printed."""
    page.emulate_media(media="print")
    return page.locator(f"{selector} >> visible=true").count()


@pytest.mark.parametrize("address", ["/benchmark?my_city=bergen", "/review"])
def test_a_table_is_printed_once(visit: OpenPage, address: str):
    page = come(visit, address)
    assert page.get_by_test_id("stDataFrame").first.is_visible()
    assert printed(page, ".printed-table table") >= 1
    assert printed(page, '[data-testid="stDataFrame"]') == 0
    assert printed(page, '[class*="st-key-narrow-"]') == 0


# Pixels between the margins of A4.
PAPER = 703


@pytest.mark.parametrize(
    "address",
    [
        "/benchmark?my_city=bergen",
        "/benchmark?unit=country&country=spain",
        "/data?section=years",
        "/index",
        "/review?step=gaps",
        "/audit?my_city=bergen&step=standing",
        "/topics?country=spain&compare=country%3Ditaly",
    ],
)
@pytest.mark.parametrize("code", ["en", "fr"])
def test_a_printed_table_is_as_wide_as_the_paper_and_sentences_have_room_in_it(
    visit: OpenPage, address: str, code: str
):
    page = come(visit, address, code)
    page.locator(".printed-table table").first.wait_for(state="attached", timeout=PATIENCE)
    page.emulate_media(media="print")
    sizes = page.evaluate(
        """(paper) => [...document.querySelectorAll('.printed-table')].filter((t) => t.offsetWidth).map((t) => {
          t.style.width = `${paper}px`;
          const heads = [...t.querySelectorAll('th.sentences[scope=col]')];
          return [t.querySelector('table').offsetWidth, ...heads.map((head) => head.offsetWidth)];
        })""",
        PAPER,
    )
    assert sizes
    assert [width for width, *_sentences in sizes if width > PAPER] == []
    assert [room for _width, *sentences in sizes for room in sentences if room < 78] == []


CONTROLS = {
    "/": (
        ".st-key-take-tour",
        '[class*="st-key-card-door-"]',
        ".st-key-foot",
        ".st-key-card-state a .stMarkdownColoredText",
        '[data-testid="stPageLink"] >> text="All practices"',
    ),
    "/timeline": ('[data-testid="stNumberInput"]',),
    "/topics": ('[class*="st-key-commitment-"] button',),
    "/city?my_city=bergen": ('[data-testid="stPageLink"] >> text="Who it could work with"',),
    "/practice?practice=espai-avinyo-avinyo-space": ('[data-testid="stLinkButton"]',),
    "/audit?my_city=bergen": (".st-key-steps",),
    "/audit?my_city=bergen&step=standing": ('[class*="st-key-ratings-"]',),
    "/review?step=momentum": (".st-key-longer",),
}


@pytest.mark.parametrize("address", CONTROLS)
def test_what_is_for_the_hand_or_only_leads_on_is_not_printed(visit: OpenPage, address: str):
    page = come(visit, address)
    assert [one for one in CONTROLS[address] if not page.locator(one).first.is_visible()] == []
    assert [one for one in CONTROLS[address] if printed(page, one)] == []


def test_a_list_of_several_pages_says_on_paper_which_one_it_is(visit: OpenPage):
    page = come(visit, "/practices?page=3")
    words = page.locator("p.print-only", has_text="Page 3 of ")
    assert not words.is_visible()
    page.emulate_media(media="print")
    assert words.is_visible()


def test_the_addresses_of_a_practice_stand_on_paper(visit: OpenPage):
    page = come(visit, "/practice?practice=espai-avinyo-avinyo-space")
    link = page.locator('.st-key-record a[href^="http"]').first
    written = "link => getComputedStyle(link, '::after').content"
    assert link.evaluate(written) == "none"
    page.emulate_media(media="print")
    assert link.get_attribute("href") in link.evaluate(written)


@pytest.mark.maps
def test_a_map_keeps_its_land_for_the_printer(visit: OpenPage):
    page = come(visit, "/map")
    kept = """() => {
      const land = document.querySelector('canvas.mapboxgl-canvas');
      const drawn = land && (land.getContext('webgl') || land.getContext('webgl2'));
      return drawn && drawn.getContextAttributes().preserveDrawingBuffer;
    }"""
    page.locator("canvas.mapboxgl-canvas").first.wait_for(state="attached", timeout=PATIENCE)
    assert page.evaluate(kept) is True


def test_links_that_say_something_are_printed(visit: OpenPage):
    assert printed(come(visit, "/review"), '.st-key-card-findings [data-testid="stPageLink"]') > 0
    assert printed(come(visit, "/"), '[class*="st-key-card-"] [data-testid="stPageLink"]') > 0


def test_the_source_of_a_practice_in_a_list_stands_on_paper(visit: OpenPage):
    page = come(visit, "/practices")
    link = page.locator('[class*="st-key-card-"] a[href^="http"]').first
    page.emulate_media(media="print")
    assert link.get_attribute("href") in link.evaluate("link => getComputedStyle(link, '::after').content")


def test_a_heading_keeps_clear_of_what_follows_it_on_paper(visit: OpenPage):
    page = come(visit, "/city?my_city=bergen")
    page.emulate_media(media="print")
    reaching = """() => [...document.querySelectorAll('[data-testid="stElementContainer"]:has(:is(h1, h2, h3))')]
      .filter((frame) => {
        const heading = frame.querySelector('h1, h2, h3').getBoundingClientRect();
        return heading.bottom > frame.getBoundingClientRect().bottom + 1;
      }).map((frame) => frame.innerText)"""
    assert page.evaluate(reaching) == []
