"""Sections of a page: one is shown, the address says which, and what was chosen in one comes back with it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage, words

HEADS = {
    "years": "Practices started per year",
    "areas": "Policy areas through the years",
    "practices": "Each practice from start to end",
    "lasting": "Share of practices still running",
    "words": "Words through time",
    "joining": "Cities joining the network",
}


def asked(app: AppTest) -> dict[str, str]:
    """The address parameters, each with its only value."""
    return {name: value if isinstance(value, str) else ",".join(value) for name, value in app.query_params.items()}


def turn_to(app: AppTest, section: str) -> None:
    (control,) = [one for one in app.get("button_group") if one.label == "Section"]
    control.set_value(section).run()
    assert not app.exception


@pytest.mark.parametrize("section", HEADS)
def test_a_page_shows_the_section_of_its_address_and_no_other(open_page: OpenPage, section: str) -> None:
    told = words(open_page("timeline", section=[section]))
    assert {name for name, head in HEADS.items() if head in told} == {section}


@pytest.mark.parametrize(
    ("address", "section"),
    [
        ({}, "years"),
        ({"split": ["country"]}, "years"),
        ({"count": ["active"]}, "years"),
        ({"page": ["2"]}, "practices"),
        ({"lasting": ["none"]}, "lasting"),
        ({"words": ["school"]}, "words"),
        ({"count": ["active"], "words": ["school"]}, "words"),
        ({"split": ["country"], "lasting": ["country"]}, "lasting"),
    ],
)
def test_an_address_without_a_section_means_the_one_that_reads_what_it_says(
    open_page: OpenPage, address: dict[str, list[str]], section: str
) -> None:
    app = open_page("timeline", **address)
    (control,) = [one for one in app.get("button_group") if one.label == "Section"]
    assert control.value == section


@pytest.mark.parametrize("figure", ["area-by-year", "spans", "survival", "joining"])
def test_a_figure_alone_needs_no_section_in_its_address(open_page: OpenPage, figure: str) -> None:
    assert "This figure is not here" not in words(open_page("timeline", figure=[figure]))


def test_another_section_takes_along_what_both_read_and_leaves_the_rest(open_page: OpenPage) -> None:
    app = open_page("timeline", count=["active"], split=["country"], scale=["shares"])
    turn_to(app, "areas")
    assert asked(app) == {"section": "areas", "count": "active"}


def test_what_was_chosen_in_a_section_comes_back_with_it(open_page: OpenPage) -> None:
    app = open_page("timeline", split=["country"], scale=["shares"])
    turn_to(app, "lasting")
    assert asked(app) == {"section": "lasting"}
    turn_to(app, "years")
    assert asked(app) == {"split": "country", "scale": "shares"}


def test_what_both_read_is_as_it_was_last_chosen(open_page: OpenPage) -> None:
    app = open_page("timeline", section=["areas"], count=["active"])
    turn_to(app, "years")
    (count,) = [one for one in app.get("button_group") if one.label == "Count practices"]
    count.set_value("started").run()
    turn_to(app, "areas")
    assert asked(app) == {"section": "areas"}


def test_filters_stay_when_another_section_is_chosen(open_page: OpenPage) -> None:
    app = open_page("topics", country=["spain"], cells=["shares"])
    turn_to(app, "together")
    assert asked(app) == {"country": "spain", "section": "together"}


def test_a_section_that_there_is_not_is_said_and_the_usual_one_shown(open_page: OpenPage) -> None:
    told = words(open_page("timeline", section=["tomorrow"]))
    assert "“tomorrow” is not something that “Section” can be" in told
    assert HEADS["years"] in told


@pytest.mark.parametrize(("page", "section"), [("timeline", "lasting"), ("topics", "places")])
def test_the_section_that_comes_back_after_a_comparison_is_not_said_to_mean_nothing(
    open_page: OpenPage, page: str, section: str
) -> None:
    app = open_page(page, section=[section], country=["spain"], compare=["country=italy"])
    assert not app.exception
    assert "Compared with" in words(app)
    assert "section" not in words(app)


EVERY = [*(("timeline", name) for name in HEADS), *(("topics", name) for name in ("lists", "places", "together"))]


@pytest.mark.parametrize(("page", "section"), EVERY)
def test_where_nothing_fits_every_section_says_what_to_take_away(open_page: OpenPage, page: str, section: str) -> None:
    app = open_page(page, section=[section], q=["zzzzzz"])
    assert not app.exception
    assert "No practice fits all of these choices" in words(app)


@pytest.mark.parametrize("section", [name for name in HEADS if name != "joining"])
def test_a_section_of_years_says_that_none_of_the_practices_has_one(open_page: OpenPage, section: str) -> None:
    app = open_page("timeline", section=[section], country=["norway"], **{"from": ["2030"]})
    assert not app.exception
    assert "None of these practices carries a start year, so there is nothing to draw." in words(app)
