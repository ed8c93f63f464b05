"""A picture's sheet: title and selection above, source below, words that fit; written as SVG or PNG."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from xml.sax.saxutils import escape

from icc_data.cells import python_value
from icc_data.drawing.palette import Look
from icc_data.errors import AtlasError
from icc_data.files.export import LICENCE, PICTURES, Provenance
from icc_data.files.pictures.canvas import CSS_INCH, MARGIN, SCREEN, Canvas, fitted, size_of
from icc_data.files.pictures.letters import EASTERN_LETTERS, ELSEWHERE, with_letters
from icc_data.files.pictures.slide import slide
from icc_data.files.workbook import CONTROL, MISFIT
from icc_data.i18n import day
from icc_data.i18n import translate as _

# The one font that comes with vl-convert, and those of the same measures on other people's machines.
FONT = "'Liberation Sans', Arial, Helvetica, sans-serif"
MOST_LINES = 6


@dataclass(frozen=True)
class Line:
    """One line of words: its text, its size in pixels, its colour."""

    text: str
    size: float
    colour: str
    bold: bool = False

    def svg(self, x: float, y: float) -> str:
        """The line with its foot at a place."""
        weight = ' font-weight="bold"' if self.bold else ""
        place = f'x="{x:.1f}" y="{y:.1f}" font-size="{self.size:g}"'
        return f'<text {place} fill="{self.colour}"{weight}>{xml(self.text)}</text>'

    @property
    def width(self) -> float:
        """About how wide it is in pixels, rather too wide than too narrow."""
        narrow, wide = sum(c in "iljtfrI.,:;'’|! ()-·" for c in self.text), sum(c in "mwMW@%—…" for c in self.text)
        capitals, squares = sum(c.isupper() for c in self.text), sum(map(len, EASTERN_LETTERS.findall(self.text)))
        usual = len(self.text) - narrow - wide - squares
        ems = 0.33 * narrow + 0.86 * wide + 0.57 * usual + 0.12 * capitals + squares
        # A letter that no font here has takes its line along into one of the machine's, whose letters are wider.
        elsewhere = 1.25 if ELSEWHERE.search(self.text) else 1.0
        return self.size * ems * elsewhere * (1.07 if self.bold else 1.0)


@dataclass(frozen=True)
class Drawing:
    """A drawing with all that it has to say of itself.

    Attributes:
        content: the drawing, as SVG from its upper left corner on.
        width, height: of the drawing, pixels.
        look: the colours.
        provenance: the title, the selection and the source.
        notes: sentences to stand above the source.
        part: which part of its rows is drawn, a sentence below the title; empty for all.
    """

    content: str
    width: float
    height: float
    look: Look
    provenance: Provenance
    notes: Sequence[str] = ()
    part: str = ""


def finished(drawing: Drawing, form: str, canvas: Canvas) -> bytes:
    """A drawing as a file.

    Args:
        drawing: what is drawn.
        form: a key of ``PICTURES``.
        canvas: what it is for.
    """
    svg = on_sheet(drawing, form, canvas)
    if form != "pptx":
        return written(fitted(svg, canvas, drawing.look.background, in_pixels=form == "png"), form, canvas.scale)
    notes = [*([drawing.part] if drawing.part else []), *drawing.provenance.notes, *drawing.notes]
    return slide(written(svg, "png"), size_of(svg), drawing.look, drawing.provenance, notes)


def on_sheet(drawing: Drawing, form: str, canvas: Canvas) -> str:
    """A drawing on the sheet that a file of a form shows, before it is fitted; as ``finished`` takes it."""
    # The slide has the title, to be edited.
    return sheet(drawing, canvas.room, titled=form != "pptx")


def sheet(drawing: Drawing, room: float, *, titled: bool = True) -> str:
    """An SVG document with a drawing on it.

    Args:
        drawing: what is drawn.
        room: pixels across for words, where the drawing is not wider.
        titled: whether the title stands on it.
    """
    look, provenance = drawing.look, drawing.provenance
    room = max(drawing.width, room)
    chosen = " · ".join(provenance.selection)
    title = Line(provenance.title, 20, look.text, bold=True)
    head = [*(_balanced(title, room) if titled else []), *cut(wrapped(Line(chosen, 13, look.muted), room))]
    head += wrapped(Line(drawing.part, 13, look.text), room)
    remarks = (*provenance.notes, *drawing.notes, provenance.own, _source(provenance), _(LICENCE), provenance.address)
    foot = [line for note in remarks for line in wrapped(Line(note, 11, look.muted), room)]
    above, top = _block(head, MARGIN)
    below, bottom = _block(foot, top + drawing.height + 24)
    # The last pixels of a PNG of no whole size would be half transparent.
    size = f'width="{ceil(room + 2 * MARGIN)}" height="{ceil(bottom + MARGIN / 2)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" {size} '
        f'font-family="{FONT}"><title>{xml(provenance.title)}</title><desc>{xml(provenance.address)}</desc>'
        f'<rect {size} fill="{look.background}"/>{above}'
        f'<g transform="translate({MARGIN} {top + 14:g})">{drawing.content}</g>{below}</svg>'
    )


def written(svg: str, form: str, scale: float = SCREEN.scale) -> bytes:
    """An SVG document as a file.

    Args:
        svg: the document.
        form: ``svg`` or ``png``.
        scale: pixels of a PNG for each pixel of the document.
    """
    # Loaded only for a picture: everything else starts sooner without it.
    import vl_convert

    if form == "svg":
        return svg.encode()
    # It says how many of its pixels make an inch: whoever puts it into a text gets it in the size that it is made for.
    return bytes(vl_convert.svg_to_png(with_letters(svg), scale=72 / CSS_INCH, ppi=CSS_INCH * scale))


def check_form(form: str) -> None:
    """Raise an AtlasError where a picture cannot be written in this form."""
    if form not in PICTURES:
        raise AtlasError(
            _("There is no picture format “{form}”.").format(form=form[:40]),
            _("Choose one of: {formats}.").format(formats=", ".join(PICTURES)),
        )


def xml(text: str) -> str:
    """A text as it stands in SVG."""
    return escape(CONTROL.sub(MISFIT, str(python_value(text))))


def wrapped(line: Line, room: float) -> list[Line]:
    """A line as lines that are not wider than ``room`` pixels."""
    texts: list[str] = []
    for word in _words(line.text):
        if texts and replace(line, text=f"{texts[-1]} {word}").width <= room:
            texts[-1] = f"{texts[-1]} {word}"
        else:
            # A word that is too wide by itself is broken where it has to be.
            fits = replace(line, text=word).width <= room
            texts += [word] if fits else textwrap.wrap(word, max(int(room / line.size), 1))
    return [replace(line, text=text) for text in texts]


def _words(text: str) -> list[str]:
    """The words of a text, of which those that a no-break space holds together are one."""
    return [word for word in re.split("[ \t\r\n\v\f\u2028\u2029]+", text) if word]


def cut(lines: list[Line]) -> list[Line]:
    """No more lines than a drawing can have above it; the last ends in an ellipsis where there were more.

    What was chosen may be hundreds of cities, and stands in the address below the drawing again.
    """
    if len(lines) <= MOST_LINES:
        return lines
    last = lines[MOST_LINES - 1]
    return [*lines[: MOST_LINES - 1], replace(last, text=f"{last.text[:-2]} …")]


def _balanced(line: Line, room: float) -> list[Line]:
    """The same lines, as even as they can be: no title ends with one word alone."""
    lines = wrapped(line, room)
    if len(lines) > MOST_LINES:
        # Narrower, it would lose more of its words.
        return cut(lines)
    for share in range(95, 45, -5):
        narrower = wrapped(line, room * share / 100)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _source(provenance: Provenance) -> str:
    return _(
        "Source: Intercultural Cities Atlas, from public pages of the Council of Europe’s Intercultural Cities "
        "programme. Data as of {day}, version {version}."
    ).format(day=day(provenance.as_of), version=provenance.version)


def _block(lines: Sequence[Line], top: float) -> tuple[str, float]:
    """Lines one below the other from ``top`` on, and where they end."""
    svg = []
    for line in lines:
        svg.append(line.svg(MARGIN, top + line.size))
        top += line.size * 1.4
    return "".join(svg), top
