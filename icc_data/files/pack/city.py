"""A city as a pack: what is known of it, what it does, and which cities are like it."""

from __future__ import annotations

from icc_data.analysis import city_facts, peer_reasons, peers
from icc_data.analysis.pack_findings import city_findings
from icc_data.analysis.time_words import still_published
from icc_data.analysis.uncertainty import FEW
from icc_data.cells import dicts_of, python_value
from icc_data.drawing import city_charts
from icc_data.drawing.palette import LIGHT
from icc_data.files.export import Provenance
from icc_data.files.pack.city_answers import LONGEST_NAME, CityAnswers, ask_city
from icc_data.files.pack.memory import Memory
from icc_data.files.pack.model import (
    Chart,
    Column,
    Entries,
    Entry,
    Fact,
    Facts,
    Pack,
    Section,
    Series,
    Table,
    lines,
    more,
)
from icc_data.files.pack.parts import LONGEST_TEXT, practice_entries, source_entries, sources, years_chart
from icc_data.files.report.document import short, web_address
from icc_data.i18n import NOT_STATED, enumeration, labelled, number
from icc_data.i18n import translate as _
from icc_data.queries.selection import Selection
from icc_data.queries.selection_words import choices

SIMILAR, PRACTICES, PARTNERS, RESULTS, RARE = 5, 10, 12, 18, 6


def city_pack(memory: Memory, selection: Selection, city_id: str, provenance: Provenance) -> Pack:
    """A city as a pack.

    Args:
        memory: where to ask.
        selection: the practices that are listed; everything else is of the city as a whole.
        city_id: the city.
        provenance: where the view is, and which data it shows.

    Raises:
        AtlasError: there is no such city.
    """
    answers = ask_city(memory, selection, city_id, similar=SIMILAR)
    city, count = answers.city, answers.count
    local = short(city["local_name"] or "", LONGEST_NAME)
    place = (local if local != answers.name else "", city["country"])
    work = (_areas, _years, _commitments, _rare, _gaps) if count else ()
    sections = [_known(answers), *(make(answers) for make in work), _index(answers), _similar(answers)]
    if count:
        sections += [_partners(answers), _practices(answers)]
    profiles = {"policy_area": answers.areas, "theme": answers.themes}
    findings = city_findings(answers.name, answers.counts, answers.measures, answers.network, profiles, answers.label)
    return Pack(
        kind=_("Intercultural Cities Atlas · City profile"),
        title=answers.name,
        place=" · ".join(part for part in place if part),
        provenance=provenance,
        scope=_scope(answers),
        numbers=_numbers(answers, provenance.as_of.year) if count else Facts((), boxed=True),
        findings=tuple(findings),
        sections=tuple(sections),
        method=_method(has_practices=bool(count)),
        sources=sources(),
        colour=LIGHT.amount,
    )


def _scope(answers: CityAnswers) -> tuple[str, ...]:
    scope = [_("One city: everything that is known of it and every practice it has published or shares.")]
    if not answers.within.is_empty:
        chosen = " · ".join(words for words, _without in choices(answers.within, answers.options))
        words = _("The list of practices keeps to the other filters: {choices}.")
        scope.append(words.format(choices=short(chosen, LONGEST_TEXT)))
    return tuple(scope)


def _method(*, has_practices: bool) -> tuple[str, ...]:
    of_practices = (
        _("A practice counts once in each of its policy areas, so that shares add up to more than 100%."),
        _("A practice counts for each commitment that its policy areas serve."),
        labelled(_("What few others do"), f"{city_facts.rare_rule()}."),
    )
    return (
        *(of_practices if has_practices else ()),
        _("Similar cities: eight facts compared by Gower’s distance; 100%: alike in all of them, 0%: opposite in all."),
        _("Published practices only: a city may do more than it publishes."),
    )


def _known(answers: CityAnswers) -> Section:
    """What is known of it with years and sources, and what is not."""
    city = answers.city
    stated, missing = city_facts.facts(city, answers.label)
    listed = [Fact(fact.label, fact.value, fact.note) for fact in stated]
    if city["strategy_year"]:
        listed.append(Fact(_("Intercultural strategy"), str(int(city["strategy_year"]))))
    notes = [
        _("Not known: {facts}").format(facts=", ".join(missing)) if missing else "",
        _("On the joining year: {note}").format(note=short(city["joined_note"] or "", LONGEST_TEXT))
        if city["joined_note"]
        else "",
        _("Note: {note}").format(note=short(city["note"], LONGEST_TEXT)) if city["note"] else "",
    ]
    urls = python_value(city["evidence_urls"]) or []
    origin = (source_entries(urls, _("Sources")),) if urls else ()
    return Section(_("What is known of the city"), (Facts(tuple(listed)), *lines(*notes), *origin))


