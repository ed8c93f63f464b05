"""Maps that are to hold every city are as wide as their view was made for, in every usual window."""

from __future__ import annotations

import pytest

from pages.shared.city_map import NARROWEST, NARROWEST_OF
from tests.browser.conftest import OpenPage

MAPS = {
    "/map?zoom=selection&country=spain": NARROWEST,
    "/city?my_city=lisbon": NARROWEST_OF["city-locator"],
    "/?country=spain": NARROWEST_OF["overview-map"],
    "/practices?practice=espai-avinyo-avinyo-space": NARROWEST_OF["practice-map"],
    "/benchmark?country=spain": NARROWEST_OF["start-map"],
}


@pytest.mark.parametrize("width", [768, 820, 1024, 1101, 1440, 1920])
def test_no_map_is_narrower_than_its_view(open_page: OpenPage, width: int):
    found = {}
    for address in MAPS:
        page = open_page(address, width=width)
        frame = page.get_by_test_id("stDeckGlJsonChart").first
        frame.wait_for(state="attached")
        box = frame.bounding_box()
        assert box is not None
        found[address] = box["width"]
    assert {address: wide for address, wide in found.items() if wide < MAPS[address]} == {}
