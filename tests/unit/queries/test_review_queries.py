"""What a review asks gives what counting by hand in the CSV files gives, for any scope and any period."""

from __future__ import annotations

from collections import Counter
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.incoming.check import valid_data
from icc_data.queries.review_queries import ReviewPeriod
from icc_data.queries.selection import Selection
from icc_data.store.making import build_in_memory
from tests.helpers.by_hand import (
    AREA_GROUP,
    AS_OF,
    current_cities,
    records,
    rows_of,
    selected,
    selected_cities,
    selections,
)
from tests.helpers.examples import examples
from tests.unit.conftest import DataFolder

some = examples(20)
reports = rows_of("index_reports")


@st.composite
def periods(draw: st.DrawFn) -> ReviewPeriod:
    first = draw(st.integers(2000, 2026))
    return ReviewPeriod(first, min(first + draw(st.integers(0, 6)), 2026))


def scopes() -> st.SearchStrategy[Selection]:
    return selections().map(queries.review_scope)


def in_years(year: Any, period: ReviewPeriod) -> bool:
    return year not in (None, "") and period.first <= int(year) <= period.last


def active(row: dict[str, Any], period: ReviewPeriod) -> bool:
    return any(in_years(year, period) for year in row["known_years"])


def of_city(city_id: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if city_id in row["city_ids"]]


def newest(rows: list[dict[str, Any]]) -> int | None:
    # By hand, an end without a start lies in no known year: the year before it is not known.
    years = (year for row in rows for year in row["known_years"] or {row["end"]} - {None})
    return max((min(year, AS_OF) for year in years), default=None)


@some
@given(scope=scopes(), period=periods())
def test_the_state_counts_the_period_and_the_one_before(
    atlas: duckdb.DuckDBPyConnection, scope: Selection, period: ReviewPeriod
):
    rows, cities = selected(scope), current_cities(scope)
    ids = [city["city_id"] for city in cities]
    everyone = [city["city_id"] for city in selected_cities(scope)]
    # A report was published, whoever left since.
    own = [report for report in reports if report["city_id"] in everyone]
    both = {"": period, "_before": period.before}
    expected: dict[str, int] = {
        "practices": len(rows),
        "dated": sum(row["start"] is not None for row in rows),
        "without_city": sum(not row["city_ids"] for row in rows),
        "uncoded": sum(not row["policy_areas"] for row in rows),
        "cities": len(cities),
        "countries": len({city["country"] for city in cities}),
        "former": len(everyone) - len(cities),
        "members": sum(city["status"] == "member" for city in cities),
        "with_practices": sum(bool(of_city(city, rows)) for city in ids),
        "joined_known": sum(city["joined_year"] != "" for city in cities),
        "reports": len(own),
        "reports_undated": sum(report["year"] == "" for report in own),
        "reports_now": sum(in_years(report["year"], period) for report in own),
        "reports_before": sum(in_years(report["year"], period.before) for report in own),
    }
    for name, years in both.items():
        begun = [row for row in rows if in_years(row["start"], years)]
        expected[f"started{name}"] = len(begun)
        expected[f"started_bare{name}"] = sum(row["form"] == "year" for row in begun)
        expected[f"active{name}"] = sum(active(row, years) for row in rows)
        expected[f"joined{name}"] = sum(in_years(city["joined_year"], years) for city in cities)
        expected[f"cities_active{name}"] = sum(any(active(row, years) for row in of_city(city, rows)) for city in ids)
    assert queries.review_state(atlas, scope, period) == expected


@some
@given(scope=scopes())
def test_the_newest_known_year_of_a_city_is_the_last_in_which_a_practice_is_known_to_run(
    atlas: duckdb.DuckDBPyConnection, scope: Selection
):
    rows = selected(scope)
    expected = {
        city["city_id"]: (len(own), sum(row["start"] is not None for row in own), newest(own))
        for city in current_cities(scope)
        for own in [of_city(city["city_id"], rows)]
    }
    frame = queries.review_cities(atlas, scope)
    assert {city: tuple(rest) for city, *rest in records(frame, "city_id", "practices", "dated", "newest_known")} == (
        expected
    )


