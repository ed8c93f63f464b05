"""A version is published to a lake in one step and comes back as it was; earlier ones stay; faults are put in words."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from icc_data.incoming.invalid_data import InvalidDataError
from icc_data.store.folder_rows import read_rows
from icc_data.store.lake import Contents, fetch, history, newest
from icc_data.store.lake_connection import EMPTY, NEWER, SPOILT, UNREACHABLE, LakeError, _engine
from icc_data.store.lake_publishing import publish_to_lake
from icc_data.store.large import building
from icc_data.store.snapshot_tables import take
from icc_data.store.versions import data_version, read_folder
from tests.helpers.commands import OK, UNUSABLE, run
from tests.helpers.lakes import in_the_lake, many_cities, parquet_files, tables_of
from tests.unit.conftest import DataFolder

ROOT = Path(__file__).parents[3]
# Nobody listens there.
GONE = "ducklake:postgres:host=127.0.0.1 port=1 dbname=atlas user=reader password='s e\\'cret'"


@pytest.fixture
def lake(tmp_path: Path) -> str:
    (tmp_path / "lake").mkdir()
    return f"ducklake:{tmp_path / 'lake' / 'catalogue.ducklake'}"


def test_a_version_comes_back_as_it_was_published(data_folder: DataFolder, lake: str):
    (data_folder.path / "LICENSE.md").write_bytes("Ours é.\n".encode())
    take(data_folder.path, data_folder.path / "snapshots")
    result = publish_to_lake(data_folder.path, lake)
    publication, contents = fetch(lake)
    data, tables = read_folder(data_folder.path)
    assert (result.publication, result.skipped) == (publication, False)
    assert (publication.number, publication.version) == (1, data_version(data))
    assert publication.as_of.isoformat() == "2025-02-03"
    assert tables_of(contents) == tables
    kept = next((data_folder.path / "snapshots").iterdir())
    copies = {f"snapshots/{kept.name}/{file.name}": file.read_bytes() for file in kept.iterdir()}
    assert contents.files == {"LICENSE.md": "Ours é.\n".encode(), **copies}


def test_the_rows_of_all_the_data_come_back_in_their_order(lake: str):
    publish_to_lake(ROOT / "data", lake)
    assert tables_of(fetch(lake)[1]) == read_folder(ROOT / "data")[1]


def test_the_same_data_is_no_new_version(data_folder: DataFolder, lake: str):
    first = publish_to_lake(data_folder.path, lake).publication
    again = publish_to_lake(data_folder.path, lake)
    assert (again.publication, again.skipped) == (first, True)
    assert publish_to_lake(data_folder.path, lake, force=True).publication.number == 2


def test_very_many_practices_are_published_by_columns_as_others_are_row_by_row(
    lake: str, monkeypatch: pytest.MonkeyPatch
):
    row_by_row = publish_to_lake(ROOT / "data", lake)
    monkeypatch.setattr(building, "FROM_BYTES", 0)
    by_columns = publish_to_lake(ROOT / "data", lake, force=True)
    assert by_columns.publication.parts == row_by_row.publication.parts
    assert by_columns.publication.version == row_by_row.publication.version
    assert by_columns.publication.as_of == row_by_row.publication.as_of
    assert fetch(lake, 1)[1].rows == fetch(lake, 2)[1].rows


def test_very_many_practices_with_a_problem_leave_the_lake_as_it_was(
    data_folder: DataFolder, lake: str, monkeypatch: pytest.MonkeyPatch
):
    publish_to_lake(data_folder.path, lake)
    before = fetch(lake)
    monkeypatch.setattr(building, "FROM_BYTES", 0)
    data_folder.edit("practices", 0, countries="Atlantis")
    with pytest.raises(InvalidDataError, match=r"practices\.csv"):
        publish_to_lake(data_folder.path, lake)
    assert fetch(lake) == before


def test_earlier_versions_stay_as_they_were(data_folder: DataFolder, lake: str):
    data_folder.write("amendments", [])
    publish_to_lake(data_folder.path, lake)
    before = fetch(lake)
    data_folder.edit("practices", 0, title="A larger kitchen")
    data_folder.file("amendments").unlink()
    publish_to_lake(data_folder.path, lake)
    assert fetch(lake, 1) == before
    assert fetch(lake, 2) == fetch(lake)
    assert "amendments" not in fetch(lake)[1].rows
    assert [one.number for one in history(lake)] == [1, 2]
    with pytest.raises(LakeError, match="The lake holds no version 3"):
        fetch(lake, 3)


def test_a_table_that_is_as_it_was_is_not_written_again(data_folder: DataFolder, lake: str):
    many_cities(data_folder)
    publish_to_lake(data_folder.path, lake)
    cities = parquet_files(lake, "cities")
    data_folder.edit("practices", 0, title="A larger kitchen")
    publish_to_lake(data_folder.path, lake)
    assert parquet_files(lake, "cities") == cities
    data_folder.edit("cities", 0, population="1")
    publish_to_lake(data_folder.path, lake)
    assert len(parquet_files(lake, "cities")) == len(cities) + 1


def test_data_with_problems_leaves_the_lake_as_it_was(data_folder: DataFolder, lake: str):
    publish_to_lake(data_folder.path, lake)
    before = fetch(lake)
    data_folder.edit("practices", 0, countries="Atlantis")
    with pytest.raises(InvalidDataError):
        publish_to_lake(data_folder.path, lake)
    assert fetch(lake) == before


def test_what_is_not_what_was_published_is_refused(data_folder: DataFolder, lake: str):
    publish_to_lake(data_folder.path, lake)
    in_the_lake(lake, "DELETE FROM lake.practices WHERE practice_id = 'homework-club'")
    with pytest.raises(LakeError, match=r"Version 1 of the lake .* is not what was published: practices") as caught:
        fetch(lake)
    assert caught.value.reason == SPOILT
    publish_to_lake(data_folder.path, lake, force=True)
    assert fetch(lake)[1].rows["practices"].num_rows == 4


def test_a_version_of_a_newer_atlas_is_neither_read_nor_followed_by_one_of_this(data_folder: DataFolder, lake: str):
    publish_to_lake(data_folder.path, lake)
    in_the_lake(lake, "UPDATE lake.publication SET format = 2")
    for use in (newest, lambda lake: publish_to_lake(data_folder.path, lake)):
        with pytest.raises(
            LakeError, match=r"was published by a newer atlas\. Bring this machine up to date"
        ) as caught:
            use(lake)
        assert caught.value.reason == NEWER


def test_a_catalogue_of_another_ducklake_is_told_as_that(data_folder: DataFolder, lake: str):
    publish_to_lake(data_folder.path, lake)
    with duckdb.connect(lake.removeprefix("ducklake:")) as catalogue:
        catalogue.execute("UPDATE ducklake_metadata SET value = '99.0' WHERE key = 'version'")
    with pytest.raises(LakeError, match="made by another version of DuckLake") as caught:
        newest(lake)
    assert caught.value.reason == NEWER


@pytest.mark.parametrize("make", [lambda file: None, lambda file: duckdb.connect(str(file)).close()])
def test_a_lake_without_a_version_is_told_as_empty(lake: str, make: Callable[[Path], None]):
    make(Path(lake.removeprefix("ducklake:")))
    with pytest.raises(LakeError, match=r"There is nothing in the lake .* yet\. Publish to it first") as caught:
        newest(lake)
    assert caught.value.reason == EMPTY


def test_a_lake_out_of_reach_is_told_without_its_password(data_folder: DataFolder):
    told = "cannot be reached: connection to server at .* failed: Connection refused"
    for use in (newest, lambda lake: publish_to_lake(data_folder.path, lake)):
        with pytest.raises(LakeError, match=told) as caught:
            use(GONE)
        assert caught.value.reason == UNREACHABLE
        assert "cret" not in str(caught.value)
        assert "password=…" in str(caught.value)


def test_who_looks_at_a_catalogue_in_a_file_is_waited_for(data_folder: DataFolder, lake: str):
    publish_to_lake(data_folder.path, lake)
    data_folder.edit("practices", 0, title="A larger kitchen")
    look = f"import duckdb, time; c = duckdb.connect({lake.removeprefix('ducklake:')!r}, read_only=True)"
    looking = [sys.executable, "-c", f"{look}; print('looking', flush=True); time.sleep(1)"]
    with subprocess.Popen(looking, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert publish_to_lake(data_folder.path, lake).publication.number == 2


def test_nothing_is_ever_fetched_for_a_lake():
    settings = ("autoinstall_known_extensions", "autoload_known_extensions")
    asked = _engine().cursor().execute(f"SELECT {', '.join(f'current_setting({name!r})' for name in settings)}")
    assert asked.fetchone() == (False, False)


def test_the_command_publishes_says_which_version_it_is_and_lists_all(data_folder: DataFolder, lake: str):
    first = run("publish", "--data", data_folder.path, "--to", lake)
    assert (first.exit_code, first.stdout.count("Version 1: data ")) == (OK, 1)
    again = run("publish", "--data", data_folder.path, "--to", lake)
    assert "The lake is up to date: nothing has changed (--force publishes anyway)." in again.stdout
    data_folder.edit("practices", 0, title="A larger kitchen")
    run("publish", "--data", data_folder.path, "--to", lake)
    lines = run("publish", "--list", "--to", lake).stdout.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["Version 1", "Version 2"]
    assert " of 3 February 2025, published 20" in lines[0]


def test_the_command_refuses_what_is_no_lake(data_folder: DataFolder):
    for words in ("atlas.duckdb", "md:atlas", "ducklake:mysql:host=db", "ducklake:"):
        refused = run("publish", "--data", data_folder.path, "--to", words)
        assert (refused.exit_code, "Expected: " in refused.stderr) == (UNUSABLE, True)


def test_contents_that_differ_in_a_cell_or_a_byte_have_other_digests(data_folder: DataFolder):
    tables = read_rows(data_folder.path).rows
    data_folder.edit("practices", 0, title="A larger kitchen")
    changed = read_rows(data_folder.path).rows
    one, other = Contents(tables, {"README.md": b"a"}).parts(), Contents(changed, {"README.md": b"b"}).parts()
    assert [name for name in one if one[name] != other[name]] == ["practices", "README.md"]
