"""The audit: needs by hand, judgements that live in the address, and a list of actions that can be trusted."""

from __future__ import annotations

import math
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.analysis.audit import (
    JUDGEMENT_PARAMS,
    Judgement,
    basis,
    by_commitment,
    clamped,
    editions,
    first_areas,
    lenders,
    nothing_published,
    ranked,
    read_judgement,
    standing,
    standing_table,
    told_scores,
)
from icc_data.analysis.benchmark import portfolio
from icc_data.analysis.peer_sets import PeerSet, members
from icc_data.analysis.peers import features
from icc_data.queries.selection import Selection
from tests.helpers import naive
from tests.helpers.examples import examples

AREAS = ["education", "housing", "sport"]
NOTHING = Judgement({}, {})
METHOD = Path(__file__).parents[3] / "docs" / "method.md"


def portfolio_of(**rows: tuple[int, float]) -> pd.DataFrame:
    """Practices and peers' median, by area."""
    columns = ["practices", "count_median"]
    return pd.DataFrame([{"code": code, **dict(zip(columns, row, strict=True))} for code, row in rows.items()])


THREE = portfolio_of(education=(1, 2), housing=(0, 1), sport=(4, 0))
OFFERS = {"education": 8, "housing": 10}


def test_a_need_is_gap_times_importance():
    said = Judgement({"education": 40}, {"education": 5, "housing": 2})
    found = standing(THREE, OFFERS, {"housing": 70.0}, said).set_index("code")
    assert found["gap"].to_dict() == pytest.approx({"education": 0.6, "housing": 0.3, "sport": 1 / 5})
    assert found["need"].to_dict() == pytest.approx(
        {"education": 0.6 * 5 / 5 * 100, "housing": 0.3 * 2 / 5 * 100, "sport": 1 / 5 * 3 / 5 * 100}
    )


def test_a_changed_judgement_keeps_the_rest_and_stays_within_its_limits():
    said = Judgement({"education": 40}, {"education": 5})
    assert said.changed("rating", "sport", 140) == Judgement({"education": 40, "sport": 100}, {"education": 5})
    assert said.changed("importance", "education", -1) == Judgement({"education": 40}, {"education": 0})
    assert said.changed("rating", "education", None) == Judgement({}, {"education": 5})
    assert said == Judgement({"education": 40}, {"education": 5})


@pytest.mark.parametrize(("typed", "counts"), [(-0.5, 0), (0, 0), (43.5, 43.5), (100, 100), (101, 100)])
def test_a_number_beyond_its_limits_is_the_limit(typed: float, counts: float):
    assert clamped(typed, 100) == counts


def test_nothing_is_published_of_a_city_without_practice_and_score_whatever_it_rates_itself():
    rated = Judgement({"education": 40}, {})
    silent = portfolio_of(education=(0, 2), sport=(0, 1))
    assert nothing_published(standing(silent, OFFERS, {}, rated))
    assert not nothing_published(standing(silent, OFFERS, {"sport": 0.0}, rated))
    assert not nothing_published(standing(THREE, OFFERS, {}, rated))


def test_what_peers_can_lend_stands_beside_the_need_and_does_not_change_it():
    many, none = standing(THREE, OFFERS, {}, NOTHING), standing(THREE, {}, {}, NOTHING)
    assert many["need"].tolist() == pytest.approx([30, math.nan, 12], nan_ok=True)
    assert none["need"].tolist() == pytest.approx([30, math.nan, 12], nan_ok=True)
    assert many["lenders"].tolist() == [8, 10, 0]
    assert none["lenders"].tolist() == [0, 0, 0]


def test_a_gap_is_not_known_without_rating_score_and_practice_and_neither_is_the_need():
    found = standing(THREE, OFFERS, {"sport": 20.0}, Judgement({"education": 40}, {"housing": 5})).set_index("code")
    assert found["basis"].to_dict() == {"education": "rating", "housing": "unknown", "sport": "score"}
    assert found.loc["housing", ["gap", "need"]].isna().all()


@pytest.mark.parametrize("made_known", [Judgement({"housing": 90}, {}), {"housing": 90.0}])
def test_a_rating_or_a_score_makes_a_gap_known(made_known: Judgement | dict[str, float]):
    scores, said = ({}, made_known) if isinstance(made_known, Judgement) else (made_known, NOTHING)
    found = standing(THREE, OFFERS, scores, said).set_index("code")
    assert found.loc["housing", "gap"] == pytest.approx(0.1)
    assert found.loc["housing", "need"] == pytest.approx(6)


