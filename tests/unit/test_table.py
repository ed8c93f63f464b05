"""Tables in CSV, Excel and JSON become records, however their columns stand, and refusals say where and why."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icc_data.check import Data, valid_data
from icc_data.columns import columns_of
from icc_data.errors import AtlasError, Problem
from icc_data.formula import neutral
from icc_data.gazetteer import Gazetteer
from icc_data.readers.result import ReadResult
from icc_data.readers.table import open_table, read_table, table_name, unused_id
from icc_data.records import TABLES, IndexScore, Practice, row_of

ROOT = Path(__file__).parents[2]
DATA: Data = valid_data(ROOT / "data")
GAZETTEER = Gazetteer(DATA.cities)
FORMATS = (".csv", ";csv", ".tsv", "bom.csv", ".xlsx", ".json", ".jsonl")
# The file of an example is written anew each time, so that sharing the folder between examples is safe.
in_one_folder = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Rows = Sequence[dict[str, Any]]


def _csv_text(rows: Rows, delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _write_excel(path: Path, rows: Rows) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append([value or None for value in row.values()])
    book.save(path)


def write(folder: Path, form: str, rows: Rows) -> Path:
    """A table in one of the formats."""
    path = folder / f"table{form if form.startswith('.') else '.csv'}"
    if form == ".xlsx":
        _write_excel(path, rows)
        return path
    text = {
        ".csv": lambda: _csv_text(rows),
        ";csv": lambda: _csv_text(rows, ";"),
        ".tsv": lambda: _csv_text(rows, "\t"),
        "bom.csv": lambda: "\ufeff" + _csv_text(rows),
        ".json": lambda: json.dumps(rows, ensure_ascii=False),
        ".jsonl": lambda: "\n".join(json.dumps(row, ensure_ascii=False) for row in rows),
    }[form]()
    path.write_bytes(text.encode("utf-8"))
    return path


def read(path: Path) -> ReadResult:
    return read_table(path, DATA.vocabulary, GAZETTEER)


def read_text(tmp_path: Path, text: str, name: str = "table.csv") -> ReadResult:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read(tmp_path / name)


def the_practice(result: ReadResult) -> Practice:
    assert result.problems == ()
    (item,) = result.accepted
    assert isinstance(item.record, Practice)
    return item.record


def the_problem(result: ReadResult) -> Problem:
    (problem,) = result.problems
    return problem


@pytest.mark.parametrize("form", FORMATS)
@in_one_folder
@given(data=st.data())
def test_any_practice_that_is_written_is_read_back_as_it_was(tmp_path: Path, form: str, data: st.DataObject):
    practices = data.draw(st.lists(st.sampled_from(DATA.practices), min_size=1, max_size=3, unique=True))
    columns = data.draw(st.permutations([column.name for column in columns_of(Practice)]))
    rows = [{name: row_of(practice)[name] for name in columns} for practice in practices]
    result = read(write(tmp_path, form, rows))
    assert result.problems == ()
    assert [item.record for item in result.accepted] == practices


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("table", ["cities", "index_scores", "index_reports"])
def test_the_other_tables_are_read_back_as_they_were(tmp_path: Path, form: str, table: str):
    records = [item.record for item in DATA.accepted[table]][:40]
    result = read(write(tmp_path, form, [row_of(record) for record in records]))
    assert result.problems == ()
    assert [item.record for item in result.accepted] == records


def test_excel_numbers_and_dates_are_read_as_what_they_are(tmp_path: Path):
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["city_id", "year", "policy_area", "score", "rank"])
    sheet.append(["lisbon", 2020, "overall", 70.5, 3.0])
    book.save(tmp_path / "scores.xlsx")
    (item,) = read(tmp_path / "scores.xlsx").accepted
    assert item.record == IndexScore(city_id="lisbon", year=2020, policy_area="overall", score=70.5, rank=3)


def test_excel_is_read_from_the_sheet_with_the_known_header(tmp_path: Path):
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Notes", "of the editor"])
    book.create_sheet("Practices").append(["title", "city_ids", "countries"])
    book["Practices"].append(["A kitchen", "Lisbon", "Portugal"])
    book.save(tmp_path / "book.xlsx")
    assert the_practice(read(tmp_path / "book.xlsx")).city_ids == ("lisbon",)


def test_a_cell_under_no_heading_is_not_dropped_in_silence(tmp_path: Path):
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["title"])
    book.active.append(["A kitchen", "a remark that would be lost"])
    book.save(tmp_path / "book.xlsx")
    assert read(tmp_path / "book.xlsx").problems != ()


@pytest.mark.parametrize("name", ["Lisbon", "lisbon", "LISBOA", "Lisboa", "Lisbon, Portugal"])
def test_a_city_may_be_given_by_name(tmp_path: Path, name: str):
    result = read_text(tmp_path, f'title,city_ids,countries\nA kitchen,"{name}",Portugal\n')
    assert the_practice(result).city_ids == ("lisbon",)


def test_several_cities_may_be_given_by_name_and_identifier(tmp_path: Path):
    result = read_text(tmp_path, "title,city_ids,countries\nA kitchen,Lisboa; bilbao; Lisbon,Portugal; Spain\n")
    assert the_practice(result).city_ids == ("lisbon", "bilbao")


def test_a_country_may_be_given_in_another_language(tmp_path: Path):
    result = read_text(tmp_path, "title,countries\nA kitchen,Portogallo; Espagne\n")
    assert the_practice(result).countries == ("Portugal", "Spain")


def test_terms_may_be_given_by_label(tmp_path: Path):
    result = read_text(tmp_path, "title,policy_areas,themes\nA kitchen,Public space; Éducation,SPORT\n")
    assert the_practice(result).policy_areas == ("public_space", "education")
    assert the_practice(result).themes == ("sport",)


def test_a_practice_without_identifier_gets_one_from_its_title(tmp_path: Path):
    result = read_text(tmp_path, "title\nA kitchen of languages\nA Kitchen of Languages!\n")
    ids = [item.record.practice_id for item in result.accepted if isinstance(item.record, Practice)]
    assert ids == ["a-kitchen-of-languages", "a-kitchen-of-languages-2"]


@pytest.mark.parametrize("title", ["Вечір пісень", "…", ""])
def test_nobody_is_told_of_an_identifier_that_they_did_not_write(tmp_path: Path, title: str):
    result = read_text(tmp_path, f"title,url\n{title},https://a.org\n")
    assert [problem for problem in result.problems if problem.column == "practice_id"] == []


def test_the_years_that_were_read_stand_beside_the_text(tmp_path: Path):
    (item,) = read_text(tmp_path, "title,when_text\nA kitchen,Since 2019\n").accepted
    assert isinstance(item.record, Practice)
    assert item.record.when_source == "year field"
    shown = [item.fields[name] for name in ("when_text", "start_year", "end_year", "ongoing")]
    assert shown == ["Since 2019", 2019, None, True]


def test_an_unknown_city_is_refused_with_its_reason(tmp_path: Path):
    result = read_text(tmp_path, "title,city_ids\nA kitchen,Lisbon\nA garden,Atlantis\n")
    problem = the_problem(result)
    assert (problem.file, problem.line, problem.column, problem.value) == ("table.csv", 3, "city_ids", "Atlantis")
    assert "not a city of the network" in problem.reason
    assert len(result.accepted) == 1


def test_everything_that_is_wrong_with_a_row_is_said_at_once(tmp_path: Path):
    result = read_text(tmp_path, "title,city_ids,themes,url\n,Lisbon; Atlantis; Mu,Sporty,nowhere\n")
    assert [(problem.column, problem.value) for problem in result.problems] == [
        ("city_ids", "Atlantis"),
        ("city_ids", "Mu"),
        ("title", ""),
        ("themes", "Sporty"),
        ("url", "nowhere"),
    ]


def test_a_corrected_spelling_of_a_city_is_noted(tmp_path: Path):
    (item,) = read_text(tmp_path, "title,city_ids\nA kitchen,Lisbonn\n").accepted
    assert item.notes == ("“Lisbonn” read as Lisbon",)


def test_the_country_is_taken_from_the_cities_where_none_is_given(tmp_path: Path):
    result = read_text(tmp_path, "title,city_ids,countries\nA kitchen,Lisbon; Bilbao; Cascais,\n")
    assert the_practice(result).countries == ("Portugal", "Spain")


@pytest.mark.parametrize("title", ["=1+1", "-5", "@home", "'=1+1", "'quoted'"])
def test_the_apostrophe_that_keeps_a_formula_from_running_is_taken_away_again(tmp_path: Path, title: str):
    assert the_practice(read_text(tmp_path, f"title\n{neutral(title)}\n")).title == title


def test_an_unknown_city_of_an_index_result_is_named_by_its_own_column(tmp_path: Path):
    problem = the_problem(read_text(tmp_path, "city_id,year,policy_area\nAtlantis,2020,overall\n"))
    assert (problem.column, problem.value) == ("city_id", "Atlantis")


@pytest.mark.parametrize("form", FORMATS)
def test_a_row_without_a_title_is_refused(tmp_path: Path, form: str):
    result = read(write(tmp_path, form, [{"title": "A kitchen", "url": ""}, {"title": "", "url": "https://a.org"}]))
    assert {problem.column for problem in result.problems} >= {"title"}
    assert len(result.accepted) == 1
    assert result.rejected[0].row["url"] == "https://a.org"


def test_an_unknown_column_is_said_and_the_rows_are_read(tmp_path: Path):
    result = read_text(tmp_path, "title,mood\nA kitchen,glad\n")
    assert (the_problem(result).line, the_problem(result).column) == (1, "mood")
    assert len(result.accepted) == 1


@pytest.mark.parametrize(
    ("form", "line"), [(".csv", 3), (";csv", 3), (".tsv", 3), (".xlsx", 3), (".json", 2), (".jsonl", 2)]
)
def test_a_refusal_names_the_row(tmp_path: Path, form: str, line: int):
    problem = the_problem(read(write(tmp_path, form, [{"title": "A", "url": ""}, {"title": "B", "url": "nowhere"}])))
    assert (problem.line, problem.column, problem.value) == (line, "url", "nowhere")


def test_lines_count_line_breaks_inside_quotes_and_empty_lines(tmp_path: Path):
    problem = the_problem(read_text(tmp_path, 'title,url\n"A\nkitchen",\n\nB,nowhere\n'))
    assert problem.line == 5


def test_excel_rows_count_empty_rows(tmp_path: Path):
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in ([], ["title", "url"], [], ["B", "nowhere"]):
        book.active.append(row)
    book.save(tmp_path / "book.xlsx")
    assert the_problem(read(tmp_path / "book.xlsx")).line == 4


def _write_sheet(path: Path, rows: str, dimension: str = "") -> None:
    """A workbook whose sheet says of itself what a test wants it to."""
    _write_excel(path, [{"title": "", "url": ""}])
    with ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c></row>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{main}">{dimension}<sheetData>{head}{rows}</sheetData></worksheet>'
    with ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, sheet.encode() if name == "xl/worksheets/sheet1.xml" else part)


def test_what_a_workbook_says_of_its_size_does_not_cut_rows_off(tmp_path: Path):
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>P{n}</t></is></c></row>' for n in (2, 3, 4))
    _write_sheet(tmp_path / "book.xlsx", rows, '<dimension ref="A1:A2"/>')
    assert len(read(tmp_path / "book.xlsx").accepted) == 3


def test_a_workbook_that_reaches_too_far_is_an_error(tmp_path: Path):
    _write_sheet(
        tmp_path / "book.xlsx", "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(2, 400))
    )
    with pytest.raises(AtlasError, match="reaches too far"):
        read(tmp_path / "book.xlsx")


def test_a_row_beyond_what_excel_has_does_not_keep_the_reader_busy(tmp_path: Path):
    _write_sheet(tmp_path / "book.xlsx", '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>')
    assert read(tmp_path / "book.xlsx").accepted == ()


def test_a_header_of_very_many_columns_is_an_error(tmp_path: Path):
    with pytest.raises(AtlasError, match="501 columns"):
        read_text(tmp_path, "title," + ",".join(f"c{n}" for n in range(500)) + "\nA\n")


def test_json_lines_count_empty_lines(tmp_path: Path):
    text = '{"title": "A"}\n\n{"title": "B", "url": "nowhere"}\n'
    assert the_problem(read_text(tmp_path, text, "table.jsonl")).line == 3


@pytest.mark.parametrize("mark", ["\u2028", "\x85"])
def test_json_lines_end_at_line_feeds_only(tmp_path: Path, mark: str):
    text = json.dumps({"title": f"A{mark}kitchen"}, ensure_ascii=False)
    assert len(read_text(tmp_path, text + "\n", "table.jsonl").accepted) == 1


def test_json_may_wrap_its_list_in_an_object(tmp_path: Path):
    result = read_text(tmp_path, '{"practices": [{"title": "A", "city_ids": ["lisbon", "bilbao"]}]}', "table.json")
    assert the_practice(result).city_ids == ("lisbon", "bilbao")


def test_a_json_entry_that_is_no_object_is_refused(tmp_path: Path):
    result = read_text(tmp_path, '[{"title": "A"}, "B"]', "table.json")
    assert (the_problem(result).line, len(result.accepted)) == (2, 1)


@pytest.mark.parametrize("text", ["", "\n", "mood,colour\nglad,blue\n", "A kitchen\n"])
def test_a_header_of_no_known_table_is_an_error(tmp_path: Path, text: str):
    with pytest.raises(AtlasError, match="no header of a known table") as caught:
        read_text(tmp_path, text)
    assert "title" in caught.value.advice


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("table.json", '[\n{"title": "A"},\n{"title" "B"}\n]', "line 3, column 10"),
        ("table.json", "", "line 1"),
        ("table.jsonl", '{"title": "A"}\n{"title": "B"}\n{"title" "C"}\n', "line 3, column 10"),
    ],
)
def test_broken_json_is_an_error_that_says_where(tmp_path: Path, name: str, text: str, place: str):
    with pytest.raises(AtlasError) as caught:
        read_text(tmp_path, text, name)
    assert name in str(caught.value)
    assert place in str(caught.value)


@pytest.mark.parametrize("text", ["3", '"title"', "null", "[" * 5000])
def test_json_that_holds_no_records_is_an_error(tmp_path: Path, text: str):
    with pytest.raises(AtlasError, match=r"table\.json"):
        read_text(tmp_path, text, "table.json")


def test_an_exported_json_file_is_read_back(tmp_path: Path):
    row = {"title": "'=Equal signs", "city_ids": ["amadora"], "countries": ["Portugal"]}
    text = json.dumps({"about": {}, "columns": ["title", "city_ids", "countries"], "rows": [row]})
    (accepted,) = read_text(tmp_path, text, "table.json").accepted
    assert accepted.fields["title"] == "'=Equal signs"


@in_one_folder
@given(kept=st.none() | st.floats(0, 1), flipped=st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=20))
def test_a_damaged_workbook_is_an_error_that_names_it(tmp_path: Path, kept: float | None, flipped: list[float]):
    path = write(tmp_path, ".xlsx", [row_of(practice) for practice in DATA.practices[:3]])
    raw = bytearray(path.read_bytes())
    if kept is not None:
        del raw[int(kept * len(raw)) :]
    # Places are shares of the length: a workbook written a second later is a few bytes longer or shorter.
    for place in {int(share * len(raw)) for share in flipped if raw}:
        raw[place] ^= 0xFF
    path.write_bytes(raw)
    try:
        result = read(path)
    except AtlasError as error:
        assert path.name in str(error)  # noqa: PT017
    else:
        assert len(result.accepted) <= 3


@pytest.mark.parametrize("name", ["book.xlsx", "table.csv", "table.json"])
def test_a_file_that_is_not_there_is_an_error_that_names_it(tmp_path: Path, name: str):
    with pytest.raises(AtlasError, match=name):
        read(tmp_path / name)


def test_a_text_called_xlsx_is_no_workbook(tmp_path: Path):
    with pytest.raises(AtlasError, match="not an Excel workbook"):
        read_text(tmp_path, "title\nA\n", "book.xlsx")


def test_a_file_that_is_not_utf_8_is_an_error_with_its_line(tmp_path: Path):
    (tmp_path / "table.csv").write_bytes("title\nA\nCafé\n".encode("latin-1"))
    with pytest.raises(AtlasError, match="line 3"):
        open_table(tmp_path / "table.csv")


@pytest.mark.parametrize("table", list(TABLES))
def test_each_table_is_known_by_its_own_header(table: str):
    assert table_name(column.name for column in columns_of(TABLES[table])) == table


def test_an_unused_identifier_gets_the_first_free_number():
    taken = {"a", "a-2"}
    assert [unused_id("a", taken), unused_id("b", taken), unused_id("a", taken)] == ["a-3", "b", "a-4"]
