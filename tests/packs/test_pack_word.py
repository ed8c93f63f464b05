"""Packs as Word documents, read back: real headings, captions, heads that come again, pictures that are described."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from icc_data.files.pack import measure
from icc_data.files.pack.model import Entries, Table
from icc_data.files.pack.word import CELL, MANY_COLUMNS
from tests.helpers.packs import EVERY, NONE, RICHEST, Packs


@cache
def opened(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def word(packs: Packs, name: str) -> Any:
    return opened(packs.file(name, "docx"))


def text_of(document: Any) -> str:
    """Every paragraph, and every cell of the tables."""
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("name", EVERY)
def test_headings_are_those_of_the_pack(packs: Packs, name: str):
    pack, document = packs.pack(name), word(packs, name)
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings == ["Findings", *(section.heading for section in pack.sections), "How it was made", "Sources"]
    assert [p.text for p in document.paragraphs if p.style.name == "Title"] == [pack.title]


@pytest.mark.parametrize("name", EVERY)
def test_the_document_says_what_the_pack_says(packs: Packs, name: str):
    pack, told = packs.pack(name), text_of(word(packs, name))
    assert [words for words in (*pack.scope, *pack.findings, *pack.method) if words not in told] == []


@pytest.mark.parametrize("name", [f"city {RICHEST}", "reci", "few peers"])
def test_charts_and_tables_have_numbered_captions(packs: Packs, name: str):
    pack = packs.pack(name)
    captioned = [p for p in word(packs, name).paragraphs if p.style.name == "Caption"]
    # The number is a field, which the paragraph does not count among its runs.
    captions = ["".join(text.text for text in p._p.iter(qn("w:t"))) for p in captioned]
    drawn = [chart.title for chart in pack.charts()]
    tables = [part.title for section in pack.sections for part in section.parts if isinstance(part, Table)]
    assert [c for c in captions if c.startswith("Figure")] == [f"Figure {n}. {t}" for n, t in enumerate(drawn, 1)]
    assert [c for c in captions if c.startswith("Table")] == [f"Table {n}. {t}" for n, t in enumerate(tables, 1)]


def test_the_cells_of_a_table_are_its_rows(packs: Packs):
    table = next(p for s in packs.pack("reci").sections for p in s.parts if isinstance(p, Table))
    held = [[cell.text for cell in row.cells] for row in word(packs, "reci").tables[-1].rows]
    assert held == [[column.label for column in table.columns], *table.printed()]


@pytest.mark.parametrize("name", [f"city {RICHEST}", "benchmark"])
def test_the_head_of_a_table_comes_again_on_every_page_and_rows_are_not_divided(packs: Packs, name: str):
    for table in word(packs, name).tables:
        for line, row in enumerate(table.rows):
            properties = row._tr.trPr
            assert (properties.find(qn("w:tblHeader")) is not None) == (line == 0)
            assert properties.find(qn("w:cantSplit")) is not None


@pytest.mark.parametrize("name", [f"city {RICHEST}", "area"])
def test_a_picture_is_described_and_is_a_drawing_where_the_program_shows_one(packs: Packs, name: str):
    document = word(packs, name)
    charts = list(packs.pack(name).charts())
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == [chart.alt for chart in charts]
    names = zipfile.ZipFile(io.BytesIO(packs.file(name, "docx"))).namelist()
    assert sum(file.endswith(".svg") for file in names) == len(charts)
    assert document.element.xml.count("svgBlip") == len(charts)
    assert all(shape.width <= Mm(174) for shape in document.inline_shapes)


def test_pages_are_numbered_and_the_language_is_set(packs: Packs):
    document = word(packs, f"city {NONE}")
    foot = document.sections[0].footer._element.xml
    assert re.findall(r'w:instr="(\w+)"', foot) == ["PAGE", "NUMPAGES"]
    assert document.core_properties.language == "en"
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}


@pytest.mark.parametrize("name", EVERY)
def test_everything_to_read_is_there_with_its_link(packs: Packs, name: str):
    document, told = word(packs, name), text_of(word(packs, name))
    opens = {link.target_ref for link in document.part.rels.values() if link.is_external}
    listed = [p for s in packs.pack(name).sections for p in s.parts if isinstance(p, Entries)]
    for entry in (entry for part in listed for entry in part.entries):
        assert " ".join(entry.title.split()) in told
        assert not entry.address or entry.address in opens


@pytest.mark.parametrize("name", ["review rpci", "review"])
def test_no_word_of_a_table_is_wider_than_its_column(packs: Packs, name: str):
    tables = [part for section in packs.pack(name).sections for part in section.parts if isinstance(part, Table)]
    checked = 0
    for table, written in zip(tables, word(packs, name).tables[-len(tables) :], strict=True):
        if len(written.columns) > MANY_COLUMNS:
            continue
        for column, cell, longest in zip(written.columns, written.rows[0].cells, table.longest(), strict=True):
            head = cell.text.split()
            widest = max(measure.width(one, CELL, bold=one in head) for one in [*head, longest])
            assert widest < column.width.pt - 2 * 5.4, (table.title, longest)
            checked += 1
    assert checked > 20
