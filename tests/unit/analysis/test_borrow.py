"""Practices to borrow: the score by hand and with pandas, never one that the city has, each with its reason."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.analysis.borrow import COLUMNS, WEIGHTS, by_practice, gap, reason, recency, recommendations
from icc_data.analysis.peer_sets import PeerSet, members
from icc_data.analysis.peers import features
from tests.helpers import naive
from tests.helpers.examples import examples

AS_OF = 2026


def practice(name: str, area: str, *cities: str, last: int | None = AS_OF, complete: float = 1.0) -> dict[str, Any]:
    return {
        "practice_id": name,
        "policy_area": area,
        "title": name.title(),
        "city_ids": sorted(cities),
        "names_of_cities": [city.title() for city in sorted(cities)],
        "city_names": "; ".join(city.title() for city in cities),
        "last_active_year": last,
        "ongoing": None,
        "completeness": complete,
    }


def table_of(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(practice("x", "y")))


def peers_of(**distances: float) -> pd.DataFrame:
    return pd.DataFrame({"distance": distances}).rename_axis("city_id")


def names(found: pd.DataFrame) -> list[str]:
    return found["practice_id"].tolist()


def test_the_weights_make_a_mean():
    assert sum(WEIGHTS.values()) == pytest.approx(1)
    assert min(WEIGHTS.values()) > 0


def test_of_a_shared_practice_the_similar_city_is_named_first_and_not_the_one_that_leads_it():
    shared = table_of(practice("club", "education", "zagreb", "turin", "cork"))
    (row,) = recommendations(shared, "own", peers_of(turin=0.2, zagreb=0.4), as_of=AS_OF).to_dict("records")
    assert (row["peer"], row["city_names"]) == ("turin", "Turin; Zagreb; Cork")
    assert "Turin is 80% like you" in reason(row, "Education", "Turin")


def test_the_lender_of_every_shared_practice_is_named_first(atlas: duckdb.DuckDBPyConnection):
    table, practices = features(queries.city_features(atlas)), queries.borrowable(atlas)
    published = practices.set_index("practice_id")["city_names"].to_dict()
    names_of = naive.table("cities").set_index("city_id")["name"]
    moved = 0
    for one in naive.busy_cities(5):
        found = recommendations(practices, one, members(PeerSet(k=40), table, one), as_of=AS_OF)
        for row in found.to_dict("records"):
            assert row["city_names"].split("; ")[0] == names_of[row["peer"]]
            assert sorted(row["city_names"].split("; ")) == sorted(published[row["practice_id"]].split("; "))
            moved += row["city_names"] != published[row["practice_id"]]
    assert moved


@pytest.mark.parametrize(
    ("practices", "score", "expected"),
    [(1, None, 1 / 2), (3, None, 1 / 4), (3, 80, 0.2), (0, 100, 0), (9, 0, 1)],
)
def test_a_gap_is_what_misses_to_100_or_without_a_score_falls_with_each_practice(
    practices: int, score: float | None, expected: float
):
    assert gap(practices, score) == pytest.approx(expected)


def test_without_a_score_and_a_practice_a_gap_is_not_known():
    assert gap(0, None) is None


def test_a_gap_that_is_not_known_counts_as_half_so_that_a_known_larger_one_comes_first():
    practices = table_of(practice("a", "education", "peer"), practice("b", "housing", "peer"))
    found = recommendations(practices, "me", peers_of(peer=0.0), as_of=AS_OF, scores={"housing": 40})
    assert names(found) == ["b", "a"]
    # Housing: 0.35 × 0.6 + 0.65; education: 0.35 × 0.5 + 0.65.
    assert found["score"].tolist() == pytest.approx([0.86, 0.825])


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2026, 1), (2030, 1), (2025, 14 / 15), (2012, 1 / 15), (2011, 0), (1990, 0), (None, 0), (float("nan"), 0)],
)
def test_recency_fades_evenly_over_15_years(year: float | None, expected: float):
    assert recency(year, AS_OF) == pytest.approx(expected)


def test_a_score_is_as_worked_out_by_hand():
    practices = table_of(
        practice("lent", "education", "peer", last=2023, complete=0.6), practice("own", "education", "me")
    )
    row = recommendations(practices, "me", peers_of(peer=0.25), as_of=AS_OF).iloc[0]
    assert row[["gap", "similarity", "recency", "completeness"]].tolist() == pytest.approx([1 / 2, 0.75, 0.8, 0.6])
    assert row["score"] == pytest.approx(0.35 / 2 + 0.35 * 0.75 + 0.15 * 0.8 + 0.15 * 0.6)
    assert (row["peer"], row["distance"], row["own_practices"]) == ("peer", 0.25, 1)


def test_an_own_score_comes_before_the_number_of_practices():
    practices = table_of(practice("a", "education", "peer"), practice("b", "housing", "peer"))
    found = recommendations(practices, "me", peers_of(peer=0.1), as_of=AS_OF, scores={"education": 90})
    assert found.set_index("policy_area")["gap"].to_dict() == pytest.approx({"housing": 0.5, "education": 0.1})
    assert names(found) == ["b", "a"]


def test_the_nearest_of_several_lenders_counts():
    practices = table_of(practice("a", "education", "far", "near", "stranger"))
    row = recommendations(practices, "me", peers_of(far=0.8, near=0.2), as_of=AS_OF).iloc[0]
    assert (row["peer"], row["similarity"]) == ("near", 0.8)


def test_a_practice_that_the_city_shares_is_never_recommended():
    practices = table_of(practice("shared", "education", "peer", "me"), practice("other", "education", "peer"))
    assert names(recommendations(practices, "me", peers_of(peer=0.1), as_of=AS_OF)) == ["other"]


def test_a_practice_that_the_city_is_said_to_have_is_never_recommended_and_counts_for_its_gap():
    practices = table_of(practice("known", "education", "peer"), practice("other", "education", "peer"))
    found = recommendations(practices, "me", peers_of(peer=0.1), as_of=AS_OF, owned=["known"])
    assert names(found) == ["other"]
    assert found["gap"].tolist() == [0.5]


def test_practices_of_strangers_and_of_nobody_are_not_recommended():
    practices = table_of(practice("a", "education", "stranger"), practice("b", "education"))
    practices.loc[len(practices)] = practice("c", "education") | {"city_ids": None}
    assert recommendations(practices, "me", peers_of(peer=0.1), as_of=AS_OF).empty


def test_a_peer_whose_distance_is_not_known_lends_nothing():
    practices = table_of(practice("a", "education", "peer"), practice("b", "education", "near"))
    assert names(recommendations(practices, "me", peers_of(peer=np.nan, near=0.5), as_of=AS_OF)) == ["b"]


def test_the_city_does_not_lend_to_itself_even_among_its_peers():
    practices = table_of(practice("a", "education", "me"), practice("b", "education", "peer"))
    assert names(recommendations(practices, "me", peers_of(me=0.0, peer=0.5), as_of=AS_OF)) == ["b"]


def test_only_the_areas_wanted_are_answered():
    practices = table_of(practice("a", "education", "peer"), practice("a", "housing", "peer"))
    found = recommendations(practices, "me", peers_of(peer=0.1), as_of=AS_OF, areas=["housing"])
    assert found["policy_area"].tolist() == ["housing"]


def test_equal_scores_go_by_title():
    practices = table_of(*(practice(name, "education", "peer") for name in ("c", "a", "b")))
    assert names(recommendations(practices, "me", peers_of(peer=0.1), as_of=AS_OF)) == ["a", "b", "c"]


def test_a_practice_in_several_areas_is_one_line_with_all_of_them_the_neediest_first():
    practices = table_of(
        practice("a", "education", "peer"), practice("a", "housing", "peer"), practice("b", "education", "peer")
    )
    scores = {"education": 90.0, "housing": 10.0}
    every = recommendations(practices, "me", peers_of(peer=0.1), as_of=AS_OF, scores=scores)
    found = by_practice(every)
    assert names(every) == ["a", "a", "b"]
    assert names(found) == ["a", "b"]
    assert found["policy_area"].tolist() == ["housing", "education"]
    assert found["policy_areas"].tolist() == [["housing", "education"], ["education"]]


def test_no_practice_of_real_cities_stands_in_two_lines(atlas: duckdb.DuckDBPyConnection):
    practices, table = queries.borrowable(atlas), features(queries.city_features(atlas))
    for one in naive.busy_cities(8):
        every = recommendations(practices, one, members(PeerSet(), table, one), as_of=naive.as_of())
        found = by_practice(every)
        assert set(found["practice_id"]) == set(every["practice_id"])
        assert found["practice_id"].is_unique
        assert found["policy_areas"].map(len).sum() == len(every)
        best = every.groupby("practice_id")["score"].max()
        assert found["score"].tolist() == best[found["practice_id"]].tolist()


@pytest.mark.parametrize("practices", [table_of(), table_of(practice("own", "education", "me"))])
def test_nothing_to_recommend_is_an_empty_answer_with_all_columns(practices: pd.DataFrame):
    found = recommendations(practices, "me", peers_of(peer=0.1), as_of=AS_OF)
    assert found.empty
    assert set(COLUMNS) <= set(found.columns)
    assert by_practice(found).empty


cities = st.lists(st.sampled_from(["me", "p", "q", "r"]), unique=True, max_size=3)
rows = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.sampled_from(["education", "housing"]),
        st.none() | st.integers(1990, 2030),
        st.sampled_from([0.0, 0.2, 1.0]),
    ),
    unique_by=lambda row: row[:2],
    max_size=8,
)


@examples(60)
@given(rows, st.fixed_dictionaries(dict.fromkeys("abcdef", cities)), st.sets(st.sampled_from("abcdef")), st.randoms())
def test_recommendations_never_name_the_city_or_what_it_has_and_no_order_of_rows_changes_them(
    drawn: list[Any], carriers: dict[str, list[str]], owned: set[str], random: Any
):
    practices = table_of(
        *(practice(name, area, *carriers[name], last=last, complete=full) for name, area, last, full in drawn)
    )
    peers = peers_of(me=0.0, p=0.1, q=0.1, r=np.nan)
    found = recommendations(practices, "me", peers, as_of=AS_OF, owned=owned)
    assert "me" not in set(found["peer"])
    assert not set(found["practice_id"]) & (owned | {name for name in "abcdef" if "me" in carriers[name]})
    assert all("me" not in ids for ids in found["city_ids"])
    assert found["score"].is_monotonic_decreasing
    assert found["score"].between(0, 1).all()
    order = list(range(len(practices)))
    random.shuffle(order)
    mixed = recommendations(practices.iloc[order], "me", peers, as_of=AS_OF, owned=owned)
    key = ["practice_id", "policy_area", "peer", "score"]
    assert found[key].values.tolist() == mixed[key].values.tolist()


def test_recommendations_of_real_cities_are_those_worked_out_with_pandas(atlas: duckdb.DuckDBPyConnection):
    practices, table = queries.borrowable(atlas), features(queries.city_features(atlas))
    complete = practices.drop_duplicates("practice_id").set_index("practice_id")["completeness"]
    for one in naive.busy_cities(20):
        peers = members(PeerSet(k=8), table, one)
        scores = queries.area_scores(atlas, one)
        found = recommendations(practices, one, peers, as_of=naive.as_of(), scores=scores)
        mine = naive.by_area(naive.of_city(one))
        expected = {}
        for row in naive.practices().to_dict("records"):
            lenders = sorted((peers.loc[city, "distance"], city) for city in row["city_ids"] if city in peers.index)
            if one in row["city_ids"] or not lenders:
                continue
            fresh = 0 if np.isnan(row["last_active"]) else np.clip(1 - (naive.as_of() - row["last_active"]) / 15, 0, 1)
            for area in row["policy_areas"]:
                gap = (100 - scores[area]) / 100 if area in scores else 1 / (1 + mine[area]) if mine[area] else 0.5
                full = complete[row["practice_id"]]
                score = 0.35 * gap + 0.35 * (1 - lenders[0][0]) + 0.15 * fresh + 0.15 * full
                expected[row["practice_id"], area] = (lenders[0][1], pytest.approx(score))
        told = zip(found["practice_id"], found["policy_area"], found["peer"], found["score"], strict=True)
        assert {(name, area): (peer, score) for name, area, peer, score in told} == expected, one


def row_of(**cells: Any) -> dict[str, Any]:
    return {
        "last_active_year": 2023,
        "ongoing": False,
        "similarity": 0.75,
        "completeness": 0.6,
        "score": 0.62,
        "own_practices": 1,
        "own_score": None,
        **cells,
    }


def test_a_reason_says_every_part_in_plain_words():
    assert reason(row_of(), "Education", "Cork") == (
        "Education: you have 1 practice there and no known score; Cork is 75% like you; last known active in 2023; "
        "60% of its description known. Score 62 of 100."
    )


def test_a_reason_does_not_call_known_what_is_said():
    said = reason(row_of(last_active_year=2026, ongoing=True), "Education", "Cork")
    assert "like you; it is said to go on; 60%" in said


def test_a_reason_names_further_areas():
    said = reason(row_of(), "Education", "Cork", ["Housing", "Sport"])
    assert said.startswith("Education (also Housing and Sport): you have 1 practice there")


def test_a_reason_does_not_call_a_count_of_practices_a_measured_gap():
    assert "to gain" not in reason(row_of(own_practices=1, own_score=np.nan), "Education", "Cork")


def test_a_reason_says_where_nothing_is_known_of_the_gap():
    words = reason(row_of(own_practices=0, own_score=np.nan), "Education", "Cork")
    assert words.startswith("Education: how much you have to gain there is not known; Cork is")


def test_a_reason_with_a_score_says_how_much_there_is_to_gain():
    assert reason(row_of(own_score=64.0), "Education", "Cork").startswith("Education: 36 points of 100 to gain;")


@pytest.mark.parametrize("year", [None, np.nan])
def test_a_practice_without_a_year_says_so(year: Any):
    assert "no year is known" in reason(row_of(last_active_year=year), "Education", "Cork")


def test_what_a_city_and_its_peers_have_a_part_in_is_all_that_a_recommendation_needs(
    atlas: duckdb.DuckDBPyConnection,
):
    practices, table = queries.borrowable(atlas), features(queries.city_features(atlas))
    for one in naive.busy_cities(8):
        peers = members(PeerSet(), table, one)
        theirs = queries.borrowable(atlas, (one, *peers.index))
        found, expected = (recommendations(rows, one, peers, as_of=naive.as_of()) for rows in (theirs, practices))
        pd.testing.assert_frame_equal(found, expected)


def test_every_real_recommendation_has_a_reason_without_gaps(atlas: duckdb.DuckDBPyConnection):
    practices, table = queries.borrowable(atlas), features(queries.city_features(atlas))
    for one in naive.busy_cities(8):
        found = recommendations(practices, one, members(PeerSet(), table, one), as_of=naive.as_of())
        words = [reason(row, "Area", "Peer") for row in found.to_dict("records")]
        assert len(words) == len(found)
        assert not [text for text in words if "nan" in text.lower() or "None" in text]
