"""The Index as pandas and SciPy count it: what is published, and what a made-up complete set says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from icc_data import queries
from icc_data.analysis import index
from icc_data.analysis.rank_correlation import rank_correlation
from icc_data.paths import DATA_DIRECTORY, ROOT
from icc_data.queries.index_queries import FEWEST_CITIES
from icc_data.queries.selection import Selection
from icc_data.store.database import open_database
from tests.unit.made_up_index import CITIES, EDITIONS, WITH_WORK, complete_atlas, complete_set

Connection = duckdb.DuckDBPyConnection
FIRST, _SECOND, NEWEST = EDITIONS
EVERYWHERE = Selection()
BOUNDS = {"sizes": index.SIZES, "shares": index.SHARES}
AREA = "education"
METHOD = ROOT / "docs" / "method.md"


@pytest.fixture(scope="module")
def complete(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """The project's data with a made-up complete set."""
    with open_database(complete_atlas(tmp_path_factory.mktemp("complete"))) as connection:
        yield connection


@pytest.fixture(scope="module")
def made_up() -> pd.DataFrame:
    return complete_set()


@pytest.fixture(scope="module")
def known_cities() -> pd.DataFrame:
    return pd.read_csv(DATA_DIRECTORY / "cities.csv").set_index("city_id")


def published(table: str) -> pd.DataFrame:
    return pd.read_csv(DATA_DIRECTORY / f"{table}.csv")


# What is published


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
    assert editions.fillna(-1).values.tolist() == [[2017, 1, 1, 0, -1], [2019, 0, 0, 1, -1], [2020, 2, 2, 1, 90]]


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


# Averages, quartiles and classes


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


def test_only_editions_with_a_median_can_be_compared_in(complete: Connection, atlas: Connection):
    everything = queries.index_distribution(complete, EVERYWHERE, **BOUNDS)
    assert index.comparable_editions(everything) == sorted(EDITIONS, reverse=True)
    few = queries.index_distribution(atlas, EVERYWHERE, **BOUNDS, fewest=1000)
    assert index.comparable_editions(few) == []


def distribution(**medians: float) -> pd.DataFrame:
    rows = [
        {"year": 2031, "policy_area": area, "median": median, "average": median, "cities": 9}
        for area, median in medians.items()
    ]
    return pd.DataFrame(rows)


def test_the_strongest_and_weakest_areas_are_those_with_the_highest_and_lowest_median():
    areas = index.of_areas(distribution(overall=99, a=50, b=70, c=60, d=float("nan"), e=40), 2031)
    assert list(areas["policy_area"]) == ["b", "c", "a", "e"]
    strong, weak = index.extremes(areas, 1)
    assert (list(strong["policy_area"]), list(weak["policy_area"])) == (["b"], ["e"])


def test_no_area_is_strong_and_weak_at_once():
    strong, weak = index.extremes(index.of_areas(distribution(a=50, b=70, c=60), 2031))
    assert (list(strong["policy_area"]), list(weak["policy_area"])) == (["b"], ["a"])


def test_classes_are_called_by_their_bounds():
    assert [index.size_label(place) for place in range(2)] == ["below 200,000", "200,000 and more"]
    assert [index.share_label(place, of_nationals=False) for place in range(4)] == [
        "below 10% born abroad",
        "10% to 15% born abroad",
        "15% to 20% born abroad",
        "20% and more born abroad",
    ]
    assert index.share_label(0, of_nationals=True) == "below 10% foreign nationals"


# A city


def test_a_citys_rank_is_among_those_with_a_score_of_the_same_edition_and_area(
    complete: Connection, made_up: pd.DataFrame
):
    city = made_up["city_id"].iloc[0]
    found = index.standing(queries.index_scores(complete, EVERYWHERE), NEWEST, city).set_index("policy_area")
    own = made_up[(made_up["city_id"] == city) & (made_up["year"] == NEWEST)].set_index("policy_area")
    assert found["own"].to_dict() == own["score"].to_dict()
    assert found["place"].to_dict() == own["rank"].to_dict()
    assert set(found["n"]) == {CITIES}


def test_a_city_without_a_score_of_the_edition_has_no_rank(atlas: Connection):
    assert index.standing(queries.index_scores(atlas, EVERYWHERE), 1999, "oslo").empty


