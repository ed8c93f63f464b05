"""The words of a line: where each stands, as it is compared, and whether it is written as names are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from icc_data.text import fold

AND = {"and", "et", "y", "e", "und", "i", "och", "og", "en"}
# Small words inside a name ("Castelvetro di Modena"), and those a name may begin with ("Le Havre").
ARTICLES = {"la", "le", "les", "l", "el", "los", "las", "the", "den", "der", "die", "das", "des", "het", "de", "o"}
ARTICLES |= {"a", "os", "as", "il", "lo", "gli", "al", "am"}
PARTICLES = {"of", "del", "della", "delle", "di", "do", "da", "dos", "du", "d", "an", "dem", "im", "in", "sur"}
PARTICLES |= {"nell", "dell", "sous", "upon", "on", "y", "e", "i", "und", "et"} | ARTICLES
PREPOSITIONS = {"of", "for", "in", "with", "de", "des", "du", "di", "del", "da", "do", "pour", "para", "per", "on"}
_PLAIN_WORD = re.compile(r"[^\W_]+")
# With marks that are put upon the letter before them.
_MARKS = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u0655\u093c\u094d"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a"
)
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")


class Word(NamedTuple):
    """A word of the line: where it stands, as it is compared, and whether it is written as names are."""

    start: int
    end: int
    text: str
    key: str
    capital: bool


def words_of(text: str) -> Iterator[Word]:
    """The words of a text, one after the other."""
    has_marks = not text.isascii() and any(map(unicodedata.combining, text))
    for match in (_WORD if has_marks else _PLAIN_WORD).finditer(text):
        word = match[0]
        # A plain word is folded by its case alone: most words of most lines are plain.
        key = word.lower() if word.isascii() else fold(word)
        # Scripts without capitals write every word as a name.
        yield Word(match.start(), match.end(), word, key, word[0].isalpha() and not word[0].islower())


def initials(words: Sequence[Word], line: str, at: int) -> int:
    """How many words from a place on are the letters of one abbreviation (“N.Y.”); 0 where they are none.

    Args:
        words: those of the line.
        line: the line that they stand in.
        at: the place of the first.
    """
    size = 0
    for before, word in zip((None, *words[at:]), words[at:], strict=False):
        apart = before is not None and line[before.end : word.start].strip() != "."
        if apart or len(word.text) > 1 or not word.capital or not line.startswith(".", word.end):
            break
        size += 1
    return size if size > 1 else 0
