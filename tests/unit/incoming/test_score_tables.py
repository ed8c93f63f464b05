"""Tables of Index results as people write them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from icc_data.incoming.add import add
from icc_data.incoming.check import Data
from icc_data.incoming.contributions.own_results import (
    OwnResults,
    column_words,
    least_scores,
    read_own_results,
    reason_words,
)
from icc_data.incoming.contributions.results_template import how_to_fill, results_workbook
from icc_data.incoming.contributions.template import city_labels
from icc_data.incoming.readers.headings import score_columns
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.records import IndexScore
from tests.unit.conftest import DataFolder

AREAS = {"overall": "Overall", "education": "Education", "public_space": "Public space"}


def brought(data: Data, name: str, raw: str | bytes) -> OwnResults:
    content = raw.encode() if isinstance(raw, str) else raw
    return read_own_results([(name, content)], "bilbao", Gazetteer(data.cities), data.vocabulary)


def scores(own: OwnResults) -> dict[tuple[Any, str], float | None]:
    records = [item.record for item in own.scores if isinstance(item.record, IndexScore)]
    return {(record.year, record.policy_area): record.score for record in records}


def test_plain_headings_names_of_areas_and_decimal_commas_are_understood(small_data: Data):
    own = brought(
        small_data,
        "own.csv",
        "City;Year;Policy area;Score\n"
        "Bilbao;2020;Overall;61,5\nBilbao;2020;Public space;70\nBilbao;2020;education;0,5\n",
    )
    assert own.problems == ()
    assert scores(own) == {(2020, "overall"): 61.5, (2020, "public_space"): 70.0, (2020, "education"): 0.5}


def test_french_headings_are_understood(small_data: Data):
    own = brought(small_data, "own.csv", "Ville;Année;Domaine d'action;Résultat\nBilbao;2020;education;61,5\n")
    assert scores(own) == {(2020, "education"): 61.5}


def test_records_of_json_with_plain_names_are_understood(small_data: Data):
    own = brought(small_data, "own.json", '[{"City": "Bilbao", "Edition": 2020, "Area": "Education", "Score": 61.5}]')
    assert scores(own) == {(2020, "education"): 61.5}


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (("city_id", "year", "policy_area", "label", "score"), ("city_id", "year", "policy_area", None, "score")),
        (("City", "Edition", "Policy area", "Code", "Score"), ("city_id", "year", None, "policy_area", "score")),
        (("City", "Policy area", "Score", "Mood"), ("city_id", "policy_area", "score", "Mood")),
    ],
)
def test_a_heading_means_a_column_and_of_code_and_name_the_code_counts(
    header: tuple[str, ...], columns: tuple[str | None, ...]
):
    found = score_columns(header)
    assert found is not None
    assert tuple(found.get(text) for text in header) == columns


@pytest.mark.parametrize("header", [("title", "City"), ("City", "Score"), ("city_id", "year"), ()])
def test_another_table_is_no_table_of_results(header: tuple[str, ...]):
    assert score_columns(header) is None


def test_a_heading_that_means_nothing_is_said_and_the_scores_are_read(small_data: Data):
    own = brought(small_data, "own.csv", "City,Year,Policy area,Score,Mood\nBilbao,2020,education,61,good\n")
    assert scores(own) == {(2020, "education"): 61.0}
    assert [problem.column for problem in own.problems] == ["Mood"]


def test_a_score_without_its_edition_is_refused_as_nothing_could_be_compared_with_it(small_data: Data):
    own = brought(small_data, "own.csv", "City,Year,Policy area,Score\nBilbao,,education,61\n")
    assert own.is_empty
    assert [(problem.line, problem.column) for problem in own.problems] == [(2, "year")]


@pytest.mark.parametrize("cell", ["70.5.1", "70,", "a lot", "101,5"])
def test_what_is_no_score_is_refused_with_its_row_and_the_columns_name(small_data: Data, cell: str):
    own = brought(small_data, "own.csv", f"City;Year;Policy area;Score\nBilbao;2020;education;{cell}\n")
    assert own.is_empty
    assert [(problem.line, problem.column) for problem in own.problems] == [(2, "score")]


def test_a_row_with_a_comma_too_many_is_refused_for_its_shape(small_data: Data):
    own = brought(small_data, "own.csv", "City,Year,Policy area,Score\nBilbao,2020,education,70,5\n")
    assert own.is_empty
    assert "has 5 cells, expected 4" in own.problems[0].reason


def test_a_table_of_something_else_is_refused_in_words_about_scores(small_data: Data):
    (problem,) = brought(small_data, "own.csv", "a,b\n1,2\n").problems
    assert "Scores need the columns City, Year, Policy area and Score" in problem.reason


@pytest.mark.parametrize("name", ["own.docx", "own.txt", "own.html", "own.tsv"])
def test_only_tables_are_taken(small_data: Data, name: str):
    (problem,) = brought(small_data, name, "city_id,policy_area,score\n").problems
    assert ".xlsx, .csv or .json" in problem.reason


def test_a_large_file_is_refused_by_its_size(small_data: Data):
    (problem,) = brought(small_data, "own.csv", "x" * 5_000_001).problems
    assert "larger than 5 MB" in problem.reason


def template() -> Any:
    """The template as a workbook."""
    return load_workbook(io.BytesIO(results_workbook("Bilbao", AREAS, {"education": "Schools as places."})))


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_workbook_asks_for_the_year_once_and_names_the_areas(small_data: Data):
    rows = [list(row) for row in template().active.iter_rows(values_only=True)]
    assert rows[0][:2] == ["City", "Bilbao"]
    assert rows[2][:2] == ["Year of the edition", None]
    assert rows[4:] == [
        ["Policy area", "Score", "What it means"],
        ["Overall", None, None],
        ["Education", None, "Schools as places."],
        ["Public space", None, None],
    ]


def test_the_workbook_says_how_to_fill_it_and_what_a_score_is():
    book = template()
    told = [row[0] for row in book["How to fill it"].iter_rows(values_only=True)]
    assert told[1:] == [f"{place}. {rule}" for place, rule in enumerate(how_to_fill(), start=1)]
    year, score = book.active.data_validations.dataValidation
    assert (str(year.sqref), str(score.sqref)) == ("B3", "B6:B8")
    assert "2008" in year.formula1
    assert "<=100" in score.formula1
    assert "70,5" in score.prompt
    assert score.errorStyle in (None, "stop")


def test_the_cells_to_fill_are_text_so_that_no_percentage_becomes_a_fraction():
    sheet = template().active
    assert {sheet[cell].number_format for cell in ("B3", "B6", "B7", "B8")} == {"@"}


def test_the_filled_workbook_is_read_with_its_year_in_every_score(small_data: Data):
    book = template()
    sheet = book.active
    sheet["B3"], sheet["B6"], sheet["B7"], sheet["B8"] = "2025", "61,5", "70 %", "0"
    own = brought(small_data, "filled.xlsx", saved(book))
    assert own.problems == ()
    assert scores(own) == {(2025, "overall"): 61.5, (2025, "education"): 70.0, (2025, "public_space"): 0.0}


def test_a_workbook_that_nobody_filled_says_nothing(small_data: Data):
    own = brought(small_data, "filled.xlsx", saved(template()))
    assert own.is_empty
    assert own.problems == ()


def test_a_workbook_with_scores_and_no_year_asks_for_it_by_the_rows_of_the_scores(small_data: Data):
    book = template()
    book.active["B7"] = "70"
    own = brought(small_data, "filled.xlsx", saved(book))
    assert own.is_empty
    assert [(problem.line, problem.column) for problem in own.problems] == [(7, "year")]


@pytest.mark.parametrize(
    ("cell", "score"),
    [
        ("70", 70.0),
        ("70 %", 70.0),
        ("70%", 70.0),
        ("70,5", 70.5),
        ("70.5", 70.5),
        ("70,5 %", 70.5),
        ("70\u00a0%", 70.0),
    ],
)
def test_a_score_is_read_as_people_write_it(small_data: Data, cell: str, score: float):
    own = brought(small_data, "own.csv", f"City;Year;Policy area;Score\nBilbao;2020;education;{cell}\n")
    assert scores(own) == {(2020, "education"): score}


def test_a_percentage_of_a_workbook_is_read_as_it_is_seen(small_data: Data):
    book = Workbook()
    book.active.append(["City", "Year", "Policy area", "Score"])
    book.active.append(["Bilbao", 2020, "Education", 0.705])
    book.active["D2"].number_format = "0.0%"
    assert scores(brought(small_data, "own.xlsx", saved(book))) == {(2020, "education"): 70.5}


def test_a_year_in_the_first_row_alone_is_that_of_all_rows(small_data: Data):
    text = "City,Year,Policy area,Score\nBilbao,2025,Overall,\nBilbao,,Education,40\nBilbao,,Public space,50\n"
    own = brought(small_data, "own.csv", text)
    assert own.problems == ()
    assert scores(own) == {(2025, "education"): 40.0, (2025, "public_space"): 50.0}


def test_of_several_years_none_is_taken_for_another_row(small_data: Data):
    text = "City,Year,Policy area,Score\nBilbao,2025,Overall,60\nBilbao,,Education,40\nBilbao,2020,Public space,50\n"
    own = brought(small_data, "own.csv", text)
    assert scores(own) == {(2025, "overall"): 60.0, (2020, "public_space"): 50.0}
    assert [(problem.line, problem.column) for problem in own.problems] == [(3, "year")]


def test_the_name_in_the_template_is_that_of_the_city_for_every_city(real_data: Data):
    gazetteer = Gazetteer(real_data.cities)
    for label, city_id in city_labels(real_data.cities).items():
        assert gazetteer.resolve(label).city.city_id == city_id, label


def test_the_commands_take_the_filled_workbook_without_the_rows_nobody_filled(data_folder: DataFolder):
    book = template()
    book.active["B3"], book.active["B7"] = "2023", "72,5"
    sent = data_folder.path.parent / "scores.xlsx"
    sent.write_bytes(saved(book))
    addition = add([sent], data_folder.path)
    added = [record for records in addition.added.values() for record in records]
    assert [(record.year, record.policy_area, record.score) for record in added if isinstance(record, IndexScore)] == [
        (2023, "education", 72.5)
    ]
    assert (addition.skipped, addition.refused) == ([], [])


def test_the_commands_take_the_filled_template_and_leave_out_the_rows_nobody_filled(data_folder: DataFolder):
    sent = data_folder.path.parent / "scores.csv"
    sent.write_text(
        "city_id,year,policy_area,label,score\n"
        'bilbao,2023,education,Education,"72,5"\nbilbao,,public_space,Public space,\n',
        encoding="utf-8",
    )
    addition = add([sent], data_folder.path)
    added = [record for records in addition.added.values() for record in records]
    assert [(record.policy_area, record.score) for record in added if isinstance(record, IndexScore)] == [
        ("education", 72.5)
    ]
    assert (addition.skipped, addition.refused) == ([], [])


def test_an_area_that_there_is_not_is_refused_by_row_and_column(data_folder: DataFolder):
    sent = data_folder.path.parent / "scores.csv"
    sent.write_text("city_id,year,policy_area,score\nbilbao,2020,weather,50\n", encoding="utf-8")
    (problem,) = add([sent], data_folder.path).refused
    assert (problem.line, problem.column, problem.value) == (2, "policy_area", "weather")


def test_what_is_wrong_with_a_score_or_a_year_is_told_in_the_words_of_the_template(small_data: Data):
    lines = "City,Year,Policy area,Score\nBilbao,2020,Overall,about 60\nBilbao,next year,Education,70\n"
    own = brought(small_data, "own.csv", lines)
    assert [(column_words(problem.column), reason_words(problem)) for problem in own.problems] == [
        ("Score", "is no score: write a number from 0 to 100, such as 70, 70.5, 70,5 or 70 %"),
        ("Year of the edition", "is no year: write the year of the edition in four digits, such as 2021"),
    ]


def test_the_reason_of_a_cell_that_says_nothing_stays(small_data: Data):
    (problem,) = brought(small_data, "own.csv", "City,Year,Policy area,Score\nBilbao,,Overall,60\n").problems
    assert reason_words(problem).startswith("is missing: write the year")


def test_scores_of_at_most_one_are_counted_as_they_may_be_shares_and_none_is_not(small_data: Data):
    lines = "Bilbao,2020,Overall,0.7\nBilbao,2020,Education,1\nBilbao,2020,Public space,0\n"
    assert least_scores(brought(small_data, "own.csv", "City,Year,Policy area,Score\n" + lines)) == 2
