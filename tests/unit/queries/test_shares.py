"""Shares: practices with the code, of all of the same year, place or group, counted by hand in the CSV files."""

from __future__ import annotations

from collections import Counter
from typing import Any

import duckdb
import pytest
from hypothesis import given

from icc_data import queries
from icc_data.queries.selection import Selection
from tests.helpers.by_hand import (
    AREA_GROUP,
    AS_OF,
    FACET_SPLITS,
    PRACTICES,
    active_years,
    records,
    selected,
    selections,
)
from tests.helpers.examples import examples

some = examples(12)
CODES: dict[str, Any] = {
    "policy_area": lambda row: set(row["policy_areas"]) or {"unknown"},
    "commitment": lambda row: {AREA_GROUP[area] for area in row["policy_areas"]} or {"unknown"},
    **{facet: lambda row, facet=facet: row["facets"][facet] or {"unknown"} for facet in FACET_SPLITS},
}
COMPARED = {"policy_area": "policy_area", "commitment": "policy_area"} | {facet: facet for facet in FACET_SPLITS}
Split = pytest.mark.parametrize("split", CODES)


def years_of(row: dict[str, Any], selection: Selection, *, active: bool) -> set[int]:
    return {year for year in active_years(row, selection) if year <= AS_OF} if active else {row["start"]}


def found(frame: Any) -> dict[tuple[str, int, str], tuple[int, int]]:
    return {
        (place, year, code): (practices, of)
        for place, year, code, practices, of in records(frame, "place", "year", "code", "practices", "of")
    }


@Split
@pytest.mark.parametrize("active", [False, True])
@examples(5)
@given(selection=selections())
def test_a_share_of_a_year_is_of_all_its_practices_without_the_compared_facet(
    atlas: duckdb.DuckDBPyConnection, split: Any, active: bool, selection: Selection
):
    rows = [row for row in selected(selection.with_values(COMPARED[split], ())) if row["start"]]
    all_of = Counter(year for row in rows for year in years_of(row, selection, active=active))
    counted = Counter(
        (year, code) for row in rows for year in years_of(row, selection, active=active) for code in CODES[split](row)
    )
    codes = {code for row in rows for code in CODES[split](row)}
    frame = queries.shares_by_year(atlas, selection, split, active=active)
    # A group that no practice of a year has is a share of nothing, not a year without a value.
    assert found(frame) == {
        ("all", year, code): (counted[year, code], count) for year, count in all_of.items() for code in codes
    }
    assert frame["share"].tolist() == pytest.approx((frame["practices"] / frame["of"]).tolist())


@pytest.mark.parametrize("together", [3, 5])
@pytest.mark.parametrize("active", [False, True])
@some
@given(selection=selections())
def test_a_practice_counts_once_in_a_period_and_the_year_of_the_data_ends_one(
    atlas: duckdb.DuckDBPyConnection, together: int, active: bool, selection: Selection
):
    rows = [row for row in selected(selection.with_values("theme", ())) if row["start"]]
    ends = range(AS_OF, 1900, -together)
    in_periods = [
        (end, row)
        for row in rows
        for end in ends
        if years_of(row, selection, active=active) & set(range(end - together + 1, end + 1))
    ]
    all_of = Counter(end for end, _row in in_periods)
    counted = Counter((end, code) for end, row in in_periods for code in CODES["theme"](row))
    codes = {code for row in rows for code in CODES["theme"](row)}
    frame = queries.shares_by_year(atlas, selection, "theme", active=active, together=together)
    assert found(frame) == {
        ("all", end, code): (counted[end, code], count) for end, count in all_of.items() for code in codes
    }
    assert (frame["year"] - frame["first_year"] == together - 1).all()


@pytest.mark.parametrize("per", ["country", "network"])
@pytest.mark.parametrize("active", [False, True])
@some
@given(selection=selections())
def test_a_share_of_a_place_and_year_is_of_the_practices_of_both(
    atlas: duckdb.DuckDBPyConnection, active: bool, per: Any, selection: Selection
):
    rows = [row for row in selected(selection.with_values("policy_area", ())) if row["start"]]
    placed = [
        (place, year, row)
        for row in rows
        for place in row["facets"][per]
        for year in years_of(row, selection, active=active)
    ]
    all_of = Counter((place, year) for place, year, _row in placed)
    counted = Counter((place, year, code) for place, year, row in placed for code in CODES["policy_area"](row))
    codes = {code for row in rows for code in CODES["policy_area"](row)}
    frame = queries.shares_by_year(atlas, selection, "policy_area", active=active, per=per)
    assert found(frame) == {
        (place, year, code): (counted[place, year, code], count)
        for (place, year), count in all_of.items()
        for code in codes
    }


