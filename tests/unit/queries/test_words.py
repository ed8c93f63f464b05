"""Words of practices, counted by hand in the CSV files; what is one word is asked of the function of the index."""

from __future__ import annotations

from collections import Counter
from typing import Any

import duckdb
import pytest
from hypothesis import given

from icc_data import queries
from icc_data.queries.selection import Selection
from icc_data.text import fold_words
from tests.helpers.by_hand import AS_OF, PRACTICES, active_years, records, selected, selections
from tests.helpers.examples import examples

some = examples(8)


def terms(atlas: duckdb.DuckDBPyConnection, text: str) -> list[str]:
    """The words of a text without their endings."""
    asked = "SELECT [search_term(word) FOR word IN $words]"
    row = atlas.execute(asked, {"words": fold_words(text).split()}).fetchone()
    return list(row[0]) if row else []


@pytest.fixture(scope="module")
def summaries(atlas: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    return {row["practice_id"]: terms(atlas, row["summary"]) for row in PRACTICES}


@pytest.fixture(scope="module")
def texts(atlas: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    joined = {row["practice_id"]: f"{row['title']} {row['title_original']} {row['summary']}" for row in PRACTICES}
    return {name: set(terms(atlas, text)) for name, text in joined.items()}


@pytest.mark.parametrize("active", [False, True])
@pytest.mark.parametrize("together", [1, 5])
@some
@given(selection=selections())
def test_a_period_counts_each_practice_whose_title_or_summary_holds_all_words(
    atlas: duckdb.DuckDBPyConnection, texts: dict[str, set[str]], together: int, active: bool, selection: Selection
):
    def periods(row: dict[str, Any]) -> set[int]:
        years = {year for year in active_years(row, selection) if year <= AS_OF} if active else {row["start"]}
        return {AS_OF - (AS_OF - year) // together * together for year in years}

    rows = [row for row in selected(selection) if row["start"]]
    everything = Counter(period for row in rows for period in periods(row))
    entries = ["rumours", "young people", "zzyzx"]
    wanted = {entry: set(terms(atlas, entry)) for entry in entries}
    holding = Counter(
        (period, entry)
        for row in rows
        for entry, needed in wanted.items()
        if needed <= texts[row["practice_id"]]
        for period in periods(row)
    )
    frame = queries.words_by_period(atlas, selection, entries, together=together, active=active)
    assert {(last, code): (n, of) for last, code, n, of in records(frame, "last_year", "code", "practices", "of")} == {
        (period, entry): (holding[period, entry], of) for period, of in everything.items() for entry in entries
    }
    assert (frame["last_year"] - frame["first_year"] == together - 1).all()


def test_an_entry_is_called_as_it_is_written_and_counted_without_case_and_accents(atlas: duckdb.DuckDBPyConnection):
    plain = queries.words_by_period(atlas, Selection(), ["schools", "young people"], together=5)
    written = queries.words_by_period(atlas, Selection(), ["Schôols", "young  “people”"], together=5)
    assert written["practices"].sum() > 0
    assert written["practices"].tolist() == plain["practices"].tolist()
    assert list(dict.fromkeys(written["code"])) == ["Schôols", "young  “people”"]


@some
@given(selection=selections())
def test_a_word_is_counted_in_the_summaries_of_the_selection_and_of_all_others(
    atlas: duckdb.DuckDBPyConnection, summaries: dict[str, list[str]], selection: Selection
):
    here = {row["practice_id"] for row in selected(selection)}
    frame = queries.typical_words(atlas, selection, fewest=2)
    times, rest, practices = Counter[str](), Counter[str](), Counter[str]()
    for name, words in summaries.items():
        (times if name in here else rest).update(words)
        if name in here:
            practices.update(set(words))
    for term, n, m, held in records(frame, "term", "times", "rest_times", "practices"):
        assert (n, m, held) == (times[term], rest[term], practices[term])
    if len(frame):
        assert (frame["of"][0], frame["rest_of"][0]) == (len(here), len(PRACTICES) - len(here))


def test_small_words_places_and_numbers_are_no_words(atlas: duckdb.DuckDBPyConnection):
    words = set(queries.typical_words(atlas, Selection(), fewest=1)["term"])
    assert "rumour" in words
    assert not {"the", "with", "spain", "bergen", "2014", "of"} & words


def test_the_practices_behind_a_word_are_those_that_were_counted(
    atlas: duckdb.DuckDBPyConnection, summaries: dict[str, list[str]]
):
    spain = Selection(country=("spain",))
    frame = queries.practices_with_word(atlas, spain, "rumours")
    by_hand = {row["practice_id"] for row in selected(spain) if "rumour" in summaries[row["practice_id"]]}
    assert set(frame["practice_id"]) == by_hand != set()
