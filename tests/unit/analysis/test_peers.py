"""Gower's distance: by hand, against the package gower, against pandas, and what must hold of any distance."""

from __future__ import annotations

import math
from typing import Any

import duckdb
import gower
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.analysis.peers import (
    DEFAULT_WEIGHTS,
    FEATURES,
    average_distances,
    distances,
    features,
    nearest,
    parts,
    too_little,
    warning,
)
from icc_data.model.regions import region_of
from tests.helpers import naive
from tests.helpers.examples import examples
from tests.helpers.made_up_cities import CODES, HAND, A, B, cities, city, frame_of

NUMBERS = [name for name, feature in FEATURES.items() if feature.is_number]


def test_each_part_of_a_distance_is_as_worked_out_by_hand():
    found = parts(HAND, "a").loc["b"]
    expected = {"population": 1 / 2, "foreign": 5 / 20, "country": 1, "region": 0, "joined": 5 / 10}
    expected |= {"network": 1 - 1 / 2, "profile": (1 / 2 + 1 / 2) / 2, "index": np.nan}
    assert found.to_dict() == pytest.approx(expected, nan_ok=True)


# Of the pairs ab, ac, ad, bc, bd, cd: residents 1/2, 1/2, 2/2; born abroad 5, 20, 15 of 20 points; the country always;
# a and b alone are in one region; networks {rpci}, {rpci, reci} and none: 1/2, 1, 1; joined 5, 10, 5 of 10 years; Index
# 40 of 40 points; profiles of a and b 1/2.
AVERAGES = {
    "population": 2 / 3,
    "foreign": 2 / 3,
    "country": 1,
    "region": 5 / 6,
    "network": 2.5 / 3,
    "joined": 2 / 3,
    "index": 1,
    "profile": 1 / 2,
}


def from_city(table: pd.DataFrame, city_id: str, weights: dict[str, float] = DEFAULT_WEIGHTS) -> pd.DataFrame:
    return distances(parts(table, city_id), average_distances(table), weights)


def test_the_average_distance_of_each_feature_is_as_worked_out_by_hand():
    assert average_distances(HAND) == pytest.approx(AVERAGES)


def test_a_distance_is_the_mean_of_all_parts_with_the_average_of_those_that_are_missing():
    found = from_city(HAND, "a")
    assert found.loc["b"].to_dict() == pytest.approx({"distance": (3.25 + AVERAGES["index"]) / 8, "compared": 7})
    assert found.loc["c"].to_dict() == pytest.approx(
        {"distance": (1 / 2 + 20 / 20 + 1 + 1 + 1 + 10 / 10 + 40 / 40 + AVERAGES["profile"]) / 8, "compared": 7}
    )
    others = 2 / 3 + 2 / 3 + 2.5 / 3 + 2 / 3 + 1 + 1 / 2
    assert found.loc["d"].to_dict() == pytest.approx({"distance": (1 + 1 + others) / 8, "compared": 2})


def test_weights_weigh_the_parts_and_a_weight_of_nothing_leaves_one_out():
    found = from_city(HAND, "a", {**DEFAULT_WEIGHTS, "population": 2, "country": 0, "profile": 0.5})
    expected = (2 * 0.5 + 0.25 + 0 + 0.5 + 0.5 + 1 + 0.5 * 0.5) / (2 + 1 + 1 + 1 + 1 + 1 + 0.5)
    assert found.loc["b"].to_dict() == pytest.approx({"distance": expected, "compared": 6})


def test_a_feature_without_a_weight_of_its_own_weighs_1():
    pd.testing.assert_frame_equal(from_city(HAND, "a", {}), from_city(HAND, "a"))


def test_without_any_weight_nothing_can_be_compared():
    found = from_city(HAND, "a", dict.fromkeys(FEATURES, 0.0))
    assert found["distance"].isna().all()
    assert (found["compared"] == 0).all()
    assert nearest(found, "a", 3).empty


def test_what_is_known_of_one_city_alone_tells_nobody_apart():
    table = frame_of(city("a", joined=2010, country="PT"), city("b", country="PT"), city("c", country="ES"))
    assert math.isnan(average_distances(table)["joined"])
    assert from_city(table, "a")["distance"].tolist() == pytest.approx([0, 0, 1])


