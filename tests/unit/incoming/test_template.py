"""The template: what Excel shows in it, and that what is filled in is read as it was meant."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.incoming.check import Data
from icc_data.incoming.contributions.template import FIELDS, LAST_ROW, city_labels, csv_template, excel_template
from icc_data.incoming.readers import ReadResult, read
from icc_data.incoming.readers.headings import HEADINGS, heading
from icc_data.model.columns import columns_of
from icc_data.model.identifiers import identifier
from icc_data.model.records import Practice
from tests.helpers.examples import in_one_folder
from tests.helpers.tables import DATA, GAZETTEER

COUNTRIES = sorted({city.country for city in DATA.cities})
TEMPLATE = excel_template(DATA.vocabulary, DATA.cities, COUNTRIES)
BOOK = openpyxl.load_workbook(io.BytesIO(TEMPLATE))
TABLE: Any = BOOK.worksheets[0]
Filled = dict[str, list[str]]


def headings() -> list[str]:
    return [str(cell.value) for cell in TABLE[1]]


def drop_down(column: str) -> list[str]:
    """What the list of a column offers."""
    first = next(field for field in FIELDS if field.column == column).headings[0]
    cell = TABLE.cell(2, headings().index(first) + 1).coordinate
    (rule,) = [rule for rule in TABLE.data_validations.dataValidation if cell in rule.sqref]
    sheet, cells = rule.formula1.split("!")
    return [row[0].value for row in BOOK[sheet][cells.replace("$", "")]]


def save_and_read(folder: Path, book: Any) -> ReadResult:
    book.save(folder / "filled.xlsx")
    return read(folder / "filled.xlsx", GAZETTEER, DATA.vocabulary)


def fill(*rows: dict[str, Any]) -> Any:
    """The template with rows by heading."""
    book = openpyxl.load_workbook(io.BytesIO(TEMPLATE))
    for number, row in enumerate(rows, start=2):
        for name, value in row.items():
            book.worksheets[0].cell(number, headings().index(name) + 1).value = value
    return book


def the_practice(result: ReadResult) -> Practice:
    assert result.problems == ()
    (item,) = result.accepted
    assert isinstance(item.record, Practice)
    return item.record


def test_its_columns_are_those_of_a_practice_that_a_contributor_knows() -> None:
    known = [column.name for column in columns_of(Practice)]
    assert [field.column for field in FIELDS] == list(HEADINGS)
    assert set(known) - set(HEADINGS) == {
        "practice_id",
        "when_source",
        "described_when",
        "policy_area_coding",
        "published_topics",
        "source_kind",
        "accessed",
        "confidence",
    }


def test_every_term_of_a_list_can_be_chosen_by_its_label() -> None:
    for field in FIELDS:
        name = field.rules.kind.vocabulary
        if name:
            labels = [DATA.vocabulary.label(name, code) for code in DATA.vocabulary.codes(name)]
            assert drop_down(field.column) == labels


def test_every_city_and_country_can_be_chosen_and_is_understood() -> None:
    cities = drop_down("city_ids")
    assert {GAZETTEER.resolve(name).city.city_id for name in cities} == {city.city_id for city in DATA.cities}
    assert drop_down("countries") == COUNTRIES


def test_two_cities_of_one_name_are_told_apart_by_their_country(small_data: Data) -> None:
    twin = small_data.cities[0].__class__(city_id="lisbon-2", name="Lisbon", country_code="US", country="United States")
    labels = city_labels([*small_data.cities, twin])
    assert labels["Lisbon, Portugal"] == "lisbon"
    assert labels["Lisbon, United States"] == "lisbon-2"
    assert "Lisbon" not in labels


def test_every_column_is_text_so_that_years_do_not_turn_into_dates() -> None:
    texts = [columns for columns in TABLE.column_dimensions.values() if columns.number_format == "@"]
    places = {place for columns in texts for place in range(columns.min, columns.max + 1)}
    assert places == set(range(1, len(headings()) + 1))


def test_lists_warn_and_do_not_forbid_so_that_several_values_fit_one_cell() -> None:
    rules = [rule for rule in TABLE.data_validations.dataValidation if rule.type == "list"]
    assert len(rules) == 7
    assert {rule.errorStyle for rule in rules} == {"warning"}
    assert {area.max_row for rule in rules for area in rule.sqref.ranges} == {LAST_ROW}


def test_no_message_is_longer_than_excel_allows() -> None:
    for rule in TABLE.data_validations.dataValidation:
        assert 0 < len(rule.promptTitle) <= 32
        assert 0 < len(rule.prompt) <= 255
        assert len(rule.errorTitle or "") <= 32
        assert len(rule.error or "") <= 225
    assert all(len(heading(column, language)) <= 32 for column in HEADINGS for language in ("en", "fr"))


def test_each_heading_has_a_note_and_stays_in_view() -> None:
    assert all(cell.comment.text for cell in TABLE[1])
    assert TABLE.freeze_panes == "B2"
    assert headings()[0] == "Title *"


def test_the_terms_are_explained_in_english_and_french() -> None:
    rows = list(BOOK["Terms"].iter_rows(min_row=2, values_only=True))
    assert ("Policy area", "Public space", "Espace public") in {row[:3] for row in rows}
    listed = sum(
        len(DATA.vocabulary.codes(field.rules.kind.vocabulary)) for field in FIELDS if field.rules.kind.vocabulary
    )
    assert len(rows) == listed


def test_the_lists_behind_the_drop_downs_are_hidden() -> None:
    assert [sheet.sheet_state for sheet in BOOK.worksheets] == ["visible", "visible", "visible", "hidden"]


@pytest.mark.parametrize("kept", [len(headings()), 1])
def test_an_unfilled_template_holds_nothing_and_its_examples_are_not_practices(tmp_path: Path, kept: int) -> None:
    book = openpyxl.load_workbook(io.BytesIO(TEMPLATE))
    book.worksheets[0].delete_cols(kept + 1, 100)
    result = save_and_read(tmp_path, book)
    assert (result.accepted, result.rejected) == ((), ())


def test_the_examples_of_the_instructions_would_be_read_without_a_fault(tmp_path: Path) -> None:
    for place in (0, 1):
        row = {field.headings[0]: field.examples[place] for field in FIELDS}
        practice = the_practice(save_and_read(tmp_path, fill(row)))
        assert practice.city_ids == (("lisbon",), ("bilbao", "cascais"))[place]


@pytest.mark.parametrize("text", ["2011-14", "06/2018", "since 2019", "3/4/2015", "2019"])
def test_a_year_text_stays_as_it_was_written(tmp_path: Path, text: str) -> None:
    practice = the_practice(save_and_read(tmp_path, fill({"Title *": "A kitchen", "Year or period": text})))
    assert practice.when_text == text


@pytest.mark.parametrize(("value", "text"), [(2019, "2019"), (datetime.date(2018, 6, 1), "2018-06-01")])
def test_a_year_that_a_program_made_a_number_or_date_is_read_all_the_same(
    tmp_path: Path, value: object, text: str
) -> None:
    (item,) = save_and_read(tmp_path, fill({"Title *": "A kitchen", "Year or period": value})).accepted
    assert (item.fields["when_text"], item.fields["start_year"]) == (text, int(text[:4]))


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="_;"), min_size=1, max_size=12
)
sentences = st.lists(words, min_size=1, max_size=6).map(" ".join).filter(lambda text: text[0] not in "='＝")
addresses = st.from_regex(r"https://[a-z]{1,9}\.org/[a-z0-9]{0,9}", fullmatch=True)


@st.composite
def practices(draw: st.DrawFn) -> Practice:
    cities = draw(st.lists(st.sampled_from(DATA.cities), max_size=5, unique_by=lambda city: city.city_id))
    countries = [city.country for city in cities] or draw(st.lists(st.sampled_from(COUNTRIES), max_size=4))
    title = draw(sentences)
    when = draw(st.none() | st.sampled_from(["2011-14", "06/2018", "Since 2019"]) | sentences)
    cells: dict[str, Any] = {
        "title": title,
        "practice_id": identifier(title, "; ".join(city.city_id for city in cities)) or "untitled",
        "city_ids": tuple(city.city_id for city in cities),
        "countries": tuple(dict.fromkeys(countries)),
        "when_text": when,
        "when_source": "year field" if when else None,
        "title_original": draw(st.none() | sentences),
        "summary": draw(st.none() | sentences),
        "url": draw(st.none() | addresses),
        "evidence_urls": tuple(draw(st.lists(addresses, max_size=3))),
    }
    for field in FIELDS:
        if field.rules.kind.vocabulary:
            codes = DATA.vocabulary.codes(field.rules.kind.vocabulary)
            cells[field.column] = tuple(draw(st.lists(st.sampled_from(codes), max_size=5, unique=True)))
    return Practice(**cells)


def as_filled(practice: Practice, language: str) -> dict[str, str]:
    """A practice as a person fills it in: names and labels, one a cell and the rest in the last."""
    names = {city_id: label for label, city_id in city_labels(DATA.cities).items()}
    row: dict[str, str] = {}
    for field in FIELDS:
        value = getattr(practice, field.column)
        parts = list(value) if field.rules.many else [value or ""]
        if field.column == "city_ids":
            parts = [names[part] for part in parts]
        if field.rules.kind.vocabulary:
            parts = [DATA.vocabulary.label(field.rules.kind.vocabulary, part, language) for part in parts]
        cells = [*parts[: field.times - 1], "; ".join(parts[field.times - 1 :])]
        row.update(dict(zip(field.headings, cells, strict=False)))
    return row


@in_one_folder(10)
@given(
    sent=st.lists(practices(), min_size=1, max_size=3, unique_by=lambda p: p.practice_id),
    language=st.sampled_from(["en", "fr"]),
)
def test_what_is_filled_in_is_read_as_it_was_meant(tmp_path: Path, sent: list[Practice], language: str) -> None:
    result = save_and_read(tmp_path, fill(*(as_filled(practice, language) for practice in sent)))
    assert result.problems == ()
    assert [item.record for item in result.accepted] == sent


def test_the_csv_template_has_a_column_for_every_field(tmp_path: Path) -> None:
    row = '"A kitchen",,Lisbon; Bilbao,,2011-14,,Education; Espace public,,,,,,\r\n'
    (tmp_path / "filled.csv").write_text(csv_template() + row, encoding="utf-8")
    practice = the_practice(read(tmp_path / "filled.csv", GAZETTEER, DATA.vocabulary))
    assert practice.city_ids == ("lisbon", "bilbao")
    assert practice.policy_areas == ("education", "public_space")
