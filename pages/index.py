"""The Intercultural Cities Index: what is published of it, and, with a complete set, what it says."""

from __future__ import annotations

from typing import Any

import streamlit as st

from icc_data import queries
from icc_data.analysis import index, takeaways
from icc_data.analysis.index_rows import city_count, fullest
from icc_data.i18n import number, translate_plural
from icc_data.i18n import translate as _
from icc_data.queries.index_queries import FEWEST_CITIES
from icc_data.queries.selection import FACETS, Selection
from pages.parts.index_city import city_panel, path_panel
from pages.parts.index_network import areas_panel, classes_panel, editions_panel, publishing_panel
from pages.parts.index_published import coverage_panel, overall_panel, register_panel
from pages.parts.index_scope import area_label, compared, distribution, listed
from pages.shared.address import go
from pages.shared.answers import ask, remember
from pages.shared.cards import Metric, metric_row
from pages.shared.drawn import draw_once
from pages.shared.figures import choice, page_title, takeaway
from pages.shared.session import enter
from pages.shared.unit_choice import choose_unit, offer_joiners, others_chosen

session = enter()
PLACES = ("country", "city", "network")


def statement(coverage: dict[str, int], most: int) -> None:
    """What is published and what is not, before anything else."""
    page_title(
        _("Intercultural Cities Index"),
        _("The programme’s own measure of a city’s policies: from 0 to 100, overall and by policy area"),
        about=session.options.label("city", session.city) if session.city else "",
    )
    told = {
        (True, False): _("Here: {results} and {reports}"),
        (True, True): _("Of all cities: {results} and {reports}"),
        (False, False): _("Within the filters: {results} and {reports}"),
        (False, True): _("Of all cities of the other filters: {results} and {reports}"),
    }[compared().is_empty, bool(listed().city)]
    results = translate_plural(
        "**{count}** result of {cities} ({scores} with a score)",
        "**{count}** results of {cities} ({scores} with a score)",
        coverage["results"],
    )
    reports = translate_plural(
        "**{count}** report known of {cities}", "**{count}** reports known of {cities}", coverage["reports"]
    )
    told = told.format(
        results=results.format(
            count=number(coverage["results"]),
            cities=city_count(coverage["result_cities"]),
            scores=number(coverage["scores"]),
        ),
        reports=reports.format(count=number(coverage["reports"]), cities=city_count(coverage["report_cities"])),
    )
    if "first_edition" in coverage:
        one = coverage["first_edition"] == coverage["last_edition"]
        years = (
            _("{counts}, all of the edition of {first}")
            if one
            else _("{counts}, from the editions of {first} to {last}")
        )
        told = years.format(counts=told, first=coverage["first_edition"], last=coverage["last_edition"])
    st.markdown(_("The programme publishes single results; the complete set is given on request.") + f" {told}.")
    notes = [_("Scores of different editions are never put together: other questions, other cities.")]
    if most < FEWEST_CITIES:
        few = _("Averages take {fewest} cities of one edition; the fullest here has {cities}, so none is shown.")
        notes.append(few.format(fewest=FEWEST_CITIES, cities=city_count(most)))
    if coverage["without_edition"]:
        lost = translate_plural(
            "{count} result does not state its edition, so it is compared with none.",
            "{count} results do not state their edition, so they are compared with none.",
            coverage["without_edition"],
        )
        notes.append(lost.format(count=number(coverage["without_edition"])))
    if session.selection.narrows_practices:
        notes.append(_("Of the filters, only country, city and network count on this page."))
    st.caption(" ".join(notes))


def metrics(coverage: dict[str, int], editions: list[int]) -> None:
    """What there is, in numbers."""
    draw_once(lambda: numbers(coverage, editions), "index numbers", compared())


