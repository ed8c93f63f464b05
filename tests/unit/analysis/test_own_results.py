"""Own Index results beside published ones: each row says which it is."""

from __future__ import annotations

import pandas as pd

from icc_data.analysis.own_results import own_areas, own_labelled, own_marked

OWN = frozenset({(2025, "education")})
SCORES = pd.DataFrame(
    [("bergen", 2025, "education"), ("bergen", 2020, "education"), ("oslo", 2025, "education")],
    columns=["city_id", "year", "policy_area"],
)


def test_each_score_says_whether_it_is_published_or_the_citys_own():
    assert own_marked(SCORES, "bergen", OWN)["result"].tolist() == [
        "the city’s own result, not published",
        "published",
        "published",
    ]


def test_without_own_results_the_scores_are_as_they_are():
    assert own_marked(SCORES, "bergen", frozenset()).equals(SCORES)


def test_a_benchmarks_table_names_own_index_results_and_nothing_else():
    table = pd.DataFrame(
        [("index", "education", 2025.0, "Education"), ("index", "education", 2020.0, "Education"),
         ("policy_area", "education", None, "Education")],
        columns=["kind", "item", "year", "label"],
    )  # fmt: skip
    assert own_labelled(table, OWN)["label"].tolist() == [
        "Education (the city’s own result, not published)",
        "Education",
        "Education",
    ]


def test_an_area_is_own_where_its_newest_score_is():
    assert own_areas({"education": 2025, "sport": 2025}, OWN) == {"education"}
    assert own_areas({"education": 2026}, OWN) == frozenset()
