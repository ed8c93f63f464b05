"""Identifiers of records: read from a title, told apart from those that somebody has."""

from __future__ import annotations

import re

import pytest

from icc_data.model.identifiers import Identifiers, identifier, identities, page_key, practice_id, table_of
from icc_data.model.records import City, IndexScore, Practice


@pytest.mark.parametrize(
    ("title", "expected"),
    [("A Garden for All", "a-garden-for-all"), ("L’été à Malmö", "lete-a-malmo"), ("", ""), ("  ", "")],
)
def test_an_identifier_is_the_title_in_plain_letters(title: str, expected: str):
    assert identifier(title, "cork") == expected


@pytest.mark.parametrize(("fallback", "begins"), [("kyiv;odesa", "kyiv"), ("", "practice")])
def test_a_title_without_latin_letters_gives_what_it_falls_back_to_and_a_number(fallback: str, begins: str):
    assert re.fullmatch(rf"{begins}-[0-9a-f]{{8}}", identifier("Сад", fallback))


def test_titles_without_latin_letters_are_told_apart():
    assert identifier("Сад") != identifier("Дім")


def test_an_unused_identifier_gets_the_first_free_number():
    ids = Identifiers(["a", "a-2"])
    assert [ids.take("a"), ids.take("b"), ids.take("a")] == ["a-3", "b", "a-4"]


def test_an_identifier_in_use_is_told_apart_and_one_that_is_free_stays():
    ids = Identifiers(["garden"])
    taken = [ids.take("garden", "own"), ids.take("school", "own"), ids.take("garden", "own")]
    assert taken == ["garden-own", "school", "garden-own-2"]


def test_practices_of_the_same_title_are_told_apart_by_city_then_by_number():
    ids = Identifiers()
    given = [practice_id("A garden", city, ids) for city in ("cork", "lisbon", "lisbon", "")]
    assert given == ["a-garden", "a-garden-lisbon", "a-garden-lisbon-2", "a-garden-2"]


def test_a_practice_is_the_same_by_its_title_and_any_of_its_cities():
    practice = Practice(practice_id="a", title="A Garden", title_original="Un jardin", city_ids=("cork", "lisbon"))
    assert set(identities(practice)) == {
        ("practices", "a garden", "cork"),
        ("practices", "a garden", "lisbon"),
        ("practices", "un jardin", "cork"),
        ("practices", "un jardin", "lisbon"),
    }


def test_every_other_record_is_the_same_by_its_key():
    score = IndexScore(city_id="cork", year=2020, policy_area="overall", score=50.0)
    assert identities(score) == [("index_scores", "cork", 2020, "overall")]


def test_a_record_knows_its_table():
    city = City(city_id="cork", name="Cork", country_code="IE", country="Ireland")
    assert [table_of(city), table_of(Practice(practice_id="a", title="A"))] == ["cities", "practices"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("https://www.example.org/a/", "http://EXAMPLE.org/a"), ("https://example.org/a#b", "https://example.org/a")],
)
def test_an_address_is_the_same_page_however_it_is_written(one: str, other: str) -> None:
    assert page_key(one) == page_key(other)


def test_another_query_is_another_page() -> None:
    assert page_key("https://example.org/a?id=1") != page_key("https://example.org/a?id=2")
