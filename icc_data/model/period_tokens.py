"""A year text cut into tokens: numbers, marks and words of time in six languages, each with its kind."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from icc_data.model.period_lexicon import vocabulary
from icc_data.text import fold

FIRST_YEAR, LAST_YEAR = 1850, 2100


class Token(NamedTuple):
    """A piece of a year text; what the kinds mean stands at the head of ``period.py``."""

    kind: str
    text: str = ""
    value: int = 0  # of a number; the month of a date; the months of a duration; 0 where not known
    start: int | None = None
    end: int | None = None
    sure: bool = True
    bare: bool = False  # of a year that stands without day and month


_KNOWN = vocabulary()
_LONGEST_PHRASE = 4
# Digits parted in threes are one count; an apostrophe before a plural s belongs to a decade.
_LEXER = re.compile(
    r"[0-9]+(?:(?: +|[.,'])[0-9]{3}(?![^\W_]))+|[0-9]+['’][sS]\b|(?<![0-9])['’‘][0-9]{2}(?![^\W_])"
    r"|[^\W_](?:[^\W_]|[\u0300-\u036f])*"
    r"|\.{2,}|[-/.,;&+?…($~]"
)
_MARKS = str.maketrans("[]{})>→|€£%≈−_", "(((((--/$$$~- ")
_ORDINAL_ENDINGS = ("st", "nd", "rd", "th", "er", "ere", "eme", "e", "o", "a")


def _plain(character: str) -> str:
    """One character for one, so that positions stay: ASCII digits, one dash, one space, one bracket."""
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category[0] in "ZC":
        return " "
    if category[0] in "PS":
        narrow = unicodedata.normalize("NFKC", character)
        narrow = narrow if len(narrow) == 1 else character
        return "-" if unicodedata.category(narrow) == "Pd" else narrow.translate(_MARKS)
    return character


def _single(plain: str, text: str) -> Token:
    """The token of a mark, a number or a word that is no part of a known phrase."""
    if plain[0] in "'’‘":
        return _single(plain[1:], text[1:])
    rest = plain.lstrip("0123456789")
    size, ending = len(plain) - len(rest), fold(rest)
    value = int(plain[:size]) if 0 < size <= 4 else 0
    if not size:
        kind = "x" if plain[0].isalnum() else "…" if plain.startswith("..") else "C" if plain == "~" else plain
    elif ending in ("s", "er") and 2 <= size <= 4:
        kind = "z"
    elif ending and (size > 2 or ending not in _ORDINAL_ENDINGS):
        kind = "#" if ending.replace(" ", "").isdecimal() else "x"
    elif size == 4 and FIRST_YEAR <= value <= LAST_YEAR:
        return Token("y", text, 0, value, value)
    else:
        kind = "#" if size > 2 else "m" if 1 <= value <= 12 else "d" if 13 <= value <= 31 else "n"
    return Token(kind, text, value)


def tokens_of(text: str) -> list[Token]:
    """The text cut into tokens, the longest known phrase first, without words that say nothing of time."""
    found = [(m[0], text[m.start() : m.end()]) for m in _LEXER.finditer("".join(map(_plain, text)))]
    # A hyphen, stroke or stop inside a phrase does not part it: "on-going", "N/A".
    folded = ["" if plain in "-/." else fold(plain) or plain for plain, _ in found]
    tokens: list[Token] = []
    position = 0
    while position < len(found):
        best, following = _single(*found[position]), position + 1
        for stop in range(following, min(position + 2 * _LONGEST_PHRASE, len(found) + 1)):
            known = _KNOWN.get(" ".join(filter(None, folded[position:stop])))
            if known and folded[position] and folded[stop - 1]:
                best, following = Token(known[0], found[stop - 1][1], known[1]), stop
        if best.kind == "-" and best.text != ">" and all(token.kind == "(" for token in tokens):
            best = Token("<")
        elif found[position][0][0] in "'’‘":
            before = next((token.kind for token in reversed(tokens) if token.kind not in ".,_"), "")
            best = best._replace(kind="a") if before == "M" else best
        tokens.append(best)
        position = following
    return [token for token in tokens if token.kind != "_"]


def kinds_of(tokens: list[Token]) -> str:
    """The kinds of tokens as one text, which the patterns of the rules are for."""
    return "".join(token.kind for token in tokens)
