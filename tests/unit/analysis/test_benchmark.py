"""A place beside its peers: quartiles and ranks as NumPy and SciPy have them, and every figure again with pandas."""

from __future__ import annotations

import math
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from icc_data import queries
from icc_data.analysis.benchmark import (
    FEWEST_PEERS,
    FEWEST_PRACTICES,
    MEASURES,
    breadth,
    how_many_active,
    measures_of,
    median_practices,
    most_active,
    percentile_rank,
    portfolio,
    small,
    spread,
)
from icc_data.analysis.peer_sets import PeerSet, members
from icc_data.analysis.peers import features
from icc_data.queries.selection import Selection
from icc_data.text import slugify
from tests.helpers import naive

NAN = float("nan")
values = st.lists(st.floats(-1e6, 1e6) | st.integers(0, 5).map(float), min_size=1, max_size=30)


@given(values, st.floats(-1e6, 1e6) | st.integers(0, 5).map(float))
def test_percentile_ranks_are_those_of_scipy(others: list[float], own: float):
    assert percentile_rank(others, own) == pytest.approx(stats.percentileofscore(others, own, kind="mean"))


@given(values)
def test_quartiles_are_those_of_numpy(known: list[float]):
    found = spread(known)
    assert (found.q1, found.median, found.q3) == pytest.approx(np.quantile(known, [0.25, 0.5, 0.75]))
    assert found.n == len(known)


ACTIVITY = pd.DataFrame({"unit": ["d", "a", "c", "b"], "practices": [2, 0, 5, 2]})


def test_places_with_most_practices_come_first_equals_by_name_and_those_without_not_at_all():
    assert most_active(ACTIVITY, 9)["unit"].tolist() == ["c", "b", "d"]
    assert most_active(ACTIVITY, 2)["unit"].tolist() == ["c", "b"]


def test_the_row_of_a_place_keeps_whole_numbers():
    measures = ACTIVITY.assign(newest=[2020.0, NAN, 2021.0, 2022.0])
    assert measures_of(measures, "c") == {"unit": "c", "practices": 5, "newest": 2021.0}
    assert isinstance(measures_of(measures, "c")["practices"], int)


def test_a_place_without_a_row_is_refused():
    with pytest.raises(KeyError):
        measures_of(ACTIVITY, "nowhere")


def test_places_with_a_practice_are_counted_among_those_meant():
    assert how_many_active(ACTIVITY, ["a", "b", "c"]) == 2
    assert how_many_active(ACTIVITY, []) == 0


def test_equal_peers_count_half():
    assert percentile_rank([1, 2, 2, 3], 2) == 50
    assert percentile_rank([2, 2, 2], 2) == 50
    assert percentile_rank([1, 1], 2) == 100
    assert percentile_rank([3, 3], 2) == 0


@pytest.mark.parametrize("own", [None, NAN])
def test_without_an_own_value_there_is_no_rank(own: float | None):
    assert math.isnan(percentile_rank([1, 2], own))


@pytest.mark.parametrize("others", [[], [None], [NAN, None]])
def test_without_a_known_peer_there_is_no_rank_and_no_quartile(others: list[Any]):
    assert math.isnan(percentile_rank(others, 1))
    found = spread(others)
    assert found.n == 0
    assert all(math.isnan(value) for value in (found.q1, found.median, found.q3))


@given(values)
def test_unknown_values_change_nothing(known: list[float]):
    mixed = [None, *known, NAN, pd.NA]
    assert spread(mixed) == spread(known)
    assert percentile_rank(mixed, 2) == percentile_rank(known, 2)


@pytest.mark.parametrize(
    ("peers", "practices", "median", "expected"),
    [
        (5, 5, 5.0, False),
        (4, 5, 5.0, True),
        (5, 4, 5.0, True),
        (5, 5, 4.5, True),
        (0, 0, NAN, True),
        (40, 100, 9, False),
    ],
)
def test_fewer_than_5_peers_or_practices_of_the_place_or_its_median_peer_are_small_numbers(
    peers: int, practices: int, median: float, expected: bool
):
    assert small(peers, practices, median) == expected
    assert (FEWEST_PEERS, FEWEST_PRACTICES) == (5, 5)


