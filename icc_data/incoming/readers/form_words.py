"""The words by which forms and pages are recognised: a file a language, which a speaker can mend.

Each row of ``lexicons/<language>.csv`` gives a meaning and the words that have it, parted by semicolons, as they are
written. Case and accents do not matter; ``(s)`` is an ending that may be there, with or without brackets. The meanings
are headings of the practice card and of the practice page (``HEADINGS``), ``form name`` (what the form calls itself),
``letterhead`` (what the programme is called), ``read more``, ``accessed``, ``yes`` and ``no`` beside an option,
``joining`` words between options, and ``option LIST CODE``: an option of a closed list, besides its labels in
terms.csv.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path

from babel import Locale

from icc_data.i18n import enumeration
from icc_data.i18n import language as spoken

LEXICONS = Path(__file__).parent / "lexicons"
CARD_HEADINGS = (
    "title",
    "countries",
    "cities",
    "languages",
    "source",
    "target_group",
    "practice_type",
    "practice_area",
    "description",
)
PAGE_HEADINGS = ("title", "countries", "cities", "year", "topics", "purpose", "stimulus", "process", "impact")
HEADINGS = (*CARD_HEADINGS, *PAGE_HEADINGS[3:], "references")
_OTHERS = ("read more", "form name", "letterhead", "accessed", "yes", "no", "joining")
_OPTION = "option "
# A word that two languages have is read as the first one's.
_FIRST = ("en", "fr", "de", "es", "it", "pt")


@cache
def _rows() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Language, meaning and words of every row, language after language.

    Raises:
        ValueError: a lexicon names a meaning that there is not.
    """
    rows = []
    names = (path.stem for path in sorted(LEXICONS.glob("*.csv")))
    for language in dict.fromkeys((*_FIRST, *names)):
        with (LEXICONS / f"{language}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                meaning = row["meaning"]
                if meaning not in (*HEADINGS, *_OTHERS) and not meaning.startswith(_OPTION):
                    raise ValueError(f"{language}.csv: no meaning is called “{meaning}”")
                words = (unicodedata.normalize("NFC", word.strip()) for word in row["words"].split(";"))
                rows.append((language, meaning, tuple(filter(None, words))))
    return tuple(rows)


@cache
def words(meaning: str) -> tuple[str, ...]:
    """The words that have a meaning, in every language."""
    return tuple(word for _, named, these in _rows() if named == meaning for word in these)


@cache
def options() -> tuple[tuple[str, str, str], ...]:
    """Vocabulary, code and words of each option."""
    return tuple(
        (*meaning.split()[1:3], word)  # type: ignore[misc]
        for _, meaning, these in _rows()
        if meaning.startswith(_OPTION)
        for word in these
    )


@cache
def card_languages() -> tuple[str, ...]:
    """The codes of the languages whose cards are read, English first."""
    return tuple(dict.fromkeys(language for language, meaning, _ in _rows() if meaning == "target_group"))


def language_of_headings(text: str) -> str:
    """The code of the language in which a card has most of its headings, English where several have as many."""
    counts = {code: len(set(re.findall(heading, text, re.IGNORECASE))) for code, heading in _headings_by_language()}
    return max(counts, key=lambda code: counts[code])


@cache
def _headings_by_language() -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            code,
            "|".join(
                rf"(?<!\w){_pattern(word)}(?!\w)"
                for language, meaning, these in _rows()
                if language == code and meaning in CARD_HEADINGS
                for word in these
            ),
        )
        for code in card_languages()
    )


def language_name(code: str) -> str:
    """The name of a language, in that of the user."""
    return str(Locale.parse(spoken().replace("-", "_").partition("_")[0]).languages[code])


def card_languages_in_words() -> str:
    """The languages whose cards are read, as a person is told them."""
    names = [language_name(code) for code in card_languages()]
    return enumeration(names)


def _letter(char: str) -> str:
    bare = unicodedata.normalize("NFD", char)[0]
    if char == "ß":
        return "(?:ß|ss)"
    if char in "'’":
        return "['’]"
    return f"[{char}{bare}]" if bare != char and char.isalpha() and bare.isalpha() else re.escape(char)


def _pattern(word: str) -> str:
    parts = re.split(r"(\([^()]*\)|\s+)", word)
    return "".join(
        r"\s+"
        if part.isspace()
        else rf"(?:\s?\(?{''.join(map(_letter, part[1:-1]))}\)?)?"
        if part.startswith("(")
        else "".join(map(_letter, part))
        for part in parts
        if part
    )


@cache
def pattern(meaning: str) -> str:
    """A regular expression, to be used without regard to case, for the words that have a meaning, the longest first."""
    return "(?:" + "|".join(map(_pattern, sorted(words(meaning), key=len, reverse=True))) + ")"


@cache
def named_patterns(meanings: tuple[str, ...]) -> str:
    """A regular expression that has a group for each of these meanings."""
    return "(?:" + "|".join(f"(?P<{meaning}>{pattern(meaning)})" for meaning in meanings) + ")"


@cache
def whole(meaning: str) -> re.Pattern[str]:
    """What is nothing but the words of a meaning, whatever signs stand around them."""
    return re.compile(rf"\W*{pattern(meaning)}\W*", re.IGNORECASE)


@cache
def more() -> re.Pattern[str]:
    """A line that says “Read More”, be it of something (“Read more about …”)."""
    return re.compile(rf"\W*{pattern('read more')}(?:\s+(?:about|sur|zu|su|sobre|over|om)\b.*)?\W*", re.IGNORECASE)


@cache
def more_at_end() -> re.Pattern[str]:
    """A line that is cut off and says “Read More” behind that."""
    return re.compile(rf"(?P<text>.*(?:\.\.\.|…))\s*(?P<more>{pattern('read more')}\W*)", re.IGNORECASE)


@cache
def more_in_source() -> re.Pattern[str]:
    """“Read More” in a page's text or HTML, on a line or in an element of its own, or behind what is cut."""
    words_of = rf"{pattern('read more')}(?:\s+(?:about|sur|zu|su|sobre|over|om)\b[^<\n]*)?"
    return re.compile(rf"(?:^|>|\.\.\.|…)[^\w<>\n]*{words_of}[^\w<>\n]*(?:<|$)", re.IGNORECASE | re.MULTILINE)


@cache
def _languages_of_more() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (language, re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern, these))})(?!\w)", re.IGNORECASE))
        for language, meaning, these in _rows()
        if meaning == "read more"
    )


def language_of_more(text: str) -> str:
    """The code of the language in which a text says “Read More”; empty where none does."""
    return next((language for language, these in _languages_of_more() if these.search(text)), "")
