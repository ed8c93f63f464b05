"""What the words and marks of a year text say together: rules over the kinds of its tokens.

Every token has a kind: one character. The rules are patterns over the string of kinds, so they know nothing of any
one word or language; the words stand in ``lexicons``, their kinds in ``period_lexicon``.

Kinds of the numbers     y year, m 1 to 12, d 13 to 31, n other of one or two digits, # no year, z decade,
                         ' two digits after an apostrophe, a the same after a month ("May '18")
Kinds of the words       as in ``period_lexicon.KINDS``; M is also a month, x an unread word
Kinds of the marks       the mark itself; ( is any bracket, … any run of dots, < a dash before all else, < > relations
Kinds the rules make     p day or month without a year, D duration, Y year or date, R range, s since, u until,
                         i begun, f finished, q a phase, E years of an evaluation, G years of a plan,
                         _ understood but says nothing, ! contradiction
"""

from __future__ import annotations

import re
from collections.abc import Callable

from icc_data.model.period_tokens import LAST_YEAR, Token, kinds_of

# Two digits with an apostrophe are a year of 1950 to 2049: the published ones are from 1982 to 2028.
_CENTURY_TURNS = 50
_DATED = "yYRsuifq"
_Maker = Callable[[list[Token]], Token]


def _as(kind: str, sure: bool = True) -> _Maker:
    """What makes one token of this kind of several, with the years and the month of the first date in them."""

    def make(tokens: list[Token]) -> Token:
        dates = [t for t in tokens if t.kind in _DATED]
        month = max((t.value for t in tokens if t.kind in "MY" and kind != "R"), default=0)
        if not dates:
            return Token(kind, value=month, sure=sure)
        start = None if kind in ("u", "f") else dates[0].start
        end = None if kind in ("s", "i") else dates[-1 if kind == "u" else 0].end
        bare = not kind and dates[0].bare
        return Token(kind or dates[0].kind, "", month, start, end, sure and all(t.sure for t in dates), bare)

    return make


def _only(kind: str) -> _Maker:
    """What makes one token of this kind of several, without any year that stands in them."""
    return lambda tokens: Token(kind, tokens[0].text)


def _first(tokens: list[Token]) -> Token:
    return tokens[0]


def _bare_year(tokens: list[Token]) -> Token:
    return tokens[0]._replace(kind="Y", text="", value=0, bare=True)


def _century(number: Token) -> int:
    return number.value + (2000 if number.value < _CENTURY_TURNS else 1900)


def _abbreviated(tokens: list[Token]) -> Token:
    """A month and a year of two digits with an apostrophe: likely, as the century is left to the reader."""
    year = _century(tokens[-1])
    month = next((t.value for t in tokens if t.kind == "M" and t.value), 0)
    return Token("Y", "", month, year, year, sure=False)


def _abbreviated_range(tokens: list[Token]) -> Token:
    """A range of two years of two digits with an apostrophe each: likely, as the centuries are left to the reader."""
    start, end = _century(tokens[0]), _century(tokens[-1])
    return Token("R", "", 0, start, end, sure=False) if start <= end else Token("!")


def _era_year(tokens: list[Token]) -> Token:
    """A year of a Japanese era: 令和2年 is 2020, the second from 2019 on."""
    year = tokens[0].value + (tokens[1].value if len(tokens) > 1 and tokens[1].kind != "元" else 1)
    return Token("y", "", 0, year, year) if year <= LAST_YEAR else Token("#")


def _span(tokens: list[Token]) -> Token:
    """From the first date to the last: sure for two dates, a contradiction where they go backwards.

    Listed dates may stand in any order; they are sure in order and without a gap. Two years with a stroke
    between them are one school year, or a range that is not sure.
    """
    dates, kinds = [t for t in tokens if t.kind in "yYR"], kinds_of(tokens)
    starts, ends = [t.start or 0 for t in dates], [t.end or 0 for t in dates]
    gapless = all(0 <= start - end <= 1 for end, start in zip(ends, starts[1:], strict=False))
    listed = not re.search("[-TUVWKy]", kinds)
    if not listed and (starts != sorted(starts) or ends != sorted(ends)):
        return Token("!")
    kind = "Y" if kinds == "y/y" else "R"
    clear = gapless if listed or kind == "Y" else len(dates) == 2 and "R" not in kinds and "@" not in kinds
    return Token(kind, "", 0, min(starts), max(ends), clear and all(t.sure for t in dates))