def test_a_city_of_which_little_is_known_is_neither_nearer_nor_farther_for_it():
    """The same country and nothing else known is nearer than another country, and farther than all of it alike."""
    alike = {"country": "PT", "joined": 2010, "population": 5.0}
    own, twin, little = city("own", **alike), city("twin", **alike), city("little", country="PT")
    far = city("far", country="ES", joined=2020, population=6.0)
    found = nearest(from_city(frame_of(own, twin, little, far), "own"), "own", 3)
    # Years and residents: of the pairs own-twin, own-far, twin-far two differ by all of the spread.
    assert found["distance"].to_dict() == pytest.approx({"twin": 0, "little": (0 + 2 / 3 + 2 / 3) / 3, "far": 1})


@pytest.mark.parametrize("weight", [-0.1, math.nan, math.inf, -math.inf])
def test_a_weight_that_is_negative_or_no_number_is_refused(weight: float):
    with pytest.raises(ValueError, match="weights"):
        from_city(HAND, "a", {"population": weight})


def test_a_city_that_is_not_there_is_refused():
    with pytest.raises(KeyError):
        parts(HAND, "atlantis")


def test_a_number_that_all_cities_share_makes_no_difference():
    same = frame_of(city("a", joined=2010), city("b", joined=2010), city("c"))
    assert parts(same, "a")["joined"].tolist() == pytest.approx([0, 0, np.nan], nan_ok=True)


def test_two_cities_in_no_national_network_are_alike_in_that_and_unlike_one_that_is_in_one():
    table = frame_of(city("a", network=frozenset()), city("b", network=frozenset()), city("c", network=frozenset("x")))
    assert parts(table, "a")["network"].tolist() == [0, 0, 1]


def test_a_network_that_nobody_states_is_not_counted_as_another():
    table = frame_of(city("a", network=None), city("b", network=frozenset("x")))
    assert np.isnan(parts(table, "a").loc["b", "network"])
    assert np.isnan(parts(table, "b").loc["a", "network"])


def test_profiles_are_compared_by_shares_whatever_their_size():
    table = frame_of(city("a", profile={"x": 1, "y": 2}), city("b", profile={"x": 10, "y": 20}), city("c"))
    assert parts(table, "a")["profile"].tolist() == pytest.approx([0, 0, np.nan], nan_ok=True)
    assert parts(table, "a").loc["b", "profile"] == 0


def test_the_nearest_come_first_and_the_city_itself_never():
    found = from_city(HAND, "a")
    assert list(nearest(found, "a", 5).index) == ["b", "d", "c"]
    assert list(nearest(found, "a", 1).index) == ["b"]


def test_of_equally_near_cities_the_one_compared_in_more_features_comes_first():
    own = city("own", country="PT", region="S", population=5.0)
    less, more = city("aaa", country="PT", region="S"), city("zzz", country="PT", region="S", population=5.0)
    # All residents are alike, so that not knowing them costs nothing.
    found = nearest(from_city(frame_of(own, less, more), "own"), "own", 3)
    assert list(found.index) == ["zzz", "aaa"]
    assert found["distance"].tolist() == [0, 0]


@pytest.mark.parametrize("name", sorted(FEATURES))
def test_a_single_feature_with_a_weight_is_enough_to_compare_by(name: str, atlas: duckdb.DuckDBPyConnection):
    table = real(atlas)
    rated = next(row for row in table.to_dict("records") if row[name])
    weights = {**dict.fromkeys(FEATURES, 0.0), name: 1.0}
    found = nearest(from_city(table, rated["city_id"], weights), rated["city_id"], 5)
    assert found["compared"].tolist() == [1] * 5


def test_where_nothing_that_counts_is_known_of_a_city_there_is_no_peer_and_that_is_said():
    only = {**dict.fromkeys(FEATURES, 0.0), "index": 1.0}
    assert nearest(from_city(HAND, "b", only), "b", 5).empty
    assert too_little(only) == "Nothing is known of this city, or of any other, in what counts: Index, overall."


PLACE = {"country": "NO", "region": "Northern Europe", "network": frozenset({"no"})}


def test_a_near_peer_of_which_half_is_known_carries_no_warning():
    one, two = city("a", population=5.0, **PLACE), city("b", population=5.1, **PLACE)
    assert warning(one, two, 0.5) == ""


def test_with_less_than_half_of_the_weight_known_a_peer_carries_a_warning_that_says_what_is():
    assert warning(city("a", population=5.0, **PLACE), city("b", **PLACE), 0.2) == (
        "Less than half of what counts is known of both: Country, Part of the world and National or regional network."
    )
    assert warning(city("a"), city("b"), math.nan) == "Nothing that counts is known of both."


