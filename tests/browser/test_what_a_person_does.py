"""What a person does in a browser: open, click, drag, filter, go back, reload. Consoles and calls are watched."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, Pages
from tests.browser.helpers import click_middle_of_map, go_to, rerun, settled, still, until

MAP = "stDeckGlJsonChart"


def address(page: Page) -> dict[str, list[str]]:
    """The parameters of the page's address."""
    return parse_qs(urlsplit(page.evaluate("location.href")).query)


def plot(page: Page, name: str) -> Locator:
    """The drawn part of a chart, brought into view."""
    drawn = page.locator(f'[class*="-{name}"] .marks').first
    drawn.scroll_into_view_if_needed()
    return drawn


def box(shown: Locator) -> dict[str, float]:
    """Where an element stands on the screen, pixels."""
    found = shown.bounding_box()
    assert found is not None
    return dict(found)


def click_bar(page: Page, name: str, row: int) -> None:
    """Click the start of a horizontal bar, counted from the top."""
    label = page.locator(f'[class*="-{name}"] .marks')
    label.scroll_into_view_if_needed()
    area = box(label)
    page.mouse.click(area["x"] + area["width"] * 0.45, area["y"] + 15 + 22 * row)


def drag_over(page: Page, name: str, start: float, end: float) -> None:
    """Drag sideways over a chart, from and to shares of its width."""
    area = box(plot(page, name))
    height = area["y"] + area["height"] / 2
    page.mouse.move(area["x"] + area["width"] * start, height)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] * (start + end) / 2, height, steps=4)
    page.mouse.move(area["x"] + area["width"] * end, height, steps=4)
    page.mouse.up()


@pytest.mark.maps
def test_the_map_draws_land_and_cities_in_both_looks(visit: OpenPage) -> None:
    pictures = {still(visit("/map", dark=dark).get_by_test_id(MAP)) for dark in (False, True)}
    assert len(pictures) == 2
    assert all(len(picture) > 40_000 for picture in pictures)


@pytest.mark.maps
def test_clicking_a_city_opens_its_card_and_puts_it_into_the_address(visit: OpenPage) -> None:
    page = visit("/map?city=reykjavik&zoom=selection")
    with rerun(page):
        click_middle_of_map(page.get_by_test_id(MAP))
    assert address(page)["show"] == ["reykjavik"]
    assert page.locator(".st-key-city-card h3").inner_text().startswith("Reykjavik")


@pytest.mark.maps
def test_a_city_among_many_can_be_clicked_and_the_map_complains_of_nothing(visit: OpenPage) -> None:
    page = visit("/map")
    with rerun(page):
        click_middle_of_map(page.get_by_test_id(MAP))
    still(page.get_by_test_id(MAP))
    assert len(address(page)["show"]) == 1


def the_map_is_the_one_before(page: Page, change: Callable[[Page], None]) -> bool:
    """Whether what draws the map is still the same after a change, as another one takes a browser seconds."""
    drawing = page.get_by_test_id(MAP).locator("canvas").first
    drawing.evaluate("canvas => { canvas.dataset.before = 'yes'; }")
    change(page)
    return drawing.get_attribute("data-before") == "yes"


def take_the_first_filter_away(page: Page) -> None:
    with rerun(page):
        page.locator(".st-key-selection-line button").first.click()


@pytest.mark.maps
def test_other_filters_change_what_the_map_shows_and_not_the_map_itself(visit: OpenPage) -> None:
    page = visit("/map?country=iceland")
    picture = still(page.get_by_test_id(MAP))
    assert the_map_is_the_one_before(page, take_the_first_filter_away)
    assert still(page.get_by_test_id(MAP)) != picture


@pytest.mark.maps
def test_what_was_clicked_on_the_map_does_not_stay_marked_once_the_map_shows_something_else(visit: OpenPage) -> None:
    page = visit("/map?country=iceland&city=reykjavik&zoom=selection")
    with rerun(page):
        click_middle_of_map(page.get_by_test_id(MAP))
    assert not the_map_is_the_one_before(page, take_the_first_filter_away)


