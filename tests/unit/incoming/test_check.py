"""The judge of the data: clean data passes, and every fault is named by file, line, column and value."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from icc_data.errors import AtlasError, Problem
from icc_data.incoming.check import load_data, valid_data, valid_places
from icc_data.incoming.invalid_data import InvalidDataError

if TYPE_CHECKING:
    from tests.unit.conftest import DataFolder


def problems_of(folder: DataFolder) -> list[Problem]:
    return load_data(folder.path)[1]


def places(folder: DataFolder) -> list[tuple[str, int, str, str]]:
    return [(p.file, p.line, p.column, p.value) for p in problems_of(folder)]


def test_a_valid_folder_has_no_problems_and_all_its_records(data_folder: DataFolder):
    data, problems = load_data(data_folder.path)
    assert problems == []
    assert [len(data.accepted[name]) for name in data.accepted] == [12, 4, 4, 3, 2, 0, 0]


def test_each_record_knows_its_line(data_folder: DataFolder):
    data, _ = load_data(data_folder.path)
    assert [item.line for item in data.accepted["practices"]] == [2, 3, 4, 5]


@pytest.mark.parametrize(
    ("table", "row", "column", "value"),
    [
        ("cities", 3, "latitude", "north"),
        ("cities", 3, "latitude", "91"),
        ("cities", 3, "population", "12 000"),
        ("cities", 3, "population", "12.5"),
        ("cities", 3, "joined_year", "09"),
        ("cities", 3, "foreign_born_pct", "14,5"),
        ("cities", 3, "foreign_born_pct", "100.1"),
        ("cities", 3, "country_code", "Italy"),
        ("cities", 3, "profile_url", "www.example.org"),
        ("practices", 2, "url", "example.org/page"),
        ("practices", 2, "url", "https://example.org/a page"),
        ("practices", 2, "accessed", "1 May 2024"),
        ("practices", 2, "accessed", "2024-02-30"),
        ("practices", 2, "policy_areas", "astronomy"),
        ("practices", 2, "confidence", "middling"),
        ("practices", 2, "practice_id", "Homework Club"),
        ("index_scores", 1, "score", "101"),
        ("index_scores", 1, "policy_area", "astronomy"),
        ("index_reports", 1, "cities_compared", "about 90"),
        ("terms", 4, "vocabulary", "colours"),
    ],
)
def test_a_cell_of_the_wrong_kind_is_named(data_folder: DataFolder, table: str, row: int, column: str, value: str):
    data_folder.edit(table, row, **{column: value})
    assert (f"{table}.csv", row + 2, column, value) in places(data_folder)


def test_a_fault_in_a_list_names_the_part_that_is_wrong(data_folder: DataFolder):
    data_folder.edit("practices", 2, themes="sport; astronomy")
    assert places(data_folder) == [("practices.csv", 4, "themes", "astronomy")]


def test_a_problem_says_what_was_expected(data_folder: DataFolder):
    data_folder.edit("cities", 3, latitude="north", longitude="7.7")
    (problem,) = problems_of(data_folder)
    assert str(problem) == ("cities.csv:5 latitude “north”: expected a number from -90 to 90 with a decimal point")


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [("practices", 2, "title"), ("cities", 3, "name"), ("terms", 4, "label_en"), ("index_scores", 1, "policy_area")],
)
def test_a_missing_required_cell_is_named(data_folder: DataFolder, table: str, row: int, column: str):
    data_folder.edit(table, row, **{column: ""})
    assert (f"{table}.csv", row + 2, column, "") in places(data_folder)


def test_every_fault_of_a_row_is_told_at_once(data_folder: DataFolder):
    data_folder.edit("practices", 2, title="", url="nowhere", accessed="today")
    assert [place[2] for place in places(data_folder)] == ["accessed", "title", "url"]


def test_an_unknown_column_is_named(data_folder: DataFolder):
    header, *rows = data_folder.text("index_reports").splitlines()
    data_folder.put("index_reports", "\n".join([header + ",mood", *(row + ",glad" for row in rows)]) + "\n")
    assert places(data_folder) == [("index_reports.csv", 1, "mood", "mood")]


def test_a_missing_column_is_named(data_folder: DataFolder):
    rows = [line.rpartition(",")[0] for line in data_folder.text("index_reports").splitlines()]
    data_folder.put("index_reports", "\n".join(rows) + "\n")
    assert places(data_folder) == [("index_reports.csv", 1, "evidence_url", "")]


def test_a_column_that_stands_twice_is_named(data_folder: DataFolder):
    rows = [line + "," + line.split(",")[1] for line in data_folder.text("index_reports").splitlines()]
    data_folder.put("index_reports", "\n".join(rows) + "\n")
    assert places(data_folder) == [("index_reports.csv", 1, "year", "year")]


@pytest.mark.parametrize("line", ["cork,2018", "cork,2018,,,surplus"])
def test_a_row_with_too_few_or_too_many_cells_is_refused(data_folder: DataFolder, line: str):
    data_folder.put("index_reports", data_folder.text("index_reports") + line + "\n")
    (problem,) = problems_of(data_folder)
    assert (problem.file, problem.line) == ("index_reports.csv", 4)
    assert "expected 4" in problem.reason


def test_an_unbalanced_quotation_mark_is_placed_where_its_record_starts(data_folder: DataFolder):
    data_folder.put("index_reports", data_folder.text("index_reports") + 'cork,2018,,"https://example.org\nlast\n')
    (problem,) = problems_of(data_folder)
    assert (problem.file, problem.line) == ("index_reports.csv", 4)
    assert "quotation marks" in problem.reason


def test_the_line_is_right_after_a_record_with_line_breaks_in_quotes(data_folder: DataFolder):
    data_folder.edit("practices", 0, summary="One line,\nanother line,\nand a third.")
    data_folder.edit("practices", 2, url="nowhere")
    assert places(data_folder) == [("practices.csv", 6, "url", "nowhere")]


def test_a_file_that_is_not_utf_8_is_named_with_the_line_of_the_first_bad_byte(data_folder: DataFolder):
    file = data_folder.file("index_reports")
    file.write_bytes(file.read_bytes() + "córk,2018,,\n".encode("latin-1"))
    (problem,) = problems_of(data_folder)
    assert problem.file == "index_reports.csv"
    assert "not UTF-8" in problem.reason
    assert "line 4" in problem.reason


@pytest.mark.parametrize("table", ["index_reports", "index_scores"])
def test_a_missing_file_is_named(data_folder: DataFolder, table: str):
    data_folder.file(table).unlink()
    (problem,) = problems_of(data_folder)
    assert (problem.file, problem.line) == (f"{table}.csv", 0)


@pytest.mark.parametrize("table", ["terms", "cities", "practices", "index_scores", "index_reports"])
def test_a_key_that_stands_twice_is_named_with_the_first_line(data_folder: DataFolder, table: str):
    rows = data_folder.rows(table)
    data_folder.write(table, [*rows, rows[1]])
    reasons = {(p.file, p.line): p.reason for p in problems_of(data_folder) if "already" in p.reason}
    assert set(reasons) == {(f"{table}.csv", len(rows) + 2)}
    assert "line 3 already" in reasons[(f"{table}.csv", len(rows) + 2)]


@pytest.mark.parametrize(("table", "row", "column"), [("index_scores", 1, "city_id"), ("index_reports", 1, "city_id")])
def test_a_broken_city_reference_is_named(data_folder: DataFolder, table: str, row: int, column: str):
    data_folder.edit(table, row, **{column: "atlantis"})
    assert places(data_folder) == [(f"{table}.csv", row + 2, column, "atlantis")]


def test_a_practice_with_one_broken_city_reference_of_two_is_named(data_folder: DataFolder):
    data_folder.edit("practices", 2, city_ids="cork; atlantis")
    assert places(data_folder) == [("practices.csv", 4, "city_ids", "atlantis")]


def test_a_practice_must_name_the_country_of_each_of_its_cities(data_folder: DataFolder):
    data_folder.edit("practices", 1, countries="Spain")
    (problem,) = problems_of(data_folder)
    assert (problem.file, problem.line, problem.column, problem.value) == ("practices.csv", 3, "countries", "Spain")
    assert "Portugal" in problem.reason


def test_a_country_is_written_as_the_project_writes_it(data_folder: DataFolder):
    data_folder.edit("practices", 3, countries="Portogallo")
    (problem,) = problems_of(data_folder)
    assert (problem.line, problem.column, problem.value) == (5, "countries", "Portogallo")
    assert "write “Portugal”" in problem.reason


def test_a_word_that_is_no_country_is_named(data_folder: DataFolder):
    data_folder.edit("practices", 3, countries="Ruritania")
    assert places(data_folder) == [("practices.csv", 5, "countries", "Ruritania")]


def test_a_country_code_has_one_name(data_folder: DataFolder):
    data_folder.append("cities", city_id="genoa", name="Genoa", country_code="IT", country="Italia")
    assert places(data_folder) == [("cities.csv", 6, "country", "Italia")]


@pytest.mark.parametrize("title", ["Homework club", "HOMEWORK  Club!", "Hómework-club"])
def test_the_same_title_for_the_same_city_is_one_practice(data_folder: DataFolder, title: str):
    data_folder.append("practices", practice_id="another", title=title, city_ids="cork", countries="Ireland")
    (problem,) = problems_of(data_folder)
    assert (problem.file, problem.line, problem.column) == ("practices.csv", 6, "title")
    assert "line 4" in problem.reason


def test_the_same_title_for_another_city_is_another_practice(data_folder: DataFolder):
    data_folder.append("practices", practice_id="x", title="Homework club", city_ids="turin", countries="Italy")
    assert problems_of(data_folder) == []


def test_a_rank_is_at_most_the_number_of_cities_compared(data_folder: DataFolder):
    data_folder.edit("index_scores", 0, rank="91")
    assert places(data_folder) == [("index_scores.csv", 2, "rank", "91")]


def test_the_last_rank_is_allowed(data_folder: DataFolder):
    data_folder.edit("index_scores", 0, rank="90")
    assert problems_of(data_folder) == []


@pytest.mark.parametrize("group", ["", "kindness"])
def test_a_policy_area_serves_a_known_commitment(data_folder: DataFolder, group: str):
    data_folder.edit("terms", 2, group=group)
    assert places(data_folder) == [("terms.csv", 4, "group", group)]


def test_every_list_has_a_term(data_folder: DataFolder):
    data_folder.write("terms", [row for row in data_folder.rows("terms") if row["vocabulary"] != "practice_type"])
    assert places(data_folder) == [("terms.csv", 0, "vocabulary", "practice_type")]


@pytest.mark.parametrize("cells", [{"latitude": "45.07"}, {"longitude": "7.69"}])
def test_latitude_and_longitude_come_together(data_folder: DataFolder, cells: dict[str, str]):
    data_folder.edit("cities", 3, **cells)
    (problem,) = problems_of(data_folder)
    assert (problem.file, problem.line, problem.column) == ("cities.csv", 5, "latitude")


@pytest.mark.parametrize("cells", [{"when_text": "2019"}, {"when_source": "year field"}])
def test_a_year_text_comes_with_where_it_stood(data_folder: DataFolder, cells: dict[str, str]):
    data_folder.edit("practices", 2, **cells)
    (problem,) = problems_of(data_folder)
    assert (problem.file, problem.line, problem.column) == ("practices.csv", 4, "when_source")


def test_problems_come_in_the_order_of_files_and_lines(data_folder: DataFolder):
    data_folder.edit("index_scores", 0, rank="91")
    data_folder.edit("practices", 3, url="nowhere")
    data_folder.edit("practices", 2, accessed="today")
    data_folder.edit("cities", 3, population="many")
    assert [(p.file, p.line) for p in problems_of(data_folder)] == [
        ("cities.csv", 5),
        ("practices.csv", 4),
        ("practices.csv", 5),
        ("index_scores.csv", 2),
    ]


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_is_read(data_folder: DataFolder):
    data_folder.put("cities", "\ufeff" + data_folder.text("cities").replace("\n", "\r\n"))
    assert problems_of(data_folder) == []


def test_a_folder_that_is_not_there_is_an_error_with_advice(tmp_path: Path):
    with pytest.raises(AtlasError, match="no data folder") as caught:
        load_data(tmp_path / "nowhere")
    assert "--data" in caught.value.advice


def test_valid_data_refuses_a_folder_with_problems_and_carries_them_all(data_folder: DataFolder):
    data_folder.edit("practices", 2, url="nowhere")
    with pytest.raises(InvalidDataError) as caught:
        valid_data(data_folder.path)
    assert caught.value.problems == problems_of(data_folder)
    assert "practices.csv:4 url" in str(caught.value)


def test_a_code_that_stands_twice_in_a_cell_is_named_be_it_once_by_its_label(data_folder: DataFolder):
    data_folder.edit("practices", 1, themes="sport; Sport")
    assert places(data_folder) == [("practices.csv", 3, "themes", "sport")]


def test_a_city_that_stands_twice_in_a_cell_is_named(data_folder: DataFolder):
    data_folder.edit("practices", 1, city_ids="bilbao; lisbon; bilbao")
    assert ("practices.csv", 3, "city_ids", "bilbao") in places(data_folder)


def test_a_second_city_of_one_name_and_country_is_a_problem_that_names_the_first(data_folder: DataFolder):
    data_folder.append("cities", city_id="korkaigh", name="CORK", country_code="IE", country="Ireland")
    (problem,) = problems_of(data_folder)
    assert (problem.line, problem.column, problem.value) == (6, "name", "CORK, Ireland")
    assert "on line 4" in problem.reason


def test_the_same_name_in_another_country_is_another_place(data_folder: DataFolder):
    data_folder.append("cities", city_id="cork-us", name="Cork", country_code="US", country="United States")
    assert problems_of(data_folder) == []


def test_a_second_city_of_one_geonames_identifier_is_a_problem(data_folder: DataFolder):
    data_folder.edit("cities", 0, geoname_id="2267057")
    data_folder.edit("cities", 3, geoname_id="2267057")
    assert places(data_folder) == [("cities.csv", 5, "geoname_id", "2267057")]


def test_an_alias_that_is_the_name_of_another_term_is_named(data_folder: DataFolder):
    # Of the themes: the second is called arts and culture.
    data_folder.edit("terms", 4, aliases="Games; Arts and culture")
    assert places(data_folder) == [("terms.csv", 6, "aliases", "Arts and culture")]


def test_the_cities_alone_are_those_of_the_whole_data_whatever_the_practices(data_folder: DataFolder):
    cities = load_data(data_folder.path)[0].cities
    (data_folder.path / "practices.csv").write_text("no table of practices", encoding="utf-8")
    assert valid_places(data_folder.path)[0] == cities