def test_a_peer_beyond_half_of_the_distance_carries_a_warning():
    assert warning(A, B, 0.51) == "More different than alike."
    assert warning(A, city("d", country="JP"), 0.9) == (
        "More different than alike. Less than half of what counts is known of both: Country."
    )


def test_the_weights_decide_what_half_is():
    one, two = city("a", population=5.0, **PLACE), city("b", population=5.1, **PLACE)
    assert warning(one, two, 0.1, {"profile": 1.5}).startswith("Less than half of what counts is known of both: ")
    assert warning(one, city("c", **PLACE), 0.1, {"profile": 0.0, "index": 0.0}) == ""


def test_no_real_city_is_refused(atlas: duckdb.DuckDBPyConnection):
    table = real(atlas)
    averages = average_distances(table)
    for city_id in table["city_id"]:
        assert len(nearest(distances(parts(table, city_id), averages), city_id, len(table))) == len(table) - 1


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
    ours = [from_city(table, city_id, weights)["distance"].tolist() for city_id in table["city_id"]]
    np.testing.assert_allclose(ours, theirs, atol=2e-6)
    assert (from_city(table, "c0", weights)["compared"] == len(FEATURES)).all()


weightings = st.fixed_dictionaries({name: st.floats(0, 5) for name in FEATURES})


def matrix(table: pd.DataFrame, weights: dict[str, float]) -> pd.DataFrame:
    return pd.DataFrame({city_id: from_city(table, city_id, weights)["distance"] for city_id in table["city_id"]})


@examples(30)
@given(cities, weightings)
def test_a_distance_is_the_same_in_both_directions(table: pd.DataFrame, weights: dict[str, float]):
    found = matrix(table, weights)
    pd.testing.assert_frame_equal(found, found.T, check_names=False, check_exact=True)


@examples(30)
@given(cities, weightings)
def test_a_distance_lies_between_0_and_1_and_a_city_is_like_itself(table: pd.DataFrame, weights: dict[str, float]):
    found = matrix(table, weights)
    known = found.to_numpy()[found.notna().to_numpy()]
    assert ((known >= 0) & (known <= 1)).all()
    assert set(np.diag(found)[~np.isnan(np.diag(found))]) <= {0.0}


def test_weights_that_add_up_to_more_in_another_order_make_no_distance_over_one():
    nothing = dict.fromkeys(FEATURES)
    table = frame_of(
        city("c0", **{**nothing, "profile": {}, "region": "b"}),
        city("c1", **{**nothing, "profile": {}, "region": "a", "network": frozenset("a"), "index": 0.0}),
        city("c2", **{**nothing, "profile": {}, "network": frozenset()}),
        city("c3", **{**nothing, "profile": {}, "index": 1.0}),
    )
    weights = {**dict.fromkeys(FEATURES, 0.0), "region": 1.0, "network": 3.45, "index": 0.4303201846335259}
    assert matrix(table, weights).max().max() == 1.0


@examples(30)
@given(cities)
def test_an_average_distance_is_that_of_all_pairs_looked_at_one_by_one(table: pd.DataFrame):
    pairs = pd.concat(
        [parts(table, city_id).iloc[place + 1 :] for place, city_id in enumerate(table["city_id"])], ignore_index=True
    )
    assert average_distances(table) == pytest.approx(pairs.mean().to_dict(), abs=1e-12, nan_ok=True)


@examples(30)
@given(cities, weightings, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(table: pd.DataFrame, weights: dict[str, float], random: Any):
    order = list(range(len(table)))
    random.shuffle(order)
    mixed = table.iloc[order].reset_index(drop=True)
    one, two = from_city(table, "c0", weights), from_city(mixed, "c0", weights)
    pd.testing.assert_frame_equal(one, two.loc[one.index], check_exact=True)
    pd.testing.assert_frame_equal(nearest(one, "c0", 9), nearest(two, "c0", 9))


@examples(30)
@given(cities)
def test_a_city_is_never_its_own_peer_and_peers_come_in_order(table: pd.DataFrame):
    found = nearest(from_city(table, "c0"), "c0", 9)
    assert "c0" not in found.index
    assert found["distance"].is_monotonic_increasing


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
        found = from_city(table, one)
        for other in set(list(rows)[::9]) - {one}:
            expected, compared = naive.gower(rows[one], rows[other], region_of)
            assert found.loc[other, "distance"] == pytest.approx(expected), (one, other)
            assert found.loc[other, "compared"] == compared, (one, other)
