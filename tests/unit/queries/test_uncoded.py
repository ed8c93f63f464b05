"""Practices that nobody has coded yet are counted beside those of the policy areas, and make none of them shrink."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from icc_data import queries
from icc_data.analysis.coding_words import uncoded
from icc_data.analysis.review_momentum import left_out_words, too_few_words, with_difference
from icc_data.incoming.check import valid_data
from icc_data.queries.review_queries import ReviewPeriod
from icc_data.queries.selection import Selection
from icc_data.store.making import build_in_memory
from tests.unit.conftest import DataFolder

EVERYTHING = Selection()
PERIOD = ReviewPeriod(2018, 2019)


@pytest.fixture
def connection(data_folder: DataFolder) -> Iterator[duckdb.DuckDBPyConnection]:
    """The small data folder: three coded practices, a guide without areas, and two of Cork that nobody coded."""
    cork = {"city_ids": "cork", "countries": "Ireland"}
    data_folder.append(
        "practices", practice_id="new-one", title="New one", when_text="2019", when_source="year field", **cork
    )
    data_folder.append("practices", practice_id="new-two", title="New two", **cork)
    with build_in_memory(valid_data(data_folder.path)) as opened:
        yield opened


def test_the_review_counts_them_apart(connection: duckdb.DuckDBPyConnection) -> None:
    state = queries.review_state(connection, EVERYTHING, PERIOD)
    assert (state["practices"], state["uncoded"]) == (6, 3)


def test_each_place_counts_its_own(connection: duckdb.DuckDBPyConnection) -> None:
    measures = queries.unit_measures(connection, EVERYTHING, "city").set_index("unit")
    assert measures["uncoded"].to_dict() == {"bilbao": 0, "cork": 2, "lisbon": 0, "turin": 0}


def test_the_coverage_of_a_place_says_how_many_may_be_of_any_area(connection: duckdb.DuckDBPyConnection) -> None:
    coverage = queries.review_coverage(connection, EVERYTHING, "city")
    held = coverage.groupby("unit")[["practices", "uncoded"]].agg({"practices": "sum", "uncoded": "unique"})
    assert {unit: list(uncoded) for unit, uncoded in held["uncoded"].items()} == {
        "bilbao": [0],
        "cork": [2],
        "lisbon": [0],
        "turin": [0],
    }
    # Coded in part: one of Cork's three is.
    assert held.loc["cork", "practices"] == 1
    within = queries.review_coverage(connection, Selection(policy_area=("education",)), "city")
    assert within.equals(coverage)


def test_a_policy_area_counts_those_of_all_it_is_compared_with(connection: duckdb.DuckDBPyConnection) -> None:
    counts = queries.policy_area(connection, EVERYTHING, "education")
    assert (counts["practices"], counts["all_practices"], counts["all_uncoded"]) == (3, 6, 3)


def test_they_are_left_out_of_the_shares_that_grow_or_shrink_and_named(connection: duckdb.DuckDBPyConnection) -> None:
    # The kitchen began in 2019, the drums in 2017; of both the area is education. Of 2019 there is a new one, too.
    rows = queries.review_momentum(connection, EVERYTHING, PERIOD, "policy_area").set_index("code")
    assert rows.loc["education"].to_dict() == {
        "practices": 1,
        "of": 1,
        "practices_before": 1,
        "of_before": 1,
        "uncoded": 1,
    }
    words = "1 more has no policy area yet, as nobody has coded it: it is left out of both."
    assert words in too_few_words(rows.reset_index(), PERIOD)
    assert words in left_out_words(with_difference(rows.reset_index()), PERIOD, 0)


def test_a_sentence_says_how_many_there_are_and_nothing_where_all_are_coded(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    told = uncoded(queries.overview(connection, EVERYTHING))
    assert told == "3 of 6 practices have no policy area yet, as nobody has coded them: they count in none."
    assert uncoded(queries.overview(connection, Selection(policy_area=("education",)))) == ""
    assert uncoded({"uncoded": 1, "practices": 6}).startswith("1 of 6 practices has no policy area yet")