def test_the_median_peer_is_one_of_those_with_practices():
    measures = pd.DataFrame({"unit": ["own", "a", "b", "c"], "practices": [40, 0, 3, 6]})
    assert median_practices(measures, ["a", "b", "c"]) == 4.5
    assert math.isnan(median_practices(measures, ["a"]))


# A city with 8 practices and up to six peers with 6 each, in two areas.
def units(peers: int, own: int = 8, idle: int = 0) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    names = [f"p{place}" for place in range(peers)]
    empty = [f"idle{place}" for place in range(idle)]
    counts = {"own": own, **dict.fromkeys(names, 6), **dict.fromkeys(empty, 0)}
    measures = pd.DataFrame({"unit": list(counts), "practices": list(counts.values())})
    for measure in MEASURES:
        if measure != "practices":
            measures[measure] = measures["practices"]
    measures.loc[measures["practices"] == 0, "newest"] = np.nan
    rows = [("own", "education", min(own, 6)), *((name, "education", 3) for name in names)]
    rows += [(name, "housing", 3) for name in names[:1]]
    return pd.DataFrame(rows, columns=["unit", "code", "practices"]), measures, [*names, *empty]


AREAS = ("education", "housing", "sport")


def test_a_portfolio_is_as_worked_out_by_hand():
    areas, measures, peers = units(6)
    found = portfolio(areas, measures, "own", peers, AREAS).set_index("code")
    assert list(found.index) == list(AREAS)
    assert found["practices"].tolist() == [6, 0, 0]
    assert found["share"].tolist() == [0.75, 0, 0]
    assert found["peers_with"].tolist() == [6, 1, 0]
    assert found["count_median"].tolist() == [3, 0, 0]
    assert found[["q1", "median", "q3"]].loc["education"].tolist() == [0.5, 0.5, 0.5]
    assert found["n"].tolist() == [6, 6, 6]
    assert found["peers"].tolist() == [6, 6, 6]


def test_in_an_area_where_fewer_than_five_peers_have_a_practice_there_is_no_rank():
    areas, measures, peers = units(6)
    found = portfolio(areas, measures, "own", peers, AREAS)
    assert found["percentile"].tolist() == pytest.approx([100, NAN, NAN], nan_ok=True)


def test_the_city_itself_is_not_among_its_peers():
    areas, measures, peers = units(6)
    one = portfolio(areas, measures, "own", peers, AREAS)
    pd.testing.assert_frame_equal(one, portfolio(areas, measures, "own", ["own", *peers], AREAS))
    pd.testing.assert_frame_equal(breadth(measures, "own", peers), breadth(measures, "own", ["own", *peers]))


PERCENTILES = ["q1", "median", "q3", "percentile"]


@pytest.mark.parametrize(("peers", "own", "said"), [(5, 5, True), (4, 5, False), (5, 4, False)])
def test_small_numbers_are_counted_and_nothing_more(peers: int, own: int, said: bool):
    areas, measures, names = units(peers, own)
    found = portfolio(areas, measures, "own", names, AREAS)
    assert found[PERCENTILES].loc[[0]].notna().all(axis=None) == said
    assert found[PERCENTILES].isna().all(axis=None) != said
    assert found[["practices", "peers_with", "n"]].notna().all(axis=None)


def test_with_too_few_peers_not_even_counts_have_quartiles():
    areas, measures, names = units(4)
    found = portfolio(areas, measures, "own", names, AREAS)
    assert found[["count_q1", "count_median", "count_q3"]].isna().all(axis=None)


def test_peers_without_practices_count_in_counts_but_have_no_shares():
    areas, measures, names = units(4, idle=3)
    found = portfolio(areas, measures, "own", names, AREAS).set_index("code").loc["education"]
    assert found["n"] == 4
    assert math.isnan(found["median"])
    assert (found["count_q1"], found["count_median"]) == (0, 3)


