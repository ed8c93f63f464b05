"""The printed brief: always one page, with the numbers that the questions give, and nothing read as markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import pytest

from icc_data import queries
from icc_data.errors import AtlasError
from icc_data.files.export import Provenance
from icc_data.files.report import brief, document, policy_area_brief
from icc_data.i18n import percent
from icc_data.queries.selection import Selection
from tests.helpers.printed import ASIAN, HOSTILE, LETTERS, compiler, hostile_database, links, page_count, pages, read

FACTS = Provenance(
    "Brief", [], "https://atlas.example/policy_area?policy_area=education", date(2026, 11, 22), "ec343959de8e",
    date(2026, 11, 30),
)  # fmt: skip


@pytest.fixture(scope="module")
def education(atlas: duckdb.DuckDBPyConnection) -> bytes:
    return policy_area_brief(atlas, Selection(), "education", FACTS)


@pytest.fixture(scope="module")
def hostile_atlas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with hostile_database(tmp_path_factory.mktemp("hostile")) as connection:
        yield connection


def test_the_brief_of_every_area_is_one_page(atlas: duckdb.DuckDBPyConnection):
    for area in queries.options(atlas).values("policy_area"):
        assert pages(policy_area_brief(atlas, Selection(), area, FACTS)) == 1, area


@pytest.mark.parametrize(
    "comparison",
    [
        Selection(country=("spain", "portugal", "italy", "france", "norway"), year_from=2000, year_to=2024),
        Selection(city=("turin",)),
        Selection(q="school pupils parents", ongoing_only=True, include_undated=False),
    ],
    ids=["many filters", "one city", "words"],
)
def test_the_brief_of_a_narrow_selection_is_one_page_that_says_it(
    atlas: duckdb.DuckDBPyConnection, comparison: Selection
):
    pages, text = read(policy_area_brief(atlas, comparison, "education", FACTS))
    assert pages == 1
    counts = queries.policy_area(atlas, comparison, "education")
    assert "Within: " in text
    assert f"all practices of the selection ({counts['all_practices']} practices)" in text


def test_the_brief_holds_the_numbers_of_the_questions(atlas: duckdb.DuckDBPyConnection, education: bytes):
    text = read(education)[1]
    counts = queries.policy_area(atlas, Selection(), "education")
    share = percent(counts["practices"] / counts["all_practices"], 1)
    assert f"Practices {counts['practices']} {share} of {counts['all_practices']}" in text
    assert f"Cities {counts['cities']} of {counts['all_cities']}" in text
    assert f"Countries {counts['countries']} of {counts['all_countries']}" in text
    assert f"{counts['dated']} of {counts['practices']}" in text
    countries = queries.crossed(atlas, Selection(), "country", area="education")
    (spain,) = countries[countries["value"] == "spain"].itertuples()
    assert f"Spain {spain.practices} of {spain.of} · {percent(spain.share)}" in text


def test_the_brief_holds_its_definition_examples_gaps_and_sources(atlas: duckdb.DuckDBPyConnection, education: bytes):
    text = read(education)[1]
    assert "Schools as places where pupils, parents and staff of all backgrounds learn together." in text
    assert "It serves the commitment “Open and mixed institutions and places”" in text
    for row in queries.policy_area_examples(atlas, Selection(), "education", limit=3).itertuples():
        assert row.title in text
        assert row.url in links(education)
    assert "Countries without a practice here: Poland" in text
    assert "Data version ec343959de8e, as of 22 November 2026" in text
    assert "30 November 2026" in text
    assert FACTS.address in links(education)


def test_the_chart_of_the_brief_is_drawn_with_words_that_can_be_read(education: bytes):
    assert "2010 2015 2020" in read(education)[1]


def test_the_chart_of_the_brief_has_a_band_over_the_last_years_unless_they_are_not_meant(
    atlas: duckdb.DuckDBPyConnection, education: bytes
):
    assert "still being published" in read(education)[1]
    before = policy_area_brief(atlas, Selection(year_from=2010, year_to=2020), "education", FACTS)
    assert "still being published" not in read(before)[1]


def test_the_same_brief_twice_is_the_same_file(atlas: duckdb.DuckDBPyConnection, education: bytes):
    assert policy_area_brief(atlas, Selection(), "education", FACTS) == education


def test_texts_are_never_read_as_markup(hostile_atlas: duckdb.DuckDBPyConnection):
    pages, text = read(policy_area_brief(hostile_atlas, Selection(city=("lisbon",)), "education", FACTS))
    assert pages == 1
    assert HOSTILE in text


def test_typed_words_are_never_read_as_markup(hostile_atlas: duckdb.DuckDBPyConnection):
    pages, text = read(policy_area_brief(hostile_atlas, Selection(q="#quoted *bold* $x"), "education", FACTS))
    assert pages == 1
    assert "“#quoted *bold* $x”" in text


@pytest.mark.parametrize("words", [LETTERS, ASIAN], ids=["European", "Asian"])
def test_letters_of_other_languages_are_in_the_font(hostile_atlas: duckdb.DuckDBPyConnection, words: str):
    answers = brief._asked(hostile_atlas, Selection(), "education")
    content = brief._content(answers, brief.ROOMS[0], FACTS, "") | {"definition": words}
    written = compiler(brief.TEMPLATE, content).compile(format="pdf")
    assert isinstance(written, bytes)
    assert words in read(written)[1]
    assert "An empty box" not in read(written)[1]


def test_a_letter_that_cannot_be_printed_is_said(hostile_atlas: duckdb.DuckDBPyConnection):
    answers = brief._asked(hostile_atlas, Selection(), "education")
    content = brief._content(answers, brief.ROOMS[0], FACTS, "") | {"definition": "ไทย and 浜松"}
    assert document.without_glyph("ไทย and 浜松") == "ทยไ"
    written = compiler(brief.TEMPLATE, content).compile(format="pdf")
    assert isinstance(written, bytes)
    assert "An empty box stands for a letter that this document cannot print" in read(written)[1]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "", "https://a.example/" + "x" * 5000, "https://a\nb"])
def test_what_is_no_web_address_is_not_linked(atlas: duckdb.DuckDBPyConnection, address: str):
    written = policy_area_brief(atlas, Selection(), "public_space", replace(FACTS, address=address))
    assert pages(written) == 1
    assert all(link.startswith("https://www.coe.int/") for link in links(written))


def _filled(content: dict[str, Any], room: brief.Room) -> dict[str, Any]:
    """A brief whose every text from people is as long and wide as it can be."""
    wide, letters = "W ", room.letters // 2
    example = {"title": wide * letters, "place": wide * max(letters // 2, 30), "summary": wide * letters}
    example |= {"address": "", "source": "W" * max(room.letters, document.LONGEST_SHOWN)}
    label = wide * (brief.LONGEST_LABEL // 2)
    entry = {"label": label, "words": "199 of 500 · 100%", "length": 1.0}
    rankings = [{"title": "Cities that do most", "entries": [entry] * room.places, "note": wide * 30}] * 3
    gap = {"title": "Target groups that no practice here addresses:", "words": f"{label} (123), " * room.names}
    return content | {
        "definition": wide * (brief.LONGEST_DEFINITION // 2),
        "areas": label * 6,
        "selection": wide * (letters + 40),
        "rankings": rankings,
        "examples": content["examples"] | {"entries": [example] * room.examples},
        "gaps": content["gaps"] | {"entries": [gap] * 6},
        "address_words": "W" * max(room.letters, document.LONGEST_SHOWN),
    }


def test_the_last_room_holds_whatever_people_write(hostile_atlas: duckdb.DuckDBPyConnection):
    room = brief.ROOMS[-1]
    answers = brief._asked(hostile_atlas, Selection(), "education")
    content = _filled(brief._content(answers, room, FACTS, brief._drawing(answers, room.height)), room)
    assert page_count(brief.TEMPLATE, content) == 1


def test_an_unknown_area_is_refused_with_advice(atlas: duckdb.DuckDBPyConnection):
    with pytest.raises(AtlasError, match="no policy area “hair”"):
        policy_area_brief(atlas, Selection(), "hair", FACTS)


def test_a_selection_without_a_practice_is_refused_with_advice(atlas: duckdb.DuckDBPyConnection):
    with pytest.raises(AtlasError, match="No practice of the selection"):
        policy_area_brief(atlas, Selection(city=("lisbon",)), "leadership_citizenship", FACTS)


@pytest.mark.parametrize(
    ("text", "letters", "said"),
    [
        ("short", 10, "short"),
        ("several\nlines\x00 and\tspaces", 99, "several lines and spaces"),
        ("words that are cut at a word", 16, "words that are…"),
        ("A" * 30, 10, "A" * 9 + "…"),
    ],
)
def test_a_text_is_cut_at_a_word(text: str, letters: int, said: str):
    assert document.short(text, letters) == said
    assert len(document.short(text, letters)) <= letters
