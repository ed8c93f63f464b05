"""Files from outside are read within limits, called by their own name, and kept nowhere, whatever they hold."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from icc_data.errors import AtlasError
from icc_data.i18n import set_language
from icc_data.incoming.contributions.checking import Contribution, Network, check_upload, known_network
from icc_data.incoming.contributions.upload import (
    MEGABYTE,
    MOST_MEGABYTES,
    MOST_MEGABYTES_OF_TEXT,
    SUFFIXES,
    shown_name,
)
from tests.helpers.examples import in_one_folder

if TYPE_CHECKING:
    from tests.unit.conftest import DataFolder


@pytest.fixture
def small(data_folder: DataFolder) -> Network:
    return known_network(data_folder.path)


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which temporary files are made during the test."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def send(known: Network, *lines: str, header: str = "title,city_ids,countries", name: str = "new.csv") -> Contribution:
    return check_upload(name, "\n".join([header, *lines]).encode(), known)


def told(contribution: Contribution) -> list[tuple[int, str, str]]:
    """Row, column and value of each problem."""
    return [(problem.line, problem.column, problem.value) for problem in contribution.problems]


def workbook(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["plan.pdf", "old.xls", "noending", "", "list.csv.exe", "archive.zip"])
def test_another_kind_of_file_is_refused_with_the_kinds_that_are_taken(small: Network, name: str) -> None:
    with pytest.raises(AtlasError, match="cannot be read here") as caught:
        check_upload(name, b"title\nA\n", small)
    assert all(suffix in caught.value.advice for suffix in SUFFIXES)


@pytest.mark.parametrize(("name", "most"), [("a.csv", MOST_MEGABYTES), ("a.html", MOST_MEGABYTES_OF_TEXT)])
def test_a_file_that_is_too_large_is_refused(small: Network, name: str, most: int) -> None:
    with pytest.raises(AtlasError, match=f"larger than {most} MB"):
        check_upload(name, b"x" * (most * MEGABYTE + 1), small)


def test_more_rows_than_allowed_are_refused_before_they_are_read(small: Network) -> None:
    with pytest.raises(AtlasError, match="10,001 rows"):
        send(small, *["Practice,Atlantis,"] * 10_001)


def test_an_archive_that_unpacks_to_far_more_is_refused_unopened(small: Network) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 61 * MEGABYTE)
    assert len(out.getvalue()) < MEGABYTE
    for name in ("bomb.xlsx", "bomb.docx"):
        with pytest.raises(AtlasError, match="unpacks to more than 60 MB"):
            check_upload(name, out.getvalue(), small)


def test_entities_that_multiply_are_refused(small: Network) -> None:
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row>'
    sheet = (
        f'<!DOCTYPE x [<!ENTITY a "lol">{entities}]><worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(["title"]))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else old.read(name))
    with pytest.raises(AtlasError, match="not an Excel workbook"):
        check_upload("entities.xlsx", out.getvalue(), small)


def test_a_formula_without_its_value_is_said_and_one_with_it_is_read(small: Network) -> None:
    raw = workbook(["title"], ["=1+1"], ["A garden"])
    (problem,) = check_upload("f.xlsx", raw, small).problems
    assert (problem.line, problem.column, problem.value) == (2, "title", "=1+1")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(
                name,
                old.read(name)
                .replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
                .replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>"),
            )
    checked = check_upload("f.xlsx", out.getvalue(), small)
    assert checked.problems == ()
    assert [item.practice.title for item in checked.proposals] == ["2", "A garden"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\me\\practices.csv", "practices.csv"),
        ("a\x00b\n.csv", "a�b .csv"),
        ("x" * 300 + ".csv", "x" * 75 + "….csv"),
        ("a." + "x" * 300, "a." + "x" * 77 + "…"),
        ("a\u202evsc.exe", "a�vsc.exe"),
        ("..", "file"),
    ],
)
def test_a_file_is_called_by_its_name_alone(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_problems_and_errors_name_the_users_file_and_no_folder(small: Network, scratch: Path) -> None:
    checked = send(small, "A,Atlantis,", name="../my practices.csv")
    assert [problem.file for problem in checked.problems] == ["my practices.csv"]
    for name, raw in (("mine.csv", b"title\nCaf\x81"), ("mine.xlsx", b"title"), ("mine.json", b"{")):
        with pytest.raises(AtlasError) as caught:
            check_upload(name, raw, small)
        assert name in caught.value.title
        assert "upload-" not in str(caught.value)
        assert str(scratch) not in str(caught.value)


@pytest.mark.parametrize(
    "raw", [b"\xff\xfe\x00", b"[" * 200_000, b'[{"title": ' + b"9" * 6000 + b"}]", b'[{"title": "\\ud800"}]']
)
def test_json_made_to_do_harm_is_an_error_or_a_refusal_in_words(small: Network, raw: bytes) -> None:
    try:
        checked = check_upload("x.json", raw, small)
    except AtlasError as error:
        assert error.title.startswith("x.json")  # noqa: PT017
    else:
        assert checked.proposals == ()
        json.dumps(told(checked), ensure_ascii=False).encode()


@in_one_folder(60)
@given(suffix=st.sampled_from(SUFFIXES), raw=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@example(suffix=".html", raw=b"<div>" * 3000 + b"Read More")
@example(suffix=".xlsx", raw=b"PK\x03\x04")
@example(suffix=".docx", raw=b"PK\x05\x06" + b"\0" * 18)
def test_any_bytes_are_a_contribution_or_an_error_and_nothing_stays_on_the_disk(
    small: Network, scratch: Path, suffix: str, raw: bytes
) -> None:
    try:
        checked = check_upload(f"any{suffix}", raw, small)
    except AtlasError as error:
        assert "any" in error.title  # noqa: PT017
    else:
        "".join(map(str, checked.problems)).encode()
    assert list(scratch.iterdir()) == []


def test_a_file_is_checked_beside_the_data_without_changing_it(data_folder: DataFolder, scratch: Path) -> None:
    before = data_folder.snapshot()
    send(known_network(data_folder.path), "A garden,Cork,Ireland", "A wreck,Atlantis,")
    assert data_folder.snapshot() == before


@pytest.fixture
def in_french() -> None:
    set_language("fr")


@pytest.mark.usefixtures("in_french")
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"PK", "n’est pas un classeur Excel"),
        ("a.docx", b"PK", "n’est pas un document Word"),
        ("a.json", b"{", "n’est pas du JSON valide"),
        ("a.csv", b"what,else\n1,2\n", "a des en-têtes qui ne disent pas ce que contient le tableau"),
        ("a.txt", b"nothing of a practice", "n’est ni une page de liste, ni une fiche de pratique"),
    ],
)
def test_a_file_is_refused_in_the_language_of_who_sends_it(small: Network, name: str, content: bytes, words: str):
    with pytest.raises(AtlasError) as caught:
        check_upload(name, content, small)
    assert words in caught.value.title


@pytest.mark.usefixtures("in_french")
def test_what_is_wrong_with_a_row_is_said_in_the_language_of_who_sends_it(small: Network):
    header = "title,city_ids,when_text,url"
    rows = ["A,Bilbao,2021-2019,https://example.org", "B,Bilbao,2019,nowhere", "C,Bilbao,44197,"]
    checked = check_upload("a.csv", "\n".join([header, *rows]).encode("utf-8"), small)
    assert [problem.reason for problem in checked.problems if problem.column == "url"] == [
        "attendu\u00a0: une adresse web qui commence par http:// ou https:// et n’a pas d’espace"
    ]
    notes = [note for proposal in checked.proposals for note in proposal.notes]
    assert any(note.startswith("«\u00a02021-2019\u00a0»\u00a0: la fin précède le début") for note in notes)
    assert any(note.startswith("«\u00a044197\u00a0» est la façon dont Excel conserve 2021-01-01") for note in notes)
