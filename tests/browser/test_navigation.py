"""The page head: groups and their pages on a screen, one button on a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.helpers import click_middle_of_map, go_to, rerun
from tests.browser.test_what_a_person_does import address

HEAD = ".st-key-navigation"
PAGES_OF_GROUP = {
    "/policy_area": ("Network", ["Overview", "Review", "Map", "Timeline", "Topics", "Policy areas"]),
    "/audit": ("Cities", ["Profile", "Benchmark", "Index", "Audit", "Partners"]),
    "/contribute": ("Data", ["Tables and downloads", "SQL", "Contribute"]),
    "/practices": ("Practices", []),
}


def test_the_head_has_the_groups_and_the_pages_of_the_one_that_is_open(visit: OpenPage) -> None:
    for path, (group, names) in PAGES_OF_GROUP.items():
        page = visit(path)
        groups = page.locator(".st-key-groups").get_by_test_id("stPageLink")
        assert groups.all_inner_texts() == ["Network", "Practices", "Cities", "Data"], path
        assert page.locator(".st-key-groups strong").all_inner_texts() == [group]
        shown = page.locator(".st-key-pages-of-group [data-testid=stPageLink] p")
        assert shown.all_inner_texts() == names, path
        assert page.locator(".st-key-menu").is_hidden(), path


def test_the_open_group_and_page_are_told_by_weight_and_a_line_and_not_by_colour_alone(visit: OpenPage) -> None:
    page = visit("/policy_area")
    weight = "element => Number(getComputedStyle(element).fontWeight)"
    here, other = (
        page.locator(".st-key-pages-of-group").get_by_role("link", name=name).locator("p")
        for name in ("Policy areas", "Topics")
    )
    assert here.evaluate(weight) > other.evaluate(weight)
    line = "elements => elements.map(one => getComputedStyle(one, '::after').borderBottomWidth)"
    assert page.locator(".st-key-groups > *").evaluate_all(line) == ["3px", "0px", "0px", "0px"]


def test_a_telephone_has_one_button_that_leads_to_every_page_with_the_filters(visit: OpenPage) -> None:
    page = visit("/contribute?country=spain", phone=True)
    assert page.locator(HEAD).is_hidden()
    with rerun(page):
        page.get_by_role("button", name="Menu: Contribute").click()
    links = page.get_by_test_id("stPopoverBody").get_by_test_id("stPageLink")
    expect(links).to_have_count(15)
    with rerun(page):
        links.filter(has_text="Partners").click()
    page.wait_for_url("**/partners?*")
    assert address(page) == {"country": ["spain"]}
    page.get_by_test_id("stPopoverBody").wait_for(state="detached")


def test_the_filters_go_along_from_group_to_group(visit: OpenPage) -> None:
    page = visit("/practices?country=spain&from=2015")
    for name, group in (("Audit", "Cities"), ("Contribute", "Data")):
        go_to(page, name, group)
        assert address(page) == {"country": ["spain"], "from": ["2015"]}


def test_the_tour_goes_step_by_step_and_ends_with_escape(visit: OpenPage) -> None:
    page = visit("/")
    with rerun(page):
        page.get_by_role("button", name="Take the tour").click()
    dialog = page.get_by_role("dialog")
    with rerun(page):
        dialog.get_by_role("button", name="Next").click()
    expect(dialog).to_contain_text("Step 2 of 4")
    assert address(page) == {"tour": ["2"]}
    with rerun(page):
        page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert address(page) == {}


@pytest.mark.maps
def test_a_click_on_the_map_of_a_start_page_chooses_the_city(visit: OpenPage) -> None:
    page = visit("/city?country=iceland")
    click_middle_of_map(page.get_by_test_id("stDeckGlJsonChart"))
    page.wait_for_url("**my_city=reykjavik*")


def test_the_tab_names_the_city_where_the_title_names_the_page_alone(visit: OpenPage) -> None:
    page = visit("/index?my_city=bergen")
    expect(page).to_have_title("Bergen · Intercultural Cities Index · Intercultural Cities Atlas")


def test_the_tab_names_the_step_or_section_that_is_open_and_what_is_chosen(visit: OpenPage) -> None:
    for path, title in {
        "/data?section=years": "Year texts · The data behind the atlas",
        "/review?step=gaps": "Gaps · Review",
        "/timeline?section=lasting&country=spain": "How long they last · Spain · Timeline",
        "/map?country=spain&compare=country%3Ditaly": "Spain / Italy · Map of cities",
        "/practices?country=spain&theme=youth": "Spain · Youth · Good practices",
        "/audit?my_city=bergen&step=needs": "Needs · Policy audit of Bergen",
        "/contribute?way=upload": "Check a filled file · Contribute good practices",
    }.items():
        expect(visit(path)).to_have_title(f"{title} · Intercultural Cities Atlas")


def test_the_filters_of_a_telephone_close_by_their_own_button_which_nothing_of_the_head_covers(visit: OpenPage) -> None:
    page = visit("/practices", phone=True)
    page.get_by_test_id("stExpandSidebarButton").first.click()
    filters = page.get_by_test_id("stSidebar")
    expect(filters).to_have_attribute("data-collapsed", "false")
    page.get_by_test_id("stSidebarCollapseButton").locator("button").click()
    expect(filters).to_have_attribute("data-collapsed", "true")
