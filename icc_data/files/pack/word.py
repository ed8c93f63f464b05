"""A pack as a Word document to go on with: real headings, captions, tables whose head comes again on every page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as FilePart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from icc_data.drawing.palette import LIGHT, mix
from icc_data.files.export import PICTURES
from icc_data.files.pack import measure
from icc_data.files.pack.drawn import drawn_png, drawn_svg
from icc_data.files.pack.model import Chart, Entries, Entry, Facts, Lines, Pack, Part, Table
from icc_data.files.report.document import running, version
from icc_data.files.word import clean, counted, linked
from icc_data.i18n import day, labelled, language
from icc_data.i18n import translate as _

# Millimetres, and pixels of a chart as wide.
TEXT_WIDTH = 174
WIDTH = 640
# Points: of the letters in a table.
CELL = 9
MANY_COLUMNS = 12
# Rows of a table that no page break divides.
SHORT_TABLE = 12
_SIZES = {"Normal": 10, "Title": 24, "Heading 1": 14, "Heading 2": 12, "Caption": 9}
# What Office calls the drawing that it shows in the place of a picture.
_SVG = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_ASVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"


def pack_document(pack: Pack) -> bytes:
    """A pack as a Word file.

    Args:
        pack: what stands in it.
    """
    writer = _Writer(pack)
    writer.write()
    out = io.BytesIO()
    writer.document.save(out)
    return out.getvalue()


class _Writer:
    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.document = _upright(pack)
        # Of the captions, which Word numbers anew where somebody adds one.
        self._numbers = {_("Figure"): 0, _("Table"): 0}

    def write(self) -> None:
        document, pack = self.document, self.pack
        document.add_heading(clean(pack.title), 0)
        for words in (pack.kind, pack.place, *pack.scope, day(pack.provenance.accessed), version(pack.provenance)):
            if words:
                document.add_paragraph(clean(words))
        if pack.provenance.own:
            document.add_paragraph().add_run(clean(pack.provenance.own)).bold = True
        if pack.provenance.address:
            linked(document.add_paragraph(), pack.provenance.address, pack.provenance.address)
        if pack.numbers.facts:
            self._facts(pack.numbers)
        if pack.findings:
            document.add_heading(_("Findings"), 1)
            self._lines(Lines(pack.findings, listed=True))
        for section in pack.sections:
            document.add_heading(clean(section.heading), 1)
            if section.rule:
                self._small(section.rule).paragraph_format.keep_with_next = True
            for part in section.parts:
                self._part(part)
        for heading, sentences in ((_("How it was made"), pack.method), (_("Sources"), pack.sources)):
            document.add_heading(heading, 1)
            for place, sentence in enumerate(sentences, start=1):
                # No page has only the end of it.
                self._small(sentence).paragraph_format.keep_with_next = place < len(sentences)

    def _part(self, part: Part) -> None:
        if isinstance(part, Facts):
            self._facts(part)
        elif isinstance(part, Lines):
            self._lines(part)
        elif isinstance(part, Chart):
            self._chart(part)
        elif isinstance(part, Table):
            self._table(part)
        else:
            self._entries(part)

    def _small(self, words: str) -> Paragraph:
        paragraph = self.document.add_paragraph()
        run = paragraph.add_run(clean(words))
        run.font.size, run.font.color.rgb = Pt(9), _rgb(LIGHT.muted)
        return paragraph

    def _lines(self, part: Lines) -> None:
        for sentence in part.sentences:
            if part.listed:
                self.document.add_paragraph(clean(sentence), style="List Bullet")
            else:
                self._small(sentence)

    def _facts(self, part: Facts) -> None:
        heads = [_("Fact"), _("Value"), _("Of what") if part.boxed else _("Year or source")]
        rows = [[fact.label, fact.value, fact.note] for fact in part.facts]
        _grid(self.document, heads, rows, [0.4, 0.35, 0.25], [False] * 3)
        self.document.add_paragraph()

    def _caption(self, kind: str, words: str) -> None:
        self._numbers[kind] += 1
        paragraph = self.document.add_paragraph(style="Caption")
        paragraph.add_run(f"{kind} ")
        counted(paragraph, f"SEQ {kind} \\* ARABIC", str(self._numbers[kind]))
        paragraph.add_run(f". {clean(words)}")
        # A table goes with what stands above it, a picture with what stands below.
        paragraph.paragraph_format.keep_with_next = kind == _("Table")

    def _chart(self, chart: Chart) -> None:
        if chart.keyed:
            self._key(chart)
        drawn = drawn_svg(chart, WIDTH)
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        picture = paragraph.add_run().add_picture(io.BytesIO(drawn_png(drawn)), width=Mm(TEXT_WIDTH))
        picture._inline.docPr.set("descr", clean(chart.alt))
        _as_vectors(self.document, picture, drawn, self._numbers[_("Figure")] + 1)
        self._caption(_("Figure"), chart.title)
        for note in chart.notes:
            self._small(note)

    def _key(self, chart: Chart) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        for series in chart.series:
            square = paragraph.add_run("■ ")
            square.font.color.rgb = _rgb(series.colour)
            paragraph.add_run(f"{clean(series.label)}   ").font.size = Pt(9)

    def _table(self, table: Table) -> None:
        self._caption(_("Table"), table.title)
        columns = table.on_paper().columns
        heads, numbers = [column.label for column in columns], [column.kind != "text" for column in columns]
        beside = 2 * _margin(heads) + 2
        shares = measure.shares(heads, table.weights(), table.longest(), Mm(TEXT_WIDTH).pt, CELL, beside)
        _grid(self.document, heads, list(table.printed()), shares, numbers)
        for note in (*table.notes, table.remainder()):
            if note:
                self._small(note)

    def _entries(self, part: Entries) -> None:
        if part.compact:
            paragraph = self.document.add_paragraph(clean(labelled(part.title, "")))
            for place, entry in enumerate(part.entries):
                paragraph.add_run(" · " if place else "")
                linked(paragraph, entry.address, entry.title)
            return
        for entry in part.entries:
            self._entry(entry)
        if part.note:
            self._small(part.note)

    def _entry(self, entry: Entry) -> None:
        first = self.document.add_paragraph()
        alone = not (entry.note or entry.words or entry.source)
        run = first.add_run(clean(entry.title))
        run.bold = not alone
        if alone and entry.address:
            first.add_run(" ")
            linked(first, entry.address, _("source"))
        if entry.note:
            first.add_run(f"  {clean(entry.note)}").font.color.rgb = _rgb(LIGHT.muted)
        first.paragraph_format.keep_with_next = not alone
        if entry.words:
            self.document.add_paragraph(clean(entry.words)).paragraph_format.keep_with_next = bool(entry.source)
        if entry.source:
            linked(self.document.add_paragraph(), entry.address, entry.source)


def _upright(pack: Pack) -> WordDocument:
    """An empty document on A4, with its data and the number of the page at the foot of each."""
    document = Document()
    facts = document.core_properties
    facts.title, facts.author, facts.comments = clean(pack.title), _("Intercultural Cities Atlas"), ""
    facts.language = language()
    facts.created = facts.modified = datetime.combine(pack.provenance.accessed, time(), UTC)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm((210 - TEXT_WIDTH) / 2)
    page.top_margin = page.bottom_margin = Mm(18)
    heading = _rgb(mix(pack.colour, "#000000", 0.3))
    for name, size in _SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size = measure.LETTERS, Pt(size)
        # The theme of the template would choose other letters.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{attribute}"), None)
        if name != "Normal":
            style.font.color.rgb = heading
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    for spoken in document.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), _spoken())
    foot = page.footer.paragraphs[0]
    foot.add_run(f"{clean(str(running(pack.title, pack.provenance)['words']))} · ").font.size = Pt(8)
    counted(foot, "PAGE", "1")
    foot.add_run(" / ").font.size = Pt(8)
    counted(foot, "NUMPAGES", "1")
    return document


def _spoken() -> str:
    return {"en": "en-GB"}.get(language(), language())


def _grid(
    document: WordDocument,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    shares: Sequence[float],
    numbers: Sequence[bool],
) -> None:
    """A table whose head comes again on every page, and whose rows no page break divides."""
    table = document.add_table(1 + len(rows), len(heads), style="Table Grid")
    table.autofit = False
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(_lines_between())
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        # Twentieths of a point.
        margin.set(qn("w:w"), str(round(20 * _margin(heads))))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    _after_layout(table._tbl.tblPr, margins)
    widths = [Mm(TEXT_WIDTH * share) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    # Row by row: a table of python-docx counts all of its cells whenever it is asked for one.
    for line, (row, texts) in enumerate(zip(table.rows, [heads, *rows], strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if line == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, width, is_number in zip(row.cells, texts, widths, numbers, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(clean(text))
            run.bold, run.font.size = line == 0, Pt(CELL)
            # A short table stays on a page.
            paragraph.paragraph_format.keep_with_next = line < (len(rows) if len(rows) <= SHORT_TABLE else 1)
            paragraph.paragraph_format.space_after = Pt(2)
            if line == 0:
                cell._tc.get_or_add_tcPr().append(_shade(LIGHT.surface))
            if is_number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _lines_between() -> Any:
    """Thin lines between the rows of a table, and none between its columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "single" if side in ("top", "bottom", "insideH") else "nil")
        # Eighths of a point.
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), LIGHT.muted.lstrip("#").upper())
        borders.append(line)
    return borders


def _shade(colour: str) -> Any:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour.lstrip("#").upper())
    return shade


def _margin(heads: Sequence[str]) -> float:
    """What stands free at either side of the words of a cell, points: little where there are many columns."""
    return 2 if len(heads) > MANY_COLUMNS else 5.4


def _after_layout(properties: Any, margins: Any) -> None:
    """Put the margins where the format wants them: below the layout of the table, above its look."""
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(margins)
    else:
        look.addprevious(margins)


def _as_vectors(document: WordDocument, picture: Any, drawn: str, number: int) -> None:
    """Beside the picture put the drawing itself, which newer programs show in its place."""
    name = PackURI(f"/word/media/drawing{number}.svg")
    part = FilePart(name, PICTURES["svg"].mime, drawn.encode(), document.part.package)
    link = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    blip = next(picture._inline.iter(qn("a:blip")))
    extension = OxmlElement("a:ext")
    extension.set("uri", _SVG)
    drawing = extension.makeelement(f"{{{_ASVG}}}svgBlip", nsmap={"asvg": _ASVG})
    drawing.set(qn("r:embed"), link)
    extension.append(drawing)
    extensions = OxmlElement("a:extLst")
    extensions.append(extension)
    blip.append(extensions)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#").upper())