def history(*rows: tuple[int | None, str, float | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["year", "policy_area", "score"])


def test_a_citys_way_is_over_the_areas_scored_in_all_its_editions():
    way = index.path(
        history(
            (2034, "education", 70),
            (2031, "education", 60),
            (2031, "mediation", 50),
            (2034, "mediation", 40),
            (2034, "participation", 90),
            (2031, "overall", 10),
            (2037, "overall", 20),
            (None, "education", 99),
        )
    )
    assert way is not None
    assert (way.editions, way.areas) == ((2031, 2034), ("education", "mediation"))
    assert way.averages == (55, 55)
    assert way.left_out == ("participation",)
    assert way.scores["score"].tolist() == [60, 70, 50, 40]


@pytest.mark.parametrize(
    "rows",
    [
        [(2031, "education", 60), (2031, "mediation", 50)],
        [(2031, "education", 60), (2034, "mediation", 50)],
        [(2031, "overall", 60), (2034, "overall", 50)],
        [(2031, "education", 60), (2034, "education", None)],
        [],
    ],
)
def test_without_two_editions_with_an_area_in_common_there_is_no_way(rows: list[tuple[int, str, float | None]]):
    assert index.path(history(*rows)) is None


def test_equal_scores_stand_on_top_of_each_other():
    found = index.piles(pd.Series([70.0, 55.4, 70.0, 54.6], index=[4, 5, 6, 7]))
    assert found["bin"].to_dict() == {4: 70, 5: 55, 6: 70, 7: 55}
    assert found["place"].to_dict() == {4: 1, 5: 1, 6: 2, 7: 2}


# Scores and practices


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


def test_correlations_with_practices_are_scipys_the_highest_first(complete: Connection):
    pairs = queries.index_publishing(complete, EVERYWHERE)
    found = index.publishing(pairs, NEWEST)
    newest = pairs[pairs["year"] == NEWEST]
    expected = {
        area: stats.spearmanr(rows["score"], rows["practices"]).statistic
        for area, rows in newest.groupby("policy_area")
    }
    assert dict(zip(found["policy_area"], found["rho"], strict=True)) == pytest.approx(expected)
    assert found["rho"].is_monotonic_decreasing
    assert set(found["n"]) == {CITIES}


def test_where_high_scores_were_made_to_go_with_practices_the_interval_says_so(complete: Connection):
    found = index.publishing(queries.index_publishing(complete, EVERYWHERE), NEWEST).set_index("policy_area")
    worked = published("terms").query("vocabulary == 'policy_area'").sort_values("position")["code"].head(WITH_WORK)
    assert (found.loc[worked, "low"] > 0).all()


def test_over_the_few_published_scores_no_correlation_is_said(atlas: Connection):
    pairs = queries.index_publishing(atlas, EVERYWHERE)
    found = index.publishing(pairs, 2020)
    assert len(found)
    assert found[found["n"] < 10][["rho", "low", "high"]].isna().all(axis=None)


# The examples of docs/method.md


def method_text() -> str:
    return " ".join(METHOD.read_text(encoding="utf-8").split())


def numbers(text: str) -> list[float]:
    return [float(word) for word in re.findall(r"-?\d+(?:\.\d+)?", text)]


def test_the_method_states_published_scores():
    said = re.search(r"overall scores of 2020 are (.*?): four", method_text())
    assert said is not None
    scores = published("index_scores").query("year == 2020 and policy_area == 'overall'").set_index("city_id")["score"]
    named = re.findall(r"(\d+) \((\w+)\)", said[1])
    assert len(named) == 4
    assert [scores[city.lower()] for _score, city in named] == [float(score) for score, _city in named]


def test_the_method_works_out_an_average_and_quartiles():
    said = re.search(r"Of the scores (.*?) the average is (.*?), the first", method_text())
    rest = re.search(r"first quartile (\d+), the median (\d+) and the third quartile (\d+)", method_text())
    assert said is not None
    assert rest is not None
    scores = numbers(said[1])
    assert np.mean(scores) == pytest.approx(float(said[2]))
    assert np.percentile(scores, [25, 50, 75]).tolist() == [float(value) for value in rest.groups()]


def test_the_method_works_out_a_correlation():
    said = re.search(
        r"With the scores (.*?) and ([\d, ]+) practices, \*r\* is (\S+), from (\S+) to (\S+),", method_text()
    )
    assert said is not None
    scores, practices = numbers(said[1]), numbers(said[2])
    assert stats.spearmanr(scores, practices).statistic == pytest.approx(float(said[3]), abs=0.005)
    found = rank_correlation(scores, practices)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((float(said[4]), float(said[5])), abs=0.005)


def test_the_made_up_set_lies_in_no_edition_and_no_file_that_there_is(made_up: pd.DataFrame):
    assert not set(EDITIONS) & set(published("index_scores")["year"])
    assert set(made_up["note"]) == {"Made up for a test."}
    assert not published("index_scores")["note"].eq("Made up for a test.").any()


def test_the_made_up_set_is_added_as_the_secretariat_would(complete: Connection, made_up: pd.DataFrame, tmp_path: Path):
    found = queries.index_scores(complete, EVERYWHERE)
    assert (found["note"] == "Made up for a test.").sum() == len(made_up)
    assert made_up["city_id"].nunique() == CITIES
    assert made_up["policy_area"].nunique() == 18
