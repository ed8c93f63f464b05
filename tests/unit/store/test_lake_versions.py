"""Earlier versions of a lake: listed without it, read from it once, and kept within bounds."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from icc_data.errors import AtlasError
from icc_data.queries import meta
from icc_data.store import lake_versions
from icc_data.store.database import open_database
from icc_data.store.lake import fetch
from icc_data.store.lake_process import LakeProcess, LakeReader
from icc_data.store.lake_publishing import publish_to_lake
from icc_data.store.lake_versions import EarlierVersions
from icc_data.store.old_versions import old_version
from icc_data.store.replica import Replica
from icc_data.store.snapshot_tables import tables_of_snapshot
from icc_data.store.snapshots import Snapshot, named
from tests.helpers.lakes import tables_of
from tests.unit.conftest import DataFolder


class Machine:
    """A folder that is published to a lake, and a machine that shows it."""

    def __init__(self, folder: DataFolder, place: Path) -> None:
        (place / "lake").mkdir()
        self.folder, self.copies = folder, place / "copies"
        self.catalogue = place / "lake" / "catalogue.ducklake"
        self.lake = f"ducklake:{self.catalogue}"
        self.earlier = EarlierVersions(LakeReader(self.lake), self.copies / "earlier")

    def publish(self, title: str, seen: str = "2025-02-03", *, force: bool = False) -> None:
        """Publish a version with another title."""
        self.folder.edit("practices", 0, title=title, accessed=seen)
        publish_to_lake(self.folder.path, self.lake, force=force)

    def show(self) -> None:
        """Take over the newest version."""
        Replica(LakeReader(self.lake), self.copies).take_newest()

    def listed(self) -> list[Snapshot]:
        return self.earlier.listed((self.copies / "current").resolve())

    def title(self, number: int) -> str:
        (version,) = [one for one in self.listed() if one.number == number]
        return tables_of_snapshot(self.earlier.read(version))["practices"].rows[0]["title"]

    def move_away(self) -> None:
        """Let the lake be out of reach, as a catalogue in PostgreSQL is whose server stands still."""
        self.catalogue.rename(self.catalogue.with_suffix(".away"))

    def move_back(self) -> None:
        self.catalogue.with_suffix(".away").rename(self.catalogue)


@pytest.fixture
def machine(data_folder: DataFolder, tmp_path: Path) -> Machine:
    return Machine(data_folder, tmp_path)


def test_versions_are_listed_by_date_and_number_and_the_newest_is_none_of_them(machine: Machine):
    for title, seen in (("One", "2025-02-03"), ("Two", "2025-03-01"), ("Three", "2025-04-01")):
        machine.publish(title, seen)
    machine.show()
    assert [(one.date, one.number) for one in machine.listed()] == [(date(2025, 2, 3), 1), (date(2025, 3, 1), 2)]


def test_an_earlier_version_is_asked_for_by_name_data_version_or_date(machine: Machine):
    machine.publish("One")
    version = fetch(machine.lake)[0].version[:12]
    machine.publish("Two", "2025-03-01")
    machine.show()
    kept = machine.listed()
    for text in (f"2025-02-03-{version}", version, "2025-02-03"):
        asked = named(text, kept)
        assert asked is not None, text
        assert asked.number == 1


def test_an_earlier_version_holds_what_was_published_then(machine: Machine):
    machine.folder.write("amendments", [])
    machine.publish("One")
    before = tables_of(fetch(machine.lake)[1])
    machine.folder.file("amendments").unlink()
    machine.publish("Two", "2025-03-01")
    machine.show()
    (version,) = machine.listed()
    assert version.rows == {}, "nothing is read before somebody asks"
    read = machine.earlier.read(version)
    assert tables_of_snapshot(read) == before
    assert read.rows["practices"] == 4
    assert machine.listed() == [read]


def test_an_earlier_version_becomes_a_database_of_its_own(machine: Machine, tmp_path: Path):
    machine.publish("One")
    machine.publish("Two", "2025-03-01")
    machine.show()
    read = machine.earlier.read(machine.listed()[0])
    with open_database(old_version(read, tmp_path / "old").database) as connection:
        assert meta(connection)["version"] == read.version
        assert connection.execute("SELECT count(*) FROM practice WHERE title = 'One'").fetchone() == (1,)


def test_the_process_that_reads_the_lake_reads_earlier_versions_too(machine: Machine):
    machine.publish("One")
    machine.publish("Two", "2025-03-01")
    machine.show()
    apart = LakeProcess(machine.lake)
    assert [one.number for one in apart.history()] == [1, 2]
    machine.earlier = EarlierVersions(apart, machine.copies / "earlier")
    assert machine.title(1) == "One"
    assert apart._process is not None
    apart._process.kill()
    apart._process.wait()


def test_of_versions_with_the_same_data_the_last_one_is_listed(machine: Machine):
    machine.publish("One")
    machine.publish("One", force=True)
    machine.publish("Two", "2025-03-01")
    machine.publish("Two", "2025-03-01", force=True)
    machine.show()
    assert [one.number for one in machine.listed()] == [2]


def test_what_was_read_stays_where_the_lake_is_out_of_reach_and_the_rest_is_said_in_words(machine: Machine):
    for title, seen in (("One", "2025-02-03"), ("Two", "2025-03-01"), ("Three", "2025-04-01")):
        machine.publish(title, seen)
    machine.show()
    assert machine.title(1) == "One"
    machine.move_away()
    assert machine.title(1) == "One"
    with pytest.raises(AtlasError) as told:
        machine.title(2)
    assert told.value.title == (
        "Version 2 of the data, of 1 March 2025, is not on this machine, and cannot be read now."
    )
    assert str(machine.catalogue.parent) not in told.value.title + told.value.advice


def test_a_lake_that_gave_nothing_is_not_asked_again_at_once(machine: Machine, monkeypatch: pytest.MonkeyPatch):
    machine.publish("One")
    machine.publish("Two", "2025-03-01")
    machine.show()
    machine.move_away()
    with pytest.raises(AtlasError):
        machine.title(1)
    machine.move_back()
    with pytest.raises(AtlasError):
        machine.title(1)
    monkeypatch.setattr(lake_versions.time, "monotonic", lambda: 1e9)
    assert machine.title(1) == "One"


@pytest.mark.parametrize(("limit", "most"), [("MOST_KEPT", 2), ("MOST_BYTES", 0)])
def test_what_was_used_longest_ago_goes_first(machine: Machine, monkeypatch: pytest.MonkeyPatch, limit: str, most: int):
    for number in range(1, 5):
        machine.publish(f"Title {number}", f"2025-0{number}-01")
    machine.show()
    for number in (1, 2):
        assert machine.title(number) == f"Title {number}"
    for number, version in enumerate(machine.listed()[:2]):
        os.utime(version.path, (number, number))
    monkeypatch.setattr(lake_versions, limit, most)
    assert machine.title(3) == "Title 3"
    kept = [one.number for one in machine.listed() if one.rows]
    assert kept == ([2, 3] if limit == "MOST_KEPT" else [3])


def test_a_copy_from_before_there_was_a_list_gets_one(machine: Machine):
    machine.publish("One")
    machine.publish("Two", "2025-03-01")
    machine.show()
    (machine.copies / "current" / "history.json").unlink()
    assert machine.listed() == []
    assert not Replica(LakeReader(machine.lake), machine.copies).take_newest()
    assert [one.number for one in machine.listed()] == [1]
