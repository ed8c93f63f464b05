"""The terms of a list as bars, with the words at their ends; worked out by hand."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from icc_data import queries
from icc_data.analysis.term_bars import counted, coverage, term_bars
from icc_data.queries.selection import Selection

# Of 40 practices 30 carry a term of the list.
TERMS = pd.DataFrame(
    {
        "code": ["education", "culture", "media"],
        "practices": [20, 10, 0],
        "cities": [7, 1, 0],
        "of": [40, 40, 40],
        "share": [0.5, 0.25, 0.0],
        "coded_practices": [30, 30, 30],
    }
)


def test_a_bar_says_its_practices_and_their_share_of_all_that_are_selected():
    assert term_bars(TERMS, str.upper)["text"].tolist() == ["20 · 50%", "10 · 25%"]


def test_a_bar_says_what_its_share_is_of_and_between_which_ends_it_could_lie():
    first = term_bars(TERMS, str.upper).iloc[0]
    assert first["share_words"] == "50.0% (20 of 40)"
    # Wilson's interval of 20 of 40 at 95%.
    assert first["range_words"] == "35% – 65%"


def test_a_bar_can_say_in_how_many_cities_they_are():
    assert term_bars(TERMS, str.upper, with_cities=True)["text"].tolist() == [
        "20 · 50% · 7 cities",
        "10 · 25% · 1 city",
    ]


def test_a_term_that_no_practice_has_is_no_bar_unless_it_is_asked_for():
    assert term_bars(TERMS, str.upper)["code"].tolist() == ["education", "culture"]
    assert term_bars(TERMS, str.upper, fewest=0)["code"].tolist() == ["education", "culture", "media"]


def test_only_the_first_terms_are_bars_where_their_number_is_given():
    assert term_bars(TERMS, str.upper, most=1)["label"].tolist() == ["EDUCATION"]


def test_a_list_without_a_practice_gives_no_bars():
    assert term_bars(TERMS.tail(1), str.upper).empty


def test_coverage_tells_those_that_carry_a_term_and_all():
    assert coverage(TERMS) == (30, 40)


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(country=("spain",), policy_area=("education", "housing")),
        Selection(q="children", year_from=2012, theme=("sport",)),
        Selection(city=("bergen",)),
    ],
)
def test_terms_read_off_other_counts_are_those_that_are_asked_for(
    atlas: duckdb.DuckDBPyConnection, selection: Selection
):
    known = queries.known_counts(atlas, selection.with_values("policy_area", ()))
    terms = counted(
        queries.facet_counts(atlas, selection)["policy_area"],
        queries.options(atlas).values("policy_area"),
        known["practices"],
        known["practices"] - known["uncoded"],
    )
    asked = queries.terms(atlas, selection, "policy_area")
    assert terms.to_dict("list") == asked[list(terms)].to_dict("list")
