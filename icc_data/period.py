"""The years in which a good practice ran, read from what people write beside it, in six languages.

A text is cut into tokens, and every token gets a kind: one character. The rules below are patterns over
the string of kinds, so they know nothing of any one word or language; the words stand in ``_WORDS``.

Kinds of the numbers     y year, m 1 to 12, d 13 to 31, n other of one or two digits, # no year, z decade
Kinds of the words       as in ``_WORDS``; M is also a month, x an unread word
Kinds of the marks       the mark itself; ( is any bracket, … any run of dots
Kinds the rules make     p day or month without a year, D duration, Y date, R range, s since, u until,
                         i begun, f finished, _ understood but says nothing, ! contradiction
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Literal, NamedTuple

from babel.dates import get_day_names, get_month_names

from icc_data.text import fold

Certainty = Literal["certain", "likely", "unknown"]
FIRST_YEAR, LAST_YEAR = 1850, 2100


@dataclass(frozen=True)
class Period:
    """When a practice ran, as far as a text says so.

    Attributes:
        text: the text as published.
        start_year: the first year, or None where it is not stated.
        end_year: the last year, or None where it is not stated.
        ongoing: True where the text says it goes on, False where it states an end, else None.
        certainty: "certain" for a form with one reading, "likely" where a reading had to be chosen or a
            part of the text was not understood, "unknown" where nothing could be read.
    """

    text: str
    start_year: int | None
    end_year: int | None
    ongoing: bool | None
    certainty: Certainty

    def as_dict(self) -> dict[str, str | int | bool | None]:
        """The period as a record: text, start_year, end_year, ongoing, certainty, in this order."""
        return asdict(self)

    def active_in(self, year: int, as_of: int) -> bool:
        """Whether the practice ran in a year.

        Args:
            year: the year asked about.
            as_of: the year up to which an ongoing practice is known to go on.

        Returns:
            True from the start year to the end year, and to ``as_of`` where ongoing. A start without an
            end that is not ongoing counts for its start year only; without a start the answer is False.
        """
        if self.start_year is None or year < self.start_year:
            return False
        last = self.end_year or (0 if self.ongoing else self.start_year)
        return year <= last or (self.ongoing is True and year <= as_of)


class _Token(NamedTuple):
    kind: str
    text: str = ""
    value: int = 0  # of a number; the month of a date; the months of a duration; 0 where not known
    start: int | None = None
    end: int | None = None
    sure: bool = True


# Kind (and value: months of a unit, number of a number word), meaning, then the words as ``fold`` gives
# them in English | French | German | Spanish | Portuguese | Italian. A word counts where it stands first:
# "um" is circa, as in "um 2019". The name of a place must not be a word here: Sète is not seven ("sete").
_WORDS = """
S since: since, as of, starting from | depuis, a partir, a compter | seit, ab | | | a partire, sin, fin da
F from: from | | | desde | | dal, dall, dalla
K between: between | entre | zwischen | | | tra, fra
U until: until, till, up to, through, ending in, ending | jusqu | bis | hasta | ate | fino
T to: to, a | au | | al | ao | ad, all
& and: and | et | und | y | e | ed
r or: or | ou | oder | o
h not: not, no, no longer | pas, non | nicht, nicht mehr, kein, keine | | nao
O ongoing: ongoing, on going, permanent, permanently, present, current, currently, today, now, to date, still
  in use, still running, still active, in progress, continuing, continuous, under way, continuously, open
  ended, indefinite, underway, until further notice | en cours, permanente, a ce jour, aujourd hui, nos jours,
  actuel, actuelle, actuellement, maintenant, continu, continue | laufend, fortlaufend, andauernd, heute,
  jetzt, gegenwart, aktuell, standig, unbefristet, bis auf weiteres | en curso, actualidad, presente, hoy,
  actual, actualmente, continuo, continua, en marcha, la fecha | em curso, atualidade, hoje, atual,
  atualmente, em andamento, a decorrer, a data | in corso, oggi, attuale, attualmente, tuttora, ad oggi
B before: before, pre | avant | vor | antes | | prima
A after: after, post | apres | nach | despues | depois, apos | dopo
b begun: created, started, launched, begun, began, founded, introduced, start, launch | cree,
  lance, lancee, lancement, debute, commence, demarrage, fonde | gegrundet, gestartet, begonnen,
  beginn, eingefuhrt | creado, creada, iniciado, iniciada, inicio, lanzado, fundado | criado, criada, lancado
  | creato, creata, avviato, avviata, iniziato, iniziata, nato, fondato, avvio
e ended: ended, completed, finished, closed, discontinued, end | termine, cloture | beendet, abgeschlossen |
  terminado, terminada, finalizado, concluido | | terminato, terminata, concluso, conclusa
C circa: c, ca, circa, approx, approximately, around, about, probably | vers, environ | um, etwa, ungefahr |
  hacia, aproximadamente, alrededor | cerca | verso
Q no date: n a, n d, tbd, tba, tbc, unknown, not available, not applicable, no date, undated | inconnu, sans
  date | unbekannt, ohne datum | desconocido, sin fecha | desconhecido, sem data | sconosciuto, senza data
