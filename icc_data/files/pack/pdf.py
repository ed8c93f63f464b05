"""A pack as PDF, on A4 or 16:9: tagged, in its language, with its letters embedded and its charts as vectors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from icc_data.files.pack.drawn import drawn_svg, ratio
from icc_data.files.pack.model import Chart, Entries, Facts, Lines, Pack, Part, Table
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
# Pixels of a chart as wide as the text, at which its letters are as large as small print.
WIDTH_UPRIGHT, WIDTH_WIDE = 640, 560


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
                "parts": [_part(part, section.heading, wide=wide) for part in section.parts],
            }
            for section in pack.sections
        ],
        "closing": [
            {"heading": _("How it was made"), "sentences": list(pack.method)},
            {"heading": _("Sources"), "sentences": list(pack.sources)},
        ],
    }
    return typeset(TEMPLATE, content, pack.provenance, root=ROOT)


def _part(part: Part, heading: str, *, wide: bool) -> Content:
    if isinstance(part, Facts):
        return _facts(part)
    if isinstance(part, Lines):
        return {"type": "lines", "sentences": list(part.sentences), "listed": part.listed}
    # A title that says what the heading has said is not said again.
    titled = {"title": part.title, "titled": part.title != heading}
    if isinstance(part, Entries) and part.compact:
        titled["title"] = labelled(part.title, "")
    if isinstance(part, Chart):
        return {"type": "chart", **titled, **_chart(part, wide=wide)}
    if isinstance(part, Table):
        return {"type": "table", **titled, **_table(part)}
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


def _table(part: Table) -> Content:
    return {
        "columns": [
            {"label": column.label, "number": column.kind != "text", "weight": column.weight}
            for column in part.on_paper().columns
        ],
        "rows": list(part.printed()),
        "notes": _noted(part.notes, part.remainder()),
    }


def _chart(chart: Chart, *, wide: bool) -> Content:
    drawn = drawn_svg(chart, WIDTH_WIDE if wide else WIDTH_UPRIGHT)
    key = [{"colour": series.colour, "label": series.label} for series in chart.series if chart.keyed]
    return {"drawing": drawn, "ratio": ratio(drawn), "alt": chart.alt, "key": key, "notes": list(chart.notes)}


def _noted(notes: Sequence[str], *others: str) -> list[str]:
    return [note for note in (*notes, *others) if note]
