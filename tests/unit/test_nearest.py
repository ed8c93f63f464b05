"""Names near to one that there is not: a part of a name, its beginning, a misspelt one, nothing like any."""

from __future__ import annotations

import duckdb
import pytest

from icc_data import queries
from icc_data.queries.selection import Option, Options
from icc_data.text import likeness, nearest

HAND = Options(
    {
        "city": (
            Option("shevchenkivskyi-kyiv", "Shevchenkivskyi (Kyiv)", ("Шевченківський район",)),
            Option("london", "London", ("Londres",)),
            Option("london-lewisham", "London-Lewisham"),
            Option("lisbon", "Lisbon", ("Lisboa",)),
        )
    }
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("kyiv", ["shevchenkivskyi-kyiv"]),
        ("LEWISHAM", ["london-lewisham"]),
        ("Shev", ["shevchenkivskyi-kyiv"]),
        ("Lisbn", ["lisbon"]),
        ("Lisbao", ["lisbon"]),
        ("Lond", ["london", "london-lewisham"]),
        ("qqqqqqqq", []),
        ("", []),
        ("()", []),
    ],
)
def test_the_nearest_names_are_proposed_and_nothing_where_none_is_near(typed: str, expected: list[str]):
    assert HAND.similar("city", typed) == expected


def test_a_whole_word_comes_before_the_beginning_of_one():
    options = Options({"city": (Option("kyivska", "Kyivska"), Option("podil", "Podil (Kyiv)"))})
    assert options.similar("city", "kyiv") == ["podil", "kyivska"]


def test_no_more_are_proposed_than_asked_for():
    assert HAND.similar("city", "lond", limit=1) == ["london"]


def test_part_of_a_name_of_the_network_is_enough(atlas: duckdb.DuckDBPyConnection):
    assert queries.options(atlas).similar("city", "kyiv")[0] == "shevchenkivskyi-kyiv"


def test_a_word_among_several_typed_is_what_is_meant():
    assert nearest("schools and education", {"Education": ["Education"], "Sport": ["Sport"]}) == ["Education"]


def test_all_words_typed_come_before_one_of_them_and_that_before_a_spelling():
    names = {"spelt": ["art spice"], "among": ["space"], "whole": ["space of art"]}
    assert nearest("art space", names) == ["whole", "among", "spelt"]


def test_short_words_make_up_too_many_names_to_be_meant():
    assert nearest("le zzzz", {"a": ["le"]}) == []


def test_equals_stay_in_their_order():
    assert nearest("spor", {"b": ["sport"], "a": ["sport"]}) == ["b", "a"]


@pytest.mark.parametrize(
    ("one", "other", "errors"), [("malmo", "malom", 1), ("malmo", "malm", 1), ("malmo", "nalmo", 1), ("abcde", "ab", 3)]
)
def test_likeness_counts_typing_errors_by_letter(one: str, other: str, errors: int):
    assert likeness(one, other) == pytest.approx(1 - errors / 5)
