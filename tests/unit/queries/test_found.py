"""What was typed is searched for once, and every question about it gives what it would give by searching itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import duckdb
import pandas as pd
import pytest

from icc_data import queries
from icc_data.queries.search_box import Found, already_found
from icc_data.queries.selection import Selection
from icc_data.queries.statements import statement

TYPED = ("music", '"public space" -school', "rumors", "-children", "2019", "Cracovie", "unheardof")
QUESTIONS: dict[str, Callable[[duckdb.DuckDBPyConnection, Selection], Any]] = {
    "overview": queries.overview,
    "facets": queries.facet_counts,
    "cities": queries.cities,
    "years": queries.practices_by_year,
    "search": partial(queries.search, limit=None),
    "best": partial(queries.search, limit=3, offset=1),
    "identifiers": queries.result_ids,
    "place": partial(queries.place_in_results, practice_id="a-welcoming-app"),
    "area": partial(queries.policy_area, area="education"),
}


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("typed", TYPED)
def test_what_was_found_before_gives_the_same_answers(atlas: duckdb.DuckDBPyConnection, typed: str, name: str) -> None:
    chosen = Selection(q=typed, country=("spain",), year_from=2010)
    expected = QUESTIONS[name](atlas, chosen)
    found = queries.found(atlas, chosen)
    assert found is not None
    with already_found(chosen.search, found):
        answer = QUESTIONS[name](atlas, chosen)
    if isinstance(answer, pd.DataFrame):
        pd.testing.assert_frame_equal(answer, expected)
    else:
        assert answer == expected


def test_another_text_is_searched_for_as_ever(atlas: duckdb.DuckDBPyConnection) -> None:
    expected = queries.practice_count(atlas, Selection(q="music"))
    assert expected > 0
    with already_found(Selection(q="school").search, Found(())):
        assert queries.practice_count(atlas, Selection(q="music")) == expected


def test_it_is_forgotten_afterwards(atlas: duckdb.DuckDBPyConnection) -> None:
    chosen = Selection(q="music")
    with already_found(chosen.search, Found(())):
        assert queries.practice_count(atlas, chosen) == 0
    assert queries.practice_count(atlas, chosen) > 0


def test_the_sql_that_is_shown_holds_the_words_and_no_numbers(atlas: duckdb.DuckDBPyConnection) -> None:
    text, _answer = statement(queries.practice_count, atlas, Selection(q="music"))
    assert "'music'" in text
    assert "$found" not in text
