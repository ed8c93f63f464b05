"""The command ``report``: one pack, or those of all cities; what it refuses, and how it ends."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from icc_data.cli import packs
from icc_data.errors import AtlasError
from icc_data.files.export import Provenance
from icc_data.queries.selection import Selection
from icc_data.store.build import build
from tests.helpers.commands import OK, UNUSABLE, run
from tests.helpers.printed import links, read
from tests.unit.conftest import DataFolder

BEGINNINGS = {"pdf": b"%PDF", "pptx": b"PK", "xlsx": b"PK", "docx": b"PK"}


@pytest.mark.parametrize("form", BEGINNINGS)
def test_a_pack_is_written_in_every_format(atlas_file: Path, tmp_path: Path, form: str):
    file = tmp_path / "out.bin"
    result = run("report", "city", "Bergen", "--format", form, "--output", file, "--database", atlas_file)
    assert (result.exit_code, result.stdout) == (OK, f"Wrote {file}.\n")
    assert file.read_bytes().startswith(BEGINNINGS[form])


@pytest.mark.parametrize("form", BEGINNINGS)
def test_no_title_becomes_a_link_or_a_formula_in_a_pack(data_folder: DataFolder, tmp_path: Path, form: str):
    title = "=HYPERLINK(1) https://evil.example [x](https://evil.example) <a href='https://evil.example'>x</a>"
    data_folder.edit("practices", 0, title=title)
    build(data_folder.path, tmp_path / "atlas.duckdb")
    file = tmp_path / f"out.{form}"
    assert run("report", "network", "--output", file, "--database", tmp_path / "atlas.duckdb").exit_code == OK
    if form == "pdf":
        assert not any("evil.example" in str(link) for link in links(file.read_bytes()))
        return
    with zipfile.ZipFile(file) as parts:
        read_of = {name: parts.read(name).decode("utf-8", "replace") for name in parts.namelist()}
    assert any("evil.example" in text for text in read_of.values()), "the title is there"
    assert not any("evil.example" in text for name, text in read_of.items() if name.endswith(".rels"))
    assert not any("<f>" in text and "HYPERLINK" in text for text in read_of.values())


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        (("network", "--network", "RECI (Spain)"), "Within: Network: RECI (Spain)."),
        (("area", "education"), "It serves the commitment"),
        (("benchmark", "Amman", "--k", "3"), "Amman beside its peers"),
        (("city", "amman"), "No practice of this city has been published"),
        (("review", "--network", "rpci", "--period", "2016-2018", "--silent", "3"), "Under review: 2016–2018, beside"),
    ],
)
def test_each_scope_says_what_it_is_of(atlas_file: Path, tmp_path: Path, asked: tuple[str, ...], title: str):
    file = tmp_path / "out.pdf"
    assert run("report", *asked, "--output", file, "--database", atlas_file).exit_code == OK
    assert title in read(file.read_bytes())[1]


def test_a_pack_in_french_has_no_english_title(atlas_file: Path, tmp_path: Path):
    for scope, title, english in (("network", "Bonnes pratiques", "Good practices"), ("review", "Revue", "Review")):
        file = tmp_path / f"{scope}.pdf"
        asked = ("report", scope, "--network", "rpci", "--lang", "fr", "--output", file, "--database", atlas_file)
        assert run(*asked).exit_code == OK
        text = read(file.read_bytes())[1]
        assert title in text
        assert english not in text


def test_the_paper_can_be_that_of_a_projector(atlas_file: Path, tmp_path: Path):
    for paper in ("a4", "16:9"):
        name = tmp_path / f"{paper[0]}.pdf"
        assert (
            run("report", "city", "amman", "--paper", paper, "--output", name, "--database", atlas_file).exit_code == OK
        )
    assert read((tmp_path / "1.pdf").read_bytes())[0] > read((tmp_path / "a.pdf").read_bytes())[0]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("city",), "Nothing says which city is meant."),
        (("area",), "Nothing says which area is meant."),
        (("network", "Spain"), "The network has no name “Spain”."),
        (("review", "Spain"), "The review has no name “Spain”."),
        (("review", "--period", "2024-2020"), "The years “2024-2020” cannot be reviewed."),
        (("review", "--q", "zzzzqqq"), "No city and no practice is in this scope."),
        (("city", "Atlantis"), "There is no city “Atlantis”."),
        (("area", "hair"), "There is no policy area “hair”."),
        (("city", "Oslo", "--all-cities"), "--all-cities writes the packs of all cities."),
        (("city", "Oslo", "--format", "odt"), "There is no format “odt”."),
        (("city", "Oslo", "--paper", "a3"), "There is no paper “a3”."),
        (("network", "--q", "zzzzqqq"), "No practice fits what is chosen."),
        (("network", "--country", "Mars"), "Mars"),
    ],
)
def test_what_cannot_be_written_ends_with_2_and_leaves_the_file_that_is_there(
    atlas_file: Path, tmp_path: Path, asked: tuple[str, ...], words: str
):
    file = tmp_path / "out.pdf"
    file.write_bytes(b"old")
    result = run("report", *asked, "--output", file, "--database", atlas_file)
    assert result.exit_code == UNUSABLE
    assert words in result.stderr
    assert file.read_bytes() == b"old"


def test_an_output_that_is_a_folder_or_a_link_is_refused(atlas_file: Path, tmp_path: Path):
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "link.pdf").symlink_to(tmp_path / "elsewhere.pdf")
    for name in ("folder.pdf", "link.pdf"):
        result = run("report", "city", "amman", "--output", tmp_path / name, "--database", atlas_file)
        assert result.exit_code == UNUSABLE
        assert "is no file" in result.stderr
    assert not (tmp_path / "elsewhere.pdf").exists()


def test_data_that_change_while_packs_are_written_are_not_mixed(atlas_file: Path, tmp_path: Path):
    provenance = Provenance("Profile", [], "", date(2026, 11, 22), "another")
    writer = packs.CityWriter(atlas_file, Selection(), provenance, "xlsx", "a4", tmp_path)
    with pytest.raises(AtlasError, match="The data changed while the packs were written"):
        writer()


def test_all_cities_into_what_is_no_folder_ends_with_2(atlas_file: Path, tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link", "no/such/place"):
        result = run("report", "city", "--all-cities", "--output", tmp_path / name, "--database", atlas_file)
        assert result.exit_code == UNUSABLE
        assert name in result.stderr


def test_a_report_is_in_the_language_that_it_is_asked_for(atlas_file: Path, tmp_path: Path):
    for lang, words in (("fr", "Espagne"), ("en", "Spain")):
        file = tmp_path / f"{lang}.docx"
        result = run("report", "city", "Bilbao", "--lang", lang, "--output", file, "--database", atlas_file)
        assert result.exit_code == OK
        document = Document(str(file))
        everything = [paragraph.text for paragraph in document.paragraphs]
        everything += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        assert any(words in text for text in everything)
        assert document.core_properties.language == lang
