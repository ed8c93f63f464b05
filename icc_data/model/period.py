"""The years in which a good practice ran, read from what people write beside it, in six languages.

A text is cut into tokens, and every token gets a kind: one character. The rules below are patterns over
the string of kinds, so they know nothing of any one word or language; the words stand in ``period_lexicon``.

Kinds of the numbers     y year, m 1 to 12, d 13 to 31, n other of one or two digits, # no year, z decade,
                         a two digits with an apostrophe after a month ("May '18")
Kinds of the words       as in ``period_lexicon``; M is also a month, x an unread word
Kinds of the marks       the mark itself; ( is any bracket, … any run of dots, < a dash before all else
Kinds the rules make     p day or month without a year, D duration, Y year or date, R range, s since, u until,
                         i begun, f finished, E years of an evaluation, G years of a plan,
                         _ understood but says nothing, ! contradiction
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from icc_data.model.period_tokens import FIRST_YEAR as FIRST_YEAR
from icc_data.model.period_tokens import LAST_YEAR as LAST_YEAR
from icc_data.model.period_tokens import Token, kinds_of, tokens_of

Certainty = Literal["certain", "likely", "unknown"]
Form = Literal["span", "since", "until", "founded", "date", "recurring", "ongoing", "year", "unread"]
# Of the 57 ranges in data/practices.csv 55 end at most six years after they begin ("2024-2028", "From 2021 to
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
        form: what kind of statement the text is. Of "year" (a year alone, which may be that of the page, of an edition
            or of an award) and "date" (with a day or month) the end is unknown and the start likely at most; of
            "founded" the start alone is known; "recurring" returns every year or so.
    """

    text: str
    start_year: int | None
    end_year: int | None
    ongoing: bool | None
    certainty: Certainty
    form: Form

    def as_dict(self) -> dict[str, str | int | bool | None]:
        """The period as a record: text, start_year, end_year, ongoing, certainty, form, in this order."""
        return asdict(self)

    @property
    def known_until(self) -> int | None:
        """The last year in which the practice is known to have run: its end, else its start; None without a start."""
        return None if self.start_year is None else self.end_year or self.start_year

    def said_until(self, as_of: int) -> int | None:
        """The last year of which the text says that the practice runs; None without a start.

        Args:
            as_of: the year up to which a practice that is said to go on does so.

        Returns:
            ``as_of`` where it is said to go on and that is later than what is known; else ``known_until``.
        """
        if self.start_year is None or self.known_until is None:
            return None
        return max(self.known_until, as_of) if self.ongoing else self.known_until

    def active_in(self, year: int, as_of: int) -> bool:
        """Whether the practice is known, or said, to run in a year; ``as_of`` is that of ``said_until``."""
        last = self.said_until(as_of)
        return self.start_year is not None and last is not None and self.start_year <= year <= last


def _as(kind: str, sure: bool = True) -> Callable[[list[Token]], Token]:
    """What makes one token of this kind of several, with the years and the month of the first date in them."""

    def make(tokens: list[Token]) -> Token:
        dates = [t for t in tokens if t.kind in "yYR"]
        month = max((t.value for t in tokens if t.kind in "MY" and kind != "R"), default=0)
        if not dates:
            return Token(kind, value=month, sure=sure)
        start = None if kind in ("u", "f") else dates[0].start
        end = None if kind in ("s", "i") else dates[0].end
        bare = not kind and dates[0].bare
        return Token(kind or dates[0].kind, "", month, start, end, sure and all(t.sure for t in dates), bare)

    return make


def _bare_year(tokens: list[Token]) -> Token:
    return tokens[0]._replace(kind="Y", text="", value=0, bare=True)


def _abbreviated(tokens: list[Token]) -> Token:
    """A month and a year of two digits with an apostrophe: likely, as the century is left to the reader."""
    year = tokens[-1].value + (2000 if tokens[-1].value < _CENTURY_TURNS else 1900)
    month = next((t.value for t in tokens if t.kind == "M" and t.value), 0)
    return Token("Y", "", month, year, year, sure=False)


