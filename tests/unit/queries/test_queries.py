"""Every question gives what counting by hand in the CSV files gives, for any selection."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.analysis import years
from icc_data.queries.comparison import Rest
from icc_data.queries.practice_queries import ORDERS
from icc_data.queries.selection import FACETS, Selection
from tests.helpers.by_hand import (
    AREA_GROUP,
    AS_OF,
    CITIES,
    FACET_SPLITS,
    PRACTICES,
    TERM_CODES,
    active_years,
    current_cities,
    records,
    rows_of,
    selected,
    selected_cities,
    selections,
)
from tests.helpers.examples import examples

ROOT = Path(__file__).parents[3]
NOTHING = Selection(q="zzzzqqq")
some = examples(12)


@some
@given(selection=selections())
def test_practices_are_those_that_fit_every_facet(atlas: duckdb.DuckDBPyConnection, selection: Selection):
    frame = queries.practices(atlas, selection, limit=10_000)
    assert sorted(frame["practice_id"]) == sorted(row["practice_id"] for row in selected(selection))


@some
@given(selection=selections())
def test_the_overview_counts_the_selection(atlas: duckdb.DuckDBPyConnection, selection: Selection):
    rows, cities = selected(selection), current_cities(selection)
    starts = [row["start"] for row in rows if row["start"]]
    ids = {city["city_id"] for city in cities}
    undated = [row for row in selected(selection.without_years()) if not row["start"]]
    expected = {
        "practices": len(rows),
        "dated": len(starts),
        "bare": sum(row["form"] == "year" for row in rows),
        "recent_bare": sum(row["form"] == "year" and row["start"] > AS_OF - 3 for row in rows),
        "conflicts": 0,
        "of_any_year": len(selected(selection.without_years())),
        "undated": len(undated),
        "undated_without_text": sum(not row["when_text"] for row in undated),
        "undated_unread": sum(bool(row["when_text"]) for row in undated),
        "recent": sum(start > AS_OF - 3 for start in starts),
        "ongoing": sum(row["ongoing"] for row in rows),
        "without_year_text": sum(not row["when_text"] for row in rows),
        "unread_start": sum(bool(row["when_text"]) and not row["start"] for row in rows),
        "without_city": sum(not row["city_ids"] for row in rows),
        "without_country": sum(not row["countries"] for row in rows),
        "without_page": sum(not row["url"] for row in rows),
        "uncoded": sum(not row["policy_areas"] for row in rows),
        "low_confidence": sum(row["confidence"] == "low" for row in rows),
        **({"first_year": min(starts), "last_year": max(starts)} if starts else {}),
        "cities": len(cities),
        "cities_with_practices": len({city for row in rows for city in row["city_ids"]} & ids),
        "countries": len({city["country"] for city in cities}),
        "areas": len({area for row in rows for area in row["policy_areas"]}),
    }
    assert queries.overview(atlas, selection) == expected
    of_practices = expected.keys() - {"cities", "cities_with_practices", "countries", "areas"}
    assert queries.known_counts(atlas, selection) == {name: expected[name] for name in of_practices}


def test_the_network_counts_everything(atlas: duckdb.DuckDBPyConnection):
    starts = [row["start"] for row in PRACTICES if row["start"]]
    assert queries.network(atlas) == {
        "practices": len(PRACTICES),
        "dated": len(starts),
        "first_year": min(starts),
        "cities": len(CITIES),
        "countries": len({city["country"] for city in CITIES.values()}),
        "areas": len(AREA_GROUP),
    }


SPLIT_CODES = {
    "none": lambda row: {"all"},
    "policy_area": lambda row: set(row["policy_areas"]) or {"unknown"},
    "commitment": lambda row: {AREA_GROUP[area] for area in row["policy_areas"]} or {"unknown"},
    **{facet: lambda row, facet=facet: row["facets"][facet] or {"unknown"} for facet in FACET_SPLITS},
}


@pytest.mark.parametrize("split", queries.SPLITS)
@pytest.mark.parametrize("active", [False, True])
@examples(5)
@given(selection=selections())
def test_practices_by_year_count_once_in_each_value(
    atlas: duckdb.DuckDBPyConnection, split: queries.Split, active: bool, selection: Selection
):
    counted: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for row in selected(selection):
        years = {year for year in active_years(row, selection) if year <= AS_OF} if active else {row["start"]} - {None}
        for key in product(years, SPLIT_CODES[split](row)):
            counted.setdefault(key, []).append(row)
    expected = [
        (
            *(year, code, len(rows)),
            sum(year in row["known_years"] for row in rows),
            sum(year not in row["known_years"] for row in rows),
            sum(row["form"] == "year" for row in rows),
        )
        for (year, code), rows in sorted(counted.items())
    ]
    frame = queries.practices_by_year(atlas, selection, split, active=active)
    assert records(frame, "year", "code", "practices", "known", "said", "bare") == expected


@pytest.mark.parametrize("bounds", [(2016, 2018), (2016, None), (None, 2018)])
def test_active_years_are_those_of_the_chosen_span_and_start_years_are_not_cut(
    atlas: duckdb.DuckDBPyConnection, bounds: tuple[int | None, int | None]
):
    first, last = bounds
    chosen = Selection(year_from=first, year_to=last)
    years = queries.practices_by_year(atlas, chosen, active=True)["year"]
    everything = queries.practices_by_year(atlas, Selection(), active=True)["year"]
    assert years.tolist() == [year for year in everything if (first or 0) <= year <= (last or AS_OF)]
    starts = queries.practices_by_year(atlas, chosen)["year"]
    assert starts.min() < 2016
    assert starts.max() <= (last or AS_OF)


@some
@given(selection=selections())
def test_a_practice_is_active_outside_of_a_span_that_it_begins_before_or_outlasts(
    atlas: duckdb.DuckDBPyConnection, selection: Selection
):
    span = range(selection.year_from or 0, (selection.year_to or AS_OF) + 1)
    whenever = replace(selection, year_from=None, year_to=None)
    outside = [
        row
        for row in selected(selection)
        if any(year <= AS_OF and year not in span for year in active_years(row, whenever))
    ]
    assert queries.active_outside(atlas, selection) == len(outside)


def test_a_span_that_holds_all_years_has_none_outside(atlas: duckdb.DuckDBPyConnection):
    assert queries.active_outside(atlas, Selection(year_from=1900, year_to=AS_OF)) == 0


def test_what_is_undated_is_counted_whatever_years_are_chosen(atlas: duckdb.DuckDBPyConnection):
    """Of 459 practices 138 carry no year text and 22 one that names no start."""
    for chosen in ({}, {"year_from": 2016, "year_to": 2018}, {"include_undated": False}, {"include_bare": False}):
        found = queries.overview(atlas, Selection(**chosen))
        assert (found["of_any_year"], found["undated"], found["undated_without_text"]) == (459, 160, 138)


@pytest.mark.parametrize("vocabulary", ["policy_area", "theme", "practice_type"])
@examples(12)
@given(selection=selections())
def test_terms_count_practices_and_their_places(
    atlas: duckdb.DuckDBPyConnection, vocabulary: str, selection: Selection
):
    rows = selected(selection.with_values(vocabulary, ()))
    expected = {}
    for code in TERM_CODES[vocabulary]:
        having = [row for row in rows if code in row["facets"][vocabulary]]
        cities = {city for row in having for city in row["city_ids"]}
        countries = {name for row in having for name in row["countries"]}
        expected[code] = (len(having), len(cities), len(countries), len(rows))
        expected[code] += (sum(bool(row["facets"][vocabulary]) for row in rows),)
    frame = queries.terms(atlas, selection, vocabulary)
    columns = ("code", "practices", "cities", "countries", "of", "coded_practices")
    assert {code: tuple(rest) for code, *rest in records(frame, *columns)} == expected
    assert list(frame["practices"]) == sorted(frame["practices"], reverse=True)


@some
@given(selection=selections())
def test_cities_carry_the_practices_of_the_selection(atlas: duckdb.DuckDBPyConnection, selection: Selection):
    rows = selected(selection)
    expected = {}
    for city in selected_cities(selection):
        own = [row for row in rows if city["city_id"] in row["city_ids"]]
        expected[city["city_id"]] = (len(own), len({area for row in own for area in row["policy_areas"]}))
    frame = queries.cities(atlas, selection)
    assert len(frame) == len(expected)
    columns = ("city_id", "practices", "policy_areas")
    assert {city: tuple(rest) for city, *rest in records(frame, *columns)} == expected


@some
@given(selection=selections(), rest=st.booleans())
def test_cities_with_their_practices_alone_are_those_with_everything(
    atlas: duckdb.DuckDBPyConnection, selection: Selection, rest: bool
):
    meant = Rest(selection) if rest else selection
    narrow = queries.city_practices(atlas, meant)
    pd.testing.assert_frame_equal(narrow, queries.cities(atlas, meant)[list(narrow.columns)])


def test_cities_show_their_latest_overall_index_result(atlas: duckdb.DuckDBPyConnection):
    latest: dict[str, tuple[int, float]] = {}
    for row in rows_of("index_scores"):
        if row["policy_area"] == "overall" and row["score"]:
            result = (int(row["year"] or 0), float(row["score"]))
            latest[row["city_id"]] = max(latest.get(row["city_id"], (-1, 0.0)), result)
    frame = queries.cities(atlas, Selection()).dropna(subset=["index_score"])
    found = {
        city: (int(year or 0), score) for city, year, score in records(frame, "city_id", "index_year", "index_score")
    }
    assert found == latest


@some
@given(selection=selections())
def test_shared_practices_join_pairs_of_selected_cities(atlas: duckdb.DuckDBPyConnection, selection: Selection):
    cities = {city["city_id"] for city in selected_cities(selection)}
    expected = Counter(
        frozenset(pair) for row in selected(selection) for pair in combinations(set(row["city_ids"]) & cities, 2)
    )
    frame = queries.shared_practices(atlas, selection)
    found = Counter({frozenset((a, b)): n for a, b, n in records(frame, "from_id", "to_id", "practices")})
    assert found == expected
    assert len(frame) == len(expected)


@some
@given(selection=selections())
def test_joining_years_are_counted_and_cumulated(atlas: duckdb.DuckDBPyConnection, selection: Selection):
    joined = Counter(city["joined_year"] for city in selected_cities(selection))
    expected, so_far = [], 0
    for year in sorted(joined, key=lambda year: (not year, year)):
        so_far += joined[year]
        expected.append((int(year) if year else None, joined[year], so_far))
    assert records(queries.joining(atlas, selection), "year", "cities", "cumulated") == expected


@some
@given(selection=selections())
def test_growth_reaches_further_every_year(atlas: duckdb.DuckDBPyConnection, selection: Selection):
    rows = [row for row in selected(selection) if row["start"]]
    cities = {city["city_id"] for city in selected_cities(selection)}
    expected = []
    for year in range(min((row["start"] for row in rows), default=AS_OF + 1), AS_OF + 1):
        begun = [row for row in rows if row["start"] <= year]
        reached = {city for row in begun for city in row["city_ids"]} & cities
        countries = {CITIES[city]["country"] for city in reached}
        areas = {area for row in begun for area in row["policy_areas"]}
        started = sum(row["start"] == year for row in begun)
        bare = sum(row["start"] == year and row["form"] == "year" for row in begun)
        expected.append((year, started, bare, len(begun), len(reached), len(countries), len(areas)))
    frame = queries.growth(atlas, selection)
    assert records(frame, "year", "started", "started_bare", "practices", "cities", "countries", "areas") == expected


@some
@given(selection=selections())
def test_the_starts_of_each_year_are_those_by_which_the_selection_grew(
    atlas: duckdb.DuckDBPyConnection, selection: Selection
):
    columns = ("year", "code", "practices", "known", "said", "bare")
    read_off, asked = years.starts(queries.growth(atlas, selection)), queries.practices_by_year(atlas, selection)
    assert records(read_off, *columns) == records(asked, *columns)


@some
@given(selection=selections())
def test_cards_are_of_the_newest_practices(atlas: duckdb.DuckDBPyConnection, selection: Selection):
    newest = queries.practices(atlas, selection, limit=4)
    cards = queries.practice_cards(atlas, selection, limit=4)
    assert [card["practice_id"] for card in cards] == newest["practice_id"].tolist()


@some
@given(
    selection=selections(),
    typed=st.sampled_from(("", "school", "young people -sport")),
    sort=st.sampled_from(sorted(ORDERS)),
    offset=st.integers(0, 5),
)
def test_cards_of_results_are_those_of_the_search_in_its_order(
    atlas: duckdb.DuckDBPyConnection, selection: Selection, typed: str, sort: Any, offset: int
):
    meant = replace(selection, q=typed)
    found = queries.search(atlas, meant, limit=5, offset=offset, sort=sort)
    cards = queries.result_cards(atlas, meant, limit=5, offset=offset, sort=sort)
    assert [card["practice_id"] for card in cards] == found["practice_id"].tolist()
    assert {card.get("score") for card in cards} == set(found["score"])


@some
@given(selection=selections())
def test_cards_of_an_area_are_its_first_examples(atlas: duckdb.DuckDBPyConnection, selection: Selection):
    examples = queries.policy_area_examples(atlas, selection, "education", limit=6)
    cards = queries.example_cards(atlas, selection, "education", limit=6)
    assert [card["practice_id"] for card in cards] == examples["practice_id"].tolist()


def test_what_is_unknown_on_a_card_is_none(atlas: duckdb.DuckDBPyConnection):
    undated = next(card for card in queries.practice_cards(atlas, Selection(), limit=10_000) if not card["start_year"])
    assert undated["start_year"] is None


@some
@given(selection=selections())
def test_spans_show_the_dated_practices_oldest_first(atlas: duckdb.DuckDBPyConnection, selection: Selection):
    frame = queries.spans(atlas, selection, limit=10_000)
    expected = {
        row["practice_id"]: (row["start"], max(row["known_years"]), max(row["years"]), row["form"])
        for row in selected(selection)
        if row["start"]
    }
    columns = ("practice_id", "start_year", "known_until", "last_active_year", "form")
    assert {practice: tuple(years) for practice, *years in records(frame, *columns)} == expected
    assert list(frame["start_year"]) == sorted(frame["start_year"])


FRAMES = {
    "growth": lambda c: queries.growth(c, NOTHING),
    "practices_by_year": lambda c: queries.practices_by_year(c, NOTHING, "country", active=True),
    "spans": lambda c: queries.spans(c, NOTHING, limit=10),
    "joining": lambda c: queries.joining(c, NOTHING),
    "cities": lambda c: queries.cities(c, NOTHING),
    "city_practices": lambda c: queries.city_practices(c, NOTHING),
    "shared_practices": lambda c: queries.shared_practices(c, NOTHING),
    "practices": lambda c: queries.practices(c, NOTHING, limit=10),
    "search": lambda c: queries.search(c, NOTHING, limit=10),
    "practice_records": lambda c: queries.practice_records(c, NOTHING),
    "crossed": lambda c: queries.crossed(c, NOTHING, "theme"),
    "shares_by_year": lambda c: queries.shares_by_year(c, NOTHING, "policy_area"),
}


@pytest.mark.parametrize("question", FRAMES)
def test_a_selection_that_nothing_fits_gives_an_empty_frame(atlas: duckdb.DuckDBPyConnection, question: str):
    assert FRAMES[question](atlas).empty


def test_a_selection_that_nothing_fits_counts_zero(atlas: duckdb.DuckDBPyConnection):
    overview = queries.overview(atlas, NOTHING)
    assert not any(overview.values())
    assert queries.practice_count(atlas, NOTHING) == 0
    assert set(queries.terms(atlas, NOTHING, "theme")["practices"]) == {0}
    assert set(queries.commitments(atlas, NOTHING)["practices"]) == {0}


def test_a_city_is_told_with_what_is_unknown_as_none(atlas: duckdb.DuckDBPyConnection):
    for city_id, row in list(CITIES.items())[::6]:
        city = queries.city(atlas, city_id)
        assert city is not None
        for column in ("joined_year", "population", "latitude", "foreign_born_pct"):
            assert city[column] == (float(row[column]) if row[column] else None), (city_id, column)
        networks = () if city["networks"] is None else city["networks"]
        assert sorted(networks) == sorted(row["networks"]), city_id


def test_a_city_that_is_not_there_is_none(atlas: duckdb.DuckDBPyConnection):
    assert queries.city(atlas, "atlantis") is None


def test_options_list_each_value_of_each_facet_once(atlas: duckdb.DuckDBPyConnection):
    options = queries.options(atlas)
    assert set(options.values("city")) == set(CITIES)
    assert len(options.values("city")) == len(CITIES)
    for vocabulary, codes in TERM_CODES.items():
        assert options.values(vocabulary) == tuple(codes)


def test_options_cover_every_value_that_a_practice_has(atlas: duckdb.DuckDBPyConnection):
    options = queries.options(atlas)
    for name in FACETS:
        assert {value for row in PRACTICES for value in row["facets"][name]} <= set(options.values(name)), name


def test_every_sql_file_is_asked_by_code_and_every_question_has_its_file():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "icc_data").rglob("*.py"))
    named = (
        r'\b(?:ask|ask_cells|_ask_results)\(\s*connection,\s*"(\w+)"',
        r"""\bsql_beside\(__file__, ["'](\w+)["']\)""",
    )
    asked = {name for pattern in named for name in re.findall(pattern, code)}
    files = [path for path in (ROOT / "icc_data").rglob("*.sql") if path.parent.name == "sql"]
    assert asked == {path.stem for path in files}
