"""How texts are compared: without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not decompose into a base letter and an accent.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
    | {"ħ": "h", "ŧ": "t", "ŋ": "n"}
)
LIST_SEPARATOR = "; "
"""Between the parts of a cell that holds a list."""
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Fold a text for comparison.

    Args:
        text: any text.

    Returns:
        The text in lower case, without accents, every run of punctuation and white space one space.
        Folding twice changes nothing more.
    """
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().translate(_PLAIN)
    return _NOT_WORD.sub(" ", bare).strip()


def slugify(text: str, length: int = 60) -> str:
    """A readable identifier: the folded words joined by hyphens, cut at a word to ``length`` letters."""
    words: list[str] = []
    for word in fold(text.replace("’", "").replace("'", "")).split():
        if words and len("-".join([*words, word])) > length:
            break
        words.append(word)
    return "-".join(words)[:length]
