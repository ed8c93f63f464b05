"""A picture as a slide of its own: a title that can be edited, the drawing with a description, the method as notes."""

from __future__ import annotations

import io
from bisect import bisect_left
from collections.abc import Sequence

from icc_data.drawing.palette import Look
from icc_data.files.export import Provenance
from icc_data.files.workbook import CONTROL, MISFIT
from icc_data.i18n import language
from icc_data.i18n import translate as _

# A slide of 16:9, points; the margins around what stands on it.
_WIDTH, _HEIGHT, _LEFT, _TOP = 960.0, 540.0, 36.0, 84.0
# Of the title: where it begins, how high it is, and its letters, the largest first.
_TITLE_TOP, _TITLE_HEIGHT, _TITLE_SIZES = 20.0, 56.0, (24.0, 20.0, 17.0, 14.0, 12.0)
# What stands above and beside words in a box of PowerPoint, both sides together.
_INSET_X, _INSET_Y = 14.4, 7.2
# Of a property of a document, by python-pptx.
_LONGEST_PROPERTY = 255


def slide(png: bytes, size: tuple[float, float], look: Look, provenance: Provenance, notes: Sequence[str]) -> bytes:
    """A PowerPoint file with one slide.

    Args:
        png: the drawing, without its title.
        size: its width and height, in any measure.
        look: the colours.
        provenance: the title and the source.
        notes: how it was computed, a sentence each.
    """
    # Loaded only for a slide: everything else starts sooner without it.
    from pptx import Presentation
    from pptx.dml.color import RGBColor
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(_WIDTH), Pt(_HEIGHT)
    page = deck.slides.add_slide(deck.slide_layouts[5])
    heading = page.shapes.title
    heading.left, heading.top = Pt(_LEFT), Pt(_TITLE_TOP)
    heading.width, heading.height = Pt(_WIDTH - 2 * _LEFT), Pt(_TITLE_HEIGHT)
    title, size_of_title = _fitting(_clean(provenance.title))
    heading.text_frame.text = title
    heading.text_frame.word_wrap = True
    words = heading.text_frame.paragraphs[0]
    words.alignment, words.font.size, words.font.bold = PP_ALIGN.LEFT, Pt(size_of_title), True
    words.font.color.rgb = RGBColor.from_string(look.text.lstrip("#").upper())
    page.background.fill.solid()
    page.background.fill.fore_color.rgb = RGBColor.from_string(look.background.lstrip("#").upper())
    room_x, room_y = _WIDTH - 2 * _LEFT, _HEIGHT - _TOP - 16
    scale = min(room_x / size[0], room_y / size[1])
    width, height = size[0] * scale, size[1] * scale
    drawing = page.shapes.add_picture(
        io.BytesIO(png), Pt(_LEFT + (room_x - width) / 2), Pt(_TOP), Pt(width), Pt(height)
    )
    drawing._element.nvPicPr.cNvPr.set("descr", _clean(" ".join([provenance.title, *provenance.selection])))
    whole = [] if title == _clean(provenance.title) else [provenance.title]
    told = [*whole, *notes, provenance.own, provenance.address]
    page.notes_slide.notes_text_frame.text = "\n".join(_clean(words) for words in told if words)
    about = deck.core_properties
    about.title, about.author = _clean(provenance.title)[:_LONGEST_PROPERTY], _("Intercultural Cities Atlas")
    about.language = language()
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _clean(text: str) -> str:
    """A text on one line that XML can hold."""
    return " ".join(CONTROL.sub(MISFIT, text).split())


def _fitting(title: str) -> tuple[str, float]:
    """A title and the largest letters in which it keeps to its box; cut where it would not in the smallest."""
    # Loaded only for a slide, as it comes with all that packs are made of.
    from icc_data.files.pack import measure

    room = _WIDTH - 2 * _LEFT - _INSET_X

    def fits(text: str, size: float) -> bool:
        return measure.height(text, room, size, bold=True) <= _TITLE_HEIGHT - _INSET_Y

    size = next((size for size in _TITLE_SIZES if fits(title, size)), _TITLE_SIZES[-1])
    if fits(title, size):
        return title, size
    fitting = bisect_left(range(len(title)), True, key=lambda end: not fits(f"{title[:end]}…", size))
    return f"{title[: fitting - 1].rstrip()}…", size
