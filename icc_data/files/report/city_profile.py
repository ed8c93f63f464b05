"""One city on one or two printed pages (PDF, A4): what is known of it, what it does, and which cities are like it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import duckdb

from icc_data.analysis import city_facts, peer_reasons, peers
from icc_data.analysis.uncertainty import FEW
from icc_data.cells import dicts_of, python_value
from icc_data.drawing.palette import LIGHT
from icc_data.errors import AtlasError
from icc_data.files.export import LICENCE, Provenance
from icc_data.files.report.city_answers import LONGEST_NAME, CityAnswers, ask_city
from icc_data.files.report.document import (
    FOLDER,
    LONGEST_SHOWN,
    Content,
    cells,
    coding,
    frame,
    part,
    practice,
    programme,
    running,
    short,
    typeset,
    version,
    web_address,
)
from icc_data.i18n import NOT_STATED, enumeration, number
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from icc_data.queries.selection_words import choices

TEMPLATE = FOLDER / "city_profile.typ"
PAGES = 2


@dataclass(frozen=True)
class Room:
    """How much stands on the pages.

    Attributes:
        size: of the letters, points.
        practices, similar, rare, partners, results, sources: how many of each.
        letters: the most that one text may have, where a person wrote it.
        apart: whether the cities beside it begin on a page of their own.
    """

    size: float
    practices: int
    similar: int
    rare: int
    partners: int
    results: int
    sources: int
    letters: int
    apart: bool = True


# From generous to sparse; the first that fits is taken.
ROOMS = (
    Room(9.5, 8, 5, 6, 8, 12, 8, 400),
    Room(9.0, 6, 5, 6, 6, 10, 8, 300),
    Room(8.5, 5, 4, 4, 4, 8, 6, 200),
    Room(8.0, 4, 3, 3, 3, 5, 4, 120, apart=False),
    Room(7.5, 3, 3, 2, 2, 4, 3, 80, apart=False),
)


def printed_city_profile(
    connection: duckdb.DuckDBPyConnection, selection: Selection, city_id: str, provenance: Provenance
) -> bytes:
    """The profile of a city to print, as PDF.

    Args:
        connection: where to ask.
        selection: the practices that are listed; everything else is of the city as a whole.
        city_id: the city.
        provenance: where the view is, and which data it shows.

    Raises:
        AtlasError: there is no such city, or no room for what is known of it.
    """
    most = {"similar": max(room.similar for room in ROOMS), "practices": max(room.practices for room in ROOMS)}
    answers = ask_city(connection, selection, city_id, **most)
    contents = (_content(answers, room, provenance) for room in ROOMS)
    written = typeset(TEMPLATE, contents, provenance, PAGES)
    if written is None:
        raise AtlasError(_("The profile does not fit on two pages."), _("Print the page of the city instead."))
    return written


def _content(answers: CityAnswers, room: Room, provenance: Provenance) -> Content:
    """Everything that the template sets, in words; a panel that says nothing of this city is missing."""
    count = answers.count
    name = short(answers.city["name"], LONGEST_NAME)
    return {
        **frame(
            _("Intercultural Cities Atlas · City profile"),
            name,
            provenance,
            hue=LIGHT.amount,
            foot=(programme(), coding(), _(LICENCE), version(provenance)),
            letters=max(room.letters, LONGEST_SHOWN),
        ),
        "size": room.size,
        "apart": room.apart,
        "running": running(name, provenance),
        "place": _place(answers.city),
        **_facts(answers, room),
        "nothing": "" if count else _("No practice of this city has been published in the sources of this atlas."),
        "numbers": _numbers(answers, provenance.as_of.year) if count else [],
        "areas": _areas(answers) if count else None,
        "years": _years(answers) if count else None,
        "commitments": _commitments(answers) if count else None,
        "similar": _similar(answers, room),
        "rare": _rare(answers, room) if count else None,
        "index": _index(answers, room),
        "partners": _partners(answers, room) if count else None,
        "gaps": _gaps(answers) if count else None,
        "practices": _practices(answers, room) if count else None,
    }


def _place(city: Mapping[str, Any]) -> str:
    """What a city calls itself, where that is another name, and its country."""
    local = short(city["local_name"] or "", LONGEST_NAME)
    another = local if local != short(city["name"], LONGEST_NAME) else ""
    return " · ".join(part for part in (another, city["country"]) if part)


def _facts(answers: CityAnswers, room: Room) -> Content:
    """What is known of it with years and sources, and what is not."""
    city = answers.city
    stated, missing = city_facts.facts(city, answers.label)
    if city["strategy_year"]:
        stated.append(city_facts.Fact(_("Intercultural strategy"), str(int(city["strategy_year"]))))
    notes = []
    if city["joined_note"]:
        notes.append(_("On the joining year: {note}").format(note=short(city["joined_note"], 2 * room.letters)))
    if city["note"]:
        notes.append(_("Note: {note}").format(note=short(city["note"], 2 * room.letters)))
    urls = python_value(city["evidence_urls"]) or []
    sources = _sources(urls[: room.sources])
    return {
        "facts": [{"label": fact.label, "value": fact.value, "note": fact.note} for fact in stated],
        "unknown": _("Not known: {facts}").format(facts=", ".join(missing)) if missing else "",
        "notes": notes,
        "sources_title": _("Sources:"),
        "sources": sources,
        "more_sources": _more(len(urls) - len(sources)),
    }


def _sources(urls: list[str]) -> list[Content]:
    """Addresses called by their hosts, numbered where a host comes again."""
    hosts = [short(urlsplit(url).netloc.removeprefix("www.") or url, LONGEST_NAME) for url in urls]
    names = [
        f"{host} ({number(hosts[:place].count(host) + 1)})" if hosts.count(host) > 1 else host
        for place, host in enumerate(hosts)
    ]
    return [{"words": name, "address": web_address(url)} for name, url in zip(names, urls, strict=True)]


def _more(count: int) -> str:
    return _("and {count} more").format(count=number(count)) if count > 0 else ""


def _numbers(answers: CityAnswers, as_of: int) -> list[Content]:
    measures, network, count = answers.measures, answers.network, answers.count
    newest = python_value(measures["newest"])
    of_count = _("of {all}").format(all=number(count))
    return cells(
        [
            (
                _("Practices"),
                number(count),
                _("of {all} in the network").format(all=number(network["practices"])),
            ),
            (_("Policy areas"), number(measures["areas"]), _("of {all}").format(all=number(network["areas"]))),
            (
                _("Newest practice"),
                NOT_STATED if newest is None else str(int(newest)),
                _("start year of {count} known").format(count=number(measures["dated"])),
            ),
            (_("Active in {year}").format(year=as_of), number(measures["active"]), of_count),
            (_("With other cities"), number(measures["shared"]), of_count),
        ]
    )


def _areas(answers: CityAnswers) -> Content:
    few = answers.count < FEW
    return {
        "title": _("Practices by policy area"),
        "own": _("Share of its practices"),
        "network": _("Share of the network’s"),
        "drawing": answers.areas_drawing,
        "alt": _("Practices of {city} by policy area").format(city=answers.city["name"]),
        "note": _("Shares of so few practices say little: read the counts.") if few else "",
    }


def _years(answers: CityAnswers) -> Content:
    paler = _("Paler: said to go on.") if answers.years["said"].any() else ""
    return {
        "title": _("Practices active in each year"),
        "drawing": answers.years_drawing,
        "alt": _("Practices of {city} active in each year").format(city=answers.city["name"]),
        "note": f"{paler} {city_facts.undated(answers.count, answers.counts['dated'])}".strip(),
    }


def _commitments(answers: CityAnswers) -> Content:
    return {
        "title": _("The four commitments"),
        "entries": [
            {
                "label": answers.label("commitment", row["code"]),
                "words": part(row["practices"], answers.count),
                "length": row["practices"] / answers.count,
            }
            for row in dicts_of(answers.commitments)
        ],
        "note": _("A practice counts for each commitment that its policy areas serve."),
    }


def _similar(answers: CityAnswers, room: Room) -> Content:
    """Those most like it, each with the reason; a warning of all of them is said once."""
    own = city_facts.feature_row(answers.features, answers.city["city_id"])
    entries, warnings, others = [], [], []
    for other, distance, compared, former in answers.similar.head(room.similar).itertuples():
        theirs = city_facts.feature_row(answers.features, other)
        others.append(theirs)
        warnings.append(peers.warning(own, theirs, distance))
        entries.append(
            {
                "name": peers.marked(answers.label("city", other), former=former),
                "words": short(peers.reason(own, theirs, answers.label), max(2 * room.letters, 200)),
                "note": city_facts.distance_words(distance, compared),
            }
        )
    editions = peer_reasons.editions_note(own, others)
    once = len(set(warnings)) == 1
    if not once:
        entries = [
            entry | {"words": f"{entry['words']}. {warning}" if warning else entry["words"]}
            for entry, warning in zip(entries, warnings, strict=True)
        ]
    return {
        "title": _("Most similar cities"),
        "rule": _(peers.DISTANCE_RULE) if entries else "",
        "entries": entries,
        "note": " ".join(filter(None, [warnings[0] if once else "", editions])) if entries else peers.too_little(),
    }


def _rare(answers: CityAnswers, room: Room) -> Content:
    """What it does that few others do; what rests on a single practice is not made much of."""
    lines, single = [], []
    for facet, profile in (("policy_area", answers.areas), ("theme", answers.themes)):
        for row in dicts_of(city_facts.rare(profile, answers.network["cities"])):
            name = answers.label(facet, row["code"])
            if row["practices"] > 1:
                lines.append(city_facts.rare_words(row, name))
            else:
                single.append(name)
    none = _("Nothing with more than one practice: its areas and themes are common in the network.")
    once = _("With a single practice each, which says little: {labels}.")
    return {
        "title": _("What it does that few others do"),
        "rule": city_facts.rare_rule(),
        "lines": lines[: room.rare] or [none],
        "note": once.format(labels=enumeration(single[: room.rare])) if single else "",
    }


def _index(answers: CityAnswers, room: Room) -> Content:
    newest_first = dicts_of(answers.index)[::-1]
    lines = [
        {
            "words": short(city_facts.index_words(row, answers.label), LONGEST_SHOWN * 2),
            "address": web_address(python_value(row["evidence_url"]) or ""),
        }
        for row in newest_first[: room.results]
    ]
    none = _("No published result and no report was found. The programme gives all scores on request only.")
    return {
        "title": _("Intercultural Cities Index"),
        "drawing": answers.editions_drawing,
        "alt": _("Index scores of {city}").format(city=answers.city["name"]),
        "lines": lines,
        "source": _("source"),
        "note": _more(len(newest_first) - len(lines)) if lines else none,
    }


def _partners(answers: CityAnswers, room: Room) -> Content:
    """Those that share the same practices together; how many more there are."""
    shared: dict[tuple[str, ...], list[str]] = {}
    for row in dicts_of(answers.partners):
        shared.setdefault(tuple(row["titles"]), []).append(answers.label("city", row["city_id"]))
    listed = dict(list(shared.items())[: room.partners])
    left = len(answers.partners) - sum(map(len, listed.values()))
    return {
        "title": _("Partner cities"),
        "rule": _("They carry a practice together"),
        "entries": [
            {
                "name": short(enumeration(names), room.letters),
                "words": short(city_facts.some_titles(titles), room.letters),
            }
            for titles, names in listed.items()
        ],
        "note": _more(left) if listed else _("None of its practices names another city."),
    }


def _gaps(answers: CityAnswers) -> Content:
    return {
        "title": _("Gaps"),
        "rule": _("Published practices only: a city may do more than it publishes"),
        "lines": city_facts.missing_areas(answers.areas, answers.label)
        or [_("It has a practice in every policy area.")],
    }


def _practices(answers: CityAnswers, room: Room) -> Content:
    """The newest practices; within the other filters where there are some."""
    listed = answers.practices.head(room.practices)
    rule = _("Newest first")
    if not answers.within.is_empty:
        chosen = " · ".join(words for words, _without in choices(answers.within, answers.options))
        fit = _("{count} of {all} fit the other filters ({choices}); newest first")
        rule = fit.format(count=number(answers.fitting), all=number(answers.count), choices=short(chosen, room.letters))
    return {
        "title": _("Practices"),
        "rule": rule,
        "entries": [practice(row, room.letters) for row in dicts_of(listed)],
        "note": _more(answers.fitting - len(listed)),
    }
