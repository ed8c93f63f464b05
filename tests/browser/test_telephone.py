"""What is drawn otherwise where the browser says that it is a telephone's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import UNMOVED
from tests.browser.helpers import Look, put_on, settled, until, watch
from tests.browser.test_what_a_person_does import box

AGENT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"


@pytest.fixture
def telephone(browser_without_maps: Browser, server: str) -> Iterator[Page]:
    """A page of a telephone's browser."""
    with browser_without_maps.new_context(
        base_url=server, locale="en-GB", no_viewport=True, user_agent=AGENT, **UNMOVED
    ) as context:
        page = context.new_page()
        watch(page)
        put_on(page, Look(phone=True))
        yield page


def test_small_pictures_stand_below_each_other_and_show_their_last_year(telephone: Page) -> None:
    telephone.goto("/timeline?split=policy_area&scale=shares&panels=group")
    settled(telephone)
    picture = telephone.locator(".st-key-figure-by-year-lines svg.marks")

    def fits() -> bool:
        drawn = box(picture)
        return drawn["x"] >= 0 and drawn["x"] + drawn["width"] <= 390 and drawn["height"] > 17 * 150

    until(telephone, fits, "17 policy areas stand below each other, in a picture that the screen holds")


@pytest.mark.parametrize(
    ("page", "one", "compare", "names"),
    [
        ("timeline", "country=spain", "country%3Ditaly", ["Espagne", "Italie"]),
        ("map", "country=spain", "country%3Ditaly", ["Espagne", "Italie"]),
        ("topics", "theme=anti_rumours", "rest", ["Antirumeurs", "Le reste du réseau"]),
    ],
)
def test_a_table_of_two_selections_has_all_its_columns_on_the_screen(
    telephone: Page, page: str, one: str, compare: str, names: list[str]
) -> None:
    telephone.goto(f"/{page}?{one}&compare={compare}&lang=fr")
    settled(telephone)
    table = telephone.locator("[class*=st-key-narrow-both-] table")
    heads = table.get_by_role("columnheader")
    expect(heads).to_have_count(5)
    assert heads.all_inner_texts()[1:] == [*names, "Différence", "Appréciation"]
    last = box(heads.last)
    assert last["x"] + last["width"] <= 390
    assert telephone.locator("[class*=st-key-wide-both-]").is_hidden()
