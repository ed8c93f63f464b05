"""How to cite a practice, or the data as a whole: BibTeX, RIS, and plain text after the APA's manual, 7th edition.

Citations are in English whatever the language in use: that is the language of their formats' own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Literal

from icc_data.analysis.sources import best_address
from icc_data.cells import python_value
from icc_data.i18n import labelled
from icc_data.text import slugify

PUBLISHER = "Council of Europe"
PROGRAMME = "Intercultural Cities programme"
ATLAS = "Intercultural Cities Atlas"
CONTRIBUTORS = "The Intercultural Cities Atlas contributors"
MOST_CITIES = 3
Kind = Literal["page", "data", "figure"]
_RIS_TYPES = {"page": "ELEC", "data": "DATA", "figure": "FIGURE"}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Citation:
    """What is cited, in single-line texts; a text is empty and a date None where it is not known.

    Attributes:
        key: readable, stable identifier in plain letters, digits and hyphens.
        kind: a page of a site, a collection of data, or a figure drawn from it.
        title: its title.
        description: what it is, where and when.
        author: the body that answers for it.
        year: of data the year up to which it speaks; of a practice the one in which it started, else ended, as when its
            page was published is not known.
        until: the year in which a practice ended, “present” where it goes on; empty where it is one year or not known.
        publisher: who publishes it.
        version: of the data.
        url: where it is.
        accessed: when it was seen there.
        record: where the atlas shows it; empty for the data itself.
    """

    key: str
    kind: Kind
    title: str
    description: str
    author: str
    year: int | None
    publisher: str
    version: str
    url: str
    accessed: date | None
    record: str = ""
    until: str = ""

    @property
    def of_data(self) -> bool:
        """Whether it is about the atlas's data, and not about a page."""
        return self.kind != "page"


def practice_citation(practice: Mapping[str, Any], version: str, record: str = "") -> Citation:
    """The citation of a practice as the page that tells of it best shows it.

    A title that was not published in English stands as published, with the English one in brackets. When the page was
    published is not known: the date is that of the practice, and the text that says so is part of the description.

    Args:
        practice: a row of the table ``practice``, or the part of it that is known; missing values in any form.
        version: the data's version.
        record: where the atlas shows it; empty where that is not known.
    """
    facts = {str(name): python_value(value) for name, value in practice.items()}
    title, original = (_line(facts.get(name)) for name in ("title", "title_original"))
    # Both kinds of source are pages of the Council or copies of its documents; of others no author is known.
    of_the_programme = facts.get("source_kind") in ("programme", "report_copy")
    where = _places(facts)
    when = _when(facts)
    return Citation(
        key=_key(_line(facts.get("practice_id")) or title),
        kind="page",
        title=f"{original} [{title}]" if original and original != title else title or original or "Untitled",
        description="; ".join(part for part in ("Good practice", where, when) if part),
        author=PUBLISHER if of_the_programme else "",
        year=_year(facts.get("start_year")) or _year(facts.get("end_year")),
        until=_until(facts),
        publisher=PROGRAMME if of_the_programme else "",
        version=_line(version),
        url=_address(best_address(facts)),
        accessed=_day(facts.get("accessed")),
        record=_address(record),
    )


def data_citation(version: str, as_of: date, url: str = "", accessed: date | None = None) -> Citation:
    """The citation of the atlas's data as a whole.

    Args:
        version: the data's version.
        as_of: the date up to which it speaks.
        url: where it was had from.
        accessed: when.
    """
    title = f"{ATLAS}: good practices of the Intercultural Cities network"
    return _of_the_atlas(
        _key(f"atlas {as_of.year} {version}"), "data", title, "Data set", version, as_of, url, accessed
    )


def figure_citation(
    title: str, selection: Sequence[str], version: str, as_of: date, url: str = "", accessed: date | None = None
) -> Citation:
    """The citation of a figure or table that the atlas draws from its data.

    Args:
        title: what it shows.
        selection: what was chosen, in words, one line a choice; empty means everything.
        version: the data's version.
        as_of: the date up to which it speaks.
        url: where it is.
        accessed: when it was seen there.
    """
    # What was chosen may be told in sentences; a title has no full stop before what follows it.
    chosen = "; ".join(_line(words).rstrip(".") for words in selection)
    whole = labelled(_line(title), chosen) if chosen else _line(title)
    # Figures of one title differ by what was chosen, and stand in one list of references: their keys differ as well.
    told_apart = sha256(f"{whole} {url}".encode("utf-8", "replace")).hexdigest()[:6]
    key = "-".join(part for part in (_key(title), str(as_of.year), _plain(version), told_apart) if part)
    return _of_the_atlas(key, "figure", whole, "Figure", version, as_of, url, accessed)


def _of_the_atlas(
    key: str, kind: Kind, title: str, description: str, version: str, as_of: date, url: str, accessed: date | None
) -> Citation:
    return Citation(
        key=key,
        kind=kind,
        title=title,
        description=description,
        author=CONTRIBUTORS,
        year=as_of.year,
        publisher=ATLAS,
        version=_line(version),
        url=_address(url),
        accessed=accessed,
    )


