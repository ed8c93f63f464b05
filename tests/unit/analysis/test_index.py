"""What follows from Index scores: editions to compare in, ranks, a way through editions, scores beside practices."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest
from scipy import stats

from icc_data import queries
from icc_data.analysis import index
from icc_data.queries.selection import Selection
from tests.helpers.made_up_index import CITIES, EDITIONS, WITH_WORK, published

Connection = duckdb.DuckDBPyConnection
NEWEST = EDITIONS[-1]
EVERYWHERE = Selection()
BOUNDS = {"sizes": index.SIZES, "shares": index.SHARES}


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
