"""The list of actions of a policy audit as an Excel workbook, to be filled on screen or printed and written on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from icc_data.analysis.audit import NEED_RULE
from icc_data.analysis.audit_rows import need_headings, unknown_note
from icc_data.analysis.proposals import action_headings
from icc_data.cells import dicts_of, is_known
from icc_data.files.export import LICENCE, Provenance
from icc_data.files.workbook import CONTROL, LONGEST_CELL, MISFIT
from icc_data.formula import neutral
from icc_data.i18n import day
from icc_data.i18n import translate as _
from icc_data.spreadsheet import HEAD, WRAPPED, Spreadsheet

# In digits; the columns to write in are as wide as what somebody writes by hand.
ACTION_WIDTHS = {
    "area": 18,
    "practice": 28,
    "city": 16,
    "when": 12,
    "summary": 44,
    "why": 36,
    "who": 30,
    "by_when": 20,
    "source": 32,
    "score": 12,
}
NEED_WIDTHS = {"area": 36, "need": 12, "gap": 12, "gap_basis": 40, "importance": 14, "lend": 46}
_BOX = WRAPPED | {"border": 1, "border_color": "#B8BCC6"}
_HEADING = HEAD | {"text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#B8BCC6"}


def action_workbook(
    city: str, actions: pd.DataFrame, needs: pd.DataFrame, rests_on: Sequence[str], provenance: Provenance
) -> bytes:
    """The list of actions, the areas to work on and what both rest on, as a workbook of three sheets.

    Args:
        city: what the city is called.
        actions: the answer of ``proposals.action_rows``.
        needs: the answer of ``audit_rows.need_rows``.
        rests_on: the answer of ``audit.basis``.
        provenance: where the view is, and which data it shows.
    """
    title = _("Action list of {city}").format(city=city)
    book = Spreadsheet(_text(title))
    foot = " · ".join(filter(None, (title, provenance.own and _("with own results"))))
    _sheet(book, _("Actions"), actions, action_headings(), ACTION_WIDTHS, foot)
    _sheet(book, _("Areas to work on"), needs, need_headings(), NEED_WIDTHS, foot)
    unknown = unknown_note(needs[needs["need"].isna()]["area"].tolist())
    _about(book, title, [*rests_on, *filter(None, [unknown])], provenance)
    return book.content()


def _sheet(
    book: Spreadsheet,
    name: str,
    frame: pd.DataFrame,
    words: Mapping[str, str],
    widths: Mapping[str, float],
    foot: str,
) -> None:
    """A table to print across a page in landscape, its heading on every page."""
    sheet = book.sheet(name, list(widths.values()))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    # “&” begins a code of Excel's.
    sheet.set_footer(f"&L{_text(foot).replace('&', '&&')[:150]}&R&P / &N")
    book.write_row(sheet, 0, [words[column] for column in widths], _HEADING)
    for line, row in enumerate(dicts_of(frame), start=1):
        values = [row[column] if is_known(row[column]) else None for column in widths]
        book.write_row(sheet, line, [_text(value) if isinstance(value, str) else value for value in values], _BOX)


def _about(book: Spreadsheet, title: str, rests_on: Sequence[str], provenance: Provenance) -> None:
    """What the workbook is, what it rests on and where it comes from."""
    sheet = book.sheet(_("About"), (24, 110))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    told = (
        (_("Title"), [title]),
        (_("Own results"), [provenance.own] if provenance.own else []),
        (_("What this rests on"), [*rests_on, _(NEED_RULE)]),
        (_("Address"), [provenance.address] if provenance.address else []),
        (_("Licence"), [_(LICENCE)]),
        (_("Data version"), [provenance.version]),
        (_("Data as of"), [day(provenance.as_of)]),
        (_("Downloaded"), [day(provenance.accessed)]),
    )
    line = 0
    for heading, sentences in told:
        for place, sentence in enumerate(sentences):
            book.write(sheet, line, 0, heading if place == 0 else None, {"bold": True, "valign": "top"})
            book.write(sheet, line, 1, _text(sentence), WRAPPED)
            line += 1


def _text(text: str) -> str:
    """A text as a workbook holds it, which no program runs as a formula."""
    return neutral(CONTROL.sub(MISFIT, text))[: LONGEST_CELL // 2]
