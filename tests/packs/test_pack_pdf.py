"""Packs as PDF on both papers: tagged, in their language, letters embedded, charts as vectors, nothing off the page."""

from __future__ import annotations

import io
import re
from typing import Any

import duckdb
import pytest
from pypdf import PdfReader

from icc_data import queries
from icc_data.errors import AtlasError
from icc_data.files.export import PROGRAMME
from icc_data.files.pack import Memory, city_pack, policy_area_pack, write
from icc_data.files.pack.pdf import pack_pdf
from icc_data.files.report import document
from icc_data.i18n import set_language
from icc_data.queries.selection import Selection
from tests.helpers import naive
from tests.helpers.packs import EVERY, FACTS, NONE, OTHER_LETTERS, RICHEST, SPAIN, Packs
from tests.helpers.printed import ASIAN, HOSTILE, LETTERS, hostile_database, links, read, within_margins

PAPERS = {"a4": (595, 842), "16:9": (842, 474)}
MOST_BYTES = 3_000_000


def reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", EVERY)
def test_every_pack_fits_its_paper_and_a_mailbox(packs: Packs, name: str, paper: str):
    content = packs.file(name, "pdf", paper)
    assert {tuple(round(x) for x in page.mediabox[2:]) for page in reader(content).pages} == {PAPERS[paper]}
    assert within_margins(content)
    assert len(content) < MOST_BYTES


@pytest.mark.parametrize(
    ("name", "a4", "wide"),
    [
        (f"city {NONE}", 1, (2, 3)),
        (f"city {RICHEST}", 4, (8, 12)),
        (f"city {OTHER_LETTERS}", 4, (7, 12)),
        ("reci", 5, (9, 16)),
        ("everything", 5, (9, 16)),
    ],
)
def test_a_pack_is_as_long_as_there_is_to_say(packs: Packs, name: str, a4: int, wide: tuple[int, int]):
    assert 1 <= len(reader(packs.file(name, "pdf")).pages) <= a4
    assert wide[0] <= len(reader(packs.file(name, "pdf", "16:9")).pages) <= wide[1]


@pytest.mark.parametrize("name", EVERY)
def test_both_papers_say_the_same(packs: Packs, name: str):
    pack = packs.pack(name)
    for paper in PAPERS:
        _pages, text = read(packs.file(name, "pdf", paper))
        squeezed = text.replace(" ", "")
        told = [pack.title, *pack.findings, *pack.method, *(section.heading for section in pack.sections)]
        # A line may end within a word, behind a sign such as a stroke.
        assert [words for words in told if "".join(words.split()) not in squeezed] == []


@pytest.mark.parametrize("name", [f"city {RICHEST}", "area", "few peers"])
def test_a_document_is_tagged_and_says_its_language_title_and_author(packs: Packs, name: str):
    content = reader(packs.file(name, "pdf"))
    root: Any = content.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert content.metadata is not None
    assert content.metadata.title == packs.pack(name).title
    assert content.metadata.author == "Intercultural Cities Atlas"


def test_letters_are_embedded_and_charts_are_no_pictures(packs: Packs):
    for page in reader(packs.file(f"city {RICHEST}", "pdf")).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            (inner,) = font.get_object()["/DescendantFonts"]
            assert {"/FontFile2", "/FontFile3"} & set(inner.get_object()["/FontDescriptor"].get_object())
        things = resources.get("/XObject", {})
        assert [name for name in things if things[name].get_object()["/Subtype"] == "/Image"] == []


def test_a_chart_says_in_words_what_it_shows(packs: Packs):
    root: Any = reader(packs.file(f"city {RICHEST}", "pdf")).trailer["/Root"]
    told: list[str] = []

    def visit(node: Any) -> None:
        thing = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(thing, list):
            for kid in thing:
                visit(kid)
        elif hasattr(thing, "get"):
            told.append(str(thing.get("/Alt", "")))
            visit(thing.get("/K", []))

    visit(root["/StructTreeRoot"])
    assert {chart.alt for chart in packs.pack(f"city {RICHEST}").charts()} <= set(told)