def _span(tokens: list[Token]) -> Token:
    """From the first date to the last: sure for two dates, a contradiction where they go backwards.

    Listed dates may stand in any order; they are sure in order and without a gap. Two years with a stroke
    between them are one school year, or a range that is not sure.
    """
    dates, kinds = [t for t in tokens if t.kind in "yYR"], kinds_of(tokens)
    starts, ends = [t.start or 0 for t in dates], [t.end or 0 for t in dates]
    gapless = all(0 <= start - end <= 1 for end, start in zip(ends, starts[1:], strict=False))
    listed = not re.search("[-TUKy]", kinds)
    if not listed and (starts != sorted(starts) or ends != sorted(ends)):
        return Token("!")
    kind = "Y" if kinds == "y/y" else "R"
    clear = gapless if listed or kind == "Y" else len(dates) == 2 and "R" not in kinds
    return Token(kind, "", 0, min(starts), max(ends), clear and all(t.sure for t in dates))


def _shortened(tokens: list[Token]) -> Token:
    """A year and a number that completes a second year ("2011-14") or is a month ("2018-06").

    The number is a later year of the same decade or century where it can be; else a month; else, for two
    digits, a year of the next century less than fifty years on. It is sure where it cannot be a month.
    """
    year, mark, number = tokens
    start, digits, month = year.start or 0, len(number.text), 1 <= number.value <= 12
    end = start - start % 10**digits + number.value
    kind = "Y" if mark.kind == "/" else "R"
    if start < end <= LAST_YEAR:
        return Token(kind, "", 0, start, end, not month)
    if month:
        return Token("Y", "", number.value, start, start, sure=False)
    if digits == 2 and start < end + 100 < min(start + 50, LAST_YEAR + 1):
        return Token(kind, "", 0, start, end + 100, sure=False)
    return Token("!")


_Rule = tuple[str, Callable[[list[Token]], Token]]

# Each rule is applied to the whole text before the next one, so the longer form stands first.
_DATE_RULES: list[_Rule] = [
    (r"[$][ymdnNz#]|[ymdnNz#][k$]|(?:[ymdn#][-/])*#(?:[-/][ymdn#])*", _as("#")),
    (r"[ymdnN#C]P|[mdnNC]j", lambda pair: Token("D", value=pair[0].value * pair[1].value)),
    (r"Py(?![-,&/TU])", lambda pair: pair[1] if (pair[1].start or 0) % 10 else Token("z")),
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
    (r"y", _bare_year),
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
    (r"Y(?:&?W|o(?=$|[(;,])|-+(?=$|[(;,]))", _as("s")),
    (r"Y[-TU]+…|Y[…T+]$", _as("s", sure=False)),
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
    (r"l[-,(&]*[YRsui]|[YR]l", _as("E")),
    (r"L[-,(&]*[YRsui]|[YR]L", _as("G")),
]
_NOT_UNDERSTOOD = re.compile(r"[x#mdnaNzk$?QhSFKUBAbeCW…+<lLEG]|^-|-$")


def _rewritten(tokens: list[Token], rules: list[_Rule]) -> list[Token]:
    for pattern, make in rules:
        kept, position = [], 0
        for match in re.finditer(pattern, kinds_of(tokens)):
            kept += [*tokens[position : match.start()], make(tokens[match.start() : match.end()])]
            position = match.end()
        tokens = [token for token in [*kept, *tokens[position:]] if token.kind != "_"]
    return tokens


def _labelled_apart(kinds: str) -> bool:
    """Whether dates and "ongoing" belong to parts of their own, as in "Network - ongoing / Report - 2017"."""
    parts = [part for part in re.split("[;/]", kinds) if re.search("[OYRsuif]", part)]
    apart = not any("O" in part and re.search("[YRsuif]", part) for part in parts)
    return "O" in kinds and len(parts) > 1 and apart and all("x" in part for part in parts)


def _lasting(claim: Token, duration: Token) -> int | None:
    """The year in which a stated number of months ends that begins in the month of this claim."""
    if not (duration.value and claim.value and claim.start):
        return None
    end = claim.start + (claim.value + duration.value - 2) // 12
    return end if end <= LAST_YEAR else None


def _claims(tokens: list[Token]) -> list[Token]:
    """What a text says of the practice's own years: those of a plan only where it names no others."""
    if _labelled_apart(kinds_of(tokens)):
        return []
    own = [t for t in tokens if t.kind in "YRsuif"]
    planned = (t._replace(kind="R", sure=False) for t in tokens if t.kind == "G")
    return own or [t._replace(kind="Y", bare=True) if t.start == t.end else t for t in planned]


