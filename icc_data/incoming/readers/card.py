"""A practice card: one form that describes one good practice, as text, HTML or Word document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale

from icc_data.errors import AtlasError, Problem
from icc_data.incoming.readers.choices import SECTIONS, read_choices
from icc_data.incoming.readers.docx import docx_text
from icc_data.incoming.readers.files import bytes_of, page_text
from icc_data.incoming.readers.lines import Line, is_html, lines_of
from icc_data.incoming.readers.result import Accepted, ReadResult, Rejected
from icc_data.model.columns import URL
from icc_data.model.gazetteer import AmbiguousPlaceError, Country, Gazetteer, Match, UnknownPlaceError
from icc_data.model.identifiers import Identifiers, practice_id
from icc_data.model.period import unread_words
from icc_data.model.records import Practice
from icc_data.model.vocabulary import Vocabulary
from icc_data.text import fold

_S = r"(?:\s?\(?s\)?)?"
_HEADINGS = {
    "title": rf"title(?: of (?:the )?(?:good |best )?practice{_S})?|titre(?: de la (?:bonne )?pratique)?",
    "countries": r"countr(?:y|ies)(?:\s?\(ies\))?(?: of origin)?|pays(?: d['’]origine)?",
    "cities": rf"cit(?:y|ies)|ville{_S}|municipalit(?:y|ies)",
    "languages": rf"(?:available )?language{_S}|langue{_S}(?: disponible{_S})?",
    "source": rf"source{_S}(?:\s?\((?:access date|date of access|date d['’]acc[eè]s)\))?",
    "target_group": rf"target group{_S}|groupe{_S} cible{_S}|public{_S} cible{_S}",
    "practice_type": rf"type{_S}(?: of (?:best|good) practice{_S})?|type{_S} de bonne{_S} pratique{_S}",
    "practice_area": rf"area{_S}(?: of (?:best|good) practice{_S})?|domaine{_S}(?: de bonne{_S} pratique{_S})?",
    "description": r"(?:short |brief )?description(?: of the (?:good |best )?practice)?",
}
_HEADING = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _HEADINGS.items()) + r")\s*:",
    re.IGNORECASE,
)
_DESCRIPTION = re.compile(rf"\s*(?:{_HEADINGS['description']})\s*:?(?P<rest>.*)", re.IGNORECASE)
_KIND_OF_PAGE = re.compile(
    r"\W*(?:(?:examples? of )?(?:good|best) practices?(?: (?:example|card))?|exemples? de bonnes? pratiques?)\W*",
    re.IGNORECASE,
)
_LETTERHEAD = re.compile(
    r"\W*(?:council of europe|conseil de l['’]europe|(?:the )?intercultural cit(?:ies|y)(?: programme| network)?|"
    r"(?:le )?(?:programme|réseau)?(?: des)? ?(?:cités|villes) interculturelles)\W*(?:\(?ICC\)?)?\W*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"avenue de l['’]europe|f-67075\b.*|tel\.?\s*[:.+].*|(?:https?://)?www\.coe\.int/?|"
    r"(?:page )?\d{1,3}(?: ?/ ?\d+)?",
    re.IGNORECASE,
)
_IMPRINT = re.compile(
    r"(?:this (?:project|publication|communication) (?:has been|reflects|was)|(?:co-?)?funded by the|"
    r"(?:le présent|ce) projet (?:a été|est) (?:financé|cofinancé)).*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[-–•*·]\s")
_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_ACCESSED = re.compile(
    r"\b(?:last )?(?:accessed|retrieved|consulted|visited|consultée?)(?: (?:on|le|in|en))?\b:?", re.IGNORECASE
)
_WRAPPED_BELOW = 120
_LONG_SUMMARY = 600


@dataclass(frozen=True)
class _Source:
    url: str | None
    accessed_text: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Card:
    """A card taken apart into its texts, before anything is read from them.

    Attributes:
        title: the practice's title; empty where the card has none.
        letterhead: the programme's name, where it stands in the title's place and no other title does.
        line: where the card starts.
        cells: the texts of the form by their heading.
        options: the options of the form, by columns.
        paragraphs: the description.
    """

    title: str
    letterhead: str
    line: int
    cells: Mapping[str, str]
    options: tuple[tuple[tuple[str, str], ...], ...]
    paragraphs: tuple[str, ...]


def looks_like_card(text: str) -> bool:
    """Whether a text may be a practice card: it has the headings of one."""
    return len({match.lastgroup for match in _HEADING.finditer(text)} & {*SECTIONS, "countries"}) >= 2


def read_card(path: Path, gazetteer: Gazetteer, vocabulary: Vocabulary) -> ReadResult:
    """Read a practice card.

    Args:
        path: the card as plain text, HTML or Word document (.docx).
        gazetteer: the network's cities, and the names of countries.
        vocabulary: the closed lists, whose labels the card's options carry.

    Returns:
        One practice with the options that are certainly ticked; the notes name those that cannot be told. A card
        without a title or description, or with a city that is not known, is refused with the reason. The name of
        the programme is a letterhead, and no title unless the description begins with it.

    Raises:
        AtlasError: the file cannot be opened, is no text or is no practice card.
    """
    content = bytes_of(path)
    text = docx_text(content, path.name) if content.startswith(b"PK") else page_text(content, path.name)
    if not looks_like_card(text):
        raise AtlasError(
            f"{path.name} is not a practice card.",
            "A card has the headings COUNTRY OF ORIGIN:, TARGET GROUP(s):, TYPE(s) OF BEST PRACTICE:, AREA(s): "
            "and DESCRIPTION:, each with a colon.",
        )
    card = _take_apart(lines_of(text), is_html(text), is_html(text) or content.startswith(b"PK"))
    countries, notes = _countries(card.cells.get("countries", ""), gazetteer)
    cities, problems = _cities(card, path.name, countries, gazetteer)
    if not card.title:
        why = "names the programme, not the practice" if card.letterhead else "is required"
        reason = f"{why}: write the practice's own title above “COUNTRY OF ORIGIN:”"
        problems.append(Problem(path.name, card.line, "title", card.letterhead, reason))
    if not card.paragraphs:
        reason = "is required: write what the practice is, in a few sentences, below “DESCRIPTION:”"
        problems.append(Problem(path.name, card.line, "summary", "", reason))
    if problems:
        row = {"title": card.title, **card.cells, "description": _joined(card.paragraphs)}
        return ReadResult("card", rejected=(Rejected(card.line, row, tuple(problems)),))
    return ReadResult("card", (_accepted(card, countries, cities, notes, vocabulary),))


def _accepted(
    card: _Card, countries: list[Country], cities: list[Match], notes: list[str], vocabulary: Vocabulary
) -> Accepted:
    source = _source(card.cells.get("source", ""))
    choices, unsure = read_choices(card.options, vocabulary)
    city_ids = tuple(match.city.city_id for match in cities)
    named = [country.name for country in countries] or list(dict.fromkeys(m.city.country for m in cities))
    record = Practice(
        practice_id=practice_id(card.title, city_ids[0] if city_ids else "", Identifiers()),
        title=card.title,
        city_ids=city_ids,
        countries=tuple(named),
        summary=re.sub(r"\s+", " ", " ".join(card.paragraphs)),
        target_groups=choices["target_group"].ticked,
        practice_types=choices["practice_type"].ticked,
        practice_areas=choices["practice_area"].ticked,
        source_kind="programme",
        evidence_urls=(source.url,) if source.url else (),
    )
    fields: dict[str, object] = {
        "title": card.title,
        "countries": named,
        "cities": [match.city.name for match in cities],
        "city_ids": list(city_ids),
        "languages": _languages(card.cells.get("languages", "")),
        "source": source.url,
        "accessed_text": source.accessed_text,
    }
    for section, ticks in choices.items():
        fields[f"{section}s"] = list(ticks.ticked)
        fields[f"{section}s_not_ticked"] = list(ticks.not_ticked)
        fields[f"{section}s_unknown"] = list(ticks.unknown)
    fields["description"] = _joined(card.paragraphs)
    read_as = [f"a city read as {match.read_as}" for match in cities if match.read_as]
    return Accepted(record, card.line, fields, (*_remarks(card, record), *notes, *read_as, *source.notes, *unsure))


def _remarks(card: _Card, record: Practice) -> Iterator[str]:
    """What a person should mend or know before the practice is added."""
    if card.letterhead:
        yield "the title is the programme's own name: the card describes the programme itself, not a city's practice"
    if not record.city_ids:
        yield "the card names no city: the practice has none"
    if len(record.summary or "") > _LONG_SUMMARY:
        yield f"the summary is the whole description, {len(record.summary or '')} characters: shorten it"


# From lines to the card's texts.


def _take_apart(lines: Sequence[Line], html: bool, apart: bool) -> _Card:
    """A card's texts; ``apart`` where each line is a paragraph of its own, as in HTML and Word."""
    first = next((at for at, line in enumerate(lines) if _HEADING.search(line.text)), len(lines))
    end = next((at for at in range(first, len(lines)) if _DESCRIPTION.fullmatch(lines[at].text)), len(lines))
    form = [line.text for line in lines[first:end]]
    start = next((at for at, text in enumerate(form) if _has_options(text)), len(form))
    cells: dict[str, str] = {}
    for stream in _streams(form[:start]):
        _fill(cells, stream)
    options = tuple(tuple(s) for s in map(_by_heading, _streams(form[start:])) if s)
    heading = _DESCRIPTION.fullmatch(lines[end].text) if end < len(lines) else None
    rest = [lines[end]._replace(text=heading["rest"])] if heading and heading["rest"].strip() else []
    above, letterheads = _without_letterhead(lines[:first], apart)
    letterhead = letterheads[-1].text if letterheads else ""
    title = [line for line in _title_lines(above) if line.text.strip()]
    stated = re.sub(r"\s+", " ", cells.pop("title", "") or " ".join(line.text for line in title)).strip()
    paragraphs = tuple(_paragraphs([*rest, *lines[end + 1 :]], html))
    begins = fold(" ".join(paragraphs)).removeprefix("the ").removeprefix("le ")
    itself = bool(letterhead) and begins.startswith(fold(letterhead))
    return _Card(
        stated or (letterhead if itself else ""),
        "" if stated else letterhead,
        next((line.number for line in (*title, *reversed(letterheads), *lines)), 0),
        cells,
        options,
        paragraphs,
    )


