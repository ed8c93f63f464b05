"""What typed words were taken for, in sentences, over the real practices."""

from __future__ import annotations

import duckdb
import pandas as pd

from icc_data import queries
from icc_data.analysis.search_reading import (
    corrections,
    exclusions_in_words,
    reading_in_words,
    syntax_in_words,
    words_to_mark,
)
from icc_data.queries.selection import Selection


def said(atlas: duckdb.DuckDBPyConnection, words: str) -> list[str]:
    return reading_in_words(queries.search_reading(atlas, Selection(q=words)))


def test_words_that_were_found_as_typed_need_no_sentence(atlas: duckdb.DuckDBPyConnection):
    assert said(atlas, "housing") == []
    assert said(atlas, "") == []


def test_a_misspelt_word_is_said_with_the_word_it_was_read_as(atlas: duckdb.DuckDBPyConnection):
    assert "No practice has the word “housng”; it was read as “housing”." in said(atlas, "housng")


def test_a_word_like_no_other_is_said_to_be_unknown(atlas: duckdb.DuckDBPyConnection):
    assert "No practice has the word “qqxxqqxx”." in said(atlas, "qqxxqqxx")


def test_words_that_no_practice_holds_together_are_said_to_be_asked_for_in_part(atlas: duckdb.DuckDBPyConnection):
    assert said(atlas, "football library mural")[-1].startswith(("No practice holds all", "Few practices hold all"))


def test_the_words_to_mark_are_all_that_the_typed_words_stand_for_each_once():
    reading = pd.DataFrame({"typed": ["a", "b", "qqxx"], "words": [["art", "arts"], ["arts", "band"], None]})
    assert words_to_mark(reading) == {"art", "arts", "band"}


def test_where_no_word_is_typed_there_is_none_to_mark(atlas: duckdb.DuckDBPyConnection):
    assert words_to_mark(queries.search_reading(atlas, Selection())) == set()


def test_a_place_in_another_language_is_said_with_what_it_is_called_here(atlas: duckdb.DuckDBPyConnection):
    assert said(atlas, "Genf") == ["“genf” was read as “geneva”, which is the same place."]


def test_a_place_elsewhere_is_said_to_have_no_practice(atlas: duckdb.DuckDBPyConnection):
    assert said(atlas, "Łódź") == ["No practice has “lodz”; it was not read as another word or place."]


def test_a_year_is_said_to_be_that_of_the_start(atlas: duckdb.DuckDBPyConnection):
    (sentence,) = said(atlas, "2015")
    assert sentence.startswith("“2015” finds practices that started in that year or have it in their text")


def test_what_was_read_as_something_else_can_be_taken_back(atlas: duckdb.DuckDBPyConnection):
    reading = queries.search_reading(atlas, Selection(q="housng Genf school qqxxqqxx 2015"))
    assert corrections(reading) == ["genf", "housng"]


def test_what_the_box_does_not_understand_is_said_with_what_it_does():
    sentence = syntax_in_words("art OR music country:Spain")
    assert "words, “quoted phrases” and -exclusions" in sentence
    assert "“OR” or “country:”" in sentence
    assert syntax_in_words("art music") == ""


def test_an_exclusion_that_takes_nothing_away_is_said():
    assert exclusions_in_words(["-tennis", '-"town hall"'], []) == [
        "“-tennis” takes nothing away: no practice that the rest finds has it.",
        '“-"town hall"” takes nothing away: no practice that the rest finds has it.',
    ]


def test_an_exclusion_cut_short_by_a_space_is_said():
    assert exclusions_in_words([], [("united", "united kingdom", '-"united kingdom"')]) == [
        "Only “united” is excluded, not “united kingdom”: a phrase takes quotation marks."
    ]
