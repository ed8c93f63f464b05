"""What a picture is for: how wide its words and drawing are laid out, and what size the whole has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from icc_data.i18n import mark

MARGIN = 28


@dataclass(frozen=True)
class Canvas:
    """What a picture is for.

    Attributes:
        label: what it is called.
        room: pixels across that drawing and words have between the margins, in the picture's own measure.
        size: width and height of the whole in pixels, to which the picture is fitted; None for as high as it has to be.
        millimetres: how wide it is printed, where its letters can be read at that width, and wider else; None where
            that is left to whoever uses it.
        scale: pixels of a PNG for each pixel of the drawing.
    """

    label: str
    room: float = 904
    size: tuple[int, int] | None = None
    millimetres: float | None = None
    scale: float = 2.0


SCREEN: Final = Canvas(mark("As on the screen"))
CANVASES: Final[Mapping[str, Canvas]] = {
    "screen": SCREEN,
    "slide": Canvas(mark("Slide, 16:9"), size=(1280, 720)),
    # Letters of eleven pixels come out as letters of seven points.
    "column": Canvas(mark("Column of A4, 85 mm"), room=320, millimetres=85, scale=4.0),
    "card": Canvas(mark("Card for social media, 1200 × 630"), room=804, size=(1200, 630)),
}
# Of letters in print: smaller ones are not read.
LEAST_POINTS = 6.02
_LETTERS = re.compile(r'font-size="([\d.]+)(?:px)?"')
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')


def size_of(svg: str) -> tuple[float, float]:
    """Width and height in pixels that the root of a picture says first."""
    sides = _SIZE.search(svg)
    assert sides is not None
    return float(sides[1]), float(sides[2])


def _smallest_letters(svg: str) -> float:
    """The size of the smallest letters of a picture in its own pixels."""
    return min(map(float, _LETTERS.findall(svg)))


def fitted(svg: str, canvas: Canvas, background: str) -> str:
    """A picture on its canvas: in the middle and as large as there is room, or as wide as it is printed.

    Args:
        svg: the picture; its root says its size in pixels.
        canvas: what it is for.
        background: the colour around it.
    """
    width, height = size_of(svg)
    said = f'width="{width:g}" height="{height:g}"'
    box = f'viewBox="0 0 {width:g} {height:g}"'
    if canvas.millimetres is not None:
        printed = max(canvas.millimetres, width * LEAST_POINTS / 72 * 25.4 / _smallest_letters(svg))
        return svg.replace(said, f'width="{printed:g}mm" height="{printed * height / width:.1f}mm" {box}', 1)
    if canvas.size is None:
        return svg
    wide, high = canvas.size
    scale = min(wide / width, high / height)
    inner = f'width="{width * scale:.1f}" height="{height * scale:.1f}" {box}'
    place = f'x="{(wide - width * scale) / 2:.1f}" y="{(high - height * scale) / 2:.1f}"'
    whole = f'width="{wide}" height="{high}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {whole} viewBox="0 0 {wide} {high}">'
        f'<rect {whole} fill="{background}"/>{svg.replace(said, f"{place} {inner}", 1)}</svg>'
    )
