"""A machine takes over what is published in a lake, in whole versions, and keeps the last good one in all events."""

from __future__ import annotations

import logging
import os
import threading
import time
from pathlib import Path

import pytest

from icc_data import queries
from icc_data.errors import AtlasError
from icc_data.incoming.add import add
from icc_data.paths import Places, places_of_copy
from icc_data.store import replica as replicas
from icc_data.store.database import open_database
from icc_data.store.datapackage import published
from icc_data.store.lake import newest
from icc_data.store.lake_connection import EMPTY, NEWER, UNREACHABLE
from icc_data.store.lake_process import LakeProcess, LakeReader, _answer_one
from icc_data.store.lake_publishing import publish_to_lake
from icc_data.store.large import building
from icc_data.store.replica import Replica
from icc_data.store.snapshot_tables import take
from icc_data.store.status import status
from icc_data.store.upkeep import keep_current
from icc_data.store.versions import read_folder
from tests.helpers.lakes import in_the_lake, published_as_it_stands
from tests.unit.conftest import DataFolder

TITLE = "A larger kitchen"


@pytest.fixture
def lake(tmp_path: Path) -> str:
    (tmp_path / "lake").mkdir()
    return f"ducklake:{tmp_path / 'lake' / 'catalogue.ducklake'}"


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    return tmp_path / "copies"


def here(copies: Path) -> Places:
    return places_of_copy(copies / "current")


def titles(copies: Path) -> list[str]:
    with open_database(here(copies).database) as connection:
        return [title for (title,) in connection.execute("SELECT title FROM practice ORDER BY practice").fetchall()]


def move_away(lake: str) -> None:
    """Let a lake be out of reach, as a catalogue in PostgreSQL is whose server stands still."""
    catalogue = Path(lake.removeprefix("ducklake:"))
    catalogue.rename(catalogue.with_suffix(".away"))


def move_back(lake: str) -> None:
    catalogue = Path(lake.removeprefix("ducklake:"))
    catalogue.with_suffix(".away").rename(catalogue)


def test_a_version_is_taken_over_with_all_that_is_made_of_it(data_folder: DataFolder, lake: str, copies: Path):
    take(data_folder.path, data_folder.path / "snapshots")
    publish_to_lake(data_folder.path, lake)
    assert Replica(LakeReader(lake), copies).take_newest()
    places = here(copies)
    assert read_folder(places.directory) == read_folder(data_folder.path)
    state = status(places.directory, places.database, places.published)
    assert (state.is_well, published(places.published) is not None) == (True, True)
    with open_database(places.database) as connection:
        assert queries.meta(connection)["version"] == state.version
        assert connection.execute("SELECT count(*) FROM fts_main_practice_text.docs").fetchone() == (4,)


def test_what_is_asked_of_a_copy_is_what_is_answered_where_it_was_published(
    data_folder: DataFolder, lake: str, copies: Path, tmp_path: Path
):
    take(data_folder.path, data_folder.path / "snapshots")
    data_folder.append("practices", practice_id="fete", title="A street feast", accessed="2025-03-01")
    publish_to_lake(data_folder.path, lake)
    Replica(LakeReader(lake), copies).take_newest()
    keep_current(data_folder.path, tmp_path / "own.duckdb", tmp_path / "served" / "data")
    asked = "SELECT * FROM practice ORDER BY practice"
    answers = []
    for database in (tmp_path / "own.duckdb", here(copies).database):
        with open_database(database) as connection:
            answers.append(connection.execute(asked).fetchall())
    assert answers[0] == answers[1]
    assert len(answers[0]) == 5


def test_a_version_that_is_held_is_not_taken_over_again(data_folder: DataFolder, lake: str, copies: Path):
    publish_to_lake(data_folder.path, lake)
    ours = Replica(LakeReader(lake), copies)
    assert (ours.take_newest(), ours.take_newest()) == (True, False)
    data_folder.edit("practices", 0, title=TITLE)
    publish_to_lake(data_folder.path, lake)
    assert (ours.take_newest(), titles(copies)[0]) == (True, TITLE)


def test_whoever_began_with_a_version_goes_on_with_it(data_folder: DataFolder, lake: str, copies: Path):
    publish_to_lake(data_folder.path, lake)
    ours = Replica(LakeReader(lake), copies)
    ours.take_newest()
    begun = (copies / "current").resolve()
    before = read_folder(begun / "data")
    data_folder.edit("practices", 0, title=TITLE)
    publish_to_lake(data_folder.path, lake)
    ours.take_newest()
    assert (copies / "current").resolve() != begun
    assert read_folder(begun / "data") == before
    # An hour later nobody does.
    for folder in (begun, *begun.rglob("*")):
        os.utime(folder, (0, 0), follow_symlinks=False)
    publish_to_lake(data_folder.path, lake, force=True)
    ours.take_newest()
    assert not begun.exists()
    assert titles(copies)[0] == TITLE