def _numbers(answers: CityAnswers, as_of: int) -> Facts:
    measures, network, count = answers.measures, answers.network, answers.count
    newest = python_value(measures["newest"])
    of_count = _("of {all}").format(all=number(count))
    return Facts(
        (
            Fact(_("Practices"), number(count), _("of {all} in the network").format(all=number(network["practices"]))),
            Fact(_("Policy areas"), number(measures["areas"]), _("of {all}").format(all=number(network["areas"]))),
            Fact(
                _("Newest practice"),
                NOT_STATED if newest is None else str(int(newest)),
                _("start year of {count} known").format(count=number(measures["dated"])),
            ),
            Fact(_("Active in {year}").format(year=as_of), number(measures["active"]), of_count),
            Fact(_("With other cities"), number(measures["shared"]), of_count),
        ),
        boxed=True,
    )


def _areas(answers: CityAnswers) -> Section:
    rows = city_facts.share_rows(answers.areas, answers.label)
    few = _("Shares of so few practices say little: read the counts.") if answers.count < FEW else ""
    chart = Chart(
        _("Practices by policy area"),
        lambda: city_charts.share_bars(rows, LIGHT, own=_("City"), network=_("Network")),
        rows,
        Column("label", _("Policy area")),
        (
            Series("share", _("Share of its practices"), LIGHT.amount),
            Series("network_share", _("Share of the network’s"), LIGHT.less),
        ),
        "bars",
        "share",
        _("Practices of {city} by policy area").format(city=answers.city["name"]),
        height=310,
        columns=(
            Column("practices", _("Practices"), "whole"),
            Column("network_practices", _("In the network"), "whole"),
        ),
    )
    n = _("n = {count} practices; one may have several policy areas.").format(count=number(answers.count))
    return Section(_("Practices by policy area"), (chart, *lines(n, few)))


def _years(answers: CityAnswers) -> Section:
    title, undated = _("Practices active in each year"), city_facts.undated(answers.count, answers.counts["dated"])
    if not answers.counts["dated"]:
        return Section(title, lines(undated))
    alt = _("Practices of {city} active in each year").format(city=answers.city["name"])
    notes = (_("Paler: said to go on."),) if answers.years["said"].any() else ()
    chart = years_chart(
        answers.years, active=True, title=title, alt=alt, notes=notes, unfinished=still_published(answers.as_of)
    )
    return Section(title, (chart, *lines(undated)))


def _commitments(answers: CityAnswers) -> Section:
    frame = answers.commitments.assign(
        label=[answers.label("commitment", code) for code in answers.commitments["code"]],
        of=answers.count,
        share=answers.commitments["practices"] / answers.count,
    )
    columns = (
        Column("label", _("Commitment"), weight=3),
        Column("practices", _("Practices"), "whole"),
        Column("of", _("Of all"), "whole"),
        Column("share", _("Share"), "share"),
    )
    return Section(_("The four commitments"), (Table(_("The four commitments"), frame, columns),))


def _rare(answers: CityAnswers) -> Section:
    """What it does that few others do; what rests on a single practice is not made much of."""
    profiles = {"policy_area": answers.areas, "theme": answers.themes}
    several, single = city_facts.specialities(profiles, answers.network["cities"], answers.label)
    told = [city_facts.rare_words(row, row["label"]) for row in several[:RARE]]
    none = _("Nothing with more than one practice: its areas and themes are common in the network.")
    once = _("With a single practice each, which says little: {labels}.")
    note = once.format(labels=enumeration(single[:RARE])) if single else ""
    parts = (*lines(*(told or [none]), listed=True), *lines(note))
    return Section(_("What it does that few others do"), parts, city_facts.rare_rule())


def _gaps(answers: CityAnswers) -> Section:
    missing = city_facts.missing_areas(answers.areas, answers.label)
    rule = _("Published practices only: a city may do more than it publishes")
    return Section(_("Gaps"), lines(*(missing or [_("It has a practice in every policy area.")]), listed=True), rule)


