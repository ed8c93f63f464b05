"""The practices of a selection, everything known of one, and those like it are what the CSV files say."""

from __future__ import annotations

from collections import Counter

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.i18n import set_language
from icc_data.queries.selection import Selection
from icc_data.queries.statements import statement
from tests.helpers.by_hand import PRACTICES, records, selected, selections
from tests.helpers.examples import examples
from tests.helpers.executed import executed


@examples(12)
@given(selection=selections(), size=st.integers(20, 90))
def test_pages_of_practices_hold_each_practice_once(atlas: duckdb.DuckDBPyConnection, selection: Selection, size: int):
    pages = [
        list(queries.practices(atlas, selection, limit=size, offset=offset)["practice_id"])
        for offset in range(0, len(selected(selection)), size)
    ]
    whole = [practice_id for page in pages for practice_id in page]
    assert Counter(whole) == Counter(row["practice_id"] for row in selected(selection))


def test_practices_come_newest_first_and_undated_last(atlas: duckdb.DuckDBPyConnection):
    starts = [start for (start,) in records(queries.practices(atlas, Selection(), limit=10_000), "start_year")]
    assert starts == sorted(starts, key=lambda start: (start is None, -(start or 0)))


TEXTS = ("title", "title_original", "summary", "when_text", "when_source", "url", "source_kind", "confidence")
CODES = {"policy_areas", "themes", "target_groups", "practice_types", "practice_areas"}


@examples(12)
@given(selection=selections(), sort=st.sampled_from(["newest", "oldest", "added", "title", "city"]))
def test_records_cover_exactly_the_selection_in_the_order_asked_for(
    atlas: duckdb.DuckDBPyConnection, selection: Selection, sort: queries.Sort
):
    frame = queries.practice_records(atlas, selection, sort=sort)
    assert frame["practice_id"].tolist() == queries.result_ids(atlas, selection, sort)
    assert sorted(frame["practice_id"]) == sorted(row["practice_id"] for row in selected(selection))


@examples(12)
@given(
    selection=selections(),
    sort=st.sampled_from(["relevance", "newest", "oldest", "added", "title", "city"]),
    data=st.data(),
)
def test_a_practice_stands_where_the_results_have_it(
    atlas: duckdb.DuckDBPyConnection, selection: Selection, sort: queries.Sort, data: st.DataObject
):
    ids = queries.search(atlas, selection, limit=None, sort=sort)["practice_id"].tolist()
    assert queries.result_ids(atlas, selection, sort) == ids
    name = data.draw(st.sampled_from(ids)) if ids else "nothing"
    beside = [None, *ids, None]
    place = ids.index(name) + 1 if ids else None
    before, after = (beside[place - 1], beside[place + 1]) if place else (None, None)
    there = queries.place_in_results(atlas, selection, name, sort)
    assert there == {"results": len(ids), "place": place, "before": before, "after": after}


def test_a_practice_outside_of_the_results_has_no_place_in_them(small_atlas: duckdb.DuckDBPyConnection):
    there = queries.place_in_results(small_atlas, Selection(), "no-such-practice")
    assert there["results"] > 0
    assert there["place"] is there["before"] is there["after"] is None


@pytest.mark.parametrize("sort", ["title", "city"])
def test_a_practice_stands_where_the_results_in_the_order_of_a_language_have_it(
    atlas: duckdb.DuckDBPyConnection, sort: queries.Sort
):
    set_language("fr")
    try:
        ids = queries.result_ids(atlas, Selection(country=("norway", "portugal")), sort)
        there = [
            queries.place_in_results(atlas, Selection(country=("norway", "portugal")), name, sort)["place"]
            for name in ids
        ]
    finally:
        set_language("en")
    assert there == [*range(1, len(ids) + 1)]
    assert len(there) > 20


@pytest.mark.parametrize("selection", [Selection(), Selection(q="young people")], ids=["all", "words"])
def test_results_are_not_put_in_order_to_tell_the_place_of_one(atlas: duckdb.DuckDBPyConnection, selection: Selection):
    text, there = statement(queries.place_in_results, atlas, selection, PRACTICES[0]["practice_id"])
    ordering = ("WINDOW", "STREAMING_WINDOW", "ORDER_BY", "TOP_N")
    # The search itself puts the few words in order that a misspelt one may be.
    assert sum(step.into for step in executed(atlas, text) if step.name in ordering) < there["results"] / 10


