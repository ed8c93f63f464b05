"""A place beside its peers: what its panels show, as worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from icc_data.analysis.benchmark import MEASURES
from icc_data.analysis.comparison import (
    Benchmark,
    beside_peers,
    listed_scores,
    measure_cells,
    measure_dots,
    portfolio_cells,
    portfolio_dots,
    portfolio_spokes,
    scores_in_order,
    scores_of,
    without_median,
)

SCORES = pd.DataFrame(
    {
        "city_id": ["own", "own", "p0", "p1"],
        "name": ["Own", "Own", "Zero", "One"],
        "year": [2020.0, 2020.0, 2020.0, 2020.0],
        "policy_area": ["overall", "education", "overall", "overall"],
        "score": [70.0, 50.0, 60.0, 80.0],
    }
)


def label(facet: str, value: str) -> str:
    return f"{facet} {value}"


def benchmark(peers: int, own: int = 8, unit: str = "city") -> Benchmark:
    """A place with practices of which six are in education, beside peers with six, three of them in education."""
    names = tuple(f"p{place}" for place in range(peers))
    counts = {"own": own, **dict.fromkeys(names, 6)}
    measures = pd.DataFrame({"unit": list(counts), **{name: list(counts.values()) for name in MEASURES}})
    areas = pd.DataFrame(
        [("own", "education", min(own, 6)), *((name, "education", 3) for name in names)],
        columns=["unit", "code", "practices"],
    )
    return beside_peers(
        unit,
        "own",
        names,
        "all",
        areas=areas,
        measures=measures.assign(newest=2010 + measures["practices"], uncoded=0),
        results=SCORES,
        codes=["education", "housing"],
        label=label,
    )


def test_a_place_and_its_peers_are_counted_and_named():
    compared = benchmark(6)
    assert (compared.practices, compared.with_practices, compared.name) == (8, 6, "city own")
    assert compared.names == {"own": "city own", **{f"p{place}": f"city p{place}" for place in range(6)}}


@pytest.mark.parametrize(
    ("peers", "own", "counts", "few"), [(6, 8, False, False), (6, 4, True, False), (4, 8, True, True)]
)
def test_small_numbers_are_counts_and_few_peers_are_shown_one_by_one(peers: int, own: int, counts: bool, few: bool):
    compared = benchmark(peers, own)
    assert (compared.counts_only, compared.few_peers) == (counts, few)


def test_a_title_says_how_the_peers_were_chosen_and_a_file_who_they_are():
    assert benchmark(2).title("Portfolio") == "Portfolio (peers: all)"
    assert benchmark(2).file_title("Portfolio") == "Portfolio (peers: all): city p0, city p1"


def test_of_many_peers_ten_are_named_and_the_others_counted():
    assert benchmark(10).peers_named()[-1] == "city p9"
    assert benchmark(12).peers_named()[-2:] == ["city p9", "2 more"]


def test_rows_are_labelled_by_policy_area_measure_and_edition():
    compared = benchmark(6)
    assert compared.portfolio["label"].tolist() == ["policy_area education", "policy_area housing"]
    assert compared.breadth["label"].tolist() == list(MEASURES.values())
    assert compared.index["label"].tolist() == ["Index 2020: policy_area education", "Index 2020: Overall"]


def test_only_cities_have_scores():
    assert benchmark(6, unit="country").index.empty


def test_dots_are_shares_with_the_percentile_rank():
    dots = portfolio_dots(benchmark(6)).set_index("code")
    assert dots["own"].tolist() == [0.75, 0]
    assert dots["median"].tolist() == [0.5, 0]
    # No peer has a practice in housing: a rank would say nothing.
    assert dots["text"].tolist() == ["100", "0 have any"]


def test_dots_of_small_numbers_are_counts_with_how_many_peers_have_one():
    dots = portfolio_dots(benchmark(6, own=2)).set_index("code")
    assert dots["own"].tolist() == [2, 0]
    assert dots["median"].tolist() == [3, 0]
    assert dots["text"].tolist() == ["6 of 6", "0 of 6"]


def test_spokes_are_shares_or_of_small_numbers_counts():
    assert portfolio_spokes(benchmark(6))["own"].tolist() == [0.75, 0]
    few = portfolio_spokes(benchmark(6, own=2))
    assert (few["own"].tolist(), few["median"].tolist()) == ([2, 0], [3, 0])


def test_a_measure_is_said_with_its_value_its_quartiles_and_its_rank():
    row = measure_dots(benchmark(6)).iloc[0]
    assert row[["measure", "label", "own_text", "median_text", "band", "known", "text"]].tolist() == [
        "Practices",
        "Practices: 8",
        "8",
        "6",
        "6–6",
        "6",
        "100",
    ]


def test_without_a_rank_nothing_is_said_of_it():
    assert measure_dots(benchmark(6, own=2))["text"].tolist() == [""] * len(MEASURES)


def test_where_few_peers_have_any_of_a_measure_how_many_do_stands_for_the_rank():
    compared = benchmark(6)
    few = compared.breadth.assign(percentile=float("nan"), peers_with=[4, 5, *[6] * (len(MEASURES) - 2)])
    assert measure_dots(replace(compared, breadth=few))["text"].tolist()[:3] == ["4 have any", "", ""]


def test_few_peers_have_a_cell_each_for_every_policy_area():
    cells = portfolio_cells(benchmark(1))
    assert cells[["label", "place", "value"]].to_numpy().tolist() == [
        ["policy_area education", "city own", 6],
        ["policy_area education", "city p0", 3],
        ["policy_area housing", "city own", 0],
        ["policy_area housing", "city p0", 0],
    ]


def test_few_peers_have_a_cell_each_for_every_measure():
    cells = measure_cells(benchmark(1))
    assert cells["label"].tolist() == [name for name in MEASURES.values() for _place in range(2)]
    assert cells["place"].tolist() == ["city own", "city p0"] * len(MEASURES)
    assert cells["text"].tolist()[:2] == ["8", "6"]


INDEX = pd.DataFrame(
    {
        "policy_area": ["overall", "education", "housing", "sport"],
        "n": [0, 0, 0, 6],
        "median": [np.nan, np.nan, np.nan, 60.0],
    }
)


def test_scores_that_no_peer_has_are_listed_up_to_a_number_and_then_counted_but_for_the_overall_one():
    listed, counted = listed_scores(INDEX, 2)
    assert (len(listed), counted) == (4, 0)
    listed, counted = listed_scores(INDEX, 1)
    assert (listed["policy_area"].tolist(), counted) == (["overall", "sport"], 2)


def test_a_median_is_missed_only_where_peers_have_a_score():
    assert not without_median(INDEX)
    assert without_median(INDEX.assign(n=[0, 3, 0, 6]))


def test_scores_of_cities_are_in_the_order_of_names_where_asked_for():
    assert scores_of(SCORES, ["p0", "p1"])["name"].tolist() == ["Zero", "One"]
    assert scores_in_order(SCORES, ["p0", "p1"])["name"].tolist() == ["One", "Zero"]
