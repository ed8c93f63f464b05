"""The graph of cities that carry practices together: by hand, with pandas, and who could join whom."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import duckdb
import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data import queries
from icc_data.analysis.partners import (
    components,
    graph,
    groups,
    likely_partners,
    matrix_cells,
    measures,
    partners_of,
    positions,
    proposals,
    ranking_bars,
    shared_practices,
    shown_in_matrix,
)
from icc_data.analysis.peers import average_distances, distances, features, parts
from icc_data.queries.selection import Selection
from tests.helpers import made_up_cities, naive
from tests.helpers.examples import examples


def pairs_of(*rows: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["one", "other", "practices"])


# A chain a - b - c with a side branch b - d, and a pair apart.
HAND = pairs_of(("a", "b", 2), ("b", "c", 1), ("b", "d", 3), ("x", "y", 5))


def test_partners_are_counted_once_and_shared_practices_once_a_partner():
    found = measures(graph(HAND)).set_index("city_id")
    assert found["partners"].to_dict() == {"a": 1, "b": 3, "c": 1, "d": 1, "x": 1, "y": 1}
    assert found["shared"].to_dict() == {"a": 2, "b": 6, "c": 1, "d": 3, "x": 5, "y": 5}


def test_betweenness_is_the_share_of_shortest_ways_that_lead_through_a_city():
    # Of the ways between two others of six cities there are 5 × 4 / 2; through b lead those of a, c and d.
    found = measures(graph(HAND)).set_index("city_id")["betweenness"]
    assert found.to_dict() == pytest.approx({"a": 0, "b": 3 / 10, "c": 0, "d": 0, "x": 0, "y": 0})


def test_groups_are_those_that_are_joined_in_any_way_the_largest_first():
    assert components(graph(HAND)) == groups(measures(graph(HAND))) == [["a", "b", "c", "d"], ["x", "y"]]
    assert measures(graph(HAND)).set_index("city_id")["component"].to_dict() == {
        **dict.fromkeys("abcd", 0),
        **dict.fromkeys("xy", 1),
    }


def test_the_most_connected_come_first_and_equals_by_practices_then_by_name():
    assert measures(graph(HAND))["city_id"].tolist() == ["b", "x", "y", "d", "a", "c"]


def test_without_pairs_there_is_an_empty_answer_with_all_columns():
    empty = graph(pairs_of())
    assert components(empty) == []
    assert list(measures(empty).columns) == ["city_id", "partners", "shared", "betweenness", "component"]


def test_likely_partners_are_scored_half_by_similarity_and_half_by_common_areas():
    areas = {"a": frozenset("ef"), "c": frozenset("fg"), "x": frozenset("ef"), "y": frozenset("z")}
    found = likely_partners(graph(HAND), "a", {"b": 0.1, "c": 0.2, "x": 0.6, "y": 0.0}, areas)
    assert found["city_id"].tolist() == ["x", "c", "y"]
    assert found["score"].tolist() == pytest.approx([(0.4 + 1) / 2, (0.8 + 1 / 3) / 2, 1 / 2])
    assert found["similarity"].tolist() == pytest.approx([0.4, 0.8, 1])
    assert found["area_overlap"].tolist() == pytest.approx([1, 1 / 3, 0])
    assert found["common"].tolist() == [["e", "f"], ["f"], []]


def test_joined_cities_idle_cities_strangers_and_the_city_itself_are_not_proposed():
    areas = {"a": frozenset("e"), "b": frozenset("e"), "c": frozenset(), "d": frozenset("e"), "x": frozenset("e")}
    known = {"a": 0.0, "b": 0.0, "c": 0.0, "d": float("nan")}
    assert likely_partners(graph(HAND), "a", known, areas).empty


def test_of_a_city_without_practices_similarity_alone_is_the_score():
    areas = {"new": frozenset(), "a": frozenset("e")}
    found = likely_partners(graph(HAND), "new", {"a": 0.5}, areas)
    assert found["score"].tolist() == [0.5]
    assert found["area_overlap"].isna().all()
    assert likely_partners(graph(HAND), "nobody", {"a": 0.5}, areas)["city_id"].tolist() == ["a"]


def test_a_matrix_shows_the_chosen_city_then_its_partners_then_the_most_connected():
    connected = measures(graph(HAND))
    assert shown_in_matrix(connected, 4) == ["b", "x", "y", "d"]
    assert shown_in_matrix(connected, 4, "c", partners_of(HAND, "c")) == ["c", "b", "x", "y"]
    assert shown_in_matrix(connected, 4, "stranger", partners_of(HAND, "stranger")) == ["b", "x", "y", "d"]


def test_the_partners_of_a_city_are_at_either_end_of_its_pairs():
    assert partners_of(HAND, "b") == ["a", "c", "d"]
    assert partners_of(HAND, None) == []


def test_the_most_connected_cities_are_bars_with_their_partners_in_words():
    bars = ranking_bars(measures(graph(HAND)), 3, None, str.upper)
    assert bars[["code", "label", "text"]].values.tolist() == [
        ["b", "B", "3 cities"],
        ["x", "X", "1 city"],
        ["y", "Y", "1 city"],
    ]
    # Of the 10 ways between two of the other five cities 3 lead through b.
    assert bars["through"].tolist() == ["30.0%", "0.0%", "0.0%"]


def test_cities_with_as_many_partners_share_a_place():
    assert ranking_bars(measures(graph(HAND)), 6, None, str.upper)["place"].tolist() == [1, 2, 2, 2, 2, 2]


def test_a_chosen_city_that_is_not_among_the_first_comes_below_them_with_its_place():
    bars = ranking_bars(measures(graph(HAND)), 2, "c", str.upper)
    assert bars["code"].tolist() == ["b", "x", "c"]
    assert bars["text"].tolist() == ["3 cities", "1 city", "1 city, place 2"]


@pytest.mark.parametrize("chosen", ["x", "stranger"])
def test_a_chosen_city_that_is_among_the_first_or_joined_to_none_is_not_added(chosen: str):
    assert ranking_bars(measures(graph(HAND)), 2, chosen, str.upper)["code"].tolist() == ["b", "x"]


def test_a_matrix_holds_each_pair_in_both_directions_and_no_pair_with_a_city_outside_it():
    titled = HAND.assign(titles=[["Ball", "Choir"], ["Dance"], ["Essays"], ["Film"]])
    cells = matrix_cells(titled, ["b", "a", "c"], str.upper)
    assert cells.values.tolist() == [
        ["A", "B", 2, "2", "Ball; Choir"],
        ["B", "C", 1, "1", "Dance"],
        ["B", "A", 2, "2", "Ball; Choir"],
        ["C", "B", 1, "1", "Dance"],
    ]


def test_a_cell_of_the_matrix_tells_the_first_three_hundred_letters_of_its_titles():
    titled = pairs_of(("a", "b", 1)).assign(titles=[["t" * 400]])
    assert matrix_cells(titled, ["a", "b"], str.upper)["titles"].tolist() == ["t" * 300] * 2


def test_the_positions_are_those_of_the_cities_that_have_one():
    places = pd.DataFrame({"city_id": ["a", "b", "c"], "longitude": [5.3, 7.0, None], "latitude": [60.4, 51.0, None]})
    assert positions(places, ["b", "c", "stranger", "a"]) == [(7.0, 51.0), (5.3, 60.4)]


def test_only_cities_with_a_practice_are_proposed():
    # Of c and d no practice is known.
    proposed = proposals(graph(pairs_of()), "a", made_up_cities.HAND)
    assert proposed["city_id"].tolist() == ["b"]
    assert proposed["common"].tolist() == [["education"]]
    assert proposed["area_overlap"].tolist() == [1 / 2]
    # Population, born abroad, country, part of the world, networks, joining year and policy areas; the Index, which is
    # known of a and c alone, counts with their distance: 1.
    assert proposed["compared"].tolist() == [7]
    assert proposed["similarity"].tolist() == pytest.approx([1 - (3.25 + 1) / 8])


def test_a_city_that_is_joined_already_is_no_proposal():
    assert proposals(graph(pairs_of(("a", "b", 1))), "a", made_up_cities.HAND).empty


def test_the_practices_that_a_city_shares_are_those_of_the_files(atlas: duckdb.DuckDBPyConnection):
    everything = queries.borrowable(atlas)
    for one in naive.busy_cities(20):
        found = shared_practices(everything, one)
        pd.testing.assert_frame_equal(
            shared_practices(queries.borrowable(atlas, (one,)), one), found, check_dtype=False
        )
        own = naive.of_city(one)
        expected = {
            row["practice_id"]: set(row["city_ids"]) - {one}
            for row in own.to_dict("records")
            if len(row["city_ids"]) > 1
        }
        told = zip(found["practice_id"], found["others"], strict=True)
        assert {practice: set(others) for practice, others in told} == expected, one
        years = found["start_year"].dropna().tolist()
        assert years == sorted(years, reverse=True)


def test_a_city_without_a_practice_shares_none(atlas: duckdb.DuckDBPyConnection):
    assert shared_practices(queries.borrowable(atlas, ("nowhere",)), "nowhere").empty


cities = st.sampled_from("abcdef")
edges = st.lists(st.tuples(cities, cities, st.integers(1, 9)).filter(lambda edge: edge[0] < edge[1]), max_size=10)


@examples(60)
@given(edges, st.dictionaries(cities, st.floats(0, 1) | st.just(float("nan"))))
def test_a_joined_city_is_never_proposed_whatever_the_graph(drawn: list[tuple[str, str, int]], known: dict[str, float]):
    joined = graph(pairs_of(*drawn))
    areas = {city: frozenset(city + "e") for city in "abcdef"}
    found = likely_partners(joined, "a", known, areas)
    partners = {one if other == "a" else other for one, other, _count in drawn if "a" in (one, other)}
    assert not set(found["city_id"]) & (partners | {"a"})
    assert found["score"].between(0, 1).all()
    assert found["score"].is_monotonic_decreasing


def test_the_graph_of_the_network_is_that_of_the_files(atlas: duckdb.DuckDBPyConnection):
    joined = graph(queries.shared_work(atlas, Selection()))
    lists = naive.practices()["city_ids"]
    pairs = Counter(pair for ids in lists for pair in combinations(sorted(ids), 2))
    found = measures(joined).set_index("city_id")
    assert set(found.index) == {city for pair in pairs for city in pair}
    for city in found.index:
        assert found.loc[city, "partners"] == sum(city in pair for pair in pairs)
        assert found.loc[city, "shared"] == sum(count for pair, count in pairs.items() if city in pair)
    assert found["partners"].sum() == 2 * len(pairs)


def test_the_groups_of_the_network_are_found_again_by_walking_from_city_to_city(atlas: duckdb.DuckDBPyConnection):
    lists = [set(ids) for ids in naive.practices()["city_ids"] if len(ids) > 1]
    groups: list[set[str]] = []
    for ids in lists:
        touching = [group for group in groups if group & ids]
        groups = [group for group in groups if not group & ids] + [ids.union(*touching)]
    found = components(graph(queries.shared_work(atlas, Selection())))
    assert sorted(map(sorted, groups)) == sorted(found)
    assert [len(group) for group in found] == sorted(map(len, groups), reverse=True)


def test_the_betweenness_of_the_network_is_found_again_by_counting_ways(atlas: duckdb.DuckDBPyConnection):
    joined = graph(queries.shared_work(atlas, Selection()))
    found = measures(joined).set_index("city_id")["betweenness"]
    through = dict.fromkeys(joined, 0.0)
    for one, other in combinations(joined, 2):
        if nx.has_path(joined, one, other):
            ways = list(nx.all_shortest_paths(joined, one, other))
            for way in ways:
                for city in way[1:-1]:
                    through[city] += 1 / len(ways)
    pairs = (len(joined) - 1) * (len(joined) - 2) / 2
    assert found.to_dict() == pytest.approx({city: count / pairs for city, count in through.items()})


def test_the_proposals_for_real_cities_join_nobody_twice_and_can_be_worked_out_again(atlas: duckdb.DuckDBPyConnection):
    joined, table = graph(queries.shared_work(atlas, Selection())), features(queries.city_features(atlas))
    areas = {row["city_id"]: frozenset(row["profile"]) for row in table.to_dict("records")}
    averages = average_distances(table)
    for one in naive.busy_cities(20):
        known = distances(parts(table, one), averages)["distance"].to_dict()
        found = likely_partners(joined, one, known, areas)
        mine = set(naive.features()[one]["profile"])
        partners = {city for ids in naive.of_city(one)["city_ids"] for city in ids}
        expected = {}
        for other in naive.features():
            theirs = set(naive.features()[other]["profile"])
            if other != one and other not in partners and theirs:
                alike = 1 - known[other]
                score = alike / 2 + len(mine & theirs) / len(mine | theirs) / 2 if mine else alike
                expected[other] = pytest.approx(score)
        assert dict(zip(found["city_id"], found["score"], strict=True)) == expected, one