def numbers(coverage: dict[str, int], editions: list[int]) -> None:
    """Results, cities, reports and editions."""
    editions_frame = ask(queries.index_editions, compared())
    known_years, scores = int(editions_frame["year"].notna().sum()), number(coverage["scores"])
    all_cities = number(coverage["cities"])
    enough = _("Editions with scores of {fewest} cities or more in the same policy area or overall.")
    metric_row(
        (
            Metric(_("Results"), number(coverage["results"]), _("{count} of them with a score").format(count=scores)),
            Metric(_("Cities with a result"), number(coverage["result_cities"]), _("of {all}").format(all=all_cities)),
            Metric(
                _("Reports known"),
                number(coverage["reports"]),
                _("of {cities}").format(cities=city_count(coverage["report_cities"])),
                _("Reports that are known to exist, with or without a score found."),
            ),
            Metric(
                _("Comparable"),
                number(len(editions)),
                translate_plural("of {all} edition", "of {all} editions", known_years).format(all=number(known_years)),
                enough.format(fewest=FEWEST_CITIES),
            ),
        )
    )


def nothing_here() -> None:
    """Where nothing is known of the cities of the filters, say what to loosen."""
    with st.container(border=True, key="empty-selection"):
        st.markdown("## " + _("No result and no report of these cities was found"))
        st.markdown(_("Take a filter away to see more:"))
        with st.container(horizontal=True):
            for facet in PLACES:
                if session.selection.chosen(facet):
                    st.button(
                        _("Without {filter}").format(filter=_(FACETS[facet].label)),
                        key=f"loosen-{facet}",
                        on_click=go,
                        args=(session.selection.with_values(facet, ()),),
                    )
            st.button(_("Clear all filters"), key="loosen-all", type="primary", on_click=go, args=(Selection(),))


def complete_set() -> None:
    """What a complete set would add, and how it is loaded."""
    with st.expander(_("What the complete set adds, and how it is loaded"), key="index-complete-set"):
        st.markdown(
            _(
                "With scores of at least {fewest} cities of one edition this page also shows averages and quartiles "
                "by policy area, classes of cities by residents and share born abroad, the strongest and weakest "
                "areas, a city’s way through its editions, and whether cities that score high publish more. The "
                "programme’s secretariat loads its table with one command; a row a city, edition and policy area, "
                "with these columns:"
            ).format(fewest=FEWEST_CITIES)
        )
        st.code("python -m icc_data add index_scores.csv", language="bash")
        st.code("city_id,year,policy_area,score,rank,cities_compared", language="text")


def choose_edition(counts: dict[int, int], editions: list[int]) -> int | None:
    """Let the edition be chosen whose scores are compared.

    Args:
        counts: the cities of each edition.
        editions: those that can be compared in, the newest first.
    """
    if not editions:
        return None
    words = _("{year} · {cities}")
    values = {str(year): words.format(year=year, cities=city_count(counts[year])) for year in editions}
    return int(choice("edition", _("Edition"), values, default=str(editions[0]), compact=True))


def known_of(frame: Any) -> tuple[dict[int, int], list[int]]:
    """The most cities with a score in an edition, and the editions that can be compared in; see ``distribution``."""
    return fullest(frame), index.comparable_editions(frame)


def index_words(edition: int) -> str:
    """What the scores of an edition say."""
    return takeaways.of_index(index.of_areas(distribution(), edition), edition, area_label)


def view() -> None:
    """The page, top to bottom."""
    counts, editions = remember(lambda: known_of(distribution()), "index editions", compared())
    coverage = ask(queries.index_coverage, compared())
    statement(coverage, max(counts.values(), default=0))
    if not coverage["results"] and not coverage["reports"]:
        nothing_here()
        return
    metrics(coverage, editions)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="controls"):
        city_id = choose_unit("city")
        edition = choose_edition(counts, editions)
    others_chosen("city")
    if edition is not None:
        takeaway(remember(lambda: index_words(edition), "index words", compared(), edition))
    if city_id is None:
        offer_joiners()
    else:
        city_panel(city_id)
    if edition is not None:
        areas_panel(edition, city_id)
    if city_id is not None:
        path_panel(city_id)
    left, right = st.columns(2, gap="medium")
    with left:
        overall_panel(edition, city_id)
        if edition is not None:
            coverage_panel()
    with right:
        if edition is None:
            coverage_panel()
        else:
            publishing_panel(edition)
    if edition is not None:
        left, right = st.columns(2, gap="medium")
        with left:
            classes_panel(edition)
        with right:
            if len(editions) > 1:
                editions_panel()
    register_panel()
    if not editions:
        complete_set()


view()