def _index(answers: CityAnswers) -> Section:
    title = _("Intercultural Cities Index")
    newest_first = dicts_of(answers.index)[::-1]
    if not newest_first:
        none = _("No published result and no report was found. The programme gives all scores on request only.")
        return Section(title, lines(none))
    results = [
        Entry(
            short(city_facts.index_words(row, answers.label), 2 * LONGEST_NAME + 80),
            address=web_address(python_value(row["evidence_url"]) or ""),
        )
        for row in newest_first
    ]
    listed = Entries(_("Index results"), tuple(results[:RESULTS]), more(len(results) - RESULTS), _index_table(answers))
    editions = city_facts.edition_rows(answers.index, answers.label)
    overall = editions[editions["policy_area"] == "overall"]
    if overall["year"].nunique() < 2:
        return Section(title, (listed,))
    frame = overall.drop_duplicates("year", keep="last").sort_values("year")
    chart = Chart(
        _("Index scores"),
        lambda: city_charts.edition_lines(editions, LIGHT),
        frame,
        Column("year", _("Edition"), "year"),
        (Series("score", _("Overall"), LIGHT.amount),),
        "lines",
        "decimal",
        _("Index scores of {city}").format(city=answers.city["name"]),
        (_("Editions compare different numbers of cities and questions."),),
        height=120,
    )
    return Section(title, (chart, listed))


def _index_table(answers: CityAnswers) -> Table:
    # A report without a score is about no policy area.
    areas = map(python_value, answers.index["policy_area"])
    labels = [city_facts.index_label(area, answers.label) if area else _("Report") for area in areas]
    columns = (
        Column("year", _("Edition"), "year"),
        Column("label", _("Policy area"), weight=2),
        Column("score", _("Score (of 100)"), "decimal"),
        Column("rank", _("Rank"), "whole"),
        Column("cities_compared", _("Cities compared"), "text"),
        Column("evidence_url", _("Source"), weight=3),
    )
    return Table(_("Index results"), answers.index.assign(label=labels), columns)


def _similar(answers: CityAnswers) -> Section:
    """Those most like it, each with the reason; a warning of all of them is said once."""
    own = city_facts.feature_row(answers.features, answers.city["city_id"])
    entries, warnings, others = [], [], []
    for other, distance, compared, former in answers.similar.itertuples():
        theirs = city_facts.feature_row(answers.features, other)
        others.append(theirs)
        warnings.append(peers.warning(own, theirs, distance))
        entries.append(
            Entry(
                peers.marked(answers.label("city", other), former=former),
                city_facts.distance_words(distance, compared),
                short(peers.reason(own, theirs, answers.label), 2 * LONGEST_TEXT),
            )
        )
    title, rule = _("Most similar cities"), _(peers.DISTANCE_RULE)
    if not entries:
        return Section(title, lines(peers.too_little()))
    once = len(set(warnings)) == 1
    if not once:
        entries = [
            Entry(entry.title, entry.note, f"{entry.words}. {warning}" if warning else entry.words)
            for entry, warning in zip(entries, warnings, strict=True)
        ]
    note = " ".join(filter(None, [warnings[0] if once else "", peer_reasons.editions_note(own, others)]))
    return Section(title, (Entries(title, tuple(entries), note),), rule)


def _partners(answers: CityAnswers) -> Section:
    """Those that share the same practices together; how many more there are."""
    title, rule = _("Partner cities"), _("They carry a practice together")
    shared: dict[tuple[str, ...], list[str]] = {}
    for row in dicts_of(answers.partners):
        shared.setdefault(tuple(row["titles"]), []).append(answers.label("city", row["city_id"]))
    if not shared:
        return Section(title, lines(_("No published practice names it beside another city.")))
    listed = dict(list(shared.items())[:PARTNERS])
    entries = [
        Entry(short(enumeration(names), LONGEST_TEXT), "", short(city_facts.some_titles(titles), LONGEST_TEXT))
        for titles, names in listed.items()
    ]
    left = len(answers.partners) - sum(map(len, listed.values()))
    columns = (
        Column("name", _("City")),
        Column("country", _("Country")),
        Column("practices", _("Practices"), "whole"),
        Column("titles", _("Titles"), weight=3),
    )
    return Section(title, (Entries(title, tuple(entries), more(left), Table(title, answers.partners, columns)),), rule)


def _practices(answers: CityAnswers) -> Section:
    """The newest practices; within the other filters where there are some."""
    rule = _("Newest first")
    if not answers.within.is_empty:
        chosen = " · ".join(words for words, _without in choices(answers.within, answers.options))
        fit = _("{count} of {all} fit the other filters ({choices}); newest first")
        rule = fit.format(count=number(answers.fitting), all=number(answers.count), choices=short(chosen, LONGEST_TEXT))
    return Section(_("Practices"), (practice_entries(answers.practices, PRACTICES),), rule)
