"""The practices and cities as the CSV files have them, and any selection of them counted by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from icc_data.model.period import Period, read_period
from icc_data.paths import DATA_DIRECTORY
from icc_data.queries.selection import FACETS, Selection
from icc_data.text import slugify

ROOT = Path(__file__).parents[2]
LISTS = {"policy_areas", "themes", "target_groups", "practice_types", "practice_areas", "city_ids", "countries"}


def rows_of(name: str) -> list[dict[str, Any]]:
    with (DATA_DIRECTORY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    for row in rows:
        for column in (LISTS | {"networks"}) & set(row):
            row[column] = [part for part in row[column].split("; ") if part]
    return rows


CITIES = {row["city_id"]: row for row in rows_of("cities")}
AREA_GROUP = {row["code"]: row["group"] for row in rows_of("terms") if row["vocabulary"] == "policy_area"}
TERM_CODES: dict[str, list[str]] = {row["vocabulary"]: [] for row in rows_of("terms")}
for row in rows_of("terms"):
    TERM_CODES[row["vocabulary"]].append(row["code"])
PRACTICES = rows_of("practices")
AS_OF = max(int(row["accessed"][:4]) for row in PRACTICES if row["accessed"])


def active_in(period: Period, year: int, as_of: int) -> bool:
    """Whether a practice ran in a year: from its start to its end, and until ``as_of`` where it goes on."""
    if period.start_year is None or year < period.start_year:
        return False
    last = period.end_year or (0 if period.ongoing else period.start_year)
    return year <= last or (period.ongoing is True and year <= as_of)


for row in PRACTICES:
    period = read_period(row["when_text"])
    row["start"], row["end"] = period.start_year, period.end_year
    row["ongoing"], row["form"] = period.ongoing is True, period.form
    row["years"] = {year for year in range(1850, 2101) if active_in(period, year, AS_OF)}
    row["known_years"] = set(range(row["start"], (period.end_year or row["start"]) + 1)) if row["start"] else set()
    row["facets"] = {
        "country": {slugify(name) for name in row["countries"]},
        "city": set(row["city_ids"]),
        "network": {network for city in row["city_ids"] for network in CITIES[city]["networks"]},
        **{vocabulary: set(row[f"{vocabulary}s"]) for vocabulary in ("policy_area", "theme", "target_group")},
        **{vocabulary: set(row[f"{vocabulary}s"]) for vocabulary in ("practice_type", "practice_area")},
        "documented_by": {row["source_kind"]} - {""},
    }
for city in CITIES.values():
    city["facets"] = {
        "country": {slugify(city["country"])},
        "city": {city["city_id"]},
        "network": set(city["networks"]),
    }


FACET_SPLITS = ("country", "network", "theme", "target_group", "practice_type", "practice_area")


def fits(facets: dict[str, set[str]], selection: Selection, names: Iterable[str]) -> bool:
    return all(facets[name] & set(selection.chosen(name)) for name in names if selection.chosen(name))


def active_years(row: dict[str, Any], selection: Selection) -> set[int]:
    span = range(selection.year_from or 1850, (selection.year_to or 2100) + 1)
    years: set[int] = row["years"] if selection.include_said else row["known_years"]
    return years & set(span)


def years_of(row: dict[str, Any], selection: Selection) -> set[int]:
    return {row["start"]} if selection.years == "started" else active_years(row, selection)


def in_years(row: dict[str, Any], selection: Selection) -> bool:
    """Whether a practice fits what is chosen of years, whatever else is."""
    if selection.ongoing_only and not row["ongoing"]:
        return False
    if row["form"] == "year" and not selection.include_bare:
        return False
    if not row["start"]:
        return selection.include_undated
    first, last = selection.year_from or 1850, selection.year_to or 2100
    return any(first <= year <= last for year in years_of(row, selection))


def selected(selection: Selection) -> list[dict[str, Any]]:
    return [row for row in PRACTICES if fits(row["facets"], selection, FACETS) and in_years(row, selection)]


def selected_cities(selection: Selection) -> list[dict[str, Any]]:
    working = {city for row in selected(selection) for city in row["city_ids"]}
    return [
        city
        for city_id, city in CITIES.items()
        if fits(city["facets"], selection, ("country", "city", "network"))
        and (city_id in working or not selection.narrows_practices)
    ]


def current_cities(selection: Selection) -> list[dict[str, Any]]:
    """Those of the selected cities that have not left the network."""
    return [city for city in selected_cities(selection) if city["status"] != "former"]


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    """Up to three facets, their values drawn as often as practices have them, and perhaps years."""
    chosen: dict[str, Any] = {}
    for name in draw(st.lists(st.sampled_from(sorted(FACETS)), max_size=3, unique=True)):
        values = [value for row in PRACTICES for value in sorted(row["facets"][name])]
        chosen[name] = tuple(draw(st.lists(st.sampled_from(values), min_size=1, max_size=6, unique=True)))
    if draw(st.booleans()):
        low, high = sorted(draw(st.tuples(st.integers(1995, 2030), st.integers(1995, 2030))))
        chosen["year_from"], chosen["year_to"] = draw(st.sampled_from([(low, high), (low, None), (None, high)]))
        chosen["years"] = draw(st.sampled_from(["active", "started"]))
    flags: dict[str, Any] = {"include_undated": draw(st.booleans()), "ongoing_only": draw(st.integers(0, 3)) == 0}
    flags |= {"include_bare": draw(st.integers(0, 3)) > 0, "include_said": draw(st.booleans())}
    return Selection(**chosen, **flags)


def records(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    part = frame[list(columns)].astype(object)
    return list(part.where(part.notna(), None).itertuples(index=False, name=None))
