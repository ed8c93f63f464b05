"""The database answers questions and does nothing else."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from icc_data.errors import AtlasError
from icc_data.store import database as opening
from icc_data.store.build import build
from icc_data.store.database import load_full_text_search, lock_down, open_database
from icc_data.store.upkeep import is_damaged

if TYPE_CHECKING:
    from tests.unit.conftest import DataFolder

FORBIDDEN = {
    "reading a file": "SELECT * FROM read_csv('{file}')",
    "reading a text": "SELECT content FROM read_text('{file}')",
    "reading a file by its bare name": "SELECT * FROM '{file}'",
    "listing files": "SELECT * FROM glob('{folder}/*')",
    "reading from the network": "SELECT * FROM read_csv('http://localhost:1/x.csv')",
    "writing a file": "COPY practice TO '{folder}/out.csv'",
    "exporting": "EXPORT DATABASE '{folder}/out'",
    "attaching another database": "ATTACH '{folder}/other.duckdb'",
    "attaching one in memory that reads files": "ATTACH '{folder}/other.duckdb' AS other (READ_ONLY)",
    "installing an extension": "INSTALL httpfs",
    "loading an extension": "LOAD '{folder}/evil.duckdb_extension'",
    "opening up again": "SET enable_external_access = true",
    "unlocking the settings": "SET lock_configuration = false",
    "changing a setting": "SET threads = 8",
    "creating a table": "CREATE TABLE x (y INTEGER)",
    "inserting": "INSERT INTO meta VALUES ('x', 'y')",
    "updating": "UPDATE practice SET title = 'x'",
    "deleting": "DELETE FROM practice",
    "dropping": "DROP TABLE practice",
}


@pytest.mark.parametrize("deed", FORBIDDEN)
def test_the_open_database_refuses(atlas: duckdb.DuckDBPyConnection, tmp_path: Path, deed: str):
    file = tmp_path / "file.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    sql = FORBIDDEN[deed].format(file=file, folder=tmp_path)
    with pytest.raises(duckdb.Error, match=r"disabled by configuration|disabled through|locked|read-only"):
        atlas.cursor().execute(sql)
    assert [entry.name for entry in tmp_path.iterdir()] == ["file.csv"]


def test_the_same_deeds_succeed_on_an_open_connection_so_that_refusing_them_means_something(tmp_path: Path):
    file = tmp_path / "file.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with duckdb.connect() as connection:
        for deed in ("reading a file", "reading a text", "reading a file by its bare name", "listing files"):
            assert connection.execute(FORBIDDEN[deed].format(file=file, folder=tmp_path)).fetchall(), deed


def test_a_missing_database_is_an_error_that_says_how_to_make_it(tmp_path: Path):
    with pytest.raises(AtlasError, match="no database") as caught:
        open_database(tmp_path / "nowhere.duckdb")
    assert "python -m icc_data build" in caught.value.advice
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"This is no database.", b"\0" * 20_000])
def test_a_file_that_is_no_database_is_an_error_with_advice(tmp_path: Path, content: bytes):
    (tmp_path / "atlas.duckdb").write_bytes(content)
    with pytest.raises(AtlasError, match=r"atlas\.duckdb cannot be read") as caught:
        open_database(tmp_path / "atlas.duckdb")
    assert "--force" in caught.value.advice


def test_full_text_search_works_without_reaching_for_the_network(atlas: duckdb.DuckDBPyConnection):
    ranked = atlas.execute(
        "SELECT title, fts_main_practice_text.match_bm25(practice, 'Refugees') AS score FROM practice "
        "WHERE score IS NOT NULL ORDER BY score DESC LIMIT 3"
    ).fetchall()
    assert len(ranked) == 3
    assert ranked[0][1] >= ranked[2][1] > 0


@pytest.mark.parametrize("fault", ["missing", "of another version"])
def test_full_text_search_that_does_not_fit_is_an_error_that_names_the_package(
    monkeypatch: pytest.MonkeyPatch, fault: str
):
    def other_distribution(_: str) -> object:
        if fault == "missing":
            raise opening.PackageNotFoundError
        return type("Wheel", (), {"files": []})

    monkeypatch.setattr(opening, "distribution", other_distribution)
    with duckdb.connect() as connection, pytest.raises(AtlasError, match="Full-text search") as caught:
        load_full_text_search(connection)
    assert f"duckdb-extension-fts=={duckdb.__version__}" in caught.value.advice


def test_threads_with_a_cursor_each_get_their_own_answers(atlas: duckdb.DuckDBPyConnection):
    def titles(city: int) -> list[tuple[str]]:
        sql = "SELECT practice_id FROM practice JOIN practice_city USING (practice) WHERE city = ? ORDER BY practice"
        return atlas.cursor().execute(sql, [city]).fetchall()

    cities = list(range(1, 120)) * 2
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(titles, cities)) == [titles(city) for city in cities]


def test_settings_can_be_made_until_a_connection_is_locked_down(tmp_path: Path):
    with duckdb.connect(str(tmp_path / "empty.duckdb")) as connection:
        lock_down(connection, threads=2, memory_limit="64MB")
        setting = "SELECT current_setting('threads'), current_setting('memory_limit')"
        assert connection.execute(setting).fetchone() == (2, "61.0 MiB")
        with pytest.raises(duckdb.Error, match="locked"):
            connection.execute("SET threads = 1")


def test_two_readers_open_the_same_file(atlas_file: Path, atlas: duckdb.DuckDBPyConnection):
    with open_database(atlas_file) as other:
        sql = "SELECT count(*) FROM practice"
        assert other.execute(sql).fetchone() == atlas.cursor().execute(sql).fetchone()


def test_a_database_that_was_built_anew_is_read_anew_although_the_old_one_is_still_open(data_folder: DataFolder):
    database = build(data_folder.path, data_folder.path.parent / "atlas.duckdb").database
    with open_database(database) as old:
        data_folder.edit("practices", 2, title="A new title")
        build(data_folder.path, database)
        with open_database(database) as new:
            sql = "SELECT title FROM practice WHERE practice_id = 'homework-club'"
            assert (old.execute(sql).fetchone(), new.execute(sql).fetchone()) == (("Homework club",), ("A new title",))


def test_many_open_one_database_at_once_in_one_process(atlas_file: Path):
    def open_and_close(_: int) -> int:
        connection = open_database(atlas_file)
        ((practices,),) = connection.execute("SELECT count(*) FROM practice").fetchall()
        connection.close()
        return int(practices)

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(open_and_close, range(64)))) == 1


def as_somebody_else(directory: Path, work: Callable[[], bool]) -> bool:
    """Whether something works in a process of a user who may read a folder and write nowhere in it."""
    for folder in (directory, *directory.rglob("*")):
        folder.chmod(0o555 if folder.is_dir() else 0o444)
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    # The end of this process must not run what belongs to the other: its tests, its clean-up.
    try:
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        os._exit(0 if work() else 1)
    finally:
        os._exit(2)


@pytest.fixture
def foreign_folder(data_folder: DataFolder) -> Iterator[Path]:
    """A folder with data and a database that everybody may read, and only its owner may write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(data_folder.path, folder / "data")
        build(folder / "data", folder / "build" / "atlas.duckdb")
        yield folder
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)


