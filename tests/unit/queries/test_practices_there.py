"""What is sent in is compared with the practices of its cities alone, to the same end as with all of the data files."""

from __future__ import annotations

from dataclasses import replace
from statistics import median

import duckdb
import pytest

from icc_data import queries
from icc_data.incoming.check import Data
from icc_data.incoming.contributions.checking import Network, Proposal, check_cells, compared_with, with_twins
from icc_data.incoming.readers.result import Accepted
from icc_data.model.records import Amendment, Practice
from icc_data.queries.contribution_queries import records_there
from icc_data.store.making import build_in_memory
from tests.helpers.tables import DATA, GAZETTEER

ALL = Network(GAZETTEER, DATA.vocabulary, DATA.practices)
PLACES = Network(GAZETTEER, DATA.vocabulary)


def proposed(title: str, city_ids: tuple[str, ...], network: Network = PLACES) -> tuple[Proposal, ...]:
    return check_cells({"title": title, "city_ids": "; ".join(city_ids)}, network).proposals


def compared(connection: duckdb.DuckDBPyConnection, proposals: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    there = queries.practices_there(connection, compared_with(proposals))
    return with_twins(proposals, records_there(there))


def twins(proposals: tuple[Proposal, ...]) -> list[list[tuple[str, str, bool]]]:
    return [[(twin.practice.practice_id, twin.practice.title, twin.same) for twin in item.twins] for item in proposals]


def of_all(network: Network) -> tuple[Proposal, ...]:
    """Every practice sent in again, and each under the title that it was published under in another language."""
    titles = [(title, one.city_ids) for one in DATA.practices for title in (one.title, one.title_original) if title]
    return tuple(item for title, city_ids in titles for item in proposed(title, city_ids, network))


def test_what_is_sent_in_is_compared_to_the_same_end_as_with_all_practices(atlas: duckdb.DuckDBPyConnection):
    assert twins(compared(atlas, of_all(PLACES))) == twins(of_all(ALL))


@pytest.mark.parametrize("city_ids", [("bilbao",), ("bilbao", "lisbon"), ()])
def test_no_more_is_asked_for_than_the_practices_of_the_cities_named(
    atlas: duckdb.DuckDBPyConnection, city_ids: tuple[str, ...]
):
    there = records_there(queries.practices_there(atlas, city_ids or ("",)))
    of_them = [
        one for one in DATA.practices if set(one.city_ids) & set(city_ids) or (not city_ids and not one.city_ids)
    ]
    assert [one.practice_id for one in there] == [one.practice_id for one in of_them]
    assert there
    assert [sorted(one.city_ids) for one in there] == [sorted(one.city_ids) for one in of_them]


def test_an_amended_practice_is_known_by_the_title_that_was_published():
    (old, *_) = [one for one in DATA.practices if one.city_ids == ("bilbao",)]
    cells = {"table": "practices", "id": old.practice_id, "column": "title", "value": "Another name altogether"}
    amendment = Amendment(**cells, source="https://example.org/a", date="2026-11-01")  # type: ignore[arg-type]
    data = Data({**DATA.accepted, "amendments": (Accepted(amendment, 2, {}),)}, DATA.vocabulary)
    with build_in_memory(data) as connection:
        assert connection.execute("SELECT title FROM practice WHERE practice_id = ?", [old.practice_id]).fetchone() == (
            "Another name altogether",
        )
        (item,) = compared(connection, proposed(old.title, ("bilbao",)))
    assert item.is_there


def test_half_of_the_summaries_have_no_more_letters(atlas: duckdb.DuckDBPyConnection):
    assert queries.usual_summary(atlas) == median(len(one.summary) for one in DATA.practices if one.summary)


def test_without_a_summary_none_is_usual():
    bare = tuple(
        replace(item, record=replace(item.record, summary=None))
        for item in DATA.accepted["practices"]
        if isinstance(item.record, Practice)
    )
    with build_in_memory(Data({**DATA.accepted, "practices": bare}, DATA.vocabulary)) as connection:
        assert queries.usual_summary(connection) is None
