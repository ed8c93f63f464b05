"""A page of the programme's listing of good practices, as text, as saved HTML or in a Word document.

The page repeats: a title, a line of places and years, the beginning of a description, "Read More". What stands
above the first title and below the last "Read More" is not part of any entry.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, pairwise
from pathlib import Path
from urllib.parse import quote, urljoin

from icc_data.errors import AtlasError, Problem
from icc_data.i18n import mark, translate
from icc_data.incoming.readers.docx import docx_lines, is_docx, text_of
from icc_data.incoming.readers.files import bytes_of
from icc_data.incoming.readers.form_words import language_name, language_of_more, more, more_at_end, more_in_source
from icc_data.incoming.readers.lines import Line, is_html, lines_of
from icc_data.incoming.readers.place_line import PlaceLine, place_line_if_any, read_place_line
from icc_data.incoming.readers.result import Accepted, ReadResult, Rejected
from icc_data.model.columns import URL
from icc_data.model.gazetteer import Gazetteer
from icc_data.model.identifiers import Identifiers, practice_id
from icc_data.model.period import doubts, is_unread, read_period
from icc_data.model.records import Practice
from icc_data.model.vocabulary import Vocabulary
from icc_data.text import fold

_FACETS = {"topic", "topics", "year", "years", "country", "countries", "city", "cities", "theme", "themes", "filter"}
_FACETS |= {"thematique", "thematiques", "sujet", "sujets", "annee", "annees", "pays", "ville", "villes", "filter by"}
_SITE = "https://www.coe.int/"
_BASE = re.compile(r"<(?:base|link[^>]+rel=[\"']?canonical[\"']?)[^>]+href=[\"']([^\"']+)", re.IGNORECASE)
_SHORTEST_DESCRIPTION = 40
_LONGEST_PLACE_LINE = 500
_LONGEST_MORE = 40
_NO_MORE = mark(
    "is not taken: no entry of the page ends in “Read More”, so it cannot be told which title belongs to which place. "
    "Save the listing with its links, write “Read More” below each entry, or copy the practices into the template"
)
_TOO_CLOSE = mark(
    "is not taken: the next line of places follows before there is a description. Part the two entries by a line "
    "“Read More”, or mend the line that is no line of places (line {line})"
)
_EXPECTED = mark(
    "A listing repeats four things: a title, a line that begins with a country such as “Germany Erlangen 2020”, "
    "the beginning of a description, and “Read More”."
)


@dataclass(frozen=True)
class _Draft:
    """One entry as it stands on the page: its lines, its place line taken apart (None where there is none), and why
    its lines cannot be told from those of others (empty where they can)."""

    title: tuple[Line, ...]
    places: tuple[Line, ...]
    read: PlaceLine | None
    description: tuple[Line, ...]
    more: Line | None
    fault: str = ""

    @property
    def line(self) -> int:
        return next(line.number for line in (*self.title, *self.places, *self.description, *_given(self.more)))

    @cached_property
    def row(self) -> dict[str, str]:
        """The entry's texts, as they are kept for a refused one."""
        return {"title": _text(self.title), "place": _text(self.places), "description": _text(self.description)}

    @cached_property
    def identity(self) -> tuple[str, ...]:
        """What two entries have in common that are the same."""
        return tuple(fold(text) for text in self.row.values())


@dataclass(frozen=True)
class _Page:
    """What the entries of one page have in common."""

    file: str
    base: str
    html: bool


def looks_like_listing(text: str) -> bool:
    """Whether a text may be a page of the listing: it says "Read More" twice, or once beside "good practice"."""
    # Of a long page the first two tell as much as all.
    count = sum(1 for _ in islice(more_in_source().finditer(text), 2))
    words = fold(text[:20_000])
    speaks = any(name in words for name in ("good practice", "bonnes pratiques", "bonne pratique", "good pratice"))
    return count > 1 or (count == 1 and speaks and "target group" not in words)


def places_in(lines: Sequence[Line], gazetteer: Gazetteer) -> list[tuple[int, PlaceLine]]:
    """The lines that are certainly of places, as an entry has them: where each begins, and what it says."""
    return [(at, read) for at, _, read in _place_lines(lines, gazetteer, first=False) if _is_certain(read)]


