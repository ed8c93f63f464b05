"""What is typed is read without ever failing into words, phrases and exclusions, and marked where it stands."""

from __future__ import annotations

import re
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from icc_data.queries.search_box import (
    LONGEST,
    MOST_WORDS,
    STOP_WORDS,
    SearchQuery,
    exactly,
    exclusions,
    highlighted,
    longer_exclusions,
    not_understood,
    parse_query,
)
from icc_data.queries.spelling import other_spellings
from icc_data.text import fold
from tests.helpers.typed import typed_texts


@pytest.mark.parametrize(
    ("text", "words", "phrases", "excluded"),
    [
        ("", (), (), ()),
        ("Youth  CAMP", ("youth", "camp"), (), ()),
        ("Malmö Reggio-Emilia", ("malmo", "reggio", "emilia"), (), ()),
        ('"public space" art', ("public", "space", "art"), ("public space",), ()),
        ("“public space”", ("public", "space"), ("public space",), ()),
        ("« espace public »", ("espace", "public"), ("espace public",), ()),
        ('"drums"', ("drums",), ("drums",), ()),
        ("art -school", ("art",), (), ("school",)),
        ("art −school", ("art",), (), ("school",)),
        ('art -"public space"', ("art",), (), ("public space",)),
        ("-school -art", (), (), ("school", "art")),
        ("-anti-rumour art", ("art",), (), ("anti rumour",)),
        ("anti-rumour", ("anti", "rumour"), (), ()),
        ("art - school", ("art", "school"), (), ()),
        ("art--", ("art",), (), ()),
        ('"public space', ("public", "space"), (), ()),
        ('public space"', ("public", "space"), (), ()),
        ('""', (), (), ()),
        ('"" art', ("art",), (), ()),
        ("the school of art", ("school", "art"), (), ()),
        ("l'école des arts", ("ecole", "arts"), (), ()),
        ("women's", ("women",), (), ()),
        ("the city’s cooks’ kitchen", ("city", "cooks", "kitchen"), (), ()),
        ("qu’il n'oublie", ("oublie",), (), ()),
        ("they don't", ("don",), (), ()),
        ("O'Connor", ("o", "connor"), (), ()),
        ('"women\'s rights"', ("women", "rights"), ("women rights",), ()),
        ("the of", ("the", "of"), (), ()),
        ('"art of the street"', ("art", "street"), ("art of the street",), ()),
        ("art ART Årt", ("art",), (), ()),
        ("100% 2019", ("100", "2019"), (), ()),
        ("Τραγούδια", ("τραγουδια",), (), ()),
        ("😀 %% __ \\ ''", (), (), ()),
        ("a\x00b", ("b",), (), ()),
    ],
)
def test_what_is_typed_is_taken_apart(text: str, words: Any, phrases: Any, excluded: Any):
    assert parse_query(text) == SearchQuery(words, phrases, excluded)


@given(text=typed_texts | st.text())
@example('-"')
@example('"a""b" "c')
@example("-“«»”")
@example("\u0300\u0301 -\u0300")
def test_every_text_is_read_into_folded_words_and_phrases(text: str):
    query = parse_query(text)
    for word in query.words:
        assert word == fold(word)
        assert word
        assert " " not in word
    for phrase in query.phrases:
        assert phrase == fold(phrase)
    for excluded in query.excluded:
        assert excluded == fold(excluded)
        assert excluded
    for part in (query.words, query.phrases, query.excluded):
        assert len(part) == len(set(part)) <= MOST_WORDS


@given(text=typed_texts)
def test_stop_words_count_only_where_there_is_nothing_else(text: str):
    words = set(parse_query(text).words)
    assert not words & STOP_WORDS or words <= STOP_WORDS


def test_ten_thousand_letters_are_read_as_far_as_a_search_goes():
    query = parse_query("music " * 10_000 + "sport")
    assert query.words[0] == "music"
    assert "sport" not in query.words
    assert parse_query("x" * 10_000).words == ("x" * LONGEST,)


@given(text=typed_texts)
def test_the_sql_never_holds_what_was_typed(text: str):
    query = parse_query(text)
    # Without exclusions, of a word, of a phrase, of a word that has another spelling.
    excluded: tuple[tuple[str, ...], ...] = ((), ("x",), ("x y",), ("grey",))
    parts = product(((), ("x",)), ((), ("x",)), excluded)
    assert query.condition() in {SearchQuery(*part).condition() for part in parts}
    assert set(re.findall(r"\$(\w+)", query.condition())) == set(query.params())


def test_a_query_of_nothing_selects_everything():
    assert parse_query(' "" - %').is_empty
    assert (SearchQuery().condition(), SearchQuery().params()) == ("true", {})


