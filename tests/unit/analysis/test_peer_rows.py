"""The peers of a city as rows: how far each is, and what each feature says."""

from __future__ import annotations

import pandas as pd

from icc_data.analysis.peer_rows import peer_columns, peer_rows
from tests.helpers.made_up_cities import A, B, C

MEMBERS = pd.DataFrame({"distance": [0.25, 0.5], "compared": [7, 6]}, index=pd.Index(["b", "c"], name="city_id"))


def label(_facet: str, code: str) -> str:
    return code.upper()


def test_a_row_is_a_peer_in_the_order_given():
    rows = peer_rows(MEMBERS, A, [B, C], label, ["", ""])
    assert rows[["city", "distance", "compared"]].to_dict("list") == {
        "city": ["B", "C"],
        "distance": [0.25, 0.5],
        "compared": [7, 6],
    }


def test_a_feature_that_is_not_known_of_both_is_missing():
    rows = peer_rows(MEMBERS, A, [B, C], label, ["", ""]).set_index("city")
    profile = rows.columns[rows.loc["B"] == "practices in the same areas: EDUCATION"]
    assert rows.loc["C", profile].isna().all()


def test_a_feature_that_is_known_of_no_peer_has_no_column():
    both, one = (peer_rows(MEMBERS.head(len(others)), A, others, label, ["", ""]) for others in ([B, C], [C]))
    assert "practices in the same areas: EDUCATION" in both.to_numpy()
    assert set(one.columns) < set(both.columns)


def test_no_peers_are_no_rows():
    assert peer_rows(MEMBERS.head(0), A, [], label, []).empty


def test_what_to_bear_in_mind_has_a_column_where_there_is_any():
    assert "warning" not in peer_rows(MEMBERS, A, [B, C], label, ["", ""])
    rows = peer_rows(MEMBERS, A, [B, C], label, ["", "More different than alike."])
    assert rows["warning"].tolist() == ["", "More different than alike."]


def test_every_column_has_a_heading():
    rows = peer_rows(MEMBERS, A, [B, C], label, ["", "More different than alike."])
    assert set(rows.columns) <= set(peer_columns())
    assert peer_columns()["foreign"] == "Share born abroad"
