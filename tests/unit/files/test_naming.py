"""Names of files: what they say in letters of any script, and that no two selections share one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from urllib.parse import unquote

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_data.files.export import FORMATS, Provenance, file_name
from icc_data.files.naming import LONGEST, attachment
from icc_data.queries import options
from icc_data.queries.facets import FACETS
from icc_data.queries.selection import Selection
from icc_data.queries.selection_words import choices
from tests.helpers.exported import FACTS

DIGEST = re.compile("_[0-9a-f]{6}_2026-11-22")


def name_of(*selection: str, title: str = "Practices") -> str:
    return file_name(title, replace(FACTS, selection=selection), "csv")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("“Київ”", "київ"),
        ("“Αθήνα”", "αθήνα"),
        ("“ירושלים”", "ירושלים"),
        ("“القدس”", "القدس"),
        ("“東京”", "東京"),
        ("“がんばる”", "がんばる"),
        ("“서울”", "서울"),
        ("“हिंदी”", "हिंदी"),
        ("“Łódź”", "lodz"),
    ],
)
def test_letters_of_every_script_stand_in_a_name(typed: str, said: str):
    assert name_of(typed).startswith(f"icc-practices_{said}_")


def test_a_letter_and_its_accent_may_come_apart_and_make_the_same_name():
    assert name_of(f"“{unicodedata.normalize('NFD', 'Київ')}”") == name_of("“Київ”")


def test_what_stands_in_a_name_whole_needs_no_digest():
    assert name_of("“Київ”", "Country: Spain") == "icc-practices_київ_country-spain_2026-11-22.csv"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["“😀”"], ["“😁”"]),
        (["“-rumours”"], ["“rumours”"]),
        (['“"no hate"”'], ["“no hate”"]),
        (["“country norway”"], ["Country: Norway"]),
        (["“漢" + "字" * 300 + "一”"], ["“漢" + "字" * 300 + "二”"]),
        ([f"Country: Land {place}" for place in range(20)], [f"Country: Land {place}" for place in range(21)]),
        (["Query: SELECT 1 < 2"], ["Query: SELECT 1 > 2"]),
    ],
)
def test_two_selections_never_go_by_one_name(one: list[str], other: list[str]):
    assert name_of(*one) != name_of(*other)
    assert DIGEST.search(name_of(*one))


def test_two_titles_of_which_there_is_no_room_for_the_end_make_two_names():
    start = "Practices that were started in each of the years"
    assert name_of(title=f"{start} by country") != name_of(title=f"{start} by theme")


def test_no_two_values_of_a_filter_make_one_name(atlas: duckdb.DuckDBPyConnection):
    there = options(atlas)
    for facet in FACETS:
        chosen = [Selection().with_values(facet, value) for value in there.values(facet)]
        names = [name_of(*(label for label, _without in choices(one, there))) for one in chosen]
        assert len(set(names)) == len(names) > 0


@given(st.text(), st.lists(st.text()), st.sampled_from(list(FORMATS)))
def test_any_words_make_a_name_that_every_system_takes(title: str, selection: list[str], form: str):
    name = file_name(title, replace(FACTS, selection=selection), form)
    assert len(name) <= 100
    assert len(name.encode()) <= LONGEST == 200
    assert name == unicodedata.normalize("NFC", name)
    letters = [sign for sign in name if sign not in "-_."]
    assert {unicodedata.category(sign)[:1] for sign in letters} <= {"L", "N", "M"}
    assert name.startswith("icc-")
    assert name.endswith(f"_2026-11-22{FORMATS[form].suffix}")


def test_a_plain_name_is_told_as_it_is():
    assert attachment("icc-practices_2026-11-22.csv") == 'attachment; filename="icc-practices_2026-11-22.csv"'


def test_a_name_in_other_letters_is_told_by_its_bytes_and_what_of_it_is_ascii():
    header = attachment("icc-practices_київ_country-spain_2026-11-22.csv")
    plain, extended = header.removeprefix("attachment; ").split("; ")
    assert re.fullmatch(r'filename="icc-practices_country-spain_2026-11-22_[0-9a-f]{6}\.csv"', plain)
    assert unquote(extended) == "filename*=UTF-8''icc-practices_київ_country-spain_2026-11-22.csv"


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_header_is_ascii_and_cannot_be_broken_out_of(title: str, typed: str):
    header = attachment(name_of(f"“{typed}”", title=title))
    assert re.fullmatch(r"attachment; filename=\"[a-z0-9_.-]+\"(; filename\*=UTF-8''[A-Za-z0-9%_.~-]+)?", header)


def test_a_program_that_knows_ascii_alone_does_not_take_two_files_for_one():
    first, second = (attachment(name_of(typed)).split(";")[1] for typed in ("“Київ”", "“Львів”"))
    assert first != second


def test_a_file_without_a_selection_is_named_by_its_title():
    facts = Provenance("東京", [], "", FACTS.as_of, "0")
    assert file_name("東京", facts, "csv") == "icc-東京_2026-11-22.csv"