@given(
    text=st.lists(st.sampled_from(["art", "school", '"public space"', "-park", '-"town hall"', "the"])).map(" ".join)
)
def test_another_word_is_put_in_the_place_of_one_and_the_rest_stays(text: str):
    query = parse_query(text)
    changed = parse_query(query.with_word("school", "museum"))
    assert set(changed.words) == {"museum" if word == "school" else word for word in query.words}
    assert (set(changed.phrases), set(changed.excluded)) == (set(query.phrases), set(query.excluded))


def test_another_word_is_not_put_into_the_middle_of_a_longer_one():
    assert parse_query("art party").with_word("art", "music") == "music party"


texts = st.text(max_size=60) | st.lists(st.sampled_from(["Malmö", "malmo", "-", " ", "'s", "_", "É", "。"])).map(
    "".join
)


@given(text=texts, words=st.sets(st.sampled_from(["malmo", "e", "s", "a", "0"])))
def test_the_pieces_of_a_marked_text_give_the_text_again(text: str, words: set[str]):
    pieces = highlighted(text, words)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)
    assert all(one != other for (_, one), (_, other) in pairwise(pieces))
    assert all((fold(piece) in words) for piece, is_marked in pieces if is_marked)


def test_words_are_marked_whatever_their_case_and_accents():
    assert highlighted("Malmö and MALMO", {"malmo"}) == [("Malmö", True), (" and ", False), ("MALMO", True)]


def test_a_part_of_a_word_is_not_marked():
    assert highlighted("homework", {"work"}) == [("homework", False)]


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("colour", "color"),
        ("neighbourhoods", "neighborhoods"),
        ("labour", "labor"),
        ("organise", "organize"),
        ("organisation", "organization"),
        ("analyse", "analyze"),
        ("centre", "center"),
        ("theatres", "theaters"),
        ("dialogue", "dialog"),
        ("catalogues", "catalogs"),
        ("travelling", "traveling"),
        ("defence", "defense"),
        ("programme", "program"),
        ("jewellery", "jewelry"),
        ("fulfil", "fulfill"),
    ],
)
def test_each_spelling_of_english_gives_the_other(british: str, american: str):
    assert american in dict(other_spellings(british))
    assert british in dict(other_spellings(american))


@pytest.mark.parametrize(
    "word", ["four", "tour", "flour", "size", "prize", "letter", "filing", "filling", "blog", "or"]
)
def test_words_that_only_look_so_have_no_other_spelling(word: str):
    assert other_spellings(word) == ()


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("youth OR school", ["OR"]),
        ("youth AND NOT school", ["AND", "NOT"]),
        ("country:Spain art", ["country:"]),
        ("-theme:sport", ["theme:"]),
        ("youth or school", []),
        ("YOUTH OR SCHOOL", []),
        ('"this OR that"', []),
        ("https://a.org", []),
        ("Guide: how to", []),
        ("at 10:30", []),
    ],
)
def test_what_other_search_boxes_understand_is_noticed(text: str, unread: list[str]):
    assert not_understood(text) == unread


@pytest.mark.parametrize(
    ("text", "words", "exact"),
    [
        ("housng art", (), '"housng" "art"'),
        ("housng art", ("housng",), '"housng" art'),
        ('"public space" housng -art', (), '"public space" "housng" -art'),
        ("the art", (), 'the "art"'),
        ("l'ecol", (), '"l\'ecol"'),
    ],
)
def test_words_are_put_in_quotation_marks_to_be_taken_as_they_stand(text: str, words: tuple[str, ...], exact: str):
    assert exactly(text, words) == exact


@pytest.mark.parametrize(
    ("text", "rest", "excluded"),
    [
        ("school", "school", []),
        ("school -tennis", "school", ["-tennis"]),
        ('-"town hall" school', "school", ['-"town hall"']),
        ("-tennis -tennis −golf", "", ["-tennis", "−golf"]),
        ("anti-rumour - ", "anti-rumour -", []),
    ],
)
def test_a_text_is_parted_into_what_it_excludes_and_the_rest(text: str, rest: str, excluded: list[str]):
    found, parts = exclusions(text)
    assert (found, parts) == (rest, excluded)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("-united kingdom", [("united", [("united kingdom", '-"united kingdom"')])]),
        (
            "art -united kingdom school",
            [
                (
                    "united",
                    [
                        ("united kingdom school", 'art -"united kingdom school"'),
                        ("united kingdom", 'art -"united kingdom" school'),
                    ],
                )
            ],
        ),
        # A word that says nothing may stand within a name, not at its end.
        ("-castilla la mancha", [("castilla", [("castilla la mancha", '-"castilla la mancha"')])]),
        ("-school in", []),
        # No phrase goes on into another part.
        ("-school -art", []),
        ('-school "public space"', []),
        ('-"united kingdom" school', []),
        ("united kingdom", []),
    ],
)
def test_a_minus_may_have_been_meant_for_the_words_that_follow(text: str, meant: list[object]):
    assert longer_exclusions(text) == meant