@pytest.mark.maps
def test_pointing_at_a_city_says_its_name_and_practices(visit: OpenPage) -> None:
    page = visit("/map?city=montreal&zoom=selection")
    shown = page.get_by_test_id(MAP)
    still(shown)
    area = box(shown)
    page.mouse.move(area["x"] + area["width"] / 2 + 3, area["y"] + area["height"] / 2)
    page.mouse.move(area["x"] + area["width"] / 2, area["y"] + area["height"] / 2)
    tooltip = page.locator(".deck-tooltip")
    tooltip.wait_for(state="visible")
    assert tooltip.inner_text().splitlines() == ["Montreal, Canada", "Practices: 15"]


@pytest.mark.maps
def test_a_map_of_cities_on_both_sides_of_the_antimeridian_shows_them_over_the_pacific(visit: OpenPage) -> None:
    page = visit("/map?city=auckland&city=montreal")
    shown = page.get_by_test_id(MAP)
    still(shown)
    area = box(shown)
    middle = area["x"] + area["width"] / 2, area["y"] + area["height"] / 2
    # Of the narrowest 430 pixels 64 stay free, so the 111.65 degrees across the Pacific are 366 pixels wide;
    # on Web Mercator, the way from 36.85 south to 45.51 north is then 298 pixels high.
    for name, right, up in (("Auckland", -183, -149), ("Montreal", 183, 149)):
        page.mouse.move(middle[0] + right + 3, middle[1] - up)
        page.mouse.move(middle[0] + right, middle[1] - up)
        page.locator(".deck-tooltip").filter(has_text=f"{name}, ").wait_for(state="visible")


@pytest.mark.maps
def test_clicking_a_city_on_the_overview_opens_it_on_the_map(visit: OpenPage) -> None:
    page = visit("/?city=montreal")
    click_middle_of_map(page.get_by_test_id(MAP))
    page.wait_for_url("**/map?*show=montreal*")
    settled(page)
    assert page.locator(".st-key-city-card h3").inner_text().startswith("Montreal")
    assert address(page)["city"] == ["montreal"]
    # The click is done with: whoever comes back is not sent to the map again.
    with rerun(page):
        page.go_back()
    with rerun(page):
        page.locator(".st-key-selection-line button").first.click()
    expect(page.locator(".st-key-selection-line")).to_have_count(0)
    assert (urlsplit(page.url).path, address(page).get("city")) == ("/", None)


def test_what_the_filters_say_stays_on_the_way_to_another_page_and_back(visit: OpenPage) -> None:
    page = visit("/contribute?from=2010&to=2015&years=started&undated=no")
    search = page.locator(".st-key-filter-q input")
    search.fill("school")
    with rerun(page):
        search.press("Enter")
    for name in ("Tables and downloads", "Contribute"):
        go_to(page, name, "Data")
        assert search.input_value() == "school"
        # Beside the ends of the slider stand the chosen years.
        assert page.locator(".st-key-filter-years").inner_text().split()[:2] == ["2010", "2015"]
        chosen = {"q": ["school"], "from": ["2010"], "to": ["2015"], "years": ["started"], "undated": ["no"]}
        assert address(page) == chosen


def test_clicking_a_bar_filters_and_going_back_takes_the_filter_away(visit: OpenPage) -> None:
    page = visit("/")
    with rerun(page):
        click_bar(page, "overview-areas", 0)
    assert address(page) == {"policy_area": ["anti_discrimination"]}
    assert "of 459 practices" in page.locator(".st-key-selection-line").inner_text()
    with rerun(page):
        page.go_back()
    assert address(page) == {}
    assert page.locator(".st-key-selection-line").count() == 0
    with rerun(page):
        page.go_forward()
    assert address(page) == {"policy_area": ["anti_discrimination"]}
    assert page.locator(".st-key-selection-line").count() == 1


