"""The Index results of a city beside those of its peers: ranks and medians as SciPy and NumPy have them."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from icc_data import queries
from icc_data.analysis.benchmark import FEWEST_PEERS, index_comparison
from icc_data.analysis.benchmark_table import edition, index_words
from tests.helpers import naive

NAN = float("nan")
RESULTS = pd.DataFrame(
    [
        ("own", 2020, "overall", 70.0),
        ("own", 2017, "overall", 60.0),
        ("own", None, "overall", 50.0),
        ("own", 2020, "education", 80.0),
        ("a", 2020, "overall", 80.0),
        ("b", 2020, "overall", 70.0),
        ("c", 2020, "overall", 10.0),
        ("c", 2017, "education", 90.0),
        ("d", None, "overall", 40.0),
        ("stranger", 2020, "overall", 99.0),
    ],
    columns=["city_id", "year", "policy_area", "score"],
)
PEERS = ["own", "a", "b", "c", "d"]


def test_scores_are_ranked_among_the_peers_of_the_same_edition_and_area():
    more = pd.DataFrame([("e", 2020, "overall", 75.0), ("f", 2020, "overall", 60.0)], columns=RESULTS.columns)
    found = index_comparison(pd.concat([RESULTS, more]), "own", [*PEERS, "e", "f"])
    row = found[(found["year"] == 2020) & (found["policy_area"] == "overall")].iloc[0]
    assert row[["score", "n", "median", "rank", "of"]].tolist() == [70, 5, 70, 3, 6]


def test_scores_of_fewer_than_five_peers_are_listed_without_median_and_rank():
    row = index_comparison(RESULTS, "own", PEERS).set_index(["year", "policy_area"]).loc[(2020, "overall")]
    assert row["n"] == 3
    assert row["peer_scores"] == (80, 70, 10)
    assert row[["median", "rank", "of"]].isna().all()


def sentence_on(n: int, year: float = 2020) -> str:
    scores = tuple(70.5 + place for place in range(n))
    few = n < FEWEST_PEERS
    middle = NAN if few else float(np.median(scores))
    frame = pd.DataFrame(
        {
            "year": [year],
            "score": [60.0],
            "n": [n],
            "peer_scores": [scores],
            "median": [middle],
            "rank": [NAN if few else n + 1],
            "of": [NAN if few else n + 1],
        }
    )
    return index_words(next(frame.itertuples()))


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (0, "no peer has a published score in this edition and area"),
        (1, "1 peer: 70.5 (2020)"),
        (4, "4 peers: 70.5, 71.5, 72.5, 73.5 (2020)"),
        (5, "rank 6 of 6 with the peers of this edition, whose median is 72.5"),
    ],
)
def test_few_scores_are_listed_and_many_are_ranked(n: int, expected: str):
    assert sentence_on(n) == expected


@pytest.mark.parametrize(
    ("year", "words"), [(2020.0, "2020"), (NAN, "edition not stated"), (None, "edition not stated")]
)
def test_an_edition_is_a_year_or_said_not_to_be_stated(year: float | None, words: str):
    assert edition(year) == words


def test_editions_are_never_mixed():
    found = index_comparison(RESULTS, "own", PEERS).set_index(["year", "policy_area"])
    assert found.loc[(2017, "overall"), "n"] == 0
    assert found.loc[(2020, "education"), "n"] == 0
    assert found.loc[(2017, "overall"), ["median", "rank", "of"]].isna().all()


def test_a_score_without_an_edition_is_compared_with_nobody():
    found = index_comparison(RESULTS, "own", PEERS)
    assert found[found["year"].isna()]["n"].tolist() == [0]


def test_the_newest_edition_comes_first_and_one_not_stated_last():
    found = index_comparison(RESULTS, "own", PEERS)
    assert found["year"].fillna(0).tolist() == [2020, 2020, 2017, 0]
    assert found["policy_area"].tolist() == ["education", "overall", "overall", "overall"]


def test_a_city_without_scores_has_an_empty_comparison_with_all_columns():
    found = index_comparison(RESULTS, "nobody", PEERS)
    assert list(found.columns) == ["year", "policy_area", "score", "n", "peer_scores", "median", "rank", "of"]
    assert found.empty


def test_scores_of_real_cities_are_beside_those_of_the_same_edition(atlas: duckdb.DuckDBPyConnection):
    results = queries.index_results(atlas)
    published = naive.table("index_scores")
    published = published[(published["score"] != "")].assign(score=lambda frame: frame["score"].astype(float))
    for one in sorted(set(published["city_id"])):
        for row in index_comparison(results, one, list(naive.features())).to_dict("records"):
            same = published[(published["policy_area"] == row["policy_area"]) & (published["city_id"] != one)]
            same = same[same["year"] == ("" if pd.isna(row["year"]) else str(int(row["year"])))]
            scores = [] if pd.isna(row["year"]) else same["score"].tolist()
            assert row["n"] == len(scores)
            assert row["peer_scores"] == tuple(sorted(scores, reverse=True))
            assert pd.notna(row["rank"]) == pd.notna(row["median"]) == (len(scores) >= FEWEST_PEERS)


SCORES = st.integers(0, 100).map(float)


@given(SCORES, st.lists(SCORES, min_size=FEWEST_PEERS, max_size=20))
def test_ranks_are_those_of_scipy_and_medians_those_of_numpy(own: float, others: list[float]):
    peers = {f"p{place}": score for place, score in enumerate(others)}
    rows = [(name, 2020, "overall", score) for name, score in {"own": own, **peers}.items()]
    row = index_comparison(pd.DataFrame(rows, columns=RESULTS.columns), "own", list(peers)).iloc[0]
    assert row["rank"] == stats.rankdata([-own, *(-score for score in others)], method="min")[0]
    assert (row["median"], row["of"]) == (np.median(others), len(others) + 1)
