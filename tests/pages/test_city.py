"""The city profile: rich, thin, several, none and nonsense."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import duckdb
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from icc_data import queries
from icc_data.queries.selection import Selection
from tests.pages import conftest
from tests.pages.conftest import OpenPage
from tests.pages.test_pages import GARBAGE
from tests.unit.conftest import DataFolder

RICH = ("barcelona", "bergen", "lisbon", "montreal")
THIN = ("amman", "catalonia", "dortmund", "klaksvik", "guro")


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[str, Any]]:
    """The name of each file that the page offers and what gives its content, by the key of its button."""
    offered: dict[str, tuple[str, Any]] = {}
    button = st.download_button

    def recorded(label: str, data: Any, file_name: str, *args: Any, **options: Any) -> bool:
        offered[options["key"]] = (file_name, data)
        return button(label, data, file_name, *args, **options)

    monkeypatch.setattr(st, "download_button", recorded)
    return offered


Files = dict[str, tuple[str, Callable[[], bytes]]]


def words(app: AppTest) -> str:
    """Everything that the page says in words, as a reader sees it."""
    return conftest.words(app).replace("\\", "")


def metrics(app: AppTest) -> dict[str, str]:
    """What each metric says, with its note."""
    return {metric.label: f"{metric.value} {metric.delta}" for metric in app.metric}


@pytest.mark.parametrize("city", [*RICH, *THIN])
def test_every_kind_of_city_has_a_profile(open_page: OpenPage, city: str) -> None:
    app = open_page("city", city=[city])
    assert not app.exception
    for panel in ("Intercultural Cities Index", "Partner cities", "Most similar cities"):
        assert f"## {panel}" in words(app)


def test_without_a_city_those_with_most_practices_are_offered(open_page: OpenPage) -> None:
    app = open_page("city")
    assert not app.exception
    assert "Choose a city" in words(app)
    offered = [button.label for button in app.button if (button.key or "").startswith("invite-")]
    assert offered[0] == "Barcelona :gray[· 20]"
    app.button(key="invite-bergen").click().run()
    assert app.query_params["my_city"] == "bergen"
    assert "# Bergen" in words(app)


def test_the_offer_keeps_to_the_other_filters(open_page: OpenPage) -> None:
    app = open_page("city", country=["norway"])
    offered = [button.key for button in app.button if (button.key or "").startswith("invite-")]
    assert offered[:2] == ["invite-bergen", "invite-oslo"]
    assert "invite-barcelona" not in offered


@pytest.mark.parametrize("page", ["city", "benchmark", "audit"])
def test_where_no_city_is_left_what_to_take_away_stands_in_the_place_of_an_empty_map(
    open_page: OpenPage, page: str
) -> None:
    app = open_page(page, q=["zzzz"])
    assert "## No practice fits all of these choices" in words(app)
    assert not app.get("deck_gl_json_chart")


def test_facts_come_with_their_years_and_sources(open_page: OpenPage) -> None:
    said = words(open_page("city", city=["barcelona"]))
    assert "Index, overall: **72 of 100** :gray[(2017)]" in said
    assert "Intercultural strategy: **2010**" in said
    assert "Sources of these facts together: [coe.int](<https://" in said


def test_numbers_come_with_what_they_are_a_part_of(open_page: OpenPage) -> None:
    said = metrics(open_page("city", city=["barcelona"]))
    assert said["Practices"] == "20 of 459 in the network"
    assert said["Policy areas"] == "14 of 17"
    assert said["Newest practice"] == "2022 of 12 dated"
    assert said["With other cities"] == "1 of 20"


def test_practices_without_a_year_are_said(open_page: OpenPage) -> None:
    assert "8 of 20 practices carry no start year" in words(open_page("city", city=["barcelona"]))


def test_a_report_whose_score_was_not_found_is_said(open_page: OpenPage) -> None:
    assert "2014: a report exists, its score was not found." in words(open_page("city", city=["lisbon"]))


def test_scores_of_two_editions_are_drawn_and_each_is_said(open_page: OpenPage) -> None:
    app = open_page("city", city=["oslo"])
    assert "2017, Overall: **85** of 100" in words(app)
    assert "2020, Overall: **85** of 100" in words(app)
    assert any(button.key == "method-city-index-oslo" for button in app.button)


def test_a_city_without_a_practice_says_so_and_shows_what_is_known(open_page: OpenPage) -> None:
    app = open_page("city", city=["amman"])
    said = words(app)
    assert "## Little is known of this city\nNo practice of Amman has been published" in said
    assert "Residents: **1,275,857** :gray[(GeoNames)]" in said
    assert "Not known: joined, share born abroad, index score" in said
    assert "No published result and no report was found." in said
    assert said.index("Little is known of this city") < said.index("Residents")
    assert "## What cities like it did" in said
    assert "## Gaps" not in said
    assert not app.metric
    assert not app.get("vega_lite_chart")


def test_a_city_with_a_practice_or_two_shows_them_and_draws_nothing_of_them(open_page: OpenPage) -> None:
    app = open_page("city", city=["bologna"])
    assert "Bologna has 1 practice in the sources of this atlas." in words(app)
    assert len(conftest.cards(app)) > 1
    assert "## Practices by policy area" not in words(app)


def test_similar_cities_of_which_little_is_known_carry_a_warning(open_page: OpenPage) -> None:
    warning = "Less than half of what counts is known of both: "
    assert words(open_page("city", city=["athens"])).count(warning) == 5
    assert warning not in words(open_page("city", city=["barcelona"]))


def links(app: AppTest) -> list[str]:
    """What the links to pages say, as a person reads it."""
    return [str(link.proto.label).replace("\\", "") for link in app.get("page_link")]


def test_similar_cities_are_those_with_or_without_practices_and_former_members_are_marked(open_page: OpenPage) -> None:
    assert "**Ivano-Frankivsk (former member)**" in links(open_page("city", city=["lutsk"]))
    assert "**Turnhout**" in links(open_page("city", city=["mechelen"]))


def test_each_similar_city_comes_with_the_reason_and_the_features_it_rests_on(open_page: OpenPage) -> None:
    said = words(open_page("city", city=["bergen"]))
    assert said.count("The same country; the same network (Norwegian network)") >= 2
    assert said.count(" of 8 facts") == 5


def test_of_many_areas_in_common_two_are_named_and_the_rest_counted(open_page: OpenPage) -> None:
    said = words(open_page("city", city=["lisbon"]))
    listed = [line for line in said.splitlines() if "practices in the same areas: " in line and " more" in line]
    assert listed
    for line in listed:
        areas = re.match(r"(.+), (.+) and \d+ more", line.split("practices in the same areas: ")[1])
        assert areas
        assert ", " not in areas[1]


def test_what_rests_on_one_practice_is_not_made_much_of(open_page: OpenPage) -> None:
    said = words(open_page("city", city=["barcelona"]))
    assert "**Interfaith**: 3 practices, 3.4 times as common here as in the network; 19 cities have one" in said
    assert "**Entrepreneurship**: 1 practice" not in said
    assert "With a single practice each, which says little: Entrepreneurship" in said


def test_gaps_are_named_and_lead_to_the_audit(open_page: OpenPage) -> None:
    said = words(open_page("city", city=["barcelona"]))
    assert "No practice in 3 of 17 policy areas: Commitment, Public space and Leadership and citizenship." in said


def test_of_several_cities_the_first_is_shown_and_the_others_can_be(open_page: OpenPage) -> None:
    app = open_page("city", city=["bergen", "oslo"])
    assert "# Bergen" in words(app)
    app.button(key="instead-oslo").click().run()
    assert app.query_params["my_city"] == "oslo"
    assert "# Oslo" in words(app)


def test_the_list_of_practices_keeps_to_the_other_filters(open_page: OpenPage) -> None:
    said = words(open_page("city", city=["barcelona"], policy_area=["education"]))
    assert "4 of 20 fit the other filters; newest first" in said


def test_another_city_can_be_chosen_from_the_list(open_page: OpenPage) -> None:
    app = open_page("city", city=["bergen"], theme=["youth"])
    app.selectbox(key="choose-city").set_value("lisbon").run()
    assert {name: app.query_params[name] for name in ("my_city", "theme")} == {"my_city": "lisbon", "theme": "youth"}
    assert "# Lisbon" in words(app)


@pytest.mark.parametrize("city", [["'; DROP TABLE city; --"], ["bergen", "nowhere"]], ids=["none known", "one known"])
def test_a_garbage_address_is_ignored_with_a_note(open_page: OpenPage, city: list[str]) -> None:
    app = open_page("city", **{**GARBAGE, "city": city})
    assert not app.exception
    assert "is not something that “City” can be" in words(app)


def test_practices_are_drawn_in_their_order_as_a_telephone_shows_columns_below_each_other(
    open_page: OpenPage, connection: duckdb.DuckDBPyConnection
) -> None:
    app = open_page("city", city=["bergen"])
    drawn = [link.proto.query_string.rpartition("practice=")[2] for link in app.get("page_link")]
    here = Selection(city=("bergen",))
    newest = queries.practices(connection, here, limit=6)["practice_id"].tolist()
    assert [practice for practice in drawn if practice in newest][:6] == newest


def test_what_a_city_did_together_with_a_similar_one_is_told_once(open_page: OpenPage) -> None:
    app = open_page("city", city=["novellara"])
    assert not app.exception
    said = words(app)
    own, others = said.split("What cities like it did")
    title = own.split("Little is known of this city")[1].split("**")[1]
    assert title not in others


def test_what_was_amended_is_told_beside_what_the_programme_published(
    open_page: OpenPage, small_data: DataFolder
) -> None:
    row = next(row for row in small_data.rows("cities") if row["city_id"] == "lisbon")
    one = {"table": "cities", "id": "lisbon", "column": "population", "value": "500000"}
    small_data.write("amendments", [{**one, "source": "a letter of the city", "date": "2025-01-31"}])
    app = open_page("city", city=["lisbon"])
    assert not app.exception
    published = row.get("population")
    before = f"the programme’s field says “{published}”" if published else "the programme’s field is empty"
    told = f"Residents: {before}; amended to “500000” on 31 January 2025 after a letter of the city"
    assert told in conftest.words(app)
    assert "500,000" in conftest.words(app)


def test_practices_nobody_coded_yet_are_said_to_be_in_none_of_the_bars(
    open_page: OpenPage, small_data: DataFolder
) -> None:
    here = {"city_ids": "lisbon", "countries": "Portugal", "accessed": "2025-01-01", "source_kind": "programme"}
    for number in range(8):
        areas = "" if number == 3 else "education"
        small_data.append("practices", practice_id=f"p{number}", title=f"Walk {number}", policy_areas=areas, **here)
    before = sum("lisbon" in row["city_ids"] and not row["policy_areas"] for row in small_data.rows("practices"))
    app = open_page("city", city=["lisbon"])
    assert not app.exception
    assert before == 1
    assert "1 of its practices has no policy area and is in none of the bars." in conftest.words(app)
