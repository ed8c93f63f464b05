"""Commitments are counted by the policy areas that serve them, alone and beside other lists."""

from __future__ import annotations

import duckdb
from hypothesis import given

from icc_data import queries
from icc_data.queries.selection import Selection
from tests.helpers.by_hand import AREA_GROUP, TERM_CODES, records, selected, selections
from tests.helpers.examples import examples

some = examples(12)


@some
@given(selection=selections())
def test_a_practice_counts_once_in_each_commitment(atlas: duckdb.DuckDBPyConnection, selection: Selection):
    expected = []
    rows = selected(selection.with_values("policy_area", ()))
    for code in TERM_CODES["commitment"]:
        serving = [row for row in rows if code in {AREA_GROUP[area] for area in row["policy_areas"]}]
        expected.append((code, len(serving), len(rows)))
    assert records(queries.commitments(atlas, selection), "code", "practices", "of") == expected


@some
@given(selection=selections())
def test_commitments_beside_other_lists_count_what_they_count_alone(
    atlas: duckdb.DuckDBPyConnection, selection: Selection
):
    beside = queries.terms_of_lists(atlas, selection, ("theme", "policy_area", "commitment"))["commitment"]
    columns = ("code", "practices", "of", "share")
    alone = records(queries.commitments(atlas, selection), *columns)
    assert records(beside.sort_values("position"), *columns) == alone


@some
@given(selection=selections())
def test_a_commitment_has_the_cities_and_countries_of_its_practices(
    atlas: duckdb.DuckDBPyConnection, selection: Selection
):
    expected = {}
    for code in TERM_CODES["commitment"]:
        rows = selected(selection.with_values("policy_area", ()))
        serving = [row for row in rows if code in {AREA_GROUP[area] for area in row["policy_areas"]}]
        cities = {city for row in serving for city in row["city_ids"]}
        expected[code] = (len(cities), len({name for row in serving for name in row["countries"]}))
    served = queries.terms(atlas, selection, "commitment")
    assert {code: tuple(rest) for code, *rest in records(served, "code", "cities", "countries")} == expected