@some
@given(scope=scopes(), back=st.integers(0, 12))
def test_years_ago_a_city_had_the_practices_that_had_begun_or_carry_no_year(
    atlas: duckdb.DuckDBPyConnection, scope: Selection, back: int
):
    rows, then = selected(scope), AS_OF - back

    def begun(row: dict[str, Any]) -> bool:
        return (row["start"] or row["end"] or then) <= then

    expected = {
        city["city_id"]: (len(own), None if newest(own) is None else min(newest(own) or 0, then))
        for city in current_cities(scope)
        for own in [[row for row in of_city(city["city_id"], rows) if begun(row)]]
    }
    frame = queries.review_cities(atlas, scope, back)
    assert {
        city: tuple(rest) for city, *rest in records(frame, "city_id", "practices_then", "newest_known_then")
    } == expected


def test_a_city_that_has_left_counts_among_the_former_members_alone(data_folder: DataFolder):
    former = {"vocabulary": "membership_status", "code": "former", "label_en": "Former", "position": "2"}
    data_folder.append("terms", **former)
    data_folder.edit("cities", 0, status="former")
    with build_in_memory(valid_data(data_folder.path)) as connection:
        state = queries.review_state(connection, Selection(), ReviewPeriod(2024, 2025))
        members = queries.review_members(connection, Selection(), ReviewPeriod(2024, 2025))
        assert "lisbon" not in set(queries.review_cities(connection, Selection())["city_id"])
        assert "lisbon" not in set(queries.review_coverage(connection, Selection(), "city")["unit"])
        assert "lisbon" not in set(queries.review_units(connection, Selection(), "city")["unit"])
        assert queries.overview(connection, Selection())["cities"] == state["cities"]
    assert (state["cities"], state["former"]) == (3, 1)
    # Its practices stay in the data.
    assert state["practices"] == 4
    by_code = members.set_index(["kind", "code"])["cities"]
    assert by_code["membership_status", "former"] == 1
    # Of the small data, Lisbon alone is in the RPCI.
    assert "rpci" not in by_code["network"].index


def test_a_city_whose_practice_carries_no_year_has_no_newest_known_year(small_atlas: duckdb.DuckDBPyConnection):
    """The homework club of Cork carries no year: nothing is known of when, and nothing is made of it."""
    frame = queries.review_cities(small_atlas, Selection()).set_index("city_id")
    assert frame.loc["cork", "practices"] == 1
    assert frame["newest_known"].isna()["cork"]
    assert frame.loc["lisbon", "newest_known"] == 2019
    assert frame.loc["lisbon", "last_practice"] == "kitchen-of-languages"


def test_a_city_is_heard_of_until_the_end_of_a_practice_whose_start_nobody_tells(data_folder: DataFolder):
    data_folder.append("practices", practice_id="net", title="A net", city_ids="cork", countries="Ireland")
    data_folder.edit(
        "practices",
        4,
        when_text="until April 2024",
        when_source="year field",
        accessed="2026-01-01",
        source_kind="programme",
    )
    with build_in_memory(valid_data(data_folder.path)) as connection:
        newest = queries.review_cities(connection, Selection()).set_index("city_id")["newest_known"]
    assert newest["cork"] == 2024


def test_what_is_missing_of_a_city_and_a_practice_is_named(small_atlas: duckdb.DuckDBPyConnection):
    cities = queries.review_cities(small_atlas, Selection()).set_index("city_id")["missing"]
    assert list(cities["lisbon"]) == ["profile", "diversity"]
    assert list(cities["turin"]) == ["status", "joined_year", "profile", "population", "diversity", "coordinates"]
    practices = queries.review_practices(small_atlas, Selection()).set_index("practice_id")["missing"]
    assert list(practices["kitchen-of-languages"]) == ["confidence"]
    assert list(practices["homework-club"]) == ["start_year", "url", "confidence", "summary"]
    assert list(practices["a-guide-for-mediators"]) == [
        *("start_year", "city", "country", "url", "confidence", "summary", "policy_area")
    ]


@examples(8)
@given(scope=scopes())
def test_the_evidence_counts_the_practices_that_are_known_alike(atlas: duckdb.DuckDBPyConnection, scope: Selection):
    def told(rows: Any) -> Any:
        return zip(
            rows["known_year"].astype(object).fillna(0), rows["ongoing"], map(tuple, rows["missing"]), strict=True
        )

    counted = queries.review_evidence(atlas, scope)
    expected = Counter(told(queries.review_practices(atlas, scope)))
    assert dict(zip(told(counted), counted["practices"], strict=True)) == expected


