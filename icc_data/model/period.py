"""The years in which a good practice ran, read from what people write beside it, in six languages.

A text is cut into tokens, and every token gets a kind: one character. The rules below are patterns over
the string of kinds, so they know nothing of any one word or language; the words stand in ``period_words``.

Kinds of the numbers     y year, m 1 to 12, d 13 to 31, n other of one or two digits, # no year, z decade,
                         a two digits with an apostrophe after a month ("May '18")
Kinds of the words       as in ``period_words``; M is also a month, x an unread word
Kinds of the marks       the mark itself; ( is any bracket, … any run of dots, < a dash before all else
Kinds the rules make     p day or month without a year, D duration, Y date, R range, s since, u until,
                         i begun, f finished, _ understood but says nothing, ! contradiction
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from icc_data.model.period_lexicon import vocabulary
from icc_data.text import fold

Certainty = Literal["certain", "likely", "unknown"]
FIRST_YEAR, LAST_YEAR = 1850, 2100
# Of the 48 ranges in data/practices.csv 46 end at most six years after they begin ("2024-2028", "From 2021 to
# 2027"), two after ten: a plan made this year seldom reaches further, a slip of the key does.
PLAN_HORIZON = 6
# Two digits with an apostrophe are a year of 1950 to 2049: the published ones are from 1982 to 2028.
_CENTURY_TURNS = 50


@dataclass(frozen=True)
class Period:
    """When a practice ran, as far as a text says so.

    Attributes:
        text: the text as published.
        start_year: the first year, or None where it is not stated.
        end_year: the last year, or None where it is not stated.
        ongoing: True where the text says it goes on, False where it states an end, else None.
        certainty: "certain" for a form with one reading, "likely" where a reading had to be chosen, a part of
            the text was not understood or ``doubts`` has something to say, "unknown" where nothing could be read.
    """

    text: str
    start_year: int | None
    end_year: int | None
    ongoing: bool | None
    certainty: Certainty

    def as_dict(self) -> dict[str, str | int | bool | None]:
        """The period as a record: text, start_year, end_year, ongoing, certainty, in this order."""
        return asdict(self)


class _Token(NamedTuple):
    kind: str
    text: str = ""
    value: int = 0  # of a number; the month of a date; the months of a duration; 0 where not known
    start: int | None = None
    end: int | None = None
    sure: bool = True


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


def _single(plain: str, text: str) -> _Token:
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
        return _Token("y", text, 0, value, value)
    else:
        kind = "#" if size > 2 else "m" if 1 <= value <= 12 else "d" if 13 <= value <= 31 else "n"
    return _Token(kind, text, value)


def _tokens(text: str) -> list[_Token]:
    """The text cut into tokens, the longest known phrase first, without words that say nothing of time."""
    found = [(m[0], text[m.start() : m.end()]) for m in _LEXER.finditer("".join(map(_plain, text)))]
    # A hyphen, stroke or stop inside a phrase does not part it: "on-going", "N/A".
    folded = ["" if plain in "-/." else fold(plain) or plain for plain, _ in found]
    tokens: list[_Token] = []
    position = 0
    while position < len(found):
        best, following = _single(*found[position]), position + 1
        for stop in range(following, min(position + 2 * _LONGEST_PHRASE, len(found) + 1)):
            known = _KNOWN.get(" ".join(filter(None, folded[position:stop])))
            if known and folded[position] and folded[stop - 1]:
                best, following = _Token(known[0], found[stop - 1][1], known[1]), stop
        if best.kind == "-" and best.text != ">" and all(token.kind == "(" for token in tokens):
            best = _Token("<")
        elif found[position][0][0] in "'’‘":
            before = next((token.kind for token in reversed(tokens) if token.kind not in ".,_"), "")
            best = best._replace(kind="a") if before == "M" else best
        tokens.append(best)
        position = following
    return [token for token in tokens if token.kind != "_"]


def _kinds(tokens: list[_Token]) -> str:
    return "".join(token.kind for token in tokens)


def _as(kind: str, sure: bool = True) -> Callable[[list[_Token]], _Token]:
    """What makes one token of this kind of several, with the years and the month of the first date in them."""

    def make(tokens: list[_Token]) -> _Token:
        dates = [t for t in tokens if t.kind in "yYR"]
        month = max((t.value for t in tokens if t.kind in "MY" and kind != "R"), default=0)
        if not dates:
            return _Token(kind, value=month, sure=sure)
        start = None if kind in ("u", "f") else dates[0].start
        end = None if kind in ("s", "i") else dates[0].end
        return _Token(kind or dates[0].kind, "", month, start, end, sure and all(t.sure for t in dates))

    return make


def _abbreviated(tokens: list[_Token]) -> _Token:
    """A month and a year of two digits with an apostrophe: likely, as the century is left to the reader."""
    year = tokens[-1].value + (2000 if tokens[-1].value < _CENTURY_TURNS else 1900)
    month = next((t.value for t in tokens if t.kind == "M" and t.value), 0)
    return _Token("Y", "", month, year, year, sure=False)


def _span(tokens: list[_Token]) -> _Token:
    """From the first date to the last: sure for two dates, a contradiction where they go backwards.

    Listed dates may stand in any order; they are sure in order and without a gap. Two years with a stroke
    between them are one school year, or a range that is not sure.
    """
    dates, kinds = [t for t in tokens if t.kind in "yYR"], _kinds(tokens)
    starts, ends = [t.start or 0 for t in dates], [t.end or 0 for t in dates]
    gapless = all(0 <= start - end <= 1 for end, start in zip(ends, starts[1:], strict=False))
    listed = not re.search("[-TUKy]", kinds)
    if not listed and (starts != sorted(starts) or ends != sorted(ends)):
        return _Token("!")
    kind = "Y" if kinds == "y/y" else "R"
    clear = gapless if listed or kind == "Y" else len(dates) == 2 and "R" not in kinds
    return _Token(kind, "", 0, min(starts), max(ends), clear and all(t.sure for t in dates))


def _shortened(tokens: list[_Token]) -> _Token:
    """A year and a number that completes a second year ("2011-14") or is a month ("2018-06").

    The number is a later year of the same decade or century where it can be; else a month; else, for two
    digits, a year of the next century less than fifty years on. It is sure where it cannot be a month.
    """
    year, mark, number = tokens
    start, digits, month = year.start or 0, len(number.text), 1 <= number.value <= 12
    end = start - start % 10**digits + number.value
    kind = "Y" if mark.kind == "/" else "R"
    if start < end <= LAST_YEAR:
        return _Token(kind, "", 0, start, end, not month)
    if month:
        return _Token("Y", "", number.value, start, start, sure=False)
    if digits == 2 and start < end + 100 < min(start + 50, LAST_YEAR + 1):
        return _Token(kind, "", 0, start, end + 100, sure=False)
    return _Token("!")


_Rule = tuple[str, Callable[[list[_Token]], _Token]]

# Each rule is applied to the whole text before the next one, so the longer form stands first.
_DATE_RULES: list[_Rule] = [
    (r"[$][ymdnNz#]|[ymdnNz#][k$]|(?:[ymdn#][-/])*#(?:[-/][ymdn#])*", _as("#")),
    (r"[ymdnN#C]P|[mdnNC]j", lambda pair: _Token("D", value=pair[0].value * pair[1].value)),
    (r"Py(?![-,&/TU])", lambda pair: pair[1] if (pair[1].start or 0) % 10 else _Token("z")),
    (r"y([-/.])m\1[md]|[md]([-/.])m\2y|m([-/.])d\3y|(?:(?:[md]\.?)?M[.,]*)+-?(?:[md],?)?y(?!/[dny])", _as("Y")),
    (r"(?:(?:[md]\.?)?M[.,]*)+a", _abbreviated),
    (r"(?:(?:[md]\.?)?M\.?)+|[md][/.][md]\.?(?=[-TU]Y)", _as("p")),
    (r"[md]\.?(?=(?:[-T&/,U][md]\.?)*[-T&/,U][pY])", _as("p")),
    (r"m([-/.])y-m\1y", _span),
    (r"(?<![ymdn][-/.])m[-/.]y|(?<=y-)m[/.]y(?!-[mdn])", _as("Y")),
    (r"y[-/][mdn](?!\.[ymdn]|[-/][mdn]|/y(?!-[mdn]))|yT[mdn](?!x)", _shortened),
    (r"y\.m", _as("Y", sure=False)),
    (r"(?:[mdn][-/])+y|[mdn]\.y|y(?:[-/][mdn])+", _as("#")),
    (r"y[-/]y", _span),
    (r"y", _as("Y")),
    (r"[.jP]", _as("_")),
]
_CLAUSE_RULES: list[_Rule] = [
    (r"v+D?|Cp|[,(;]+$", _as("_")),
    (r"^gD$", _as("O")),
    (r"hx?O", _as("x")),
    (r"C[YR]|[YR][(]*[?]", _as("", sure=False)),
    (r"(?:p[&,/]+)+(?=Y)", _as("_")),
    # A day or month takes its year from the date after it, unless it would then be the later of the two.
    (r"p[-TU]+Y", lambda both: _as("R", sure=not both[0].value > both[-1].value > 0)(both[-1:])),
    (r"[YR]r[YR]", _as("!")),
    (r"SY[,&]?[TU]+Y|[YR](?:(?:-+|[,&]?-*[TU]+)[YR])+|K[YR]&[YR]", _span),
    (r"[YR](?:(?:[,;/+]?&|[,;/+])[YR])+", _span),
    (r"Y(?:[-TU]+…|&?W|o(?=$|[(;,])|-+(?=$|[(;,]))", _as("s")),
    (r"Y[…T+]$", _as("s", sure=False)),
    (r"Y[-TU]+[?Q]", _as("i")),
    (r"[?Q…][-TU]+Y|BY|<Y(?![-TU,&(]*O)", _as("u", sure=False)),
    (r"O?U[TU]*Y", _as("u")),
    (r"eY", _as("f")),
    (r"AY", _as("i", sure=False)),
    (r"b[SF]?Y|[YR][(]*[+]D", _as("i")),
    (r"[SF]+Y|[SFb]+s", _as("s")),
    (r"KY|SR", _as("", sure=False)),
    (r"[bFK]R", _as("R")),
    (r"Y[-TU,&(]*O(?![-,(]*[suf])", _as("s")),
    (r"S+z", _as("O", sure=False)),
    (r"[TU]+(?=O)", _as("_")),
]
_NOT_UNDERSTOOD = re.compile(r"[x#mdnaNzk$?QhSFKUBAbeCW…+<]|^-|-$")


def _rewritten(tokens: list[_Token], rules: list[_Rule]) -> list[_Token]:
    for pattern, make in rules:
        kept, position = [], 0
        for match in re.finditer(pattern, _kinds(tokens)):
            kept += [*tokens[position : match.start()], make(tokens[match.start() : match.end()])]
            position = match.end()
        tokens = [token for token in [*kept, *tokens[position:]] if token.kind != "_"]
    return tokens


def _labelled_apart(kinds: str) -> bool:
    """Whether dates and "ongoing" belong to parts of their own, as in "Network - ongoing / Report - 2017"."""
    parts = [part for part in re.split("[;/]", kinds) if re.search("[OYRsuif]", part)]
    apart = not any("O" in part and re.search("[YRsuif]", part) for part in parts)
    return "O" in kinds and len(parts) > 1 and apart and all("x" in part for part in parts)


def _lasting(claim: _Token, duration: _Token) -> int | None:
    """The year in which a stated number of months ends that begins in the month of this claim."""
    if not (duration.value and claim.value and claim.start):
        return None
    end = claim.start + (claim.value + duration.value - 2) // 12
    return end if end <= LAST_YEAR else None


def _combined(tokens: list[_Token]) -> tuple[int | None, int | None, bool | None, Certainty] | None:
    """Start, end, ongoing and certainty, from all that a text says; None where it says nothing."""
    kinds, under_way = _kinds(tokens), [t for t in tokens if t.kind == "O"]
    claims = [] if _labelled_apart(kinds) else [t for t in tokens if t.kind in "YRsuif"]
    if "!" in kinds or not (claims or under_way):
        return None
    used = [t for t in claims if t.kind != "Y"]
    used = used if any(t.start for t in used) else claims
    said, found = _kinds(claims), set(_kinds(used))
    starts, ends = [t.start for t in used if t.start], [t.end for t in used if t.end]
    if found <= {"Y", "R"} and starts != sorted(starts):
        return None
    sure = not _NOT_UNDERSTOOD.search(kinds) and all(t.sure for t in [*used, *under_way])
    # Several claims agree only if each says another thing, and none of them is a bare date.
    sure = sure and (len(said) < 2 or (len(set(said)) == len(said) and not {"Y", "R"} & set(said)))
    ongoing = bool(under_way) or ("s" in found and not found & {"u", "f"}) or (False if ends else None)
    if under_way and found == {"Y"}:
        ends, sure = [], False
    durations = [t for t in tokens if t.kind == "D"]
    if durations and not under_way and len(used) == 1 and found < {"s", "i", "Y"}:
        lasting = _lasting(used[0], durations[0]) if len(durations) == 1 else None
        if lasting or found != {"Y"}:
            ends, ongoing, sure = ([lasting], False, False) if lasting else ([], None, False)
    start, end = min(starts, default=None), max(ends, default=None)
    if start and end and start > end:
        return None
    return start, end, ongoing, "certain" if sure and ongoing is not None else "likely"


def read_period(text: str, as_of: int | None = None) -> Period:
    """Read the years in which a practice ran.

    Args:
        text: the text beside the practice, in any of the six languages; any text is allowed.
        as_of: the year in which the text was seen; this year where that is not known.

    Returns:
        The period. A bare year or date is that year alone. What cannot be read, such as a range that goes
        backwards, a decade or a year outside 1850 to 2100, gives an unknown period, never a guess. Where
        ``doubts`` has something to say of the period it is likely at most.
    """
    period = _read(text)
    doubtful = period.certainty == "certain" and doubts(period, as_of)
    return replace(period, certainty="likely") if doubtful else period


# The same text stands beside many practices, and checking a file reads it more than once.
@lru_cache(maxsize=20_000)
def _read(text: str) -> Period:
    found = _combined(_rewritten(_tokens(text), _DATE_RULES + _CLAUSE_RULES))
    return Period(text, *(found or (None, None, None, "unknown")))


def doubts(period: Period, as_of: int | None = None) -> tuple[str, ...]:
    """Why the years of a period, though they can be read, may not be what was meant.

    Args:
        period: as it was read.
        as_of: the year in which its text was seen; this year where that is not known.

    Returns:
        A note for each year further ahead than people plan, and for an end that is past beside "ongoing".
    """
    seen = as_of or date.today().year
    years = dict.fromkeys(year for year in (period.start_year, period.end_year) if year is not None)
    notes = [
        f"“{period.text}”: {year} is more than {PLAN_HORIZON} years after {seen}, check the year"
        for year in years
        if year > seen + PLAN_HORIZON
    ]
    if period.ongoing and period.end_year is not None and period.end_year < seen:
        notes.append(f"“{period.text}” says both that it ended in {period.end_year} and that it goes on")
    return tuple(notes)


def unreadable(text: str) -> str:
    """Why no year can be read from a text; empty where one can, or where it says that there is none ("N/A")."""
    if read_period(text).certainty != "unknown" or set(_kinds(_tokens(text))) <= set("Q-<?.,;/(…"):
        return ""
    first, *later = [int(year) for year in re.findall(r"(?<!\d)\d{4}(?!\d)", text)] or [0]
    backwards = "it ends before it begins" if later and later[-1] < first else "no year can be read from it"
    return f"{backwards}: write it like 2019, 2019-2021, since 2019 or until 2023"


def unread_words(text: str) -> list[str]:
    """The words the reader does not know at all, such as the name of a place before the year.

    Args:
        text: any text.

    Returns:
        The words as written and in order, except years, numbers, months and known words of time.
    """
    tokens = _tokens(text)
    # A number word is one only before a unit of time: "un an", but not "un quartier".
    lone = {m.start() for m in re.finditer("N(?![jP])", _kinds(tokens))}
    unread = [t.text for i, t in enumerate(tokens) if t.kind in "xk$" or i in lone]
    return [word for word in unread if any(c.isalpha() for c in word)]