def test_nobody_sees_half_a_version_or_two_while_many_are_taken_over(data_folder: DataFolder, lake: str, copies: Path):
    """The title of a practice, the name of a city and the served tables say which version they are of."""

    def publish(number: int) -> None:
        data_folder.edit("practices", 0, title=f"Kitchen {number}")
        data_folder.edit("cities", 0, name=f"Lisbon {number}")
        publish_to_lake(data_folder.path, lake)

    ours = Replica(LakeReader(lake), copies)
    publish(0)
    ours.take_newest()
    seen: list[tuple[str, str, bool]] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            places = places_of_copy((copies / "current").resolve())
            data, _ = read_folder(places.directory)
            with open_database(places.database) as connection:
                (title,) = connection.execute("SELECT title FROM practice WHERE practice = 1").fetchone() or ("",)
                version = queries.meta(connection)["version"]
            package = published(places.published) or {}
            number = data.cities[0].name.removeprefix("Lisbon ")
            seen.append((number, title.removeprefix("Kitchen "), package.get("version") == version))
            time.sleep(0.1)

    looking = threading.Thread(target=look)
    looking.start()
    for number in (1, 2):
        publish(number)
        ours.take_newest()
    done.set()
    looking.join()
    assert {one[2] for one in seen} == {True}
    assert [one for one in seen if one[0] != one[1]] == []


def test_a_lake_out_of_reach_leaves_the_last_copy_with_a_reason_and_one_line_in_the_log(
    data_folder: DataFolder, lake: str, copies: Path, caplog: pytest.LogCaptureFixture
):
    publish_to_lake(data_folder.path, lake)
    gone = "ducklake:postgres:host=127.0.0.1 port=1 dbname=atlas password=secret"
    Replica(LakeReader(lake), copies).take_newest()
    ours = Replica(LakeReader(gone), copies)
    caplog.clear()
    ours.look()
    assert (ours.trouble, caplog.messages) == ("", []), "a catalogue may be started anew"
    for _ in range(3):
        ours.look()
    assert ours.trouble == UNREACHABLE
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith("The last version goes on being shown. The lake ducklake:postgres:host=")
    assert "secret" not in caplog.text
    assert titles(copies) != []


