"""What is published of the Index, and a made-up complete set, as pandas counts them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from icc_data import queries
from icc_data.analysis import index
from icc_data.queries.index_queries import FEWEST_CITIES
from icc_data.queries.selection import Selection
from tests.helpers.made_up_index import CITIES, EDITIONS, published

Connection = duckdb.DuckDBPyConnection
FIRST, _SECOND, NEWEST = EDITIONS
EVERYWHERE = Selection()
BOUNDS = {"sizes": index.SIZES, "shares": index.SHARES}
AREA = "education"


@pytest.fixture(scope="module")
def known_cities() -> pd.DataFrame:
    return published("cities").set_index("city_id")


def test_what_is_known_is_counted(atlas: Connection):
    results, reports = published("index_scores"), published("index_reports")
    years = pd.concat([results["year"], reports["year"]])
    assert queries.index_coverage(atlas, EVERYWHERE) == {
        "results": len(results),
        "scores": int(results["score"].notna().sum()),
        "result_cities": results["city_id"].nunique(),
        "without_edition": int(results["year"].isna().sum()),
        "reports": len(reports),
        "report_cities": reports["city_id"].nunique(),
        "complete": 0,
        "first_edition": int(years.min()),
        "last_edition": int(years.max()),
        "cities": len(published("cities")),
    }


def test_an_edition_of_a_city_is_complete_with_a_score_in_every_policy_area(complete: Connection):
    # The first edition does not ask the last policy area.
    assert queries.index_coverage(complete, EVERYWHERE)["complete"] == 2 * CITIES


def test_what_is_known_of_an_edition_stands_beside_how_many_cities_it_compared(small_atlas: Connection):
    editions = queries.index_editions(small_atlas, EVERYWHERE)
    assert editions.fillna(-1).values.tolist() == [
        [2017, 1, 1, 0, -1, -1],
        [2019, 0, 0, 1, -1, -1],
        [2020, 2, 2, 1, 90, 90],
    ]


def test_an_edition_whose_pages_compare_different_numbers_of_cities_has_the_least_and_the_most(atlas: Connection):
    said = pd.concat([published("index_scores"), published("index_reports")])[["year", "cities_compared"]].dropna()
    numbers = said["cities_compared"].astype(str).str.lstrip(">").astype(float).groupby(said["year"])
    assert (numbers.min() < numbers.max()).any()
    editions = queries.index_editions(atlas, EVERYWHERE).dropna(subset=["year", "compared"]).set_index("year")
    assert editions["compared_least"].astype(float).to_dict() == numbers.min().to_dict()
    assert editions["compared"].astype(float).to_dict() == numbers.max().to_dict()


def test_the_list_has_every_result_and_every_report_once(atlas: Connection):
    results, reports = published("index_scores"), published("index_reports")
    register = queries.index_register(atlas, EVERYWHERE)
    editions = pd.concat([results, reports])[["city_id", "year"]].drop_duplicates()
    assert len(register) == len(editions)
    assert register["reports"].sum() == len(reports)
    overall = results[results["policy_area"] == "overall"]
    assert register["score"].sum() == overall["score"].sum()
    assert register["areas"].sum() == results[results["policy_area"] != "overall"]["score"].count()


def test_a_city_has_a_row_an_edition_with_its_overall_score_the_newest_first(small_atlas: Connection):
    register = queries.index_register(small_atlas, EVERYWHERE)
    columns = ["city_id", "year", "score", "rank", "cities_compared", "areas", "reports"]
    assert register[columns].astype(object).where(register[columns].notna(), None).values.tolist() == [
        ["lisbon", 2020, 70.0, 3, "90", 0, 1],
        ["bilbao", 2020, None, None, None, 1, 0],
        ["cork", 2019, None, None, None, 0, 1],
        ["lisbon", 2017, 64.5, None, None, 0, 0],
    ]


@pytest.mark.parametrize(
    "question", [queries.index_register, queries.index_scores, queries.index_publishing], ids=lambda one: one.__name__
)
def test_the_filters_narrow_the_cities(complete: Connection, known_cities: pd.DataFrame, question):  # type: ignore[no-untyped-def]
    found = question(complete, Selection(country=("norway",)))
    everything = question(complete, EVERYWHERE)
    norwegian = set(known_cities[known_cities["country"] == "Norway"].index)
    assert set(found["city_id"]) == norwegian & set(everything["city_id"])
    assert 0 < len(found) == everything["city_id"].isin(norwegian).sum()


def test_averages_and_quartiles_are_those_of_pandas(complete: Connection, made_up: pd.DataFrame):
    found = queries.index_distribution(complete, EVERYWHERE, **BOUNDS)
    found = found[found["year"] >= FIRST].set_index(["year", "policy_area"]).sort_index()
    by_area = made_up.groupby(["year", "policy_area"])["score"]
    expected = pd.DataFrame(
        {
            "cities": by_area.count(),
            "average": by_area.mean(),
            "q1": by_area.quantile(0.25),
            "median": by_area.median(),
            "q3": by_area.quantile(0.75),
        }
    )
    pd.testing.assert_frame_equal(found[list(expected)], expected, check_index_type=False, check_dtype=False)


def test_over_fewer_than_five_cities_only_their_number_is_said(atlas: Connection):
    frame = queries.index_distribution(atlas, EVERYWHERE, **BOUNDS)
    few = frame["cities"] < FEWEST_CITIES
    assert few.any()
    assert frame[few][["average", "q1", "median", "q3"]].isna().all(axis=None)


def test_the_same_scores_have_quartiles_where_fewer_cities_are_enough(atlas: Connection):
    frame = queries.index_distribution(atlas, EVERYWHERE, **BOUNDS, fewest=1)
    assert frame[["average", "q1", "median", "q3"]].notna().all(axis=None)


@pytest.mark.parametrize("by", ["size", "share", "class"])
def test_classes_are_those_of_pandas(
    complete: Connection, made_up: pd.DataFrame, known_cities: pd.DataFrame, by: queries.Class
):
    residents = known_cities["population"].fillna(known_cities["settlement_population"])
    share = known_cities["foreign_born_pct"].fillna(known_cities["foreign_nationals_pct"])
    classes = pd.DataFrame(
        {
            "size_class": pd.cut(residents, [0, 200_000, np.inf], right=False, labels=False),
            "share_class": pd.cut(share, [0, 10, 15, 20, np.inf], right=False, labels=False),
            "of_nationals": known_cities["foreign_born_pct"].isna().where(share.notna()),
        }
    )
    told = {"size": ["size_class"], "share": ["share_class", "of_nationals"], "class": list(classes)}[by]
    rows = made_up[(made_up["year"] == NEWEST) & (made_up["policy_area"] == AREA)].join(classes, on="city_id")
    grouped = rows.fillna(-1).groupby(told)["score"]
    enough = grouped.count() >= FEWEST_CITIES
    expected = pd.DataFrame({"cities": grouped.count(), "median": grouped.median().where(enough).fillna(-1)})
    found = queries.index_distribution(complete, EVERYWHERE, by, **BOUNDS)
    found = found[(found["year"] == NEWEST) & (found["policy_area"] == AREA)]
    found = found.astype(dict.fromkeys(told, float)).fillna({**dict.fromkeys(told, -1), "median": -1})
    assert found.set_index(told)[["cities", "median"]].T.to_dict() == expected.T.to_dict()


def test_scores_stand_beside_the_practices_in_the_same_area(complete: Connection, made_up: pd.DataFrame):
    practices = published("practices")
    carried = practices.assign(city=practices["city_ids"].str.split("; ")).explode("city")
    in_area = carried[carried["policy_areas"].fillna("").str.split("; ").map(lambda areas: AREA in areas)]
    expected = made_up[(made_up["year"] == NEWEST) & (made_up["policy_area"] == AREA)].set_index("city_id")
    expected = expected.assign(practices=in_area.groupby("city")["practice_id"].nunique()).fillna({"practices": 0})
    found = queries.index_publishing(complete, EVERYWHERE)
    found = found[(found["year"] == NEWEST) & (found["policy_area"] == AREA)].set_index("city_id")
    assert found["practices"].to_dict() == expected["practices"].astype(int).to_dict()
    assert found["score"].to_dict() == expected["score"].to_dict()


def test_the_made_up_set_lies_in_no_edition_and_no_file_that_there_is(made_up: pd.DataFrame):
    assert not set(EDITIONS) & set(published("index_scores")["year"])
    assert set(made_up["note"]) == {"Made up for a test."}
    assert not published("index_scores")["note"].eq("Made up for a test.").any()


def test_the_made_up_set_is_added_as_the_secretariat_would(complete: Connection, made_up: pd.DataFrame, tmp_path: Path):
    found = queries.index_scores(complete, EVERYWHERE)
    assert (found["note"] == "Made up for a test.").sum() == len(made_up)
    assert made_up["city_id"].nunique() == CITIES
    assert made_up["policy_area"].nunique() == 18
