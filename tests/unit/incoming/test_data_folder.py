"""One writer at a time, and a change of several tables is there whole or not at all, whenever it is killed."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from icc_data.errors import AtlasError
from icc_data.incoming import data_folder as folders
from icc_data.incoming.add import add
from icc_data.incoming.check import load_data
from icc_data.incoming.data_folder import table_bytes, writing, written_at
from icc_data.store.build import fingerprint

if TYPE_CHECKING:
    from tests.unit.conftest import DataFolder

PRACTICES = "title,city_ids,countries\nA garden for all,Cork,Ireland\n"
SCORES = "city_id,year,policy_area,score\ncork,2021,overall,66\n"
# What changes files, among the things that Python tells an audit hook.
STEPS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.copyfile"}
KILLED, DONE = 9, 0


@pytest.fixture
def incoming(tmp_path: Path) -> list[Path]:
    """Two files that add to two tables."""
    files = [tmp_path / "practices-new.csv", tmp_path / "scores-new.csv"]
    for file, text in zip(files, (PRACTICES, SCORES), strict=True):
        file.write_text(text, encoding="utf-8")
    return files


def add_and_be_killed(incoming: list[Path], directory: Path, last_step: int) -> int:
    """Add in a process of its own that dies just before its step of that number; how it ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    steps = 0

    def die(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal steps
        if event in STEPS and str(directory) in str(arguments):
            steps += 1
            if steps == last_step:
                os._exit(KILLED)

    sys.addaudithook(die)
    add(incoming, directory)
    os._exit(DONE)


def tables(directory: Path) -> dict[str, bytes]:
    return {table: table_bytes(directory, table) for table in ("practices", "index_scores")}


def test_a_kill_at_any_step_leaves_both_tables_old_or_both_new_and_the_next_run_works(
    data_folder: DataFolder, incoming: list[Path]
):
    untouched = {path.name: path.read_bytes() for path in data_folder.path.iterdir()}
    old = tables(data_folder.path)
    outcomes = []
    for step in range(1, 100):
        for path in data_folder.path.iterdir():
            path.unlink() if path.name in untouched or path.is_file() else None
        for name, content in untouched.items():
            (data_folder.path / name).write_bytes(content)
        ended = add_and_be_killed(incoming, data_folder.path, step)
        are_new = [after != old[table] for table, after in tables(data_folder.path).items()]
        assert len(set(are_new)) == 1, f"killed at step {step}: half of it is new"
        outcomes.append(are_new[0])
        assert load_data(data_folder.path)[1] == [], f"killed at step {step}"
        add(incoming, data_folder.path)
        assert [after != old[table] for table, after in tables(data_folder.path).items()] == [True, True]
        in_the_folder = {path.name for path in data_folder.path.iterdir()} - {".lock"}
        assert in_the_folder == {*untouched, "practices.csv", "index_scores.csv"}, f"left after a kill at step {step}"
        if ended == DONE:
            break
    assert outcomes == sorted(outcomes), "once new, always new"
    assert {False, True} == set(outcomes[:-1]), "some kills came before the decisive step and some after it"


def test_two_at_once_add_what_both_bring(data_folder: DataFolder, tmp_path: Path):
    files = []
    for number in range(6):
        files.append(tmp_path / f"{number}.csv")
        files[-1].write_text(f"title,city_ids,countries\nGarden {number},Cork,Ireland\n", encoding="utf-8")
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda file: add([file], data_folder.path), files))
    titles = [row["title"] for row in data_folder.rows("practices")]
    assert sorted(title for title in titles if title.startswith("Garden")) == [f"Garden {n}" for n in range(6)]


def test_who_waits_too_long_is_told_and_nothing_is_written(
    data_folder: DataFolder, incoming: list[Path], monkeypatch: pytest.MonkeyPatch
):
    before = data_folder.snapshot()
    monkeypatch.setattr(folders, "PATIENCE", 0.05)
    with (
        FileLock(data_folder.path / ".lock"),
        pytest.raises(AtlasError, match=r"Another command is changing the data .* Nothing was written"),
    ):
        add(incoming, data_folder.path)
    assert data_folder.snapshot() == before


def test_what_a_killed_writer_left_half_made_is_swept_up(data_folder: DataFolder):
    left_over = data_folder.path / ".add-killed"
    left_over.mkdir()
    (left_over / "practices.csv").write_text("half", encoding="utf-8")
    with writing(data_folder.path):
        assert not left_over.exists()


def test_a_table_that_could_not_be_moved_yet_counts_already_and_is_said(
    data_folder: DataFolder, incoming: list[Path], monkeypatch: pytest.MonkeyPatch
):
    replace = Path.replace

    def fails_in_the_end(self: Path, target: Path) -> Path:
        if target == data_folder.path / "practices.csv":
            raise OSError(5, "Input/output error", str(target))
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fails_in_the_end)
        with pytest.raises(AtlasError, match=r"The records count, but .*practices\.csv cannot be written yet"):
            add(incoming, data_folder.path)
    titles = [practice.title for practice in load_data(data_folder.path)[0].practices]
    assert "A garden for all" in titles
    with writing(data_folder.path):
        assert "A garden for all" in data_folder.text("practices")


def test_arriving_tables_change_what_the_database_is_built_from(data_folder: DataFolder):
    before = fingerprint(data_folder.path), written_at(data_folder.path, "practices")
    arriving = data_folder.path / ".arriving"
    arriving.mkdir()
    (arriving / "practices.csv").write_bytes(table_bytes(data_folder.path, "practices") + b"\n")
    assert fingerprint(data_folder.path) != before[0]
    assert written_at(data_folder.path, "practices") != before[1]


def test_a_table_that_is_missing_holds_nothing_and_was_never_written(tmp_path: Path):
    assert (table_bytes(tmp_path, "cities"), written_at(tmp_path, "cities")) == (b"", 0)


def test_a_table_that_cannot_be_read_is_said_by_its_file(tmp_path: Path):
    (tmp_path / "cities.csv").mkdir()
    with pytest.raises(AtlasError, match=r"cities\.csv cannot be read: Is a directory"):
        table_bytes(tmp_path, "cities")


def test_a_pipe_in_the_place_of_a_table_is_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "cities.csv")
    with pytest.raises(AtlasError, match=r"cities.csv cannot be read: it is no file"):
        table_bytes(tmp_path, "cities")