def read_listing(path: Path, gazetteer: Gazetteer, vocabulary: Vocabulary) -> ReadResult:
    """Read a page of the listing of good practices.

    Args:
        path: the page as plain text, as saved HTML or in a Word document, in any language of the site.
        gazetteer: the network's cities.
        vocabulary: the closed lists; the listing names none of their terms.

    Returns:
        A practice for every entry. An entry with a place that is not known, without a title or without a place
        line, or that stands there twice, is refused with the reason.

    Raises:
        AtlasError: the file cannot be opened, is no text or holds no entry.
    """
    content = bytes_of(path)
    text = text_of(content, path.name)
    page = _Page(path.name, _base(text), is_html(text))
    accepted: list[Accepted] = []
    rejected: list[Rejected] = []
    ids = Identifiers()
    seen: dict[tuple[str, ...], int] = {}
    lines = docx_lines(content, path.name) if is_docx(content) else lines_of(text)
    for draft in _drafts(lines, gazetteer, page):
        problems = list(_problems(draft, page.file, seen))
        seen.setdefault(draft.identity, draft.line)
        if problems or draft.read is None:
            rejected.append(Rejected(draft.line, draft.row, tuple(problems)))
        else:
            accepted.append(_accepted(draft, draft.read, page, ids))
    if not accepted and not rejected:
        raise AtlasError(
            translate("{file} holds no entry of the listing of good practices.").format(file=path.name),
            translate(_EXPECTED),
        )
    return ReadResult("listing", tuple(accepted), tuple(rejected))


def _problems(draft: _Draft, file: str, seen: dict[tuple[str, ...], int]) -> Iterator[Problem]:
    row = draft.row
    if draft.fault:
        yield Problem(file, draft.line, "title", row["title"], draft.fault)
        return
    if draft.read is None:
        suspect = _text((*draft.title, *draft.places, *draft.description)[:2][-1:])
        reason = translate(
            "is where the countries and cities should stand: expected a line below the title that begins "
            "with a country, such as “Germany Erlangen 2020”"
        )
        yield Problem(file, draft.line, "countries", suspect, reason)
        return
    if not row["title"]:
        reason = translate("is required: expected a line with the title above the line of places")
        yield Problem(file, draft.line, "title", "", reason)
    for place in draft.read.unread:
        yield Problem(file, draft.places[0].number, "city_ids", place.text, place.reason)
    if first := seen.get(draft.identity):
        reason = translate("is the same entry as on line {line}: it is read once, delete one of them").format(
            line=first
        )
        yield Problem(file, draft.line, "title", row["title"], reason)


def _accepted(draft: _Draft, read: PlaceLine, page: _Page, ids: Identifiers) -> Accepted:
    title, description = draft.row["title"], draft.row["description"]
    url, notes = _url(draft, page)
    language = language_of_more(draft.more.text) if draft.more else ""
    foreign = language not in ("", "en")
    cities = [match.city for match in read.cities]
    record = Practice(
        practice_id=practice_id(title, cities[0].city_id if cities else "", ids),
        title=title,
        title_original=title if foreign else None,
        city_ids=tuple(city.city_id for city in cities),
        countries=tuple(country.name for country in read.countries),
        when_text=read.when_text or None,
        when_source="year field" if read.when_text else None,
        summary=re.sub(r"\s*\.\.\.$", "…", description) or None,
        source_kind="programme",
        url=url,
    )
    period = read_period(read.when_text)
    years = {name: value for name, value in period.as_dict().items() if name != "text"}
    fields = {
        "title": title,
        "cities": [city.name for city in cities],
        "city_ids": list(record.city_ids),
        "countries": list(record.countries),
        "when_text": record.when_text,
        **years,
        "description": description or None,
        "url": url,
    }
    if draft.more is None:
        notes.append(
            translate("the entry does not end in “Read More”: its description may be cut or belong to other text")
        )
    if foreign:
        notes.append(
            translate("the page is in {language}: the title needs an English translation").format(
                language=language_name(language)
            )
        )
    return Accepted(record, draft.line, fields, (*read.notes, *doubts(period), *notes))