def test_needs_by_a_rating_or_score_come_before_those_counted_and_those_not_known_last():
    four = portfolio_of(housing=(0, 0), welcoming=(0, 0), sport=(1, 0), education=(9, 0), media=(9, 0))
    said = Judgement({"education": 90}, {"welcoming": 5, "sport": 5})
    order = ranked(standing(four, {}, {"media": 80.0}, said))
    # Media 20 × 3/5, education 10 × 3/5; sport counted 50 × 5/5; not known, the one that matters most first.
    assert order["code"].tolist() == ["media", "education", "sport", "welcoming", "housing"]
    assert order["need"].tolist() == pytest.approx([12, 6, 50, math.nan, math.nan], nan_ok=True)


def test_the_first_areas_are_those_in_need_and_after_them_those_not_known_but_none_that_does_not_matter():
    said = Judgement({"education": 100}, {"sport": 0})
    areas = portfolio_of(education=(1, 0), housing=(0, 0), sport=(1, 0), media=(1, 0))
    assert first_areas(ranked(standing(areas, {}, {}, said)), 3) == ["media", "housing"]


def method_example() -> pd.DataFrame:
    """The table of the section “Need” of the method."""
    section = METHOD.read_text(encoding="utf-8").partition("\n## Need\n")[2].partition("\n## ")[0]
    lines = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("|")]
    return pd.DataFrame(lines[2:], columns=lines[0]).set_index("area")


def test_the_example_of_the_method_is_what_is_computed():
    told = method_example()
    given = {name: pd.to_numeric(told[name], errors="coerce") for name in told}
    areas = portfolio_of(**{area: (int(count), 0) for area, count in given["practices"].items()})
    said = Judgement(given["rating"].dropna().to_dict(), given["importance"].to_dict())
    lending = given["peers that can lend"].to_dict()
    found = ranked(standing(areas, lending, given["score"].dropna().to_dict(), said)).set_index("code")
    assert found["gap"].tolist() == pytest.approx(given["gap"].tolist(), nan_ok=True)
    assert found["need"].tolist() == pytest.approx(given["need"].tolist(), nan_ok=True)
    assert found.index.tolist() == told.index.tolist()


def test_an_own_rating_comes_before_a_score_and_a_score_before_the_number_of_practices():
    scores = {"education": 90.0, "housing": 90.0}
    found = standing(THREE, OFFERS, scores, Judgement({"education": 20}, {})).set_index("code")
    assert found["gap"].to_dict() == pytest.approx({"education": 0.8, "housing": 0.1, "sport": 0.2})
    assert found["score"].to_dict() == pytest.approx({"education": 90, "housing": 90, "sport": math.nan}, nan_ok=True)
    assert found["rating"].to_dict() == pytest.approx(
        {"education": 20, "housing": math.nan, "sport": math.nan}, nan_ok=True
    )


def test_an_area_of_which_nothing_was_said_is_of_usual_importance():
    found = standing(THREE, OFFERS, {}, Judgement({}, {"housing": 0})).set_index("code")
    assert found["importance"].to_dict() == {"education": 3, "housing": 0, "sport": 3}
    assert found.loc["housing", "need"] == 0


def test_a_rating_of_nothing_is_a_rating():
    assert standing(THREE, OFFERS, {"education": 90}, Judgement({"education": 0}, {}))["gap"].iloc[0] == 1


ratings = st.dictionaries(st.sampled_from(AREAS), st.floats(0, 100))
importance = st.dictionaries(st.sampled_from(AREAS), st.floats(0, 5))


@given(ratings, importance)
def test_needs_lie_between_0_and_100(rated: dict[str, float], weighed: dict[str, float]):
    found = standing(THREE, OFFERS, {"sport": 33.0}, Judgement(rated, weighed))
    assert found["need"].dropna().between(0, 100).all()
    assert found["code"].tolist() == AREAS


