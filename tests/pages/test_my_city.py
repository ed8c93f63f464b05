"""The city that a visit is about: one for all pages about cities, remembered in the address, and no filter."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.navigation import CITY_PAGES
from tests.pages.conftest import OpenPage, words
from tests.pages.test_pages import ALL_PAGES


def links(app: AppTest) -> list[dict[str, list[str]]]:
    """What the links to other pages carry, in their order."""
    return [parse_qs(link.proto.query_string) for link in app.get("page_link")]


@pytest.mark.parametrize("page", CITY_PAGES)
@pytest.mark.parametrize("name", ["my_city", "city"])
def test_an_address_that_names_a_city_opens_it_on_every_page_about_cities(
    open_page: OpenPage, page: str, name: str
) -> None:
    app = open_page(page, **{name: ["bergen"]})
    assert not app.exception
    assert app.selectbox(key="choose-city").value == "bergen"
    assert app.multiselect(key="filter-city").value == []
    assert "** of 459 practices" not in words(app)


@pytest.mark.parametrize("page", ALL_PAGES)
def test_the_city_goes_along_to_every_page_and_narrows_none(open_page: OpenPage, page: str) -> None:
    app = open_page(page, my_city=["bergen"])
    assert not app.exception
    assert "could set" not in words(app)
    assert "** of 459 practices" not in words(app)
    assert all("my_city" in carried for carried in links(app))
    assert links(app)[0]["my_city"] == ["bergen"]


def test_choosing_a_city_leaves_the_filters_as_they_are(open_page: OpenPage) -> None:
    app = open_page("benchmark", city=["oslo"], my_city=["bergen"], theme=["youth"])
    app.selectbox(key="choose-city").set_value("lisbon").run()
    assert app.query_params["my_city"] == "lisbon"
    assert app.query_params["city"] == "oslo"
    assert app.query_params["theme"] == "youth"


def test_a_filter_set_on_an_old_address_keeps_its_city(open_page: OpenPage) -> None:
    app = open_page("city", city=["bergen"])
    app.multiselect(key="filter-theme").set_value(["youth"]).run()
    assert app.query_params["my_city"] == "bergen"
    assert "city" not in app.query_params


def test_a_city_that_is_filtered_by_is_what_the_pages_about_cities_open_with_and_stays_a_filter(
    open_page: OpenPage,
) -> None:
    app = open_page("practices", city=["bergen"])
    profile = next(parse_qs(link.proto.query_string) for link in app.get("page_link") if link.proto.page == "city")
    assert profile == {"city": ["bergen"], "my_city": ["bergen"]}
    app = open_page("city", **profile)
    assert app.multiselect(key="filter-city").value == ["bergen"]


def test_to_see_only_its_practices_is_a_step_of_its_own(open_page: OpenPage) -> None:
    app = open_page("city", my_city=["bergen"], theme=["youth"])
    (only,) = [link.proto for link in app.get("page_link") if link.proto.label == "Show only its practices"]
    assert only.page == "practices"
    assert parse_qs(only.query_string) == {"city": ["bergen"], "theme": ["youth"], "my_city": ["bergen"]}


@pytest.mark.parametrize("page", ["map", "city"])
def test_the_city_can_be_forgotten_on_every_page(open_page: OpenPage, page: str) -> None:
    app = open_page(page, my_city=["bergen"], theme=["youth"])
    app.button(key="forget-city").click().run()
    assert "my_city" not in app.query_params
    assert app.query_params["theme"] == "youth"
    assert not [button for button in app.button if button.key == "forget-city"]


def test_a_city_from_an_old_address_can_be_forgotten(open_page: OpenPage) -> None:
    app = open_page("city", city=["bergen"])
    app.button(key="forget-city").click().run()
    assert app.selectbox(key="choose-city").value is None


def test_a_city_that_is_unknown_is_said_and_does_not_count(open_page: OpenPage) -> None:
    app = open_page("map", my_city=["bergenn"])
    assert "“bergenn” is not something that “City” can be, so it does not count. Did you mean Bergen?" in words(app)
    # The switch of languages leads to the very same view.
    assert not any("my_city" in carried for carried in links(app) if "lang" not in carried)
