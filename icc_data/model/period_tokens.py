"""A year text cut into tokens: numbers, marks and words of time in many languages, each with its kind."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from icc_data.model.period_lexicon import Meaning, accented, calendar_names, vocabulary
from icc_data.text import fold

FIRST_YEAR, LAST_YEAR = 1850, 2100


class Token(NamedTuple):
    """A piece of a year text; what the kinds mean stands at the head of ``period_rules``."""

    kind: str
    text: str = ""
    value: int = 0  # of a number; the month of a date; the months of a duration; 0 where not known
    start: int | None = None
    end: int | None = None
    sure: bool = True
    bare: bool = False  # of a year that stands without day and month


class _Word(NamedTuple):
    """A known word or phrase: its last word as written, how many words it is, what it means by language."""

    text: str
    size: int
    meanings: Mapping[str, Meaning]


class _Piece(NamedTuple):
    plain: str
    text: str
    start: int
    stop: int


# Chinese, Japanese and Korean run words together, and with numbers; so do Hebrew and Arabic with theirs.
_JOINED = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_SEMITIC = "\u0590-\u05ff\u0620-\u06ef"
_KNOWN = vocabulary()
_ENDINGS = sorted((word[1:] for word in _KNOWN if word.startswith("-") and " " not in word), key=len, reverse=True)
_LONGEST: dict[str, int] = {}
for _phrase in _KNOWN:
    _first, *_others = _phrase.split(" ")
    _LONGEST[_first] = max(_LONGEST.get(_first, 1), 1 + len(_others))
_PARTS = {part for phrase in _KNOWN for part in phrase.split()}
_JOINED_PARTS = {part for part in _PARTS if re.fullmatch(f"[{_JOINED}]+", part)}
_JOINED_WORD = "|".join(sorted(_JOINED_PARTS, key=lambda part: (-len(part), part)))
# Digits parted in threes are one count; an apostrophe before a plural s belongs to a decade.
_LEXER = re.compile(
    r"[0-9]+(?:(?: +|[.,'])[0-9]{3}(?![^\W_]))+|[0-9]+['’][sS]\b|(?<![0-9])['’‘][0-9]{2}(?![^\W_])"
    rf"|[0-9]+(?=[{_JOINED}{_SEMITIC}])|{_JOINED_WORD}|[{_JOINED}]+?(?={_JOINED_WORD}|[^{_JOINED}]|$)|[{_SEMITIC}]+"
    rf"|[^\W_{_JOINED}](?:[^\W_{_JOINED}]|[\u0300-\u036f])*"
    r"|\.{2,}|[-/.,;&+?…($~<>≤≥©]"
)
_MARKS = str.maketrans("[]{})→|€£%≈−_、،・؛。⁓", "(((((-/$$$~- ,,,;.~")
_ORDINAL_ENDINGS = ("st", "nd", "rd", "th", "er", "ere", "eme", "e", "o", "a")
_RELATIONS = {"≤": "<", "<": "<", "≥": ">", ">": ">"}

# The same characters and words come again and again.
_MOST_REMEMBERED = 20_000


@lru_cache(maxsize=_MOST_REMEMBERED)
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


@lru_cache(maxsize=_MOST_REMEMBERED)
def _single(plain: str, text: str) -> Token:
    """The token of a mark, a number or a word that is no part of a known phrase."""
    if plain[0] in "'’‘":
        return _single(plain[1:], text[1:])._replace(kind="'")
    rest = plain.lstrip("0123456789")
    size, ending = len(plain) - len(rest), fold(rest)
    value = int(plain[:size]) if 0 < size <= 4 else 0
    if plain == "©":
        kind = "l"
    elif not size:
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


@lru_cache(maxsize=_MOST_REMEMBERED)
def _of_calendar(word: str) -> tuple[Mapping[str, Meaning], ...]:
    """What a month or day means, or a month and the ending grown to it ("szeptembertől"); nothing of any other word."""
    names = calendar_names()
    if word in names:
        return (names[word],)
    for ending in filter(word.endswith, _ENDINGS):
        month = names.get(word[: -len(ending)], {})
        if len(ending) > 1 and month.keys() & _KNOWN["-" + ending].keys():
            return month, _KNOWN["-" + ending]
    return ()


class _Cutter:
    """Cuts one text from left to right, the longest known phrase first."""

    def __init__(self, text: str) -> None:
        self.text = text
        matches = _LEXER.finditer("".join(map(_plain, text)))
        self.pieces = [_Piece(m[0], text[m.start() : m.end()], m.start(), m.end()) for m in matches]
        # A hyphen, stroke or stop inside a phrase does not part it: "on-going", "N/A".
        self.words = ["" if piece.plain in "-/." else accented(piece.plain) for piece in self.pieces]
        self.cut: list[Token | _Word] = []

    def _phrase(self, first: int, opener: str = "") -> tuple[_Word, int] | None:
        """The longest known phrase from this piece on and the place after it; ``opener`` is that of an ending."""
        longest = _LONGEST.get(opener + self.words[first], 0)
        for end in range(min(first + 2 * longest - 1, len(self.pieces)), first, -1):
            if not self.words[end - 1]:
                continue
            meanings = _KNOWN.get(opener + " ".join(filter(None, self.words[first:end])))
            if meanings:
                last = self.pieces[end - 1]
                if self.text[last.stop :].lstrip()[:1] in (":", "："):
                    # "End: 2018" is no part of a year.
                    meanings = {lang: ("e" if kind == "%" else kind, n) for lang, (kind, n) in meanings.items()}
                return _Word(last.text, end - first, meanings), end
        return None

    def _grown_to(self, position: int) -> int | None:
        """Where an ending begins that is grown to the piece before ("2015-től", "2015'ten"); None for none."""
        previous, piece = self.pieces[position - 1], self.pieces[position]
        if piece.plain == "-" and piece.start == previous.stop and position + 1 < len(self.pieces):
            following = self.pieces[position + 1]
            return position + 1 if following.start == piece.stop and following.plain[0].isalpha() else None
        apostrophe = self.text[previous.stop : piece.start] in ("'", "’", "‘", "ʼ")
        return position if apostrophe and piece.plain[0].isalpha() else None

    def _ending(self, position: int) -> int | None:
        """The place after an ending that stands here, which is then cut; None where there is none."""
        if not position or not self.cut or not (self.pieces[position - 1].plain[-1].isalnum()):
            return None
        begin = self._grown_to(position)
        phrase = self._phrase(begin, "-") if begin is not None else None
        if phrase is None:
            return None
        self.cut.append(phrase[0])
        return phrase[1]

    def _beginning(self, position: int) -> int | None:
        """The place after a beginning that stands before a number ("מ-2015"), which is then cut; None for none."""
        piece, following = self.pieces[position], self.pieces[position + 1 : position + 3]
        meanings = _KNOWN.get(self.words[position] + "-")
        if meanings is None or not following or following[0].start != piece.stop:
            return None
        hyphen = following[0].plain == "-" and len(following) > 1 and following[1].start == following[0].stop
        if not following[int(hyphen)].plain[0].isdigit():
            return None
        self.cut.append(_Word(piece.text, 1, meanings))
        return position + 1 + int(hyphen)

    def _unknown(self, position: int) -> None:
        """Cuts a number, a mark or a word that no lexicon has as it stands."""
        piece = self.pieces[position]
        digits = len(piece.plain) - len(piece.plain.lstrip("0123456789"))
        ending = _KNOWN.get("-" + accented(piece.plain[digits:])) if 0 < digits < len(piece.plain) else None
        if ending and digits > 2:
            self.cut += [_single(piece.plain[:digits], piece.text[:digits]), _Word(piece.text, 1, ending)]
            return
        token = _single(piece.plain, piece.text)
        words = _of_calendar(self.words[position]) if token.kind == "x" else ()
        self.cut += [_Word(piece.text, 1, meanings) for meanings in words] or [self._mark(position, token)]

    def _mark(self, position: int, token: Token) -> Token:
        """A mark as it is meant where it stands: a dash or relation before all else, a wave between two dates."""
        first = all(isinstance(other, Token) and other.kind == "(" for other in self.cut)
        if token.kind == "-":
            return Token("<") if first else token
        if token.kind == "." and self._ends_sentence(position):
            return Token(";")
        if token.kind in _RELATIONS:
            return Token(_RELATIONS[token.kind]) if first else Token("-", token.text)
        if token.kind == "C" and position and not first:
            apart = self.pieces[position].start > self.pieces[position - 1].stop
            signed = not self.pieces[position - 1].plain[-1].isdigit()
            if position + 1 < len(self.pieces) or apart or signed:
                return Token("-")
        return token

    def _ends_sentence(self, position: int) -> bool:
        """Whether a stop parts a year from a sentence after it; "2018. June" is one date."""
        before, after = self.pieces[position - 1], self.pieces[position + 1 : position + 2]
        year = position > 0 and before.plain.isdigit() and len(before.plain) == 4
        apart = bool(after) and after[0].start > self.pieces[position].stop and after[0].plain[0].isupper()
        return year and apart and self.words[position + 1] not in calendar_names()

    def run(self) -> list[Token | _Word]:
        position = 0
        while position < len(self.pieces):
            grown = self._ending(position) or self._beginning(position)
            if grown is not None:
                position = grown
                continue
            phrase = self._phrase(position)
            if phrase is None:
                self._unknown(position)
                position += 1
            else:
                self.cut.append(phrase[0])
                position = phrase[1]
        return self.cut


def is_unknown(word: str) -> bool:
    """Whether a word of Latin letters is none of time in any language, and no part of a phrase, wherever it stands."""
    written = accented(word)
    return written not in _PARTS and f"-{written}" not in _PARTS and not _of_calendar(written)


def _meant(word: _Word, language: str) -> Token:
    kind, value = word.meanings.get(language) or next(iter(word.meanings.values()))
    return Token(kind, word.text, value)


def _finished(tokens: list[Token]) -> list[Token]:
    """What tokens are for those that stand before them, without the words that say nothing of time.

    Two digits after an apostrophe are a year after a month; "end" is one beside a beginning or "no", else a part of
    a year.
    """
    finished: list[Token] = []
    for token in tokens:
        if token.kind == "_":
            continue
        if token.kind == "%":
            token = token._replace(kind="e" if any(other.kind in "bh" for other in finished) else "M")
        before = next((other.kind for other in reversed(finished) if other.kind not in ".,"), "")
        finished.append(token._replace(kind="a") if token.kind == "'" and before == "M" else token)
    return finished


def readings_of(text: str) -> list[list[Token]]:
    """The text cut into tokens in every language that it may be in, the longest known phrase first.

    Args:
        text: any text.

    Returns:
        A list of tokens, without words that say nothing of time, for each way in which the languages that know
        most of its words understand it; most often one.
    """
    cut = _Cutter(text).run()
    words = [word for word in cut if isinstance(word, _Word)]
    if all(len(set(word.meanings.values())) == 1 for word in words):
        return [_finished([_meant(piece, "") if isinstance(piece, _Word) else piece for piece in cut])]
    votes = Counter[str]()
    for word in words:
        votes.update(dict.fromkeys(word.meanings, word.size))
    most = max(votes.values())
    readings: list[list[Token]] = []
    for language in (language for language in votes if votes[language] == most):
        reading = _finished([_meant(piece, language) if isinstance(piece, _Word) else piece for piece in cut])
        if reading not in readings:
            readings.append(reading)
    return readings


def kinds_of(tokens: list[Token]) -> str:
    """The kinds of tokens as one text, which the patterns of the rules are for."""
    return "".join(token.kind for token in tokens)
