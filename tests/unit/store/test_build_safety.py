"""A database is built all or nothing, by one at a time, and of data of one moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import duckdb
import pytest
from filelock import FileLock

from icc_data.errors import AtlasError
from icc_data.incoming.check import Data
from icc_data.store import build as building
from icc_data.store import making
from icc_data.store.build import build, fingerprint, stored_fingerprint
from icc_data.store.database import open_database
from tests.unit.conftest import DataFolder


def files_beside(database: Path) -> list[str]:
    """What lies in the database's folder, but for the empty file that builds lock."""
    return [entry.name for entry in database.parent.iterdir() if not entry.name.endswith(".lock")]


@pytest.mark.parametrize("moment", ["insert", "load_full_text_search", "rows_of"])
def test_a_crash_while_writing_leaves_the_old_database_intact(
    data_folder: DataFolder, old_database: Path, monkeypatch: pytest.MonkeyPatch, moment: str
):
    data_folder.edit("practices", 2, title="A new title")
    before = data_folder.snapshot()

    def crash(*_: object) -> None:
        raise RuntimeError("the power went off")

    monkeypatch.setattr(making, moment, crash)
    with pytest.raises(RuntimeError):
        build(data_folder.path, old_database)
    assert data_folder.snapshot() == before
    assert files_beside(old_database) == [old_database.name]


def test_a_crash_before_the_last_step_leaves_no_database_where_there_was_none(
    data_folder: DataFolder, database: Path, monkeypatch: pytest.MonkeyPatch
):
    def crash(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", crash)
    with pytest.raises(AtlasError, match="No space left on device"):
        build(data_folder.path, database)
    assert files_beside(database) == []


def test_a_place_that_cannot_be_written_is_an_error_with_advice(data_folder: DataFolder):
    with pytest.raises(AtlasError, match="cannot be written") as caught:
        build(data_folder.path, data_folder.file("cities") / "atlas.duckdb")
    assert "--database" in caught.value.advice


def test_a_build_leaves_no_scratch_file_behind(data_folder: DataFolder, database: Path):
    build(data_folder.path, database)
    assert files_beside(database) == [database.name]


def test_what_a_killed_build_left_is_swept_up_by_the_next(data_folder: DataFolder, database: Path):
    left_over = database.parent / f".build-{database.name}-killed" / database.name
    left_over.parent.mkdir(parents=True)
    left_over.write_bytes(b"half")
    build(data_folder.path, database)
    assert files_beside(database) == [database.name]


def test_what_is_built_beside_it_for_another_database_is_left_alone(data_folder: DataFolder, database: Path):
    theirs = database.parent / ".build-other.duckdb-half" / "other.duckdb"
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"half")
    build(data_folder.path, database)
    build(data_folder.path, database)
    assert theirs.read_bytes() == b"half"


def test_what_a_build_left_that_was_killed_at_its_end_is_swept_up_where_nothing_has_to_be_built(
    data_folder: DataFolder, database: Path
):
    build(data_folder.path, database)
    (database.parent / f".build-{database.name}-killed").mkdir()
    assert build(data_folder.path, database).skipped
    assert files_beside(database) == [database.name]


def test_what_another_command_is_building_is_not_swept_up(data_folder: DataFolder, database: Path):
    build(data_folder.path, database)
    theirs = database.parent / f".build-{database.name}-theirs"
    theirs.mkdir()
    with FileLock(database.with_name(f".{database.name}.lock")):
        assert build(data_folder.path, database).skipped
    assert theirs.is_dir()


def test_an_error_of_the_engine_is_said_and_the_old_database_stays(
    data_folder: DataFolder, old_database: Path, monkeypatch: pytest.MonkeyPatch
):
    data_folder.edit("practices", 2, title="A new title")
    before = data_folder.snapshot()

    def disk_is_full(*_: object) -> None:
        raise duckdb.IOException("IO Error: Could not write file: No space left on device")

    monkeypatch.setattr(making, "insert", disk_is_full)
    with pytest.raises(AtlasError, match="No space left on device"):
        build(data_folder.path, old_database)
    assert data_folder.snapshot() == before


def test_a_second_build_waits_and_then_has_nothing_to_do(
    data_folder: DataFolder, database: Path, monkeypatch: pytest.MonkeyPatch
):
    insert, together = making.insert, Barrier(2, timeout=20)

    def slowly(*arguments: Any) -> Any:
        if not together.broken and arguments[1] == "country":
            together.wait()
        return insert(*arguments)

    monkeypatch.setattr(making, "insert", slowly)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(build, data_folder.path, database)
        together.wait()
        together.abort()
        second = pool.submit(build, data_folder.path, database)
        assert (first.result().skipped, second.result().skipped) == (False, True)


def test_a_build_that_waits_for_too_long_says_so(
    data_folder: DataFolder, database: Path, monkeypatch: pytest.MonkeyPatch
):
    database.parent.mkdir(exist_ok=True)
    monkeypatch.setattr(building, "PATIENCE", 0.05)
    with (
        FileLock(database.with_name(f".{database.name}.lock")),
        pytest.raises(AtlasError, match=r"Another command is building .* 0\.05 seconds"),
    ):
        build(data_folder.path, database)


def test_data_that_changes_while_it_is_read_is_read_again(
    data_folder: DataFolder, database: Path, monkeypatch: pytest.MonkeyPatch
):
    read, times = making.valid_data, []

    def changed_meanwhile(directory: Path) -> Data:
        data = read(directory)
        if not times:
            data_folder.edit("practices", 2, title="Changed meanwhile")
        times.append(data)
        return data

    monkeypatch.setattr(making, "valid_data", changed_meanwhile)
    build(data_folder.path, database)
    assert len(times) == 2
    assert stored_fingerprint(database) == fingerprint(data_folder.path)
    with open_database(database) as connection:
        assert ("Changed meanwhile",) in connection.execute("SELECT title FROM practice").fetchall()
