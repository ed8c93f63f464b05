"""The commands snapshot and snapshots."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.commands import OK, PROBLEMS, UNUSABLE, in_a_terminal, lines_of, run
from tests.unit.conftest import DataFolder


def test_snapshot_keeps_the_data_and_says_what_it_holds(data_folder: DataFolder, tmp_path: Path):
    result = run("snapshot", "--data", data_folder.path, "--output", tmp_path / "kept")
    (folder,) = (tmp_path / "kept").iterdir()
    assert result.exit_code == OK
    assert result.stdout.splitlines() == [
        f"Kept the data of 3 February 2025 as {folder.name}: "
        "12 terms, 4 cities, 4 practices, 3 index scores, 2 index reports.",
        f"Wrote {folder}.",
    ]


def test_snapshot_of_the_same_data_says_that_nothing_has_changed(data_folder: DataFolder, tmp_path: Path):
    arguments = ("snapshot", "--data", data_folder.path, "--output", tmp_path / "kept")
    run(*arguments)
    (folder,) = (tmp_path / "kept").iterdir()
    result = run(*arguments)
    assert result.exit_code == OK
    assert result.stdout == f"Nothing has changed since 3 February 2025: the snapshot {folder.name} holds this data.\n"
    assert [*(tmp_path / "kept").iterdir()] == [folder]


def test_snapshot_refuses_data_with_problems(data_folder: DataFolder, tmp_path: Path):
    data_folder.edit("practices", 0, city_ids="atlantis")
    result = run("snapshot", "--data", data_folder.path, "--output", tmp_path / "kept")
    assert result.exit_code == PROBLEMS
    assert "practices.csv" in result.stderr


def test_snapshot_without_a_data_folder_says_so(tmp_path: Path):
    result = run("snapshot", "--data", tmp_path / "nowhere", "--output", tmp_path / "kept")
    assert (result.exit_code, "There is no data folder" in result.stderr) == (UNUSABLE, True)


def test_snapshots_lists_those_of_the_data_folder_and_those_made_here(data_folder: DataFolder, tmp_path: Path):
    run("snapshot", "--data", data_folder.path, "--output", data_folder.path / "snapshots")
    data_folder.edit("practices", 1, accessed="2025-03-01")
    run("snapshot", "--data", data_folder.path, "--output", tmp_path / "kept")
    listed = lines_of(run("snapshots", "--data", data_folder.path, "--output", tmp_path / "kept").stdout)
    assert [(row["date"], row["rows"]["practices"]) for row in listed] == [("2025-02-03", 4), ("2025-03-01", 4)]
    assert [Path(row["path"]).parent.name for row in listed] == ["snapshots", "kept"]


def test_snapshot_list_is_the_same_list(data_folder: DataFolder, tmp_path: Path):
    where = ("--data", data_folder.path, "--output", tmp_path / "kept")
    run("snapshot", *where)
    assert run("snapshot", "--list", *where).stdout == run("snapshots", *where).stdout


def test_without_a_snapshot_the_list_says_how_to_make_one(data_folder: DataFolder, tmp_path: Path):
    result = run("snapshots", "--data", data_folder.path, "--output", tmp_path / "kept")
    assert (result.exit_code, result.stdout) == (OK, "")
    assert result.stderr == "There is no snapshot yet: make one with “python -m icc_data snapshot”.\n"


def test_a_person_reads_a_line_a_snapshot(data_folder: DataFolder, tmp_path: Path):
    where = ("--data", data_folder.path, "--output", tmp_path / "kept")
    run("snapshot", *where)
    (folder,) = (tmp_path / "kept").iterdir()
    line, count = in_a_terminal("snapshots", *where)
    parts = line.split(" · ")
    assert parts[:2] == [folder.name, "data of 3 February 2025"]
    assert parts[3] == "12 terms, 4 cities, 4 practices, 3 index scores, 2 index reports"
    assert count == "1 snapshot."


@pytest.fixture
def grown(data_folder: DataFolder, tmp_path: Path) -> Path:
    """A database of the data folder, which got a practice of 1990 after a snapshot."""
    run("snapshot", "--data", data_folder.path, "--output", data_folder.path / "snapshots")
    data_folder.append(
        "practices",
        practice_id="garden",
        title="A garden",
        when_text="1990",
        when_source="year field",
        accessed="2025-03-01",
    )
    database = tmp_path / "grown.duckdb"
    run("build", "--data", data_folder.path, "--database", database)
    return database


def test_search_sorts_by_newest_added(grown: Path):
    rows = lines_of(run("search", "", "--sort", "added", "--database", grown).stdout)
    assert (rows[0]["practice_id"], rows[0]["added_on"]) == ("garden", "2025-03-01")
    assert [row["added_on"] for row in rows[1:]] == [None] * 4


def test_export_sorts_by_newest_added(grown: Path, tmp_path: Path):
    run("export", "--sort", "added", "--output", tmp_path / "all.csv", "--database", grown)
    first = (tmp_path / "all.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert first.startswith("garden,")


def test_an_order_that_there_is_not_is_refused(grown: Path):
    assert run("search", "", "--sort", "beauty", "--database", grown).exit_code == UNUSABLE
