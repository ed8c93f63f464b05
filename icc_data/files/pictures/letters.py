"""Letters that the font of a PNG lacks: they are drawn in others, which go along.

Else they would be in whatever the machine has, and boxes where it has nothing. Hebrew and Arabic still are: no font
with them goes along.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FAMILY = "Atlas Pictures"
FOLDER = Path(__file__).parent / "fonts"
EASTERN = "Noto Sans CJK JP"
EASTERN_FOLDER = Path(__file__).parents[1] / "report" / "fonts"
# Of Latin, what Liberation Sans has none of: o and u with a horn, and most letters with two accents or a dot below.
_LACKING = re.compile("[\u01a0\u01a1\u01af\u01b0\u1e00-\u1eff]")
# Chinese characters, Kana and Hangul, which stand in lines of other letters: that font has nothing else.
EASTERN_LETTERS = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uffef]+")
# What is in none of the fonts: Hebrew, Arabic, emoji; of the others all of Latin, Greek and Cyrillic, and signs.
ELSEWHERE = re.compile("[^\u0000-\u052f\u1e00-\u2bff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uffef]")
_LINE = re.compile("<text([^>]*)>([^<]*)</text>")
_FONT = re.compile(' font-family="[^"]*"')


def with_letters(svg: str) -> str:
    """A picture whose letters that its font lacks ask for the font that has them.

    Args:
        svg: the picture; each line of words is an element of its own.
    """
    if not (_LACKING.search(svg) or EASTERN_LETTERS.search(svg)):
        return svg
    _known_to_vega()
    return _LINE.sub(lambda line: _asking(line[1], line[2]), svg)


def _asking(attributes: str, words: str) -> str:
    if _LACKING.search(words):
        attributes = f'{_FONT.sub("", attributes)} font-family="{FAMILY}"'
    words = EASTERN_LETTERS.sub(lambda run: f'<tspan font-family="{EASTERN}">{run[0]}</tspan>', words)
    return f"<text{attributes}>{words}</text>"


@cache
def _known_to_vega() -> None:
    import vl_convert

    for folder in (FOLDER, EASTERN_FOLDER):
        vl_convert.register_font_directory(str(folder))