def bibtex(citation: Citation) -> str:
    """The citation as one BibTeX entry of the type ``@misc``, which every style knows."""
    note = ". ".join(part for part in (citation.description, _recorded(citation)) if part)
    fields = {
        # In a second pair of braces a body's name is not taken apart, and a title keeps its capitals.
        "author": f"{{{_tex(citation.author)}}}" if citation.author else "",
        "title": f"{{{_tex(citation.title)}}}",
        "year": str(citation.year or ""),
        "publisher": _tex(citation.publisher),
        "version": _tex(citation.version) if citation.of_data else "",
        "note": _tex(note),
        "url": citation.url,
        "urldate": citation.accessed.isoformat() if citation.accessed and citation.url else "",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{citation.key},\n{lines}\n}}\n"


def ris(citation: Citation) -> str:
    """The citation as one RIS record, with the line ends that the format asks for."""
    of_data = citation.of_data
    tags = [
        ("TY", _RIS_TYPES[citation.kind]),
        ("ID", citation.key),
        ("TI", citation.title),
        ("AU", citation.author),
        ("PY", str(citation.year or "")),
        ("PB", citation.publisher),
        ("ET", citation.version if of_data else ""),
        ("N1", citation.description),
        ("DB", "" if of_data else f"{ATLAS}, data version {citation.version}"),
        # The format takes one address a line.
        ("UR", citation.url),
        ("UR", citation.record),
        ("Y2", citation.accessed.strftime("%Y/%m/%d") if citation.accessed and citation.url else ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in tags if value) + "ER  - \r\n"


def apa(citation: Citation) -> str:
    """The citation as plain text after the Publication Manual of the APA (7th edition, 2020), 10.9 and 10.16.

    What lasted for years is dated by the first and the last of them (9.13), or “present” (10.12, as a series that goes
    on).
    """
    year = "–".join(str(part) for part in (citation.year or "n.d.", citation.until) if part)
    version = f"Version {citation.version}"
    of_version = f" ({version})" if citation.of_data else ""
    work = f"{citation.title}{of_version} [{citation.description}]"
    head = f"{_ended(citation.author)} ({year}). {work}." if citation.author else f"{work}. ({year})."
    publisher = f"{citation.publisher}." if citation.publisher else ""
    retrieved = " ".join(part for part in (_retrieved(citation), _bracketed(_recorded(citation))) if part)
    return " ".join(part for part in (head, publisher, retrieved) if part)


def _retrieved(citation: Citation) -> str:
    day = citation.accessed
    if day is None or not citation.url:
        return citation.url
    return f"Retrieved {_MONTHS[day.month - 1]} {day.day}, {day.year}, from {citation.url}"


def _recorded(citation: Citation) -> str:
    """Where the atlas has a practice, and in which version of its data."""
    if citation.of_data:
        return ""
    return f"{ATLAS}, data version {citation.version}" + (f", {citation.record}" if citation.record else "")


def _bracketed(text: str) -> str:
    return f"[{text}]" if text else ""


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _line(value: Any) -> str:
    """A text on one line, without control characters."""
    text = "" if value is None else str(value)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _places(facts: Mapping[str, Any]) -> str:
    cities = [part for part in _line(facts.get("city_names")).split("; ") if part]
    if len(cities) > MOST_CITIES + 1:
        return f"{', '.join(cities[:MOST_CITIES])} and {len(cities) - MOST_CITIES} other cities"
    countries = [part for part in _line(facts.get("country_names")).split("; ") if part]
    return ", ".join([*cities, *countries] if len(countries) < 2 or not cities else cities)


def _when(facts: Mapping[str, Any]) -> str:
    """When a practice ran as published; what its description says, which may decide the date, beside the year field."""
    when, described = (_line(facts.get(name)) for name in ("when_text", "described_when"))
    if not when or not described or when == described:
        return when or described
    return f"{when}, in its description: {described}"


def _year(value: Any) -> int | None:
    return None if value is None else int(value)


def _until(facts: Mapping[str, Any]) -> str:
    start, end = _year(facts.get("start_year")), _year(facts.get("end_year"))
    if start is None:
        return ""
    if facts.get("ongoing"):
        return "present"
    return str(end) if end is not None and end > start else ""


def _day(value: Any) -> date | None:
    if isinstance(value, str):
        return date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else None
    return date(value.year, value.month, value.day) if isinstance(value, date) else None


def _address(value: Any) -> str:
    """An address with what would end a field of BibTeX or RIS in its percent form."""
    address = re.sub(r"\s", "%20", str(value or "").strip())
    address = "".join(c if c.isprintable() else "" for c in address)
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _plain(text: str) -> str:
    return "-".join(re.findall("[a-z0-9]+", slugify(text, 80)))


def _key(text: str) -> str:
    stem = _plain(text)
    return f"icc-{stem or sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"


# BibTeX counts braces even behind a backslash, so that a lone one needs its name.
_TEX = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_"}
    | {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


def _tex(text: str) -> str:
    return text.translate(_TEX)
