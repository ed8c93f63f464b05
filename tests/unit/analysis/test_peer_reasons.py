"""Why two cities are alike, in plain words, and of nothing that is not known."""

from __future__ import annotations

import math

import duckdb
import pandas as pd
import pytest
from hypothesis import given

from icc_data import queries
from icc_data.analysis.peer_reasons import WORDS, editions_note
from icc_data.analysis.peers import FEATURES, features, parts, reason, reasons
from tests.helpers import naive
from tests.helpers.examples import examples
from tests.helpers.made_up_cities import A, B, C, cities, city


def label(_facet: str, code: str) -> str:
    return code.upper()


def test_every_feature_that_both_have_is_said_in_plain_words():
    assert reasons(A, B, label) == {
        "population": "10 times as many people",
        "foreign": "5 points more born abroad",
        "country": "another country",
        "region": "the same part of the world (Southern Europe)",
        "network": "the same network (RPCI)",
        "joined": "joined 5 years later",
        "profile": "practices in the same areas: EDUCATION",
    }
    assert reasons(B, C, label)["joined"] == "joined 5 years later"
    assert reasons(C, B, label)["foreign"] == "15 points fewer born abroad"
    assert "profile" not in reasons(A, C, label)


def test_one_point_is_a_point_and_a_fraction_are_points():
    def words(gap: float) -> str:
        return reasons(A, {**A, "foreign": A["foreign"] + gap}, label)["foreign"]

    assert words(1.0) == "1 point more born abroad"
    assert words(-1.0) == "1 point fewer born abroad"
    assert words(1.2) == "1.2 points more born abroad"


@examples(30)
@given(cities)
def test_reasons_are_said_of_what_the_distance_rests_on_and_of_nothing_else(table: pd.DataFrame):
    rows = table.to_dict("records")
    found = parts(table, "c0").loc["c1"]
    assert set(reasons(rows[0], rows[1], label)) == set(found.dropna().index)


@pytest.mark.parametrize(
    ("own", "other", "words"),
    [
        (5.0, 5.02, "about as many people"),
        (5.0, 5.0 + math.log10(1.2), "1.2 times as many people"),
        (5.0, 5.0 + math.log10(0.62), "62% as many people"),
        (7.0, 3.4, "less than 1% as many people"),
        (5.0, 5.0 + math.log10(11.4), "11 times as many people"),
    ],
)
def test_residents_are_compared_as_a_ratio(own: float, other: float, words: str):
    assert reasons(city("a", population=own), city("b", population=other), label)["population"] == words


def test_residents_of_a_settlement_are_said_to_be_such():
    one, two = city("a", population=5.0, of_settlement=True), city("b", population=5.0)
    assert reasons(one, two, label)["population"] == "about as many people (one figure is of the settlement alone)"
    assert reasons(one, one, label)["population"] == "about as many people (of the settlements alone)"


def test_foreign_nationals_are_never_called_born_abroad_in_silence():
    born, nationals = city("a", foreign=10.0), city("b", foreign=14.0, of_nationals=True)
    assert reasons(born, nationals, label)["foreign"] == (
        "4 points more born abroad (one figure is of foreign nationals)"
    )
    assert reasons(nationals, nationals, label)["foreign"] == "as many foreign nationals"


def test_index_scores_are_compared_with_their_editions():
    one, two = city("a", index=70.0, index_year=2017), city("b", index=74.5, index_year=2020)
    assert reasons(one, two, label)["index"] == "Index 4.5 points higher (2020 beside 2017)"
    assert reasons(two, {**one, "index_year": 2020}, label)["index"] == "Index 4.5 points lower (2020)"
    assert reasons(one, {**one, "index_year": None}, label)["index"] == (
        "the same Index score (edition not stated beside 2017)"
    )


def test_one_year_is_one_year():
    assert reasons(city("a", joined=2010), city("b", joined=2009), label)["joined"] == "joined 1 year earlier"


def test_a_sentence_says_what_is_alike_first_and_then_what_differs():
    assert reason(A, B, label) == (
        "the same part of the world (Southern Europe); the same network (RPCI); 5 points more born abroad; practices "
        "in the same areas: EDUCATION; but 10 times as many people and joined 5 years later"
    )


def test_a_sentence_without_likeness_or_difference_says_the_other_alone():
    far = city("far", population=3.0, country="JP", region="Eastern Asia", joined=2024)
    assert reason(A, far, label) == "nothing alike: 1% as many people and another part of the world (Eastern Asia)"
    near = city("near", country="PT", region="Southern Europe", joined=2012)
    assert reason(A, near, label) == "the same country; joined 2 years later"
    assert reason(city("a"), city("b"), label) == ""


def test_of_many_areas_in_common_those_with_most_practices_are_named():
    one = city("a", profile=dict.fromkeys("abcdef", 1) | {"f": 5})
    assert reasons(one, one, label)["profile"] == "practices in the same areas: F, A, B, C and 2 more"
    assert reason(one, one, label) == "practices in the same areas: F, A and 4 more"


@examples(30)
@given(cities)
def test_a_sentence_is_made_of_the_reasons_and_names_differences_after_but(table: pd.DataFrame):
    one, two = table.to_dict("records")[:2]
    said, all_of_them = reason(one, two, label), reasons(one, two, label)
    assert bool(said) == bool(all_of_them)
    assert said.count("; but ") <= 1
    for name in ("country", "network", "joined"):
        if all_of_them.get(name, "").startswith("another") and "; but " in said:
            assert all_of_them[name] not in said.split("; but ")[0]


def test_two_cities_that_only_the_international_network_lists_are_said_to_be_alike_in_that():
    one, two = city("a", network=frozenset()), city("b", network=frozenset())
    assert reasons(one, two, label)["network"] == "neither in a national network"
    assert reason(one, two, label) == "neither in a national network"
    assert reasons(one, city("c", network=frozenset("x")), label)["network"] == "another network or none"


def test_real_cities_say_their_reasons_without_a_gap(atlas: duckdb.DuckDBPyConnection):
    rows = {row["city_id"]: row for row in features(queries.city_features(atlas)).to_dict("records")}
    for one in naive.busy_cities(20):
        for other in rows.values():
            words = reasons(rows[one], other, label)
            assert not [text for text in words.values() if not text or "None" in text or "nan" in text or "  " in text]


def test_there_are_words_for_every_feature():
    assert WORDS.keys() == FEATURES.keys()


def of_edition(year: int | None, score: float | None = 70.0) -> dict[str, float | int | None]:
    return {"index": score, "index_year": year}


def test_scores_of_different_editions_are_said_to_be_so():
    note = editions_note(of_edition(2020), [of_edition(2018), of_edition(2020), of_edition(2018), of_edition(None)])
    assert ": 2020 here; 2018, 2020 and edition not stated of the peers." in note
    assert ": edition not stated here; 2018 of the peers." in editions_note(of_edition(None), [of_edition(2018)])


@pytest.mark.parametrize(
    ("own", "others"),
    [
        (of_edition(2020), [of_edition(2020), of_edition(2020)]),
        (of_edition(None, None), [of_edition(2018)]),
        (of_edition(2020), [of_edition(None, None)]),
        (of_edition(2020), []),
    ],
    ids=["one edition", "no score of its own", "no score of a peer", "no peer"],
)
def test_where_no_editions_are_mixed_nothing_is_said_of_them(
    own: dict[str, float | int | None], others: list[dict[str, float | int | None]]
):
    assert editions_note(own, others) == ""