def _shortened(tokens: list[Token]) -> Token:
    """A year and a number that completes a second year ("2011-14") or is a month ("2018-06").

    The number is a later year of the same decade or century where it can be; else a month; else, for two
    digits, a year of the next century less than fifty years on. It is sure where it cannot be a month.
    """
    year, mark, number = tokens
    start, digits, month = year.start or 0, len(number.text.lstrip("'’‘")), 1 <= number.value <= 12
    end = start - start % 10**digits + number.value
    kind = "Y" if mark.kind == "/" else "R"
    if start < end <= LAST_YEAR:
        return Token(kind, "", 0, start, end, not month)
    if month:
        return Token("Y", "", number.value, start, start, sure=False)
    if digits == 2 and start < end + 100 < min(start + 50, LAST_YEAR + 1):
        return Token(kind, "", 0, start, end + 100, sure=False)
    return Token("!")


def _within_the_year(tokens: list[Token]) -> Token:
    # "2019-Q4" is no range.
    if tokens[0].bare and not tokens[-1].value:
        return tokens[0]._replace(bare=False)
    return _as("R", sure=not tokens[0].value > tokens[-1].value > 0)(tokens[:1])


_Rule = tuple[str, _Maker]

# Each rule is applied to the whole text before the next one, so the longer form stands first.
DATE_RULES: list[_Rule] = [
    ("m月", lambda month: Token("M", "", month[0].value)),
    ("[md]日", _first),
    ("令元j?|令[mdn]j?", _era_year),
    ("[ymdn#][*]|P'", lambda decade: Token("z")),
    (r"[$]#[(]y|[$][ymdnNz#]|[ymdnNz#]k|[mdnNz#][$]|(?:[ymdn#][-/])*#(?:[-/][ymdn#])*", _as("#")),
    (r"[ymdnNC]P|[mdnN]-?j|Cj", lambda pair: Token("D", value=pair[0].value * pair[-1].value)),
    ("j", _as("_")),
    (r"Py(?![-,&/TU])", lambda pair: pair[1] if (pair[1].start or 0) % 10 else Token("z")),
    (r"(?<![Mmd.])y\.?M(?:[md]\.?)?(?![.,]?y)(?=-*y\.?M|[-FTUVW]|[(;,]|$)(?!-[md]?\.?My)", _as("Y")),
    (r"y([-/.])m\1[md]|[md]([-/.])m\2y|m([-/.])d\3y|(?:(?:[md]\.?)?M[.,]*)+-?(?:[md],?)?y(?!/[dny])", _as("Y")),
    (r"(?:(?:[md]\.?)?M[.,]*)+a", _abbreviated),
    (r"'[-TU]+'", _abbreviated_range),
    (r"(?:(?:[md]\.?)?M\.?)+|[md][/.][md]\.?(?=[-TU]Y)", _as("p")),
    (r"[md]\.?(?=(?:[-T&/,U][md]\.?)*[-T&/,U][pY])", _as("p")),
    (r"m([-/.])y-m\1y", _span),
    (r"(?<![ymdn][-/.])m[-/.]y|(?<=y-)m[/.]y(?!-[mdn])", _as("Y")),
    (r"y[-/][mdn'](?!\.[ymdn]|[-/][mdn]|/y(?!-[mdn]))|yT[mdn](?!x)", _shortened),
    (r"y\.m", _as("Y", sure=False)),
    (r"(?:[mdn][-/])+y|[mdn]\.y|y(?:[-/][mdn])+", _as("#")),
    (r"y[-/]y", _span),
    (r"y", _bare_year),
    (r"[.P]", _as("_")),
]
# What a text says that is not of the practice's own years, or takes a claim back.
_ASIDE_RULES: list[_Rule] = [
    (r"v+D?|Cp|[,(;]+$|o(?=[(]*[YRp])", _as("_")),
    (r"^gD$", _as("O")),
    (r"eO", _as("O")),
    (r"[-,;(]*e[-,(]*Q", _as("_")),
    (r"hx?e(?=[-,(]*[YR])", _only("x")),
    (r"hx?e", _as("O", sure=False)),
    (r"hx?[Oc]", _only("X")),
    (r"[!h][SFUBAI]*[YR]|[YR][-,(]*!$", _only("x")),
    (r"[Oc][-,;(]*J[SF]?Y|cY", _as("O", sure=False)),
    (r"[YR][-,;(]*J[SF]?Y", _first),
    (r"c(?=x?H?R)", _only("x")),
    (r"c", _as("O")),
    (r"J", lambda status: Token("S")),
    (r"[(]C[(][YR]", _only("x")),
    (r"C[YR]|[YR][(]*[?]", _as("", sure=False)),
    (r"(?<=[SFUTBA])C|C(?=[SFUTBA])", _only("x")),
    (r"(?<=[SFUT])b", _as("_")),
    (r"Z[-,(]*[SF]?[YR]|X[-,(]*[SF]*Y[-,;(]*@[SF]*Y", _only("Z")),
]
_RANGE_RULES: list[_Rule] = [
    (r"(?:p[&,/]+)+(?=Y)", _as("_")),
    # A day or month takes its year from the date after it, unless it would then be the later of the two.
    (r"p[-TUW]+YV?", lambda both: _as("R", sure=not both[0].value > next(t for t in both if t.kind == "Y").value > 0)(
        [t for t in both if t.kind == "Y"])),
    (r"Y[-TUW]+p(?![-TU]*Y)V?", lambda both: _within_the_year([t for t in both if t.kind in "Yp"])),
    (r"[YR]r[YR]", _as("!")),
    (r"U[TU]*Y[-,;(]*@[TU]+Y", _as("u", sure=False)),
    (r"SY[,&]?[TU]+Y|[SF]*YW+[-,&]*[TU]*YV?|[SF]*Y[-TU]+YV|[YR](?:(?:-+|[,&]?-*[TU]+)[YR])+V?|K[YR]&[YR]", _span),
    (r"[YR][-,;(]*@[TUI]+Y", _span),
    (r"@[SFTUI]*[YR]", _only("x")),
    (r"[YR](?:(?:[,;/+]?&|[,;/+])[YR])+", _span),
]  # fmt: skip
_CLAIM_RULES: list[_Rule] = [
    (r"[SF]*Y(?:[-&]*W+(?!X)|o(?=$|[(;,])|-+(?=$|[(;,]))", _as("s")),
    (r"R(?:-+|,?&-?)O|[YR][-,;(&]*t[SF]*O|R[-,;(]*OS(?![YRFC])", _as("s", sure=False)),
    (r"Y[-TU]+…|Y[…T+]$", _as("s", sure=False)),
    (r"Y[-TU]+[?Q]", _as("i")),
    (r"(?:p?z|[?Q…])[-TU]+Y|I+Y|Y,?I$", _as("u", sure=False)),
    (r"(?<![SFUTAB])YW?(?:e|X)(?=$|[(,;])", _as("f", sure=False)),
    (r"(?<![SFUTABeb])Yb(?=$|[(,;])", _as("i", sure=False)),
    (r"H[UTI]+Y", _only("Z")),
    (r"H[-,(]*[YR](?![-TU&]*[OWVo…])|(?<![SFUbJeBAK])[YR][(-]*H", _as("q", sure=False)),
    (r"BY|<Y(?![-TU,&(]*O)|YB(?=$|[(,;])", _as("u", sure=False)),
    (r">Y", _as("s", sure=False)),
    (r"O?U[TU]*YV?|Y[TUV]*V", _as("u")),
    (r"X[-,(]*[SFUe]*Y", _as("f", sure=False)),
    (r"XR", _only("X")),
    (r"eY", _as("f")),
    (r"AY|YA(?=$|[(,;])", _as("i", sure=False)),
    (r"b[SF]?Y|[YR][(]*[+@]D", _as("i")),
    (r"[SF]+Y|[SFb]+s", _as("s")),
    (r"KY|SR", _as("", sure=False)),
    (r"[bFK]R", _as("R")),
    (r"Y[-TU,&(]*O(?![-,(]*[suf])", _as("s")),
    (r"[SF]+p?z|p?zW", _as("O", sure=False)),
    (r"[-TU]+(?=O)", _as("_")),
    (r"l[(o]*[YRsui]", _as("E")),
    (r"l[-,(&]*[YRsui]|[YR]l", _as("E")),
    (r"L[-,(&]*[YRsui]|[YR]L", _as("G")),
]
CLAUSE_RULES = _ASIDE_RULES + _RANGE_RULES + _CLAIM_RULES


def rewritten(tokens: list[Token], rules: list[_Rule]) -> list[Token]:
    """The tokens after every rule was applied, without those that say nothing."""
    for pattern, make in rules:
        kinds = kinds_of(tokens)
        kept, position = [], 0
        for match in re.finditer(pattern, kinds):
            kept += [*tokens[position : match.start()], make(tokens[match.start() : match.end()])]
            position = match.end()
        if position:
            tokens = [token for token in [*kept, *tokens[position:]] if token.kind != "_"]
    return tokens
