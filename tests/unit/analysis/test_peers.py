"""Gower's distance: by hand, against the package gower, against pandas, and what must hold of any distance."""

from __future__ import annotations

import math
from typing import Any

import duckdb
import gower
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icc_data import queries
from icc_data.analysis.peers import (
    DEFAULT_WEIGHTS,
    FEATURES,
    FEWEST_FACTS,
    FEWEST_FEATURES,
    PLACE,
    distances,
    enough,
    features,
    nearest,
    parts,
    too_little,
)
from icc_data.model.regions import region_of
from tests.helpers import naive
from tests.helpers.made_up_cities import CODES, HAND, cities, city, frame_of

NUMBERS = [name for name, feature in FEATURES.items() if feature.is_number]


def test_each_part_of_a_distance_is_as_worked_out_by_hand():
    found = parts(HAND, "a").loc["b"]
    expected = {"population": 1 / 2, "foreign": 5 / 20, "country": 1, "region": 0, "joined": 5 / 10}
    expected |= {"network": 1 - 1 / 2, "profile": (1 / 2 + 1 / 2) / 2, "index": np.nan}
    assert found.to_dict() == pytest.approx(expected, nan_ok=True)


def test_a_distance_is_the_mean_of_the_parts_that_both_have():
    found = distances(parts(HAND, "a"))
    assert found.loc["b"].to_dict() == pytest.approx({"distance": 3.25 / 7, "compared": 7})
    assert found.loc["c"].to_dict() == pytest.approx(
        {"distance": (1 / 2 + 20 / 20 + 1 + 1 + 1 + 10 / 10 + 40 / 40) / 7, "compared": 7}
    )
    assert found.loc["d"].to_dict() == pytest.approx({"distance": 1.0, "compared": 2})


def test_weights_weigh_the_parts_and_a_weight_of_nothing_leaves_one_out():
    found = distances(parts(HAND, "a"), {**DEFAULT_WEIGHTS, "population": 2, "country": 0, "profile": 0.5})
    expected = (2 * 0.5 + 0.25 + 0 + 0.5 + 0.5 + 0.5 * 0.5) / (2 + 1 + 1 + 1 + 1 + 0.5)
    assert found.loc["b"].to_dict() == pytest.approx({"distance": expected, "compared": 6})


def test_a_feature_without_a_weight_of_its_own_weighs_1():
    pd.testing.assert_frame_equal(distances(parts(HAND, "a"), {}), distances(parts(HAND, "a")))


def test_without_any_weight_nothing_can_be_compared():
    found = distances(parts(HAND, "a"), dict.fromkeys(FEATURES, 0.0))
    assert found["distance"].isna().all()
    assert (found["compared"] == 0).all()
    assert nearest(parts(HAND, "a"), "a", 3, dict.fromkeys(FEATURES, 0.0)).empty


@pytest.mark.parametrize("weight", [-0.1, math.nan, math.inf, -math.inf])
def test_a_weight_that_is_negative_or_no_number_is_refused(weight: float):
    with pytest.raises(ValueError, match="weights"):
        distances(parts(HAND, "a"), {"population": weight})


def test_a_city_that_is_not_there_is_refused():
    with pytest.raises(KeyError):
        parts(HAND, "atlantis")


def test_a_number_that_all_cities_share_makes_no_difference():
    same = frame_of(city("a", joined=2010), city("b", joined=2010), city("c"))
    assert parts(same, "a")["joined"].tolist() == pytest.approx([0, 0, np.nan], nan_ok=True)


def test_two_cities_in_no_national_network_have_nothing_to_compare_there():
    table = frame_of(city("a", network=frozenset()), city("b", network=frozenset()), city("c", network=frozenset("x")))
    assert parts(table, "a")["network"].tolist() == pytest.approx([np.nan, np.nan, 1], nan_ok=True)


def test_a_network_that_nobody_states_is_not_counted_as_another():
    table = frame_of(city("a", network=None), city("b", network=frozenset("x")))
    assert np.isnan(parts(table, "a").loc["b", "network"])
    assert np.isnan(parts(table, "b").loc["a", "network"])


def test_profiles_are_compared_by_shares_whatever_their_size():
    table = frame_of(city("a", profile={"x": 1, "y": 2}), city("b", profile={"x": 10, "y": 20}), city("c"))
    assert parts(table, "a")["profile"].tolist() == pytest.approx([0, 0, np.nan], nan_ok=True)
    assert parts(table, "a").loc["b", "profile"] == 0


def test_the_nearest_come_first_and_the_city_itself_never():
    assert list(nearest(parts(HAND, "a"), "a", 5).index) == ["b", "c"]
    assert list(nearest(parts(HAND, "a"), "a", 1).index) == ["b"]


