"""What somebody types into the search box: words, “quoted phrases” and -exclusions.

The words are looked up in DuckDB's full-text index (``sql/text_match.sql``): by their stem, by what they begin, by an
equivalent of the thesaurus, and, where all that finds nothing, by the most similar word there is.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from icc_data.paths import sql_beside
from icc_data.text import fold

# Words that say nothing about a practice, so that a search must not insist on them.
_ENGLISH = (
    "a an and any are as at be by can do does for from has have how i in into is it its me of on or our that the their "
    "them there they this to us was we what when where which who will with without you your"
)
_FRENCH = (
    "au aux avec ce ces comment d dans de des du elle elles en et est il ils je l la le les leur leurs mon nos notre "
    "nous ou par pour qu quel quelle quelles quels qui que quoi sans sa se ses son sont sur un une vos votre vous y"
)
STOP_WORDS = frozenset(f"{_ENGLISH} {_FRENCH}".split())
# Words that two practices can share without being alike.
_JOINING = (
    "about after against all also among before between both but during every more most not other out over own para per "
    "so some such than then these those through under up while one two three four five"
)
COMMON_WORDS = STOP_WORDS | frozenset(_JOINING.split())
LONGEST = 200
MOST_WORDS = 20

_PART = re.compile(r'(?P<minus>(?<!\S)[-−])?(?:["“”«](?P<phrase>[^"“”«»]*)["“”»]|(?P<word>[^\s"“”«»]+))')
_TOKEN = re.compile(r"\w+", re.UNICODE)


# A typed word may stand for several words of the practices; a practice holds it with any of them.
MATCH = sql_beside(__file__, "text_match")
_CONDITIONS = {
    "words": "practice IN (SELECT practice FROM (WITH {match} SELECT practice FROM matched))".replace("{match}", MATCH),
    "phrases": f"practice IN ({sql_beside(__file__, 'phrase_match')})",
    "excluded": f"practice NOT IN ({sql_beside(__file__, 'excluded_match')})",
}


@dataclass(frozen=True)
class SearchQuery:
    """What was typed, in parts, each folded.

    Attributes:
        words: words to look for, those of the phrases among them.
        phrases: words that have to stand side by side.
        excluded: words and phrases that must not be there.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed that can be looked for."""
        return not (self.words or self.phrases or self.excluded)

    def with_word(self, typed: str, word: str) -> str:
        """What somebody would have typed who meant another word."""
        phrased = {word for phrase in self.phrases for word in phrase.split()}
        parts = [
            *(f'"{phrase}"' for phrase in self.phrases),
            *(part for part in self.words if part not in phrased),
            *(f'-"{part}"' if " " in part else f"-{part}" for part in self.excluded),
        ]
        return re.sub(rf"\b{re.escape(typed)}\b", word, " ".join(parts))

    def params(self) -> dict[str, list[str]]:
        """The bound parameters of ``condition``, only those that it has."""
        typed = {"words": self.words, "phrases": self.phrases, "excluded": self.excluded}
        return {name: list(values) for name, values in typed.items() if values}

    def condition(self) -> str:
        """SQL on the table ``practice``, with the parameters of ``params``."""
        return " AND ".join(_CONDITIONS[name] for name in self.params()) or "true"


def parse_query(text: str) -> SearchQuery:
    """Read what somebody typed.

    A minus directly before a word or a quoted phrase excludes it. A quotation mark without its partner, and a minus
    inside a word (“anti-rumour”), mean nothing. Stop words count only where nothing else was typed.

    Args:
        text: anything.

    Returns:
        The parts of it. Never raises.
    """
    words: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    for part in _PART.finditer(text[:LONGEST]):
        phrase = fold(part["phrase"] or "")
        typed = phrase or fold(part["word"] or "")
        if not typed:
            continue
        if part["minus"]:
            excluded.append(typed)
            continue
        if " " in phrase:
            phrases.append(phrase)
        words += typed.split()
    telling = [word for word in words if word not in STOP_WORDS]

    def once(values: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(values))[:MOST_WORDS]

    return SearchQuery(once(telling or words), once(phrases), once(excluded))


def highlighted(text: str, words: Collection[str]) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is a word that was looked for.

    Args:
        text: as it is shown.
        words: folded words.

    Returns:
        Pieces that joined give the text again; neighbours differ in whether they were found.
    """
    pieces: list[tuple[str, bool]] = []
    place = 0
    for token in _TOKEN.finditer(text):
        if fold(token[0]) not in words:
            continue
        if token.start() > place:
            pieces.append((text[place : token.start()], False))
        pieces.append((token[0], True))
        place = token.end()
    if place < len(text):
        pieces.append((text[place:], False))
    return pieces
