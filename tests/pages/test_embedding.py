"""One figure alone, for somebody else's page: with its switches and its source, and without the rest."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from tests.pages.conftest import OpenPage, words


def charts(app: AppTest) -> int:
    return len(app.get("vega_lite_chart"))


def links(app: AppTest) -> list[str]:
    return [link.proto.page for link in app.get("page_link")]


def shown_wings(app: AppTest) -> set[str]:
    """The numbers of the wings that come along, as the style says."""
    return set(re.findall(r"\.st-key-wing-(\d+),", " ".join(str(html.proto) for html in app.get("html"))))


def switches_in(block: Block, wing: str = "") -> Iterator[tuple[str, str]]:
    """Every switch below a part of a page: the wing in which it stands, and what it is called."""
    for child in block.children.values():
        if isinstance(child, Block):
            yield from switches_in(child, "".join(re.findall(r"wing-\d+$", getattr(child.proto, "id", ""))) or wing)
        elif child.type in ("button_group", "selectbox"):
            yield wing, child.label


def captions_in_sight(block: Block) -> Iterator[str]:
    """What small print says outside of the part of a page that does not show."""
    for child in block.children.values():
        if not isinstance(child, Block):
            yield from [str(child.value)] if child.type == "caption" else []
        elif not getattr(child.proto, "id", "").endswith("backstage"):
            yield from captions_in_sight(child)


@pytest.fixture
def alone(open_page: OpenPage) -> AppTest:
    return open_page("timeline", figure=["by-year"], country=["spain"], split=["commitment"])


def test_the_figure_is_the_only_one(open_page: OpenPage):
    assert charts(open_page("topics", figure=["terms-theme"])) == 1
    assert charts(open_page("topics")) > 1


def test_neither_the_links_to_pages_nor_the_filters_come_along(alone: AppTest):
    assert links(alone) == []
    assert [box.label for box in alone.multiselect] == []


def test_it_says_what_it_shows_of_which_practices_from_which_source(alone: AppTest):
    said = words(alone).replace("\\", "")
    assert "# Practices started per year" in said
    assert "Country: Spain" in said
    assert re.search(r"\d+ of \d+ practices are counted; \d+ are left out", said)
    assert "Source: Intercultural Cities Atlas, data version" in said


def test_the_way_into_the_atlas_is_the_same_view_of_the_whole_page(alone: AppTest):
    (target,) = re.findall(r"\[Open in the atlas\]\(<(.*?)>\)", words(alone))
    assert parse_qs(urlsplit(target).query) == {"country": ["spain"], "split": ["commitment"]}


def test_a_switch_sets_the_figure_and_the_address_still_asks_for_it(alone: AppTest):
    (split,) = [field for field in alone.selectbox if field.label == "Split by"]
    split.set_value("country").run()
    assert (alone.query_params["split"], alone.query_params["figure"]) == ("country", "by-year")
    assert charts(alone) == 1


@pytest.mark.parametrize("figure", ["survival", "typical-words"])
def test_a_figure_of_a_part_that_opens_stands_alone_too(open_page: OpenPage, figure: str):
    assert charts(open_page("timeline", figure=[figure], country=["spain"])) == 1


def test_a_figure_that_the_page_does_not_have_is_said(open_page: OpenPage):
    app = open_page("timeline", figure=["<b>bogus</b>"])
    (warning,) = app.warning
    assert "there is no figure “\\<b\\>bogus\\</b\\>”" in warning.value
    assert charts(app) == 0
    # What the whole page is called is out of sight.
    assert "# This figure is not here" in words(app).splitlines()


@pytest.mark.parametrize(
    ("page", "figure", "switched"),
    [
        ("timeline", "by-year", {"split": ["commitment"], "panels": ["country"]}),
        ("timeline", "by-year", {"split": ["commitment"], "scale": ["shares"]}),
        ("timeline", "by-year", {"per": ["cities"]}),
        ("timeline", "by-year", {"per": ["base"]}),
        ("topics", "compared-terms", {"country": ["spain"], "compare": ["country=italy"], "list": ["theme"]}),
        ("benchmark", "portfolio-dots", {"my_city": ["bergen"], "chart": ["radar"]}),
        ("review", "review-coverage", {"step": ["coverage"], "unit": ["network"]}),
        ("data", "practice-matrix", {"columns": ["documented_by"]}),
    ],
)
def test_whatever_its_switches_choose_it_stays_there(
    open_page: OpenPage, page: str, figure: str, switched: dict[str, list[str]]
):
    assert charts(open_page(page, figure=[figure], **switched)) == 1


def test_the_name_that_one_of_several_charts_had_still_asks_for_it(open_page: OpenPage):
    assert charts(open_page("timeline", figure=["by-year-lines"], split=["commitment"], scale=["shares"])) == 1


@pytest.mark.parametrize(
    ("page", "figure", "switches"),
    [
        ("data", "practice-matrix", {"Columns"}),
        ("practices", "results-started", set()),
        ("policy_area", "area-city", set()),
        ("policy_area", "area-years", {"Count practices"}),
    ],
)
def test_a_switch_that_sets_a_list_or_opens_another_part_does_not_come_along(
    open_page: OpenPage, page: str, figure: str, switches: set[str]
):
    app = open_page(page, figure=[figure], policy_area=["education"])
    seen = {f"wing-{wing}" for wing in shown_wings(app)}
    assert {label for name, label in switches_in(app.main) if name in seen} == switches


def test_a_picture_of_one_citys_practices_says_whose_they_are_and_no_filter_that_it_does_not_follow(
    open_page: OpenPage,
):
    said = words(open_page("city", figure=["city-years-bergen"], my_city=["bergen"], country=["spain"]))
    assert "City: Bergen" in said.replace("\\", "")
    assert "Country: Spain" not in said.replace("\\", "")


@pytest.mark.usefixtures("pages_known")
def test_what_is_to_be_pasted_asks_for_this_figure_of_this_view(open_page: OpenPage):
    app = open_page("timeline", country=["spain"])
    app.button(key="method-by-year").click().run()
    (snippet,) = [code.value for code in app.code if code.value.startswith("<iframe")]
    (source,) = re.findall(r'src="([^"]*)"', snippet)
    asked = parse_qs(urlsplit(html.unescape(source)).query)
    assert asked == {"country": ["spain"], "figure": ["by-year"], "embed": ["true"]}
    assert 'title="Practices started per year"' in snippet
    assert "This server lets no other page show it" in words(app)


def test_a_figure_has_only_the_switches_that_set_it(open_page: OpenPage):
    assert "0" in shown_wings(open_page("timeline", per=["cities"], figure=["rates"]))
    assert "0" not in shown_wings(open_page("timeline", per=["cities"], figure=["rates-by-country"]))


def test_what_of_the_address_does_not_count_is_said_beside_a_figure_alone_too(open_page: OpenPage):
    app = open_page("timeline", figure=["by-year"], country=["atlantis"])
    assert charts(app) == 1
    assert "atlantis" in words(app)


@pytest.mark.parametrize(
    ("page", "figure", "wrong"),
    [("map", "map", "measure"), ("timeline", "by-year", "split"), ("topics", "crosstab", "cells")],
)
def test_a_value_that_a_switch_cannot_have_is_said_once_and_in_sight(
    open_page: OpenPage, page: str, figure: str, wrong: str
):
    app = open_page(page, figure=[figure], **{wrong: ["nonsense"]})
    assert " ".join(captions_in_sight(app.main)).count("“nonsense” is not something") == 1


def test_a_switch_that_the_page_does_not_have_is_said(open_page: OpenPage):
    app = open_page("timeline", figure=["by-year"], measure=["practices"])
    assert "nothing that “measure” could set" in " ".join(captions_in_sight(app.main))


def test_a_map_stands_alone_with_what_its_circles_are_and_whose_borders_it_has(open_page: OpenPage):
    app = open_page("map", figure=["map"], country=["spain"])
    assert len(app.get("deck_gl_json_chart")) == 1
    said = words(app).replace("\\", "")
    assert "# Map of cities by Practices" in said
    assert "Country: Spain" in said
    assert re.search(r"\d+ of \d+ cities are counted", said)
    assert "All references to Kosovo" in said


def test_the_second_of_two_maps_does_not_say_the_filters_of_the_first(open_page: OpenPage):
    app = open_page("map", figure=["map-other"], country=["spain"], compare=["country=italy"])
    assert len(app.get("deck_gl_json_chart")) == 1
    said = words(app)
    assert "# Map of Italy" in said
    assert "Country: Spain" not in said


def test_a_picture_of_a_query_stands_alone_with_its_query(open_page: OpenPage):
    sql = "SELECT start_year AS year, count(*) AS practices FROM practice GROUP BY ALL"
    app = open_page("sql", figure=["sql"], sql=[sql], view=["chart"], title=["All years"])
    for _ in range(20):
        if charts(app):
            break
        app.run()
    assert charts(app) == 1
    said = words(app).replace("\\", "")
    assert "# All years" in said
    assert f"Query: {sql}" in said
    assert [area.label for area in app.text_input] == []


def test_small_pictures_of_counts_are_called_so_and_say_what_their_signs_mean(open_page: OpenPage):
    app = open_page("timeline", figure=["by-year-lines"], split=["commitment"], panels=["country"])
    said = words(app).replace("\\", "")
    assert "# Practices started in each year, by commitment and country" in said
    assert "Numbers: all practices of each country and year." in said
    assert "are still being published (grey band)" in said
