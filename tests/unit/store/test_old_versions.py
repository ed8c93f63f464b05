"""Looking at a snapshot again: the database it becomes, and how many of them stay."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from icc_data.errors import AtlasError
from icc_data.queries import meta, practice_count
from icc_data.queries.selection import Selection
from icc_data.store.database import open_database
from icc_data.store.old_versions import MOST_KEPT, old_version
from icc_data.store.snapshot_tables import take
from icc_data.store.snapshots import Snapshot
from tests.unit.conftest import DataFolder


@pytest.fixture
def kept(data_folder: DataFolder, tmp_path: Path) -> Snapshot:
    return take(data_folder.path, tmp_path / "snapshots").snapshot


def test_a_snapshot_becomes_a_database_of_its_version(kept: Snapshot, tmp_path: Path):
    with open_database(old_version(kept, tmp_path / "old").database) as connection:
        assert meta(connection)["version"] == kept.version
        assert practice_count(connection, Selection()) == 4


def test_it_is_built_once(kept: Snapshot, tmp_path: Path):
    first = old_version(kept, tmp_path / "old").database.stat()
    again = old_version(kept, tmp_path / "old").database.stat()
    assert (first.st_ino, first.st_mtime_ns) == (again.st_ino, again.st_mtime_ns)


def test_what_was_looked_at_longest_ago_goes_first(data_folder: DataFolder, kept: Snapshot, tmp_path: Path):
    room = tmp_path / "old"
    for number in range(MOST_KEPT):
        (room / f"2020-01-0{number + 1}-abc").mkdir(parents=True)
        os.utime(room / f"2020-01-0{number + 1}-abc", (number + 1, number + 1))
    old_version(kept, room)
    names = sorted(path.name for path in room.iterdir())
    assert names == sorted([kept.id, *(f"2020-01-0{number}-abc" for number in range(2, MOST_KEPT + 1))])


def test_what_a_killed_process_left_is_no_hindrance(kept: Snapshot, tmp_path: Path):
    left = tmp_path / "old" / kept.id / ".unfinished-abc"
    left.mkdir(parents=True)
    (left / "practices.csv").write_text("half")
    assert old_version(kept, tmp_path / "old").database.exists()


def test_a_folder_that_cannot_be_made_is_said(kept: Snapshot, tmp_path: Path):
    (tmp_path / "old").write_text("a file")
    with pytest.raises(AtlasError, match="cannot be unpacked"):
        old_version(kept, tmp_path / "old")