def _url(draft: _Draft, page: _Page) -> tuple[str | None, list[str]]:
    """The practice's own page: behind "Read More", else behind the title."""
    links = [line.href for line in (*_given(draft.more), *draft.title) if line.href]
    links = [link.strip() for link in links if not link.strip().lower().startswith(("#", "javascript:", "mailto:"))]
    if not links:
        return None, []
    try:
        return str(URL.parse(quote(urljoin(page.base, links[0]), safe="%/:=&?~#+!$,;'@()*[]"))), []
    except ValueError:
        return None, [translate("the link “{link}” is no web address and was left out").format(link=links[0])]


def _base(text: str) -> str:
    """What the links of a page are relative to."""
    tag = _BASE.search(text)
    try:
        return str(URL.parse(urljoin(_SITE, tag[1]))) if tag else _SITE
    except ValueError:
        return _SITE


# From lines to entries.


def _drafts(lines: Sequence[Line], gazetteer: Gazetteer, page: _Page) -> Iterator[_Draft]:
    segment: list[Line] = []
    first = True
    lines = list(_with_own_more(lines))
    ends = _ends(lines)
    if not ends:
        yield from _without_ends(lines, gazetteer)
        return
    for at, line in enumerate(lines):
        if at not in ends:
            segment.append(line)
            continue
        drafts = list(_entries(segment, gazetteer, page, first))
        if drafts:
            yield from drafts[:-1]
            yield replace(drafts[-1], more=line)
        elif segment:
            block = segment[-2:] if first else segment
            yield _Draft((block[0],), (), None, tuple(block[1:]), line)
        segment, first = [], False
    yield from _after_last(segment, gazetteer, page, first)


