"""A pack as PDF, on A4 or 16:9: tagged, in its language, with its letters embedded and its charts as vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from icc_data.files.pack import measure
from icc_data.files.pack.drawn import drawn_svg, ratio
from icc_data.files.pack.model import Chart, Entries, Facts, Lines, Pack, Part, Section, Table
from icc_data.files.report.document import (
    LONGEST_SHOWN,
    Content,
    frame,
    running,
    short,
    typeset,
    version,
)
from icc_data.i18n import labelled
from icc_data.i18n import translate as _

TEMPLATE = Path(__file__).parent / "pack.typ"
ROOT = TEMPLATE.parents[1]
# Pixels of a chart as wide as the text, at which its letters are as large as small print; and of one that has a page.
WIDTH_UPRIGHT, WIDTH_WIDE, HEIGHT_WIDE = 640, 900, 320
# Points: the width of the text, and the letters of tables, on A4 and on 16:9; beside the words of a cell, both sides.
TEXT_WIDTHS, CELLS, BESIDE = (504.0, 751.0), (8.4, 11.4), 9.0


def pack_pdf(pack: Pack, *, wide: bool = False) -> bytes:
    """A pack as PDF; the same pack on the same day gives the same file.

    Args:
        pack: what stands in it.
        wide: on 16:9 for a projector instead of A4 upright.
    """
    content = {
        **frame(pack.kind, pack.title, pack.provenance, hue=pack.colour, foot=(), letters=LONGEST_SHOWN),
        "wide": wide,
        "running": running(pack.title, pack.provenance),
        "version": version(pack.provenance),
        "place": pack.place,
        "scope": list(pack.scope),
        "numbers": _facts(pack.numbers),
        "findings_title": _("Findings"),
        "findings": list(pack.findings),
        "sections": [
            {
                "heading": section.heading,
                "rule": section.rule,
                "parts": [_part(part, section, wide=wide) for part in section.parts],
            }
            for section in pack.sections
        ],
        "closing": [
            {"heading": _("How it was made"), "sentences": list(pack.method)},
            {"heading": _("Sources"), "sentences": list(pack.sources)},
        ],
    }
    return typeset(TEMPLATE, content, pack.provenance, root=ROOT)


def _part(part: Part, section: Section, *, wide: bool) -> Content:
    if isinstance(part, Facts):
        return _facts(part)
    if isinstance(part, Lines):
        return {"type": "lines", "sentences": list(part.sentences), "listed": part.listed}
    # A title that says what the heading has said is not said again.
    titled = {"title": part.title, "titled": part.title != section.heading}
    if isinstance(part, Entries) and part.compact:
        titled["title"] = labelled(part.title, "")
    if isinstance(part, Chart):
        is_alone = all(isinstance(other, Lines) or other is part for other in section.parts)
        return {"type": "chart", **titled, **_chart(part, wide=wide, is_alone=is_alone)}
    if isinstance(part, Table):
        return {"type": "table", **titled, **_table(part, wide=wide)}
    assert isinstance(part, Entries)
    entries = [
        {
            "title": entry.title,
            "note": entry.note,
            "words": entry.words,
            "address": entry.address,
            "source": short(entry.source, LONGEST_SHOWN),
        }
        for entry in part.entries
    ]
    return {"type": "entries", **titled, "entries": entries, "note": part.note, "compact": part.compact}


def _facts(part: Facts) -> Content:
    facts = [
        # A box has the value below the label, a line has it behind.
        {"label": fact.label if part.boxed else labelled(fact.label, ""), "value": fact.value, "note": fact.note}
        for fact in part.facts
    ]
    return {"type": "facts", "boxed": part.boxed, "facts": facts}


def _table(table: Table, *, wide: bool) -> Content:
    columns = table.on_paper().columns
    heads = [column.label for column in columns]
    shares = measure.shares(heads, table.weights(), table.longest(), TEXT_WIDTHS[wide], CELLS[wide], BESIDE)
    return {
        "columns": [
            {"label": column.label, "number": column.kind != "text", "share": share}
            for column, share in zip(columns, shares, strict=True)
        ],
        "rows": list(table.printed()),
        "notes": _noted(table.notes, table.remainder()),
    }


def _chart(chart: Chart, *, wide: bool, is_alone: bool) -> Content:
    height = HEIGHT_WIDE if wide and is_alone and chart.height is not None else chart.height
    drawn = drawn_svg(replace(chart, height=height), WIDTH_WIDE if wide else WIDTH_UPRIGHT)
    key = [{"colour": series.colour, "label": series.label} for series in chart.series if chart.keyed]
    return {"drawing": drawn, "ratio": ratio(drawn), "alt": chart.alt, "key": key, "notes": list(chart.notes)}


def _noted(notes: Sequence[str], *others: str) -> list[str]:
    return [note for note in (*notes, *others) if note]