def test_a_city_without_practices_has_counts_of_nothing_and_no_shares():
    areas, measures, names = units(6, own=0)
    found = portfolio(areas[areas["unit"] != "own"], measures, "own", names, AREAS)
    assert found["practices"].tolist() == [0, 0, 0]
    assert found[["share", *PERCENTILES]].isna().all(axis=None)


def test_where_nobody_has_a_practice_there_is_a_row_for_each_area_all_the_same():
    areas, measures, names = units(6, own=0)
    measures = measures.assign(practices=0)
    found = portfolio(areas.head(0), measures, "own", names, AREAS)
    assert found["code"].tolist() == list(AREAS)
    assert found["peers_with"].tolist() == [0, 0, 0]


@pytest.mark.parametrize("names", [("nobody", ["p0"]), ("own", ["nobody"])])
def test_places_that_are_not_there_are_refused(names: tuple[str, list[str]]):
    areas, measures, _peers = units(6)
    with pytest.raises(KeyError):
        portfolio(areas, measures, *names, AREAS)
    with pytest.raises(KeyError):
        breadth(measures, *names)


def test_breadth_needs_five_peers_whose_value_is_known():
    _areas, measures, names = units(4, idle=3)
    found = breadth(measures, "own", names).set_index("measure")
    assert found["n"].to_dict() == {name: 4 if name == "newest" else 7 for name in MEASURES}
    assert found.loc["newest", PERCENTILES].isna().all()
    assert found.drop(index="newest")[["q1", "median", "q3"]].notna().all(axis=None)
    # Four of the peers have any.
    assert found["percentile"].isna().all()


def test_a_measure_of_which_four_peers_have_any_has_no_rank():
    _areas, measures, names = units(6)
    found = breadth(measures.assign(shared=[9, 1, 1, 1, 1, 0, 0]), "own", names).set_index("measure")
    assert found.loc["shared", ["peers_with", "peers"]].tolist() == [4, 6]
    assert math.isnan(found.loc["shared", "percentile"])
    fifth = breadth(measures.assign(shared=[9, 1, 1, 1, 1, 1, 0]), "own", names).set_index("measure")
    assert fifth.loc["shared", "percentile"] == 100


def test_the_breadth_of_four_practices_has_no_rank_while_its_peers_have_quartiles():
    _areas, measures, names = units(6, own=4)
    found = breadth(measures, "own", names)
    assert found["percentile"].isna().all()
    assert found[["own", "q1", "median", "q3"]].notna().all(axis=None)


def test_breadth_of_a_city_without_a_dated_practice_has_no_newest():
    _areas, measures, names = units(6, own=0)
    found = breadth(measures, "own", names).set_index("measure")
    assert math.isnan(found.loc["newest", "own"])
    assert found.loc["practices", "own"] == 0


# Every figure again, from the files.
UNITS = {
    "city": {city: city for city in naive.table("cities")["city_id"]},
    "country": {slugify(name): name for name in naive.table("cities")["country"]},
    "network": {code: code for codes in naive.networks().values() for code in codes},
}


@pytest.mark.parametrize("kind", UNITS)
def test_the_measures_of_every_place_are_those_of_the_files(kind: Any, atlas: duckdb.DuckDBPyConnection):
    found = queries.unit_measures(atlas, Selection(), kind)
    assert found["unit"].tolist() == sorted(UNITS[kind])
    for row in found.to_dict("records"):
        expected = naive.measures(naive.of_unit(kind, UNITS[kind][row["unit"]]))
        known = {name: np.nan if value is pd.NA or value is None else value for name, value in row.items()}
        assert {name: known[name] for name in expected} == pytest.approx(expected, nan_ok=True), row["unit"]


