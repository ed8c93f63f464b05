"""Lines across the bars of a picture, a direction for each colour: by them a print in grey tells the colours apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from icc_data.drawing.palette import PALE, mix

# Two colours are told apart by their lightness.
FEWEST_COLOURS = 3
# Of a square of so many pixels: the first colour has none.
_SIDE = 6
LINES = (
    "",
    "M-1,1L1,-1M0,6L6,0M5,7L7,5",
    "M0,3H6",
    "M3,0V6",
    "M-1,5L1,7M0,0L6,6M5,-1L7,1",
    "M0,3H6M3,0V6",
    "M2,2.5H5M2,3.5H5",
    "M0,6L6,0M0,0L6,6",
)
# How much of the ground shows through the lines of a full colour.
_FAINT = 0.5
_PAINTED = re.compile(r'<path\b[^>]*? fill="(#[0-9a-f]{6})"[^>]*>')
_PALER = re.compile(rf' (?:fill-)?opacity="{PALE:g}"')


def coloured_bars(views: Iterator[Mapping[str, Any]]) -> list[str]:
    """The colours that bars of a chart have by what they are, in the order of the legend.

    Args:
        views: the parts of the chart, in Vega-Lite.

    Returns:
        Colours as ``#rrggbb``; none where they are too few to be mistaken in grey, or more than there are lines for.
    """
    found: list[str] = []
    for view in views:
        mark, scale = view.get("mark"), view.get("encoding", {}).get("color", {}).get("scale", {})
        if isinstance(mark, dict) and mark.get("type") == "bar" and "domain" in scale:
            found += [colour for colour in scale["range"] if isinstance(colour, str)]
    colours = list(dict.fromkeys(found))
    return colours if FEWEST_COLOURS <= len(colours) <= len(LINES) else []


def hatched(svg: str, colours: Sequence[str], background: str) -> str:
    """A drawn chart with lines across whatever is painted in one of some colours, its legend among it.

    A pale part has a pale ground and lines in the full colour, and keeps its outline.

    Args:
        svg: as Vega draws it.
        colours: as ``coloured_bars`` gives them.
        background: the colour of the sheet.
    """
    if not colours:
        return svg
    place_of = {colour: place for place, colour in enumerate(colours)}

    def painted(found: re.Match[str]) -> str:
        place = place_of.get(found[1])
        if place is None:
            return found[0]
        pale = bool(_PALER.search(found[0]))
        whole, own = _PALER.sub("", found[0]), f'fill="{found[1]}"'
        ground = whole.replace(own, f'fill="{mix(found[1], background, 1 - PALE) if pale else found[1]}"')
        # Painted twice: between the squares of a pattern with a ground of its own there are seams.
        return ground + (whole.replace(own, f'fill="url(#{_name(place, pale=pale)})"') if LINES[place] else "")

    patterns = "".join(
        _pattern(_name(place, pale=pale), colour if pale else mix(colour, background, _FAINT), LINES[place])
        for place, colour in enumerate(colours)
        for pale in (False, True)
        if LINES[place]
    )
    inside = svg.index(">") + 1
    return f"{svg[:inside]}<defs>{patterns}</defs>{_PAINTED.sub(painted, svg[inside:])}"


def _name(place: int, *, pale: bool) -> str:
    return f"lines-{place}{'-pale' if pale else ''}"


def _pattern(name: str, ink: str, lines: str) -> str:
    drawn = f'<path d="{lines}" stroke="{ink}" stroke-width="1.2" fill="none"/>'
    return f'<pattern id="{name}" patternUnits="userSpaceOnUse" width="{_SIDE}" height="{_SIDE}">{drawn}</pattern>'
