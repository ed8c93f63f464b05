"""Snapshots: what a copy of the tables holds, that it never changes, and that a kill leaves nothing half."""

from __future__ import annotations

import json
import os
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pytest

from icc_data.errors import AtlasError
from icc_data.incoming.check import valid_data
from icc_data.incoming.invalid_data import InvalidDataError
from icc_data.store.snapshot_tables import Taking, days_of_entry, tables_of_snapshot, take, write_tables
from icc_data.store.snapshots import DESCRIPTION, named, snapshot_folders, snapshots
from icc_data.store.versions import data_version, tables_of_folder
from tests.unit.conftest import DataFolder

FIXTURE = Path(__file__).parents[2] / "fixtures" / "data_2026_11_22"
LIVING = Path(__file__).parents[3] / "data"
BEFORE = LIVING / "snapshots" / "2026-11-22-be890e3950f2"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "snapshots"


def test_a_snapshot_is_named_by_the_date_and_version_of_its_data(data_folder: DataFolder, target: Path):
    version = data_version(valid_data(data_folder.path))[:12]
    kept = take(data_folder.path, target).snapshot
    assert (kept.date, kept.version, kept.path) == (date(2025, 2, 3), version, target / f"2025-02-03-{version}")


def test_a_snapshot_counts_the_rows_of_each_table_that_there_is(data_folder: DataFolder, target: Path):
    rows = take(data_folder.path, target).snapshot.rows
    assert rows == {"terms": 12, "cities": 4, "practices": 4, "index_scores": 3, "index_reports": 2}


def test_a_snapshot_is_listed_as_it_was_taken(data_folder: DataFolder, target: Path):
    kept = take(data_folder.path, target).snapshot
    assert snapshots([target]) == [kept]


def test_snapshots_are_listed_from_the_oldest_data_to_the_newest(data_folder: DataFolder, target: Path):
    newer = take(data_folder.path, target).snapshot
    data_folder.edit("practices", 1, accessed="2024-05-02")
    older = take(data_folder.path, target).snapshot
    assert [kept.id for kept in snapshots([target])] == [older.id, newer.id]


def test_the_same_data_is_kept_once(data_folder: DataFolder, target: Path):
    first = take(data_folder.path, target)
    again = take(data_folder.path, target)
    assert (first.unchanged, again.unchanged, again.snapshot) == (False, True, first.snapshot)


def test_taken_by_two_at_once_it_is_kept_once_and_both_are_told_of_it(data_folder: DataFolder, target: Path):
    both = threading.Barrier(2)

    def at_once(_number: int) -> Taking:
        both.wait()
        return take(data_folder.path, target)

    for _round in range(3):
        shutil.rmtree(target, ignore_errors=True)
        with ThreadPoolExecutor(2) as pool:
            takings = list(pool.map(at_once, range(2)))
        assert {taking.snapshot.id for taking in takings} == {kept.id for kept in snapshots([target])}


def test_data_that_is_written_in_another_way_is_the_same_data(data_folder: DataFolder):
    before = data_version(valid_data(data_folder.path))
    data_folder.write("practices", data_folder.rows("practices")[::-1])
    data_folder.put("cities", data_folder.text("cities").replace("\n", "\r\n"))
    assert data_version(valid_data(data_folder.path)) == before


def test_a_changed_cell_is_another_version(data_folder: DataFolder):
    before = data_version(valid_data(data_folder.path))
    data_folder.edit("cities", 0, population="545001")
    assert data_version(valid_data(data_folder.path)) != before


def test_a_snapshot_holds_every_cell_as_it_was(data_folder: DataFolder, target: Path):
    kept = take(data_folder.path, target).snapshot
    assert tables_of_snapshot(kept) == tables_of_folder(data_folder.path, valid_data(data_folder.path))


def test_the_tables_of_a_snapshot_are_a_data_folder_of_the_same_version(target: Path, tmp_path: Path):
    kept = take(FIXTURE, target).snapshot
    (tmp_path / "again").mkdir()
    write_tables(tables_of_snapshot(kept), tmp_path / "again")
    assert data_version(valid_data(tmp_path / "again")) == data_version(valid_data(FIXTURE))


def test_other_programs_read_a_snapshot_with_types_and_lists(data_folder: DataFolder, target: Path):
    file = take(data_folder.path, target).snapshot.path / "practices.parquet"
    row = duckdb.execute("SELECT city_ids, accessed FROM read_parquet(?) WHERE len(city_ids) = 2", [str(file)])
    assert row.fetchall() == [(["bilbao", "lisbon"], date(2025, 2, 3))]


def test_a_column_that_was_not_recorded_is_not_in_the_snapshot(target: Path):
    tables = tables_of_snapshot(take(FIXTURE, target).snapshot)
    assert "described_when" not in tables["practices"].columns
    assert "policy_area_codings" not in tables


def test_nothing_of_a_snapshot_may_be_written_to(data_folder: DataFolder, target: Path):
    path = take(data_folder.path, target).snapshot.path
    assert {file.stat().st_mode & 0o222 for file in path.iterdir()} == {0}


def test_data_with_problems_is_not_kept(data_folder: DataFolder, target: Path):
    data_folder.edit("practices", 0, city_ids="atlantis")
    with pytest.raises(InvalidDataError):
        take(data_folder.path, target)
    assert not target.exists()


