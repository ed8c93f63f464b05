"""Corrections: laid over what was published, which stays as it was, and judged like the cells that they replace."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from icc_data import queries
from icc_data.incoming.check import load_data, valid_data
from icc_data.store.datapackage import package_files
from icc_data.store.making import build_in_memory
from icc_data.store.snapshot_tables import take
from icc_data.store.versions import data_version

if TYPE_CHECKING:
    from tests.unit.conftest import Cells, DataFolder


def amendment(**cells: str) -> Cells:
    one = {"table": "practices", "id": "kitchen-of-languages", "column": "when_text", "value": "since 2016"}
    return {**one, "source": "https://example.org/letter", "date": "2025-01-31", **cells}


def problems(folder: DataFolder, **cells: str) -> list[tuple[str, int, str, str]]:
    folder.write("amendments", [amendment(**cells)])
    return [(one.file, one.line, one.column, one.value) for one in load_data(folder.path)[1]]


def test_the_published_cell_stays_and_the_amended_record_holds_the_correction(data_folder: DataFolder) -> None:
    before = data_folder.text("practices")
    data_folder.write("amendments", [amendment()])
    data = valid_data(data_folder.path)
    assert data.practices[0].when_text == "Since 2019"
    assert data.amended().practices[0].when_text == "since 2016"
    assert data.amended().practices[1:] == data.practices[1:]
    assert data_folder.text("practices") == before


def test_a_value_that_is_empty_takes_what_was_published_away(data_folder: DataFolder) -> None:
    data_folder.write("amendments", [amendment(column="summary", value="")])
    assert valid_data(data_folder.path).amended().practices[0].summary is None


def test_a_city_is_amended_too(data_folder: DataFolder) -> None:
    data_folder.write("amendments", [amendment(table="cities", id="cork", column="joined_year", value="2017")])
    assert valid_data(data_folder.path).amended().cities[2].joined_year == 2017


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ({"id": "nobody"}, "id", "nobody"),
        ({"column": "mood"}, "column", "mood"),
        ({"column": "practice_id", "value": "other"}, "column", "practice_id"),
        ({"column": "url", "value": "nowhere"}, "value", "nowhere"),
        ({"column": "themes", "value": "astronomy"}, "value", "astronomy"),
        ({"column": "title", "value": ""}, "value", ""),
        ({"table": "terms"}, "table", "terms"),
        ({"date": "soon"}, "date", "soon"),
        ({"source": ""}, "source", ""),
        # Each cell by itself is one, but not in this record.
        ({"column": "city_ids", "value": "atlantis"}, "value", "atlantis"),
        ({"column": "countries", "value": "Spain"}, "value", "Spain"),
    ],
)
def test_an_amendment_that_cannot_hold_is_a_problem_of_its_line(
    data_folder: DataFolder, cells: Cells, column: str, value: str
) -> None:
    assert problems(data_folder, **cells) == [("amendments.csv", 2, column, value)]


def test_a_cell_is_amended_once(data_folder: DataFolder) -> None:
    data_folder.write("amendments", [amendment(), amendment(value="since 2017")])
    (problem,) = load_data(data_folder.path)[1]
    assert (problem.file, problem.line) == ("amendments.csv", 3)


def test_the_database_counts_with_what_was_amended_and_keeps_both(data_folder: DataFolder) -> None:
    data_folder.write("amendments", [amendment()])
    with build_in_memory(valid_data(data_folder.path)) as connection:
        practice = queries.practice(connection, "kitchen-of-languages")
    assert practice is not None
    assert (practice["when_text"], practice["start_year"]) == ("since 2016", 2016)
    (one,) = practice["amendments"]
    assert one == {
        "field": "when_text",
        "published": "Since 2019",
        "value": "since 2016",
        "source": "https://example.org/letter",
        "amended_on": date(2025, 1, 31),
    }


def test_published_tables_and_snapshots_hold_what_was_published_and_the_amendments(
    data_folder: DataFolder, tmp_path: Path
) -> None:
    version = data_version(valid_data(data_folder.path))
    data_folder.write("amendments", [amendment()])
    files = package_files(data_folder.path)
    assert b"Since 2019" in files["practices.csv"]
    assert files["amendments.csv"] == data_folder.file("amendments").read_bytes()
    assert take(data_folder.path, tmp_path / "kept").snapshot.rows["amendments"] == 1
    assert data_version(valid_data(data_folder.path)) != version
