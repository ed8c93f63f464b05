"""The programme's page of a single good practice, as text, as saved HTML or in a Word document.

It has a title, where and when, and texts under the headings Purpose, Stimulus/Rationale, Process and Impact.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from icc_data.errors import AtlasError, Problem
from icc_data.i18n import translate as _
from icc_data.incoming.readers.card_values import cities_in, countries_in
from icc_data.incoming.readers.docx import text_of
from icc_data.incoming.readers.files import bytes_of
from icc_data.incoming.readers.form_words import more, more_in_source, named_patterns, pattern, whole
from icc_data.incoming.readers.headed import Rows, Style
from icc_data.incoming.readers.lines import Line, is_html, lines_of
from icc_data.incoming.readers.listing import places_in
from icc_data.incoming.readers.markup import tree
from icc_data.incoming.readers.place_line import PlaceLine
from icc_data.incoming.readers.result import Accepted, ReadResult, Rejected
from icc_data.model.columns import URL
from icc_data.model.gazetteer import Country, Gazetteer, Match
from icc_data.model.identifiers import Identifiers, practice_id
from icc_data.model.period import doubts, read_period, unread_words
from icc_data.model.records import Practice

_TEXTS = ("purpose", "stimulus", "process", "impact")
_FACTS = ("title", "countries", "cities", "year", "topics")
_MEANINGS = (*_FACTS, *_TEXTS, "references")
_IN_SOURCE = re.compile(
    rf"(?:^|>|[.!?…]\s)\s*[*_]*{named_patterns(_TEXTS)}\s*(?:[:：<–-]|$)", re.IGNORECASE | re.MULTILINE
)
_OWN_ADDRESS = re.compile(
    r"<(?:link[^>]+rel=[\"']?canonical[\"']?[^>]+href|meta[^>]+property=[\"']og:url[\"'][^>]+content)=[\"']([^\"']+)",
    re.IGNORECASE,
)
# Headings that follow each other in one line, as where a page was copied without its lines.
_INLINE = re.compile(rf"(?<=[.!?:…»”)])\s+(?=[A-ZÀ-Þ])(?=(?i:{'|'.join(map(pattern, _TEXTS))})\s*:)")


@dataclass(frozen=True)
class _Page:
    """A page taken apart: its title, its texts by heading, and the line of places where it has one."""

    title: str
    line: int
    cells: dict[str, str]
    places: PlaceLine | None


def looks_like_page(text: str) -> bool:
    """Whether a text may be a practice's own page: two of its texts stand under their headings, above any “Read More”,
    by which a page leads on to others. The entries of a listing have their headings in one line."""
    more_at = more_in_source().search(text)
    text = text[: more_at.start() if more_at else None]
    return len({match.lastgroup for match in _IN_SOURCE.finditer(text)}) > 1 and _is_page(lines_of(text))


def _is_page(lines: Sequence[Line]) -> bool:
    lines = _broken(lines)
    style = Style.of(lines, _TEXTS)
    return len({head.name for line in lines if (head := style.begins(line.text))}) > 1


def read_page(path: Path, gazetteer: Gazetteer) -> ReadResult:
    """Read the programme's page of a single practice.

    Args:
        path: the page as plain text, as saved HTML or in a Word document.
        gazetteer: the network's cities.

    Returns:
        The practice; its texts are kept as fields, and a person writes the summary from them. A page without a title
        or a place, or with a place that is not known, is refused with the reason.

    Raises:
        AtlasError: the file cannot be opened, is no text or no such page.
    """
    text = unicodedata.normalize("NFC", text_of(bytes_of(path), path.name))
    lines = lines_of(text)
    if not _is_page(lines):
        raise AtlasError(
            _("{file} is not the page of a good practice.").format(file=path.name),
            _(
                "Such a page has a title, a country and city, and texts under Purpose, Stimulus/Rationale, "
                "Process and Impact, each of these words with a colon or on a line of its own."
            ),
        )
    page = _taken_apart(_broken(lines), _heading_of(text), gazetteer)
    countries, cities, notes, problems = _places(page, path.name, gazetteer)
    if not page.title:
        reason = _("is required: expected a line with the title above the places and the texts")
        problems.append(Problem(path.name, page.line, "title", "", reason))
    if problems:
        return ReadResult("page", rejected=(Rejected(page.line, {"title": page.title, **page.cells}, tuple(problems)),))
    return ReadResult("page", (_accepted(page, countries, cities, notes, _address(text)),))


def _accepted(
    page: _Page, countries: Sequence[Country], cities: Sequence[Match], notes: list[str], url: str | None
) -> Accepted:
    when_text = page.cells.get("year") or (page.places.when_text if page.places else "")
    topics = tuple(part.strip() for part in re.split(r"[;|,\n]", page.cells.get("topics", "")) if part.strip())
    city_ids = tuple(match.city.city_id for match in cities)
    named = tuple(country.name for country in countries) or tuple(dict.fromkeys(m.city.country for m in cities))
    record = Practice(
        practice_id=practice_id(page.title, city_ids[0] if city_ids else "", Identifiers()),
        title=page.title,
        city_ids=city_ids,
        countries=named,
        when_text=when_text or None,
        when_source="year field" if when_text else None,
        published_topics=topics,
        source_kind="programme",
        url=url,
    )
    period = read_period(when_text)
    fields: dict[str, object] = {
        "title": page.title,
        "cities": [match.city.name for match in cities],
        "city_ids": list(city_ids),
        "countries": list(named),
        "when_text": when_text or None,
        **{name: value for name, value in period.as_dict().items() if name != "text"},
        "topics": list(topics),
        **{name: page.cells.get(name) or None for name in (*_TEXTS, "references")},
        "url": url,
    }
    lacking = [name for name in _TEXTS if not page.cells.get(name)]
    notes += [_("the page has no text under {names}").format(names=", ".join(lacking))] if lacking else []
    notes.append(_("the summary is left to a person: write it from the page’s texts"))
    return Accepted(record, page.line, fields, (*notes, *doubts(period)))


def _places(
    page: _Page, file: str, gazetteer: Gazetteer
) -> tuple[Sequence[Country], Sequence[Match], list[str], list[Problem]]:
    """The page's countries and cities, what was chosen in reading them, and what cannot be read."""
    if page.places and not {"countries", "cities"} & set(page.cells):
        problems = [Problem(file, page.line, "city_ids", place.text, place.reason) for place in page.places.unread]
        return page.places.countries, page.places.cities, list(page.places.notes), problems
    cell = page.cells.get("countries", "")
    countries, notes = countries_in(cell, gazetteer) if cell else ([], [])
    cities, problems = cities_in(page.cells.get("cities", ""), file, page.line, countries, gazetteer)
    if not countries and not cities and not problems:
        reason = _("is not read: expected a line such as “Country: Germany” or “Germany Erlangen 2020” above the texts")
        problems.append(Problem(file, page.line, "countries", cell, reason))
    read_as = [_("a city read as {city}").format(city=match.read_as) for match in cities if match.read_as]
    return countries, cities, [*notes, *read_as], problems


