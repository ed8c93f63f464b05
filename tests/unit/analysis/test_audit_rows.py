"""The areas to work on in words: bars that tell what a gap is taken from, rows for documents, what is not known."""

from __future__ import annotations

from icc_data.analysis.audit import Judgement, standing
from icc_data.analysis.audit_rows import first_needs, need_bars, need_headings, need_rows, unknown_note
from tests.unit.analysis.test_audit import AREAS, NOTHING, OFFERS, STANDING, THREE, portfolio_of


def test_a_score_that_is_the_citys_own_is_said_to_be_so():
    frame = standing(THREE, OFFERS, {"housing": 70.0, "education": 90.0}, NOTHING)
    found = need_rows(frame, dict.fromkeys(AREAS, ""), {"housing": 2025, "education": 2020}, 10, {"housing"})
    assert "the city’s own result, not published, 70 (2025)" in found["gap_basis"].tolist()
    assert "Index score, 90 (2020)" in found["gap_basis"].tolist()


def test_the_areas_to_work_on_come_with_the_parts_of_their_need():
    said = Judgement({"education": 40}, {"education": 5})
    frame = standing(THREE, OFFERS, {"housing": 70.0}, said)
    labels = {"education": "Education", "housing": "Housing", "sport": "Sport"}
    found = need_rows(frame, labels, {"housing": 2020}, 10)
    assert found["area"].tolist() == ["Education", "Housing", "Sport"]
    assert found["need"].tolist() == [60, 18, 12]
    assert found["gap"].tolist() == [60, 30, 20]
    assert found["gap_basis"].tolist() == [
        "our rating, 40",
        "Index score, 70 (2020)",
        "counted: 4 published practices, no rating or score",
    ]
    assert found["importance"].tolist() == [5, 3, 3]
    assert found["lend"].tolist() == ["8 of 10", "10 of 10", "no peer has published one yet: ask the network"]
    assert list(need_headings()) == list(found)


def test_a_score_whose_edition_is_not_known_says_so():
    found = need_rows(standing(THREE, OFFERS, {"housing": 70.0}, NOTHING), dict.fromkeys(AREAS, ""), {}, 10)
    assert "Index score, 70 (edition not stated)" in found["gap_basis"].tolist()


def test_areas_are_bars_with_what_the_peers_can_lend_beside_them():
    frame = STANDING.assign(need=[10.0, 30.25, 5.0])
    bars = need_bars(frame, dict.fromkeys(["education", "sport", "housing"], "An area"), {}, 9)
    assert bars["text"].tolist() == ["30 · ask the network", "10 · 2 of 9 can lend", "5 · 2 of 9 can lend"]
    assert bars["lend"].iloc[0] == "no peer has published one yet: ask the network"
    assert bars["code"].tolist() == ["sport", "education", "housing"]


def test_a_bar_tells_a_rating_from_a_score_from_a_count_and_has_no_length_where_nothing_is_known():
    four = portfolio_of(education=(1, 2), housing=(0, 1), sport=(4, 0), media=(1, 0))
    frame = standing(four, OFFERS, {"media": 70.0}, Judgement({"education": 40}, {}))
    bars = need_bars(frame, {code: code.title() for code in frame["code"]}, {"media": 2020}, 10)
    told = bars[["label", "need", "basis", "gap_basis", "text"]].round(6).values.tolist()
    assert told == [
        ["Education", 36, "Our rating", "our rating, 40", "36 · 8 of 10 can lend"],
        ["Media", 18, "Index score", "Index score, 70 (2020)", "18 · ask the network"],
        [
            "Sport",
            12,
            "Counted from published practices",
            "counted: 4 published practices, no rating or score",
            "12 · ask the network",
        ],
        ["Housing", 0, "Not known", "not known: rate it", "not known: rate it · 10 of 10 can lend"],
    ]


def test_what_is_not_known_is_named_with_what_would_make_it_known():
    assert unknown_note([]) == ""
    assert unknown_note(["Housing"]).startswith("Not known in 1 area, which has no rating, Index score or published")
    two = unknown_note(["Housing", "Sport"])
    assert "Not known in 2 areas, which have no rating, Index score or published practice: Housing and Sport." in two
    assert two.endswith("rate them, or bring your own Index results.")


def test_documents_list_what_needs_most_and_what_was_picked_and_name_what_is_not_known():
    frame = standing(THREE, OFFERS, {}, NOTHING)
    needs = need_rows(frame, {"education": "Education", "housing": "Housing", "sport": "Sport"}, {}, 10)
    listed, unknown = first_needs(needs, 1, [])
    assert listed["area"].tolist() == ["Education"]
    assert unknown == unknown_note(["Housing"])
    listed, _unknown = first_needs(needs, 1, ["Housing"])
    assert listed[["area", "gap_basis"]].values.tolist()[1] == ["Housing", "not known: rate it"]
    assert listed[["need", "gap"]].iloc[1].isna().all()
