"""Whatever is given to a command, it answers in words and with its exit code; nothing is replaced that is no file."""

from __future__ import annotations

import json
import os
import re
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from icc_data.cli.commands import application
from icc_data.errors import AtlasError
from icc_data.incoming.readers import files
from icc_data.output import write_file

DEEP = 20_000


def workbook(change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one practice, whose sheet was changed by hand."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["title", "city_ids"])
    sheet.append(["A garden", "Bilbao"])
    out, changed = BytesIO(), BytesIO()
    book.save(out)
    with zipfile.ZipFile(BytesIO(out.getvalue())) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == "xl/worksheets/sheet1.xml" else content)
    return changed.getvalue()


def word(body: str) -> bytes:
    out = BytesIO()
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>')
    return out.getvalue()


FAULTS: dict[str, tuple[bytes, str]] = {
    "long_number.json": (b'[{"title": ' + b"9" * 5000 + b"}]", "holds a number of thousands of digits"),
    "deep.json": (b"[" * DEEP + b"]" * DEEP, "is nested too deeply"),
    "deep.docx": (word("<w:sdt>" * DEEP + "</w:sdt>" * DEEP), "is nested too deeply"),
    "deep.html": (b"<div>" * DEEP, "is nested too deeply"),
    "broken.html": (b"<html><body><p>Read More</p><![[[[x</p></body></html>", "is broken HTML"),
    "half.json": (b'[{"title": "\\ud800", "summary": "fine"}]', "holds characters that are no text"),
    "beyond.xlsx": (workbook(lambda xml: xml.replace(b'<row r="2"', b'<row r="999999999"')), "number 999999999"),
    "below.xlsx": (workbook(lambda xml: xml.replace(b'<row r="2"', b'<row r="-2"')), "it is number -2"),
    "endless.xlsx": (workbook(lambda xml: xml.replace(b"</row>", b"<c/>" * 2_100_000 + b"</row>", 1)), "too far"),
    "header.csv": (b"title,city_ids\n", "holds nothing to read"),
    "header.xlsx": (
        workbook(lambda xml: xml.partition(b'<row r="2"')[0] + b"</sheetData></worksheet>"),
        "holds nothing to read",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_that_is_made_to_do_harm_or_holds_nothing_is_said_in_words(tmp_path: Path, name: str):
    content, words = FAULTS[name]
    (tmp_path / name).write_bytes(content)
    result = CliRunner().invoke(application(), ["read", str(tmp_path / name)])
    assert words in result.stderr
    assert name in result.stderr
    assert isinstance(result.exception, SystemExit | None)


def test_a_pipe_is_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.csv")
    result = CliRunner().invoke(application(), ["read", str(tmp_path / "pipe.csv"), str(tmp_path)])
    assert "pipe.csv is no file" in result.stderr
    assert f"{tmp_path.name} is no file" in result.stderr
    assert result.exit_code == 2


def test_a_file_beyond_all_measure_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "MOST_MEGABYTES", 1)
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(1_000_001)
    result = CliRunner().invoke(application(), ["read", str(tmp_path / "large.csv")])
    assert "large.csv is larger than 1 MB" in result.stderr


@pytest.mark.parametrize("words", ["\udcff", "\x00"])
def test_words_that_are_no_text_are_answered(words: str):
    result = CliRunner().invoke(application(), ["search", words])
    assert result.exit_code in (0, 2)
    assert isinstance(result.exception, SystemExit | None)


def test_a_limit_that_no_database_can_count_to_is_refused_by_its_option():
    result = CliRunner().invoke(application(), ["search", "school", "--limit", "99999999999999999999"])
    assert result.exit_code == 2
    assert "'--limit'" in result.stderr


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_only_a_file_is_ever_replaced(tmp_path: Path, kind: str):
    target, other = tmp_path / "out.csv", tmp_path / "other.csv"
    other.write_text("mine", encoding="utf-8")
    {"folder": target.mkdir, "link": lambda: target.symlink_to(other), "pipe": lambda: os.mkfifo(target)}[kind]()
    result = CliRunner().invoke(application(), ["export", "--output", str(target), "--format", "csv"])
    assert (result.exit_code, other.read_text(encoding="utf-8")) == (2, "mine")
    assert "is no file: folders, links, pipes and devices are not replaced" in result.stderr


@pytest.mark.parametrize("command", [["build", "--database"]])
def test_a_database_never_takes_the_place_of_a_link(tmp_path: Path, command: list[str]):
    target, other = tmp_path / "atlas.duckdb", tmp_path / "other"
    other.write_text("mine", encoding="utf-8")
    target.symlink_to(other)
    result = CliRunner().invoke(application(), [*command, str(target)])
    assert (result.exit_code, target.is_symlink(), other.read_text(encoding="utf-8")) == (2, True, "mine")


def test_a_name_that_no_file_can_have_is_an_error_in_words(tmp_path: Path):
    with pytest.raises(AtlasError, match="cannot be written"):
        write_file(tmp_path / "a\0b", b"")


def test_what_is_written_replaces_a_file_and_leaves_nothing_else(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"old")
    write_file(tmp_path / "a", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"new")]


@pytest.mark.parametrize(("hours", "is_left"), [(2, False), (0, True)])
def test_what_a_writer_left_that_was_killed_is_swept_up_and_what_one_writes_just_now_is_not(
    tmp_path: Path, hours: int, is_left: bool
):
    left = tmp_path / ".atlas-writing-killed"
    left.mkdir()
    (left / "report.pdf").write_bytes(b"half")
    moment = time.time() - hours * 3600
    os.utime(left, (moment, moment))
    write_file(tmp_path / "report.pdf", b"whole")
    assert left.exists() == is_left


def test_a_link_that_is_called_like_what_a_killed_writer_left_leads_to_nothing_that_is_removed(tmp_path: Path):
    (tmp_path / "mine").mkdir()
    link = tmp_path / ".atlas-writing-link"
    link.symlink_to(tmp_path / "mine")
    os.utime(link, (0, 0), follow_symlinks=False)
    write_file(tmp_path / "report.pdf", b"whole")
    assert (tmp_path / "mine").exists()


def test_nothing_that_stands_in_a_file_commands_the_terminal(tmp_path: Path):
    (tmp_path / "a.csv").write_text("title,city_ids\nA\x1b[2Jgarden\x9b1m,No\x1b]0;where\x07\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("title,city_ids\nA\x7fgarden\x9b1m,Bilbao\n", encoding="utf-8")
    result = CliRunner().invoke(application(), ["read", str(tmp_path / "a.csv"), str(tmp_path / "b.csv")])
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", result.output)
    assert "No\\u001b]0" in result.stderr
    assert json.loads(result.stdout)["title"] == "A\x7fgarden\x9b1m"


def test_an_empty_file_among_others_is_said_and_the_others_are_read(tmp_path: Path):
    (tmp_path / "empty.csv").write_text("title\n", encoding="utf-8")
    (tmp_path / "full.csv").write_text("title,city_ids\nA garden,Bilbao\n", encoding="utf-8")
    result = CliRunner().invoke(
        application(), ["read", "--json", str(tmp_path / "empty.csv"), str(tmp_path / "full.csv")]
    )
    assert json.loads(result.stdout)["title"] == "A garden"
    assert "empty.csv holds nothing to read" in result.stderr