def test_a_target_that_is_a_file_is_said(data_folder: DataFolder, target: Path):
    target.write_text("something else")
    with pytest.raises(AtlasError, match="cannot be written"):
        take(data_folder.path, target)


@pytest.mark.parametrize("spoilt", ["{}", "not json", '{"rows": 3}'])
def test_a_folder_that_is_no_snapshot_is_passed_over(data_folder: DataFolder, target: Path, spoilt: str):
    kept = take(data_folder.path, target).snapshot
    (target / "holiday").mkdir()
    (target / "holiday" / DESCRIPTION).write_text(spoilt)
    assert snapshots([target, target / "nowhere"]) == [kept]


def test_a_snapshot_that_lacks_a_table_is_passed_over(data_folder: DataFolder, target: Path):
    (take(data_folder.path, target).snapshot.path / "cities.parquet").unlink()
    assert snapshots([target]) == []


def test_a_table_that_cannot_be_read_is_said(data_folder: DataFolder, target: Path):
    kept = take(data_folder.path, target).snapshot
    (kept.path / "cities.parquet").chmod(0o644)
    (kept.path / "cities.parquet").write_bytes(b"no Parquet")
    with pytest.raises(AtlasError, match=f"The snapshot {kept.id} cannot be read"):
        tables_of_snapshot(kept)


def test_a_snapshot_is_asked_for_by_its_name_version_or_date(data_folder: DataFolder, target: Path):
    kept = take(data_folder.path, target).snapshot
    assert [named(text, [kept]) for text in (kept.id, kept.version, "2025-02-03")] == [kept] * 3
    assert named("2025-02-04", [kept]) is None


def test_of_two_snapshots_of_a_day_the_day_means_the_newer(data_folder: DataFolder, target: Path):
    first = take(data_folder.path, target).snapshot
    path = first.path / DESCRIPTION
    path.chmod(0o644)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"taken": "2020-01-01T00:00:00+00:00"}))
    data_folder.edit("cities", 0, population="1")
    second = take(data_folder.path, target).snapshot
    assert named("2025-02-03", snapshots([target])) == second


def test_another_data_folder_has_the_snapshots_that_lie_in_it(data_folder: DataFolder):
    assert snapshot_folders(data_folder.path) == (data_folder.path / "snapshots",)


def test_the_snapshot_that_goes_along_is_the_data_of_22_november(target: Path):
    again = take(FIXTURE, target).snapshot

    def content(path: Path) -> dict[str, object]:
        told = json.loads((path / DESCRIPTION).read_text())
        tables = {file.name: file.read_bytes() for file in path.glob("*.parquet")}
        return {"told": {**told, "taken": ""}, "tables": sorted(tables)}

    assert again.path.name == BEFORE.name
    assert content(again.path) == content(BEFORE)
    (kept,) = [snapshot for snapshot in snapshots([BEFORE.parent]) if snapshot.id == again.id]
    assert tables_of_snapshot(kept) == tables_of_snapshot(again)


def test_after_a_kill_the_snapshot_is_taken_anew(data_folder: DataFolder, target: Path):
    left = target / ".unfinished-abc"
    left.mkdir(parents=True)
    os.utime(left, (0, 0))
    kept = take(data_folder.path, target).snapshot
    assert [path.name for path in target.iterdir()] == [kept.id]


def kept_of(folder: DataFolder, target: Path, *practice_ids: str, accessed: str) -> None:
    """A snapshot of these practices, all seen on one day."""
    rows = [row for row in folder.rows("practices") if row["practice_id"] in practice_ids]
    assert [row["practice_id"] for row in rows] == [*practice_ids]
    before = folder.text("practices")
    folder.write("practices", [{**row, "accessed": accessed} for row in rows])
    take(folder.path, target)
    folder.put("practices", before)


def test_a_practice_came_on_the_day_of_the_first_version_that_holds_it(data_folder: DataFolder, target: Path):
    kitchen, drums, club, guide = (row["practice_id"] for row in data_folder.rows("practices"))
    kept_of(data_folder, target, kitchen, accessed="2025-03-01")
    kept_of(data_folder, target, drums, accessed="2025-04-01")
    # The drums are gone for a while, and the club is there for a day only.
    kept_of(data_folder, target, kitchen, club, accessed="2025-05-01")
    days = days_of_entry(snapshots([target]), [kitchen, drums, guide], date(2025, 6, 1))
    assert days == {kitchen: None, drums: date(2025, 4, 1), guide: date(2025, 6, 1)}


def test_later_versions_do_not_tell_when_a_practice_came(data_folder: DataFolder, target: Path):
    kitchen, drums, *_ = (row["practice_id"] for row in data_folder.rows("practices"))
    kept_of(data_folder, target, kitchen, accessed="2025-03-01")
    kept_of(data_folder, target, kitchen, drums, accessed="2025-05-01")
    days = days_of_entry(snapshots([target]), [kitchen, drums], date(2025, 4, 1))
    assert days == {kitchen: None, drums: date(2025, 4, 1)}


def test_without_snapshots_nobody_knows_when_a_practice_came():
    assert days_of_entry([], ["choir"], date(2025, 4, 1)) == {"choir": None}
