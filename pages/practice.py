"""One practice: everything known of it, how each thing was obtained, and what is like it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

import streamlit as st

from icc_data import queries
from icc_data.analysis import takeaways
from icc_data.analysis.sources import Source, sources
from icc_data.analysis.time_words import contradiction, entry_in_words
from icc_data.cells import is_known
from icc_data.drawing import policy_area_charts
from icc_data.drawing.map_measures import MEASURES
from icc_data.drawing.map_views import MapView
from icc_data.files.citation import Citation, practice_citation
from icc_data.files.citation_data import coins
from icc_data.files.views import permalink
from icc_data.i18n import NOT_STATED, day, enumeration, in_quotes, number, translate_plural
from icc_data.i18n import translate as _
from icc_data.model.text_language import language_of
from icc_data.queries.selection import FACETS, Selection
from pages.shared import explanations
from pages.shared.address import note_read, root
from pages.shared.amendments import amendment_in_words
from pages.shared.answers import ask
from pages.shared.cards import (
    RESULT_OPTIONS,
    practice_card,
    practice_link,
    result_link,
    side_by_side,
    years_in_words,
)
from pages.shared.citing import citation_forms
from pages.shared.city_map import city_map
from pages.shared.copying import copy_link, link_without_subject
from pages.shared.downloads import download_menu, linked
from pages.shared.figures import choice, colour_legend, figure, page_title, panel_title
from pages.shared.markdown import escaped, spoken_in
from pages.shared.session import enter, kept_snapshots

session = enter()
selection = session.selection
PRACTICE_PARAM = "practice"
SIMILAR = 6
ORIGINS = {
    "published": _("published"),
    "assigned": _("assigned by this project"),
    "read": _("read by this project"),
    "worded": _("in this project’s words"),
    "translated": _("translated by this project"),
}
CERTAINTY = {"certain": _("certain"), "likely": _("likely"), "unknown": _("not certain")}


def listed(values: Any) -> list[Any]:
    """The values of a list that may be missing."""
    return list(values) if is_known(values) else []


def no_such_practice(name: str) -> None:
    """Say that the address names no practice, and where to find one."""
    words = _("There is no practice “{name}” here").format(name=name[:80]) if name else _("No practice chosen")
    page_title(words, page=_("Practice"))
    result_link("practices", _("Look for it among the practices"), ":material/search:")
    link_without_subject("practice")


def result_line(practice_id: str) -> None:
    """Back to the results, and the practices before and after this one in their order."""
    sort = st.query_params.get("sort")
    order = sort if sort in get_args(queries.Sort) else "relevance"
    there = ask(queries.place_in_results, selection, practice_id, order)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="result-line"):
        everything = _("All results ({count})").format(count=number(there["results"]))
        result_link("practices", everything, ":material/arrow_back:")
        if there["place"] is None:
            st.caption(_("This practice is not among the selected ones."))
            return
        if there["before"] is not None:
            practice_link(there["before"], _("Previous"), ":material/chevron_left:")
        words = _("{place} of {count}").format(place=number(int(there["place"])), count=number(there["results"]))
        st.markdown(f":small[:gray[{words}]]", width="content")
        if there["after"] is not None:
            practice_link(there["after"], _("Next"), ":material/chevron_right:")


def heading(practice: dict[str, Any]) -> None:
    """Title, place and time."""
    place = escaped(practice["city_names"] or practice["country_names"] or _("city not stated"))
    countries = (
        f" ({escaped(practice['country_names'])})" if practice["city_names"] and practice["country_names"] else ""
    )
    words = f"{place}{countries} · {years_in_words(practice)}"
    page_title(practice["title"], words, page=_("Practice"), code="en")
    if contradiction(practice):
        words = _("Which is right cannot be told from here; this atlas counts with {years}.")
        st.caption(f":material/info: {escaped(contradiction(practice))} {words.format(years=years_read(practice))}")
    if practice["title_original"]:
        st.caption(_("Published title: {title}").format(title=as_published(practice["title_original"])))


def as_published(text: str) -> str:
    """A title or a year text in the language in which it was published (Markdown)."""
    return spoken_in(language_of(text), escaped(text))


def years_read(practice: dict[str, Any]) -> str:
    """What was read of the years."""
    if practice["start_year"] is None and practice["end_year"] is None and practice["ongoing"] is None:
        return _("nothing could be read")
    start = str(int(practice["start_year"])) if practice["start_year"] is not None else _("start unknown")
    if practice["ongoing"]:
        return _("{start}, ongoing").format(start=start)
    end = str(int(practice["end_year"])) if practice["end_year"] is not None else _("end unknown")
    return start if start == end else f"{start}–{end}"


def years(practice: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What is said of its years, and what was read from that: as a field, what is there, and how it was obtained."""
    published, described = practice["when_text"], practice["described_when"]
    if published:
        where = _("the description") if practice["when_source"] == "description" else _("the year field")
        yield _("Year as published"), in_quotes(as_published(published)), f"{ORIGINS['published']}, {where}"
    else:
        yield _("Year"), _("none published"), ""
    if described:
        yield _("Years by its description"), in_quotes(spoken_in("en", escaped(described))), ORIGINS["worded"]
    if published or described:
        origin = [ORIGINS["read"], CERTAINTY[practice["certainty"]]]
        if practice["when_conflict"]:
            origin.append(_("the two contradict each other"))
        if practice["form"] == "year":
            origin.append(_("may not be the start"))
        label = _("Years read from both") if published and described else _("Years read from it")
        yield label, years_read(practice), ", ".join(origin)