@pytest.mark.parametrize("kind", ["city", "country", "network"])
@examples(8)
@given(scope=scopes())
def test_the_coverage_counts_every_area_of_every_place(atlas: duckdb.DuckDBPyConnection, kind: Any, scope: Selection):
    scope = scope.with_values("policy_area", ())
    rows, cities = selected(scope), current_cities(scope)
    places = {place for city in cities for place in city["facets"][kind]}
    expected = {
        (place, area): sum(place in row["facets"][kind] and area in row["policy_areas"] for row in rows)
        for place in places
        for area in AREA_GROUP
    }
    frame = queries.review_coverage(atlas, scope, kind)
    assert {tuple(key): count for *key, count in records(frame, "unit", "policy_area", "practices")} == expected
    uncoded = dict(records(frame, "unit", "uncoded"))
    assert uncoded == {
        place: sum(place in row["facets"][kind] and not row["policy_areas"] for row in rows) for place in places
    }
    units = queries.review_units(atlas, scope, kind)
    here = {place: [row for row in rows if place in row["facets"][kind]] for place in places}
    assert {unit: tuple(rest) for unit, *rest in records(units, "unit", "cities", "practices", "newest_known")} == {
        place: (sum(place in city["facets"][kind] for city in cities), len(own), newest(own))
        for place, own in here.items()
    }


def test_a_cell_lists_the_practices_that_its_number_counts(atlas: duckdb.DuckDBPyConnection):
    scope = Selection(network=("rpci",))
    coverage = queries.review_coverage(atlas, scope, "network")
    for unit, area, count in records(coverage, "unit", "policy_area", "practices"):
        assert len(queries.review_cell(atlas, scope, "network", unit, area)) == count


@some
@given(scope=scopes(), period=periods())
def test_momentum_counts_what_started_in_each_period(
    atlas: duckdb.DuckDBPyConnection, scope: Selection, period: ReviewPeriod
):
    rows = selected(scope.with_values("policy_area", ()))
    now = [row for row in rows if in_years(row["start"], period)]
    before = [row for row in rows if in_years(row["start"], period.before)]
    expected = [
        (
            area,
            sum(area in row["policy_areas"] for row in now),
            len(now),
            sum(area in row["policy_areas"] for row in before),
            len(before),
        )
        for area in AREA_GROUP
    ]
    frame = queries.review_momentum(atlas, scope, period, "policy_area")
    assert records(frame, "code", "practices", "of", "practices_before", "of_before") == expected


@some
@given(scope=scopes(), period=periods())
def test_members_are_counted_by_status_and_in_each_of_their_networks(
    atlas: duckdb.DuckDBPyConnection, scope: Selection, period: ReviewPeriod
):
    rows, cities = selected(scope), selected_cities(scope)
    kinds = {
        "membership_status": lambda city: [city["status"] or "unknown"],
        "network": lambda city: [] if city["status"] == "former" else city["networks"] or ["unknown"],
    }
    expected = {
        (kind, code): (
            len(own),
            sum(bool(of_city(city["city_id"], rows)) for city in own),
            sum(in_years(city["joined_year"], period) for city in own),
            sum(in_years(city["joined_year"], period.before) for city in own),
        )
        for kind, codes in kinds.items()
        for code in {code for city in cities for code in codes(city)}
        for own in [[city for city in cities if code in codes(city)]]
    }
    frame = queries.review_members(atlas, scope, period)
    columns = ("kind", "code", "cities", "with_practices", "joined", "joined_before")
    assert {(kind, code): tuple(rest) for kind, code, *rest in records(frame, *columns)} == expected


def test_a_period_is_compared_with_as_many_years_just_before():
    period = ReviewPeriod(2021, 2025)
    assert (period.before, period.length, period.words) == (ReviewPeriod(2016, 2020), 5, "2021–2025")
    assert ReviewPeriod(2024, 2024).before.words == "2023"


def test_the_default_period_is_the_last_two_years_with_data(atlas: duckdb.DuckDBPyConnection):
    newest_start = max(row["start"] for row in selected(Selection()) if row["start"])
    assert queries.default_period(atlas) == ReviewPeriod(newest_start - 1, newest_start)


def test_a_scope_is_the_selection_without_its_years():
    chosen = Selection(country=("spain",), q="school", year_from=2016, years="started", include_undated=False)
    assert queries.review_scope(chosen) == Selection(country=("spain",), q="school")
