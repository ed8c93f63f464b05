"""The SQL shown with an answer is the one that gave it: run again elsewhere, it gives the same rows."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.console.guard import Guard, Question
from icc_data.queries.comparison import Rest
from icc_data.queries.review_queries import ReviewPeriod
from icc_data.queries.selection import FACETS, Options, Selection
from icc_data.queries.statements import literal, statement, text_of, with_literals
from icc_data.store.database import open_database
from tests.helpers.examples import examples

Connection = duckdb.DuckDBPyConnection

PERIOD = ReviewPeriod(2016, 2020)
OTHER = Selection(country=("italy",), q="school", year_from=2012)

# Every question that a page explains, and those behind lists and downloads.
QUESTIONS: dict[str, Callable[[Connection, Selection | None], tuple[str, Any]]] = {
    "practices_by_year": lambda c, s: statement(queries.practices_by_year, c, s),
    "practices_by_year split and active": lambda c, s: statement(
        queries.practices_by_year, c, s, "country", active=True
    ),
    "spans": lambda c, s: statement(queries.spans, c, s, limit=None),
    "joining": lambda c, s: statement(queries.joining, c, s),
    "terms": lambda c, s: statement(queries.terms, c, s, "policy_area"),
    "crossed with countries": lambda c, s: statement(queries.crossed, c, s, "country"),
    "crossed with cities of an area": lambda c, s: statement(queries.crossed, c, s, "city", area="education"),
    "crossed with themes": lambda c, s: statement(queries.crossed, c, s, "theme"),
    "shares_by_year": lambda c, s: statement(queries.shares_by_year, c, s, "commitment"),
    "shares_by_year of countries, active": lambda c, s: statement(
        queries.shares_by_year, c, s, "policy_area", active=True, per="country"
    ),
    "shares_by_year of periods, active": lambda c, s: statement(
        queries.shares_by_year, c, s, "theme", active=True, together=5
    ),
    "rates_by_year of cities": lambda c, s: statement(queries.rates_by_year, c, s, "cities"),
    "rates_by_year of residents, active": lambda c, s: statement(queries.rates_by_year, c, s, "residents", active=True),
    "practices_per_city": lambda c, s: statement(queries.practices_per_city, c, s, "size", sizes=(50_000, 200_000)),
    "words_by_period": lambda c, s: statement(queries.words_by_period, c, s, ["young people"], together=5),
    "practices_with_word": lambda c, s: statement(queries.practices_with_word, c, s, "rumours"),
    "typical_words": lambda c, s: statement(queries.typical_words, c, s, fewest=5),
    "survival": lambda c, s: statement(queries.survival, c, s, "policy_area"),
    "cities": lambda c, s: statement(queries.cities, c, s),
    "city_practices": lambda c, s: statement(queries.city_practices, c, s),
    "growth": lambda c, s: statement(queries.growth, c, s),
    "commitments": lambda c, s: statement(queries.commitments, c, s),
    "compared_cities": lambda c, s: statement(queries.compared_cities, c, s, OTHER),
    "compared_practices": lambda c, s: statement(queries.compared_practices, c, s, Rest(s), limit=30),
    "compared_records": lambda c, s: statement(queries.compared_records, c, s, OTHER),
    "compared_terms": lambda c, s: statement(queries.compared_terms, c, s, OTHER, "theme"),
    "compared_years": lambda c, s: statement(queries.compared_years, c, s, Rest(s), active=True),
    "shared_practices": lambda c, s: statement(queries.shared_practices, c, s),
    "practices": lambda c, s: statement(queries.practices, c, s, limit=30),
    "completeness": lambda c, s: statement(queries.completeness, c, s, "country", places=5),
    "city_completeness": lambda c, s: statement(queries.city_completeness, c, s, "network", places=5),
    "shared_work": lambda c, s: statement(queries.shared_work, c, s),
    "unit_areas": lambda c, s: statement(queries.unit_areas, c, s, "city"),
    "unit_commitments": lambda c, s: statement(queries.unit_commitments, c, s, "country"),
    "unit_measures": lambda c, s: statement(queries.unit_measures, c, s, "network"),
    "policy_area_by_year": lambda c, s: statement(queries.policy_area_by_year, c, s, "education"),
    "policy_area_examples": lambda c, s: statement(queries.policy_area_examples, c, s, "education", limit=5),
    "review_members": lambda c, s: statement(queries.review_members, c, s, PERIOD),
    "review_cities": lambda c, s: statement(queries.review_cities, c, s),
    "review_evidence": lambda c, s: statement(queries.review_evidence, c, s),
    "review_practices": lambda c, s: statement(queries.review_practices, c, s),
    "review_units": lambda c, s: statement(queries.review_units, c, s, "network"),
    "review_coverage": lambda c, s: statement(queries.review_coverage, c, s, "city"),
    "review_cell": lambda c, s: statement(queries.review_cell, c, s, "country", "spain", "education"),
    "review_momentum": lambda c, s: statement(queries.review_momentum, c, s, PERIOD, "theme"),
    "index_editions": lambda c, s: statement(queries.index_editions, c, s),
    "index_register": lambda c, s: statement(queries.index_register, c, s),
    "index_scores": lambda c, s: statement(queries.index_scores, c, s),
    "index_publishing": lambda c, s: statement(queries.index_publishing, c, s),
    "index_distribution": lambda c, s: statement(
        queries.index_distribution, c, s, "class", sizes=(200_000,), shares=(10.0, 15.0), fewest=2
    ),
}
FIXED: dict[str, Callable[[Connection], tuple[str, Any]]] = {
    "practices_there": lambda c: statement(queries.practices_there, c, None, ["bilbao", ""]),
    "similar": lambda c: statement(queries.similar, c, None, "dont-feed-the-rumour", limit=6),
    "practice_record": lambda c: statement(queries.practice_record, c, None, "it's not there"),
    "year_texts": lambda c: statement(queries.year_texts, c),
    "sources": lambda c: statement(queries.sources, c),
    "term_definitions": lambda c: statement(queries.term_definitions, c),
    "search_reading": lambda c: statement(queries.search_reading, c, Selection(q="scool rumours")),
    "borrowable": lambda c: statement(queries.borrowable, c),
    "city_features": lambda c: statement(queries.city_features, c),
    "term_definitions of a list": lambda c: statement(queries.term_definitions, c, None, "policy_area"),
    "index_history": lambda c: statement(queries.index_history, c, None, "lisbon"),
    "index_results": lambda c: statement(queries.index_results, c),
    "lendable": lambda c: statement(queries.lendable, c, None, "lisbon"),
    "partners": lambda c: statement(queries.partners, c, None, "lisbon"),
    "term_profile": lambda c: statement(queries.term_profile, c, None, "lisbon", "theme"),
}
WORDS = ("", "school", "rumour lisbon", '"public space" -youth', "-school", "it's", "zzzzqqq", "$words {match} '--")
some = examples(3)


@pytest.fixture(scope="module")
def elsewhere(atlas_file: Path) -> Iterator[Connection]:
    """Another connection to the same database."""
    connection = open_database(atlas_file)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def guard(elsewhere: Connection) -> Guard:
    return Guard(elsewhere)


@st.composite
def selections(draw: st.DrawFn, options: Options) -> Selection:
    chosen: dict[str, Any] = {}
    for facet in draw(st.lists(st.sampled_from(sorted(FACETS)), max_size=2, unique=True)):
        values = st.sampled_from(options.values(facet))
        chosen[facet] = tuple(draw(st.lists(values, min_size=1, max_size=4, unique=True)))
    years = draw(st.sampled_from([(None, None), (2010, None), (2010, 2019)]))
    return Selection(
        q=draw(st.sampled_from(WORDS)),
        year_from=years[0],
        year_to=years[1],
        include_undated=draw(st.booleans()),
        **chosen,
    )


def same(frame: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(frame, other)


@given(
    value=st.none()
    | st.booleans()
    | st.integers(-(2**62), 2**62)
    | st.text(st.characters(codec="utf-8", exclude_characters="\x00"))
)
def test_a_value_written_into_sql_comes_back_as_it_was(small_atlas: Connection, value: object):
    assert small_atlas.execute(f"SELECT {literal(value)}").fetchall() == [(value,)]


@example(value=-0.0011831362594607498)
@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_a_decimal_number_written_into_sql_comes_back_as_it_was(small_atlas: Connection, value: float):
    ((back,),) = small_atlas.execute(f"SELECT ({literal(value)})::DOUBLE").fetchall()
    assert back == value


@given(texts=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), max_size=4))
def test_a_list_of_texts_written_into_sql_comes_back_as_it_was(small_atlas: Connection, texts: list[str]):
    assert small_atlas.execute(f"SELECT {literal(texts)}").fetchall() == [(texts,)]


def test_what_sql_has_no_word_for_is_refused():
    with pytest.raises(TypeError, match="dict has no literal"):
        literal({})


def test_a_value_that_looks_like_a_parameter_is_not_filled_in_again():
    assert with_literals("SELECT $one, $two", {"one": "$two", "two": 2}) == "SELECT '$two', 2"


def test_a_parameter_whose_name_begins_another_ones_is_filled_in_whole():
    assert with_literals("$year + $year_from", {"year": 1, "year_from": 2}) == "1 + 2"


@pytest.mark.parametrize("name", QUESTIONS)
@some
@given(data=st.data())
def test_the_sql_of_a_question_gives_its_rows_on_another_connection(
    atlas: Connection, elsewhere: Connection, atlas_options: Options, name: str, data: st.DataObject
):
    sql, frame = QUESTIONS[name](atlas, data.draw(selections(atlas_options)))
    same(elsewhere.execute(sql).df(), frame)


@pytest.mark.parametrize("name", FIXED)
def test_the_sql_of_a_question_without_a_selection_gives_its_rows(atlas: Connection, elsewhere: Connection, name: str):
    sql, frame = FIXED[name](atlas)
    same(elsewhere.execute(sql).df(), frame)


@pytest.mark.parametrize("sort", ["relevance", "newest", "added", "title"])
@some
@given(data=st.data())
def test_the_sql_of_a_search_gives_its_rows_in_their_order(
    atlas: Connection, elsewhere: Connection, atlas_options: Options, sort: queries.Sort, data: st.DataObject
):
    sql, frame = statement(queries.search, atlas, data.draw(selections(atlas_options)), limit=50, sort=sort)
    again = elsewhere.execute(sql).df()
    # Without words to look for, the score is said to be missing without being asked for.
    same(again, frame[again.columns])


@some
@given(data=st.data())
def test_the_sql_of_a_question_that_is_not_answered_is_that_of_its_answer(
    atlas: Connection, atlas_options: Options, data: st.DataObject
):
    selection = data.draw(selections(atlas_options))
    assert (
        text_of(queries.practices, atlas, selection, limit=None)
        == statement(queries.practices, atlas, selection, limit=None)[0]
    )


@some
@given(data=st.data())
def test_the_sql_of_a_download_gives_its_rows(
    atlas: Connection, elsewhere: Connection, atlas_options: Options, data: st.DataObject
):
    sql, frame = statement(queries.practice_records, atlas, data.draw(selections(atlas_options)))
    again = elsewhere.execute(sql).df()
    same(again, frame.sort_values("practice_id", ignore_index=True))


@some
@given(data=st.data())
def test_the_sql_of_the_facet_counts_gives_the_counts(
    atlas: Connection, elsewhere: Connection, atlas_options: Options, data: st.DataObject
):
    sql, counts = statement(queries.facet_counts, atlas, data.draw(selections(atlas_options)))
    rows = elsewhere.execute(sql).fetchall()
    assert {(facet, value): practices for facet, value, practices in rows} == {
        (facet, value): practices for facet, by_value in counts.items() for value, practices in by_value.items()
    }


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_sql_of_a_question_is_one_that_the_sql_page_takes(elsewhere: Connection, guard: Guard, name: str):
    everything = dict.fromkeys(FACETS, ("it's", "b"))
    full = Selection(q='school "public space" -youth', year_from=2010, year_to=2020, ongoing_only=True, **everything)
    sql, _ = QUESTIONS[name](elsewhere, full)
    assert isinstance(guard.read(sql), Question)
    assert not re.search(r"\$[a-z]|\{[a-z]+\}", sql)
    assert not sql.endswith("\n")


def _questions() -> set[str]:
    """The questions that answer with rows."""
    functions = [(name, getattr(queries, name)) for name in queries.__all__]
    return {
        name
        for name, one in functions
        if inspect.isfunction(one) and inspect.get_annotations(one)["return"] == "pd.DataFrame"
    }


def test_every_question_that_answers_with_rows_is_among_these():
    in_tests_of_their_own = {"search", "practice_records", "coding_agreement"} | {
        "codings",
        "practice_cities",
        "practice_terms",
        "practice_years",
    }
    # Asked of two versions side by side, which the SQL page does not open.
    of_comparisons = {"changes", "city_changes", "index_changes", "not_recorded"}
    expected = {name.split()[0] for name in (*QUESTIONS, *FIXED)} | in_tests_of_their_own | of_comparisons
    assert _questions() == expected


def test_a_question_that_asks_several_things_is_told_by_the_last(small_atlas: Connection):
    sql, _ = statement(queries.practices_by_year, small_atlas, Selection())
    assert "meta" not in sql
    assert "start_year" in sql