def fields(practice: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Each thing known: its name, what it is (Markdown), and how it was obtained."""
    by_us = bool(practice["title_original"])
    yield _("Title"), spoken_in("en", escaped(practice["title"])), ORIGINS["translated" if by_us else "published"]
    if practice["title_original"]:
        yield _("Published title"), as_published(practice["title_original"]), ORIGINS["published"]
    if practice["summary"]:
        yield _("Summary"), _("see above"), ORIGINS["worded"]
    yield from years(practice)
    if listed(practice["cities"]):
        names = ", ".join(f"{escaped(city['name'])} ({escaped(city['country'])})" for city in practice["cities"])
        yield _("Cities"), names, ORIGINS["published"]
    elif practice["country_names"]:
        yield _("Countries"), escaped(practice["country_names"]), ORIGINS["published"]
    for vocabulary in ("policy_area", "theme", "target_group", "practice_type", "practice_area"):
        terms = [term for term in listed(practice["terms"]) if term["vocabulary"] == vocabulary]
        if terms:
            labels = ", ".join(session.options.label(vocabulary, term["code"]) for term in terms)
            origin = ", ".join(dict.fromkeys(ORIGINS[term["source"]] for term in terms))
            if vocabulary == "policy_area" and practice["policy_area_coding"] == "disputed":
                origin = _("{origin}, the two readers disagreed").format(origin=origin)
            yield _(FACETS[vocabulary].label), labels, origin
        elif vocabulary == "policy_area":
            yield _(FACETS[vocabulary].label), _("not coded yet"), ""
    if listed(practice["published_topics"]):
        yield _("Topics of the page"), escaped(", ".join(practice["published_topics"])), ORIGINS["published"]
    yield from where_read(practice)
    yield entered(practice)
    if practice["confidence"] == "low":
        yield _("Confidence"), _("low: only a title or a line was known"), ""


def where_read(practice: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Its own page and where it was seen, best first: as a field, what is there (Markdown), and how it was obtained."""

    def linked(source: Source) -> str:
        return f"[{escaped(source.words)}](<{source.address}>)"

    own = sources({"url": practice["url"]})
    yield _("Own page"), linked(own[0]) if own else _("not known"), ORIGINS["published"] if own else ""
    seen = day(practice["accessed"]) if practice["accessed"] is not None else _("day not noted")
    kind = practice["source_kind"]
    label = session.options.label("documented_by", kind) if kind else _("kind of source not noted")
    evidence = sources({"evidence_urls": practice["evidence_urls"], "source_kind": kind})
    for source in evidence:
        origin = [label, seen, _("address taken from a link that changes the language")][: 2 + source.followed]
        yield _("Evidence"), linked(source), ", ".join(origin)
    if not evidence:
        yield _("Evidence"), _("not noted"), ""


def entered(practice: dict[str, Any]) -> tuple[str, str, str]:
    """Since when this atlas has it, and in which version it came, as a field."""
    facts = ask(queries.meta)
    oldest = date.fromisoformat(facts["oldest_date"])
    added = date.fromisoformat(str(practice["added_on"])[:10]) if practice["added_on"] is not None else None
    first = [kept.name for kept in kept_snapshots() if kept.date == (added or oldest)]
    version = first[0] if first else facts["version"]
    return _("In the atlas"), escaped(entry_in_words(added, oldest)), _("version {version}").format(version=version)


# The fields that an amendment can change, by column of practices.csv; of others a row of their own says it.
AMENDED_FIELDS = {
    "title": _("Title"),
    "title_original": _("Published title"),
    "summary": _("Summary"),
    "when_text": _("Year as published"),
    "described_when": _("Years by its description"),
    "city_ids": _("Cities"),
    "countries": _("Countries"),
    "published_topics": _("Topics of the page"),
    "url": _("Own page"),
    "confidence": _("Confidence"),
    **{f"{name}s": _(FACETS[name].label) for name in ("policy_area", "theme", "target_group")},
    **{f"{name}s": _(FACETS[name].label) for name in ("practice_type", "practice_area")},
}


def amended(practice: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The fields, those that were amended with what was published in the place of how they were obtained."""
    notes = {AMENDED_FIELDS.get(one["field"], one["field"]): one for one in listed(practice["amendments"])}
    for name, value, origin in fields(practice):
        one = notes.pop(name, None)
        yield name, value, amendment_in_words(one) if one else origin
    for name, one in notes.items():
        yield name, escaped(one["value"] or "") or NOT_STATED, amendment_in_words(one)


def record(practice: dict[str, Any]) -> None:
    """All fields with how each was obtained."""
    panel_title(_("What is known, and how"))
    rows = [
        f"| :small[:gray[{name}]] | {value} " + (f"  :small[:gray[({origin})]] |" if origin else "|")
        for name, value, origin in amended(practice)
    ]
    head = [f"| {_('Field')} | {_('What is known')} |", "| :-- | :-- |"]
    with st.container(key="record"):
        st.markdown("\n".join([*head, *(row.replace("\n", " ") for row in rows)]))


def places(practice: dict[str, Any]) -> None:
    """Its cities on a small map."""
    panel_title(_("Where"))
    if not listed(practice["cities"]):
        st.caption(_("No city is named, so there is nothing to show on a map."))
        return
    here = Selection(city=tuple(city["city_id"] for city in practice["cities"]))
    view = MapView(MEASURES["practices"], "selection", height=240)
    city_map(
        "practice-map",
        view,
        page="pages/map.py",
        selection=here,
        title=_("Map of the cities of this practice"),
        instead=_("They are named among its fields."),
    )


def area_timeline(practice: dict[str, Any], area: str) -> Any:
    """Practices of a policy area by year, the years of this one in colour."""
    frame = ask(queries.practices_by_year, Selection(policy_area=(area,)), active=True)
    first, known_until, last = (int(practice[name]) for name in ("start_year", "known_until", "last_active_year"))
    return policy_area_charts.years_of_one(frame, session.look, first, known_until, last)


def timeline(practice: dict[str, Any]) -> None:
    """Where it sits in the timeline of one of its policy areas."""
    codes = [term["code"] for term in listed(practice["terms"]) if term["vocabulary"] == "policy_area"]
    if not codes:
        return
    labels = {code: session.options.label("policy_area", code) for code in codes}
    title = _("In the timeline of its policy areas") if len(codes) > 1 else _("In the timeline of {area}")
    panel_title(title.format(area=labels[codes[0]]), _("Practices active in each year"))
    if practice["start_year"] is None:
        st.caption(_("No start year is known, so it has no place in the timeline."))
        return
    area = codes[0]
    if len(codes) > 1:
        area = choice("timeline", _("Policy area"), labels, default=area, compact=True)
    chosen = Selection(policy_area=(area,))
    words = _("Years of this practice ({years})").format(years=years_read(practice))
    colours = {words: session.look.amount}
    if practice["last_active_year"] > practice["known_until"]:
        colours[_("Said to go on")] = session.look.pale(session.look.amount)
    colour_legend(colours | {_("Other years"): session.look.unknown})
    figure(
        f"practice-timeline-{practice['practice_id']}-{area}",
        lambda: area_timeline(practice, area),
        one_of=f"practice-timeline-{practice['practice_id']}",
        alt=_("Practices of {area} active in each year").format(area=labels[area]),
        says=takeaways.of_years(ask(queries.practices_by_year, chosen, active=True), active=True),
        method=explanations.practices_by_year(ask(queries.known_counts, chosen), active=True, selection=chosen),
    )


def reason(row: dict[str, Any]) -> str:
    """What a practice shares with this one."""
    shared = []
    for column, facet in (("areas", "policy_area"), ("themes", "theme"), ("target_groups", "target_group")):
        shared += [session.options.label(facet, code) for code in row[column]] if is_known(row[column]) else []
    if is_known(row["words"]) and len(row["words"]):
        words = enumeration(map(in_quotes, row["words"]))
        shared.append(translate_plural("the word {words}", "the words {words}", len(row["words"])).format(words=words))
    if row["same_city"]:
        shared.append(_("a city"))
    return _("Shares {things}").format(things=enumeration(escaped(text) for text in shared))


def similar(practice_id: str) -> None:
    """Practices like this one, each with what they share."""
    panel_title(
        _("Similar practices"),
        _("By shared policy areas, themes, target groups and telling words; rare ones count more"),
    )
    frame = ask(queries.similar, None, practice_id, limit=SIMILAR)
    if frame.empty:
        st.caption(_("No other practice shares a term with this one."))
    for row, column in side_by_side(frame.to_dict("records")):
        with column:
            practice_card(row, reason=reason(row))


def practice_cited(practice: dict[str, Any]) -> Citation:
    """The citation of the practice, with the address of its page here."""
    pinned = session.pinned.id if session.pinned else ""
    where = permalink(root(), practice["practice_id"], pinned) if root() else ""
    return practice_citation(practice, ask(queries.meta)["version"], where)


def citations(practice: dict[str, Any]) -> None:
    """The citation in each form, to copy or to download."""
    citation = practice_cited(practice)
    if citation.year:
        st.caption(_("The date is that of the practice: when its page was published is not known."))
    citation_forms("cite", citation)


def actions(practice: dict[str, Any]) -> None:
    """Read at the source, copy the link, cite, download."""
    best = next(iter(sources(practice)), None)
    with st.container(horizontal=True, gap="small"):
        if best:
            label, icon = _("Read it at the source"), ":material/open_in_new:"
            st.link_button(label, best.address, icon=icon, type="primary", help=escaped(best.words))
        copy_link("subject")
        with st.popover(_("Cite"), icon=":material/format_quote:"):
            citations(practice)
        identifier = practice["practice_id"]
        download_menu("practice", practice["title"], lambda: linked(ask(queries.practice_record, None, identifier)))


def view(practice: dict[str, Any]) -> None:
    """The practice, top to bottom."""
    heading(practice)
    # Reference managers look for it.
    st.html(coins(practice_cited(practice)))
    result_line(practice["practice_id"])
    left, right = st.columns([5, 3], gap="large")
    with left:
        if practice["summary"]:
            st.markdown(spoken_in("en", escaped(practice["summary"])))
        actions(practice)
        record(practice)
    with right:
        places(practice)
        timeline(practice)
    similar(practice["practice_id"])


note_read(PRACTICE_PARAM, *RESULT_OPTIONS)
practice_id = st.query_params.get(PRACTICE_PARAM, "")
chosen = ask(queries.practice, None, practice_id) if practice_id else None
if chosen is None:
    no_such_practice(practice_id)
else:
    view(chosen)
