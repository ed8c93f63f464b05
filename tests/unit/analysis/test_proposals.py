"""Proposed practices: those of an area, those picked, names that stand for none, and the actions made of them."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from icc_data import queries
from icc_data.analysis.borrow import recommendations
from icc_data.analysis.peer_sets import PeerSet, members
from icc_data.analysis.peers import features
from icc_data.analysis.proposals import action_headings, action_rows, picked, proposal_name, proposals_in, title_of
from icc_data.analysis.sources import best_address
from tests.helpers import naive

PROPOSALS = pd.DataFrame(
    {
        "policy_area": ["education", "education", "sport"],
        "practice_id": ["kitchen", "school", "kitchen"],
        "title": ["A kitchen", "A school", "A kitchen"],
    }
)


def test_a_proposal_is_named_by_its_area_and_practice():
    assert proposal_name("education", "kitchen") == "education:kitchen"


def test_proposals_of_an_area_keep_their_order():
    assert proposals_in(PROPOSALS, "education")["practice_id"].tolist() == ["kitchen", "school"]
    assert proposals_in(PROPOSALS, "housing").empty


def test_a_practice_is_picked_for_an_area_and_not_for_another():
    chosen, _others = picked(PROPOSALS, ["education:kitchen"])
    assert chosen[["policy_area", "practice_id"]].to_numpy().tolist() == [["education", "kitchen"]]


def test_picked_practices_are_in_the_order_of_the_proposals():
    chosen, _others = picked(PROPOSALS, ["sport:kitchen", "education:school"])
    assert chosen["policy_area"].tolist() == ["education", "sport"]


def test_a_name_of_no_proposal_is_given_back():
    chosen, others = picked(PROPOSALS, ["sport:school", "nonsense", "sport:kitchen"])
    assert (len(chosen), others) == (1, ["sport:school", "nonsense"])


def test_the_title_of_a_practice_is_found_whatever_the_area():
    assert title_of(PROPOSALS, "housing:school") == "A school"


def test_without_such_a_practice_the_name_stands_for_it_cut():
    assert title_of(PROPOSALS, "zz:yy") == "zz:yy"
    assert title_of(PROPOSALS, "z" * 99) == "z" * 60


def picked_of(**cells: Any) -> pd.DataFrame:
    row = {
        "practice_id": "kitchen",
        "policy_area": "education",
        "title": "A kitchen of languages",
        "city_names": "Lisbon",
        "when_text": "Since 2019",
        "summary": "Neighbours cook.",
        "score": 0.766,
        "url": "https://example.org/kitchen",
        "evidence_urls": ["https://example.org/seen"],
    }
    return pd.DataFrame([row | cells])


def rows_of(**cells: Any) -> dict[str, Any]:
    return action_rows(picked_of(**cells), {"education": "Education"}, ["Because."]).iloc[0].to_dict()


def test_an_action_says_what_where_why_and_leaves_room_for_who_and_when():
    assert rows_of() == {
        "area": "Education",
        "practice": "A kitchen of languages",
        "city": "Lisbon",
        "when": "Since 2019",
        "summary": "Neighbours cook.",
        "why": "Because.",
        "score": 77,
        "source": "https://example.org/kitchen",
        "who": "",
        "by_when": "",
    }


@pytest.mark.parametrize("missing", [None, np.nan, ""])
def test_an_action_without_a_page_of_its_own_links_to_where_it_was_seen(missing: Any):
    assert rows_of(url=missing)["source"] == "https://example.org/seen"
    assert rows_of(url=missing, evidence_urls=np.array(["https://example.org/b"], dtype=object))["source"][-1] == "b"


@pytest.mark.parametrize("nowhere", [[], None, np.nan])
def test_an_action_that_was_seen_nowhere_has_no_source(nowhere: Any):
    assert rows_of(url=None, evidence_urls=nowhere)["source"] == ""


def test_every_real_recommendation_has_a_source(atlas: duckdb.DuckDBPyConnection):
    table = features(queries.city_features(atlas))
    found = recommendations(
        queries.borrowable(atlas), "bilbao", members(PeerSet(k=40), table, "bilbao"), as_of=naive.as_of()
    )
    labels = {code: code for code in found["policy_area"]}
    rows = action_rows(found, labels, ["Because."] * len(found))
    raw = naive.table("practices").set_index("practice_id")
    assert rows["source"].tolist() == [best_address(raw.loc[name].to_dict()) for name in found["practice_id"]]
    assert rows["source"].str.startswith("http").all()
    assert (raw.loc[found["practice_id"], "url"] == "").any()


def test_every_column_of_an_action_has_words():
    assert list(action_headings()) == list(rows_of())
