"""What a picture is for: how wide its words and drawing are laid out, and what size the whole has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from icc_data.i18n import mark

MARGIN = 28
# Pixels of an SVG.
CSS_INCH = 96


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
# A picture on a slide to edit, below its title, by the measure of the slide above.
ON_SLIDE: Final = Canvas("", size=(1184, 586))
# Of letters in pixels of a slide or a card: a card is looked at as small as 600 pixels, in which nine are five.
LEAST_PIXELS = 9.0
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


def too_high(svg: str, canvas: Canvas) -> float:
    """By how many of its own pixels a picture is too high for its letters to be read on its canvas; 0 if they can be.

    Args:
        svg: the picture.
        canvas: what it is for.
    """
    if canvas.size is None:
        return 0.0
    width, height = size_of(svg)
    most = _smallest_letters(svg) / LEAST_PIXELS
    # To be less high does not help what is too wide.
    return max(height - canvas.size[1] * most, 0.0) if width <= canvas.size[0] * most + 1 else 0.0


def wider(svg: str, canvas: Canvas) -> list[Canvas]:
    """The same canvas with more room for words and drawing, whose letters are smaller for it, down to the least.

    Args:
        svg: the picture as it is with the room of ``canvas``.
        canvas: what it is for, of a given size.
    """
    assert canvas.size is not None
    rooms = [
        ceil(canvas.size[0] * _smallest_letters(svg) / letters) - 2 * MARGIN for letters in (11.0, 10.0, LEAST_PIXELS)
    ]
    return [replace(canvas, room=room) for room in rooms if room > canvas.room]


def fitted(svg: str, canvas: Canvas, background: str, *, in_pixels: bool = False) -> str:
    """A picture on its canvas: in the middle and as large as there is room, or as wide as it is printed.

    Args:
        svg: the picture; its root says its size in pixels.
        canvas: what it is for.
        background: the colour around it.
        in_pixels: whether it becomes pixels, and has to have whole ones; else it says its millimetres.
    """
    width, height = size_of(svg)
    said = f'width="{width:g}" height="{height:g}"'
    box = f'viewBox="0 0 {width:g} {height:g}"'
    if canvas.millimetres is not None:
        printed = max(canvas.millimetres, width * LEAST_POINTS / 72 * 25.4 / _smallest_letters(svg))
        if in_pixels:
            pixels = printed / 25.4 * CSS_INCH * canvas.scale
            across, down = (ceil(pixels * side / width) / canvas.scale for side in (width, height))
            # By less than a pixel, nobody sees that it is stretched.
            whole = f'width="{across:g}" height="{down:g}" {box} preserveAspectRatio="none"'
            return svg.replace(said, whole, 1)
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