@examples(100)
@given(ratings, importance)
@example({"education": 200 / 3}, {"sport": 1 / 3})
def test_a_judgement_is_read_back_from_its_address(rated: dict[str, float], weighed: dict[str, float]):
    found, ignored = read_judgement(Judgement(rated, weighed).to_params(), AREAS)
    assert ignored == []
    assert found.ratings == rated
    assert found.importance == {area: value for area, value in weighed.items() if value != 3}


def test_an_address_holds_only_what_was_said():
    assert NOTHING.to_params() == {}
    said = Judgement({"sport": 50, "education": 0}, {"sport": 3, "housing": 5})
    assert said.to_params() == {"rating": ["education:0", "sport:50"], "importance": ["housing:5"]}
    assert said.to_params().keys() == JUDGEMENT_PARAMS


@given(
    st.dictionaries(
        st.sampled_from(["rating", "importance", "city"]),
        st.lists(
            st.text(max_size=10) | st.builds("{}:{}".format, st.sampled_from(AREAS), st.text(max_size=4)), max_size=4
        ),
    )
)
@example({"rating": ["education:nan", "education:inf", "education:-1", "education:101", "education", "x:5"]})
def test_whatever_stands_in_an_address_gives_a_judgement_that_can_be_used(params: dict[str, list[str]]):
    found, ignored = read_judgement(params, AREAS)
    assert all(0 <= value <= 100 for value in found.ratings.values())
    assert all(0 <= value <= 5 for value in found.importance.values())
    assert {*found.ratings, *found.importance} <= set(AREAS)
    assert len(ignored) <= sum(len(params.get(name, [])) for name in JUDGEMENT_PARAMS)


def test_what_cannot_be_used_is_named():
    found, ignored = read_judgement(
        {"rating": ["education:nan", "sport:7"], "importance": ["sport:6", "moon:1"]}, AREAS
    )
    assert found == Judgement({"sport": 7}, {})
    assert [item.value for item in ignored] == ["education:nan", "sport:6", "moon:1"]


def test_the_commitments_are_means_of_what_is_known_of_their_areas():
    frame = standing(THREE, OFFERS, {"education": 80.0, "housing": 60.0}, Judgement({"education": 40}, {}))
    groups = {"education": "access", "housing": "access", "sport": "trust"}
    rows = [("me", "access", 1), ("me", "trust", 4), *((peer, "access", count) for count, peer in enumerate("abcd", 1))]
    practices = pd.DataFrame(rows, columns=["unit", "commitment", "practices"])
    found = by_commitment(frame, groups, practices, "me", list("abcde")).set_index("code")
    assert found.loc["access", ["areas", "known", "score", "practices", "median"]].tolist() == [2, 2, 50, 1, 2]
    assert found.loc["trust", "median"] == 0
    assert by_commitment(frame, groups, practices, "me", list("abcd"))["median"].isna().all()
    assert found.loc["access", "need"] == pytest.approx(frame["need"].iloc[:2].mean())
    assert found.loc["trust", ["areas", "known", "practices"]].tolist() == [1, 0, 4]
    assert math.isnan(found.loc["trust", "score"])


def has_to_lend(theirs: pd.DataFrame, code: str, city: str) -> bool:
    return any(
        code in codes and city not in cities
        for codes, cities in zip(theirs["policy_areas"], theirs["city_ids"], strict=True)
    )


def test_a_peer_with_nothing_but_shared_practices_lends_nothing(atlas: duckdb.DuckDBPyConnection):
    found = lenders(queries.lendable(atlas, "santa-maria-da-feira"), naive.table("cities")["city_id"])
    shared = naive.of_city("santa-maria-da-feira")
    everyone = naive.practices()
    for code in ("public_services", "education"):
        others = everyone[[code in codes for codes in everyone["policy_areas"]] & ~everyone.index.isin(shared.index)]
        assert found[code] == others["city_ids"].explode().dropna().nunique()


