"""Partners: the whole network, one city, a city without partners, filters, nonsense."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage
from tests.pages.test_city import metrics, words
from tests.pages.test_pages import GARBAGE


def test_the_network_is_said_in_numbers_and_groups(open_page: OpenPage) -> None:
    app = open_page("partners")
    assert not app.exception
    said = metrics(app)
    assert said["Connected cities"] == "56 of 214 known"
    assert said["Pairs of cities"] == "171 of 1,540 possible"
    assert said["Groups"].endswith("of the 56 cities joined")
    assert said["Largest group"].endswith("of the 56 cities joined")
    assert f"**1. {said['Largest group'].split()[0]} cities**:" in words(app)


@pytest.mark.parametrize("city", ["lisbon", "barcelona", "amman", "dortmund"])
def test_a_city_comes_first_with_partners_and_likely_ones(open_page: OpenPage, city: str) -> None:
    app = open_page("partners", city=[city])
    assert not app.exception
    said = words(app)
    assert said.index("Likeliest new partners") < said.index("Cities that work together")


def labels(app: AppTest) -> list[str]:
    return [str(element.proto.label) for element in app.get("page_link")]


def test_a_practice_that_several_cities_share_is_one_card_with_all_of_them(open_page: OpenPage) -> None:
    app = open_page("partners", city=["botkyrka"])
    assert labels(app).count("**C4i – Communication for Integration**") == 1
    assert "January 2014 - June 2015 · with 10 other cities" in words(app)
    assert ":small[Bilbao :gray[Spain]]" in labels(app)
    assert len([label for label in labels(app) if ":gray[" in label]) == 10


def test_of_many_shared_practices_a_page_shows_some(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def titles(**address: list[str]) -> list[str]:
        links = open_page("partners", city=["lisbon"], **address).get("page_link")
        return [link.proto.label for link in links if link.proto.page == "practice"]

    every = titles()
    monkeypatch.setattr("pages.parts.partners_city.PER_PAGE", 2)
    assert len(every) > 2
    assert titles() == every[:2]
    assert titles(page=["2"]) == every[2:4]


@pytest.mark.parametrize("city", ["botkyrka", "ballarat"])
def test_a_chosen_city_is_ringed_on_a_map_that_shows_it(open_page: OpenPage, city: str) -> None:
    app = open_page("partners", city=[city])
    assert not app.exception
    (deck,) = app.get("deck_gl_json_chart")
    spec = json.loads(deck.proto.json)
    circles = next(layer["data"] for layer in spec["layers"] if layer["id"] == "cities")
    ringed = [circle["city_id"] for circle in circles if circle["edge"] > 2]
    assert ringed == [city]
    assert (spec["initialViewState"]["longitude"] > 20) == (city != "botkyrka")


def arcs(app: AppTest) -> list[str]:
    """The pairs of cities that the map joins."""
    (deck,) = app.get("deck_gl_json_chart")
    layers = json.loads(deck.proto.json)["layers"]
    return [arc["head"] for layer in layers if layer["id"] == "arcs" for arc in layer["data"]]


def test_the_map_of_a_city_joins_it_with_each_of_its_partners_and_no_others(open_page: OpenPage) -> None:
    joined = arcs(open_page("partners", city=["botkyrka"]))
    # C4i, which is all that it shares, names ten other cities.
    assert len(joined) == 10
    assert all("Botkyrka" in pair for pair in joined)
    assert len(arcs(open_page("partners"))) == 171


def test_the_map_of_a_city_that_shares_no_practice_joins_nobody_and_says_so(open_page: OpenPage) -> None:
    app = open_page("partners", city=["amman"])
    assert arcs(app) == []
    assert "Ring: Amman, which shares no practice of this selection" in words(app)


def test_a_likely_partner_comes_with_the_reason_and_is_no_partner_yet(open_page: OpenPage) -> None:
    app = open_page("partners", city=["lisbon"])
    said = words(app)
    assert said.count("of the policy areas of both in common") == 6
    named = [label for label in labels(app) if label.startswith("**")]
    assert len(named) == len(set(named))


def test_a_city_without_a_practice_is_still_told_whom_it_resembles(open_page: OpenPage) -> None:
    said = words(open_page("partners", city=["amman"]))
    assert "No published practice names it beside another city." in said
    assert "No practice of this city with a policy area is published, so only similarity counts." in said
    assert "of the policy areas of both in common" not in said
    assert "Less than half of what counts is known of both: " in said
    assert "No practice fits" not in said


@pytest.mark.parametrize("address", [{}, {"city": ["botkyrka"]}])
def test_nothing_is_written_that_is_no_sentence(open_page: OpenPage, address: dict[str, list[str]]) -> None:
    assert "None" not in [word.strip("`") for word in words(open_page("partners", **address)).split()]


def test_a_selection_without_a_pair_says_so(open_page: OpenPage) -> None:
    app = open_page("partners", country=["japan"])
    assert not app.exception
    assert "No practice of this selection names two cities." in words(app)


def test_the_filters_narrow_the_pairs(open_page: OpenPage) -> None:
    everything, narrowed = (metrics(open_page("partners", **to)) for to in ({}, {"country": ["portugal"]}))
    assert int(narrowed["Pairs of cities"].split()[0]) < int(everything["Pairs of cities"].split()[0])


def test_of_several_cities_the_first_is_shown_and_the_others_can_be(open_page: OpenPage) -> None:
    app = open_page("partners", city=["bergen", "lisbon"])
    app.button(key="instead-lisbon").click().run()
    assert "Partners of Lisbon" in words(app)


def test_a_garbage_address_is_ignored_with_a_note(open_page: OpenPage) -> None:
    app = open_page("partners", **GARBAGE)
    assert not app.exception
    assert "is not something that “City” can be" in words(app)


def test_another_city_begins_on_the_first_page_of_what_it_shares(open_page: OpenPage) -> None:
    app = open_page("partners", city=["lisbon"], page=["2"])
    app.selectbox(key="choose-city").set_value("botkyrka").run()
    assert "page" not in app.query_params
    assert "There is no page" not in words(app)