def test_of_equally_near_cities_the_one_compared_in_more_features_comes_first():
    own = city("own", country="PT", region="S", joined=2010, population=5.0, foreign=9.0)
    less = city("aaa", country="PT", region="S", joined=2010, foreign=9.0)
    more = city("zzz", country="PT", region="S", joined=2010, population=5.0, foreign=9.0)
    other = city("far", country="JP", region="E", joined=2020, population=6.0, foreign=19.0)
    found = nearest(parts(frame_of(own, less, more, other), "own"), "own", 3)
    assert list(found.index) == ["zzz", "aaa", "far"]
    assert found["distance"].tolist() == [0, 0, 1]


def test_cities_that_can_be_compared_in_too_few_features_are_no_peers():
    known: dict[str, Any] = {"country": "PT", "region": "S", "joined": 2010, "population": 5.0, "foreign": 9.0}
    for count in range(1, len(known) + 1):
        some = dict(list(known.items())[:count])
        found = parts(frame_of(city("a", **some), city("b", **known)), "a")
        assert distances(found).loc["b", "compared"] == count
        assert nearest(found, "a", 5).empty == (count < FEWEST_FEATURES)


NORWAY: dict[str, Any] = {"country": "NO", "region": "Northern Europe", "network": frozenset({"no"})}
OSLO = city("oslo", **NORWAY, population=5.8, foreign=28.0)
BERGEN = city("bergen", **NORWAY, population=5.4, foreign=18.0)
TRONDHEIM = city("trondheim", **NORWAY, population=5.3)


def test_place_and_one_fact_make_no_peer_of_a_city_of_which_more_is_known():
    found = parts(frame_of(OSLO, BERGEN, TRONDHEIM), "oslo")
    assert list(nearest(found, "oslo", 5).index) == ["bergen"]


def test_a_city_of_which_one_fact_is_known_is_compared_in_that_one():
    found = parts(frame_of(OSLO, BERGEN, TRONDHEIM), "trondheim")
    assert list(nearest(found, "trondheim", 5).index) == ["bergen", "oslo"]


@pytest.mark.parametrize("name", sorted(FEATURES))
def test_a_single_feature_with_a_weight_is_enough_to_compare_by(name: str, atlas: duckdb.DuckDBPyConnection):
    table = real(atlas)
    known = next(row for row in table.to_dict("records") if row[name])
    weights = {**dict.fromkeys(FEATURES, 0.0), name: 1.0}
    found = nearest(parts(table, known["city_id"]), known["city_id"], 5, weights)
    assert found["compared"].tolist() == [1] * len(found)
    assert len(found)


def test_where_the_weights_leave_too_little_they_are_named_as_the_reason():
    assert too_little() == (
        "Too little is known of this city: with no other it can be compared in 4 features, 2 of them beside country, "
        "part of the world and network."
    )
    weights = {**dict.fromkeys(FEATURES, 0.0), "index": 1.0}
    assert too_little(weights).startswith("With these weights only Index, overall count")


def test_few_cities_are_left_without_peers(atlas: duckdb.DuckDBPyConnection):
    table, rows = real(atlas), naive.features()
    alone = [city_id for city_id in rows if enough(parts(table, city_id), city_id).drop(index=city_id).sum() < 5]
    assert len(alone) == 18
    for city_id in alone:
        assert nearest(parts(table, city_id), city_id, 5).empty


# Against the package gower, which knows numbers and categories and nothing missing: a network or profile of one code
# is a category.
def _random_table(rng: np.random.Generator, count: int) -> pd.DataFrame:
    rows = []
    for place in range(count):
        code = {name: CODES[rng.integers(len(CODES))] for name in ("country", "region", "network", "profile")}
        numbers = {name: float(rng.uniform(1, 100)) for name in NUMBERS}
        rows.append(
            city(
                f"c{place}",
                **numbers,
                country=code["country"],
                region=code["region"],
                network=frozenset({code["network"]}),
                profile={code["profile"]: int(rng.integers(1, 9))},
            )
        )
    return frame_of(*rows)


@pytest.mark.parametrize("seed", range(8))
def test_distances_are_those_of_the_package_gower(seed: int):
    rng = np.random.default_rng(seed)
    table = _random_table(rng, 25)
    weights = {name: float(rng.uniform(0, 5)) for name in FEATURES}
    plain = {
        "network": [CODES.index(next(iter(codes))) for codes in table["network"]],
        "profile": [CODES.index(next(iter(counts))) for counts in table["profile"]],
        "country": [CODES.index(code) for code in table["country"]],
        "region": [CODES.index(code) for code in table["region"]],
        **{name: table[name] for name in NUMBERS},
    }
    flat = pd.DataFrame({name: plain[name] for name in FEATURES}).astype(float)
    theirs = gower.gower_matrix(
        flat, weight=np.array(list(weights.values())), cat_features=[name not in NUMBERS for name in FEATURES]
    )
    ours = [distances(parts(table, city_id), weights)["distance"].tolist() for city_id in table["city_id"]]
    np.testing.assert_allclose(ours, theirs, atol=2e-6)
    assert (distances(parts(table, "c0"), weights)["compared"] == len(FEATURES)).all()


