"""Letters that the font of a PNG lacks: they are drawn in others, which go along.

Else they would be in whatever the machine has, and boxes where it has nothing, the letters beside them too. What none
of the fonts has is a box on every machine (``boxed``).
"""

from __future__ import annotations

import re
from functools import cache, partial
from pathlib import Path

FAMILY = "Atlas Pictures"
FOLDER = Path(__file__).parent / "fonts"
EASTERN = "Noto Sans CJK JP"
EASTERN_FOLDER = Path(__file__).parents[1] / "report" / "fonts"
# Of Latin, what Liberation Sans has none of: o and u with a horn, and most letters with two accents or a dot below.
_LACKING = re.compile("[\u01a0\u01a1\u01af\u01b0\u1e00-\u1eff]")
# Chinese characters, Kana and Hangul, which stand in lines of other letters: that font has nothing else.
EASTERN_LETTERS = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uffef]+")
# Hebrew, Arabic, Armenian, Georgian, faces and small signs: all that both weights of that font have.
OTHER = "Atlas Other Letters"
_OTHERS = (
    r"\u0531-\u0556\u0559-\u055f\u0561-\u0587\u0589-\u058a\u05b0-\u05c3\u05c6-\u05c7\u05d0-\u05ea\u05f0-\u05f4"
    r"\u0606-\u0607\u0609-\u060a\u060c\u0615\u061b\u061f\u0621-\u063a\u0640-\u0655\u0657\u065a\u0660-\u0670\u0674"
    r"\u0679-\u06bf\u06c6-\u06c8\u06cb-\u06cc\u06ce\u06d0\u06d5\u06f0-\u06f9\u10a0-\u10c5\u10d0-\u10fc\u2012\u2016"
    r"\u201f\u2023-\u2025\u2027\u2031\u2034-\u2038\u203b\u203d\u203f-\u2043\u2045-\u205e\u2070-\u2071\u2074-\u207e"
    r"\u2080-\u208e\u2090-\u209c\u20a0-\u20a2\u20a5-\u20a6\u20a8-\u20ab\u20ad-\u20b5\u20b8-\u20ba\u20bd"
    r"\u20d0-\u20d1\u20d6-\u20d7\u20db-\u20dc\u20e1\u2100-\u2104\u2106-\u2109\u210b-\u2112\u2114-\u2115"
    r"\u2117-\u2121\u2123-\u2125\u2127-\u212d\u212f-\u2149\u2196-\u21a7\u21a9-\u2201\u2203-\u2205\u2207-\u220e"
    r"\u2210\u2213-\u2214\u2216-\u2218\u221b-\u221d\u2220-\u2228\u222a\u222c-\u2247\u2249-\u225f\u2262-\u2263"
    r"\u2266-\u22ff\u25a2-\u25a9\u25ad-\u25b1\u25b3-\u25b9\u25bb\u25bd-\u25c3\u25c5-\u25c9\u25cc-\u25ce"
    r"\u25d0-\u25d7\u25da-\u25e5\u25e7-\u2639\u263d-\u263f\u2641\u2643-\u265f\u2661-\u2662\u2664\u2667-\u2669"
    r"\u266d-\u269c\u269e-\u26b8\u26c0-\u26c3\u26e2\u2701-\u2704\u2706-\u2709\u270c-\u2727\u2729-\u274b\u274d"
    r"\u274f-\u2752\u2756\u2758-\u275e\u2761-\u2794\u2798-\u27af\u27b1-\u27be\u2b00-\u2b1a\u2b1f-\u2b24"
    r"\u2b53-\u2b54\ufb13-\ufb17\ufb1d-\ufb36\ufb38-\ufb3c\ufb3e\ufb40-\ufb41\ufb43-\ufb44\ufb46-\ufb4f"
    r"\ufb52-\ufba3\ufbaa-\ufbad\ufbd3-\ufbdc\ufbde-\ufbdf\ufbe4-\ufbe9\ufbfc-\ufbff\ufe70-\ufe74\ufe76-\ufefc"
    r"\U0001f600-\U0001f623\U0001f625-\U0001f62b\U0001f62d-\U0001f640\U0001f643"
)
# A space between two words of theirs is theirs too, lest their order be told apart word by word.
OTHER_LETTERS = re.compile(f"[{_OTHERS}]+(?: +[{_OTHERS}]+)*")
# What takes no ink of its own: joiners, marks of direction, variants and tints of a sign.
_INKLESS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
# Signs that Liberation Sans has.
_SIGNS = (
    r"\u2010-\u2011\u2013-\u2015\u2017-\u201e\u2020-\u2022\u2026\u2030\u2032-\u2033\u2039-\u203a\u203c\u203e\u2044"
    r"\u207f\u20a3-\u20a4\u20a7\u20ac\u2105\u2113\u2116\u2122\u2126\u212e\u215b-\u215e\u2190-\u2195\u21a8\u2202"
    r"\u2206\u220f\u2211-\u2212\u2215\u2219-\u221a\u221e-\u221f\u2229\u222b\u2248\u2260-\u2261\u2264-\u2265\u2302"
    r"\u2310\u2320-\u2321\u2500\u2502\u250c\u2510\u2514\u2518\u251c\u2524\u252c\u2534\u253c\u2550-\u256c\u2580"
    r"\u2584\u2588\u258c\u2590-\u2593\u25a0-\u25a1\u25aa-\u25ac\u25b2\u25ba\u25bc\u25c4\u25ca-\u25cb\u25cf"
    r"\u25d8-\u25d9\u25e6\u263a-\u263c\u2640\u2642\u2660\u2663\u2665-\u2666\u266a-\u266c"
)
# What needs another font than that of a PNG, or has none: Latin, Greek and Cyrillic do not.
ELSEWHERE = re.compile(
    f"[^\u0000-\u052f\u1e00-\u200a\u2028-\u202f\u205f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uffef{_SIGNS}]"
)
BOX = "\u25a1"
_LINE = re.compile("<text([^>]*)>([^<]*)</text>")
_FONT = re.compile(' font-family="[^"]*"')


