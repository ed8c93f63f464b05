"""Groups through the years as lines and small pictures: which stand out, and what is said of the others."""

from __future__ import annotations

import re

import pytest

from icc_data import queries
from tests.pages.conftest import OpenPage, words


def test_a_theme_through_the_years_stands_out_among_the_others(open_page: OpenPage) -> None:
    app = open_page("timeline", split=["theme"], scale=["shares"], show=["anti_rumours", "youth"])
    assert app.multiselect(key="option-show").value == ["anti_rumours", "youth"]
    assert re.search(r"\d+ of \d+ practices with a start year are in none of these groups\.", words(app))


def test_that_only_the_largest_groups_have_a_picture_of_their_own_is_said(open_page: OpenPage) -> None:
    assert "The 20 groups with most practices." in words(open_page("timeline", split=["country"], panels=["group"]))
    assert "groups with most practices" not in words(open_page("timeline", split=["theme"], panels=["group"]))


def test_the_timeline_draws_an_area_as_a_share_of_all_practices_by_country_and_year(open_page: OpenPage) -> None:
    asked = {"split": ["policy_area"], "scale": ["shares"], "panels": ["country"], "count": ["active"]}
    app = open_page("timeline", **asked, show=["anti_discrimination"])
    assert not app.exception
    assert "## Shares of the practices active in each year, by policy area and country" in words(app)
    assert app.multiselect(key="option-show").value == ["anti_discrimination"]
    # To show is not to filter.
    assert "160 of 459 practices carry no start year and are on no timeline." in words(app)
    assert "policy_area" not in app.query_params


@pytest.mark.parametrize("split", [split for split in queries.SPLITS if split != "none"])
def test_every_split_has_small_pictures_a_group_or_a_place(open_page: OpenPage, split: str) -> None:
    for panels in {"group", "country", "network"} - {split}:
        app = open_page("timeline", split=[split], panels=[panels], country=["spain", "italy"])
        assert not app.exception
        assert "All pictures have the same scale, those with most practices come first." in words(app)