weightings = st.fixed_dictionaries({name: st.floats(0, 5) for name in FEATURES})


def matrix(table: pd.DataFrame, weights: dict[str, float]) -> pd.DataFrame:
    columns = {city_id: distances(parts(table, city_id), weights)["distance"] for city_id in table["city_id"]}
    return pd.DataFrame(columns)


@settings(max_examples=30)
@given(cities, weightings)
def test_a_distance_is_the_same_in_both_directions(table: pd.DataFrame, weights: dict[str, float]):
    found = matrix(table, weights)
    pd.testing.assert_frame_equal(found, found.T, check_names=False, check_exact=True)


@settings(max_examples=30)
@given(cities, weightings)
def test_a_distance_lies_between_0_and_1_and_a_city_is_like_itself(table: pd.DataFrame, weights: dict[str, float]):
    found = matrix(table, weights)
    known = found.to_numpy()[found.notna().to_numpy()]
    assert ((known >= 0) & (known <= 1)).all()
    assert set(np.diag(found)[~np.isnan(np.diag(found))]) <= {0.0}


@settings(max_examples=30)
@given(cities, weightings, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(table: pd.DataFrame, weights: dict[str, float], random: Any):
    order = list(range(len(table)))
    random.shuffle(order)
    mixed = table.iloc[order].reset_index(drop=True)
    one, two = parts(table, "c0"), parts(mixed, "c0")
    pd.testing.assert_frame_equal(distances(one, weights), distances(two, weights).loc[one.index], check_exact=True)
    pd.testing.assert_frame_equal(nearest(one, "c0", 9, weights), nearest(two, "c0", 9, weights))


@settings(max_examples=30)
@given(cities)
def test_a_city_is_never_its_own_peer_and_peers_come_in_order(table: pd.DataFrame):
    found = nearest(parts(table, "c0"), "c0", 9)
    assert "c0" not in found.index
    assert found["distance"].is_monotonic_increasing
    assert (found["compared"] >= FEWEST_FEATURES).all()
    own = parts(table, "c0").drop(columns=list(PLACE)).notna().sum(axis=1)
    assert (own[found.index] >= min(FEWEST_FACTS, own["c0"])).all()


def real(atlas: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    return features(queries.city_features(atlas))


def test_the_features_of_every_city_are_those_of_the_files(atlas: duckdb.DuckDBPyConnection):
    table = real(atlas)
    assert list(table["city_id"]) == sorted(naive.features())
    for row in table.to_dict("records"):
        expected = naive.features()[row["city_id"]]
        assert row["profile"] == expected["profile"]
        assert row["network"] == expected["network"]
        assert row["region"] == region_of(expected["country"])
        for name in ("population", "foreign", "country", "joined", "index"):
            known = expected[name] if isinstance(expected[name], str) else pytest.approx(expected[name])
            assert row[name] == known, (row["city_id"], name)


def test_of_several_editions_the_newest_score_is_compared(small_atlas: duckdb.DuckDBPyConnection):
    row = real(small_atlas).set_index("city_id").loc["lisbon"]
    assert (row["index"], row["index_year"]) == (70.0, 2020)


def test_figures_of_the_settlement_and_of_foreign_nationals_are_marked(atlas: duckdb.DuckDBPyConnection):
    frame = queries.city_features(atlas).set_index("city_id")
    for row in naive.table("cities").to_dict("records"):
        marks = frame.loc[row["city_id"]]
        assert marks["of_settlement"] == (not row["population"] and bool(row["settlement_population"]))
        assert marks["of_nationals"] == (not row["foreign_born_pct"] and bool(row["foreign_nationals_pct"]))


def test_distances_of_real_cities_are_those_worked_out_with_pandas(atlas: duckdb.DuckDBPyConnection):
    table, rows = real(atlas), naive.features()
    for one in naive.busy_cities(20):
        found = distances(parts(table, one))
        for other in list(rows)[::9]:
            expected, compared = naive.gower(rows[one], rows[other], region_of)
            assert found.loc[other, "distance"] == pytest.approx(expected), (one, other)
            assert found.loc[other, "compared"] == compared, (one, other)