def _taken_apart(lines: Sequence[Line], heading: str, gazetteer: Gazetteer) -> _Page:
    style = Style.of(lines, _MEANINGS)
    rows = list(Rows(style, (), (*_TEXTS, "references")).lines(lines))
    heads = [style.begins(line.text) for line in rows]
    first = next((at for at, head in enumerate(heads) if head), len(rows))
    cells: dict[str, str] = {}
    name = ""
    for line, head in zip(rows[first:], heads[first:], strict=True):
        # The page's facts end with their line, its texts where the next one begins.
        name = head.name if head else "" if name in _FACTS and cells.get(name) else name
        text = head.rest if head else line.text.strip()
        if name and text:
            cells[name] = f"{cells[name]}\n{text}" if name in cells else text
    above = rows[:first]
    at, places = next(iter(reversed(places_in(above, gazetteer))), (None, None))
    title = _title(above[:at], heading, cells)
    number = next((line.number for line in above if line.text.strip() == title), rows[0].number if rows else 0)
    return _Page(title, number, cells, places)


def _title(above: Sequence[Line], heading: str, cells: dict[str, str]) -> str:
    """The title that the page states, else its only main heading, else the line above its facts."""
    lines = [line.text.strip() for line in above if not whole("form name").fullmatch(line.text)]
    lines = [line for line in lines if not whole("letterhead").fullmatch(line) and unread_words(line)]
    return cells.pop("title", "") or heading or (lines[-1] if lines else "")


def _heading_of(text: str) -> str:
    """The page's main heading, where it has just one that is not the programme's name."""
    if not is_html(text):
        return ""
    headings = [" ".join(" ".join(one.texts()).split()) for one in tree(text).elements() if one.name == "h1"]
    headings = [words for words in headings if words and not whole("letterhead").fullmatch(words)]
    return headings[0] if len(headings) == 1 else ""


def _broken(lines: Sequence[Line]) -> list[Line]:
    """The lines above what leads on to other pages; texts that follow each other in a line on lines of their own."""
    lines = lines[: next((at for at, line in enumerate(lines) if at and more().fullmatch(line.text)), None)]
    return [line._replace(text=part) for line in lines for part in _INLINE.split(line.text) if part.strip()]


def _address(text: str) -> str | None:
    """The page's own address."""
    tag = _OWN_ADDRESS.search(text)
    try:
        return str(URL.parse(tag[1])) if tag else None
    except ValueError:
        return None
