"""What somebody types into the search box: words, “quoted phrases” and -exclusions.

The words are looked up in DuckDB's full-text index (``sql/text_match.sql``): by their stem in British and American
spelling, by what they begin, by an equivalent of the thesaurus, a year by the practices that started in it, and, where
all that finds nothing, by the place that has this name in another language or by the most similar word there is. A word
in quotation marks is looked for as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from icc_data.paths import sql_beside
from icc_data.queries.place_lists import exonyms, places_among
from icc_data.queries.spelling import other_spellings
from icc_data.text import fold, fold_words

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
# Words of a phrase that a minus may have been meant for.
LONGEST_PHRASE = 4

_PART = re.compile(r'(?P<minus>(?<!\S)[-−])?(?:["“”«](?P<phrase>[^"“”«»]*)["“”»]|(?P<word>[^\s"“”«»]+))')
_TOKEN = re.compile(r"\w+", re.UNICODE)
# What other search boxes understand and this one does not.
_OPERATOR = re.compile(r"(?<!\S)(?:OR|AND|NOT|OU|ET)(?!\S)")
_FIELD = re.compile(r"(?<!\S)[-−+]?[^\W\d_]{2,}:(?=[^\s/])")


# A typed word may stand for several words of the practices; a practice holds it with any of them.
MATCH = sql_beside(__file__, "text_match")
MATCHED = "SELECT practice FROM (WITH {match} SELECT practice FROM matched)".replace("{match}", MATCH)
_CONDITIONS = {
    "words": "practice IN (<matched>)",
    "phrases": f"practice IN ({sql_beside(__file__, 'phrase_match')})",
    "excluded_words": f"practice NOT IN ({sql_beside(__file__, 'excluded_word_match')})",
    "excluded_phrases": f"practice NOT IN ({sql_beside(__file__, 'excluded_phrase_match')})",
}


# Read by a join, which is planned in no time; the search itself takes longer to plan than to run.
FOUND = "practice IN (SELECT unnest($found::UINTEGER[]))"
MOST_FOUND = 5_000
_found: ContextVar[tuple[SearchQuery, Found] | None] = ContextVar("_found", default=None)


@dataclass(frozen=True)
class Found:
    """The practices that a search finds, and how well each answers its words.

    Attributes:
        practices: their numbers in the database that was asked.
        scores, words_held: of each, as ``search`` gives them; empty where no words were typed.
    """

    practices: tuple[int, ...]
    scores: tuple[float, ...] = ()
    words_held: tuple[int, ...] = ()


@dataclass(frozen=True)
class SearchQuery:
    """What was typed, in parts, each folded.

    Attributes:
        words: words to look for, those of the phrases among them.
        phrases: words that have to stand side by side, or a single one as it stands.
        excluded: words and phrases that must not be there.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed that can be looked for."""
        return not (self.words or self.phrases or self.excluded)

    @property
    def found(self) -> Found | None:
        """What it finds, where ``already_found`` says it."""
        known = _found.get()
        return known[1] if known and known[0] == self else None

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
        params = {name: list(values) for name, values in self._parts().items() if values}
        return {**params, **self.word_params()} if self.words else params

    def _parts(self) -> dict[str, Sequence[str]]:
        """What was typed by the parameter that it is bound to; another spelling of a word is excluded as it stands."""
        phrases = [part for part in self.excluded if " " in part]
        others = [other for part in self.excluded for other, _ in other_spellings(part)]
        return {
            "words": self.words,
            "phrases": self.phrases,
            "excluded_words": [part for part in self.excluded if " " not in part],
            "excluded_phrases": [*phrases, *others],
        }

    def word_params(self) -> dict[str, list[str]]:
        """The bound parameters of ``MATCH``: the words, what else they may be, and which are never corrected."""
        spelled = [(word, other, root) for word in self.words for other, root in other_spellings(word)]
        quoted = {word for phrase in self.phrases for word in phrase.split()}
        named = list(exonyms([word for word in self.words if word not in quoted]))
        return {
            "words": list(self.words),
            "spelled": [word for word, _, _ in spelled],
            "spelled_as": [other for _, other, _ in spelled],
            "spelled_root": [root for _, _, root in spelled],
            "exonyms": [word for word, _ in named],
            "exonyms_mean": [meant for _, meant in named],
            "never_corrected": [*quoted, *places_among(self.words)],
        }

    def condition(self, matched: str = MATCHED) -> str:
        """SQL on the table ``practice``, with the parameters of ``params``.

        Args:
            matched: SQL that gives the practices that hold the words.
        """
        # What holds the phrases is looked for among what holds the words.
        names = ("phrases" if self.phrases else "words", "excluded_words", "excluded_phrases")
        typed = self._parts()
        parts = (_CONDITIONS[name] for name in names if typed[name])
        return " AND ".join(parts).replace("<matched>", matched) or "true"


@contextmanager
def already_found(search: SearchQuery, found: Found) -> Iterator[None]:
    """Questions asked within take the practices that a search finds as known, and do not search anew.

    Args:
        search: what was typed.
        found: the practices, in the database that is asked.
    """
    token = _found.set((search, found))
    try:
        yield
    finally:
        _found.reset(token)


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
        phrase = fold_words(part["phrase"] or "")
        typed = phrase or fold_words(part["word"] or "")
        if not typed:
            continue
        if part["minus"]:
            excluded.append(typed)
            continue
        if phrase:
            phrases.append(phrase)
        words += typed.split()
    telling = [word for word in words if word not in STOP_WORDS]

    def once(values: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(values))[:MOST_WORDS]

    return SearchQuery(once(telling or words), once(phrases), once(excluded))


def exactly(text: str, words: Collection[str] = ()) -> str:
    """What to type for a search that takes words as they stand, without correcting them.

    Args:
        text: as typed.
        words: the folded words to take so; all of them where none is given.

    Returns:
        The text with those words in quotation marks; phrases and exclusions stay as they are.
    """

    def quoted(part: re.Match[str]) -> str:
        word = part["word"]
        parts = fold_words(word or "").split()
        if not parts or part["minus"] or not (not words or set(parts) & set(words)) or set(parts) <= STOP_WORDS:
            return part[0]
        return f'"{word}"'

    return _PART.sub(quoted, text)


def exclusions(text: str) -> tuple[str, list[str]]:
    """A text without what it excludes, and what that is, each with its minus, as typed."""
    found = [part[0] for part in _PART.finditer(text[:LONGEST]) if part["minus"] and fold_words(part[0])]
    rest = _PART.sub(lambda part: " " if part["minus"] else part[0], text[:LONGEST])
    return rest.strip(), list(dict.fromkeys(found))[:MOST_WORDS]


def longer_exclusions(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Which phrases an excluded word may have been meant for: a minus reaches no further than the next space.

    Args:
        text: as typed.

    Returns:
        For each excluded word that another one follows: the word, and each phrase that it begins, the longest first,
        with what to type to exclude that phrase.
    """
    parts, found = list(_PART.finditer(text[:LONGEST])), []
    for place, first in enumerate(parts):
        if not (first["minus"] and first["word"]):
            continue
        words = [first]
        for part in parts[place + 1 : place + LONGEST_PHRASE]:
            if part["minus"] or not part["word"] or text[words[-1].end() : part.start()].strip():
                break
            words.append(part)
        phrases = [
            (phrase, f'{text[: first.start()]}-"{phrase}"{text[words[count - 1].end() :]}')
            for count in range(len(words), 1, -1)
            # A word such as “in” begins or ends no name.
            if not {words[0]["word"].lower(), words[count - 1]["word"].lower()} & STOP_WORDS
            and (phrase := " ".join(part["word"] for part in words[:count]))
        ]
        if phrases:
            found.append((first["word"], phrases))
    return found


def not_understood(text: str) -> list[str]:
    """What somebody typed as for another search box: OR, AND, NOT, and fields such as “country:”."""
    outside = re.sub(r'["“”«][^"“”«»]*["“”»]', " ", text)
    fields = [field[0].lstrip("-−+") for field in _FIELD.finditer(outside)]
    # In a text all in capitals they are words like any other.
    operators = [] if outside.isupper() else _OPERATOR.findall(outside)
    return list(dict.fromkeys([*operators, *fields]))


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
