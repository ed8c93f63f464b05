"""The pack of a policy area: the numbers that the questions give, examples with their sources, and gaps."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pytest

from icc_data import queries
from icc_data.errors import AtlasError
from icc_data.files.pack import policy_area_pack, write
from icc_data.i18n import percent
from icc_data.queries.selection import Selection
from tests.helpers.packs import FACTS, Packs
from tests.helpers.printed import links, read


@pytest.fixture(scope="module")
def education(packs: Packs) -> bytes:
    return packs.file("area", "pdf")


@pytest.mark.parametrize(
    "comparison",
    [
        Selection(country=("spain", "portugal", "italy", "france", "norway"), year_from=2000, year_to=2024),
        Selection(city=("turin",)),
        Selection(q="school pupils parents", ongoing_only=True, include_undated=False),
    ],
    ids=["many filters", "one city", "words"],
)
def test_a_narrow_selection_is_said(packs: Packs, atlas: duckdb.DuckDBPyConnection, comparison: Selection):
    pack = policy_area_pack(packs.memory, comparison, "education", FACTS)
    counts = queries.policy_area(atlas, comparison, "education")
    assert pack.scope[-1].startswith("Within: ")
    assert f"all practices of the selection ({counts['all_practices']} practices)" in pack.scope[-1]


def test_the_document_holds_the_numbers_of_the_questions(atlas: duckdb.DuckDBPyConnection, education: bytes):
    text = read(education)[1]
    counts = queries.policy_area(atlas, Selection(), "education")
    share = percent(counts["practices"] / counts["all_practices"], 1)
    assert f"Practices {counts['practices']} {share} of {counts['all_practices']}" in text
    assert f"Cities {counts['cities']} of {counts['all_cities']}" in text
    assert f"Countries {counts['countries']} of {counts['all_countries']}" in text
    assert f"{counts['dated']} of {counts['practices']}" in text
    countries = queries.crossed(atlas, Selection(), "country", area="education")
    (spain,) = countries[countries["value"] == "spain"].itertuples()
    assert f"{spain.practices} of {spain.of} · {percent(spain.share)}" in text


def test_the_document_holds_definition_examples_gaps_and_sources(atlas: duckdb.DuckDBPyConnection, education: bytes):
    text = read(education)[1]
    assert "Schools as places where pupils, parents and staff of all backgrounds learn together." in text
    assert "It serves the commitment “Open and mixed institutions and places”" in text
    for row in queries.policy_area_examples(atlas, Selection(), "education", limit=3).itertuples():
        assert row.title in text
        assert row.url in links(education)
    assert "Countries without a practice here (in brackets: all their practices): Poland" in text
    assert "Data version ec343959de8e, as of 22 November 2026" in text
    assert FACTS.address in links(education)


def test_the_years_are_drawn_with_words_that_can_be_read(education: bytes):
    assert "2010 2015 2020" in read(education)[1]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "", "https://a.example/" + "x" * 5000, "https://a\nb"])
def test_what_is_no_web_address_is_not_linked(packs: Packs, address: str):
    pack = replace(packs.pack("area"), provenance=replace(FACTS, address=address), sections=())
    # The one other address is that of the programme, among the words at the end.
    assert set(links(write(pack, "pdf"))) == {"https://www.coe.int/interculturalcities"}


def test_an_unknown_area_is_refused_with_advice(packs: Packs):
    with pytest.raises(AtlasError, match="no policy area “hair”"):
        policy_area_pack(packs.memory, Selection(), "hair", FACTS)


def test_a_selection_without_a_practice_is_refused_with_advice(packs: Packs):
    with pytest.raises(AtlasError, match="No practice of the selection"):
        policy_area_pack(packs.memory, Selection(city=("lisbon",)), "leadership_citizenship", FACTS)
