"""Maps that are to hold every city are as wide as their view was made for, in every usual window."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from pages.shared.city_map import NARROWEST, NARROWEST_OF
from tests.browser.conftest import OpenPage
from tests.browser.helpers import Look, put_on

MAPS = {
    "/map?zoom=selection&country=spain": NARROWEST,
    "/city?my_city=lisbon": NARROWEST_OF["city-locator"],
    "/?country=spain": NARROWEST_OF["overview-map"],
    "/practices?practice=espai-avinyo-avinyo-space": NARROWEST_OF["practice-map"],
    "/benchmark?country=spain": NARROWEST_OF["start-map"],
}
# What follows its column by a script does so before the second picture of a window of another size.
_LAID_OUT = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"


def _map_in_a_window(page: Page, width: int) -> float:
    """How wide the map is in a window of this width."""
    put_on(page, Look(width=width))
    page.evaluate(_LAID_OUT)
    box = page.get_by_test_id("stDeckGlJsonChart").first.bounding_box()
    assert box is not None
    return float(box["width"])


@pytest.mark.parametrize("address", MAPS)
def test_no_map_is_narrower_than_its_view(visit: OpenPage, address: str):
    page = visit(address)
    page.get_by_test_id("stDeckGlJsonChart").first.wait_for(state="attached")
    wide = {width: _map_in_a_window(page, width) for width in (768, 820, 1024, 1101, 1440, 1920)}
    assert {width: map_width for width, map_width in wide.items() if map_width < MAPS[address]} == {}
