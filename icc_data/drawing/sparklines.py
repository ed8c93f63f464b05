"""Small pictures of how a number grew, without axes or words.

They are plain SVG: a chart of Vega-Lite takes a browser twenty milliseconds to put up, at each click, however small.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from icc_data.drawing.palette import Look

_HEIGHT: Final = 100.0
# Half of the line would be cut off where it runs along an edge.
_MARGIN: Final = 4.0
_BAR: Final = 0.6


def line(values: Sequence[float], look: Look) -> str:
    """A line over its shade, from the least of the values at the bottom to the most of them at the top.

    Args:
        values: at least two, one beside the other.
        look: the user's theme.
    """
    least, most = min(values), max(values)
    places = [f"{place},{_down(value - least, most - least)}" for place, value in enumerate(values)]
    last = len(values) - 1
    shade = 0.1 if look.name == "light" else 0.3
    return _picture(
        last,
        f'<path d="M0,{_HEIGHT:g} L{" L".join(places)} L{last},{_HEIGHT:g} Z" fill="{look.amount}" opacity="{shade}"/>'
        f'<path d="M{" L".join(places)}" fill="none" stroke="{look.amount}" stroke-width="2" stroke-linecap="round" '
        'vector-effect="non-scaling-stroke"/>',
    )


def bars(values: Sequence[float], look: Look) -> str:
    """Bars from nothing at the bottom to the most of the values at the top.

    Args:
        values: at least one, none below nothing.
        look: the user's theme.
    """
    most = max(values)
    heights = [_HEIGHT * value / most if most else 0.0 for value in values]
    drawn = "".join(
        f'<rect x="{place + (1 - _BAR) / 2:g}" y="{_HEIGHT - height:.3g}" width="{_BAR:g}" height="{height:.3g}"/>'
        for place, height in enumerate(heights)
        if height
    )
    return _picture(len(values), f'<g fill="{look.amount}">{drawn}</g>')


def as_address(picture: str) -> str:
    """A picture as the address of itself, for a style sheet.

    Args:
        picture: SVG.
    """
    return f"data:image/svg+xml,{quote(picture, safe=' /:=,')}"


def _down(part: float, whole: float) -> str:
    share = part / whole if whole else 0.0
    return f"{_HEIGHT - _MARGIN - share * (_HEIGHT - 2 * _MARGIN):.3g}"


def _picture(width: int, marks: str) -> str:
    box = f'viewBox="0 0 {width} {_HEIGHT:g}" preserveAspectRatio="none"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{marks}</svg>'