def test_an_address_opens_wherever_it_stands_and_over_several_lines_is_one_link(packs: Packs):
    content = packs.file(f"city {RICHEST}", "pdf")
    assert PROGRAMME in links(content)
    corners = [
        len(note.get_object()["/QuadPoints"])
        for page in reader(content).pages
        for note in page.get("/Annots", [])
        if "/QuadPoints" in note.get_object()
    ]
    # Four corners of two numbers each a line.
    assert max(corners) >= 2 * 8


def test_the_line_above_the_title_is_not_read_but_stands_in_the_properties(packs: Packs):
    content = reader(packs.file(f"city {RICHEST}", "pdf"))
    first: Any = content.pages[0].get_contents()
    assert re.search(rb"/Artifact\s*<<[^>]*/Subtype\s*/Header", first.get_data())
    assert content.metadata is not None
    assert content.metadata.subject == "Intercultural Cities Atlas · City profile, 1 December 2026"


@pytest.mark.parametrize("name", EVERY)
def test_every_page_says_which_data_it_shows_and_which_page_it_is(packs: Packs, name: str):
    pages, text = read(packs.file(name, "pdf"))
    for page in range(1, pages + 1):
        assert (
            f"data version ec343959de8e, as of 22 November {naive.as_of()} · CC BY 4.0 Page {page} of {pages}" in text
        )
    assert FACTS.address in links(packs.file(name, "pdf"))


def test_the_same_pack_twice_is_the_same_file(packs: Packs):
    assert pack_pdf(packs.pack(f"city {NONE}")) == packs.file(f"city {NONE}", "pdf")


def test_the_numbers_of_a_selection_are_those_of_the_questions(packs: Packs, atlas: duckdb.DuckDBPyConnection):
    counts, text = queries.overview(atlas, SPAIN), read(packs.file("reci", "pdf"))[1]
    assert f"Practices {counts['practices']} of {len(naive.table('practices'))} in the atlas" in text
    for row in queries.terms(atlas, SPAIN, "policy_area").head(5).itertuples():
        assert f"{row.practices} · {round(100 * row.practices / row.of)}%" in text
    assert "Within: Network: RECI (Spain)." in text


def test_texts_are_printed_as_they_stand(tmp_path_factory: pytest.TempPathFactory):
    with hostile_database(tmp_path_factory.mktemp("hostile")) as connection:
        memory = Memory(connection)
        for paper in PAPERS:
            content = write(city_pack(memory, Selection(), "lisbon", FACTS), "pdf", paper)
            text = read(content)[1]
            assert [words for words in (HOSTILE, LETTERS, ASIAN) if words not in text] == []
            assert within_margins(content)
        words = read(write(policy_area_pack(memory, Selection(q="#quoted *bold* $x"), "education", FACTS), "pdf"))[1]
        assert "“#quoted *bold* $x”" in words


def test_a_letter_that_cannot_be_printed_is_found():
    assert document.without_glyph("ไทย and 浜松") == "ทยไ"


def test_every_local_name_of_the_files_can_be_printed():
    assert document.without_glyph("".join(naive.table("cities")["local_name"])) == ""


@pytest.mark.parametrize(("form", "paper", "words"), [("odt", "a4", "no format “odt”"), ("pdf", "a3", "no paper “a3”")])
def test_an_unknown_form_or_paper_is_refused_with_advice(packs: Packs, form: str, paper: str, words: str):
    with pytest.raises(AtlasError, match=words):
        write(packs.pack(f"city {NONE}"), form, paper)


@pytest.mark.parametrize(
    ("text", "letters", "cut"),
    [
        ("short", 10, "short"),
        ("several\nlines\x00 and\tspaces", 99, "several lines and spaces"),
        ("words that are cut at a word", 16, "words that are…"),
        ("A" * 30, 10, "A" * 9 + "…"),
    ],
)
def test_a_text_is_cut_at_a_word(text: str, letters: int, cut: str):
    assert document.short(text, letters) == cut
    assert len(document.short(text, letters)) <= letters


def test_in_french_a_space_stands_before_each_colon_and_semicolon(atlas: duckdb.DuckDBPyConnection):
    set_language("fr")
    text = read(write(city_pack(Memory(atlas), Selection(), "barcelona", FACTS), "pdf"))[1].replace("\xa0", " ")
    for words in ("Adhésion : 2011", "Sources : coe.int"):
        assert words in text
    assert re.search(r"même pays\s;\smême réseau", text)