def answers(database: Path) -> bool:
    with open_database(database) as connection:
        return connection.execute("SELECT count(*) > 0 FROM practice").fetchone() == (True,)


def test_reading_needs_no_right_to_write(foreign_folder: Path):
    database = foreign_folder / "build" / "atlas.duckdb"
    assert as_somebody_else(foreign_folder, lambda: answers(database))


def test_a_database_that_is_up_to_date_is_not_built_again_by_who_could_not(foreign_folder: Path):
    database = foreign_folder / "build" / "atlas.duckdb"
    assert as_somebody_else(foreign_folder, lambda: build(foreign_folder / "data", database).skipped)


def test_even_without_a_folder_for_temporary_files_the_database_opens(
    foreign_folder: Path, monkeypatch: pytest.MonkeyPatch
):
    database = foreign_folder / "build" / "atlas.duckdb"
    monkeypatch.setattr(tempfile, "tempdir", str(foreign_folder / "nowhere"))
    assert as_somebody_else(foreign_folder, lambda: answers(database))


def test_the_copy_of_a_reader_without_rights_does_not_stay(foreign_folder: Path):
    database = foreign_folder / "build" / "atlas.duckdb"

    def leaves_nothing() -> bool:
        return answers(database) and not list(Path(tempfile.gettempdir()).glob(f".{database.name}-*-{os.getpid()}"))

    assert as_somebody_else(foreign_folder, leaves_nothing)


def test_a_link_that_somebody_put_in_the_place_of_a_readers_copy_is_not_followed(
    foreign_folder: Path, monkeypatch: pytest.MonkeyPatch
):
    with tempfile.TemporaryDirectory() as shared:
        Path(shared).chmod(0o777)
        monkeypatch.setattr(tempfile, "tempdir", shared)
        other = Path(shared) / "other"
        other.write_text("mine", encoding="utf-8")
        other.chmod(0o666)
        unlink = Path.unlink

        def outrun(path: Path, missing_ok: bool = False) -> None:
            unlink(path, missing_ok)
            if path.parent == other.parent:
                path.symlink_to(other)

        monkeypatch.setattr(Path, "unlink", outrun)
        assert as_somebody_else(foreign_folder, lambda: answers(foreign_folder / "build" / "atlas.duckdb"))
        assert other.read_text(encoding="utf-8") == "mine"


def test_a_pipe_in_the_place_of_a_database_is_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "atlas.duckdb")
    with pytest.raises(AtlasError, match="it is no file but a pipe or a device"):
        open_database(tmp_path / "atlas.duckdb")
    assert is_damaged(tmp_path / "atlas.duckdb")
