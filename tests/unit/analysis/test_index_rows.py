"""Rows of the Index made ready for charts and table: in their order, and in words."""

from __future__ import annotations

import pandas as pd
import pytest

from icc_data.analysis import index, index_rows

SCORES = pd.DataFrame(
    [
        ("oslo", "Oslo", 2020, 85.0, None, 141),
        ("guro", "Guro", 2020, 87.0, 2, 141),
        ("oslo", "Oslo", 2017, 85.0, 3, None),
        ("melitopol", "Melitopol", None, 62.0, 43, 100),
    ],
    columns=["city_id", "name", "year", "score", "rank", "cities_compared"],
)
EDITIONS = pd.DataFrame(
    {
        "year": [2017, 2020, None],
        "scored": [1, 2, 1],
        "compared": [None, 141, None],
        "compared_least": [None, 141, None],
    }
)


def test_scores_stand_under_the_heading_of_their_edition_the_highest_first():
    frame = index_rows.named_rows(SCORES, EDITIONS).fillna({"text": ""})
    assert frame[["heading", "label", "text"]].values.tolist() == [
        ["2020 · 141 cities compared", "", ""],
        ["", "Guro", "2 of 141"],
        ["", "Oslo", ""],
        ["2017", "", ""],
        ["", "Oslo", "3"],
        ["Edition not stated", "", ""],
        ["", "Melitopol", "43 of 100"],
    ]
    assert frame["key"].is_unique


def test_what_is_known_of_an_edition_is_said_beside_what_was_compared():
    frame = index_rows.coverage_rows(EDITIONS)
    assert frame[["label", "text"]].values.tolist() == [
        ["2017", "1"],
        ["2020", "2 of 141"],
        ["Edition not stated", "1"],
    ]


def test_where_the_pages_of_an_edition_differ_in_how_many_cities_it_compared_both_ends_are_said():
    editions = EDITIONS.assign(compared_least=[None, 139, None])
    assert index_rows.coverage_rows(editions)["text"].tolist() == ["1", "2 of 139–141", "1"]
    assert index_rows.named_rows(SCORES, editions)["heading"].iloc[0] == "2020 · 139–141 cities compared"


def test_a_dot_has_its_rank_among_the_scores_of_its_edition():
    frame = index_rows.dot_rows(SCORES, 2020).set_index("code")
    assert frame["rank"].to_dict() == {"oslo": "2 of 2", "guro": "1 of 2"}


def test_a_citys_way_is_told_by_its_change_the_greatest_gain_first():
    scores = pd.DataFrame(
        {
            "policy_area": ["education"] * 3 + ["mediation"] * 3,
            "year": [2031, 2034, 2037] * 2,
            "score": [60.0, 90.0, 55.0, 40.0, 50.0, 70.0],
        }
    )
    way = index.Path((2031, 2034, 2037), ("education", "mediation"), scores, (50.0, 70.0, 62.5), ())
    frame = index_rows.path_rows(way, str.title)
    assert frame["label"].tolist() == ["Mediation"] * 3 + ["Education"] * 3
    assert frame["text"].unique().tolist() == ["+30", "−5"]
    # The line reaches over all editions, not from the first to the last.
    assert frame[["low", "high"]].drop_duplicates().values.tolist() == [[40, 70], [55, 90]]


def classes() -> pd.DataFrame:
    rows = [
        ("education", 1, 0, False, 9, 70.0),
        ("education", 0, 0, True, 8, 60.0),
        ("education", 0, 0, False, 7, 50.0),
        ("education", 0, 1, False, 4, None),
        ("education", 0, None, None, 3, None),
        ("mediation", None, None, None, 2, None),
    ]
    names = ["policy_area", "size_class", "share_class", "of_nationals", "cities", "median"]
    return pd.DataFrame(rows, columns=names).assign(year=2031)


def test_classes_stand_by_size_then_by_share_and_those_of_too_few_cities_are_named():
    grid = index_rows.cells(classes(), "class", str.title)
    frame, columns = index_rows.drawn(grid)
    assert columns == [
        "below 200,000 · below 10% born abroad",
        "below 200,000 · below 10% foreign nationals",
        "200,000 and more · below 10% born abroad",
    ]
    assert frame["count"].tolist() == ["9 cities", "8 cities", "7 cities"]
    assert index_rows.too_few(grid) == ["below 200,000 · 10% to 15% born abroad"]


def test_cities_in_no_class_are_counted():
    assert index_rows.unclassed(index_rows.cells(classes(), "class", str.title)) == 3
    assert index_rows.unclassed(index_rows.cells(classes().head(3), "class", str.title)) == 0


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"score": 70.0}, "result"),
        ({"rank": 5}, "result"),
        ({"areas": 2}, "result"),
        ({"score": 70.0, "quoted": True}, "result, quoted in another city’s report"),
        ({"reports": 1}, "report, score not found"),
        ({}, "compared, score not found"),
    ],
)
def test_what_is_known_of_an_edition_of_a_city_is_said(row: dict[str, object], words: str):
    unknown = {"city_id": "oslo", "year": None, "score": None, "rank": None, "areas": 0, "quoted": False, "reports": 0}
    register = pd.DataFrame([{**unknown, "evidence_url": None, "report_url": "https://example.org", **row}])
    frame = index_rows.register_rows(register)
    assert frame["known"].tolist() == [words]
    assert frame[["edition", "link"]].values.tolist() == [["–", "https://example.org"]]
