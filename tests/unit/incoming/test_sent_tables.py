"""Tables as people and spreadsheets write them: what is taken is said, what cannot be told is refused."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from icc_data.errors import AtlasError
from icc_data.incoming.add import add
from icc_data.incoming.readers import read as read_file
from icc_data.incoming.readers.excel_dates import date_note
from icc_data.incoming.readers.result import Accepted, ReadResult
from icc_data.incoming.readers.table import open_table
from tests.helpers.tables import DATA, GAZETTEER, read, read_text, the_practice, the_problem
from tests.unit.conftest import DataFolder

HEADER = "Title;City;Country;Year or period;Summary"
ROW = "A tea room;Genève;Suisse;2019;People drink tea."


def read_bytes(folder: Path, content: bytes, name: str = "table.csv") -> ReadResult:
    (folder / name).write_bytes(content)
    return read_file(folder / name, GAZETTEER, DATA.vocabulary)


def read_sheet(folder: Path, *rows: list[str | None]) -> ReadResult:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(folder / "table.xlsx")
    return read(folder / "table.xlsx")


def the_row(result: ReadResult) -> Accepted:
    (item,) = result.accepted
    return item


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_with_its_mark_is_read_and_said(tmp_path: Path, encoding: str):
    mark = {"utf-16": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[encoding]
    result = read_bytes(tmp_path, mark + f"{HEADER}\r\n{ROW}\r\n".encode(encoding))
    assert the_practice(result).city_ids == ("geneva",)
    assert result.notes == ("the file is in UTF-16 and was read so",)


def test_excels_unicode_text_is_known_for_a_table(tmp_path: Path):
    content = f"{HEADER}\r\n{ROW}\r\n".replace(";", "\t").encode("utf-16")
    assert the_practice(read_bytes(tmp_path, content, "table.txt")).title == "A tea room"


def test_windows_1252_is_read_and_said_with_a_word_to_look_at(tmp_path: Path):
    result = read_bytes(tmp_path, f"{HEADER}\r\n{ROW}\r\n".encode("cp1252"))
    assert the_practice(result).city_ids == ("geneva",)
    (note,) = result.notes
    assert "Windows-1252" in note
    assert "“Genève”" in note


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Żółte światła", "cp1250"), ("Київ і мова", "cp1251"), ("Café à Genève", "cp850"), ("Θεσσαλονίκη", "cp1253")],
)
def test_other_encodings_are_refused_with_the_line_and_never_become_other_letters(
    tmp_path: Path, text: str, encoding: str
):
    with pytest.raises(AtlasError, match=r"neither UTF-8 nor Windows-1252 text \(line 2\)"):
        read_bytes(tmp_path, f"Title\n{text}\n".encode(encoding))


def test_the_projects_own_files_stay_utf_8(tmp_path: Path):
    (tmp_path / "cities.csv").write_bytes("city_id,name\ngeneva,Genève\n".encode("cp1252"))
    with pytest.raises(AtlasError, match="not UTF-8"):
        open_table(tmp_path / "cities.csv")


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;;"])
def test_excels_line_that_names_the_mark_is_no_header(tmp_path: Path, first: str):
    result = read_text(tmp_path, f"{first}\n{HEADER}\n{ROW}\n")
    assert the_practice(result).title == "A tea room"
    assert the_row(result).line == 3


def test_rows_above_the_header_are_passed_over_and_said(tmp_path: Path):
    result = read_text(tmp_path, f"What our town does, 2024;;;;\n\n{HEADER}\n{ROW}\n")
    assert the_practice(result).title == "A tea room"
    assert the_row(result).line == 4
    assert result.notes == (
        "the header stands in row 3; what is above it was passed over (row 1: “What our town does, 2024”)",
    )


def test_rows_above_the_header_of_a_sheet_are_passed_over_and_said(tmp_path: Path):
    result = read_sheet(tmp_path, ["What our town does"], ["Sent in May"], ["Title", "City"], ["A tea room", "Bilbao"])
    assert [note for note in result.notes if "header stands in row 3" in note and "rows 1 to 2" in note]
    assert (the_row(result).line, the_row(result).record.__class__.__name__) == (4, "Practice")


def test_where_no_row_is_a_header_the_refusal_says_what_the_first_one_has(tmp_path: Path):
    with pytest.raises(AtlasError, match=r"row 1 has: What our town does"):
        read_sheet(tmp_path, ["What our town does"], ["Mood", "Colour"], ["glad", "blue"])


@pytest.mark.parametrize(
    ("header", "row", "note"),
    [
        ("title,Column,summary", "A tea room,,Tea.", "the column “Column” is empty and was passed over"),
        ("title,,summary", "A tea room,,Tea.", "column 2 has no heading and is empty: it was passed over"),
        ("title,summary,Column1", "A tea room,Tea.,,,", "the column “Column1” is empty and was passed over"),
    ],
)
def test_empty_columns_are_passed_over_and_said(tmp_path: Path, header: str, row: str, note: str):
    result = read_text(tmp_path, f"{header}\n{row}\n")
    assert the_practice(result).summary == "Tea."
    assert result.notes == (note,)


def test_a_column_without_a_heading_that_holds_something_refuses_its_row(tmp_path: Path):
    problem = the_problem(read_text(tmp_path, "title,,summary\nA tea room,lost,Tea.\n"))
    assert (problem.line, "has “lost” under no heading" in problem.reason) == (2, True)


@pytest.mark.parametrize(
    ("column", "cell", "spelling"),
    [
        ("city_ids", "Bilbao, Lisbon", "Bilbao; Lisbon"),
        ("city_ids", "Bilbao / Lisbon", "Bilbao; Lisbon"),
        ("city_ids", "Bilbao | Lisbon/Oslo", "Bilbao; Lisbon; Oslo"),
        ("city_ids", "Bilbao and Lisbon", "Bilbao; Lisbon"),
        ("countries", "Spain, Italie", "Spain; Italie"),
        ("policy_areas", "Education, Public space", "Education; Public space"),
        ("policy_areas", "Education/Public space", "Education; Public space"),
        ("themes", "Youth\nSport", "Youth; Sport"),
        ("evidence_urls", "https://a.org, https://b.org", "https://a.org; https://b.org"),
    ],
)
def test_a_list_with_other_marks_is_refused_with_the_right_spelling(
    tmp_path: Path, column: str, cell: str, spelling: str
):
    result = read_text(tmp_path, f'title,{column}\nA tea room,"{cell}"\n')
    problem = the_problem(result)
    assert f"Lists are parted by “;”: write “{spelling}”." in problem.reason
    assert result.rejected[0].row == {"title": "A tea room", column: cell}


def test_a_list_of_which_a_part_is_unknown_is_told_only_the_mark(tmp_path: Path):
    problem = the_problem(read_text(tmp_path, 'title,policy_areas\nA tea room,"Education, Weather"\n'))
    assert problem.reason.endswith("Lists are parted by “;”.")


def test_a_name_with_a_comma_is_no_list(tmp_path: Path):
    assert "parted" not in the_problem(read_text(tmp_path, 'title,city_ids\nA room,"Atlantis, Mu"\n')).reason


@pytest.mark.parametrize("cell", ["education; education", "Education; éducation", "education; Public space; Education"])
def test_a_code_that_stands_twice_in_its_cell_is_refused(tmp_path: Path, cell: str):
    problem = the_problem(read_text(tmp_path, f"title,policy_areas\nA tea room,{cell}\n"))
    assert (problem.column, problem.value) == ("policy_areas", "education")
    assert "stands twice" in problem.reason


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Mar-19", "looks like what Excel makes"),
        ("19-Mar", "looks like what Excel makes"),
        ("19. Mär", "looks like what Excel makes"),
        ("févr-19", "looks like what Excel makes"),
        ("43525", "2019-03-01"),
        ("43525.0", "2019-03-01"),
        ("1905-07-11", "the number 2019"),
    ],
)
def test_what_excel_makes_of_a_date_is_noted(text: str, part: str):
    assert part in date_note(text)


@pytest.mark.parametrize("text", ["2019", "March 2019", "since 2019", "2019-03-01", "10000", "12-14", "Mar", "19-Room"])
def test_other_year_texts_are_not_taken_for_excels(text: str):
    assert date_note(text) == ""


def test_each_row_with_a_year_that_cannot_be_read_is_noted(tmp_path: Path):
    result = read_text(tmp_path, "title,when_text\nA,Mar-19\nB,43525\nC,soon\nD,2019\n")
    assert [len(item.notes) for item in result.accepted] == [1, 1, 1, 0]


def test_a_date_as_excel_counts_days_is_refused_with_the_day(tmp_path: Path):
    problem = the_problem(read_text(tmp_path, "title,accessed\nA,43525\n"))
    assert (problem.column, "2019-03-01" in problem.reason) == ("accessed", True)


def test_a_city_with_a_namesake_abroad_is_noted_where_no_country_is_given(tmp_path: Path):
    (note,) = the_row(read_text(tmp_path, "title,city_ids\nA tea room,Cartagena\n")).notes
    assert "taken for Cartagena in Spain" in note
    assert "GeoNames knows one in Colombia too" in note


@pytest.mark.parametrize("row", ["Cartagena,Spain", '"Cartagena, Spain",', "Bilbao,"])
def test_a_city_with_its_country_or_without_a_namesake_needs_no_note(tmp_path: Path, row: str):
    assert the_row(read_text(tmp_path, f"title,city_ids,countries\nA tea room,{row}\n")).notes == ()


def test_what_add_takes_is_said_with_its_notes(tmp_path: Path, data_folder: DataFolder):
    (tmp_path / "new.csv").write_bytes("Title;Year or period\nCafé;Mar-19\n".encode("cp1252"))
    addition = add([tmp_path / "new.csv"], data_folder.path, dry_run=True)
    assert [place for place, _ in addition.notes] == ["new.csv", "new.csv:2"]
