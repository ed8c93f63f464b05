"""The list of actions as Word and Excel files, read back: all is there, nothing runs, and there is room to write."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pandas as pd
import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Mm

from icc_data.analysis.audit import Judgement, basis
from icc_data.files.report import action_workbook, word_action_list
from tests.helpers.printed import ASIAN, HOSTILE, LETTERS
from tests.unit.files.test_action_list import FACTS, action, needs_of

RESTS_ON = basis(
    "Most similar cities", ["Lisbon", "Turin"], Judgement({"education": 40}, {}), {"education": "Education"}
)
OWN = replace(FACTS, own="The city’s own results, not published, are in this. Its link cannot reproduce them.")
NEEDS = needs_of(("Sport", 60), ("Education", 30), ("Housing", 0))


def table_of(*actions: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(actions), columns=list(action()))


def word(*actions: dict[str, Any], city: str = "Bergen", facts: Any = FACTS) -> Any:
    return Document(io.BytesIO(word_action_list(city, table_of(*actions), NEEDS, RESTS_ON, facts)))


def book(*actions: dict[str, Any], city: str = "Bergen", facts: Any = FACTS) -> Any:
    return openpyxl.load_workbook(io.BytesIO(action_workbook(city, table_of(*actions), NEEDS, RESTS_ON, facts)))


def text_of(document: Any) -> str:
    """Every paragraph, and every cell of the tables."""
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def rows_of(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_word_file_begins_with_city_and_areas_and_the_formula_comes_after_the_practices():
    document = word(action())
    headings = [p.text for p in document.paragraphs if p.style.name.startswith(("Title", "Heading"))]
    assert headings == [
        "Action list of Bergen",
        "Areas to work on",
        "Practices to borrow: Education",
        "What this rests on",
    ]
    texts = [paragraph.text for paragraph in document.paragraphs]
    formula = next(place for place, text in enumerate(texts) if text.startswith("Need: gap × importance"))
    assert formula > texts.index("What this rests on")
    assert "Peers (Most similar cities): Lisbon, Turin" in texts
    assert "Our ratings, of 100: Education 40" in texts


def test_the_areas_stand_with_the_parts_of_their_need():
    rows = [[cell.text for cell in row.cells] for row in word(action()).tables[0].rows]
    assert rows[0] == ["Policy area", "Need of 100", "Gap of 100", "Importance of 5", "Peers with a practice to lend"]
    assert rows[1:] == [
        ["Sport", "60", "50 (1 practice, no rating or score)", "3", "4 of 10"],
        ["Education", "30", "50 (1 practice, no rating or score)", "3", "4 of 10"],
    ]


def test_a_practice_has_its_words_and_its_source_and_empty_cells_for_who_and_when():
    document = word(action(), action(practice="Drums on the square", source=""))
    table = document.tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["Practice", "Who", "By when", "Notes"]
    assert [cell.text for cell in table.rows[1].cells[1:]] == ["", "", ""]
    told = table.rows[1].cells[0].text.splitlines()
    assert told[:4] == ["A kitchen of languages", "Lisbon · Since 2019", "Neighbours cook.", "Because."]
    links = {r.target_ref for r in document.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.HYPERLINK}
    assert links == {"https://example.org/kitchen", FACTS.address}


def test_the_columns_to_write_in_are_wide_and_the_page_lies_on_its_side():
    document = word(action())
    page = document.sections[0]
    assert page.page_width > page.page_height
    widths = [cell.width for cell in document.tables[1].rows[1].cells]
    assert widths[1] >= Mm(45)
    assert widths[2] >= Mm(30)
    assert sum(widths) <= page.page_width - page.left_margin - page.right_margin


def test_of_the_area_that_needs_most_the_practices_come_first():
    headings = [p.text for p in word(action(), action(area="Sport")).paragraphs if p.style.name == "Heading 1"]
    assert headings[1:3] == ["Practices to borrow: Sport", "Practices to borrow: Education"]


@pytest.mark.parametrize("missing", [{"city": "", "when": "", "summary": "", "source": ""}])
def test_what_is_not_known_is_said_and_not_written_as_none(missing: dict[str, str]):
    text = text_of(word(action(**missing)))
    assert "city not stated · no year published" in text
    assert not {"None", "nan"} & set(text.split())
    cells = [cell for row in rows_of(book(action(**missing))["Actions"]) for cell in row]
    assert not {"None", "nan"} & {str(cell) for cell in cells if cell is not None}


def test_a_list_of_nothing_says_so():
    assert "None was picked." in text_of(word())


@pytest.mark.parametrize("words", [HOSTILE, LETTERS, ASIAN, "a\x00b"], ids=["markup", "European", "Asian", "control"])
def test_texts_stand_as_they_are_and_what_xml_cannot_hold_is_marked(words: str):
    text = text_of(word(action(practice=words, summary=words), city=words))
    assert text.count(words.replace("\x00", "\ufffd")) >= 3


def test_what_is_no_web_address_is_not_linked():
    document = word(action(source="javascript:alert(1)"))
    assert [r.target_ref for r in document.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.HYPERLINK] == [
        FACTS.address
    ]


def test_the_workbook_begins_with_the_actions():
    sheets = book(action())
    assert sheets.sheetnames == ["Actions", "Areas to work on", "About"]
    head, row = rows_of(sheets["Actions"])
    assert dict(zip(head, row, strict=True)) == {
        "Policy area": "Education",
        "Practice": "A kitchen of languages",
        "City": "Lisbon",
        "When": "Since 2019",
        "What it is": "Neighbours cook.",
        "Why": "Because.",
        "Who": None,
        "By when": None,
        "Source": "https://example.org/kitchen",
        "Score of 100": 77,
    }


def test_the_workbook_can_be_printed_and_written_on():
    sheet = book(action())["Actions"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$1"
    assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row)
    widths = {cell.value: sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]}
    assert widths["Who"] >= 28
    assert widths["By when"] >= 18


def test_the_workbook_has_the_areas_with_their_need():
    rows = rows_of(book(action())["Areas to work on"])
    assert rows[0][:2] == ["Policy area", "Need of 100"]
    assert [row[:2] for row in rows[1:]] == [["Sport", 60], ["Education", 30], ["Housing", 0]]


def test_nothing_in_the_workbook_runs():
    sheet = book(action(practice="=1+1", summary="@SUM(1)"))["Actions"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert sheet["B2"].value == "'=1+1"


def test_own_results_are_named_in_both_files():
    assert OWN.own in text_of(word(action(), facts=OWN))
    assert ["Own results", OWN.own] in rows_of(book(action(), facts=OWN)["About"])
    assert "own results" not in text_of(word(action())).lower()


def test_both_files_say_where_they_come_from():
    document = word(action())
    assert "Data version ec343959de8e, as of 22 November 2026." in document.sections[0].footer.paragraphs[0].text
    assert ["Address", FACTS.address] in rows_of(book(action())["About"])


def test_both_files_say_what_they_are_called_who_made_them_and_in_which_language():
    told = word(action()).core_properties
    assert (told.title, told.author, told.language) == ("Action list of Bergen", "Intercultural Cities Atlas", "en")
    told = book(action()).properties
    assert (told.title, told.creator, told.language) == ("Action list of Bergen", "Intercultural Cities Atlas", "en")


def test_an_area_of_which_nothing_is_known_is_named_in_both_files_with_what_would_make_it_known():
    unknown = needs_of(("Housing", None)).assign(gap=None, gap_basis="not known: rate it")
    needs = pd.concat([needs_of(("Sport", 60)), unknown]).astype({"need": "Int64", "gap": "Int64"})
    note = "Not known in 1 area, which has no rating, Index score or published practice: Housing."
    picked = table_of(action(area="Housing"))
    document = Document(io.BytesIO(word_action_list("Bergen", picked, needs, RESTS_ON, FACTS)))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[2] == ["Housing", "?", "not known: rate it", "3", "4 of 10"]
    assert any(paragraph.text.startswith(note) for paragraph in document.paragraphs)
    workbook = openpyxl.load_workbook(io.BytesIO(action_workbook("Bergen", picked, needs, RESTS_ON, FACTS)))
    areas, about = (rows_of(workbook[name]) for name in ("Areas to work on", "About"))
    assert areas[2] == ["Housing", None, None, "not known: rate it", 3, "4 of 10"]
    assert any(str(row[1]).startswith(note) for row in about)