def test_an_area_that_is_chosen_is_not_the_whole_of_its_own_year(atlas: duckdb.DuckDBPyConnection):
    chosen = queries.shares_by_year(atlas, Selection(policy_area=("anti_discrimination",)), "policy_area")
    everything = queries.shares_by_year(atlas, Selection(), "policy_area")
    assert chosen.equals(everything)
    (share,) = chosen[(chosen["year"] == 2018) & (chosen["code"] == "anti_discrimination")]["share"]
    begun = [row for row in PRACTICES if row["start"] == 2018]
    assert share == sum("anti_discrimination" in row["policy_areas"] for row in begun) / len(begun)


def test_the_shares_of_a_year_add_up_to_more_than_all_where_practices_have_several(atlas: duckdb.DuckDBPyConnection):
    sums = queries.shares_by_year(atlas, Selection(), "policy_area").groupby("year")["share"].sum()
    assert sums.min() >= 1
    assert sums.max() > 1


FACETS_CROSSED = ("country", "network", "theme", "policy_area", "target_group")


@pytest.mark.parametrize("facet", FACETS_CROSSED)
@some
@given(selection=selections().map(lambda s: s.with_values("city", ()).with_values("network", ())))
def test_a_table_of_areas_counts_what_meets_and_what_does_not(
    atlas: duckdb.DuckDBPyConnection, facet: Any, selection: Selection
):
    if facet == "network":
        # Which networks a country means is told by the questions of one area.
        selection = selection.with_values("country", ())
    rows = selected(selection.with_values("policy_area", ()).with_values(facet, ()))
    areas = Counter(area for row in rows for area in row["policy_areas"])
    values = Counter(value for row in rows for value in row["facets"][facet])
    both = Counter((area, value) for row in rows for area in row["policy_areas"] for value in row["facets"][facet])
    if facet == "country" and selection.country:
        values = Counter({value: count for value, count in values.items() if value in selection.country})
    frame = queries.crossed(atlas, selection, facet)
    expected = {
        (area, value): (both[area, value], of, area_practices, len(rows))
        for area, area_practices in areas.items()
        for value, of in values.items()
        if area != value
    }
    columns = ("policy_area", "value", "practices", "of", "area_practices", "all_practices")
    assert {(area, value): tuple(rest) for area, value, *rest in records(frame, *columns)} == expected


def test_the_table_of_one_area_holds_its_rows_of_the_whole(atlas: duckdb.DuckDBPyConnection):
    whole = queries.crossed(atlas, Selection(), "theme")
    one = queries.crossed(atlas, Selection(), "theme", area="education")
    assert one.equals(whole[whole["policy_area"] == "education"].reset_index(drop=True))


@pytest.mark.parametrize("facet", ["country", "network", "theme", "policy_area"])
def test_choosing_an_area_leaves_every_share_as_it_was(atlas: duckdb.DuckDBPyConnection, facet: Any):
    chosen = Selection(policy_area=("anti_discrimination",))
    assert queries.crossed(atlas, chosen, facet).equals(queries.crossed(atlas, Selection(), facet))


def test_a_chosen_country_is_compared_with_all_practices_and_stands_alone(atlas: duckdb.DuckDBPyConnection):
    frame = queries.crossed(atlas, Selection(country=("spain",)), "country")
    assert set(frame["value"]) == {"spain"}
    assert set(frame["all_practices"]) == {len(PRACTICES)}


def test_the_terms_of_a_list_are_shares_of_all_whatever_is_chosen_of_it(atlas: duckdb.DuckDBPyConnection):
    chosen = queries.terms(atlas, Selection(policy_area=("education",)), "policy_area")
    assert chosen.equals(queries.terms(atlas, Selection(), "policy_area"))
    assert chosen["share"].tolist() == pytest.approx((chosen["practices"] / len(PRACTICES)).tolist())
