"""The closed lists: what a text names, in which order terms stand, and what they are called."""

from __future__ import annotations

import pytest

from icc_data.incoming.check import Data
from icc_data.model.vocabulary import VOCABULARIES, Vocabulary, VocabularyTerm

SPORT = VocabularyTerm("theme", "sport", 2, "Sport", "Sport", "Games.", "Jeux.")
ARTS = VocabularyTerm("theme", "arts_culture", 1, "Arts and culture", "Arts et culture", "Making.")
YOUTH = VocabularyTerm("theme", "youth", 3, "Youth")
SMALL = Vocabulary.of([SPORT, ARTS, YOUTH])


@pytest.mark.parametrize(
    "text",
    ["arts_culture", "Arts and culture", "ARTS AND CULTURE", "arts-and-culture", "Arts et Culture", " arts culture "],
)
def test_a_term_is_found_by_code_or_label_in_any_case(text: str):
    assert SMALL.find("theme", text) == "arts_culture"


@pytest.mark.parametrize(
    ("vocabulary", "text"), [("theme", "chess"), ("theme", ""), ("network", "sport"), ("x", "sport")]
)
def test_what_names_no_term_of_the_list_is_not_found(vocabulary: str, text: str):
    assert SMALL.find(vocabulary, text) is None


def test_codes_stand_in_the_order_of_their_positions():
    assert SMALL.codes("theme") == ("arts_culture", "sport", "youth")


def test_an_unknown_list_has_no_codes():
    assert SMALL.codes("astronomy") == ()


def test_labels_and_definitions_are_english_where_french_is_missing():
    assert SMALL.label("theme", "arts_culture", "fr") == "Arts et culture"
    assert SMALL.label("theme", "youth", "fr") == "Youth"
    assert SMALL.definition("theme", "sport", "fr") == "Jeux."
    assert SMALL.definition("theme", "arts_culture", "fr") == "Making."
    assert SMALL.definition("theme", "youth") == ""


def test_an_unknown_code_is_called_by_itself_and_means_nothing():
    assert SMALL.label("theme", "chess") == "chess"
    assert SMALL.definition("theme", "chess") == ""
    assert SMALL.term("theme", "chess") is None


def test_a_code_names_its_own_term_although_another_is_called_so():
    trap = VocabularyTerm("theme", "games", 9, "Board games", "Sport")
    assert Vocabulary.of([SPORT, trap]).find("theme", "sport") == "sport"


def test_every_real_code_and_label_finds_its_own_term(real_data: Data):
    vocabulary = real_data.vocabulary
    for term in vocabulary.terms:
        for name in (term.code, term.label_en, term.label_fr):
            assert vocabulary.find(term.vocabulary, name) == term.code, (term.vocabulary, name)


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_real_list_is_numbered_from_one_without_gaps(real_data: Data, name: str):
    positions = [term.position for term in real_data.terms if term.vocabulary == name]
    assert sorted(positions) == list(range(1, len(positions) + 1))


def test_every_real_term_has_an_english_and_a_french_label(real_data: Data):
    assert [term.code for term in real_data.terms if not (term.label_en and term.label_fr)] == []


def test_there_are_seventeen_policy_areas_in_four_commitments(real_data: Data):
    areas = [term for term in real_data.terms if term.vocabulary == "policy_area"]
    assert len(areas) == 17
    assert {term.group for term in areas} == set(real_data.vocabulary.codes("commitment"))
    assert len(real_data.vocabulary.codes("commitment")) == 4
