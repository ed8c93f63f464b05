"""Proposed practices: those of an area, those picked, and names that stand for none."""

from __future__ import annotations

import pandas as pd

from icc_data.analysis.proposals import picked, proposal_name, proposals_in, title_of

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
