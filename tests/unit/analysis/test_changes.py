"""What changed, for people: entries in words, the words that differ, and one sentence of it all."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.analysis.change_rows import table_rows
from icc_data.analysis.changes import (
    FIELDS,
    Entry,
    FieldChange,
    counts,
    entries,
    not_recorded_in_words,
    parts,
    seen_in_words,
    state_in_words,
    uncoded_in_words,
)
from icc_data.model.columns import columns_of
from icc_data.model.identifiers import KEYS
from icc_data.model.records import TABLES

NAMES = {("city", "cork"): "Cork", ("policy_area", "media"): "Media and communication"}
NOTHING = dict.fromkeys(
    ("added", "changed", "seen", "removed", "joined", "left", "status", "facts", "other_cities"), 0
) | dict.fromkeys(("results", "reports", "corrected"), 0)


def label(facet: str, value: str) -> str:
    return NAMES.get((facet, value), value)


def practices(*rows: tuple[str, str, str, str | None, str | None]) -> pd.DataFrame:
    told = [(kind, key, key.title(), "cork", field, before, after) for kind, key, field, before, after in rows]
    return pd.DataFrame(told, columns=["kind", "key", "label", "place", "field", "before", "after"])


def cities(*rows: tuple[str, str, str]) -> pd.DataFrame:
    told = [(kind, city, city.title(), "Ireland", field, None, "1") for kind, city, field in rows]
    return pd.DataFrame(told, columns=["kind", "city_id", "name", "country", "field", "before", "after"])


def index(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["kind", "what"])


def change(before: str, after: str, *, many: bool = False) -> FieldChange:
    return FieldChange("summary", "Summary", before, after, many)


@pytest.mark.parametrize("table", FIELDS)
def test_every_field_but_the_identifier_has_a_name_in_the_order_of_the_file(table: str):
    assert [*FIELDS[table]] == [c.name for c in columns_of(TABLES[table]) if c.name not in KEYS[table]]


def test_an_entry_has_the_fields_of_its_record_with_codes_in_words():
    frame = practices(
        ("changed", "choir", "policy_areas", None, "media; sport"),
        ("changed", "choir", "city_ids", "cork", "cork; turin"),
        ("added", "garden", "practice_id", None, "garden"),
        ("added", "garden", "title", None, "Garden"),
    )
    assert entries(frame, ("changed", "added"), "practices", label) == [
        Entry(
            "changed",
            "choir",
            "Choir",
            "cork",
            (
                FieldChange("policy_areas", "Policy areas", "", "Media and communication; sport", many=True),
                FieldChange("city_ids", "Cities", "Cork", "Cork; turin", many=True),
            ),
        ),
        Entry("added", "garden", "Garden", "cork", (FieldChange("title", "Title", "", "Garden"),)),
    ]


def test_entries_are_those_of_the_kinds_asked_for():
    frame = cities(("joined", "cork", "status"), ("fact", "cork", "population"), ("fact", "turin", "population"))
    assert [(entry.kind, entry.key) for entry in entries(frame, ("fact",), "cities", label)] == [
        ("fact", "cork"),
        ("fact", "turin"),
    ]


def test_the_words_that_differ_are_told_from_those_that_stay():
    assert parts(change("People sing on Sundays in Cork.", "People sing on Mondays in Cork.")) == (
        [("same", "People sing on "), ("gone", "Sundays "), ("same", "in Cork.")],
        [("same", "People sing on "), ("new", "Mondays "), ("same", "in Cork.")],
    )


def test_a_text_that_has_little_in_common_with_the_one_before_is_told_as_a_whole():
    assert parts(change("People sing and dance.", "A choir and a band meet.")) == (
        [("gone", "People sing and dance.")],
        [("new", "A choir and a band meet.")],
    )


def test_a_list_is_compared_by_its_parts():
    assert parts(change("a b; c d", "c d; e f", many=True)) == (
        [("gone", "a b; "), ("same", "c d")],
        [("same", "c d; "), ("new", "e f")],
    )


def test_a_field_that_was_empty_is_all_new():
    assert parts(change("", "2011")) == ([], [("new", "2011")])


@given(st.text(" ;ab\n"), st.text(" ;ab\n"), st.booleans())
def test_the_pieces_together_are_the_two_texts(before: str, after: str, many: bool):
    old, new = parts(change(before.strip(), after.strip(), many=many))
    if not many:
        assert ("".join(text for _, text in old), "".join(text for _, text in new)) == (before.strip(), after.strip())
    assert {what for what, _ in old} <= {"same", "gone"}
    assert {what for what, _ in new} <= {"same", "new"}


def test_records_are_counted_once_whatever_the_number_of_their_fields():
    counted = counts(
        practices(
            ("added", "garden", "title", None, "Garden"),
            ("added", "garden", "summary", None, "Green."),
            ("changed", "choir", "title", "A", "B"),
            ("seen", "club", "accessed", "2026-01-01", "2026-01-02"),
        ),
        cities(
            ("joined", "cork", "status"),
            ("fact", "cork", "population"),
            ("fact", "cork", "note"),
            ("fact", "turin", "note"),
            ("added", "paris", "name"),
        ),
        index(("added", "result"), ("added", "report"), ("added", "report"), ("changed", "result")),
    )
    expected = {"added": 1, "changed": 1, "seen": 1, "joined": 1, "facts": 2, "other_cities": 1}
    assert counted == NOTHING | expected | {"results": 1, "reports": 2, "corrected": 1}


def test_where_nothing_differs_nothing_is_counted():
    assert counts(practices(), cities(), index()) == NOTHING


@pytest.mark.parametrize(
    ("counted", "sentence"),
    [
        (
            {"added": 99, "changed": 188, "joined": 4},
            "Since 22 November 2026: 99 practices added, 188 changed, 0 removed; 4 cities joined.",
        ),
        (
            {"added": 1, "joined": 1, "left": 2, "facts": 1, "reports": 1},
            "Since 22 November 2026: 1 practice added, 0 changed, 0 removed; 1 city joined, 2 left, "
            "facts of 1 city changed and 1 Index report known.",
        ),
        (
            {"results": 1200},
            "Since 22 November 2026: 0 practices added, 0 changed, 0 removed; 0 cities joined and "
            "1,200 Index results published.",
        ),
    ],
)
def test_one_sentence_says_what_changed(counted: dict[str, int], sentence: str):
    assert state_in_words("22 November 2026", NOTHING | counted) == sentence


def test_what_was_only_looked_at_again_is_said_apart():
    assert seen_in_words(NOTHING) == ""
    assert seen_in_words(NOTHING | {"seen": 1}) == "1 more practice was looked at again and is as it was."


def test_added_practices_that_nobody_has_coded_yet_are_counted():
    coded = ("added", "garden", "policy_areas", None, "media")
    title = ("added", "garden", "title", None, "A garden")
    assert uncoded_in_words(practices(title, coded)) == ""
    found = practices(title, coded, ("added", "shed", "title", None, "A shed"), ("changed", "hut", "title", "A", "B"))
    assert uncoded_in_words(found) == "1 of the added practices has no policy area yet, as nobody has coded it."


def test_what_was_not_recorded_is_said_once_a_table():
    rows = pd.DataFrame(
        [
            ("policy_area_codings", None, "before"),
            ("practices", "described_when", "before"),
            ("practices", "summary", "after"),
        ],
        columns=["tbl", "field", "missing_from"],
    )
    assert [*not_recorded_in_words(rows, "May", "June")] == [
        "Codings: not recorded in the data of May, so nothing is compared.",
        "Practices: “The description says” not recorded in the data of May; what is recorded now counts as no change.",
        "Practices: “Summary” not recorded in the data of June; what is recorded now counts as no change.",
    ]


def test_the_rows_of_a_file_are_the_fields_of_the_entries():
    frame = practices(("changed", "choir", "summary", "a", None))
    (row,) = table_rows(entries(frame, ("changed",), "practices", label)).to_dict("records")
    assert row == {
        "kind": "changed",
        "identifier": "choir",
        "name": "Choir",
        "place": "cork",
        "field": "Summary",
        "before": "a",
        "after": "",
    }