def test_a_lake_that_comes_back_is_followed_again(
    data_folder: DataFolder, lake: str, copies: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(replicas, "TRY_AGAIN", 0.0)
    caplog.set_level(logging.INFO)
    publish_to_lake(data_folder.path, lake)
    ours = Replica(LakeReader(lake), copies)
    ours.look()
    move_away(lake)
    ours.look()
    assert ours.trouble == EMPTY
    move_back(lake)
    data_folder.edit("practices", 0, title=TITLE)
    publish_to_lake(data_folder.path, lake)
    ours.look()
    assert (ours.trouble, titles(copies)[0]) == ("", TITLE)
    assert caplog.messages[-1].endswith("can be used again.")


def test_a_version_that_this_code_cannot_read_leaves_the_last_copy(data_folder: DataFolder, lake: str, copies: Path):
    publish_to_lake(data_folder.path, lake)
    ours = Replica(LakeReader(lake), copies)
    ours.look()
    newer = "SELECT 2, 99, version, as_of, published, parts FROM lake.publication"
    in_the_lake(lake, f"INSERT INTO lake.publication {newer}")
    ours.look()
    assert (ours.trouble, len(titles(copies))) == (NEWER, 4)


def test_data_that_this_code_refuses_leaves_the_last_copy(data_folder: DataFolder, lake: str, copies: Path):
    publish_to_lake(data_folder.path, lake)
    ours = Replica(LakeReader(lake), copies)
    ours.look()
    before = (copies / "current").resolve()
    data_folder.edit("practices", 0, title=TITLE)
    publish_to_lake(data_folder.path, lake)
    # A value that a later atlas may know.
    in_the_lake(lake, "UPDATE lake.cities SET status = 'observer' WHERE city_id = 'lisbon'")
    published_as_it_stands(lake)
    ours.look()
    assert "status" in ours.trouble
    assert "observer" in ours.trouble
    assert (copies / "current").resolve() == before
    assert list(copies.glob("version-*")) == [before], "what was not whole is gone"


def test_a_version_is_taken_over_in_a_process_of_its_own(
    data_folder: DataFolder, lake: str, copies: Path, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.INFO)
    publish_to_lake(data_folder.path, lake)
    apart = LakeProcess(lake)
    ours = Replica(apart, copies)
    ours.take_newest()
    assert len(titles(copies)) == 4
    assert [record.name for record in caplog.records if record.name.endswith("build")] == [], "it is built elsewhere"
    _end(apart)


@pytest.mark.parametrize(("from_bytes", "last"), [(0, True), (8_000_000, False)])
def test_a_process_that_took_over_very_many_practices_answers_no_more(
    data_folder: DataFolder, lake: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, from_bytes: int, last: bool
):
    publish_to_lake(data_folder.path, lake)
    monkeypatch.setattr(building, "FROM_BYTES", from_bytes)
    (tmp_path / "copy").mkdir()
    assert _answer_one({"address": lake, "copy": str(tmp_path / "copy")})["last"] is last


def _end(reader: LakeProcess) -> None:
    assert reader._process is not None
    reader._process.kill()
    reader._process.wait()


def test_what_such_a_process_refuses_is_told_in_the_same_words(data_folder: DataFolder, lake: str, copies: Path):
    publish_to_lake(data_folder.path, lake)
    in_the_lake(lake, "UPDATE lake.cities SET status = 'observer' WHERE city_id = 'lisbon'")
    published_as_it_stands(lake)
    told, apart = [], LakeProcess(lake)
    for reader in (LakeReader(lake), apart):
        ours = Replica(reader, copies)
        ours.look()
        told.append(ours.trouble)
        (copies / "trouble.txt").unlink()
    _end(apart)
    assert told[0] == told[1]
    assert "observer" in told[0]


def test_a_file_that_would_lie_elsewhere_is_refused(data_folder: DataFolder, lake: str, copies: Path):
    publish_to_lake(data_folder.path, lake)
    in_the_lake(lake, "INSERT INTO lake.files VALUES ('../../stray', 'no'::BLOB)")
    published_as_it_stands(lake)
    with pytest.raises(AtlasError, match="a file with a name that cannot be used"):
        Replica(LakeReader(lake), copies).take_newest()
    assert not (copies / "stray").exists()


def test_without_a_copy_and_without_a_lake_it_is_told_why_there_is_nothing(lake: str, copies: Path):
    with pytest.raises(AtlasError) as caught:
        Replica(LakeReader(lake), copies).make_ready()
    assert (caught.value.title, caught.value.advice) == ("There is no data to show yet.", EMPTY)


def test_a_copy_from_before_is_shown_without_the_lake(data_folder: DataFolder, lake: str, copies: Path):
    publish_to_lake(data_folder.path, lake)
    Replica(LakeReader(lake), copies).take_newest()
    move_away(lake)
    Replica(LakeReader(lake), copies).make_ready()
    assert len(titles(copies)) == 4


def test_two_processes_of_a_machine_take_a_version_over_once(data_folder: DataFolder, lake: str, copies: Path):
    publish_to_lake(data_folder.path, lake)
    taken: list[bool] = []
    ours = [Replica(LakeReader(lake), copies) for _ in range(2)]
    threads = [threading.Thread(target=lambda one=one: taken.append(one.take_newest())) for one in ours]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False, True]


def test_a_replica_that_follows_has_a_new_version_by_itself(
    data_folder: DataFolder, lake: str, copies: Path, monkeypatch: pytest.MonkeyPatch
):
    assert replicas.EVERY <= 10, "within half a minute, its building included"
    monkeypatch.setattr(replicas, "EVERY", 0.05)
    publish_to_lake(data_folder.path, lake)
    ours = Replica(LakeReader(lake), copies)
    ours.follow()
    try:
        data_folder.edit("practices", 0, title=TITLE)
        publish_to_lake(data_folder.path, lake)
        until = time.monotonic() + 60
        while (ours.held() or {}).get("number") != newest(lake).number and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        ours.end()
    assert titles(copies)[0] == TITLE


def test_a_copy_is_not_changed_where_it_lies(data_folder: DataFolder, lake: str, copies: Path, tmp_path: Path):
    publish_to_lake(data_folder.path, lake)
    Replica(LakeReader(lake), copies).take_newest()
    directory = here(copies).directory
    (tmp_path / "more.csv").write_text("title,city_ids,countries\nA garden,Cork,Ireland\n", encoding="utf-8")
    for change in (lambda: add([tmp_path / "more.csv"], directory), lambda: take(directory, directory / "snapshots")):
        with pytest.raises(AtlasError, match="is a copy of what was published in a lake"):
            change()