def _recurs(tokens: list[Token]) -> bool:
    """Whether a text says that something returns every year or so; an annual report is no annual practice."""
    kinds = kinds_of(tokens)
    often = any(t.kind == "v" and not (n.kind == "P" and not n.value) for t, n in pairwise(tokens))
    return ("w" in kinds or often) and not re.search("[lL]", kinds)


def _form(start: int | None, end: int | None, ongoing: bool | None, recurs: bool, used: list[Token]) -> Form:
    if end is not None:
        return "until" if start is None else "span"
    if ongoing:
        return "recurring" if recurs else "ongoing" if start is None else "since"
    if {t.kind for t in used} == {"Y"}:
        return "year" if all(t.bare for t in used) else "date"
    return "founded"


_Reading = tuple[int | None, int | None, bool | None, Certainty, Form]


def _combined(tokens: list[Token], recurs: bool) -> _Reading | None:
    """Start, end, ongoing, certainty and form, from all that a text says; None where it says nothing."""
    kinds, under_way = kinds_of(tokens), [t for t in tokens if t.kind == "O"]
    claims = _claims(tokens)
    if "!" in kinds or not (claims or under_way or recurs):
        return None
    used = [t for t in claims if t.kind != "Y"]
    used = used if any(t.start for t in used) else claims
    said, found = kinds_of(claims), set(kinds_of(used))
    starts, ends = [t.start for t in used if t.start], [t.end for t in used if t.end]
    if found <= {"Y", "R"} and starts != sorted(starts):
        return None
    sure = not _NOT_UNDERSTOOD.search(kinds) and all(t.sure for t in [*used, *under_way])
    # Several claims agree only if each says another thing, and none of them is a bare date.
    sure = sure and (len(said) < 2 or (len(set(said)) == len(said) and not {"Y", "R"} & set(said)))
    # A year or date alone tells neither an end nor that there is none; a school year does.
    lone = len(used) == 1 and found == {"Y"} and starts == ends
    if lone or (found == {"Y"} and (under_way or recurs)):
        ends, sure = [], False
    recurs = recurs and not ends
    ongoing = bool(under_way) or recurs or ("s" in found and not found & {"u", "f"}) or (False if ends else None)
    sure = sure and bool(starts or ends or not recurs)
    durations = [t for t in tokens if t.kind == "D"]
    if durations and not under_way and len(used) == 1 and found < {"s", "i", "Y"}:
        lasting = _lasting(used[0], durations[0]) if len(durations) == 1 else None
        if lasting or found != {"Y"}:
            ends, ongoing, sure = ([lasting], False, False) if lasting else ([], None, False)
    start, end = min(starts, default=None), max(ends, default=None)
    if start and end and start > end:
        return None
    form = _form(start, end, ongoing, recurs, used)
    return start, end, ongoing, "certain" if sure and (ongoing is not None or form == "founded") else "likely", form


def read_period(text: str, as_of: int | None = None) -> Period:
    """Read the years in which a practice ran.

    Args:
        text: the text beside the practice, in any of the six languages; any text is allowed.
        as_of: the year in which the text was seen; this year where that is not known.

    Returns:
        The period. A year or date alone is a start, and likely at most. What cannot be read, such as a range that goes
        backwards, a decade or a year outside 1850 to 2100, gives an unknown period, never a guess. Where
        ``doubts`` has something to say of the period it is likely at most.
    """
    period = _read(text)
    doubtful = period.certainty == "certain" and doubts(period, as_of)
    return replace(period, certainty="likely") if doubtful else period


# The same text stands beside many practices, and checking a file reads it more than once.
@lru_cache(maxsize=20_000)
def _read(text: str) -> Period:
    tokens = tokens_of(text)
    own = [token for token in tokens if token.kind != "w"]
    reading = _combined(_rewritten(own, _DATE_RULES + _CLAUSE_RULES), _recurs(tokens))
    return Period(text, *(reading or (None, None, None, "unknown", "unread")))


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
    if read_period(text).certainty != "unknown" or set(kinds_of(tokens_of(text))) <= set("Q-<?.,;/(…"):
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
    tokens = tokens_of(text)
    # A number word is one only before a unit of time: "un an", but not "un quartier".
    lone = {m.start() for m in re.finditer("N(?![jP])", kinds_of(tokens))}
    unread = [t.text for i, t in enumerate(tokens) if t.kind in "xk$lL" or i in lone]
    return [word for word in unread if any(c.isalpha() for c in word)]