def _with_own_more(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, "Read More" on one of its own where it stands at the end of a description."""
    for line in lines:
        if both := more_at_end().fullmatch(line.text.strip()):
            yield line._replace(text=both["text"], href="")
            yield line._replace(text=both["more"])
        else:
            yield line._replace(text=line.text.replace("\t", " ").strip())


def _ends(lines: Sequence[Line]) -> set[int]:
    """Which lines say "Read More": in a language that is read, else the same short line below each text that is cut."""
    if ends := {at for at, line in enumerate(lines) if more().fullmatch(line.text)}:
        return ends
    below = Counter(line.text for cut, line in pairwise(lines) if _is_cut(cut))
    again = {text for text, count in below.items() if count > 1 and len(text) <= _LONGEST_MORE}
    return {at for at, line in enumerate(lines) if line.text in again}


def _without_ends(lines: Sequence[Line], gazetteer: Gazetteer) -> Iterator[_Draft]:
    """What a page without any "Read More" has beside each line of places, none of which can be taken."""
    at = [at for at, _, _ in _place_lines(lines, gazetteer, first=False)]
    if not at:
        return
    starts = [0, *at[1:]]
    for start, end in zip(starts, (*starts[1:], len(lines)), strict=True):
        yield _Draft((lines[start],), (), None, tuple(lines[start + 1 : end]), None, translate(_NO_MORE))


def _after_last(segment: list[Line], gazetteer: Gazetteer, page: _Page, first: bool) -> Iterator[_Draft]:
    """Entries below the last "Read More": those of a page whose end is missing."""
    facets = next((i for i, line in enumerate(segment) if fold(line.text) in _FACETS), None)
    drafts = [
        draft
        for draft in _entries(segment[:facets], gazetteer, page, first)
        if draft.title and draft.read and (draft.read.cities or draft.read.when_text or draft.read.unread)
    ]
    yield from drafts
    if drafts or first or not segment[:facets]:
        return
    # A page that was cut off ends in a title, or in a title and the beginning of its line of places; and what is cut
    # as descriptions are belongs to an entry.
    if any(map(_is_cut, segment[:facets])) or (facets is None and len(segment) in (1, 2)):
        yield _Draft((segment[0],), (), None, tuple(segment[1:facets]), None)


def _entries(lines: Sequence[Line], gazetteer: Gazetteer, page: _Page, first: bool) -> Iterator[_Draft]:
    """The entries among lines without a "Read More": one, unless a "Read More" is missing."""
    places = _place_lines(lines, gazetteer, first)
    starts = [_title_start(lines, at, page, first or bool(n)) for n, (at, _, _) in enumerate(places)]
    for n, (at, size, read) in enumerate(places):
        end = starts[n + 1] if n + 1 < len(places) else len(lines)
        description = tuple(lines[at + size : end])
        fault = ""
        if n + 1 < len(places) and len(_text(description)) < _SHORTEST_DESCRIPTION:
            fault = translate(_TOO_CLOSE).format(line=lines[places[n + 1][0]].number)
        title = tuple(line for line in lines[starts[n] : at] if not line.text.endswith(">>"))
        yield _Draft(title, tuple(lines[at : at + size]), read, description, None, fault)


def _title_start(lines: Sequence[Line], at: int, page: _Page, after_other_text: bool) -> int:
    """Where the title above a place line begins: one line above, or the whole block where titles are wrapped."""
    if not after_other_text:
        return 0
    start = max(at - 1, 0)
    separate = not page.html and start < at and lines[at].number - lines[start].number > 1
    while separate and start > 0 and lines[start].number - lines[start - 1].number == 1:
        start -= 1
    return start


def _place_lines(lines: Sequence[Line], gazetteer: Gazetteer, first: bool) -> list[tuple[int, int, PlaceLine]]:
    """Which lines are place lines: where each begins, of how many lines it is, and what it says."""
    candidates = {
        at: read
        for at, line in enumerate(lines)
        if len(line.text) <= _LONGEST_PLACE_LINE and (read := _place_line_or_none(line.text, gazetteer))
    }
    certain = {at: read for at, read in candidates.items() if _is_certain(read)}
    if not certain:
        likely = [at for at, read in candidates.items() if at and read.names_country and not _is_cut(lines[at])]
        best = next(iter(reversed(likely) if first else likely), None)
        certain = {} if best is None else {best: candidates[best]}
    places: list[tuple[int, int, PlaceLine]] = []
    for at, read in certain.items():
        if places and at < sum(places[-1][:2]):
            continue
        # A title may begin with a country as well: then the next line is the place line.
        if at + 1 in certain and (at == 0 or _names_same_country(read, certain[at + 1])):
            continue
        size, whole = _continued(lines, at, read, gazetteer)
        places.append((at, size, whole))
    return places


def _is_certain(read: PlaceLine) -> bool:
    places = read.names_country or (bool(read.cities) and not read.unread)
    return places and not is_unread(read.when_text)


def _is_cut(line: Line) -> bool:
    return line.text.endswith(("...", "…"))


def _place_line_or_none(text: str, gazetteer: Gazetteer) -> PlaceLine | None:
    if read := place_line_if_any(text, gazetteer):
        return read
    words = text.split(maxsplit=4)
    begins = any(gazetteer.country(" ".join(words[:size])) for size in range(1, min(4, len(words)) + 1))
    return read_place_line(text, gazetteer) if begins else None


def _names_same_country(one: PlaceLine, other: PlaceLine) -> bool:
    return other.names_country and bool(set(one.countries) & set(other.countries))


def _continued(lines: Sequence[Line], at: int, read: PlaceLine, gazetteer: Gazetteer) -> tuple[int, PlaceLine]:
    """The place line with the lines below it that go on with it: places and years in elements of their own."""
    size, text = 1, lines[at].text
    while not read.when_text and at + size < len(lines):
        following = lines[at + size].text
        part = read_place_line(following, gazetteer) if len(following) <= 80 else PlaceLine()
        places = bool(part.countries or part.cities) and not part.unread
        when = part.when_text and read_period(part.when_text).certainty != "unknown"
        if is_unread(part.when_text) or not (places or (when and not part.unread)):
            break
        text, size = f"{text} {following}", size + 1
        read = read_place_line(text, gazetteer)
    return size, read


def _given(line: Line | None) -> tuple[Line, ...]:
    return () if line is None else (line,)


def _text(lines: Sequence[Line]) -> str:
    return " ".join(" ".join(line.text for line in lines).split())
