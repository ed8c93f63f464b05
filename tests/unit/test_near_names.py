"""Names near to one that there is not: a part of a name, its beginning, a misspelt one, nothing like any."""

from __future__ import annotations

import duckdb
import pytest

from icc_data import queries
from icc_data.queries.near_names import near_names
from icc_data.queries.selection import Option, Options

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
    assert near_names(HAND, "city", typed) == expected


def test_a_whole_word_comes_before_the_beginning_of_one():
    options = Options({"city": (Option("kyivska", "Kyivska"), Option("podil", "Podil (Kyiv)"))})
    assert near_names(options, "city", "kyiv") == ["podil", "kyivska"]


def test_no_more_are_proposed_than_asked_for():
    assert near_names(HAND, "city", "lond", limit=1) == ["london"]


def test_part_of_a_name_of_the_network_is_enough(atlas: duckdb.DuckDBPyConnection):
    assert near_names(queries.options(atlas), "city", "kyiv")[0] == "shevchenkivskyi-kyiv"
