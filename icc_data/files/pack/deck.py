"""Slides that are filled from top to bottom: where the room ends, the next one goes on under the same title."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import datetime
from typing import IO, Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from icc_data.drawing.palette import LIGHT, mix
from icc_data.files.pack import measure
from icc_data.files.pack.model import Chart
from icc_data.files.pack.slide_charts import AXES, KINDS, coloured, dressed
from icc_data.files.workbook import CONTROL, MISFIT
from icc_data.i18n import language
from icc_data.i18n import translate as _

# Points. A slide of 16:9 is 13⅓ × 7½ inches.
SLIDE_WIDTH, SLIDE_HEIGHT = 960.0, 540.0
LEFT, TOP, WIDTH, BOTTOM = 40.0, 84.0, 880.0, 500.0
GAP, TEXT, SMALL = 8.0, 16.0, 12.0
# Of small letters, those that a slide may have; all others are larger by as much as TEXT is than SMALL.
LETTERS = (SMALL, 13.0, 14.0, 15.0, 16.0, 18.0)
TITLE_ONLY = 5
Run = tuple[str, bool, str]
"""Words, whether they are bold, and what they open (may be empty)."""


class Deck:
    """Slides that are being filled.

    Args:
        title: what they are about.
        foot: what stands at the foot of each.
        colour: of their titles, ``#rrggbb``.

    Attributes:
        at: how far down the slide is filled, points.
        count: how many slides there are.
        small: size of small letters, points.
    """

    def __init__(self, title: str, foot: str, colour: str) -> None:
        self.count, self.small = 0, SMALL
        self._show = Presentation()
        self._foot, self._colour = foot, coloured(mix(colour, "#000000", 0.3))
        self._slide: Any = None
        self._heading, self._part, self.at = title, 1, TOP
        _widen(self._show)

    @property
    def big(self) -> float:
        """Size of all other letters, points."""
        return self.small + TEXT - SMALL

    def fitted(self, write: Callable[[Deck], None]) -> None:
        """Fill slides in the largest letters that need no more of them than the smallest.

        Args:
            write: what fills them.
        """
        least = self.needed(write)
        self.small = next(small for small in reversed(LETTERS) if self.needed(write, small) <= least)
        write(self)
        self.small = SMALL

    def needed(self, write: Callable[[Deck], None], small: float = SMALL) -> int:
        """How many more slides something takes; none are made.

        Args:
            write: what would fill them.
            small: size of the small letters, points.
        """
        trial = Trial(self, small)
        write(trial)
        return trial.count - self.count

    def tall(self, write: Callable[[Deck], None], most: int = 0) -> float:
        """How high something is from the top of a slide, points; infinite where a slide does not hold it.

        Args:
            write: what would fill it.
            most: how many slides it begins at most; with one, those are the contents of that slide.
        """
        trial = Trial(self, self.small)
        trial.at = TOP
        write(trial)
        return trial.at - TOP if trial.count - self.count <= most else math.inf

    def new(self, title: str, *, notes: Sequence[str] = (), first: bool = False) -> None:
        """Begin a slide.

        Args:
            title: its title.
            notes: what the speaker reads.
            first: whether it is the first one, whose title is larger.
        """
        self._heading, self._part = title, 1
        self._begin(title, first=first)
        self.note(notes)

    def goes_on_as(self, title: str) -> None:
        """Say what title the slides have from the next one on, if this one does not hold the rest."""
        self._heading, self._part = title, 1

    def go_on(self) -> None:
        """Begin a slide that goes on with the same."""
        self._part += 1
        self._begin(_("{title} ({part})").format(title=self._heading, part=self._part))

    def _begin(self, title: str, *, first: bool = False) -> None:
        self.count += 1
        self.at = TOP
        layout = self._show.slide_layouts[TITLE_ONLY]
        self._slide = self._show.slides.add_slide(layout)
        size = 32.0 if first else 24.0
        room = 2 * size * measure.LINE
        shape = self._slide.shapes.title
        while size > 12 and measure.height(title, WIDTH, size, bold=True) > room:
            size -= 2
        shape.left, shape.top, shape.width, shape.height = Pt(LEFT), Pt(24), Pt(WIDTH), Pt(54)
        frame = shape.text_frame
        _bare(frame)
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        frame.text = _clean(title)
        frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        font = frame.paragraphs[0].runs[0].font
        font.size, font.bold, font.color.rgb = Pt(size), True, self._colour
        for place in layout.placeholders:
            if place.placeholder_format.type in (13, 15):
                self._slide.shapes._spTree.append(deepcopy(place._element))
        for place in self._slide.placeholders:
            if place.placeholder_format.type == 15:
                place.text_frame.text = _clean(self._foot)

    def left(self) -> float:
        """How much room the slide has left, points of height."""
        return BOTTOM - self.at

    def note(self, sentences: Sequence[str]) -> None:
        """Add to what the speaker reads."""
        told = [_clean(sentence) for sentence in sentences if sentence]
        if told:
            frame = self._slide.notes_slide.notes_text_frame
            frame.text = "\n".join([*([frame.text] if frame.text else []), *told])

    def height(self, paragraphs: Sequence[Sequence[Run]], size: float, width: float = WIDTH) -> float:
        """How high a block of text is; see ``text``."""
        told = [("".join(words for words, *_rest in runs), runs[0][1]) for runs in paragraphs]
        return sum(measure.height(words, width - 4, size, bold=bold) for words, bold in told)

    def text(
        self,
        paragraphs: Sequence[Sequence[Run]],
        size: float,
        *,
        faint: bool = False,
        left: float = LEFT,
        width: float = WIDTH,
    ) -> None:
        """A block of text, which no end of a slide divides.

        Args:
            paragraphs: its words.
            size: of the letters, points.
            faint: whether it is secondary.
            left, width: where it stands, points.
        """
        tall = self.height(paragraphs, size, width)
        if tall > self.left():
            self.go_on()
        self._write(paragraphs, size, left, width, faint=faint)
        self.at += tall + GAP

    def _write(
        self, paragraphs: Sequence[Sequence[Run]], size: float, left: float, width: float, *, faint: bool
    ) -> None:
        tall = self.height(paragraphs, size, width)
        box = self._slide.shapes.add_textbox(Pt(left), Pt(self.at), Pt(width), Pt(tall + 2))
        frame = box.text_frame
        _bare(frame)
        for place, runs in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            for words, bold, address in runs:
                run = paragraph.add_run()
                run.text, run.font.size, run.font.bold = _clean(words), Pt(size), bold
                run.font.color.rgb = coloured(LIGHT.muted if faint else LIGHT.text)
                if address:
                    run.hyperlink.address = address

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        shares: Sequence[float],
        numbers: Sequence[bool],
        sizes: Sequence[float],
        heights: Sequence[float],
    ) -> None:
        """A table that can be edited.

        Args:
            heads: its head; none where there is none.
            rows: its cells.
            shares: how much of the width each column takes.
            numbers: whether each column holds numbers.
            sizes: of the letters of each row, the head first, points.
            heights: of its rows, the same.
        """
        self._fill(heads, rows, shares, numbers, sizes, heights)
        self.at += sum(heights)

    def _fill(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        shares: Sequence[float],
        numbers: Sequence[bool],
        sizes: Sequence[float],
        heights: Sequence[float],
    ) -> None:
        every = [list(heads), *rows] if heads else list(rows)
        tall = sum(heights)
        shape = self._slide.shapes.add_table(len(every), len(shares), Pt(LEFT), Pt(self.at), Pt(WIDTH), Pt(tall))
        _describe(shape, ", ".join(heads) or self._heading)
        table = shape.table
        table.first_row, table.horz_banding = bool(heads), False
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Pt(WIDTH * share)
        for line, (row, high) in enumerate(zip(every, heights, strict=True)):
            table.rows[line].height = Pt(high)
            for place, words in enumerate(row):
                is_head = bool(heads) and line == 0
                self._cell(table.cell(line, place), words, sizes[line], number=numbers[place], head=is_head)

    def _cell(self, cell: Any, words: str, size: float, *, number: bool, head: bool) -> None:
        cell.margin_left = cell.margin_right = Pt(5)
        cell.margin_top = cell.margin_bottom = Pt(2)
        cell.fill.solid()
        cell.fill.fore_color.rgb = self._colour if head else coloured(LIGHT.surface)
        frame = cell.text_frame
        frame.text = _clean(words)
        for paragraph in frame.paragraphs:
            paragraph.alignment = PP_ALIGN.RIGHT if number else PP_ALIGN.LEFT
            # Of an empty cell too: its letters give the row its height.
            paragraph.font.size = Pt(size)
            for run in paragraph.runs:
                run.font.size, run.font.bold = Pt(size), head
                run.font.color.rgb = coloured("#ffffff" if head else LIGHT.text)

    def chart(self, chart: Chart, width: float, tall: float) -> None:
        """A chart that can be edited.

        Args:
            chart: what it shows.
            width, tall: points.
        """
        self._draw(chart, width, tall)
        self.at += tall

    def _draw(self, chart: Chart, width: float, tall: float) -> None:
        data = CategoryChartData(number_format=AXES[chart.form])
        data.categories = [_clean(label) for label in chart.categories()]
        for series in chart.series:
            data.add_series(_clean(series.label), chart.values(series))
        shape = self._slide.shapes.add_chart(KINDS[chart.kind], Pt(LEFT), Pt(self.at), Pt(width), Pt(tall), data)
        _describe(shape, chart.alt)
        dressed(shape.chart, chart, self.small, tall)

    def save(self, out: IO[bytes], title: str, moment: datetime) -> None:
        """Write the slides.

        Args:
            out: where to.
            title: what the file says that it is called.
            moment: when it says that it was made.
        """
        facts = self._show.core_properties
        facts.title, facts.author = _clean(title), _("Intercultural Cities Atlas")
        facts.language, facts.created, facts.modified = language(), moment, moment
        for slide in self._show.slides:
            for run in slide._element.iter(qn("a:r"), qn("a:fld")):
                run.get_or_add_rPr().set("lang", _spoken())
        self._show.save(out)


class Trial(Deck):
    """Slides that are counted and not made.

    Args:
        deck: what they would go on with.
        small: size of the small letters, points.
    """

    def __init__(self, deck: Deck, small: float) -> None:
        self.at, self.count, self.small = deck.at, deck.count, small
        self._heading, self._part = "", 1

    def note(self, sentences: Sequence[str]) -> None:
        """Nobody reads it."""

    def _begin(self, _title: str, *, first: bool = False) -> None:
        self.count += 1
        self.at = TOP

    def _write(self, *_args: Any, **_options: Any) -> None:
        pass

    def _fill(self, *_args: Any) -> None:
        pass

    def _draw(self, *_args: Any) -> None:
        pass


def _spoken() -> str:
    return {"en": "en-GB"}.get(language(), language())


def _widen(show: Any) -> None:
    """The master and layouts of the standard template, which is 4:3, on 16:9 and in letters whose widths are known."""
    wider = Pt(SLIDE_WIDTH) / show.slide_width
    show.slide_width, show.slide_height = Pt(SLIDE_WIDTH), Pt(SLIDE_HEIGHT)
    master = show.slide_master
    for holder in (master, *show.slide_layouts):
        for shape in holder.shapes:
            own = shape._element.spPr.xfrm if shape._element.tag == qn("p:sp") else None
            if own is not None:
                shape.left, shape.width = round(shape.left * wider), round(shape.width * wider)
    for place in (*master.placeholders, *show.slide_layouts[TITLE_ONLY].placeholders):
        kind = place.placeholder_format.type
        if kind in (13, 15):
            left, width = (LEFT, WIDTH - 80) if kind == 15 else (LEFT + WIDTH - 70, 70)
            place.left, place.top, place.width, place.height = Pt(left), Pt(BOTTOM + 12), Pt(width), Pt(20)
            for paragraph in place.text_frame.paragraphs:
                paragraph.alignment = PP_ALIGN.LEFT if kind == 15 else PP_ALIGN.RIGHT
            for look in place._element.iter(qn("a:defRPr"), qn("a:rPr")):
                look.set("sz", "900")
            for look in place._element.iter(qn("a:lvl1pPr")):
                look.set("algn", "l" if kind == 15 else "r")
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(b'"Calibri"', f'"{measure.LETTERS}"'.encode())


def _bare(frame: Any) -> None:
    """A frame without inner margins, whose words wrap."""
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def _describe(shape: Any, words: str) -> None:
    """What a picture or table shows, for people who do not see it."""
    shape._element.nvGraphicFramePr.cNvPr.set("descr", _clean(words))


def _clean(text: str) -> str:
    """A text that XML can hold."""
    return CONTROL.sub(MISFIT, text)
