"""Whatever happens to files, disk and engine, there is a database to show, and what is published is of its version."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import duckdb
import pytest

from icc_data.errors import AtlasError
from icc_data.incoming.data_folder import written_at
from icc_data.incoming.invalid_data import InvalidDataError
from icc_data.store import rows
from icc_data.store.datapackage import published
from icc_data.store.upkeep import FORBIDDEN, UNKNOWN, is_damaged, keep_current, reason_of
from tests.unit.conftest import DataFolder

ROOT = Path(__file__).parents[3]


class Atlas:
    """A data folder with its database and its published tables."""

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self.database = folder.path.parent / "build" / "atlas.duckdb"
        self.target = folder.path.parent / "served" / "data"

    def keep(self) -> str:
        return keep_current(self.folder.path, self.database, self.target)

    def rename_a_city(self, name: str) -> None:
        self.folder.edit("cities", 0, name=name)

    def city(self) -> str:
        """The first city's name in the database."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            ((name,),) = connection.execute("SELECT name FROM city WHERE city = 1").fetchall()
        return str(name)

    def published_city(self) -> str:
        """The same in the published tables."""
        return (self.target / "cities.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[1]


@pytest.fixture
def atlas(kept_folder: DataFolder) -> Atlas:
    return Atlas(kept_folder)


def test_database_and_published_tables_are_of_the_same_data(atlas: Atlas):
    assert (atlas.city(), atlas.published_city()) == ("Lisbon", "Lisbon")
    atlas.rename_a_city("Lisboa")
    assert atlas.keep() == ""
    assert (atlas.city(), atlas.published_city()) == ("Lisboa", "Lisboa")


def test_nothing_is_written_where_nothing_has_changed(atlas: Atlas):
    before = atlas.database.stat().st_mtime_ns, atlas.target.readlink()
    assert atlas.keep() == ""
    assert (atlas.database.stat().st_mtime_ns, atlas.target.readlink()) == before


def test_an_edit_with_an_error_leaves_both_old_and_is_told_without_places_of_the_server(atlas: Atlas):
    atlas.rename_a_city("Lisboa")
    atlas.folder.edit("cities", 1, latitude="north")
    reason = atlas.keep()
    assert "cities.csv:3 latitude “north”" in reason
    assert str(atlas.folder.path.parent) not in reason
    assert (atlas.city(), atlas.published_city()) == ("Lisbon", "Lisbon")


def test_a_table_that_cannot_be_read_leaves_both_old(atlas: Atlas):
    file = atlas.folder.file("cities")
    file.unlink()
    file.mkdir()
    assert atlas.keep() == UNKNOWN
    assert (atlas.city(), atlas.published_city()) == ("Lisbon", "Lisbon")


def test_an_error_of_the_engine_leaves_both_old_and_nothing_half_made(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    broken = tmp_path / "thesaurus.csv"
    broken.write_text("term\nx\n", encoding="utf-8")
    monkeypatch.setattr(rows, "THESAURUS", broken)
    atlas.rename_a_city("Lisboa")
    assert atlas.keep() == UNKNOWN
    assert "Traceback" in caplog.text
    assert (atlas.city(), atlas.published_city()) == ("Lisbon", "Lisbon")
    assert len(list(atlas.target.parent.iterdir())) == 2
    monkeypatch.undo()
    assert atlas.keep() == ""
    assert (atlas.city(), atlas.published_city()) == ("Lisboa", "Lisboa")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_missing_rights_are_told_without_the_place(number: int):
    error = OSError(number, os.strerror(number), "/srv/atlas/data/cities.csv")
    assert reason_of(error, Path("/srv/atlas/data")) == FORBIDDEN


@pytest.mark.parametrize("harm", ["empty", "half", "no database"])
def test_a_damaged_database_is_made_anew(atlas: Atlas, harm: str):
    content = atlas.database.read_bytes()
    left = {"empty": b"", "half": content[: len(content) // 2], "no database": b"harm" * 4096}
    atlas.database.write_bytes(left[harm])
    assert is_damaged(atlas.database)
    assert atlas.keep() == ""
    assert atlas.city() == "Lisbon"


def _every_table_reads(database: Path) -> bool:
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            tables = connection.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
            for schema, table in tables:
                connection.execute(f'FROM "{schema}"."{table}"').fetchall()
    except duckdb.Error:
        return False
    return True


def test_damage_of_any_part_is_noticed_before_a_page_meets_it(atlas: Atlas):
    content = atlas.database.read_bytes()
    headers, block = 3 * 4096, 256 * 1024
    told = {}
    for start in range(headers, len(content), block):
        with atlas.database.open("r+b", buffering=0) as file:
            os.pwrite(file.fileno(), b"harm" * 500, start + 5000)
            told[start] = (_every_table_reads(atlas.database), is_damaged(atlas.database))
            os.pwrite(file.fileno(), content[start + 5000 : start + 7000], start + 5000)
    assert (False, False) not in told.values()
    assert (False, True) in told.values()


def test_a_database_that_is_missing_is_made_anew(atlas: Atlas):
    atlas.database.unlink()
    assert atlas.keep() == ""
    assert atlas.city() == "Lisbon"


def test_without_a_database_an_error_of_the_data_is_told_in_full(data_folder: DataFolder):
    data_folder.edit("cities", 1, latitude="north")
    with pytest.raises(InvalidDataError, match="latitude"):
        Atlas(data_folder).keep()


def test_without_a_database_any_other_error_names_no_place_of_the_server(data_folder: DataFolder):
    (data_folder.path.parent / "build").write_text("in the way", encoding="utf-8")
    with pytest.raises(AtlasError) as told:
        Atlas(data_folder).keep()
    assert (told.value.title, told.value.advice) == ("There is no database, and none can be built.", UNKNOWN)


def test_tables_that_cannot_be_published_are_withdrawn_when_the_database_is_newer(atlas: Atlas):
    (atlas.folder.path / "LICENSE.md").mkdir()
    atlas.rename_a_city("Lisboa")
    assert atlas.keep() == ""
    assert atlas.city() == "Lisboa"
    assert published(atlas.target) is None
    (atlas.folder.path / "LICENSE.md").rmdir()
    assert atlas.keep() == ""
    assert atlas.published_city() == "Lisboa"


def test_an_edit_is_noticed_although_the_clock_says_that_nothing_was_written(atlas: Atlas):
    file = atlas.folder.file("cities")
    before, times = written_at(atlas.folder.path, "cities"), file.stat()
    atlas.rename_a_city("Lisboa")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert file.stat().st_mtime_ns == times.st_mtime_ns
    assert written_at(atlas.folder.path, "cities") != before


@pytest.mark.parametrize("moment", [0, 4_102_444_800])
def test_files_from_long_ago_or_from_the_future_are_data_like_any(atlas: Atlas, moment: int):
    atlas.rename_a_city("Lisboa")
    for file in (atlas.folder.file("cities"), atlas.database):
        os.utime(file, (moment, moment))
    assert atlas.keep() == ""
    assert (atlas.city(), atlas.published_city()) == ("Lisboa", "Lisboa")


def test_the_log_says_what_was_built_and_published(data_folder: DataFolder, caplog: pytest.LogCaptureFixture):
    atlas = Atlas(data_folder)
    with caplog.at_level("INFO", logger="icc_data"):
        atlas.keep()
    assert [record.getMessage().partition(" ")[0] for record in caplog.records] == ["Built", "Published"]
