"""What a first visit begins with: three doors and a tour on the overview, a start on the pages about cities."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage, words


def test_three_doors_lead_to_trends_a_review_and_a_city(open_page: OpenPage) -> None:
    links = {link.proto.label: link.proto for link in open_page("overview").get("page_link")}
    trends, review, city = (links[f"**I {way}**"] for way in ("explore trends", "prepare a review", "come from a city"))
    assert (trends.page, parse_qs(trends.query_string)) == ("timeline", {"split": ["policy_area"]})
    assert (review.page, city.page) == ("review", "city")


def test_who_has_filtered_is_past_the_doors(open_page: OpenPage) -> None:
    app = open_page("overview", country=["norway"])
    assert "**I explore trends**" not in [link.proto.label for link in app.get("page_link")]


def step(app: AppTest) -> str:
    (dialog,) = app.get("dialog")
    return str(dialog.markdown[0].value)


def test_the_tour_is_shown_to_who_asks_for_it_and_to_nobody_else(open_page: OpenPage) -> None:
    app = open_page("overview")
    assert not app.get("dialog")
    app.button(key="take-tour").click().run()
    assert step(app).startswith("**Filters narrow every page**")
    assert app.query_params["tour"] == "1"


@pytest.mark.parametrize(
    ("asked", "title"),
    [("2", "Four groups of pages"), ("9", "What you see can be passed on"), ("all", "Filters narrow every page")],
)
def test_a_step_of_the_tour_has_an_address(open_page: OpenPage, asked: str, title: str) -> None:
    assert step(open_page("overview", tour=[asked])).startswith(f"**{title}**")


@pytest.mark.usefixtures("pages_known")
def test_the_tour_can_be_skipped_at_every_step(open_page: OpenPage) -> None:
    app = open_page("overview", tour=["2"])
    app.button(key="tour-end").click().run()
    assert not app.get("dialog")
    assert "tour" not in app.query_params


@pytest.mark.parametrize("page", ["city", "benchmark", "audit"])
def test_the_start_of_a_page_about_a_city_offers_a_map_and_those_that_joined_last(
    open_page: OpenPage, page: str
) -> None:
    app = open_page(page)
    assert len(app.get("deck_gl_json_chart")) == 1
    joined = [button for button in app.button if (button.key or "").startswith("joiners-")]
    assert joined[0].label == "Barcelos :gray[· 2023]"
    joined[0].click().run()
    assert app.query_params["my_city"] == "barcelos"


@pytest.mark.parametrize("page", ["index", "partners"])
def test_those_that_joined_last_are_offered_beside_the_whole_network(open_page: OpenPage, page: str) -> None:
    assert "## Joined last" in words(open_page(page))
    assert "## Joined last" not in words(open_page(page, my_city=["bergen"]))
