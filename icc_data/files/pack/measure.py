"""How much room words take in Arial, for programs that are given sizes and do not say what did not fit.

Widths are those of Helvetica, which Arial and Liberation Sans share (Adobe Font Metrics, thousandths of the size).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import repeat

LETTERS = "Arial"
LINE = 1.2
"""Height of a line, in sizes of its letters."""

# Of the signs from blank to tilde, in the order of ASCII.
_HELVETICA = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    *repeat(556, 10), 278, 278, 584, 584, 584, 556, 1015,
    667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944,
    667, 667, 611, 278, 278, 278, 469, 556, 333,
    556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722,
    500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_BOLD = 1.08
# How much of a table numbers may take so that their heads are not high: beside several texts, and beside a single one.
NUMBERS, NUMBERS_ALONE = 0.4, 0.65
_OTHER, _FULL = 700, 1000
# A line does not end at a no-break space, such as that before a French per cent sign.
_BLANKS = re.compile(r"[ \t\n]+")
_NO_BREAK = {"\u00a0": 278, "\u202f": 200}


@lru_cache(maxsize=4096)
def _letter(letter: str) -> int:
    if " " <= letter <= "~":
        return _HELVETICA[ord(letter) - 32]
    if letter in _NO_BREAK:
        return _NO_BREAK[letter]
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return _FULL
    base = unicodedata.normalize("NFD", letter)[0]
    return _letter(base) if base != letter else _OTHER


def words(text: str) -> list[str]:
    """The words of a text, between any two of which a line may end."""
    return [word for word in _BLANKS.split(text) if word]


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is on one line, points.

    Args:
        text: the text.
        size: of its letters, points.
        bold: whether they are.
    """
    return sum(map(_letter, text)) * size / 1000 * (_BOLD if bold else 1)


def lines(text: str, room: float, size: float, *, bold: bool = False) -> int:
    """How many lines a text takes; words wider than the room are broken.

    Args:
        text: the text.
        room: the width of a line, points.
        size: of the letters, points.
        bold: whether they are.
    """
    return sum(_paragraph(part, room, size, bold=bold) for part in text.split("\n"))


def _paragraph(text: str, room: float, size: float, *, bold: bool) -> int:
    count, at = 1, 0.0
    blank = width(" ", size, bold=bold)
    for word in words(text):
        gap = blank if at else 0.0
        for piece in _pieces(word):
            wide = width(piece, size, bold=bold)
            if at and at + gap + wide > room:
                count, at, gap = count + 1, 0.0, 0.0
            if wide > room:
                more, wide = divmod(wide, room)
                count += int(more)
            at, gap = at + gap + wide, 0.0
    return count


def _pieces(word: str) -> list[str]:
    # A line may end between any two signs of scripts without blanks.
    return list(word) if any(_letter(sign) == _FULL for sign in word) else [word]


def height(text: str, room: float, size: float, *, bold: bool = False) -> float:
    """How high a text is, points; see ``lines``."""
    return lines(text, room, size, bold=bold) * size * LINE


def shares(
    heads: Sequence[str],
    weights: Sequence[float | None],
    longest: Sequence[str],
    room: float,
    size: float,
    pad: float,
) -> list[float]:
    """How much of the width of a table each column takes: as much as its longest word at least, where there is room.

    Args:
        heads: of the columns.
        weights: of those of texts, which share what is left; None where a column holds numbers: it is as wide as the
            longest word of its head, or its longest number.
        longest: that number, or the longest word of a text.
        room: the width of the table, points.
        size: of the letters, points.
        pad: beside the words of a cell, both sides together, points.
    """
    least = [
        max(width(word, size, bold=True) for word in [*words(head), word]) + pad
        for head, word in zip(heads, longest, strict=True)
    ]
    least = _heads_in_two_lines(heads, weights, least, room, size, pad)
    # An address is as long as it likes, and is broken.
    least = [wide if weight is None else min(wide, room / 4) for wide, weight in zip(least, weights, strict=True)]
    wides = {place: wide for place, wide in enumerate(least) if weights[place] is None}
    sharing = {place: weight for place, weight in enumerate(weights) if weight is not None}
    free = max(room - sum(wides.values()), sum(least[place] for place in sharing))
    while sharing:
        total = sum(sharing.values())
        narrow = [place for place, weight in sharing.items() if free * weight / total < least[place]]
        if not narrow:
            wides |= {place: free * weight / total for place, weight in sharing.items()}
            break
        wides |= {place: least[place] for place in narrow}
        free -= sum(least[place] for place in narrow)
        sharing = {place: weight for place, weight in sharing.items() if place not in narrow}
    return [wides[place] / sum(wides.values()) for place in range(len(heads))]


def _heads_in_two_lines(
    heads: Sequence[str],
    weights: Sequence[float | None],
    least: Sequence[float],
    room: float,
    size: float,
    pad: float,
) -> list[float]:
    """The least widths, those of numbers as wide as their heads need for two lines where texts have enough left."""
    # A line ends at a word, before the middle of a head.
    wider = [
        wide if weight is not None else max(wide, width(head, size, bold=True) * 0.6 + pad)
        for wide, weight, head in zip(least, weights, heads, strict=True)
    ]
    of_numbers = sum(wide for wide, weight in zip(wider, weights, strict=True) if weight is None)
    is_single = sum(weight is not None for weight in weights) == 1
    return wider if of_numbers <= room * (NUMBERS_ALONE if is_single else NUMBERS) else list(least)
