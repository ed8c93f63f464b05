"""Which practices a selection means, and that no typed text is ever SQL."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.queries.selection import (
    Selection,
)
from tests.helpers.examples import examples


def practices(connection: duckdb.DuckDBPyConnection, **choice: Any) -> set[str]:
    return set(queries.practices(connection, Selection(**choice), limit=10_000)["practice_id"])


def practices_with(connection: duckdb.DuckDBPyConnection, condition: str) -> list[str]:
    rows = connection.execute(f"SELECT practice_id FROM practice WHERE {condition}").fetchall()  # noqa: S608
    return [practice_id for (practice_id,) in rows]


@examples(10)
@given(q=st.text(max_size=30), value=st.text(max_size=30))
def test_no_text_breaks_a_question(atlas: duckdb.DuckDBPyConnection, q: str, value: str):
    found = practices(atlas, q=q)
    assert found <= practices(atlas)
    assert practices(atlas, q=q, city=(value,)) <= found


def test_within_a_facet_choices_widen_and_across_facets_they_narrow(small_atlas: duckdb.DuckDBPyConnection):
    assert practices(small_atlas, city=("lisbon",)) == {"kitchen-of-languages", "drums-on-the-square"}
    assert practices(small_atlas, city=("lisbon", "cork")) == practices(small_atlas, city=("lisbon",)) | {
        "homework-club"
    }
    assert practices(small_atlas, city=("lisbon", "cork"), theme=("sport",)) == {"drums-on-the-square"}


@pytest.mark.parametrize(
    ("span", "found"),
    [
        ((2018, 2018), {"drums-on-the-square"}),
        ((2018, 2019), {"drums-on-the-square", "kitchen-of-languages"}),
        ((2022, None), {"kitchen-of-languages"}),
        ((2025, 2025), {"kitchen-of-languages"}),
        ((2026, None), set()),
        ((None, 2016), set()),
    ],
)
def test_a_span_of_years_finds_what_was_active_in_it(
    small_atlas: duckdb.DuckDBPyConnection, span: tuple[int | None, int | None], found: set[str]
):
    assert practices(small_atlas, year_from=span[0], year_to=span[1], include_undated=False) == found


@pytest.mark.parametrize(
    ("span", "found"),
    [
        ((2017, 2017), {"drums-on-the-square"}),
        ((2017, 2019), {"drums-on-the-square", "kitchen-of-languages"}),
        ((2018, 2018), set()),
        ((2020, None), set()),
        ((2025, 2025), set()),
        ((None, 2018), {"drums-on-the-square"}),
    ],
)
def test_a_span_of_years_finds_what_started_in_it(
    small_atlas: duckdb.DuckDBPyConnection, span: tuple[int | None, int | None], found: set[str]
):
    asked = {"year_from": span[0], "year_to": span[1], "years": "started", "include_undated": False}
    assert practices(small_atlas, **asked) == found


def test_what_years_mean_chooses_nothing_by_itself(small_atlas: duckdb.DuckDBPyConnection):
    assert Selection(years="started").is_empty
    assert not Selection(years="started").narrows_practices
    assert practices(small_atlas, years="started") == practices(small_atlas)


def test_undated_practices_stay_beside_a_span_unless_they_are_left_out(small_atlas: duckdb.DuckDBPyConnection):
    assert "homework-club" in practices(small_atlas, year_from=2018, year_to=2018)
    assert "homework-club" not in practices(small_atlas, include_undated=False)


MORE = {"fete", "guide", "greek"}


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("MALMO", {"fete"}),
        ("malmö", {"fete"}),
        ("strassenfest", {"fete"}),
        ("Fete", {"fete"}),
        ("linguas", {"kitchen-of-languages"}),
        ("lisboa", {"kitchen-of-languages", "drums-on-the-square"}),
        ("cook", {"kitchen-of-languages"}),
        ("teaching", {"kitchen-of-languages"}),
        ("teacher", {"guide"}),
        ("drum square", {"drums-on-the-square"}),
        ("square drums", {"drums-on-the-square"}),
        # Within a word, from five letters on.
        ("mewor", {"homework-club"}),
        ("omew", set()),
        ("homework square", {"homework-club", "drums-on-the-square"}),
        ("a guide for mediators", {"a-guide-for-mediators"}),
        ("mediators' guides", {"a-guide-for-mediators"}),
        ("a guide for the parents", {"guide"}),
        # A year finds what started in it, and what names it.
        ("2019", {"guide", "kitchen-of-languages"}),
        ("guide 2019", {"guide"}),
        ("guide 2018", {"guide", "a-guide-for-mediators"}),
        ("2018", set()),
        ("Τραγούδια", {"greek"}),
        ("τραγουδια songs", {"greek"}),
        ("τραγουδια drums", {"greek", "drums-on-the-square"}),
        ("100%", {"fete"}),
        ("h%k", set()),
        ("h_k", set()),
        ("%", {"kitchen-of-languages", "drums-on-the-square", "homework-club", "a-guide-for-mediators"} | MORE),
        ("it's", {"fete"}),
        ("it's_ours", {"fete"}),
        ('"drums"', {"drums-on-the-square"}),
        ("homework'; DROP TABLE practice; --", {"homework-club"}),
        ("homework' OR '1'='1", {"homework-club"}),
        ("$city", set()),
    ],
)
def test_words_find_practices(small_atlas: duckdb.DuckDBPyConnection, q: str, found: set[str]):
    assert practices(small_atlas, q=q) == found
