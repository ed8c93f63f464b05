"""A row is read as a record or refused with every fault, and a record is written so that it reads back."""

from __future__ import annotations

import dataclasses

import pytest

from icc_data.incoming.check import Data
from icc_data.model.columns import columns_of
from icc_data.model.identifiers import KEYS
from icc_data.model.records import TABLES, City, Fault, Practice, Record, Term, read_record, row_of
from icc_data.model.vocabulary import VOCABULARIES


@pytest.mark.parametrize("table", list(TABLES))
def test_every_real_record_is_written_so_that_it_reads_back(real_data: Data, table: str):
    for item in real_data.accepted[table]:
        assert read_record(TABLES[table], row_of(item.record), real_data.vocabulary) == (item.record, [])


def test_a_missing_column_counts_as_empty(small_data: Data):
    record, faults = read_record(Practice, {"practice_id": "a", "title": "A"}, small_data.vocabulary)
    assert (record, faults) == (Practice(practice_id="a", title="A"), [])


def test_every_fault_of_a_row_is_found_and_no_record_made(small_data: Data):
    row = {"practice_id": "A!", "title": "", "themes": "sport; chess", "accessed": "today"}
    record, faults = read_record(Practice, row, small_data.vocabulary)
    assert record is None
    assert [(fault.column, fault.value) for fault in faults] == [
        ("practice_id", "A!"),
        ("title", ""),
        ("themes", "chess"),
        ("accessed", "today"),
    ]


def test_each_unknown_term_of_a_list_is_a_fault_of_its_own(small_data: Data):
    row = {"practice_id": "a", "title": "A", "themes": "chess; sport; golf"}
    _, faults = read_record(Practice, row, small_data.vocabulary)
    expected = "expected a code of the list “theme” in terms.csv"
    assert faults == [Fault("themes", "chess", expected), Fault("themes", "golf", expected)]


def test_terms_are_read_by_code_or_label_and_kept_as_codes(small_data: Data):
    row = {"practice_id": "a", "title": "A", "themes": "Sport; ARTS ET CULTURE"}
    record, _ = read_record(Practice, row, small_data.vocabulary)
    assert record is not None
    assert record.themes == ("sport", "arts_culture")


def test_a_term_that_stands_twice_in_a_cell_is_a_fault(small_data: Data):
    row = {"practice_id": "a", "title": "A", "themes": "Sport; sport; ARTS ET CULTURE"}
    record, faults = read_record(Practice, row, small_data.vocabulary)
    assert record is None
    assert [(fault.column, fault.value) for fault in faults] == [("themes", "sport")]


def test_a_single_term_is_read_too(small_data: Data):
    row = {"city_id": "a", "name": "A", "country_code": "PT", "country": "Portugal", "status": "Membre"}
    record, _ = read_record(City, row, small_data.vocabulary)
    assert record is not None
    assert record.status == "member"


def test_cells_that_no_column_asks_for_are_passed_over(small_data: Data):
    record, faults = read_record(Practice, {"practice_id": "a", "title": "A", "mood": "glad"}, small_data.vocabulary)
    assert (record, faults) == (Practice(practice_id="a", title="A"), [])


@pytest.mark.parametrize("table", list(TABLES))
def test_the_key_of_each_table_is_made_of_its_columns(table: str):
    assert set(KEYS[table]) <= {column.name for column in columns_of(TABLES[table])}


@pytest.mark.parametrize("record_type", list(TABLES.values()))
def test_every_column_is_described_and_names_an_existing_list(record_type: type[Record]):
    for column in columns_of(record_type):
        assert column.description.endswith("."), column.name
        assert column.kind.vocabulary in ("", *VOCABULARIES), column.name


def test_a_record_cannot_be_changed():
    practice = Practice(practice_id="a", title="A")
    with pytest.raises(dataclasses.FrozenInstanceError):
        practice.title = "B"  # type: ignore[misc]


def test_a_term_without_french_is_a_term_with_empty_french():
    term = Term(vocabulary="theme", code="sport", position=1, label_en="Sport").as_term()
    assert (term.label_fr, term.definition_en, term.group) == ("", "", "")
