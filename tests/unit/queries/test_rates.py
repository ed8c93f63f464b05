"""Practices against member cities and residents, counted by hand in the CSV files."""

from __future__ import annotations

from collections import Counter
from typing import Any

import duckdb
import pytest
from hypothesis import given

from icc_data import queries
from icc_data.queries.selection import Selection
from tests.helpers.by_hand import AS_OF, CITIES, active_years, fits, records, selected, selections
from tests.helpers.examples import examples

some = examples(8)
MEMBERS = ("member", "national_network_only")
Active = pytest.mark.parametrize("active", [False, True])


def since_by_city(selection: Selection, per: str) -> dict[str, int]:
    """The cities that count, each with the first year in which it does."""
    here = {
        name: city for name, city in CITIES.items() if fits(city["facets"], selection, ("country", "city", "network"))
    }
    if per == "residents":
        return {name: 0 for name, city in here.items() if city["population"]}
    return {
        name: int(city["joined_year"])
        for name, city in here.items()
        if city["joined_year"] and city["status"] in MEMBERS
    }


def years_of(row: dict[str, Any], selection: Selection, *, active: bool) -> set[int]:
    return {year for year in active_years(row, selection) if year <= AS_OF} if active else {row["start"]}


@Active
@pytest.mark.parametrize("per", queries.PERS)
@some
@given(selection=selections())
def test_a_rate_counts_practices_and_members_or_residents_of_the_same_cities(
    atlas: duckdb.DuckDBPyConnection, per: Any, active: bool, selection: Selection
):
    since = since_by_city(selection, per)
    counted = Counter(
        year
        for row in selected(selection)
        if row["start"]
        for year in years_of(row, selection, active=active)
        if any(since[city] <= year for city in row["city_ids"] if city in since)
    )
    frame = queries.rates_by_year(atlas, selection, per, active=active)
    assert {year: count for year, count in records(frame, "year", "numerator") if count} == counted
    residents = sum(int(CITIES[city]["population"]) for city in since) if per == "residents" else 0
    for year, of in records(frame, "year", "denominator"):
        assert of == (residents if per == "residents" else sum(first <= year for first in since.values()))


@Active
@pytest.mark.parametrize("per", queries.PERS)
@some
@given(selection=selections())
def test_what_is_counted_early_and_elsewhere_is_every_dated_practice_once(
    atlas: duckdb.DuckDBPyConnection, per: Any, active: bool, selection: Selection
):
    since = since_by_city(selection, per)
    counts = queries.rate_coverage(atlas, selection, per, active=active)
    dated = [row for row in selected(selection) if row["start"]]
    of_no_city = [row for row in dated if not since.keys() & set(row["city_ids"])]
    assert (counts["dated"], counts["elsewhere"]) == (len(dated), len(of_no_city))
    assert counts["counted"] + counts["early"] + counts["elsewhere"] == counts["dated"]
    assert counts["known"] == len(since)


def test_years_without_a_practice_stand_between_the_others(atlas: duckdb.DuckDBPyConnection):
    years = queries.rates_by_year(atlas, Selection(country=("malta", "norway")), "cities")["year"].tolist()
    assert years == list(range(years[0], AS_OF + 1))


def test_a_city_that_has_left_counts_in_neither_number(atlas: duckdb.DuckDBPyConnection):
    left = next(name for name, city in CITIES.items() if city["status"] == "former" and city["joined_year"])
    assert queries.rates_by_year(atlas, Selection(city=(left,)), "cities").empty
    assert queries.rate_coverage(atlas, Selection(city=(left,)), "cities")["cities"] == 0


def test_choosing_practices_does_not_choose_the_cities_that_they_are_counted_against(
    atlas: duckdb.DuckDBPyConnection,
):
    everything = queries.rates_by_year(atlas, Selection(), "cities")
    sport = queries.rates_by_year(atlas, Selection(theme=("sport",)), "cities")
    both = everything.merge(sport, on="year")
    assert len(both) == len(sport) > 0
    assert (both["denominator_x"] == both["denominator_y"]).all()


@some
@given(selection=selections())
def test_practices_per_city_count_once_in_each_class_of_residents(
    atlas: duckdb.DuckDBPyConnection, selection: Selection
):
    def size(city: dict[str, Any]) -> str | None:
        residents = city["population"] or city["settlement_population"]
        return str(sum(int(residents) >= bound for bound in (50_000, 200_000))) if residents else None

    here = {
        name: size(city)
        for name, city in CITIES.items()
        if fits(city["facets"], selection, ("country", "city", "network")) and city["status"] in MEMBERS
    }
    cities = Counter(here.values())
    work = Counter(
        place for row in selected(selection) for place in {here[city] for city in row["city_ids"] if city in here}
    )
    frame = queries.practices_per_city(atlas, selection, "size", sizes=(50_000, 200_000))
    assert {place: (count, of) for place, count, of in records(frame, "class", "numerator", "denominator")} == {
        place: (work[place], cities[place]) for place in cities
    }


def test_practices_per_city_by_country_add_up_to_the_members(atlas: duckdb.DuckDBPyConnection):
    frame = queries.practices_per_city(atlas, Selection(), "country", sizes=())
    assert frame["denominator"].sum() == sum(city["status"] in MEMBERS for city in CITIES.values())
    assert frame["class"].notna().all()
