"""Peer sets: their rules, the programme's classes, and the address that keeps them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any, get_args

import duckdb
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.analysis.peer_sets import (
    DEFAULT_K,
    HEAVIEST,
    MOST_K,
    PEER_PARAMS,
    RULES,
    PeerSet,
    Rule,
    diversity_class,
    left_out,
    members,
    read_peer_set,
    size_class,
)
from icc_data.analysis.peers import DEFAULT_WEIGHTS, FEATURES, average_distances, distances, features, nearest, parts
from icc_data.model.regions import region_of
from tests.helpers import naive
from tests.helpers.examples import examples

CITIES = ["bilbao", "cork", "lisbon", "turin"]
BY_RULE = [rule for rule in RULES if rule != "picked"]


@pytest.fixture(scope="module")
def table(atlas: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    return features(queries.city_features(atlas))


@pytest.mark.parametrize(
    ("residents", "expected"), [(None, None), (2394, "small"), (199_999, "small"), (200_000, "large"), (9e6, "large")]
)
def test_a_city_is_large_from_200_000_residents_on(residents: float | None, expected: str | None):
    assert size_class(residents) == expected


@pytest.mark.parametrize(
    ("share", "expected"),
    [(None, None), (0, 0), (9.9, 0), (10, 1), (14.9, 1), (15, 2), (19.9, 2), (20, 3), (100, 3)],
)
def test_shares_have_the_four_classes_of_the_programme(share: float | None, expected: int | None):
    assert diversity_class(share) == expected


def from_city(table: pd.DataFrame, city_id: str) -> pd.DataFrame:
    return distances(parts(table, city_id), average_distances(table))


@cache
def files() -> dict[str, dict[str, Any]]:
    return {row["city_id"]: row for row in naive.table("cities").to_dict("records")}


def of_files(city_id: str) -> dict[str, Any]:
    return files()[city_id]


@cache
def classes(city_id: str) -> tuple[object, object]:
    """Size and diversity class as the files say; a share of foreign nationals is another thing than one born abroad."""
    row = of_files(city_id)
    residents = row["population"] or row["settlement_population"]
    size = None if not residents else int(residents) >= 200_000
    born, nationals = row["foreign_born_pct"], row["foreign_nationals_pct"]
    share = born or nationals
    bands = [10, 15, 20]
    return size, None if not share else (bool(born), sum(float(share) >= band for band in bands))


@pytest.mark.parametrize("rule", ["network", "country", "size", "diversity", "class"])
def test_a_rule_names_the_cities_that_the_files_say(rule: str, table: pd.DataFrame):
    every = list(table["city_id"])
    for one in naive.busy_cities(20):
        size, band = classes(one)
        nets = set(naive.networks()[one]) - {"international"}
        expected = {
            "network": {c for c in every if nets & (set(naive.networks()[c]) - {"international"})},
            "country": {c for c in every if of_files(c)["country_code"] == of_files(one)["country_code"]},
            "size": {c for c in every if size is not None and classes(c)[0] == size},
            "diversity": {c for c in every if band is not None and classes(c)[1] == band},
            "class": {c for c in every if None not in (size, band) and classes(c) == (size, band)},
        }[rule]
        found = members(PeerSet(rule, with_practices=False), table, one)
        assert set(found.index) == expected - {one}, one


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_gives_distances_in_order_and_never_the_city_itself(rule: Any, table: pd.DataFrame):
    picked = ("oslo", "bilbao", "dublin")
    found = members(PeerSet(rule, picked=picked), table, "bilbao")
    assert "bilbao" not in found.index
    assert list(found.columns) == ["distance", "compared", "former"]
    assert found.index.name == "city_id"
    assert found.index.is_unique
    assert found["distance"].is_monotonic_increasing
    expected = from_city(table, "bilbao").loc[found.index]
    pd.testing.assert_frame_equal(found[["distance", "compared"]], expected)
    assert found["former"].tolist() == [of_files(city)["status"] == "former" for city in found.index]


def test_the_nearest_are_as_many_as_asked_for(table: pd.DataFrame):
    for k in (1, 7, MOST_K):
        found = members(PeerSet(k=k, with_practices=False), table, "bilbao")
        expected = nearest(from_city(table, "bilbao"), "bilbao", k)
        pd.testing.assert_frame_equal(found[["distance", "compared"]], expected)
        assert len(found) == k


@cache
def with_practices() -> set[str]:
    return {city_id for city_id in naive.features() if len(naive.of_city(city_id))}


@pytest.mark.parametrize("rule", BY_RULE)
def test_every_rule_leaves_out_cities_without_published_practices(rule: Any, table: pd.DataFrame):
    for one in ("turin", "reggio-emilia", "guro", "bergen"):
        everyone = PeerSet(rule, k=len(table), with_practices=False)
        wanted = members(everyone, table, one)
        asked = replace(everyone, with_practices=True)
        kept = wanted[wanted.index.isin(with_practices())]
        pd.testing.assert_frame_equal(members(asked, table, one), kept)
        assert left_out(asked, table, one) == [city for city in wanted.index if city not in kept.index]


def test_the_nearest_with_published_practices_are_as_many_as_asked_for(table: pd.DataFrame):
    every = nearest(from_city(table, "turin"), "turin", len(table))
    expected = every[every.index.isin(with_practices())]
    for k in (1, 10, MOST_K):
        found = members(PeerSet(k=k), table, "turin")
        pd.testing.assert_frame_equal(found[["distance", "compared"]], expected.head(k))
        assert len(found) == k


def test_only_cities_nearer_than_the_last_peer_are_said_to_be_left_out(table: pd.DataFrame):
    asked = PeerSet(k=7)
    every = list(nearest(from_city(table, "lutsk"), "lutsk", len(table)).index)
    nearer = every[: every.index(members(asked, table, "lutsk").index[-1])]
    assert left_out(asked, table, "lutsk") == [city for city in nearer if city not in with_practices()]
    assert len(left_out(asked, table, "lutsk")) > 0


@pytest.mark.parametrize("rule", RULES)
def test_nobody_is_left_out_where_all_cities_count(rule: Any, table: pd.DataFrame):
    assert left_out(PeerSet(rule, picked=("guro",), with_practices=False), table, "turin") == []


def test_a_city_without_practices_of_its_own_can_be_set_beside_those_that_have_some(table: pd.DataFrame):
    assert "guro" not in with_practices()
    found = members(PeerSet(), table, "guro")
    assert len(found) == DEFAULT_K
    assert set(found.index) <= with_practices()


@pytest.mark.parametrize("rule", BY_RULE)
def test_a_peer_set_says_in_words_whom_it_leaves_out(rule: Any):
    assert PeerSet(rule).in_words() == f"{RULES[rule]}, of those with published practices"
    assert PeerSet(rule, with_practices=False).in_words() == RULES[rule]
    assert (
        PeerSet(rule, with_practices=False, without_former=True).in_words() == f"{RULES[rule]}, without former members"
    )
    assert PeerSet("picked", without_former=True).in_words() == "Picked by hand"


@pytest.mark.parametrize("rule", BY_RULE)
def test_every_rule_can_leave_out_who_has_left_the_programme(rule: Any, table: pd.DataFrame):
    gone = {city_id for city_id, row in files().items() if row["status"] == "former"}
    for one in ("lutsk", "turin", "oslo"):
        everyone = PeerSet(rule, k=len(table), with_practices=False)
        wanted = members(everyone, table, one)
        found = members(replace(everyone, without_former=True), table, one)
        pd.testing.assert_frame_equal(found, wanted[~wanted.index.isin(gone)])
    assert "kherson" in gone


def test_who_is_picked_by_hand_is_a_peer_with_or_without_practices_and_membership(table: pd.DataFrame):
    assert "kherson" not in with_practices()
    found = members(PeerSet("picked", picked=("kherson", "oslo"), without_former=True), table, "lutsk")
    assert found["former"].to_dict() == {"kherson": True, "oslo": False}
    assert left_out(PeerSet("picked", picked=("kherson",)), table, "lutsk") == []


# Every default peer set looked at once: what the benchmark, the audit and the lists of practices to borrow rest on, and
# what the page of a city calls its most similar cities.
@pytest.fixture(scope="module", params=[PeerSet(), PeerSet(with_practices=False)], ids=["with practices", "all"])
def peer_sets(table: pd.DataFrame, request: pytest.FixtureRequest) -> tuple[PeerSet, dict[str, pd.DataFrame]]:
    averages = average_distances(table)
    asked: PeerSet = request.param
    return asked, {city_id: members(asked, table, city_id, averages) for city_id in table["city_id"]}


Found = tuple[PeerSet, dict[str, pd.DataFrame]]


def test_every_city_has_ten_different_peers(peer_sets: Found):
    for city_id, found in peer_sets[1].items():
        assert len(set(found.index) - {city_id}) == DEFAULT_K, city_id
        assert found["distance"].between(0, 1).all()


def test_every_city_has_a_peer_of_its_part_of_the_world_where_there_is_one(peer_sets: Found):
    asked, found = peer_sets
    region = {city_id: region_of(row["country_code"]) for city_id, row in files().items()}
    candidates = with_practices() if asked.with_practices else set(region)
    for city_id, its_peers in found.items():
        near = {other for other in candidates - {city_id} if region[other] == region[city_id]}
        assert bool(near) == bool(near & set(its_peers.index)), city_id


def test_peers_have_published_practices_unless_all_cities_are_asked_for(peer_sets: Found):
    asked, found = peer_sets
    expected = with_practices() if asked.with_practices else set(files())
    assert {other for its_peers in found.values() for other in its_peers.index} <= expected


def test_a_peer_of_a_known_distance_is_never_farther_than_a_city_that_is_none(table: pd.DataFrame):
    for one in naive.busy_cities(5):
        found = members(PeerSet(with_practices=False), table, one)
        others = from_city(table, one).drop(index=[one, *found.index])
        assert found["distance"].max() <= others["distance"].min()


def test_the_neighbour_of_a_city_of_which_little_is_known_is_its_first_peer(table: pd.DataFrame):
    found = members(PeerSet(with_practices=False), table, "mechelen")
    assert found.index[0] == "turnhout"
    assert {"strasbourg", "tilburg"} <= set(found.index)
    assert "mechelen" in members(PeerSet(with_practices=False), table, "delft").index


def test_the_first_peers_of_a_city_are_not_former_members_without_practices(table: pd.DataFrame):
    found = members(PeerSet(), table, "lutsk")
    assert set(found.index[:5]) == {"vinnytsia", "sumy", "pavlohrad", "melitopol", "odesa"}
    assert not found["former"].any()
    assert not members(PeerSet(with_practices=False), table, "lutsk")["former"].iloc[0]


def test_the_weights_decide_who_is_near(table: pd.DataFrame):
    only_country = dict.fromkeys(FEATURES, 0.0) | {"country": 1.0, "population": 0.5, "region": 0.5, "network": 0.5}
    found = members(PeerSet(k=5, weights=only_country, with_practices=False), table, "oslo")
    assert {of_files(city)["country_code"] for city in found.index} == {"NO"}


def test_cities_picked_by_hand_are_taken_as_they_are(table: pd.DataFrame):
    found = members(PeerSet("picked", picked=("oslo", "agadir")), table, "bilbao")
    assert sorted(found.index) == ["agadir", "oslo"]
    assert members(PeerSet("picked"), table, "bilbao").empty


def test_a_city_without_what_a_rule_needs_has_no_peers_by_it(table: pd.DataFrame):
    row = next(row for row in table.to_dict("records") if row["foreign"] is None and row["network"] is None)
    for rule in ("network", "diversity", "class"):
        assert members(PeerSet(rule), table, row["city_id"]).empty
    assert len(members(PeerSet("size"), table, row["city_id"])) > 0


def test_rules_work_with_weights_of_nothing(table: pd.DataFrame):
    found = members(PeerSet("country", weights=dict.fromkeys(FEATURES, 0.0)), table, "bilbao")
    assert len(found) > 0
    assert found["distance"].isna().all()


def test_a_city_that_is_not_there_is_refused(table: pd.DataFrame):
    for rule in RULES:
        with pytest.raises(KeyError):
            members(PeerSet(rule), table, "atlantis")


def test_the_default_needs_no_address():
    assert PeerSet().to_params() == {}
    assert PeerSet(weights={"country": 1.0}).to_params() == {}
    assert read_peer_set({}, CITIES) == (PeerSet(), [])


def test_an_address_reads_like_what_it_means():
    weights = {"country": 2.5, "index": 0.0}
    asked = PeerSet("picked", 5, ("cork", "bilbao"), weights, with_practices=False, without_former=True)
    assert asked.to_params() == {
        "peers": ["picked"],
        "k": ["5"],
        "peer": ["cork", "bilbao"],
        "having": ["any"],
        "former": ["no"],
        "weight": ["country:2.5", "index:0"],
    }
    assert asked.to_params().keys() == PEER_PARAMS


@examples(150)
@given(
    st.builds(
        PeerSet,
        st.sampled_from(list(RULES)),
        st.integers(1, MOST_K),
        st.lists(st.sampled_from(CITIES), unique=True).map(tuple),
        st.dictionaries(st.sampled_from(list(FEATURES)), st.floats(0, HEAVIEST)).filter(
            lambda weights: any({**DEFAULT_WEIGHTS, **weights}.values())
        ),
        st.booleans(),
        st.booleans(),
    )
)
@example(PeerSet(weights={"country": 1 / 3}))
@example(PeerSet(weights={"country": 5e-324}))
def test_an_address_gives_back_the_peer_set_that_wrote_it(asked: PeerSet):
    found, ignored = read_peer_set(asked.to_params(), CITIES)
    assert ignored == []
    assert replace(found, weights={}) == replace(asked, weights={})
    assert found.all_weights() == asked.all_weights()


NUMBERS = st.sampled_from(["nan", "inf", "-1", "1e9", "-0", "0x1", "1_0", "٣", "5", "0", "40", "41", ""])
VALUES = st.text(max_size=12) | NUMBERS | st.builds("{}:{}".format, st.sampled_from([*FEATURES, "x"]), NUMBERS)


@examples(150)
@given(st.dictionaries(st.sampled_from([*PEER_PARAMS, "city"]), st.lists(VALUES | st.sampled_from(CITIES), max_size=4)))
@example({"k": ["000000001" + "9" * 12]})
@example({"k": ["000000001" + "9" * 5000]})
@example({"peers": [], "k": [], "peer": [], "having": [], "weight": []})
@example({"having": ["practices", "nothing"]})
def test_whatever_stands_in_an_address_gives_a_peer_set_that_can_be_used(params: dict[str, list[str]]):
    found, ignored = read_peer_set(params, CITIES)
    assert found.rule in RULES
    assert 1 <= found.k <= MOST_K
    assert set(found.picked) <= set(CITIES)
    assert all(0 <= weight <= HEAVIEST for weight in found.weights.values())
    assert any(found.all_weights().values())
    assert {item.name for item in ignored} <= PEER_PARAMS
    assert read_peer_set(found.to_params(), CITIES)[1] == []


@pytest.mark.parametrize(
    ("params", "ignored"),
    [
        ({"peers": ["cousins"]}, [("peers", "cousins")]),
        ({"k": ["0"]}, [("k", "0")]),
        ({"k": ["41"]}, [("k", "41")]),
        ({"k": ["²"]}, [("k", "²")]),
        ({"peer": ["atlantis", "cork"]}, [("peer", "atlantis")]),
        ({"having": ["Practices"]}, [("having", "Practices")]),
        ({"having": ["practices", ""]}, [("having", "")]),
        ({"former": ["maybe"]}, [("former", "maybe")]),
        ({"weight": ["country"]}, [("weight", "country")]),
        ({"weight": ["country:-1"]}, [("weight", "country:-1")]),
        ({"weight": ["country:nan"]}, [("weight", "country:nan")]),
        ({"weight": ["country:5.5"]}, [("weight", "country:5.5")]),
        ({"weight": ["colour:1"]}, [("weight", "colour:1")]),
    ],
)
def test_what_cannot_be_used_is_named(params: dict[str, list[str]], ignored: list[tuple[str, str]]):
    found, said = read_peer_set(params, CITIES)
    assert [(item.name, item.value) for item in said] == ignored
    assert replace(found, picked=()) == PeerSet()


def test_an_address_that_asks_for_what_is_the_default_anyway_is_understood():
    assert read_peer_set({"having": ["practices"], "former": ["yes"]}, CITIES) == (PeerSet(), [])


def test_weights_that_leave_nothing_to_compare_do_not_count_and_each_is_named_once():
    zeros = [f"{name}:0" for name in FEATURES]
    found, ignored = read_peer_set({"weight": ["colour:1", *zeros]}, CITIES)
    assert found.all_weights() == DEFAULT_WEIGHTS
    assert sorted(item.value for item in ignored) == sorted(["colour:1", *zeros])
    assert {item.name for item in ignored} == {"weight"}


def test_every_rule_is_called_something():
    assert set(RULES) == set(get_args(Rule))