def test_clicking_the_bar_again_takes_its_filter_away(visit: OpenPage) -> None:
    page = visit("/topics?policy_area=anti_discrimination")
    with rerun(page):
        click_bar(page, "terms-policy_area", 0)
    assert "policy_area" not in address(page)


def test_brushing_years_sets_the_filter(visit: OpenPage) -> None:
    page = visit("/timeline?split=none")
    drag_over(page, "by-year", 0.70, 0.9)
    # A slow drag speaks up on the way, too.
    page.wait_for_url("**from=*")
    settled(page)

    def agree() -> bool:
        chosen = address(page)
        first, last = int(chosen["from"][0]), int(chosen["to"][0])
        assert 2008 <= first < last <= 2022
        return f"{first}–{last}" in page.locator(".st-key-selection-line").inner_text()

    until(page, agree, "the page says the years of the address")


def test_clicking_a_cell_chooses_its_row_and_column(visit: OpenPage) -> None:
    page = visit("/topics?section=places")
    area = box(plot(page, "crosstab"))
    with rerun(page):
        # The first column is Spain; the fifteenth row is anti-discrimination.
        page.mouse.click(area["x"] + 230, area["y"] + area["height"] * 0.5)
    assert address(page)["country"] == ["spain"]
    assert len(address(page)["policy_area"]) == 1


def test_choosing_a_country_in_the_filter_bar_changes_page_and_address(visit: OpenPage) -> None:
    page = visit("/practices")
    field = page.locator(".st-key-filter-country")
    field.get_by_role("combobox").fill("Norw")
    with rerun(page):
        page.get_by_role("option", name="Norway (35)", exact=True).click()
    assert address(page) == {"country": ["norway"]}
    assert page.locator(".st-key-selection-line").inner_text().startswith("35 of 459")


def test_page_links_carry_the_selection_along(visit: OpenPage) -> None:
    page = visit("/timeline?country=spain&country=italy&from=2015&split=country")
    page.get_by_role("link", name="Topics").click()
    page.wait_for_url("**/topics?*")
    settled(page)
    assert address(page) == {"country": ["spain", "italy"], "from": ["2015"]}


def test_an_address_pasted_elsewhere_shows_the_same(visit: OpenPage, open_page: OpenPage) -> None:
    link = "/timeline?country=spain&theme=youth&count=active&split=policy_area&scale=shares"
    here, elsewhere = (come(link).get_by_test_id("stMain").inner_text() for come in (visit, open_page))
    assert here == elsewhere
    assert "9 of 459 practices" in here


def test_the_keyboard_reaches_the_page_links_and_filters(open_page: OpenPage) -> None:
    page = open_page("/contribute")
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("document.activeElement.closest('[class*=st-key-]')?.className.match(/st-key-([\\w-]+)/)[1]")
        )
    assert {"filter-country", "filter-q"} <= reached


SAYS_NO_MAPS = """() => getComputedStyle(document.querySelector('[data-testid="stDeckGlJsonChart"]'), '::before')
  .content.includes('This browser draws no maps')"""
# What a browser does that draws with software where a map asks for a graphics card first.
WITHOUT_GRAPHICS_CARD = """
const get = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, wishes) {
  if (!wishes?.failIfMajorPerformanceCaveat) return get.call(this, kind, wishes);
  this.dispatchEvent(new WebGLContextEvent("webglcontextcreationerror", { bubbles: false }));
  window.refused = true;
  return null;
};"""


def test_a_browser_that_draws_no_maps_says_so_in_place_of_the_map(visit: OpenPage) -> None:
    visit("/map").wait_for_function(SAYS_NO_MAPS)


@pytest.mark.maps
def test_a_map_that_is_drawn_without_a_graphics_card_is_not_covered(pages: Pages) -> None:
    page = pages.take()
    page.add_init_script(WITHOUT_GRAPHICS_CARD)
    page.goto("/map")
    still(settled(page).get_by_test_id(MAP))
    assert page.evaluate("() => window.refused === true")
    assert not page.evaluate(SAYS_NO_MAPS)
    page.context.close()
