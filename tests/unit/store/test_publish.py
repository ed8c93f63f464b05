"""Publishing the tables: how old files make way for new ones, and how others fetch them."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import re
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import duckdb
import pytest

from icc_data.errors import AtlasError
from icc_data.files.snippets import SNIPPETS
from icc_data.incoming.check import Data
from icc_data.incoming.invalid_data import InvalidDataError
from icc_data.paths import DATA_DIRECTORY
from icc_data.store import datapackage
from icc_data.store.datapackage import package_files, publish, published
from tests.helpers.r import run_r
from tests.unit.conftest import DataFolder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "served" / "data"


def folders(target: Path) -> list[str]:
    """What lies beside the target, itself left out."""
    return sorted(path.name for path in target.parent.iterdir() if path != target)


def test_publishing_puts_the_files_at_the_target(data_folder: DataFolder, target: Path) -> None:
    publication = publish(data_folder.path, target)
    assert not publication.skipped
    assert {file.name: file.read_bytes() for file in publication.files} == package_files(data_folder.path)
    assert published(target) == json.loads((target / "datapackage.json").read_bytes())


def test_another_program_may_read_the_files(data_folder: DataFolder, target: Path) -> None:
    publish(data_folder.path, target)
    assert target.resolve().stat().st_mode & 0o777 == 0o755


def test_publishing_again_does_nothing_while_nothing_has_changed(data_folder: DataFolder, target: Path) -> None:
    first = publish(data_folder.path, target)
    before = target.readlink()
    again = publish(data_folder.path, target)
    assert (again.skipped, again.files) == (True, tuple(sorted(first.files)))
    assert target.readlink() == before


@pytest.mark.parametrize("change", ["data", "licence", "force", "lost"])
def test_publishing_again_writes_anew_where_something_has_changed(
    data_folder: DataFolder, target: Path, change: str
) -> None:
    publish(data_folder.path, target)
    before = target.readlink()
    if change == "data":
        data_folder.edit("cities", 0, name="Lisboa")
    elif change == "licence":
        (data_folder.path / "LICENSE.md").write_text("New terms.", encoding="utf-8")
    elif change == "lost":
        (target / "datapackage.json").unlink()
    assert not publish(data_folder.path, target, force=change == "force").skipped
    assert target.readlink() != before


def test_a_file_that_is_no_longer_made_is_gone(data_folder: DataFolder, target: Path) -> None:
    licence = data_folder.path / "LICENSE.md"
    licence.write_text("Terms.", encoding="utf-8")
    publish(data_folder.path, target)
    assert (target / "LICENSE.md").exists()
    licence.unlink()
    publish(data_folder.path, target)
    assert not (target / "LICENSE.md").exists()


def test_old_files_are_kept_for_downloads_under_way_and_removed_an_hour_later(
    data_folder: DataFolder, target: Path
) -> None:
    versions = []
    for name in ("Lisboa", "Lissabon"):
        publish(data_folder.path, target)
        versions.append(target.readlink().name)
        data_folder.edit("cities", 0, name=name)
    os.utime(target.parent / versions[0], (0, 0))
    publish(data_folder.path, target)
    assert folders(target) == sorted([versions[1], target.readlink().name])


@pytest.mark.parametrize("moment", ["write_bytes", "symlink_to", "replace"])
def test_a_crash_leaves_the_old_files_and_nothing_half_done(
    data_folder: DataFolder, target: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    publish(data_folder.path, target)
    before = {file.name: file.read_bytes() for file in target.iterdir()}
    beside = folders(target)
    data_folder.edit("cities", 0, name="Lisboa")
    calls = 0
    real = getattr(Path, moment)

    def crash(self: Path, *args: Any) -> Any:
        nonlocal calls
        calls += 1
        if moment != "write_bytes" or calls == 4:
            raise KeyboardInterrupt
        return real(self, *args)

    monkeypatch.setattr(Path, moment, crash)
    with pytest.raises(KeyboardInterrupt):
        publish(data_folder.path, target)
    monkeypatch.undo()
    assert {file.name: file.read_bytes() for file in target.iterdir()} == before
    assert folders(target) == beside


def test_a_reader_sees_the_files_of_one_version_while_others_are_published(
    data_folder: DataFolder, target: Path
) -> None:
    publish(data_folder.path, target)
    done = threading.Event()
    mixtures: list[str] = []

    def read() -> None:
        while not done.is_set():
            folder = target.resolve(strict=True)
            for resource in json.loads((folder / "datapackage.json").read_bytes())["resources"]:
                content = (folder / resource["path"]).read_bytes()
                if f"sha256:{hashlib.sha256(content).hexdigest()}" != resource["hash"]:
                    mixtures.append(resource["path"])

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(5):
        data_folder.edit("cities", 0, name=f"Lisbon {number}")
        publish(data_folder.path, target)
    done.set()
    reader.join()
    assert mixtures == []


def test_two_that_publish_at_once_both_leave_whole_files(data_folder: DataFolder, target: Path) -> None:
    threads = [threading.Thread(target=publish, args=(data_folder.path, target)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {file.name: file.read_bytes() for file in target.iterdir()} == package_files(data_folder.path)


def test_data_with_problems_leaves_the_old_files(data_folder: DataFolder, target: Path) -> None:
    publish(data_folder.path, target)
    before = published(target)
    data_folder.edit("cities", 0, country_code="Portugal")
    with pytest.raises(InvalidDataError):
        publish(data_folder.path, target)
    assert published(target) == before


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_somebody_else_put_there_is_refused_and_left_alone(
    data_folder: DataFolder, target: Path, kind: str
) -> None:
    target.parent.mkdir()
    elsewhere = target.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine.txt").write_text("mine", encoding="utf-8")
    if kind == "folder":
        elsewhere.rename(target)
    elif kind == "file":
        target.write_text("mine", encoding="utf-8")
    else:
        target.symlink_to(elsewhere)
    with pytest.raises(AtlasError, match=r"is there already.*name another folder"):
        publish(data_folder.path, target)
    assert (target if kind == "file" else target / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_a_place_that_cannot_be_written_is_said_with_what_to_do(data_folder: DataFolder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(AtlasError, match=r"cannot be written to .*: \w.*\. Name another folder"):
        publish(data_folder.path, tmp_path / "file" / "data")


@pytest.mark.parametrize("content", [None, b"", b"\xff", b"{"])
def test_files_that_cannot_be_read_count_as_none(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "datapackage.json").write_bytes(content)
    assert published(tmp_path) is None


def test_a_text_beside_the_tables_is_given_as_it_is_and_a_missing_one_is_empty(data_folder: DataFolder) -> None:
    assert datapackage.text("LICENSE.md").startswith("# Terms of the data")
    assert datapackage.text("LICENSE.md", data_folder.path) == ""


# Fetching


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The address of a plain web server with the published files of the real data."""
    publish(DATA_DIRECTORY, tmp_path / "data")
    handler = functools.partial(_Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/data/"
        server.shutdown()


def test_the_lines_for_python_fetch_the_tables_as_they_stand(address: str, real_data: Data) -> None:
    names: dict[str, Any] = {}
    exec(SNIPPETS["Python"].at(address), names)
    assert names["practices"]["practice_id"].tolist() == [p.practice_id for p in real_data.practices]
    assert names["practices"]["when_text"].notna().sum() == sum(p.when_text is not None for p in real_data.practices)
    assert len(names["pairs"]) == sum(len(p.city_ids) or 1 for p in real_data.practices if p.city_ids)


def test_the_lines_for_duckdb_answer_from_the_file(tmp_path: Path, real_data: Data) -> None:
    publish(DATA_DIRECTORY, tmp_path / "data")
    load, question = SNIPPETS["DuckDB"].at(f"{tmp_path}/data/").split("\n\n")
    assert load == "INSTALL httpfs; LOAD httpfs;"
    rows = duckdb.sql(question).fetchall()
    assert rows[0] == ("Spain", sum("Spain" in p.countries for p in real_data.practices))


def test_the_lines_for_r_fetch_the_table_as_it_stands(address: str, tmp_path: Path, real_data: Data) -> None:
    done = run_r(SNIPPETS["R"].at(address) + '\ncat("rows:", nrow(practices), "\\n")', tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    spain = sum("Spain" in practice.countries for practice in real_data.practices)
    assert re.search(rf"^ *Spain .*\n +{spain} ", done.stdout, re.MULTILINE)
    assert done.stdout.endswith(f"rows: {len(real_data.practices)} \n")


@pytest.mark.parametrize("tool", SNIPPETS)
def test_the_lines_of_every_tool_name_files_that_are_published(tool: str, data_folder: DataFolder) -> None:
    named = re.findall(r"https://atlas\.example/([\w.]+)", SNIPPETS[tool].at("https://atlas.example/"))
    assert named
    assert {*named} <= {*package_files(data_folder.path)}
