"""The policy area view: what it says with and without an area, filters and practices."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import conftest
from tests.pages.conftest import OpenPage
from tests.pages.test_pages import GARBAGE


def words(app: AppTest) -> str:
    """Everything that the page says in words, as a reader sees it."""
    return unescaped(conftest.words(app))


def unescaped(text: str) -> str:
    """A text without the signs that keep Markdown from reading it."""
    return text.replace("\\", "")


def metrics(app: AppTest) -> dict[str, str]:
    """What each metric says, with its note."""
    return {metric.label: f"{metric.value} {metric.delta}" for metric in app.metric}


def test_without_an_area_all_of_them_are_offered_under_their_commitments(open_page: OpenPage) -> None:
    app = open_page("policy_area")
    assert not app.exception
    said = words(app)
    for commitment in ("Pluralistic identity", "Trust and shared values", "Equal access and representation"):
        assert f"## {commitment}" in said
    assert said.count(" practices :gray[· ") == 17
    assert "58 practices :gray[· 13%]" in said
    assert "Schools as places where pupils, parents and staff of all backgrounds learn together" in said


def test_the_offer_counts_within_the_other_filters(open_page: OpenPage) -> None:
    app = open_page("policy_area", country=["norway"])
    assert "Within: Country: Norway" in words(app)
    assert "5 practices :gray[· 14%]" in words(app)


def test_an_area_says_what_it_means_and_which_commitment_it_serves(open_page: OpenPage) -> None:
    app = open_page("policy_area", policy_area=["education"])
    assert not app.exception
    assert "# Education" in words(app)
    assert "Schools as places where" in words(app)
    assert "It serves the commitment **Open and mixed institutions and places**" in words(app)
    assert "Compared with the network (459 practices)." in words(app)


def test_numbers_come_with_what_they_are_a_part_of(open_page: OpenPage) -> None:
    said = metrics(open_page("policy_area", policy_area=["education"]))
    assert said["Practices"] == "58 12.6% of 459"
    assert said["Cities"] == "38 of 119 with practices"
    assert said["Countries"] == "19 of 31 with practices"
    assert set(said) >= {"Known start year", "Started 2024–2026"}


def test_the_other_filters_stay_and_are_said(open_page: OpenPage) -> None:
    app = open_page("policy_area", policy_area=["education"], country=["spain"], **{"from": ["2010"]})
    assert "Within: Country: Spain · Active since 2010 or undated. Compared with all practices" in words(app)


def test_of_several_areas_the_first_is_shown_and_the_others_are_named(open_page: OpenPage) -> None:
    app = open_page("policy_area", policy_area=["mediation", "education", "commitment"])
    assert "# Mediation and conflict resolution" in words(app)
    assert "3 policy areas are chosen; this is the first. The others:" in words(app)


def test_choosing_another_area_from_the_list_writes_it_to_the_address(open_page: OpenPage) -> None:
    app = open_page("policy_area", policy_area=["education"], country=["spain"])
    app.selectbox(key="area").set_value("mediation").run()
    assert {name: app.query_params[name] for name in ("policy_area", "country")} == {
        "policy_area": "mediation",
        "country": "spain",
    }
    assert "# Mediation and conflict resolution" in words(app)


def test_missing_years_and_places_are_said(open_page: OpenPage) -> None:
    said = words(open_page("policy_area", policy_area=["education"]))
    assert "26 of 58 practices (45%) carry no start year" in said
    assert "They are not in this picture." in said
    assert "3 practices name no city. 2 name no country." in said


def test_examples_come_with_the_rule_they_were_chosen_by(open_page: OpenPage) -> None:
    said = words(open_page("policy_area", policy_area=["education"]))
    assert "which is no judgement of quality" in said
    assert said.count("Known of it: own page, certain year") == 6


def test_gaps_are_said_in_words_with_counts(open_page: OpenPage) -> None:
    said = words(open_page("policy_area", policy_area=["education"]))
    assert "**Countries without a practice here** :gray[4 of the 20 that have at least 5 practices:]" in said
    assert "**Target groups that no practice here addresses**" in said
    assert "The last start known here is 2024" in said


def test_an_area_of_one_practice_is_shown_with_care(open_page: OpenPage) -> None:
    app = open_page("policy_area", policy_area=["mediation"], city=["lisbon"])
    assert not app.exception
    assert metrics(app)["Practices"] == "1 8.3% of 12"
    assert "Each of these meets the area about as often as chance would have it" in words(app)
    assert "None: the only one that has at least 5 practices has one here." in words(app)


def test_an_area_without_a_dated_practice_has_no_timeline_and_says_so(open_page: OpenPage) -> None:
    app = open_page("policy_area", policy_area=["multilingualism"], city=["limassol"])
    assert not app.exception
    assert "None of these practices carries a start year, so there is nothing to draw." in words(app)


def test_an_area_without_a_practice_says_what_it_means_and_what_to_loosen(open_page: OpenPage) -> None:
    app = open_page("policy_area", policy_area=["leadership_citizenship"], city=["lisbon"])
    assert not app.exception
    assert "# Leadership and citizenship" in words(app)
    loosen = [unescaped(button.label) for button in app.button if button.key.startswith("loosen-")]
    assert "Without City: Lisbon → 16 practices" in loosen
    assert not app.metric


def test_where_only_another_chosen_area_has_practices_that_is_said(open_page: OpenPage) -> None:
    app = open_page("policy_area", policy_area=["leadership_citizenship", "mediation"], city=["lisbon"])
    assert not app.exception
    assert "No practice of the selection has this policy area" in words(app)


def test_a_selection_without_a_practice_says_what_to_loosen(open_page: OpenPage) -> None:
    app = open_page("policy_area", country=["norway"], q=["zzzzzz"])
    assert not app.exception
    assert "No practice fits" in words(app)


@pytest.mark.parametrize("area", [["education"], ["hair"], []], ids=["area", "no such area", "none"])
def test_a_garbage_address_is_ignored_with_a_note(open_page: OpenPage, area: list[str]) -> None:
    app = open_page("policy_area", **{**GARBAGE, "policy_area": area, "count": ["\u2603"]})
    assert not app.exception
    assert "is not something that" in words(app)