@pytest.mark.parametrize("kind", UNITS)
def test_the_areas_of_every_place_are_those_of_the_files(kind: Any, atlas: duckdb.DuckDBPyConnection):
    found = queries.unit_areas(atlas, Selection(), kind)
    counted = {unit: dict(zip(rows["code"], rows["practices"], strict=True)) for unit, rows in found.groupby("unit")}
    expected = {unit: dict(naive.by_area(naive.of_unit(kind, name))) for unit, name in UNITS[kind].items()}
    assert counted == {unit: counts for unit, counts in expected.items() if counts}


def test_a_selection_leaves_out_practices_but_no_places(atlas: duckdb.DuckDBPyConnection):
    selection = Selection(theme=("sport",))
    found = queries.unit_measures(atlas, selection, "city").set_index("unit")
    assert len(found) == len(UNITS["city"])
    for city in naive.busy_cities(20):
        own = naive.of_city(city)
        sport = own.loc[[row for row, themes in own["themes"].items() if "sport" in themes]]
        assert found.loc[city, "practices"] == len(sport)
        assert found.loc[city, "areas"] == naive.measures(sport)["areas"]


def test_the_areas_of_a_selection_are_those_of_its_practices(atlas: duckdb.DuckDBPyConnection):
    found = queries.unit_areas(atlas, Selection(theme=("sport",)), "city").set_index("unit")
    for city in naive.busy_cities(20):
        own = naive.of_city(city)
        sport = own.loc[[row for row, themes in own["themes"].items() if "sport" in themes]]
        mine = found[found.index == city]
        assert dict(zip(mine["code"], mine["practices"], strict=True)) == naive.by_area(sport)


def test_the_benchmark_of_real_cities_is_that_of_the_files(atlas: duckdb.DuckDBPyConnection):
    areas, measures = (ask(atlas, Selection(), "city") for ask in (queries.unit_areas, queries.unit_measures))
    codes = queries.options(atlas).values("policy_area")
    table = features(queries.city_features(atlas))
    ranked = 0
    for one in naive.busy_cities(20):
        peers = list(members(PeerSet(k=12), table, one).index)
        own, others = naive.of_city(one), {peer: naive.of_city(peer) for peer in peers}
        counts = {peer: naive.by_area(frame) for peer, frame in others.items()}
        active = [peer for peer in peers if len(others[peer])]
        middle_peer = np.median([len(others[peer]) for peer in active])
        enough = len(active) >= 5 and len(own) >= 5 and middle_peer >= 5
        ranked += enough
        found = portfolio(areas, measures, one, peers, codes).set_index("code")
        for code in codes:
            row, mine = found.loc[code], naive.by_area(own)[code]
            assert row["practices"] == mine
            assert row["peers_with"] == sum(counts[peer][code] > 0 for peer in peers)
            middle = np.median([counts[peer][code] for peer in peers]) if len(peers) >= 5 else np.nan
            assert row["count_median"] == pytest.approx(middle, nan_ok=True)
            shares = [counts[peer][code] / len(others[peer]) for peer in active]
            rank = NAN
            if enough and row["peers_with"] >= 5:
                rank = stats.percentileofscore(shares, mine / len(own), kind="mean")
            assert row["percentile"] == pytest.approx(rank, nan_ok=True)
            assert row["q3"] == pytest.approx(np.percentile(shares, 75) if enough else np.nan, nan_ok=True)
        wide = breadth(measures, one, peers).set_index("measure")
        theirs = pd.DataFrame([naive.measures(frame) for frame in others.values()], columns=list(MEASURES))
        for measure in MEASURES:
            known = theirs[measure].dropna()
            assert wide.loc[measure, "n"] == len(known)
            assert wide.loc[measure, "peers_with"] == (known > 0).sum()
            assert not ((known > 0).sum() < 5 and wide.loc[measure, "percentile"] >= 0)
            assert wide.loc[measure, "own"] == pytest.approx(naive.measures(own)[measure], nan_ok=True)
            assert wide.loc[measure, "median"] == pytest.approx(known.median() if len(known) >= 5 else NAN, nan_ok=True)
    assert ranked
