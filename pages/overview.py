"""The network at a glance."""

from __future__ import annotations

import streamlit as st

from icc_data import queries
from icc_data.analysis import time_words, years
from icc_data.analysis.review_state import state_sentence
from icc_data.drawing import map_measures, map_views
from icc_data.i18n import day, number, percent, translate_plural
from icc_data.i18n import translate as _
from pages.parts.overview_numbers import last_heard, metrics, silent
from pages.parts.overview_start import doors, tour
from pages.shared.answers import ask, remember
from pages.shared.cards import list_options, practice_card, result_link
from pages.shared.city_map import city_map
from pages.shared.drawn import draw_once
from pages.shared.figures import page_title, panel_title
from pages.shared.filter_bar import empty_selection
from pages.shared.labels import compared_areas
from pages.shared.navigation import carried, link_to
from pages.shared.selection_figures import areas_figure, started_figure, uncoded
from pages.shared.session import enter

session = enter()
selection = session.selection
as_of = session.as_of.year
counts = ask(queries.overview, selection)

NEWEST = 4
AREAS = 9


def headline() -> None:
    """The page's title and the date of the data."""
    title = _("Intercultural cities and what they do")
    source = _("Good practices published by the Council of Europe’s Intercultural Cities programme")
    dated = _("data as of {date}").format(date=day(session.as_of))
    page_title(title, f"{source} · {dated}", filtered=True)


def state() -> None:
    """The state of the network or the selection in one sentence, which opens the review."""
    scope = queries.review_scope(selection)

    def say() -> str:
        return state_sentence(ask(queries.review_state, scope, ask(queries.default_period)), silent(), last_heard())

    sentence = remember(say, "state", scope)
    if selection.has_years:
        sentence += " " + _("That is whatever years are chosen.")
    with st.container(key="card-state"):
        link_to(
            "pages/review.py",
            label=f"**{sentence}** :primary[{_('Open the review')} :material/arrow_forward:]",
            query_params=scope.to_params(),
        )


def glance() -> None:
    """The state in words, and in numbers."""
    state()
    metrics()


def newest() -> None:
    """The practices that started last."""
    for row in ask(queries.practice_cards, selection, limit=NEWEST):
        practice_card(row)
    result_link("practices", _("All practices"), ":material/article:")


def missing() -> None:
    """What the data does not say, and why that matters."""
    total = counts["practices"]
    gaps = [
        (counts["bare"], _("have only a year as published, which may not be the start")),
        (counts["without_city"], _("name no city: they are on no map")),
        (counts["without_page"], _("have no known page of their own: the link leads to where they were seen")),
        (counts["uncoded"], _("have no policy area yet: nobody has coded them, so they count in none")),
        (counts["low_confidence"], _("were seen only as a title or a line: their policy areas are less certain")),
    ]
    listed = [f"- **{number(count)}** :gray[({percent(count / total)})] {words}" for count, words in gaps if count]
    if counts["undated"]:
        share = percent(counts["undated"] / counts["of_any_year"])
        words = _("carry no start year: they are on no timeline")
        listed.insert(0, f"- **{number(counts['undated'])}** :gray[({share})] {words}")
    st.markdown("\n".join(listed))
    st.caption(
        _(
            "Cities that publish more are not cities that do more, and old practices may have ended: "
            "this is what the programme chose to publish."
        )
    )


headline()
tour()
if selection.is_empty:
    doors()
if not empty_selection():
    draw_once(glance, "glance", selection, carried())
    left, right = st.columns(2, gap="medium")
    with left:
        panel_title(
            _("Where the practices are"), _("Circle: practices of a city."), _("Click one to open it on the map.")
        )
        zoom: map_views.Zoom = "europe" if selection.is_empty else "selection"
        city_map(
            "overview-map", map_views.MapView(map_measures.MEASURES["practices"], zoom, height=270), page="pages/map.py"
        )
    with right:
        panel_title(
            _("Practices started per year"),
            translate_plural(
                "{dated} practice with a start year", "{dated} practices with a start year", counts["dated"]
            ).format(dated=number(counts["dated"])),
            _("Drag over years to choose them") if counts["dated"] else "",
        )
        if counts["dated"]:
            started_figure(
                "overview-started",
                counts,
                alt=_("Bar chart of practices started per year"),
                height=250,
                by_year=lambda: years.starts(ask(queries.growth, selection)),
            )
            st.caption(time_words.undated(counts))
        else:
            st.caption(_("None of these practices carries a year."))
    left, right = st.columns(2, gap="medium")
    with left:
        panel_title(
            _("Policy areas most worked on"), _("Practices, and their share of all practices"), _("Click to choose")
        )
        areas_figure(
            "overview-areas",
            _("Policy areas most worked on"),
            ask(queries.terms, selection, "policy_area"),
            alt=_("Bars of practices by policy area"),
            most=AREAS,
            fewest=0,
            with_cities=True,
        )
        if notes := " ".join(filter(None, (compared_areas(selection), uncoded(selection)))):
            st.caption(notes)
        panel_title(_("What is not known"))
        draw_once(missing, "missing", selection)
    with right:
        panel_title(_("Newest practices"), _("By start year"))
        draw_once(newest, "newest", selection, list_options(), carried())
