"""A picture as a slide of its own: a title that can be edited, the drawing with a description, the method as notes."""

from __future__ import annotations

import io
from collections.abc import Sequence

from icc_data.drawing.palette import Look
from icc_data.files.export import Provenance
from icc_data.files.workbook import CONTROL, MISFIT
from icc_data.i18n import language
from icc_data.i18n import translate as _

# A slide of 16:9, points; the margins around what stands on it.
_WIDTH, _HEIGHT, _LEFT, _TOP = 960.0, 540.0, 36.0, 84.0


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
    heading.left, heading.top, heading.width, heading.height = Pt(_LEFT), Pt(20), Pt(_WIDTH - 2 * _LEFT), Pt(56)
    heading.text_frame.text = CONTROL.sub(MISFIT, provenance.title)
    heading.text_frame.word_wrap = True
    words = heading.text_frame.paragraphs[0]
    words.alignment, words.font.size, words.font.bold = PP_ALIGN.LEFT, Pt(24), True
    words.font.color.rgb = RGBColor.from_string(look.text.lstrip("#").upper())
    page.background.fill.solid()
    page.background.fill.fore_color.rgb = RGBColor.from_string(look.background.lstrip("#").upper())
    room_x, room_y = _WIDTH - 2 * _LEFT, _HEIGHT - _TOP - 16
    scale = min(room_x / size[0], room_y / size[1])
    width, height = size[0] * scale, size[1] * scale
    drawing = page.shapes.add_picture(
        io.BytesIO(png), Pt(_LEFT + (room_x - width) / 2), Pt(_TOP), Pt(width), Pt(height)
    )
    drawing._element.nvPicPr.cNvPr.set("descr", " ".join([provenance.title, *provenance.selection]))
    told = [*notes, provenance.own, provenance.address]
    page.notes_slide.notes_text_frame.text = "\n".join(CONTROL.sub(MISFIT, words) for words in told if words)
    about = deck.core_properties
    about.title, about.author = CONTROL.sub(MISFIT, provenance.title), _("Intercultural Cities Atlas")
    about.language = language()
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()
