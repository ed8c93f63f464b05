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


def test_themes_can_be_shared_out_by_periods_of_which_the_last_is_said_to_be_unfinished(open_page: OpenPage) -> None:
    app = open_page("timeline", split=["theme"], scale=["shares"])
    app.selectbox(key="option-years_a_period").set_value("5").run()
    assert not app.exception
    assert app.query_params["years_a_period"] == "5"
    assert "## Shares of the practices started in each period of 5 years, by theme" in words(app)
    assert "In 2022–2026, the last period with 5 practices or more, the largest share is" in words(app)
    assert "The last period is unfinished." in words(app)
    assert "The years of the filter cut a period" not in words(app)


def test_years_of_the_filter_that_cut_a_period_are_named(open_page: OpenPage) -> None:
    # 2012–2016 and 2017–2021 are periods of five years of data of 2026.
    asked = {"split": ["theme"], "scale": ["shares"], "years_a_period": ["5"], "years": ["started"]}
    cut = open_page("timeline", **asked, **{"from": ["2014"], "to": ["2021"]})
    assert "The years of the filter cut a period: of it only those count that are chosen." in words(cut)
    whole = open_page("timeline", **asked, **{"from": ["2012"], "to": ["2021"]})
    assert "The years of the filter cut a period" not in words(whole)


def test_bars_have_no_periods(open_page: OpenPage) -> None:
    app = open_page("timeline")
    assert "option-years_a_period" not in {box.key for box in app.selectbox}


@pytest.mark.parametrize("split", [split for split in queries.SPLITS if split != "none"])
def test_every_split_has_small_pictures_a_group_or_a_place(open_page: OpenPage, split: str) -> None:
    for panels in {"group", "country", "network"} - {split}:
        app = open_page("timeline", split=[split], panels=[panels], country=["spain", "italy"])
        assert not app.exception
        assert "All pictures have the same scale, those with most practices come first." in words(app)
