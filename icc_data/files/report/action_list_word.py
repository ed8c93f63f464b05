"""The list of actions of a policy audit as a Word document, to be edited by those who work through it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

import pandas as pd
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell

from icc_data.analysis.audit import NEED_RULE
from icc_data.analysis.audit_rows import first_needs, need_headings
from icc_data.cells import dicts_of, is_known
from icc_data.drawing.palette import LIGHT
from icc_data.files.export import LICENCE, Provenance
from icc_data.files.report.document import coding, programme, version
from icc_data.files.word import clean, counted, linked
from icc_data.i18n import day, language, number
from icc_data.i18n import translate as _

FIRST_AREAS = 5
_LETTERS = "Calibri"
# Of a landscape A4 page within its margins, in millimetres: the columns in which somebody writes take half of it.
_ACTION_WIDTHS = (137, 50, 32, 46)
_NEED_WIDTHS = (72, 24, 85, 34, 50)


def word_action_list(
    city: str, actions: pd.DataFrame, needs: pd.DataFrame, rests_on: Sequence[str], provenance: Provenance
) -> bytes:
    """The list of actions with room for who does what by when, as a Word document.

    Args:
        city, actions, needs, rests_on, provenance: as in ``action_list_workbook.action_workbook``.
    """
    title = _("Action list of {city}").format(city=city)
    document = _landscape(title, provenance)
    document.add_heading(clean(title), 0)
    document.add_paragraph(f"{_('Intercultural Cities Atlas · Policy audit')} · {day(provenance.accessed)}")
    if provenance.own:
        document.add_paragraph().add_run(clean(provenance.own)).bold = True
    document.add_heading(_("Areas to work on"), 1)
    _needs_table(document, needs, set(actions["area"]) if len(actions) else set())
    _actions(document, actions, list(needs["area"]))
    document.add_heading(_("What this rests on"), 1)
    for sentence in [*rests_on, _(NEED_RULE)]:
        document.add_paragraph(clean(sentence), style="List Bullet")
    for sentence in (programme(), coding(), _(LICENCE)):
        document.add_paragraph(sentence)
    if provenance.address:
        linked(document.add_paragraph(), provenance.address, provenance.address)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _landscape(title: str, provenance: Provenance) -> WordDocument:
    """An empty document on A4 in landscape, with the version of its data at the foot of every page."""
    document = Document()
    facts = document.core_properties
    facts.title, facts.author, facts.comments = clean(title), _("Intercultural Cities Atlas"), ""
    facts.language = language()
    facts.created = facts.modified = datetime.combine(provenance.accessed, time(), UTC)
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(16)
    for name, size in (("Normal", 10.5), ("Title", 22), ("Heading 1", 14), ("Heading 2", 12)):
        style = document.styles[name]
        style.font.name, style.font.size = _LETTERS, Pt(size)
        # The theme of the template would choose other letters for headings.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{attribute}"), None)
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(LIGHT.amount.lstrip("#").upper())
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    foot = page.footer.paragraphs[0]
    foot.add_run(f"{clean(title)} · {version(provenance)} CC BY 4.0 · ")
    counted(foot, "PAGE", "1")
    return document


def _needs_table(document: WordDocument, needs: pd.DataFrame, picked: set[str]) -> None:
    """The areas that need most and those of the picked practices."""
    listed, unknown = first_needs(needs, FIRST_AREAS, picked)
    if listed.empty:
        document.add_paragraph(_("No area has a need by what was rated and weighed."))
    else:
        _needs_rows(document, listed)
    if unknown:
        document.add_paragraph(clean(unknown))


def _needs_rows(document: WordDocument, listed: pd.DataFrame) -> None:
    """The areas as a table, each with the parts of its need."""
    words = need_headings()
    heads = [words[name] for name in ("area", "need", "gap", "importance", "lend")]
    table = _table(document, heads, _NEED_WIDTHS)
    for row in dicts_of(listed):
        gap = f"{number(row['gap'])} ({row['gap_basis']})" if is_known(row["gap"]) else row["gap_basis"]
        importance = number(row["importance"], 0 if row["importance"] % 1 == 0 else 1)
        texts = (row["area"], number(row["need"]) if is_known(row["need"]) else "?", gap, importance, row["lend"])
        for cell, text in zip(_new_row(table, _NEED_WIDTHS), texts, strict=True):
            cell.text = clean(text)


def _actions(document: WordDocument, actions: pd.DataFrame, order: Sequence[str]) -> None:
    """The picked practices, area by area, the one that needs most first."""
    if actions.empty:
        document.add_heading(_("Practices to borrow"), 1)
        document.add_paragraph(_("None was picked."))
        return
    for area in dict.fromkeys([*order, *actions["area"]]):
        rows = dicts_of(actions[actions["area"] == area])
        if not rows:
            continue
        document.add_heading(_("Practices to borrow: {area}").format(area=clean(area)), 1)
        table = _table(document, [_("Practice"), _("Who"), _("By when"), _("Notes")], _ACTION_WIDTHS)
        for row in rows:
            _describe(_new_row(table, _ACTION_WIDTHS)[0], row)


def _describe(cell: _Cell, row: Mapping[str, Any]) -> None:
    """A practice: its title, where and when, what it is, why, and where to read it; what is not known is left out."""
    first = cell.paragraphs[0]
    first.add_run(clean(row["practice"])).bold = True
    place = [row["city"] or _("city not stated"), row["when"] or _("no year published")]
    for text in (" · ".join(place), row["summary"], row["why"]):
        if text:
            cell.add_paragraph(clean(text))
    if row["source"]:
        linked(cell.add_paragraph(), row["source"], row["source"])


def _table(document: WordDocument, heads: Sequence[str], widths: Sequence[int]) -> Any:
    """An empty table whose heading comes again on every page."""
    table = document.add_table(1, len(heads), style="Table Grid")
    table.autofit = False
    for cell, words, width in zip(table.rows[0].cells, heads, widths, strict=True):
        cell.width = Mm(width)
        cell.paragraphs[0].add_run(words).bold = True
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def _new_row(table: Any, widths: Sequence[int]) -> list[_Cell]:
    """The cells of a new row, which no page break divides."""
    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = Mm(width)
    return list(row.cells)
