"""How texts are compared: without case, accents and punctuation, and which is nearest to one that somebody mistyped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA

# Letters that Unicode does not decompose into a base letter and an accent.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
    | {"ħ": "h", "ŧ": "t", "ŋ": "n"}
)
LIST_SEPARATOR = "; "
"""Between the parts of a cell that holds a list."""
likeness = OSA.normalized_similarity
"""How alike two folded texts are, between 0 and 1: 1 - typing errors / letters of the longer one.

A typing error is a letter too many, too few or another, or two neighbours in the wrong order (the optimal string
alignment distance, after RapidFuzz).
"""
NEAR = 0.6
"""How alike two folded texts must be for one to be proposed in the place of the other."""
# Fewer letters begin or make up too many names.
SHORTEST_PART = 3
_NOT_WORD = re.compile(r"[\W_]+")
# Names and words come again and again, in a file and in what it is compared with.
_SHORT, _MOST_REMEMBERED = 60, 20_000


def fold(text: str) -> str:
    """Fold a text for comparison.

    Args:
        text: any text.

    Returns:
        The text in lower case, without accents, every run of punctuation and white space one space.
        Folding twice changes nothing more.
    """
    return _remembered(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> str:
    plain = text.lower() if text.isascii() else text.translate(_FOLDS)
    return _NOT_WORD.sub(" ", plain).strip()


class _Folds(dict[int, str]):
    """What a character is folded to, whatever stands beside it; worked out when it first comes."""

    def __missing__(self, number: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(number).casefold().translate(_PLAIN))
        bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
        folded = bare.casefold().translate(_PLAIN)
        # There are a million, and somebody may type all of them.
        if len(self) < _MOST_REMEMBERED:
            self[number] = folded
        return folded


_FOLDS = _Folds()
_remembered = lru_cache(maxsize=_MOST_REMEMBERED)(_folded)
# An apostrophe, as it is typed and as it is printed.
_APOSTROPHE = "['’‘ʼ`´′＇]"
_APOSTROPHES = frozenset(_APOSTROPHE[1:-1])
# What stands after one in English and means nothing by itself: women’s, don’t, we’re.
_ENDING = re.compile(rf"(?<=\w){_APOSTROPHE}(?:s|t|d|m|re|ve|ll)\b", re.IGNORECASE)
# What stands before one in French, Italian and Catalan: l’école, n’est, qu’on, dell’arte.
_ELIDED = re.compile(
    rf"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|un|gli|(?:d|n|s|c)?[ae]ll|sull|quell|quest){_APOSTROPHE}(?=\w)",
    re.IGNORECASE,
)


def fold_words(text: str) -> str:
    """Fold a text for a search by words: without possessive s, contracted endings and elided articles.

    Args:
        text: any text.

    Returns:
        As ``fold``; “women’s” is “women”, “n’est” is “est”, “l’école” is “ecole”.
    """
    if _APOSTROPHES.isdisjoint(text):
        return fold(text)
    return fold(_ELIDED.sub(" ", _ENDING.sub("", text)))


def slugify(text: str, length: int = 60) -> str:
    """A readable identifier: the folded words joined by hyphens, cut at a word to ``length`` letters."""
    words: list[str] = []
    for word in fold(text.replace("’", "").replace("'", "")).split():
        if words and len("-".join([*words, word])) > length:
            break
        words.append(word)
    return "-".join(words)[:length]


def short_digest(digest: str) -> str:
    """The first twelve digits of a digest, by which people quote it: “data version 3da87c3bbc21”."""
    return digest[:12]


def nearest(text: str, names: Mapping[str, Iterable[str]], limit: int = 3) -> list[str]:
    """What is most likely meant by a text that names nothing.

    Things with a name that holds all the words typed come first (“Kyiv”: Shevchenkivskyi (Kyiv)), then those with a
    word that begins so, then those whose whole name is among the words typed, then those spelt alike.

    Args:
        text: what was typed.
        names: the names of each thing that there is.
        limit: how many at most.

    Returns:
        Keys of ``names``, the nearest first and equals in their order there; none where nothing is near.
    """
    typed = fold(text)
    if not typed:
        return []
    scores = {key: max((_nearness(typed, fold(name)) for name in called), default=0.0) for key, called in names.items()}
    return sorted((key for key in scores if scores[key] >= NEAR), key=lambda key: -scores[key])[:limit]


def _nearness(typed: str, name: str) -> float:
    words, typed_words = name.split(), typed.split()
    if set(typed_words) <= set(words):
        return 4.0
    if len(typed) >= SHORTEST_PART and any(word.startswith(typed) for word in words):
        return 3.0
    if len(name) >= SHORTEST_PART and set(words) <= set(typed_words):
        return 2.0
    return likeness(typed, name)
