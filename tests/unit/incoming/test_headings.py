"""The template's plain headings mean columns of practices.csv, in either language and however they are numbered."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from icc_data.incoming.readers import read
from icc_data.incoming.readers.headings import HEADINGS, column_of, columns_in, gathered, heading
from icc_data.incoming.readers.result import ReadResult
from icc_data.model.columns import columns_of
from icc_data.model.records import Practice
from tests.helpers.tables import DATA, GAZETTEER


def read_text(tmp_path: Path, text: str) -> ReadResult:
    (tmp_path / "table.csv").write_text(text, encoding="utf-8")
    return read(tmp_path / "table.csv", GAZETTEER, DATA.vocabulary)


def the_practice(result: ReadResult) -> Practice:
    assert result.problems == ()
    (item,) = result.accepted
    assert isinstance(item.record, Practice)
    return item.record


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("column", HEADINGS)
def test_a_heading_means_its_column_in_both_languages(column: str, language: str) -> None:
    assert column_of(heading(column, language)) == column


@pytest.mark.parametrize("written", ["Policy area 2", "policy AREA 12", "policy_areas", "Policy areas 1", "Theme *"])
def test_numbers_case_and_marks_of_a_heading_do_not_count(written: str) -> None:
    assert column_of(written) in ("policy_areas", "themes")


@pytest.mark.parametrize("written", ["Title 2", "Mood", "Policy area 100", "policyarea", "", "2"])
def test_what_is_no_heading_stays_as_it_is(written: str) -> None:
    assert column_of(written) == written


def test_the_columns_of_practices_mean_themselves() -> None:
    names = tuple(column.name for column in columns_of(Practice))
    assert columns_in(names) == names


def test_the_columns_of_one_list_are_one_column() -> None:
    assert columns_in(["Title *", "City 1", "City 2", "Theme 1"]) == ("title", "city_ids", "themes")


def test_a_heading_that_stands_twice_is_not_hidden() -> None:
    assert columns_in(["Theme 1", "Theme 1", "Titre", "Title"]) == ("themes", "themes", "title", "title")


def test_the_cells_of_one_list_are_joined_in_their_order() -> None:
    cells = {"City 1": "Lisbon", "Title *": "A; B", "City 2": " ", "City 3": "Cork; Bilbao"}
    assert gathered(cells) == {"city_ids": "Lisbon; Cork; Bilbao", "title": "A; B"}


def test_a_table_with_plain_headings_is_read(tmp_path: Path) -> None:
    text = (
        "Title *,City 1,City 2,Year or period,Policy area 1,Policy area 2\nA kitchen,Lisbon,Bilbao,2011-14,,Education\n"
    )
    practice = the_practice(read_text(tmp_path, text))
    assert (practice.city_ids, practice.policy_areas) == (("lisbon", "bilbao"), ("education",))
    assert (practice.when_text, practice.when_source) == ("2011-14", "year field")


def test_french_headings_and_terms_between_semicolons_are_read(tmp_path: Path) -> None:
    text = "\ufeffTitre *;Ville 1;Pays 1;Thème 1;Thème 2\nUne cuisine;Lisbonne;Portugal;Jeunesse;Sport\n"
    practice = the_practice(read_text(tmp_path, text))
    assert (practice.city_ids, practice.countries) == (("lisbon",), ("Portugal",))
    assert practice.themes == ("youth", "sport")


def test_excel_is_read_from_the_sheet_with_plain_headings(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["title", "of the editor"])
    book.create_sheet("Pratiques").append(["Titre", "Ville", "Pays"])
    book["Pratiques"].append(["Une cuisine", "Lisbonne", "Portugal"])
    book.save(tmp_path / "book.xlsx")
    assert the_practice(read(tmp_path / "book.xlsx", GAZETTEER, DATA.vocabulary)).city_ids == ("lisbon",)


def test_a_refused_row_is_kept_as_it_stands_in_its_file(tmp_path: Path) -> None:
    (refused,) = read_text(tmp_path, "Title,City 1,City 2\nA kitchen,Lisbon,Atlantis\n").rejected
    assert refused.row == {"Title": "A kitchen", "City 1": "Lisbon", "City 2": "Atlantis"}
    assert [(problem.column, problem.value) for problem in refused.problems] == [("city_ids", "Atlantis")]


def test_an_unknown_column_beside_plain_headings_is_said(tmp_path: Path) -> None:
    result = read_text(tmp_path, "Title,Contact person\nA kitchen,somebody\n")
    assert [problem.column for problem in result.problems] == ["Contact person"]
    assert len(result.accepted) == 1
