"""What all printed documents have in common: their frame, their letters, and how data becomes pages.

What people wrote reaches the typesetter as data (``sys.inputs.document``); the templates alone are read as markup.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import typst

from icc_data.analysis.sources import best_address
from icc_data.analysis.time_words import when_in_words
from icc_data.cells import python_value
from icc_data.drawing.palette import LIGHT, mix
from icc_data.files.export import PROGRAMME, Provenance
from icc_data.i18n import day, language
from icc_data.i18n import translate as _

FOLDER = Path(__file__).parent
FONT = "Libertinus Serif"
# Of a drawing that has to fit: by the second, which it has, vl-convert measures the words that the typesetter then sets
# in the first, which is a little narrower.
LETTERS = f'"{FONT}", "Liberation Sans"'
LONGEST_ADDRESS = 2000
# PDF/UA-1, as far as the typesetter checks it: a title, a language, headings in order, alternative texts.
ACCESSIBLE: Final = "ua-1"
# Of an address that is shown in full.
LONGEST_SHOWN = 100
_PROBE = f'#set text(font: "{FONT}")\n#set document(title: "x")\n#sys.inputs.letters'.encode()

Content = dict[str, Any]


@cache
def fonts() -> typst.Fonts:
    """The letters of every document: the typesetter's own and those beside this file, never those of the machine."""
    return typst.Fonts(include_system_fonts=False, font_paths=[FOLDER / "fonts"])


def frame(kind: str, title: str, provenance: Provenance, *, hue: str, foot: Sequence[str], letters: int) -> Content:
    """What stands around a document.

    Args:
        kind: what kind of document it is.
        title: its title.
        provenance: where the view is, and which data it shows.
        hue: its colour.
        foot: what stands at its end, sentence by sentence; the address of the view comes below.
        letters: the most letters that its address may have on paper; it opens in full.
    """
    return {
        "language": language(),
        "author": _("Intercultural Cities Atlas"),
        "colours": {
            "hue": hue,
            # Words need more contrast than bars.
            "heading": mix(hue, "#000000", 0.3),
            "text": LIGHT.text,
            "muted": LIGHT.muted,
            "grid": LIGHT.grid,
            "less": LIGHT.less,
        },
        "kind": kind,
        "made": day(provenance.accessed),
        "title": title,
        "own": provenance.own,
        "foot": list(foot),
        "address": web_address(provenance.address),
        "address_words": short(provenance.address, letters),
    }


def programme() -> str:
    """Where the practices are published."""
    words = _("Good practices published by the Intercultural Cities programme of the Council of Europe: {address}")
    return words.format(address=PROGRAMME)


def coding() -> str:
    """Who assigned policy areas and themes, and what is not counted."""
    return _(
        "Policy areas and themes were assigned by the Intercultural Cities Atlas from titles and summaries; what "
        "was not published is not counted."
    )


def version(provenance: Provenance) -> str:
    """Which data a document shows."""
    words = _("Data version {version}, as of {date}.")
    return words.format(version=provenance.version, date=day(provenance.as_of))


def running(title: str, provenance: Provenance) -> Content:
    """What stands at the foot of every page of a document of several: its title, its data, which page it is."""
    words = _("{title} · data version {version}, as of {date} · CC BY 4.0")
    return {
        "words": words.format(
            title=short(title, LONGEST_SHOWN // 2), version=provenance.version, date=day(provenance.as_of)
        ),
        "pages": _("Page {page} of {pages}"),
    }


def typeset(template: Path, content: Mapping[str, Any], provenance: Provenance, root: Path = FOLDER) -> bytes:
    """A document as PDF; the same content on the same day gives the same file.

    Args:
        template: what reads the content.
        content: what the document says.
        provenance: gives the day.
        root: the folder that the template may read from.
    """
    compiler = typst.Compiler(template, root=root, font_paths=fonts(), sys_inputs=inputs(content))
    day_made = datetime.combine(provenance.accessed, time(), UTC)
    try:
        written = compiler.compile(format="pdf", timestamp=day_made, pdf_standards=ACCESSIBLE)
    except typst.TypstError:
        # PDF/UA allows no letter without a glyph; the document is worth having with an empty box in it.
        written = compiler.compile(format="pdf", timestamp=day_made)
    assert isinstance(written, bytes)
    return written


def inputs(content: Mapping[str, Any]) -> dict[str, str]:
    """A content as the templates read it; letters that cannot be printed are said at the foot."""
    text = json.dumps(content, ensure_ascii=False)
    if without_glyph(text):
        words = _("An empty box stands for a letter that this document cannot print; the pages of the atlas have it.")
        text = json.dumps({**content, "foot": [*content["foot"], words]}, ensure_ascii=False)
    return {"document": text}


def without_glyph(text: str) -> str:
    """The letters of a text that no font of the documents has, each once, in order."""
    # Latin letters, and what takes no ink, are always there.
    rare = sorted(c for c in set(text) if c > "\u024f" and unicodedata.category(c)[0] not in "ZCM")
    return "" if _printable("".join(rare)) else "".join(c for c in rare if not _printable(c))


@lru_cache(maxsize=10_000)
def _printable(letters: str) -> bool:
    # Archival PDF alone is refused where a letter has no glyph; otherwise an empty box is printed.
    compiler = typst.Compiler(_PROBE, font_paths=fonts(), sys_inputs={"letters": letters})
    try:
        compiler.compile(format="pdf", pdf_standards="a-2b")
    except typst.TypstError:
        return False
    return True


def drawing(chart: Any, width: float, height: float | None = None) -> str:
    """A chart as SVG, in the letters of the documents.

    Args:
        chart: an Altair chart.
        width: of the whole drawing, pixels.
        height: of the drawing without its axes, pixels; its own if None.
    """
    # Loaded only for a document: everything else starts sooner without it.
    import vl_convert

    spec = chart.to_dict(validate=False)
    spec["width"] = width
    if height is not None:
        spec["height"] = height
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    config = spec["config"]
    config["axis"]["labelLimit"] = width / 2
    config |= {"font": LETTERS, "text": {**config.get("text", {}), "font": LETTERS}}
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))


def practice(row: Mapping[Any, Any], letters: int) -> Content:
    """A practice: title, place and time, summary, and where to read it.

    Args:
        row: a row of ``queries.practices``.
        letters: the most that a text may have.
    """
    facts = {str(name): python_value(value) for name, value in row.items()}
    source = best_address(row) or ""
    place = facts["city_names"] or facts["country_names"] or _("city not stated")
    when = when_in_words(facts)
    return {
        "title": short(facts["title"], letters),
        "place": short(f"{place} · {when}", max(letters // 2, 60)),
        "summary": short(facts["summary"] or "", letters),
        "address": web_address(source),
        "source": short(source, max(letters, LONGEST_SHOWN)) or _("No source address"),
    }


def web_address(text: str) -> str:
    """A web address that a reader may open; empty where a text is none."""
    usable = text.isprintable() and len(text) <= LONGEST_ADDRESS
    return text if usable and urlsplit(text).scheme in ("http", "https") else ""


def short(text: str, letters: int) -> str:
    """A text on one line, without control characters, cut at a word where it is too long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(line) <= letters:
        return line
    cut = line[: letters - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut[letters // 2 :] else cut}…"
