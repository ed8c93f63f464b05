"""Letters that the font of a PNG lacks: the lines that have one are drawn in another, which goes along."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FAMILY = "Atlas Pictures"
FOLDER = Path(__file__).parent / "fonts"
# Of Latin, what Liberation Sans has none of: o and u with a horn, and most letters with two accents or a dot below.
_LACKING = re.compile("[\u01a0\u01a1\u01af\u01b0\u1e00-\u1eff]")
_LINE = re.compile("<text([^>]*)>([^<]*)</text>")
_FONT = re.compile(' font-family="[^"]*"')


def with_letters(svg: str) -> str:
    """A picture whose lines with letters that its font lacks ask for the font that has them.

    Args:
        svg: the picture; each line of words is an element of its own.
    """
    if not _LACKING.search(svg):
        return svg
    _known_to_vega()
    return _LINE.sub(lambda line: _asking(line[1], line[2]) if _LACKING.search(line[2]) else line[0], svg)


def _asking(attributes: str, words: str) -> str:
    return f'<text{_FONT.sub("", attributes)} font-family="{FAMILY}">{words}</text>'


@cache
def _known_to_vega() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(FOLDER))