def _without_letterhead(lines: Sequence[Line], apart: bool) -> tuple[list[Line], list[Line]]:
    """The lines without the blocks that only name the programme, and those blocks as one line each.

    A line that stands apart is a block of its own, as is the name of the form; else an empty line parts them.
    """
    blocks: list[list[Line]] = []
    for before, line in zip((None, *lines), lines, strict=False):
        named = any(given and _KIND_OF_PAGE.fullmatch(given.text) for given in (before, line))
        if before is None or apart or named or line.number - before.number > 1:
            blocks.append([])
        blocks[-1].append(line)
    kept: list[Line] = []
    letterheads: list[Line] = []
    for block in blocks:
        name = re.sub(r"\s+", " ", " ".join(line.text for line in block)).strip()
        if _LETTERHEAD.fullmatch(name):
            letterheads.append(Line(block[0].number, name))
        else:
            kept += block
    return kept, letterheads


def _has_options(text: str) -> bool:
    return any(match.lastgroup in SECTIONS for match in _HEADING.finditer(text))


def _title_lines(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of the title: those below "Example of good practice", else the last block above the form."""
    below = next((at + 1 for at, line in enumerate(lines) if _KIND_OF_PAGE.fullmatch(line.text)), None)
    if below is not None:
        return lines[below:]
    start = max(len(lines) - 1, 0)
    while start > 0 and lines[start].number - lines[start - 1].number == 1:
        start -= 1
    return lines[start:]


def _streams(rows: Sequence[str]) -> list[list[str]]:
    """The columns of a form's part where tabs keep them apart, else its lines in reading order."""
    cells = [row.split("\t") for row in rows]
    width = len(cells[0]) if cells else 1
    if width > 1 and all(1 < len(row) <= width for row in cells):
        return [[row[at] if at < len(row) else "" for row in cells] for at in range(width)]
    return [[row.replace("\t", " ") for row in rows]]


def _by_heading(stream: Sequence[str]) -> list[tuple[str, str]]:
    """The lines of a stream without their headings, each with the heading that it stands below."""
    texts: list[tuple[str, str]] = []
    section = ""
    for text in stream:
        at = 0
        for match in _HEADING.finditer(text):
            texts.append((section, text[at : match.start()]))
            section, at = match.lastgroup or "", match.end()
        texts.append((section, text[at:]))
    return [(section, text) for section, text in texts if section and text.strip()]


def _fill(cells: dict[str, str], stream: Sequence[str]) -> None:
    """Put a stream's texts below their headings; headings stacked above one text share it."""
    stacked: list[str] = []
    headings = [match.lastgroup or "" for text in stream for match in _HEADING.finditer(text)]
    texts: dict[str, str] = {}
    for section, text in _by_heading(stream):
        texts[section] = f"{texts.get(section, '')} {text.strip()}".strip()
    for name in headings:
        stacked.append(name)
        if name in texts:
            cells.update(dict.fromkeys(stacked, texts[name]))
            stacked = []


def _paragraphs(lines: Sequence[Line], html: bool) -> Iterator[str]:
    """The description's paragraphs, lines joined that belong together, without the programme's imprint."""
    kept = [line for line in lines if not _ADDRESS.fullmatch(line.text.strip())]
    wrapped = not html and all(len(line.text) <= _WRAPPED_BELOW for line in kept)
    paragraphs: list[str] = []
    last: Line | None = None
    for line in kept:
        text = re.sub(r"\s+", " ", line.text).strip()
        goes_on = last is not None and (
            (wrapped and line.number - last.number == 1)
            or (not re.search(r"[.!?:;”\"»)]$", last.text.strip()) and text[0].islower())
        )
        if goes_on and not _BULLET.match(text):
            paragraphs[-1] += f" {text}"
        else:
            paragraphs.append(text)
        last = line
    while paragraphs and _IMPRINT.fullmatch(paragraphs[-1]):
        paragraphs.pop()
    yield from paragraphs


def _joined(paragraphs: Sequence[str]) -> str:
    """Paragraphs with an empty line between them, points of a list without."""
    text = "\n\n".join(paragraphs)
    return re.sub(rf"\n\n(?={_BULLET.pattern})", "\n", text)


# From texts to values.


def _countries(text: str, gazetteer: Gazetteer) -> tuple[list[Country], list[str]]:
    """The countries that a cell names, and what in it is none."""
    bare = _WEB_ADDRESS.sub(" ", text)
    if whole := gazetteer.country(bare):
        return [whole], []
    words, countries, at = re.findall(r"[^\s,;/|()]+", bare), dict[str, Country](), 0
    left: list[str] = []
    while at < len(words):
        for size in range(min(6, len(words) - at), 0, -1):
            if country := gazetteer.country(" ".join(words[at : at + size])):
                countries[country.code] = country
                at += size
                break
        else:
            left.append(words[at])
            at += 1
    left = [word for word in left if fold(word) not in ("", "and", "et", "y", "e", "und")]
    if not countries:
        return [], [f"no country could be read{f' from “{text}”' if text else ''}: the practice has none"]
    if bare != text:  # Several headings share this text: the rest of it is theirs.
        return list(countries.values()), []
    stray = [word for word in left if fold(word) not in _language_names() and unread_words(word)]
    return list(countries.values()), [f"not read as a country: {' '.join(stray)}"] if stray else []


def _cities(
    card: _Card, file: str, countries: list[Country], gazetteer: Gazetteer
) -> tuple[list[Match], list[Problem]]:
    """The cities of a "City:" cell, and those that are not known."""
    code = countries[0].code if len(countries) == 1 else None
    matches: list[Match] = []
    problems: list[Problem] = []
    for name in filter(None, (part.strip() for part in re.split(r"[;,&]", card.cells.get("cities", "")))):
        try:
            matches.append(gazetteer.resolve(name, code))
        except (UnknownPlaceError, AmbiguousPlaceError) as error:
            problems.append(Problem(file, card.line, "city_ids", name, str(error)))
    return list({match.city.city_id: match for match in matches}.values()), problems


def _languages(text: str) -> list[str]:
    """The languages of a cell, by their names as written; of a text that several headings share, the known ones."""
    bare = _WEB_ADDRESS.sub(" ", text)
    parts = [part.strip() for part in re.split(r"\s*[,;/&|]\s*|\s+(?:and|et)\s+", bare) if part.strip()]
    if all(fold(part) in _language_names() for part in parts) or bare == text:
        return parts
    return [word for word in re.findall(r"[^\W\d_]+", bare) if fold(word) in _language_names()]


@cache
def _language_names() -> frozenset[str]:
    return frozenset(fold(str(name)) for locale in ("en", "fr") for name in Locale(locale).languages.values())


def _source(text: str) -> _Source:
    """The address and the date of access, the address without the spaces that line breaks put into it."""
    match = _WEB_ADDRESS.search(text)
    if match is None:
        return _Source(None, None, (f"no web address in the source “{text}”",) if text else ())
    url, rest = match[0], text[match.end() :].split()
    while rest and not rest[0].startswith("(") and (url[-1] in "/-_.=?&%" or rest[0][0] in "/-_.=?&%#"):
        url += rest.pop(0)
    url = url.rstrip(".,;)")
    url = f"https://{url}" if url.lower().startswith("www.") else url
    left = " ".join(rest)
    accessed = re.sub(r"\s+", " ", _ACCESSED.sub(" ", left.strip("() "))).strip("() ,;:") or None
    if accessed and unread_words(accessed):
        return _Source(None, None, (f"the source “{text}” cannot be told apart into address and date: not taken",))
    try:
        return _Source(str(URL.parse(url)), accessed, ())
    except ValueError:
        return _Source(None, accessed, (f"the source “{url}” is no web address: not taken",))