def with_letters(svg: str) -> str:
    """A picture whose letters that its font lacks ask for the font that has them, or are boxes.

    Args:
        svg: the picture; each line of words is an element of its own.
    """
    if not (_LACKING.search(svg) or EASTERN_LETTERS.search(svg) or ELSEWHERE.search(svg) or _INKLESS.search(svg)):
        return svg
    _known_to_vega()
    return _LINE.sub(lambda line: _asking(line[1], boxed(line[2])), svg)


def lacking(words: str) -> list[str]:
    """The letters of some words that none of the fonts has, each once."""
    rest = OTHER_LETTERS.sub("", _INKLESS.sub("", words))
    return list(dict.fromkeys(letter for letter in ELSEWHERE.findall(rest) if not letter.isspace()))


def boxed(words: str) -> str:
    """Words with a box in the place of each run of letters that none of the fonts has."""
    missing = "".join(map(re.escape, lacking(words)))
    # A joiner between two of them would split the run.
    words = _INKLESS.sub("", words)
    return re.sub(f"[{missing}]+", BOX, words) if missing else words


def _asking(attributes: str, words: str) -> str:
    if _LACKING.search(words):
        attributes = f'{_FONT.sub("", attributes)} font-family="{FAMILY}"'
    for letters, family in ((EASTERN_LETTERS, EASTERN), (OTHER_LETTERS, OTHER)):
        words = letters.sub(partial(_in_font, family), words)
    return f"<text{attributes}>{words}</text>"


def _in_font(family: str, run: re.Match[str]) -> str:
    return f'<tspan font-family="{family}">{run[0]}</tspan>'


@cache
def _known_to_vega() -> None:
    import vl_convert

    for folder in (FOLDER, EASTERN_FOLDER):
        vl_convert.register_font_directory(str(folder))