def test_the_standing_of_real_cities_is_that_of_the_files(atlas: duckdb.DuckDBPyConnection):
    questions = (queries.unit_areas, queries.unit_measures)
    areas, measures = (ask(atlas, Selection(), "city") for ask in questions)
    codes, table = queries.options(atlas).values("policy_area"), features(queries.city_features(atlas))
    commitments = queries.unit_commitments(atlas, Selection(), "city")
    groups = naive.table("terms").query("vocabulary == 'policy_area'").set_index("code")["group"].to_dict()
    for one in naive.busy_cities(20):
        peers = list(members(PeerSet(k=9), table, one).index)
        scores = queries.area_scores(atlas, one)
        offered = lenders(queries.lendable(atlas, one), peers)
        found = standing(portfolio(areas, measures, one, peers, codes), offered, scores, NOTHING)
        mine = naive.by_area(naive.of_city(one))
        served = {peer: naive.of_city(peer) for peer in (one, *peers)}
        assert found.set_index("code")["lenders"].to_dict() == {
            code: sum(has_to_lend(served[peer], code, one) for peer in peers) for code in codes
        }
        for row in found.to_dict("records"):
            code = row["code"]
            counted = 1 / (1 + mine[code]) if mine[code] else math.nan
            gap = (100 - scores[code]) / 100 if code in scores else counted
            assert row["need"] == pytest.approx(gap * 3 / 5 * 100, nan_ok=True), (one, code)
        told = by_commitment(found, groups, commitments, one, peers).set_index("code")
        for commitment in set(groups.values()):
            within = [code for code in codes if groups[code] == commitment]
            assert told.loc[commitment, "areas"] == len(within)
            counts = {
                city: sum(bool({*areas} & {*within}) for areas in served[city]["policy_areas"]) for city in served
            }
            assert told.loc[commitment, "practices"] == counts[one]
            middle = np.median([counts[peer] for peer in peers]) if len(peers) >= 5 else np.nan
            assert told.loc[commitment, "median"] == pytest.approx(middle, nan_ok=True)
            assert told.loc[commitment, "known"] == sum(code in scores for code in within)


def test_an_audit_rests_on_its_peers_and_on_what_the_team_said():
    said = Judgement({"education": 40}, {})
    assert basis("Most similar cities", ["Lisbon", "Turin"], said, {"education": "Education"}) == [
        "Peers (Most similar cities): Lisbon, Turin",
        "Our ratings, of 100: Education 40",
        "Importance, of 5, where not 3: none",
    ]


STANDING = pd.DataFrame(
    {
        "code": ["education", "sport", "housing"],
        "score": [40.0, np.nan, np.nan],
        "rating": [55.0, np.nan, 70.0],
        "basis": ["rating", "rating", "rating"],
        "practices": [1, 0, 0],
        "importance": [3.0, 3.0, 3.0],
        "need": [10.0, 30.0, 10.0],
        "lenders": [2, 0, 2],
    }
)


def test_the_area_that_needs_most_comes_first_also_where_nobody_can_lend_and_equals_in_their_order():
    assert ranked(STANDING)["code"].tolist() == ["sport", "education", "housing"]


def test_of_equal_need_the_area_in_which_more_peers_can_lend_comes_first():
    assert ranked(STANDING.assign(lenders=[2, 0, 3]))["code"].tolist() == ["sport", "housing", "education"]


def test_a_rating_counts_before_a_score_and_an_area_with_neither_is_left_out():
    assert told_scores(STANDING) == {"education": 55.0, "housing": 70.0}
    assert told_scores(STANDING.assign(rating=np.nan)) == {"education": 40.0}


def test_the_edition_of_an_area_is_that_of_its_newest_score():
    history = pd.DataFrame(
        [("sport", 2015.0, 50.0), ("sport", 2020.0, 60.0), ("education", np.nan, 70.0), ("housing", 2018.0, np.nan)],
        columns=["policy_area", "year", "score"],
    )
    assert editions(history) == {"sport": 2020}


def test_the_table_of_the_team_shows_what_it_said_and_the_usual_importance_where_it_said_nothing():
    table = standing_table(
        STANDING,
        Judgement({"housing": 70}, {"sport": 5}),
        labels={"education": "Education", "sport": "Sport", "housing": "Housing"},
        commitments=dict.fromkeys(STANDING["code"], "Equality"),
        years={"education": 2020},
        definitions={"sport": "Playing together"},
    )
    assert table["area"].tolist() == ["Education", "Sport", "Housing"]
    assert table["rating"].fillna(-1).tolist() == [-1, -1, 70]
    assert table["importance"].tolist() == [3, 5, 3]
    assert table["edition"].fillna(-1).tolist() == [2020, -1, -1]
    assert table["definition"].tolist() == ["", "Playing together", ""]
    assert table["commitment"].tolist() == ["Equality"] * 3
