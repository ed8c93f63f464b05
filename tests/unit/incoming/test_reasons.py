"""What is wrong with a contribution is said so that somebody who never saw the data's files can mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from icc_data.errors import Problem
from icc_data.incoming.contributions.reasons import not_a_country, plain_reason, read_place
from icc_data.model.gazetteer import Gazetteer

if TYPE_CHECKING:
    from icc_data.incoming.check import Data


@pytest.fixture(scope="module")
def gazetteer(real_data: Data) -> Gazetteer:
    return Gazetteer(real_data.cities)


def said(data: Data, gazetteer: Gazetteer, column: str, value: str, **cells: str) -> str:
    problem = Problem("new.csv", 2, column, value, "the reader's own words")
    return plain_reason(problem, {column: value, **cells}, gazetteer, data.vocabulary)


def test_a_missing_title_is_asked_for(real_data: Data, gazetteer: Gazetteer) -> None:
    assert said(real_data, gazetteer, "title", "") == "is required: say what the practice is called."


def test_a_word_near_one_of_the_list_is_offered_it(real_data: Data, gazetteer: Gazetteer) -> None:
    assert said(real_data, gazetteer, "themes", "Yuoth") == "is not in the list “Theme”. Did you mean “Youth”?"


def test_a_word_like_none_of_the_list_is_told_the_whole_list(real_data: Data, gazetteer: Gazetteer) -> None:
    words = said(real_data, gazetteer, "policy_areas", "zzzz")
    labels = [real_data.vocabulary.label("policy_area", code) for code in real_data.vocabulary.codes("policy_area")]
    assert words == f"is not in the list “Policy area”. It has: {', '.join(labels)}."


@pytest.mark.parametrize("column", ["url", "evidence_urls", "mood", ""])
def test_where_nothing_is_plainer_the_readers_own_words_stay(
    real_data: Data, gazetteer: Gazetteer, column: str
) -> None:
    assert said(real_data, gazetteer, column, "nowhere") == "the reader's own words"


def test_a_city_is_looked_for_in_the_country_of_its_row(real_data: Data, gazetteer: Gazetteer) -> None:
    words = said(real_data, gazetteer, "city_ids", "Lisbon", countries="Norway")
    assert words == "is not in that country: the network has Lisbon, Portugal."


def test_a_place_that_is_a_city_of_the_network_leaves_the_readers_words(real_data: Data, gazetteer: Gazetteer) -> None:
    assert said(real_data, gazetteer, "city_ids", "Lisbon") == "the reader's own words"


def test_a_country_that_may_be_meant_is_offered(gazetteer: Gazetteer) -> None:
    assert not_a_country("Norwey", gazetteer) == "is not a country. Did you mean “Norway”?"


def test_a_text_like_no_country_is_told_to_be_english(gazetteer: Gazetteer) -> None:
    assert not_a_country("zzzz", gazetteer) == "is not a country. Write its English name."


def test_a_place_is_read_as_the_city_that_bears_its_name(gazetteer: Gazetteer) -> None:
    city, words = read_place("Lisboa", "", gazetteer)
    assert city is not None
    assert (city.city_id, words) == ("lisbon", "")


def test_a_corrected_spelling_is_said(gazetteer: Gazetteer) -> None:
    city, words = read_place("Erlngen", "Germany", gazetteer)
    assert city is not None
    assert (city.city_id, words) == ("erlangen", "“Erlngen” is read as Erlangen.")


def test_of_several_countries_none_narrows_the_search(gazetteer: Gazetteer) -> None:
    city, _words = read_place("Lisbon", "Norway; Spain", gazetteer)
    assert city is not None


def test_a_place_that_geonames_knows_is_offered_with_its_residents(gazetteer: Gazetteer) -> None:
    city, words = read_place("Napoli", "Italy", gazetteer)
    assert city is None
    assert words.startswith("is not a city of the network.")
    assert "GeoNames knows Naples in Italy (" in words


def test_a_place_new_to_the_network_is_told_how_to_be_named_all_the_same(gazetteer: Gazetteer) -> None:
    city, words = read_place("Atlantis", "", gazetteer)
    assert city is None
    assert words.endswith("leave the city empty, give the country, and name it in the summary.")
