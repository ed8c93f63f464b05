"""A benchmark as one table, as people read it, and the rows that it can be computed from again."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest

from icc_data import queries
from icc_data.analysis.benchmark import GOOD_ENDS, MEASURES, breadth, portfolio
from icc_data.analysis.benchmark_table import (
    COLUMNS,
    COUNTS,
    area_cells,
    area_words,
    as_read,
    breadth_words,
    headings,
    measure_cells,
    measure_words,
    rows_behind,
    shown_columns,
    table,
)
from icc_data.i18n import NOT_STATED
from icc_data.queries.selection import Selection

MEASURED = pd.DataFrame({"unit": ["a", "b", "c"], "practices": [4, 2, 0], "areas": [2, 1, 0]})
AREAS = pd.DataFrame(
    [("b", "sport", 2), ("a", "education", 3), ("a", "sport", 1), ("z", "housing", 9)],
    columns=["unit", "code", "practices"],
)
PORTFOLIO = pd.DataFrame(
    {
        "code": ["education", "sport"],
        "label": ["Education", "Sport"],
        "practices": [3, 0],
        "share": [0.75, np.nan],
        "q1": [0.1, np.nan],
        "median": [0.25, np.nan],
        "q3": [0.5, np.nan],
        "count_q1": [1.0, np.nan],
        "count_median": [1.5, np.nan],
        "count_q3": [2.0, np.nan],
        "percentile": [87.6, np.nan],
        "n": [6, 6],
        "peers_with": [4, 0],
        "peers": [10, 10],
    }
)
BREADTH = pd.DataFrame(
    {
        "measure": ["practices", "newest"],
        "label": ["Practices", "Newest practice"],
        "own": [1234.0, 2019.0],
        "q1": [2.0, 2015.0],
        "median": [2.5, 2016.0],
        "q3": [3.0, np.nan],
        "percentile": [50.0, 100.0],
        "n": [7, 5],
        "peers_with": [7, 5],
        "peers": [10, 10],
    }
)
INDEX = pd.DataFrame(
    {
        "policy_area": ["overall", "education"],
        "label": ["Overall", "Education"],
        "year": [2020.0, np.nan],
        "score": [70.0, 64.5],
        "n": [5, 0],
        "median": [68.0, np.nan],
        "rank": [2, np.nan],
        "of": [6, np.nan],
    }
)
NO_INDEX = INDEX.head(0)


def shown() -> pd.DataFrame:
    """What stands in each cell of the whole table."""
    return pd.DataFrame(as_read(table(PORTFOLIO, BREADTH, INDEX), COLUMNS)[1])


def test_rows_are_sorted_by_numbers_and_not_by_how_they_are_written():
    cells, _told = as_read(table(PORTFOLIO, BREADTH, INDEX), ["own"])
    # Of the second area, where nothing is said of the peers' shares, practices stand in place of one's own.
    assert cells["own"].tolist() == [0.75, 0, 1234, 2019, 70, 64.5]


def test_where_a_place_stands_is_said_in_words_with_a_rank_or_with_counts():
    assert table(PORTFOLIO, BREADTH, INDEX)["words"].tolist() == [
        "75% of its practices, percentile rank 88",
        "0 practices; 0 of 10 peers have any",
        "1,234, percentile rank 50",
        "2019, percentile rank 100",
        "70, rank 2 of 6",
        "64.5",
    ]


def test_two_practices_in_an_area_where_two_peers_have_any_are_counts_and_not_a_rank():
    row = PORTFOLIO.assign(practices=2, share=0.12, percentile=np.nan, peers_with=2).head(1)
    assert area_words(next(row.itertuples())) == "2 practices; 2 of 10 peers have any"


def test_a_measure_without_a_rank_is_said_beside_the_median_of_the_peers_or_alone():
    unranked = BREADTH.assign(percentile=np.nan)
    assert [breadth_words(row) for row in unranked.itertuples()] == [
        "1,234; the peers’ median is 2.5",
        "2019; the peers’ median is 2016",
    ]
    alone = unranked.assign(median=np.nan, peers_with=0, peers=0)
    assert [breadth_words(row) for row in alone.itertuples()] == ["1,234", "2019"]


def test_a_measure_of_which_few_peers_have_any_is_said_with_how_many_do():
    few = BREADTH.head(1).assign(own=[2.0], median=[0.0], percentile=[np.nan], peers_with=[2])
    assert [breadth_words(row) for row in few.itertuples()] == ["2; 2 of 10 peers have any"]
    one = few.assign(peers_with=0, peers=1)
    assert [breadth_words(row) for row in one.itertuples()] == ["2; 0 of 1 peer has any"]


def test_practices_stand_in_place_of_their_share_where_the_numbers_allow_counts_only():
    small = PORTFOLIO.head(1).assign(q1=np.nan, median=np.nan, q3=np.nan, percentile=np.nan)
    frame = table(small, BREADTH, NO_INDEX)
    cells, told = as_read(frame, ["own", "words"])
    assert told[0] == {"own": "3", "words": "3 practices; 4 of 10 peers have any"}
    assert cells["own"].tolist()[0] == 3
    assert frame["own"].tolist()[0] == 0.75


def test_which_end_is_good_is_said_of_each_row():
    assert table(PORTFOLIO, BREADTH, INDEX)["good_end"].tolist() == [
        *["no good end: a share that is higher here is lower elsewhere"] * 2,
        "more is better",
        "later is better",
        *["higher is better"] * 2,
    ]
    assert set(MEASURES) < set(GOOD_ENDS)


def test_on_the_screen_the_good_end_of_a_measure_stands_beside_its_name_and_needs_no_column():
    frame = table(PORTFOLIO, BREADTH, INDEX)
    labels = [row["label"] for row in as_read(frame, ["label"])[1]]
    assert labels[1:4] == ["Sport", "Practices · more is better", "Newest practice · later is better"]
    assert "good_end" not in shown_columns(frame)


def test_policy_areas_measures_and_scores_stand_one_below_the_other():
    found = table(PORTFOLIO, BREADTH, INDEX)
    assert list(found.columns) == list(COLUMNS)
    assert list(zip(found["kind"], found["item"], strict=True)) == [
        ("policy_area", "education"),
        ("policy_area", "sport"),
        ("measure", "practices"),
        ("measure", "newest"),
        ("index", "overall"),
        ("index", "education"),
    ]


def test_ones_own_value_is_the_share_of_an_area_the_measure_or_the_score():
    own = table(PORTFOLIO, BREADTH, INDEX)["own"]
    assert own.tolist() == pytest.approx([0.75, np.nan, 1234, 2019, 70, 64.5], nan_ok=True)


def test_counts_stand_with_policy_areas_only_and_how_many_peers_have_any_with_measures_too():
    found = table(PORTFOLIO, BREADTH, INDEX)
    of_practices = [name for name in COUNTS if name != "peers_with"]
    assert found[found["kind"] != "policy_area"][of_practices].isna().all(axis=None)
    assert found["peers_with"].tolist()[:4] == [4, 0, 7, 5]
    assert found["practices"].tolist()[:2] == [3, 0]


def test_without_scores_the_columns_are_the_same():
    found = table(PORTFOLIO, BREADTH, NO_INDEX)
    assert list(found.columns) == list(COLUMNS)
    assert set(found["kind"]) == {"policy_area", "measure"}


def test_rows_behind_are_those_of_the_units_asked_for_in_their_order():
    assert rows_behind(AREAS, MEASURED, ["b", "a"])["unit"].tolist() == ["b", "a"]


def test_rows_behind_count_the_practices_in_each_area_and_0_where_there_are_none():
    found = rows_behind(AREAS, MEASURED, ["a", "b", "c"])
    assert found["policy_area_education"].tolist() == [3, 0, 0]
    assert found["policy_area_sport"].tolist() == [1, 2, 0]


def test_rows_behind_hold_the_measures_beside_the_areas():
    found = rows_behind(AREAS, MEASURED, ["c", "a"])
    assert found[["practices", "areas"]].to_numpy().tolist() == [[0, 0], [4, 2]]


def test_rows_behind_are_whole_numbers():
    found = rows_behind(AREAS, MEASURED, ["a", "b", "c"])
    assert {str(kind) for kind in found.drop(columns="unit").dtypes} == {"int64"}


def test_a_unit_that_is_not_measured_is_refused():
    with pytest.raises(KeyError):
        rows_behind(AREAS, MEASURED, ["a", "atlantis"])


def test_a_benchmark_can_be_computed_again_from_the_rows_behind_it(atlas: duckdb.DuckDBPyConnection):
    areas = queries.unit_areas(atlas, Selection(), "country")
    measures = queries.unit_measures(atlas, Selection(), "country")
    codes = queries.options(atlas).values("policy_area")
    own, *peers = measures.sort_values("practices", ascending=False)["unit"].head(12)
    behind = rows_behind(areas, measures, [own, *peers])
    counts = behind.filter(regex="^(unit|policy_area_.*)$").melt("unit", var_name="code", value_name="practices")
    counts["code"] = counts["code"].str.removeprefix("policy_area_")
    again = portfolio(counts, behind, own, peers, codes)
    pd.testing.assert_frame_equal(again, portfolio(areas, measures, own, peers, codes))
    pd.testing.assert_frame_equal(breadth(behind, own, peers), breadth(measures, own, peers))


def test_a_kind_of_row_is_said_in_words():
    assert list(dict.fromkeys(shown()["kind"])) == ["Policy area", "Measure", "Index"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (0, ["75%", "10%", "25%", "50%"]),
        (1, ["0", NOT_STATED, NOT_STATED, NOT_STATED]),
        (2, ["1,234", "2", "2.5", "3"]),
        (3, ["2019", "2015", "2016", NOT_STATED]),
        (4, ["70", NOT_STATED, "68", NOT_STATED]),
        (5, ["64.5", NOT_STATED, NOT_STATED, NOT_STATED]),
    ],
    ids=["shares", "a count without shares", "a measure", "a year", "a score", "a score without peers"],
)
def test_shares_are_percentages_years_are_years_and_the_rest_are_numbers(row: int, words: list[str]):
    assert shown()[["own", "q1", "median", "q3"]].iloc[row].tolist() == words


def test_an_edition_is_a_year_and_one_not_stated_a_dash():
    assert shown()["year"].tolist() == [NOT_STATED] * 4 + ["2020", NOT_STATED]


def test_ranks_and_peers_are_whole_numbers():
    found = shown()
    assert found["percentile"].tolist()[:3] == ["88", NOT_STATED, "50"]
    assert found["n"].tolist() == ["6", "6", "7", "5", "5", "0"]
    assert found["rank"].tolist()[4:] == ["2", NOT_STATED]


def test_the_middle_of_the_peers_counts_may_have_a_half():
    assert shown()[["count_q1", "count_median", "count_q3"]].iloc[0].tolist() == ["1", "1.5", "2"]


@pytest.mark.parametrize(
    ("measure", "value", "words"),
    [
        ("newest", 2019.0, "2019"),
        ("practices", 1234.0, "1,234"),
        ("areas", 2.5, "2.5"),
        ("newest", np.nan, NOT_STATED),
        ("shared", np.nan, NOT_STATED),
    ],
)
def test_a_measure_is_said_as_a_year_or_as_a_number(measure: str, value: float, words: str):
    assert measure in MEASURES
    assert measure_words(measure, value) == words


def test_the_place_among_the_scores_stands_beside_the_value():
    order = shown_columns(table(PORTFOLIO, BREADTH, INDEX))
    assert order[:3] == ["label", "own", "rank"]


def test_a_column_that_says_nothing_is_not_shown():
    assert "rank" not in shown_columns(table(PORTFOLIO, BREADTH, NO_INDEX))
    unknown = PORTFOLIO.assign(q1=np.nan, median=np.nan, q3=np.nan, percentile=np.nan)
    nothing = BREADTH.assign(q1=np.nan, median=np.nan, q3=np.nan, percentile=np.nan)
    found = shown_columns(table(unknown, nothing, NO_INDEX))
    assert found == ["label", "own", "words", "n", "practices", "count_median", "peers_with"]


def test_only_the_columns_that_are_shown_are_written_each_as_in_the_whole():
    columns = ["kind", "item", "label", "own", "n"]
    told = as_read(table(PORTFOLIO, BREADTH, INDEX), columns)[1]
    assert told == shown()[columns].to_dict("records")


def test_every_column_has_a_heading():
    assert set(headings("Bergen")) == set(COLUMNS)


MANY = pd.DataFrame({"unit": ["a", "b"], **{measure: [3, 0] for measure in MEASURES}}).assign(newest=[2020.0, np.nan])


def test_each_of_a_few_peers_has_a_cell_for_each_area_with_its_count():
    cells = area_cells(rows_behind(AREAS, MEASURED, ["a", "b"]), ["education", "sport", "housing"])
    assert list(zip(cells["item"], cells["unit"], cells["text"], strict=True)) == [
        ("education", "a", "3"),
        ("education", "b", "0"),
        ("sport", "a", "1"),
        ("sport", "b", "2"),
        ("housing", "a", "0"),
        ("housing", "b", "0"),
    ]


def test_each_of_a_few_peers_has_a_cell_for_each_measure_and_a_year_is_no_amount():
    cells = measure_cells(MANY).set_index(["item", "unit"])
    assert cells.loc[("practices", "a"), "text"] == "3"
    assert cells.loc["newest", "text"].tolist() == ["2020", NOT_STATED]
    assert cells.loc["newest", "value"].isna().all()
    assert len(cells) == len(MEASURES) * 2