def test_records_say_everything_that_the_data_files_say(atlas: duckdb.DuckDBPyConnection):
    frame = queries.practice_records(atlas, Selection())
    records_by_id = {row["practice_id"]: row for row in frame.to_dict("records")}
    for row in PRACTICES:
        record = records_by_id[row["practice_id"]]
        for column in TEXTS:
            assert (record[column] if pd.notna(record[column]) else "") == row[column], (row["practice_id"], column)
        for column in CODES | {"city_ids", "countries"}:
            listed = [] if record[column] is None else list(record[column])
            assert sorted(listed) == sorted(row[column]), (row["practice_id"], column)
        assert str(record["accessed"])[:10] == row["accessed"]
        assert list(record["evidence_urls"]) == row["evidence_urls"].split("; ")


def test_the_record_of_one_practice_is_its_row_of_all_records(atlas: duckdb.DuckDBPyConnection):
    everything = queries.practice_records(atlas, Selection()).set_index("practice_id", drop=False)
    for practice_id in everything.index[::60]:
        one = queries.practice_record(atlas, practice_id)
        assert len(one) == 1
        assert one.iloc[0].astype(str).tolist() == everything.loc[practice_id].astype(str).tolist()
    assert queries.practice_record(atlas, "' OR true --").empty


def test_a_practice_is_told_with_its_cities_its_terms_and_what_is_unknown_as_none(atlas: duckdb.DuckDBPyConnection):
    for row in PRACTICES[::9]:
        practice = queries.practice(atlas, row["practice_id"])
        assert practice is not None
        for column in TEXTS:
            assert practice[column] == (row[column] or None), (row["practice_id"], column)
        assert practice["start_year"] == row["start"]
        cities = practice["cities"] if practice["cities"] is not None else []
        assert sorted(city["city_id"] for city in cities) == sorted(row["city_ids"])
        terms = {(term["vocabulary"], term["code"]) for term in practice["terms"]}
        assert terms == {(f"{name[:-1]}", code) for name in CODES for code in row[name]}


def test_a_practice_that_is_not_there_is_none(atlas: duckdb.DuckDBPyConnection):
    assert queries.practice(atlas, "atlantis") is None


SHARED_LISTS = {"areas": "policy_areas", "themes": "themes", "target_groups": "target_groups"}


def test_similar_practices_share_what_is_said_and_are_never_the_practice_itself(atlas: duckdb.DuckDBPyConnection):
    rows = {row["practice_id"]: row for row in PRACTICES}
    for practice_id in list(rows)[::31]:
        own, frame = rows[practice_id], queries.similar(atlas, practice_id, limit=1000)
        assert frame["practice_id"].is_unique
        assert practice_id not in set(frame["practice_id"])
        assert frame["score"].between(0, 1 + 1e-9).all()
        assert frame["score"].is_monotonic_decreasing
        for record in frame.to_dict("records"):
            other = rows[record["practice_id"]]
            for column, name in SHARED_LISTS.items():
                said = set() if record[column] is None else set(record[column])
                assert said == set(own[name]) & set(other[name]), (practice_id, other["practice_id"], column)
            assert record["same_city"] == bool(set(own["city_ids"]) & set(other["city_ids"]))


def test_the_words_that_similar_practices_share_stand_in_both(atlas: duckdb.DuckDBPyConnection):
    sql = "SELECT practice_id, t.title || ' ' || t.summary FROM practice_text AS t JOIN practice USING (practice)"
    words = {practice_id: text.split() for practice_id, text in atlas.execute(sql).fetchall()}
    stems = dict(atlas.execute("SELECT word, term FROM search_word").fetchall())
    pairs = 0
    for practice_id in list(words)[::31]:
        for record in queries.similar(atlas, practice_id, limit=1000).dropna(subset=["words"]).to_dict("records"):
            assert set(record["words"]) <= set(words[practice_id]), (practice_id, record["words"])
            other = {stems.get(word) for word in words[record["practice_id"]]}
            assert {stems[word] for word in record["words"]} <= other
            pairs += 1
    assert pairs


def test_nothing_is_like_a_practice_that_is_not_there(atlas: duckdb.DuckDBPyConnection):
    assert queries.similar(atlas, "atlantis", limit=5).empty


def test_a_practice_is_like_others_however_little_is_known_of_it(small_atlas: duckdb.DuckDBPyConnection):
    for practice_id in queries.result_ids(small_atlas, Selection()):
        frame = queries.similar(small_atlas, practice_id, limit=20)
        assert practice_id not in set(frame["practice_id"])
        assert frame["score"].between(0, 1 + 1e-9).all(), practice_id
