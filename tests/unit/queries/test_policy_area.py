"""One policy area beside the network: counts as by hand in the CSV files, and words that do not claim too much."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.analysis import policy_area_facts as profile_words
from icc_data.analysis import shares
from icc_data.analysis.time_words import part_words
from icc_data.analysis.years import in_parts
from icc_data.drawing.charts import YEARS
from icc_data.drawing.palette import DARK, LIGHT, Look
from icc_data.drawing.policy_area_charts import expected_years
from icc_data.queries.selection import FACETS, Options, Selection
from tests.helpers.by_hand import AREA_GROUP, AS_OF, CITIES, active_years, selected, selected_cities, selections
from tests.helpers.examples import examples
from tests.unit.conftest import DataFolder

some = examples(8)
areas = st.sampled_from(sorted(AREA_GROUP))
comparisons = selections().map(lambda selection: selection.with_values("policy_area", []))
FACETS_ASKED = ("country", "city", "network", "theme", "target_group")
PLACES = ("country", "city", "network")


def of_area(rows: list[dict[str, Any]], area: str) -> list[dict[str, Any]]:
    return [row for row in rows if area in row["policy_areas"]]


def meant(selection: Selection, facet: str) -> set[str] | None:
    """The places that a selection means; None where it means all."""
    if facet not in PLACES or not any(selection.chosen(name) for name in PLACES):
        return None
    if selection.chosen(facet):
        return set(selection.chosen(facet))
    return {value for city in selected_cities(selection) for value in city["facets"][facet]}


def counted(rows: list[dict[str, Any]], selection: Selection, facet: str) -> Counter[str]:
    allowed = meant(selection, facet)
    return Counter(value for row in rows for value in row["facets"][facet] if allowed is None or value in allowed)


# --- questions -----------------------------------------------------------------------------------------------------


@some
@given(selection=comparisons, area=areas)
def test_an_area_is_counted_beside_all_practices_of_the_selection(
    atlas: duckdb.DuckDBPyConnection, selection: Selection, area: str
):
    everything = selected(selection)
    rows = of_area(everything, area)
    counts = queries.policy_area(atlas, selection, area)
    starts = [row["start"] for row in rows if row["start"]]
    all_starts = [row["start"] for row in everything if row["start"]]
    cities = {city["city_id"] for city in selected_cities(selection)}
    assert {name: counts.get(name) for name in ("practices", "all_practices")} == {
        "practices": len(rows),
        "all_practices": len(everything),
    }
    assert (counts["dated"], counts["all_dated"]) == (len(starts), len(all_starts))
    whenever = selected(selection.without_years())
    assert (counts["undated"], counts["of_any_year"]) == (
        sum(not row["start"] for row in of_area(whenever, area)),
        len(of_area(whenever, area)),
    )
    assert (counts["all_undated"], counts["all_of_any_year"]) == (
        sum(not row["start"] for row in whenever),
        len(whenever),
    )
    assert counts["recent"] == sum(start > AS_OF - 3 for start in starts)
    assert counts["all_recent"] == sum(start > AS_OF - 3 for start in all_starts)
    assert counts.get("last_start") == max(starts, default=None)
    assert counts["cities"] == len({city for row in rows for city in row["city_ids"]} & cities)
    assert counts["all_cities"] == len({city for row in everything for city in row["city_ids"]} & cities)
    assert counts["countries"] == len(counted(rows, selection, "country"))
    assert counts["without_city"] == sum(not row["city_ids"] for row in rows)
    assert counts["without_country"] == sum(not row["countries"] for row in rows)


@some
@pytest.mark.parametrize("facet", FACETS_ASKED)
@given(selection=comparisons, area=areas)
def test_values_tell_the_areas_practices_among_all_of_each(
    atlas: duckdb.DuckDBPyConnection, facet: str, selection: Selection, area: str
):
    everything = selected(selection.with_values(facet, ()))
    rows = of_area(everything, area)
    here, all_of = counted(rows, selection, facet), counted(everything, selection, facet)
    frame = shares.of_area(shares.with_chance(queries.crossed(atlas, selection, facet)), area)
    found = {row.value: (row.practices, row.of) for row in frame.itertuples()}
    assert found == ({value: (here[value], count) for value, count in all_of.items()} if rows else {})
    assert frame["practices"].is_monotonic_decreasing
    for row in frame.itertuples():
        assert row.share == pytest.approx(row.practices / row.of)
        assert row.lift == pytest.approx(row.share / (len(rows) / len(everything)))


@some
@pytest.mark.parametrize("active", [False, True])
@given(selection=comparisons, area=areas)
def test_the_years_hold_what_started_or_was_active_in_them_and_none_is_skipped(
    atlas: duckdb.DuckDBPyConnection, active: bool, selection: Selection, area: str
):
    everything = [row for row in selected(selection) if row["start"]]

    def by_year(rows: list[dict[str, Any]]) -> Counter[int]:
        return Counter(year for row in rows for year in (active_years(row, selection) if active else [row["start"]]))

    here, all_of = by_year(of_area(everything, area)), by_year(everything)
    frame = queries.policy_area_by_year(atlas, selection, area, active=active)
    frame = frame[frame["year"] <= AS_OF] if active else frame
    years = frame["year"].tolist()
    assert years == list(range(min(all_of), max(years) + 1)) if all_of else not years
    assert frame["practices"].tolist() == [here[year] for year in years]
    assert frame["all_practices"].tolist() == [all_of[year] for year in years]
    known = Counter(y for row in everything for y in (row["known_years"] if active else [row["start"]]))
    assert frame["all_known"].tolist() == [known[year] for year in years]
    assert (frame["known"] + frame["said"] == frame["practices"]).all()
    bare = Counter(row["start"] for row in of_area(everything, area) if row["form"] == "year")
    assert frame["bare"].tolist() == [bare[year] for year in years]


@some
@given(selection=comparisons, area=areas)
def test_the_line_of_the_same_share_adds_up_to_the_bars(
    atlas: duckdb.DuckDBPyConnection, selection: Selection, area: str
):
    frame = queries.policy_area_by_year(atlas, selection, area)
    assert frame["expected"].sum() == pytest.approx(frame["practices"].sum())
    share = frame["practices"].sum() / max(frame["all_practices"].sum(), 1)
    assert frame["expected"].tolist() == pytest.approx((frame["all_practices"] * share).tolist())


def test_a_country_that_only_shares_a_practice_with_the_chosen_one_is_not_listed(atlas: duckdb.DuckDBPyConnection):
    chosen = Selection(country=("spain",))
    for facet, allowed in (("country", {"spain"}), ("city", {c for c in CITIES if CITIES[c]["country"] == "Spain"})):
        found = queries.crossed(atlas, chosen, facet, area="education")["value"]
        assert set(found) <= allowed


@some
@given(selection=comparisons, area=areas)
def test_examples_are_of_the_area_and_best_known_first(
    atlas: duckdb.DuckDBPyConnection, selection: Selection, area: str
):
    frame = queries.policy_area_examples(atlas, selection, area, limit=None)
    assert sorted(frame["practice_id"]) == sorted(row["practice_id"] for row in of_area(selected(selection), area))
    points = frame[["has_page", "sure_year", "well_described", "agreed"]].sum(axis=1)
    assert frame["known"].tolist() == points.tolist()
    assert frame["known"].is_monotonic_decreasing
    first = queries.policy_area_examples(atlas, selection, area, limit=3)
    assert first["practice_id"].tolist() == frame["practice_id"].head(3).tolist()


def _examples_of(folder: DataFolder, *rows: dict[str, str]) -> list[str]:
    from icc_data.incoming.check import valid_data
    from icc_data.store.making import build_in_memory

    kept = {"policy_areas": "education", "policy_area_coding": "agreed", "when_source": "year field"}
    for row in rows:
        page = f"https://example.org/{row['practice_id']}"
        folder.append("practices", **kept, **{"title": row["practice_id"], "url": page, "evidence_urls": page} | row)
    with build_in_memory(valid_data(folder.path)) as connection:
        frame = queries.policy_area_examples(connection, Selection(), "education", limit=None)
    return [name for name in frame["practice_id"] if name in {row["practice_id"] for row in rows}]


TURIN = {"city_ids": "turin", "countries": "Italy"}
CORK = {"city_ids": "cork", "countries": "Ireland"}


def test_one_of_each_country_comes_before_a_second_and_the_latest_before_the_longest(data_folder: DataFolder):
    order = _examples_of(
        data_folder,
        {"practice_id": "old-and-long", "when_text": "1990-2010", **TURIN},
        {"practice_id": "late", "when_text": "created in 2012", **TURIN},
        {"practice_id": "elsewhere", "when_text": "created in 2001", **CORK},
    )
    assert order == ["late", "elsewhere", "old-and-long"]


def test_equals_stand_by_title(data_folder: DataFolder):
    order = _examples_of(
        data_folder,
        {"practice_id": "b", "title": "Bridges", "when_text": "2012", **CORK},
        {"practice_id": "a", "title": "Arches", "when_text": "2012", **TURIN},
    )
    assert order == ["a", "b"]


# --- words ---------------------------------------------------------------------------------------------------------


def values(*rows: tuple[str, int, int], chance: bool = False) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["value", "practices", "of"])
    return frame.assign(
        share=frame["practices"] / frame["of"], area_practices=10, expected=1.0, lift=2.0, chance=chance
    )


def named(facet: str, code: str) -> str:
    return code.title()


def test_a_place_with_few_practices_has_no_percentage():
    found = profile_words.ranking(values(("spain", 5, 20), ("malta", 1, 4)), "country", named, shown=9)
    assert found.frame["text"].tolist() == ["5 of 20 · 25%", "1 of 4"]


def test_a_lift_that_could_be_chance_is_not_said():
    clear, chance = values(("sport", 5, 20)), values(("roma", 4, 5), chance=True)
    found = profile_words.ranking(pd.concat([clear, chance]), "theme", named, shown=9)
    assert found.frame["text"].tolist() == ["5 · 50% · 2.0 ×", "4 · 40%"]


@pytest.mark.parametrize(("practices", "too_few"), [(4, True), (5, False)])
def test_a_ranking_tells_whether_a_place_has_too_few_practices_for_a_percentage(practices: int, too_few: bool):
    places = profile_words.ranking(values(("spain", 5, 20), ("malta", 1, practices)), "country", named, shown=9)
    assert places.has_place_without_share() == too_few


@pytest.mark.parametrize("chance", [True, False])
def test_a_ranking_tells_whether_a_theme_is_there_that_is_more_than_chance(chance: bool):
    mixed = pd.concat([values(("sport", 4, 20), chance=True), values(("roma", 1, 5), chance=chance)])
    assert profile_words.ranking(mixed, "theme", named, shown=9).has_theme_with_lift() == (not chance)


def test_places_without_a_practice_are_no_places_that_do_most():
    found = profile_words.ranking(values(("spain", 5, 20), ("malta", 0, 9)), "country", named, shown=9)
    assert found.frame["code"].tolist() == ["spain"]
    assert found.remainder() == ""


def test_a_cut_ranking_says_how_many_are_left():
    found = profile_words.ranking(values(("a", 3, 9), ("b", 2, 9), ("c", 1, 9)), "city", named, shown=1)
    assert found.frame["label"].tolist() == ["A"]
    assert found.remainder() == "2 more have a practice here."


def gaps_of(*rows: tuple[str, int, int]) -> profile_words.Gap:
    frames = dict.fromkeys(profile_words.GAP_FACETS, values(*rows))
    return profile_words.gaps(frames, named)[0]


def test_a_gap_names_those_with_enough_practices_and_none_here_most_first():
    gap = gaps_of(("spain", 3, 9), ("malta", 0, 4), ("italy", 0, 7), ("sweden", 0, 12))
    assert gap.values == [("sweden", "Sweden", 12), ("italy", "Italy", 7)]
    assert gap.note == "2 of the 3 that have at least 5 practices"
    assert gap.listed(1) == "Sweden (12), 1 more"


def test_no_gap_is_said_too():
    assert gaps_of(("spain", 3, 9), ("italy", 1, 7)).note == "None: all 2 that have at least 5 practices have one here."
    assert "only one" in gaps_of(("spain", 3, 9)).note


def test_nothing_is_claimed_of_places_with_few_practices():
    assert gaps_of(("malta", 0, 4)).values == []
    assert gaps_of(("malta", 0, 4)).note == "None has as many as 5 practices here or elsewhere."


def test_the_last_start_is_told_in_years_before_the_data():
    counts = {"last_start": 2020, "all_last_start": 2024}
    assert profile_words.last_start(counts, 2026).startswith("The last start known here is 2020, 6 years before")
    assert "1 year before" in profile_words.last_start(counts, 2021)
    assert "carries a start year" in profile_words.last_start({}, 2026)


def test_undated_practices_are_told_beside_those_of_all():
    counts = {"undated": 3, "of_any_year": 4, "all_undated": 1, "all_of_any_year": 10}
    assert profile_words.undated(counts).startswith("3 of 4 practices (75%) carry no start year")
    assert "10%" in profile_words.undated(counts)
    assert profile_words.undated(counts | {"undated": 0}).startswith("Every practice here carries a start year")


def test_practices_without_a_place_are_counted():
    assert profile_words.unplaced({"without_city": 0, "without_country": 0}) == ""
    assert profile_words.unplaced({"without_city": 1, "without_country": 0}) == "1 practice names no city."
    said = profile_words.unplaced({"without_city": 3, "without_country": 2})
    assert said == "3 practices name no city. 2 name no country."


def test_an_example_says_what_is_known_of_it():
    row = {"has_page": True, "sure_year": True, "well_described": False, "agreed": True, "years": 8, "shared_by": 2}
    assert profile_words.reasons(row) == "Known of it: own page, certain year, agreed coding, 8 years, 2 cities"
    nothing = dict.fromkeys(row, False) | {"years": None, "shared_by": 0}
    assert profile_words.reasons(nothing) == "Little is known of it."


def test_every_value_has_words_in_the_real_data(atlas: duckdb.DuckDBPyConnection, atlas_options: Options):
    crossed = {f: queries.crossed(atlas, Selection(), f) for f in profile_words.GAP_FACETS}
    frames = {f: shares.of_area(shares.with_chance(pairs), "education") for f, pairs in crossed.items()}
    for gap in profile_words.gaps(frames, atlas_options.label):
        assert all(label and label != code for code, label, _practices in gap.values), gap.facet
    assert set(profile_words.GAP_FACETS) <= set(FACETS)


# --- the chart -----------------------------------------------------------------------------------------------------

BY_YEAR = pd.DataFrame({"year": [2017, 2018], "practices": [3, 0], "all_practices": [9, 3], "expected": [2.25, 0.75]})
BY_YEAR = BY_YEAR.assign(known=[3, 0], said=0, bare=[2, 0])
PARTS = part_words(active=False)


def drawn(frame: pd.DataFrame, look: Look, **options: Any) -> Any:
    parted = in_parts(frame, active=False)
    return expected_years(frame, parted, look, colour="#0068a8", parts=PARTS, **options)


def test_the_bars_are_parted_and_the_line_is_not():
    bars, dashes, _points = drawn(BY_YEAR, LIGHT).to_dict()["layer"]
    assert bars["encoding"]["y"]["field"] == "count"
    assert bars["encoding"]["fillOpacity"]["scale"]["domain"] == list(PARTS)
    assert dashes["encoding"]["y"]["field"] == "expected"


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
@pytest.mark.parametrize("rows", [1, 2])
def test_the_chart_is_valid_vega_lite_and_needs_nothing_from_elsewhere(look: Look, rows: int):
    spec = drawn(BY_YEAR.head(rows), look).to_dict()
    assert spec.pop("$schema").startswith("https://vega.github.io/schema/vega-lite/")
    assert re.findall(r"https?:|//", json.dumps(spec)) == []
    assert spec["config"]["axis"]["labelColor"] == look.muted


def test_the_chart_can_be_brushed_unless_told_otherwise():
    def params(**options: Any) -> list[str]:
        spec = drawn(BY_YEAR, LIGHT, **options).to_dict()
        return [param["name"] for param in spec.get("params", [])]

    assert params() == [YEARS]
    assert params(brush=False) == []


def test_an_area_is_compared_with_the_network_or_with_what_was_chosen():
    assert profile_words.compared_with(Selection()) == "the network"
    assert profile_words.compared_with(Selection(country=("spain",))) == "all practices of the selection"


def test_what_is_undated_stands_beside_the_undated_of_all_with_both_numbers():
    counts = {"undated": 4, "of_any_year": 5, "all_undated": 16, "all_of_any_year": 39}
    of_all = "of all practices compared with, 16 of 39 (41%)"
    assert profile_words.undated(counts) == f"4 of 5 practices (80%) carry no start year; {of_all}."
    none = profile_words.undated(counts | {"undated": 0})
    assert none == f"Every practice here carries a start year; {of_all} carry none."