v each: each, every | chaque, tous les, toutes les | jedes, jeden, alle | cada, todos los | | ogni, tutti gli
M part: early, mid, late, half, quarter, semester, season, spring, summer, autumn, fall, winter, beginning,
  start of, end of, middle of, q1, q2, q3, q4, h1, h2 | semestre, trimestre, printemps, ete, automne, hiver,
  debut, fin, mi | anfang, mitte, ende, halbjahr, quartal, fruhling, fruhjahr, sommer, herbst | primavera,
  verano, otono, invierno, principios, mediados, finales | verao, outono, inverno, inicio de, final de, fim
  de, meados de | estate, autunno, fine, inizio, inizi
k counted: people, participants, students, children, families, inhabitants, cities, euro, euros, eur |
  personnes, participantes, habitants, enfants, familles, villes | personen, teilnehmer, einwohner, kinder,
  familien, stadte | personas, habitantes, ninos, familias, ciudades | pessoas, criancas, cidades | persone,
  partecipanti, bambini, famiglie, citta
_ filler: in, the, of, for, during, over, school, academic, annual, annually, yearly, date, dates, period,
  first, second, third, still, project, programme, activity, activities, action, actions, at, duration | en,
  le, la, les, l, de, du, d, pendant, durant, scolaire, annuel, annuelle, toujours, projet, menee, mene,
  activite, activites, periode | im, dem, der, die, das, von, vom, wahrend, fur, schuljahr, jahrlich,
  zeitraum, projekt, noch, am, zu, zum | el, los, las, del, durante, curso, escolar, proyecto, programa,
  fecha, actividad, actividades, ya | os, as, do, da, em, letivo, projeto, data, atividade, atividades | il,
  lo, gli, nel, nell, dell, della, per, scolastico, progetto, ancora, attivita
g running: running; W onwards: onwards, onward, and later, and after, ff; o on: on; $ label: phone, tel, fax
j12 year: year | an, annee | jahr | ano | | anno; P12 years: years | ans, annees | jahre, jahren | anos | |
  anni; j1 month: month | | monat | mes | | mese; P1 months: months | mois | monate, monaten | meses | | mesi;
  P120 decades: decades | | jahrzehnte, jahrzehnten | decadas | | decenni; P days: days, weeks, hours, day,
  week, hour | jour, jours, semaine, semaines | tag, tage, tagen, woche, wochen | dia, dias, semana, semanas |
  | giorno, giorni, settimana, settimane
N1: one | un, une | ein, eine, einem | uno, una | uma; N2: two | deux | zwei | dos | dois, duas | due; N3:
  three | trois | drei | tres | | tre; N4: four | quatre | vier | cuatro | quatro | quattro; N5: five | cinq |
  funf | cinco | | cinque; N6: six | | sechs | seis | | sei; N several: several, many, few | plusieurs |
  mehrere, mehreren | varios, varias | | diversi
"""


def _vocabulary() -> dict[str, tuple[str, int]]:
    """Every known word or phrase, folded, with its kind and value; the first meaning given to it stays."""
    known = {"sept": ("M", 9)}
    for language in ("en", "fr", "de", "es", "pt", "it"):
        for width in ("wide", "abbreviated"):
            for month, name in get_month_names(width, locale=language).items():
                known.setdefault(fold(name), ("M", month))
        for name in get_day_names("wide", locale=language).values():
            known.setdefault(fold(name), ("_", 0))
    for entry in re.split(r";|\n(?! )", _WORDS.strip()):
        kind, words = entry.split(":")
        kind, value = kind.strip()[0], int(kind.split()[0][1:] or 0)
        for word in re.split("[,|]", words):
            known.setdefault(" ".join(word.split()), (kind, value))
    return known


_KNOWN = _vocabulary()
_LONGEST_PHRASE = 4
# Digits parted in threes are one count; an apostrophe before a plural s belongs to a decade.
_LEXER = re.compile(
    r"[0-9]+(?:(?: +|[.,'])[0-9]{3}(?![^\W_]))+|[0-9]+['’][sS]\b|[^\W_](?:[^\W_]|[\u0300-\u036f])*"
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
    tokens, position = [], 0
    while position < len(found):
        best, following = _single(*found[position]), position + 1
        for stop in range(following, min(position + 2 * _LONGEST_PHRASE, len(found) + 1)):
            known = _KNOWN.get(" ".join(filter(None, folded[position:stop])))
            if known and folded[position] and folded[stop - 1]:
                best, following = _Token(known[0], found[stop - 1][1], known[1]), stop
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
    (r"[?Q…][-TU]+Y|BY", _as("u", sure=False)),
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
_NOT_UNDERSTOOD = re.compile(r"[x#mdnNzk$?QhSFKUBAbeCW…+]|^-|-$")


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


def read_period(text: str) -> Period:
    """Read the years in which a practice ran.

    Args:
        text: the text beside the practice, in any of the six languages; any text is allowed.

    Returns:
        The period. A bare year or date is that year alone. What cannot be read, such as a range that goes
        backwards, a decade or a year outside 1850 to 2100, gives an unknown period, never a guess.
    """
    found = _combined(_rewritten(_tokens(text), _DATE_RULES + _CLAUSE_RULES))
    return Period(text, *(found or (None, None, None, "unknown")))


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
